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


HELD = [
    *(
        (figures.race, {"step": s, "alpha": 0.018, "beta": 0.9, "surface": "saddle"})
        for s in (1, 150)
    ),
    *(
        (figures.race, {"alpha": 1.0, "surface": name, "start_x": 0.02, "start_y": 0.98})
        for name in figures.SURFACES
    ),
    *(
        (figures.condition, {"kappa": k, "factor_alpha": 1.0, "factor_beta": 1.0})
        for k in (2.0, 200.0)
    ),
    *(
        (figures.first_steps, {"t": t, "beta1": 0.9, "beta2": 0.99, "gradient": "noisy"})
        for t in (1, 50)
    ),
    (figures.tune, {"alpha": 0.005, "beta": 0.95}),
    (figures.tune, {"alpha": 0.5, "beta": 0.0}),
]


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_handles_lie_on_dots_or_on_upright_lines(figure, values):
    live = LivePicture(figure)
    live.draw(values)
    held = [one for one in live.update.handles if set(one.controls) <= set(values)]
    assert len(held) == 1
    x, y = held[0].place(values)
    (left, right), (low, high) = held[0].ax.get_xlim(), held[0].ax.get_ylim()
    assert left <= x <= right
    assert low < y < high
    drawn = [line.get_xydata() for line in held[0].ax.lines]
    upright = [one for one in drawn if len(one) == 2 and (one[:, 0] == x).all()]
    assert upright or any(len(one) == 1 and np.allclose(one, (x, y)) for one in drawn)


def test_the_ball_starts_all_of_them_where_it_lies():
    edges = [(x, y) for x in (0.02, 0.5, 0.98) for y in (0.02, 0.98)]
    for x, y in edges:
        said = said_of(alpha=0.018, surface="plateau", start_x=x, start_y=y)
        assert said["Adam"] < 0.5
        assert min(said["descent"], said["momentum"]) > 2
    assert max(said_of(alpha=0.018, surface="plateau", start_x=0.4, start_y=0.5).values()) < 0.5
    live = LivePicture(figures.race)
    for x in (0.02, 0.2, 0.98):
        live.draw({"alpha": 0.018, "surface": "saddle", "start_x": x, "start_y": 0.5})
        ways = [line for line in live.canvas.figure.axes[0].lines if len(line.get_xdata()) == 151]
        assert len(ways) == 4
        assert all((way.get_ydata() == 0.5).all() for way in ways)


def said_of(**values):
    words = LivePicture(figures.race).draw(values).split("distances ")[1].replace("−", "-")
    return {kind: float(distance) for kind, distance in map(str.split, words.split(", "))}


def test_momentum_diverges_just_in_the_orange_field():
    live = LivePicture(figures.tune)
    (field,) = live.canvas.figure.axes[0].collections
    for alpha, beta in ((0.02, 0.01), (0.021, 0.01), (0.05, 0.42), (0.05, 0.44), (0.3, 0.5)):
        roots = np.roots([1, -(1 + beta - alpha * (1 - beta) * 100), beta])
        inside = field.get_paths()[0].contains_point((alpha, beta))
        assert inside == (np.abs(roots).max() > 1)
