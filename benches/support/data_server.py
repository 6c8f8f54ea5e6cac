"""Seconds that TensorBoard's Rust data server takes for a folder of event files.

Usage: python data_server.py FOLDER SAMPLES LAST_STEPS...

Prints two numbers: from the server's start until it knows the last step of every run (`RUN=STEP`), and until all points
that it kept were asked for as well. SAMPLES is how many points of a series it keeps.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import grpc
import tensorboard_data_server
from tensorboard.data.proto import data_provider_pb2 as messages
from tensorboard.data.proto import data_provider_pb2_grpc as services

folder, samples, *last = sys.argv[1:]
steps = {run: int(step) for run, step in (pair.split("=") for pair in last)}

with tempfile.TemporaryDirectory() as own:
    port_file = Path(own) / "port"
    begun = time.perf_counter()
    server = subprocess.Popen(
        [
            tensorboard_data_server.server_binary(),
            f"--logdir={folder}",
            "--port=0",
            f"--port-file={port_file}",
            f"--samples-per-plugin=scalars={samples}",
            "--reload=once",
            "--die-after-stdin",
        ],
        stdin=subprocess.PIPE,
    )
    try:
        while not (port_file.exists() and port_file.read_text().endswith("\n")):
            time.sleep(0.005)
        options = [("grpc.max_receive_message_length", -1)]
        channel = grpc.insecure_channel(f"localhost:{port_file.read_text().strip()}", options)
        stub = services.TensorBoardDataProviderStub(channel)
        plugin = messages.PluginFilter(plugin_name="scalars")
        while True:
            listed = stub.ListScalars(messages.ListScalarsRequest(plugin_filter=plugin))
            seen = {run.run_name: run.tags[0].metadata.max_step for run in listed.runs}
            if seen == steps:
                break
            time.sleep(0.02)
        loaded = time.perf_counter() - begun
        downsample = messages.Downsample(num_points=int(samples))
        read = stub.ReadScalars(messages.ReadScalarsRequest(plugin_filter=plugin, downsample=downsample))
        whole = time.perf_counter() - begun
        points = sum(len(tag.data.step) for run in read.runs for tag in run.tags)
        assert points == sum(min(step + 1, int(samples)) for step in steps.values()), points
        print(loaded, whole)
    finally:
        server.stdin.close()
        server.wait()
