"""PyTorch on W1 to W8 and W10. See training.py for how it is asked."""
import warnings

from training import digits, disc_and_ring, features, options, seconds, serve, two_arms, two_circles


warnings.filterwarnings("ignore")
import torch
from torch import nn

torch.set_num_threads(options.threads)
torch.manual_seed(1)


def trainer(model, loss_of, optimizer):
    def step(x, y):
        optimizer.zero_grad()
        loss_of(model(x), y).backward()
        optimizer.step()

    return step


def sgd(model, rate, momentum=0.0):
    return torch.optim.SGD(model.parameters(), lr=rate, momentum=momentum)


def w1():
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])

    def measure(steps=500):
        model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
        step = trainer(model, nn.MSELoss(), sgd(model, 0.1))

        def run():
            for _ in range(steps):
                step(x, y)

        return seconds(run) / steps * 1e6

    measure(200)
    return measure


def playground(points, inputs, hidden, epochs):
    values, labels = features(points, inputs)
    x, y = torch.from_numpy(values), torch.from_numpy(labels[:, None])
    sizes = [inputs, *hidden, 1]
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), nn.Tanh()]
    model = nn.Sequential(*layers)
    step = trainer(model, lambda output, target: 0.5 * (output - target).pow(2).mean(), sgd(model, 0.03))

    def measure(count=epochs):
        def run():
            for _ in range(count):
                for first in range(0, 250, 10):
                    step(x[first : first + 10], y[first : first + 10])

        return seconds(run) / count * 1e6

    measure(20)
    return measure


def w4():
    points, labels = two_circles(1000)
    x, y = torch.from_numpy(points), torch.from_numpy(labels[:, None])
    model = nn.Sequential(nn.Linear(2, 100), nn.ReLU(), nn.Linear(100, 1))
    step = trainer(model, nn.BCEWithLogitsLoss(), sgd(model, 0.1))

    def measure(epochs=100):
        def run():
            for _ in range(epochs):
                order = torch.randperm(1000)
                for first in range(0, 1000, 32):
                    batch = order[first : first + 32]
                    step(x[batch], y[batch])

        return seconds(run) / epochs * 100 * 1e3

    measure(5)
    return measure


def dense_net():
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


def image_net():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(9216, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    )


def w5():
    images, labels = digits()
    x, y = torch.from_numpy(images), torch.from_numpy(labels)
    model = dense_net()
    step = trainer(model, nn.CrossEntropyLoss(), sgd(model, 0.05, 0.9))

    def measure(examples=60000):
        def run():
            order = torch.randperm(60000)
            for first in range(0, examples, 128):
                batch = order[first : first + 128]
                step(x[batch], y[batch])

        return seconds(run)

    measure(12800)
    return measure


def w6():
    images, labels = digits()
    x, y = torch.from_numpy(images).reshape(-1, 1, 28, 28), torch.from_numpy(labels)
    model = image_net()
    step = trainer(model, nn.CrossEntropyLoss(), sgd(model, 0.01, 0.9))
    order = torch.randperm(60000)
    place = [0]

    def measure(steps=20):
        def run():
            for _ in range(steps):
                batch = order[place[0] : place[0] + 64]
                place[0] = (place[0] + 64) % 59000
                step(x[batch], y[batch])

        return steps * 64 / seconds(run)

    measure(5)
    return measure


def images_of_noise(model, shape, classes, steps, warm):
    x, y = torch.rand(*shape), torch.randint(0, classes, (shape[0],))
    step = trainer(model, nn.CrossEntropyLoss(), sgd(model, 0.01))

    def measure(count=steps):
        def run():
            for _ in range(count):
                step(x, y)

        return count / seconds(run)

    measure(warm)
    return measure


def w7():
    model = nn.Sequential(
        nn.Conv2d(1, 5, 4, stride=2),
        nn.ReLU(),
        nn.MaxPool2d(3),
        nn.Conv2d(5, 5, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(80, 5),
    )
    return images_of_noise(model, (32, 1, 64, 64), 5, 100, 30)


class GlobalAverage(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def w8():
    layers = []
    for channels in (3, *[64] * 9):
        layers += [nn.Conv2d(channels, 64, 4, padding="same"), nn.ReLU()]
    return images_of_noise(nn.Sequential(*layers, GlobalAverage(), nn.Linear(64, 10)), (8, 3, 64, 64), 10, 1, 1)


def prediction(net, shape, batch, calls):
    """The best of eager and of the network frozen and optimised for inference, whichever is faster in the warm-up."""

    def prepare():
        model = net().eval()
        x = torch.rand(batch, *shape)
        with torch.no_grad():
            frozen = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, x)))

        def once(what, count):
            def run():
                with torch.no_grad():
                    for _ in range(count):
                        what(x)

            return seconds(run) / count

        for candidate in (model, frozen):
            once(candidate, 3)
        best = min((model, frozen), key=lambda candidate: once(candidate, max(3, calls // 10)))

        def measure():
            time = once(best, calls)
            return time * 1e6 if batch == 1 else batch / time

        return measure

    return prepare


serve(
    "PyTorch",
    torch.__version__,
    {
        "W1": w1,
        "W2": lambda: playground(disc_and_ring(250), 2, [4, 2], 100),
        "W3": lambda: playground(two_arms(250), 7, [8, 8, 8], 60),
        "W4": w4,
        "W5": w5,
        "W6": w6,
        "W7": w7,
        "W8": w8,
        "W10 dense 1": prediction(dense_net, (784,), 1, 1000),
        "W10 dense 256": prediction(dense_net, (784,), 256, 100),
        "W10 conv 1": prediction(image_net, (1, 28, 28), 1, 100),
        "W10 conv 256": prediction(image_net, (1, 28, 28), 256, 4),
    },
)
