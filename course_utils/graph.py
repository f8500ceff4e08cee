"""A graph of operations that is built first and run later, after TensorFlow 1's names.

``import course_utils.graph as tf`` runs the lecture's program as it was written: building makes
nodes, `Session.run` gives them numbers. What they compute stands in `course_utils.operations`.
"""

import itertools
from types import SimpleNamespace

import numpy as np

from course_utils.operations import OPERATIONS, as_shaped
from course_utils.optimizers import Adam, GradientDescent, Momentum, RMSprop
from course_utils.support import validation

float32, float64 = np.float32, np.float64
_numbers = itertools.count()


class Node:
    """A place in the graph: an operation on its inputs, a placeholder, a variable, a constant."""

    __array_ufunc__ = None  # ndarray + Node is a Node's business
    __iter__ = None  # or Python would ask for node[0], node[1], ... for ever

    def __init__(self, operation, inputs=(), name=None, **settings):
        if name is not None:
            validation.text("name", name)
        inputs = validation.sequence("inputs", inputs)
        validation.text("operation", operation)
        self.number = next(_numbers)
        self.operation, self.settings = operation, settings
        self.inputs = tuple(validation.instance("inputs", one, Node) for one in inputs)
        self.name = name or f"{operation}_{self.number}"

    def __repr__(self):
        return f"<{self.operation} {self.name!r}>"

    def __neg__(self):
        return multiply(self, -1.0)

    def __pow__(self, exponent):
        return Node("power", [self], exponent=validation.number("exponent", exponent))

    def __getitem__(self, index):
        return Node("index", [self], index=index)

    def __bool__(self):
        raise TypeError(f"{self!r} has no value yet: ask session.run for it")


def placeholder(dtype, shape=None, name=None):
    """Make a place for numbers that are fed; None in a shape stands for any length."""
    if shape is not None:
        lengths = validation.sequence("shape", shape)
        shape = tuple(n if n is None else validation.whole("shape >= 0", shape=n) for n in lengths)
    return Node("placeholder", name=name, dtype=_dtype(dtype), shape=shape)


def _dtype(dtype):
    try:
        found = np.dtype(dtype)
    except Exception:  # NumPy has a kind of error for each kind of nonsense
        found = np.dtype(object)
    if dtype is None or found.kind not in "fiu":
        given = validation.shown(dtype)
        raise TypeError(f"dtype should be one of numbers, such as tf.float32, but got {given}")
    return found


def _typed(name, values, dtype):
    """Return numbers as an array of a type that can hold them."""
    a = validation.reals(name, values)
    if dtype is None:
        return a
    cast = a.astype(_dtype(dtype))
    if cast.dtype.kind in "iub" and (cast != a).any():
        raise ValueError(f"{name} should hold whole numbers for {cast.dtype}, but got {a}")
    return cast


def Variable(initial_value, dtype=None, name=None):
    """Make a place for numbers that a session keeps, and that training changes."""
    value = _typed("initial_value", initial_value, dtype).copy()
    value = value if dtype or isinstance(initial_value, np.ndarray) else value.astype(float32)
    return Node("variable", name=name, initial=value)


def constant(value, dtype=None, name=None):
    """Make a place for numbers that never change."""
    return Node("constant", name=name, value=_typed("value", value, dtype), free=dtype is None)


def as_node(value):
    """Return nodes as they are, and numbers as constants."""
    return value if isinstance(value, Node) else constant(value)


def _operand(name, x):
    return x if isinstance(x, Node) else constant(validation.reals(name, x))


def _maker(name, count):
    def make(*inputs):
        if len(inputs) != count:
            raise TypeError(f"{name} takes {count} inputs, but got {len(inputs)}")
        return Node(name, [as_node(value) for value in inputs])

    make.__name__, make.__doc__ = name, f"Make a node: {name}, of {count}."
    return make


add, subtract, multiply, divide, maximum, matmul = (
    _maker(name, 2) for name in ("add", "subtract", "multiply", "divide", "maximum", "matmul")
)
square, exp, log, tanh, transpose = (
    _maker(name, 1) for name in ("square", "exp", "log", "tanh", "transpose")
)
for _sign, _make in (("add", add), ("sub", subtract), ("mul", multiply), ("truediv", divide),
                     ("matmul", matmul)):  # fmt: skip
    setattr(Node, f"__{_sign}__", lambda a, b, make=_make: make(a, b))
    setattr(Node, f"__r{_sign}__", lambda b, a, make=_make: make(a, b))


def reduce_sum(x, axis=None):
    """Make a node: the sum of all elements, or along an axis."""
    return Node("reduce_sum", [_operand("x", x)], axis=_axis(axis))


def reduce_mean(x, axis=None):
    """Make a node: the mean of all elements, or along an axis."""
    return Node("reduce_mean", [_operand("x", x)], axis=_axis(axis))


def _axis(axis):
    if axis is None:
        return None
    if isinstance(axis, (tuple, list)):
        return tuple(validation.whole("-64 <= axis < 64", axis=one) for one in axis)
    return validation.whole("-64 <= axis < 64", axis=axis)


def softmax_cross_entropy_with_logits(*, labels, logits):
    """Make a node: the loss of each example, classes along the *last* axis as in TensorFlow."""
    return Node("softmax_cross_entropy", [_operand("labels", labels), _operand("logits", logits)])


nn = SimpleNamespace(
    relu=_maker("relu", 1),
    sigmoid=_maker("sigmoid", 1),
    softmax_cross_entropy_with_logits=softmax_cross_entropy_with_logits,
)


def order(nodes):
    """Return everything that some nodes need, each node after its inputs."""
    nodes = validation.sequence("nodes", nodes)
    return order_unchecked([validation.instance("nodes", node, Node) for node in nodes])


def order_unchecked(nodes):
    """Return what `order` does: a session calls this at every run."""
    done, waiting = {}, [(node, False) for node in reversed(nodes)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            done[node] = None
        elif node not in done:
            waiting.append((node, True))
            waiting.extend((one, False) for one in reversed(node.inputs))
    return list(done)


@np.errstate(all="ignore")  # a cost may diverge: its value says so
def backward(cost, values):
    """Walk a graph backwards: return the gradient of a cost by everything that it needs.

    ``values`` are those of all nodes, see `Session.values`.
    """
    nodes = order_unchecked([validation.instance("cost", cost, Node)])
    validation.instance("values", values, dict)
    if missing := [node for node in nodes if node not in values]:
        cure = "use session.values([cost], feed_dict)"
        raise ValueError(f"values should hold all of the graph, but {missing[0]!r} is not: {cure}")
    if values[cost].size != 1:
        raise ValueError(
            f"the cost should be a single number, but {cost.name!r} has shape "
            f"{values[cost].shape}: put reduce_mean or reduce_sum around it"
        )
    gradients = {cost: np.ones_like(values[cost])}
    for node in reversed(nodes):
        if node.operation not in OPERATIONS or node not in gradients:
            continue
        inputs = [values[one] for one in node.inputs]
        back = OPERATIONS[node.operation].backward
        parts = back(gradients[node], values[node], *inputs, **node.settings)
        for one, x, part in zip(node.inputs, inputs, parts, strict=True):
            part = as_shaped(part, x)
            gradients[one] = gradients[one] + part if one in gradients else part
    return gradients


def global_variables_initializer():
    """Make a node that gives all variables made so far their initial values."""
    return Node("initialize")


class Session:
    """Holds the values of variables, and runs the graph. Use it in ``with``: it closes itself."""

    def __init__(self):
        self._variables, self._states, self._known, self._open = {}, {}, -1, True

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def __copy__(self):
        """Return a session that goes on from here by itself; values are replaced, never changed."""
        twin = Session()
        twin._variables, twin._states = dict(self._variables), dict(self._states)
        twin._known, twin._open = self._known, self._open
        return twin

    def close(self):
        """Forget all values."""
        self._variables, self._states, self._open = {}, {}, False

    @np.errstate(all="ignore")
    def run(self, fetches, feed_dict=None):
        """Give numbers to a node, or to each of a sequence; placeholders get theirs by `feed_dict`.

        A node made by ``minimize`` changes the variables after all else was computed: None.

        Raises
        ------
        ValueError
            If a placeholder is not fed or fed a wrong shape, a variable is not initialised, or a
            cost is not a single number.
        RuntimeError, TypeError
            If the session is closed; if something asked for or fed is no node.
        """
        wanted = [fetches] if isinstance(fetches, Node) else validation.sequence("fetches", fetches)
        if strange := [node for node in wanted if not isinstance(node, Node)]:
            given = validation.shown(strange[0])
            raise TypeError(f"fetches should be nodes of the graph, but got {given}")
        values = self.values(wanted, feed_dict)
        for node in wanted:
            if node.operation == "initialize":
                self._variables, self._states, self._known = {}, {}, node.number
            elif node.operation == "minimize":
                self._step(node, values)
        results = [values[node][()] if node in values else None for node in wanted]
        return results[0] if isinstance(fetches, Node) else results

    @np.errstate(all="ignore")
    def values(self, nodes, feed_dict=None):
        """Return the values of nodes and of everything they need, as a dict."""
        if not self._open:
            raise RuntimeError("the session is closed: open a new one with Session()")
        fed, values = {} if feed_dict is None else feed_dict, {}
        validation.instance("feed_dict", fed, dict)
        if strange := [n for n in fed if getattr(n, "operation", None) != "placeholder"]:
            given = validation.shown(strange[0])
            raise TypeError(f"feed_dict should hold values of placeholders, but got {given}")
        for node in order(nodes):
            if node.operation == "placeholder":
                values[node] = _fed(node, fed)
            elif node.operation == "constant":
                values[node] = node.settings["value"]
            elif node.operation == "variable":
                values[node] = self._variable(node)
            elif node.operation in OPERATIONS:
                values[node] = _compute(node, [values[one] for one in node.inputs])
        return values

    def _variable(self, node):
        if node not in self._variables:
            if node.number > self._known:
                cure = "first run global_variables_initializer(), made after the variable"
                raise ValueError(f"variable {node.name!r} has no value yet: {cure}")
            self._variables[node] = node.settings["initial"]
        return self._variables[node]

    def _step(self, node, values):
        """Take one optimizer step on all variables, laid out in one vector."""
        cost, variables = node.inputs[0], node.settings["variables"]
        gradients = backward(cost, values)
        old = [self._variable(v) for v in variables]
        slopes = [gradients.get(v, np.zeros_like(x)) for v, x in zip(variables, old, strict=True)]
        theta, slope = (np.concatenate([np.ravel(x) for x in part]) for part in (old, slopes))
        optimizer = node.settings["optimizer"]
        state = self._states.get(node, None) or optimizer.init(theta)
        theta, self._states[node] = optimizer.step(theta, slope, state)
        ends = np.cumsum([x.size for x in old])[:-1]
        for variable, x, new in zip(variables, old, np.split(theta, ends), strict=True):
            self._variables[variable] = new.reshape(x.shape).astype(x.dtype)


def _fed(node, fed):
    shape, dtype = node.settings["shape"], node.settings["dtype"]
    if node not in fed:
        said = f" of shape {shape}" if shape else ""
        raise ValueError(
            f"placeholder {node.name!r}{said} was not fed: run(..., feed_dict={{{node.name}: ...}})"
        )
    value = _typed(node.name, fed[node], dtype)
    same = zip(shape or (), value.shape, strict=False)
    if shape and (len(shape) != value.ndim or any(a not in (None, b) for a, b in same)):
        raise ValueError(f"placeholder {node.name!r} should be fed {shape}, but got {value.shape}")
    return value


def _compute(node, inputs):
    """Compute an operation; bare numbers take on the precision of what they meet."""
    typed = [x.dtype for x, one in zip(inputs, node.inputs, strict=True)
             if not one.settings.get("free")]  # fmt: skip
    dtype = np.result_type(*typed) if typed else None
    try:
        value = OPERATIONS[node.operation].forward(*inputs, **node.settings)
    except (ValueError, IndexError, TypeError) as error:
        shapes = " and ".join(str(x.shape) for x in inputs)
        raise ValueError(f"{node.operation} of shapes {shapes}: {error}") from None
    return np.asarray(value, dtype)


class _Optimizer:
    """One of the package's optimizers, with TensorFlow's `minimize`."""

    def __init__(self, optimizer):
        self._optimizer = optimizer

    def minimize(self, cost, var_list=None):
        """Make a node that changes variables so that a cost falls, each time it is run."""
        validation.instance("cost", cost, Node)
        there = [n for n in order([cost]) if n.operation == "variable"]
        variables = there if var_list is None else validation.sequence("var_list", var_list)
        if not variables or not set(variables) <= set(there):
            names = [v.name for v in there] or "no variable"
            raise ValueError(f"there is nothing to learn: {cost.name!r} depends on {names}")
        return Node("minimize", [cost], optimizer=self._optimizer, variables=variables)


def _descent(learning_rate):
    return _Optimizer(GradientDescent(alpha=_rate(learning_rate)))


def _momentum(learning_rate, momentum=0.9):
    momentum = validation.require("0 <= momentum < 1", momentum=momentum)
    # TensorFlow's v adds up gradients; the lecture's is their average, (1 - beta) of it
    return _Optimizer(Momentum(alpha=_rate(learning_rate) / (1 - momentum), beta=momentum))


def _rmsprop(learning_rate, decay=0.9, epsilon=1e-8):
    decay = validation.require("0 <= decay < 1", decay=decay)
    return _Optimizer(RMSprop(alpha=_rate(learning_rate), beta=decay, epsilon=epsilon))


def _adam(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    alpha = _rate(learning_rate)
    return _Optimizer(Adam(alpha=alpha, beta1=beta1, beta2=beta2, epsilon=epsilon))


def _rate(learning_rate):
    return validation.require("learning_rate > 0", learning_rate=learning_rate)


train = SimpleNamespace(
    GradientDescentOptimizer=_descent,
    MomentumOptimizer=_momentum,
    RMSPropOptimizer=_rmsprop,
    AdamOptimizer=_adam,
)
