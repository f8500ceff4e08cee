"""Pictures of regularization: what they say and how they move."""

from functools import partial

import numpy as np
import pytest

from course_utils.experiments import regularization as experiments
from course_utils.figures import regularization as figures
from course_utils.support.words import percent
from course_utils.widgets.live_picture import LivePicture
from tests.figures.words import words_of


def test_not_divided_activations_shrink_by_keep_prob_x14():
    words = words_of(figures.masks, {"keep_prob": 0.5, "draws": 1000, "divided": False})
    assert float(words.split(": ")[2].split()[0]) == pytest.approx(0.5, abs=0.03)
    words = words_of(figures.masks, {"keep_prob": 0.5, "draws": 1000, "divided": True})
    assert float(words.split(": ")[2].split()[0]) == pytest.approx(1, abs=0.06)


def test_dropouts_noise_does_not_depend_on_m_batch_norms_does_x10():
    dropped = [figures.dropout_noise(m, 0.8) for m in (4, 64, 1024)]
    np.testing.assert_allclose(dropped, 0.5, rtol=0.05)
    assert len(set(dropped)) == 3, "each m tosses coins of its own"
    norm = [figures.batch_norm_noise(m) for m in (4, 64, 1024)]
    np.testing.assert_allclose(norm, [0.5, 0.125, 1 / 32], rtol=0.15)


def test_one_mask_more_leaves_those_before_it_as_they_were():
    live = LivePicture(figures.masks)
    bars = live.canvas.figure.axes[2].containers[1]

    def sums(draws):
        live.draw({"keep_prob": 0.5, "draws": draws, "divided": True})
        return draws * np.array([bar.get_height() for bar in bars])

    a = np.linspace(0.2, 2.0, 10)
    for draws in (1, 50, 99, 399):
        kept = (sums(draws + 1) - sums(draws)) / (2 * a)
        np.testing.assert_allclose(kept, kept.round(), atol=1e-9)
        assert set(kept.round()) <= {0, 1}


def test_the_picture_names_the_settings_it_was_trained_with():
    run = experiments.MoonsRun()
    live = LivePicture(partial(figures.learning, run=run))
    for lambda_ in (1.0, 10.0):
        words = live.draw({"step": 600, "lambda_": lambda_})
        assert f"λ = {lambda_:g}, " in words
        training, dev = experiments.MoonsRun().accuracies(lambda_=lambda_)
        assert f"training {percent(training)}, development {percent(dev, 1)} right" in words


def test_a_dotted_line_shows_which_share_is_wanted():
    for wanted in ({}, {"wanted": 0.5}):
        live = LivePicture(partial(figures.learning, run=experiments.MoonsRun(), **wanted))
        dotted = [line for line in live.canvas.figure.axes[1].lines if line.get_linestyle() == ":"]
        assert [line.get_ydata()[0] for line in dotted] == [*wanted.values()]


def test_thin_lines_lie_where_the_answers_of_thinned_networks_are_one_half():
    run = experiments.MoonsRun()
    live = LivePicture(partial(figures.learning, run=run, thin=2))
    for keep_prob in (1.0, 0.5):
        live.draw({"step": 600, "keep_prob": keep_prob})
        (line,) = [a for a in live.canvas.figure.axes[0].lines if a.get_linestyle() == "-"]
        ends = line.get_xydata()[~np.isnan(line.get_xdata())]
        assert len(ends) > 100
        network, rng = run.network(keep_prob=keep_prob), np.random.default_rng(0)
        both = [experiments.thinned(network, keep_prob, rng) for _ in range(2)]
        z = np.abs([one.inference(ends.T)[0] for one in both]).min(axis=0)
        assert np.median(z) < 0.3, "as near as the grid allows"
        assert np.median(z) < 0.1 * np.abs(network.inference(run.X_dev)).mean()


def test_a_moved_setting_trains_from_the_first_step():
    run = experiments.MoonsRun()
    live = LivePicture(partial(figures.learning, run=run))
    live.draw({"step": 30})
    steps = [words.split(",")[0] for words in live.update(step=30, lambda_=1.0)]
    assert steps == ["step 0", "step 10", "step 20", "step 30"]


def test_too_large_a_factor_is_said_in_words():
    words = words_of(figures.shrinking, {"lambda_": 100.0, "alpha": 0.25, "m": 10})
    assert "multiplies W by −1.500: 100 steps take it from 2 far away" in words


@pytest.mark.parametrize(
    ("lambda_", "end"), [(0.0, "to 2.000"), (5.0, "to 0.012"), (50.0, "to almost 0")]
)
def test_a_weight_that_shrinks_is_never_said_to_be_0(lambda_, end):
    words = words_of(figures.shrinking, {"lambda_": lambda_, "alpha": 0.1, "m": 10})
    assert f"100 steps take it from 2 {end};" in words


@pytest.mark.parametrize(
    ("lambda_", "words"),
    [(5.0, "settles at 0.667"), (55.0, "settles at 0.154"), (57.0, "does not settle")],
)
def test_whether_the_pulled_weight_settles_is_that_of_its_own_factor(lambda_, words):
    live = LivePicture(figures.shrinking)
    assert live.draw({"lambda_": lambda_, "alpha": 0.3, "m": 10}).endswith(words)
    pulled = live.canvas.figure.axes[0].lines[1].get_ydata()
    assert (abs(pulled[-1]) > 2) == ("does not" in words)


@pytest.mark.parametrize("price", ["L2", "L1"])
@pytest.mark.parametrize("rate", [0.01, 0.1, 1.0, 10.0])
def test_equal_cost_and_equal_price_touch_and_do_not_cross(price, rate):
    live = LivePicture(figures.touching)
    live.draw({"rate": rate, "price": price})
    way, cost, prices, here = live.canvas.figure.axes[0].lines[-4:]
    w = here.get_xydata()[0]
    measure = {"L2": np.linalg.norm, "L1": lambda x: np.abs(x).sum()}[price]
    assert min(map(measure, cost.get_xydata())) > measure(w) * (1 - 1e-9)
    assert measure(prices.get_xydata()[0]) == pytest.approx(measure(w))
    assert np.abs(way.get_xydata() - w).sum(axis=1).min() < 1e-9


@pytest.mark.parametrize("price", ["L2", "L1"])
def test_the_handle_of_the_rate_lies_on_the_first_weight(price):
    live = LivePicture(figures.touching)
    live.draw(values := {"rate": 1.0, "price": price})
    (handle,) = live.update.handles
    drawn = live.canvas.figure.axes[1].lines[0].get_xydata()
    assert np.abs(drawn - handle.place(values)).max(axis=1).min() < 1e-9


@pytest.mark.parametrize("keep_prob", [0.1, 0.5, 1.0])
def test_the_handle_of_the_masks_lies_on_the_line_of_keep_prob(keep_prob):
    live = LivePicture(figures.masks)
    values = {"keep_prob": keep_prob, "draws": 400, "divided": True}
    live.draw(values)
    (handle,) = live.update.handles
    (line,), (bar,) = handle.ax.lines, handle.ax.patches
    assert handle.place(values)[1] == line.get_ydata()[0] == keep_prob
    assert bar.get_height() == pytest.approx(keep_prob, abs=0.03)


@pytest.mark.parametrize(
    ("draws", "which"), [(1, "the mask"), (2, "the last mask"), (400, "the last mask")]
)
def test_how_many_are_kept_is_said_of_the_mask_that_is_drawn(draws, which):
    live = LivePicture(figures.masks)
    said = live.draw({"keep_prob": 0.5, "draws": draws, "divided": True})
    up = sum(bar.get_height() > 0 for bar in live.canvas.figure.axes[1].containers[1])
    assert f": {which} keeps {up} of 10; " in said


@pytest.mark.parametrize("keep_prob", [0.1, 0.25, 0.5, 1.0])
@pytest.mark.parametrize("divided", [True, False])
def test_no_bar_of_the_masks_leaves_its_axes(keep_prob, divided):
    live = LivePicture(figures.masks)
    for draws in (1, 2, 400):
        live.draw({"keep_prob": keep_prob, "draws": draws, "divided": divided})
        for ax in live.canvas.figure.axes[1:]:
            assert max(bar.get_height() for bar in ax.patches) < ax.get_ylim()[1]


@pytest.mark.parametrize(
    ("figure", "values"),
    [
        (figures.shrinking, {"lambda_": 5.0, "alpha": 0.1, "m": 10}),
        (figures.shrinking, {"lambda_": 0.0, "alpha": 0.01, "m": 50}),
        (figures.shrinking, {"lambda_": 100.0, "alpha": 0.3, "m": 5}),
        (figures.noises, {"exponent": 6, "keep_prob": 0.8}),
        (figures.noises, {"exponent": 2, "keep_prob": 0.95}),
        (figures.noises, {"exponent": 10, "keep_prob": 0.1}),
    ],
)
def test_handles_lie_on_points_of_the_lines(figure, values):
    live = LivePicture(figure)
    live.draw(values)
    for handle in live.update.handles:
        drawn = np.vstack([line.get_xydata() for line in handle.ax.lines])
        off = np.abs(drawn - handle.place(values)).max(axis=1)
        assert off.min() < 1e-12


def test_the_curves_show_every_step_up_to_the_present_one():
    run = experiments.MoonsRun()
    live = LivePicture(partial(figures.learning, run=run))
    said = live.draw({"step": 30, "lambda_": 1.0})
    training, dev = run.accuracies(3, lambda_=1.0)
    assert said.startswith(
        "step 30, λ = 1, keep_prob = 1, α = 0.01: "
        f"training {percent(training)}, development {percent(dev, 1)} right"
    )
    for number, line in enumerate(live.canvas.figure.axes[1].lines[:2]):
        assert list(line.get_xdata()) == [0, 10, 20, 30]
        alone = [experiments.MoonsRun().accuracies(k, lambda_=1.0)[number] for k in range(4)]
        assert list(line.get_ydata()) == alone


def held(figure, line, values):
    """Return the place of a picture's one handle and the points of the line it should lie on."""
    live = LivePicture(figure)
    live.draw(values)
    (handle,) = live.update.handles
    points = handle.ax.lines[line].get_xydata()
    return handle.place(values), points


@pytest.mark.parametrize("step", [0.0, 10.0, 600.0])
def test_the_handle_of_the_step_lies_on_the_cursor(step):
    run = experiments.MoonsRun()
    (x, _), cursor = held(partial(figures.learning, run=run), 3, {"step": step})
    assert list(cursor[:, 0]) == [x, x]


def test_the_best_step_so_far_is_marked_and_said():
    run = experiments.MoonsRun()
    live = LivePicture(partial(figures.learning, run=run))
    said = live.draw({"step": 600})
    dev = run.curves()[1]
    assert said.endswith(
        f"development was best at step {10 * dev.argmax()}: {percent(dev.max(), 1)}"
    )
    (best,) = live.canvas.figure.axes[1].lines[2].get_xydata()
    assert tuple(best) == (10 * dev.argmax(), dev.max())


@pytest.mark.parametrize("place", [(-0.4, 1.3), (1.0, -0.5)])
def test_the_stray_point_is_where_its_handle_is_and_its_network_answers(place):
    live = LivePicture(figures.stray)
    values = dict(zip("xy", place, strict=True), lambda_=1.0, added=2)
    said = live.draw(values)
    (handle,) = live.update.handles
    assert handle.place(values) == place
    lines = [line.get_xydata().tolist() for line in handle.ax.lines[2:]]
    assert lines == [[list(place)], [], [list(place)] * 2, []]
    network, orange, dev = experiments.fitted(place, 1.0, (place, place))
    assert network.predict(np.array([place]).T).item() == orange
    assert f"probability {1 - orange:.2f}; {percent(dev)} of the development set" in said


def test_a_copy_that_was_left_is_taken_up_where_one_presses_on_it():
    live = LivePicture(figures.stray)
    for added, at in ((0, (1.0, -0.5)), (1, (1.0, -0.5)), (1, (-1.0, 1.5))):
        live.draw(dict(zip("xy", at, strict=True), added=added, lambda_=1.0))
    said = live.draw({"x": 0.95, "y": -0.5, "added": 1, "lambda_": 1.0})
    _, orange, _ = experiments.fitted((0.95, -0.5), 1.0, ((-1.0, 1.5),))
    assert f"at the large dot, blue has the probability {1 - orange:.2f}" in said
    assert said.endswith("left behind: blue (−1, 1.5)")


def test_the_valley_shows_medians_and_is_held_on_them():
    errors = np.random.default_rng(0).uniform(0.1, 0.5, (10, len(experiments.LAMBDAS)))
    live = LivePicture(partial(figures.valley, errors=errors))
    for lambda_ in (0.01, 1.0, 30.0):
        for draws in (1, 10):
            said = live.draw(values := {"lambda_": lambda_, "draws": draws})
            (handle,) = live.update.handles
            points = live.canvas.figure.axes[0].lines[0].get_xydata().tolist()
            assert list(handle.place(values)) in points
            at = experiments.LAMBDAS.index(lambda_)
            of = {1: "1 draw;", 10: "10 draws ("}[draws]
            assert f"median error {percent(np.median(errors[:draws, at]), 1)} of {of}" in said
