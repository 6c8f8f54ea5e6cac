"""Print what the real MLflow client reads in a copy of a SQLite store, as JSON.

Usage: python dump_runs.py STORE.db [--series]

    {"mlflow": version,
     "runs": [{id, name, experiment, status, start_time, end_time, metrics, params, tags}],
     "series": {run id: {metric: [{step, timestamp, value}]}}}

Only active runs of active experiments; times in ms since 1970. The values are the client's own
answers, nothing is mended, but NaN and the infinities become "NaN", "Infinity" and
"-Infinity" because JSON has no numbers for them. Works with the clients 1.30, 2.22 and 3.17.
"""

import json
import math
import os
import sys
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"

import mlflow
from mlflow.tracking import MlflowClient


def number(value):
    """A metric value as JSON can hold it."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def pages(search):
    """Every item of a paged search."""
    token = None
    while True:
        page = search(page_token=token)
        yield from page
        token = page.token
        if not token:
            return


def active_runs(client):
    """Pairs (experiment, run); the searches give only active ones unless asked otherwise."""
    for experiment in pages(client.search_experiments):
        ids = [experiment.experiment_id]
        for run in pages(lambda page_token: client.search_runs(ids, page_token=page_token)):
            yield experiment, run


def row(experiment, run):
    """One run with its latest metrics."""
    return {
        "id": run.info.run_id,
        "name": run.info.run_name,
        "experiment": experiment.name,
        "status": run.info.status,
        "start_time": run.info.start_time,
        "end_time": run.info.end_time,
        "metrics": {key: number(value) for key, value in run.data.metrics.items()},
        "params": run.data.params,
        "tags": run.data.tags,
    }


def history(client, run):
    """Every point of every metric of a run."""
    return {
        key: [
            {"step": m.step, "timestamp": m.timestamp, "value": number(m.value)}
            for m in client.get_metric_history(run.info.run_id, key)
        ]
        for key in run.data.metrics
    }


def main():
    """Read the store named on the command line."""
    store = Path(sys.argv[1]).resolve(strict=True)
    client = MlflowClient(f"sqlite:///{store}")
    found = list(active_runs(client))
    answer = {"mlflow": mlflow.__version__, "runs": [row(*pair) for pair in found]}
    if "--series" in sys.argv[2:]:
        answer["series"] = {run.info.run_id: history(client, run) for _, run in found}
    json.dump(answer, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
