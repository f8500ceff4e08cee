"""The pictures of computation graphs show what the graph computes."""

import numpy as np
import pytest

import course_utils.graph as tf
from course_utils.figures import computation_graphs as figures
from course_utils.gradient_checking import numerical_gradient
from course_utils.widgets.live_picture import LivePicture


def test_forward_and_back_through_the_square():
    live = LivePicture(figures.passes)
    words = [live.draw({"step": k, "w": 2.0, "b": -10.0}) for k in range(figures.STEPS + 1)]
    assert words[0].endswith("nothing is computed yet")
    assert words[9].endswith("step 9 of 18: cost = 9")
    assert words[10].endswith("∂cost/∂(cost) = 1")
    assert sum("∂cost" in w for w in words) == 9
    assert any(w.endswith("∂cost/∂(w) = −6") for w in words)


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


def test_the_picture_of_the_program_ends_where_the_program_does_f2():
    live = LivePicture(figures.descent)
    settings = {"b": -10.0, "alpha": 0.01, "precision": "float32"}
    assert live.draw({**settings, "frame": 40}).endswith("step 1000: w = 4.99998856")
    exact = live.draw({**settings, "precision": "float64", "frame": 40})
    assert exact.endswith(f"w = {5 * (1 - 0.98**1000):.9g}")


def test_minus_twenty_leads_to_ten_x6():
    live = LivePicture(figures.descent)
    words = live.draw({"frame": 44, "b": -20.0, "alpha": 0.01, "precision": "float64"})
    assert float(words.split("w = ")[1]) == pytest.approx(10, abs=1e-6)


def test_a_large_alpha_loses_w_in_words():
    live = LivePicture(figures.descent)
    words = live.draw({"frame": 44, "b": -10.0, "alpha": 1.2, "precision": "float32"})
    assert words.endswith("w is lost")
    assert np.isfinite(live.pixels).all()


@pytest.mark.parametrize(("optimizer", "alpha"), [
    ("Adam", 0.01), ("descent", 0.3), ("momentum", 0.03), ("RMSprop", 0.01),
])  # fmt: skip
def test_the_digits_are_learned(optimizer, alpha):
    live = LivePicture(figures.digits)
    words = live.draw({"frame": 30, "alpha": alpha, "size": 64, "optimizer": optimizer})
    assert words.startswith(f"{optimizer}, α = {alpha}, size 64, step 300: ")
    assert float(words.split()[-2].rstrip("%")) > 90
