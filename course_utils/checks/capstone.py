"""Checks of the exercises and challenges about tuning on a budget."""

import math
import numbers
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import partial
from itertools import groupby

import numpy as np

from course_utils.checks import capstone_splits
from course_utils.checks.engine.diagnosis import Case, Mistake, Stub
from course_utils.checks.engine.exercise import Exercise
from course_utils.checks.engine.running import call
from course_utils.checks.engine.showing import against
from course_utils.checks.engine.verdict import Verdict
from course_utils.experiments import capstone, digit_tuning, leaderboard, report, standings
from course_utils.experiments.capstone import TUNER_EPOCHS, TUNER_WRONG
from course_utils.experiments.leaderboard import BUDGET
from course_utils.support.trials import Trial
from course_utils.support.words import many, percent

BASELINE = {"epochs": 20}
"""What has to be beaten: the defaults, for 20 epochs."""

MARGIN = 0.07
"""By how much, in mean validation error."""


# Three sets


def _split_case(m, seed, says=""):
    return Case((m, np.random.default_rng(seed)), says=f"{m} examples{says}")


_SPLITS = (
    _split_case(200, 3),
    _split_case(198, 4, ", which five does not divide"),
    _split_case(57, 5, ", which five does not divide"),
)


def _draw_split(rng):
    return _split_case(int(rng.integers(30, 300)), rng.integers(2**30))


def _split_stub(m, rng):
    order = np.zeros(m, dtype=int)
    fifth = m // 5
    return order[2 * fifth :], order[:fifth], order[fifth : 2 * fifth]


split = Exercise(
    "``split(m, rng)``: disjoint numbers of training, validation and test examples",
    right=capstone.split,
    cases=_SPLITS,
    draw=_draw_split,
    stub=Stub(_split_stub, "All places hold example 0: begin with an order of all m numbers."),
    watch=capstone_splits.watch,
    symptoms=capstone_splits.SYMPTOMS,
    run_by_run=True,
)


# The configuration of least mean


def _draw_choice(rng, *, low=0.02, high=0.09, failing=2):
    """Draw two to four trials of each configuration, as a board has them after two runs.

    In each run were two of the seeds, so that not all trials of a configuration are neighbours.
    Means are not close to each other, so that no rounding decides.
    """
    while True:
        groups = _draw_groups(rng, low, high, failing)
        means = sorted(np.mean([t.value for t in g]) for g in groups)
        gaps = np.diff([m for m in means if not np.isnan(m)])
        if gaps.min() > (high - low) / 50:
            break
    trials = sorted((t for group in groups for t in group), key=lambda t: t.seed // 2)
    trials = [replace(trial, number=number) for number, trial in enumerate(trials)]
    return Case((trials,), says=f"{len(trials)} trials of {len(groups)} configurations")


def _draw_groups(rng, low, high, failing):
    pairs = [(alpha, units) for alpha in (0.001, 0.01, 0.1) for units in (16, 32, 64)]
    chosen = [pairs[i] for i in rng.permutation(len(pairs))[:6]]
    groups = [_draw_group(rng, pair, low, high) for pair in chosen]
    for group in [groups[i] for i in rng.permutation(len(groups))[:failing]]:
        place = rng.integers(len(group))
        group[place] = replace(group[place], value=math.nan, reason=_DIVERGED, more=_BAD)
    return groups


_DIVERGED = "DivergenceError: cost became NaN in epoch 2"
_BAD = {"training_error": 0.9, "test_error": 0.9}


def _draw_group(rng, pair, low, high):
    configuration = dict(zip(("alpha", "units"), pair, strict=True))
    values = rng.uniform(low, high, (rng.integers(2, 5), 3)).round(3).tolist()
    return [
        Trial(
            0,
            dict(configuration),
            value,
            seed=seed,
            more={"training_error": training, "test_error": test},
        )
        for seed, (value, training, test) in enumerate(values)
    ]


def _fixed_choices():
    rng = np.random.default_rng(0)
    cases = [_draw_choice(rng, failing=k % 4) for k in range(24)]
    wide = [_draw_choice(rng, low=0.3, high=0.95) for _ in range(3)]
    costs = [_draw_choice(rng, low=2, high=20) for _ in range(3)]
    return (
        *cases,
        *(replace(case, says=f"{case.says}, all of them bad") for case in wide),
        *(replace(case, says="costs, which may exceed 1; some trials failed") for case in costs),
    )


_CHOICES = _fixed_choices()


def _choice_stub(trials):
    configuration = trials[0].configuration
    return configuration


def _grouped(trials, key=lambda t: tuple(t.configuration.items())):
    groups = {}
    for trial in trials:
        groups.setdefault(key(trial), []).append(trial)
    return list(groups.values())


def _neighbours(trials):
    return [list(some) for _, some in groupby(trials, key=lambda t: t.configuration)]


def _never(values, bad):
    return np.where(bad.any(), math.inf, values)


def _pick(
    trials,
    *,
    group=_grouped,
    value=lambda t: t.value,
    failed=_never,
    of=np.mean,
    sign=1,
    best=lambda scores: scores.index(min(scores)),
):
    """Choose in exchangeable parts: the right ones by default."""
    groups, scores = group(trials), []
    for some in groups:
        values = np.array([value(t) for t in some], float)
        values = failed(values, np.array([bool(t.reason) for t in some]))
        whole = values.size and not np.isinf(values).any()
        scores.append(sign * of(values) if whole else math.inf)
    return groups[best(scores)][0].configuration


def _seen_in(place):
    """Return what judges a configuration as failed by one of its seeds, and leaves others out."""
    return lambda values, bad: np.where(bad[place], math.inf, values[~bad])


def _running_half(values):
    mean = values[0]
    for value in values[1:]:
        mean = (mean + value) / 2
    return mean


_RETURN = "Look at what you return: a configuration is a dict."
_WHICH = "Look at which numbers of a trial you use."
_VALUES = "Look at which values of a configuration count in yours, and how much each."
_MADE = (
    "Let the values of one configuration be 0.1, 0.2 and 0.65: what does your code make of them, "
    "and what is their mean?"
)
_BY_HAND = "Take the values of a configuration, and work out by hand what your code makes of them."
_ONE_FAILED = "Look at what becomes of a configuration when one of its trials has failed."
_TOGETHER = "Print which trials you put together as one configuration."
_FAILED = "Look at what becomes of a configuration when the second of its three trials has failed."
_TABLE = "Change the values in the trials as you like: does your choice ever change?"
_SPREAD = (
    "How far the values of a configuration lie apart counts in yours. Only the mean should count."
)
_NAN = (
    "A configuration with a failed trial wins, since NaN stands for it. What does a comparison "
    "with NaN say?"
)
_CHOICE_MISTAKES = (
    Mistake(
        "a-trial",
        "You return a trial. Return the configuration that was tried in it.",
        lambda trials: Trial(0, {}, 0.0),
        look=_RETURN,
    ),
    Mistake(
        "a-number",
        "You return a number. Return the configuration that it belongs to.",
        lambda trials: 0.0,
        look=_RETURN,
    ),
    Mistake(
        "as-text",
        "You return text. It may be good for telling configurations apart, but the configuration "
        "itself should be returned.",
        lambda trials: "",
        look=_RETURN,
    ),
    Mistake(
        "other-names",
        "The names in the dict that you return are not those of a configuration. Return one as it "
        "was tried.",
        lambda trials: {},
        look=_RETURN,
    ),
    Mistake(
        "several-things",
        "You return several things. Return the configuration alone.",
        lambda trials: [],
        look=_RETURN,
    ),
    Mistake(
        "by-test-error",
        "You choose by the test error. Then nothing is left to judge the winner by.",
        partial(_pick, value=lambda t: t.more["test_error"]),
        look=_WHICH,
    ),
    Mistake(
        "by-training-error",
        "You choose by the training error, in which overfitting looks like a merit.",
        partial(_pick, value=lambda t: t.more["training_error"]),
        look=_WHICH,
    ),
    Mistake(
        "first-seed-only",
        "Only the first trial of each configuration counts in yours. The mean is over all of them.",
        partial(_pick, of=lambda v: v[0]),
        look=_VALUES,
    ),
    Mistake(
        "first-seed-only",
        "Only the first trial of each configuration counts in yours. The mean is over all of them.",
        partial(_pick, failed=lambda v, bad: _never(v[:1], bad[:1])),
        look=_VALUES,
    ),
    Mistake(
        "last-seed-only",
        "Only the last trial of each configuration counts in yours: does a later one overwrite "
        "those before?",
        partial(_pick, of=lambda v: v[-1]),
        look=_VALUES,
    ),
    Mistake(
        "last-seed-only",
        "Only the last trial of each configuration counts in yours: does a later one overwrite "
        "those before?",
        partial(_pick, failed=lambda v, bad: _never(v[-1:], bad[-1:])),
        look=_VALUES,
    ),
    Mistake(
        "last-seed-only",
        "Only the last trial that did not fail counts in yours: does a later one overwrite those "
        "before?",
        partial(_pick, failed=lambda v, bad: v[~bad][-1:]),
        look=_VALUES,
    ),
    Mistake(
        "best-single-seed",
        "You judge each configuration by its best trial, which may have been luck. Look at its "
        "other seeds.",
        partial(_pick, of=np.min),
        look=_VALUES,
    ),
    Mistake(
        "best-single-seed",
        "You choose by the best trial of all, which may have been luck. Look at the other seeds of "
        "its configuration.",
        partial(_pick, of=np.min, failed=lambda v, bad: v[~bad]),
        look=_VALUES,
    ),
    Mistake(
        "worst-seed",
        "You judge each configuration by its worst trial. Judge it by the mean of all.",
        partial(_pick, of=np.max),
        look=_VALUES,
    ),
    Mistake(
        "largest-mean",
        "You choose the largest instead of the least. Less is better here.",
        partial(_pick, sign=-1),
        look="Of two numbers, which one wins in your code: the smaller or the larger?",
    ),
    Mistake(
        "median",
        "You compare medians. Compare means.",
        partial(_pick, of=np.median),
        look=_MADE,
    ),
    Mistake(
        "middle-of-the-range",
        "You compare the middle between the least and the greatest value. Compare the means.",
        partial(_pick, of=lambda v: (v.min() + v.max()) / 2),
        look=_MADE,
    ),
    Mistake(
        "sum",
        "A configuration that was tried with more seeds has a larger number in yours. What do you "
        "divide by?",
        partial(_pick, of=np.sum),
        look=_MADE,
    ),
    Mistake(
        "divided-by-one-less",
        "You divide by one less than the number of values.",
        partial(_pick, of=lambda v: v.sum() / (len(v) - 1)),
        look=_MADE,
    ),
    Mistake(
        "divided-by-one-more",
        "You divide by one more than the number of values.",
        partial(_pick, of=lambda v: v.sum() / (len(v) + 1)),
        look=_MADE,
    ),
    Mistake(
        "divided-twice",
        "You divide by the number of values twice: more seeds make the number smaller.",
        partial(_pick, of=lambda v: v.mean() / len(v)),
        look=_MADE,
    ),
    Mistake(
        "running-half",
        "You take the mean of the mean so far and the new value: then the last one counts for "
        "half. All should count alike.",
        partial(_pick, of=_running_half),
        look=_MADE,
    ),
    Mistake(
        "first-two-only",
        "Only the first two values of each configuration count in yours.",
        partial(_pick, of=lambda v: v[:2].mean()),
        look=_VALUES,
    ),
    Mistake(
        "first-left-out",
        "The first value of each configuration does not count in yours.",
        partial(_pick, of=lambda v: v[1:].mean()),
        look=_VALUES,
    ),
    Mistake(
        "last-left-out",
        "The last value of each configuration does not count in yours.",
        partial(_pick, of=lambda v: v[:-1].mean()),
        look=_VALUES,
    ),
    *(
        Mistake(
            "rounded",
            "You compare rounded means: those that are nearly equal tie, and the first of them "
            "wins.",
            partial(_pick, of=lambda v, digits=digits: round(v.mean(), digits)),
            look=_MADE,
        )
        for digits in (0, 1, 2)
    ),
    Mistake(
        "least-spread",
        "You go by how far the values lie apart. Steady is good, but the mean decides.",
        partial(_pick, of=np.std),
        look=_MADE,
    ),
    Mistake(
        "least-spread",
        "You go by how far the values lie apart. Steady is good, but the mean decides.",
        partial(_pick, of=np.ptp),
        look=_MADE,
    ),
    *(
        Mistake(
            "mean-and-spread",
            _SPREAD,
            partial(_pick, of=lambda v, k=k: v.mean() + k * v.std()),
            look=_MADE,
        )
        for k in (-2, -1, 0.5, 1, 2, 3)
    ),
    *(
        Mistake(
            "mean-and-spread",
            _SPREAD,
            partial(_pick, of=lambda v, k=k, d=d: v.mean() + k * v.std(ddof=d) / np.sqrt(len(v))),
            look=_MADE,
        )
        for k in (-1, 1, 2)
        for d in (0, 1)
    ),
    Mistake(
        "by-first-knob",
        "You put all trials of the same α together. Two configurations may differ in something "
        "else.",
        partial(_pick, group=partial(_grouped, key=lambda t: t.configuration["alpha"])),
        look=_TOGETHER,
    ),
    Mistake(
        "by-last-knob",
        "You put trials together that agree in the last of their hyperparameters only. Two "
        "configurations may differ in another one.",
        partial(_pick, group=partial(_grouped, key=lambda t: t.configuration["units"])),
        look=_TOGETHER,
    ),
    Mistake(
        "neighbours",
        "Only trials that stand next to each other are put together. Those of one configuration "
        "may be anywhere in the list.",
        partial(_pick, group=_neighbours),
        look=_TOGETHER,
    ),
    Mistake(
        "by-seed",
        "You put the trials of the same seed together. The mean is over the seeds of one "
        "configuration.",
        partial(_pick, group=partial(_grouped, key=lambda t: t.seed)),
        look=_TOGETHER,
    ),
    Mistake(
        "failed-as-zero",
        "A trial that failed counts as 0 in yours: the best there is. Its configuration cannot "
        "win.",
        partial(_pick, failed=lambda v, bad: np.where(bad, 0, v)),
        look=_FAILED,
    ),
    Mistake(
        "failed-as-one",
        "A trial that failed counts as 1 in yours. Bad as that is, its configuration may still "
        "come out first, and it should not.",
        partial(_pick, failed=lambda v, bad: np.where(bad, 1, v)),
        look=_FAILED,
    ),
    Mistake(
        "failed-left-out",
        "You leave failed trials out and go by what is left. A configuration that diverges now "
        "and then cannot win.",
        partial(_pick, failed=lambda v, bad: v[~bad]),
        look=_FAILED,
    ),
    Mistake(
        "failed-by-first",
        "You look at the first trial of a configuration to see whether it has failed. Any of them "
        "may have.",
        partial(_pick, failed=_seen_in(0)),
        look=_FAILED,
    ),
    Mistake(
        "failed-by-last",
        "You look at the last trial of a configuration to see whether it has failed. Any of them "
        "may have.",
        partial(_pick, failed=_seen_in(-1)),
        look=_FAILED,
    ),
    Mistake(
        "nan-wins",
        _NAN,
        partial(_pick, failed=lambda v, bad: v),
        look=_FAILED,
    ),
    Mistake(
        "nan-wins",
        _NAN,
        partial(_pick, failed=lambda v, bad: v, best=np.argmin),
        look=_FAILED,
    ),
    Mistake(
        "few-seeds-left-out",
        "You leave out what was tried with fewer than three seeds. Here every configuration "
        "counts, however many seeds it has.",
        partial(_pick, of=lambda v: v.mean() if len(v) >= 3 else math.inf),
        look="Look at which configurations you leave out.",
    ),
    Mistake(
        "most-seeds",
        "You go by how often a configuration was tried. Its values should decide.",
        partial(_pick, failed=lambda v, bad: np.zeros(len(v)), of=lambda v: -len(v)),
        look=_TABLE,
    ),
    Mistake(
        "most-seeds",
        "You go by how often a configuration was tried. Its values should decide.",
        partial(_pick, of=lambda v: -len(v)),
        look=_TABLE,
    ),
    Mistake(
        "fewest-seeds",
        "You go by how often a configuration was tried. Its values should decide.",
        partial(_pick, failed=lambda v, bad: np.zeros(len(v)), of=len),
        look=_TABLE,
    ),
    Mistake(
        "first-of-the-list",
        "You return the first trial's configuration, whatever its value. Or do all count as failed "
        "in yours? A trial that came back has an empty reason, which is not None.",
        lambda trials: trials[0].configuration,
        look=_TABLE,
    ),
    Mistake(
        "last-of-the-list",
        "You return the last trial's configuration, whatever its value.",
        lambda trials: trials[-1].configuration,
        look=_TABLE,
    ),
)


def _chosen(value):
    """Turn an answer into numbers: the values of a configuration, or the kind of anything else."""
    if (
        isinstance(value, Mapping)
        and set(value) == {"alpha", "units"}
        and all(isinstance(v, numbers.Real) for v in value.values())
    ):
        return np.array([0, value["alpha"], value["units"], 0, 0, 0], float)
    kinds = (Trial, str, Mapping, numbers.Number, Iterable)
    return np.array([1, *(isinstance(value, kind) for kind in kinds)], float)


def _same_choice(value, other):
    return np.array_equal(_chosen(value), _chosen(other))


def _compared(exercise, function, verdict):
    """Say what is seen where a wrong configuration was chosen."""
    if verdict.mistake != "wrong-numbers":
        return verdict
    trials = [case.args[0] for case in exercise.cases]
    values = [call(function, deepcopy(some), quiet=True).value for some in trials]
    wrong = [
        pair
        for pair in zip(trials, values, strict=True)
        if not _same_choice(pair[1], _pick(pair[0]))
    ]
    return _seen(wrong) if wrong else verdict


def _seen(wrong):
    chosen = [
        [t for t in trials if _same_choice(t.configuration, value)] for trials, value in wrong
    ]
    if not all(chosen):
        hint = "It is not always the configuration of one of the trials."
        return Verdict(False, "no-configuration", hint, _RETURN)
    finished = [not any(t.reason for t in group) for group in chosen]
    if not any(finished):
        hint = (
            "Wherever your choice is wrong, it is a configuration that has a failed trial. Such a "
            "one cannot win."
        )
        return Verdict(False, "failed-wins", hint, _ONE_FAILED)
    first = finished.index(True)
    trials, group = wrong[first][0], chosen[first]
    best = [t for t in trials if t.configuration == _pick(trials)]
    hint = f"Of {len(trials)} trials you choose {_in_words(group)}. Better is {_in_words(best)}."
    return Verdict(False, "another-configuration", hint, _BY_HAND)


def _in_words(group):
    values = [t.value for t in group]
    listed = ", ".join(f"{value:g}" for value in values)
    return f"{group[0].configuration} with the values {listed} (mean {np.mean(values):.3g})"


choose = Exercise(
    "``choose(trials)``: the configuration of least mean value over its seeds",
    right=_pick,
    cases=_CHOICES,
    mistakes=_CHOICE_MISTAKES,
    draw=_draw_choice,
    stub=Stub(
        _choice_stub,
        "The first configuration is chosen, however bad it is: which trials belong together?",
    ),
    measure=_chosen,
    after=(_compared,),
)


def goal_tuner(run, *, epoch, alpha, units, keep_prob, **_):
    """Judge the challenge at the tuner's seat: few wrong digits after few epochs."""
    digits, most = digit_tuning.validation_digits(), TUNER_WRONG
    wrong = run.wrong(epoch, alpha, units, keep_prob)
    now = f"{wrong} of {digits} wrong after epoch {epoch}" if epoch else "nothing is trained yet"
    if wrong <= most and 0 < epoch <= TUNER_EPOCHS:
        return Verdict(True, None, f"{now}: α = {alpha:g}, {units} units, keep_prob {keep_prob:g}.")
    hint = (
        f"at most {most} of the {digits} validation digits wrong within {TUNER_EPOCHS} epochs. Now "
        f"{now}."
    )
    if epoch <= TUNER_EPOCHS:
        return Verdict(False, "too-many-wrong", hint)
    in_time = (run.wrong(n, alpha, units, keep_prob) for n in range(1, TUNER_EPOCHS + 1))
    cure = "go back" if min(in_time) <= most else "by then this network had not got there, so tune"
    return Verdict(False, "too-late", f"{hint} That is past epoch {TUNER_EPOCHS}: {cure}.")


def reached(board):
    """Judge a leaderboard: within the budget, by means of three seeds, well below the baseline."""
    if not isinstance(board, leaderboard.Leaderboard):
        kind = type(board).__name__
        return Verdict(False, "not-a-leaderboard", f"Pass a Leaderboard: you passed a {kind}.")
    for judged in (_file_fit, _budget_kept, _baseline_there, _well_below, _test_set_closed):
        if verdict := judged(board):
            return verdict
    best, base = board.winner(), _baseline(board)
    left = "The test set has been opened: leave it at that." if board.openings else _OPEN_IT
    return Verdict(
        True,
        None,
        f"{percent(best.mean, 1)}, mean of {len(best.errors)} seeds, where the baseline has "
        f"{percent(base.mean, 1)}; {many(board.spent, 'epoch')} spent in all. {left}",
    )


_OPEN_IT = "Now open the test set, once: mine.open_test_set()."


def _file_fit(board):
    """Say so if the board's file can no longer be read: anyone may have written into it."""
    try:
        board.trials  # noqa: B018 (reading is what may fail)
    except (ValueError, OSError) as error:
        hint = f"The file of the board cannot be read: {error}."
        return Verdict(False, "file-not-readable", hint)
    return None


def _budget_kept(board):
    if len(board.trials) == 0:
        return Verdict(
            False,
            "nothing-tried",
            f"The board is empty. Begin with the baseline: mine.run([{BASELINE}], "
            f"seeds=range({standings.SEEDS})).",
        )
    if board.spent > BUDGET:
        hint = f"{board.spent} epochs are spent, {BUDGET} were allowed: begin again in a new file."
        return Verdict(False, "over-budget", hint)
    return None


def _baseline(board):
    wanted = digit_tuning.completed(BASELINE)
    return next((s for s in board.standings if s.configuration == wanted), None)


def _left(board):
    """Return how many epochs may still be spent."""
    return max(0, min(BUDGET, board.budget) - board.spent)


_ANEW = "Begin again in a new file."


def _baseline_there(board):
    base = _baseline(board)
    seeds = len(base.errors) if base else 0
    if base and base.mean == math.inf:
        return Verdict(
            False,
            "baseline-failed",
            "A trial of the baseline has failed, and without its mean there is nothing to beat: "
            "begin again in a new file.",
        )
    if seeds >= standings.SEEDS:
        return None
    hint = f"The baseline has {many(seeds, 'seed')} so far: mine.run([{BASELINE}], "
    hint += f"seeds={_three_seeds(base.errors if base else ())})."
    if (standings.SEEDS - seeds) * BASELINE["epochs"] > _left(board):
        hint = f"The baseline has {many(seeds, 'seed')} so far, and what is left of the budget is "
        hint += f"too little for {standings.SEEDS}. {_ANEW}"
    return Verdict(False, "no-baseline", hint)


def _three_seeds(tried):
    """Write three seeds, those that were tried among them: they are not paid again."""
    first = range(standings.SEEDS)
    if set(tried) <= set(first):
        return f"range({standings.SEEDS})"
    return [*tried, *(seed for seed in first if seed not in tried)][: standings.SEEDS]


def _well_below(board):
    best, goal = board.winner(), _baseline(board).mean - MARGIN
    if best.mean <= goal:
        return None
    lucky = [s for s in board.standings if s.mean <= goal]
    below = f"{100 * MARGIN:.0f} points below the baseline"
    asked = f"The goal is a mean of {percent(goal, 1)} or less, {below}. "
    if lucky:
        return Verdict(False, "too-few-seeds", asked + _more_seeds(lucky, _left(board)))
    left = _left(board)
    hint = f"{asked}The best mean is {percent(best.mean, 1)}; {many(left, 'epoch')} left."
    return Verdict(False, "not-yet-better", hint if left else f"{hint} {_ANEW}")


def _more_seeds(lucky, left):
    """Ask for the other seeds of what reaches the goal with too few, if the budget allows it."""
    affordable = [s for s in lucky if (standings.SEEDS - len(s.errors)) * s.epochs <= left]
    seeds = len((affordable or lucky)[0].errors)
    said = f"One configuration has it with {seeds} of {standings.SEEDS} seeds"
    if affordable:
        return f"{said}: try it with the others, it may have been lucky."
    return (
        f"{said}. It may have been lucky, and what is left of the budget is too little for the "
        f"others. {_ANEW}"
    )


def _test_set_closed(board):
    openings = board.openings
    if len(openings) > 1:
        (said,) = report.opened_again(openings)
        return Verdict(False, "test-set-opened-twice", f"Low enough. {said} Report the first.")
    if openings and len(board.trials) > openings[0].trials:
        hint = (
            "Low enough, but trials were run after the test set was opened: what was seen there "
            "may have guided them. The report says so; leave it at that."
        )
        return Verdict(False, "trials-after-the-test", hint)
    return None


def goal_game(game, beaten, *, trials, **_):
    """Judge the challenge: better than seven of ten random searches after twelve trials."""
    counts = [count for *_, count in game.trials[:trials]]
    if hidden := len(game.trials) - len(counts):
        verb = "is" if hidden == 1 else "are"
        hint = f"{hidden} of your trials {verb} hidden: move the slider trials to the right."
        return Verdict(False, "hidden", hint)
    if len(counts) < 12:
        return Verdict(False, "not-yet", f"place {many(12 - len(counts), 'more trial')}.")
    part = beaten(min(counts), 12)
    beat = f"with {min(counts)} digits wrong you beat {against(part, 0.7, '.0%')} of the random "
    beat += "searches"
    if part >= 0.7:
        return Verdict(True, None, f"{beat}.")
    return Verdict(False, "too-many", f"{beat}, and the goal is 70 %. Press Reset for a new game.")
