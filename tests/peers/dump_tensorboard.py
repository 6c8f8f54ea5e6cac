"""Print what TensorBoard's own readers find in a folder of event files, as JSON.

Usage: python dump_tensorboard.py FOLDER [--series] [--artifacts]

    {"tensorboard": version,
     "runs": [{id, name, experiment, status, start_time, end_time, metrics, params, tags}],
     "series": {run: {tag: [{step, timestamp, value}]}},
     "artifacts": {run: [{path, kind, step, time, content}]}}

Runs are the folders that TensorBoard makes runs of. Points are those of its event accumulator with every item kept and
`purge_orphaned_data` off: with that on, it takes away what lies beyond the step of a restart. Tags belong to the plugin
that their first value names. Times are in ms since 1970, from microseconds rounded half up; a run without a session of
its own begins with its first event. Parameters keep their type. Only NaN and the infinities become texts, because JSON
has no numbers for them. Each scalar of the old kind is looked up in the simpler accumulator too, and must be the same.
"""

import base64
import json
import math
import os
import sys
from pathlib import Path

import numpy as np
from tensorboard import version
from tensorboard.backend.event_processing import (
    event_accumulator,
    io_wrapper,
    plugin_event_accumulator,
)
from tensorboard.plugins.hparams import api_pb2, plugin_data_pb2
from tensorboard.util import tensor_util

PLUGINS = ("scalars", "images", "audio", "text", "histograms", "hparams", "pr_curves", "")
KINDS = {"images": "image", "audio": "audio", "text": "text", "histograms": "histogram"}


def number(value):
    """A value as JSON can hold it."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def micros(seconds):
    """Microseconds since 1970."""
    return math.floor(seconds * 1e6 + 0.5)


def millis(seconds):
    """Milliseconds since 1970, or none where nobody told."""
    return micros(seconds) // 1000 if seconds else None


class RunOfTensorBoard:
    """A folder as TensorBoard reads it."""

    def __init__(self, root, folder):
        self.name = os.path.relpath(folder, root).replace(os.sep, "/")
        self.all = plugin_event_accumulator.EventAccumulator(
            folder,
            size_guidance={"tensors": 0},
            tensor_size_guidance={plugin: 0 for plugin in PLUGINS},
            purge_orphaned_data=False,
        ).Reload()
        self.simple = event_accumulator.EventAccumulator(
            folder,
            size_guidance=event_accumulator.STORE_EVERYTHING_SIZE_GUIDANCE,
            purge_orphaned_data=False,
        ).Reload()

    def plugin(self, tag):
        metadata = self.all.summary_metadata.get(tag)
        return metadata.plugin_data.plugin_name if metadata else ""

    def scalars(self):
        """Points by tag, in the order of the files."""
        found = {}
        for tag in self.all.Tags()["tensors"]:
            if self.plugin(tag) not in ("scalars", ""):
                continue
            points = []
            for event in self.all.Tensors(tag):
                array = tensor_util.make_ndarray(event.tensor_proto)
                if array.size == 1 and array.dtype.kind in "fiub":
                    value = number(float(array.item()))
                    points.append(
                        {"step": event.step, "timestamp": millis(event.wall_time), "value": value}
                    )
            if points:
                found[tag] = points
        for tag in self.simple.Tags()["scalars"]:
            points = [(event.step, number(event.value)) for event in self.simple.Scalars(tag)]
            assert points == [(p["step"], p["value"]) for p in found[tag]], tag
        return found

    def session(self):
        """Parameters, start, end and status."""
        start, end = None, None
        for tag in self.all.Tags()["tensors"]:
            if self.plugin(tag) != "hparams":
                continue
            content = self.all.SummaryMetadata(tag).plugin_data.content
            data = plugin_data_pb2.HParamsPluginData.FromString(content)
            start = data.session_start_info if data.HasField("session_start_info") else start
            end = data.session_end_info if data.HasField("session_end_info") else end
        return start, end

    def row(self, scalars):
        start, end = self.session()
        names = ("group_name", "model_uri", "monitor_url")
        params, tags = {}, {}
        if start:
            params = {key: getattr(value, value.WhichOneof("kind")) for key, value in start.hparams.items()}
            tags = {name: getattr(start, name) for name in names if getattr(start, name)}
        status = api_pb2.Status.Name(end.status if end else 0).removeprefix("STATUS_")
        began = start.start_time_secs if start else 0
        return {
            "id": self.name,
            "name": self.name,
            "experiment": "",
            "status": status,
            "start_time": millis(began or self.all.FirstEventTimestamp()),
            "end_time": millis(end.end_time_secs) if end else None,
            "metrics": {tag: points[-1]["value"] for tag, points in scalars.items()},
            "params": params,
            "tags": tags,
        }

    def artifacts(self):
        found = []
        for tag in self.all.Tags()["tensors"]:
            kind = KINDS.get(self.plugin(tag))
            for event in self.all.Tensors(tag) if kind else ():
                array = tensor_util.make_ndarray(event.tensor_proto)
                contents = {
                    "image": lambda: [base64.b64encode(blob).decode() for blob in array[2:]],
                    "audio": lambda: [
                        base64.b64encode(row if array.ndim == 1 else row[0]).decode() for row in array
                    ],
                    "text": lambda: [
                        "\n".join(
                            " | ".join(cell.decode() for cell in np.atleast_1d(row).ravel())
                            for row in np.atleast_1d(array)
                        )
                    ],
                    "histogram": lambda: [[[number(float(v)) for v in row] for row in array]],
                }[kind]()
                for part, content in enumerate(contents):
                    path = tag if len(contents) == 1 else f"{tag}/{part}"
                    item = {"path": path, "kind": kind, "step": event.step}
                    found.append({**item, "time": micros(event.wall_time), "content": content})
        return sorted(found, key=lambda item: (item["path"], item["step"]))


def main():
    """Read the folder named on the command line."""
    root = str(Path(sys.argv[1]).resolve(strict=True))
    folders = sorted(io_wrapper.GetLogdirSubdirectories(root))
    runs = [RunOfTensorBoard(root, folder) for folder in folders]
    scalars = {run.name: run.scalars() for run in runs}
    answer = {"tensorboard": version.VERSION, "runs": [run.row(scalars[run.name]) for run in runs]}
    if "--series" in sys.argv[2:]:
        answer["series"] = scalars
    if "--artifacts" in sys.argv[2:]:
        answer["artifacts"] = {run.name: run.artifacts() for run in runs}
    json.dump(answer, sys.stdout, allow_nan=False, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
