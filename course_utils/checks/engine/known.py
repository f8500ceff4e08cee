"""Which known mistakes explain an answer: one, two at once, one in a single result, perhaps one."""

from functools import partial
from itertools import combinations

from course_utils.checks.engine.seen import ours
from course_utils.checks.engine.trial import Mistake, not_yet
from course_utils.checks.engine.verdict import Verdict


def one_mistake(trial):
    """Name the first mistake that explains every case."""
    return next((_made(m) for m in trial.ways if trial.explains(m.wrong[0])), None)


def stubs_numbers(trial):
    """Say so if another code gives what the unwritten stub gives."""
    if trial.stub is None or not trial.explains(trial.stub.code):
        return None
    hint = "It gives the same numbers as the unwritten stub. Does it return what your lines made?"
    return not_yet("stubs-numbers", hint)


def two_mistakes(trial):
    """Name two mistakes made together, if one pair alone explains every case."""
    found = [pair for pair in _pairs(trial.ways) if trial.explains(pair.wrong[0])]
    return _made(found[0]) if len({pair.id for pair in found}) == 1 else None


def _pairs(mistakes):
    for a, b in combinations(mistakes, 2):
        if a.id != b.id and _composable(a.wrong[0], b.wrong[0]):
            one, other = a.wrong[0], b.wrong[0]
            yield _together(a, b, partial(one.func, **one.keywords, **other.keywords))


def _composable(a, b):
    return (
        isinstance(a, partial)
        and isinstance(b, partial)
        and a.func is b.func
        and not a.args
        and not b.args
        and not a.keywords.keys() & b.keywords.keys()
    )


def _together(a, b, wrong=None):
    first = " ".join(dict.fromkeys(["Two things at once.", a.look or a.hint, b.look or b.hint]))
    if not (a.look or b.look):
        return Mistake(f"{a.id}+{b.id}", first, wrong)
    return Mistake(f"{a.id}+{b.id}", f"{a.hint} {b.hint}", wrong, look=first)


def by_result(trial):
    """Look at several results one by one for mistakes that explain a single one."""
    count = len(trial.want[0].arrays)
    if count == 1 or any(len(seen.arrays) != count for seen in trial.got):
        return None
    wrong = [k for k in range(count) if not trial.result_right(k)]
    made = {k: _explaining(trial, k) for k in wrong}
    mistakes = list({m.id: m for m in made.values() if m}.values())
    if not mistakes:
        return None
    mistake = mistakes[0] if len(mistakes) == 1 else _together(*mistakes[:2])
    told = {m.id for m in mistakes[:2]}  # a third one waits for the next try
    made = {k: m if m and m.id in told else None for k, m in made.items()}
    said = " and ".join(trial.name(k) for k in wrong if made[k])
    hint = f"{mistake.hint} That is said of {said}{_of_the_rest(trial, made)}"
    return Verdict(False, mistake.id, hint, mistake.look)


def _of_the_rest(trial, made):
    """Say what there is to say of the results of which no mistake is named."""
    rest = [trial.name(k) for k, mistake in made.items() if mistake is None]
    if rest:
        return f": look at {' and '.join(rest)}, too."
    right = [trial.name(k) for k in range(len(trial.want[0].arrays)) if k not in made]
    return f"; {' and '.join(right)} {'is' if len(right) == 1 else 'are'} right." if right else "."


def _explaining(trial, k):
    """Return the mistake that makes result k what it is; None if there is none, or several."""
    found = [m for m in trial.ways if trial.explains(m.wrong[0], k)]
    alone = [m for m in found if _only_in(trial, m, k)] or found
    return alone[0] if len({m.id for m in alone}) == 1 else None


def _only_in(trial, mistake, k):
    made = [ours(mistake.wrong[0], case) for case in trial.cases]
    others = [i for i in range(len(trial.want[0].arrays)) if i != k]
    return all(
        trial.equal(m.result(i), w.result(i))
        for m, w in zip(made, trial.want, strict=True)
        for i in others
    )


def perhaps(trial):
    """Name a mistake that explains all cases but one as a possibility, if it is the only such."""
    near = {m.id: m for m in trial.ways if _nearly_explains(trial, m.wrong[0])}
    if len(near) != 1:
        return None
    mistake = next(iter(near.values()))
    hint = f"Perhaps, since all cases but one look like it: {mistake.hint}"
    return not_yet(f"perhaps-{mistake.id}", hint)


def _nearly_explains(trial, wrong):
    made = [ours(wrong, case) for case in trial.cases]
    alike = {i for i, m in enumerate(made) if trial.equal(trial.got[i], m)}
    return len(alike) == len(made) - 1 and len(alike & set(trial.wrong)) >= 2


def _made(mistake):
    return Verdict(False, mistake.id, mistake.hint, mistake.look)
