"""The lecture's floor takes what it promises, leaves it as it was, and refuses the rest by name."""

import copy
import importlib
import inspect
import pkgutil
import re
from fractions import Fraction

import numpy as np
import pytest

import course_utils
from course_utils import (
    activations,
    batch_norm,
    datasets,
    gradient_checking,
    initialization,
    layers,
    learning_rate_decay,
    mini_batches,
    optimizers,
    regression,
    regularization,
    sampling_scales,
    softmax,
    surfaces,
    weighted_averages,
)
from course_utils import graph as tf
from course_utils.experiments import (
    backward_passes,
    batch_norm_at_test_time,
    searches,
    tuning_process,
    why_batch_norm_works,
)
from course_utils.experiments import optimizers as convergence
from course_utils.experiments import softmax as softmax_regression
from course_utils.figures import learning_rate_decay as decays
from course_utils.figures import tuning_process as tunings
from course_utils.graph import operations
from course_utils.network import Network
from course_utils.support.evaluation import evaluate
from course_utils.support.trials import Trial, Trials

Z = np.array([[0.5, -1.0, 2.0], [1.5, 0.0, -0.5]])
"""Two units, three examples."""
Y = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
UNIT = np.array([[1.0], [2.0]])
THETA = np.array([1.0, -2.0])
ONE_ROW = np.array([[1.0, 0.0, 1.0]])
SERIES = np.sin(np.arange(150.0) / 20)
W = [np.array([[1.0, 0.5], [0.5, -1.0]]), np.array([[1.0, 2.0]])]


def rng():
    return np.random.default_rng(0)


def square(theta):
    return float(np.square(theta).sum())


def slope(theta):
    return 2.0 * theta


def half(epoch):
    return 0.5


def call(function, /, **given):
    return function, given


P = backward_passes.start(rng())
NETWORK = Network([2, 3, 2], rng(), batch_norm=True)
_, CACHE = batch_norm.forward(Z, UNIT, UNIT)
RUNNING = batch_norm.RunningStatistics(UNIT, UNIT)
TANH = activations.tanh
LAYERS = initialization.forward(W, Z, TANH)
SCALES = {
    "Linear": sampling_scales.Linear(0.0, 2.0),
    "Log": sampling_scales.Log(0.1, 10.0),
    "OneMinusLog": sampling_scales.OneMinusLog(0.5, 0.9),
    "Integer": sampling_scales.Integer(1, 3),
}
SPACE = {"alpha": sampling_scales.Log(0.1, 10.0)}
TRIALS = Trials([Trial(k, {"alpha": 0.2 * k + 0.2}, 0.1 * k) for k in range(20)])
FED = tf.placeholder(tf.float64, [2], name="fed")
WEIGHT = tf.Variable(THETA, name="weight")
COST = tf.reduce_sum(tf.square(WEIGHT) + FED)


def _session():
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    return session


def _optimizer_rows():
    for kind in (
        optimizers.GradientDescent,
        optimizers.Momentum,
        optimizers.RMSprop,
        optimizers.Adam,
    ):
        optimizer, name = kind(), f"optimizers.{kind.__name__}"
        yield name, (kind, dict(vars(optimizer)))
        yield f"{name}.init", (optimizer.init, {"theta": THETA})
        step = {"theta": THETA, "gradient": THETA, "state": optimizer.init(THETA)}
        yield f"{name}.step", (optimizer.step, step)


def _scale_rows():
    for kind, scale in SCALES.items():
        name = f"sampling_scales.{kind}"
        yield name, (type(scale), {"low": scale.low, "high": scale.high})
        yield f"{name}.from_unit", (scale.from_unit, {"u": np.array([0.0, 0.3])})
        yield f"{name}.to_unit", (scale.to_unit, {"x": scale.grid(3)})
        yield f"{name}.grid", (scale.grid, {"points": 3})
        yield f"{name}.sample", (scale.sample, {"rng": rng(), "size": 2})


GOOD = {
    "activations.Activation": call(
        activations.Activation, name="g", function=np.tanh, derivative=np.cos
    ),
    "activations.checked": call(activations.checked, activation=TANH),
    **{
        f"activations.{g.name.lower()}": call(g, z=Z)
        for g in (activations.sigmoid, activations.tanh, activations.relu, activations.identity)
    },
    "backward_passes.start": call(backward_passes.start, rng=rng(), scale=1.0, widths=[2, 4, 4, 1]),
    "backward_passes.forward": call(backward_passes.forward, p=P, X=Z),
    "backward_passes.cost": call(backward_passes.cost, p=P, X=Z, Y=ONE_ROW, lambda_=0.5),
    "backward_passes.backward": call(backward_passes.backward, p=P, X=Z, Y=ONE_ROW, lambda_=0.5),
    "batch_norm.forward": call(batch_norm.forward, z=Z, gamma=UNIT, beta=UNIT, epsilon=1e-5),
    "batch_norm.backward": call(batch_norm.backward, d_z_tilde=Z, cache=CACHE),
    "batch_norm.RunningStatistics": call(batch_norm.RunningStatistics, mean=UNIT, variance=UNIT),
    "batch_norm.RunningStatistics.update": call(
        RUNNING.update, mean=UNIT, variance=UNIT, momentum=0.9
    ),
    "batch_norm.inference": call(
        batch_norm.inference, z=Z, gamma=UNIT, beta=UNIT, running=RUNNING, epsilon=1e-5
    ),
    "batch_norm_at_test_time.averages": call(
        batch_norm_at_test_time.averages, values=SERIES, momentum=0.9, start=0.0
    ),
    "batch_norm_at_test_time.by_batch_statistics": call(
        batch_norm_at_test_time.by_batch_statistics, network=NETWORK, X=Z, size=2
    ),
    "batch_norm_at_test_time.re_estimate": call(
        batch_norm_at_test_time.re_estimate, network=NETWORK, X=Z
    ),
    "convergence.best_descent": call(convergence.best_descent, kappa=10.0),
    "convergence.best_momentum": call(convergence.best_momentum, kappa=10.0),
    "convergence.predicted_steps": call(convergence.predicted_steps, kappa=np.array([10.0, 20.0])),
    "convergence.measured_steps": call(
        convergence.measured_steps,
        optimizer=optimizers.Adam(),
        kappa=2.0,
        starts=np.array([1.0, 1.0]),
        most=100,
    ),
    "datasets.temperatures": call(datasets.temperatures),
    "datasets.next_day": call(datasets.next_day),
    "datasets.digits": call(datasets.digits),
    "datasets.blobs": call(datasets.blobs, classes=2, examples=3, rng=rng(), spread=0.5),
    "datasets.moons": call(datasets.moons, examples=3, rng=rng(), spread=0.5),
    "datasets.cats": call(datasets.cats, examples=3, rng=rng(), place=0.5),
    "datasets.border": call(datasets.border, x1=Z),
    "gradient_checking.flatten": call(gradient_checking.flatten, parameters=P),
    "gradient_checking.unflatten": call(
        gradient_checking.unflatten, theta=THETA, like={"W": [[1, 2]]}
    ),
    "gradient_checking.numerical_gradient": call(
        gradient_checking.numerical_gradient, f=square, theta=THETA, h=1e-5
    ),
    "gradient_checking.one_sided_gradient": call(
        gradient_checking.one_sided_gradient, f=square, theta=THETA, h=1e-5
    ),
    "gradient_checking.relative_difference": call(
        gradient_checking.relative_difference, a=THETA, b=THETA
    ),
    "gradient_checking.check": call(
        gradient_checking.check, f=square, gradient=slope, theta=THETA, h=1e-5
    ),
    "nodes.Node": call(tf.Node, operation="exp", inputs=[tf.constant(1.0)]),
    "nodes.placeholder": call(tf.placeholder, dtype=tf.float32, shape=[2, 3]),
    "nodes.Variable": call(tf.Variable, initial_value=THETA, dtype=tf.float32),
    "nodes.constant": call(tf.constant, value=THETA, dtype=tf.float32),
    "nodes.as_node": call(tf.as_node, value=THETA),
    **{
        f"nodes.{make.__name__}": call(lambda value, make=make: make(value, 1.0), value=THETA)
        for make in (tf.add, tf.subtract, tf.multiply, tf.divide, tf.maximum, tf.matmul)
    },
    **{
        f"nodes.{make.__name__}": call(lambda value, make=make: make(value), value=THETA)
        for make in (tf.square, tf.exp, tf.log, tf.tanh, tf.transpose, tf.nn.relu, tf.nn.sigmoid)
    },
    "nodes.reduce_sum": call(tf.reduce_sum, x=THETA, axis=0),
    "nodes.reduce_mean": call(tf.reduce_mean, x=THETA, axis=0),
    "nodes.softmax_cross_entropy_with_logits": call(
        tf.softmax_cross_entropy_with_logits, labels=Y, logits=Z
    ),
    "nodes.order": call(tf.order, nodes=[COST]),
    "session.backward": call(
        tf.backward, cost=COST, values=_session().values([COST], {FED: THETA})
    ),
    "nodes.global_variables_initializer": call(tf.global_variables_initializer),
    "session.Session": call(tf.Session),
    "session.Session.close": call(tf.Session().close),
    "session.Session.run": call(_session().run, fetches=COST, feed_dict={FED: THETA}),
    "session.Session.values": call(_session().values, nodes=[COST], feed_dict={FED: THETA}),
    "session.Session.run(fed)": call(lambda fed: _session().run(COST, {FED: fed}), fed=THETA),
    "operations.as_shaped": call(operations.as_shaped, gradient=Z, x=UNIT),
    "initialization.zeros": call(initialization.zeros, n_out=2, n_in=3),
    "initialization.normal": call(initialization.normal, n_out=2, n_in=3, rng=rng(), scale=0.1),
    "initialization.xavier": call(initialization.xavier, n_out=2, n_in=3, rng=rng()),
    "initialization.glorot": call(initialization.glorot, n_out=2, n_in=3, rng=rng()),
    "initialization.he": call(initialization.he, n_out=2, n_in=3, rng=rng()),
    "initialization.forward": call(initialization.forward, weights=W, x=Z, activation=TANH),
    "initialization.backward": call(
        initialization.backward, weights=W, layers=LAYERS, da=ONE_ROW, activation=TANH
    ),
    "layers.Layer": call(layers.Layer),
    "layers.Dense": call(layers.Dense, n_out=2, n_in=3, bias=True),
    "layers.BatchNorm": call(layers.BatchNorm, units=2, momentum=0.9, epsilon=1e-5),
    "layers.Activate": call(layers.Activate, activation=TANH),
    "layers.Dropout": call(layers.Dropout, keep_prob=0.5),
    "layers.checked_network": call(layers.checked_network, network=NETWORK),
    "layers.require_batch_norm": call(layers.require_batch_norm, network=NETWORK),
    "learning_rate_decay.constant": call(learning_rate_decay.constant, alpha0=0.1),
    "learning_rate_decay.inverse_time": call(
        learning_rate_decay.inverse_time, alpha0=0.1, decay_rate=1.0
    ),
    "learning_rate_decay.exponential": call(learning_rate_decay.exponential, alpha0=0.1, base=0.9),
    "learning_rate_decay.inverse_sqrt": call(learning_rate_decay.inverse_sqrt, alpha0=0.1, k=1.0),
    "learning_rate_decay.staircase": call(
        learning_rate_decay.staircase, alpha0=0.1, factor=0.5, every=3
    ),
    "learning_rate_decay.cosine": call(learning_rate_decay.cosine, alpha0=0.1, epochs=3),
    "learning_rate_decay.cosine()": call(
        learning_rate_decay.cosine(0.1, epochs=3), epoch=np.arange(3.0)
    ),
    "mini_batches.mini_batches": call(mini_batches.mini_batches, X=Z, Y=Y, size=2, rng=rng()),
    "mini_batches.steps_per_epoch": call(mini_batches.steps_per_epoch, m=5, size=2),
    "mini_batches.descent": call(
        mini_batches.descent,
        w=UNIT,
        X=Z,
        Y=ONE_ROW,
        gradient=regression.linear_gradient,
        size=2,
        schedule=half,
        epochs=2,
        rng=rng(),
        batches=mini_batches.mini_batches,
    ),
    "regression.linear_cost": call(regression.linear_cost, w=UNIT, X=Z, y=ONE_ROW),
    "regression.linear_gradient": call(regression.linear_gradient, w=UNIT, X=Z, y=ONE_ROW),
    "regression.linear_minimum": call(regression.linear_minimum, X=Z, y=ONE_ROW),
    "network.Network": call(
        Network,
        widths=[2, 3, 1],
        rng=rng(),
        activation=TANH,
        initialization=initialization.he,
        batch_norm=True,
        keep_prob=0.5,
        momentum=0.9,
        dtype=np.float32,
    ),
    "network.Network.accuracy": call(NETWORK.accuracy, X=Z, Y=Y),
    "network.Network.cost": call(NETWORK.cost, X=Z, Y=Y, lambda_=0.1, m=30),
    "network.Network.cost_and_gradient": call(
        NETWORK.cost_and_gradient, X=Z, Y=Y, rng=rng(), lambda_=0.1, m=30
    ),
    "network.Network.examples": call(NETWORK.examples, X=Z, Y=Y),
    "network.Network.forward": call(
        Network([2, 3, 1], rng(), keep_prob=0.5).forward, X=Z, rng=rng()
    ),
    "network.Network.inference": call(NETWORK.inference, X=Z),
    "network.Network.inputs": call(NETWORK.inputs, X=Z),
    "network.Network.predict": call(NETWORK.predict, X=Z),
    **dict(_optimizer_rows()),
    "optimizers.path": call(
        optimizers.path, optimizer=optimizers.Adam(), gradient=slope, theta=THETA, steps=3
    ),
    "optimizers.steps_along": call(
        optimizers.steps_along, optimizer=optimizers.Adam(), gradients=Z
    ),
    "optimizers.checked": call(optimizers.checked, optimizer=optimizers.Adam()),
    "regularization.l2_cost": call(regularization.l2_cost, weights=W, lambda_=0.1, m=30),
    "regularization.l2_gradient": call(regularization.l2_gradient, W=Z, lambda_=0.1, m=30),
    "regularization.dropout": call(regularization.dropout, a=Z, keep_prob=0.5, rng=rng()),
    "regularization.dropout_backward": call(regularization.dropout_backward, da=Z, mask=Y),
    "regularization.expected_dropout_cost": call(
        regularization.expected_dropout_cost, X=Z, y=ONE_ROW[0], w=THETA, keep_prob=0.5
    ),
    **dict(_scale_rows()),
    "sampling_scales.Choice": call(sampling_scales.Choice, options=("sgd", "adam")),
    "sampling_scales.Choice.from_unit": call(
        sampling_scales.Choice(("sgd", "adam")).from_unit, u=np.array([0.2, 0.7])
    ),
    "sampling_scales.Choice.to_unit": call(
        sampling_scales.Choice(("sgd", "adam")).to_unit, x="adam"
    ),
    "sampling_scales.Choice.grid": call(sampling_scales.Choice(("sgd", "adam")).grid, points=3),
    "sampling_scales.Choice.sample": call(
        sampling_scales.Choice(("sgd", "adam")).sample, rng=rng(), size=(2, 1)
    ),
    "softmax.softmax": call(softmax.softmax, z=Z, axis=0),
    "softmax.log_softmax": call(softmax.log_softmax, z=Z, axis=0),
    "softmax.hard_max": call(softmax.hard_max, z=Z, axis=0),
    "softmax.one_hot": call(softmax.one_hot, labels=np.array([0.0, 1.0]), classes=2),
    "softmax.smooth": call(softmax.smooth, y=Y, smoothing=0.1),
    "softmax.optimal_gap": call(softmax.optimal_gap, smoothing=0.1, classes=3),
    "softmax.cross_entropy": call(softmax.cross_entropy, y_hat=Y * 0.5 + 0.25, y=Y),
    "softmax.cost": call(softmax.cost, z=Z, y=Y),
    "softmax.cost_gradient": call(softmax.cost_gradient, z=Z, y=Y),
    "softmax.linear_classifier": call(
        softmax_regression.linear_classifier, X=Z, Y=Y, rng=rng(), alpha=0.1, steps=2
    ),
    "surfaces.Surface": call(
        surfaces.Surface,
        name="bowl",
        value=square,
        gradient=slope,
        minimum=(0.0, 0.0),
        start=(1.0, 1.0),
        limits=(-2.0, 2.0, -2.0, 2.0),
    ),
    "surfaces.Surface.distance": call(surfaces.saddle().distance, theta=THETA),
    "surfaces.quadratic": call(surfaces.quadratic, kappa=2.0),
    "surfaces.ravine": call(surfaces.ravine, steepness=2.0),
    "surfaces.saddle": call(surfaces.saddle),
    "surfaces.plateau": call(surfaces.plateau),
    "weighted_averages.ewa": call(
        weighted_averages.ewa, values=SERIES, beta=0.9, bias_correction=True
    ),
    "weighted_averages.window": call(weighted_averages.window, beta=0.9),
    "weighted_averages.weights": call(weighted_averages.weights, beta=0.9, days=3),
    "weighted_averages.startup_steps": call(weighted_averages.startup_steps, beta=0.9),
    "weighted_averages.centred_mean": call(weighted_averages.centred_mean, values=SERIES, days=3),
    "weighted_averages.lag": call(weighted_averages.lag, values=SERIES, averages=SERIES),
    "weighted_averages.roughness": call(weighted_averages.roughness, values=SERIES),
    "why_batch_norm_works.ShiftingNoise": call(why_batch_norm_works.ShiftingNoise, strength=1.0),
    "why_batch_norm_works.add_noise": call(
        why_batch_norm_works.add_noise, network=NETWORK, strength=1.0
    ),
    "why_batch_norm_works.before_activation": call(
        why_batch_norm_works.before_activation, network=NETWORK, X=Z, depth=1
    ),
    "why_batch_norm_works.drift": call(
        why_batch_norm_works.drift, means=Z, spreads=np.ones_like(Z)
    ),
    "why_batch_norm_works.gradient_shift": call(
        why_batch_norm_works.gradient_shift, network=NETWORK, X=Z, Y=Y, depth=1, alpha=0.1
    ),
    "why_batch_norm_works.roughness": call(
        why_batch_norm_works.roughness, network=NETWORK, X=Z, Y=Y, longest=0.4, points=3
    ),
    "why_batch_norm_works.noise_of_the_mean": call(
        why_batch_norm_works.noise_of_the_mean, values=SERIES, size=2, draws=3, rng=rng()
    ),
    "tuning_process.random_hit": call(
        tuning_process.random_hit, width=np.array([0.1, 0.2]), trials=np.array([3.0, 4.0])
    ),
    "tuning_process.grid_hit": call(
        tuning_process.grid_hit, width=np.array([0.1, 0.2]), points=np.array([3.0, 4.0])
    ),
    "tuning_process.trials_needed": call(tuning_process.trials_needed, share=0.1, probability=0.9),
    "tuning_process.digits_surface": call(tuning_process.digits_surface),
    "tuning_process.digits_surface()": call(
        tuning_process.digits_surface(), points=np.array([[0.1, 0.2]])
    ),
    "tuning_process.study": call(tuning_process.study, optimizer="Adam"),
    "tuning_process.variance_explained": call(
        tuning_process.variance_explained, u=np.linspace(0, 1, 20), values=np.arange(20.0), bins=4
    ),
    "tuning_process.importances": call(
        tuning_process.importances, space=SPACE, trials=TRIALS, bins=4
    ),
    "tuning_process.brush": call(
        tuning_process.brush, u=np.array([[0.1, 0.2]]), column=1, low=0.1, high=0.5
    ),
    "tuning_process.best_share": call(tuning_process.best_share, values=SERIES, share=0.1),
    "tuning_process.stale_settings": call(tuning_process.stale_settings),
}
"""A good call of every public function, class and method."""

UNCHECKED = "_unchecked"
"""How the twins of functions end that are called in every step of a training."""

MODULES = [
    importlib.import_module(f"{package.__name__}.{module.name}")
    for package in (course_utils, tf)
    for module in pkgutil.iter_modules(package.__path__)
    if module.name in {name.split(".")[0] for name in GOOD}
]


def _own(module):
    for name, value in vars(module).items():
        ours = getattr(value, "__module__", None) == module.__name__
        if ours and callable(value) and not name.startswith("_") and not name.endswith(UNCHECKED):
            yield name, value


def _methods(kind):
    """Return the public methods of a class; those of layers are the inner loop of a network."""
    loop = issubclass(kind, layers.Layer)
    return [
        name
        for name, value in inspect.getmembers(kind, inspect.isfunction)
        if not (loop or name.startswith("_") or name.endswith(UNCHECKED))
    ]


def public(module):
    """Return the names of a module's functions, classes and methods, but for records."""
    floor, found = module.__name__.rpartition(".")[2], set()
    for name, value in _own(module):
        if not inspect.isclass(value):
            found.add(f"{floor}.{name}")
        elif not issubclass(value, tuple):  # a record of what was computed
            found |= {f"{floor}.{name}", *(f"{floor}.{name}.{m}" for m in _methods(value))}
    return found


def test_every_public_function_class_and_method_has_a_good_call():
    assert len(MODULES) == 19
    assert set().union(*map(public, MODULES)) - set(GOOD) == set()


def dates():
    return np.array(["2026-01-01", "2026-01-02"], "datetime64[D]")


class Foreign:
    """Something that not even shows itself."""

    def __repr__(self):
        raise RuntimeError


class Frame:
    """Something like a table of pandas: it has a length, and its items go by name."""

    def __len__(self):
        return 2

    def __getitem__(self, name):
        raise KeyError(name)

    def __array__(self, dtype=None, copy=None):
        return np.array(["a", "b"])


NONSENSE = {
    "None": None,
    "a word": "word",
    "digits": "0.5",
    "bytes": b"1",
    "complex": 1j,
    "dict": {},
    "set": {1, 2},
    "object": object(),
    "foreign": Foreign(),
    "table": Frame(),
    "ragged": [[1.0], [1.0, 2.0]],
    "date": dates()[0],
    "duration": dates()[1] - dates()[0],
    "list of None": [None],
    "list of digits": ["1.5", "2"],
    "generator": (x for x in ()),
    "class": dict,
}
"""What no argument takes, unless it is one of its own kind."""

NUMBERS = {
    "NaN": np.nan,
    "infinity": np.inf,
    "minus infinity": -np.inf,
    "truth": True,
    "list": [0.5],
    "too large": 10**400,
    "fraction too large": Fraction(10**400),
    "masked": np.ma.masked,
}
ARRAYS = {
    "NaN": np.array([1.0, np.nan]),
    "imaginary": np.array([1.0, 2j]),
    "dates": dates(),
    "masked": np.ma.array([1.0, 2.0], mask=[True, False]),
    "objects": np.array([1.0, "2"], object),
    "strings": np.array(["1", "2"]),
    "infinity": np.array([[np.inf]]),
    "another shape": np.ones((3, 5, 7)),
}
KINDS = [
    (bool, {"one": 1, "zero": 0.0, "list": []}),
    (int, NUMBERS | {"half": 2.5, "far below": -99}),
    (float, NUMBERS),
    (np.ndarray, ARRAYS),
    (
        np.random.Generator,
        {
            "seed": 0,
            "brackets forgotten": np.random.default_rng,
            "class": np.random.Generator,
            "old": np.random.RandomState(0),
        },
    ),
    (object, {"number": 3.5}),
]
"""Bad values besides, by what a good one is."""

GRAPH = " ".join(
    name
    for name, (_, given) in GOOD.items()
    if name.startswith("nodes.") and {"value", "initial_value", "x", "labels"} & set(given)
)
"""Makers of nodes: any shape may stand in a graph, and what has diverged may go on in it."""

ACCEPTED = {
    "another shape": f"""{GRAPH}
        activations.sigmoid activations.tanh activations.relu activations.identity
        convergence.predicted_steps datasets.border gradient_checking.numerical_gradient
        gradient_checking.one_sided_gradient gradient_checking.check learning_rate_decay.cosine()
        optimizers.GradientDescent.init optimizers.Momentum.init optimizers.RMSprop.init
        optimizers.Adam.init optimizers.path optimizers.steps_along regularization.l2_gradient
        regularization.dropout sampling_scales.Linear.from_unit sampling_scales.Linear.to_unit
        sampling_scales.Log.from_unit sampling_scales.Log.to_unit
        sampling_scales.OneMinusLog.from_unit sampling_scales.Integer.from_unit
        sampling_scales.Integer.to_unit sampling_scales.Choice.from_unit softmax.softmax
        softmax.log_softmax softmax.hard_max weighted_averages.ewa""",
    "NaN": f"""{GRAPH} session.Session.run(fed)
        gradient_checking.unflatten optimizers.GradientDescent.init
        optimizers.GradientDescent.step optimizers.Momentum.init optimizers.Momentum.step
        optimizers.RMSprop.init optimizers.RMSprop.step optimizers.Adam.init optimizers.Adam.step
        surfaces.Surface.distance tuning_process.best_share""",
    "infinity": f"""{GRAPH}
        operations.as_shaped optimizers.GradientDescent.init optimizers.Momentum.init
        optimizers.RMSprop.init optimizers.Adam.init""",
    "a word": "activations.Activation surfaces.Surface nodes.Node",
    "digits": "activations.Activation surfaces.Surface nodes.Node",
    "list of None": "nodes.placeholder sampling_scales.Choice",
    "list of digits": "sampling_scales.Choice",
    "ragged": "regularization.l2_cost sampling_scales.Choice",
    "truth": "batch_norm_at_test_time.averages",
    "far below": "sampling_scales.Integer",
}
"""What is nonsense elsewhere and has a meaning here.

Functions that work element by element take any shape; steps and pictures go on after a divergence;
names, options and layers of unequal size may look like anything; True is 1 among numbers.
"""


def bad_values(function, given):
    """Yield argument, title and value; None is bad only where it is not the default."""
    passed_on = inspect.signature(evaluate).parameters  # what a search hands on to its trials
    parameters = {**passed_on, **inspect.signature(function).parameters}
    for argument, good in given.items():
        own = next(more for kind, more in KINDS if isinstance(good, kind))
        for title, bad in (NONSENSE | own).items():
            if not (bad is None and parameters[argument].default is None):
                yield argument, title, bad


def used(result):
    """Return a result; one that is made on the way is made."""
    return list(result) if inspect.isgenerator(result) else result


def given_to(name):
    """Return a function and arguments of its own, so that no call sees what another one did."""
    return copy.deepcopy(GOOD[name])


def outcome(function, given, argument):
    """Return what the error says of an argument, or None if there is none."""
    try:
        used(function(**given))
    except (TypeError, ValueError) as error:
        by_name = re.search(rf"(^|\W){argument}(=|\b.* (should|must|hold))", str(error))
        return (by_name and by_name.group()) or f"unclear: {error}"
    return None


def taken(function, given, tidy=lambda: None):
    """Return which bad values a function takes; it must refuse all others by the argument's name.

    After each call `tidy` is called.
    """
    found, unclear = set(), []
    for argument, title, bad in bad_values(function, given):
        said = outcome(function, copy.deepcopy(given) | {argument: bad}, argument)
        tidy()
        if said is None:
            found.add(title)
        elif said.startswith("unclear"):
            unclear.append((argument, title, said))
    assert unclear == []
    return found


def listed(name, accepted):
    """Return the bad values that a list says a function takes."""
    return {title for title, rows in accepted.items() if name in rows.split()}


@pytest.mark.parametrize("name", GOOD)
def test_bad_values_are_refused_by_the_arguments_name(name):
    assert taken(*GOOD[name]) == listed(name, ACCEPTED)


def each_array(value, do):
    """Return an argument with something done to each of its arrays."""
    if isinstance(value, np.ndarray):
        return do(value)
    if isinstance(value, dict):
        return {key: each_array(inner, do) for key, inner in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(each_array(inner, do) for inner in value))
    return [each_array(inner, do) for inner in value] if isinstance(value, list) else value


def result_of(name, do):
    """Call a function with something done to its arrays; return the numbers of the result."""
    function, given = given_to(name)
    return numbers(used(function(**each_array(given, do))))


def numbers(result):
    if isinstance(result, (list, tuple)):
        return [number for part in result for number in numbers(part)]
    if isinstance(result, dict):
        return numbers(list(result.values()))
    if isinstance(result, batch_norm.RunningStatistics):
        return [result.mean, result.variance]
    return [result] if isinstance(result, (np.ndarray, np.generic, float)) else []


def locked(a):
    a.setflags(write=False)
    return a


@pytest.mark.parametrize("name", GOOD)
def test_good_calls_leave_their_arrays_alone(name):
    assert len(result_of(name, locked)) == len(result_of(name, np.copy))


MADE_BY_US = ["batch_norm.backward", "session.backward"]
"""Where arrays come in a record that another function returned."""


@pytest.mark.parametrize("name", sorted(set(GOOD) - set(MADE_BY_US)))
def test_lists_are_as_good_as_arrays(name):
    found, expected = result_of(name, np.ndarray.tolist), result_of(name, np.copy)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other)


FLOAT64 = """
    batch_norm.RunningStatistics.update batch_norm.inference
    batch_norm_at_test_time.by_batch_statistics convergence.predicted_steps session.Session.values
    network.Network.examples network.Network.forward network.Network.inference
    network.Network.inputs network.Network.predict sampling_scales.Integer.to_unit
    softmax.linear_classifier softmax.one_hot tuning_process.digits_surface()
    why_batch_norm_works.before_activation
"""
"""What has the type of something else: of a network, of statistics, of a graph, or always one."""


def _takes_arrays(name):
    seen = []
    each_array(GOOD[name][1], seen.append)
    return bool(seen)


@pytest.mark.parametrize("name", list(filter(_takes_arrays, GOOD)))
def test_float32_is_kept(name):
    types = {a.dtype for a in result_of(name, np.float32) if isinstance(a, np.ndarray)}
    expected = np.float64 if name in FLOAT64.split() else np.float32
    assert {t for t in types if t.kind == "f"} <= {np.dtype(expected)}


LOGISTIC = Network([2, 3, 1], rng())


def _cross_entropy(labels):
    return tf.Session().run(tf.softmax_cross_entropy_with_logits(labels=labels, logits=Z.T))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: LOGISTIC.accuracy(Z, 2 * ONE_ROW - 1), "0 <= Y <= 1 must hold, but got Y=-1"),
        (lambda: LOGISTIC.cost(Z, 2 * ONE_ROW), "0 <= Y <= 1 must hold, but got Y=2"),
        (lambda: LOGISTIC.cost(Z, ONE_ROW[0]), r"got shape \(3,\): use Y\[None\]"),
        (lambda: NETWORK.cost(Z, 2 * Y - 1), "column 0 is .*: use one_hot"),
        (lambda: NETWORK.accuracy(Z, 0 * Y), "column 0 is .*: use one_hot"),
        (lambda: NETWORK.cost(Z, [0, 1, 1]), r"got shape \(3,\): use one_hot\(Y, 2\)"),
        (lambda: NETWORK.cost(Z, [[0, 1, 1]]), r"got shape \(1, 3\): use one_hot\(Y\[0\], 2\)"),
        (lambda: NETWORK.cost(Z, Y.T), r"got shape \(3, 2\): use Y.T$"),
        (lambda: NETWORK.cost(Z, np.zeros((4, 4))), r"got shape \(4, 4\)$"),
        (lambda: NETWORK.cost(Z, Y, lambda_=1.0, m=0), "m >= 1 must hold, but got m=0"),
        (lambda: softmax.cost(Z, [0, 1, 1]), r"use one_hot\(y, classes\) for class numbers"),
        (lambda: _cross_entropy([0, 1, 1]), "labels and logits should have one shape: use one_hot"),
        (lambda: _cross_entropy([[0], [1], [1]]), "labels and logits should have one shape"),
        (
            lambda: gradient_checking.check(square, slope, THETA, h=1e-300),
            "h should be large enough",
        ),
        (
            lambda: initialization.he(10**9, 10, rng()),
            r"n_out \* n_in <= 1e\+08 must hold for memory",
        ),
        (lambda: sampling_scales.Linear(0, 1).sample(rng(), 10**12), r"size <= 1e\+08 must hold"),
        (lambda: tuning_process.random_hit(1.5, 3), "0 <= width <= 1 must hold, but got width=1.5"),
        (
            lambda: tuning_process.random_hit(0.5, 2.5),
            "trials should be whole numbers, but got 2.5",
        ),
        (lambda: why_batch_norm_works.drift(Z, -np.abs(Z)), "spreads >= 0 must hold"),
        (
            lambda: Network([2, 2.5, 1], rng()),
            "widths should be a whole number, but got widths=2.5",
        ),
        (lambda: Network([2, 3, 1], rng(), dtype=int), "dtype should be np.float64 or np.float32"),
        (
            lambda: Network([2, 3, 1], rng(), initialization=lambda *given: [[np.nan]]),
            r"initialization\(...\) should hold finite numbers",
        ),
        (
            lambda: Network([2, 3, 1], rng(), initialization=lambda *given: [[1.0]]),
            r"initialization\(...\) and W should have the same shape",
        ),
        (
            lambda: list(
                mini_batches.descent(
                    UNIT,
                    Z,
                    ONE_ROW,
                    lambda w, x, y: 1.0,
                    size=2,
                    epochs=1,
                    schedule=half,
                    rng=rng(),
                )
            ),
            "gradient.* same shape",
        ),
        (
            lambda: optimizers.Adam().step(THETA, THETA, optimizers.Adam().init([1.0])),
            "state .* shape",
        ),
        (
            lambda: optimizers.path(optimizers.Adam(), lambda theta: 1.0, THETA, 3),
            "gradient .* shape",
        ),
        (lambda: tf.train.MomentumOptimizer(0.1, momentum=1.0), "0 <= momentum < 1 must hold"),
        (lambda: tf.train.AdamOptimizer(learning_rate=0), "learning_rate > 0 must hold"),
        (lambda: tf.constant(2.5, tf.placeholder(np.int32).settings["dtype"]), "should hold whole"),
    ],
)
def test_no_plausible_number_for_what_cannot_be_meant(call, says):
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Network([2, 3, 1], rng(), activation="relu"), "an Activation such as"),
        (lambda: Network([2, 3, 1], rng(), batch_norm="no"), "batch_norm should be True or False"),
        (lambda: Network({2, 3, 1}, rng()), "widths should be a list, but got {1, 2, 3}"),
        (
            lambda: optimizers.path(optimizers.Adam, slope, THETA, 3),
            "but got the class itself: Adam",
        ),
        (lambda: optimizers.Adam(alpha="0.1"), r"alpha should be a number.*: use float\('0.1'\)"),
        (
            lambda: optimizers.Adam().step(THETA, THETA, optimizers.Momentum().init(THETA)),
            "state should be of type AdamState",
        ),
        (lambda: datasets.moons(10, np.random.default_rng), r"use np.random.default_rng\(seed\)"),
        (lambda: datasets.moons(10, 3), r"use np.random.default_rng\(3\)"),
        (lambda: softmax.softmax(np.array([1 + 2j])), r"complex numbers: use z\.real"),
        (
            lambda: weighted_averages.ewa(ARRAYS["masked"], 0.5),
            r"masked: use values\.compressed\(\)",
        ),
        (lambda: weighted_averages.ewa(dates(), 0.5), "dates: use .* / np.timedelta64"),
    ],
)
def test_what_is_no_number_or_no_object_of_the_kind_is_said(call, says):
    with pytest.raises(TypeError, match=says):
        call()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: decays.final_distance("cos", 0.1, 1.0), "name should be one of 'constant', "),
        (lambda: decays.schedule("cosine", 0.1, -1.0), "rate >= 0 must hold, but got rate=-1"),
        (lambda: decays.noisy_descent([0.1], noise=-1.0), "noise >= 0 must hold, but got noise=-1"),
        (lambda: decays.noisy_descent([0.1], noise=1.0, start=[1.0]), r"start .* shape.* \(1,\)"),
        (lambda: searches.ends("hill", 0.5), "surface should be one of .*, but got 'hill'"),
        (
            lambda: searches.over_all_places("gird", 9, "both matter"),
            "method should be one of 'grid'",
        ),
        (lambda: tunings.low_high("adam"), "optimizer should be one of 'Adam', 'momentum'"),
    ],
)
def test_what_notebooks_ask_of_pictures_by_name(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_the_best_of_a_few_is_one_of_them():
    assert tuning_process.best_share(np.arange(20.0), 0.01).tolist() == [True] + [False] * 19


def test_hyperparameters_are_kept_as_plain_numbers():
    adam = optimizers.Adam(alpha=np.float32(0.5), beta1=Fraction(1, 2), beta2=np.array(0.25))
    kept = (adam.alpha, adam.beta1, adam.beta2)
    assert kept == (0.5, 0.5, 0.25)
    assert {type(number) for number in kept} == {float}
    assert type(sampling_scales.Integer(1.0, 3.0).high) is int


def test_a_single_float32_is_kept_as_well():
    assert activations.relu(np.float32(0.5)).dtype == np.float32
    assert activations.relu(np.float16(0.5)).dtype == np.float64


def test_a_pass_with_noise_needs_a_source_of_randomness():
    noisy = why_batch_norm_works.add_noise(copy.deepcopy(NETWORK), 1.0)
    assert why_batch_norm_works.before_activation(noisy, Z, 1).shape == (3, 3)
    with pytest.raises(TypeError, match=r"rng should be a numpy.random.Generator, but got None"):
        noisy.forward(Z)


def test_layers_say_who_gives_them_their_arrays():
    with pytest.raises(TypeError, match="should be in a network, which gives it W, but it is in"):
        layers.Dense(2, 3).forward(Z, None)
