"""Whether the cases of an exercise tell its mistakes from the right answer and from each other."""

from course_utils.checks.engine.seen import ours


def not_told_apart(right, cases, mistakes, *, measure=None, rtol=1e-4, atol=1e-6):
    """Return a line for each mistake that the cases do not tell: ``[]`` is what a test wants.

    A mistake is shadowed if it gives, on every case, what the right answer gives, or what an
    earlier mistake of another id gives.
    """

    def seen(function):
        return [ours(function, case, measure) for case in cases]

    def same(some, others):
        return all(a.equals(b, rtol, atol) for a, b in zip(some, others, strict=True))

    known, lines = [("the right answer", seen(right))], []
    for mistake, way in ((m, way) for m in mistakes for way in m.wrong):
        made = seen(way)
        others = [name for name, other in known if name != mistake.id and same(made, other)]
        lines += [f"{mistake.id}: the same as {name}" for name in others]
        known.append((mistake.id, made))
    return lines
