"""Answers to the exercises of notebook 08."""

import math

import numpy as np

from course_utils.sampling_scales import Log
from tests.checks.bank import right, wrong

# tuning_process.random_search


@right("tuning_process.random_search")
def search_with_a_loop(objective, n, rng):
    best, least = None, math.inf
    for _ in range(n):
        x, y = rng.random(2)
        if (error := objective(x, y)) < least:
            best, least = (x, y), error
    return best


@right("tuning_process.random_search")
def search_xs_then_ys(objective, n, rng):
    xs, ys = rng.uniform(size=n), rng.uniform(size=n)
    errors = np.array([objective(x, y) for x, y in zip(xs, ys, strict=True)])
    k = np.where(np.isnan(errors), np.inf, errors).argmin()
    return xs[k], ys[k]


@right("tuning_process.random_search")
def search_with_min(objective, n, rng):
    tried = [(objective(x, y), x, y) for x, y in rng.random((n, 2))]
    return min(one for one in tried if not math.isnan(one[0]))[1:]


@right("tuning_process.random_search")
def search_masked(objective, n, rng):
    points = rng.random((n, 2))
    errors = np.ma.masked_invalid([float(objective(*p)) for p in points])
    return list(points[errors.argmin()])


@right("tuning_process.random_search")
def search_sorted(objective, n, rng):
    points = [rng.random(2) for _ in range(n)]
    return points[np.argsort([objective(*p) for p in points])[0]]  # argsort puts NaN last


@right("tuning_process.random_search")
def search_python_floats(objective, n, rng):
    points = [(float(rng.random()), float(rng.random())) for _ in range(n)]
    worth = {p: objective(*p) for p in points}
    return min(points, key=lambda p: math.inf if worth[p] != worth[p] else worth[p])


@wrong(
    "tuning_process.random_search", "the largest instead of the least", named="returns-the-worst"
)
def search_maximum(objective, n, rng):
    points = rng.random((n, 2))
    return points[np.nanargmax([objective(x, y) for x, y in points])]


@wrong("tuning_process.random_search", "argmin takes NaN for the least", named="nan-wins")
def search_nan_wins(objective, n, rng):
    points = rng.random((n, 2))
    return points[np.argmin([objective(x, y) for x, y in points])]


@wrong(
    "tuning_process.random_search", "returns the error, not the point", named="returns-the-error"
)
def search_returns_error(objective, n, rng):
    return np.nanmin([objective(x, y) for x, y in rng.random((n, 2))])


@wrong("tuning_process.random_search", "returns the number of the point", named="returns-the-place")
def search_returns_index(objective, n, rng):
    return np.nanargmin([objective(x, y) for x, y in rng.random((n, 2))])


@wrong("tuning_process.random_search", "returns point and error", named="not-a-point")
def search_returns_both(objective, n, rng):
    points = rng.random((n, 2))
    errors = [objective(x, y) for x, y in points]
    return points[np.nanargmin(errors)], np.nanmin(errors)


@wrong("tuning_process.random_search", "a grid", named="few-values")
def search_grid(objective, n, rng):
    side = np.linspace(0, 1, int(np.sqrt(n)))
    points = [(x, y) for x in side for y in side]
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong(
    "tuning_process.random_search",
    "one number for x and y: only the diagonal",
    named="both-the-same",
)
def search_diagonal(objective, n, rng):
    points = rng.random(n)
    k = np.nanargmin([objective(u, u) for u in points])
    return points[k], points[k]


@wrong(
    "tuning_process.random_search", "NumPy's global random numbers, not rng", named="not-from-rng"
)
def search_global(objective, n, rng):
    points = np.random.rand(n, 2)  # noqa: NPY002
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong(
    "tuning_process.random_search",
    "a generator of its own, with a seed inside",
    named="same-every-time",
)
def search_seed_inside(objective, n, rng):
    points = np.random.default_rng(0).random((n, 2))
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong("tuning_process.random_search", "one point too few", named="wrong-count")
def search_one_too_few(objective, n, rng):
    points = rng.random((n, 2))
    errors = [objective(*points[i]) for i in range(1, n)]
    return points[1:][np.nanargmin(errors)]


@wrong("tuning_process.random_search", "the square from -1 to 1", named="outside")
def search_from_minus_one(objective, n, rng):
    points = 2 * rng.random((n, 2)) - 1
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong("tuning_process.random_search", "normal points leave the square", named="outside")
def search_normal(objective, n, rng):
    points = rng.standard_normal((n, 2))
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong("tuning_process.random_search", "hands the point over as one argument", named="raises")
def search_one_argument(objective, n, rng):
    points = rng.random((n, 2))
    return points[np.nanargmin([objective(p) for p in points])]


@wrong(
    "tuning_process.random_search",
    "starts from the first error: a NaN there is never beaten",
    named="nan-wins",
)
def search_starts_from_nan(objective, n, rng):
    best = rng.random(2)
    least = objective(*best)
    for _ in range(n - 1):
        p = rng.random(2)
        error = objective(*p)
        if error < least:
            best, least = p, error
    return best


@wrong(
    "tuning_process.random_search",
    "min() with a key keeps a NaN that comes first",
    named="nan-wins",
)
def search_min_key(objective, n, rng):
    return min(rng.random((n, 2)).tolist(), key=lambda p: objective(*p))


@wrong("tuning_process.random_search", "x and y exchanged in the result", named="exchanged")
def search_exchanged(objective, n, rng):
    points = rng.random((n, 2))
    x, y = points[np.nanargmin([objective(x, y) for x, y in points])]
    return y, x


@wrong("tuning_process.random_search", "x and y exchanged in the call", named="exchanged")
def search_exchanged_call(objective, n, rng):
    points = rng.random((n, 2))
    return points[np.nanargmin([objective(y, x) for x, y in points])]


@wrong("tuning_process.random_search", "NaN counts as 0, the best of all", named="nan-wins")
def search_nan_to_num(objective, n, rng):
    points = rng.random((n, 2))
    return points[np.argmin(np.nan_to_num([objective(x, y) for x, y in points]))]


@wrong(
    "tuning_process.random_search", "NaN counts as 1, though errors may be larger", named="nan-wins"
)
def search_nan_is_one(objective, n, rng):
    points = rng.random((n, 2))
    return points[np.argmin(np.nan_to_num([objective(x, y) for x, y in points], nan=1.0))]


@wrong(
    "tuning_process.random_search",
    "the best so far begins at 1: larger errors are never better",
    named="begins-too-low",
)
def search_begins_at_one(objective, n, rng):
    best, least = (0.0, 0.0), 1.0
    for x, y in rng.random((n, 2)):
        error = objective(x, y)
        if error < least:
            best, least = (x, y), error
    return best


@wrong("tuning_process.random_search", "the corner (0, 0) takes part", named="fixed-point")
def search_with_corner(objective, n, rng):
    points = np.vstack([[0.0, 0.0], rng.random((n - 1, 2))])
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong("tuning_process.random_search", "ends at the first NaN", named="stops-at-nan")
def search_ends_at_nan(objective, n, rng):
    best, least = None, math.inf
    for x, y in rng.random((n, 2)):
        error = objective(x, y)
        if np.isnan(error):
            break
        if error < least:
            best, least = (x, y), error
    return best


@wrong(
    "tuning_process.random_search",
    "a failed trial is repeated free of charge: more than n",
    named="failed-not-counted",
)
def search_repeats_failed(objective, n, rng):
    errors, points = [], []
    for _ in range(20 * n):
        p = rng.random(2)
        if not np.isnan(error := objective(*p)):
            errors.append(error)
            points.append(p)
        if len(errors) == n:
            break
    return points[int(np.argmin(errors))]


@wrong(
    "tuning_process.random_search",
    "compares with the error before, not with the best",
    named="compares-with-the-one-before",
)
def search_compares_with_last(objective, n, rng):
    best, last = (0.0, 0.0), math.inf
    for x, y in rng.random((n, 2)):
        error = objective(x, y)
        if error < last:
            best = (x, y)
        last = error
    return best


@wrong("tuning_process.random_search", "never keeps the least error", named="returns-the-last")
def search_forgets_least(objective, n, rng):
    best, least = (0.0, 0.0), math.inf
    for x, y in rng.random((n, 2)):
        if objective(x, y) < least:
            best = (x, y)
    return best


@wrong(
    "tuning_process.random_search",
    "nearest to 0 instead of least: errors may be negative",
    named="nearest-to-zero",
)
def search_absolute(objective, n, rng):
    points = rng.random((n, 2))
    return points[np.nanargmin(np.abs([objective(x, y) for x, y in points]))]


@wrong("tuning_process.random_search", "points rounded to tenths", named="few-values")
def search_rounded(objective, n, rng):
    points = rng.random((n, 2)).round(1)
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong("tuning_process.random_search", "rounds what it returns", named="rounded-answer")
def search_rounded_result(objective, n, rng):
    points = rng.random((n, 2))
    return points[np.nanargmin([objective(x, y) for x, y in points])].round(2)


@wrong(
    "tuning_process.random_search",
    "looks near the best so far: a walk, no random search",
    named="uneven",
)
def search_walks(objective, n, rng):
    best, least = np.array([0.5, 0.5]), math.inf
    for _ in range(n):
        p = np.clip(best + 0.05 * rng.standard_normal(2), 0, 1)
        if (error := objective(*p)) < least:
            best, least = p, error
    return best


@wrong(
    "tuning_process.random_search", "the best x and the best y, each by itself", named="wrong-count"
)
def search_each_alone(objective, n, rng):
    xs, ys = rng.random(n), rng.random(n)
    x = xs[np.nanargmin([objective(x, 0.5) for x in xs])]
    return x, ys[np.nanargmin([objective(x, y) for y in ys])]


@wrong(
    "tuning_process.random_search",
    "x and y paired anew after the objective was asked",
    named="not-tried",
)
def search_pairs_anew(objective, n, rng):
    xs, ys = rng.random(n), rng.random(n)
    errors = [objective(x, y) for x, y in zip(xs, ys, strict=True)]
    return xs[np.nanargmin(errors)], np.sort(ys)[np.nanargmin(errors)]


_ALL_PAIRS = {"wrong-count", "endless"}  # 160 000 trials take a busy machine too long


@wrong("tuning_process.random_search", "n values of each: n² trials", named=_ALL_PAIRS)
def search_all_pairs(objective, n, rng):
    points = [(x, y) for x in rng.random(n) for y in rng.random(n)]
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong("tuning_process.random_search", "the first one is only remembered", named="none-stays")
def search_first_forgotten(objective, n, rng):
    best, least = None, None
    for point in rng.random((n, 2)):
        error = objective(*point)
        if least is None:
            least = error
        elif error < least:
            best, least = point, error
    return best


@wrong("tuning_process.random_search", "the best one asked anew", named="wrong-count")
def search_asks_again(objective, n, rng):
    best = tuple(rng.random(2))
    for _ in range(n):
        point = tuple(rng.random(2))
        if objective(*point) < objective(*best):
            best = point
    return best


@wrong("tuning_process.random_search", "no error is below NaN", named="returns-none")
def search_none_for_ever(objective, n, rng):
    best, least = None, np.nan
    for point in rng.random((n, 2)):
        if (error := objective(*point)) < least:
            best, least = point, error
    return best


@wrong("tuning_process.random_search", "prints the point and returns nothing", named="returns-none")
def search_prints(objective, n, rng):
    points = rng.random((n, 2))
    print(points[np.nanargmin([objective(x, y) for x, y in points])])


@wrong("tuning_process.random_search", "a hundred points, whatever n is", named="wrong-count")
def search_hundred(objective, n, rng):
    points = rng.random((100, 2))
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong(
    "tuning_process.random_search",
    "global random numbers, and the largest",
    named="returns-the-worst",
)
def search_two_mistakes(objective, n, rng):
    points = np.random.rand(n, 2)  # noqa: NPY002
    return points[np.nanargmax([objective(x, y) for x, y in points])]


@wrong(
    "tuning_process.random_search",
    "returns the error, and NaN is the least",
    named="returns-the-error",
)
def search_two_others(objective, n, rng):
    return np.min([objective(x, y) for x, y in rng.random((n, 2))])


@wrong(
    "tuning_process.random_search",
    "not error > least: a NaN is not larger, either",
    named="nan-wins",
)
def search_not_larger(objective, n, rng):
    best, least = (0.0, 0.0), math.inf
    for x, y in rng.random((n, 2)):
        error = objective(x, y)
        if not error > least:
            best, least = (x, y), error
    return best


@wrong(
    "tuning_process.random_search",
    "NaN taken out of the errors, but not out of the points",
    named="places-shifted",
)
def search_places_shifted(objective, n, rng):
    points = rng.random((n, 2))
    errors = np.array([objective(x, y) for x, y in points])
    return points[np.argmin(errors[~np.isnan(errors)])]


@wrong("tuning_process.random_search", "min(error, least) keeps a NaN", named="nan-upsets")
def search_running_min(objective, n, rng):
    best, least = (0.0, 0.0), math.inf
    for x, y in rng.random((n, 2)):
        error = objective(x, y)
        least = min(error, least)
        if error == least:
            best = (x, y)
    return best


@wrong("tuning_process.random_search", "coordinates of two digits", named="few-values")
def search_two_digits(objective, n, rng):
    points = rng.integers(0, 100, (n, 2)) / 100
    return points[np.nanargmin([objective(x, y) for x, y in points])]


@wrong("tuning_process.random_search", "only the lower half of the square", named="uneven")
def search_half_square(objective, n, rng):
    points = rng.random((n, 2)) * [1, 0.5]
    return points[np.nanargmin([objective(x, y) for x, y in points])]


# tuning_process.trials_needed


@right("tuning_process.trials_needed")
def needed_loop(share, probability):
    n = 0
    while 1 - (1 - share) ** n < probability:
        n += 1
    return n


@right("tuning_process.trials_needed")
def needed_log1p(share, probability):
    return math.ceil(math.log1p(-probability) / math.log1p(-share))


@right("tuning_process.trials_needed")
def needed_log2(share, probability):
    return int(np.ceil(np.log2(1 - probability) / np.log2(1 - share)))


@right("tuning_process.trials_needed")
def needed_log10_upside_down(share, probability):
    return -int(np.log10(1 - probability) / np.log10(1 - share) * -1 // 1)


@right("tuning_process.trials_needed")
def needed_misses(share, probability):
    miss, n = 1.0, 0
    while miss > 1 - probability:
        miss *= 1 - share
        n += 1
    return n


@right("tuning_process.trials_needed")
def needed_numpy_integer(share, probability):
    return np.ceil(np.log(1 - probability) / np.log(1 - share)).astype(int)


@right("tuning_process.trials_needed")
def needed_searched(share, probability):
    n = np.arange(1, 100_000)
    return int(n[np.argmax(1 - (1 - share) ** n >= probability)])


@right("tuning_process.trials_needed")
def needed_doubling(share, probability):
    low, high = 0, 1
    while 1 - (1 - share) ** high < probability:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if 1 - (1 - share) ** middle >= probability else (middle, high)
    return high


@wrong("tuning_process.trials_needed", "rounded down", named="rounded-down")
def needed_floor(share, probability):
    return int(np.log(1 - probability) / np.log(1 - share))


@wrong("tuning_process.trials_needed", "rounded to the nearest", named="rounded-to-nearest")
def needed_round(share, probability):
    return round(np.log(1 - probability) / np.log(1 - share))


@wrong(
    "tuning_process.trials_needed",
    "one more where it comes out even",
    named="one-more-where-it-comes-out-even",
)
def needed_int_plus_one(share, probability):
    return int(np.log(1 - probability) / np.log(1 - share)) + 1


@wrong(
    "tuning_process.trials_needed",
    "the loop goes on while equal: one more where it comes out even",
    named="one-more-where-it-comes-out-even",
)
def needed_loop_equal(share, probability):
    n = 0
    while 1 - (1 - share) ** n <= probability:
        n += 1
    return n


@wrong("tuning_process.trials_needed", "one more always", named="one-too-many")
def needed_ceil_plus_one(share, probability):
    return math.ceil(math.log(1 - probability) / math.log(1 - share)) + 1


@wrong("tuning_process.trials_needed", "not rounded", named="not-rounded")
def needed_not_rounded(share, probability):
    return np.log(1 - probability) / np.log(1 - share)


@wrong(
    "tuning_process.trials_needed",
    "as if a trial never came twice: probability / share",
    named="probability-over-share",
)
def needed_linear(share, probability):
    return math.ceil(probability / share)


@wrong("tuning_process.trials_needed", "1 / share: one hit on average", named="one-over-share")
def needed_on_average(share, probability):
    return math.ceil(1 / share)


@wrong("tuning_process.trials_needed", "fraction upside down", named="upside-down")
def needed_upside_down(share, probability):
    return math.ceil(math.log(1 - share) / math.log(1 - probability))


@wrong(
    "tuning_process.trials_needed",
    "logarithms of share and probability themselves",
    named="complements-forgotten",
)
def needed_no_complements(share, probability):
    return math.ceil(math.log(probability) / math.log(share))


@wrong("tuning_process.trials_needed", "share to the n: all of them hit", named="log-of-share")
def needed_all_hit(share, probability):
    return math.ceil(math.log(1 - probability) / math.log(share))


@wrong(
    "tuning_process.trials_needed",
    "log of the probability, not of 1 - probability",
    named="log-of-p",
)
def needed_miss_probability(share, probability):
    return math.ceil(math.log(probability) / math.log(1 - share))


@wrong(
    "tuning_process.trials_needed",
    "-log(1 - probability) / share: right only for small shares",
    named="small-shares-only",
)
def needed_small_share(share, probability):
    return math.ceil(-math.log(1 - probability) / share)


@wrong("tuning_process.trials_needed", "a constant", named="constant")
def needed_constant(share, probability):
    return 59


@wrong(
    "tuning_process.trials_needed",
    "about 60 for 95 %, scaled with the share",
    named="written-for-95",
)
def needed_three_over_share(share, probability):
    return math.ceil(3 / share)


@wrong("tuning_process.trials_needed", "the probability is not used: 95 % always", named="ignored")
def needed_ninety_five(share, probability):
    return math.ceil(math.log(0.05) / math.log(1 - share))


@wrong("tuning_process.trials_needed", "the share is not used: 5 % always", named="ignored")
def needed_five_percent(share, probability):
    return math.ceil(math.log(1 - probability) / math.log(0.95))


@wrong("tuning_process.trials_needed", "takes percents", named="percents")
def needed_percents(share, probability):
    return math.ceil(math.log(1 - probability / 100) / math.log(1 - share / 100))


@wrong(
    "tuning_process.trials_needed", "n times 1 - share instead of its power", named="not-a-power"
)
def needed_product(share, probability):
    return math.ceil((1 - probability) / (1 - share))


@wrong("tuning_process.trials_needed", "a loop that misses its last step", named="one-too-few")
def needed_loop_short(share, probability):
    n = 0
    while 1 - (1 - share) ** (n + 1) < probability:
        n += 1
    return n


@wrong("tuning_process.trials_needed", "each logarithm rounded by itself", named="raises")
def needed_rounded_early(share, probability):
    return math.ceil(round(math.log(1 - probability), 1) / round(math.log(1 - share), 1))


@wrong("tuning_process.trials_needed", "the searched range ends at 100", named="ends-too-early")
def needed_range_ends(share, probability):
    for n in range(1, 101):
        if 1 - (1 - share) ** n >= probability:
            return n
    return 100


@wrong("tuning_process.trials_needed", "thrown with dice, not reckoned", named="wrong-numbers")
def needed_simulated(share, probability):
    first = np.random.default_rng(0).geometric(share, 1000)
    return int(np.quantile(first, probability))


@wrong("tuning_process.trials_needed", "counts the misses before the hit", named="one-too-few")
def needed_misses_before(share, probability):
    return math.ceil(math.log(1 - probability) / math.log(1 - share)) - 1


@wrong("tuning_process.trials_needed", "the table of one example", named="raises")
def needed_table(share, probability):
    return {(0.05, 0.95): 59, (0.1, 0.9): 22, (0.01, 0.95): 299, (0.5, 0.5): 1}[share, probability]


@wrong("tuning_process.trials_needed", "negative", named="sign")
def needed_negative(share, probability):
    return int(math.log(1 - probability) // -math.log(1 - share))


@wrong("tuning_process.trials_needed", "prints", named="returns-none")
def needed_prints(share, probability):
    print(math.ceil(math.log(1 - probability) / math.log(1 - share)))


@wrong(
    "tuning_process.trials_needed",
    "upside down, and rounded down",
    named={"rounded-down", "upside-down"},
)
def needed_two_mistakes(share, probability):
    return int(np.log(1 - share) / np.log(1 - probability))


@wrong("tuning_process.trials_needed", "linear, and rounded down", named="probability-over-share")
def needed_two_others(share, probability):
    return int(probability // share)


@wrong(
    "tuning_process.trials_needed",
    "round(n + 0.5): one more where it comes out at an odd whole number",
    named="one-more-where-it-comes-out-even",
)
def needed_round_and_a_half(share, probability):
    return round(math.log(1 - probability) / math.log(1 - share) + 0.5)


@wrong(
    "tuning_process.trials_needed",
    "the logarithm's first two terms: right only for small shares",
    named="small-shares-only",
)
def needed_two_terms(share, probability):
    return math.ceil(-math.log(1 - probability) / share + 0.5 * math.log(1 - probability))


# tuning_process.on_edge


@right("tuning_process.on_edge")
def edge_if(x, low, high):
    u = (math.log10(x) - math.log10(low)) / (math.log10(high) - math.log10(low))
    if u < 0.05:
        return -1
    if u > 0.95:
        return 1
    return 0


@right("tuning_process.on_edge")
def edge_inclusive(x, low, high):
    width = 0.05 * math.log(high / low)
    if math.log(x / low) <= width:
        return -1
    return 1 if math.log(high / x) <= width else 0


@right("tuning_process.on_edge")
def edge_by_scale(x, low, high):
    u = Log(low, high).to_unit(x)
    return (u > 0.95) * 1 - (u < 0.05) * 1


@right("tuning_process.on_edge")
def edge_by_factor(x, low, high):
    factor = (high / low) ** 0.05
    return -1 if x < low * factor else int(x > high / factor)


@right("tuning_process.on_edge")
def edge_numpy_select(x, low, high):
    a, b, r = np.log2([low, high, x])
    return np.select([r - a < 0.05 * (b - a), b - r < 0.05 * (b - a)], [-1, 1], 0)


@right("tuning_process.on_edge")
def edge_digitize(x, low, high):
    marks = np.exp(np.interp([0.05, 0.95], [0, 1], np.log([low, high])))
    return np.digitize(x, marks) - 1


@right("tuning_process.on_edge")
def edge_distance_from_middle(x, low, high):
    middle = math.sqrt(low * high)
    far = math.log(x / middle) / math.log(high / middle)  # from -1 to 1
    return int(np.sign(far)) if abs(far) > 0.9 else 0


@wrong("tuning_process.on_edge", "measured on the plain scale", named="measured-linearly")
def edge_linear(x, low, high):
    u = (x - low) / (high - low)
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "signs exchanged", named="ends-swapped")
def edge_signs(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    return int(u < 0.05) - int(u > 0.95)


@wrong("tuning_process.on_edge", "10 % instead of 5 %", named="too-wide")
def edge_ten_percent(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    return int(u > 0.9) - int(u < 0.1)


@wrong("tuning_process.on_edge", "5 % in all: 2.5 % at each end", named="too-narrow")
def edge_halved(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    return int(u > 0.975) - int(u < 0.025)


@wrong("tuning_process.on_edge", "1 % instead of 5 %", named="too-narrow")
def edge_one_percent(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    return int(u > 0.99) - int(u < 0.01)


@wrong("tuning_process.on_edge", "x / low without its logarithm", named="logarithm-missing")
def edge_plain_above(x, low, high):
    u = (x / low) / np.log(high / low)
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "x / high for x / low: always -1", named="always-low")
def edge_from_high(x, low, high):
    u = np.log(x / high) / np.log(high / low)
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "the quotient upside down: always -1", named="always-low")
def edge_upside_down(x, low, high):
    u = np.log(low / x) / np.log(high / low)
    return int(u > 0.95) - int(u < 0.05)


@wrong(
    "tuning_process.on_edge",
    "logarithms compared with 1.05 and 0.95 of the ends'",
    named="five-percent-of-the-logarithm",
)
def edge_of_the_logarithm(x, low, high):
    if np.log10(x) < 1.05 * np.log10(low):
        return -1
    return 1 if np.log10(x) > 0.95 * np.log10(high) else 0


@wrong("tuning_process.on_edge", "5 % of the end's own value", named="five-percent-of-the-value")
def edge_of_the_value(x, low, high):
    return int(x > 0.95 * high) - int(x < 1.05 * low)


@wrong(
    "tuning_process.on_edge", "log at the low end, plain at the high end", named="one-end-linearly"
)
def edge_half_log(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    return int(x > high - 0.05 * (high - low)) - int(u < 0.05)


@wrong("tuning_process.on_edge", "the low end only", named="only-the-low-end")
def edge_low_only(x, low, high):
    return -int(np.log(x / low) < 0.05 * np.log(high / low))


@wrong("tuning_process.on_edge", "the high end only", named="only-the-high-end")
def edge_high_only(x, low, high):
    return int(np.log(high / x) < 0.05 * np.log(high / low))


@wrong("tuning_process.on_edge", "true or false", named="no-sign")
def edge_bool(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    return bool(u < 0.05 or u > 0.95)


@wrong("tuning_process.on_edge", "+1 at both ends", named="no-sign")
def edge_both_plus(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    return int(u < 0.05 or u > 0.95)


@wrong("tuning_process.on_edge", "thirds instead of 5 %", named="too-wide")
def edge_thirds(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    return round(2 * u) - 1


@wrong("tuning_process.on_edge", "high is taken to be 1", named="one-range-written-in")
def edge_high_is_one(x, low, high):
    u = 1 - np.log(x) / np.log(low)
    return int(u > 0.95) - int(u < 0.05)


@wrong(
    "tuning_process.on_edge",
    "the range 0.0001 to 1, whatever is passed",
    named="one-range-written-in",
)
def edge_one_range(x, low, high):
    u = (np.log10(x) + 4) / 4
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "the low end is not subtracted", named="low-not-taken-off")
def edge_not_from_low(x, low, high):
    u = np.log(x) / np.log(high / low)
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "precedence: only the last term is divided", named="brackets")
def edge_precedence(x, low, high):
    u = np.log(x) - np.log(low) / np.log(high) - np.log(low)
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "logarithm of the plain position", named="log-of-the-position")
def edge_log_of_position(x, low, high):
    u = np.log1p((x - low) / (high - low)) / np.log(2)
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "low and high exchanged", named="ends-swapped")
def edge_ends_exchanged(x, low, high):
    u = np.log(x / high) / np.log(low / high)
    return int(u > 0.95) - int(u < 0.05)


@wrong(
    "tuning_process.on_edge",
    "within a fixed factor of 1.5, however wide the range is",
    named="same-width-for-all",
)
def edge_fixed_factor(x, low, high):
    return int(x > high / 1.5) - int(x < low * 1.5)


@wrong(
    "tuning_process.on_edge",
    "within 0.2 decades, however wide the range is",
    named="same-width-for-all",
)
def edge_fixed_decades(x, low, high):
    return int(np.log10(high / x) < 0.2) - int(np.log10(x / low) < 0.2)


@wrong("tuning_process.on_edge", "only the very ends count", named="only-the-end-itself")
def edge_exactly(x, low, high):
    return int(np.isclose(x, high)) - int(np.isclose(x, low))


@wrong("tuning_process.on_edge", "says it in words", named="not-an-array")
def edge_words(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    return "low" if u < 0.05 else "high" if u > 0.95 else "inside"


@wrong("tuning_process.on_edge", "0.05 as 5", named="percent-for-parts")
def edge_in_percent(x, low, high):
    u = 100 * np.log(x / low) / np.log(high / low)
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "returns the share, not the end", named="returns-the-position")
def edge_returns_share(x, low, high):
    return np.log(x / low) / np.log(high / low)


@wrong(
    "tuning_process.on_edge",
    "nothing inside: no return where x is not near an end",
    named="returns-none",
)
def edge_no_zero(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    if u < 0.05:
        return -1
    if u > 0.95:
        return 1


@wrong(
    "tuning_process.on_edge",
    "plain scale, and signs exchanged",
    named={"ends-swapped", "measured-linearly"},
)
def edge_two_mistakes(x, low, high):
    u = (x - low) / (high - low)
    return int(u < 0.05) - int(u > 0.95)


@wrong("tuning_process.on_edge", "10 %, and true or false", named={"no-sign", "too-wide"})
def edge_two_others(x, low, high):
    return not 0.1 < np.log(x / low) / np.log(high / low) < 0.9


@wrong(
    "tuning_process.on_edge",
    "amounts of logarithms added: right only for a range around 1",
    named="lengths-added",
)
def edge_amounts_added(x, low, high):
    width = abs(np.log(low)) + abs(np.log(high))
    return int(np.log(high / x) < 0.05 * width) - int(np.log(x / low) < 0.05 * width)


@wrong("tuning_process.on_edge", "the geometric middle decides", named="nearer-end")
def edge_halves(x, low, high):
    return 1 if x > math.sqrt(low * high) else -1


@wrong("tuning_process.random_search", "nothing is tried", named="nothing-tried")
def search_nothing(objective, n, rng):
    return 0.0, 0.0


@wrong("tuning_process.random_search", "x and y from one draw", named="go-together")
def search_along_a_line(objective, n, rng):
    points = [(x, 1 - x) for x in rng.random(n)]
    return points[np.nanargmin([objective(*point) for point in points])]


@wrong("tuning_process.random_search", "drawn once, before the loop", named="one-point")
def search_one_point(objective, n, rng):
    points = [rng.random(2)] * n
    return points[np.nanargmin([objective(*point) for point in points])]


@wrong("tuning_process.random_search", "the one after the best", named="not-the-best")
def search_the_second(objective, n, rng):
    points = rng.random((n, 2))
    return points[np.argsort([objective(*point) for point in points])[1]]


@wrong("tuning_process.random_search", "never replaced", named="returns-the-first")
def search_the_first(objective, n, rng):
    points = rng.random((n, 2))
    for point in points:
        objective(*point)
    return points[0]


@wrong("tuning_process.random_search", "begins at an error of 0", named="stays-at-zero")
def search_from_zero(objective, n, rng):
    best, least = (0.0, 0.0), 0
    for x, y in rng.random((n, 2)):
        error = objective(x, y)
        if error < least:
            best, least = (x, y), error
    return best


@wrong("tuning_process.random_search", "keeps the error alone", named="stays-at-zero")
def search_keeps_the_error(objective, n, rng):
    best, least = (0.0, 0.0), math.inf
    for x, y in rng.random((n, 2)):
        least = min(least, objective(x, y))
    return best


@wrong("tuning_process.random_search", "corners only", named="few-values")
def search_corners(objective, n, rng):
    points = rng.integers(0, 2, (n, 2))
    return points[np.nanargmin([objective(*point) for point in points])]


@wrong("tuning_process.random_search", "whole numbers below 1", named="one-point")
def search_whole_numbers(objective, n, rng):
    points = rng.integers(0, 1, (n, 2))
    return points[np.nanargmin([objective(*point) for point in points])]


@wrong("tuning_process.trials_needed", "log10 over log", named="two-logarithms")
def needed_two_logarithms(share, probability):
    return int(np.ceil(np.log10(1 - probability) / np.log(1 - share)))


@wrong("tuning_process.trials_needed", "1 - share**n", named="log-of-share")
def needed_one_minus_share_to_n(share, probability):
    n = 1
    while 1 - share**n < probability:
        n += 1
    return n


@wrong("tuning_process.trials_needed", "shares added up", named="probability-over-share")
def needed_shares_added(share, probability):
    n, hit = 0, 0.0
    while hit < probability:
        n, hit = n + 1, hit + share
    return n


@wrong("tuning_process.trials_needed", "a minus too many", named="minus")
def needed_minus(share, probability):
    return math.ceil(-math.log(1 - probability) / math.log(1 - share))


@wrong("tuning_process.trials_needed", "one logarithm of the fraction", named="one-logarithm")
def needed_log_of_fraction(share, probability):
    return math.ceil(math.log((1 - probability) / (1 - share)))


@wrong("tuning_process.on_edge", "an else that undoes the low end", named="only-the-high-end")
def edge_else_undoes(x, low, high):
    u = np.log(x / low) / np.log(high / low)
    end = -1 if u < 0.05 else 0
    end = 1 if u > 0.95 else 0
    return end


@wrong("tuning_process.on_edge", "low missing in the length", named="other-length")
def edge_length_from_one(x, low, high):
    u = np.log(x / low) / np.log(high)
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "5 % of log(high - low)", named="other-length")
def edge_log_of_difference(x, low, high):
    width = 0.05 * np.log(high - low)
    return int(np.log(x) > np.log(high) - width) - int(np.log(x) < np.log(low) + width)


@wrong("tuning_process.on_edge", "5 % of each logarithm", named="five-percent-of-the-logarithm")
def edge_of_each_logarithm(x, low, high):
    if abs(np.log(x) - np.log(low)) < 0.05 * abs(np.log(low)):
        return -1
    return int(abs(np.log(x) - np.log(high)) < 0.05 * abs(np.log(high)))


@wrong("tuning_process.on_edge", "bases mixed", named="two-logarithms")
def edge_bases_mixed(x, low, high):
    u = np.log10(x / low) / np.log(high / low)
    return int(u > 0.95) - int(u < 0.05)


@wrong("tuning_process.on_edge", "the high end for all else", named="never-zero")
def edge_high_for_all_else(x, low, high):
    return -1 if np.log(x / low) / np.log(high / low) < 0.05 else 1


@wrong("tuning_process.random_search", "the best so far begins at 100", named="begins-too-low")
def search_begins_at_a_hundred(objective, n, rng):
    best, lowest = (0.0, 0.0), 100
    for _ in range(n):
        point = tuple(rng.random(2))
        error = objective(*point)
        if error < lowest:
            lowest, best = error, point
    return best


@wrong("tuning_process.random_search", "100 in the place of NaN", named="nan-wins")
def search_a_hundred_for_nan(objective, n, rng):
    points = rng.random((n, 2))
    errors = np.array([objective(x, y) for x, y in points])
    errors[np.isnan(errors)] = 100
    return points[errors.argmin()]


@wrong("tuning_process.trials_needed", "a loop that ends at 1000", named="returns-none")
def needed_among_the_first_thousand(share, probability):
    for n in range(1000):
        if 1 - (1 - share) ** n >= probability:
            return n
