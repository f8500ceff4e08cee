"""Pictures of optimizers: what they say and how they move."""

import re
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import scipy.linalg

from course_utils import optimizers, surfaces
from course_utils.checks.optimizers import FrozenAdam, suspects
from course_utils.experiments import optimizers as convergence
from course_utils.figures import optimizers as figures
from course_utils.widgets.live_picture import LivePicture
from tests.figures.words import words_of
from tests.notebooks import FOLDER, cells
from tests.thorough import once_a_week

NOTEBOOK = FOLDER / "06_optimizers.ipynb"


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


@pytest.mark.parametrize(("kappa", "factor"), [(10, 0.7), (100, 0.35)])
def test_with_a_smaller_alpha_momentum_hovers_nearer_than_descent_and_is_there_sooner_o6(
    kappa, factor
):
    descent, momentum = convergence.best_descent(kappa), convergence.best_momentum(kappa)
    hill, noises = surfaces.quadratic(kappa), np.random.default_rng(0).normal(size=(600, 2, 40))
    floors, arrivals = [], []
    for optimizer in (descent, replace(momentum, alpha=factor * momentum.alpha)):
        floors.append(np.sqrt(sum(variance_under_noise(optimizer, c) for c in (1, kappa))))
        away = convergence.noisy_distances(optimizer, hill, 0.1 * noises).mean(axis=1)
        arrivals.append(np.argmax(away < 0.15 * floors[-1]))
    assert floors[1] < floors[0]
    assert 0 < arrivals[1] < {10: 0.85, 100: 0.6}[kappa] * arrivals[0]


def test_the_division_makes_alpha_a_matter_of_the_way_and_not_of_the_steepness_o14():
    gradient, start = (lambda theta: np.array([1, 10]) * theta), np.array([-4.0, 1.5])
    for kind in (optimizers.Adam, optimizers.RMSprop):
        way = optimizers.path(kind(alpha=0.1), gradient, start, 50)
        steeper = optimizers.path(kind(alpha=0.1), lambda x: 100 * gradient(x), start, 50)
        farther = optimizers.path(kind(alpha=1.0), gradient, 10 * start, 50)
        assert steeper == pytest.approx(way, abs=1e-5)
        assert farther / 10 == pytest.approx(way, abs=1e-5)


def test_without_correction_adams_first_hundred_steps_are_over_three_times_too_long():
    gradients = np.random.default_rng(0).standard_normal(100)
    for g in (np.ones(100), gradients):
        corrected = optimizers.steps_along(optimizers.Adam(alpha=1.0), g)
        plain = optimizers.steps_along(optimizers.Adam(alpha=1.0, bias_correction=False), g)
        assert min(plain / corrected) > 3
    said = "its first hundred steps are more than three times too long"
    assert said in prose("05_weighted_averages")


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
        {"t": 50, "beta1": 0.1, "beta2": 0.9, "gradient": "turns round after step 20"},
    ),
    figures.condition: (
        {"kappa": 100.0, "factor_alpha": 1.0, "factor_beta": 1.0},
        {"kappa": 100.0, "factor_alpha": 1.05, "factor_beta": 1.0},
        {"kappa": 2.0, "factor_alpha": 0.5, "factor_beta": 1.5},  # no β below 0
    ),
    figures.noisy: (
        {"noise": 0.1, "kappa": 100.0, "factor_descent": 1.0, "factor_momentum": 1.0},
        {"noise": 0.0, "kappa": 100.0, "factor_descent": 1.2, "factor_momentum": 1.2},
    ),
    figures.tune: (
        {"alpha": 0.02, "beta": 0.5, "kappa": 100.0, "start": 1.5},
        {"alpha": 0.5, "beta": 0.0, "kappa": 100.0, "start": 1.5},
        {"alpha": 0.1, "beta": 0.9, "kappa": 1000.0, "start": 0.1},
    ),
    figures.fair: (
        {"step": 300, "surface": "valley, κ = 100", "factor": 1.0},
        {"step": 300, "surface": "valley, κ = 100", "factor": 2.0},
    ),
    figures.directions: (
        {"theta1": -4.0, "theta2": 1.5, "kappa": 10.0},
        {"theta1": 0.0, "theta2": 0.0, "kappa": 100.0},
    ),
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
    figures.tune: (
        "momentum creeps; after 100 steps 0.122 of the distance is left",
        "momentum diverges; after 100 steps diverged",
        "κ = 1000, α = 0.1, β = 0.9: momentum diverges",
    ),
    figures.fair: (
        "distance left: descent 0.00788, momentum",
        "descent diverged, momentum (β = 0.9) 1e−7",
    ),
    figures.directions: ("points 55° away from the minimum, RMSprop 24°", "g = [0.0, 0.0]"),
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
        (figures.fair, "diverged: descent, momentum (best β)"),
    ],
)
def test_a_divergence_is_said_in_the_picture_and_forgotten_after_it(figure, says):
    live, (well, lost) = LivePicture(figure), PICTURES[figure][:2]

    def texts():
        return [t.get_text() for ax in live.canvas.figure.axes for t in ax.texts]

    live.draw(well)
    before = texts()
    assert before[-1] == ""
    live.draw(lost)
    assert says in texts()
    live.draw(well)
    assert texts() == before


@pytest.mark.parametrize("factor", [2.0, 4.0])
@pytest.mark.parametrize("surface", figures.SURFACES)
def test_all_who_are_lost_are_named_inside_the_picture(surface, factor):
    live = LivePicture(figures.fair)
    live.draw({"step": 300, "surface": surface, "factor": factor})
    ax, renderer = live.canvas.figure.axes[0], live.canvas.get_renderer()
    (note,) = ax.texts
    if note.get_text():
        said, room = note.get_window_extent(renderer), ax.bbox
        assert room.x0 < said.x0 < said.x1 < room.x1
        assert room.y0 < said.y0 < said.y1 < room.y1


def test_the_gradient_turns_after_the_step_that_its_name_gives():
    (turning,) = (g for name, g in figures.GRADIENTS.items() if "after step 20" in name)
    assert (turning[:20] == 1).all()
    assert (turning[20:] == -1).all()


def test_a_friction_above_1_is_not_taken_in_silence():
    live = LivePicture(figures.condition)
    for kappa, factor, at_the_end in ((2.0, 1.5, True), (2.0, 1.0, False), (100.0, 1.5, False)):
        said = live.draw({"kappa": kappa, "factor_alpha": 1.0, "factor_beta": factor})
        assert said.endswith("; 1 − β is at most 1") == at_the_end


def test_the_readout_of_noise_says_of_which_steps_it_is_the_mean():
    live = LivePicture(figures.noisy)
    said = live.draw({**PICTURES[figures.noisy][0], "noise": 0.0})
    assert "over the last 100 steps descent" in said
    hill, descent = surfaces.quadratic(100), convergence.best_descent(100)
    away = hill.distance(optimizers.path(descent, hill.gradient, hill.start, 400).T)
    assert f"descent {away[-100:].mean():.3g}," in said


def test_another_adam_can_take_its_place_in_the_pictures():
    values = PICTURES[figures.first_steps][0]
    assert "0.000 α with" in words_of(partial(figures.first_steps, Adam=FrozenAdam), values)
    make = partial(figures.four, Adam=FrozenAdam)
    said = words_of(partial(figures.race, make=make), PICTURES[figures.race][0])
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
    *((figures.fair, {"step": s, "surface": "saddle", "factor": 1.0}) for s in (1, 300)),
    *((figures.directions, {"theta1": x, "theta2": -2.5, "kappa": 10.0}) for x in (-4.5, 0.0)),
    (figures.tune, {"alpha": 0.005, "beta": 0.95, "kappa": 10.0, "start": 0.1}),
    (figures.tune, {"alpha": 0.5, "beta": 0.0, "kappa": 1000.0, "start": 2.4}),
]


@pytest.mark.parametrize(("figure", "values"), HELD)
def test_handles_lie_on_dots_or_on_upright_lines(figure, values):
    live = LivePicture(figure)
    live.draw(values)
    held = [one for one in live.update.handles if set(one.controls) <= set(values)]
    assert len(held) == (2 if figure is figures.tune else 1)
    for handle in held:
        x, y = handle.place(values)
        (left, right), (low, high) = handle.ax.get_xlim(), handle.ax.get_ylim()
        assert left <= x <= right
        assert low < y < high
        drawn = [line.get_xydata() for line in handle.ax.lines]
        upright = [one for one in drawn if len(one) == 2 and (one[:, 0] == x).all()]
        assert upright or any(len(one) == 1 and np.allclose(one, (x, y)) for one in drawn)


@pytest.mark.parametrize(("alpha", "beta"), [(0.02, 0.5), (0.1, 0.669), (0.1, 0.8)])
def test_from_another_start_momentum_falls_as_fast_in_the_end(alpha, beta):
    slopes = []
    for start in (0.1, 1.5, 2.4):
        live = LivePicture(figures.tune)
        live.draw({"alpha": alpha, "beta": beta, "kappa": 100.0, "start": start})
        left = np.log(live.canvas.figure.axes[2].lines[0].get_ydata())
        slopes.append(np.polyfit(np.arange(40, 101), left[40:], 1)[0])
    assert slopes == pytest.approx(np.full(3, slopes[0]), rel=0.06), slopes


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
    words = words_of(figures.race, values).split("distances ")[1].replace("−", "-")
    return {kind: float(distance) for kind, distance in map(str.split, words.split(", "))}


@pytest.mark.parametrize("alpha", [0.005, 0.02, 0.05, 0.1, 0.105, 0.3])
@pytest.mark.parametrize("beta", [0.01, 0.42, 0.44, 0.6, 0.7, 0.9])
def test_momentum_diverges_and_swings_just_where_the_roots_say(alpha, beta):
    roots = [np.roots([1, -(1 + beta - alpha * (1 - beta) * c), beta]) for c in (1, 100)]
    sizes = [np.abs(pair).max() for pair in roots]
    longest = roots[int(np.argmax(sizes))]
    right = (
        convergence.DIVERGES
        if max(sizes) > 1
        else convergence.SWINGS
        if np.iscomplex(longest).all()
        else convergence.CREEPS
    )
    assert convergence.regimes(alpha, beta, 100.0) == right


@pytest.mark.parametrize("kappa", [10.0, 30.0, 100.0, 1000.0])
def test_the_map_of_alpha_and_beta_shows_the_regimes(kappa):
    live, rng = LivePicture(figures.tune), np.random.default_rng(0)
    live.draw({"alpha": 0.02, "beta": 0.5, "kappa": kappa, "start": 1.5})
    knobs = live.canvas.figure.axes[0]
    swings, diverges = (patch.get_path() for patch in knobs.patches)
    places = np.exp(rng.uniform(-5.3, -0.7, 400)), rng.uniform(0, 0.95, 400)
    seen = set()
    for alpha, beta in zip(*places, strict=True):
        if np.abs(np.subtract(convergence.borders(alpha, kappa), beta)).min() < 1e-3:
            continue  # the outline has corners
        drawn = (
            convergence.SWINGS
            if swings.contains_point((alpha, beta))
            else convergence.DIVERGES
            if diverges.contains_point((alpha, beta))
            else convergence.CREEPS
        )
        assert drawn == convergence.regimes(alpha, beta, kappa), (alpha, beta)
        seen.add(drawn)
    assert len(seen) == 3
    words = {text.get_text(): text.get_position() for text in knobs.texts}
    assert [*words] == ["creeps", "swings", "diverges"]
    regimes = [int(convergence.regimes(*place, kappa)) for place in words.values()]
    assert regimes == [convergence.CREEPS, convergence.SWINGS, convergence.DIVERGES]


@pytest.mark.parametrize("kappa", [10.0, 100.0, 1000.0])
def test_momentum_is_best_at_the_lower_tip_of_the_field_that_swings(kappa):
    best = convergence.best_momentum(kappa)
    assert best.alpha == pytest.approx(1 / np.sqrt(kappa))
    alphas = np.geomspace(0.5 * best.alpha, 2 * best.alpha, 201)  # the middle one is the best
    lowest, _ = convergence.borders(alphas, kappa)
    assert alphas[lowest.argmin()] == pytest.approx(best.alpha)
    assert lowest.min() == pytest.approx(best.beta)


@pytest.mark.parametrize("surface", figures.SURFACES)
def test_none_is_faster_with_an_alpha_beside_its_best(surface):
    hill = figures.SURFACES[surface]
    start = np.array(hill.start)[:, None]
    for optimizer in convergence.at_their_best(surface).values():
        at = convergence.ALPHAS.index(optimizer.alpha)
        beside = convergence.ALPHAS[max(0, at - 3) : at + 4]
        tried = [replace(optimizer, alpha=alpha) for alpha in beside]
        steps = [int(convergence.steps_to_stay(one, hill, start)[0]) for one in tried]
        assert min(steps) == steps[beside.index(optimizer.alpha)], (optimizer, steps)


@pytest.mark.parametrize("surface", figures.SURFACES)
def test_counted_steps_do_not_depend_on_last_digits_but_for_rmsprop_in_the_ravine(surface):
    hill = figures.SURFACES[surface]
    for name, optimizer in convergence.at_their_best(surface).items():
        steps = convergence.steps_to_stay(optimizer, hill, shaken(hill))
        few = 8 if (name, surface) == ("RMSprop", "bent ravine") else 0
        assert np.ptp(steps) <= few, (name, steps)


@once_a_week
@pytest.mark.parametrize("surface", figures.SURFACES)
def test_momentum_is_not_faster_with_another_beta(surface):
    hill, best = figures.SURFACES[surface], convergence.at_their_best(surface)
    start, momentum = np.array(hill.start)[:, None], best["momentum (best β)"]
    at = convergence.ALPHAS.index(momentum.alpha)
    for beta in convergence.BETAS:
        for alpha in convergence.ALPHAS[max(0, at - 3) : at + 4]:
            tried = optimizers.Momentum(alpha=alpha, beta=beta)
            assert steps_of(tried, hill, start) >= steps_of(momentum, hill, start), tried
    others = [steps_of(one, hill, start) for name, one in best.items() if "best" not in name]
    assert steps_of(momentum, hill, start) < min(others)


def steps_of(optimizer, hill, start):
    return int(convergence.steps_to_stay(optimizer, hill, start)[0])


def test_adam_with_a_tuned_memory_is_soon_there_but_from_most_starts_does_not_stay():
    adam, rng = optimizers.Adam(alpha=0.398, beta1=0.5), np.random.default_rng(0)
    for kappa, tuned in ((10, 8), (100, 31)):
        hill, best = surfaces.quadratic(kappa), convergence.at_their_best(f"valley, κ = {kappa}")
        start = np.array(hill.start)[:, None]
        assert steps_of(best["momentum (best β)"], hill, start) == tuned
        assert steps_of(adam, hill, start) == 20
    left, right, low, high = hill.limits
    starts = np.array([rng.uniform(left, right, 20), rng.uniform(low, high, 20)])
    soon, later = (convergence.steps_to_stay(adam, hill, starts, most=n) for n in (100, 1000))
    assert (soon < 31).sum() > 15
    assert (later > 300).sum() > 12


def thrown_out(optimizer, hill, starts, steps):
    """Return from each start the step at which 1 % is left once more; `steps` + 1 if none is."""
    walk = optimizers.path(optimizer, hill.gradient, starts, steps)
    away = convergence.distance_left(walk.transpose(1, 0, 2).reshape(2, -1), hill)
    left = away.reshape(steps + 1, -1) / np.hypot(*(starts - np.array(hill.minimum)[:, None]))
    was_there = np.maximum.accumulate(left < 1e-4, axis=0)
    out = was_there & (left > 0.01)
    return np.where(out.any(axis=0), out.argmax(axis=0), steps + 1)


def shaken(hill):
    """Return a surface's start three times, twice with other last digits."""
    return np.array(hill.start)[:, None] + 1e-13 * np.array([[0, 1, -2], [0, 2, 1]])


@pytest.mark.parametrize("kappa", [10, 100])
def test_adam_is_thrown_out_when_its_s_has_forgotten_the_large_gradients(kappa):
    hill, adam = surfaces.quadratic(kappa), optimizers.Adam(alpha=0.316)
    assert adam == convergence.at_their_best(hill.name)["Adam"]
    assert thrown_out(adam, hill, shaken(hill), 5500).tolist() == [5217] * 3
    longer = replace(adam, beta2=0.9999)
    assert thrown_out(longer, hill, shaken(hill), 20_000).tolist() == [20_001] * 3
    soon = replace(adam, beta1=0.5, alpha=0.398)
    assert thrown_out(soon, hill, shaken(hill), 1100).tolist() == [1070] * 3


def test_adam_is_thrown_out_of_the_plateaus_pit_from_13_of_twenty_starts():
    hill, rng = figures.SURFACES["plateau"], np.random.default_rng(0)
    left, right, low, high = hill.limits
    starts = np.array([rng.uniform(left, right, 20), rng.uniform(low, high, 20)])
    adam = convergence.at_their_best("plateau")["Adam"]
    for moved in (0, 1e-13):
        assert (thrown_out(adam, hill, starts + moved, 1000) < 1000).sum() == 13
    smaller = thrown_out(optimizers.Adam(alpha=0.126), hill, starts, 1000)
    assert (smaller < 1000).sum() <= 1


def test_adam_is_thrown_out_of_the_pit_before_its_s_forgets_the_large_gradients():
    """In the valleys s has to forget them; on the plateau a mean over more steps is enough."""
    pit, adam = figures.SURFACES["plateau"], convergence.at_their_best("plateau")["Adam"]
    starts = twenty_starts(pit)
    never = replace(adam, beta2=0.999999)
    assert (thrown_out(never, pit, starts, 3000) < 3000).sum() > 15
    out = thrown_out(adam, pit, starts, 1000)
    early = out < 1000
    kept = [s_kept(adam, pit, *one) for one in zip(starts.T[early], out[early], strict=True)]
    assert min(kept) > 0.4
    valley = surfaces.quadratic(10)
    assert s_kept(optimizers.Adam(alpha=0.316), valley, valley.start, 5217) < 0.01
    (why,) = re.findall(r"stay short for longer, but not for good\. (.*?) thrown out", prose())
    assert "forg" not in why


def prose(name=NOTEBOOK.stem):
    """Return the text of a notebook on one line."""
    path = NOTEBOOK.with_stem(name)
    return " ".join(" ".join(c.source for c in cells(path, "markdown")).split())


def test_rmsprops_steps_become_short_and_do_not_stay_so():
    """In the picture of the ball its distance on the saddle falls far below that of the others."""
    for surface, short in (("valley, κ = 100", 0.01), ("saddle", 1e-12)):
        hill, rmsprop = figures.SURFACES[surface], convergence.at_their_best(surface)["RMSprop"]
        walk = optimizers.path(rmsprop, hill.gradient, hill.start, 1000)
        steps = np.hypot(*np.diff(walk, axis=0).T) / rmsprop.alpha
        assert steps.min() < short
        assert steps[-100:].min() > 0.9
    assert "RMSprop's steps do not stay short" in prose()
    assert "do not shrink" not in prose()


def s_kept(adam, hill, theta, steps):
    """Return which part of its largest s is left some steps before Adam is thrown out."""
    state, largest = adam.init(theta), 0.0
    for _ in range(steps - 40):
        theta, state = adam.step(theta, hill.gradient(theta), state)
        largest = np.maximum(largest, state.s)
    return (state.s / largest).max()


def twenty_starts(hill):
    """Return the starts that notebook 06 draws on a surface."""
    (left, right, low, high), rng = hill.limits, np.random.default_rng(0)
    return np.array([rng.uniform(left, right, 20), rng.uniform(low, high, 20)])


def test_each_printed_number_of_steps_was_counted_from_one_of_the_twenty_starts():
    """Between a number of steps and the mark of those that never stay there is no number."""
    (cell,) = [c for c in cells(NOTEBOOK, "code") if "from 20 starts" in c.source]
    surface, checked = None, 0
    for line in cell.outputs[0].text.splitlines():
        name, semicolon, spread = line.strip().partition(";")
        if not semicolon:
            surface, hill = line, figures.SURFACES[line]
            continue
        name = re.sub(r"\s+(\d+|–)$", "", name)
        if (name, surface) != ("RMSprop", "bent ravine"):  # the last digits move that line
            optimizer = convergence.at_their_best(surface)[name]
            counted = convergence.steps_to_stay(optimizer, hill, twenty_starts(hill))
            middle, low, high = (1001 if n == "–" else int(n) for n in spread.split()[-3:])
            assert {middle, low, high} <= set(counted), line
            assert (counted < low).sum() <= 2 >= (counted > high).sum(), line
            checked += 1
    assert checked == 24


@pytest.mark.parametrize("surface", ["plateau", "saddle"])
def test_rmsprop_hovers_by_step_150_with_a_larger_alpha(surface):
    """From the picture's start and from places about it."""
    hill = figures.SURFACES[surface]
    starts = np.array(hill.start)[:, None] + 0.05 * np.random.default_rng(0).normal(size=(2, 20))
    walk = optimizers.path(optimizers.RMSprop(alpha=0.1), hill.gradient, starts, 150)[100:]
    long = np.abs(np.diff(walk, axis=0)).max(axis=1) > 0.08
    assert long.mean(axis=0).min() > 0.9
    away = walk[..., None] - convergence.minima(hill)[:, None]
    assert np.hypot(away[:, 0], away[:, 1]).min(axis=-1).max() < 0.3
    assert f"(#explorer=race&step=150&alpha=0.1&surface={surface})" in prose()


@pytest.mark.parametrize("surface", ["valley, κ = 100", "bent ravine", "saddle", "plateau"])
def test_a_longer_memory_puts_rmsprops_hovering_off_and_does_not_end_it(surface):
    """With a little noise, since without any the step may be rounded to 0 before."""
    hill, rng = figures.SURFACES[surface], np.random.default_rng(3)
    starts, late = twenty_starts(hill)[:, ::2], {}
    for beta, steps in ((0.9, 1500), (0.99, 4000), (0.999, 6000)):
        rmsprop = optimizers.RMSprop(alpha=0.018, beta=beta)
        tiny = iter(1e-12 * rng.standard_normal((steps, *starts.shape)))
        shaken_by = partial(lambda tiny, theta: hill.gradient(theta) + next(tiny), tiny)
        walk = optimizers.path(rmsprop, shaken_by, starts, steps)
        long = np.abs(np.diff(walk, axis=0)) > 0.8 * rmsprop.alpha
        late[beta] = np.median((steps - long[::-1].argmin(axis=0)).max(axis=0))
    assert 700 < late[0.99] - late[0.9] < 2000
    assert late[0.999] - late[0.9] > 3000
    assert "With noisy gradients a longer memory only puts the hovering off" in prose()


def test_without_noise_a_long_memory_may_let_rmsprops_steps_be_rounded_to_0():
    hill = figures.SURFACES["valley, κ = 10"]
    rmsprop = optimizers.RMSprop(alpha=0.018, beta=0.999)
    walk = optimizers.path(rmsprop, hill.gradient, twenty_starts(hill), 20_000)
    stands = (walk[-5000:] == walk[-1]).all(axis=(0, 1))
    assert stands.sum() > 5
    assert hill.distance(walk[-1][:, stands]).max() < 1e-6


def test_momentums_swings_last_as_long_at_any_alpha_between_two():
    hill = surfaces.quadratic(10)
    between = [alpha for alpha in convergence.ALPHAS if 0.03 < alpha < 3.2]
    steps = [
        steps_of(optimizers.Momentum(alpha=alpha), hill, np.array(hill.start)[:, None])
        for alpha in between
    ]
    assert min(steps) == 77
    assert max(steps) <= 94


def test_what_stays_near_is_counted_from_where_it_stays():
    hill = surfaces.quadratic(1)
    slow = optimizers.GradientDescent(alpha=0.5)
    assert convergence.steps_to_stay(slow, hill, np.array([[1.0, 0.0], [0.0, 2.0]])).tolist() == [
        7,
        7,
    ]  # 2^-6 is more than a hundredth, 2^-7 less
    lost = optimizers.GradientDescent(alpha=3.0)
    assert convergence.steps_to_stay(lost, hill, np.ones((2, 1)), most=50).tolist() == [51]


def test_what_the_fair_race_counts():
    """The numbers that notebook 06 quotes: steps from each surface's own start."""
    counted = {}
    for surface, hill in figures.SURFACES.items():
        for name, optimizer in convergence.at_their_best(surface).items():
            start = np.array(hill.start)[:, None]
            counted[surface, name] = int(convergence.steps_to_stay(optimizer, hill, start)[0])
    descent = [counted[surface, "descent"] for surface in figures.SURFACES]
    assert descent == [27, 286, 471, 15, 26]
    remembering = [
        counted[surface, name]
        for surface in figures.SURFACES
        for name in ("momentum (β = 0.9)", "Adam")
    ]
    assert (min(remembering), max(remembering)) == (66, 85)
    for name, steps in (("RMSprop", 219), ("Adam", 74)):
        assert counted["valley, κ = 10", name] == counted["valley, κ = 100", name] == steps
    assert counted["bent ravine", "momentum (best β)"] == 18


def test_momentum_swings_farther_at_the_same_alpha_and_takes_a_larger_one():
    hill = surfaces.quadratic(100)
    descent, momentum = (
        optimizers.path(one, hill.gradient, hill.start, 60)[:, 1]
        for one in (optimizers.GradientDescent(alpha=0.018), optimizers.Momentum(alpha=0.018))
    )
    assert [np.sum(np.diff(np.sign(way)) != 0) for way in (descent, momentum)] == [60, 8]
    assert np.abs(descent[20:]).max() == pytest.approx(0.017, abs=5e-4)
    assert np.abs(momentum[20:]).max() == pytest.approx(0.491, abs=5e-4)
    assert convergence.regimes(0.379, 0.9, 100.0) != convergence.DIVERGES
    assert convergence.regimes(0.381, 0.9, 100.0) == convergence.DIVERGES


def test_with_too_long_a_memory_momentum_needs_about_as_many_steps_as_descent():
    best = convergence.best_momentum(100)
    slow = replace(best, beta=1 - 0.1 * (1 - best.beta))
    starts = np.random.default_rng(1).standard_normal((2, 50))
    counted = convergence.measured_steps(slow, 100, starts)
    (descent,) = convergence.measured_steps(convergence.best_descent(100), 100, starts[:, :1])
    assert counted.min() < descent < counted.max()
    assert np.quantile(counted, [0.1, 0.5, 0.9]) == pytest.approx(np.full(3, descent), rel=0.1)


def test_in_a_long_valley_descent_points_at_the_floor_unless_the_point_all_but_lies_there():
    def off_straight_down(theta2):
        g = surfaces.quadratic(100).gradient(np.array([-4.5, theta2]))
        return np.degrees(np.arctan2(abs(g[0]), abs(g[1])))

    assert max(off_straight_down(theta2) for theta2 in (0.5, 1.5, 3.0)) < 6
    assert off_straight_down(0.1) > 20


def test_rmsprops_first_step_does_not_turn_with_kappa_as_descents_does():
    said = [
        words_of(figures.directions, {"theta1": -4.0, "theta2": 1.5, "kappa": k}) for k in (10, 100)
    ]
    assert all(words.endswith("RMSprop 24°") for words in said)
    assert "descent points 55°" in said[0]
    assert "descent points 68°" in said[1]


def test_what_the_replies_to_the_frozen_adam_say_holds_in_the_short_valley():
    hill = figures.SURFACES["valley, κ = 10"]
    first = np.hypot(*hill.start)
    ways = {
        name: hill.distance(optimizers.path(adam, hill.gradient, hill.start, 150).T)
        for name, adam in suspects(0.05, 0.9).items()
    }
    at = {name: way[100] for name, way in ways.items()}
    assert at["B"] < at["A"] < at["D"] < at["C"]
    assert at["A"] == pytest.approx(0.47, abs=0.005)
    assert ways["A"][150] < ways["D"][150] < 0.5 * at["A"], "both go on"
    assert (round(at["C"], 2), round(first, 2)) == (4.19, 4.27)
    assert np.ptp(ways["C"][10:]) < 1e-3


def test_just_below_descents_limit_momentum_is_the_calmer_of_the_two():
    hill, limit = surfaces.quadratic(100), (1 + np.sqrt(0.9)) / 100
    assert limit == pytest.approx(0.0195, abs=5e-5)
    for alpha, calmer in ((0.98 * limit, "descent"), (1.02 * limit, "momentum")):
        pair = optimizers.GradientDescent(alpha=alpha), optimizers.Momentum(alpha=alpha)
        ways = [optimizers.path(one, hill.gradient, hill.start, 400)[200:, 1] for one in pair]
        far = [np.abs(way).max() for way in ways]
        assert ("descent", "momentum")[np.argmin(far)] == calmer


def test_a_smaller_alpha_serves_adam_on_the_plateau_from_all_starts():
    hill, rng = figures.SURFACES["plateau"], np.random.default_rng(0)
    (left, right, low, high) = hill.limits
    starts = np.array([rng.uniform(left, right, 20), rng.uniform(low, high, 20)])
    steps = convergence.steps_to_stay(optimizers.Adam(alpha=0.126), hill, starts)
    assert np.quantile(steps, [0.5, 0.1, 0.9]) == pytest.approx([80, 77, 87], abs=0.5)


def test_adams_step_is_at_most_alpha_but_for_a_gradient_that_wakes():
    adam = optimizers.Adam(alpha=1.0)
    waking = optimizers.steps_along(adam, np.repeat([0.0, 1.0], [5000, 100]))[5000:]
    assert waking[0] == pytest.approx(0.1 / np.sqrt(0.001), rel=0.01)
    assert 6.5 < waking.max() < 0.1 / np.sqrt(0.001 * (1 - 0.9**2 / 0.999))  # Cauchy and Schwarz
    noise = np.random.default_rng(0).standard_normal(5000)
    means = [np.abs(optimizers.steps_along(adam, 1 + s * noise)).mean() for s in (0, 1, 5)]
    assert means[0] == pytest.approx(1)
    assert means[1] < 0.8
    assert means[2] < 0.35


def test_the_sign_alone_walks_where_gradients_cancel():
    """Hinton's ten mini-batches: nine small gradients one way, one nine times as large back."""
    gradients = np.tile([0.1] * 9 + [-0.9], 100)
    assert np.sign(gradients[-10:]).sum() == 8
    for beta, walked in ((0.9, 0.68), (0.99, 0.07)):
        rmsprop = optimizers.RMSprop(alpha=1.0, beta=beta)
        steps = optimizers.steps_along(rmsprop, gradients)
        assert steps[-10:].sum() == pytest.approx(walked, abs=0.005)


@pytest.mark.parametrize(
    ("surface", "corrected", "plain"), [("valley, κ = 100", 74, 76), ("bent ravine", 84, 75)]
)
def test_uncorrected_adam_is_as_fast_at_a_smaller_alpha(surface, corrected, plain):
    hill = figures.SURFACES[surface]
    best = convergence.at_their_best(surface)["Adam"]
    start = np.array(hill.start)[:, None]
    assert convergence.steps_to_stay(best, hill, start).tolist() == [corrected]
    smaller = [a for a in convergence.ALPHAS if best.alpha / 10 < a < best.alpha / 2]
    tried = [replace(best, alpha=alpha, bias_correction=False) for alpha in smaller]
    assert min(int(convergence.steps_to_stay(one, hill, start)[0]) for one in tried) == plain


@pytest.mark.parametrize(("beta1", "beta2"), [(0.9, 0.999), (0.1, 0.9999), (0.99, 0.9)])
def test_the_first_steps_lie_inside_the_picture(beta1, beta2):
    live = LivePicture(figures.first_steps)
    for gradient in figures.GRADIENTS:
        live.draw({"t": 1, "beta1": beta1, "beta2": beta2, "gradient": gradient})
        (ax,) = live.canvas.figure.axes
        steps = np.concatenate([one.get_ydata() for one in ax.lines if len(one.get_xdata()) == 50])
        low, high = ax.get_ylim()
        assert low < steps.min() <= steps.max() < high


def test_each_minimum_of_the_saddle_has_a_star():
    live, (left, right, low, high) = LivePicture(figures.race), surfaces.saddle().limits
    values = {"alpha": 0.3, "surface": "saddle", "start_x": 0.2, "start_y": 0.2}
    live.draw(values)
    assert said_of(**values)["descent"] < 1e-6
    star = next(one for one in live.canvas.figure.axes[0].lines if one.get_marker() == "*")
    x, y = star.get_data()
    assert x * (right - left) + left == pytest.approx([0, 0], abs=1e-12)
    assert y * (high - low) + low == pytest.approx([1, -1])
    live.draw({**values, "surface": "plateau"})
    assert len(star.get_xdata()) == 1


def test_a_smaller_alpha_brings_nearer_what_has_time_to_arrive():
    live, ends = LivePicture(figures.noisy), {}
    for kappa in (10.0, 100.0):
        for factor in (0.5, 1.0):
            factors = {"factor_descent": factor, "factor_momentum": factor}
            said = live.draw({"noise": 0.1, "kappa": kappa, **factors})
            said = said.partition("last 100 steps ")[2].split(", ")
            ends[kappa, factor] = [float(part.split()[1]) for part in said]
    assert all(np.array(ends[10.0, 0.5]) < np.array(ends[10.0, 1.0]))
    assert ends[100.0, 0.5][0] > 5 * ends[100.0, 1.0][0]
    assert ends[100.0, 0.5][1] < ends[100.0, 1.0][1]


def test_on_the_saddle_one_step_off_the_ridge_is_enough():
    values = {"alpha": 0.018, "surface": "saddle", "start_x": 0.2}
    for y in (0.48, 0.52):
        assert max(said_of(start_y=y, **values).values()) < 0.5
    assert min(said_of(start_y=0.5, **values).values()) == 1


def test_off_the_plateau_come_rmsprop_and_adam_from_everywhere_the_others_from_near_the_pit():
    hill, shares = figures.SURFACES["plateau"], np.linspace(0.02, 0.98, 25)
    starts = np.array(figures._on_the_hill(hill, *np.meshgrid(shares, shares))).reshape(2, -1)
    far = np.hypot(*starts) > 2.3
    for kind, optimizer in figures.four(0.018, 0.9).items():
        left = np.hypot(*optimizers.path(optimizer, hill.gradient, starts, 150)[-1])
        if kind in ("RMSprop", "Adam"):
            assert left.max() < 0.8
        else:
            assert left[far].min() > 0.5
            assert left[np.hypot(*starts) < 1].max() < 0.2


def test_on_the_plateau_descents_own_alpha_needs_ever_more_steps_from_farther_out():
    hill, descent = figures.SURFACES["plateau"], convergence.at_their_best("plateau")["descent"]
    starts = np.array([[-3.0, 4.2, 4.5, 4.32, 4.5], [1.5, 0.0, 0.0, 2.88, 3.0]])
    near, *farther = convergence.steps_to_stay(descent, hill, starts, most=60_000)
    assert near == 26
    assert all(100 < steps < 1000 for steps in farther[:2])
    assert all(10_000 < steps < 60_000 for steps in farther[2:]), "in the corners"


def test_in_the_valleys_rmsprop_hovers_too_far_for_a_start_nearer_than_3_5():
    hill, rmsprop = surfaces.quadratic(100), convergence.at_their_best("valley, κ = 100")["RMSprop"]
    rng = np.random.default_rng(0)
    left, right, low, high = hill.limits
    starts = np.array([rng.uniform(left, right, 20), rng.uniform(low, high, 20)])
    away = np.hypot(*starts)
    end = np.hypot(*optimizers.path(rmsprop, hill.gradient, starts, 1000)[-1])
    assert end == pytest.approx(np.full(20, 0.035), abs=1e-3)
    stays = convergence.steps_to_stay(rmsprop, hill, starts) <= 1000
    assert (away[~stays] < 3.5).all()
    assert (away[stays] > 3.5).all()
    assert 5 < stays.sum() < 15


def test_at_the_minimum_nobody_points_away_from_it():
    live = LivePicture(figures.directions)
    assert live.draw({"theta1": 0.0, "theta2": 0.0, "kappa": 10}).endswith(
        "this is the minimum, and neither takes a step"
    )
    assert live.draw({"theta1": 0.0, "theta2": 1.0, "kappa": 10}).endswith(
        "descent points 0° away from the minimum, RMSprop 0°"
    )


@pytest.mark.parametrize(
    ("distance", "words"),
    [(0, "0"), (3e-25, "3e−25"), (0.548, "0.548"), (999.4, "999"), (821_634, "822 000")],
)
def test_distances_are_written_without_a_plus(distance, words):
    assert figures._in_words(distance) == words


def test_on_the_plateau_rmsprop_hovers_around_the_minimum():
    values = {"alpha": 0.1, "surface": "plateau"}
    distances = [said_of(step=step, **values)["RMSprop"] for step in range(50, 151)]
    assert 0.02 < min(distances) < max(distances) < 0.3


MOMENTS = {
    ("race", "α = 0.03 in the long valley"): "descent diverged, momentum 0.476, RMSprop 2.06",
    ("race", "the saddle"): "descent 0.993, momentum 0.994, RMSprop 7e−9, Adam 0.126",
    ("race", "the saddle, α = 0.3"): "descent 1e−23, momentum 0.00198",
    ("own_best", "the long valley"): "distance left: descent 0.19, ",
    ("own_best", "twice the best α"): "descent diverged, momentum (β = 0.9) 1e−7",
    ("condition", "both at their best"): "descent 691 steps, momentum 85 to 95",
    ("condition", "α too large"): "descent over 1500 steps, momentum over 1500",
    ("condition", "too long a memory"): "momentum 6",
    ("first", "step 1"): "3.162 α without",
    ("first", "β₂ = β₁"): "0.316 α without",
    ("first", "noisy gradients"): "step 12",
}


@pytest.mark.parametrize(("where", "words"), MOMENTS.items(), ids=" ".join)
def test_moments_say_what_is_to_be_seen(where, words):
    pictures = {
        "race": partial(LivePicture, figures.race),
        "own_best": partial(LivePicture, figures.fair),
        "condition": partial(LivePicture, figures.condition),
        "first": partial(LivePicture, figures.first_steps),
    }
    values, _ = figures.MOMENTS[where[0]][where[1]]
    assert words in pictures[where[0]]().draw(values)


def test_corrected_steps_under_noise_stay_within_about_alpha():
    steps = optimizers.steps_along(optimizers.Adam(alpha=1.0), figures.GRADIENTS["noisy"])
    assert 0.9 < np.abs(steps).max() < 1.1
    assert len(MOMENTS) == sum(map(len, figures.MOMENTS.values()))
