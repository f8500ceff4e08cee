"""Where a hint sends a reader with a wrong answer, that answer is seen to be wrong.

A place at which it happens to be right would tell the reader to look elsewhere.
"""

import numpy as np
import pytest

from course_utils.checks import (
    batch_norm,
    batch_norm_at_test_time,
    capstone,
    computation_graphs,
    frameworks_side_by_side,
    gradient_checking,
    initialization,
    learning_rate_decay,
    mini_batches,
    optimizers,
    pandas_vs_caviar,
    regularization,
    sampling_scales,
    softmax,
    start_here,
    training_softmax,
    tuning_process,
    weighted_averages,
    why_batch_norm_works,
)
from course_utils.support.trials import Trial
from tests.checks.test_bank import WRONG, verdict_on

FOUR = 4, 0.3  # m and momentum
RUNNING = frameworks_side_by_side._RUNNING_MISTAKES
SLOPES = computation_graphs._SOFTPLUS_MISTAKES


def softplus_at(*x):
    x = np.array(x, float)
    return np.ones_like(x), np.logaddexp(0, x), x


ROW, SQUARE = np.array([[1.0, -1.0]]), np.array([[1.0, -2.0], [3.0, 0.5]])
VECTORS = np.array([2.0, -1.0]), np.array([0.5, 3.0]), np.array([4.0, -0.2])  # theta, s and g
V = np.array([-0.3, 0.7])


def adam_at(t, epsilon):
    theta, s, g = VECTORS
    return theta, V, s, g, t, 0.1, 0.9, 0.99, epsilon


def column(*z):
    return (np.array(z, float)[:, None],)


def pair(z1, z2):
    return np.array([z1], float), np.array([z2], float)


def bowl(w, batches):
    return w, batches, 0.1


DAYS = np.array([8.9, 6.7, 9.45, 3.35, 1.5, 2.75])
BATCHES = [np.array([[1.0, 2.0, 6.0]]), np.array([[-3.0, 0.5, 9.0]])]

PLACES = {
    "the correction alone": (
        frameworks_side_by_side._running,
        RUNNING,
        frameworks_side_by_side._LOOK_UNBIASED,
        [(np.zeros(1), np.ones(1), *FOUR)],
    ),
    "old and new alike": (
        frameworks_side_by_side._running,
        RUNNING,
        frameworks_side_by_side._LOOK_SHARES,
        [(np.full(1, 2.0), np.full(1, 1.5), *FOUR)],
    ),
    "momentum 0 and 1": (
        frameworks_side_by_side._running,
        RUNNING,
        frameworks_side_by_side._LOOK_MOMENTUM,
        [(np.full(1, 2.0), np.full(1, 7.0), 4, k) for k in (0.0, 1.0)],
    ),
    "the slope": (
        computation_graphs.softplus_backward.right,
        SLOPES,
        computation_graphs._LOOK_SLOPE,
        [softplus_at(x) for x in (0, 1, -50, 50)],
    ),
    "a large x": (
        computation_graphs.softplus_backward.right,
        SLOPES,
        computation_graphs._LOOK_LARGE,
        [softplus_at(1000)],
    ),
    "cut": (
        computation_graphs.softplus_backward.right,
        SLOPES,
        "Look at x beyond ±10.",
        [softplus_at(x) for x in (-11, 11)],
    ),
    **{
        f"x = {x}": (
            computation_graphs.softplus_backward.right,
            SLOPES,
            f"Try x = {x}: is the slope exactly {limit} there?".replace("-", "−"),
            [softplus_at(x)],
        )
        for x, limit in ((7, 1), (-7, 0))
    },
    "a single mini-batch": (
        batch_norm_at_test_time._running,
        batch_norm_at_test_time._RUNNING_MISTAKES,
        batch_norm_at_test_time._LOOK_START,
        [(BATCHES[:1], 0.9)],
    ),
    "two mini-batches": (
        batch_norm_at_test_time._running,
        batch_norm_at_test_time._RUNNING_MISTAKES,
        batch_norm_at_test_time._LOOK_SECOND,
        [(BATCHES, 0.9)],
    ),
    **{
        f"one layer, {name}": (
            regularization._cost,
            regularization._COST_MISTAKES,
            f"Try W = {name}: neither weight is 0, but what is your sum?",
            [([W], [np.ones((1, 1))], 1.0, 1)],
        )
        for name, W in (("[[1, −1]]", ROW), ("[[1], [−1]]", ROW.T))
    },
    **{
        f"b = {k}a": (
            gradient_checking._difference,
            gradient_checking._DIFFERENCE_MISTAKES,
            look,
            [(np.array([3.0, 4.0]), k * np.array([3.0, 4.0]))],
        )
        for k, look in (
            (1, "Try a = b: the answer should be 0."),
            (2, "Try b = 2a: the answer should be a third."),
        )
    },
    **{
        f"L2, {name}": (
            regularization._cost,
            regularization._COST_MISTAKES,
            look,
            [(weights, [np.ones((2, 1))] * len(weights), 1.0, 1)],
        )
        for name, look, weights in (
            (
                "two rows",
                "Try a single W with more than one row, and compare with the sum of its squares.",
                [SQUARE],
            ),
            (
                "two layers",
                "Try two layers of the same weights: is the cost twice that of one?",
                [SQUARE, SQUARE],
            ),
            (
                "a layer of zeros",
                "Try a network in which one layer is all zeros.",
                [SQUARE, 0 * SQUARE],
            ),
            ("zeros", "Try weights that are all 0: what should the cost be?", [0 * SQUARE]),
        )
    },
    **{
        f"difference of {a} and {b}": (
            gradient_checking._difference,
            gradient_checking._DIFFERENCE_MISTAKES,
            look,
            [(np.array(a), np.array(b))],
        )
        for look, a, b in (
            (
                "Try a = [1, 0] and b = [0, 1]: they differ, but what does yours say?",
                [1.0, 0.0],
                [0.0, 1.0],
            ),
            (
                "Try a = [1, −1] and b = [0, 0]: they differ, but what does yours say?",
                [1.0, -1.0],
                [0.0, 0.0],
            ),
            (
                "Try two gradients of length 0.000001 that differ in their fourth digit.",
                [6e-7, 8e-7],
                [6.003e-7, 8e-7],
            ),
        )
    },
    **{
        f"the slope at {theta}": (
            gradient_checking.numerical_gradient.right,
            gradient_checking.numerical_gradient.mistakes,
            look,
            [(lambda theta: float(np.sum(theta**2)), np.array([theta]), 1e-4)],
        )
        for theta, look in (
            (3.0, "Try f(θ) = θ² at θ = 3, by hand and with yours: the slope there is 6."),
            (-3.0, "Try f(θ) = θ² at θ = −3: the slope there is −6."),
        )
    },
    "all mini-batches alike": (
        batch_norm_at_test_time._running,
        batch_norm_at_test_time._RUNNING_MISTAKES,
        "Let all mini-batches be the same: does your average stay where it is?",
        [(BATCHES[:1] * 3, 0.9)],
    ),
    "m = 4": (
        frameworks_side_by_side._running,
        RUNNING,
        "Try m = 4: the unbiased variance is a third larger than the other. Is yours?",
        [(np.full(1, 2.0), np.full(1, 7.0), *FOUR)],
    ),
    "a class far behind": (
        training_softmax.cost.right,
        training_softmax._COST_MISTAKES,
        training_softmax._LOOK_FAR,
        [(np.array([[0.0], [1000.0]]), np.array([[1.0], [0.0]]))],
    ),
    **{
        f"epsilon = 0.5, {name}": (of, mistakes, optimizers._EPSILON, [call])
        for name, of, mistakes, call in (
            (
                "RMSprop",
                optimizers._rmsprop,
                optimizers._RMSPROP_MISTAKES,
                (*VECTORS, 0.1, 0.9, 0.5),
            ),
            ("Adam", optimizers._adam, optimizers._ADAM_MISTAKES, adam_at(3, 0.5)),
        )
    },
    **{
        f"t = 2, {name}": (optimizers._adam, optimizers._ADAM_MISTAKES, look, [adam_at(2, 1e-8)])
        for name, look in (
            ("power", optimizers._POWER),
            ("correction", "Compare your second step with and without the correction."),
        )
    },
    **{
        f"softmax of {name}": (softmax.softmax.right, softmax._SOFTMAX_MISTAKES, look, calls)
        for name, look, calls in (
            (
                "1000",
                "Try logits of 1000, and of −1000, in your function: what does exp make of them?",
                [column(1000, 999)],
            ),
            (
                "1000 and 999",
                "Look at a column that holds 1000 and 999: are their probabilities different?",
                [column(1000, 999)],
            ),
            (
                "far below 0",
                "Look at a column whose logits are all far below zero: what do you take off there?",
                [column(-1000, -1002)],
            ),
            (
                "5 and 2",
                "Try the logits 5 and 2: are their odds e³, about 20 to 1?",
                [column(5, 2)],
            ),
            ("3 and −3", "Compare a logit of 3 with one of −3.", [column(3, -3)]),
        )
    },
    **{
        f"hard max of {name}": (softmax.hard_max.right, softmax._HARD_MISTAKES, look, calls)
        for name, look, calls in (
            ("equals", softmax._TIE, [column(1, 3, 3), column(3, 3, 1)]),
            (
                "nearly equals",
                "Try a column of 0.3 and 0.30001: which of them should win?",
                [column(0.3, 0.30001)],
            ),
            *(
                (
                    f"{z}",
                    "Try 999 and 1000, then −1001 and −1000: what do you compare with each other?",
                    [column(*z)],
                )
                for z in ((999, 1000), (-1001, -1000))
            ),
            (
                "−2 and −1",
                "Try a column of −2 and −1: which of them should win?",
                [column(-2, -1)],
            ),
            (
                "below zero",
                "Look at a column in which all logits are below zero.",
                [column(-1, -2)],
            ),
            (
                "the last",
                "Look at a column in which the last logit is the largest.",
                [column(1, 2, 3)],
            ),
            (
                "the largest size",
                "Look at a column in which the logit of the largest size is below zero.",
                [column(2, -3)],
            ),
            ("one column", "Try a single column: is your answer a column, too?", [column(1, 2, 3)]),
        )
    },
    **{
        f"two classes, {name}": (softmax.two_class.right, softmax._TWO_MISTAKES, look, calls)
        for name, look, calls in (
            (
                "1000 and 1000.5",
                "Try 1000 against 1000.5: are their probabilities different?",
                [pair(1000, 1000.5)],
            ),
            (
                "a lead of 1000",
                "Look at an example in which one logit leads by 1000.",
                [pair(1000, 0)],
            ),
            ("1000 and 0", "Try z₁ = 1000 and z₂ = 0 in your function.", [pair(1000, 0)]),
            (
                "one example",
                "Try a single example: is the shape of your answer (2, 1)?",
                [pair(5, 2)],
            ),
            ("the larger", "Which class should win where z₁ is the larger?", [pair(5, 2)]),
            ("the smaller", "Which class should win where z₁ is the smaller?", [pair(2, 5)]),
        )
    },
    **{
        f"edge, {name}": (tuning_process._edge, tuning_process._EDGE_MISTAKES, look, calls)
        for name, look, calls in (
            ("high", "Try x just below high.", [(0.97, 1e-4, 1.0)]),
            ("low", "Try x just above low.", [(0.000107, 1e-4, 1.0)]),
            ("middle", "Try an x in the middle of its range.", [(0.01, 1e-4, 1.0)]),
            (
                "from 1 to 10",
                "Try 5, and then 9.9, in a range from 1 to 10.",
                [(5.0, 1.0, 10.0), (9.9, 1.0, 10.0)],
            ),
            (
                "from 5 to 200",
                "Try 7 in a range from 5 to 200: how far up is it?",
                [(7.0, 5.0, 200.0)],
            ),
        )
    },
    **{
        f"trials, {name}": (
            tuning_process.trials_needed.right,
            tuning_process._NEEDED_MISTAKES,
            look,
            [call],
        )
        for name, look, call in (
            ("coin", tuning_process._COIN, (0.5, 0.5)),
            (
                "0.01",
                "Try share=0.01, probability=0.95: are your trials enough?",
                (0.01, 0.95),
            ),
        )
    },
    "one step by hand": (
        mini_batches.epoch.right,
        mini_batches._EPOCH_MISTAKES,
        mini_batches._LENGTH,
        [bowl(np.zeros((2, 1)), [(np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[1.0, 4.0]]))])],
    ),
    "no error": (
        mini_batches.epoch.right,
        mini_batches._EPOCH_MISTAKES,
        mini_batches._BOTTOM,
        [bowl(np.ones((1, 1)), [(np.array([[1.0, 3.0]]), np.array([[1.0, 3.0]]))])],
    ),
    **{
        f"averages, {name}{which}": (exercise.right, exercise.mistakes, look, [call])
        for which, exercise in (
            ("", weighted_averages.ewa),
            (", corrected", weighted_averages.ewa_corrected),
        )
        for name, look, call in (
            ("frost", "Try days of frost.", (np.array([-2.0, -3.5]), 0.5)),
            (
                "whole degrees",
                "Give it whole degrees, such as 40, 49, 45: where are the decimals?",
                (np.array([40, 49, 45]), 0.9),
            ),
            (
                "many days",
                "Try many days, and a small β: what becomes of your powers of β?",
                (np.resize(DAYS, 365), 0.1),
            ),
            ("the last", "Look at the last of your averages.", (DAYS, 0.9)),
        )
    },
    "10 °C on every day": (
        weighted_averages.ewa_corrected.right,
        weighted_averages._CORRECTED_MISTAKES,
        "With 10 °C on every day, where should the averages begin?",
        [(np.full(1, 10.0), 0.9)],
    ),
    **{
        f"inverse time, {name}": (
            learning_rate_decay._inverse,
            learning_rate_decay._INVERSE_MISTAKES,
            look,
            [call],
        )
        for name, look, call in (
            ("epoch 0", learning_rate_decay._AT_EPOCH_0, (0.2, 0.5, 0)),
            *(
                (
                    f"epoch 1, rate {rate}",
                    "Put in epoch = 1: is α smaller than alpha0 already?",
                    (0.2, rate, 1),
                )
                for rate in (0.5, 1.0)
            ),
            ("rate 0.25", "Try a decay_rate of 0.25.", (0.2, 0.25, 1)),
            *(
                (f"rate 1, {what}", f"Put in decay_rate = 1 and epoch = 1: {what}", (0.2, 1.0, 1))
                for what in ("what should come out?", "is α smaller than alpha0?")
            ),
            ("epoch 2", "Compute epoch 2 by hand and compare.", (0.2, 1.0, 2)),
            (
                "epoch 3",
                "Compute epoch 3 by hand, with alpha0 = 0.2 and a rate of 1, and compare.",
                (0.2, 1.0, 3),
            ),
            *(
                (
                    f"epoch {epoch}",
                    "Try epochs 10 000 and 20 000, with a rate of 1: does α still fall?",
                    (0.2, 1.0, epoch),
                )
                for epoch in (10_000, 20_000)
            ),
        )
    },
    **{
        f"staircase, {name}": (
            learning_rate_decay._stair,
            learning_rate_decay._STAIR_MISTAKES,
            look,
            calls,
        )
        for name, look, calls in (
            (
                "epochs 0 and 1",
                "Compare α in epochs 0 and 1, with every = 10.",
                [(0.2, 0.5, 10, 1)],
            ),
            (
                "epochs 9 to 11",
                learning_rate_decay._WHEN,
                [(0.2, 0.5, 10, n) for n in (9, 10, 11)],
            ),
            (
                "epochs 10 and 11",
                "With every = 10, compare epochs 10 and 11.",
                [(0.2, 0.5, 10, 11)],
            ),
            ("epoch 0", learning_rate_decay._STAIR_0, [(0.2, 0.5, 10, 0)]),
            (
                "epoch 10",
                "Put in epoch = 10, with every = 10: is α smaller than alpha0 already?",
                [(0.2, 0.5, 10, 10)],
            ),
            ("two steps", learning_rate_decay._BY_HAND, [(0.2, 0.5, 10, 20)]),
            *(
                (
                    f"{n} epochs",
                    "Compute α by hand after two steps and after three.",
                    [(0.2, 0.5, 10, n)],
                )
                for n in (20, 30)
            ),
            (
                "a factor of 0.9",
                "Try a factor of 0.9: by how much should α fall?",
                [(0.2, 0.9, 10, 10)],
            ),
            *(
                (f"{word} epochs", f"Try epochs 100 and 200, with every = 10{which}", [call])
                for word, which, call in (
                    ("late", ": does α still fall?", (0.2, 0.5, 10, 100)),
                    ("later", ": does α still fall?", (0.2, 0.5, 10, 200)),
                    ("small", " and a factor of 0.5: does α still fall?", (0.2, 0.5, 10, 100)),
                )
            ),
        )
    },
    **{
        f"rungs, {name}": (pandas_vs_caviar._rungs, pandas_vs_caviar._RUNGS_MISTAKES, look, [call])
        for name, look, call in (
            ("11 models", pandas_vs_caviar._NEXT, (11, 1, 3, 3)),
            (
                "part of a model",
                "Begin with 11 models and η = 3: how many models has your second rung?",
                (11, 1, 3, 3),
            ),
            (
                "243 models",
                "Look at 243 models and R = 243: how many rungs are there?",
                (243, 1, 243, 3),
            ),
            (
                "98 models",
                "Look at 98 models and η = 7: how many are left in the third rung?",
                (98, 1, 98, 7),
            ),
            ("η = 2", "Look at η = 2.", (16, 1, 16, 2)),
            ("η = 3", "Look at η = 3.", (27, 1, 27, 3)),
            ("r = 3", "Look at a first rung with r = 3.", (27, 3, 27, 3)),
            (
                "10 models",
                "Count your rungs for 10 models, from 1 to 1000 epochs with η = 4.",
                (10, 1, 1000, 4),
            ),
        )
    },
    **{
        f"survivors, {name}": (
            pandas_vs_caviar._survivors,
            pandas_vs_caviar._SURVIVORS_MISTAKES,
            look,
            [call],
        )
        for name, look, call in (
            (
                "NaN, 2.5, NaN, NaN",
                pandas_vs_caviar._FAILED_LOOK,
                (np.array([np.nan, 2.5, np.nan, np.nan]), 2),
            ),
            ("all equal", pandas_vs_caviar._EQUAL, (np.full(6, 0.3), 3)),
            (
                "two equal",
                "Try the errors 0.3, 0.3, 0.1, 0.5, 0.6 and 0.9 with η = 3: which two should go "
                "on?",
                (np.array([0.3, 0.3, 0.1, 0.5, 0.6, 0.9]), 3),
            ),
        )
    },
    **{
        f"drift, {name}": (
            why_batch_norm_works._drift,
            why_batch_norm_works._DRIFT_MISTAKES,
            look,
            [(np.array(means, float)[:, None], np.ones((len(means), 1)))],
        )
        for name, look, means in (
            ("up and down", why_batch_norm_works._LOOK_SIGN, [0, 1, 0]),
            (
                "from −1 to 1",
                "Let a mean go from −1 to 1: what should the drift be, what is yours?",
                [-1, 1],
            ),
        )
    },
    **{
        f"near 10⁸, {look[:20]}": (
            batch_norm.forward.right,
            batch_norm.forward.mistakes,
            look,
            [(np.array([[1e8 - 1, 1e8 + 1]]), np.ones((1, 1)), np.zeros((1, 1)), 1e-5)],
        )
        for look in (
            "Try numbers near 10⁸, as 1e8 − 1 and 1e8 + 1: what is their variance, and what is "
            "yours?",
            "Look at the type of your numbers, and try a unit near 10⁸.",
        )
    },
}


def rounded(answer):
    return np.round(np.asarray(answer, float), 9)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_wrong_answer_is_wrong_where_its_hint_says_to_look(place):
    right, mistakes, look, calls = PLACES[place]
    sent = [(m.id, wrong) for m in mistakes if m.look == look for wrong in m.wrong]
    assert sent, "nobody is sent there"
    fine = [
        name
        for name, wrong in sent
        if all(np.array_equal(rounded(wrong(*c)), rounded(right(*c))) for c in calls)
    ]
    assert fine == []


def follows(call, place, other, seen=lambda answer: answer):
    """Ask whether what is seen of an answer changes with one of the arguments."""

    def ask(function):
        changed = [*call[:place], other, *call[place + 1 :]]
        before, after = (np.asarray(seen(function(*c)), float) for c in (call, changed))
        return not np.array_equal(before, after, equal_nan=True)

    return ask


def theta_of(answer):
    return answer[0]


def first_step_twice(step, g=0.5):
    """Return the lengths of the first steps for a gradient and for one twice as large."""
    zero = np.zeros(1)
    rest = (0.1, 0.9, 1e-12) if step[0] else (1, 0.1, 0.9, 0.99, 1e-12)
    state = (zero,) if step[0] else (zero, zero)
    return [step[1](zero, *state, np.full(1, k * g), *rest)[0].item() for k in (1, 2)]


def same_length(rmsprop):
    def ask(step):
        once, twice = first_step_twice((rmsprop, step))
        return bool(np.isclose(once, twice))

    return ask


ONE = tuple(np.array([x]) for x in (2.0, 0.5, 4.0))  # theta, v or s, and g
MOMENTUM, RMSPROP = (*ONE, 0.1, 0.9), (*ONE, 0.1, 0.9, 0.01)
ADAM = adam_at(3, 0.01)
OPTIMIZERS = {
    "momentum": (optimizers.momentum_step, MOMENTUM, {"v": 1, "g": 2, "alpha": 3}),
    "RMSprop": (optimizers.rmsprop_step, RMSPROP, {"s": 1, "g": 2, "alpha": 3, "epsilon": 5}),
    "Adam": (
        optimizers.adam_step,
        ADAM,
        {"s": 2, "t": 4, "alpha": 5, "beta1": 6, "beta2": 7, "epsilon": 8},
    ),
}
NEW = {"v": 7.0, "s": 7.0, "t": 5, "alpha": 0.3, "beta1": 0.5, "beta2": 0.9, "epsilon": 0.4}


def optimizer_follows(name, argument, look, seen=lambda answer: np.concatenate(answer)):
    exercise, call, places = OPTIMIZERS[name]
    other = np.full_like(call[places[argument]], NEW[argument])
    return exercise, look, follows(call, places[argument], other, seen)


def turns(step):
    """Ask whether a step changes its direction with the sign of g."""
    moved = [step(*ONE[:2], k * ONE[2], *RMSPROP[3:])[0] - ONE[0] for k in (1, -1)]
    return bool(np.sign(moved[0]) == -np.sign(moved[1]))


def descends(call):
    return lambda step: bool((step(*call)[0] < call[0]).all())


def variance_of(name, widths):
    """Ask for what a hint on initialization tells to print, at two layers."""
    of_he = name == "he"

    def ask(weights):
        return [
            round((n_in if of_he else n_in + n_out) * weights(n_out, n_in, None).var(), 2)
            for n_out, n_in in widths
        ]

    return ask


def in_layer(exercise, name):
    """Collect the mistakes in a scheme, which are not in the exercise itself."""
    kinds = (getattr(initialization, f"_{name.upper()}_{kind}") for kind in ("NORMAL", "UNIFORM"))
    always = initialization.made_in(exercise.right, initialization._ALWAYS)
    return [*always, *(mistake for kind in kinds for mistake in kind)]


def falls(step):
    """Ask whether J falls with one step, on an example of which the prediction is too low."""
    w, x, y = np.zeros((2, 1)), np.array([[1.0], [-2.0]]), np.array([[0.5]])
    cost = lambda w: ((w.T @ x - y) ** 2).item()  # noqa: E731
    return cost(step(w, [(x, y)], 0.1)) < cost(w)


def is_least(needed):
    """Ask of a number of trials whether it is enough, and one fewer is not."""

    def ask(function):
        told = []
        for share, p in ((0.05, 0.95), (0.3, 0.99), (0.01, 0.5), (0.7, 0.2), (0.1, 0.9)):
            n = function(share, p)
            told.append(bool(1 - (1 - share) ** n >= p > 1 - (1 - share) ** (n - 1)))
        return all(told)

    return ask(needed)


def halfway(mistake_or_right):
    """Ask where 0.01 lies between 0.0001 and 1."""
    position = getattr(mistake_or_right, "keywords", {}).get("position", tuning_process._position)
    return round(float(position(0.01, 1e-4, 1.0)), 6)


def own_alone(undo):
    """Ask whether γ and β of the other units stay when one unit gets other numbers."""
    z = np.array([[1.0, 2.0, 6.0], [-4.0, 0.5, 2.0]])
    other = np.vstack([z[:1], [[7.0, -1.0, 3.0]]])
    pairs = zip(undo(z, 0.1), undo(other, 0.1), strict=True)
    return all(np.array_equal(np.ravel(a)[:1], np.ravel(b)[:1]) for a, b in pairs)


def trials_of(*groups):
    """Make trials of configurations; NaN is one that failed."""
    return [
        Trial(
            k,
            {"alpha": 0.1 * (k + 1), "units": 8},
            value,
            seed=seed,
            reason="failed" if np.isnan(value) else "",
        )
        for k, group in enumerate(groups)
        for seed, value in enumerate(group)
    ]


def chosen_beside(values):
    """Ask up to which rival a configuration of these values is chosen."""

    def ask(choose):
        rivals = np.linspace(0, 1, 1001) + 0.0003
        return [choose(trials_of(values, [rival] * 2))["alpha"] < 0.15 for rival in rivals]

    return ask


DAYS_OF_A_YEAR = np.resize(DAYS, 365)
ANOTHER_FIRST = np.append(80.0, DAYS_OF_A_YEAR[1:])
QUESTIONS = {
    **{
        f"{name}: {argument} changed": optimizer_follows(name, argument, look, seen)
        for name, argument, look, seen in (
            ("momentum", "v", "Change the v that is passed in: does θ follow?", theta_of),
            ("momentum", "alpha", "Change alpha: does θ follow?", theta_of),
            ("RMSprop", "epsilon", "Change epsilon: does θ follow?", theta_of),
            ("RMSprop", "s", "Change the s that is passed in: does θ follow?", theta_of),
            ("RMSprop", "alpha", "Change alpha: does θ follow?", theta_of),
            ("Adam", "epsilon", "Change epsilon: does θ follow?", theta_of),
            ("Adam", "s", "Change the s that is passed in: does θ follow?", theta_of),
            ("Adam", "alpha", "Change alpha: does θ follow?", theta_of),
            ("Adam", "t", "Change t: does your step follow?", theta_of),
            ("Adam", "beta1", "Change beta1: do your results follow?", np.concatenate),
            ("Adam", "beta2", "Change beta2: do your results follow?", np.concatenate),
        )
    },
    **{
        f"{name}: twice the gradient": (exercise, optimizers._SAME_LENGTH, same_length(rmsprop))
        for name, exercise, rmsprop in (
            ("RMSprop", optimizers.rmsprop_step, True),
            ("Adam", optimizers.adam_step, False),
        )
    },
    **{
        f"{name}: downhill": (exercise, optimizers._DESCENT, descends(call))
        for name, exercise, call in (
            ("momentum", optimizers.momentum_step, (ONE[0], np.zeros(1), ONE[2], 0.1, 0.9)),
            ("RMSprop", optimizers.rmsprop_step, (ONE[0], np.zeros(1), ONE[2], 0.1, 0.9, 0.1)),
            (
                "Adam",
                optimizers.adam_step,
                (ONE[0], np.zeros(1), np.zeros(1), ONE[2], 1, 0.1, 0.9, 0.99, 0.1),
            ),
        )
    },
    "RMSprop: the sign of g": (
        optimizers.rmsprop_step,
        "Change the sign of g: does the step change its direction?",
        turns,
    ),
    "Adam: both corrected": (
        optimizers.adam_step,
        "Are both of your corrected averages larger than the plain ones?",
        lambda f: (
            bool(np.greater(f.keywords["hats"](1, 1, 3, 0.9, 0.99), 1).all())
            if hasattr(f, "keywords")
            else True
        ),
    ),
    **{
        f"softmax: {name}": (exercise, look, ask)
        for name, exercise, look, ask in (
            (
                "added up",
                softmax.softmax,
                softmax._ADD_UP,
                lambda f: round(float(f(column(5, 2, -1, 3)[0]).sum()), 3),
            ),
            (
                "two added up",
                softmax.two_class,
                "Add up the two probabilities where z₁ = 5 and z₂ = 2.",
                lambda f: round(float(np.sum(f(*pair(5, 2)))), 3),
            ),
            (
                "between 0 and 1",
                softmax.two_class,
                "Try z₁ = 5 and z₂ = 2: are your numbers between 0 and 1?",
                lambda f: bool(((f(*pair(5, 2)) >= 0) & (f(*pair(5, 2)) <= 1)).all()),
            ),
            (
                "below zero",
                softmax.two_class,
                "Try an example in which z₁ is the smaller: is a probability below zero?",
                lambda f: bool((f(*pair(2, 5)) < 0).any()),
            ),
            (
                "the same lead",
                softmax.two_class,
                "Add 10 to both logits of an example: should the probabilities change?",
                lambda f: bool(np.allclose(f(*pair(5, 2)), f(*pair(15, 12)))),
            ),
            (
                "a column without any 1",
                softmax.hard_max,
                "Look for a column without any 1.",
                lambda f: bool(f(column(0.1, 0.2, 0.3)[0]).any()),
            ),
        )
    },
    "trials: enough, and one fewer too few": (
        tuning_process.trials_needed,
        tuning_process._ENOUGH,
        is_least,
    ),
    "mini-batches: downhill": (mini_batches.epoch, mini_batches._DOWN, falls),
    **{
        f"averages{which}: {name}": (exercise, look, ask)
        for which, exercise in (
            ("", weighted_averages.ewa),
            (", corrected", weighted_averages.ewa_corrected),
        )
        for name, look, ask in (
            (
                "365 days",
                weighted_averages._MEMORY,
                follows((DAYS_OF_A_YEAR, 0.98), 0, ANOTHER_FIRST, lambda v: v[-1]),
            ),
            (
                "day 1",
                "Change the first day: does your number for day 1 follow?",
                follows((DAYS, 0.9), 0, np.append(3.0, DAYS[1:]), lambda v: v[0]),
            ),
            (
                "day 2",
                "Change the second day: does your number for day 1 follow?",
                follows((DAYS, 0.9), 0, np.append(DAYS[:1], DAYS[2:]), lambda v: v[0]),
            ),
            ("β", "Change beta: does your answer follow?", follows((DAYS, 0.9), 1, 0.7)),
            (
                "nine days and one",
                "Put in nine days of 0 and then one of 10, with β = 0.9: is your last average "
                "still nearer to 0?",
                lambda f: bool(f(np.append(np.zeros(9), 10.0), 0.9)[-1] < 5),
            ),
        )
    },
    "averages: day 200": (
        weighted_averages.ewa_corrected,
        "With β = 0.98, compare day 200 with and without your correction.",
        lambda f: round(float(f(DAYS_OF_A_YEAR, 0.98)[199]), 6),
    ),
    "averages: larger when corrected": (
        weighted_averages.ewa_corrected,
        "Are your numbers larger than without correction?",
        lambda f: bool((f(DAYS, 0.9) > weighted_averages.ewa.right(DAYS, 0.9)).all()),
    ),
    **{
        f"decay: {name}": (exercise, look, ask)
        for name, exercise, look, ask in (
            (
                "a larger rate",
                learning_rate_decay.inverse_time,
                "A larger decay_rate should make α fall faster: does it?",
                lambda f: bool(f(0.2, 2.0, 3) < f(0.2, 0.5, 3)),
            ),
            (
                "every epoch",
                learning_rate_decay.inverse_time,
                "Try a decay_rate of 0.25: does α fall in each epoch?",
                lambda f: bool(f(0.2, 0.25, 1) < f(0.2, 0.25, 0)),
            ),
            (
                "a factor of 0.5",
                learning_rate_decay.staircase,
                "With a factor of 0.5, what should a single step do to α, and what does yours do?",
                lambda f: bool(f(0.2, 0.5, 10, 10) < 0.2),
            ),
            *(
                (
                    f"{name} changed",
                    learning_rate_decay.staircase,
                    f"Change {name}: does your α follow?",
                    follows((0.2, 0.6, 7, 45), place, other),
                )
                for name, place, other in (("alpha0", 0, 0.4), ("factor", 1, 0.7), ("every", 2, 4))
            ),
        )
    },
    **{
        f"pandas: {look[:30]}": (
            pandas_vs_caviar.survivors,
            look,
            lambda f, errors=errors, eta=eta: len(f(errors, eta)),
        )
        for look, errors, eta in (
            (
                pandas_vs_caviar._COUNT,
                np.array([0.4, *[np.nan] * 5, 0.1, np.nan, 0.3, np.nan, 0.2]),
                4,
            ),
            ("Let the errors of all models be equal: how many go on?", np.full(7, 0.3), 3),
            ("Count how many go on of two models with η = 3.", np.array([0.3, 0.1]), 3),
        )
    },
    "drift: one step of three units": (
        why_batch_norm_works.drift,
        why_batch_norm_works._LOOK_SHAPE,
        lambda f: np.shape(f(np.array([[0.0, 1, 2], [1, 3, 0]]), np.ones((2, 3)))),
    ),
    "noise: from m = 100 to 400": (
        why_batch_norm_works.noise_of_the_mean,
        why_batch_norm_works._LOOK_M,
        lambda f: round(float(f(3.0, 400) / f(3.0, 100)), 4),
    ),
    "noise: twice the σ": (
        why_batch_norm_works.noise_of_the_mean,
        why_batch_norm_works._LOOK_SIGMA,
        lambda f: round(float(f(6.0, 25) / f(3.0, 25)), 4),
    ),
    "batch norm: another unit": (batch_norm.undo, batch_norm._UNDO_OWN, own_alone),
    "batch norm: shapes": (
        batch_norm.undo,
        batch_norm._UNDO_SHAPE,
        lambda f: [np.shape(a) for a in f(np.array([[1.0, 2, 6], [-4, 0.5, 2]]), 0.1)],
    ),
    "batch norm: means": (
        batch_norm.forward,
        batch_norm._MEANS,
        lambda f: bool(
            np.allclose(
                f(
                    np.array([[1.0, 2.0, 6.0, 9.5], [-4.0, 0.5, 2.0, 7.0]]),
                    np.ones((2, 1)),
                    np.zeros((2, 1)),
                    1e-8,
                ).mean(axis=1),
                0,
            )
        ),
    ),
    "capstone: three values": (
        capstone.choose,
        capstone._MADE,
        chosen_beside([0.1, 0.2, 0.65]),
    ),
    "capstone: the second has failed": (
        capstone.choose,
        capstone._FAILED,
        chosen_beside([0.1, np.nan, 0.2]),
    ),
    "start here: half as dark": (
        start_here.mean_ink,
        "Make every pixel of a digit half as dark: does your number follow?",
        follows((start_here._X[:, :1],), 0, start_here._X[:, :1] / 2),
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_a_hint_asks_has_another_answer_than_for_what_is_right(question):
    exercise, look, ask = QUESTIONS[question]
    sent = [(m.id, wrong) for m in exercise.mistakes if m.look == look for wrong in m.wrong]
    assert sent, "nobody is asked"
    right = ask(exercise.right)
    assert [name for name, wrong in sent if ask(wrong) == right] == []


@pytest.mark.parametrize("name", ["he", "glorot"])
def test_weights_are_wrong_in_the_layers_that_are_to_be_printed(name):
    exercise = getattr(initialization, name)
    look, ask = (
        getattr(initialization, f"_{name.upper()}"),
        variance_of(name, [(400, 100), (100, 400)]),
    )
    sent = [(m.id, w) for m in in_layer(exercise, name) if m.look == look for w in m.wrong]
    assert len(sent) > 20
    assert ask(exercise.right) == [2, 2]
    assert [id for id, wrong in sent if ask(wrong) == [2, 2]] == []


OBJECTIVES = {
    "nan-wins": lambda number, x: np.nan if number % 2 else 1000 + x,
    "nan-upsets": lambda number, x: np.nan if number % 2 else 1000 + x,
    "places-shifted": lambda number, x: np.nan if number % 2 else x,
    "begins-too-low": lambda number, x: 1000 + x,
    "nearest-to-zero": lambda number, x: -1 - x,
}


def finds_the_best(search, value):
    """Ask whether a search finds the best of its points for the objective of a hint."""
    asked, errors = [], []

    def objective(x, y):
        asked.append((x, y))
        errors.append(value(len(asked), x))
        return errors[-1]

    found = search(objective, 20, np.random.default_rng(0))
    return np.allclose(found, asked[int(np.nanargmin(errors))])


def test_a_search_misses_the_best_point_of_the_objective_that_it_should_try():
    answers = [a for a in WRONG if a.check == "tuning_process.random_search" and not a.call]
    named = [(verdict_on(a).mistake, a) for a in answers]
    tried = [(mistake, a) for mistake, a in named if mistake in OBJECTIVES]
    assert {mistake for mistake, _ in tried} == OBJECTIVES.keys()
    fine = [str(a) for id, a in tried if finds_the_best(a.function, OBJECTIVES[id])]
    assert fine == []


def test_a_position_is_wrong_halfway_up_the_range():
    look, right = tuning_process._SCALE, halfway(tuning_process._edge)
    sent = [(m.id, w) for m in tuning_process._EDGE_MISTAKES if m.look == look for w in m.wrong]
    measured = [(name, w) for name, w in sent if "position" in getattr(w, "keywords", {})]
    assert right == 0.5
    assert len(measured) > 12
    with np.errstate(all="ignore"):
        assert [name for name, wrong in measured if halfway(wrong) == right] == []


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_should_be_tried_alone_is_another_alone_than_among_others():
    mistakes, look = batch_norm_at_test_time._INFERENCE_MISTAKES, batch_norm_at_test_time._ALONE
    z, passed = np.array([[1.0, 4.0, 9.0], [2.0, -3.0, 5.0]]), np.array([[[1.5], [2.0]]] * 4)
    sent = [(m.id, wrong) for m in mistakes if m.look == look for wrong in m.wrong]
    same = [
        name
        for name, wrong in sent
        if np.allclose(wrong(z[:, :1], *passed, 1e-5), wrong(z, *passed, 1e-5)[:, :1])
    ]
    assert len(sent) > 5
    assert same == []


@pytest.mark.parametrize("name", ["sample_alpha", "sample_beta"])
def test_the_ends_of_a_range_do_not_come_out_where_they_are_to_be_tried(name):
    mistakes = getattr(sampling_scales, name).mistakes
    ways = [w for m in mistakes if m.look == sampling_scales._ENDS for w in m.wrong]
    assert ways
    for wrong in ways:
        draws = np.sort(wrong(0.3, 0.7, 1000, np.random.default_rng(0)))
        assert not np.allclose(draws[[0, -1]], (0.3, 0.7), atol=0.01)


@pytest.mark.parametrize("mistakes", ["_ALPHA_MISTAKES", "_BETA_MISTAKES"])
def test_rounded_ends_are_seen_where_the_ends_are_no_powers_of_ten(mistakes):
    sent = [m for m in getattr(sampling_scales, mistakes) if m.look == sampling_scales._ODD_ENDS]
    ways = [wrong for m in sent for wrong in m.wrong]
    assert len(ways) == 4
    for wrong in ways:
        draws = np.sort(wrong(0.3, 0.7, 1000, np.random.default_rng(0)))
        assert not np.allclose(draws[[0, -1]], (0.3, 0.7), atol=0.02)
