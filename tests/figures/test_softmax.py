"""Pictures of softmax: what they say and how they move."""

import re
import warnings
from functools import partial
from itertools import combinations, pairwise, product

import numpy as np
import pytest
import scipy.special
from sklearn.metrics import log_loss

from course_utils import activations, datasets, optimizers, training
from course_utils import softmax as lecture
from course_utils.experiments.softmax import CLOUDS, classifier_of, linear_classifier, points_of
from course_utils.figures import softmax as figures
from course_utils.figures import softmax_plane as planes
from course_utils.network import Network
from course_utils.widgets import formulas
from course_utils.widgets.live_picture import LivePicture
from tests import notebooks
from tests.figures.grips import pixels_apart
from tests.figures.words import words_of

Z = np.array([5.0, 2.0, -1.0, 3.0])


def _trained(classes, steps):
    X, labels = datasets.blobs(classes, 40, np.random.default_rng(1))
    Y = lecture.one_hot(labels, classes)
    return linear_classifier(X, Y, np.random.default_rng(7), alpha=0.3, steps=steps)


def _naive(z):
    t = np.exp(z)
    return t / t.sum(axis=0)


def _diverged(X, Y, rng, *, alpha, steps):
    return np.full((len(Y), len(X)), np.nan), np.zeros((len(Y), 1))


PICTURES = {
    "bars of a naive softmax": (
        partial(figures.limits, softmax=_naive),
        [{"z1": 5.0, "c": c} for c in (0.0, -800.0, 720.0)],
    ),
    "regions of a diverged classifier": (
        partial(planes.regions, classifier=_diverged),
        [{"classes": 3, "steps": 1}, {"classes": 4, "steps": 2}],
    ),
}


@pytest.mark.parametrize(("figure", "moves"), PICTURES.values(), ids=PICTURES)
def test_a_moved_picture_of_a_readers_broken_function_equals_a_fresh_one(figure, moves):
    live = LivePicture(figure)
    for values in [*moves, moves[0]]:
        fresh = LivePicture(figure)
        assert live.draw(values) == fresh.draw(values)
        assert np.array_equal(live.pixels, fresh.pixels)


def test_bars_show_the_lecture_m1():
    live = LivePicture(figures.bars)
    readout = live.draw({"z1": 5.0})
    assert readout == (
        "z = [5.0, 2.0, −1.0, 3.0]; t = [148.4, 7.389, 0.3679, 20.09], Σ t = 176.3; "
        "a = [0.842, 0.042, 0.002, 0.114]"
    )
    logits, powers, shares = ([p.get_height() for p in ax.patches] for ax in _axes(live))
    assert logits == [5, 2, -1, 3]
    assert powers == pytest.approx(np.exp(Z) / np.exp(5))
    assert [t.get_text() for t in _axes(live)[1].texts] == ["148.4", "7.4", "0.4", "20.1"]
    assert shares == pytest.approx(lecture.softmax(Z))
    raised = dict(zip(("z1", "z2", "z3", "z4"), Z + 4, strict=True))
    assert live.draw(raised).endswith("a = [0.842, 0.042, 0.002, 0.114]")


def test_a_readers_softmax_written_as_loops_over_columns_is_shown():
    def by_columns(z):
        return np.array([lecture.softmax(z[:, k]) for k in range(z.shape[1])]).T.tolist()

    for figure, values in ((figures.limits, {"z1": 5.0, "c": -750.0}), (figures.bars, {"z1": 5.0})):
        said = words_of(partial(figure, softmax=by_columns), values)
        assert said.endswith("a = [0.842, 0.042, 0.002, 0.114]")


def test_a_readers_softmax_that_changes_its_input_leaves_the_logits_of_the_picture():
    def in_place(z):
        z -= z.max(axis=0)
        return np.exp(z) / np.exp(z).sum(axis=0)

    said = words_of(partial(figures.limits, softmax=in_place), {"z1": 5.0, "c": 100.0})
    assert said.startswith("z + c = [105.0, 102.0, 99.0, 103.0]; ")
    assert said.endswith("a = [0.842, 0.042, 0.002, 0.114]")


_LEVEL = [(z,) * 4 for z in (-10.0, -5.0, 5.0, 6.8, 7.0, 10.0)]


@pytest.mark.parametrize("ends", [(-10.0, -8.2, -3.4, -1.4), (6.2, -8.4, -6.4, -5.4), *_LEVEL])
def test_numbers_over_the_bars_are_whole_and_apart(ends):
    live = LivePicture(figures.bars)
    live.draw(dict(zip(("z1", "z2", "z3", "z4"), ends, strict=True)))
    panel = _axes(live)[1]
    height = min(text.get_position()[1] for text in panel.texts)
    level = [text for text in panel.texts if text.get_position()[1] - height < 0.1]
    boxes = [text.get_window_extent() for text in level]
    assert len(boxes) > 1
    inside = panel.get_window_extent()
    assert all(inside.x0 - 2 <= box.x0 and box.x1 <= inside.x1 + 2 for box in boxes)
    assert all(a.x1 + 2 <= b.x0 for a, b in pairwise(boxes))


def test_a_hundred_percent_are_all_of_the_points():
    live = LivePicture(planes.point)
    for points, hidden in product(CLOUDS, (0, 2, 3, 8)):
        X, labels = points_of(points)
        answers = classifier_of(points, hidden).inference(X).argmax(axis=0)
        said = live.draw({"x1": 0.5, "x2": 0.3, "points": points, "hidden": hidden})
        assert (": 100 % of the points" in said) == (answers == labels).all()


def test_no_logit_is_minus_zero():
    live = LivePicture(planes.point)
    for x1, x2 in ((0.5, -0.8), (0.5, 0.0), (1.3, 0.3)):
        said = live.draw({"x1": x1, "x2": x2, "points": "three clouds", "hidden": 0})
        written = [text.get_text() for text in _axes(live)[1].texts]
        assert "−0.0" not in said
        assert "−0.0" not in written


def test_a_naive_softmax_breaks_in_words_m7():
    live = LivePicture(partial(figures.limits, softmax=_naive))
    readout = live.draw({"z1": 5.0, "c": 800.0})
    assert "t = [∞, ∞, ∞, ∞], Σ t = ∞" in readout
    assert readout.endswith("no probabilities: exp overflows: ∞ / ∞ is not a number")
    assert "exp overflows:\n∞ / ∞ is not a number" in [t.get_text() for t in _axes(live)[2].texts]
    readout = live.draw({"z1": 5.0, "c": -800.0})
    assert readout.endswith("every exp is 0: 0 / 0 is not a number")
    sound = LivePicture(figures.limits)
    assert sound.draw({"z1": 5.0, "c": 800.0}).endswith("a = [0.842, 0.042, 0.002, 0.114]")


@pytest.mark.parametrize(("c", "above"), [(704.0, 0), (705.0, 1), (712.0, 4)])
def test_exponentials_cross_the_line_where_float64_ends(c, above):
    live = LivePicture(figures.limits)
    live.draw({"z1": 5.0, "c": c})
    powers = [bar.get_height() for bar in _axes(live)[1].patches]
    assert sum(height > np.log10(np.finfo(float).max) for height in powers) == above


def test_near_zero_a_naive_softmax_is_wrong_without_warning():
    live = LivePicture(partial(figures.limits, softmax=_naive))
    said = [live.draw({"z1": 5.0, "c": c}).split("; ")[-1] for c in (-745.0, -748.0, -750.0)]
    assert said == [
        "a = [0.850, 0.040, 0.000, 0.110]",
        "a = [0.800, 0.000, 0.000, 0.200]",
        "a = [1.000, 0.000, 0.000, 0.000]",
    ]
    assert "no probabilities" in live.draw({"z1": 5.0, "c": -751.0})


def test_numpy_warns_of_an_overflow_and_not_of_what_vanishes():
    z = np.array([5.0, 2.0, -1.0, 3.0])
    for loud in (z + 705, np.array([3.0, 2.0, -1.0, 3.0]) + 706):
        with pytest.warns(RuntimeWarning, match="overflow"), np.errstate(invalid="ignore"):
            _naive(loud)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert _naive(z - 748).tolist() == [0.8, 0, 0, 0.2]


@pytest.mark.parametrize(
    ("z1", "c", "numbers"),
    [
        (5.0, 705.0, {"power": "∞", "total": "∞", "share": "not a number"}),
        (3.0, 706.0, {"power": "8.218·10³⁰⁷", "total": "∞", "share": "0"}),
        (5.0, -748.0, {"power": "1.976·10⁻³²³", "total": "2.47·10⁻³²³", "share": "0.8"}),
    ],
)
def test_the_formula_beside_a_naive_softmax_breaks_as_the_picture_does(z1, c, numbers):
    live = LivePicture(partial(figures.limits, softmax=_naive))
    live.draw({"z1": z1, "c": c})
    assert formulas.numbers(live.update.formula, {}, {"z1": z1, "c": c}) == numbers


@pytest.mark.parametrize("c", [705.0, -748.0, -751.0])
def test_the_formula_beside_a_softmax_that_survives_has_no_infinity(c):
    live = LivePicture(partial(figures.limits, softmax=_of_a_column))
    assert live.draw({"z1": 5.0, "c": c}).endswith("a = [0.842, 0.042, 0.002, 0.114]")
    numbers = formulas.numbers(live.update.formula, {}, {"z1": 5.0, "c": c})
    assert numbers == {"power": "1", "total": "1.188", "share": "0.842"}


def _of_a_column(z):
    t = np.exp(z - z.max(axis=0))
    return t / t.sum(axis=0)


def test_what_is_said_of_the_naive_formula_alone_names_it():
    """A reader puts a softmax that survives in its place, and the moments stay."""
    naive, sound = (partial(figures.limits, softmax=made) for made in (_naive, _of_a_column))
    for values, sentence in figures.MOMENTS["limits"].values():
        said = [LivePicture(made).draw(values) for made in (naive, sound)]
        assert ("naive" in sentence) == (said[0] != said[1])


def test_links_and_moments_say_where_every_control_is_to_stand():
    assert all(set(values) == {"z1", "c"} for values, _ in figures.MOMENTS["limits"].values())
    text = (notebooks.FOLDER / "14_softmax.ipynb").read_text(encoding="utf-8")
    found = re.findall(r"#explorer=(thousand|warmth)&(\w+)=[^&)]*&(\w+)=[^&)]*\)", text)
    assert len(found) == len(re.findall(r"#explorer=(?:thousand|warmth)&", text)) == 8
    controls = {"thousand": {"z1", "c"}, "warmth": {"temperature", "z4"}}
    assert all(set(named) == controls[explorer] for explorer, *named in found)


def test_where_only_the_sum_overflows_every_probability_is_zero():
    live = LivePicture(partial(figures.limits, softmax=_naive))
    said = live.draw({"z1": 3.0, "c": 706})
    assert "Σ t = ∞; a = [0.000, 0.000, 0.000, 0.000]" in said
    assert "∞" not in said.partition(", Σ t")[0]


def test_shares_that_are_no_numbers_are_said_to_be_so():
    live = LivePicture(partial(figures.bars, softmax=lambda z: z * np.nan))
    assert live.draw({"z1": 5.0}).endswith("no probabilities: not a number")


def test_temperature_shows_both_ends_m2():
    live = LivePicture(figures.temperature)
    cold, warm = (live.draw({"temperature": t, "z4": 3.0}) for t in (0.1, 100.0))
    assert cold == "T = 0.1: a = [1.000, 0.000, 0.000, 0.000]; hard max [1, 0, 0, 0]"
    assert warm == "T = 100: a = [0.257, 0.249, 0.242, 0.252]; hard max [1, 0, 0, 0]"
    tie = live.draw({"temperature": 0.1, "z4": 5.0})
    assert tie == "T = 0.1: a = [0.500, 0.000, 0.000, 0.500]; hard max [1, 0, 0, 0]"


def test_dots_of_temperature_lie_on_the_curves_m2():
    live = LivePicture(figures.temperature)
    live.draw({"temperature": 2.8})
    right = _axes(live)[1]
    for curve, (x, y) in zip(right.lines, right.collections[0].get_offsets(), strict=False):
        assert np.interp(x, *curve.get_data()) == pytest.approx(y, abs=1e-3)


def test_two_classes_show_a_point_on_the_logistic_curve_m3():
    live = LivePicture(figures.two_classes)
    assert live.draw({"z1": 5.0, "z2": 2.0}) == (
        "z₁ − z₂ = 3.0: a = [0.953, 0.047]; σ(z₁ − z₂) = 0.953"
    )
    dots = _axes(live)[0].collections[0].get_offsets()
    assert np.asarray(dots) == pytest.approx(np.array([[3, 0.95257], [3, 0.04743]]), abs=1e-5)
    published = partial(figures.two_classes, softmax=lambda z: np.array([0.842, -0.158]))
    assert "a = [0.842, −0.158]" in words_of(published, {"z1": 5.0, "z2": 2.0})


@pytest.mark.parametrize("classes", [2, 3, 4, 5, 6])
def test_regions_are_cut_by_straight_lines_at_equal_scores_m4(classes):
    """Every drawn stretch of border is straight, and just there two classes share the lead."""
    live = LivePicture(planes.regions)
    live.draw({"classes": classes, "steps": 40})
    W, b = _trained(classes, 40)
    borders = next(line for line in _axes(live)[0].lines if line.get_linewidth() == 1.6)
    x, y = borders.get_data()
    drawn = ~np.isnan(x)
    z = np.sort(W @ [x[drawn], y[drawn]] + b, axis=0)
    assert np.abs(z[-1] - z[-2]).max() < 1e-8
    pieces = np.split(np.array([x, y]), np.flatnonzero(~drawn), axis=1)
    lengths = []
    for piece in pieces:
        points = piece[:, ~np.isnan(piece[0])]
        if points.shape[1] >= 3:
            turned = np.linalg.svd(points - points.mean(axis=1, keepdims=True))[1]
            assert turned[1] < 1e-9 * turned[0]
            lengths.append(turned[0])
    assert len(lengths) >= (1 if classes == 2 else classes)


@pytest.mark.parametrize("soft", [False, True])
def test_colours_of_regions_are_those_of_the_most_likely_class_m4(soft):
    live = LivePicture(planes.regions)
    live.draw({"classes": 4, "steps": 40, "soft": soft})
    W, b = _trained(4, 40)
    shown = _axes(live)[0].images[0].get_array().reshape(-1, 3).astype(float)
    winner = (W @ planes._PLANE + b).argmax(axis=0)
    sure = lecture.softmax(W @ planes._PLANE + b).max(axis=0) > (0.9 if soft else 0)
    nearest = np.linalg.norm(shown[:, None] - planes._PALE[:4], axis=2).argmin(axis=1)
    assert np.array_equal(nearest[sure], winner[sure])


def test_regions_read_out_cost_and_points_in_their_region_m4():
    live = LivePicture(planes.regions)
    X, labels = datasets.blobs(4, 40, np.random.default_rng(1))
    W, b = _trained(4, 40)
    z = W @ X + b
    share = 100 * (z.argmax(axis=0) == labels).mean()
    cost = log_loss(labels, scipy.special.softmax(z.T, axis=1))
    assert live.draw({"classes": 4, "steps": 40}) == (
        f"C = 4, step 40: cost {cost:.3f}, {share:.1f} % of the points in their region; "
        "on the cut at x₂ = 0.0 from left to right: classes 3, 2, 4, 1"
    )


def test_scores_on_the_cut_are_straight_lines_m4():
    live = LivePicture(planes.regions)
    live.draw({"classes": 5, "steps": 20, "cut": -1.5})
    W, b = _trained(5, 20)
    lead, *lines = _axes(live)[1].lines
    for k, line in enumerate(lines[:5]):
        x1, z = line.get_data()
        assert z == pytest.approx(W[k, 0] * x1 - 1.5 * W[k, 1] + b[k])
    assert len(lines[5].get_xdata()) == 0
    expected = np.max([line.get_ydata() for line in lines[:5]], axis=0)
    assert np.array_equal(lead.get_ydata(), expected)


def test_as_many_classes_are_named_as_there_are_and_look_as_in_both_panels():
    live = LivePicture(planes.regions)
    for classes in (3, 6, 4, 2):
        live.draw({"classes": classes, "steps": 2})
        (legend,) = live.canvas.figure.legends
        listed = [text.get_text() for text in legend.get_texts() if text.get_visible()]
        assert listed == [f"class {k}" for k in range(1, classes + 1)]
        anew = LivePicture(planes.regions)
        anew.draw({"classes": classes, "steps": 2})
        assert np.array_equal(anew.pixels, live.pixels), "names of another number of classes"
    marks, (plane, cut) = legend.legend_handles, _axes(live)
    clouds = [line for line in plane.lines if line.get_marker() not in ("None", "")]
    for same in zip(marks, clouds, cut.lines[1:], strict=True):
        assert len({(line.get_color(), line.get_marker()) for line in same}) == 1
    assert len({mark.get_color() for mark in marks}) == 6


def test_a_classifier_that_diverged_is_said_to_have_done_so():
    live = LivePicture(partial(planes.regions, classifier=_diverged))
    assert live.draw({"classes": 3, "steps": 2}) == "C = 3, step 2: diverged"
    assert "diverged" in [t.get_text() for t in _axes(live)[0].texts]


def test_a_hidden_layer_bends_the_border_and_none_cannot_m4():
    live = LivePicture(planes.point)
    ring = {"x1": 0.0, "x2": 0.0, "points": "a ring round a cloud"}
    alone, hidden = live.draw(ring | {"hidden": 0}), live.draw(ring | {"hidden": 8})
    assert "no hidden layer: 5" in alone
    assert "8 hidden units: 100 % of the points in their region" in hidden
    shown = [bar.get_height() for bar in _axes(live)[1].patches]
    z = classifier_of("a ring round a cloud", 8).inference([[0.0], [0.0]])[:, 0]
    assert shown == pytest.approx([*scipy.special.softmax(z), 0, 0, 0])


def test_the_best_straight_line_has_73_percent_of_the_ring_and_its_cloud_right_m4():
    X, labels = points_of("a ring round a cloud")
    right = []
    for angle in np.linspace(0, 2 * np.pi, 721):
        row = np.argsort([np.cos(angle), np.sin(angle)] @ X)
        before = np.cumsum(np.append(0, labels[row]))  # the ring's points on one side of a line
        behind = 60 - np.cumsum(np.append(0, 1 - labels[row]))  # the cloud's on the other
        right.append((before + behind).max() / len(labels))
    assert max(right) == pytest.approx(0.73, abs=0.005)
    w1, w2 = classifier_of("a ring round a cloud", 0).parameters["W1"]
    assert np.abs(w1 - w2).max() < 0.05  # training does not find it: no direction lowers the cost


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_two_hidden_units_cannot_enclose_the_cloud_from_any_start_and_three_can(seed):
    X, labels = points_of("a ring round a cloud")
    Y, right = lecture.one_hot(labels, 2), []
    for hidden in (2, 3):
        rng = np.random.default_rng(seed)
        network = Network([2, hidden, 2], rng, activation=activations.tanh)
        whole = {"epochs": 300, "size": len(labels), "rng": rng, "progress": False}
        training.fit(network, X, Y, optimizers.Adam(alpha=0.03), **whole)
        right.append(network.accuracy(X, Y))
    assert right[0] == pytest.approx(0.9, abs=0.04)
    assert right[1] > 0.98


def test_moments_say_how_many_points_lie_in_their_region():
    live, worth = LivePicture(planes.point), planes.MOMENTS
    for values, sentence in worth["point"].values():
        said = live.draw({"x1": 0.5, "x2": 0.3, **values})
        assert re.search(r"(\d+) %", sentence)[1] == re.search(r"(\d+) %", said)[1]
    values, sentence = worth["regions"]["C = 6"]
    assert " 95.4 % of the points" in words_of(planes.regions, values)
    assert " 95 %" in sentence


def test_a_vector_twice_as_long_turns_the_border_by_18_degrees():
    worth = planes.MOMENTS["vectors"]
    angles = [np.arctan2(v["w12"] - v["w22"], v["w11"] - v["w21"]) for v, _ in worth.values()]
    assert np.degrees(angles[:2]).round() == pytest.approx([-11, 7])
    assert np.degrees(angles[1] - angles[0]) == pytest.approx(18, abs=0.5)
    assert angles[2] == pytest.approx(angles[0])
    (asked,) = (
        cell.source
        for cell in notebooks.cells(notebooks.FOLDER / "14_softmax.ipynb", "code")
        if "You double w₁" in cell.source
    )
    start = next(iter(worth.values()))[0]
    assert f"w₁ = [{start['w11']}, {start['w12']}]" in asked
    assert f"w₂ = [{start['w21']}, {start['w22']}]".replace("-", "−") in asked


def test_class_vectors_make_the_borders_and_their_softness():
    live = LivePicture(planes.vectors)
    said = live.draw({"w11": 1.5, "w12": 1.0, "w21": -1.0, "w22": 1.5})
    assert "w₁ − w₂ = [2.5, −0.5] of length 2.55; from 10 % to 90 % in 1.72" in said
    x, y = next(line for line in _axes(live)[0].lines if line.get_linewidth() == 1.6).get_data()
    W = np.array([[1.5, 1.0], [-1.0, 1.5], [0.0, 0.0]])
    z = np.sort(W @ [x[~np.isnan(x)], y[~np.isnan(x)]], axis=0)
    assert np.abs(z[-1] - z[-2]).max() < 1e-8
    (strip,) = [line for line in _axes(live)[1].lines if line.get_linewidth() == 9]
    half = strip.get_xdata()[1]
    assert scipy.special.expit(np.hypot(2.5, 0.5) * half) == pytest.approx(0.9)
    same = live.draw({"w11": 1.0, "w12": 1.0, "w21": 1.0, "w22": 1.0})
    assert same.endswith("classes 1 and 2 have one vector, so no border lies between them")
    assert not any(text.get_visible() for text in live.canvas.figure.axes[1].texts)


@pytest.mark.parametrize("w11", [-3.0, 0.0, 2.6, 3.0])
def test_the_names_of_the_class_vectors_are_whole(w11):
    live = LivePicture(planes.vectors)
    live.draw({"w11": w11, "w12": 3.0, "w21": -w11, "w22": -3.0})
    plane = _axes(live)[0]
    inside = plane.get_window_extent()
    for name in (text for text in plane.texts if text.get_text().startswith("$w")):
        box = name.get_window_extent()
        assert inside.x0 <= box.x0 < box.x1 <= inside.x1
        assert inside.y0 <= box.y0 < box.y1 <= inside.y1


@pytest.mark.parametrize(
    "both", [(1.0, 1.0), (0.0, 0.0), (-2.0, 3.0), (3.0, 3.0), (3.0, 0.0), (-3.0, -3.0)]
)
def test_the_names_of_equal_class_vectors_stand_apart(both):
    live = LivePicture(planes.vectors)
    live.draw(dict(zip(("w11", "w12", "w21", "w22"), both * 2, strict=True)))
    boxes = [text.get_window_extent() for text in _axes(live)[0].texts[:3]]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))


def test_the_second_best_class_rises_above_its_part_when_it_gets_warm():
    a4 = lecture.softmax(Z[:, None] / np.geomspace(0.1, 100, 61))[3]
    assert 0.25 < a4[-1] < a4.max() < 0.27


@pytest.mark.parametrize("z", [(2.0, 1.0), (-6.0, 6.0), (0.0, 0.0)])
def test_the_triangle_has_its_three_probabilities_as_distances(z):
    live = LivePicture(planes.triangle)
    live.draw({"z1": z[0], "z2": z[1], "temperature": 1.5})
    a = scipy.special.softmax(np.array([*z, 0.0]) / 1.5)
    lines = [line for line in _axes(live)[0].lines if line.get_linewidth() == 2]
    lengths = [np.hypot(*np.diff(line.get_xydata(), axis=0)[0]) for line in lines]
    assert lengths == pytest.approx(a * np.sqrt(0.75))
    path = next(line for line in _axes(live)[0].lines if line.get_linewidth() == 1.5)
    ends = path.get_xydata()[[0, -1]]
    assert ends[1] == pytest.approx(planes._CORNERS.mean(axis=0), abs=5e-3)


VECTORS = {"w11": 1.5, "w12": 1.0, "w21": -1.0, "w22": 1.5}
HELD = [
    (planes.point, 0, {"x1": 0.5, "x2": 0.3, "points": "three clouds", "hidden": 0}, {"x1": -3.0}),
    (planes.vectors, 0, VECTORS, {"w12": -2.0}),
    (planes.vectors, 1, VECTORS, {"w21": 3.0}),
    (planes.triangle, 0, {"z1": 2.0, "z2": 1.0, "temperature": 1.0}, {"temperature": 5.0}),
]


@pytest.mark.parametrize(("figure", "number", "values", "moved"), HELD)
def test_what_can_be_held_lies_on_the_dot_that_it_moves(figure, number, values, moved):
    live = LivePicture(figure)
    for at in (values, values | moved):
        live.draw(at)
        handle = live.update.handles[number]
        dots = [line for line in handle.ax.lines if len(line.get_xdata()) == 1]
        assert min(pixels_apart(handle, at, dot) for dot in dots) < 1


def _axes(live):
    return live.canvas.figure.axes
