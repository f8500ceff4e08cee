"""Pictures of initialization: what they say and how they move."""

import re
from functools import partial

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from course_utils import datasets, initialization, optimizers
from course_utils.activations import relu, sigmoid, tanh
from course_utils.experiments import initialization_training as trainings
from course_utils.experiments.initialization import measured_networks
from course_utils.figures import initialization as figures
from course_utils.figures import initialization_units as units
from course_utils.figures import style
from course_utils.network import Network
from course_utils.support.words import many, percent
from course_utils.training import fit
from course_utils.widgets.live_picture import LivePicture
from tests import notebooks
from tests.figures.words import words_of

NOTEBOOK = notebooks.FOLDER / "01_initialization.ipynb"


def half(n_out, n_in, rng):
    return np.full((n_out, n_in), 0.5)


def points():
    X, labels = datasets.blobs(5, 24, np.random.default_rng(0))
    return X, labels[None] % 2


SIGNALS = {"factor": 2.0, "activation": relu, "layer": 50, "width": 32}


def reading(figure, **values):
    return words_of(figure, values)


def texts(live):
    return [t.get_text() for ax in live.canvas.figure.axes for t in ax.texts]


@pytest.mark.parametrize(("factor", "order"), [(1.0, "e−8"), (2.0, "0."), (3.0, "e4")])
def test_i3_signals_read_the_orders_of_magnitude_of_20_networks(factor, order):
    said = reading(figures.signals, **{**SIGNALS, "factor": factor, "width": 256})
    median = said.split("standard deviation of a ")[1].split(" ")[0]
    assert order in median
    assert "in 20 networks" in said


@pytest.mark.parametrize("width", [8, 32])
def test_signals_of_relu_equal_networks_drawn_with_that_variance(width):
    measured = measured_networks(initialization.xavier, width, relu, 2.0)
    directly = measured_networks(initialization.he, width, relu, 1.0)
    for name in ("forward", "backward"):
        assert getattr(measured, name) == pytest.approx(getattr(directly, name), rel=1e-9)
    assert measured.first[-1] == pytest.approx(directly.first[-1], rel=1e-9)


@pytest.mark.parametrize("activation", [tanh, sigmoid])
def test_signals_of_tanh_and_sigmoid_equal_plain_float64(activation):
    rng = np.random.default_rng(0)
    x, da = rng.standard_normal((2, 32, 4))
    weights = [np.sqrt(3) * initialization.xavier(32, 32, rng) for _ in range(figures.LAYERS)]
    layers = initialization.forward(weights, x, activation)
    gradients = initialization.backward(weights, layers, da, activation)
    measured = measured_networks(initialization.xavier, 32, activation, 3.0)
    assert measured.forward[0] == pytest.approx([a.std() for a in layers], rel=1e-2)
    assert measured.backward[0] == pytest.approx([d.std() for d in gradients], rel=1e-2)
    assert len(measured.forward) >= 5


def test_i3_narrow_networks_fade_at_he_s_variance():
    a = measured_networks(initialization.xavier, 8, relu, 2.0).forward[:, -1]
    assert np.median(a) < 1e-3
    assert a.min() == 0  # every unit of some layer is silent
    assert "(0 to" in reading(figures.signals, **{**SIGNALS, "width": 8})


def test_i2_signals_tell_saturation():
    said = reading(figures.signals, factor=25.0, activation=tanh, layer=50, width=256)
    assert 50 < int(said.split("> 0.99: ")[1].rstrip(" %")) < 65
    assert reading(figures.signals, factor=1.0, activation=tanh, layer=50, width=256).endswith(
        "0 %"
    )


def test_x11_he_s_variance_with_tanh_makes_gradients_grow():
    da = [measured_networks(initialization.xavier, 256, tanh, k).backward[:, 0] for k in (1.0, 2.0)]
    assert da[0].max() < 1 < 4 < da[1].min()


def test_what_leaves_the_picture_is_told_in_words():
    live = LivePicture(figures.signals)
    said = live.draw({**SIGNALS, "factor": 0.25, "width": 256})
    assert "a and da leave the picture" in texts(live)
    assert "e−23" in said
    live.draw(SIGNALS)
    assert texts(live) == [""]


def broken(n_out, n_in, rng):
    return np.full((n_out, n_in), np.nan)


def unscaled(n_out, n_in, rng):
    return 1e4 * rng.standard_normal((n_out, n_in))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("activation", [relu, tanh, sigmoid])
@pytest.mark.parametrize("algorithm", [broken, unscaled, initialization.zeros])
def test_schemes_that_fail_are_shown_in_words(algorithm, activation):
    live = LivePicture(partial(figures.signals, algorithm=algorithm))
    said = live.draw({**SIGNALS, "activation": activation, "width": 8})
    assert "nan" not in said
    assert "inf" not in said
    assert "leave" in texts(live)[0]


def test_a_reader_s_own_rule_is_drawn_without_the_sentences_on_1_over_n():
    imports, *cells = notebooks.code_cells(NOTEBOOK)
    (knobs,) = (cell.split("how =")[0] for cell in cells if "knobs = {" in cell)
    variables = {"he": initialization.he}
    exec(imports + "\n" + knobs, variables)
    text = "".join(cell.source for cell in notebooks.cells(NOTEBOOK, "markdown"))
    (offered,) = re.findall(r"`([^`]*algorithm=he[^`]*)`", text)
    own = eval(offered, variables)
    assert not any(sentence for *_, sentence in own._all_moments)
    own.set(factor=1.0)
    assert own.readout == reading(figures.signals, **{**SIGNALS, "width": 256})


@pytest.fixture(scope="module")
def runs():
    rng, network, thetas = np.random.default_rng(0), None, []
    network = Network([2, 4, 1], rng, activation=tanh, initialization=half)
    rule = optimizers.GradientDescent(alpha=2.0)
    watch = {"callback": lambda network, history: thetas.append(network.theta.copy())}
    fit(network, *points(), rule, epochs=20, rng=rng, size=40, progress=False, **watch)
    other = Network([2, 4, 1], np.random.default_rng(1), activation=tanh)
    return {"half": (network, np.array(thetas)), "random": (other, np.tile(other.theta, (20, 1)))}


def test_i1_twins_count_units_and_leave_the_networks_alone(runs):
    before = {name: network.theta.copy() for name, (network, _) in runs.items()}
    live = LivePicture(partial(units.twins, X=points()[0], Y=points()[1], runs=runs))
    assert live.draw({"start": "half", "epoch": 5}).startswith("half, after 5 epochs: 1 different")
    assert "4 different units among 4" in live.draw({"start": "random", "epoch": 5})
    for name, (network, _) in runs.items():
        assert np.array_equal(network.theta, before[name])


@pytest.mark.parametrize("epoch", [0, 3, 19])
def test_twins_show_the_network_of_the_epoch_asked_for(runs, epoch):
    live = LivePicture(partial(units.twins, X=points()[0], Y=points()[1], runs=runs))
    said = live.draw({"start": "half", "epoch": epoch})
    then = Network([2, 4, 1], np.random.default_rng(5), activation=tanh)
    then.theta[:] = runs["half"][1][epoch]
    cost, right = then.cost(*points()), then.accuracy(*points())
    assert said.endswith(f"cost {cost:.3f}, {percent(right)} right")
    shown = live.canvas.figure.axes[1].images[0].get_array()
    assert np.allclose(shown.ravel(), then.predict(units._PLANE)[0])


COSTS = {
    ("plain", 0.1): {
        "all 0": np.full((5, 4), 2.3),
        "large": np.array([[9.0, 1e50, np.nan, np.nan]] * 2 + [[9.0, 500, 3, 2]] * 3),
    },
    ("other", 0.1): {"all 0": np.full((5, 4), 2.3), "large": np.full((5, 4), 3.0)},
}


def test_curves_tell_divergence_in_words():
    live = LivePicture(partial(figures.curves, costs=COSTS))
    said = live.draw({"network": "plain", "alpha": 0.1, "epoch": 3})
    assert said == "plain, α = 0.1, epoch 3, median cost: all 0 2.3; large diverged in 2 of 5"
    assert texts(live) == ["partly above the picture: large"]
    assert live.draw({"network": "plain", "alpha": 0.1, "epoch": 0}).endswith("all 0 2.3; large 9")
    assert live.draw({"network": "plain", "alpha": 0.1, "epoch": 1}).endswith("large 500")
    live.draw({"network": "other", "alpha": 0.1, "epoch": 3})
    assert texts(live) == [""]


def test_costs_that_spread_are_told_in_the_order_of_their_medians():
    wide, narrow = np.array([[1.0], [1.23], [1.9]]), np.array([[1.08], [1.13], [1.3]])
    costs = {("ReLU", 0.1): {"wide": wide, "narrow": narrow}}
    said = LivePicture(partial(figures.curves, costs=costs)).draw(
        {"network": "ReLU", "alpha": 0.1, "epoch": 0}
    )
    assert said.endswith("median cost: wide 1.2; narrow 1.1")


@pytest.mark.parametrize("end", [0, -1])
def test_handles_lie_on_the_lines_that_mark_a_layer_and_an_epoch(end):
    signals = {**SIGNALS, "layer": (1, 50)[end]}
    costs = partial(figures.curves, costs={("ReLU", 0.1): {"He": np.ones((3, 8))}})
    for figure, values, name in (
        (figures.signals, signals, "layer"),
        (costs, {"network": "ReLU", "alpha": 0.1, "epoch": (0, 7)[end]}, "epoch"),
    ):
        live = LivePicture(figure)
        live.draw(values)
        handle = next(h for h in live.update.handles if h.controls == (name,))
        x, y = handle.place(values)
        low, high = handle.ax.get_ylim()
        assert x == values[name]
        assert low < y < high
        assert [x, x] in [list(line.get_xdata()) for line in handle.ax.lines]


@pytest.mark.parametrize("factor", [0.25, 1.0, 400.0])
@pytest.mark.parametrize("layer", [1, 8, 50])
def test_the_factor_is_held_on_the_dotted_line(factor, layer):
    live = LivePicture(figures.signals)
    live.draw(values := {**SIGNALS, "factor": factor, "layer": layer})
    handle = next(h for h in live.update.handles if h.controls == ("factor",))
    x, y = handle.place(values)
    assert handle.ax.lines[0].get_ydata()[int(x)] == pytest.approx(y)
    assert handle.ax.get_ylim()[0] < y < handle.ax.get_ylim()[1]


@pytest.mark.parametrize("factor", [0.5, 3.0])
def test_the_dotted_line_is_what_layers_without_an_activation_make(factor):
    rng, a = np.random.default_rng(0), np.random.default_rng(1).standard_normal((400, 50))
    for layer in range(1, 9):
        a = np.sqrt(factor) * initialization.xavier(400, 400, rng) @ a
        assert a.std() == pytest.approx(figures._linear(layer, factor), rel=0.1)


@pytest.mark.parametrize("activation", [tanh, relu])
@pytest.mark.parametrize("factor", [0.25, 1.0, 25.0])
def test_the_ripple_shows_every_layers_histogram_and_is_held_on_the_dotted_line(factor, activation):
    live = LivePicture(figures.ripple)
    live.draw(values := {"factor": factor, "activation": activation})
    rows = live.canvas.figure.axes[0].images[0].get_array()
    layers = measured_networks(initialization.xavier, 256, activation, factor).first
    bins = np.linspace(-1.6, 1.6, 65)
    for layer in (1, 25, 50):
        inside = np.clip(layers[layer - 1], -1.599, 1.599)
        shares = np.histogram(inside, bins)[0] / inside.size
        np.testing.assert_allclose(rows[layer - 1] ** 2, shares)
    (handle,) = live.update.handles
    x, y = handle.place(values)
    assert handle.ax.lines[0].get_xdata()[int(y)] == pytest.approx(x)
    assert handle.ax.get_xlim()[0] < x < handle.ax.get_xlim()[1]


def symmetry(fig):
    return units.symmetry(fig, trainings.nearly_alike)


@pytest.mark.parametrize("epsilon", [1e-12, 1e-4, 1.0])
@pytest.mark.parametrize("epoch", [0, 77, 200])
def test_handles_of_the_symmetry_lie_on_its_curve_and_its_cursor(epsilon, epoch):
    live = LivePicture(symmetry)
    live.draw(values := {"epsilon": epsilon, "activation": tanh, "epoch": epoch})
    noise, cursor = live.update.handles
    whole, _, here = noise.ax.lines[:3]
    assert noise.place(values) == pytest.approx((0, whole.get_ydata()[0]))
    assert [cursor.place(values)[0]] * 2 == list(here.get_xdata())


def test_the_symmetry_says_when_the_units_part():
    said = words_of(symmetry, {"epsilon": 1e-8, "activation": tanh, "epoch": 200})
    spreads = trainings.spread(trainings.nearly_alike(1e-8).thetas)
    assert f"it takes {np.argmax(spreads >= 0.3)} epochs" in said
    said = words_of(symmetry, {"epsilon": 1e-8, "activation": sigmoid, "epoch": 0})
    assert said.endswith("it takes more than 200 epochs to be 0.3 apart")
    assert "after 0 epochs the units are 1e−8 apart" in said


@pytest.mark.parametrize(
    ("epsilon", "activation"),
    [(1e-8, tanh), (1e-4, tanh), (0.25, tanh), (2e-12, tanh), (6e-10, tanh), (1e-5, relu)],
)
def test_the_symmetry_does_not_say_0_3_before_the_units_part(epsilon, activation):
    """In one digit they were 0.3 apart two epochs before they should, and in three by 0.29998."""
    spreads = trainings.spread(trainings.nearly_alike(epsilon, activation).thetas)
    parted = int(np.argmax(spreads >= 0.3))
    for epoch in (0, 1, *range(parted - 3, parted + 1)):
        said = words_of(symmetry, {"epsilon": epsilon, "activation": activation, "epoch": epoch})
        told = r"after (\d+ epochs?) the units are (\S+) apart; it takes (\d+) epochs?"
        after, apart, until = re.search(told, said).groups()
        assert after == many(epoch, "epoch")
        apart = float(apart.replace("−", "-"))
        assert apart == pytest.approx(spreads[epoch], rel=0.01)
        assert (apart >= 0.3) == (epoch >= int(until))


@pytest.mark.parametrize("rule", list(units.RULES))
@pytest.mark.parametrize("exponent", [0, 8, 10])
def test_a_sum_is_held_on_its_curve_and_has_the_size_that_the_formula_says(exponent, rule):
    live = LivePicture(units.sums)
    said = live.draw(values := {"exponent": exponent, "rule": rule})
    (handle,) = live.update.handles
    assert handle.place(values) == pytest.approx(handle.ax.lines[1].get_xydata()[0])
    n = 2**exponent
    assert f"n v = {n * units.RULES[rule](n):.4g})" in said
    heights = [bar.get_height() for bar in live.canvas.figure.axes[1].patches]
    assert heights[1] == pytest.approx(n * units.RULES[rule](n), rel=0.1)
    assert heights[2] == pytest.approx(heights[1] / 2, rel=0.1)


RIPPLE = {"factor": 2.0, "activation": relu}


@pytest.mark.parametrize(
    ("figure", "values"), [(figures.signals, SIGNALS), (figures.ripple, RIPPLE)]
)
def test_a_legend_inside_the_picture_names_a_da_and_the_dotted_line(figure, values):
    live = LivePicture(figure)
    live.draw(values)
    legend = live.canvas.figure.axes[1].get_legend()
    names = [text.get_text() for text in legend.get_texts()]
    assert [name.split(",")[0] for name in names] == ["a", "da", "if each a were its z"]
    assert live.canvas.figure.bbox.containsx(legend.get_window_extent().x0)
    assert live.canvas.figure.bbox.containsx(legend.get_window_extent().x1)


def test_the_dashes_of_da_stand_out_from_twenty_thin_lines_that_lie_close():
    live = LivePicture(figures.signals)
    live.draw({**SIGNALS, "width": 256})
    box = live.canvas.figure.axes[1].get_window_extent().shrunk(0.8, 1)
    shown = live.pixels[::-1][int(box.y0) : int(box.y1), int(box.x0) : int(box.x1), :3]
    orange = 255 * np.array(to_rgb(style.ORANGE))
    near = (np.abs(shown - orange).max(axis=2) < 60).any(axis=0)
    assert 0.5 < near.mean() < 0.8  # a third of a dash and its gap is the gap
