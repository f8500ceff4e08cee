"""What a node of the small network gets, does and hands on, said with its numbers."""

import numpy as np

from course_utils.experiments import passes as experiments
from course_utils.experiments.passes import EXAMPLE, KINDS
from course_utils.figures.style import rounded

_LETTERS = "x", "z", "z̃", "a", "a′"
_DIGITS = str.maketrans("1234", "₁₂₃₄")


def explained(kind, way, column, row):
    """Say of a node what comes in, the local rule, and what goes out."""
    return (_FORWARD if way == "forward" else _BACKWARD)[column](kind, row)


def name_of(column, row):
    """Return what a node is called: z̃₂, or z[2] of the output."""
    return "z[2]" if column == len(_LETTERS) else _LETTERS[column] + str(row + 1).translate(_DIGITS)


def _value(kind, column, row=0):
    return experiments.passed(kind).values[column][row, EXAMPLE]


def _gradient(kind, column, row=0):
    return f"∂J/∂{name_of(column, row)} = {rounded(_returned(kind, column, row))}"


def _returned(kind, column, row):
    return experiments.passed(kind).gradients[column][row, EXAMPLE]


def _factor(x):
    return f"({rounded(x)})" if round(float(x), 3) < 0 else rounded(x)


def _numbers(values):
    return ", ".join(rounded(x) for x in values)


def _sum(products, *more):
    """Write a sum of products, ``0.5 · 1 + (−0.5) · (−2) + 0.25``."""
    terms = [f"{_factor(w)} · {_factor(x)}" for w, x in products]
    return " + ".join([*terms, *map(_factor, more)])


def _input(kind, row):
    to = ", ".join(name_of(1, each) for each in range(3))
    return "the first of four examples", "none", f"{rounded(_value(kind, 0, row))}, to {to}"


def _z(kind, row):
    x, p = [_value(kind, 0, k) for k in range(2)], experiments.passed(kind).network.parameters
    b = [p["b1"][row, 0]] if "b1" in p else []
    without = "" if b else " (batch norm would cancel a bias)"
    rule = _sum(zip(p["W1"][row], x, strict=True), *b)
    said = "W x + b" if b else "W x"
    return f"x = ({_numbers(x)})", f"{said} = {rule}{without}", rounded(_value(kind, 1, row))


def _z_tilde(kind, row):
    seen, z, z_tilde = (
        experiments.passed(kind),
        rounded(_value(kind, 1, row)),
        rounded(_value(kind, 2, row)),
    )
    if not KINDS[kind][0]:
        return f"z = {z}", "batch norm is off: z is handed on", z_tilde
    all_z, beta = seen.values[1][row], seen.network.parameters["beta1"][row, 0]
    numbers = f"1 · ({z} − {_factor(all_z.mean())}) / {rounded(all_z.std())} + {rounded(beta)}"
    said = (
        f"z = {z}; from all four examples μ = {rounded(all_z.mean())}, σ² = {rounded(all_z.var())}"
    )
    return said, f"γ (z − μ) / √(σ² + ε) + β = {numbers}", z_tilde


def _a(kind, row):
    z_tilde = rounded(_value(kind, 2, row))
    return z_tilde, f"ReLU: the larger of 0 and {z_tilde}", rounded(_value(kind, 3, row))


def _a_dropped(kind, row):
    a, left = (rounded(_value(kind, k, row)) for k in (3, 4))
    return f"a = {a}", _masked(kind, row), left


def _masked(kind, row):
    if KINDS[kind][1] == 1:
        return "dropout is off: handed on, times 1"
    kept = experiments.passed(kind).mask[row, EXAMPLE]
    return "the mask keeps this unit: × 1 / keep_prob = 2" if kept else "the mask drops it: × 0"


def _output(kind, row):
    a, p = [_value(kind, 4, k) for k in range(3)], experiments.passed(kind).network.parameters
    z = _value(kind, 5)
    rule = _sum(zip(p["W2"][0], a, strict=True), p["b2"][0, 0])
    said = f"W[2] a + b[2] = {rule}"
    answer = f"ŷ = σ({rounded(z)}) = {rounded(_chance(z))}"
    out = f"{rounded(z)}, so {answer}; the label is {rounded(_LABEL)}"
    return f"a = ({_numbers(a)})", said, out


_LABEL = experiments.Y[0, EXAMPLE]


def _chance(z):
    return 1 / (1 + np.exp(-z))


def _back_to_output(kind, row):
    chance = rounded(_chance(_value(kind, 5)))
    rule = f"(ŷ − y) / m = ({chance} − {rounded(_LABEL)}) / 4"
    return "∂J/∂J = 1", rule, _gradient(kind, 5)


def _back_to_dropped(kind, row):
    weight = rounded(experiments.local(kind, (4, row, 0)))
    return _gradient(kind, 5), f"times the weight {weight} of the edge", _gradient(kind, 4, row)


def _back_to_a(kind, row):
    again = "" if KINDS[kind][1] == 1 else ", as on the way forward"
    return _gradient(kind, 4, row), _masked(kind, row) + again, _gradient(kind, 3, row)


def _back_to_z_tilde(kind, row):
    z_tilde = _value(kind, 2, row)
    slope, side = (1, ">") if z_tilde > 0 else (0, "<")
    rule = f"times ReLU's slope {slope}, because its input {rounded(z_tilde)} {side} 0"
    return _gradient(kind, 3, row), rule, _gradient(kind, 2, row)


def _back_to_z(kind, row):
    if not KINDS[kind][0]:
        return _gradient(kind, 2, row), "batch norm is off: times 1", _to_weights(kind, row)
    paths = experiments.unit(kind, row)
    parts = (rounded(part[EXAMPLE]) for part in (paths.direct, paths.mean, paths.variance))
    rule = "direct {}, through μ {}, through σ² {}".format(*parts)
    said = f"∂J/∂z̃ of all four examples: {_numbers(paths.d)}"
    return said, rule, _to_weights(kind, row)


def _to_weights(kind, row):
    """Say the gradient of a z, and what this example adds to that of the weights."""
    to = [_returned(kind, 1, row) * _value(kind, 0, k) for k in range(2)]
    share = f"times x, this example's part of ∂J/∂W: ({_numbers(to)})"
    return f"{_gradient(kind, 1, row)}; {share}"


def _back_to_input(kind, row):
    W = experiments.passed(kind).network.parameters["W1"]
    d = [_returned(kind, 1, k) for k in range(3)]
    rule = "each times its weight: " + _sum(zip(W[:, row], d, strict=True))
    return f"∂J/∂z = ({_numbers(d)})", rule, _gradient(kind, 0, row)


_FORWARD = _input, _z, _z_tilde, _a, _a_dropped, _output
_BACKWARD = (
    _back_to_input,
    _back_to_z,
    _back_to_z_tilde,
    _back_to_a,
    _back_to_dropped,
    _back_to_output,
)


def path_explained(found, path, example):
    """Say in three lines what comes back to one z of a mini-batch along one path, or all."""
    explain = {"direct": _direct, "through μ": _mean, "through σ²": _variance}
    return explain.get(path, _all_three)(found, example)


def _named(example):
    return str(example + 1).translate(_DIGITS)


def _direct(found, k):
    i, slope = _named(k), found.direct[k]
    return (
        "z enters its own n = (z − μ) / √(σ² + ε), as if μ and σ² stood still",
        f"slope γ / √(σ² + ε) = {rounded(found.slope)}, times ∂J/∂z̃{i} = {rounded(found.d[k])}",
        f"direct: {rounded(slope)} to z{i}",
    )


def _mean(found, k):
    total = found.to_mean.sum()
    return (
        "μ rises by 1/m for each 1 that z rises, and as it rises every n falls",
        f"∂J/∂μ = −{rounded(found.slope)} · Σ ∂J/∂z̃ = {rounded(total)}, a quarter of it to each z",
        f"through μ: {rounded(found.mean[k])} to z{_named(k)}, as to every other",
    )


def _variance(found, k):
    i, centred = _named(k), found.z[k] - found.z.mean()
    return (
        "σ² moves by 2 (z − μ) / m, and where it rises every n shrinks towards 0",
        f"∂J/∂σ² = {rounded(found.to_variance.sum())}, "
        f"times 2 (z{i} − μ) / m = {rounded(2 * centred / len(found.z))}",
        f"through σ²: {rounded(found.variance[k])} to z{i}",
    )


def _all_three(found, k):
    parts = found.direct[k], found.mean[k], found.variance[k]
    said = " + ".join([_factor(part) for part in parts])
    adds_up = rounded(sum(float(f"{part:.3f}") for part in parts)) == rounded(sum(parts))
    return (
        "a z acts along three paths, so three gradients come back, and add up",
        "green: direct, pink: through μ, blue: through σ²",
        f"∂J/∂z{_named(k)} = {said} {'=' if adds_up else '≈'} {rounded(sum(parts))}",
    )
