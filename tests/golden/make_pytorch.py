#!/usr/bin/python3
"""Writes pytorch.json: values of PyTorch in double precision, against which the tests compare.

Run: /usr/bin/python3 make_pytorch.py   (Debian 12: apt-get install python3-torch, version 1.13)

Every case draws its numbers from a seed made of its own name, so that a case added or removed
leaves all others as they were. Inputs are rounded to three decimals, outputs are written in full
(repr: the shortest text that reads back to the same bits). "dy" is always a random upstream
gradient; "dx", "dW", "db" ... are the gradients of sum(y * dy).

What PyTorch 1.13 has no function for is computed from its plain operations and its autograd; such
cases are marked "own operations" below.
"""

import json
import math
import pathlib
import zlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)


# --- helpers ---------------------------------------------------------------------------------

sections = {}


def add(section, **case):
    sections.setdefault(section, []).append(case)


def seed(*names):
    torch.manual_seed(zlib.crc32("/".join(names).encode()))


def draw(*shape):
    """Normal numbers with three decimals."""
    return torch.round(torch.randn(*shape) * 1000) / 1000


def positive(*shape):
    """Numbers from 0.5 to 1.5 with three decimals."""
    return torch.round((torch.rand(*shape) + 0.5) * 1000) / 1000


def leaf(values):
    values = values.clone() if torch.is_tensor(values) else torch.tensor(values)
    return values.to(torch.float64).requires_grad_()


def plain(value):
    """Tensors as nested lists; everything finite (the JSON writer refuses the rest)."""
    if torch.is_tensor(value):
        return value.detach().tolist()
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value


def backward(y):
    """Sends a random gradient back from y and returns it."""
    dy = draw(*y.shape)
    y.backward(dy)
    return dy


# --- activations -----------------------------------------------------------------------------
# No point had to be dropped: PyTorch is finite on all of them, for every activation.
# At the kinks PyTorch says: relu'(0) = 0, leakyrelu'(0) = slope, elu'(0) = alpha.
# softplus is the identity above 20 in PyTorch; the difference (2e-22 at 50) is below a double's.

HARD = [-1000, -50, -20, -3, -1, -0.5, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.5, 1, 3, 20, 50, 1000]


def swish(beta):
    return lambda x: x * torch.sigmoid(beta * x)  # own operations: F.silu knows beta = 1 only


ELEMENTWISE = {
    "identity": lambda x: x * 1,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leakyrelu": F.leaky_relu,
    "leakyrelu slope=0.2": lambda x: F.leaky_relu(x, 0.2),
    "elu": F.elu,
    "elu alpha=0.5": lambda x: F.elu(x, 0.5),
    "gelu": F.gelu,
    "gelu-tanh": lambda x: F.gelu(x, approximate="tanh"),
    "softplus": F.softplus,
    "arctan": lambda x: 0.5 + torch.atan(x) / math.pi,  # own operations
    "sin": torch.sin,
    "step": lambda x: (x >= 0).to(x.dtype) + 0 * x,  # own operations: 0 below, 1 from 0 on, slope 0
}

for text, function in ELEMENTWISE.items():
    seed("activations", text)
    x = leaf(HARD)
    y = function(x)
    dy = backward(y)
    add("activations", text=text, x=x, y=y, dy=dy, dx=x.grad)

for text, beta in {"swish": 1.0, "swish beta=1.7": 1.7}.items():
    seed("activations", text)
    x, beta = leaf(HARD), leaf(beta)
    y = swish(beta)(x)
    dy = backward(y)
    add("activations", text=text, x=x, y=y, dy=dy, dx=x.grad, beta=beta, dbeta=beta.grad)

ROWS = [
    [0.1, -0.4, 1.2, 0.3],
    [1000, -1000, 0, 3],
    [-1000, -1000, -1000, -1000],
    [1000, 999, 998, -1000],
    [1e-9, 0, -1e-9, 1e-3],
    [50, 49, -50, 20],
]
for text, function in {"softmax": F.softmax, "logsoftmax": F.log_softmax}.items():
    seed("activations", text)
    x = leaf(ROWS)
    y = function(x, dim=1)
    dy = backward(y)
    add("activations", text=text, x=x, y=y, dy=dy, dx=x.grad)
    # over the channels of an image
    seed("imageActivations", text)
    x = leaf(draw(2, 3, 2, 2))
    y = function(x, dim=1)
    dy = backward(y)
    add("imageActivations", text=text, x=x, y=y, dy=dy, dx=x.grad)


# --- losses ----------------------------------------------------------------------------------


def loss(text, function, output, target):
    output = leaf(output)
    kind = "index" if isinstance(target[0], int) else "values"
    wanted = torch.tensor(target) if kind == "index" else torch.as_tensor(target, dtype=torch.float64)
    value = function(output, wanted)
    value.backward()
    add("losses", text=text, output=output, target=wanted, targetKind=kind, value=value, gradient=output.grad)


def half_mse(o, t):  # own operations
    return 0.5 * ((o - t) ** 2).sum() / len(o)


def cross_entropy_probs(p, t):  # own operations
    if t.dtype == torch.int64:
        return F.nll_loss(p.log(), t)
    return -(t * p.log()).sum(1).mean()


def hinge(o, t):
    """Own operations; slope 0 at the kink, as in PyTorch's margin losses. For several classes this is
    torch.nn.MultiMarginLoss (margin 1) WITHOUT its division by the number of classes."""
    if t.dtype == torch.int64:
        margins = F.relu(1 - o.gather(1, t[:, None]) + o)
        others = F.one_hot(t, o.shape[1]) == 0
        value = (margins * others).sum(1).mean()
        assert torch.allclose(value, F.multi_margin_loss(o, t) * o.shape[1])
        return value
    return F.relu(1 - t * o).sum(1).mean()


REGRESSION = {
    1: ([[0.3, -1.2, 2.0]], [[0.1, 0.4, 2.0]]),
    5: (
        [[0.5, 1.0, -2.0], [1000, -1000, 0], [1e-9, -1e-9, 3], [0.25, 0.75, -0.125], [-0.6, 1.1, 7.5]],
        [[0.0, 2.0, -2.0], [-1000, -999.5, 0.5], [0, 1e-9, 3.001], [-0.25, 1.75, 0.375], [0.4, -0.2, 8]],
    ),
}
for o, t in REGRESSION.values():
    loss("mse", F.mse_loss, o, t)
    loss("sse", lambda a, b: F.mse_loss(a, b, reduction="sum"), o, t)
    loss("half-mse", half_mse, o, t)
    loss("huber delta=1", lambda a, b: F.huber_loss(a, b, delta=1.0), o, t)
    loss("huber delta=0.5", lambda a, b: F.huber_loss(a, b, delta=0.5), o, t)

# Mean over all elements, as torch.nn.BCELoss. PyTorch cuts log at -100 and the divisor p(1-p) at 1e-12;
# neither shows at these probabilities (exact 0 and 1 are left out for that reason).
TINY = 1e-12
loss("bce", F.binary_cross_entropy, [[0.73]], [[1.0]])
loss("bce", F.binary_cross_entropy, [[0.2, 0.9, 0.5]], [[0.0, 1.0, 0.3]])
PROBABILITIES = [[TINY], [1 - TINY], [2 * TINY], [0.4], [1 - 2 * TINY]]
loss("bce", F.binary_cross_entropy, PROBABILITIES, [[0.0], [1.0], [1.0], [1.0], [0.0]])

loss("bce-logits", F.binary_cross_entropy_with_logits, [[0.73]], [[1.0]])
loss("bce-logits", F.binary_cross_entropy_with_logits, [[-0.2, 1.9, 0.0]], [[0.0, 1.0, 0.3]])
loss("bce-logits", F.binary_cross_entropy_with_logits, [[1000], [-1000], [1000], [-1000], [0.4]], [[1.0], [0.0], [0.0], [1.0], [1.0]])
loss("bce-logits", F.binary_cross_entropy_with_logits, [[50], [-50], [1e-9], [-20], [20]], [[0.5], [1.0], [0.0], [0.25], [1.0]])

# Wide logits, class indices and distributions (with zeros) for whatever reads logits.
LOGITS = [[1000, -1000, 0], [-1000, 1000, 999], [0, 0, 0], [0.2, -0.7, 1.4], [50, 49, -50]]
INDICES = [0, 0, 2, 1, 1]
DISTRIBUTIONS = [[0.5, 0.25, 0.25], [1, 0, 0], [0, 0.5, 0.5], [0.2, 0.3, 0.5], [0, 0, 1]]
PROBABILITY_ROWS = [
    [0.5, 0.25, 0.25],
    [TINY, 1 - 2 * TINY, TINY],
    [0.2, 0.3, 0.5],
    [1 - 2 * TINY, TINY, TINY],
    [0.6, 0.4 - TINY, TINY],
]


def batch_mean(log, target):
    return F.kl_div(log, target, reduction="batchmean")


def kl(o, t):
    return batch_mean(F.log_softmax(o, 1), t)


def kl_probs(p, t):
    return batch_mean(p.log(), t)


loss("cross-entropy", F.cross_entropy, [[0.1, 0.9, -0.3, 0.2]], [1])
loss("cross-entropy", F.cross_entropy, [[0.1, 0.9, -0.3, 0.2]], [[0.1, 0.2, 0.3, 0.4]])
loss("cross-entropy", F.cross_entropy, LOGITS, INDICES)
loss("cross-entropy", F.cross_entropy, LOGITS, DISTRIBUTIONS)
loss("cross-entropy-probs", cross_entropy_probs, [[0.1, 0.2, 0.3, 0.4]], [3])
loss("cross-entropy-probs", cross_entropy_probs, [[0.1, 0.2, 0.3, 0.4]], [[0.4, 0.1, 0.3, 0.2]])
loss("cross-entropy-probs", cross_entropy_probs, PROBABILITY_ROWS, INDICES)
loss("cross-entropy-probs", cross_entropy_probs, PROBABILITY_ROWS, DISTRIBUTIONS)
loss("kl", kl, [[0.1, 0.9, -0.3, 0.2]], [[0.1, 0.2, 0.3, 0.4]])
loss("kl", kl, LOGITS, DISTRIBUTIONS)
loss("kl-probs", kl_probs, [[0.1, 0.2, 0.3, 0.4]], [[0.4, 0.1, 0.3, 0.2]])
loss("kl-probs", kl_probs, PROBABILITY_ROWS, DISTRIBUTIONS)
loss("hinge", hinge, [[0.3]], [[-1.0]])
loss("hinge", hinge, [[0.3, -2.0, 1.0]], [[1.0, -1.0, 1.0]])
loss("hinge", hinge, [[1], [-1], [0.999], [-1000], [0]], [[1.0], [1.0], [1.0], [1.0], [-1.0]])
loss("hinge", hinge, [[0.1, 0.9, -0.3, 0.2]], [1])
loss("hinge", hinge, [[1000, -1000, 0], [2, 1, 0], [0, 0, 0], [0.2, -0.7, 1.4], [1.5, 1, 0.75]], [1, 0, 2, 1, 0])


# --- optimizers ------------------------------------------------------------------------------

STEPS = 6


def optimizer(text, make):
    """The gradients are given, not computed: one of them is 0 at the first step, where 0 / (0 + eps) stands."""
    seed("optimizers", text)
    start, gradients = draw(3), draw(STEPS, 3)
    gradients[0, 1] = 0
    w = leaf(start)
    rule = make([w])
    values = []
    for gradient in gradients:
        w.grad = gradient.clone()
        rule.step()
        values.append(plain(w))
    add("optimizers", text=text, start=start, gradients=gradients, values=values)


class InsideRoot:
    """Own operations: eps added under the square root, the textbook form."""

    def __init__(self, parameters, rule, lr=0.1, eps=1e-3):
        self.w, self.rule, self.lr, self.eps, self.t, self.m, self.v = parameters[0], rule, lr, eps, 0, 0.0, 0.0

    def step(self):
        g, self.t = self.w.grad, self.t + 1
        if self.rule == "adam":
            self.m, self.v = 0.9 * self.m + 0.1 * g, 0.999 * self.v + (1 - 0.999) * g * g
            m, v = self.m / (1 - 0.9**self.t), self.v / (1 - 0.999**self.t)
        elif self.rule == "rmsprop":
            self.v = 0.99 * self.v + (1 - 0.99) * g * g
            m, v = g, self.v
        else:
            self.v = self.v + g * g
            m, v = g, self.v
        self.w.data -= self.lr * m / torch.sqrt(v + self.eps)


class NAdam:
    """Own operations: PyTorch 1.13 has one factor mu too many in the product up to t + 1, against its own documentation; later
    versions have not (pytorch/pytorch#92699)."""

    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, momentum_decay=4e-3):
        self.w, self.lr, self.betas, self.eps, self.decay, self.psi = parameters[0], lr, betas, eps, weight_decay, momentum_decay
        self.t, self.m, self.v, self.product = 0, 0.0, 0.0, 1.0

    def step(self):
        self.t += 1
        beta1, beta2 = self.betas
        g = self.w.grad + self.decay * self.w.data
        mu, mu_next = (beta1 * (1 - 0.5 * 0.96 ** (t * self.psi)) for t in (self.t, self.t + 1))
        self.product *= mu
        self.m, self.v = beta1 * self.m + (1 - beta1) * g, beta2 * self.v + (1 - beta2) * g * g
        root = torch.sqrt(self.v / (1 - beta2**self.t)) + self.eps
        self.w.data -= self.lr * (1 - mu) / (1 - self.product) * g / root
        self.w.data -= self.lr * mu_next / (1 - self.product * mu_next) * self.m / root


OPTION = {"momentum": "momentum", "dampening": "dampening", "weight-decay": "weight_decay", "eps": "eps", "alpha": "alpha"}
KIND = {
    "sgd": torch.optim.SGD,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "nadam": NAdam,
    "rmsprop": torch.optim.RMSprop,
    "adagrad": torch.optim.Adagrad,
}


def from_text(text):
    name, *words = text.split()
    if "eps-inside-root" in words:
        return lambda parameters: InsideRoot(parameters, name)
    options, betas = {}, {}
    for word in words:
        key, _, number = word.partition("=")
        if key == "lr":
            options["lr"] = float(number)
        elif key in ("beta1", "beta2"):
            betas[key] = float(number)
        elif key == "nesterov":
            options["nesterov"] = True
        else:
            options[OPTION[key]] = float(number)
    if betas:
        options["betas"] = (betas.get("beta1", 0.9), betas.get("beta2", 0.999))
    return lambda parameters: KIND[name](parameters, **options)


# nesterov with dampening is refused by PyTorch.
for text in [
    "sgd lr=0.1",
    "sgd lr=0.1 momentum=0.9",
    "sgd lr=0.1 momentum=0.9 nesterov",
    "sgd lr=0.1 momentum=0.9 dampening=0.5",
    "sgd lr=0.1 weight-decay=0.1",
    "sgd lr=0.1 momentum=0.9 weight-decay=0.1",
    "sgd lr=0.1 momentum=0.9 nesterov weight-decay=0.1",
    "sgd lr=0.1 momentum=0.9 dampening=0.5 weight-decay=0.1",
    *[
        f"{name} lr=0.1{options}"
        for name in ("adam", "adamw", "nadam")
        for options in ("", " beta1=0.8 beta2=0.99", " eps=1e-3", " weight-decay=0.1", " beta1=0.8 beta2=0.99 eps=1e-3 weight-decay=0.1")
    ],
    "rmsprop lr=0.1",
    "rmsprop lr=0.1 momentum=0.9",
    "rmsprop lr=0.1 alpha=0.9",
    "rmsprop lr=0.1 alpha=0.9 eps=1e-3 momentum=0.9",
    "adagrad lr=0.1",
    "adagrad lr=0.1 eps=1e-3",
    "adam lr=0.1 eps=1e-3 eps-inside-root",
    "rmsprop lr=0.1 eps=1e-3 eps-inside-root",
    "adagrad lr=0.1 eps=1e-3 eps-inside-root",
]:
    optimizer(text, from_text(text))


# --- schedules -------------------------------------------------------------------------------
# rates[e] is the learning rate that epoch e + 1 trains with; lr is the optimizer's own.

EPOCHS = 12


def schedule(text, make, lr=0.1, metrics=None):
    w = leaf([0.0])
    rule = torch.optim.SGD([w], lr=lr)
    plan = make(rule)
    rates = []
    for epoch in range(EPOCHS):
        rates.append(rule.param_groups[0]["lr"])
        rule.step()
        if metrics is None:
            if epoch + 1 < EPOCHS:
                plan.step()
        else:
            plan.step(metrics[epoch])
    add("schedules", text=text, lr=lr, rates=rates, **({} if metrics is None else {"metrics": metrics}))


S = torch.optim.lr_scheduler
schedule("constant", lambda o: S.LambdaLR(o, lambda epoch: 1.0))
schedule("step every=3 factor=0.1", lambda o: S.StepLR(o, 3, 0.1))
schedule("exponential factor=0.95", lambda o: S.ExponentialLR(o, 0.95))
schedule("cosine to=0", lambda o: S.CosineAnnealingLR(o, EPOCHS, 0.0))
schedule("cosine to=0.01", lambda o: S.CosineAnnealingLR(o, EPOCHS, 0.01))
schedule("cosine-restarts every=4", lambda o: S.CosineAnnealingWarmRestarts(o, 4))
# 30 % up from max/25 by a cosine, then down to max/250000; the optimizer's own rate does not count
schedule("one-cycle max=0.1", lambda o: S.OneCycleLR(o, 0.1, total_steps=EPOCHS, cycle_momentum=False))
# a triangle; "every" is the whole cycle, half of it (PyTorch's step_size_up) up and half down
for every in (4, 5):
    schedule(f"cyclic from=0.01 to=0.1 every={every}", lambda o: S.CyclicLR(o, 0.01, 0.1, step_size_up=every / 2, cycle_momentum=False))
# metrics[e] is the loss measured after epoch e + 1; better means below best * (1 - 1e-4)
plateau = lambda o: S.ReduceLROnPlateau(o, factor=0.5, patience=2)
schedule("plateau patience=2 factor=0.5", plateau, metrics=[1.0] * EPOCHS)
schedule("plateau patience=2 factor=0.5", plateau, metrics=[1.0, 0.9, 0.95, 0.92, 0.89995, 0.8, 0.8, 0.8, 0.79995, 0.81, 0.7, 0.7])


# --- dense, mixture --------------------------------------------------------------------------

for text, bias in {"dense 2": True, "dense 2 nobias": False}.items():
    seed("dense", text)
    x, weight = leaf(draw(3, 4)), leaf(draw(2, 4))
    b = leaf(draw(2)) if bias else None
    y = F.linear(x, weight, b)
    dy = backward(y)
    add("dense", text=text, x=x, weight=weight, **({"bias": b} if bias else {}), y=y, dy=dy, dx=x.grad, dW=weight.grad, **({"db": b.grad} if bias else {}))

for name, parameters in {"random": None, "wide": [1000.0, -1000.0, 999.0, 0.5]}.items():
    seed("mixture", name)
    x = leaf(draw(3, 4))
    w = leaf(draw(4) if parameters is None else parameters)
    y = (F.softmax(w, 0) * x).sum(1, keepdim=True)  # own operations
    dy = backward(y)
    add("mixture", text="mixture", x=x, weight=w, y=y, dy=dy, dx=x.grad, dW=w.grad)


# --- networks --------------------------------------------------------------------------------


def network(text, loss_name, function, sizes, activation, target, batch):
    seed("networks", text)
    parameters = {}
    for i in range(len(sizes) - 1):
        parameters[f"dense{i + 1}.weight"] = leaf(draw(sizes[i + 1], sizes[i]))
        parameters[f"dense{i + 1}.bias"] = leaf(draw(sizes[i + 1]))
    x = leaf(draw(batch, sizes[0]))
    wanted = torch.tensor(target)

    def forward():
        value = x
        for i in range(len(sizes) - 1):
            value = F.linear(value, parameters[f"dense{i + 1}.weight"], parameters[f"dense{i + 1}.bias"])
            if i < len(sizes) - 2:
                value = activation(value)
        return value

    output = forward()
    value = function(output, wanted)
    value.backward()
    case = plain(
        dict(
            text=text,
            loss=loss_name,
            optimizer="adam lr=0.1",
            input=x,
            target=wanted,
            targetKind="index" if wanted.dtype == torch.int64 else "values",
            parameters=parameters,
            output=output,
            value=value,
            gradients={**{name: p.grad for name, p in parameters.items()}, "input": x.grad},
        )
    )
    rule = torch.optim.Adam(parameters.values(), lr=0.1)
    losses = []
    for _ in range(3):
        rule.zero_grad()
        value = function(forward(), wanted)
        value.backward()
        losses.append(value.item())
        rule.step()
    # losses[i] is measured before update i + 1, "after" holds the parameters after the third
    add("networks", **case, losses=losses, after=parameters)


network("2 -> dense 3 tanh -> dense 1", "half-mse", half_mse, [2, 3, 1], torch.tanh, [[0.3], [-0.6], [1.2]], 3)
network("4 -> dense 5 relu -> dense 3", "cross-entropy", F.cross_entropy, [4, 5, 3], F.relu, [2, 0, 1, 1], 4)
network("3 -> dense 4 swish -> dense 2", "bce-logits", F.binary_cross_entropy_with_logits, [3, 4, 2], F.silu, [[1.0, 0.0], [0.0, 0.0], [1.0, 1.0]], 3)


# --- batchnorm -------------------------------------------------------------------------------
# Training normalises with the biased variance; the running variance takes the unbiased one.

for shape in [(4, 3), (2, 2, 2, 3)]:
    for text, eps, momentum in [("batchnorm", 1e-5, 0.1), ("batchnorm eps=0.001 momentum=0.3", 1e-3, 0.3)]:
        for mode in ("training", "inference"):
            seed("batchnorm", text, mode, str(shape))
            channels = shape[1]
            x, weight, bias = leaf(draw(*shape)), leaf(draw(channels)), leaf(draw(channels))
            mean, variance = draw(channels), positive(channels)
            before = plain(mean), plain(variance)
            y = F.batch_norm(x, mean, variance, weight, bias, mode == "training", momentum, eps)
            dy = backward(y)
            add(
                "batchnorm", text=text, mode=mode, x=x, weight=weight, bias=bias, runningMean=before[0], runningVar=before[1],
                y=y, dy=dy, dx=x.grad, dW=weight.grad, db=bias.grad, runningMeanAfter=mean, runningVarAfter=variance,
            )  # fmt: skip


# --- convolution and pooling -----------------------------------------------------------------
# Images are [N][channel][row][column]. Padding is top/left/bottom/right.


def same(size, kernel, stride, dilation):
    """The two paddings of one axis that give ceil(size / stride), the odd one behind."""
    total = max(0, (math.ceil(size / stride) - 1) * stride + (kernel - 1) * dilation + 1 - size)
    return total // 2, total - total // 2


def same_padding(x, kernel, stride=(1, 1), dilation=(1, 1)):
    rows = same(x.shape[2], kernel[0], stride[0], dilation[0])
    columns = same(x.shape[3], kernel[1], stride[1], dilation[1])
    return rows[0], columns[0], rows[1], columns[1]


def pad(x, padding, value=0.0):
    top, left, bottom, right = padding
    return F.pad(x, (left, right, top, bottom), value=value)


def conv(text, shape, filters, kernel, stride=(1, 1), padding=(0, 0, 0, 0), dilation=(1, 1), groups=1, bias=True):
    seed("conv", text)
    x = leaf(draw(*shape))
    weight = leaf(draw(filters, shape[1] // groups, *kernel))
    b = leaf(draw(filters)) if bias else None
    if padding == "same":
        padding = same_padding(x, kernel, stride, dilation)
    y = F.conv2d(pad(x, padding), weight, b, stride, 0, dilation, groups)
    dy = backward(y)
    add("conv", text=text, x=x, weight=weight, **({"bias": b} if bias else {}), y=y, dy=dy, dx=x.grad, dW=weight.grad, **({"db": b.grad} if bias else {}))


conv("conv 2 3x3", (2, 2, 4, 5), 2, (3, 3))
conv("conv 2 2x3 stride 2x1", (1, 1, 5, 4), 2, (2, 3), stride=(2, 1))
conv("conv 2 3x3 stride 2 pad 1", (1, 2, 5, 5), 2, (3, 3), stride=(2, 2), padding=(1, 1, 1, 1))
conv("conv 1 3x2 pad 2x1", (1, 2, 3, 3), 1, (3, 2), padding=(2, 1, 2, 1))
conv("conv 2 3x3 dilation 2", (1, 1, 6, 5), 2, (3, 3), dilation=(2, 2))
conv("conv 4 3x3 groups 2", (1, 4, 3, 4), 4, (3, 3), groups=2)
conv("conv 6 2x2 depthwise", (1, 3, 3, 3), 6, (2, 2), groups=3)
conv("conv 2 3x3 nobias", (1, 2, 3, 4), 2, (3, 3), bias=False)
conv("conv 1 3x3 pad 1/0/2/1", (1, 2, 3, 3), 1, (3, 3), padding=(1, 0, 2, 1))
conv("conv 1 2x2 pad same", (1, 2, 3, 4), 1, (2, 2), padding="same")
conv("conv 1 3x3 stride 2 pad same", (1, 1, 4, 5), 1, (3, 3), stride=(2, 2), padding="same")
conv("conv 1 3x3 pad same dilation 2", (1, 1, 4, 4), 1, (3, 3), padding="same", dilation=(2, 2))
conv("conv 3 1x1", (2, 2, 2, 2), 3, (1, 1))


def maxpool(text, x, kernel, stride, padding=0, dilation=1, ceil=False):
    """indices[n][c][row][column] is row * width + column of the winner in the image, as PyTorch counts: among
    equals the first in reading order. Uneven padding is put there by F.pad with -inf; no index is given then."""
    seed("maxpool", text, "backward")
    x = leaf(x)
    if isinstance(padding, int):
        y, indices = F.max_pool2d(x, kernel, stride, padding, dilation, ceil, return_indices=True)
        more = {"indices": indices}
    else:
        y, more = F.max_pool2d(pad(x, padding, -math.inf), kernel, stride, 0, dilation, ceil), {}
    dy = backward(y)
    add("maxpool", text=text, x=x, y=y, dy=dy, dx=x.grad, **more)


def image(section, text, *shape):
    seed(section, text)
    return draw(*shape)


def maxpool_random(text, shape, *arguments, **options):
    x = image("maxpool", text, *shape)
    if options.get("padding") == "same":
        options["padding"] = same_padding(x, *arguments[:2])
    maxpool(text, x, *arguments, **options)


maxpool_random("maxpool 2", (2, 2, 4, 4), (2, 2), (2, 2))
maxpool_random("maxpool 2x3 stride 1x2", (1, 1, 3, 5), (2, 3), (1, 2))
maxpool_random("maxpool 3 stride 2 pad 1", (1, 2, 5, 5), (3, 3), (2, 2), padding=1)
maxpool_random("maxpool 2 stride 1 dilation 2", (1, 1, 4, 5), (2, 2), (1, 1), dilation=2)
maxpool_random("maxpool 2 ceil", (1, 1, 3, 5), (2, 2), (2, 2), ceil=True)
# the last window would begin in the padding behind the image: dropped, in spite of ceil
maxpool_random("maxpool 2 stride 2 pad 1 ceil", (1, 1, 3, 4), (2, 2), (2, 2), padding=1, ceil=True)
maxpool_random("maxpool 3 stride 2 pad same", (1, 1, 4, 4), (3, 3), (2, 2), padding="same")
maxpool_random("maxpool 3 stride 1 pad 1/0/0/1", (1, 1, 3, 4), (3, 3), (1, 1), padding=(1, 0, 0, 1))
maxpool("maxpool 2", [[[[0.0, 0.0, 1.0, 2.0], [0.0, 0.0, 2.0, 2.0], [-1.0, 3.0, 5.0, 4.0], [3.0, -1.0, 4.0, 5.0]]]], (2, 2), (2, 2))
maxpool("maxpool 3 stride 1", [[[[1.0, 2.0, 1.0, 2.0], [2.0, 0.0, 2.0, 0.0], [1.0, 2.0, 1.0, 2.0]]]], (3, 3), (1, 1))
maxpool("maxpool 3 stride 1 pad 1", [[[[-1.0, -1.0], [-1.0, -1.0]]]], (3, 3), (1, 1), padding=1)


def avgpool(text, shape, kernel, stride, padding=0, dilation=1, ceil=False, count=True):
    """Counting padding, PyTorch counts it only as far as it reaches: what a ceil window lays beyond the padding is
    left out of the divisor. PyTorch knows no dilation and no uneven padding here; those by own operations
    (a depthwise convolution with ones, divided by the number of places counted)."""
    x = leaf(image("avgpool", text, *shape))
    if isinstance(padding, int) and dilation == 1:
        y = F.avg_pool2d(x, kernel, stride, padding, ceil, count)
    else:
        if padding == "same":
            padding = same_padding(x, kernel, stride)
        elif isinstance(padding, int):
            padding = (padding,) * 4
        ones = torch.ones(shape[1], 1, *kernel)
        places = pad(torch.ones(shape), padding, 1.0 if count else 0.0)

        def total(values):
            return F.conv2d(values, ones, None, stride, 0, dilation, shape[1])

        y = total(pad(x, padding)) / total(places)
    dy = backward(y)
    add("avgpool", text=text, x=x, y=y, dy=dy, dx=x.grad)


avgpool("avgpool 2", (2, 2, 4, 4), (2, 2), (2, 2))
avgpool("avgpool 2x3 stride 1x2", (1, 1, 3, 5), (2, 3), (1, 2))
avgpool("avgpool 3 stride 2 pad 1", (1, 2, 5, 5), (3, 3), (2, 2), padding=1)
avgpool("avgpool 3 stride 2 pad 1 nopadcount", (1, 2, 5, 5), (3, 3), (2, 2), padding=1, count=False)
avgpool("avgpool 2 ceil", (1, 1, 3, 5), (2, 2), (2, 2), ceil=True)
avgpool("avgpool 3 stride 2 pad 1 ceil", (1, 1, 4, 4), (3, 3), (2, 2), padding=1, ceil=True)
avgpool("avgpool 3 stride 2 pad 1 ceil nopadcount", (1, 1, 4, 4), (3, 3), (2, 2), padding=1, ceil=True, count=False)
avgpool("avgpool 2 stride 1 dilation 2", (1, 1, 4, 5), (2, 2), (1, 1), dilation=2)
avgpool("avgpool 3 stride 2 pad same", (1, 1, 4, 4), (3, 3), (2, 2), padding="same")
avgpool("avgpool 3 stride 2 pad same nopadcount", (1, 1, 4, 4), (3, 3), (2, 2), padding="same", count=False)

for shape in [(2, 3, 2, 2), (1, 2, 3, 4)]:
    x = leaf(image("globalavgpool", str(shape), *shape))
    y = F.adaptive_avg_pool2d(x, 1)
    dy = backward(y)
    add("globalavgpool", text="globalavgpool", x=x, y=y, dy=dy, dx=x.grad)


# --- writing ---------------------------------------------------------------------------------

lines = ["{", f'"source": "PyTorch {torch.__version__}, float64, written by make_pytorch.py"']
for name, cases in sections.items():
    lines[-1] += ","
    body = (json.dumps(plain(case), separators=(",", ":"), allow_nan=False) for case in cases)
    lines += [f'"{name}": [', *(line + "," for line in body)]
    lines[-1] = lines[-1][:-1]
    lines.append("]")
lines.append("}")
path = pathlib.Path(__file__).with_name("pytorch.json")
path.write_text("\n".join(lines) + "\n")
print(f"{path.name}: {path.stat().st_size} bytes,", ", ".join(f"{len(c)} {n}" for n, c in sections.items()))
