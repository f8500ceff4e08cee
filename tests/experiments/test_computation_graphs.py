"""The pictures of computation graphs show what the graph computes."""

import numpy as np
import pytest

import course_utils.graph as tf
from course_utils import datasets, softmax
from course_utils.experiments import computation_graphs as experiments


def uninterrupted(optimizer, steps, size=64):
    """Return W after some steps in one session, epoch after epoch."""
    X, labels = datasets.digits()
    X, Y = X.T, softmax.one_hot(labels, 10).T
    x, y = tf.placeholder(tf.float32, [None, 64]), tf.placeholder(tf.float32, [None, 10])
    W, b = (tf.Variable(np.zeros(n), dtype=tf.float32) for n in ((64, 10), 10))
    losses = tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=x @ W + b)
    train = experiments.OPTIMIZERS[optimizer](0.01).minimize(tf.reduce_mean(losses))
    orders = [np.random.default_rng(epoch).permutation(len(X)) for epoch in range(3)]
    batches = [o[start : start + size] for o in orders for start in range(0, len(X), size)]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for part in batches[:steps]:
            session.run(train, {x: X[part], y: Y[part]})
        return session.run(W)


@pytest.mark.parametrize("optimizer", experiments.OPTIMIZERS)
def test_optimizers_remember_from_frame_to_frame_and_epochs_feed_each_digit_once(optimizer):
    *_, states = experiments.Classifier().reach(40, 0.01, 64, optimizer)
    assert [state.steps for state in states] == [0, 10, 20, 30, 40]
    for state in states[1:]:
        expected = uninterrupted(optimizer, state.steps)
        np.testing.assert_allclose(state.W, expected, atol=1e-5)


def test_the_whole_set_as_one_mini_batch_is_the_whole_set():
    *_, states = experiments.Classifier().reach(10, 0.1, 1797, "descent")
    *_, others = experiments.Classifier().reach(10, 0.1, 5000, "descent")
    np.testing.assert_allclose(states[-1].W, others[-1].W, atol=1e-6)


def test_going_on_leaves_the_frame_before_as_it_was():
    run, momentum, adam = experiments.Classifier(), (0.03, 64, "momentum"), (0.01, 16, "Adam")
    for step, settings in ((20, momentum), (30, adam), (10, momentum), (40, adam)):
        *_, states = run.reach(step, *settings)
    *_, states = run.reach(40, *momentum)
    *_, fresh = experiments.Classifier().reach(40, *momentum)
    np.testing.assert_array_equal(states[-1].W, fresh[-1].W)


def test_mini_batches_and_the_whole_set_are_equally_far_after_as_many_steps():
    for size in (64, 1797):
        *_, states = experiments.Classifier().reach(400, 0.1, size, "descent")
        assert states[-1].accuracy == pytest.approx(0.93, abs=0.01)


def test_ten_steps_of_adam_make_more_than_four_of_five_right():
    *_, states = experiments.Classifier().reach(10, 0.01, 64, "Adam")
    assert states[-1].accuracy > 0.8


@pytest.mark.parametrize(("step", "part"), [(10, 0.11), (400, 0.46)])
def test_a_tenth_of_the_digits_comes_to_make_nearly_half_of_the_push(step, part):
    run = experiments.Classifier()
    *_, states = run.reach(step, 0.01, 64, "Adam")
    z = states[-1].session.run(run._z, {run._x: run._X})
    pushes = np.sort(np.abs(softmax.softmax(z.T) - run._Y.T).sum(axis=0))
    assert pushes[-180:].sum() / pushes.sum() == pytest.approx(part, abs=0.03)


def test_a_few_weights_run_ahead_and_yet_the_images_look_as_much_like_digits():
    X, labels = datasets.digits()
    means = np.array([X[:, labels == k].mean(axis=1) for k in range(10)]) - X.mean(axis=1)
    *_, states = experiments.Classifier().reach(400, 0.01, 64, "Adam")
    sizes = np.abs(states[1].W), np.abs(states[-1].W)
    early, late = (np.median(size) / size.max() for size in sizes)
    assert early > 0.5
    assert late < 1 / 3
    alike = [
        np.mean([np.corrcoef(state.W[:, k], means[k])[0, 1] for k in range(10)])
        for state in (states[1], states[-1])
    ]
    assert alike[1] > alike[0] - 0.05


def test_pixels_turn_red_where_a_digit_has_more_ink_than_the_average_digit():
    X, labels = datasets.digits()
    more = np.array([X[:, labels == k].mean(axis=1) for k in range(10)]) - X.mean(axis=1)
    *_, states = experiments.Classifier().reach(10, 0.01, 64, "Adam")
    told = np.abs(more) > 0.05
    assert (np.sign(states[-1].W.T) == np.sign(more))[told].mean() > 0.95
    assert told.mean() > 0.5


def test_one_digit_at_a_time_with_a_large_alpha_jumps():
    *_, states = experiments.Classifier().reach(400, 1.0, 1, "descent")
    changes = np.diff([state.accuracy for state in states[10:]])
    assert (changes < -0.02).sum() >= 3


def test_float32_stalls_where_a_step_is_half_the_gap_f2():
    way = experiments.descent("float32").way(1100, -10.0, 0.01)
    gap = np.spacing(np.float32(4.9999))
    where = 5 - gap / 2 / 0.02
    assert way[-1] == pytest.approx(where, abs=1e-6)
    assert int(np.flatnonzero(np.diff(way) == 0)[0]) == 636
    assert np.log(5 / (5 - where)) / -np.log(0.98) == pytest.approx(640, abs=5)
