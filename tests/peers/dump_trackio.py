"""Print what the real Trackio client reads in a copy of a project's SQLite store, as JSON.

Usage: python dump_trackio.py STORE.db [--series]

    {"trackio": version,
     "runs": [{id, name, experiment, status, start_time, end_time, metrics, params, tags}],
     "series": {run id: {metric: [{step, timestamp, value}]}}}

The values are the client's own answers. What the client has no words for is put as the program puts it: an experiment
is a project; the state is unknown; the latest value of a metric is that of its greatest step, then its latest time; the
configuration is joined by dots as the client's comparison of runs joins it, and what the client adds to it is tags; metrics
of the machine begin with `system/`, and the places of their rows are their steps. Times are in ms since 1970. NaN and the
infinities become "NaN", "Infinity" and "-Infinity" because JSON has no numbers for them.
"""

import json
import math
import os
import sys
from datetime import datetime
from pathlib import Path

STORE = Path(sys.argv[1]).resolve(strict=True)
os.environ["TRACKIO_DIR"] = str(STORE.parent)
os.environ["HF_HUB_OFFLINE"] = "1"

import trackio
from trackio.sqlite_storage import SQLiteStorage


def number(value):
    """A metric value as JSON can hold it."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def ms(text):
    """A time in ms since 1970."""
    time = datetime.fromisoformat(text)
    return int(time.replace(microsecond=0).timestamp()) * 1000 + time.microsecond // 1000


def text(value):
    """A value as Python prints it; lists and dictionaries as their JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


def flatten(key, value):
    """Keys joined by dots, with their values."""
    if not isinstance(value, dict) or not value:
        return {key: text(value)}
    found = {}
    for own, inner in value.items():
        found.update(flatten(f"{key}.{escaped(own)}", inner))
    return found


def escaped(key):
    """A key in which no dot divides."""
    return key.replace("\\", "\\\\").replace(".", "\\.")


def history(logs, prefix):
    """Every number of some logs, by its key."""
    found = {}
    for place, log in enumerate(logs):
        for key, value in log.items():
            if key not in ("timestamp", "step") and isinstance(value, (int, float)) and not isinstance(value, bool):
                point = {"step": log.get("step", place), "timestamp": ms(log["timestamp"]), "value": number(value)}
                found.setdefault(prefix + key, []).append(point)
    return found


def histories(project, run):
    """Every point of every metric of a run, by step, then by time."""
    found = history(SQLiteStorage.get_logs(project, run_id=run["id"]), "")
    found.update(history(SQLiteStorage.get_system_logs(project, run_id=run["id"]), "system/"))
    return {key: sorted(points, key=lambda point: (point["step"], point["timestamp"])) for key, points in found.items()}


def row(project, run):
    """One run with its latest metrics."""
    params, tags = {}, {}
    for key, value in (SQLiteStorage.get_run_config(project, run_id=run["id"]) or {}).items():
        (tags if key.startswith("_") else params).update(flatten(key if key.startswith("_") else escaped(key), value))
    return {
        "id": run["id"],
        "name": run["name"],
        "experiment": project,
        "status": "UNKNOWN",
        "start_time": ms(run["created_at"]),
        "end_time": None,
        "metrics": {key: points[-1]["value"] for key, points in histories(project, run).items()},
        "params": params,
        "tags": tags,
    }


def main():
    """Read the store named on the command line."""
    project = STORE.stem
    runs = SQLiteStorage.get_run_records(project)
    answer = {"trackio": trackio.__version__, "runs": [row(project, run) for run in runs]}
    if "--series" in sys.argv[2:]:
        answer["series"] = {run["id"]: histories(project, run) for run in runs}
    json.dump(answer, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
