"""Say what is wrong with an answer that no known mistake explains, without a list of mistakes.

A probe gets the trial, or the pairs (what came out, what is right) of one result on every case, and
returns ``(id, sentence)`` or None. It states only what holds on every case where it can be told.
"""

from dataclasses import replace
from itertools import permutations

import numpy as np

from course_utils.checks.seen import alike, is_poison, same


def probe(trial):
    """Return the first true statement on a trial, as ``(id, sentence)``, or None."""
    for look in (_exchanged, _list_of_arrays, _shape):
        if found := look(trial):
            return found
    if not same_shapes(trial):
        return None
    return _never_filled(trial) or _one_result(trial) or (_all_finite(trial) and _ignored(trial))


def same_shapes(trial):
    """Whether everything that came out has the shape that is asked for."""
    return all(
        seen.arrays is not None and _shapes(seen) == _shapes(want)
        for seen, want in zip(trial.got, trial.want, strict=True)
    )


def _shapes(seen):
    return [a.shape for a in seen.arrays]


def _exchanged(trial):
    """Recognise results in another order."""
    count = len(trial.want[0].arrays)
    if count < 2 or any(len(seen.arrays) != count for seen in trial.got):
        return None
    for order in list(permutations(range(count)))[1:]:
        turned = (replace(s, arrays=[s.arrays[k] for k in order]) for s in trial.got)
        if all(trial.equal(t, w) for t, w in zip(turned, trial.want, strict=True)):
            return "order", "The results are right, but they come in another order than asked for."
    return None


def _list_of_arrays(trial):
    """Recognise a list meant as several results, which NumPy makes one array of."""
    seen, want = trial.got[trial.smallest], trial.want[trial.smallest]
    value = seen.outcome.value
    if not isinstance(value, list) or _shapes(seen) == _shapes(want):
        return None
    if not any(isinstance(part, np.ndarray) for part in value):
        return None
    shape = seen.arrays[0].shape
    return "list-of-arrays", (
        f"It returned a list of {len(value)} arrays, which NumPy takes for one array of shape "
        f"{shape}. Asked for is shape {want.arrays[0].shape}."
    )


def _shape(trial):
    """Recognise the right numbers in another shape."""
    if any(len(s.arrays) != len(w.arrays) for s, w in zip(trial.got, trial.want, strict=True)):
        return None
    for k in range(len(trial.want[0].arrays)):
        pairs = _pairs(trial, k)
        if all(g.shape == w.shape for g, w in pairs):
            continue
        for identity, text, turn in _SHAPES:
            if all(_turned(turn, g, w, trial) for g, w in pairs):
                odd = next((g, w) for g, w in pairs if g.shape != w.shape)
                shapes = f"{odd[0].shape} where {odd[1].shape} is asked for"
                return identity, f"{_named(trial, k)}{text}: shape {shapes}."
    return None


_SHAPES = (
    ("transposed", "The numbers are right, but rows and columns have changed places", np.transpose),
    ("kept-dimension", "The numbers are right, but there is one axis too many",
     lambda g, w: g.reshape(w.shape) if g.ndim > w.ndim else None),
    ("lost-dimension", "The numbers are right, but an axis is missing",
     lambda g, w: g.reshape(w.shape) if g.ndim < w.ndim else None),
)  # fmt: skip


def _turned(turn, g, w, trial):
    if g.size != w.size:
        return False
    turned = turn(g) if turn is np.transpose else turn(g, w)
    return turned is not None and alike(turned, w, trial.rtol, trial.atol)


def _never_filled(trial):
    """Recognise places of an array from `np.empty` that still hold what `poison` left."""
    for seen in trial.got:
        unfilled = sum(int(is_poison(a).sum()) for a in seen.arrays)
        if unfilled:
            return "never-filled", (
                f"{unfilled} of your {sum(a.size for a in seen.arrays)} numbers were never filled: "
                "np.empty hands out memory with whatever was in it before."
            )
    return None


def _pairs(trial, k):
    return [(s.arrays[k], w.arrays[k]) for s, w in zip(trial.got, trial.want, strict=True)]


def _named(trial, k):
    return f"{trial.names[k]}: " if k < len(trial.names) else ""


def _one_result(trial):
    """Probe the results that are wrong, one by one."""
    for k in range(len(trial.want[0].arrays)):
        pairs = _pairs(trial, k)
        if all(alike(g, w, trial.rtol, trial.atol) for g, w in pairs):
            continue
        if not all(_finite(g, w) for g, w in pairs):
            found = _one_line(pairs, trial)
            return found and (found[0], _named(trial, k) + found[1])
        for look in (_input, _sign, _factor, _offset, _transposed, _turned_round,
                     _whole, _one_line):  # fmt: skip
            if found := look(pairs, trial):
                return found[0], _named(trial, k) + found[1]
    return None


def _all_finite(trial):
    return all(_finite(g, w) for k in range(len(trial.want[0].arrays)) for g, w in _pairs(trial, k))


def _finite(g, w):
    return np.isfinite(g).all() or not np.isfinite(w).all()


def _input(pairs, trial):
    for place, name in enumerate(trial.parameters):
        given = [case.args[place] for case in trial.cases]
        if all(isinstance(a, (np.ndarray, list, int, float)) for a in given) and all(
            same_numbers(g, a) for (g, _), a in zip(pairs, given, strict=True)
        ):
            return "returns-its-input", f"It returns {name} as it came in."
    return None


def same_numbers(g, given):
    """Whether an argument holds just these numbers."""
    try:
        return np.array_equal(g, np.asarray(given, dtype=np.float64))
    except (TypeError, ValueError):
        return False


def _sign(pairs, trial):
    if not all(alike(np.abs(g), np.abs(w), trial.rtol, trial.atol) for g, w in pairs):
        return None
    if all(alike(-g, w, trial.rtol, trial.atol) for g, w in pairs):
        return "sign", "The numbers are right but for their sign: plus and minus are exchanged."
    return "some-signs", "The sizes of the numbers are right, but some have the wrong sign."


def _factor(pairs, trial):
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
            return f"Every number is too large by the factor {name}."
        if all(values) and np.allclose(ratios, [1 / v for v in values], rtol=1e-4):
            return f"Every number is too small by the factor {name}."
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
        elif all(isinstance(v, (np.ndarray, list)) for v in values):
            yield from _sizes_of(place, name, min(np.ndim(v) for v in values if len(v)))


def _sizes_of(place, name, axes):
    words = ["rows", "columns"] if axes > 1 else ["length"]
    for axis, word in enumerate(words):
        text = f"{word} of {name}" if axes < 2 else f"number of {word} of {name}"
        yield f"“{text}”", lambda case, j=place, a=axis: np.shape(case.args[j])[a]
    if axes > 1:
        yield f"“number of entries of {name}”", lambda case, j=place: np.size(case.args[j])


def _offset(pairs, trial):
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


def _transposed(pairs, trial):
    square = [(g, w) for g, w in pairs if w.ndim == 2]
    if len(square) < len(pairs) or not all(g.T.shape == w.shape for g, w in square):
        return None
    if all(alike(g.T, w, trial.rtol, trial.atol) for g, w in square):
        return "transposed", "The numbers are right, but rows and columns have changed places."
    return None


def _turned_round(pairs, trial):
    """Recognise the right numbers in another order along an axis."""
    for axis in range(min(w.ndim for _, w in pairs)):
        along = _along(axis, pairs)
        if all(alike(np.flip(g, axis), w, trial.rtol, trial.atol) for g, w in pairs):
            return "reversed", f"The numbers are right, but in reverse order along {along}."
        if _orders_differ(pairs, axis, trial):
            return "permuted", f"These are the right numbers in another order along {along}."
    return None


def _along(axis, pairs):
    if max(w.ndim for _, w in pairs) == 1:
        return "the array"
    return ("the rows (axis 0)", "the columns (axis 1)")[axis] if axis < 2 else f"axis {axis}"


def _orders_differ(pairs, axis, trial):
    return any(w.shape[axis] > 1 for _, w in pairs) and all(
        alike(np.sort(g, axis), np.sort(w, axis), trial.rtol, trial.atol) for g, w in pairs
    )


def _whole(pairs, trial):
    """Recognise the right numbers, rounded."""
    ways = (("rounded down", np.floor), ("rounded up", np.ceil), ("rounded", np.rint),
            ("cut off at the decimal point", np.trunc))  # fmt: skip
    for word, way in ways:
        if all(alike(g, way(w), 0, 1e-9) for g, w in pairs):
            return "rounded", f"The numbers have lost their decimals: they are {word}."
    for digits in range(1, 5):
        if all(alike(g, np.round(w, digits), 0, 1e-9) for g, w in pairs):
            return "rounded", f"The numbers are rounded to {digits} decimal{'s' * (digits > 1)}."
    return None


def _one_line(pairs, trial):
    """Recognise one row, column or place that alone is wrong, or right, in every case."""
    for axis in range(min(w.ndim for _, w in pairs)):
        lines = [_wrong_lines(g, w, axis, trial) for g, w in pairs]
        told = [wrong for wrong in lines if wrong.any() and wrong.size > 1]
        if not told or len(told) < sum(wrong.any() for wrong in lines):
            continue
        what = _line(axis, pairs)
        if place := _common(told):
            return "one-wrong", f"Only the {place} {what} is wrong."
        if all(wrong.size > 2 for wrong in told) and (place := _common([~w for w in told])):
            return "one-right", f"Only the {place} {what} is right."
    return None


def _wrong_lines(g, w, axis, trial):
    """Return which lines across an axis hold a wrong number."""
    wrong = ~np.isclose(g, w, trial.rtol, trial.atol, equal_nan=True)
    return wrong.any(axis=tuple(a for a in range(w.ndim) if a != axis))


def _line(axis, pairs):
    return ("row", "column")[axis] if pairs[0][1].ndim == 2 else "number"


def _common(marks):
    """Return the name of the place that is marked, alone, in every one of these."""
    places = [np.flatnonzero(mark) for mark in marks]
    if any(len(place) != 1 for place in places):
        return None
    if all(place[0] == 0 for place in places):
        return "first"
    if all(place[0] == len(mark) - 1 for place, mark in zip(places, marks, strict=True)):
        return "last"
    same_place = len({int(place[0]) for place in places}) == 1
    return f"{_ORDINALS[places[0][0] - 1]}" if same_place and places[0][0] <= 4 else None


_ORDINALS = ("second", "third", "fourth", "fifth")


def _ignored(trial):
    """Recognise an argument that changes nothing, although it should."""
    idle = [place for place in range(len(trial.parameters)) if _is_idle(trial, place)]
    moving = [p for p in range(len(trial.parameters)) if p not in idle]
    if not idle:
        return None
    if not moving:
        return "constant", "Whatever is passed in, the same comes out."
    names = " and ".join(trial.parameters[place] for place in idle)
    verb = "changes" if len(idle) == 1 else "change"
    return "ignored", f"{names} {verb} nothing in your answer, and should."


def _is_idle(trial, place):
    """Whether the right answer follows a change of this argument, and the reader's never does."""
    told = 0
    for i, case in enumerate(trial.cases):
        for changed in _changes(trial.cases, case, place):
            got, want = trial.again(changed)
            if want.arrays is None or trial.equal(want, trial.want[i]):
                continue
            if got.arrays is None or not trial.equal(got, trial.got[i]):
                return False
            told += 1
    return told > 0


def _changes(cases, case, place):
    """Yield the case with one argument changed: taken from another case, or moved a little."""
    value = case.args[place]
    others = [c.args[place] for c in cases if _fits(c.args[place], value)]
    for new in (*others[:2], *_moved(value)):
        yield replace(case, args=(*case.args[:place], new, *case.args[place + 1 :]))


def _fits(other, value):
    return type(other) is type(value) and np.shape(other) == np.shape(value) and not same(
        other, value
    )  # fmt: skip


def _moved(value):
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return (0.9 * value,)
    return (value + 1,) if type(value) is int else ()
