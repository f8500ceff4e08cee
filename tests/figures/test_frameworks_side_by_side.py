"""Pictures of frameworks side by side: what they say and how they move."""

import numpy as np
import pytest

from course_utils.figures import frameworks_history as history
from course_utils.figures import frameworks_side_by_side as figures
from course_utils.frameworks import catalogue, roles
from course_utils.frameworks import conventions as same
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import pixels_apart


def test_no_weight_no_winner():
    picture = LivePicture(figures.choose)
    assert "nobody wins" in picture.update(ease=0, speed=0, wait=0, openness=0)


def test_the_picture_of_the_crossover_says_what_is_faster():
    picture = LivePicture(figures.crossover)
    assert "NumPy is" in picture.update(k=4, threads=1, norm=True)
    assert "PyTorch is" in picture.update(k=9, threads=2, norm=True)
    assert picture.update(k=4, threads=1, norm=True).endswith("NumPy is 4.5 times as fast")


def test_all_that_share_the_last_place_are_named():
    said = LivePicture(figures.choose).update(ease=0, speed=0, wait=0, openness=1)
    assert said.endswith("; last TensorFlow, Keras, JAX, PaddlePaddle")


def test_the_version_stands_beside_the_library_it_belongs_to():
    said = LivePicture(figures.equal).update(library="JAX, optax")
    version, _ = same.answers()["JAX, optax"]
    assert said.startswith(f"JAX {version} with optax: of 6 quantities 4 differ")
    assert "set right, the largest difference is " in said, "rounded, so it is no bound"


def test_rows_are_sorted_and_say_the_best_of_each():
    live = LivePicture(figures.measured)
    live.draw({"criterion": "1000 steps"})
    (ax,) = live.canvas.figure.axes
    names = [t for t in ax.texts if t.get_ha() == "right"]
    assert max(names, key=lambda t: t.get_position()[1]).get_text() == "NumPy by hand"
    least = max((t for t in ax.texts if t.get_ha() == "left"), key=lambda t: t.get_position()[1])
    seconds = min(r.measured["seconds"] for r in catalogue.stored()[0] if r.measured)
    assert least.get_text() == f"{seconds:.2g} s"


@pytest.mark.parametrize("criterion", figures.CRITERIA)
def test_each_criterion_fills_its_axis_and_no_program_covers_another(criterion):
    live = LivePicture(figures.measured)
    for one in ("1000 steps", criterion):
        live.draw({"criterion": one})
    (ax,) = live.canvas.figure.axes
    dots = [line.get_xydata()[0] for line in ax.lines if len(line.get_xdata()) == 1]
    x = np.array(dots)[:, 0]
    low, high = np.log(ax.get_xlim())
    assert low < 0
    assert 0.85 * high < np.log(x.max()) < high
    pixels = ax.transData.transform(dots)
    apart = np.linalg.norm(pixels[:, None] - pixels, axis=2) + 99 * np.eye(len(dots))
    assert apart.min() > 6
    assert len(ax.get_xticks()) >= 4


def test_rows_of_points_are_sorted():
    live = LivePicture(figures.choose)
    for weights in ((1, 1, 1, 1), (1, 0, 0, 0), (0, 5, 2, 1)):
        live.draw(dict(zip(("ease", "speed", "wait", "openness"), weights, strict=True)))
        names, parts = catalogue.chosen(*weights)
        ax = live.canvas.figure.axes[1]
        top_down = sorted(ax.texts, key=lambda text: -text.get_position()[1])
        points = dict(zip(names, parts.sum(axis=0).round(9), strict=True))
        shown = [points[text.get_text()] for text in top_down]
        assert shown == sorted(shown, reverse=True)
        ends = sorted(ax.patches[-len(names) :], key=lambda bar: -bar.get_y())
        assert [bar.get_x() + bar.get_width() for bar in ends] == pytest.approx(shown)


def test_no_line_of_the_family_lies_on_another():
    live = LivePicture(history.family)
    live.draw({"framework": "CNTK"})
    links = [line for line in live.canvas.figure.axes[0].lines if line.get_zorder() == 1]
    assert len(links) == sum(len(one["parents"]) for one in history.FAMILY)
    at = np.sort([line.get_xdata()[1] for line in links])
    assert np.diff(at).min() > 0.18


def test_each_line_of_the_family_joins_two_lives():
    live = LivePicture(history.family)
    live.draw({"framework": "Caffe"})
    lives = {history._ROWS[one["name"]]: one for one in history.FAMILY}
    for line in live.canvas.figure.axes[0].lines:
        if line.get_zorder() == 1:
            for year, row in line.get_xydata():
                one = lives[row]
                assert one["began"] <= year <= (one["ended"] or 2026.9), one["name"]


def test_points_are_stacked_and_add_up():
    live = LivePicture(figures.choose)
    said = live.draw({"ease": 1, "speed": 2, "wait": 3, "openness": 4})
    names, parts = catalogue.chosen(1, 2, 3, 4)
    ax = live.canvas.figure.axes[1]
    ends = [bar.get_x() + bar.get_width() for bar in ax.patches[-len(names) :]]
    assert ends == pytest.approx(parts.sum(axis=0))
    assert said.startswith(f"first {names[parts.sum(axis=0).argmax()]} with ")


def test_whoever_shares_the_first_place_is_named_and_starred():
    live = LivePicture(figures.choose)
    values, _ = figures.MOMENTS["choose"]["only truly open"]
    said = live.draw(values)
    assert said.startswith("first PyTorch and PyTensor with 1.00; last TensorFlow, ")
    (stars,) = (line for line in live.canvas.figure.axes[1].lines if line.get_marker() == "*")
    assert len(stars.get_xdata()) == 2
    live.draw(dict.fromkeys(values, 0))
    assert len(stars.get_xdata()) == 0, "nothing counts, nobody wins"
    said = live.draw({**values, "openness": 0, "ease": 1})
    assert said.startswith("first Keras with 1.00, then PyTorch and PaddlePaddle with 0.80; last ")


def test_two_programs_have_a_colour_for_each_role():
    live = LivePicture(history.side_by_side)
    said = live.draw({"left": "NumPy by hand, eager", "right": "PyTorch, eager"})
    assert said.startswith("NumPy by hand, eager: 7 lines, none of their own for the cost")
    for ax, name in zip(live.canvas.figure.axes, ("NumPy by hand", "PyTorch"), strict=True):
        lines = roles.lines_of(history.PROGRAMS[f"{name}, eager"])
        shown = [text.get_text() for text in ax.texts if text.get_family() == ["monospace"]]
        assert shown[: len(lines)] == [line for line, _ in lines]
        assert not any(shown[len(lines) :])
    assert max(len(roles.lines_of(p)) for p in catalogue.PROGRAMS) <= history._MOST


@pytest.mark.parametrize("name", history.NAMES)
def test_each_framework_of_the_family_says_who_and_what_became_of_it(name):
    live = LivePicture(history.family)
    said = live.draw({"framework": name})
    one = next(each for each in history.FAMILY if each["name"] == name)
    assert said.startswith(f"{name}, {int(one['began'])} to ")
    assert one["who"] in said
    assert one["became"] in said
    (handle,) = live.update.handles
    dot = next(line for line in handle.ax.lines if line.get_marker() == "o")
    assert pixels_apart(handle, {"framework": name}, dot) < 1


WIDTH = {"threads": 1, "norm": True}
CHOICES = [dict.fromkeys(("ease", "speed", "wait", "openness"), weight) for weight in (0, 1, 5)]
ADAMS = [{"epsilon": e, "size": s} for e, s in ((1e-10, 1e-6), (1e-8, 1.0), (1.0, 10.0))]
HELD = [
    (figures.crossover, 0, lambda ax: ax.lines[-1], [WIDTH | {"k": k} for k in (4, 6, 9)]),
    *((figures.choose, k, lambda ax, k=k: ax.patches[k], CHOICES) for k in range(4)),
    (figures.conventions, 0, lambda ax: ax.lines[1], ADAMS),
    (figures.conventions, 1, lambda ax: ax.lines[0], ADAMS),
]


@pytest.mark.parametrize(("figure", "number", "find", "moves"), HELD)
def test_what_can_be_held_lies_on_what_it_moves(figure, number, find, moves):
    live = LivePicture(figure)
    for values in moves:
        live.draw(values)
        handle = live.update.handles[number]
        assert pixels_apart(handle, values, find(handle.ax)) < 1
