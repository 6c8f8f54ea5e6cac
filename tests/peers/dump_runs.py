"""Print what the real MLflow client reads in a copy of a store, as JSON.

Usage: python dump_runs.py STORE.db|MLRUNS [--series] [--models] [--artifacts]

    {"mlflow": version,
     "runs": [{id, name, experiment, status, start_time, end_time, metrics, params, tags,
               datasets: [{name, digest, context}], artifact_uri}],
     "series": {run id: {metric: [{step, timestamp, value}]}},
     "models": [{name, version, run, status, stage, aliases, source}],
     "artifacts": {run id: [{path, size}]}}

Only active runs of active experiments; times in ms since 1970. The values are the client's own
answers, nothing is mended, but NaN and the infinities become "NaN", "Infinity" and
"-Infinity" because JSON has no numbers for them; datasets, models and artifacts are sorted, for
the clients give them in the order of the disk, and a run without datasets has no such key.
Works with the clients 1.30, 2.22 and 3.17.
"""

import json
import math
import os
import sys
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

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
    about = {
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
    read = [dataset(used) for used in run.inputs.dataset_inputs] if hasattr(run, "inputs") else []
    if read:
        about["datasets"] = sorted(read, key=lambda used: (used["name"], used["digest"], used["context"]))
    about["artifact_uri"] = run.info.artifact_uri
    return about


def dataset(used):
    """A dataset as a run used it."""
    contexts = [tag.value for tag in used.tags if tag.key == "mlflow.data.context"]
    return {"name": used.dataset.name, "digest": used.dataset.digest, "context": (contexts or [""])[0]}


def history(client, run):
    """Every point of every metric of a run."""
    return {
        key: [
            {"step": m.step, "timestamp": m.timestamp, "value": number(m.value)}
            for m in client.get_metric_history(run.info.run_id, key)
        ]
        for key in run.data.metrics
    }


def models(client):
    """Versions of registered models, then the models that runs logged."""
    found = []
    try:
        try:
            versions = list(pages(lambda page_token: client.search_model_versions("", page_token=page_token)))
        except TypeError:
            # 1.30 gives all at once.
            versions = client.search_model_versions("name LIKE '%'")
    except mlflow.exceptions.MlflowException:
        # 1.30 keeps none in files.
        return found
    for version in versions:
        if "_aliases" in vars(version):
            # Only the answer for one version has them.
            version = client.get_model_version(version.name, version.version)
        found.append({
            "name": version.name,
            "version": int(version.version),
            "run": version.run_id or None,
            "status": version.status,
            "stage": version.current_stage,
            "aliases": sorted(getattr(version, "aliases", [])),
            "source": version.source,
        })
    if hasattr(client, "search_logged_models"):
        ids = [experiment.experiment_id for experiment in pages(client.search_experiments)]
        search = client.search_logged_models
        for model in pages(lambda page_token: search(experiment_ids=ids, page_token=page_token)):
            found.append({
                "name": model.name,
                "version": None,
                "run": model.source_run_id or None,
                "status": model.status.value,
                "stage": "",
                "aliases": [],
                "source": model.artifact_location,
            })
    return sorted(found, key=lambda model: (model["name"], model["version"] or 0, model["source"]))


def artifacts(client, run_id, path=None):
    """All files below a folder of a run's artifacts."""
    for item in client.list_artifacts(run_id, path):
        if item.is_dir:
            yield from artifacts(client, run_id, item.path)
        else:
            yield {"path": item.path, "size": item.file_size}


def main():
    """Read the store named on the command line."""
    store = Path(sys.argv[1]).resolve(strict=True)
    uri = store.as_uri() if store.is_dir() else f"sqlite:///{store}"
    # The registry asks the tracking store for logged models.
    mlflow.set_tracking_uri(uri)
    client = MlflowClient(uri)
    found = list(active_runs(client))
    answer = {"mlflow": mlflow.__version__, "runs": [row(*pair) for pair in found]}
    if "--series" in sys.argv[2:]:
        answer["series"] = {run.info.run_id: history(client, run) for _, run in found}
    if "--models" in sys.argv[2:]:
        answer["models"] = models(client)
    if "--artifacts" in sys.argv[2:]:
        answer["artifacts"] = {
            run.info.run_id: sorted(artifacts(client, run.info.run_id), key=lambda item: item["path"])
            for _, run in found
        }
    json.dump(answer, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
