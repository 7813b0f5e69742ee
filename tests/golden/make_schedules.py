"""Writes schedules.json: learning rates of PyTorch's schedulers, against which the tests compare.

Run: /usr/bin/python3 make_schedules.py   (Debian 12: apt-get install python3-torch, version 1.13)

Each case has the optimizer's rate ("start"), the length of the run in periods and the rate of every period; for plateau
also the validation losses after them. A warm-up is LinearLR from 1/(W + 1) over W periods, joined by SequentialLR.
"""

import json
import math
import pathlib
import warnings

import torch
from torch.optim import lr_scheduler as lr

warnings.filterwarnings("ignore")
cases = []


def case(text, start, periods, make, losses=None):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=start)
    scheduler = make(optimizer)
    rates = []
    for period in range(periods):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if losses is not None:
            scheduler.step(losses[period])
        elif period < periods - 1:
            scheduler.step()
    one = {"text": text, "start": start, "rates": rates}
    if losses is not None:
        one["losses"] = losses
    cases.append(one)


def warmed(optimizer, periods, main):
    first = lr.LinearLR(optimizer, start_factor=1 / (periods + 1), total_iters=periods)
    return lr.SequentialLR(optimizer, [first, main], milestones=[periods])


case("constant", 0.1, 5, lambda o: lr.LambdaLR(o, lambda t: 1))
case("step every=10 factor=0.1", 0.1, 35, lambda o: lr.StepLR(o, 10))
case("step every=3 factor=0.5", 0.3, 12, lambda o: lr.StepLR(o, 3, 0.5))
case("exponential factor=0.95", 0.1, 20, lambda o: lr.ExponentialLR(o, 0.95))
case("cosine to=0", 0.1, 10, lambda o: lr.CosineAnnealingLR(o, 10))
case("cosine to=0.001", 0.05, 23, lambda o: lr.CosineAnnealingLR(o, 23, 0.001))
case("cosine-restarts every=10 to=0 growth=1", 0.1, 35, lambda o: lr.CosineAnnealingWarmRestarts(o, 10))
case("cosine-restarts every=3 to=0.01 growth=2", 0.1, 30, lambda o: lr.CosineAnnealingWarmRestarts(o, 3, 2, 0.01))
for length in (1, 2, 3, 4, 10, 37):
    case("one-cycle max=0.1", 0.02, length, lambda o: lr.OneCycleLR(o, 0.1, total_steps=length, cycle_momentum=False))
case("cyclic from=0.01 to=0.1 every=10", 0.5, 33, lambda o: lr.CyclicLR(o, 0.01, 0.1, 5, cycle_momentum=False))
case("cyclic from=0.02 to=0.3 every=7", 0.5, 20, lambda o: lr.CyclicLR(o, 0.02, 0.3, 3.5, cycle_momentum=False))

constant = [1.0] * 12
falling = [round(1 / (t + 1), 6) for t in range(12)]
noisy = [round(1 + math.sin(3 * t) / (t + 1), 6) for t in range(40)]
slow = [1 - 0.00005 * t for t in range(12)]  # each better by less than 1e-4
case("plateau patience=2 factor=0.5 to=0", 1.0, 12, lambda o: lr.ReduceLROnPlateau(o, patience=2, factor=0.5), constant)
case("plateau patience=2 factor=0.5 to=0", 1.0, 12, lambda o: lr.ReduceLROnPlateau(o, patience=2, factor=0.5), falling)
case("plateau patience=2 factor=0.5 to=0", 1.0, 12, lambda o: lr.ReduceLROnPlateau(o, patience=2, factor=0.5), slow)
case("plateau patience=0 factor=0.5 to=0.1", 1.0, 12, lambda o: lr.ReduceLROnPlateau(o, patience=0, factor=0.5, min_lr=0.1), constant)
case("plateau patience=3 factor=0.1 to=0", 0.1, 40, lambda o: lr.ReduceLROnPlateau(o, patience=3, factor=0.1), noisy)

case("constant warmup=3", 0.1, 6, lambda o: lr.LinearLR(o, start_factor=1 / 4, total_iters=3))
case("exponential factor=0.9 warmup=4", 0.1, 12, lambda o: warmed(o, 4, lr.ExponentialLR(o, 0.9)))
case("step every=2 factor=0.5 warmup=3", 0.1, 12, lambda o: warmed(o, 3, lr.StepLR(o, 2, 0.5)))
case("cosine to=0 warmup=5", 0.1, 20, lambda o: warmed(o, 5, lr.CosineAnnealingLR(o, 15)))

lines = [json.dumps(one, separators=(",", ":"), allow_nan=False) for one in cases]
path = pathlib.Path(__file__).with_name("schedules.json")
path.write_text(
    '{\n"source": "PyTorch %s, written by make_schedules.py",\n"schedules": [\n%s\n]\n}\n' % (torch.__version__, ",\n".join(lines))
)
print(path.name, len(cases), "cases")
