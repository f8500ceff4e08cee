"""A network of dense layers, all its parameters one vector theta.

Columns are examples: `X` is ``(n_x, m)``, `Y` one-hot ``(C, m)``, or ``(1, m)`` of zeros and ones,
and the last layer's z ``(C, m)``. Training passes normalise by the mini-batch and draw dropout's
masks from `rng`, a numpy.random.Generator, needed only where there is dropout; inference passes use
running statistics and drop nothing. `lambda_`, the strength of L2 regularization, adds
``lambda / (2 m)`` times the squares of all W to a cost; `m`, the number of training examples, is
that of `X` if not given. A wrong shape, no examples, NaN and infinity are a ValueError.
"""

import math
from itertools import pairwise

import numpy as np

from course_utils import activations, outputs, regularization
from course_utils import initialization as schemes
from course_utils.layers import Activate, BatchNorm, Dense, Dropout
from course_utils.support import validation


class Network:
    """Dense layers, each with batch norm (if asked for), activation and dropout (if asked for).

    The last layer has none of these: softmax makes its z probabilities if it has two or more units,
    the logistic function if it has one. `widths` are ``[n_x, n[1], ..., n[L]]``; where hidden
    layers have `batch_norm`, they have gamma and beta instead of b. `dtype` is float64 or float32.

    `theta` holds all parameters, `gradient` what `cost_and_gradient` found, in the same order, and
    `statistics` what batch norm remembers. Write into them (``theta[:] = ...``): layers see them
    through views, and `parameters` and `gradients` are such views by name.

    >>> network = Network([2, 3, 1], np.random.default_rng(0))
    >>> {name: p.shape for name, p in network.parameters.items()}
    {'W1': (3, 2), 'b1': (3, 1), 'W2': (1, 3), 'b2': (1, 1)}
    >>> network.predict([[0.0], [0.0]])
    array([[0.5]])
    """

    def __init__(
        self,
        widths,
        rng,
        *,
        activation=activations.relu,
        initialization=schemes.he,
        batch_norm=False,
        keep_prob=1.0,
        momentum=0.9,
        dtype=np.float64,
    ):
        self.widths = _checked_widths(widths)
        initialization = validation.function("initialization", initialization)
        batch_norm = validation.flag("batch_norm", batch_norm)
        keep_prob = validation.require("0 < keep_prob <= 1", keep_prob=keep_prob)
        momentum = validation.require("0 <= momentum < 1", momentum=momentum)
        self.layers = []
        for n_in, n_out in pairwise(self.widths[:-1]):
            self.layers.append(Dense(n_out, n_in, bias=not batch_norm))
            if batch_norm:
                self.layers.append(BatchNorm(n_out, momentum=momentum))
            self.layers.append(Activate(activation))
            if keep_prob < 1:
                self.layers.append(Dropout(keep_prob))
        self.layers.append(Dense(self.widths[-1], self.widths[-2]))
        self._give_arrays(_checked_dtype(dtype))
        self._initialize(initialization, validation.generator(rng))

    def _give_arrays(self, dtype):
        """Lay all parameters, gradients and statistics out in one vector each."""
        shapes = [layer.shapes for layer in self.layers]
        self.theta, parameters = _views(shapes, dtype)
        self.gradient, gradients = _views(shapes, dtype)
        shapes = [layer.statistics_shapes for layer in self.layers]
        self.statistics, statistics = _views(shapes, dtype)
        for layer, p, d, remembered in zip(
            self.layers, parameters, gradients, statistics, strict=True
        ):
            layer.p, layer.d, layer.statistics = p, d, remembered
        self.parameters = self._by_name(parameters)
        self.gradients = self._by_name(gradients)

    def _by_name(self, of_layers):
        """Return the layers' arrays in one dict: W1, b1 or gamma1 and beta1, W2, ..."""
        named, depth = {}, 0
        for layer, arrays in zip(self.layers, of_layers, strict=True):
            if isinstance(layer, Dense):
                depth += 1
            for name, array in arrays.items():
                named[f"{name}{depth}"] = array
        return named

    def __setstate__(self, state):
        """Restore a copied or pickled network: its layers must see its own theta again."""
        self.__dict__.update(state)
        theta, statistics = self.theta, self.statistics
        self._give_arrays(theta.dtype)
        self.theta[:], self.statistics[:] = theta, statistics

    def _initialize(self, scheme, rng):
        for layer in self.layers:
            if isinstance(layer, Dense):
                drawn = validation.finite("initialization(...)", scheme(*layer.shapes["W"], rng))
                validation.same_shape("initialization(...)", drawn, "W", layer.p["W"])
                layer.p["W"][:] = drawn
            elif isinstance(layer, BatchNorm):
                layer.p["gamma"][:] = 1
                layer.statistics["variance"][:] = 1

    def forward(self, X, rng=None):
        """Training pass: the last layer's z."""
        return self.forward_unchecked(self.inputs(X), self._source(rng))

    def forward_unchecked(self, X, rng=None):
        """Return what `forward` does, for inputs of the network's dtype."""
        a = X
        for layer in self.layers:
            a = layer.forward(a, rng)
        return a

    def cost_and_gradient(self, X, Y, rng=None, *, lambda_=0.0, m=None):
        """Cost of a mini-batch by a training pass; its gradient goes into `gradient`."""
        X, Y = self.examples(X, Y)
        lambda_, m = _penalty(lambda_, m, X)
        rng = self._source(rng)
        return self.cost_and_gradient_unchecked(X, Y, rng, lambda_=lambda_, m=m)

    def cost_and_gradient_unchecked(self, X, Y, rng=None, *, lambda_=0.0, m=None):
        """Return what `cost_and_gradient` does: a training calls this at every step."""
        self.z = self.forward_unchecked(X, rng)
        cost, dz = self._output.cost_and_gradient(self.z, Y)
        for layer in reversed(self.layers):
            dz = layer.backward(dz)
        if lambda_:
            cost += self._shrink(lambda_ / (m or X.shape[1]))
        return cost

    def _shrink(self, rate):
        """Add the gradient of L2 regularization; return its cost."""
        for layer in self.layers:
            if isinstance(layer, Dense):
                layer.d["W"] += rate * layer.p["W"]
        return regularization.l2_cost_unchecked(self.weights, rate)

    @property
    def weights(self):
        """``[W1, W2, ...]``, views into theta."""
        return [layer.p["W"] for layer in self.layers if isinstance(layer, Dense)]

    def inference(self, X):
        """Inference pass: the last layer's z."""
        a = self.inputs(X)
        with np.errstate(over="ignore", invalid="ignore"):  # of a network that diverged
            for layer in self.layers:
                a = layer.inference(a)
        return a

    def predict(self, X):
        """Probabilities of an inference pass: of the classes, or of the answer 1."""
        return self._output.probabilities(self.inference(X))

    @np.errstate(over="ignore", invalid="ignore")  # of a network that diverged
    def cost(self, X, Y, *, lambda_=0.0, m=None):
        """Mean loss of an inference pass, plus the L2 term."""
        X, Y = self.examples(X, Y)
        lambda_, m = _penalty(lambda_, m, X)
        cost, _ = self._output.cost_and_gradient(self.inference(X), Y)
        return cost + regularization.l2_cost_unchecked(self.weights, lambda_ / m)

    def accuracy(self, X, Y):
        """Fraction of the examples for which an inference pass is right."""
        X, Y = self.examples(X, Y)
        return float(self.correct_unchecked(self.inference(X), Y).mean())

    def correct_unchecked(self, z, Y):
        """Return for each example whether the last layer's `z` decides for its label."""
        return self._output.correct(z, Y)

    def _source(self, rng):
        """Return what the training pass draws from; None will do where no layer draws."""
        drawing = any(layer.draws for layer in self.layers)
        return validation.generator(rng) if drawing or rng is not None else None

    def inputs(self, X):
        """Return `X` in the network's dtype, refusing what it cannot take."""
        X = validation.matrix("X", X, "inputs")
        if len(X) != self.widths[0]:
            raise ValueError(
                f"X should have {self.widths[0]} rows, one an input, but got shape {X.shape}: "
                "columns are examples"
            )
        return X.astype(self.theta.dtype, copy=False)

    def examples(self, X, Y):
        """Return `X` and `Y` in the network's dtype, refusing what does not fit."""
        X, Y, C = self.inputs(X), validation.finite("Y", Y), self.widths[-1]
        if Y.ndim != 2 or len(Y) != C:
            raise ValueError(
                f"Y should be ({C}, examples), a row for each output, but got shape {Y.shape}"
                f"{_labels_cure(Y, C)}"
            )
        X, Y = validation.examples(X, Y)
        Y = validation.shares("Y", Y) if C > 1 else validation.require_all("0 <= Y <= 1", Y=Y)
        return X, Y.astype(self.theta.dtype, copy=False)

    @property
    def _output(self):
        return outputs.for_units(self.widths[-1])


def _views(shapes, dtype):
    """Return one vector of zeros, and for each layer a dict of views into it."""
    sizes = [math.prod(shape) for layer in shapes for shape in layer.values()]
    vector, start, result = np.zeros(sum(sizes), dtype), 0, []
    for layer in shapes:
        result.append({})
        for name, shape in layer.items():
            end = start + math.prod(shape)
            result[-1][name] = vector[start:end].reshape(shape)
            start = end
    return vector, result


def _checked_widths(widths):
    widths = validation.sequence("widths", widths)
    if len(widths) < 2:
        raise ValueError(f"widths should name at least inputs and outputs, but got {widths}")
    return [validation.whole("widths >= 1", widths=n) for n in widths]


def _checked_dtype(dtype):
    if not isinstance(dtype, type | str | np.dtype) or dtype not in (np.float32, np.float64):
        given = validation.shown(dtype)
        raise ValueError(f"dtype should be np.float64 or np.float32, but got {given}")
    return np.dtype(dtype)


def _labels_cure(Y, C):
    """Return what makes labels of a wrong shape a matrix, if that can be told."""
    if Y.ndim == 2 and Y.shape[1] == C:
        return ": use Y.T"
    if Y.ndim == 1 or Y.shape[:1] == (1,):
        numbers = "Y" if Y.ndim == 1 else "Y[0]"
        return f": use {f'one_hot({numbers}, {C})' if C > 1 else 'Y[None]'} for class numbers"
    return ""


def _penalty(lambda_, m, X):
    m = validation.whole("m >= 1", m=X.shape[1] if m is None else m)
    return validation.require("lambda_ >= 0", lambda_=lambda_), m
