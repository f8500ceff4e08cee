"""The tuning process: probabilities, importance, and what the bundled studies say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils import search
from course_utils.experiments import digit_tuning, searches
from course_utils.experiments import tuning_process as tuning
from course_utils.support import evaluation, trials
from tests.thorough import once_a_week
from tests.tools import bundle_tuning


def test_hits_of_the_lecture_t3():
    assert tuning.grid_hit(0.1, 3) == pytest.approx(0.30)
    assert tuning.random_hit(0.1, 9) == pytest.approx(0.613, abs=5e-4)
    assert tuning.grid_hit(0.05, 5) == pytest.approx(0.25)
    assert tuning.random_hit(0.05, 25) == pytest.approx(0.723, abs=5e-4)


def test_sixty_trials_t4():
    assert tuning.random_hit(0.05, 60) == pytest.approx(0.954, abs=5e-4)
    assert tuning.random_hit(0.05, 58) == pytest.approx(0.949, abs=5e-4)
    assert tuning.trials_needed(0.05, 0.95) == 59


@given(st.floats(0.001, 0.9), st.floats(0.01, 0.999))
def test_as_many_as_needed_and_no_more(share, probability):
    n = tuning.trials_needed(share, probability)
    assert tuning.random_hit(share, n) >= probability - 1e-9
    assert tuning.random_hit(share, n - 1) < probability + 1e-9


def test_an_exact_number_of_trials_is_not_rounded_up():
    assert tuning.trials_needed(0.5, 0.75) == 2
    assert tuning.trials_needed(0.1, 1 - 0.9**7) == 7


@pytest.mark.parametrize(("share", "probability"), [(0, 0.5), (1, 0.5), (0.5, 1), (0.5, 0)])
def test_impossible_numbers_of_trials_are_refused(share, probability):
    with pytest.raises(ValueError, match=r"0 < \w+ < 1 must hold, but got \w+=[01]"):
        tuning.trials_needed(share, probability)


def test_sixteen_trials_make_a_grid_of_four_by_four():
    values = [len({c["x"] for c in searches.grid(searches.UNIT, n, None)}) for n in (9, 16, 25, 64)]
    assert values == [3, 4, 5, 8]


def test_variance_explained_of_known_shares():
    rng = np.random.default_rng(0)
    u, noise = rng.random((20_000, 3)), rng.normal(size=20_000)
    values = 3 * np.sin(6 * u[:, 0]) + u[:, 1] + noise
    parts = np.array([np.var(3 * np.sin(6 * u[:, 0])), 1 / 12, 0]) / np.var(values)
    found = [tuning.variance_explained(column, values, bins=20) for column in u.T]
    np.testing.assert_allclose(found, parts, atol=0.02)


def test_nothing_explained_is_zero_on_average():
    rng = np.random.default_rng(0)
    found = [tuning.variance_explained(rng.random(100), rng.normal(size=100)) for _ in range(500)]
    assert np.mean(found) == pytest.approx(0, abs=0.01)


def test_all_explained_by_a_hyperparameter_of_three_values():
    u = np.repeat([1 / 6, 1 / 2, 5 / 6], 10)
    assert tuning.variance_explained(u, np.round(3 * u)) == pytest.approx(1)
    assert tuning.variance_explained(u, np.ones(30)) == 0
    with pytest.raises(ValueError, match="more trials than bins, but got 3 for 3 bins"):
        tuning.variance_explained([0.0, 0.5, 1.0], [1.0, 2.0, 3.0])


def test_the_same_share_as_a_one_way_analysis_of_variance():
    from scipy.stats import f_oneway

    rng = np.random.default_rng(1)
    u = np.repeat([0.1, 0.5, 0.9], 20)
    values = rng.normal(size=60) + u
    f = f_oneway(*values.reshape(3, 20)).statistic
    assert tuning.variance_explained(u, values) == pytest.approx(2 * (f - 1) / (2 * (f - 1) + 60))


def test_the_order_of_importance_t1():
    for optimizer, second in (("Adam", "units"), ("momentum", "units")):
        space, study = tuning.SPACES[optimizer], tuning.study(optimizer)
        shares = tuning.importances(space, study)
        assert list(sorted(shares, key=shares.get)[::-1][:2]) == ["alpha", second]
        assert shares["alpha"] > 0.5
        assert shares["decay"] < 0.01 > shares["layers"]
    assert all(
        tuning.importances(digit_tuning.SPACE, tuning.study("Adam"))[name] < 0.01
        for name in ("beta1", "beta2", "epsilon")
    )


def test_halves_of_few_trials_say_more_and_less_than_all_of_them():
    few = tuning.with_good_alpha("momentum", tuning.study("momentum")[:100])
    numbers = tuple(trial.number for trial in few)
    assert len(numbers) == 27
    for knob, (share, low, high) in tuning.spreads("momentum", numbers).items():
        assert low < share < high, knob


def test_with_a_good_alpha_units_matter_most_t1():
    for optimizer in tuning.SPACES:
        low, high = tuning.GOOD_ALPHA[optimizer]
        study = tuning.study(optimizer)
        good = trials.Trials(t for t in study if low <= t.configuration["alpha"] <= high)
        shares = tuning.importances(tuning.SPACES[optimizer], good)
        assert max(shares, key=shares.get) == "units"
        median = np.nanmedian(good.column("value"))
        assert median < 0.3 * np.nanmedian(study.column("value"))


@pytest.mark.parametrize(("optimizer", "number"), [("Adam", 88), ("Adam", 3), ("momentum", 653)])
def test_the_bundled_studies_are_what_a_training_gives(optimizer, number):
    trial = tuning.study(optimizer)[number]
    fixed = {} if optimizer == "Adam" else {"optimizer": "momentum"}
    again = digit_tuning.validation_error(
        {**trial.configuration, **fixed}, np.random.default_rng([0, number])
    )
    assert again["value"] == pytest.approx(trial.value, abs=0.02)


def test_the_bundled_surface_is_what_a_training_gives():
    surface = tuning.digits_surface()
    configuration = search.from_unit(surface.space, [[26 / 40, 6 / 12]])[0]
    errors = [
        digit_tuning.validation_error(configuration, np.random.default_rng(s))["value"]
        for s in range(5)
    ]
    assert np.mean(errors) == pytest.approx(surface.errors[26, 6], abs=0.02)


def test_stale_settings_are_what_a_training_gives_t6():
    stale = tuning.stale_settings()
    for name, step, place in (("brightness", 3, 13), ("size", 2, 20), ("optimizer", 3, 10)):
        configuration = {"alpha": float(stale.alpha[place]), name: stale.values[name][step]}
        errors = [
            bundle_tuning.stale_error(dict(configuration), np.random.default_rng(s))
            for s in range(5)
        ]
        assert np.mean(errors) == pytest.approx(stale.errors[name][step, place].mean(), abs=0.06)


def test_stale_settings_lose_t6():
    stale = tuning.stale_settings()
    lost = {}
    for name, errors in stale.errors.items():
        mean = errors.mean(axis=2)
        lost[name] = mean[3, mean[0].argmin()] - mean[3].min()
    assert lost["brightness"] > 0.7
    assert lost["optimizer"] > 0.7
    assert 0 <= lost["size"] < 0.2


def test_the_surface_meets_its_measured_points_and_lies_between_them():
    surface = tuning.digits_surface()
    i, j = np.meshgrid(np.arange(41), np.arange(13), indexing="ij")
    points = np.stack([i.ravel() / 40, j.ravel() / 12], axis=1)
    np.testing.assert_allclose(surface(points), surface.errors[i, j].ravel(), rtol=1e-9)
    between = surface(np.random.default_rng(0).random((500, 2)))
    assert surface.errors.min() <= between.min()
    assert between.max() <= surface.errors.max()
    assert surface([[0.5 / 40, 0.0]])[0] == pytest.approx(surface.errors[:2, 0].mean())


def test_epsilon_hardly_matters_where_alpha_is_good():
    errors = tuning.digits_surface().errors
    good = errors.min(axis=1) < 0.08
    assert np.ptp(errors[good], axis=1).max() < 0.1 * np.ptp(errors[:, 6])


def test_coarse_to_fine_over_fifty_seeds_t5():
    wins = {}
    for surface in searches.TO_ZOOM:
        fine, plain = searches.ends(surface, 0.5)
        wins[surface] = (fine < plain).mean()
    assert wins["both matter"] > 0.8
    assert 0.5 < wins["digits: α and ε"] < 0.8
    in_the_wide_valley = searches.ends("two valleys", 0.5)[0] > 0.15
    assert in_the_wide_valley.mean() > 0.7


@pytest.mark.parametrize("share", searches.SHARES)
def test_the_first_round_of_a_search_that_zooms_in_is_a_random_search_t5(share):
    for seed in range(5):
        found = searches.zoomed("both matter", share, seed)
        first = searches.places(found)[found.column("round") == 0]
        at, _ = searches.looked_at(search.random, 8, seed, "both matter")
        assert first == pytest.approx(at)


def test_how_often_two_searches_find_the_narrow_valley_t5():
    narrow = [(found < 0.2).sum() for found in searches.ends("two valleys", 0.5)]
    assert narrow == [6, 5], "zooming in, and plain random search: of 50 seeds"
    both = searches.ends("both matter", 0.5)
    assert (both[0] < both[1]).sum() == 45
    assert np.median(both, axis=1) == pytest.approx([0.06, 0.17], abs=5e-3)


def _zoomed(surface, share, seed):
    """Search coarse to fine once more, in few words: return the best place and its error."""
    rng, low, best = np.random.default_rng(seed), np.zeros(2), (np.inf, None)
    for k in range(searches.ROUNDS):
        at = low + share**k * rng.random((searches.TRIALS // searches.ROUNDS, 2))
        errors = searches.SURFACES[surface](at)
        best = min(best, (errors.min(), at[errors.argmin()]), key=lambda pair: pair[0])
        low = np.clip(best[1] - share ** (k + 1) / 2, 0, 1 - share ** (k + 1))
    return best[1], best[0]


def _zoomed_often(surface, share, seeds=4000):
    places, errors = zip(*(_zoomed(surface, share, k) for k in range(seeds)), strict=True)
    return np.array(places), np.array(errors)


@pytest.mark.parametrize("share", searches.SHARES)
@pytest.mark.parametrize("surface", searches.TO_ZOOM)
def test_zooming_in_written_once_more_finds_the_same_t5(surface, share):
    for seed in range(3):
        trials = searches.zoomed(surface, share, seed)
        least = trials.column("value").argmin()
        at, error = _zoomed(surface, share, seed)
        assert at == pytest.approx(searches.places(trials)[least])
        assert error == pytest.approx(trials.column("value")[least])


def test_over_many_seeds_zooming_in_finds_the_narrow_valley_no_more_often_t5():
    u = (np.arange(1000) + 0.5) / 1000
    below = (searches.two_valleys(np.transpose(np.meshgrid(u, u)).reshape(-1, 2)) < 0.2).mean()
    assert below == pytest.approx(0.0039, abs=5e-5)
    assert 1 - (1 - below) ** 32 == pytest.approx(0.12, abs=5e-3)
    _, found = _zoomed_often("two valleys", 0.5)
    assert (found < 0.2).mean() == pytest.approx(0.09, abs=5e-3)


def test_a_box_of_0_8_ends_in_the_wide_valley_as_often_and_goes_less_deep_t5():
    found = [_zoomed_often("two valleys", share) for share in searches.SHARES]
    narrow = [(np.hypot(*(at - (0.8, 0.2)).T) < 0.2).mean() for at, _ in found]
    assert narrow == pytest.approx([0.1, 0.1], abs=0.015)
    assert (found[1][1] < 0.2).mean() < 0.75 * (found[0][1] < 0.2).mean()


def test_on_the_digits_surface_a_box_of_0_8_wins_for_25_of_50_seeds_t5():
    fine, plain = searches.ends("digits: α and ε", 0.8)
    assert (fine < plain).sum() == 25


@pytest.mark.parametrize("share", searches.SHARES)
@pytest.mark.parametrize("surface", searches.TO_ZOOM)
def test_the_random_searches_shown_are_beaten_about_as_often_as_many_t5(surface, share):
    fine, plain = searches.ends(surface, share)
    rngs = (np.random.default_rng(10_000 + k) for k in range(1000))
    errors = searches.SURFACES[surface]
    many = [errors(rng.random((searches.TRIALS, 2))).min() for rng in rngs]
    assert (fine < plain).mean() == pytest.approx(np.less.outer(fine, many).mean(), abs=0.06)


def test_in_which_valley_searches_that_zoom_in_settle_t5():
    places = []
    for seed in range(searches.SEEDS):
        found = searches.zoomed("two valleys", 0.5, seed)
        places.append(searches.places(found)[found.column("value").argmin()])
    in_the_narrow_one = np.hypot(*(np.array(places) - (0.8, 0.2)).T) < 0.2
    assert (~in_the_narrow_one).sum() == 43
    assert searches.everywhere("two valleys")[:, :60].min() == pytest.approx(0.20, abs=1e-3)


def test_how_many_places_of_a_band_nine_random_trials_hit_by_seed_t3():
    middles = (np.arange(2000)[:, None] + 0.5) / 2000
    bars = []
    for seed in range(10):
        at, _ = searches.looked_at(searches.METHODS["random"], 9, seed, "both matter")
        bars.append((np.abs(middles - at[:, 0]) <= 0.05).any(axis=1).mean())
    assert (round(min(bars), 2), round(max(bars), 2)) == (0.45, 0.65)


def test_a_diverged_trial_counts_as_a_guess():
    failed = tuning.study("momentum").failed
    assert 0 < len(failed) < 20
    shares = tuning.importances(tuning.MOMENTUM_SPACE, tuning.study("momentum"))
    assert np.isfinite(list(shares.values())).all()


def test_unknown_names_are_named():
    rng = np.random.default_rng(0)
    for configuration, says in (
        ({"unit": 3}, "there is no hyperparameter 'unit': optimizer, alpha"),
        (
            {"optimizer": "adam"},
            "optimizer should be one of 'descent', 'momentum', 'RMSprop', 'Adam'",
        ),
        ({"activation": "swish"}, "activation should be one of 'relu', .* got 'swish'"),
        ({"initialization": "best"}, "initialization should be one of 'he', .* got 'best'"),
        ({"keep_prob": 0}, "0 < keep_prob <= 1 must hold, but got keep_prob=0"),
    ):
        with pytest.raises(ValueError, match=says):
            digit_tuning.start(configuration, rng)


def test_the_three_sets_share_no_digit():
    sets = digit_tuning.sets()
    assert [X.shape for X, _ in sets] == [(64, 1077), (64, 360), (64, 360)]
    together = np.hstack([np.vstack(pair) for pair in sets])
    from course_utils import datasets

    everything, _ = datasets.digits()
    assert sorted(map(bytes, together[:64].T)) == sorted(
        map(bytes, np.ascontiguousarray(everything.T.astype(np.float32)))
    )


def test_epochs_and_decay_are_obeyed():
    rng = np.random.default_rng
    curve = digit_tuning.validation_error({"epochs": 3}, rng(0))["curve"]
    assert len(curve) == 3
    longer = digit_tuning.validation_error({"epochs": 6}, rng(0))["curve"]
    assert longer[:3] == curve
    slowed = digit_tuning.validation_error({"epochs": 6, "decay": 5.0}, rng(0))["curve"]
    assert slowed[0] == longer[0]
    assert slowed[-1] > longer[-1]


def test_over_all_places_random_search_finds_more_only_where_one_matters_t2():
    def better(surface, trials):
        found = {m: searches.over_all_places(m, trials, surface) for m in ("grid", "random")}
        return (found["random"] < found["grid"]).mean()

    one = [better("only one matters", trials) for trials in (9, 16, 25, 64)]
    assert (min(one), max(one)) == pytest.approx((0.70, 0.79), abs=0.006)
    both = [better("both matter", trials) for trials in (9, 16, 25, 64)]
    assert (min(both), max(both)) == pytest.approx((0.32, 0.34), abs=0.006)


def test_where_both_matter_the_valley_has_another_height_in_each_repeat_t2():
    found = searches.over_all_places("grid", 16, "both matter")
    assert np.ptp(found, axis=0).min() > 0.1, "the grid of 16 is the same, the valley is not"
    rng, at = np.random.default_rng(0), searches.looked_at(searches.grid, 16, 0, "both matter")[0]
    anywhere = [searches.both_matter(at, *rng.random(2)).min() for _ in range(4000)]
    assert np.median(found) == pytest.approx(np.median(anywhere), abs=0.015)


def test_how_much_of_the_digits_surface_is_good_t5():
    u = (np.arange(200) + 0.5) / 200
    errors = searches.digits(np.transpose(np.meshgrid(u, u)).reshape(-1, 2))
    assert 0.25 < (errors < 0.08).mean() < 0.31


def test_nine_trials_on_the_hidden_surface():
    best = {m: searches.nine_trials(m)[1][:, -1] for m in searches.METHODS}
    assert {m: (b <= 0.1).sum() for m, b in best.items()} == {"grid": 0, "random": 12, "Sobol": 12}
    assert np.ptp(best["grid"]) == 0
    u = np.random.default_rng(0).random((100_000, 2))
    assert searches.hidden(u).min() == pytest.approx(0.06, abs=5e-4)


def test_what_alpha_and_another_explain_together_t1():
    adam, momentum = tuning.pair("Adam", "units"), tuning.pair("momentum", "size")
    assert adam.together == pytest.approx(0.78, abs=5e-3)
    assert momentum.together == pytest.approx(0.68, abs=6e-3)
    assert np.ptp(adam.errors[:, 0]) < 0.15 < 0.3 < np.ptp(adam.errors[:, 5])
    best_alpha = momentum.errors.argmin(axis=1)
    assert best_alpha[-1] > best_alpha[0]


def test_one_hyperparameter_after_the_other_gets_stuck_in_the_slanting_valley_t1():
    sizes, errors = (16, 32, 64, 128, 256), tuning.pair("momentum", "size").errors
    row, walk = sizes.index(256), []
    for _ in range(3):
        column = errors[row].argmin()
        walk.append((sizes[row], round(100 * errors[row, column])))
        row = errors[:, column].argmin()
    assert walk == [(256, 25), (128, 16), (128, 16)]
    assert round(100 * errors[2, column]) == 18, "64 examples: too close to tell apart"
    assert errors[2].argmin() == column, "and the search ends there, too"
    assert round(100 * errors[0].min()) == round(100 * errors.min()) == 9


def test_what_is_left_over_is_partly_that_bins_are_coarse_t1():
    u, errors = tuning.in_unit_cube("Adam")
    assert tuning.variance_explained(u[:, 0], errors, bins=16) == pytest.approx(0.73, abs=5e-3)


@once_a_week
@pytest.mark.parametrize("optimizer", tuning.SPACES)
def test_about_4_percent_of_the_variance_are_luck_t1(optimizer):
    trials = tuning.study(optimizer)[300:450]
    again = [
        evaluation.evaluate(
            digit_tuning.validation_error,
            [{**trial.configuration, "optimizer": optimizer} for trial in trials],
            seed=seed,
            progress=False,
        ).column("value")
        for seed in (1, 2)
    ]
    errors = np.nan_to_num(again, nan=digit_tuning.CHANCE)
    luck = (np.diff(errors, axis=0) ** 2).mean() / 2
    assert luck / errors.var() == pytest.approx(0.04, abs=0.02)


def test_layers_and_decay_do_little_in_ten_epochs_t1():
    assert np.mean(1 / (1 + np.arange(10))) == pytest.approx(0.29, abs=5e-3)
    good = tuning.with_good_alpha("Adam", tuning.study("Adam"))
    by_layers = [
        np.median([t.value for t in good if t.configuration["layers"] == n]) for n in (1, 4)
    ]
    assert by_layers[0] == pytest.approx(by_layers[1], abs=0.02)
    pair = tuning.pair("Adam", "layers")
    assert pair.alpha[6] == pytest.approx(0.13, abs=5e-3)
    assert pair.errors[[0, 3], 6] == pytest.approx([0.26, 0.74], abs=5e-3)
    assert pair.errors[0, :6] == pytest.approx(pair.errors[3, :6], abs=0.16)


def test_a_band_that_may_stick_out_is_hit_less_often_by_random_trials_t3():
    rng = np.random.default_rng(0)
    middle, drawn = rng.random((100_000, 1)), rng.random((100_000, 9))
    hit = (np.abs(drawn - middle) <= 0.05).any(axis=1).mean()
    assert hit == pytest.approx(0.601, abs=0.005)


@once_a_week
def test_with_200_seeds_the_old_alpha_is_better_for_mini_batches_of_512_t6():
    sizes, alphas = (
        tuning.stale_settings().errors["size"].mean(axis=2),
        tuning.stale_settings().alpha,
    )
    old, new = (alphas[sizes[step].argmin()] for step in (0, 3))
    errors = [
        [
            bundle_tuning.stale_error({"size": 512, "alpha": float(a)}, np.random.default_rng(s))
            for s in range(2000, 2200)
        ]
        for a in (old, new)
    ]
    assert np.mean(errors, axis=1) == pytest.approx([0.18, 0.22], abs=5e-3)


def test_settings_that_went_stale_in_numbers_t6():
    stale = tuning.stale_settings()

    def at(name, step):
        before, after = (stale.errors[name][k].mean(axis=1) for k in (0, step))
        return after[before.argmin()], after.min()

    assert at("brightness", 3) == pytest.approx((0.91, 0.10), abs=5e-3)
    assert at("brightness", 1)[0] > 0.85
    assert at("optimizer", 3) == pytest.approx((0.87, 0.05), abs=5e-3)
    assert at("size", 3) == pytest.approx((0.21, 0.15), abs=6e-3)
    with_adam = stale.errors["optimizer"][3].mean(axis=1)
    as_good = stale.alpha[with_adam < with_adam.min() + 0.01]
    assert (as_good.min(), as_good.max()) == pytest.approx((0.0063, 0.063), rel=0.01)
    sizes = stale.errors["size"]
    assert stale.alpha[21] == pytest.approx(1.6, abs=0.02)
    assert sizes[:, 21].mean(axis=1).min() > 0.5, "no room for a larger alpha at any size"
    assert sizes[0].mean(axis=1).min() == pytest.approx(0.05, abs=5e-3)
    old, new = sizes[0].mean(axis=1).argmin(), sizes[3].mean(axis=1).argmin()
    assert sizes[3][old].min() < sizes[3][new].max(), "five seeds hardly settle it"
    assert [10 * -(-1077 // size) for size in (16, 512)] == [680, 30], "steps in ten epochs"
