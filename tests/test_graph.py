"""The graph: the lecture's program, every gradient, and what a beginner is told."""

from copy import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays, mutually_broadcastable_shapes

import course_utils.graph as tf
from course_utils import datasets, optimizers, softmax
from course_utils.gradient_checking import numerical_gradient
from course_utils.graph.operations import OPERATIONS, Operation


def lecture_program(coefficients, dtype=tf.float32, steps=1000):
    """Run the lecture's program; return w after 0, 1 and `steps` more steps."""
    w = tf.Variable(0, dtype=dtype)
    x = tf.placeholder(dtype, [3, 1])
    cost = x[0][0] * w**2 + x[1][0] * w + x[2][0]
    train = tf.train.GradientDescentOptimizer(0.01).minimize(cost)

    init = tf.global_variables_initializer()
    seen = []
    with tf.Session() as session:
        session.run(init)
        seen.append(session.run(w))
        session.run(train, feed_dict={x: coefficients})
        seen.append(session.run(w))
        for _ in range(steps):
            session.run(train, feed_dict={x: coefficients})
        seen.append(session.run(w))
    return seen


SQUARE = np.array([[1.0], [-10.0], [25.0]])


def test_the_lectures_program_f2_f3():
    assert [f"{w:.6g}" for w in lecture_program(SQUARE)] == ["0", "0.1", "4.99999"]
    assert {w.dtype for w in lecture_program(SQUARE, steps=1)} == {np.dtype(np.float32)}


def test_why_it_stops_there_f2():
    stalled = np.float32(4.9999886)
    assert lecture_program(SQUARE, steps=635)[-1] == stalled
    assert lecture_program(SQUARE, steps=3000)[-1] == stalled
    exact = lecture_program(SQUARE, tf.float64)[-1]
    assert exact == pytest.approx(5 * (1 - 0.98**1001), rel=1e-12)
    assert f"{exact:.8f}" == "4.99999999"


def test_fed_with_minus_twenty_it_goes_to_ten_x6():
    assert lecture_program(np.array([[1.0], [-20.0], [100.0]]))[-1] == pytest.approx(10, abs=1e-4)


def test_the_first_version_of_the_program_f2():
    w = tf.Variable(0, dtype=tf.float32)
    cost = tf.add(tf.add(w**2, tf.multiply(-10.0, w)), 25)
    again = w**2 - 10 * w + 25
    train = tf.train.GradientDescentOptimizer(learning_rate=0.01).minimize(cost)
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    for _ in range(1001):
        session.run(train)
    ends = session.run([w, cost, again])
    assert ends[0] == pytest.approx(5, abs=1e-4)
    assert ends[1] == ends[2] == pytest.approx(0, abs=1e-4)


numbers = st.floats(-2, 2).filter(lambda x: abs(x) > 0.05)


def check(make, *values):
    """Compare the graph's gradient by every input with finite differences."""
    variables = [tf.Variable(np.array(x, float), name=f"v{k}") for k, x in enumerate(values)]
    weights = None

    def cost_of(*inputs):
        nonlocal weights
        y = make(*inputs)
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            if weights is None:
                weights = np.random.default_rng(0).normal(size=np.shape(session.run(y)))
        return tf.reduce_sum(y * weights)

    cost = cost_of(*variables)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        gradients = tf.backward(cost, session.values([cost]))
        for k, (variable, x) in enumerate(zip(variables, values, strict=True)):

            def f(theta, k=k):
                changed = [tf.constant(theta if i == k else v, float) for i, v in enumerate(values)]
                return float(session.run(tf.reduce_sum(make(*changed) * weights)))

            slopes = numerical_gradient(f, np.array(x, float))
            assert gradients[variable].shape == np.shape(x)
            np.testing.assert_allclose(gradients[variable], slopes, rtol=1e-5, atol=1e-7)


shapes = mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3)


@pytest.mark.parametrize(
    "make",
    [
        tf.add,
        tf.subtract,
        tf.multiply,
        tf.divide,
        lambda a, b: a * b + a / b - a,
        lambda a, b: (a - b) * a,
        lambda a, b: -a + b**2,
    ],
)
@settings(max_examples=20, deadline=None)
@given(shapes, st.data())
def test_gradients_of_two_with_broadcasting_and_repeated_use(make, both, data):
    a, b = (data.draw(arrays(float, shape, elements=numbers)) for shape in both.input_shapes)
    check(make, a, b)


@settings(max_examples=20, deadline=None)
@given(shapes, st.data())
def test_gradient_of_the_maximum(both, data):
    a, b = (data.draw(arrays(float, shape, elements=numbers)) for shape in both.input_shapes)
    b = np.where(np.abs(a - b) < 0.01, b + 0.1, b) if a.shape == b.shape else b + 5.0
    check(tf.maximum, a, b)


one_array = arrays(float, st.sampled_from([(), (3,), (2, 3), (2, 1, 3)]), elements=numbers)


@pytest.mark.parametrize(
    "make",
    [
        tf.square,
        tf.exp,
        tf.nn.relu,
        tf.nn.sigmoid,
        tf.tanh,
        tf.transpose,
        tf.reduce_sum,
        tf.reduce_mean,
        lambda x: x**3,
        lambda x: tf.log(tf.square(x)),
        lambda x: tf.exp(x) * x + x,
        lambda x: x - tf.reduce_mean(x),
        lambda x: 2 / (3 + tf.exp(x)),
        lambda x: 1.0 - x,
    ],
)
@settings(max_examples=20, deadline=None)
@given(one_array)
def test_gradients_of_one(make, x):
    check(make, x)


@pytest.mark.parametrize(
    "make",
    [
        lambda x: x[0],
        lambda x: x[0][1],
        lambda x: x[:, 1:],
        lambda x: x[[0, 1, 0]],
        lambda x: x[0] * x[1],
        lambda x: tf.reduce_sum(x, axis=0),
        lambda x: tf.reduce_mean(x, axis=1),
        lambda x: tf.reduce_sum(x, axis=-1) * x[:, 0],
        lambda x: tf.matmul(x, tf.transpose(x)),
        lambda x: x @ tf.constant(np.arange(6.0).reshape(3, 2)),
    ],
)
@settings(max_examples=15, deadline=None)
@given(arrays(float, (2, 3), elements=numbers))
def test_gradients_of_parts_sums_and_products(make, x):
    check(make, x)


@given(
    arrays(float, (4, 3), elements=st.floats(-3, 3)),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
def test_gradient_of_the_cross_entropy_and_its_value(z, labels):
    y = softmax.one_hot(labels, 3).T

    def loss(logits):
        return tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits)

    check(loss, z)
    with tf.Session() as session:
        found = session.run(tf.reduce_mean(loss(z)))
    assert found == pytest.approx(softmax.cost(z.T, y.T))


def test_large_logits_stay_finite():
    labels, logits = np.eye(2), np.array([[1000.0, 0.0], [1000.0, 0.0]])
    with tf.Session() as session:
        losses = session.run(tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits))
        assert losses.tolist() == [0.0, 1000.0]
        assert session.run(tf.nn.sigmoid(np.array([-1000.0, 1000.0]))).tolist() == [0, 1]


def test_multiply_is_element_by_element_and_matmul_the_matrix_product_f4():
    a, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    with tf.Session() as session:
        assert session.run(tf.multiply(a, b)).tolist() == (a * b).tolist()
        assert session.run(tf.matmul(a, b)).tolist() == (a @ b).tolist()
        by_operators = session.run([tf.constant(a) * b, b * tf.constant(a), a @ tf.constant(b)])
    assert [x.tolist() for x in by_operators] == [(a * b).tolist()] * 2 + [(a @ b).tolist()]


@pytest.mark.parametrize(
    ("made", "same"),
    [
        (tf.train.GradientDescentOptimizer(0.001), optimizers.GradientDescent(alpha=0.001)),
        (tf.train.MomentumOptimizer(0.001, 0.9), optimizers.Momentum(alpha=0.01, beta=0.9)),
        (tf.train.RMSPropOptimizer(0.01), optimizers.RMSprop(alpha=0.01, beta=0.9)),
        (tf.train.AdamOptimizer(0.1), optimizers.Adam(alpha=0.1)),
    ],
)
def test_optimizers_are_the_packages(made, same):
    start = np.array([[1.0, -2.0], [0.5, 3.0]])
    a, b = tf.Variable(start), tf.Variable(np.array([1.5]))
    cost = tf.reduce_sum(tf.square(a)) * b[0] + tf.reduce_sum(tf.exp(b))
    train, theta = made.minimize(cost), np.append(start, 1.5)
    state = same.init(theta)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(20):
            slope = np.append(2 * theta[:4] * theta[4], (theta[:4] ** 2).sum() + np.exp(theta[4]))
            theta, state = same.step(theta, slope, state)
            session.run(train)
        found = session.run([a, b])
    np.testing.assert_allclose(np.append(*found), theta, rtol=1e-12)


def test_momentum_is_tensorflows_accumulation():
    w = tf.Variable(1.0, dtype=tf.float64)
    train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(tf.square(w))
    theta, accumulated = 1.0, 0.0
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for _ in range(30):
            accumulated = 0.9 * accumulated + 2 * theta
            theta -= 0.1 * accumulated
            session.run(train)
        assert session.run(w) == pytest.approx(theta, rel=1e-10)


def test_a_softmax_classifier_of_the_digits_by_feed_dict_f3():
    X, labels = datasets.digits()
    Y, rng = softmax.one_hot(labels, 10).T, np.random.default_rng(0)
    x, y = tf.placeholder(tf.float32, [None, 64]), tf.placeholder(tf.float32, [None, 10])
    W, b = tf.Variable(np.zeros((64, 10), np.float32)), tf.Variable(np.zeros(10, np.float32))
    logits = x @ W + b
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))
    train = tf.train.AdamOptimizer(0.01).minimize(cost)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert session.run(cost, {x: X.T, y: Y}) == pytest.approx(np.log(10), rel=1e-5)
        for _ in range(300):
            part = rng.integers(0, 1797, 64)
            session.run(train, feed_dict={x: X.T[part], y: Y[part]})
        z = session.run(logits, feed_dict={x: X.T})
    assert (z.argmax(axis=1) == labels).mean() > 0.95
    assert z.dtype == np.float32


def test_several_fetches_see_the_variables_as_they_were_before_the_step():
    w = tf.Variable(2.0)
    cost = tf.square(w)
    train = tf.train.GradientDescentOptimizer(0.25).minimize(cost)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert session.run([train, cost, w]) == [None, 4.0, 2.0]
        assert session.run([w]) == [1.0]
        session.run(tf.global_variables_initializer())
        assert session.run(w) == 2.0


def test_sessions_do_not_share_variables_and_only_some_may_be_trained():
    a, b = tf.Variable(1.0), tf.Variable(1.0)
    train = tf.train.GradientDescentOptimizer(0.1).minimize(a * b, var_list=[a])
    init, one, other = tf.global_variables_initializer(), tf.Session(), tf.Session()
    one.run(init)
    other.run(init)
    one.run(train)
    assert [s.run([a, b]) for s in (one, other)] == [[np.float32(0.9), 1.0], [1.0, 1.0]]


def test_a_new_operation_is_a_line(monkeypatch):
    cube = Operation(lambda x: x**3, lambda d, y, x: (3 * d * x**2,))
    monkeypatch.setitem(OPERATIONS, "cube", cube)
    check(lambda x: tf.Node("cube", [tf.as_node(x)]), np.array([1.5, -0.5]))


def test_a_deep_graph_needs_no_recursion():
    w = tf.Variable(1.0)
    y = w
    for _ in range(5000):
        y = y + 0.001
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert session.run(y) == pytest.approx(6, rel=1e-3)
        assert tf.backward(y, session.values([y]))[w] == 1


x = tf.placeholder(tf.float32, [3, 1], name="x")
early = tf.global_variables_initializer()
late = tf.Variable(1.0, name="late")


def closed():
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
    session.run(late)


def learn_a_vector():
    train = tf.train.GradientDescentOptimizer(0.1).minimize(late * np.ones(3))
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    session.run(train)


def too_early():
    session = tf.Session()
    session.run(early)
    session.run(late)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (
            lambda: tf.Session().run(x[0][0]),
            ValueError,
            r"placeholder 'x' of shape \(3, 1\) was not fed: run\(..., feed_dict=\{x: ...\}\)",
        ),
        (
            lambda: tf.Session().run(x, {x: [1.0, 2.0, 3.0]}),
            ValueError,
            r"placeholder 'x' should be fed \(3, 1\), but got \(3,\)",
        ),
        (lambda: tf.Session().run(x, {late: 3.0}), TypeError, "feed_dict should hold"),
        (
            lambda: tf.Session().run(late),
            ValueError,
            r"variable 'late' has no value yet: first run global_variables_initializer\(\)",
        ),
        (too_early, ValueError, "made after the variable"),
        (closed, RuntimeError, r"the session is closed: open a new one with Session\(\)"),
        (
            learn_a_vector,
            ValueError,
            r"a single number, but 'multiply_\d+' has shape \(3,\): put red",
        ),
        (
            lambda: tf.train.AdamOptimizer().minimize(tf.square(x)),
            ValueError,
            r"there is nothing to learn: 'square_\d+' depends on no variable",
        ),
        (
            lambda: tf.train.AdamOptimizer().minimize(tf.square(late), var_list=[tf.Variable(1.0)]),
            ValueError,
            r"there is nothing to learn: 'square_\d+' depends on \['late'\]",
        ),
        (lambda: tf.Session().run("w"), TypeError, "fetches should be a list, but got 'w'"),
        (
            lambda: tf.Session().run(tf.matmul(np.ones((2, 3)), np.ones((2, 3)))),
            ValueError,
            r"matmul of shapes \(2, 3\) and \(2, 3\)",
        ),
        (lambda: tf.Session().run(tf.matmul(np.ones(3), np.ones(3))), ValueError, "two matrices"),
        (lambda: tf.Session().run(tf.constant([1.0])[3]), ValueError, r"index of shapes \(1,\)"),
        (lambda: tf.add(1.0), TypeError, "add takes 2 inputs, but got 1"),
        (lambda: bool(late), TypeError, "'late'> has no value yet: ask session.run for it"),
        (lambda: list(late), TypeError, "not iterable"),
    ],
)
def test_what_a_beginner_is_told(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_a_cost_that_diverges_shows_it():
    w = tf.Variable(1e30)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert session.run(tf.square(w)) == np.inf


def test_a_copy_of_a_session_goes_on_by_itself():
    w = tf.Variable(3.0, dtype=tf.float64)
    train = tf.train.MomentumOptimizer(0.1).minimize(tf.square(w))
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    session.run(train)
    before = session.run(w)
    twin = copy(session)
    twin.run(train)
    assert session.run(w) == before != twin.run(w)
    session.run(train)
    assert session.run(w) == twin.run(w), "the momentum was copied, too"
    session.close()
    assert twin.run(w) < before
