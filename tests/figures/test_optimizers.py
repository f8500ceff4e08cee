"""Pictures of optimizers: what they say and how they move."""

from functools import partial

import numpy as np
import pytest
import scipy.linalg

from course_utils import surfaces
from course_utils.checks.optimizers import FrozenAdam
from course_utils.experiments import optimizers as convergence
from course_utils.figures import optimizers as figures
from course_utils.widgets.live_picture import LivePicture


def test_with_noise_momentum_hovers_farther_out_o6():
    """Compare the picture's walks with the spread that a Lyapunov equation gives."""
    hill, noises = surfaces.quadratic(100), np.random.default_rng(0).normal(size=(1500, 2, 20))
    floors = []
    for best in (convergence.best_descent(100), convergence.best_momentum(100)):
        away = convergence.noisy_distances(best, hill, noises)[-500:]
        expected = np.sqrt(sum(variance_under_noise(best, c) for c in (1, 100)))
        floors.append(np.sqrt((away**2).mean()))
        assert floors[-1] == pytest.approx(expected, rel=0.1)
    assert floors[1] / floors[0] == pytest.approx(2.25, rel=0.15)


def variance_under_noise(optimizer, curvature):
    alpha, beta = optimizer.alpha, getattr(optimizer, "beta", 0.0)
    v = np.array([(1 - beta) * curvature, beta])
    A, b = np.array([[1, 0] - alpha * v, v]), (1 - beta) * np.array([[-alpha], [1]])
    return scipy.linalg.solve_discrete_lyapunov(A, b @ b.T)[0, 0]


PICTURES = {
    figures.race: (
        {"step": 60, "alpha": 0.018, "beta": 0.9, "surface": "valley, κ = 100"},
        {"step": 150, "alpha": 1.0, "beta": 0.9, "surface": "valley, κ = 100"},
        {"step": 1, "alpha": 1.0, "beta": 0.1, "surface": "bent ravine"},
    ),
    figures.first_steps: (
        {"t": 12, "beta1": 0.9, "beta2": 0.999, "gradient": "constant"},
        {"t": 50, "beta1": 0.1, "beta2": 0.9, "gradient": "turns round at step 20"},
    ),
    figures.condition: (
        {"kappa": 100.0, "factor_alpha": 1.0, "factor_beta": 1.0},
        {"kappa": 100.0, "factor_alpha": 1.05, "factor_beta": 1.0},
        {"kappa": 2.0, "factor_alpha": 0.5, "factor_beta": 1.5},  # no β below 0
    ),
    figures.noisy: (
        {"noise": 0.1, "kappa": 100.0, "factor": 1.0},
        {"noise": 0.0, "kappa": 100.0, "factor": 1.2},
    ),
    figures.tune: ({"alpha": 0.02, "beta": 0.5}, {"alpha": 0.5, "beta": 0.0}),
}
WORDS = {
    figures.race: ("descent 1.35, momentum 1.37", "descent diverged, momentum diverged"),
    figures.first_steps: ("6.569 α without, 1.000 α with", "step 50: −"),
    figures.condition: (
        "descent 691 steps, momentum 85 to 95; formulas 691 and 69",
        "descent over 1500 steps, momentum over 1500",
        "κ = 2: descent",
    ),
    figures.noisy: ("descent 0.0144", "descent diverged, momentum diverged"),
    figures.tune: ("after 100 steps 0.122 of the distance is left", "after 100 steps diverged"),
}


@pytest.mark.parametrize("figure", PICTURES, ids=lambda f: f.__name__)
def test_readouts_say_what_the_picture_shows(figure):
    live = LivePicture(figure)
    for values, words in [*zip(PICTURES[figure], WORDS[figure], strict=False)] * 2:
        assert words in live.draw(values)


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        (figures.race, "diverged: descent, momentum"),
        (figures.noisy, "diverged: descent, momentum"),
        (figures.condition, "not there after 1500 steps: descent, momentum"),
        (figures.tune, "diverged: α is too large"),
    ],
)
def test_a_divergence_is_said_in_the_picture_and_forgotten_after_it(figure, says):
    live, (well, lost) = LivePicture(figure), PICTURES[figure][:2]

    def texts():
        return [t.get_text() for ax in live.canvas.figure.axes for t in ax.texts]

    live.draw(lost)
    assert says in texts()
    live.draw(well)
    assert texts() == [""]


def test_another_adam_can_take_its_place_in_the_pictures():
    values = PICTURES[figures.first_steps][0]
    assert "0.000 α with" in LivePicture(partial(figures.first_steps, Adam=FrozenAdam)).draw(values)
    make = partial(figures.four, Adam=FrozenAdam)
    said = LivePicture(partial(figures.race, make=make)).draw(PICTURES[figures.race][0])
    assert "Adam 4.24" in said
