"""Checks of the exercises and challenges about tuning on a budget."""

import math
from functools import partial

import numpy as np

from course_utils import capstone, digit_tuning
from course_utils.checks.diagnosis import Case, Mistake, diagnose
from course_utils.checks.verdict import Verdict
from course_utils.trials import Trial

BASELINE = {"epochs": 20}
"""What has to be beaten: the defaults, for 20 epochs."""

MARGIN = 0.07
"""By how much, in mean validation error."""

BUDGET = 600
"""Epochs in all."""


def split(function):
    """Check ``split(m, rng)``: disjoint numbers of training, validation and test examples."""
    if not callable(function):
        return diagnose(function, capstone.split, _SPLIT_CASES, ())
    mistakes = [Mistake(m.id, _thrice(m.wrong), m.hint) for m in _SPLIT_MISTAKES]
    right = _thrice(capstone.split)
    return diagnose(_thrice(function), right, _SPLIT_CASES, mistakes, measure=_properties)


def _thrice(function):
    """Call a split with one generator, with another, and with the first again."""

    def calls(m, seed):
        parts = [function(m, np.random.default_rng(s)) for s in (seed, seed + 1, seed)]
        return None if parts[0] is None else parts

    return calls


def _properties(calls):
    """Return what matters of three splits: sizes, what overlaps, what is lost, what is random."""
    first, other, again = ([np.asarray(part).ravel().astype(int) for part in c] for c in calls)
    whole = [set(part.tolist()) for part in first]
    pairs = [(0, 1), (0, 2), (1, 2)]
    return np.array([
        *map(len, first),
        *(len(s) < len(part) for s, part in zip(whole, first, strict=True)),
        *(bool(whole[i] & whole[j]) for i, j in pairs),
        len(set.union(*whole)) == sum(map(len, first)),
        *(np.ptp(part) + 1 == len(part) for part in first),
        all(map(np.array_equal, first, again)),
        all(map(np.array_equal, first, other)),
    ], float)  # fmt: skip


def _cut(order, *, sizes=None, places=(2, 0, 1)):
    """Cut an order of the examples; `places` says which piece is training, validation, test."""
    fifth = len(order) // 5
    first, second = sizes or (fifth, fifth)
    pieces = order[:first], order[first : first + second], order[first + second :]
    return tuple(pieces[i] for i in places)


def _masks(m, rng):
    parts = capstone.split(m, rng)
    return tuple(np.isin(np.arange(m), part) for part in parts)


def _draws(m, rng, *, replace):
    return tuple(rng.choice(m, n, replace=replace) for n in (m - 2 * (m // 5), m // 5, m // 5))


def _fresh(m, rng):
    return capstone.split(m, np.random.default_rng())


_SPLIT_CASES = (
    Case((200, 3), says="200 examples"),
    Case((1797, 5), says="1797 examples, which five does not divide"),
)
_OVERLAP = (
    "Each set is drawn by itself, so an example may land in two of them. Shuffle once, then cut."
)
_SPLIT_MISTAKES = (
    Mistake("still-the-stub", lambda m, rng: _cut(np.zeros(m, int)), "This is the stub as it came: "
            "example 0 everywhere. Begin with an order of all m numbers."),
    Mistake("not-shuffled", lambda m, rng: _cut(np.arange(m)), "Nothing is shuffled: each set is a "
            "piece of the file. The digits go from writer to writer, so the sets differ."),
    Mistake("shuffled-within-the-sets", lambda m, rng: tuple(map(rng.permutation, _cut(
            np.arange(m)))), "You shuffle each set, but who is in it was settled before: by the "
            "place in the file."),
    Mistake("with-replacement", partial(_draws, replace=True), "Some examples are drawn twice and "
            "others never. rng.permutation draws each one once."),
    Mistake("overlapping", partial(_draws, replace=False), _OVERLAP),
    Mistake("test-set-used-twice", lambda m, rng: _cut(rng.permutation(m), places=(2, 0, 0)),
            "Validation and test are the same digits. Whatever is chosen by them is judged by them "
            "too: where is the second fifth?"),
    Mistake("test-in-training", lambda m, rng: (lambda o: (o[m // 5 :], o[: m // 5],
            o[m // 5 : 2 * (m // 5)]))(rng.permutation(m)), "The test examples are in the training "
            "set as well: the network will know them by heart."),
    Mistake("all-in-training", lambda m, rng: (lambda o: (o, o[: m // 5],
            o[m // 5 : 2 * (m // 5)]))(rng.permutation(m)), "Training has all m examples, those "
            "of the other two sets among them."),
    Mistake("loses-examples", lambda m, rng: _cut(rng.permutation(m)[: m // 5 * 5 - (m % 5 == 0)]),
            "Some examples are in no set. What is left over belongs to training."),
    Mistake("loses-examples", lambda m, rng: (lambda o: (o[2 * (m // 5) : 5 * (m // 5)],
            *_cut(o)[1:]))(rng.permutation(m)), "Right when five divides m. Of 1797 examples some "
            "are in no set: what is left over belongs to training."),
    Mistake("rounded-up", lambda m, rng: _cut(rng.permutation(m), sizes=(-(-m // 5), -(-m // 5))),
            "Disjoint and shuffled, but a fifth is to be rounded down: m // 5."),
    Mistake("parts-exchanged", lambda m, rng: _cut(rng.permutation(m), places=(0, 1, 2)),
            "The sizes are right, their order is not: training, validation, test."),
    Mistake("parts-exchanged", lambda m, rng: _cut(rng.permutation(m), places=(0, 2, 1)),
            "The sizes are right, their order is not: training, validation, test."),
    Mistake("thirds", lambda m, rng: _cut(rng.permutation(m), sizes=(m // 3, m // 3)),
            "Disjoint and shuffled, but these are thirds: validation and test get a fifth each."),
    Mistake("tenths", lambda m, rng: _cut(rng.permutation(m), sizes=(m // 10, m // 10)),
            "Disjoint and shuffled, but validation and test get a tenth. Asked for is a fifth "
            "each."),
    Mistake("masks", _masks, "You return masks of True and False. Asked for are the numbers of the "
            "examples: np.flatnonzero turns one into the other."),
    Mistake("seed-of-its-own", lambda m, rng: capstone.split(m, np.random.default_rng(0)),
            "Whatever rng comes in, the same split comes out: draw from rng."),
    Mistake("not-repeatable", _fresh, "The same rng should give the same split. Yours draws from "
            "somewhere else: use rng."),
)  # fmt: skip


def choose(function):
    """Check ``choose(trials)``: the configuration of least mean value over its seeds."""
    return diagnose(function, capstone.choose, _CHOOSE_CASES, _CHOOSE_MISTAKES, measure=_chosen)


def _chosen(value):
    """Turn an answer into numbers: a configuration, or what was returned in its place."""
    if isinstance(value, Trial):
        return np.array([1.0, value.configuration["alpha"]])
    if isinstance(value, dict):
        return np.array([0.0, value["alpha"]])
    return np.array([2.0, float(value)])


def _groups(trials):
    groups = {}
    for trial in trials:
        groups.setdefault(trial.configuration["alpha"], []).append(trial)
    return groups


def _pick(trials, *, of=np.mean, value=lambda t: t.value, best=min, failed=None):
    """Choose in exchangeable parts: right if a group that has failed is infinitely bad."""
    scores = {}
    for alpha, group in _groups(trials).items():
        values = np.array([value(t) for t in group], float)
        bad = np.array([bool(t.reason) for t in group])
        if failed is not None:
            values = values[~bad] if failed == "left out" else np.where(bad, failed, values)
        scores[alpha] = float(of(values)) if failed is not None or not bad.any() else math.inf
    if best is max:
        scores = {alpha: score for alpha, score in scores.items() if score < math.inf}
    return {"alpha": best(scores, key=scores.get)}


def _nan_wins(trials):
    means = {a: np.mean([t.value for t in group]) for a, group in _groups(trials).items()}
    return {"alpha": list(means)[int(np.argmin(list(means.values())))]}


def _nan_wins_if_first(trials):
    means = {a: np.mean([t.value for t in group]) for a, group in _groups(trials).items()}
    return {"alpha": min(means, key=means.get)}


def _one(trials):
    return min((t for t in trials if not t.reason), key=lambda t: t.value)


def _least_mean(trials):
    alpha = capstone.choose(trials)["alpha"]
    return np.mean([t.value for t in _groups(trials)[alpha]])


def _trials(*rows):
    """Make trials of rows ``alpha, (validation, training, test), ...``, a triple for each seed."""
    made = []
    for alpha, *seeds in rows:
        for seed, (value, training, test) in enumerate(seeds):
            reason = "" if value is not None else "DivergenceError: cost became NaN in epoch 2"
            more = {"training_error": training, "test_error": test}
            made.append(Trial(len(made), {"alpha": alpha}, math.nan if reason else value,
                              reason=reason, more=more, seed=seed))  # fmt: skip
    return made


_FAILED = (None, 0.9, 0.9)
_CHOOSE_CASES = (
    Case((_trials(
        (0.01, (0.089, 0.011, 0.049), (0.043, 0.006, 0.061)),
        (0.001, (0.044, 0.007, 0.069), (0.041, 0.026, 0.065), (0.033, 0.026, 0.025),
         (0.065, 0.011, 0.082)),
        (0.3, (0.072, 0.021, 0.044), (0.047, 0.011, 0.036), (0.06, 0.019, 0.064),
         (0.056, 0.028, 0.064)),
        (0.1, (0.059, 0.013, 0.032), (0.053, 0.012, 0.027), (0.048, 0.019, 0.056)),
        (0.03, (0.061, 0.011, 0.086), (0.03, 0.008, 0.084), (0.047, 0.001, 0.023),
         (0.076, 0.001, 0.042)),
    ),), says="five configurations, two to four seeds each"),
    Case((_trials(
        (0.03, (0.079, 0.001, 0.051), (0.076, 0.021, 0.06), _FAILED),
        (0.003, (0.062, 0.013, 0.07), (0.027, 0.019, 0.027), (0.087, 0.012, 0.026)),
        (0.001, (0.034, 0.029, 0.049), (0.078, 0.01, 0.032)),
        (0.01, _FAILED, (0.026, 0.025, 0.076), (0.059, 0.019, 0.058)),
        (0.1, (0.028, 0.013, 0.072), (0.067, 0.027, 0.083), (0.058, 0.004, 0.025)),
    ),), says="two configurations have a trial that failed: its value is NaN"),
    Case((_trials(
        (0.003, (0.021, 0.027, 0.087), (0.079, 0.023, 0.063), (0.037, 0.026, 0.038)),
        (0.01, (0.034, 0.023, 0.049), (0.022, 0.023, 0.045), (0.066, 0.022, 0.048)),
        (0.001, _FAILED, (0.053, 0.021, 0.082)),
        (0.03, (0.073, 0.025, 0.051), (0.064, 0.026, 0.067), (0.086, 0.024, 0.081)),
        (0.3, _FAILED, (0.053, 0.023, 0.08), (0.064, 0.013, 0.027)),
    ),), says="other trials that failed"),
)  # fmt: skip
_CHOOSE_MISTAKES = (
    Mistake("still-the-stub", lambda trials: trials[0].configuration, "This is the stub as it "
            "came: the first configuration, however bad it is."),
    Mistake("best-single-seed", lambda trials: _one(trials).configuration, "That configuration has "
            "the best single trial. Look at its other seeds: it was lucky once."),
    Mistake("first-seed-only", partial(_pick, of=lambda v: v[0], failed=math.inf), "Only the first "
            "seed of each configuration counts in yours. Average over all of them."),
    Mistake("last-seed-only", partial(_pick, of=lambda v: v[-1], failed=math.inf), "Only the last "
            "seed of each configuration counts in yours: does a later one overwrite the others?"),
    Mistake("worst-seed", partial(_pick, of=np.max), "You judge each configuration by its worst "
            "seed. Asked for is the mean."),
    Mistake("largest-mean", partial(_pick, best=max), "That is the largest mean. These are errors: "
            "less is better."),
    Mistake("median", partial(_pick, of=np.median), "You compare medians. Asked for are means."),
    Mistake("sum", partial(_pick, of=np.sum), "You add the errors up: whoever was tried with more "
            "seeds loses. Divide by their number."),
    Mistake("failed-as-zero", partial(_pick, failed=0.0), "A trial that failed counts as an error "
            "of 0 in yours: the best there is. A configuration that failed cannot win."),
    Mistake("failed-left-out", partial(_pick, of=lambda v: v.mean() if v.size else math.inf,
            failed="left out"), "You leave failed trials out and average what is left: a "
            "configuration that diverges now and then looks good. It cannot win."),
    Mistake("nan-wins", _nan_wins, "np.argmin takes the first NaN for the least. Leave "
            "configurations out that failed."),
    Mistake("nan-wins", _nan_wins_if_first, "min keeps a NaN that comes first, as nothing is less "
            "than it. Leave configurations out that failed."),
    Mistake("by-test-error", partial(_pick, value=lambda t: t.more["test_error"]), "You choose "
            "by the test error. Then nothing is left to judge the winner by."),
    Mistake("by-training-error", partial(_pick, value=lambda t: t.more["training_error"]),
            "You choose by the training error: that rewards learning by heart."),
    Mistake("least-spread", partial(_pick, of=np.std), "You chose the steadiest configuration. "
            "Steady is good, but asked for is the least mean."),
    Mistake("most-seeds", lambda trials: {"alpha": max(_groups(trials), key=lambda a: len(
            _groups(trials)[a]))}, "You chose the configuration that was tried most often."),
    Mistake("a-trial", _one, "That is a trial. Return a configuration: trial.configuration. And it "
            "is one lucky trial: average over the seeds."),
    Mistake("the-error", _least_mean, "That is the least mean error itself. Return the "
            "configuration that it belongs to."),
)  # fmt: skip


def goal_tuner(run, *, epoch, alpha, units, keep_prob, **_):
    """Judge the challenge at the tuner's seat: few wrong digits after few epochs."""
    digits, most = digit_tuning.sets().validation[1].shape[1], TUNER_WRONG
    wrong = run.wrong(epoch, alpha, units, keep_prob)
    now = f"{wrong} of {digits} wrong after epoch {epoch}" if epoch else "not trained yet"
    if wrong <= most and 0 < epoch <= TUNER_EPOCHS:
        return Verdict(True, None, f"{now}: α = {alpha:g}, {units} units, keep_prob {keep_prob:g}.")
    late = f" That is past epoch {TUNER_EPOCHS}: go back, and tune." if epoch > TUNER_EPOCHS else ""
    hint = (f"at most {most} of the {digits} validation digits wrong within {TUNER_EPOCHS} epochs. "
            f"Now {now}.{late}")  # fmt: skip
    return Verdict(False, "too-late" if late else "too-many-wrong", hint)


TUNER_WRONG, TUNER_EPOCHS = 14, 10


def reached(board):
    """Judge a leaderboard: within the budget, by means of three seeds, well below the baseline."""
    if not isinstance(board, capstone.Leaderboard):
        kind = type(board).__name__
        return Verdict(False, "not-a-leaderboard", f"Pass a Leaderboard: you passed a {kind}.")
    for judged in (_budget_kept, _baseline_there, _well_below, _test_set_closed):
        if verdict := judged(board):
            return verdict
    best, base = board.winner(), _baseline(board)
    return Verdict(True, None, f"{best.mean:.1%}, mean of {len(best.errors)} seeds, where the "
                   f"defaults have {base.mean:.1%}, for {board.spent} epochs. Now open the test "
                   "set, once.")  # fmt: skip


def _budget_kept(board):
    if len(board.trials) == 0:
        return Verdict(False, "nothing-tried", "The board is empty. Begin with the baseline: "
                       f"board.run([{BASELINE}], seeds=range({capstone.SEEDS})).")  # fmt: skip
    if board.spent > BUDGET:
        hint = f"{board.spent} epochs are spent, {BUDGET} were allowed: begin again in a new file."
        return Verdict(False, "over-budget", hint)
    return None


def _baseline(board):
    wanted = digit_tuning.completed(BASELINE)
    return next((s for s in board.standings if s.configuration == wanted), None)


def _baseline_there(board):
    base = _baseline(board)
    seeds = len(base.errors) if base else 0
    if seeds >= capstone.SEEDS:
        return None
    hint = (f"The baseline is missing: board.run([{BASELINE}], seeds=range({capstone.SEEDS})). "
            f"It has {seeds} seeds so far.")  # fmt: skip
    return Verdict(False, "no-baseline", hint)


def _well_below(board):
    best, goal = board.winner(), _baseline(board).mean - MARGIN
    if best.mean <= goal:
        return None
    lucky = [s for s in board.standings if s.mean <= goal]
    asked = (
        f"Asked for is a mean of {goal:.1%} or less, {100 * MARGIN:.0f} points below the baseline. "
    )
    if lucky:
        hint = (f"{asked}One configuration has it with {len(lucky[0].errors)} of {capstone.SEEDS} "
                "seeds: try it with the others, it may have been lucky.")  # fmt: skip
        return Verdict(False, "too-few-seeds", hint)
    hint = (
        f"{asked}The best mean is {best.mean:.1%}; {max(0, BUDGET - board.spent)} epochs are left."
    )
    return Verdict(False, "not-yet-better", hint)


def _test_set_closed(board):
    openings = board.openings
    if len(openings) > 1:
        hint = (
            "Low enough, but the test set was opened twice: no number that it gives is honest now."
        )
        return Verdict(False, "test-set-opened-twice", hint)
    if openings and len(board.trials) > openings[0].trials:
        hint = ("Low enough, but trials were run after the test set was opened: what was seen "
                "there may have guided them.")  # fmt: skip
        return Verdict(False, "trials-after-the-test", hint)
    return None
