"""Answers to the exercises of notebook 18."""

import json
import math
from collections import defaultdict
from itertools import groupby

import numpy as np

from course_utils.experiments import capstone
from tests.checks.bank import right, right_ones, wrong

# capstone.split


@right("capstone.split")
def split_shuffled(m, rng):
    order = np.arange(m)
    rng.shuffle(order)
    return order[2 * (m // 5) :], order[: m // 5], order[m // 5 : 2 * (m // 5)]


@right("capstone.split")
def split_training_first(m, rng):
    order, training = rng.permutation(m), m - 2 * (m // 5)
    return order[:training], order[training : training + m // 5], order[training + m // 5 :]


@right("capstone.split")
def split_chosen(m, rng):
    kept = rng.choice(m, size=2 * (m // 5), replace=False)
    others = np.setdiff1d(np.arange(m), kept)
    return others, kept[: m // 5], kept[m // 5 :]


@right("capstone.split")
def split_argsort(m, rng):
    order = rng.random(m).argsort()
    validation, test, training = np.split(order, [m // 5, 2 * (m // 5)])
    return training, validation, test


@right("capstone.split")
def split_each_sorted(m, rng):
    fifth, order = m // 5, rng.permutation(m)
    return [np.sort(one) for one in (order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth])]


@right("capstone.split")
def split_by_kind(m, rng):
    kinds = np.zeros(m, dtype=int)
    kinds[: m // 5], kinds[m // 5 : 2 * (m // 5)] = 1, 2
    rng.shuffle(kinds)
    return tuple(np.flatnonzero(kinds == kind) for kind in range(3))


@right("capstone.split")
def split_in_two_steps(m, rng):
    left = rng.permutation(m)
    validation, left = left[: m // 5], rng.permutation(left[m // 5 :])
    return left[m // 5 :], validation, left[: m // 5]


@right("capstone.split")
def split_dealt(m, rng):
    left, drawn = list(range(m)), []
    for _ in range(2 * (m // 5)):
        drawn.append(left.pop(rng.integers(len(left))))
    return np.array(left), np.array(drawn[::2], dtype=int), np.array(drawn[1::2], dtype=int)


@wrong("capstone.split", "not shuffled", "not-shuffled")
def split_not_shuffled(m, rng):
    order, fifth = np.arange(m), m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "numbers from 1 to m", "counts-from-one")
def split_from_one(m, rng):
    order, fifth = rng.permutation(m) + 1, m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "with replacement: some come twice, others never", "with-replacement")
def split_with_replacement(m, rng):
    order, fifth = rng.integers(m, size=m), m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "NumPy's global random numbers", "not-repeatable")
def split_global(m, rng):
    order, fifth = np.random.permutation(m), m // 5  # noqa: NPY002
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "a seed inside", "seed-of-its-own")
def split_seed_inside(m, rng):
    order, fifth = np.random.default_rng(0).permutation(m), m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "validation and test are the same", "test-set-used-twice")
def split_validation_is_test(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[2 * fifth :], order[:fifth], order[:fifth]


@wrong("capstone.split", "training examples in the test", "test-in-training")
def split_overlap(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[fifth:], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "three permutations: the sets overlap", "overlapping")
def split_three_permutations(m, rng):
    fifth = m // 5
    training = rng.permutation(m)[2 * fifth :]
    return training, rng.permutation(m)[:fifth], rng.permutation(m)[:fifth]


@wrong("capstone.split", "rounded up", "rounded-up")
def split_rounded_up(m, rng):
    order, fifth = rng.permutation(m), -(-m // 5)
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "rounded to the nearest", "rounded-up")
def split_rounded(m, rng):
    order, fifth = rng.permutation(m), round(m / 5)
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "the remainder is in none", "remainder-lost")
def split_remainder_lost(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[2 * fifth : 5 * fifth], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "the remainder goes to the test", "remainder-elsewhere")
def split_remainder_to_test(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[: 3 * fifth], order[3 * fifth : 4 * fifth], order[4 * fifth :]


@wrong(
    "capstone.split",
    "60 % rounded down for training, 20 % for validation, the rest for the test",
    "rounded-up",
)
def split_sixty_percent(m, rng):
    order = rng.permutation(m)
    return np.split(order, [int(0.6 * m), int(0.8 * m)])


@wrong("capstone.split", "tenths for validation and test", "tenths")
def split_tenths(m, rng):
    order, tenth = rng.permutation(m), m // 10
    return order[2 * tenth :], order[:tenth], order[tenth : 2 * tenth]


@wrong("capstone.split", "three equal parts", "thirds")
def split_thirds(m, rng):
    return np.array_split(rng.permutation(m), 3)


@wrong("capstone.split", "validation first", "parts-exchanged")
def split_validation_first(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[:fifth], order[fifth : 2 * fifth], order[2 * fifth :]


@wrong("capstone.split", "training last", "parts-exchanged")
def split_training_last(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[:fifth], order[2 * fifth :], order[fifth : 2 * fifth]


@wrong("capstone.split", "two sets", "not-three-sets")
def split_two_sets(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[fifth:], order[:fifth]


@wrong("capstone.split", "the test is always the last fifth", "set-not-random")
def split_test_is_last(m, rng):
    fifth = m // 5
    order = rng.permutation(m - fifth)
    return order[fifth:], order[:fifth], np.arange(m - fifth, m)


@wrong("capstone.split", "each set shuffled within fixed limits", "shuffled-within-the-sets")
def split_shuffled_within(m, rng):
    fifth, order = m // 5, np.arange(m)
    sets = order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]
    return tuple(rng.permutation(one) for one in sets)


@wrong("capstone.split", "only training is shuffled", "shuffled-within-the-sets")
def split_only_training_shuffled(m, rng):
    fifth, order = m // 5, np.arange(m)
    return rng.permutation(order[2 * fifth :]), order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "every fifth", "not-shuffled")
def split_every_fifth(m, rng):
    order, fifth = np.arange(m), m // 5
    validation, test = order[: 5 * fifth : 5], order[1 : 5 * fifth : 5]
    return np.setdiff1d(order, np.r_[validation, test]), validation, test


@wrong("capstone.split", "a coin for each example: sizes by chance", "sizes-by-chance")
def split_by_coins(m, rng):
    u = rng.random(m)
    return np.flatnonzero(u >= 0.4), np.flatnonzero(u < 0.2), np.flatnonzero((u >= 0.2) & (u < 0.4))


@wrong("capstone.split", "1797 digits, whatever m is", "out-of-range")
def split_digits(m, rng):
    order = rng.permutation(1797)
    return order[718:], order[:359], order[359:718]


@wrong("capstone.split", "masks instead of numbers", "masks")
def split_masks(m, rng):
    kinds = rng.permutation(m) // max(1, m // 5)
    return kinds >= 2, kinds == 0, kinds == 1


@wrong("capstone.split", "the sizes", "sizes-only")
def split_sizes(m, rng):
    return m - 2 * (m // 5), m // 5, m // 5


@wrong(
    "capstone.split",
    "a rotation by a random amount: neighbours stay together",
    "neighbours-together",
)
def split_rotated(m, rng):
    order, fifth = np.roll(np.arange(m), rng.integers(m)), m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "one is lost between two sets", "loses-examples")
def split_off_by_one(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[2 * fifth + 1 :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "slices whose ends were thought to be included", "loses-examples")
def split_ends_included(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[2 * fifth :], order[: fifth - 1], order[fifth : 2 * fifth - 1]


@wrong("capstone.split", "shuffle returns None", "raises")
def split_shuffle_returns_none(m, rng):
    order, fifth = rng.shuffle(np.arange(m)), m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "not shuffled, from 1", "counts-from-one")
def split_two_mistakes(m, rng):
    order, fifth = np.arange(1, m + 1), m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "validation first, remainder lost", "parts-exchanged")
def split_two_others(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order[:fifth], order[fifth : 2 * fifth], order[2 * fifth : 5 * fifth]


@wrong("capstone.split", "all examples are training examples, too", "all-in-training")
def split_training_has_all(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return order, order[:fifth], order[fifth : 2 * fifth]


@wrong(
    "capstone.split", "validation from one half of the file, test from the other", "partly-random"
)
def split_halves(m, rng):
    half, fifth = m // 2, m // 5
    first, second = rng.permutation(half), half + rng.permutation(m - half)
    return np.r_[first[fifth:], second[fifth:]], first[:fifth], second[:fifth]


@wrong("capstone.split", "the last example is always in training", "partly-random")
def split_without_last(m, rng):
    order, fifth = np.append(rng.permutation(m - 1), m - 1), m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


# capstone.choose


def by_configuration(trials):
    """Return the trials of each configuration, as a list of lists."""
    groups = []
    for trial in trials:
        for group in groups:
            if group[0].configuration == trial.configuration:
                group.append(trial)
                break
        else:
            groups.append([trial])
    return groups


def best(trials, worth):
    """Return the configuration whose list of trials has the least `worth`."""
    return min(by_configuration(trials), key=worth)[0].configuration


def unless_failed(measure):
    """Return what judges a list of trials by `measure` of its values: infinity if one failed."""

    def worth(group):
        return math.inf if any(t.reason for t in group) else measure([t.value for t in group])

    return worth


mean_of = unless_failed(np.mean)


@right("capstone.choose")
def choose_lists(trials):
    return best(trials, mean_of)


@right("capstone.choose")
def choose_nan_is_infinite(trials):
    def worth(group):
        mean = np.mean([t.value for t in group])
        return np.inf if np.isnan(mean) else mean

    return best(trials, worth)


@right("capstone.choose")
def choose_json(trials):
    values = defaultdict(list)
    for t in trials:
        values[json.dumps(t.configuration, sort_keys=True)].append(t.value)
    means = {name: np.mean(some) for name, some in values.items()}
    sound = {name: mean for name, mean in means.items() if not np.isnan(mean)}
    return json.loads(min(sound, key=sound.get))


@right("capstone.choose")
def choose_failed_first_out(trials):
    failed = [t.configuration for t in trials if t.reason]
    return best([t for t in trials if t.configuration not in failed], mean_of)


@right("capstone.choose")
def choose_nanargmin(trials):
    names = [tuple(sorted(t.configuration.items())) for t in trials]
    means = [
        np.mean([t.value for t, n in zip(trials, names, strict=True) if n == name])
        for name in names
    ]
    return trials[int(np.nanargmin(means))].configuration


@right("capstone.choose")
def choose_sorted_groups(trials):
    def name(t):
        return sorted(map(str, t.configuration.items()))

    groups = [list(group) for _, group in groupby(sorted(trials, key=name), key=name)]
    return dict(min(groups, key=mean_of)[0].configuration)


@right("capstone.choose")
def choose_loop(trials):
    chosen, least = None, math.inf
    for one in trials:
        values = [t.value for t in trials if t.configuration == one.configuration]
        mean = sum(values) / len(values)
        if mean < least:
            chosen, least = one.configuration, mean
    return chosen


@wrong("capstone.choose", "the least single value", "best-single-seed")
def choose_least_single(trials):
    return min((t for t in trials if not t.reason), key=lambda t: t.value).configuration


@wrong("capstone.choose", "the least value of each configuration", "best-single-seed")
def choose_least_of_group(trials):
    return best(trials, unless_failed(min))


@wrong("capstone.choose", "the largest mean", "largest-mean")
def choose_largest(trials):
    return best(trials, lambda g: -mean_of(g) if math.isfinite(mean_of(g)) else math.inf)


@wrong("capstone.choose", "the sum: few seeds look good", "sum")
def choose_sum(trials):
    return best(trials, lambda g: mean_of(g) * len(g))


@wrong("capstone.choose", "the median", "median")
def choose_median(trials):
    return best(trials, unless_failed(np.median))


@wrong("capstone.choose", "the largest value of each configuration", "worst-seed")
def choose_worst_case(trials):
    return best(trials, unless_failed(max))


@wrong("capstone.choose", "failed seeds are left out: its configuration may win", "failed-left-out")
def choose_nanmean(trials):
    def worth(group):
        values = [t.value for t in group if not t.reason]
        return np.mean(values) if values else math.inf

    return best(trials, worth)


@wrong("capstone.choose", "failed trials taken out first", "failed-left-out")
def choose_drops_failed_trials(trials):
    return best([t for t in trials if not t.reason], mean_of)


@wrong("capstone.choose", "NaN counts as 0", "failed-as-zero")
def choose_nan_is_zero(trials):
    return best(trials, lambda g: np.mean(np.nan_to_num([t.value for t in g])))


@wrong("capstone.choose", "NaN counts as 1", "failed-as-one")
def choose_nan_is_one(trials):
    return best(trials, lambda g: np.mean(np.nan_to_num([t.value for t in g], nan=1.0)))


@wrong("capstone.choose", "argmin takes NaN for the least", "nan-wins")
def choose_argmin(trials):
    groups = by_configuration(trials)
    return groups[np.argmin([np.mean([t.value for t in g]) for g in groups])][0].configuration


@wrong("capstone.choose", "min() keeps a NaN that comes first", "nan-wins")
def choose_min_keeps_nan(trials):
    return best(trials, lambda g: sum(t.value for t in g) / len(g))


@wrong("capstone.choose", "the first in the table", "first-of-the-list")
def choose_first(trials):
    return trials[0].configuration


@wrong("capstone.choose", "the last in the table", "last-of-the-list")
def choose_last(trials):
    return trials[len(trials) - 1].configuration


@wrong("capstone.choose", "the trial, not its configuration", "a-trial")
def choose_trial(trials):
    return min(by_configuration(trials), key=mean_of)[0]


@wrong("capstone.choose", "its name as a string", "as-text")
def choose_string(trials):
    return str(choose_lists(trials))


@wrong("capstone.choose", "the mean", "a-number")
def choose_mean(trials):
    return min(map(mean_of, by_configuration(trials)))


@wrong("capstone.choose", "the number of the trial", "a-number")
def choose_number(trials):
    return min(by_configuration(trials), key=mean_of)[0].number


@wrong("capstone.choose", "configuration and mean", "several-things")
def choose_pair(trials):
    return choose_lists(trials), choose_mean(trials)


@wrong("capstone.choose", "grouped by alpha only", "by-first-knob")
def choose_by_first_knob(trials):
    groups = defaultdict(list)
    for t in trials:
        groups[next(iter(t.configuration.values()))].append(t)
    return min(groups.values(), key=mean_of)[0].configuration


@wrong("capstone.choose", "grouped by identity: every trial by itself", "best-single-seed")
def choose_by_identity(trials):
    groups = defaultdict(list)
    for t in trials:
        groups[id(t)].append(t)
    return min(groups.values(), key=mean_of)[0].configuration


@wrong("capstone.choose", "only neighbours in the table are grouped", "neighbours")
def choose_neighbours(trials):
    groups = [list(g) for _, g in groupby(trials, key=lambda t: str(t.configuration))]
    return min(groups, key=mean_of)[0].configuration


@wrong(
    "capstone.choose", "the later value of a configuration overwrites the earlier", "last-seed-only"
)
def choose_last_seed(trials):
    values = {}
    for t in trials:
        values[json.dumps(t.configuration)] = math.inf if t.reason else t.value
    return json.loads(min(values, key=values.get))


@wrong("capstone.choose", "the first seed only", "first-seed-only")
def choose_first_seed(trials):
    return best(trials, lambda g: math.inf if g[0].reason else g[0].value)


@wrong("capstone.choose", "the failed are seen by their first seed only", "failed-by-first")
def choose_failed_by_first(trials):
    def worth(group):
        if group[0].reason:
            return math.inf
        return np.nanmean([t.value for t in group])

    return best(trials, worth)


@wrong("capstone.choose", "the mean of mean and new value: later seeds weigh more", "running-half")
def choose_running_half(trials):
    def worth(group):
        mean = group[0].value
        for t in group[1:]:
            mean = (mean + t.value) / 2
        return math.inf if any(t.reason for t in group) else mean

    return best(trials, worth)


@wrong("capstone.choose", "divided by three seeds, however many there are", "sum")
def choose_three_seeds(trials):
    return best(trials, lambda g: mean_of(g) * len(g) / 3)


@wrong("capstone.choose", "the spread instead of the mean", "least-spread")
def choose_spread(trials):
    return best(trials, unless_failed(np.std))


@wrong("capstone.choose", "mean plus spread", "mean-and-spread")
def choose_mean_plus_spread(trials):
    return best(trials, unless_failed(lambda values: np.mean(values) + 3 * np.std(values)))


@wrong("capstone.choose", "the one with most seeds", "most-seeds")
def choose_most_seeds(trials):
    return best(trials, lambda g: -len(g))


@wrong("capstone.choose", "rounded means: nearly equal ones tie", "rounded")
def choose_rounded(trials):
    return best(trials, lambda g: round(mean_of(g), 1) if mean_of(g) < math.inf else math.inf)


@wrong("capstone.choose", "writes the mean into the configuration", "other-names")
def choose_changes_configuration(trials):
    group = min(by_configuration(trials), key=mean_of)
    group[0].configuration["mean"] = mean_of(group)
    return group[0].configuration


@wrong("capstone.choose", "the largest mean, failed ones left out seed by seed", "largest-mean")
def choose_two_mistakes(trials):
    return best(trials, lambda g: -np.nansum([t.value for t in g]) / len(g))


@wrong("capstone.choose", "the least single value, as a trial", "a-trial")
def choose_two_others(trials):
    return min((t for t in trials if not t.reason), key=lambda t: t.value)


@wrong("capstone.choose", "prints", "returns-none")
def choose_prints(trials):
    print(choose_lists(trials))


@wrong("capstone.choose", "failed trials taken for those without a value: NaN is true", "nan-wins")
def choose_by_truth(trials):
    return best([t for t in trials if t.value], lambda g: np.mean([t.value for t in g]))


@wrong("capstone.choose", "nobody wins if one has failed", "returns-none")
def choose_gives_up(trials):
    if any(t.reason for t in trials):
        return None
    return choose_lists(trials)


def by_another(name):
    """Return the configuration of least mean of another number that the trials have."""
    return lambda group: (
        math.inf if any(t.reason for t in group) else np.mean([t.more[name] for t in group])
    )


@wrong("capstone.choose", "by the test error", "by-test-error")
def choose_by_test_error(trials):
    return best(trials, by_another("test_error"))


@wrong("capstone.choose", "by the training error", "by-training-error")
def choose_by_training_error(trials):
    return best(trials, by_another("training_error"))


@wrong("capstone.choose", "the stub", "still-the-stub")
def choose_stub(trials):
    configuration = trials[0].configuration
    return configuration


@wrong("capstone.choose", "the last one that did not fail overwrites the others", "last-seed-only")
def choose_last_sound(trials):
    found = {json.dumps(t.configuration): t.value for t in trials if not t.reason}
    return json.loads(min(found, key=found.get))


@wrong("capstone.choose", "a failed trial costs a little more", {"failed-wins", "failed-as-one"})
def choose_failed_as_half(trials):
    return best(trials, lambda g: np.mean([0.5 if t.reason else t.value for t in g]))


@wrong("capstone.choose", "the mean of squares", "another-configuration")
def choose_mean_of_squares(trials):
    return best(trials, unless_failed(lambda values: np.mean(np.square(values))))


@wrong("capstone.choose", "only one name of the configuration", "other-names")
def choose_alpha_only(trials):
    return {"alpha": choose_lists(trials)["alpha"]}


@wrong("capstone.choose", "text at times", {"no-configuration"})
def choose_text_at_times(trials):
    return choose_lists(trials) if len(trials) % 2 else "none"


@wrong("capstone.split", "the stub", "still-the-stub")
def split_stub(m, rng):
    order = np.zeros(m, dtype=int)
    fifth = m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "the tuple of np.where is kept", "not-flat")
def split_where(m, rng):
    kinds = rng.permutation(m) // (m // 5)
    return np.where(kinds >= 2), np.where(kinds == 0), np.where(kinds == 1)


@wrong("capstone.split", "text", {"not-three-sets", "no-numbers"})
def split_text(m, rng):
    return "training", "validation", "test"


@wrong("capstone.split", "pairs of neighbours stay together", "neighbours-together")
def split_pairs(m, rng):
    fifth, half = m // 5, (m + 1) // 2
    order = np.array([k for i in rng.permutation(half) for k in (2 * i, 2 * i + 1) if k < m])
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "validation examples in training", "validation-in-training")
def split_validation_in_training(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return np.r_[order[:fifth], order[2 * fifth :]], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "shares from 0 to 1", "fractions")
def split_shares(m, rng):
    order, fifth = rng.permutation(m) / m, m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.choose", "the right one, but a mark is left in its trials", "changes-its-input")
def choose_leaves_a_mark(trials):
    chosen = dict(choose_lists(trials))
    for trial in trials:
        trial.more["chosen"] = trial.configuration == chosen
    return chosen


@wrong("capstone.split", "the test set forgotten", named="empty-set")
def split_no_test(m, rng):
    order = rng.permutation(m)
    return order[m // 5 :], order[: m // 5], order[:0]


@wrong("capstone.split", "an order never filled in", named="only-example-0")
def split_never_filled(m, rng):
    fifth, order = m // 5, [0] * m
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "seven, two and one tenth", named="wrong-sizes")
def split_seven_two_one(m, rng):
    return np.split(rng.permutation(m), [7 * m // 10, 9 * m // 10])


# In a line each


def by_sets(m, rng):
    everyone = set(range(m))
    validation = set(rng.choice(m, m // 5, replace=False).tolist())
    rest = sorted(everyone - validation)
    test = set(rng.choice(rest, m // 5, replace=False).tolist())
    return [np.array(sorted(s)) for s in (everyone - validation - test, validation, test)]


def by_random_keys(m, rng):
    order = np.argsort(rng.random(m))
    return np.split(order, [m - 2 * (m // 5), m - m // 5])


def by_shuffle(m, rng):
    order = list(range(m))
    rng.shuffle(order)
    n = m // 5
    return order[2 * n :], order[n : 2 * n], order[:n]


def with_keyword(m, rng, share=0.2):
    order, n = rng.permutation(np.arange(m, dtype=np.int32)), int(share * m)
    return order[2 * n :].astype(float), order[:n], order[n : 2 * n]


def halves(m, rng):
    order, n = rng.permutation(m), m // 5
    rest, test = order[:-n], order[-n:]
    return rest[:-n], rest[-n:], test


right_ones(
    "capstone.split",
    [
        by_sets,
        by_random_keys,
        by_shuffle,
        with_keyword,
        halves,
        capstone.split,
    ],
)


@wrong("capstone.split", "half of the order shuffled", named="partly-random")
def split_half_shuffled(m, rng):
    order, fifth = np.arange(m), m // 5
    rng.shuffle(order[: m // 2])
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


@wrong("capstone.split", "a dict of the sets", named="not-three-sets")
def split_in_a_dict(m, rng):
    order, fifth = rng.permutation(m), m // 5
    return {"training": order[2 * fifth :], "validation": order[:fifth], "test": order[-fifth:]}


@wrong("capstone.split", "drawn twice, none missing", named="with-replacement")
def split_drawn_twice(m, rng):
    kept = rng.choice(m, size=2 * (m // 5))
    return np.setdiff1d(np.arange(m), kept), kept[: m // 5], kept[m // 5 :]


@wrong("capstone.choose", "three seeds at least", named="few-seeds-left-out")
def choose_three_seeds_at_least(trials):
    return best(trials, lambda g: mean_of(g) if len(g) >= 3 else math.inf)


@wrong("capstone.choose", "a number of epochs is added", named="other-names")
def choose_with_epochs(trials):
    return {**choose_lists(trials), "epochs": 20}
