"""What a page is told so that it can say where the pointer is, against matplotlib's transforms."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.figures import style
from course_utils.sampling_scales import Linear
from course_utils.widgets import controls, explore, pointing
from tests.test_explorer import page_moves, page_says


def value_at(axis, share):
    """What the page works out for a place along an axis."""
    if "values" in axis:
        return np.interp(share, np.linspace(0, 1, len(axis["values"])), axis["values"])
    if axis["scale"] == "log":
        return axis["from"] * (axis["to"] / axis["from"]) ** share
    return axis["from"] + share * (axis["to"] - axis["from"])


def assert_told_as_matplotlib_places(figure):
    """Compare boxes and values of all axes with matplotlib's own transforms."""
    shown = [ax for ax in figure.axes if ax.axison and ax.get_visible()]
    size = figure.get_size_inches() * figure.dpi
    for ax, told in zip(shown, pointing.axes(figure), strict=True):
        left, top, right, bottom = told["box"]
        for across, up in ((0.0, 0.0), (0.3, 0.8), (1.0, 1.0)):
            place = np.array([left + across * (right - left), 1 - bottom + up * (bottom - top)])
            data = ax.transData.inverted().transform(place * size)
            for axis, share, expected in ((told["x"], across, data[0]), (told["y"], up, data[1])):
                if axis and "names" not in axis:
                    to_value = getattr(
                        ax.xaxis if axis is told["x"] else ax.yaxis, "to_value", float
                    )
                    got, expected = value_at(axis, share), to_value(expected)
                    assert got == pytest.approx(expected, rel=2e-3, abs=2e-3 * abs(axis["to"]))


def figure_of_all_kinds():
    figure = Figure()
    linear, log, mapped, named = figure.subplots(2, 2).ravel()
    linear.set(xlim=(-3, 5), ylim=(0, 1), xlabel="$x_1$")
    style.percent(linear.yaxis)
    log.set(xscale="log", xlim=(1e-3, 10), yscale="log", ylim=(50, 2))
    mapped.set(xlim=(1, 4))
    mapped.xaxis.to_value = lambda u: 1 - 10.0**-u
    style.ticks(mapped.xaxis, [1, 2, 3], ["0.9", "0.99", "0.999"])
    named.set_xticks([0, 1, 2], ["Jan", "Feb", "Mar"])
    named.set_xlim(-0.5, 2.5)
    return figure


def test_every_kind_of_axis_is_told_as_matplotlib_places_it():
    assert_told_as_matplotlib_places(figure_of_all_kinds())


def test_names_units_and_labels_are_told():
    linear, log, mapped, named = pointing.axes(figure_of_all_kinds())
    assert linear["x"]["name"] == "x_1"
    assert linear["y"]["unit"] == "%"
    assert (log["x"]["scale"], log["x"]["unit"]) == ("log", "")
    assert value_at(mapped["x"], 1 / 3) == pytest.approx(0.99, rel=1e-5)
    assert [name for _, name in named["x"]["names"]] == ["Jan", "Feb", "Mar"]
    assert [place for place, _ in named["x"]["names"]] == pytest.approx([1 / 6, 3 / 6, 5 / 6])


def test_an_axis_without_numbers_or_with_numbers_of_something_else_is_not_read():
    figure = Figure()
    bare, other = figure.subplots(1, 2)
    bare.set(xticks=[], yticks=[0, 1])
    other.set(xlim=(0, 4))
    style.ticks(other.xaxis, [1, 2, 3], ["0.9", "0.99", "0.999"])
    told = pointing.axes(figure)
    assert told[0]["x"] is None
    assert told[0]["y"]["to"] == 1
    assert told[1]["x"] is None, "2 is not 0.99"
    style.ticks(other.xaxis, [0, 1, 2], ["1", "2", "3"])
    assert [name for _, name in pointing.axes(figure)[1]["x"]["names"]] == ["1", "2", "3"]
    style.ticks(other.xaxis, [1, 2, 3], ["0.9", "0.99", "0.999"])
    other.xaxis.to_value = lambda u: 1 - 10.0**-u
    assert pointing.axes(figure)[1]["x"] is not None


def curve(fig):
    """A named curve and one that has no name."""
    ax = fig.subplots()
    (line,) = ax.plot([0, 1], [0, 0], label="cost")
    ax.plot([0, 1], [1, 0])
    ax.set(xlim=(0, 2), ylim=(-1, 1))

    def update(slope):
        line.set_data(np.linspace(0, 3, 1000), slope * np.linspace(0, 3, 1000))
        return f"slope {slope:g}"

    return update


def test_named_curves_are_told_while_somebody_points():
    explorer = explore(curve, slope=controls.scale(Linear(-1, 1), 0.5))
    assert explorer._curves == []
    page_says(explorer, pointing=True)
    (told,) = explorer._curves
    assert (told["name"], told["axes"]) == ("cost", 0)
    points = np.array(told["points"])
    assert 100 < len(points) <= pointing.MOST_POINTS
    assert points[:, 1] == pytest.approx(0.5 + 0.5 * points[:, 0], abs=2e-4), "0.5 x, as shares"
    page_moves(explorer, slope=0)
    assert explorer._curves != [told], "it follows what moves"
    page_says(explorer, pointing=False)
    page_moves(explorer, slope=5)
    assert explorer._curves == []


@pytest.mark.parametrize("nonsense", [None, 1, "yes", [True]])
def test_nonsense_about_pointing_changes_nothing(nonsense):
    explorer = explore(curve, slope=controls.scale(Linear(-1, 1), 0.5))
    page_says(explorer, pointing=nonsense)
    assert explorer._curves == []
