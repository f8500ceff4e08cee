"""Recognise numbers that are too large by one factor, or by one amount."""

import numpy as np


def factor(pairs, trial):
    """Recognise numbers that are all the same multiple of the right ones."""
    ratios = [_ratio(g, w, trial) for g, w in pairs]
    told = [(i, r) for i, r in enumerate(ratios) if r is not None]
    if not told or any(np.isnan(r) or r == 0 for _, r in told):
        return None
    if np.allclose([r for _, r in told], told[0][1], rtol=trial.rtol) and _enough(told, pairs):
        return "factor", f"Every number is {_times(told[0][1])} what it should be."
    if len(told) > 1 and (text := _quantity(told, trial)):
        return "factor", text
    return None


def _enough(told, pairs):
    return len(told) > 1 or np.count_nonzero(pairs[told[0][0]][1]) > 1


def _ratio(g, w, trial):
    """Return the one factor between two arrays; None where all is 0, NaN where there is none."""
    if not np.any(w) and not np.any(g):
        return None
    if not (np.isfinite(g).all() and np.isfinite(w).all()) or not np.any(w):
        return np.nan
    largest = np.unravel_index(np.abs(w).argmax(), w.shape)
    ratio = g[largest] / w[largest]
    return ratio if np.allclose(g, ratio * w, trial.rtol, trial.atol * abs(ratio)) else np.nan


def _times(ratio):
    words = {2.0: "twice", 0.5: "half", -2.0: "−2 times", -0.5: "−½ times"}
    for value, word in words.items():
        if np.isclose(ratio, value):
            return word
    if abs(ratio) < 0.1:
        return f"1/{1 / ratio:.4g} of" if ratio > 0 else f"−1/{-1 / ratio:.4g} of"
    return f"{ratio:.4g} times".replace("-", "−")


def _quantity(told, trial):
    """Recognise factors that are a number or a size among the arguments."""
    for name, of in _quantities(trial):
        values = [of(trial.cases[i]) for i, _ in told]
        ratios = [r for _, r in told]
        if np.allclose(ratios, values, rtol=1e-4):
            return f"Every number has a factor {name} that does not belong there."
        if all(values) and np.allclose(ratios, [1 / v for v in values], rtol=1e-4):
            return f"Every number lacks the factor {name}."
    return None


def _quantities(trial):
    """Yield names of numbers and sizes among the arguments, and how to get them from a case."""
    for place, name in enumerate(trial.parameters):
        values = [case.args[place] for case in trial.cases]
        if all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values):
            yield name, lambda case, j=place: case.args[j]
            yield f"1 − {name}", lambda case, j=place: 1 - case.args[j]
            yield f"{name}²", lambda case, j=place: case.args[j] ** 2
            yield f"√{name}", lambda case, j=place: abs(case.args[j]) ** 0.5
        elif all(_is_array(v) for v in values):
            yield from _sizes_of(place, name, min(np.ndim(v) for v in values if len(v)))


def _is_array(value):
    """Whether a value is an array, or a list of numbers: lists of arrays have no one shape."""
    if isinstance(value, list):
        return all(isinstance(v, (int, float)) for v in value)
    return isinstance(value, np.ndarray)


def _sizes_of(place, name, axes):
    words = ["rows", "columns"] if axes > 1 else ["length"]
    for axis, word in enumerate(words):
        text = f"{word} of {name}" if axes < 2 else f"number of {word} of {name}"
        yield f"“{text}”", lambda case, j=place, a=axis: np.shape(case.args[j])[a]
    if axes > 1:
        yield f"“number of entries of {name}”", lambda case, j=place: np.size(case.args[j])


def offset(pairs, trial):
    """Recognise numbers that are all too large by the same amount."""
    shifts = [_shift(g, w, trial) for g, w in pairs]
    if None in shifts or sum(w.size for _, w in pairs) < 2:
        return None
    if np.allclose(shifts, shifts[0], rtol=trial.rtol):
        side = "large" if shifts[0] > 0 else "small"
        return "offset", f"Every number is too {side} by {abs(shifts[0]):.4g}."
    return None


def _shift(g, w, trial):
    if not (np.isfinite(g).all() and np.isfinite(w).all()) or not w.size:
        return None
    shift = (g - w).flat[0]
    return shift if np.allclose(g, w + shift, trial.rtol, trial.atol) else None
