"""Describe what an answer did: it raised, it returned None, its numbers differ, it passed."""

from dataclasses import replace

import numpy as np

from course_utils.checks.engine.trial import not_yet
from course_utils.checks.engine.verdict import Verdict
from course_utils.support.words import typeset

_HELD = (
    "It took too long, in a call that nothing can interrupt. If such a call does not come back at "
    "all, choose Kernel ▸ Restart Kernel."
)
_RUNS_ON = (
    " It could not be stopped and goes on in the background: choose Kernel ▸ Restart Kernel before "
    "you try again."
)


def endless(trial):
    """Say where a call was that did not come back."""
    place = len(trial.got) - 1
    outcome = trial.got[place].outcome
    where = f" ({outcome.where})" if outcome.where else ""
    hint = f"It did not come back{where}. Which condition should end the loop?"
    hint = _HELD if outcome.held else hint
    more = _RUNS_ON if outcome.runs_on else ""
    return not_yet("endless", hint + _says(trial, place) + more)


def failed(trial):
    """Describe what went wrong before there were numbers to compare."""
    seen, tried = trial.got[trial.told], _tried(trial, trial.told)
    if seen.arrays is not None:
        return None
    if seen.outcome.error is not None:
        return not_yet("raises", _raised(seen.outcome) + tried)
    if seen.outcome.value is None:
        return not_yet("returns-none", _none(trial) + tried)
    return not_yet("not-an-array", seen.trouble + tried)


def _raised(outcome):
    said = " ".join(outcome.message.split())[:300]
    where = f" in {outcome.where}" if outcome.where else ""
    ends = " That would end the whole program." if isinstance(outcome.error, SystemExit) else ""
    kind = type(outcome.error).__name__
    return f"It raised {kind}{f': {said}' if said else ''}{where}.{ends}"


def _none(trial):
    if all(seen.outcome.value is None for seen in trial.got):
        return "It returned None: does its last line say return?"
    return "In one case it returned None: does every path through it end in a return?"


def differing(trial):
    """Describe numbers that nothing explains."""
    place = trial.told
    identity, hint = _difference(trial, place)
    return not_yet(identity, hint + _tried(trial, place))


def _difference(trial, place):
    got, want = trial.got[place].arrays, trial.want[place].arrays
    if len(got) != len(want):
        asked = f" ({', '.join(trial.names)})" if trial.names else ""
        returned = count_of(len(got), "value", "values")
        return "wrong-count", f"It returned {returned}; the task asks for {len(want)}{asked}."
    for a, b in zip(got, want, strict=True):
        if a.shape != b.shape:
            return "wrong-shape", f"It returned shape {a.shape}; the task asks for {b.shape}."
    if not all(np.isfinite(a).all() for a in got):
        return "not-finite", "It returned NaN or infinity."
    broken = _broken(trial, place)
    return ("invariant", broken) if broken else ("wrong-numbers", _how_far(trial, place))


def _broken(trial, place):
    """Say which invariant is broken, with its numbers."""
    for invariant in trial.invariants:
        values = np.asarray(invariant.of(*trial.got[place].arrays, *trial.cases[place].args))
        if not np.allclose(values, invariant.value, trial.rtol, trial.atol):
            low, high = (typeset(f"{end:.3g}") for end in (values.min(), values.max()))
            now = low if low == high else f"{low} to {high}"
            wanted = typeset(f"{invariant.value:g}")
            if now == wanted:
                continue
            return f"{invariant.what} should be {wanted}. Yours is {now}."
    return ""


def _how_far(trial, place):
    pairs = list(zip(trial.got[place].arrays, trial.want[place].arrays, strict=True))
    if len(pairs) == 1:
        return f"The numbers differ: they are {_off(*pairs[0])}."
    right = [trial.name(k) for k in range(len(pairs)) if trial.result_right(k)]
    told = [
        f"{trial.name(k)} is {_off(*pair)}"
        for k, pair in enumerate(pairs)
        if not trial.result_right(k)
    ]
    told += [f"{' and '.join(right)} {'is' if len(right) == 1 else 'are'} right"] if right else []
    return f"{'; '.join(told)}."


def _off(a, b):
    share = np.linalg.norm(a - b) / max(np.linalg.norm(b), 1e-300)
    if 0.001 < share < 10:
        return f"off by {float(f'{100 * share:.2g}'):g} %"
    return "far off" if share > 1 else "a little off"


def _tried(trial, place):
    right = trial.judged and len(trial.cases) - len(trial.wrong)
    counted = f" ({count_of(right, 'case is', 'cases are')} right.)" if right else ""
    return _says(trial, place) + counted


def count_of(n, one, many):
    """Return a number with the noun that fits it."""
    return f"{n} {one if n == 1 else many}"


def _says(trial, place):
    says = trial.cases[place].says
    return f" The case: {says}." if says else ""


def passed(trial, drawn=None):
    """Say what was tried, unless an answer spoils what it was given."""
    if any(seen.changed for one in (trial, drawn) if one for seen in one.got):
        return not_yet(
            "changes-its-input",
            "The numbers are right, but afterwards what was passed in is not what it was. Whoever "
            "calls your function still needs it: which of your lines changes it?",
        )
    cases = trial.cases
    tried = {1: "the one case", 2: "both cases"}.get(len(cases), f"all {len(cases)} cases")
    among = f", among them {cases[-1].says}" if cases[-1].says and len(cases) > 1 else ""
    fresh = f", and on {len(drawn.cases)} drawn just now" if drawn else ""
    return Verdict(True, None, f"Right on {tried}{among}{fresh}.")


def also_changed(trial, verdict):
    """Add to a verdict on wrong numbers that the answer also spoils what it was given."""
    if not any(seen.changed for seen in trial.got):
        return verdict
    more = " Besides, it writes into what was passed in, and whoever calls it still needs that."
    return replace(verdict, hint=verdict.hint + more)


def only_the_cases(trial, drawn):
    """Say that an answer is right on the fixed cases and not on fresh ones."""
    cases = count_of(len(trial.cases), "case that is", "cases that are")
    hint = (
        f"Right on the {cases} always tried, but not on others, drawn just now. What in your code "
        f"holds for those cases only?"
    )
    trouble = failed(drawn)
    return not_yet("only-the-cases", f"{hint} {trouble.hint}" if trouble else hint)
