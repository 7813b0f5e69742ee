"""scikit-learn's multilayer perceptrons on W1 to W5 and W10. See training.py for how it is asked. Its regressor's output is linear (W2 and
W3 have no tanh there: less work), and it has no convolutions."""
import warnings

from training import digits, disc_and_ring, features, random, seconds, serve, two_arms, two_circles

import numpy as np

warnings.filterwarnings("ignore")
import sklearn
from sklearn.neural_network import MLPClassifier, MLPRegressor


def plain(epochs, rate, momentum=0.0):
    return dict(
        solver="sgd",
        momentum=momentum,
        nesterovs_momentum=False,
        alpha=0.0,
        learning_rate="constant",
        learning_rate_init=rate,
        max_iter=epochs,
        tol=0.0,
        n_iter_no_change=10**9,
    )


def fitting(make, x, y, epochs, scale):
    def measure(count=epochs):
        model = make(count)
        return seconds(lambda: model.fit(x, y)) / count * scale

    measure(5)
    return measure


def w1():
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    y = np.array([0, 1, 1, 0], np.float32)
    return fitting(lambda epochs: MLPRegressor((2,), activation="relu", batch_size=4, **plain(epochs, 0.1)), x, y, 500, 1e6)


def playground(points, inputs, hidden, epochs):
    x, y = features(points, inputs)
    return fitting(lambda count: MLPRegressor(hidden, activation="tanh", batch_size=10, **plain(count, 0.03)), x, y, epochs, 1e6)


def w4():
    x, y = two_circles(1000)
    return fitting(lambda epochs: MLPClassifier((100,), activation="relu", batch_size=32, **plain(epochs, 0.1)), x, y, 100, 100 * 1e3)


def w5():
    x, y = digits()
    model = MLPClassifier((256,), activation="relu", batch_size=128, **plain(1, 0.05, 0.9))
    classes = np.arange(10)
    model.partial_fit(x[:12800], y[:12800], classes=classes)
    return lambda: seconds(lambda: model.partial_fit(x, y))


def prediction(batch, calls):
    def prepare():
        x = random.random((max(batch, 256), 784), dtype=np.float32)
        model = MLPClassifier((256,), solver="sgd", max_iter=1, batch_size=128)
        model.partial_fit(x, np.arange(len(x)) % 10, classes=np.arange(10))
        part = x[:batch]

        def run():
            for _ in range(calls):
                model.predict_proba(part)

        def measure():
            time = seconds(run) / calls
            return time * 1e6 if batch == 1 else batch / time

        measure()
        return measure

    return prepare


serve(
    "scikit-learn",
    sklearn.__version__,
    {
        "W1": w1,
        "W2": lambda: playground(disc_and_ring(250), 2, (4, 2), 100),
        "W3": lambda: playground(two_arms(250), 7, (8, 8, 8), 60),
        "W4": w4,
        "W5": w5,
        "W10 dense 1": prediction(1, 500),
        "W10 dense 256": prediction(256, 50),
    },
)
