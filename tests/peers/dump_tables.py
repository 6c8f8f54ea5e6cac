"""Print what pandas and Python's json read in the tables of a folder, as JSON.

Usage: python dump_tables.py FOLDER

    {"pandas": version,
     "tables": {file: {"runs": [{id, name, experiment, status, start_time, end_time, metrics, params, tags}],
                       "series": {run id: {metric: [{step, timestamp, value}]}}}}}

Which column means what is written down below for each file, by hand. The latest value of a metric is the one written
last of its largest step. NaN and the infinities become "NaN", "Infinity" and "-Infinity" because JSON has no numbers
for them.
"""

import json
import math
import sys
from pathlib import Path

import pandas

TABLES = {
    "keras.csv": {"step": "epoch", "metrics": ["loss", "mae", "val_loss", "val_mae"]},
    "wide.csv": {
        "run": "run_id", "step": "step", "time": "timestamp", "metrics": ["loss", "acc"], "params": ["lr", "model"],
    },
    "indexed.csv": {"step": "", "metrics": ["loss", "acc"]},
    "long.tsv": {"comma": "\t", "run": "run_id", "step": "step", "metric": "metric", "value": "value"},
    "trials.csv": {
        "run": "trial", "metrics": ["loss", "f1"], "params": ["params_lr", "params_net", "started"],
    },
    "quoted.csv": {
        "comma": ";", "step": "iteration", "metrics": ["train; loss", 'the "best"'], "params": ["note"],
    },
    "lines.jsonl": {
        "run": "run", "step": "step", "time": "time", "metrics": ["loss", "eval.f1", "late/key"], "params": ["net"],
    },
    "lightning_logs": {"step": "step", "metrics": ["epoch", "train_loss", "val/loss"]},
}


def number(value):
    """A value as JSON can hold it."""
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def csv_rows(path, comma):
    """Each row as {column: (text, value)}, without the blank ones."""
    read = {"sep": comma, "encoding": "utf-8-sig"}
    texts = pandas.read_csv(path, dtype=str, keep_default_na=False, **read)
    values = pandas.read_csv(path, keep_default_na=False, na_values=["", "nan"], **read)
    texts.columns = values.columns = ["" if name.startswith("Unnamed:") else name for name in texts.columns]
    for at in range(len(texts)):
        row = {name: (texts[name][at], values[name][at]) for name in texts.columns}
        yield {name: pair for name, pair in row.items() if pair[0] != ""}


def json_rows(path):
    """The same of JSON lines."""
    for line in path.read_text("utf-8").splitlines():
        flat = pandas.json_normalize(json.loads(line)).iloc[0].to_dict()
        yield {name: (value, value) for name, value in flat.items() if value is not None}


def read(rows, own, mapping, extra):
    """Runs and series of one table."""
    runs, counts = {}, {}
    for row in rows:
        name = str(row[mapping["run"]][0]) if "run" in mapping else own
        run = runs.setdefault(name, {"params": dict(extra), "series": {}, "times": []})
        counts[name] = counts.get(name, -1) + 1
        step = int(row[mapping["step"]][1]) if "step" in mapping else counts[name]
        time = None
        if mapping.get("time") in row:
            value = row[mapping["time"]][1]
            stamp = pandas.Timestamp(value) if isinstance(value, str) else pandas.Timestamp(value, unit="s")
            time = stamp.value // 1_000_000
            run["times"].append(time)
        if "metric" in mapping:
            pairs = [(row[mapping["metric"]][0], row[mapping["value"]][1])]
        else:
            pairs = [(metric, row[metric][1]) for metric in mapping["metrics"] if metric in row]
        for metric, value in pairs:
            point = {"step": step, "timestamp": time, "value": number(value)}
            run["series"].setdefault(metric, []).append(point)
        run["params"] |= {param: str(row[param][0]) for param in mapping.get("params", []) if param in row}
    answers = []
    for name, run in runs.items():
        # The last of those with the largest step.
        latest = {key: max(reversed(points), key=lambda point: point["step"]) for key, points in run["series"].items()}
        answers.append({
            "id": name, "name": name, "experiment": "", "status": "",
            "start_time": min(run["times"], default=None), "end_time": None,
            "metrics": {key: point["value"] for key, point in latest.items()},
            "params": run["params"], "tags": {},
        })
    return answers, {name: run["series"] for name, run in runs.items()}


def settings(folder):
    """What Lightning wrote beside its table, of which all lines are plain here."""
    lines = (folder / "hparams.yaml").read_text("utf-8").splitlines()
    return dict(line.split(": ") for line in lines)


def main():
    """Read the folder named on the command line."""
    folder, tables = Path(sys.argv[1]), {}
    for name, mapping in TABLES.items():
        path, runs, series = folder / name, [], {}
        if path.is_dir():
            for below in sorted(path.iterdir()):
                found = read(csv_rows(below / "metrics.csv", ","), below.name, mapping, settings(below))
                runs += found[0]
                series |= found[1]
        else:
            rows = json_rows(path) if path.suffix == ".jsonl" else csv_rows(path, mapping.get("comma", ","))
            runs, series = read(rows, path.stem, mapping, {})
        tables[name] = {"runs": runs, "series": series}
    json.dump({"pandas": pandas.__version__, "tables": tables}, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
