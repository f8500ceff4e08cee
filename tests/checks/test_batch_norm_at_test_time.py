"""The exercises about batch norm at test time: stubs, mistakes, the wrong mode; the challenge."""

import re

import numpy as np
import pytest

from course_utils import softmax
from course_utils.checks import batch_norm_at_test_time as checks
from course_utils.experiments import batch_norm_at_test_time as lecture
from course_utils.network import Network
from tests.checks import joined
from tests.checks.stub_cells import stub_in


@pytest.mark.parametrize("name", ["running_statistics", "inference"])
def test_the_notebooks_stub_is_known(name):
    stub = stub_in("13_batch_norm_at_test_time", name)
    assert getattr(checks, name)(stub).mistake == "still-the-stub"


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (checks.running_statistics, lambda b, k: (0 * b[0][:, :1], 1 + 0 * b[0][:, :1])),
        (checks.inference, lambda z, *rest: 0 * z),
    ],
)
def test_the_stubs_numbers_by_other_code_are_not_called_the_stub(check, answer):
    assert check(answer).mistake == "stubs-numbers"


def from_zero_turned_round(batches, momentum):
    now = 0.0, 0.0
    for z in batches:
        new = checks._mean(z), checks._variance(z)
        now = tuple((1 - momentum) * a + momentum * b for a, b in zip(now, new, strict=True))
    return now


def backwards_and_growing(batches, momentum):
    *others, last = batches
    mean, variance = checks._mean(last), checks._variance(last)
    for z in others[::-1]:
        mean = mean + (1 - momentum) * checks._mean(z)
        variance = variance + (1 - momentum) * checks._variance(z)
    return mean, variance


@pytest.mark.parametrize(
    ("check", "answer", "told"),
    [
        (
            checks.running_statistics,
            from_zero_turned_round,
            "Momentum says how much of the old is kept. Yours keeps 0.1 of it where momentum is "
            "0.9, and so it shakes almost as much as the mini-batches. You start from 0 (or 0 and "
            "1), and not from a mini-batch. What is known after the first one?",
        ),
        (
            checks.running_statistics,
            backwards_and_growing,
            "Your two weights do not add up to 1: with the same mini-batch again and again the "
            "average should stay, but yours grows. You go through the mini-batches from the last "
            "to the first. Which ones should fade?",
        ),
        (
            checks.running_statistics,
            lambda batches, k: (checks._mean(batches[-1]), checks._variance(batches[-1]) ** 0.5),
            "You take standard deviations. Average the variances: the root comes later, with ε in "
            "it. Nothing is kept of the earlier mini-batches.",
        ),
        (
            checks.inference,
            lambda z, g, b, m, v, e: b * (z - checks._mean(z)) / (z.var(1)[:, None] + e) ** 0.5 + g,
            "You took mean and variance of the examples at hand. One alone is its own mean, with "
            "variance 0. Take those that are passed. γ and β have changed places: which one "
            "multiplies?",
        ),
        (
            checks.inference,
            lambda z, g, b, m, v, e: z - m,
            "The division by the root is missing. γ and β make no difference. They were learned "
            "for what comes after z_norm.",
        ),
        (
            checks.inference,
            lambda z, g, b, m, v, e: g * z * (v + e) ** 0.5 + b,
            "You multiply by the root. A wide unit should get narrower. The mean is not "
            "subtracted.",
        ),
    ],
)
def test_of_two_mistakes_each_is_told_so_that_it_is_true_beside_the_other(check, answer, told):
    verdict = check(answer)
    assert verdict.look.startswith("Two things at once. ")
    assert verdict.hint == told


_OF_ALL = re.compile(
    r"counts only a tenth|average the (standard|mean)|Those are the|oldest counts|They come|"
    r"^You divide by the number|is not divided by|z is divided|is z_norm:|z̃ is β|not in it\.|"
    r"of the two,|square what is passed|(?<=[.?] )β is added"
)


@pytest.mark.parametrize("check", [checks.running_statistics, checks.inference])
def test_no_mistake_that_is_told_beside_another_quotes_the_whole_answer(check):
    assert joined.saying(_OF_ALL, check.mistakes) == []


def test_what_is_wrong_with_the_mean_alone_is_not_said_of_the_variance():
    def answer(batches, momentum):
        return checks._running(batches, momentum, mean=lambda z: z.mean() + 0 * z[:, :1])

    hint = checks.running_statistics(answer).hint
    said = "A single number serves all units. Each has its own. That is said of mean; "
    assert hint == said + "variance is right."


# --- the wrong mode -----------------------------------------------------------------------------


def one_by_one(network, X):
    return np.hstack([network.predict(x[:, None]) for x in X.T])


def by_the_batch(network, X):
    return softmax.softmax(lecture.by_batch_statistics(network, X))


def after_a_look(network, X):
    network.forward(X)
    return network.predict(X)


WAYS = {"a": one_by_one, "b": by_the_batch, "c": after_a_look, "d": Network.predict}


@pytest.fixture(scope="module")
def network():
    made = Network([3, 5, 4, 2], np.random.default_rng(0), batch_norm=True)
    made.forward(np.random.default_rng(1).normal(size=(3, 40)))
    return made


X = np.random.default_rng(2).normal(size=(3, 10))


@pytest.mark.parametrize(
    ("named", "mistake"),
    [
        (["b", "c"], None),
        (("c", "b", "b"), None),
        ([], "still-the-stub"),
        (["b"], "missed-changed"),
        (["c"], "missed-company"),
        (["a", "b", "c"], "accused"),
        (["d"], "accused"),
        (["x"], "no-such-way"),
        ("bc", None),
        (None, "not-a-list"),
        (3, "not-a-list"),
        ([by_the_batch], "no-such-way"),
        ([[1, 2]], "no-such-way"),
        (iter(int, 1), "no-such-way"),
    ],
)
def test_the_mistaken_ways_are_told_from_the_right_ones(network, named, mistake):
    before = network.statistics.copy()
    verdict = checks.mode_mistakes(named, WAYS, network, X)
    assert verdict.mistake == mistake
    assert verdict.passed == (mistake is None)
    np.testing.assert_array_equal(network.statistics, before)


def test_a_training_pass_is_mistaken_whether_or_not_it_cleans_up(network):
    ways = {"a": lambda n, x: softmax.softmax(n.forward(x)), "b": by_the_batch}
    assert checks.mode_mistakes(["a", "b"], ways, network, X).passed
    assert checks.mode_mistakes(["b"], ways, network, X).mistake == "missed-changed"


@pytest.mark.parametrize("odd", [lambda n, x: None, lambda n, x: "no numbers", lambda n, x: 0.5])
def test_a_way_without_probabilities_is_mistaken(network, odd):
    assert checks.mode_mistakes(["a"], {"a": odd}, network, X).passed


def test_a_way_that_raises_is_told_and_the_network_left_as_it_was(network):
    def raises(n, x):
        n.forward(x)
        raise KeyError

    before = network.statistics.copy()
    verdict = checks.mode_mistakes(["a"], {"a": raises}, network, X)
    assert verdict.mistake == "way-fails"
    assert "KeyError" in verdict.hint
    np.testing.assert_array_equal(network.statistics, before)


def test_a_copy_put_back_without_the_square_brackets_is_told():
    made = Network([3, 5, 2], np.random.default_rng(0), batch_norm=True)
    made.forward(np.random.default_rng(1).normal(size=(3, 40)))
    made.statistics = made.statistics.copy()  # layers go on with the old one
    verdict = checks.mode_mistakes(["b"], WAYS, made, X)
    assert verdict.mistake == "statistics-parted"
    assert "network.statistics[:]" in verdict.hint


# --- the challenge ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("momentum", "size", "mistake"),
    [
        (0.5, 16, "shakes"),  # where the sliders start
        (0.85, 34, None),
        (0.85, 32, "shakes"),
        (0.857, 64, None),
        (0.859, 64, "late"),
        (0.99, 512, "late"),
        (0.0, 512, None),
        (0.0, 64, "shakes"),
    ],
)
def test_the_challenge(momentum, size, mistake):
    verdict = checks.goal_calm_and_quick(momentum=momentum, size=size, start="zero")
    assert verdict.mistake == mistake
    assert "0.1" in verdict.hint or verdict.passed
