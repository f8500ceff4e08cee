"""Pictures of learning rate decay: what they say and how they move."""

from functools import partial

import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy.special import ndtr

from course_utils.experiments import digit_tuning
from course_utils.experiments import learning_rate_decay as experiments
from course_utils.figures import learning_rate_decay as figures
from course_utils.support import validation
from course_utils.widgets.live_picture import LivePicture
from tests.figures.grips import off_target
from tests.figures.words import words_of
from tests.thorough import once_a_week


def test_constant_hovers_with_decay_it_settles_o7():
    hovers = figures.final_distance("constant", 0.2, 1.0)
    settles = figures.final_distance("1 / (1 + rate · epoch)", 0.2, 1.0)
    assert np.median(settles) < np.median(hovers) / 3
    longer = figures.final_distance("constant", 0.2, 1.0, epochs=240)
    assert np.median(longer) > np.median(hovers) / 2


def test_twenty_runs_hover_between_the_distances_that_the_answer_names():
    points = experiments.noisy_descent(np.full(60, 0.2), noise=1.0, seeds=20)[50::10]
    medians = np.median(np.hypot(points[:, 0], points[:, 1]), axis=1)
    assert medians.min() == pytest.approx(0.2, abs=0.05)
    assert medians.max() == pytest.approx(0.5, abs=0.05)


def test_from_two_over_the_curvature_on_noise_carries_descent_away():
    _, noise = experiments.start_and_noise(np.full(60, 2 / experiments.KAPPA))
    assert noise[-1] == pytest.approx(12.3, abs=0.1)
    assert noise[-1] / noise[15] == pytest.approx(2, abs=0.02), "it grows as the root of the time"


def test_a_readout_holds_at_the_ends_of_the_sliders():
    live = LivePicture(figures.curves)
    said = live.draw({"epoch": 4, "name": "1 / √epoch", "alpha0": 0.2, "rate": 0.05})
    assert said.startswith("α₀ · k/√epoch, at most α₀, with k = 4.47: α = 0.2000 in epoch 4")
    late = {"epoch": 60, "alpha0": 0.01, "rate": 20.0}
    for name in ("1 / (1 + rate · epoch)", "exponential", "staircase"):
        assert "α is under 0.0001 in epoch 60" in live.draw({**late, "name": name})
    assert "α = 0.0000 in epoch 60" in live.draw({**late, "name": "cosine"})


def test_an_exponential_keeps_noise_and_nothing_of_the_start():
    start, noise = experiments.start_and_noise(
        figures.schedule("exponential", 0.2, 1.0)(np.arange(600))
    )
    assert start[-1] < 1e-9
    assert noise[-1] == pytest.approx(noise[60], rel=0.1)
    assert noise[-1] > 0.05


def test_where_decay_loses_o7():
    too_fast = figures.final_distance("1 / (1 + rate · epoch)", 0.02, 10.0)
    assert too_fast.min() > 1
    constant = figures.final_distance("constant", 0.02, 10.0)
    assert constant.max() < too_fast.min()


def test_without_noise_a_constant_alpha_comes_as_near_as_one_likes():
    points = figures.noisy_descent(np.full(60, 0.2), noise=0.0)
    assert np.hypot(*points[-1]).item() < 1e-12


def test_runs_side_by_side_differ_and_divergence_is_said():
    points = figures.noisy_descent([0.1], noise=1.0, seeds=3)
    assert points.shape == (11, 2, 3)
    assert len(np.unique(points[-1, 0])) == 3
    live = LivePicture(figures.settling)
    words = live.draw({"epoch": 60, "name": "constant", "alpha0": 0.55, "rate": 1.0})
    assert words.endswith("diverged")


def test_where_descent_settles_the_readout_says_what_the_rate_makes_of_the_schedule():
    live = LivePicture(figures.settling)
    for name, formula in (
        ("constant", "α₀, whatever the rate, with α₀ = 0.2"),
        ("cosine", "α₀ (1 + cos(π epoch/60))/2, whatever the rate, with α₀ = 0.2"),
        ("1 / (1 + rate · epoch)", "α₀ / (1 + 3 · epoch), with α₀ = 0.2"),
    ):
        said = live.draw({"epoch": 60, "name": name, "alpha0": 0.2, "rate": 3.0})
        assert said.startswith(f"{formula}, epoch 60: 0.")


@pytest.mark.parametrize("name", figures.NAMES)
def test_the_ends_of_runs_are_those_of_runs_followed_step_by_step(name):
    alphas = figures.schedule(name, 0.2, 1.0)(np.arange(60))
    followed = experiments.noisy_descent(alphas, noise=1.0, seeds=20)[-1]
    ends = experiments.noisy_ends(alphas, noise=1.0, seeds=20)
    np.testing.assert_allclose(ends, followed, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", figures.NAMES)
def test_likely_ends_are_spread_as_those_of_runs(name):
    alphas = figures.schedule(name, 0.2, 1.0)(np.arange(60))
    ends = experiments.noisy_ends(alphas, noise=1.0, seeds=2000)
    likely = experiments.likely_ends(alphas, noise=1.0)
    spread = ends.std(axis=1)
    assert likely.std(axis=1) == pytest.approx(spread, rel=0.06)
    assert (np.abs(likely.mean(axis=1) - ends.mean(axis=1)) < spread / 9).all()
    still = experiments.noisy_ends(alphas, noise=0.0, seeds=1)
    assert (experiments.likely_ends(alphas, noise=0.0) == still).all()


@pytest.mark.parametrize("name", figures.NAMES)
@pytest.mark.parametrize(("alpha0", "rate"), [(0.2, 1.0), (0.02, 10.0)])
def test_half_of_all_runs_end_nearer_than_the_typical_distance(name, alpha0, rate):
    """By the notebook's recursion for mean and variance, and an integral over the first place."""
    mean, variance, c = np.array(experiments.START), np.zeros(2), np.array([1, experiments.KAPPA])
    for alpha in figures.schedule(name, alpha0, rate)(np.arange(60)).repeat(10):
        mean, variance = (1 - alpha * c) * mean, (1 - alpha * c) ** 2 * variance + alpha**2
    u, spread = np.linspace(-8, 8, 20_001), np.sqrt(variance)
    far = figures.typical_distance(name, alpha0, rate, epochs=60)
    left = far**2 - (mean[0] + spread[0] * u) ** 2
    half = np.sqrt(np.maximum(left, 0))
    within = ndtr((half - mean[1]) / spread[1]) - ndtr((-half - mean[1]) / spread[1])
    nearer = np.sum(within * (left > 0) * np.exp(-(u**2) / 2)) / np.sum(np.exp(-(u**2) / 2))
    assert nearer == pytest.approx(0.5, abs=0.003)


@pytest.mark.parametrize("epochs", [60, 6000])
def test_runs_that_diverge_end_at_the_border(epochs):
    alphas = np.full(epochs, 2.5)
    assert (np.abs(experiments.noisy_ends(alphas, noise=1.0, seeds=3)) == 1e6).all()
    assert (np.abs(experiments.likely_ends(alphas, noise=1.0)) == 1e6).all()


@pytest.mark.parametrize("name", figures.NAMES)
def test_every_schedule_of_the_pictures_starts_at_alpha0(name):
    assert figures.schedule(name, 0.3, 0.5)(0) == pytest.approx(0.3)


def test_by_hand_divides_twice():
    away = figures.hand_made(10, 30, 0.2)
    assert away.shape == (figures.EPOCHS + 1, 20)
    assert np.median(away[-1]) < np.median(away[9]) / 3


_OTHERS = {"epoch": 30, "alpha0": 0.1, "rate": 0.5, "first": 9, "second": 40}
HELD = {
    f"{figure.__name__}, {name}, α₀ {alpha0}, rate {rate}, epoch {epoch}": (
        figure,
        {"epoch": epoch, "name": name, "alpha0": alpha0, "rate": rate},
    )
    for figure in (figures.curves, figures.settling)
    for name in figures.NAMES
    for epoch, alpha0, rate in ((4, 0.2, 1.0), (60, 0.5, 0.05), (1, 0.01, 20.0))
} | {
    f"by hand, {first} and {second}": (
        figures.by_hand,
        {"first": first, "second": second, "alpha0": 0.2},
    )
    for first, second in ((1, 60), (60, 1), (20, 40))
}


@pytest.mark.parametrize(("figure", "values"), HELD.values(), ids=HELD)
def test_every_handle_lies_on_what_it_moves(figure, values):
    assert off_target(figure, values, _OTHERS) == []


def test_start_and_noise_are_what_many_runs_have():
    alphas = figures.schedule("1 / (1 + rate · epoch)", 0.1, 0.3)(np.arange(8))
    start, noise = experiments.start_and_noise(alphas)
    runs = experiments.noisy_descent(alphas, noise=1.0, seeds=4000)[:: experiments.STEPS_AN_EPOCH]
    assert start == pytest.approx(np.hypot(*runs.mean(axis=2).T), abs=0.02)
    assert noise == pytest.approx(np.sqrt(runs.var(axis=2).sum(axis=1)), rel=0.04, abs=1e-9)


def test_a_constant_alpha_hovers_at_the_distance_of_the_formula():
    _, noise = experiments.start_and_noise(np.full(60, 0.2))
    a, c = 0.2, np.array([1.0, experiments.KAPPA])
    assert noise[-1] == pytest.approx(np.sqrt((a / (c * (2 - a * c))).sum()))
    assert noise[-1] == pytest.approx(0.391, abs=5e-4)


def test_forces_say_which_of_the_two_is_left():
    live = LivePicture(figures.forces)
    slow = live.draw({"name": "1 / (1 + rate · epoch)", "alpha0": 0.02, "rate": 10.0})
    assert slow.endswith("left of the start 3.047, added by the noise 0.063")
    assert live.draw({"name": "constant", "alpha0": 0.2, "rate": 1.0}).endswith(
        "left of the start nothing, added by the noise 0.391"
    )
    lost = live.draw({"name": "constant", "alpha0": 0.5, "rate": 1.0})
    assert "added by the noise" in lost
    assert live.draw({"name": "constant", "alpha0": 0.51, "rate": 1.0}).endswith("diverged")


def test_an_operator_who_never_moves_alpha_sees_the_runs_of_noisy_descent():
    run = experiments.Operator()
    live = LivePicture(partial(figures.operator, run=run))
    live.draw({"epoch": 60, "alpha": 0.2})
    points = experiments.noisy_descent(np.full(60, 0.2), noise=1.0, seeds=20)
    assert run.line.states[-1].theta == pytest.approx(points[-1])
    live.update.forget()
    live.draw({"epoch": 20, "alpha": 0.2})
    said = live.draw({"epoch": 60, "alpha": 0.02})
    away = figures.hand_made(20, 99, 0.2)
    assert f"epoch 60: {np.median(away[-1]):.3f} away" in said
    assert said.endswith("; no epoch is left for α = 0.02; α was changed after epoch 20")
    assert live.draw({"epoch": 60, "alpha": 0.002}).endswith(
        "; no epoch is left for α = 0.002; α was changed after epoch 20"
    )
    said = live.draw({"epoch": 59, "alpha": 0.02})
    assert said.endswith("; the next epoch is made with α = 0.02; α was changed after epoch 20")
    said = live.draw({"epoch": 59, "alpha": 0.002})
    assert said.endswith("made with α = 0.002; α was changed after epochs 20 and 59")


@pytest.mark.parametrize("epoch", [0, 30, 60])
def test_the_operators_rings_lie_on_what_they_move(epoch):
    figure = partial(figures.operator, run=experiments.Operator())
    values = {"epoch": epoch, "alpha": 0.02}
    assert off_target(figure, values, {"epoch": 10, "alpha": 0.2}) == []


def test_what_60_600_and_6000_epochs_make_of_the_schedules():
    """Robbins and Monro's promise is about many epochs: the exponential stops, 1/t goes on."""
    ends = {
        (name, epochs): figures.typical_distance(name, 0.2, 1.0, epochs=epochs)
        for name in ("constant", "1 / (1 + rate · epoch)", "exponential")
        for epochs in (60, 600, 6000)
    }
    assert ends["1 / (1 + rate · epoch)", 60] == pytest.approx(0.03937, abs=0.0001)
    assert ends["exponential", 60] == pytest.approx(0.03905, abs=0.0001)
    assert ends["1 / (1 + rate · epoch)", 600] == pytest.approx(0.01248, abs=0.0001)
    assert ends["1 / (1 + rate · epoch)", 6000] == pytest.approx(0.0039, abs=0.0001)
    assert ends["exponential", 6000] == pytest.approx(0.0355, abs=0.0002)
    assert ends["constant", 6000] > 0.25


@pytest.mark.parametrize(
    "run", [("constant", 0.01, 1, "Adam", 16), ("1 / (1 + epoch / 2)", 0.6, 2, "descent", 8)]
)
def test_bundled_scores_can_be_had_again(run):
    *where, optimizer, size = run
    bundled = experiments.on_digits(*where, optimizer=optimizer, size=size)
    again = experiments.trained_on_digits(*run)
    assert again[:2] == pytest.approx(bundled[:2], rel=0.02)
    assert again.wrong == pytest.approx(bundled.wrong, abs=1)


def test_on_the_digits_alpha0_matters_more_than_the_schedule():
    def middle(name, alpha0):
        return np.median([experiments.on_digits(name, alpha0, s).validation_cost for s in range(5)])

    assert 0.15 < middle("constant", 0.01) < 0.20
    assert 0.14 < middle("cosine", 0.01) < 0.18
    assert middle("constant", 0.03) > 1.3 * middle("cosine", 0.03)
    assert middle("cosine", 0.1) > 1.9 * middle("cosine", 0.01), "a factor of two or more"
    assert middle("constant", 0.1) > 3 * middle("constant", 0.01)
    assert middle("cosine", 0.003) > 1.05 * middle("constant", 0.003)


def test_from_too_small_an_alpha0_a_cosine_has_not_come_far_enough_after_twenty_epochs():
    def cost(epochs, seed):
        full = digit_tuning.completed({"size": 16})
        run = digit_tuning.start(full, validation.seeded(seed))
        for epoch in range(epochs):
            alpha = 0.0015 * (1 + np.cos(np.pi * epoch / epochs))
            run.optimizer = digit_tuning.optimizer({**full, "alpha": alpha})
            run.run_epoch()
        return run.network.cost(*digit_tuning.sets().validation)

    twenty, thirty = (np.median([cost(epochs, s) for s in range(5)]) for epochs in (20, 30))
    known = [experiments.on_digits("cosine", 0.003, s).validation_cost for s in range(5)]
    assert twenty == pytest.approx(np.median(known), rel=0.02)
    assert thirty < 0.95 * twenty


def _middle_of_twenty(name, alpha0):
    return np.median([experiments.on_digits(name, alpha0, s).validation_cost for s in range(20)])


@once_a_week
@pytest.mark.parametrize(
    ("name", "best", "others"),
    [("constant", 0.004, (0.002, 0.003, 0.006, 0.01)), ("cosine", 0.008, (0.004, 0.006, 0.015))],
)
def test_no_other_alpha0_brings_a_clearly_lower_validation_cost(name, best, others):
    least = min(_middle_of_twenty(name, alpha0) for alpha0 in others)
    assert _middle_of_twenty(name, best) < least + 0.002


@once_a_week
def test_a_cosine_does_hardly_better_than_a_constant_of_half_its_alpha0():
    for half, constant, cosine in ((0.004, 0.161, 0.154), (0.015, 0.19, 0.18)):
        found = _middle_of_twenty("constant", half), _middle_of_twenty("cosine", 2 * half)
        assert found == pytest.approx((constant, cosine), abs=0.008)
        assert 1 < found[0] / found[1] < 1.1


def test_the_moments_say_what_the_pictures_show():
    curves, forces = figures.MOMENTS["curves"], figures.MOMENTS["forces"]
    for name, alpha in (
        ("the lecture's", "0.0400"),
        ("where they cross", "0.0049"),
        ("the lecture's 0.95", "0.1010"),
    ):
        assert f"α = {alpha}" in words_of(figures.curves, curves[name][0])
    before, after = (figures.schedule(name, 0.2, 1.0) for name in figures.NAMES[1:3])
    assert before(38) < after(38)
    assert before(39) > after(39)
    start, noise = experiments.start_and_noise(np.full(60, 0.02))
    assert np.flatnonzero(start < noise)[0] == 18
    start, noise = experiments.start_and_noise(0.2 / (1 + np.arange(60)))
    assert np.flatnonzero(start < noise)[0] == 2
    drawn = words_of(figures.forces, forces["too fast"][0])
    assert "left of the start 3.047" in drawn


@pytest.mark.parametrize(
    ("alpha0", "rate", "c"),
    [(0.02, 10, 1), (0.02, 10, 4), (0.2, 10, 1), (0.05, 5, 1), (0.2, 1, 1), (0.1, 2, 4)],
)
def test_1_over_t_is_slow_where_ten_c_alpha0_over_the_rate_is_below_one_half(alpha0, rate, c):
    """Start and noise fade by the factor of the epochs to a power, late noise by its root."""
    p = experiments.STEPS_AN_EPOCH * c * alpha0 / rate
    schedule = figures.schedule("1 / (1 + rate · epoch)", alpha0, rate)
    steps = np.repeat(schedule(np.arange(6000)), experiments.STEPS_AN_EPOCH)

    def left_after(epochs):
        alphas = steps[: epochs * experiments.STEPS_AN_EPOCH]
        onwards = np.cumprod((1 - alphas * c)[::-1])[::-1]
        added = alphas * np.append(onwards[1:], 1.0)
        late = added[len(added) // 2 :]
        return np.abs(onwards[0]), np.linalg.norm(late), np.linalg.norm(added)

    start, late, noise = np.log10(np.divide(left_after(600), left_after(6000)))
    assert start == pytest.approx(p, rel=0.01)
    assert late == pytest.approx(0.5, rel=0.02)
    assert noise == pytest.approx(min(p, 0.5), rel=0.02)


def test_where_alpha_falls_too_fast_1_over_root_arrives_and_1_over_t_does_not():
    ends = [
        figures.typical_distance(name, 0.02, 10.0, epochs=6000)
        for name in ("1 / (1 + rate · epoch)", "constant", "1 / √epoch")
    ]
    assert ends == pytest.approx([2.755, 0.088, 0.00568], rel=0.002)


def test_what_was_tuned_on_twenty_runs_is_worth_less_on_others():
    def ends(seeds):
        inverse = figures.final_distance(figures.NAMES[1], 0.2, 1.0, seeds=seeds)
        hands = [figures.hand_made(*pair, 0.2, seeds=seeds)[-1] for pair in ((6, 10), (3, 15))]
        return [np.median(away) for away in (inverse, *hands)]

    assert ends(20) == pytest.approx((0.045, 0.024, 0.043), abs=5e-4)
    assert ends(2000) == pytest.approx((0.040, 0.049, 0.039), abs=5e-4)
    assert np.median(figures.hand_made(1, 50, 0.2)[-1]) == pytest.approx(0.074, abs=5e-4)


def _all_pairs(step=1):
    return [(first, second) for first in range(1, 60, step) for second in range(first, 61, step)]


def _ends(pairs, seeds):
    """Return the median distance at the end for pairs of divisions, all of them side by side."""
    shaken = np.random.default_rng(7).standard_normal((600, 2, 1, seeds))
    theta = np.tile([[[-4.0]], [[2.0]]], (1, len(pairs), seeds))
    for t in range(600):
        divisions = np.sum(np.array(pairs) <= t // 10, axis=1)
        gradient = np.array([[[1.0]], [[4.0]]]) * theta + shaken[t]
        theta = theta - (0.2 * 0.1**divisions)[:, None] * gradient
    return dict(zip(pairs, np.median(np.hypot(*theta), axis=1), strict=True))


def test_no_pair_of_divisions_is_better_on_the_twenty():
    ends = _ends(_all_pairs(), 20)
    assert ends[24, 36] == pytest.approx(np.median(figures.hand_made(24, 36, 0.2)[-1]))
    assert min(ends, key=ends.get) == (6, 10)
    assert sum(away < 0.035 for away in ends.values()) > 3  # the challenge can be reached


def test_no_pair_of_divisions_is_better_on_three_hundred_others():
    near = [(first, second) for first in range(1, 8) for second in range(11, 22)]
    ends = _ends(near + _all_pairs(5), 300)
    assert min(ends, key=ends.get) == (3, 15)
    assert ends[3, 15] == pytest.approx(np.median(figures.hand_made(3, 15, 0.2, seeds=300)[-1]))


def test_by_hand_says_after_how_many_epochs_it_divides():
    said = words_of(figures.by_hand, {"first": 1, "second": 50, "alpha0": 0.2})
    assert said == "α₀ = 0.2, ÷ 10 after 1 and after 50 epochs: 0.074 away"


def test_the_dotted_line_stands_where_the_challenge_asks():
    fig = Figure()
    figures.by_hand(fig)
    levels = [line.get_ydata()[0] for line in fig.axes[0].lines if line.get_ls() == ":"]
    assert levels == [0.035]


def test_the_best_alpha_of_the_next_step_falls_like_1_over_t():
    def after(alpha):
        return (1 - alpha * c) ** 2 * left + alpha**2

    left, c, steps = 16.0, 2.0, 400
    for _ in range(steps):
        best = c * left / (1 + c**2 * left)
        assert after(best) == pytest.approx(left / (1 + c**2 * left))
        assert after(best) < min(after(0.99 * best), after(1.01 * best))
        left = after(best)
    assert best * c * steps == pytest.approx(1, rel=0.01)


def _costs(name, alpha0, seeds=5):
    trained = partial(experiments.on_digits, name, alpha0, optimizer="descent", size=8)
    return np.array([trained(seed).cost for seed in range(seeds)])


def _middle(name, alpha0):
    return np.median(_costs(name, alpha0))


@once_a_week
def test_close_to_too_large_an_alpha_a_run_is_now_and_then_thrown_back():
    costs = _costs("constant", 0.6, seeds=30)
    thrown = costs > 5 * np.median(costs)
    assert thrown.mean() == pytest.approx(1 / 6, abs=0.12)


def _descended(name, seed, alpha0=0.6, **asked):
    """Return the network that descent with mini-batches of 8 leads to, from an alpha of 0.6."""
    full = digit_tuning.completed({"optimizer": "descent", "size": 8} | asked)
    run, schedule = digit_tuning.start(full, validation.seeded(seed)), experiments.SCHEDULES[name]
    for epoch in range(experiments.DIGIT_EPOCHS):
        run.optimizer = digit_tuning.optimizer({**full, "alpha": schedule(alpha0)(epoch)})
        run.run_epoch()
    return run.network


def _sure_of_wrong_answers(name, seeds=9, **asked):
    """Return how sure networks are of the validation digits that they get wrong, in the median."""
    (X, Y), sure = digit_tuning.sets().validation, []
    for seed in range(seeds):
        y_hat = _descended(name, seed, **asked).predict(X)
        wrong = y_hat.argmax(axis=0) != Y.argmax(axis=0)
        sure.append(y_hat.max(axis=0)[wrong].mean())
    return np.median(sure)


@once_a_week
def test_the_further_the_training_cost_falls_the_surer_are_wrong_answers():
    constant, falling, cosine = map(_sure_of_wrong_answers, experiments.SCHEDULES)
    assert falling + 0.05 < constant
    assert falling < cosine < constant


@once_a_week
def test_where_a_cosine_gains_a_little_with_adam_it_is_less_sure_of_wrong_answers():
    adam = partial(_sure_of_wrong_answers, alpha0=0.01, optimizer="Adam", size=16)
    assert adam("cosine") + 0.03 < adam("constant")


def _times_as_high_a_training_cost(alpha0, seeds):
    """Return the training cost that Adam ends with by a cosine, over that by a constant alpha."""
    costs = (
        [experiments.on_digits(name, alpha0, seed).cost for seed in range(seeds)]
        for name in ("cosine", "constant")
    )
    cosine, constant = map(np.median, costs)
    return cosine / constant


def test_where_a_cosine_gains_a_little_with_adam_its_training_cost_is_higher():
    assert _times_as_high_a_training_cost(0.01, seeds=5) == pytest.approx(3, abs=1)
    assert _times_as_high_a_training_cost(0.1, seeds=5) < 0.5


@once_a_week
def test_over_more_seeds_a_cosine_with_adam_costs_as_much_in_training():
    assert _times_as_high_a_training_cost(0.01, seeds=20) == pytest.approx(3, abs=0.6)
    assert _times_as_high_a_training_cost(0.1, seeds=20) < 0.3


@once_a_week
@pytest.mark.parametrize("name", experiments.SCHEDULES)
def test_most_runs_of_descent_fit_all_training_digits_but_two_at_most(name):
    X, Y = digit_tuning.sets().training
    wrong = [round(X.shape[1] * (1 - _descended(name, seed).accuracy(X, Y))) for seed in range(15)]
    assert np.mean(np.array(wrong) <= 2) > 0.6
    assert np.median(wrong) <= 1


def test_where_the_noise_vanishes_decay_only_costs():
    cost = {name: _middle(name, 0.6) for name in experiments.SCHEDULES}
    assert cost["constant"] < cost["cosine"] / 1.5 < cost["1 / (1 + epoch / 2)"] / 3


@once_a_week
def test_where_the_noise_vanishes_the_validation_cost_is_lower_with_decay():
    trained = partial(experiments.on_digits, alpha0=0.6, optimizer="descent", size=8)
    scores = {
        name: np.array([trained(name, seed=seed) for seed in range(20)])
        for name in experiments.SCHEDULES
    }
    middle = {name: np.median(each, axis=0) for name, each in scores.items()}
    _, steady, wrong = middle.pop("constant")
    assert steady == pytest.approx(0.23, abs=0.03)
    assert middle["1 / (1 + epoch / 2)"][1] == pytest.approx(0.18, abs=0.015)
    smaller = [trained("constant", alpha0=0.3, seed=seed).validation_cost for seed in range(20)]
    assert np.median(smaller) == pytest.approx(0.18, abs=0.015)
    for _, falling, as_wrong in middle.values():
        assert falling < 0.93 * steady
        assert as_wrong == pytest.approx(wrong, abs=2)


@once_a_week
@pytest.mark.parametrize("name", experiments.SCHEDULES)
def test_0_6_is_the_best_alpha_of_all_schedules_for_the_training_digits(name):
    assert _middle(name, 0.6) < min(_middle(name, 0.3), _middle(name, 1.0))
