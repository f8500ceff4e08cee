"""Searches, trainings and what compares them refuse bad input by the argument's name, too."""

import copy
import importlib
import pkgutil

import numpy as np
import pytest

import course_utils
from course_utils import halving, optimizers, search, sobol, training
from course_utils.experiments import capstone, digit_tuning, luck
from course_utils.experiments import pandas_vs_caviar as caviar
from course_utils.frameworks import catalogue
from course_utils.frameworks import conventions as same
from course_utils.frameworks import run as runner
from course_utils.network import Network
from course_utils.sampling_scales import Linear, Log
from course_utils.support import evaluation, trials
from tests import test_bad_input
from tests.test_bad_input import call, listed, outcome, taken

SPACE = {"x": Linear(0.0, 1.0), "y": Log(0.1, 1.0)}
POINT = {"x": 0.5, "y": 0.5}
CURVES = np.array([[0.5, 0.4, 0.3], [0.6, 0.2, 0.1]])
X, Y = np.array([[0.0, 1.0, 2.0, 3.0]]), np.array([[0.0, 0.0, 1.0, 1.0]])


def rng():
    return np.random.default_rng(0)


def x_of(configuration, rng):
    return configuration["x"]


def run(function, **given):
    return call(function, **given, progress=False)


def network():
    return Network([1, 2, 1], rng())


GOOD = {
    "search.grid": call(search.grid, space=SPACE, points=2),
    "search.random": call(search.random, space=SPACE, trials=2, rng=rng()),
    "search.sobol": call(search.sobol, space=SPACE, trials=2, rng=rng()),
    "sobol.points": call(sobol.points, count=4, dimensions=2, rng=rng()),
    "search.from_unit": call(search.from_unit, space=SPACE, points=np.array([[0.5, 0.5]])),
    "search.to_unit": call(search.to_unit, space=SPACE, configurations=[POINT]),
    "search.zoom": call(search.zoom, space=SPACE, configuration=POINT, share=0.5),
    "search.on_edge": call(search.on_edge, space=SPACE, configuration=POINT, share=0.1),
    "halving.rungs": call(halving.rungs, configurations=9, smallest=1, largest=9, eta=3),
    "halving.brackets": call(halving.brackets, largest=9, eta=3),
    "search.coarse_to_fine": run(
        search.coarse_to_fine,
        objective=x_of,
        space=SPACE,
        trials=2,
        rounds=2,
        rng=rng(),
        share=0.5,
        seed=0,
        executor=None,
    ),
    "halving.successive_halving": run(
        halving.successive_halving,
        objective=x_of,
        configurations=[POINT, POINT],
        smallest=1,
        largest=3,
        budget="epochs",
        eta=3,
        seed=0,
        executor=None,
        numbers=None,
    ),
    "halving.hyperband": run(
        halving.hyperband,
        objective=x_of,
        space=SPACE,
        largest=3,
        rng=rng(),
        budget="epochs",
        eta=3,
        seed=0,
        executor=None,
    ),
    "evaluation.evaluate": run(
        evaluation.evaluate,
        objective=x_of,
        configurations=[POINT],
        executor=None,
        seed=0,
        file=None,
        numbers=None,
    ),
    "training.fit": run(
        training.fit,
        network=network(),
        X=X,
        Y=Y,
        optimizer=optimizers.Adam(),
        epochs=1,
        rng=rng(),
        size=2,
        schedule=None,
        lambda_=0.1,
        validation=None,
        callback=None,
        checkpoint=None,
    ),
    "training.Training": call(
        training.Training,
        network=network(),
        X=X,
        Y=Y,
        optimizer=optimizers.Adam(),
        rng=rng(),
        size=2,
        lambda_=0.1,
    ),
    "capstone.split": call(capstone.split, m=10, rng=rng()),
    "luck.standard_error": call(luck.standard_error, error=0.1, digits=10),
    "luck.best_of": call(luck.best_of, models=2, error=0.1, digits=10),
    "luck.optimism": call(luck.optimism, wrong=np.eye(3, 4), rng=rng(), halvings=2),
    "capstone.choose": call(capstone.choose, trials=[trials.Trial(0, {"x": 1}, 0.5)]),
    "digit_tuning.start": call(digit_tuning.start, configuration={"units": 2}, rng=rng()),
    "digit_tuning.completed": call(digit_tuning.completed, configuration={"units": 2}),
    "pandas_vs_caviar.draw": call(caviar.draw, number=0),
    "pandas_vs_caviar.learning_curve": call(
        caviar.learning_curve, configuration={"units": 4}, rng=rng(), epochs=1
    ),
    "pandas_vs_caviar.babysit": call(
        caviar.babysit, configuration={"units": 4}, rng=rng(), epochs=1, bolder=1.5, careful=3.0
    ),
    "pandas_vs_caviar.best_so_far": call(caviar.best_so_far, errors=CURVES),
    "pandas_vs_caviar.in_parallel": call(caviar.in_parallel, curves=CURVES, machines=1, time=2),
    "pandas_vs_caviar.look_up": call(caviar.look_up, curves=CURVES),
    "pandas_vs_caviar.halve": call(caviar.halve, curves=CURVES, smallest=1, eta=3),
    "pandas_vs_caviar.eighty_one": call(caviar.eighty_one, draw=0),
    "pandas_vs_caviar.processes": call(caviar.processes, count=1),
    "conventions.given": call(same.given, seed=0),
    "conventions.difference": call(same.difference, ours=Y, theirs=Y),
    "conventions.adam_by_convention": call(
        same.adam_by_convention,
        gradients=CURVES,
        convention="Keras",
        alpha=0.1,
        beta1=0.9,
        beta2=0.9,
        epsilon=0.1,
    ),
    "runner.run": call(runner.run, program=catalogue.PROGRAMS[0], seconds=9.0),
}

ACCEPTED = {
    "a word": """halving.successive_halving halving.hyperband evaluation.evaluate training.fit""",
    "digits": """halving.successive_halving halving.hyperband evaluation.evaluate training.fit""",
    "dict": """digit_tuning.start digit_tuning.completed pandas_vs_caviar.learning_curve
        pandas_vs_caviar.babysit""",
    "NaN": "luck.standard_error pandas_vs_caviar.best_so_far",
    "truth": "luck.standard_error",
    "list": "luck.standard_error",
    "half": "luck.standard_error",
    "another shape": "pandas_vs_caviar.best_so_far",
}
"""What has a meaning here: names and paths are words, an empty configuration has all defaults, and
arrays are counted element by element.
"""


@pytest.mark.parametrize("name", GOOD)
def test_bad_values_are_refused_by_the_arguments_name(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # some are paths

    def tidy():
        for path in tmp_path.iterdir():
            path.unlink()

    assert taken(*GOOD[name], tidy) == listed(name, ACCEPTED)


@pytest.mark.parametrize("name", GOOD)
def test_good_calls_are_good(name):
    function, given = copy.deepcopy(GOOD[name])
    assert outcome(function, given, "any") is None


UNASKED = {
    "outputs.for_units",
    "training.DivergenceError",
    "training.Training.restore",
    "training.Training.run_epoch",
    "training.Training.snapshot",
    "training.Training.step",
}
"""What takes nothing, or only what `Network` and `training.fit` have checked."""


def test_every_public_name_of_the_lecture_stands_in_one_of_the_two_tables():
    both, without = {*test_bad_input.GOOD, *GOOD}, set()
    for module in pkgutil.iter_modules(course_utils.__path__):
        if not module.ispkg and module.name != "training_checkpoints":
            loaded = importlib.import_module(f"course_utils.{module.name}")
            without |= test_bad_input.public(loaded) - both
    assert without == UNASKED


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: search.random(SPACE, 10**12, rng()), r"trials \* hyperparameters <= 1e\+08 must"),
        (lambda: sobol.points(2**30, 2), r"count \* dimensions \* digits <= 1e\+08 must hold"),
        (lambda: capstone.split(10**12, rng()), r"m <= 1e\+08 must hold for memory"),
        (lambda: luck.best_of(2, 0.1, 10**12), r"digits <= 1e\+08 must hold for memory"),
        (
            lambda: luck.optimism([[0.0, -2.0]], rng()),
            "0 <= wrong <= 1 must hold",
        ),
        (lambda: luck.optimism([[0.0], [1.0]], rng()), "wrong should have at least two digits"),
        (lambda: luck.halves([[0.0], [1.0]], rng()), "wrong should have at least two digits"),
        (lambda: search.zoom(SPACE, {"x": [], "y": 0.5}, 0.5), "x should be a number, but got"),
        (lambda: search.on_edge(SPACE, {"x": 0.5, "y": [0.5]}), "y should be a number, but got"),
        (lambda: evaluated_to("a\0b"), r"file should be a path that can be written, .* 'a\\x00b'"),
        (lambda: evaluated_to("\ud800"), r"file should be a path that can be written"),
        (lambda: network().cost(X, 1.0), r"Y should be \(1, examples\), .* got shape \(\)"),
        (lambda: Network([1, 2, 1], rng(), dtype=X), "dtype should be np.float64 or np.float32"),
    ],
)
def test_sizes_beyond_memory_and_values_that_are_no_numbers_are_said(call, says):
    with pytest.raises((TypeError, ValueError), match=says):
        call()


def evaluated_to(file):
    return evaluation.evaluate(x_of, [POINT], file=file, progress=False)
