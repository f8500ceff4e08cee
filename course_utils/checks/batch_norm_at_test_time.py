"""Checks of the exercises and the challenge about batch norm at test time."""

from functools import partial
from itertools import islice

import numpy as np

from course_utils.checks.batch_norm import MULTIPLIED
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub, made_in
from course_utils.checks.engine.exercise import Exercise, noted
from course_utils.checks.engine.running import call, one_wait
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict
from course_utils.support.words import many


def _mean(z):
    return z.mean(axis=1, keepdims=True)


def _variance(z):
    return z.var(axis=1, keepdims=True)


_BATCHES = [
    np.array([[1.0, 2.0, 3.0, 6.0], [-4.0, 0.5, 2.0, -1.5]]),
    np.array([[5.0, 9.0, 4.0, 2.0], [1.0, 1.5, -3.0, 0.5]]),
    np.array([[0.0, 7.0, 1.0], [2.0, 2.5, 8.0]]),
    np.array([[-2.0, 4.0, 0.5, 1.5, 3.0], [6.0, 1.0, -1.0, 2.5, 0.0]]),
]
_RUNNING_CASES = (
    Case((_BATCHES[:3], 0.9), says="three mini-batches, momentum 0.9"),
    Case((_BATCHES, 0.25), says="four mini-batches, momentum 0.25"),
    Case((_BATCHES[:2], 0.0), says="two mini-batches, momentum 0: nothing of the old is kept"),
    Case((_BATCHES[2:3], 0.9), says="a single mini-batch: it is the start"),
)


def _draw_running(rng):
    units, count = rng.integers(2, 5), rng.integers(2, 6)
    sizes = rng.integers(2, 7, count)
    batches = [rng.choice(np.arange(-90, 91) / 10, (units, m), replace=False) for m in sizes]
    return Case((batches, float(rng.choice([0.3, 0.5, 0.8, 0.95]))), says="batches drawn just now")


def _running_stub(batches, momentum):
    mean = np.zeros((len(batches[0]), 1))
    variance = np.ones((len(batches[0]), 1))
    return mean, variance


def _join(old, new, momentum):
    return momentum * old + (1 - momentum) * new


def _running(
    batches,
    momentum,
    *,
    mean=_mean,
    variance=_variance,
    start=None,
    join=_join,
    order=lambda mean, variance: (mean, variance),
    chosen=lambda batches: batches,
):
    """Follow the mini-batches in exchangeable parts: the right ones by default."""
    batches = chosen(batches)
    seen = [(mean(z), variance(z)) for z in batches]
    now = [np.full_like(a, b) for a, b in zip(seen[0], start, strict=True)] if start else seen[0]
    for new in seen if start else seen[1:]:
        now = [join(a, b, momentum) for a, b in zip(now, new, strict=True)]
    return order(*now)


def _turned_round(old, new, momentum):
    return _join(old, new, 1 - momentum)


def _mixed(batches, momentum, *, old=1, new=1):
    """Follow the mini-batches, with a mean (0) in the line of the variance (1)."""
    now = [_mean(batches[0]), _variance(batches[0])]
    for z in batches[1:]:
        seen = [_mean(z), _variance(z)]
        now[0] = _join(now[0], seen[0], momentum)
        now[1] = _join(now[old], seen[new], momentum)
    return tuple(now)


def _around_the_running_mean(batches, momentum):
    m, v = _mean(batches[0]), _variance(batches[0])
    for z in batches[1:]:
        m = momentum * m + (1 - momentum) * _mean(z)
        v = momentum * v + (1 - momentum) * ((z - m) ** 2).mean(axis=1, keepdims=True)
    return m, v


def _around_the_last_running_mean(batches, momentum):
    m, v = _mean(batches[0]), _variance(batches[0])
    for z in batches[1:]:
        v = momentum * v + (1 - momentum) * ((z - m) ** 2).mean(axis=1, keepdims=True)
        m = momentum * m + (1 - momentum) * _mean(z)
    return m, v


def _variance_of_means(batches, momentum):
    means = np.hstack([_mean(z) for z in batches])
    return _running(batches, momentum)[0], _variance(means)


def _variance_of_means_on_the_way(batches, momentum):
    m, v = _mean(batches[0]), np.zeros_like(_mean(batches[0]))
    for z in batches[1:]:
        v = momentum * v + (1 - momentum) * (_mean(z) - m) ** 2
        m = momentum * m + (1 - momentum) * _mean(z)
    return m, v


def _of_squares(batches, momentum):
    mean = _running(batches, momentum)[0]
    squares = _running([z**2 for z in batches], momentum)[0]
    return mean, squares - mean**2


def _all_together(batches, momentum):
    z = np.hstack(batches)
    return _mean(z), _variance(z)


def _variance_of_all_together(batches, momentum):
    return _running(batches, momentum)[0], _variance(np.hstack(batches))


def _plain_mean(batches, momentum):
    return tuple(np.mean([f(z) for z in batches], axis=0) for f in (_mean, _variance))


def _weighted_by_size(batches, momentum):
    (m, v), size = (_mean(batches[0]), _variance(batches[0])), batches[0].shape[1]
    for z in batches[1:]:
        keep = momentum * size / (momentum * size + (1 - momentum) * z.shape[1])
        m, v = _join(m, _mean(z), keep), _join(v, _variance(z), keep)
    return m, v


def _weighted_by_size_alone(batches, momentum):
    sizes = [z.shape[1] for z in batches]
    return tuple(
        np.average([f(z) for z in batches], axis=0, weights=sizes) for f in (_mean, _variance)
    )


def _by_the_first_size(batches, momentum):
    size = batches[0].shape[1]

    def mean(z):
        return z.sum(axis=1, keepdims=True) / size

    return _running(
        batches,
        momentum,
        mean=mean,
        variance=lambda z: ((z - mean(z)) ** 2).sum(axis=1, keepdims=True) / size,
    )


def _divided_by_units(batches, momentum):
    def mean(z):
        return z.sum(axis=1, keepdims=True) / len(z)

    return _running(
        batches,
        momentum,
        mean=mean,
        variance=lambda z: ((z - mean(z)) ** 2).sum(axis=1, keepdims=True) / len(z),
    )


def _correction_fed_back(batches, momentum):
    m = v = 0
    for t, z in enumerate(batches, 1):
        share = 1 - momentum**t
        m, v = _join(m, _mean(z), momentum) / share, _join(v, _variance(z), momentum) / share
    return m, v


def _bias_corrected(batches, momentum, start=(0, 0)):
    share = 1 - momentum ** len(batches)
    return tuple(a / share for a in _running(batches, momentum, start=start))


def _corrected_needlessly(batches, momentum):
    share = 1 - momentum ** len(batches)
    return tuple(a / share for a in _running(batches, momentum))


def _unbiased(z):
    return z.var(axis=1, keepdims=True, ddof=1)


def _unbiased_later(batches, momentum):
    first, *later = batches
    variances = [_variance(first), *map(_unbiased, later)]
    now = variances[0]
    for new in variances[1:]:
        now = _join(now, new, momentum)
    return _running(batches, momentum)[0], now


def _unbiased_at_first(batches, momentum):
    first, *later = batches
    now = _unbiased(first)
    for z in later:
        now = _join(now, _variance(z), momentum)
    return _running(batches, momentum)[0], now


def _unbiased_at_last(batches, momentum, *, which=-1):
    mean, variance = _running(batches, momentum)
    m = batches[which].shape[1]
    return mean, variance * m / (m - 1)


def _one_alone(which, of):
    """Return wrong code in which only one of the two results follows the mini-batches."""

    def wrong(batches, momentum):
        both = list(_running(batches, momentum))
        both[which] = (_mean, _variance)[which](of(batches))
        return tuple(both)

    return wrong


def _needs_two(batches, momentum):
    both = [_join(f(batches[0]), f(batches[1]), momentum) for f in (_mean, _variance)]
    for z in batches[2:]:
        both = [_join(a, f(z), momentum) for a, f in zip(both, (_mean, _variance), strict=True)]
    return tuple(both)


def _stacked(batches, momentum):
    return _running(list(np.stack(batches)), momentum)


def _twice(which):
    """Return wrong code that returns one of the two results twice."""
    return lambda batches, momentum: (_running(batches, momentum)[which],) * 2


def _lost_on_the_way(batches, momentum, start=None):
    """Add values of shape (units,) to a start of shape (units, 1)."""
    one = np.ones((len(batches[0]), 1))
    mean, variance = (0 * one, one) if start is None else start(batches[0])
    for z in batches if start is None else batches[1:]:
        mean = _join(mean, z.mean(axis=1), momentum)
        variance = _join(variance, z.var(axis=1), momentum)
    return mean, variance


def _pairs_on_the_way(batches, momentum):
    return [_running(batches[: t + 1], momentum) for t in range(len(batches))]


def _history(batches, momentum):
    ways = [_running(batches[: t + 1], momentum) for t in range(len(batches))]
    return [mean for mean, _ in ways], [variance for _, variance in ways]


_LOOK_MOMENTUM = "Look at momentum: how much of the old does it keep, how much of the new comes in?"
_LOOK_SHARES = "Let all mini-batches be the same: does your average stay where it is?"
_LOOK_START = "Try a single mini-batch: what should come out, and what does?"
_LOOK_SECOND = "Try two mini-batches: how much of the first should be left, and how much is?"
_LOOK_FOLLOW = "Look at which mini-batches your answer depends on."
_LOOK_VARIANCE = "Look at the variance of one mini-batch, and at how it is followed."
_LOOK_SHAPE = "Compare the shapes of your results with (units, 1)."


_RUNNING_MISTAKES = (
    Mistake(
        "momentum-the-wrong-way-round",
        "Momentum says how much of the old is kept. Yours keeps 0.1 of it where momentum is 0.9, "
        "and so it shakes almost as much as the mini-batches.",
        partial(_running, join=lambda old, new, k: (1 - k) * old + k * new),
        look=_LOOK_MOMENTUM,
    ),
    *(
        Mistake(
            "own-momentum",
            "Your average keeps the same part of the old whatever momentum is. Take the one that "
            "is passed.",
            partial(_running, join=lambda old, new, k, own=own: own * old + (1 - own) * new),
            look=_LOOK_MOMENTUM,
        )
        for own in (0.9, 0.5, 0.99, 0.1, 0.999)
    ),
    *(
        Mistake(
            "shares-not-1",
            "Your two weights do not add up to 1: with the same mini-batch again and again the "
            "average should stay, but yours grows.",
            partial(_running, join=join),
            look=_LOOK_SHARES,
        )
        for join in (
            lambda old, new, k: k * old + new,
            lambda old, new, k: old + (1 - k) * new,
            lambda old, new, k: old + new,
            lambda old, new, k: old + k * new,
        )
    ),
    Mistake(
        "brackets",
        "Python multiplies before it subtracts: 1 - momentum * new means 1 − (momentum · new). "
        "Mind the brackets around 1 − momentum.",
        partial(_running, join=lambda old, new, k: k * old + 1 - k * new),
        look=_LOOK_SHARES,
    ),
    *(
        Mistake(
            "starts-from-zero",
            "You start from 0 (or 0 and 1), and not from a mini-batch. What is known after the "
            "first one?",
            partial(_running, start=start),
            look=_LOOK_START,
        )
        for start in ((0, 0), (0, 1))
    ),
    Mistake(
        "bias-corrected",
        "This is the average that starts at zero, with its bias corrected. Begin with the first "
        "mini-batch instead: then nothing is biased and nothing is divided.",
        _bias_corrected,
        look=_LOOK_SECOND,
    ),
    Mistake(
        "bias-corrected",
        "You begin with the first mini-batch and then correct the bias of a start at zero. Which "
        "bias is there to correct?",
        _corrected_needlessly,
        look=_LOOK_START,
    ),
    Mistake(
        "correction-fed-back",
        "The average that has been corrected is averaged again, so each correction enters the "
        "next. Begin with the first mini-batch instead: then there is nothing to correct.",
        _correction_fed_back,
        look=_LOOK_SECOND,
    ),
    Mistake(
        "variance-of-means",
        "That is how far the mini-batches' means lie apart. The variance is about how far the "
        "examples do: average the variances.",
        _variance_of_means,
        _variance_of_means_on_the_way,
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "around-the-running-mean",
        "You take each mini-batch's variance around the running mean. In training it was taken "
        "around the mini-batch's own.",
        _around_the_running_mean,
        _around_the_last_running_mean,
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "of-squares",
        "Your variance is the running mean of z² less the square of the running mean: in it the "
        "distance between the mini-batches' means counts, too.",
        _of_squares,
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "as-pytorch-does-it",
        "That is PyTorch's way: it starts from 0 and 1, its momentum says how much of the new "
        "comes in, and its variances divide by m − 1. All three are different here.",
        partial(_running, start=(0, 1), variance=_unbiased, join=_turned_round),
        look="Compare your start, your momentum and your variance with what the text asks for.",
    ),
    Mistake(
        "unbiased",
        "Your variances divide by m − 1, as PyTorch's running ones do. Here the variance divides "
        "by m, as in training.",
        partial(_running, variance=_unbiased),
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "unbiased",
        "All your variances but the first divide by m − 1. Here every variance divides by m, as in "
        "training.",
        _unbiased_later,
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "unbiased",
        "Your first variance divides by m − 1. Here every variance divides by m, as in training.",
        _unbiased_at_first,
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "unbiased",
        "You multiply the averaged variance by m / (m − 1), as the paper does. Here it stays as it "
        "is: every variance divides by m, as in training.",
        _unbiased_at_last,
        partial(_unbiased_at_last, which=0),
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "standard-deviation",
        "You take standard deviations. Average the variances: the root comes later, with ε in it.",
        partial(_running, variance=lambda z: z.std(axis=1, keepdims=True)),
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "standard-deviation",
        "You took a root. Average the variances: the root comes later, with ε in it.",
        lambda batches, k: (_running(batches, k)[0], np.sqrt(_running(batches, k)[1])),
        lambda batches, k: (
            _running(batches, k)[0],
            _running(batches, k, variance=lambda z: z.std(axis=1, keepdims=True))[1] ** 2,
        ),
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "mean-of-squares",
        "You take the mean of z² for the variance. Around what should the squares be taken?",
        partial(_running, variance=lambda z: _mean(z**2)),
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "sum-of-squares",
        "Your variance is a sum of squares. What makes it a mean?",
        partial(_running, variance=lambda z: _variance(z) * z.shape[1]),
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "sum",
        "Your mean is a sum. What makes it a mean?",
        partial(_running, mean=lambda z: z.sum(axis=1, keepdims=True)),
        look="Look at the mean of one mini-batch.",
    ),
    Mistake(
        "divided-by-units",
        "You divide by the number of units: that is what len(z) is. How many examples are there?",
        _divided_by_units,
        look="Look at what you divide a sum by.",
    ),
    Mistake(
        "divided-by-units",
        "Your variance divides by the number of units, len(z). How many examples are there?",
        partial(_running, variance=lambda z: _variance(z) * z.shape[1] / len(z)),
        look="Look at what you divide a sum by.",
    ),
    Mistake(
        "divided-by-units",
        "Your mean divides by the number of units, len(z). How many examples are there?",
        partial(_running, mean=lambda z: z.sum(axis=1, keepdims=True) / len(z)),
        look="Look at what you divide a sum by.",
    ),
    Mistake(
        "plain-mean",
        "Every mini-batch counts the same. Where is momentum? Old ones, made with older weights, "
        "should fade.",
        _plain_mean,
        look=_LOOK_MOMENTUM,
    ),
    Mistake(
        "all-together",
        "You take all examples together. Where is momentum? Each mini-batch has its own "
        "statistics, and old ones should fade.",
        _all_together,
        look=_LOOK_MOMENTUM,
    ),
    Mistake(
        "all-together",
        "Your variance is that of all examples together. Where is momentum? Each mini-batch has "
        "its own variance, and old ones should fade.",
        _variance_of_all_together,
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "weighted-by-size",
        "In yours a mini-batch counts for more if it holds more examples. Momentum alone should "
        "say how much of the old is kept.",
        _weighted_by_size,
        _weighted_by_size_alone,
        look=_LOOK_MOMENTUM,
    ),
    Mistake(
        "first-size",
        "You divide every mini-batch by the m of the first. The sizes may differ.",
        _by_the_first_size,
        look="Try two mini-batches of different sizes.",
    ),
    Mistake(
        "only-the-last",
        "Nothing is kept of the earlier mini-batches.",
        partial(_running, join=lambda old, new, k: new),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "only-the-first",
        "Your averages stay as they start: no later mini-batch comes in.",
        partial(_running, join=lambda old, new, k: old),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "backwards",
        "You go through the mini-batches from the last to the first. Which ones should fade?",
        partial(_running, chosen=lambda batches: batches[::-1]),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "last-left-out",
        "The last mini-batch is left out.",
        partial(_running, chosen=lambda batches: batches[:-1] or batches),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "last-left-out",
        "The last mini-batch is left out, and of one alone nothing is left.",
        partial(_running, chosen=lambda batches: batches[:-1]),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "second-left-out",
        "The second mini-batch is left out.",
        partial(_running, chosen=lambda batches: [batches[0], *batches[2:]]),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "first-left-out",
        "The first mini-batch is left out.",
        partial(_running, chosen=lambda batches: batches[1:] or batches),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "only-the-last-two",
        "Only the last two mini-batches are in it. What is kept should be the average so far, in "
        "which all earlier ones are.",
        partial(_running, chosen=lambda batches: batches[-2:]),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "only-two",
        "Nothing comes in after the second mini-batch. Does your return stand inside the loop?",
        partial(_running, chosen=lambda batches: batches[:2]),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "variance-untouched",
        "Your variance is the same number whatever the mini-batches are.",
        lambda batches, k: (_running(batches, k)[0], 0 * _running(batches, k)[0]),
        lambda batches, k: (_running(batches, k)[0], 1 + 0 * _running(batches, k)[0]),
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "first-and-last",
        "Only the first and the last mini-batch are in it.",
        partial(_running, chosen=lambda batches: [batches[0], batches[-1]]),
        look=_LOOK_FOLLOW,
    ),
    Mistake(
        "only-the-mean",
        "Your variance does not follow the mini-batches: it is that of one of them.",
        _one_alone(1, lambda b: b[-1]),
        _one_alone(1, lambda b: b[0]),
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "only-the-variance",
        "Your mean does not follow the mini-batches: it is that of one of them.",
        _one_alone(0, lambda b: b[-1]),
        _one_alone(0, lambda b: b[0]),
        look="Look at how the mean is followed.",
    ),
    Mistake(
        "mean-in-the-variance",
        "There is a mean in your variance: was a name left as it was when the line above was "
        "copied?",
        partial(_mixed, old=0),
        partial(_mixed, new=0),
        look=_LOOK_VARIANCE,
    ),
    Mistake(
        "mean-twice",
        "You return the mean twice.",
        _twice(0),
        look="Look at your return: what are its two results?",
    ),
    Mistake(
        "variance-twice",
        "You return the variance twice.",
        _twice(1),
        look="Look at your return: what are its two results?",
    ),
    Mistake(
        "swapped",
        "The two come in the wrong order: the mean comes first.",
        partial(_running, order=lambda mean, variance: (variance, mean)),
        look="Look at the order in which you return the two.",
    ),
    Mistake(
        "over-units",
        "The statistics are taken over the units. Columns are examples: which axis runs over the "
        "examples of one unit?",
        partial(_running, mean=lambda z: z.mean(axis=0), variance=lambda z: z.var(axis=0)),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "over-units",
        "The statistics are taken over the units. Columns are examples: which axis runs over the "
        "examples of one unit?",
        partial(
            _running,
            mean=lambda z: z.mean(axis=0, keepdims=True),
            variance=lambda z: z.var(axis=0, keepdims=True),
        ),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "one-number-for-all",
        "A single number serves all units. Each has its own.",
        partial(
            _running,
            mean=lambda z: z.mean() + 0 * _mean(z),
            variance=lambda z: z.var() + 0 * _mean(z),
        ),
        look=_LOOK_SHAPE,
    ),
    *(
        Mistake(
            "one-number-for-all",
            "A single number serves all units. Each has its own.",
            partial(
                _running,
                mean=lambda z: z.mean() + 0 * _mean(z),
                variance=lambda z, axis=axis: z.var(axis=axis).mean() + 0 * _mean(z),
            ),
            look=_LOOK_SHAPE,
        )
        for axis in (0, 1)
    ),
    Mistake(
        "one-number-for-all",
        "A single number serves all units. Each has its own.",
        partial(_running, mean=lambda z: np.array(z.mean()), variance=lambda z: np.array(z.var())),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "missing-keepdims",
        "The shape is (units,), and should be (units, 1): look up what keepdims does.",
        partial(_running, mean=lambda z: z.mean(axis=1), variance=lambda z: z.var(axis=1)),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "missing-keepdims",
        "Means and variances of shape (units,) are added to some of shape (units, 1), and NumPy "
        "makes (units, units) of them: look up what keepdims does.",
        _lost_on_the_way,
        partial(_lost_on_the_way, start=lambda z: (_mean(z), _variance(z))),
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "every-average",
        "You return the averages after every mini-batch. Return only those after the last.",
        _history,
        _pairs_on_the_way,
        look=_LOOK_SHAPE,
    ),
    Mistake(
        "needs-two",
        "You take the second mini-batch before you have asked whether there is one.",
        _needs_two,
        look="Try a list of one mini-batch.",
    ),
    Mistake(
        "equal-sizes",
        "You put the mini-batches into one array, which works only if all have the same m.",
        _stacked,
        look="Try two mini-batches of different sizes.",
    ),
)


running_statistics = Exercise(
    "``running_statistics(batches, momentum)``: running mean and variance, (units, 1)",
    right=_running,
    cases=_RUNNING_CASES,
    mistakes=_RUNNING_MISTAKES,
    draw=_draw_running,
    stub=Stub(_running_stub, "Begin with the mean and the variance of the first mini-batch."),
    names=("mean", "variance"),
)


_Z, _GAMMA, _BETA = _BATCHES[0], np.array([[2.0], [0.5]]), np.array([[1.0], [-3.0]])
_KEPT = np.array([[2.0], [-1.0]]), np.array([[4.0], [0.25]])
_THREE_Z = np.array([[0.5, 3.0, -2.0], [1.0, 1.5, 4.0], [-6.0, 2.0, 0.25]])
_THREE = tuple(
    np.array(column)[:, None]
    for column in ([1.5, -2.0, 0.5], [0.5, 1.0, -1.0], [0.25, 2.0, -1.0], [2.0, 9.0, 0.0])
)
_INFERENCE_CASES = (
    Case((_Z, _GAMMA, _BETA, *_KEPT, 1e-5), says="two units, four examples"),
    Case((_THREE_Z, *_THREE, 0.01), says="three units, three examples, a running variance of 0"),
    Case((10 * _Z[:, ::-1], _GAMMA[::-1], _BETA, *_KEPT, 0.1), says="z far from the running mean"),
    Case((_Z[:, :1], _GAMMA, _BETA, *_KEPT, 0.5), says="one example, a large epsilon"),
)


def _draw_inference(rng):
    units, m = rng.integers(2, 5), rng.integers(1, 6)
    z = rng.choice(np.arange(-90, 91) / 10, (units, m), replace=False)
    gamma, beta, mean = (rng.choice([-2.0, -1.5, 0.25, 0.5, 3.0], (units, 1)) for _ in range(3))
    variance = rng.uniform(0.2, 5, (units, 1)).round(2)
    epsilon = float(rng.choice([1e-5, 0.01, 0.3]))
    return Case((z, gamma, beta, mean, variance, epsilon), says="numbers drawn just now")


def _inference_stub(z, gamma, beta, mean, variance, epsilon):
    z_tilde = np.zeros_like(z)
    return z_tilde


def _inference(
    z,
    gamma,
    beta,
    mean,
    variance,
    epsilon,
    *,
    use=lambda z, mean, variance: (mean, variance),
    centre=np.subtract,
    root=lambda variance, epsilon: np.sqrt(variance + epsilon),
    finish=lambda z_norm, gamma, beta: gamma * z_norm + beta,
):
    """Normalise in exchangeable parts: the right ones by default."""
    mean, variance = use(z, mean, variance)
    return finish(centre(z, mean) / root(variance, epsilon), gamma, beta)


def _mixed(z, mean, variance, keep):
    return _join(mean, _mean(z), keep), _join(variance, _variance(z), keep)


def _times_m(z, mean, variance):
    m = max(z.shape[1], 2)
    return mean, variance * m / (m - 1)


_ALONE = "Try one example alone, and then among others: is its z̃ the same?"
_LOOK_ROOT = "Look at what you divide by: which power of the variance, and where is epsilon?"
_LOOK_FINISH = "Look at your last line, from z_norm to z̃."
_LOOK_CENTRE = "Look at what you divide: is it z − mean?"
_EPSILON = "You do not use the epsilon that is passed. It must be the same as in training."
_INFERENCE_MISTAKES = (
    Mistake(
        "batch-statistics",
        "You took mean and variance of the examples at hand. One alone is its own mean, with "
        "variance 0. Take those that are passed.",
        partial(_inference, use=lambda z, mean, variance: (_mean(z), _variance(z))),
        look=_ALONE,
    ),
    Mistake(
        "batch-mean",
        "The mean is that of the examples at hand. Take the one that is passed.",
        partial(_inference, use=lambda z, mean, variance: (_mean(z), variance)),
        look=_ALONE,
    ),
    Mistake(
        "batch-variance",
        "The variance is that of the examples at hand: 0 for one alone. Take the one that is "
        "passed.",
        partial(_inference, use=lambda z, mean, variance: (mean, _variance(z))),
        look=_ALONE,
    ),
    Mistake(
        "batch-if-many",
        "With one example you take the statistics that are passed, with several those of the "
        "examples at hand. The same example then gets another answer among others.",
        partial(
            _inference,
            use=lambda z, mean, variance: (
                (mean, variance) if z.shape[1] == 1 else (_mean(z), _variance(z))
            ),
        ),
        look=_ALONE,
    ),
    Mistake(
        "alone-is-beta",
        "One example alone gets β from you, whatever its z. Its answer should be the same alone "
        "and in a batch.",
        lambda z, g, b, m, v, e: b if z.shape[1] == 1 else _inference(z, g, b, m, v, e),
        look=_ALONE,
    ),
    Mistake(
        "over-units",
        "You took mean and variance of one example over its units. That is layer norm; here each "
        "unit has its own, and they are passed.",
        partial(_inference, use=lambda z, mean, variance: (z.mean(axis=0), z.var(axis=0))),
        look="Change z of one unit alone: does the z̃ of another unit follow?",
    ),
    *(
        Mistake(
            "updated-at-test-time",
            "You let the test examples into the running statistics. They are only used here, never "
            "changed.",
            partial(_inference, use=partial(_mixed, keep=k)),
            look=_ALONE,
        )
        for k in (0.9, 0.99, 0.1, 0.5, 0.999)
    ),
    Mistake(
        "unbiased",
        "You correct the variance by m / (m − 1). It is used as it is passed.",
        partial(_inference, use=_times_m),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "unbiased",
        "You correct the variance as if it came from 64 examples. It is used as it is passed.",
        partial(_inference, use=lambda z, mean, variance: (mean, variance * 64 / 63)),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "statistics-swapped",
        "Mean and variance have changed places.",
        partial(_inference, use=lambda z, mean, variance: (variance, mean)),
        look="Look at where the mean goes, and where the variance.",
    ),
    Mistake(
        "statistics-swapped",
        "Mean and variance have changed places.",
        partial(_inference, use=lambda z, mean, variance: (variance, np.abs(mean))),
        look="Look at where the mean goes, and where the variance.",
    ),
    Mistake(
        "one-for-all",
        "All units get the same mean and variance. Each has its own.",
        partial(_inference, use=lambda z, mean, variance: (mean.mean(), variance.mean())),
        look="Look at the statistics: how many means are passed, how many do you use?",
    ),
    Mistake(
        "one-for-all",
        "All units get the same mean and variance. Each has its own.",
        partial(_inference, use=lambda z, mean, variance: (mean[0], variance[0])),
        look="Look at the statistics: how many means are passed, how many do you use?",
    ),
    Mistake(
        "lost-axis",
        "The mean and the variance have lost their second axis, so that NumPy lines them up with "
        "the examples. They belong to the units.",
        partial(_inference, use=lambda z, mean, variance: (mean.ravel(), variance.ravel())),
        look="Print the shape of the mean and the variance where you use them.",
    ),
    Mistake(
        "divides-by-variance",
        "You divide by the variance. Which power of it gives the spread?",
        partial(_inference, root=lambda v, e: v + e),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "divides-by-variance",
        "You divide by the variance, without epsilon. Which power of it gives the spread?",
        partial(_inference, root=lambda v, e: v),
        look=_LOOK_ROOT,
    ),
    *made_in(_inference, MULTIPLIED, look=_LOOK_ROOT),
    Mistake(
        "epsilon-not-divided",
        "Epsilon is added after the division: division comes before addition. Mind the brackets: "
        "where did epsilon stand in training?",
        lambda z, g, b, m, v, e: g * ((z - m) / np.sqrt(v) + e) + b,
        lambda z, g, b, m, v, e: g * (z - m) / np.sqrt(v) + e + b,
        look=_LOOK_ROOT,
    ),
    Mistake(
        "beta-divided",
        "β is divided by the root as well. It is added to what has been divided already.",
        lambda z, g, b, m, v, e: (g * (z - m) + b) / np.sqrt(v + e),
        look=_LOOK_FINISH,
    ),
    Mistake(
        "z-for-z-norm",
        "Your z̃ is γ z + β: neither mean nor variance is in it. What should γ multiply?",
        lambda z, g, b, m, v, e: g * z + b,
        look=_LOOK_FINISH,
    ),
    Mistake(
        "not-divided",
        "The division by the root is missing.",
        partial(_inference, root=lambda v, e: 1.0),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "brackets-of-the-power",
        "A power is taken before a division, so that ** 1/2 is the first power, halved, and no "
        "root. Mind the brackets around the exponent.",
        *(
            partial(_inference, root=root)
            for root in (
                lambda v, e: (v + e) / 2,
                lambda v, e: 2 * (v + e),
                lambda v, e: v / 2 + e,
            )
        ),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "std-under-root",
        "Under your root stands σ, not σ²: what is passed is a variance, and one root is enough.",
        partial(_inference, root=lambda v, e: np.sqrt(np.sqrt(v) + e)),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "std-under-root",
        "Your root is taken twice. One is enough.",
        partial(_inference, root=lambda v, e: np.sqrt(np.sqrt(v + e))),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "variance-squared",
        "You square the variance, as if it were σ.",
        partial(_inference, root=lambda v, e: np.sqrt(v**2 + e)),
        look=_LOOK_ROOT,
    ),
    *(
        Mistake(
            "no-epsilon",
            _EPSILON,
            partial(_inference, root=lambda v, e, own=own: np.sqrt(v + own)),
            look=_LOOK_ROOT,
        )
        for own in (0.0, 1e-5, 1e-3, 1e-8, 1e-2, 1e-6)
    ),
    Mistake(
        "epsilon-outside-root",
        "Epsilon stands outside the root. In training it stood inside.",
        partial(_inference, root=lambda v, e: np.sqrt(v) + e),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "roots-added",
        "You take the root of the variance and of epsilon, and then add them. What is added first "
        "in the formula?",
        partial(_inference, root=lambda v, e: np.sqrt(v) + np.sqrt(e)),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "epsilon-as-a-floor",
        "You take a maximum, so that epsilon matters only where the variance is tiny. In training "
        "it is added to every variance.",
        partial(_inference, root=lambda v, e: np.sqrt(np.maximum(v, e))),
        partial(_inference, root=lambda v, e: np.maximum(np.sqrt(v), e)),
        partial(_inference, root=lambda v, e: np.maximum(np.sqrt(v), np.sqrt(e))),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "epsilon-squared",
        "Epsilon is squared under your root.",
        partial(_inference, root=lambda v, e: np.sqrt(v + e**2)),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "epsilon-subtracted",
        "Epsilon is subtracted. It is there to keep the root away from 0: which sign does that?",
        partial(_inference, root=lambda v, e: np.sqrt(v - e)),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "epsilon-subtracted",
        "Epsilon is subtracted. It is there to keep the root away from 0: which sign does that?",
        partial(_inference, root=lambda v, e: np.sqrt(np.abs(v - e))),
        look=_LOOK_ROOT,
    ),
    Mistake(
        "no-gamma-beta",
        "γ and β make no difference. They were learned for what comes after z_norm.",
        partial(_inference, finish=lambda z_norm, gamma, beta: z_norm),
        look=_LOOK_FINISH,
    ),
    Mistake(
        "no-beta",
        "β is missing.",
        partial(_inference, finish=lambda z_norm, gamma, beta: gamma * z_norm),
        look=_LOOK_FINISH,
    ),
    Mistake(
        "no-gamma",
        "γ is missing.",
        partial(_inference, finish=lambda z_norm, gamma, beta: z_norm + beta),
        look=_LOOK_FINISH,
    ),
    Mistake(
        "gamma-beta-swapped",
        "γ and β have changed places: which one multiplies?",
        partial(_inference, finish=lambda z_norm, gamma, beta: beta * z_norm + gamma),
        look=_LOOK_FINISH,
    ),
    Mistake(
        "brackets",
        "You multiply β by γ as well: γ scales z_norm alone.",
        partial(_inference, finish=lambda z_norm, gamma, beta: gamma * (z_norm + beta)),
        look=_LOOK_FINISH,
    ),
    Mistake(
        "activation-too",
        "Your z̃ below 0 are cut off. The activation comes after batch norm and is no part of it.",
        partial(
            _inference,
            finish=lambda z_norm, gamma, beta: np.maximum(gamma * z_norm + beta, 0),
        ),
        look=_LOOK_FINISH,
    ),
    Mistake(
        "beta-subtracted",
        "You subtract β.",
        partial(_inference, finish=lambda z_norm, gamma, beta: gamma * z_norm - beta),
        look=_LOOK_FINISH,
    ),
    Mistake(
        "divided-by-gamma",
        "You divide by γ. It multiplies z_norm.",
        partial(_inference, finish=lambda z_norm, gamma, beta: z_norm / gamma + beta),
        look=_LOOK_FINISH,
    ),
    *(
        Mistake(
            "cut",
            "Your z_norm is cut at a limit. Batch norm has none.",
            partial(
                _inference,
                finish=lambda z_norm, gamma, beta, k=k: gamma * np.clip(z_norm, -k, k) + beta,
            ),
            look="Look for numbers that are kept between two limits.",
        )
        for k in (1.0, 1.5, 2.0, 3.0, 5.0)
    ),
    Mistake(
        "not-centred",
        "The mean is not subtracted.",
        partial(_inference, centre=lambda z, mean: z),
        look=_LOOK_CENTRE,
    ),
    Mistake(
        "mean-added",
        "The mean is added. Which sign takes it away?",
        partial(_inference, centre=np.add),
        look=_LOOK_CENTRE,
    ),
    Mistake(
        "mean-minus-z",
        "You have mean − z for z − mean: the unit is turned over.",
        partial(_inference, centre=lambda z, mean: mean - z),
        look=_LOOK_CENTRE,
    ),
    Mistake(
        "product-with-mean",
        "You multiply z by the mean. Which operation takes the mean away?",
        partial(_inference, centre=np.multiply),
        look=_LOOK_CENTRE,
    ),
    Mistake(
        "only-the-mean-divided",
        "Only the mean is divided: division comes before subtraction. Mind the brackets around z − "
        "mean.",
        lambda z, g, b, m, v, e: g * (z - m / np.sqrt(v + e)) + b,
        lambda z, g, b, m, v, e: g * z - m / np.sqrt(v + e) + b,
        look="Look at the order in which Python subtracts and divides.",
    ),
    Mistake(
        "gamma-times-z",
        "γ multiplies z alone, before the mean is taken off. What does it multiply in the formula?",
        lambda z, g, b, m, v, e: (g * z - m) / np.sqrt(v + e) + b,
        look=_LOOK_CENTRE,
    ),
    Mistake(
        "undone",
        "You go back, from z̃ to z. The exercise asks for z̃.",
        lambda z, g, b, m, v, e: (z - b) / g * np.sqrt(v + e) + m,
        look="Look at the direction: which of z and z̃ is passed, which is asked for?",
    ),
    Mistake(
        "first-example",
        "Only the first example is normalised. There is one for each column.",
        lambda z, *rest: _inference(z[:, :1], *rest),
        look="Compare the shape of your answer with that of z.",
    ),
    Mistake(
        "squeezed",
        "Where there is one example its column has lost an axis: the shape should be (units, 1).",
        lambda z, *rest: np.squeeze(_inference(z, *rest)),
        look="Compare the shape of your answer with that of z, for one example alone.",
    ),
)


inference = Exercise(
    "``inference(z, gamma, beta, mean, variance, epsilon)``: z_tilde, shape (units, m)",
    right=_inference,
    cases=_INFERENCE_CASES,
    mistakes=_INFERENCE_MISTAKES,
    draw=_draw_inference,
    stub=Stub(_inference_stub, "Begin with z − mean."),
)


@noted
@one_wait()
def mode_mistakes(named, ways, network, X):
    """Check which of several ways to evaluate a network a reader calls mistaken.

    Parameters
    ----------
    named : sequence of str
        The reader's answer: names among `ways`.
    ways : dict of str to callable
        ``way(network, X) -> probabilities``, each to be tried.
    network : Network
        A trained network with batch norm; left as it is.
    X : ndarray, shape (n_x, m)
        Examples to try the ways on.

    Returns
    -------
    Verdict
    """
    names, unfit = _names(named, ways)
    if unfit := unfit or _parted(network):
        return unfit
    faults = {name: _fault(way, network, X) for name, way in ways.items()}
    for name, fault in faults.items():
        if fault and fault not in _MISSED:
            return Verdict(False, "way-fails", f"Way {name} does not give an answer: {fault}.")
    for name in names:
        if faults[name] is None:
            return Verdict(
                False,
                "accused",
                f"{name} gives each example the same answer alone and in a batch, and leaves the "
                f"network as it was.",
            )
    for name, fault in faults.items():
        if fault and name not in names:
            return Verdict(False, f"missed-{fault}", _MISSED[fault])
    return Verdict(True, None, f"{' and '.join(sorted(set(names)))}, and no other.")


def _names(named, ways):
    """Return the names as a list, or a verdict if they are none."""
    if isinstance(named, dict):
        named = [name for name, is_mistaken in named.items() if is_mistaken]
    try:
        names = list(islice(named, len(ways) + 1))
    except Exception:
        return [], _no_list(named)
    if isinstance(named, str) and not set(names) <= set(ways):
        return [], _no_list(named)
    if not names:
        return [], Verdict(False, "still-the-stub", _NONE_NAMED)
    for name in names:
        if not isinstance(name, str):
            hint = (
                f"Let the list hold names in quotation marks and nothing else: in yours one is of "
                f"type {type(name).__name__}."
            )
            return [], Verdict(False, "no-such-way", hint)
        if name not in ways:
            hint = f"There is no {str(name)!r}. There are {', '.join(ways)}."
            return [], Verdict(False, "no-such-way", hint)
    return [str(name) for name in names], None


_NONE_NAMED = (
    "Nothing is named yet. Try each way on one example alone, then on ten, and put a copy of "
    "network.statistics back each time."
)


def _no_list(named):
    passed = "None" if named is None else f"something of type {type(named).__name__}"
    hint = f"Put the names of the mistaken ways into a list: you passed {passed}."
    return Verdict(False, "not-a-list", hint)


def _parted(network):
    """Return a verdict if `network.statistics` is an array that no layer sees."""
    seen = (array for layer in network.layers for array in layer.statistics.values())
    if any(np.shares_memory(network.statistics, array) for array in seen):
        return None
    hint = (
        "The layers no longer see network.statistics: another array was put in its place. Run "
        "again the cell in which network is trained, and put a copy back with "
        "network.statistics[:] = …"
    )
    return Verdict(False, "statistics-parted", hint)


_MISSED = {
    "company": "One of those that you did not name gives an example an answer that depends on the "
    "others in its batch. Try one example alone, then in a batch.",
    "changed": "One of those that you did not name leaves the network changed. Compare "
    "network.statistics before and after.",
}


def _fault(way, network, X):
    """Return what is wrong with a way to evaluate; None if nothing is."""
    kept = network.statistics.copy()
    together = call(way, network, X.copy())
    changed = not np.array_equal(network.statistics, kept)
    network.statistics[:] = kept
    alone = call(way, network, X[:, :1].copy())
    network.statistics[:] = kept
    if error := together.error or alone.error:
        return f"it raised {type(error).__name__}"
    if changed:
        return "changed"
    return None if _same_answer(together.value, alone.value) else "company"


def _same_answer(together, alone):
    try:
        return np.allclose(np.asarray(together, float)[:, 0], np.asarray(alone, float)[:, 0])
    except (TypeError, ValueError, IndexError):  # no numbers, or none for each example
        return False


def goal_calm_and_quick(*, momentum, size, **_):
    """Judge the challenge: shakes by less than 0.1, and 90 % of a jump within 15 mini-batches."""
    shakes = 2 / np.sqrt(round(size)) * np.sqrt((1 - momentum) / (1 + momentum))
    late = int(np.ceil(np.log(0.1) / np.log(momentum) - 1e-9)) if momentum > 0 else 1
    if shakes < 0.1 and late <= 15:
        arrives = f"is 90 % there after {many(late, 'mini-batch')}"
        return Verdict(True, None, f"It shakes by {shakes:.3f} and {arrives}.")
    hint = (
        f"find an average that shakes by less than 0.1 and is 90 % there within 15 mini-batches. "
        f"Yours shakes by {against(shakes, 0.1, '.3f')} and takes {many(late, 'mini-batch')}."
    )
    return Verdict(False, "shakes" if shakes >= 0.1 else "late", hint)
