"""Networks on noisy moons: the numbers that notebook 02 quotes; R1, R2, X10, X14."""

import numpy as np
import pytest
from scipy import ndimage

from course_utils.experiments import regularization as experiments
from course_utils.figures import regularization as figures
from course_utils.network import Network

ASTRAY = (1.0, -0.5)


@pytest.fixture(scope="module")
def run():
    return experiments.MoonsRun()


def test_development_is_best_at_step_90_and_falls_while_training_becomes_perfect(run):
    training, dev = run.curves()
    assert 10 * dev.argmax() == 90
    assert dev.max() == pytest.approx(0.92, abs=0.005)
    assert (training[-1], round(dev[-1], 2)) == (1.0, 0.78)
    assert (training[30:] == 1).all()  # from step 300 on at the latest


def test_a_smaller_alpha_has_not_overfitted_after_600_steps(run):
    _, dev = run.curves(alpha=0.001)
    assert dev[-1] == dev.max() > 0.91


def test_with_dropout_both_curves_stay_together(run):
    training, dev = run.curves(keep_prob=0.5)
    assert (round(training[-1], 2), round(dev[-1], 2)) == (0.88, 0.89)
    assert dev.max() - dev[-1] < 0.03
    assert run.accuracies(keep_prob=0.1)[0] == pytest.approx(0.75, abs=0.01)  # underfits


def test_on_ten_draws_dropout_ends_near_its_best_step_and_training_up_to_13_points_above():
    ends = np.array([experiments.MoonsRun(seed).curves(keep_prob=0.5) for seed in range(10)])
    training, dev = ends.transpose(1, 0, 2)
    assert (dev.max(axis=1) - dev[:, -1]).max() < 0.03
    assert 0.115 < np.abs(training - dev)[:, -1].max() < 0.135


def test_no_draw_loses_or_gains_as_much_as_the_first(run):
    plain = np.array([experiments.MoonsRun(seed).curves()[1] for seed in range(1, 30)])
    falls = plain.max(axis=1) - plain[:, -1]
    assert falls.min() > 0
    assert 0.06 < falls.max() < 0.07
    assert run.curves()[1].max() - run.curves()[1][-1] == pytest.approx(0.14, abs=0.001)
    dropped = [experiments.MoonsRun(seed).curves(keep_prob=0.5)[1, -1] for seed in range(1, 10)]
    gains = dropped - plain[:9, -1]
    assert (gains.min(), gains.max()) == pytest.approx((-0.024, 0.078), abs=1e-9)


def test_the_challenges_test_number_may_be_lower_than_development(run):
    assert run.accuracies(lambda_=1.0)[1] == pytest.approx(0.912, abs=1e-9)
    assert run.test(lambda_=1.0) == pytest.approx(0.882, abs=1e-9)


def test_the_three_sets_are_different_points(run):
    sets = [run.X, run.X_dev, run.X_test]
    points = np.hstack(sets).T
    assert len(np.unique(points, axis=0)) == sum(X.shape[1] for X in sets)


@pytest.mark.parametrize("between", [{"keep_prob": 1.0}, {"keep_prob": 0.9}, {"lambda_": 2.0}])
def test_a_network_drops_as_it_was_trained_whatever_was_looked_at_before(between):
    run = experiments.MoonsRun()
    x = run.X_dev[:, :1]

    def left_on():
        network = run.network(5, keep_prob=0.5)
        return [network.forward(x, np.random.default_rng(seed)).item() for seed in range(3)]

    before = left_on()
    assert len(set(before)) == 3
    run.network(5, **between)
    assert left_on() == before


def test_a_thinned_network_does_for_all_what_a_training_pass_does_for_one_example():
    network = Network([2, 5, 4, 1], np.random.default_rng(0), keep_prob=0.6)
    x = np.array([[0.3], [-1.2]])
    for seed in range(20):
        one = experiments.thinned(network, 0.6, np.random.default_rng(seed))
        np.testing.assert_allclose(
            one.inference(x), network.forward(x, np.random.default_rng(seed)), rtol=1e-12
        )


def test_the_whole_network_is_right_more_often_than_its_thinned_ones_on_average():
    averages = []
    for seed in range(3):
        run, rng = experiments.MoonsRun(seed), np.random.default_rng(seed)
        whole = run.network(keep_prob=0.5)
        thin = [experiments.thinned(whole, 0.5, rng) for _ in range(100)]
        right = [one.accuracy(run.X_dev, run.y_dev) for one in thin]
        averages.append(np.mean(right))
        assert averages[-1] < whole.accuracy(run.X_dev, run.y_dev)
    assert averages[0] == pytest.approx(0.86, abs=0.01)


def test_the_eight_thinned_networks_of_the_picture_differ_unless_every_unit_is_kept(run):
    def answers(keep_prob):
        whole, rng = run.network(keep_prob=keep_prob), np.random.default_rng(0)
        thin = [experiments.thinned(whole, keep_prob, rng) for _ in range(8)]
        return np.array([one.inference(run.X_dev)[0] > 0 for one in thin])

    alone = answers(0.5)
    assert len(np.unique(alone, axis=0)) == 8
    right = (alone == (run.y_dev[0] > 0)).mean(axis=1)
    assert (right.min(), right.max()) == pytest.approx((0.78, 0.91), abs=0.01)
    assert right.mean() == pytest.approx(0.86, abs=0.01)
    assert len(np.unique(answers(1.0), axis=0)) == 1


@pytest.mark.parametrize(
    ("lambda_", "blue", "dev"), [(0.0, 0.997, 0.77), (0.3, 0.46, 0.87), (1.0, 0.13, 0.87)]
)
def test_the_stray_point_is_given_up_as_lambda_grows(lambda_, blue, dev):
    _, orange, right = experiments.fitted(ASTRAY, lambda_)
    assert 1 - orange == pytest.approx(blue, abs=0.01)
    assert right == pytest.approx(dev, abs=0.006)


def blue_grounds(network):
    """Return a map of the pieces of blue ground, numbered, and how many there are."""
    x1, x2 = np.meshgrid(np.linspace(-1.9, 2.9, 160), np.linspace(-1.5, 2, 120))
    orange = network.predict(np.stack([x1.ravel(), x2.ravel()])) > 0.5
    return ndimage.label(~orange.reshape(x1.shape))


def piece_at(grounds, x1, x2):
    """Return the number of the piece on which a point lies; 0 if the ground is orange there."""
    return grounds[round((x2 + 1.5) / 3.5 * 119), round((x1 + 1.9) / 4.8 * 159)]


def test_an_island_is_made_for_single_points_and_lambda_takes_it_away(run):
    grounds, pieces = blue_grounds(experiments.fitted(ASTRAY, 0.0)[0])
    assert pieces == 2
    X, y = experiments.moons_with(ASTRAY)
    on = [piece_at(grounds, *x) == piece_at(grounds, *ASTRAY) for x in X[:, y[0] == y[0, 0]].T]
    assert sum(on) == 2, "the stray dot and a second blue point share the island"
    elsewhere = experiments.fitted((0.0, 1.2), 0.0)[0]
    assert elsewhere.predict(np.transpose([ASTRAY])) > 0.99, "without the dot it is orange there"
    assert blue_grounds(experiments.fitted(ASTRAY, 1.0)[0])[1] == 1
    assert [blue_grounds(run.network(step // 10))[1] for step in (90, 600)] == [1, 2]


def test_copies_of_the_dot_are_learned_from_as_well():
    X, y = experiments.moons_with((0.1, 0.2), ((0.5, 1.5), (2.0, 1.0)))
    assert X[:, [0, 40, 41]].T.tolist() == [[0.1, 0.2], [0.5, 1.5], [2.0, 1.0]]
    assert y[0, [0, 40, 41]].tolist() == [0, 0, 0]
    assert np.array_equal(X[:, 1:40], experiments.few_moons()[0][:, 1:])
    blue = [1 - experiments.fitted(ASTRAY, 1.0, (ASTRAY,) * copies)[1] for copies in (0, 3, 9)]
    assert blue == pytest.approx([0.13, 0.5, 0.8], abs=0.07)


@pytest.mark.parametrize("price", ["L2", "L1"])
def test_the_cheapest_weights_cost_less_than_their_neighbours(price):
    measure = {"L2": lambda w: (w**2).sum(axis=0), "L1": lambda w: np.abs(w).sum(axis=0)}[price]
    angles = np.linspace(0, 2 * np.pi, 17)
    around = 1e-3 * np.stack([np.cos(angles), np.sin(angles)])
    for rate in (0.01, 0.3, 1.0, 10.0, 100.0):
        w = experiments.cheapest([rate], price)
        here, near = (experiments.data_cost(x) + rate / 2 * measure(x) for x in (w, w + around))
        assert (here < near).all()


def test_l1_sets_weights_to_0_and_l2_does_not():
    rates = np.geomspace(0.01, 100, 21)
    l1, l2 = experiments.cheapest(rates, "L1"), experiments.cheapest(rates, "L2")
    assert (l2 > 0).all()
    assert (experiments.cheapest([1.0], "L1")[1] == 0) & (experiments.cheapest([1.0], "L1")[0] > 1)
    assert (l1[:, rates > 5] == 0).all()


def test_l2_leaves_of_each_direction_what_its_curvature_earns():
    values, directions = np.linalg.eigh(experiments.CURVATURE)
    assert values == pytest.approx([0.2, 1.9], abs=0.01)
    for rate in (0.1, 1.0):
        kept = directions.T @ experiments.cheapest([rate], "L2")[:, 0]
        assert kept / (directions.T @ experiments.BEST) == pytest.approx(values / (values + rate))


def test_without_lambda_blue_follows_the_dot_but_for_places_close_to_orange_points():
    places = [(x, y) for x in np.linspace(-1.5, 2.5, 5) for y in np.linspace(-1.2, 1.8, 4)]
    oranges = [experiments.fitted((float(x), float(y)), 0.0)[1] for x, y in places]
    assert max(oranges) < 0.5
    X, y = experiments.few_moons()
    close = [experiments.fitted((float(a), float(b) + 0.03), 0.0)[1] for a, b in X[:, y[0] == 1].T]
    assert max(close) > 0.55


def test_lambda_10_leaves_nothing_of_forty_points():
    network, orange, _ = experiments.fitted(ASTRAY, 10.0)
    assert orange == pytest.approx(0.5, abs=0.01)
    assert max(np.abs(W).max() for W in network.weights) < 0.01


@pytest.fixture(scope="module")
def found():
    return experiments.compared()


def test_ten_draws_agree_about_lambda_within_a_factor_of_ten(found):
    best = [chosen["lambda_"] for chosen in found.chosen]
    assert [best.count(value) for value in (0.1, 0.3, 1.0)] == [1, 6, 3]
    assert best[0] == 1.0
    assert found.by_lambda.argmax(axis=1).tolist() == [len(experiments.LAMBDAS) - 1] * 10


def test_the_valley_has_a_flat_floor(found):
    percent = dict(zip(experiments.LAMBDAS, 100 * np.median(found.by_lambda, axis=0), strict=True))
    assert min(percent, key=percent.get) == 0.3
    assert abs(percent[1.0] - percent[0.3]) == pytest.approx(1, abs=0.1)
    inside = [percent[x] for x in (0.1, 0.3, 1.0, 3.0)]
    assert max(inside) - min(inside) == pytest.approx(4, abs=0.2)
    assert 100 * np.ptp(found.by_lambda[:, 3]) == pytest.approx(5, abs=0.5)  # at 0.3
    assert percent[0.01] == pytest.approx(14, abs=0.5)
    plain = [1 - experiments.MoonsRun(seed).curves()[1, -1] for seed in range(10)]
    assert 100 * np.median(plain) == pytest.approx(15, abs=0.4)
    assert percent[30.0] == 50
    network = experiments.MoonsRun().network(lambda_=30.0)
    assert size(network) < 0.2


def test_what_is_bundled_can_be_had_again(found):
    by_lambda, chosen, test = experiments.choose(9)
    np.testing.assert_allclose(by_lambda, found.by_lambda[9], atol=0.01)
    np.testing.assert_allclose(test, found.test[9], atol=0.02)
    assert chosen[0] == found.chosen[9]["lambda_"]
    assert isinstance(found.chosen[9]["step"], int)


def test_seeds_beyond_those_bundled_are_trained(found):
    more = experiments.compared(37)
    assert more.by_lambda.shape == (37, len(experiments.LAMBDAS))
    np.testing.assert_array_equal(more.test[:10], found.test)
    assert more.chosen[:10] == found.chosen
    assert len(experiments.compared(3).chosen) == 3


def standard_errors(gains):
    return gains.std(axis=0, ddof=1) / np.sqrt(len(gains))


def test_ten_draws_do_not_settle_which_method_is_best(found):
    percent = 100 * found.test
    apart = np.stack([percent[:, b] - percent[:, a] for a, b in ((1, 2), (1, 3), (2, 3))], axis=1)
    assert apart.mean(axis=0) == pytest.approx([0.2, 0.6, 0.4], abs=0.05)
    assert standard_errors(apart) == pytest.approx([0.3, 0.3, 0.4], abs=0.05)
    assert (apart.mean(axis=0) < 2.2 * standard_errors(apart)).all()


def test_twenty_six_more_draws_do():
    percent = 100 * experiments.compared(36).test[10:]
    behind = percent[:, 2:] - percent[:, [1]]  # dropout, early stopping: behind L2
    assert behind.mean(axis=0) == pytest.approx([0.9, 1.0], abs=0.05)
    assert standard_errors(behind) == pytest.approx([0.28, 0.25], abs=0.03)
    assert (behind.mean(axis=0) > 3 * standard_errors(behind)).all()


def test_each_method_gains_about_three_points_of_fifteen(found):
    percent = 100 * found.test
    assert percent.mean(axis=0) == pytest.approx([15.1, 11.8, 12.0, 12.4], abs=0.05)
    gains = percent[:, :1] - percent[:, 1:]
    assert gains.mean(axis=0) == pytest.approx([3.3, 3.1, 2.7], abs=0.05)
    assert standard_errors(gains) == pytest.approx([1.0, 0.9, 0.9], abs=0.05)
    assert (gains > 0).sum(axis=0).tolist() == [9, 9, 9]
    assert gains.max() == pytest.approx(9, abs=0.05)
    assert gains.argmax(axis=0).tolist()[0] == percent[:, 0].argmax() == 0
    assert gains.min() > -1


def test_a_straight_training_ends_where_the_one_by_frames_does():
    run = experiments.MoonsRun(3)
    dev, test = experiments._straight(3, experiments.Settings(lambda_=0.3))
    assert (dev, test) == (run.accuracies(lambda_=0.3)[1], run.test(lambda_=0.3))


def test_masks_make_the_cost_rise_now_and_then():
    for keep_prob, expected in ((1.0, [0, 0]), (0.5, [25, 10])):
        costs = experiments.costs_with_and_without_masks(keep_prob)
        assert [int((np.diff(c) > 0).sum()) for c in costs] == expected


def test_the_moments_of_shrinking_say_the_factor_they_have():
    kept = [figures._kept(**at) for at, _ in figures.MOMENTS["shrinking"].values()]
    assert kept == pytest.approx([0.95, 0.5, -0.5, -1.4])


def test_what_is_left_of_a_weight_of_2_after_100_steps():
    assert pytest.approx(0.0118, abs=5e-5) == 2 * 0.95**100


def size(network):
    return np.sqrt(sum((W**2).sum() for W in network.weights))


def test_dropout_shrinks_the_weights_and_l2_does_so_more():
    runs = [experiments.MoonsRun(seed) for seed in range(5)]
    for settings, low, high in (
        ({}, 22.5, 29.5),
        ({"keep_prob": 0.5}, 16, 20.5),
        ({"lambda_": 0.3}, 5.5, 8),
    ):
        sizes = [size(run.network(**settings)) for run in runs]
        assert low < min(sizes) < max(sizes) < high


def test_stopped_at_the_same_cost_a_network_without_dropout_has_smaller_weights():
    sizes = []
    for seed in range(5):
        run = experiments.MoonsRun(seed)
        dropped = run.network(keep_prob=0.5)
        cost, largest = dropped.cost(run.X, run.y), size(dropped)
        plain = ((network.cost(run.X, run.y), size(network)) for _, network in run.reach(60))
        sizes.append(next(now for at, now in plain if at <= cost))
        assert sizes[-1] < largest
    assert 12.5 < min(sizes) < max(sizes) < 17.5


def test_x14_without_division_z_is_four_times_too_large_and_accuracy_does_not_tell(run):
    network = run.network(keep_prob=0.5)
    other = experiments.never_divided(network, 0.5)
    assert network.weights[0] == pytest.approx(other.weights[0])
    assert other.weights[1] == pytest.approx(2 * network.weights[1])
    X, y = run.X_dev, run.y_dev
    z = [np.abs(each.inference(X)).mean() for each in (network, other)]
    assert z[1] / z[0] == pytest.approx(4, rel=0.05)
    assert other.cost(X, y) == pytest.approx(2 * network.cost(X, y), rel=0.1)
    assert network.accuracy(X, y) - other.accuracy(X, y) == pytest.approx(0.014, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_never_divided_the_cost_is_two_to_four_times_as_high(seed):
    run = experiments.MoonsRun(seed)
    network = run.network(keep_prob=0.5)
    twice = experiments.never_divided(network, 0.5)
    cost, undivided = (each.cost(run.X_dev, run.y_dev) for each in (network, twice))
    right, as_often = (each.accuracy(run.X_dev, run.y_dev) for each in (network, twice))
    assert 1.9 < undivided / cost < 4.3
    assert as_often == pytest.approx(right, abs=0.03)
