"""Run an Optuna study with the real client on demand, and tell how it ended.

Usage: python run_study.py STORE.db TRIALS

Says {"ready": true} when the study is there. A line on standard input begins it; the answer is

    {"us": microseconds, "errors": [what was raised], "states": {state: number of trials}}
"""

import collections
import json
import sys
import time

import optuna


def objective(trial):
    """A short training: ten reports, of which some are pruned."""
    x = trial.suggest_float("x", -10.0, 10.0)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    for step in range(10):
        trial.report((x - 2.0) ** 2 / (step + 1) + (kind == "b"), step)
        if trial.should_prune():
            raise optuna.TrialPruned
    return (x - 2.0) ** 2


def main():
    """Wait for the word, then optimise."""
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(
        storage=f"sqlite:///{sys.argv[1]}",
        study_name="watched",
        sampler=optuna.samplers.RandomSampler(seed=7),
        pruner=optuna.pruners.MedianPruner(),
    )
    print(json.dumps({"ready": True}), flush=True)
    sys.stdin.readline()
    errors = []
    begun = time.perf_counter_ns()
    try:
        study.optimize(objective, n_trials=int(sys.argv[2]))
    except Exception as error:  # Whatever disturbs the study is what is looked for.
        errors.append(f"{type(error).__name__}: {error}")
    took = (time.perf_counter_ns() - begun) // 1_000
    states = collections.Counter(trial.state.name for trial in study.get_trials(deepcopy=False))
    print(json.dumps({"us": took, "errors": errors, "states": states}), flush=True)


if __name__ == "__main__":
    main()
