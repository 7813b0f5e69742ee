"""What both Python peers share: a line of request in, a line of answer out.

The bench starts a peer once per number of threads and asks it for one measurement at a time, so that it can take turns with Longhand:
    request   W5
    answer    {"value": 0.44}    or    {"skip": "why"}
A workload's first request prepares and warms it up; what is timed is gathering, forward, loss, backward and update.
"""
import argparse
import json
import math
import os
import resource
import subprocess
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--mnist", default="")
parser.add_argument("--memory", default="", help="measure this workload once and say how much memory the process took at most")
options = parser.parse_args()
# Before the libraries are loaded: a BLAS reads these once.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(options.threads)

import numpy as np

random = np.random.default_rng(1)


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def disc_and_ring(count):
    half = count // 2
    radius = np.concatenate([random.uniform(0, 2.5, half), random.uniform(3.5, 5, count - half)])
    angle = random.uniform(0, 2 * math.pi, count)
    label = np.where(np.arange(count) < half, 1.0, -1.0)
    return radius * np.sin(angle), radius * np.cos(angle), label


def two_arms(count):
    half = count // 2
    t = np.arange(half) / half
    parts = []
    for label, turn in ((1.0, 0.0), (-1.0, math.pi)):
        angle = 3.5 * math.pi * t + turn
        parts.append((5 * t * np.sin(angle), 5 * t * np.cos(angle), np.full(half, label)))
    return tuple(np.concatenate(column) for column in zip(*parts))


def two_circles(count):
    angle = random.uniform(0, 2 * math.pi, count)
    label = np.arange(count) % 2
    radius = np.where(label == 1, 0.8, 1.0)
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1) + random.normal(0, 0.03, (count, 2))
    return points.astype(np.float32), label.astype(np.float32)


def features(points, count):
    x, y, label = points
    columns = [x, y, x * x, y * y, x * y, np.sin(x), np.sin(y)][:count]
    order = random.permutation(len(x))
    return np.stack(columns, 1)[order].astype(np.float32), label[order].astype(np.float32)


def digits():
    """60,000 images of 28x28 with their labels: MNIST, or noise of the same shape."""
    if not options.mnist:
        return random.random((60000, 784), dtype=np.float32), random.integers(0, 10, 60000)
    with open(os.path.join(options.mnist, "train-images-idx3-ubyte"), "rb") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / 255
    with open(os.path.join(options.mnist, "train-labels-idx1-ubyte"), "rb") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64)
    return images, labels


def memory(workload):
    """The most memory, in MB, that a process of its own takes for a workload; with malloc as it is, which takes less than as tuned."""
    command = [sys.executable, sys.argv[0], "--threads", str(options.threads), "--mnist", options.mnist, "--memory", workload]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    return float(subprocess.run(command, env=plain, capture_output=True, check=True, text=True).stdout)


def serve(name, version, workloads):
    """Answers requests until the input ends. A workload is a function that prepares and returns a function that measures once."""
    if options.memory:
        workloads[options.memory]()()
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    print(json.dumps({"name": name, "version": version}), flush=True)
    ready = {}
    for line in sys.stdin:
        wanted, of_memory, _ = line.strip().partition(" memory")
        if wanted not in workloads:
            print(json.dumps({"skip": "cannot be said in " + name}), flush=True)
            continue
        try:
            if of_memory:
                print(json.dumps({"value": memory(wanted)}), flush=True)
                continue
            if wanted not in ready:
                ready.clear()
                ready[wanted] = workloads[wanted]()
            print(json.dumps({"value": ready[wanted]()}), flush=True)
        except Exception as error:
            print(json.dumps({"skip": str(error).splitlines()[0][:200]}), flush=True)
