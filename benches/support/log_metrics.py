"""Log metrics of one run with the real MLflow client, on demand, and tell how long each demand took.

Usage: python log_metrics.py STORE.db

Says {"run": id} when the run is there. Each line on standard input is `single N`, N calls of log_metric, or
`batch N`, N calls of log_batch with 1,000 metrics each; the answer is

    {"us": microseconds of all calls, "errors": [what the client raised],
     "steps": [[last step of a call, when it had returned, in ns since 1970]]}
"""

import gc
import json
import os
import sys
import time
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"

from mlflow.entities import Metric
from mlflow.tracking import MlflowClient

BATCH = 1_000


def say(answer):
    """One line of JSON, at once."""
    print(json.dumps(answer), flush=True)


def main():
    """Obey until standard input ends."""
    client = MlflowClient(f"sqlite:///{Path(sys.argv[1]).resolve(strict=True)}")
    run = client.create_run("0").info.run_id
    # Whatever the client sets up at its first call is no part of the measurement.
    client.log_metric(run, "loss", 0.0, step=0)
    step = 0
    say({"run": run})
    for line in sys.stdin:
        kind, calls = line.split()
        errors, steps = [], []
        # A collection takes longer than a batch and comes with every sixth: it begins anew before each demand, so that
        # no turn has one more than the other by chance.
        gc.collect()
        begun = time.perf_counter_ns()
        for _ in range(int(calls)):
            try:
                if kind == "single":
                    step += 1
                    client.log_metric(run, "loss", 1.0 / step, step=step)
                else:
                    now = time.time_ns() // 1_000_000
                    first, step = step + 1, step + BATCH
                    metrics = [Metric("loss", 1.0 / at, now, at) for at in range(first, step + 1)]
                    client.log_batch(run, metrics=metrics)
                steps.append([step, time.time_ns()])
            except Exception as error:  # Whatever disturbs training is what is looked for.
                errors.append(f"{type(error).__name__}: {error}")
        took = (time.perf_counter_ns() - begun) // 1_000
        say({"us": took, "errors": errors, "steps": steps})


if __name__ == "__main__":
    main()
