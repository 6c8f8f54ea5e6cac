"""Print what the real Optuna client reads in a copy of a SQLite store, as JSON.

Usage: python dump_optuna.py STORE.db [--series] [--local]

    {"optuna": version,
     "runs": [{id, name, experiment, status, start_time, end_time, metrics, params, tags}],
     "series": {run id: {metric: [{step, timestamp, value}]}}}

The values are the client's own answers. What the client has no words for is put as the program puts it: a run is a
trial, its id the number that the trial has in the database; the names of objectives are those of the client's
`trials_dataframe`, or the study's own; parameters are Python's `str`; attributes of trials are their JSON, a text
without its quotes. The client keeps local times without a zone: `--local` gives them as they are, else they are in
ms since 1970, where TZ says what is local. NaN and the infinities become "NaN", "Infinity" and "-Infinity" because
JSON has no numbers for them. Works with the clients 2.10 and 5.0.
"""

import json
import math
import sys
from pathlib import Path

import optuna


def number(value):
    """A metric value as JSON can hold it."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def local(time, in_ms):
    """A local time as a text, or in ms since 1970."""
    if time is None:
        return None
    return int(time.replace(microsecond=0).timestamp()) * 1000 + time.microsecond // 1000 if in_ms else str(time)


def attribute(value):
    """An attribute as its JSON, a text without its quotes."""
    return value if isinstance(value, str) else json.dumps(value)


def objectives(study, trial):
    """The names of a study's objectives with a trial's values."""
    if not trial.values:
        return {}
    names = getattr(study, "metric_names", None)
    is_clear = names is not None and len(set(names)) == len(names) and "intermediate_value" not in names
    if not is_clear:
        names = ["value"] if len(study.directions) == 1 else [f"values_{at}" for at in range(len(study.directions))]
    return dict(zip(names, trial.values))


def history(study, trial, in_ms):
    """Every point of every metric of a trial."""
    start, end = (local(time, in_ms) for time in (trial.datetime_start, trial.datetime_complete))
    found = {
        name: [{"step": 0, "timestamp": end or start, "value": number(value)}]
        for name, value in objectives(study, trial).items()
    }
    if trial.intermediate_values:
        found["intermediate_value"] = [
            {"step": step, "timestamp": start or end, "value": number(value)}
            for step, value in sorted(trial.intermediate_values.items())
        ]
    return found


def row(study, trial, in_ms):
    """One trial with its latest metrics."""
    tags = {key: attribute(value) for key, value in trial.user_attrs.items()}
    for key, value in trial.system_attrs.items():
        tags[f"system_attrs:{key}" if key in trial.user_attrs else key] = attribute(value)
    return {
        "id": str(trial._trial_id),
        "name": f"trial-{trial.number}",
        "experiment": study.study_name,
        "status": trial.state.name,
        "start_time": local(trial.datetime_start, in_ms),
        "end_time": local(trial.datetime_complete, in_ms),
        "metrics": {key: points[-1]["value"] for key, points in history(study, trial, in_ms).items()},
        "params": {key: str(value) for key, value in trial.params.items()},
        "tags": tags,
    }


def main():
    """Read the store named on the command line."""
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    url = f"sqlite:///{Path(sys.argv[1]).resolve(strict=True)}"
    in_ms = "--local" not in sys.argv[2:]
    studies = [optuna.load_study(study_name=s.study_name, storage=url) for s in optuna.get_all_study_summaries(url)]
    found = [(study, trial) for study in studies for trial in study.trials]
    answer = {"optuna": optuna.__version__, "runs": [row(*pair, in_ms) for pair in found]}
    if "--series" in sys.argv[2:]:
        answer["series"] = {str(trial._trial_id): history(study, trial, in_ms) for study, trial in found}
    json.dump(answer, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
