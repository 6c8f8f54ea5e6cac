"""Train the demo's models with scikit-learn and log every fit with the real MLflow client.

Usage: python make_demo.py [OUT.db]        (default: mlflow.db beside this script)

The data are the digits and breast-cancer sets that scikit-learn ships, so nothing is
downloaded. Every metric is computed from a model fitted here; seeds are fixed, times are the
real ones. User, source and artifact locations are set to neutral words, so that no path,
account or machine name ends up in the store.
"""

import hashlib
import json
import os
import sqlite3
import sys
import time
import warnings
from contextlib import contextmanager
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"
os.environ["OMP_NUM_THREADS"] = "1"  # one order of floating-point sums, hence the same values

import numpy as np
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import accuracy_score, f1_score, log_loss, mean_squared_error
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

ARTIFACTS = "mlflow-artifacts:/demo"
# The client sends at most this many metrics in one request.
BATCH = 1000


class Data:
    """One bundled data set, split 60/20/20 with a fixed seed; scaled by the training part's
    spread, or by a known full scale such as the digits' 16 grey levels."""

    def __init__(self, name, loader, full_scale=None):
        features, labels = loader(return_X_y=True)
        x, self.x_test, y, self.y_test = train_test_split(
            features, labels, test_size=0.2, random_state=0, stratify=labels
        )
        self.x, self.x_val, self.y, self.y_val = train_test_split(
            x, y, test_size=0.25, random_state=0, stratify=y
        )
        if full_scale is None:
            scale = StandardScaler().fit(self.x).transform
        else:
            scale = lambda part: part / full_scale
        self.x, self.x_val, self.x_test = map(scale, (self.x, self.x_val, self.x_test))
        self.classes = np.unique(labels)
        self.dataset = Dataset(
            name=name,
            digest=hashlib.sha256(features.tobytes() + labels.tobytes()).hexdigest()[:8],
            source_type="code",
            source=json.dumps({"loader": f"sklearn.datasets.load_{name.replace('-', '_')}"}),
            profile=json.dumps({"rows": features.shape[0], "features": features.shape[1]}),
        )


class Run:
    """A run that is being logged; points keep the time at which they were measured."""

    def __init__(self, client, run_id, name):
        self.client, self.id, self.name = client, run_id, name
        self.pending, self.latest = [], {}

    def point(self, step, **values):
        """Record one step; `train_loss` becomes the metric `train/loss`, also for val, test, batch."""
        now = int(time.time() * 1000)
        for word, value in values.items():
            part, _, rest = word.partition("_")
            key = f"{part}/{rest}" if part in ("train", "val", "test", "batch") else word
            self.pending.append(Metric(key, float(value), now, step))
            self.latest[key] = float(value)
        if len(self.pending) > BATCH - 10:
            self.flush()

    def flush(self):
        """Send what is recorded so far."""
        if self.pending:
            self.client.log_batch(self.id, metrics=self.pending)
        self.pending = []

    def tag(self, key, value):
        """Set one tag."""
        self.client.set_tag(self.id, key, value)

    def note(self, text):
        """Set the run's Markdown note."""
        self.tag("mlflow.note.content", text)


class Stopped(Exception):
    """The watchdog ended a run that was too far behind."""


class Log:
    """One experiment of the store."""

    def __init__(self, client, name, data, note, **tags):
        self.client, self.data = client, data
        self.id = client.create_experiment(
            name, artifact_location=f"{ARTIFACTS}/{name}", tags={"mlflow.note.content": note, **tags}
        )

    @contextmanager
    def run(self, name, family, parent=None, note=None, **params):
        """Open a run; an exception in its body marks it FAILED, the watchdog's KILLED."""
        tags = {
            "mlflow.user": "demo",
            "mlflow.source.name": "make_demo.py",
            "mlflow.source.type": "LOCAL",
            "family": family,
        }
        if parent is not None:
            tags["mlflow.parentRunId"] = parent.id
        if note is not None:
            tags["mlflow.note.content"] = note
        run_id = self.client.create_run(self.id, run_name=name, tags=tags).info.run_id
        run = Run(self.client, run_id, name)
        inputs = [DatasetInput(self.data.dataset, [InputTag("mlflow.data.context", "training")])]
        self.client.log_inputs(run_id, inputs)
        self.client.log_batch(
            run_id, params=[Param(k, str(v)) for k, v in {"family": family, **params}.items()]
        )
        status, began = "FINISHED", time.perf_counter()
        try:
            yield run
        except Stopped as stop:
            status = "KILLED"
            run.tag("stopped.because", str(stop))
        except (ValueError, FloatingPointError) as error:
            # Only what a diverged model raises makes a failed run; a mistake here must be seen.
            if not any(word in str(error) for word in ("infinity", "finite", "overflow")):
                raise
            status = "FAILED"
            run.tag("error.type", type(error).__name__)
            run.tag("error.message", str(error))
        run.point(0, wall_seconds=time.perf_counter() - began)
        run.flush()
        self.client.set_terminated(run_id, status)


def score(run, step, data, model):
    """Log train/val loss and val accuracy of a classifier that gives probabilities."""
    train = log_loss(data.y, model.predict_proba(data.x), labels=data.classes)
    guess = model.predict_proba(data.x_val)
    accuracy = accuracy_score(data.y_val, data.classes[guess.argmax(axis=1)])
    val = log_loss(data.y_val, guess, labels=data.classes)
    run.point(step, train_loss=train, val_loss=val, val_accuracy=accuracy)
    return accuracy


def finish(run, data, model):
    """Log the held-out scores of a fitted classifier."""
    guess = model.predict(data.x_test)
    run.point(
        0,
        test_accuracy=accuracy_score(data.y_test, guess),
        test_f1=f1_score(data.y_test, guess, average="macro"),
    )


def table(parent, children, columns):
    """Write the children's real results as a Markdown table into the parent's note."""
    best = max(children, key=lambda pair: pair[0].latest["val/accuracy"])
    parent.point(
        0,
        best_val_accuracy=best[0].latest["val/accuracy"],
        best_test_accuracy=best[0].latest["test/accuracy"],
        finished_children=len(children),
    )
    parent.tag("best.run", best[0].name)
    lines = [f"Best on validation: **{best[0].name}**.", ""]
    lines += ["| run | " + " | ".join(columns) + " | val/accuracy | test/accuracy |"]
    lines += ["|---" * (len(columns) + 3) + "|"]
    for run, params in children:
        cells = [run.name, *(str(params[c]) for c in columns)]
        cells += [f"{run.latest[k]:.4f}" for k in ("val/accuracy", "test/accuracy")]
        lines.append("| " + " | ".join(cells) + " |")
    parent.note("\n".join(lines))


def mlp(log, run, epochs, hidden, rate, watch=None, **options):
    """Train a multi-layer perceptron epoch by epoch."""
    model = MLPClassifier(hidden, learning_rate_init=rate, random_state=1, **options)
    for epoch in range(epochs):
        model.partial_fit(log.data.x, log.data.y, classes=log.data.classes)
        accuracy = score(run, epoch, log.data, model)
        if watch and epoch == watch[0] and accuracy < watch[1]:
            raise Stopped(
                f"val/accuracy {accuracy:.3f} at epoch {epoch}, "
                f"below {watch[1]:.3f}, the median of its siblings there"
            )
    finish(run, log.data, model)


def mlp_sweep(log, epochs):
    """Twelve children over width and learning rate, then one that the watchdog stops."""
    with log.run("mlp-sweep", "MLP", sweep="width x learning rate", epochs=epochs) as parent:
        children, at_ten = [], []
        for hidden in ((32,), (64,), (128, 64)):
            for rate in (0.0003, 0.001, 0.003, 0.01):
                width = "x".join(map(str, hidden))
                params = {"hidden": width, "learning_rate": rate, "solver": "adam"}
                with log.run(f"mlp-{width}-lr{rate:g}", "MLP", parent, **params, epochs=epochs) as run:
                    mlp(log, run, epochs, hidden, rate)
                    at_ten += [m.value for m in run.pending if m.key == "val/accuracy" and m.step == 10]
                children.append((run, params))
        median = float(np.median(at_ten))
        with log.run("mlp-8-lr1e-05", "MLP", parent, hidden="8", learning_rate=1e-5, solver="adam",
                     epochs=epochs, watchdog=f"{median:.4f} at epoch 10") as run:
            run.note("Stopped by the watchdog: at epoch 10 it was **below the median** of the sweep.")
            mlp(log, run, epochs, (8,), 1e-5, watch=(10, median))
        table(parent, children, ["hidden", "learning_rate"])


def minibatches(log, steps, solver, **options):
    """One MLP that logs the loss of every mini-batch: the long, noisy curves."""
    data, size, order = log.data, 32, np.random.default_rng(2)
    params = {"solver": solver, "batch_size": size, "steps": steps, "hidden": "64", **options}
    with log.run(f"mlp-steps-{solver}", "MLP", **params) as run:
        run.note(f"`batch/loss` is the loss of **each of {steps} mini-batches** of {size} images.")
        model = MLPClassifier((64,), solver=solver, random_state=3, **options)
        for step in range(steps):
            pick = order.choice(len(data.y), size, replace=False)
            model.partial_fit(data.x[pick], data.y[pick], classes=data.classes)
            run.point(step, batch_loss=model.loss_)
            if step % 50 == 0 or step == steps - 1:
                guess = model.predict_proba(data.x_val)
                run.point(
                    step,
                    val_loss=log_loss(data.y_val, guess, labels=data.classes),
                    val_accuracy=accuracy_score(data.y_val, data.classes[guess.argmax(axis=1)]),
                )
        finish(run, data, model)


def sgd_sweep(log, epochs):
    """Linear models by stochastic gradient descent, epoch by epoch."""
    with log.run("sgd-sweep", "SGD", sweep="loss x alpha", epochs=epochs) as parent:
        children = []
        for loss in ("log_loss", "modified_huber"):
            for alpha in (1e-5, 1e-4, 1e-3, 1e-2):
                params = {"loss": loss, "alpha": alpha}
                with log.run(f"sgd-{loss}-a{alpha:g}", "SGD", parent, **params, epochs=epochs) as run:
                    model = SGDClassifier(loss=loss, alpha=alpha, random_state=4)
                    for epoch in range(epochs):
                        model.partial_fit(log.data.x, log.data.y, classes=log.data.classes)
                        score(run, epoch, log.data, model)
                    finish(run, log.data, model)
                children.append((run, params))
        table(parent, children, ["loss", "alpha"])


def boosting(log, rounds):
    """Gradient boosting, scored after every round."""
    data = log.data
    for rate in (0.03, 0.1, 0.3):
        for leaves in (7, 31):
            name = f"hgb-lr{rate:g}-leaves{leaves}"
            with log.run(name, "HistGradientBoosting", learning_rate=rate, max_leaf_nodes=leaves,
                         rounds=rounds) as run:
                model = HistGradientBoostingClassifier(
                    learning_rate=rate, max_leaf_nodes=leaves, max_iter=rounds,
                    early_stopping=False, random_state=5,
                ).fit(data.x, data.y)
                stages = zip(model.staged_predict_proba(data.x), model.staged_predict_proba(data.x_val))
                for step, (train, guess) in enumerate(stages, start=1):
                    run.point(
                        step,
                        train_loss=log_loss(data.y, train, labels=data.classes),
                        val_loss=log_loss(data.y_val, guess, labels=data.classes),
                        val_accuracy=accuracy_score(data.y_val, data.classes[guess.argmax(axis=1)]),
                    )
                finish(run, data, model)


def forests(log):
    """Random forests that grow by warm start; the step is the number of trees."""
    for depth in (4, 8, None):
        for features in ("sqrt", 0.5):
            with log.run(f"forest-depth{depth}-{features}", "RandomForest", max_depth=depth,
                         max_features=features) as run:
                model = RandomForestClassifier(1, max_depth=depth, max_features=features,
                                               warm_start=True, random_state=6)
                for trees in range(5, 101, 5):
                    model.set_params(n_estimators=trees).fit(log.data.x, log.data.y)
                    score(run, trees, log.data, model)
                finish(run, log.data, model)


def logistic(log):
    """Logistic regression, continued by warm start; the step is the number of iterations."""
    for c in (0.01, 0.1, 1.0, 10.0):
        with log.run(f"logistic-C{c:g}", "LogisticRegression", C=c, solver="lbfgs") as run:
            model = LogisticRegression(C=c, max_iter=2, warm_start=True)
            for done in range(2, 41, 2):
                model.fit(log.data.x, log.data.y)
                score(run, done, log.data, model)
            finish(run, log.data, model)


def svc_grid(log):
    """A grid of support vector machines: single values, no curves."""
    with log.run("svc-grid", "SVC", sweep="C x gamma") as parent:
        children = []
        for c in (0.1, 1.0, 10.0):
            for gamma in (0.01, 0.05, 0.25):
                params = {"C": c, "gamma": gamma, "kernel": "rbf"}
                with log.run(f"svc-C{c:g}-g{gamma:g}", "SVC", parent, **params) as run:
                    model = SVC(C=c, gamma=gamma).fit(log.data.x, log.data.y)
                    run.point(
                        0,
                        train_accuracy=model.score(log.data.x, log.data.y),
                        val_accuracy=model.score(log.data.x_val, log.data.y_val),
                        support_vectors=int(model.n_support_.sum()),
                    )
                    finish(run, log.data, model)
                children.append((run, params))
        table(parent, children, ["C", "gamma"])


def autoencoders(log):
    """Networks that redraw the image through a narrow layer; the last one really diverges."""
    data = log.data
    cases = [
        # code, learning rate, solver, activation, epochs
        (4, 0.003, "adam", "relu", 60),
        (8, 0.003, "adam", "relu", 60),
        (16, 0.003, "adam", "relu", 60),
        (16, 0.0003, "adam", "relu", 60),
        (16, 0.1, "sgd", "relu", 60),
        (16, 0.5, "sgd", "relu", 60),
        (8, 1.8, "sgd", "relu", 200),
    ]
    for code, rate, solver, activation, epochs in cases:
        name = f"autoencoder-{code}-{solver}-{activation}-lr{rate:g}"
        with log.run(name, "MLP autoencoder", code=code, learning_rate=rate, solver=solver,
                     activation=activation, epochs=epochs) as run:
            model = MLPRegressor(hidden_layer_sizes=(32, code, 32), activation=activation,
                                 solver=solver, learning_rate_init=rate, random_state=7)
            with np.errstate(all="ignore"):  # the overflow is what some runs are there to show
                for epoch in range(epochs):
                    try:
                        model.partial_fit(data.x, data.x)
                    finally:
                        # Also when the fit gives up: its last loss is the one to look at.
                        run.point(epoch, train_loss=model.loss_)
                    guess = model.predict(data.x_val)
                    run.point(epoch, val_mse=mean_squared_error(data.x_val, guess))
                run.point(0, test_mse=mean_squared_error(data.x_test, model.predict(data.x_test)))


def range_test(log, steps):
    """Raise the learning rate by 3 % a mini-batch until the network breaks."""
    data, order = log.data, np.random.default_rng(8)
    with log.run("learning-rate-range-test", "MLP autoencoder", code=16, solver="sgd",
                 activation="relu", learning_rate="0.001 x 1.03^step", batch_size=32) as run:
        run.note(
            "Raises the learning rate with every mini-batch **until the loss is no number any "
            "more**; the failure is the result. The useful rates lie where `batch/loss` still falls."
        )
        model = MLPRegressor(hidden_layer_sizes=(32, 16, 32), solver="sgd",
                             learning_rate_init=0.001, random_state=9)
        with np.errstate(all="ignore"):
            for step in range(steps):
                pick = order.choice(len(data.y), 32, replace=False)
                rate = 0.001 * 1.03**step
                if step > 0:
                    # scikit-learn has no public way to change the rate between partial fits.
                    model._optimizer.learning_rate = rate
                try:
                    model.partial_fit(data.x[pick], data.x[pick])
                finally:
                    run.point(step, learning_rate=rate, batch_loss=model.loss_)


def seal(path):
    """Leave one small file: no journal beside it, no free pages, MLflow's schema as it was."""
    with sqlite3.connect(path) as store:
        store.execute("PRAGMA journal_mode = DELETE")
        # The schema has over 200 tables and indexes, most of them empty, and each takes a page
        # at least.
        store.execute("PRAGMA page_size = 1024")
        store.execute("VACUUM")
    store.close()


def main():
    """Train and log everything."""
    here = Path(__file__).resolve().parent
    out = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else here / "mlflow.db"
    out.unlink(missing_ok=True)
    warnings.filterwarnings("ignore", category=ConvergenceWarning)
    uri = f"sqlite:///{out}"
    # Made first, so that the experiment "Default" gets a neutral artifact location, too.
    SqlAlchemyStore(uri, ARTIFACTS)
    client = MlflowClient(uri)

    digits = Log(
        client, "digits", Data("digits", load_digits, full_scale=16),
        "Ten classes of **8x8 handwritten digits** (1,797 images), split 60/20/20.",
        task="classification", dataset="digits",
    )
    mlp_sweep(digits, epochs=40)
    minibatches(digits, 2000, "adam")
    minibatches(digits, 2000, "sgd", learning_rate_init=0.01, momentum=0.9)
    sgd_sweep(digits, epochs=25)
    boosting(digits, rounds=30)
    svc_grid(digits)

    cancer = Log(
        client, "breast-cancer", Data("breast-cancer", load_breast_cancer),
        "**Benign or malignant**: 569 samples with 30 features, split 60/20/20.\n\n"
        "Small: one test sample is 0.9 % of accuracy.",
        task="classification", dataset="breast-cancer",
    )
    forests(cancer)
    boosting(cancer, rounds=30)
    logistic(cancer)
    svc_grid(cancer)

    redraw = Log(
        client, "digits-autoencoder", digits.data,
        "Redraw a digit through a **narrow layer**. Learning rates that are too large are kept: "
        "their losses overflow and the runs fail.",
        task="reconstruction", dataset="digits",
    )
    autoencoders(redraw)
    range_test(redraw, steps=600)
    seal(out)


if __name__ == "__main__":
    main()
