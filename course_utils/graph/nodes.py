"""The nodes of a computation graph: numbers that are fed, kept or computed from other nodes.

Making a node computes nothing; a `course_utils.graph.session.Session` gives it numbers.
`course_utils.graph` has these names as TensorFlow 1 has them. What cannot be a node is refused when
it is made; what does not fit in shape, when it is run.
"""

import itertools

import numpy as np

from course_utils.support import arrays, validation

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
    return Node("placeholder", name=name, dtype=arrays.number_type(dtype), shape=shape)


def Variable(initial_value, dtype=None, name=None):
    """Make a place for numbers that a session keeps, and that training changes."""
    value = arrays.cast("initial_value", initial_value, dtype).copy()
    value = value if dtype or isinstance(initial_value, np.ndarray) else value.astype(np.float32)
    return Node("variable", name=name, initial=value)


def constant(value, dtype=None, name=None):
    """Make a place for numbers that never change."""
    return Node("constant", name=name, value=arrays.cast("value", value, dtype), free=dtype is None)


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
square, exp, log, tanh, transpose, relu, sigmoid = (
    _maker(name, 1) for name in ("square", "exp", "log", "tanh", "transpose", "relu", "sigmoid")
)


def _from_the_right(operation):
    """Return what Python asks of the right-hand side, as in ``2 - node``."""
    return lambda node, other: operation(other, node)


Node.__add__, Node.__radd__ = add, _from_the_right(add)
Node.__sub__, Node.__rsub__ = subtract, _from_the_right(subtract)
Node.__mul__, Node.__rmul__ = multiply, _from_the_right(multiply)
Node.__truediv__, Node.__rtruediv__ = divide, _from_the_right(divide)
Node.__matmul__, Node.__rmatmul__ = matmul, _from_the_right(matmul)


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


def global_variables_initializer():
    """Make a node that gives all variables made so far their initial values."""
    return Node("initialize")


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
