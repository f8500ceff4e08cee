"""Batch norm on the ground floor and in its pictures; B1 to B6, B9, X1, X2 and X13."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import StandardScaler

from course_utils import batch_norm

ORACLE = Path(__file__).parent / "oracles" / "batch_norm.npz"
Z = np.array([[1.0, 2.0, 3.0, 6.0], [-4.0, 0.5, 2.0, -1.5]])
ONE, ZERO = np.ones((2, 1)), np.zeros((2, 1))
EPSILONS = st.sampled_from([1e-8, 1e-5, 1e-3, 0.5])
SEEDS = st.integers(0, 10_000)


@st.composite
def batches(draw, *, least=2, scales=(1e-3, 1.0, 50.0)):
    """A mini-batch z with its gamma and beta; columns are examples."""
    rng = np.random.default_rng(draw(SEEDS))
    units, m = draw(st.integers(1, 5)), draw(st.integers(least, 9))
    scale, offset = draw(st.sampled_from(scales)), draw(st.sampled_from([0.0, -3.0, 40.0]))
    z = scale * rng.standard_normal((units, m)) + offset
    return z, rng.normal(1, 1, (units, 1)), rng.normal(0, 3, (units, 1))


@pytest.fixture(scope="module")
def oracle():
    with np.load(ORACLE, allow_pickle=False) as arrays:
        return dict(arrays)


@given(batches(), EPSILONS)
def test_b2_mean_0_and_variance_short_of_1_by_epsilon(batch, epsilon):
    z, _, _ = batch
    ones, zeros = np.ones((len(z), 1)), np.zeros((len(z), 1))
    z_norm, cache = batch_norm.forward(z, ones, zeros, epsilon=epsilon)
    variance = np.array([np.mean((row - row.mean()) ** 2) for row in z])
    assert np.abs(z_norm.mean(axis=1)).max() < 1e-10
    assert np.allclose(z_norm.var(axis=1), variance / (variance + epsilon), rtol=1e-9)
    assert np.allclose(cache.variance[:, 0], variance, rtol=1e-12)
    assert np.array_equal(cache.z_norm, z_norm)


@given(batches(), EPSILONS)
def test_b2_gamma_and_beta_become_spread_and_mean(batch, epsilon):
    z, gamma, beta = batch
    z_tilde, cache = batch_norm.forward(z, gamma, beta, epsilon=epsilon)
    spread = np.abs(gamma) * np.sqrt(cache.variance / (cache.variance + epsilon))
    assert np.allclose(z_tilde.mean(axis=1, keepdims=True), beta, atol=1e-9)
    assert np.allclose(z_tilde.std(axis=1, keepdims=True), spread, rtol=1e-9)


def test_b2_variance_divides_by_m():
    _, cache = batch_norm.forward([[1, 2, 3, 6]], [[1]], [[0]])
    assert cache.mean == 3
    assert cache.variance == 14 / 4


@given(batches())
def test_b2_agrees_with_scikit_learn(batch):
    z = batch[0]
    z_tilde, _ = batch_norm.forward(z, np.ones((len(z), 1)), np.zeros((len(z), 1)), epsilon=0)
    assert np.allclose(z_tilde, StandardScaler().fit_transform(z.T).T, atol=1e-9)


@given(batches(), EPSILONS)
def test_b3_the_right_gamma_and_beta_undo_it(batch, epsilon):
    z, gamma, beta = batch
    cache = batch_norm.forward(z, gamma, beta, epsilon=epsilon)[1]
    undone, _ = batch_norm.forward(
        z, np.sqrt(cache.variance + epsilon), cache.mean, epsilon=epsilon
    )
    assert np.abs(undone - z).max() <= 1e-12 * np.abs(z).max()


@given(batches(scales=(1.0,)), st.floats(-100, 100))
def test_b5_a_constant_cancels(batch, b):
    z, gamma, beta = batch
    z -= z.mean()
    alone, with_b = (batch_norm.forward(v, gamma, beta)[0] for v in (z, z + b))
    size = np.abs(gamma).max() / z.std(axis=1).min()
    assert np.abs(with_b - alone).max() <= 1e-12 * max(1, size)


def test_b5_in_the_lectures_numbers():
    alone, with_b = (batch_norm.forward(v, ONE, ZERO)[0] for v in (Z, Z + 7))
    assert np.abs(with_b - alone).max() < 1e-12


@given(batches(), st.floats(0.01, 100))
def test_a_scale_cancels_if_epsilon_is_scaled_too(batch, c):
    z, gamma, beta = batch
    plain, _ = batch_norm.forward(z, gamma, beta, epsilon=1e-5)
    scaled, _ = batch_norm.forward(c * z, gamma, beta, epsilon=c * c * 1e-5)
    assert np.allclose(plain, scaled, rtol=1e-8, atol=1e-8)


@given(batches(), SEEDS)
def test_examples_can_be_shuffled_and_units_do_not_mix(batch, seed):
    z, gamma, beta = batch
    order = np.random.default_rng(seed).permutation(z.shape[1])
    z_tilde, _ = batch_norm.forward(z, gamma, beta)
    shuffled, _ = batch_norm.forward(z[:, order], gamma, beta)
    first, _ = batch_norm.forward(z[:1], gamma[:1], beta[:1])
    assert np.allclose(shuffled, z_tilde[:, order], atol=1e-9)
    assert np.allclose(first, z_tilde[:1], atol=1e-12)


def test_the_variance_is_taken_in_two_passes():
    far = Z + 2.0**27  # exact in float64: the mean of squares would be rounded to 2
    assert (np.mean(far**2, axis=1) - np.mean(far, axis=1) ** 2 != Z.var(axis=1)).any()
    assert np.array_equal(batch_norm.forward(far, ONE, ZERO)[1].variance[:, 0], Z.var(axis=1))


def test_epsilon_stands_inside_the_root():
    z_tilde, _ = batch_norm.forward([[-1, 1]], [[1]], [[0]], epsilon=3)
    assert np.array_equal(z_tilde, [[-0.5, 0.5]])


def test_a_constant_unit_becomes_beta():
    z_tilde, cache = batch_norm.forward([[2.5, 2.5, 2.5]], [[4]], [[-1]])
    assert np.array_equal(z_tilde, [[-1, -1, -1]])
    assert np.array_equal(batch_norm.backward([[1, 2, 3]], cache)[1], [[0]])


def test_forward_leaves_its_input_alone():
    z = Z.copy()
    z_tilde, _ = batch_norm.forward(z, ONE, ZERO)
    z_tilde += 1
    assert np.array_equal(z, Z)


def relative_difference(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def numerical_gradient(cost, x, h=1e-5):
    gradient = np.empty_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        gradient[place] = (cost(up) - cost(down)) / (2 * h)
    return gradient


@settings(deadline=None, max_examples=50)
@given(batches(least=4, scales=(1.0, 3.0)), st.sampled_from([1e-5, 1e-2, 1.0]), SEEDS)
def test_gradient_check(batch, epsilon, seed):
    z, gamma, beta = batch
    d = np.random.default_rng(seed).standard_normal(z.shape)

    def cost(z, gamma, beta):
        return (d * batch_norm.forward(z, gamma, beta, epsilon=epsilon)[0]).sum()

    _, cache = batch_norm.forward(z, gamma, beta, epsilon=epsilon)
    analytic = batch_norm.backward(d, cache)
    numerical = (
        numerical_gradient(lambda x: cost(x, gamma, beta), z),
        numerical_gradient(lambda x: cost(z, x, beta), gamma),
        numerical_gradient(lambda x: cost(z, gamma, x), beta),
    )
    for mine, measured in zip(analytic, numerical, strict=True):
        assert mine.shape == measured.shape
    everything = [np.concatenate([g.ravel() for g in three]) for three in (analytic, numerical)]
    assert relative_difference(*everything) <= 1e-7


@given(batches(scales=(1.0, 50.0)), SEEDS)
def test_no_gradient_along_what_cancels(batch, seed):
    """A constant or, without epsilon, a factor changes nothing: dz is at right angles to both."""
    z, gamma, beta = batch
    d = np.random.default_rng(seed).standard_normal(z.shape)
    _, cache = batch_norm.forward(z, gamma, beta, epsilon=0)
    dz, _, _ = batch_norm.backward(d, cache)
    size = np.abs(gamma).max() * z.shape[1] / np.sqrt(cache.variance.min())
    assert np.abs(dz.sum(axis=1)).max() < 1e-9 * max(1, size)
    assert np.abs((dz * cache.z_norm).sum(axis=1)).max() < 1e-9 * max(1, size)


RULES = {
    "descent": lambda g, v, s, t: g,
    "momentum": lambda g, v, s, t: v,
    "RMSprop": lambda g, v, s, t: g / (np.sqrt(s) + 1e-8),
    "Adam": lambda g, v, s, t: v / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.9**t)) + 1e-8),
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_b6_every_optimizer_trains_gamma_and_beta_like_w(rule):
    rng = np.random.default_rng(0)
    X, W, gamma, beta = rng.normal(0, 1, (3, 50)), rng.normal(0, 1, (2, 3)), ONE, ZERO
    target = rng.normal(0, 2, (2, 3)) @ X + 5
    theta, v, s, costs = np.concatenate([W.ravel(), gamma.ravel(), beta.ravel()]), 0, 0, []
    start = theta
    for t in range(1, 301):
        W, gamma, beta = theta[:6].reshape(2, 3), theta[6:8, None], theta[8:, None]
        z_tilde, cache = batch_norm.forward(W @ X, gamma, beta)
        costs.append(((z_tilde - target) ** 2).mean() / 2)
        dz, dgamma, dbeta = batch_norm.backward((z_tilde - target) / target.size, cache)
        g = np.concatenate([(dz @ X.T).ravel(), dgamma.ravel(), dbeta.ravel()])
        v, s = 0.9 * v + 0.1 * g, 0.9 * s + 0.1 * g * g
        theta = theta - 0.1 * rule(g, v, s, t)
    assert costs[-1] < 0.05 * costs[0]
    assert (np.abs(theta - start) > 0.1)[6:].all()


def test_b9_one_example_gives_the_same_answer_alone_or_in_a_batch():
    rng = np.random.default_rng(1)
    z, gamma, beta = rng.normal(5, 9, (4, 30)), rng.normal(size=(4, 1)), rng.normal(size=(4, 1))
    running = batch_norm.RunningStatistics(rng.normal(size=(4, 1)), rng.random((4, 1)))
    together = batch_norm.inference(z, gamma, beta, running)
    for k in range(30):
        alone = batch_norm.inference(z[:, [k]], gamma, beta, running)
        assert np.array_equal(alone, together[:, [k]])


@given(batches(), EPSILONS)
def test_b9_with_the_batchs_own_statistics_inference_is_forward(batch, epsilon):
    z, gamma, beta = batch
    z_tilde, cache = batch_norm.forward(z, gamma, beta, epsilon=epsilon)
    running = batch_norm.RunningStatistics(cache.mean, cache.variance)
    again = batch_norm.inference(z, gamma, beta, running, epsilon=epsilon)
    assert np.allclose(again, z_tilde, rtol=1e-10, atol=1e-10)


def test_b9_running_statistics_are_weighted_averages():
    means, variances = np.array([40.0, 49.0, 45.0]), np.array([1.0, 4.0, 9.0])
    running = batch_norm.RunningStatistics([[0]], [[0]])
    for mean, variance in zip(means, variances, strict=True):
        running = running.update([[mean]], [[variance]], momentum=0.9)
    weights = 0.1 * 0.9 ** np.array([2, 1, 0])
    assert running.mean == pytest.approx(12.15)  # the lecture's three temperatures
    assert running.variance == pytest.approx(weights @ variances)


def test_momentum_is_the_share_of_the_old():
    running = batch_norm.RunningStatistics([[1.0]], [[2.0]])
    assert running.update([[5]], [[6]], momentum=0).mean == 5
    assert running.update([[5]], [[6]], momentum=0.75).mean == 2
    assert running.update([[5]], [[6]]).variance == pytest.approx(2.4)


def test_an_update_leaves_the_old_statistics_alone():
    running = batch_norm.RunningStatistics(ZERO, ONE)
    running.update(ONE, ONE)
    assert np.array_equal(running.mean, ZERO)
    with pytest.raises(AttributeError):
        running.mean = ONE


def test_training_agrees_with_pytorch(oracle):
    for k in range(len(oracle["z"])):
        z_tilde, cache = batch_norm.forward(oracle["z"][k], oracle["gamma"], oracle["beta"])
        gradients = batch_norm.backward(oracle["d_z_tilde"][k], cache)
        assert np.allclose(z_tilde, oracle["z_tilde"][k], rtol=1e-9, atol=1e-9)
        for mine, name in zip(gradients, ("dz", "dgamma", "dbeta"), strict=True):
            assert mine.shape == oracle[name][k].shape
            assert np.allclose(mine, oracle[name][k], rtol=1e-8, atol=1e-8)


def test_running_statistics_agree_with_pytorch(oracle):
    units = len(oracle["gamma"])
    running = batch_norm.RunningStatistics(np.zeros((units, 1)), np.ones((units, 1)))
    for z in oracle["z"]:
        _, cache = batch_norm.forward(z, oracle["gamma"], oracle["beta"])
        running = running.update(cache.mean, cache.variance, momentum=1 - 0.1)
    assert np.allclose(running.mean, oracle["running_mean"], rtol=1e-12)
    assert np.allclose(running.variance, oracle["running_variance"], rtol=1e-12)
    varied = [0, 1, 2]  # PyTorch's own is m/(m-1) times larger where a unit varies at all
    assert (oracle["running_variance_unbiased"] > running.variance)[varied].all()


def test_inference_agrees_with_pytorch(oracle):
    running = batch_norm.RunningStatistics(
        oracle["running_mean"], oracle["running_variance_unbiased"]
    )
    mine = batch_norm.inference(oracle["z_test"], oracle["gamma"], oracle["beta"], running)
    assert np.allclose(mine, oracle["z_tilde_test"], rtol=1e-12)


def test_x1_a_product_leaves_a_mean():
    published = Z * Z.mean(axis=1, keepdims=True) / np.sqrt(Z.var(axis=1, keepdims=True) + 1e-5)
    assert np.abs(published.mean(axis=1)).min() > 0.2
    assert np.abs(batch_norm.forward(Z, ONE, ZERO)[0].mean(axis=1)).max() < 1e-15


def test_x2_dividing_by_the_variance_leaves_one_over_it():
    published = (Z - Z.mean(axis=1, keepdims=True)) / Z.var(axis=1, keepdims=True)
    assert np.allclose(published.var(axis=1), 1 / Z.var(axis=1), rtol=1e-12)


def test_x13_a_single_example_is_refused_in_training():
    with pytest.raises(ValueError, match="exactly beta whatever z is; for one"):
        batch_norm.forward([[1.0], [2.0]], ONE, ZERO)


def test_float32_is_kept():
    z, one, zero = (a.astype(np.float32) for a in (Z, ONE, ZERO))
    z_tilde, cache = batch_norm.forward(z, one, zero)
    running = batch_norm.RunningStatistics(cache.mean, cache.variance).update(zero, one)
    answers = (
        z_tilde,
        cache.mean,
        cache.variance,
        *batch_norm.backward(z, cache),
        running.mean,
        running.variance,
        batch_norm.inference(z, one, zero, running),
    )
    assert {a.dtype for a in answers} == {np.dtype(np.float32)}
    assert np.allclose(z_tilde, batch_norm.forward(Z, ONE, ZERO)[0], atol=1e-6)


def test_lists_and_integers_become_float64():
    z_tilde, cache = batch_norm.forward([[1, 2, 3]], [[2]], [[1]])
    assert z_tilde.dtype == cache.mean.dtype == np.float64


BAD_INPUTS = [
    ((Z[0], ONE, ZERO), {}, r"got a 1-d array of shape \(4,\): use z\[:, None\]"),
    ((Z[None], ONE, ZERO), {}, r"z should be \(units, examples\), got a 3-d array"),
    ((np.empty((2, 0)), ONE, ZERO), {}, r"at least one example, but got an empty array"),
    ((Z, ONE[:, 0], ZERO), {}, r"gamma should be \(units, 1\) = \(2, 1\).*\(2,\): use gamma\[:, N"),
    ((Z, ONE, np.zeros((3, 1))), {}, r"beta should be .* = \(2, 1\).* but got shape \(3, 1\)"),
    ((Z, ONE.T, ZERO), {}, r"gamma should be .* but got shape \(1, 2\)"),
    ((np.where(Z == 6, np.nan, Z), ONE, ZERO), {}, r"but z\[0, 3\] is nan"),
    ((Z, ONE, [[0], [np.inf]]), {}, r"beta\[1, 0\] is inf"),
    ((Z, ONE, ZERO), {"epsilon": -1e-5}, r"epsilon >= 0 must hold, but got epsilon=-1e-05"),
    ((Z, ONE, ZERO), {"epsilon": np.nan}, r"epsilon >= 0 must hold, but got epsilon=nan"),
]


@pytest.mark.parametrize(("args", "kwargs", "message"), BAD_INPUTS)
def test_forward_and_inference_refuse(args, kwargs, message):
    running = batch_norm.RunningStatistics(ZERO, ONE)
    with pytest.raises(ValueError, match=message):
        batch_norm.forward(*args, **kwargs)
    with pytest.raises(ValueError, match=message):
        batch_norm.inference(*args, running, **kwargs)


def test_words_are_refused():
    with pytest.raises(TypeError, match="z should be an array of numbers"):
        batch_norm.forward([["a", "b"]], [[1]], [[0]])
    with pytest.raises(TypeError, match="epsilon should be a number"):
        batch_norm.forward(Z, ONE, ZERO, epsilon="small")


def test_zero_over_zero_is_refused():
    with pytest.raises(ValueError, match="unit 1 has variance 0, and with epsilon=0 that is 0/0"):
        batch_norm.forward([[1, 2], [3, 3]], ONE, ZERO, epsilon=0)
    running = batch_norm.RunningStatistics(ZERO, ZERO)
    with pytest.raises(ValueError, match="unit 0 has variance 0"):
        batch_norm.inference(Z, ONE, ZERO, running, epsilon=0)


def test_backward_refuses():
    _, cache = batch_norm.forward(Z, ONE, ZERO)
    with pytest.raises(ValueError, match=r"d_z_tilde and z should have the same shape.*\(2, 3\)"):
        batch_norm.backward(Z[:, :3], cache)
    with pytest.raises(ValueError, match=r"d_z_tilde\[0, 0\] is nan"):
        batch_norm.backward(Z * np.nan, cache)


def test_running_statistics_refuse():
    running = batch_norm.RunningStatistics(ZERO, ONE)
    for momentum in (1, -0.1, np.nan):
        with pytest.raises(ValueError, match="0 <= momentum < 1 must hold, but got momentum="):
            running.update(ZERO, ONE, momentum=momentum)
    with pytest.raises(ValueError, match=r"variance >= 0 must hold, but got variance=-1"):
        batch_norm.RunningStatistics(ZERO, -ONE)
    with pytest.raises(ValueError, match=r"mean should be .* but got shape \(2,\): use mean\[:, N"):
        batch_norm.RunningStatistics([0, 0], ONE)
    with pytest.raises(ValueError, match=r"variance should be .* but got shape \(3, 1\)"):
        batch_norm.RunningStatistics(ZERO, np.ones((3, 1)))
    with pytest.raises(ValueError, match=r"mean should be .* but got shape \(0, 1\)"):
        batch_norm.RunningStatistics(np.ones((0, 1)), np.ones((0, 1)))
    with pytest.raises(ValueError, match=r"the mini-batch's mean and the running mean should have"):
        running.update([[0]], [[1]])
    with pytest.raises(ValueError, match=r"running.mean and gamma should have the same shape"):
        batch_norm.inference([[1.0]], [[1]], [[0]], running)
