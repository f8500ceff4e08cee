"""Pictures of computation graphs: what they say and how they move."""

import re

import numpy as np
import pytest

import course_utils.graph as tf
from course_utils.experiments import computation_graphs as experiments
from course_utils.figures import computation_graphs as figures
from course_utils.figures import style
from course_utils.gradient_checking import numerical_gradient
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import pixels_apart
from tests.figures.live import assert_each_value_counts_and_no_other
from tests.figures.words import words_of


def test_forward_and_back_through_the_square():
    live = LivePicture(figures.passes)
    words = [live.draw({"step": k, "w": 2.0, "b": -10.0}) for k in range(figures.STEPS + 1)]
    assert words[0].endswith("nothing is computed yet")
    assert words[9].endswith("step 9 of 18: cost = 9")
    assert words[10].endswith("∂cost/∂cost = 1")
    assert sum("∂cost" in w for w in words) == 9
    assert any(w.endswith("∂cost/∂w = −6") for w in words)


def test_gradients_of_the_square_are_slopes():
    nodes = figures.square()
    fed = dict(zip((nodes[n] for n in "abcw"), (1.0, -7.0, 25.0, 3.0), strict=True))
    with tf.Session() as session:
        gradients = tf.backward(nodes["cost"], session.values([nodes["cost"]], fed))
        for name in "abcw":
            slope = numerical_gradient(
                lambda x, name=name: float(session.run(nodes["cost"], {**fed, nodes[name]: x[0]})),
                [fed[nodes[name]]],
            )
            assert gradients[nodes[name]] == pytest.approx(slope[0], abs=1e-6)


def test_every_node_waits_for_its_inputs_in_both_directions():
    forward = tf.order([figures.square()["cost"]])
    for place, node in enumerate(forward):
        assert all(forward.index(one) < place for one in node.inputs)


def test_what_arrives_at_a_node_adds_up_to_its_gradient():
    nodes = figures.square()
    fed = dict(zip((nodes[n] for n in "abcw"), (1.0, -10.0, 25.0, 2.0), strict=True))
    with tf.Session() as session:
        values = session.values([nodes["cost"]], fed)
    gradients = tf.backward(nodes["cost"], values)
    (by_square,) = experiments.handed_on(nodes["w²"], gradients, values)
    _, by_product = experiments.handed_on(nodes["b w"], gradients, values)
    assert (by_square, by_product) == (4, -10)
    assert gradients[nodes["w"]] == by_square + by_product


def test_what_arrives_is_written_on_the_edges():
    live = LivePicture(figures.passes)

    def on_edges(step):
        live.draw({"step": step, "w": 2.0, "b": -10.0})
        return sorted(t.get_text() for t in live.canvas.figure.axes[0].texts if t.get_size() == 9)

    assert set(on_edges(9)) == {""}
    slopes, parts = zip(*(text.split("\n") for text in on_edges(figures.STEPS)), strict=True)
    assert sorted(parts) == sorted(["4", "4", "−10", "2", "1", "1", "1", "1", "1"])
    local = ["× 4", "× 4", "× −10", "× 2", "× 1", "× 1", "× 1", "× 1", "× 1"]
    assert sorted(slopes) == sorted(local)  # 2 w = 4, a = 1, w² = 4, b = −10, w = 2, and sums


def test_no_number_in_the_graph_covers_another():
    live = LivePicture(figures.passes)
    live.draw({"step": figures.STEPS, "w": 2.0, "b": -10.0})
    written = [text for text in live.canvas.figure.axes[0].texts if text.get_text()]
    boxes = [text.get_window_extent() for text in written]
    assert len(boxes) == 37
    assert [box.count_overlaps(boxes) for box in boxes] == [1] * len(boxes)


DESCENT = {"step": 1000.0, "b": -10.0, "alpha": 0.01, "precision": "float32"}


def test_the_picture_of_the_program_ends_where_the_program_does_f2():
    live = LivePicture(figures.descent)
    assert live.draw(DESCENT).endswith("step 1000: w = 4.99998856")
    exact = live.draw({**DESCENT, "precision": "float64"})
    assert exact.endswith(f"w = {5 * (1 - 0.98**1000):.9g}")


@pytest.mark.parametrize("step", [0, 1, 25, 26, 99])
def test_any_step_can_be_looked_at(step):
    words = words_of(figures.descent, {**DESCENT, "precision": "float64", "step": step})
    assert words.endswith(f"step {step}: w = {5 * (1 - 0.98**step):.9g}")


def test_minus_twenty_leads_to_ten_x6():
    live = LivePicture(figures.descent)
    words = live.draw({**DESCENT, "step": 1100, "b": -20.0, "precision": "float64"})
    assert float(words.split("w = ")[1]) == pytest.approx(10, abs=1e-6)


def test_a_large_alpha_loses_w_in_words():
    live = LivePicture(figures.descent)
    words = live.draw({**DESCENT, "step": 1100, "alpha": 1.2})
    assert words.endswith("w diverged")
    assert np.isfinite(live.pixels).all()


DIGITS = {"step": 100.0, "alpha": 0.01, "size": 64, "optimizer": "Adam"}


def test_the_strongest_colour_belongs_to_the_largest_weight():
    live = LivePicture(figures.digits)
    for step in (10.0, 100.0):
        live.draw({**DIGITS, "step": step})
        images = [ax.images[0] for ax in live.canvas.figure.axes if ax.images]
        assert max(np.abs(image.get_array()).max() for image in images) == pytest.approx(1)
        assert {image.get_clim() for image in images} == {(-1, 1)}


@pytest.mark.parametrize(
    ("optimizer", "alpha"),
    [
        ("Adam", 0.01),
        ("descent", 0.3),
        ("momentum", 0.03),
        ("RMSprop", 0.01),
    ],
)
def test_the_digits_are_learned(optimizer, alpha):
    live = LivePicture(figures.digits)
    words = live.draw({**DIGITS, "step": 300, "alpha": alpha, "optimizer": optimizer})
    assert words.startswith(f"{optimizer}, α = {alpha}, mini-batches of 64, step 300: ")
    assert int(re.search(r"(\d+) % of the 1797", words)[1]) > 90


@pytest.mark.parametrize(
    ("figure", "start", "others"),
    [
        (
            figures.descent,
            DESCENT,
            ({"b": -20.0}, {"alpha": 0.5}, {"precision": "float64"}, {"step": 0.0}),
        ),
        (
            figures.digits,
            DIGITS,
            ({"alpha": 0.1}, {"size": 16}, {"optimizer": "descent"}, {"step": 0.0}),
        ),
        (figures.passes, {"step": 9, "w": 2.0, "b": -10.0}, ({"w": 3.0}, {"b": 0.0}, {"step": 17})),
    ],
)
def test_every_control_moves_a_picture_that_is_a_function_of_its_values(figure, start, others):
    assert_each_value_counts_and_no_other(figure, start, others)


@pytest.mark.parametrize("w", [-4.0, 2.0, 5.0, 14.0])
def test_one_step_in_the_picture_is_one_step_of_the_program(w):
    words = words_of(figures.one_step, {"w": w, "alpha": 0.3})
    after = w - 0.3 * (2 * w - 10)
    assert f"next w = {figures._short(after)}, cost {figures._short((after - 5) ** 2)}" in words


HELD = [
    (
        figures.one_step,
        0,
        "next w",
        [{"w": w, "alpha": a} for w in (-4.0, 2.0, 14.0) for a in (0.0, 0.3, 1.0)],
    ),
    (figures.one_step, 1, "w", [{"w": w, "alpha": 0.3} for w in (-4.0, 2.0, 14.0)]),
    (figures.descent, 0, "_minimum", [{**DESCENT, "step": 0, "b": b} for b in (-20.0, -10.0, 0.0)]),
    (figures.descent, 1, "_step", [{**DESCENT, "step": step} for step in (0, 1000, 1100)]),
    (figures.digits, 0, "_step", [{**DIGITS, "step": step} for step in (0.0, 10.0)]),
]


@pytest.mark.parametrize(("figure", "number", "label", "moves"), HELD)
def test_what_can_be_held_lies_on_what_it_moves(figure, number, label, moves):
    live = LivePicture(figure)
    for values in moves:
        live.draw(values)
        handle = live.update.handles[number]
        (line,) = (line for line in handle.ax.lines if line.get_label() == label)
        assert pixels_apart(handle, values, line) < 1


def test_each_number_of_the_graph_is_held_where_it_is_written_and_hidden_by_no_grip():
    live = LivePicture(figures.passes)
    values = {"step": figures.STEPS, "w": 2.0, "b": -10.0}
    live.draw(values)
    (handle,) = live.update.handles
    assert handle.controls == ("step",)
    ax, grip = handle.ax, 9  # pixels around its middle
    texts = [text for text in ax.texts if text.get_color() in (style.BLUE, style.ORANGE)]
    at = [handle.place({**values, "step": step}) for step in range(figures.STEPS + 1)]
    assert len(set(at)) == figures.STEPS + 1
    for step in range(1, figures.STEPS + 1):
        live.draw({**values, "step": step - 1})
        before = {text for text in texts if text.get_text() and text.get_size() == 10}
        live.draw({**values, "step": step})
        (new,) = {t for t in texts if t.get_text() and t.get_size() == 10} - before
        here = ax.transData.transform(at[step])
        gaps = [np.linalg.norm(ax.transData.transform(p) - _middle(new)) for p in at]
        assert int(np.argmin(gaps)) == step, "a press on the number goes to its step"
        boxes = [text.get_window_extent() for text in texts if text.get_text()]
        assert not any(_near(here, box, grip - 3) for box in boxes)


def _middle(text):
    box = text.get_window_extent()
    return np.array([box.x0 + box.x1, box.y0 + box.y1]) / 2


def _near(place, box, far):
    return box.x0 - far < place[0] < box.x1 + far and box.y0 - far < place[1] < box.y1 + far


def _right_after_ten_steps(shuffle):
    class Reshuffled(experiments.Classifier):
        def _batch(self, step, size):
            return np.random.default_rng(shuffle).permutation(len(self._X))[step * size :][:size]

    *_, states = Reshuffled().reach(10, 0.01, 64, "Adam")
    return states[-1].accuracy


def test_what_ten_steps_reach_is_told_of_other_shuffles_too():
    said = figures.MOMENTS["digits"]["ten steps"][1]
    shown, low, high = (int(n) / 100 for n in re.findall(r"\d+", said))
    first, *others = map(_right_after_ten_steps, range(61))
    assert first == pytest.approx(shown, abs=0.005)
    assert np.mean([low <= right <= high for right in others]) > 0.7
