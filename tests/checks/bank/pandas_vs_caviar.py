"""Answers to the exercises of notebook 10."""

import heapq
import math

import numpy as np

from course_utils import halving
from tests.checks.bank import right, right_ones, wrong, wrong_ones

# pandas_vs_caviar.rungs


@right("pandas_vs_caviar.rungs")
def rungs_loop(n, r, R, eta):
    found = [(n, r)]
    while n // eta >= 1 and r * eta <= R:
        n, r = n // eta, r * eta
        found.append((n, r))
    return found


@right("pandas_vs_caviar.rungs")
def rungs_recursive(n, r, R, eta):
    return [] if n < 1 or r > R else [(n, r), *rungs_recursive(n // eta, r * eta, R, eta)]


@right("pandas_vs_caviar.rungs")
def rungs_by_powers(n, r, R, eta):
    found, k = [], 0
    while n // eta**k > 0 and r * eta**k <= R:
        found.append((n // eta**k, r * eta**k))
        k += 1
    return found


@right("pandas_vs_caviar.rungs")
def rungs_filtered(n, r, R, eta):
    powers = [eta**k for k in range(40)]
    return [(n // p, r * p) for p in powers if n // p and r * p <= R]


@right("pandas_vs_caviar.rungs")
def rungs_break(n, r, R, eta):
    found = [(n, r)]
    while True:
        n = math.floor(n / eta)
        r *= eta
        if n == 0 or r > R:
            break
        found.append((n, r))
    return found


@right("pandas_vs_caviar.rungs")
def rungs_as_lists(n, r, R, eta):
    found = []
    while n and r <= R:
        found += [[n, r]]
        n, r = int(n / eta), r * eta
    return found


@right("pandas_vs_caviar.rungs")
def rungs_generated(n, r, R, eta):
    def all_of_them(n, r):
        while min(n, R // r) >= 1:
            yield n, r
            n, r = divmod(n, eta)[0], r * eta

    return list(all_of_them(n, r))


@wrong("pandas_vs_caviar.rungs", "ends before R itself", named="last-rung-missing")
def rungs_before_R(n, r, R, eta):
    found = []
    while n >= 1 and r < R:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "rounded up", named="rounded-up")
def rungs_rounded_up(n, r, R, eta):
    found = []
    while r <= R:
        found.append((n, r))
        n, r = math.ceil(n / eta), r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "rounded to the nearest", named="rounded-to-nearest")
def rungs_rounded(n, r, R, eta):
    found = []
    while n >= 1 and r <= R:
        found.append((n, r))
        n, r = round(n / eta), r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "not rounded", named="part-of-a-model")
def rungs_not_rounded(n, r, R, eta):
    found = []
    while n >= 1 and r <= R:
        found.append((n, r))
        n, r = n / eta, r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "a last rung without models", named="no-models-left")
def rungs_no_models(n, r, R, eta):
    found = []
    while n >= 0 and r <= R:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "one model always goes on", named="one-always-goes-on")
def rungs_at_least_one(n, r, R, eta):
    found = []
    while r <= R:
        found.append((n, r))
        n, r = max(1, n // eta), r * eta
    return found


@wrong(
    "pandas_vs_caviar.rungs",
    "ends as soon as one model is left, though it could train on",
    named="last-model-missing",
)
def rungs_stop_at_one(n, r, R, eta):
    found = [(n, r)]
    while n // eta > 1 and r * eta <= R:
        n, r = n // eta, r * eta
        found.append((n, r))
    return found


@wrong("pandas_vs_caviar.rungs", "the first rung is missing", named="first-rung-missing")
def rungs_first_missing(n, r, R, eta):
    found = []
    while n // eta >= 1 and r * eta <= R:
        n, r = n // eta, r * eta
        found.append((n, r))
    return found


@wrong("pandas_vs_caviar.rungs", "looks at R too late: one rung beyond", named="one-rung-too-many")
def rungs_one_beyond(n, r, R, eta):
    found = [(n, r)]
    while n >= eta and r <= R:
        n, r = n // eta, r * eta
        found.append((n, r))
    return found


@wrong(
    "pandas_vs_caviar.rungs",
    "the number of rungs by a floating logarithm: one too few where log(243, 3) is 4.999…",
    named="rounded-logarithm",
)
def rungs_by_logarithm(n, r, R, eta):
    count = min(int(math.log(R / r, eta)), int(math.log(n, eta))) + 1
    return [(n // eta**k, r * eta**k) for k in range(count)]


@wrong("pandas_vs_caviar.rungs", "the number of models is not looked at", named="no-models-left")
def rungs_ignores_models(n, r, R, eta):
    found = []
    while r <= R:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "R is not looked at", named="more-than-largest")
def rungs_ignores_R(n, r, R, eta):
    found = []
    while n >= 1:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "epochs and models exchanged", named="epochs-first")
def rungs_exchanged(n, r, R, eta):
    return [(epochs, models) for models, epochs in rungs_recursive(n, r, R, eta)]


@wrong("pandas_vs_caviar.rungs", "eta is taken to be 3", named="eta-always-3")
def rungs_eta_three(n, r, R, eta):
    return rungs_recursive(n, r, R, 3)


@wrong("pandas_vs_caviar.rungs", "one in eta is dropped")
def rungs_drop_one_in_eta(n, r, R, eta):
    found = []
    while n >= 1 and r <= R:
        found.append((n, r))
        n, r = n - math.ceil(n / eta), r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "epochs grow by eta, not times eta", named="eta-added")
def rungs_epochs_added(n, r, R, eta):
    found = []
    while n >= 1 and r <= R:
        found.append((n, r))
        n, r = n // eta, r + eta
    return found


@wrong("pandas_vs_caviar.rungs", "epochs stay", named="epochs-stay")
def rungs_epochs_stay(n, r, R, eta):
    found = []
    while n >= 1:
        found.append((n, r))
        n = n // eta
    return found


@wrong("pandas_vs_caviar.rungs", "the models stay", named="models-stay")
def rungs_models_stay(n, r, R, eta):
    found = []
    while r <= R:
        found.append((n, r))
        r *= eta
    return found


@wrong("pandas_vs_caviar.rungs", "epochs on top of those already paid", named="epochs-on-top")
def rungs_on_top(n, r, R, eta):
    pairs = rungs_recursive(n, r, R, eta)
    return [(m, e - (pairs[k - 1][1] if k else 0)) for k, (m, e) in enumerate(pairs)]


@wrong("pandas_vs_caviar.rungs", "a last rung cut down to R", named="cut-to-largest")
def rungs_cut_to_R(n, r, R, eta):
    found = rungs_recursive(n, r, R, eta)
    models, epochs = found[-1]
    if models // eta and epochs < R:
        found.append((models // eta, R))
    return found


@wrong("pandas_vs_caviar.rungs", "the epochs of all models of a rung", named="epochs-of-all")
def rungs_total_epochs(n, r, R, eta):
    return [(m, m * e) for m, e in rungs_recursive(n, r, R, eta)]


@wrong("pandas_vs_caviar.rungs", "only the models", named="only-the-models")
def rungs_models_only(n, r, R, eta):
    return [m for m, _ in rungs_recursive(n, r, R, eta)]


@wrong("pandas_vs_caviar.rungs", "two lists instead of pairs", named="two-lists")
def rungs_two_lists(n, r, R, eta):
    return [list(one) for one in zip(*rungs_recursive(n, r, R, eta), strict=True)]


@wrong("pandas_vs_caviar.rungs", "last rung first", named="last-first")
def rungs_backwards(n, r, R, eta):
    return rungs_recursive(n, r, R, eta)[::-1]


@wrong("pandas_vs_caviar.rungs", "compares the models with R", named="models-against-largest")
def rungs_compares_models(n, r, R, eta):
    found = []
    while 1 <= n <= R:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


@wrong(
    "pandas_vs_caviar.rungs", "powers of eta from the first n, rounded", named="rounded-to-nearest"
)
def rungs_rounded_powers(n, r, R, eta):
    return [
        (round(n / eta**k), r * eta**k)
        for k in range(12)
        if round(n / eta**k) >= 1 and r * eta**k <= R
    ]


@wrong("pandas_vs_caviar.rungs", "the same pair again and again: found holds one list")
def rungs_same_list(n, r, R, eta):
    pair, found = [n, r], []
    while pair[0] >= 1 and pair[1] <= R:
        found.append(pair)
        pair[0], pair[1] = pair[0] // eta, pair[1] * eta
    return found


@wrong("pandas_vs_caviar.rungs", "five rungs, as in the lecture's example", named="five-rungs")
def rungs_five(n, r, R, eta):
    return [(n // eta**k, r * eta**k) for k in range(5)]


@wrong(
    "pandas_vs_caviar.rungs", "begins with 1 epoch, whatever r is", named="begins-with-one-epoch"
)
def rungs_from_one(n, r, R, eta):
    return rungs_recursive(n, 1, R, eta)


@wrong(
    "pandas_vs_caviar.rungs",
    "or for and: goes on while one of the two holds",
    named="until-both-end",
)
def rungs_or(n, r, R, eta):
    found = []
    while n >= 1 or r <= R:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "prints the pairs", named="returns-none")
def rungs_prints(n, r, R, eta):
    while n >= 1 and r <= R:
        print((n, r))
        n, r = n // eta, r * eta


@wrong("pandas_vs_caviar.rungs", "never ends: n and r are not changed", named="endless")
def rungs_endless(n, r, R, eta):
    while n >= 1 and r <= R:
        n // eta, r * eta


@wrong("pandas_vs_caviar.rungs", "rounded up, and R left out")
def rungs_two_mistakes(n, r, R, eta):
    found = []
    while r < R:
        found.append((n, r))
        n, r = math.ceil(n / eta), r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "exchanged, and the first rung missing")
def rungs_two_others(n, r, R, eta):
    return [(e, m) for m, e in rungs_recursive(n, r, R, eta)][1:]


@wrong("pandas_vs_caviar.rungs", "the last rung always gets R epochs", named="one-wrong")
def rungs_last_gets_R(n, r, R, eta):
    found = rungs_recursive(n, r, R, eta)
    return [*found[:-1], (found[-1][0], R)]


@wrong(
    "pandas_vs_caviar.rungs",
    "as many rungs as there are powers of eta in the models",
    named="more-than-largest",
)
def rungs_by_models_only(n, r, R, eta):
    count = 0
    while eta ** (count + 1) <= n:
        count += 1
    return [(n // eta**k, r * eta**k) for k in range(count + 1)]


@wrong(
    "pandas_vs_caviar.rungs",
    "as many rungs as there are powers of eta in the epochs",
    named="no-models-left",
)
def rungs_by_epochs_only(n, r, R, eta):
    count = 0
    while r * eta ** (count + 1) <= R:
        count += 1
    return [(n // eta**k, r * eta**k) for k in range(count + 1)]


@wrong("pandas_vs_caviar.rungs", "one model goes on where none would")
def rungs_one_left_at_last(n, r, R, eta):
    found = [(n, r)]
    while n > 1 and r * eta <= R:
        n, r = max(1, n // eta), r * eta
        found.append((n, r))
    return found


# pandas_vs_caviar.survivors


@right("pandas_vs_caviar.survivors")
def survivors_sorted(errors, eta):
    sound = [k for k in range(len(errors)) if not math.isnan(errors[k])]
    return sorted(sorted(sound, key=lambda k: errors[k])[: len(errors) // eta])


@right("pandas_vs_caviar.survivors")
def survivors_lexsort(errors, eta):
    errors = np.asarray(errors)
    order = np.lexsort((np.arange(len(errors)), errors))[: len(errors) // eta]
    return np.sort(order[~np.isnan(errors[order])])


@right("pandas_vs_caviar.survivors")
def survivors_heap(errors, eta):
    pairs = [(e, k) for k, e in enumerate(errors) if e == e]
    return np.array(sorted(k for _, k in heapq.nsmallest(len(errors) // eta, pairs)), dtype=int)


@right("pandas_vs_caviar.survivors")
def survivors_failed_last(errors, eta):
    failed = np.isnan(errors)
    first = np.lexsort((errors, failed))[: len(errors) // eta]
    return sorted(int(k) for k in first if not failed[k])


@right("pandas_vs_caviar.survivors")
def survivors_rank(errors, eta):
    errors = np.array(errors, dtype=float)
    numbers = np.arange(len(errors))
    earlier = numbers[:, None] < numbers
    better = (errors[:, None] < errors) | ((errors[:, None] == errors) & earlier)
    return np.flatnonzero((better.sum(axis=0) < len(errors) // eta) & ~np.isnan(errors))


@right("pandas_vs_caviar.survivors")
def survivors_one_by_one(errors, eta):
    left, chosen = dict(enumerate(errors)), []
    for _ in range(len(errors) // eta):
        sound = {k: e for k, e in left.items() if e == e}
        if sound:
            chosen.append(min(sound, key=sound.get))
            del left[chosen[-1]]
    return np.sort(np.array(chosen, dtype=int))


@right("pandas_vs_caviar.survivors")
def survivors_mask(errors, eta):
    goes_on = np.zeros(len(errors), dtype=bool)
    goes_on[np.argsort(errors, kind="stable")[: len(errors) // eta]] = True
    return np.flatnonzero(goes_on & ~np.isnan(errors))


@wrong("pandas_vs_caviar.survivors", "equals in any order", named="sorted-in-any-order")
def survivors_not_stable(errors, eta):
    first = np.argsort(errors)[: len(errors) // eta]
    return np.array(sorted(k for k in first if not math.isnan(errors[k])), dtype=int)


@wrong("pandas_vs_caviar.survivors", "the worst go on", named="keeps-the-worst")
def survivors_worst(errors, eta):
    return np.sort(np.argsort(-np.asarray(errors), kind="stable")[: len(errors) // eta])


@wrong("pandas_vs_caviar.survivors", "by error, not ascending", named="best-first")
def survivors_by_error(errors, eta):
    first = np.argsort(errors, kind="stable")[: len(errors) // eta]
    return first[~np.isnan(np.asarray(errors)[first])]


@wrong("pandas_vs_caviar.survivors", "NaN goes on where places stay free", named="failed-go-on")
def survivors_nan_too(errors, eta):
    return np.sort(np.argsort(errors, kind="stable")[: len(errors) // eta])


@wrong("pandas_vs_caviar.survivors", "rounded up", named="rounded-up")
def survivors_rounded_up(errors, eta):
    first = np.argsort(errors, kind="stable")[: math.ceil(len(errors) / eta)]
    return np.sort(first[~np.isnan(np.asarray(errors)[first])])


@wrong("pandas_vs_caviar.survivors", "rounded to the nearest", named="rounded-to-nearest")
def survivors_rounded(errors, eta):
    first = np.argsort(errors, kind="stable")[: round(len(errors) / eta)]
    return np.sort(first[~np.isnan(np.asarray(errors)[first])])


@wrong("pandas_vs_caviar.survivors", "one always goes on", named="one-at-least")
def survivors_at_least_one(errors, eta):
    first = np.argsort(errors, kind="stable")[: max(1, len(errors) // eta)]
    return np.sort(first[~np.isnan(np.asarray(errors)[first])])


@wrong(
    "pandas_vs_caviar.survivors",
    "a share of those that have not failed",
    named="failed-not-counted",
)
def survivors_share_of_sound(errors, eta):
    sound = np.flatnonzero(~np.isnan(errors))
    ranked = sound[np.argsort(np.asarray(errors)[sound], kind="stable")]
    return np.sort(ranked[: len(sound) // eta])


@wrong("pandas_vs_caviar.survivors", "of equals the later goes first", named="later-first")
def survivors_later_first(errors, eta):
    errors = np.asarray(errors)
    first = np.lexsort((-np.arange(len(errors)), errors))[: len(errors) // eta]
    return np.sort(first[~np.isnan(errors[first])])


@wrong(
    "pandas_vs_caviar.survivors", "all that equal the last one go on, too", named="ties-all-go-on"
)
def survivors_ties_all(errors, eta):
    errors = np.asarray(errors)
    if len(errors) < eta:
        return np.array([], dtype=int)
    return np.flatnonzero(errors <= np.sort(errors)[len(errors) // eta - 1])


@wrong(
    "pandas_vs_caviar.survivors",
    "smaller than the first that is dropped: ties fall out together",
    named="ties-all-dropped",
)
def survivors_ties_none(errors, eta):
    errors = np.asarray(errors)
    return np.flatnonzero(errors < np.sort(errors)[len(errors) // eta])


@wrong("pandas_vs_caviar.survivors", "below the quantile")
def survivors_quantile(errors, eta):
    return np.flatnonzero(np.asarray(errors) <= np.nanquantile(errors, 1 / eta))


@wrong("pandas_vs_caviar.survivors", "below the median, whatever eta is")
def survivors_median(errors, eta):
    return np.flatnonzero(np.asarray(errors) < np.nanmedian(errors))


@wrong("pandas_vs_caviar.survivors", "NaN counts as 0", named="failed-are-best")
def survivors_nan_is_zero(errors, eta):
    return np.sort(np.argsort(np.nan_to_num(errors), kind="stable")[: len(errors) // eta])


@wrong(
    "pandas_vs_caviar.survivors",
    "NaN counts as 1, and goes on where places stay free",
    named="failed-count-as-1",
)
def survivors_nan_is_one(errors, eta):
    filled = np.nan_to_num(errors, nan=1.0)
    return np.sort(np.argsort(filled, kind="stable")[: len(errors) // eta])


@wrong("pandas_vs_caviar.survivors", "Python's sort, which NaN upsets")
def survivors_python_sort(errors, eta):
    first = sorted(range(len(errors)), key=lambda k: errors[k])[: len(errors) // eta]
    return sorted(k for k in first if not math.isnan(errors[k]))


@wrong("pandas_vs_caviar.survivors", "eta of them, not one in eta", named="eta-models")
def survivors_eta_many(errors, eta):
    first = np.argsort(errors, kind="stable")[:eta]
    return np.sort(first[~np.isnan(np.asarray(errors)[first])])


@wrong("pandas_vs_caviar.survivors", "one in eta is dropped", named="drops-one-in-eta")
def survivors_drop_one_in_eta(errors, eta):
    first = np.argsort(errors, kind="stable")[: len(errors) - len(errors) // eta]
    return np.sort(first[~np.isnan(np.asarray(errors)[first])])


@wrong(
    "pandas_vs_caviar.survivors", "the errors instead of the numbers", named="errors-for-numbers"
)
def survivors_errors(errors, eta):
    return np.sort(errors)[: len(errors) // eta]


@wrong("pandas_vs_caviar.survivors", "a mask instead of the numbers", named="mask")
def survivors_returns_mask(errors, eta):
    goes_on = np.zeros(len(errors), dtype=bool)
    goes_on[np.argsort(errors, kind="stable")[: len(errors) // eta]] = True
    return goes_on & ~np.isnan(errors)


@wrong("pandas_vs_caviar.survivors", "numbers from 1", named="counts-from-1")
def survivors_from_one(errors, eta):
    first = np.argsort(errors, kind="stable")[: len(errors) // eta]
    return np.sort(first[~np.isnan(np.asarray(errors)[first])]) + 1


@wrong(
    "pandas_vs_caviar.survivors",
    "index() finds the first of equals twice",
    named="looked-up-by-error",
)
def survivors_index(errors, eta):
    listed = list(errors)
    best = np.sort(errors)[: len(listed) // eta]
    return sorted(listed.index(e) for e in best if e == e)


@wrong("pandas_vs_caviar.survivors", "ranks taken for numbers", named="ranks")
def survivors_ranks(errors, eta):
    ranks = np.argsort(np.argsort(errors, kind="stable"), kind="stable")
    return np.sort(ranks[: len(errors) // eta])


@wrong("pandas_vs_caviar.survivors", "every eta-th of the list", named="every-eta-th")
def survivors_every_eta(errors, eta):
    return np.arange(len(errors))[::eta]


@wrong("pandas_vs_caviar.survivors", "the first in the list", named="first-in-the-list")
def survivors_first_in_list(errors, eta):
    return np.arange(len(errors) // eta)


@wrong("pandas_vs_caviar.survivors", "sorts the caller's errors", named="changes-its-input")
def survivors_sorts_input(errors, eta):
    kept = np.array(errors)
    errors.sort()
    first = np.argsort(kept, kind="stable")[: len(kept) // eta]
    return np.sort(first[~np.isnan(kept[first])])


@wrong(
    "pandas_vs_caviar.survivors",
    "writes infinity into the caller's errors",
    named="changes-its-input",
)
def survivors_writes_infinity(errors, eta):
    errors[np.isnan(errors)] = np.inf
    first = np.argsort(errors, kind="stable")[: len(errors) // eta]
    return np.sort(first[np.isfinite(errors[first])])


@wrong("pandas_vs_caviar.survivors", "eta is taken to be 3", named="a-third")
def survivors_eta_three(errors, eta):
    first = np.argsort(errors, kind="stable")[: len(errors) // 3]
    return np.sort(first[~np.isnan(np.asarray(errors)[first])])


@wrong(
    "pandas_vs_caviar.survivors",
    "a failed model is replaced by the next, and then one too many is taken",
)
def survivors_one_more(errors, eta):
    first = np.argsort(errors, kind="stable")[: len(errors) // eta + 1]
    return np.sort(first[~np.isnan(np.asarray(errors)[first])])


@wrong(
    "pandas_vs_caviar.survivors",
    "numbers counted after the failed were taken out",
    named="counted-after-failures",
)
def survivors_renumbered(errors, eta):
    sound = np.asarray(errors)[~np.isnan(errors)]
    return np.sort(np.argsort(sound, kind="stable")[: len(errors) // eta])


@wrong("pandas_vs_caviar.survivors", "a slice from the end: none to keep becomes all")
def survivors_slice_from_end(errors, eta):
    ranked = np.argsort(-np.asarray(errors), kind="stable")[-(len(errors) // eta) :]
    return np.sort(ranked[~np.isnan(np.asarray(errors)[ranked])])


@wrong("pandas_vs_caviar.survivors", "true division in the slice", named="raises")
def survivors_true_division(errors, eta):
    return np.sort(np.argsort(errors, kind="stable")[: len(errors) / eta])


@wrong("pandas_vs_caviar.survivors", "the worst, and rounded up")
def survivors_two_mistakes(errors, eta):
    return np.sort(np.argsort(errors, kind="stable")[::-1][: math.ceil(len(errors) / eta)])


@wrong("pandas_vs_caviar.survivors", "from 1, by error")
def survivors_two_others(errors, eta):
    return np.argsort(errors, kind="stable")[: len(errors) // eta] + 1


@wrong("pandas_vs_caviar.survivors", "one at least, if one has not failed", named="one-at-least")
def survivors_one_at_least(errors, eta):
    sound = np.flatnonzero(~np.isnan(errors))
    ranked = sound[np.argsort(np.asarray(errors)[sound], kind="stable")]
    return np.sort(ranked[: max(1, len(errors) // eta)])


@wrong("pandas_vs_caviar.survivors", "a dict from error to number: it loses equals")
def survivors_dict_of_errors(errors, eta):
    number = {e: k for k, e in enumerate(errors) if e == e}
    return sorted(number[e] for e in sorted(number)[: len(errors) // eta])


# In a line each


def rungs_loop_here(n, r, R, eta):
    found = []
    while n >= 1 and r <= R:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


def rungs_recursive_here(n, r, R, eta):
    return [] if n < 1 or r > R else [(n, r), *rungs_recursive_here(n // eta, r * eta, R, eta)]


def changed(n, r, R, eta, *, models=None, epochs=None, stop=None):
    """The rungs, each part of them exchangeable, and written from the formula."""
    models = models or (lambda n, i: n // eta**i)
    epochs = epochs or (lambda i: r * eta**i)
    stop = stop or (lambda m, e: m < 1 or e > R)
    found = []
    for i in range(20):
        m, e = models(n, i), epochs(i)
        if i and stop(m, e):
            break
        found.append((m, e))
    return found


def step_by_step(fewer):
    def rungs(n, r, R, eta):
        found = []
        while n >= 1 and r <= R and len(found) < 20:
            found.append((n, r))
            n, r = fewer(n, eta), r * eta
        return found

    return rungs


def by_argsort(errors, eta):
    first = np.argsort(errors, kind="stable")[: len(errors) // eta]
    return np.sort(first[~np.isnan(errors[first])])


def by_loop(errors, eta):
    alive, going = [i for i in range(len(errors)) if errors[i] == errors[i]], []
    while alive and len(going) < len(errors) // eta:
        best = min(alive, key=lambda i: (errors[i], i))
        alive.remove(best)
        going.append(best)
    return sorted(going)


right_ones(
    "pandas_vs_caviar.rungs",
    [
        rungs_loop_here,
        rungs_recursive_here,
        lambda n, r, R, eta: tuple(rungs_loop_here(n, r, R, eta)),
        lambda n, r, R, eta, verbose=False: halving.rungs(n, r, R, eta=eta),
        lambda n, r, R, eta: np.array(rungs_loop_here(n, r, R, eta), np.float32),
        lambda n, r, R, eta: [
            [n // eta**i, r * eta**i] for i in range(20) if n // eta**i and r * eta**i <= R
        ],
    ],
)


wrong_ones(
    "pandas_vs_caviar.rungs",
    [
        ("stubs-numbers", lambda n, r, R, eta: [(n, r)]),
        ("rounded-up", step_by_step(lambda n, eta: int(np.ceil(n / eta)) if n > 1 else 0)),
        ("rounded-to-nearest", step_by_step(lambda n, eta: int(np.rint(n / eta)))),
        ("part-of-a-model", step_by_step(lambda n, eta: n / eta)),
        (
            "part-of-a-model",
            lambda n, r, R, eta: changed(n, r, R, eta, models=lambda n, i: n / eta**i),
        ),
        ("no-models-left", lambda n, r, R, eta: changed(n, r, R, eta, stop=lambda m, e: e > R)),
        ("more-than-largest", lambda n, r, R, eta: changed(n, r, R, eta, stop=lambda m, e: m < 1)),
        (
            "last-rung-missing",
            lambda n, r, R, eta: changed(n, r, R, eta, stop=lambda m, e: m < 1 or e >= R),
        ),
        (
            "last-model-missing",
            lambda n, r, R, eta: changed(n, r, R, eta, stop=lambda m, e: m <= 1 or e > R),
        ),
        (
            "epochs-stay",
            lambda n, r, R, eta: changed(n, r, R, eta, epochs=lambda i: r, stop=lambda m, e: m < 1),
        ),
        ("epochs-added", lambda n, r, R, eta: changed(n, r, R, eta, epochs=lambda i: r * (i + 1))),
        ("one-dropped-each-time", step_by_step(lambda n, eta: n - eta)),
        ("drops-one-in-eta", step_by_step(lambda n, eta: n - n // eta)),
        ("eta-always-3", lambda n, r, R, eta: rungs_loop_here(n, r, R, 3)),
        ("eta-always-2", lambda n, r, R, eta: rungs_loop_here(n, r, R, 2)),
        (
            "epochs-first",
            lambda n, r, R, eta: [pair[::-1] for pair in rungs_loop_here(n, r, R, eta)],
        ),
        ("first-rung-missing", lambda n, r, R, eta: rungs_loop_here(n // eta, r * eta, R, eta)),
        ("wrong-parameters", lambda n, r, R: []),
        ("returns-none", lambda n, r, R, eta: None),
    ],
)


right_ones(
    "pandas_vs_caviar.survivors",
    [
        by_argsort,
        by_loop,
        lambda errors, eta, copy=True: tuple(by_loop(errors, eta)),
        lambda errors, eta: by_argsort(errors.astype(np.float32), eta).astype(float),
        lambda errors, eta: np.flatnonzero(
            (np.lexsort((np.arange(len(errors)), errors)).argsort() < len(errors) // eta)
            & np.isfinite(errors)
        ),
    ],
)


wrong_ones(
    "pandas_vs_caviar.survivors",
    [
        ("stubs-numbers", lambda e, eta: np.arange(len(e))),
        ("stubs-numbers", lambda e, eta: list(range(e.size))),
        ("keeps-the-worst", lambda e, eta: by_argsort(-e, eta)),
        ("failed-are-best", lambda e, eta: by_argsort(np.nan_to_num(e), eta)),
        ("failed-go-on", lambda e, eta: by_argsort(np.where(np.isnan(e), 9.0, e), eta)),
        (
            "failed-not-counted",
            lambda e, eta: np.sort(np.argsort(e, kind="stable")[: np.isfinite(e).sum() // eta]),
        ),
        (
            "rounded-up",
            lambda e, eta: np.array(
                [
                    i
                    for i in np.sort(np.argsort(e, kind="stable")[: int(np.ceil(len(e) / eta))])
                    if np.isfinite(e[i])
                ]
            ),
        ),
        (
            "drops-one-in-eta",
            lambda e, eta: np.array(
                [
                    i
                    for i in np.sort(np.argsort(e, kind="stable")[: len(e) - len(e) // eta])
                    if np.isfinite(e[i])
                ]
            ),
        ),
        (
            "eta-models",
            lambda e, eta: np.array(
                [i for i in np.sort(np.argsort(e, kind="stable")[:eta]) if np.isfinite(e[i])]
            ),
        ),
        ("half", lambda e, eta: by_argsort(e, 2)),
        ("later-first", lambda e, eta: np.sort(len(e) - 1 - by_argsort(e[::-1], eta))),
        (
            "ties-all-go-on",
            lambda e, eta: np.flatnonzero(e <= np.sort(e)[max(len(e) // eta, 1) - 1]),
        ),
        (
            "last-left-out",
            lambda e, eta: np.flatnonzero(e < np.sort(e)[max(len(e) // eta, 1) - 1]),
        ),
        (
            "best-first",
            lambda e, eta: np.array(
                [i for i in np.argsort(e, kind="stable")[: len(e) // eta] if np.isfinite(e[i])]
            ),
        ),
        ("errors-for-numbers", lambda e, eta: e[by_argsort(e, eta)]),
        ("counts-from-1", lambda e, eta: 1 + by_argsort(e, eta)),
        ("mask", lambda e, eta: np.array([i in by_loop(e, eta) for i in range(len(e))])),
        ("returns-none", lambda e, eta: None),
        ("raises", lambda e, eta: e[eta, eta]),
    ],
)


@wrong("pandas_vs_caviar.rungs", "looks at R a rung too late", named="one-rung-too-many")
def rungs_until_R(n, r, R, eta):
    found = [(n, r)]
    while n >= eta and r < R:
        n, r = n // eta, r * eta
        found.append((n, r))
    return found


@wrong("pandas_vs_caviar.rungs", "puts the next one in unasked", named="put-in-before-asked")
def rungs_next_unasked(n, r, R, eta):
    found = [(n, r)]
    while n >= 1 and r <= R:
        n, r = n // eta, r * eta
        found.append((n, r))
    return found


@wrong("pandas_vs_caviar.survivors", "up to the first that is dropped", named="one-too-many")
def survivors_up_to_the_first_dropped(errors, eta):
    return np.flatnonzero(errors <= np.sort(errors)[len(errors) // eta])


@wrong("pandas_vs_caviar.survivors", "the best percent", named="below-a-quantile")
def survivors_percentile(errors, eta):
    sound = errors[~np.isnan(errors)]
    return np.flatnonzero(errors <= np.percentile(sound, 100 / eta)) if sound.size else []


@wrong("pandas_vs_caviar.survivors", "of those left, rounded up", named="failed-not-counted")
def survivors_of_the_sound_rounded_up(errors, eta):
    sound = np.flatnonzero(~np.isnan(errors))
    ranked = sound[np.argsort(errors[sound], kind="stable")]
    return np.sort(ranked[: math.ceil(len(sound) / eta)])


@wrong(
    "pandas_vs_caviar.rungs", "the paper's n times eta to the -i, in floats", named="rounded-power"
)
def rungs_as_in_the_paper(n, r, R, eta):
    counts = [int(n * eta ** (-i)) for i in range(30)]
    return [(count, r * eta**i) for i, count in enumerate(counts) if count and r * eta**i <= R]


@wrong("pandas_vs_caviar.survivors", "argsort alone", named={"failed-go-on", "best-first"})
def survivors_argsort_alone(errors, eta):
    return np.argsort(errors, kind="stable")[: len(errors) // eta]


@wrong(
    "pandas_vs_caviar.survivors",
    "the failed ones are taken out first",
    named="counted-after-failures",
)
def survivors_of_a_shorter_list(errors, eta):
    errors = errors[~np.isnan(errors)]
    return np.sort(np.argsort(errors, kind="stable")[: len(errors) // eta])


@wrong("pandas_vs_caviar.survivors", "places of equal values", named="looked-up-by-error")
def survivors_where_equal(errors, eta):
    found = []
    for error in np.sort(errors)[: len(errors) // eta]:
        if not np.isnan(error):
            found.append(int(np.where(errors == error)[0][0]))
    return sorted(found)


@wrong("pandas_vs_caviar.rungs", "R for all models together", named="epochs-of-a-rung")
def rungs_by_their_cost(n, r, R, eta):
    found = []
    while n and n * r <= R:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


@wrong("pandas_vs_caviar.rungs", "R for all models together, later", named="epochs-of-a-rung")
def rungs_by_their_cost_later(n, r, R, eta):
    found = [(n, r)]
    while n // eta >= 1 and (n // eta) * r * eta <= R:
        n, r = n // eta, r * eta
        found.append((n, r))
    return found


@wrong("pandas_vs_caviar.rungs", "n > 1 and r < R, asked first", named="put-in-before-asked")
def rungs_asked_before(n, r, R, eta):
    found = [(n, r)]
    while n > 1 and r < R:
        n, r = n // eta, r * eta
        found.append((n, r))
    return found


@wrong("pandas_vs_caviar.rungs", "while there are eta models", named="last-model-missing")
def rungs_while_eta_models(n, r, R, eta):
    found = []
    while n >= eta and r <= R:
        found.append((n, r))
        n, r = n // eta, r * eta
    return found


@wrong("pandas_vs_caviar.survivors", "the end of argsort", named="keeps-the-worst")
def survivors_end_of_argsort(errors, eta):
    count = len(errors) // eta
    return sorted(np.argsort(errors, kind="stable")[-count:])


@wrong("pandas_vs_caviar.survivors", "isin the least errors", named="ties-all-go-on")
def survivors_isin(errors, eta):
    return np.nonzero(np.isin(errors, sorted(errors[~np.isnan(errors)])[: len(errors) // eta]))[0]


@wrong("pandas_vs_caviar.survivors", "a threshold, then cut", named="first-below-the-last")
def survivors_threshold_cut(errors, eta):
    count = len(errors) // eta
    least = [error for error in np.sort(errors)[:count] if not np.isnan(error)]
    return np.flatnonzero(errors <= least[-1])[:count] if least else []


@wrong("pandas_vs_caviar.survivors", "sorted before it is cut", named="first-in-the-list")
def survivors_sorted_too_soon(errors, eta):
    numbers = [i for i in np.argsort(errors) if not np.isnan(errors[i])]
    return sorted(numbers)[: len(errors) // eta]
