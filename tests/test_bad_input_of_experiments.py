"""What notebooks call of the experiments refuses bad input by the argument's name, too."""

import ast
import copy
import importlib
import inspect

import numpy as np
import pytest

from course_utils import datasets, mini_batches, optimizers, softmax
from course_utils.activations import tanh
from course_utils.experiments import (
    batch_norm,
    batch_norm_at_test_time,
    batch_norm_by_alpha,
    capstone,
    cost_along_gradient,
    digits_unseen,
    gradient_errors,
    initialization_training,
    learning_rate_decay,
    luck,
    regularization,
    search_game,
    searches,
    training_softmax,
    tuning_process,
    why_batch_norm_works,
)
from course_utils.experiments import mini_batches as walks
from course_utils.experiments import optimizers as convergence
from course_utils.experiments import pandas_vs_caviar as caviar
from course_utils.experiments import softmax as clouds
from course_utils.network import Network
from tests import notebooks, test_bad_input, test_bad_input_of_searches
from tests.test_bad_input import call, listed, outcome, taken


def rng():
    return np.random.default_rng(0)


def in_order(labels, rng):
    return np.arange(len(labels))


def trained():
    return batch_norm.network(0, normed=True)


def of_moons(frame, lambda_, keep_prob):
    return list(regularization.MoonsRun().reach(frame, lambda_=lambda_, keep_prob=keep_prob))


X, y = (values[:, :30] for values in datasets.next_day())
DIGITS, LABELS = (values[..., :70] for values in datasets.digits())
DROPPED = gradient_errors.Dropped(0.5, "none")
THETAS = np.arange(34.0).reshape(2, 17)

GOOD = {
    "batch_norm.network": call(batch_norm.network, seed=0, normed=True, scale=1.0),
    "batch_norm.train": call(
        batch_norm.train, trained=trained(), optimizer=optimizers.Adam(), steps=1
    ),
    "batch_norm_at_test_time.learning": call(batch_norm_at_test_time.learning, size=2, seed=0),
    "batch_norm_by_alpha.final_costs": call(batch_norm_by_alpha.final_costs, start="He"),
    "capstone.Tuner": call(capstone.Tuner, seed=0),
    "cost_along_gradient.looked_along": call(
        cost_along_gradient.looked_along, kind="with batch norm", start="He", seed=0
    ),
    "digits_unseen.trained": call(
        digits_unseen.trained, examples=np.arange(2), seed=0, smoothing=0.1
    ),
    "gradient_errors.Dropped": call(gradient_errors.Dropped, keep_prob=0.5, mask="none"),
    "gradient_errors.Dropped.again": call(DROPPED.again, times=1),
    "gradient_errors.Dropped.cost": call(DROPPED.cost, theta=DROPPED._theta),
    "initialization_training.four_units": call(
        initialization_training.four_units, start="W = 0, tanh", seed=0
    ),
    "initialization_training.nearly_alike": call(
        initialization_training.nearly_alike, epsilon=0.1, activation=tanh, seed=0
    ),
    "initialization_training.spread": call(initialization_training.spread, thetas=THETAS),
    "learning_rate_decay.Operator": call(learning_rate_decay.Operator, epochs=2, runs=2),
    "learning_rate_decay.on_digits": call(
        learning_rate_decay.on_digits,
        name="constant",
        alpha0=0.1,
        seed=0,
        optimizer="Adam",
        size=16,
    ),
    "luck.halves": call(luck.halves, wrong=np.eye(3, 4), rng=rng(), divisions=2),
    "mini_batches.hovering": call(
        walks.hovering, alpha=0.1, seed=0, batches=mini_batches.mini_batches
    ),
    "mini_batches.learned_in_order": call(walks.learned_in_order, order=in_order, epochs=1, seed=0),
    "mini_batches.walk": call(
        walks.walk,
        algorithm=mini_batches.mini_batches,
        X=X,
        y=y,
        size=4,
        alpha=0.1,
        seed=0,
        start=None,
    ),
    "optimizers.at_their_best": call(
        convergence.at_their_best, surface=next(iter(convergence.SURFACES)), factor=1.0
    ),
    "pandas_vs_caviar.Panda": call(caviar.Panda, seed=0),
    "regularization.MoonsRun": call(regularization.MoonsRun, seed=0),
    "regularization.MoonsRun.reach": call(of_moons, frame=1, lambda_=0.1, keep_prob=0.5),
    "regularization.never_divided": call(
        regularization.never_divided, network=Network([2, 3, 2], rng()), keep_prob=0.5
    ),
    "regularization.thinned": call(
        regularization.thinned, network=Network([2, 3, 2], rng()), keep_prob=0.5, rng=rng()
    ),
    "search_game.beaten": call(search_game.beaten, best=20, trials=3),
    "searches.ends": call(searches.ends, surface="only one matters", share=0.5, rounds=2),
    "searches.looked_at": call(
        searches.looked_at,
        method=searches.METHODS["random"],
        trials=4,
        seed=0,
        surface="only one matters",
    ),
    "searches.nine_trials": call(searches.nine_trials, method="grid"),
    "searches.over_all_places": call(
        searches.over_all_places, method="grid", trials=9, surface="only one matters"
    ),
    "softmax.points_of": call(clouds.points_of, name="three clouds"),
    "softmax.classifier_of": call(clouds.classifier_of, name="three clouds", hidden=0),
    "training_softmax.median_gap": call(
        training_softmax.median_gap,
        X=DIGITS,
        Y=softmax.one_hot(LABELS, 10),
        smoothing=0.1,
        epochs=1,
        seed=0,
    ),
    "tuning_process.in_unit_cube": call(tuning_process.in_unit_cube, optimizer="Adam"),
    "why_batch_norm_works.begin": call(
        why_batch_norm_works.begin,
        kind="with batch norm and shifting noise",
        start="He",
        seed=0,
        alpha=0.1,
        strength=1.0,
    ),
}
"""A good call of each function and class of the experiments that a notebook calls."""

ACCEPTED = {
    "half": "search_game.beaten",
}
"""What has a meaning here: numbers of digits may be means."""


@pytest.mark.parametrize("name", GOOD)
def test_bad_values_are_refused_by_the_arguments_name(name):
    assert taken(*GOOD[name]) == listed(name, ACCEPTED)


@pytest.mark.parametrize("name", GOOD)
def test_good_calls_are_good(name):
    function, given = copy.deepcopy(GOOD[name])
    assert outcome(function, given, "any") is None


UNASKED = """batch_norm.best batch_norm_at_test_time.trained capstone.unseen
    digit_tuning.validation_error digits_unseen.reduced leaderboard.Leaderboard leaderboard.trained
    mini_batches.seconds mini_batches.settled optimizers.steps_to_stay optuna_study.spend
    optuna_study.work paired.wrong_digits pandas_vs_caviar.objective population.founders
    regularization.compared regularization.costs_with_and_without_masks
    small_mini_batches.once_more training_softmax.DigitsRun why_batch_norm_works.take_step
    why_batch_norm_works.wander"""
"""What takes minutes, objects that others have made, or only what others here refuse."""


def called():
    """Yield what notebooks call of the experiments, as ``module.name``, if it takes anything."""
    for path in notebooks.PATHS:
        tree = ast.parse("\n".join(map(_python, notebooks.code_cells(path))))
        names = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "course_utils.experiments":
                names |= {alias.asname or alias.name: alias.name for alias in node.names}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", None) in names:
                yield from _with_arguments(names[node.value.id], node.attr)


def _python(source):
    return "\n".join(line for line in source.splitlines() if line[:1] not in ("%", "!"))


def _with_arguments(module, name):
    value = getattr(importlib.import_module(f"course_utils.experiments.{module}"), name)
    own = getattr(value, "__module__", "").endswith(f"experiments.{module}")
    an_error = inspect.isclass(value) and issubclass(value, Exception)
    if own and callable(value) and not an_error and inspect.signature(value).parameters:
        yield f"{module}.{name}"


def test_all_that_notebooks_call_of_the_experiments_stands_in_a_table():
    tables = {*GOOD, *test_bad_input.GOOD, *test_bad_input_of_searches.GOOD}
    aliases = {name.replace("convergence.", "optimizers.") for name in tables}
    assert set(called()) - aliases == set(UNASKED.split())


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: learning_rate_decay.Operator(epochs=10**9), r"epochs \* steps \* runs <= 1e\+08"),
        (lambda: batch_norm_at_test_time.learning(10**9), r"size \* pixels <= 1e\+08 must hold"),
        (lambda: caviar.learning_curve({}, rng(), epochs=10**9), r"epochs <= 1e\+08 must hold"),
        (lambda: caviar.in_parallel([[0.5]], machines=1, time=10**9), r"time <= 1e\+08 must"),
    ],
)
def test_sizes_beyond_memory_are_said(call, says):
    with pytest.raises(ValueError, match=says):
        call()
