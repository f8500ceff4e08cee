"""What is said of other libraries and of the digits, against what these say of themselves."""

import inspect
import re

import optuna
import pytest
from scipy.stats import qmc
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

from course_utils import optimizers, sobol
from tests import notebooks

optuna.logging.set_verbosity(optuna.logging.ERROR)


def path(number):
    (found,) = notebooks.FOLDER.glob(f"{number:02}_*.ipynb")
    return found


def prose(number):
    """Return the text of a notebook on one line."""
    return " ".join(" ".join(c.source for c in notebooks.cells(path(number), "markdown")).split())


def default(function, name):
    return inspect.signature(function).parameters[name].default


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("Forty-three", "a total of 43 people"),
        ("Thirty", "30 contributed to the training set"),
        ("thirteen", "different 13 to the test set"),
        ("NIST", "programs made available by NIST"),
        ("32 × 32", "32x32 bitmaps"),
        ("4 × 4", "nonoverlapping blocks of 4x4"),
        ("0 to 16", "an integer in the range 0..16"),
        ("Boğaziçi", "Bogazici University"),
        ("published in 1998", ":Date: July; 1998"),
    ],
)
def test_the_story_of_the_digits_is_that_of_their_description(said, stated):
    assert said in prose(0)
    assert stated in " ".join(load_digits().DESCR.split())


def test_the_usual_values_of_adam_and_momentum_are_those_of_scikit_learn():
    adam, momentum = optimizers.Adam(), optimizers.Momentum()
    for mine, name in (
        (adam.alpha, "learning_rate_init"),
        (adam.beta1, "beta_1"),
        (adam.beta2, "beta_2"),
        (adam.epsilon, "epsilon"),
        (momentum.beta, "momentum"),
    ):
        assert mine == default(MLPClassifier, name), name


def test_optuna_is_as_the_notebook_says():
    text = prose(10)
    assert "TPE" in text
    assert isinstance(optuna.create_study().sampler, optuna.samplers.TPESampler)
    assert "ten random trials" in text
    assert default(optuna.samplers.TPESampler, "n_startup_trials") == 10
    assert "ASHA" in text
    assert any("SuccessiveHalvingPruner" in cell for cell in notebooks.code_cells(path(10)))
    assert "Asynchronous" in optuna.pruners.SuccessiveHalvingPruner.__doc__
    assert default(optuna.Trial.suggest_float, "log") is False


def test_the_sources_of_the_sobol_points_are_those_of_scipy():
    def words(text):
        return re.sub(r"\W+", " ", text.replace("š", "s")).lower()

    for title in (
        "constructing sobol sequences with better two-dimensional projections",
        "on the L2-discrepancy for anchored boxes",
    ):
        assert words(title) in words(sobol.__doc__)
        assert words(title) in words(qmc.Sobol.__doc__)
