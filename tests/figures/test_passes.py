"""Pictures of the two passes: what they say and how they move."""

import itertools
import re

import pytest

from course_utils.experiments import passes as experiments
from course_utils.figures import passes as figures
from course_utils.figures import style
from course_utils.figures.passes_in_words import explained
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import pixels_apart
from tests.figures.live import assert_each_value_counts_and_no_other

NETWORK = {"step": 4, "unit": 1, "way": "backward", "kind": "batch norm and dropout"}
PATHS = {"path": "all three", "example": 1, "push": "the cost's own"}
EVERY_NODE = list(
    itertools.product(range(figures.STEPS + 1), (1, 2, 3), figures.WAYS, experiments.KINDS)
)


def texts(live):
    return [text.get_text() for text in live.canvas.figure.axes[0].texts]


def test_the_way_back_says_what_arrives_the_rule_and_what_is_handed_on():
    live = LivePicture(figures.network)
    assert "at z[2]: comes in: ∂J/∂J = 1; local rule: (ŷ − y) / m" in live.draw(
        {**NETWORK, "step": 0}
    )
    dropped = live.draw({**NETWORK, "step": 2, "unit": 2})
    assert "the mask drops it: × 0, as on the way forward" in dropped
    assert dropped.endswith("∂J/∂a₂ = 0")
    below = live.draw({**NETWORK, "step": 3, "unit": 3})
    assert "times ReLU's slope 0, because its input −0.92 < 0" in below
    assert "through μ" in live.draw(NETWORK)


def test_the_mask_stands_on_its_edges_on_both_ways():
    live = LivePicture(figures.network)
    for way, step in (("forward", 4), ("backward", 5)):
        live.draw({**NETWORK, "way": way, "step": step})
        on_edges = [text for text in texts(live) if text.startswith("× ")]
        assert sum(text.startswith("× 2\n") for text in on_edges) == 2
        assert any(text.startswith("× 0\n0") for text in on_edges)


def test_nothing_is_shown_before_it_is_computed():
    live = LivePicture(figures.network)
    counts = []
    for way in figures.WAYS:
        for step in range(figures.STEPS + 1):
            live.draw({**NETWORK, "way": way, "step": step})
            counts.append(sum(bool(text) for text in texts(live)))
    forward, backward = counts[:6], counts[6:]
    assert forward == sorted(set(forward))
    assert backward == sorted(set(backward))


@pytest.mark.parametrize(("step", "unit", "way", "kind"), EVERY_NODE)
def test_every_node_is_explained_in_words_that_fit(step, unit, way, kind):
    column, row = figures._node(step, unit, way)
    for part in explained(kind, way, column, row):
        assert part
        assert len(part) < 82
        assert "nan" not in part


@pytest.mark.parametrize("kind", experiments.KINDS)
def test_the_ring_lies_on_every_node(kind):
    live = LivePicture(figures.network)
    for way, step, unit in itertools.product(figures.WAYS, (0, 2, 5), (1, 3)):
        values = {"step": step, "unit": unit, "way": way, "kind": kind}
        live.draw(values)
        (handle,) = live.update.handles
        ring = next(line for line in handle.ax.lines if line.get_marker() == "o")
        assert pixels_apart(handle, values, ring) < 1


def test_the_three_paths_are_lit_one_by_one():
    live = LivePicture(figures.paths)
    said = {}
    for path in figures.PATHS:
        said[path] = live.draw({**PATHS, "path": path})
        lit = [line for line in live.update.handles[0].ax.lines if line.get_linewidth() == 2]
        assert len(lit) == {"direct": 1, "all three": 11}.get(path, 5)
    found = experiments.unit("batch norm", 0)
    parts = found.direct[0], found.mean[0], found.variance[0]
    for path, part in zip(figures.PATHS, parts, strict=False):
        assert f"{path}: {style.rounded(part)} to z₁" in said[path]
    assert said["all three"].endswith(f"= {style.rounded(sum(parts))}")


def test_what_comes_back_on_one_path_is_called_a_part_of_the_gradient():
    live = LivePicture(figures.paths)
    for path in figures.PATHS:
        live.draw({**PATHS, "path": path})
        (ax,) = live.canvas.figure.axes
        (head,) = (text for text in ax.texts if text.get_text().endswith("∂J/∂z"))
        assert (head.get_text() == "∂J/∂z") == (path == "all three")


def test_three_parts_that_do_not_add_up_as_written_are_not_called_equal_to_their_sum():
    live, signs = LivePicture(figures.paths), set()
    for example in (1, 2, 3, 4):
        for push in experiments.pushes():
            said = live.draw({**PATHS, "path": "all three", "example": example, "push": push})
            parts, sign, total = re.fullmatch(r".* = (.*) ([=≈]) (\S+)", said).groups()
            numbers = [float(x) for x in re.sub("[()]", "", parts.replace("−", "-")).split(" + ")]
            off = abs(sum(numbers) - float(total.replace("−", "-")))
            assert (sign == "=") == (off < 5e-4), said
            assert off < 2e-3
            signs.add(sign)
    assert signs == {"=", "≈"}


def test_the_ring_of_the_paths_lies_on_the_example():
    live = LivePicture(figures.paths)
    for example in (1, 2, 3, 4):
        values = {**PATHS, "example": example}
        live.draw(values)
        (handle,) = live.update.handles
        ring = next(line for line in handle.ax.lines if line.get_marker() == "o")
        assert pixels_apart(handle, values, ring) < 1


@pytest.mark.parametrize(
    ("figure", "start", "others"),
    [
        (
            figures.network,
            NETWORK,
            ({"step": 0}, {"unit": 2}, {"way": "forward"}, {"kind": "plain"}),
        ),
        (figures.paths, PATHS, ({"path": "direct"}, {"example": 3}, {"push": "1 from all"})),
    ],
)
def test_every_control_moves_a_picture_that_is_a_function_of_its_values(figure, start, others):
    assert_each_value_counts_and_no_other(figure, start, others)
