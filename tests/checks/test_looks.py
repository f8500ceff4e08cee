"""Where a hint sends a reader with a wrong answer, that answer is seen to be wrong.

A place at which it happens to be right would tell the reader to look elsewhere.
"""

import numpy as np
import pytest

from course_utils.checks import (
    batch_norm_at_test_time,
    computation_graphs,
    frameworks_side_by_side,
    gradient_checking,
    regularization,
    sampling_scales,
    training_softmax,
)

FOUR = 4, 0.3  # m and momentum
RUNNING = frameworks_side_by_side._RUNNING_MISTAKES
SLOPES = computation_graphs._SOFTPLUS_MISTAKES


def softplus_at(*x):
    x = np.array(x, float)
    return np.ones_like(x), np.logaddexp(0, x), x


ROW = np.array([[1.0, -1.0]])
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
    "a class far behind": (
        training_softmax.cost.right,
        training_softmax._COST_MISTAKES,
        training_softmax._LOOK_FAR,
        [(np.array([[0.0], [1000.0]]), np.array([[1.0], [0.0]]))],
    ),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_wrong_answer_is_wrong_where_its_hint_says_to_look(place):
    right, mistakes, look, calls = PLACES[place]
    sent = [(m.id, wrong) for m in mistakes if m.look == look for wrong in m.wrong]
    assert sent, "nobody is sent there"
    fine = [
        name
        for name, wrong in sent
        if all(np.array_equal(np.round(wrong(*c), 9), np.round(right(*c), 9)) for c in calls)
    ]
    assert fine == []


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


@pytest.mark.parametrize("mistakes", ["_ALPHA_MISTAKES", "_BETA_MISTAKES"])
def test_rounded_ends_are_seen_where_the_ends_are_no_powers_of_ten(mistakes):
    sent = [m for m in getattr(sampling_scales, mistakes) if m.look == sampling_scales._ODD_ENDS]
    ways = [wrong for m in sent for wrong in m.wrong]
    assert len(ways) == 4
    for wrong in ways:
        draws = np.sort(wrong(0.3, 0.7, 1000, np.random.default_rng(0)))
        assert not np.allclose(draws[[0, -1]], (0.3, 0.7), atol=0.02)
