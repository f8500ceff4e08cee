"""A session gives numbers to a graph's nodes: forward, node after node; backward, for training.

What an operation computes stands in `course_utils.graph.operations`. What is not fed, not
initialised or of a wrong shape is a ValueError that names the node, what is no node a TypeError.
"""

import numpy as np

from course_utils.graph.nodes import Node, order, order_unchecked
from course_utils.graph.operations import OPERATIONS, as_shaped
from course_utils.support import arrays, validation


@np.errstate(all="ignore")  # a cost may diverge: its value says so
def backward(cost, values):
    """Walk a graph backwards: return the gradient of a cost by everything that it needs.

    ``values`` are those of all nodes, see `Session.values`.
    """
    nodes = order_unchecked([validation.instance("cost", cost, Node)])
    _refuse_uncovered(cost, nodes, validation.instance("values", values, dict))
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


def _refuse_uncovered(cost, nodes, values):
    """Refuse values that miss a node, and a cost that is not a single number."""
    missing = [node for node in nodes if node not in values]
    if missing:
        cure = "use session.values([cost], feed_dict)"
        raise ValueError(f"values should hold all of the graph, but {missing[0]!r} is not: {cure}")
    if values[cost].size != 1:
        raise ValueError(
            f"the cost should be a single number, but {cost.name!r} has shape "
            f"{values[cost].shape}: put reduce_mean or reduce_sum around it"
        )


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
        """
        wanted = [fetches] if isinstance(fetches, Node) else validation.sequence("fetches", fetches)
        strange = [node for node in wanted if not isinstance(node, Node)]
        if strange:
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
        fed, values = _fed_by({} if feed_dict is None else feed_dict), {}
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


def _fed_by(feed_dict):
    validation.instance("feed_dict", feed_dict, dict)
    strange = [n for n in feed_dict if getattr(n, "operation", None) != "placeholder"]
    if strange:
        given = validation.shown(strange[0])
        raise TypeError(f"feed_dict should hold values of placeholders, but got {given}")
    return feed_dict


def _fed(node, fed):
    shape, dtype = node.settings["shape"], node.settings["dtype"]
    if node not in fed:
        said = f" of shape {shape}" if shape else ""
        raise ValueError(
            f"placeholder {node.name!r}{said} was not fed: run(..., feed_dict={{{node.name}: ...}})"
        )
    value = arrays.cast(node.name, fed[node], dtype)
    same = zip(shape or (), value.shape, strict=False)
    if shape and (len(shape) != value.ndim or any(a not in (None, b) for a, b in same)):
        raise ValueError(f"placeholder {node.name!r} should be fed {shape}, but got {value.shape}")
    return value


def _compute(node, inputs):
    """Compute an operation; bare numbers take on the precision of what they meet."""
    pairs = zip(inputs, node.inputs, strict=True)
    dtypes = [x.dtype for x, one in pairs if not one.settings.get("free")]
    dtype = np.result_type(*dtypes) if dtypes else None
    try:
        value = OPERATIONS[node.operation].forward(*inputs, **node.settings)
    except (ValueError, IndexError, TypeError) as error:
        shapes = " and ".join(str(x.shape) for x in inputs)
        raise ValueError(f"{node.operation} of shapes {shapes}: {error}") from None
    return np.asarray(value, dtype)
