"""What frameworks compute from the same numbers, and where Adam's epsilon may stand."""

import os

import numpy as np
import pytest

from course_utils import optimizers
from course_utils.frameworks import conventions as same
from course_utils.frameworks import run

FLOAT32 = {
    "gradient descent with L2",
    "momentum",
    "RMSprop",
    "Adam",
}  # on TensorFlow, Keras rounds bare numbers to float32


@pytest.mark.parametrize("library", same.LIBRARIES)
def test_with_conventions_set_right_a_framework_computes_the_same(library):
    _, theirs = same.answers()[library]
    found = same.differences(theirs, same.given())
    assert set(theirs) <= set(found)
    for name, (_, right) in found.items():
        if name in theirs:
            loose = library == "Keras" and name in FLOAT32
            assert right < (2e-6 if loose else 1e-14), name


def test_with_numbers_as_they_are_it_does_not():
    found = {n: same.differences(mine, same.given()) for n, (_, mine) in same.answers().items()}
    for name in ("momentum", "dropout", "softmax cost", "gradient descent with L2"):
        plain = [each[name][0] for each in found.values() if not np.isnan(each[name][0])]
        assert min(plain) > 0.1, name
    assert found["PyTorch"]["batch norm: running variance"][0] > 0.1
    assert found["PyTorch"]["Adam"][0] < 1e-14
    plain = np.array([pair[0] for pair in found["PyTorch"].values()])
    assert [(plain > limit).sum() for limit in (1e-9, 0.5)] == [7, 6]
    alike = {name for name, pair in found["Keras"].items() if pair[0] < 1e-9}
    assert alike == {"batch norm: running mean", "batch norm: running variance"}
    assert 1e-5 < found["Keras"]["batch norm: a mini-batch"][0] < 1e-3, "another epsilon"
    assert 0.1 < found["PyTorch"]["RMSprop"][0] < 0.5, "another default of beta"
    assert max(found["Keras"][name][0] for name in ("RMSprop", "Adam")) < 2e-6
    assert 1e-8 < found["Keras"]["Adam"][0] < 1e-4


def test_keras_rounds_beta_in_momentum_and_in_the_bias_correction_of_adam():
    given, theirs = same.given(), same.answers()["Keras"][1]
    alpha, (beta1, beta2) = 0.01, (float(np.float32(beta)) for beta in (0.9, 0.999))
    theta, v = given["theta"], 0
    for g in given["gradients"]:
        v = beta1 * v - alpha * (1 - 0.9) * g
        theta = theta + v
    assert same.difference(theta, theirs["momentum"][1]) < 1e-14
    assert 3e-8 < same.difference(theta, same.here(given)["momentum"]) < 5e-8
    theta, v, s = given["theta"], 0, 0
    for t, g in enumerate(given["gradients"], 1):
        v, s = 0.9 * v + (1 - 0.9) * g, 0.999 * s + (1 - 0.999) * g**2
        theta = theta - alpha * np.sqrt(1 - beta2**t) / (1 - beta1**t) * v / s**0.5
    assert same.difference(theta, theirs["Adam"][1]) < 2e-8
    assert 8e-7 < same.difference(theta, same.here(given)["Adam"]) < 1e-6


@pytest.mark.parametrize("library", same.LIBRARIES)
def test_a_framework_answers_again_as_it_did(library, tmp_path):
    script, module = same.LIBRARIES[library]
    if run.python_with(module) is None:
        if os.environ.get("FRAMEWORKS"):
            pytest.fail(f"{module} should be installed here")
        pytest.skip(f"{module} is not installed: make frameworks")
    if os.environ.get("CI") and library == "Keras":
        pytest.skip("too slow for every run: the stored answers are tested")
    given, out = tmp_path / "given.npz", tmp_path / "out.npz"
    np.savez(given, **same.given())
    run.execute(script, str(given), str(out), module=module)
    _, kept = same.answers()[library]
    with np.load(out) as found:
        for name, pair in kept.items():
            for convention, array in zip(("plain", "right"), pair, strict=True):
                now = found[f"{name}|{convention}"]
                assert same.difference(now, array) < 1e-6, (name, convention)


def test_a_library_without_something_is_nan():
    found = same.differences({}, same.given())
    assert all(np.isnan(pair).all() for pair in found.values())


def test_other_numbers_give_other_differences():
    library = same.answers()["PyTorch"][1]
    off = same.differences(library, same.given(seed=1))
    assert min(right for name, (_, right) in off.items() if name != "dropout") > 1e-3


def test_difference_is_relative_and_wants_equal_shapes():
    assert same.difference([100.0, 0.0], [100.0, 1.0]) == 0.01
    with pytest.raises(ValueError, match=r"got \(1,\) and \(2,\)"):
        same.difference([1], [1, 2])


GRADIENTS = np.random.default_rng(3).normal(0, [1, 1e-3], (100, 2))


def test_the_lectures_adam_is_the_packages():
    path = same.adam_by_convention(GRADIENTS, "lecture, PyTorch", alpha=0.01, epsilon=1e-8)
    adam = optimizers.Adam(alpha=0.01)
    theta, state = np.zeros(2), adam.init(np.zeros(2))
    for gradient in GRADIENTS:
        theta, state = adam.step(theta, gradient, state)
    np.testing.assert_allclose(path[-1], theta, rtol=1e-12)


def test_keras_epsilon_is_the_one_that_keras_uses():
    _, theirs = same.answers()["Keras"]
    given = same.given()
    path = same.adam_by_convention(given["gradients"], "Keras", alpha=0.01, epsilon=1e-7)
    assert same.difference(given["theta"] + path[-1], theirs["Adam"][0]) < 2e-6


def test_without_epsilon_all_places_are_one():
    paths = [same.adam_by_convention(GRADIENTS, c, epsilon=0) for c in same.CONVENTIONS]
    np.testing.assert_allclose(paths[1:], [paths[0]] * 2, rtol=1e-12)


def test_a_large_epsilon_brakes_most_inside_the_root():
    ends = [
        abs(same.adam_by_convention(GRADIENTS[:, 1:], c, epsilon=1e-4)[1, 0])
        for c in same.CONVENTIONS
    ]
    assert ends[0] > ends[1] > ends[2]


def test_unknown_convention():
    with pytest.raises(ValueError, match=r"one of 'lecture, PyTorch', .* got 'TF'"):
        same.adam_by_convention([[1.0]], "TF", epsilon=0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: same.given(seed=-1), "seed >= 0 must hold"),
        (lambda: same.difference([np.nan], [1.0]), r"ours\[0\] is nan"),
        (lambda: same.difference([], []), "should have the same shape"),
        (lambda: same.adam_by_convention([1.0], "Keras", epsilon=0), "gradients should be"),
        (lambda: same.adam_by_convention([[1.0]], "Keras", epsilon=-1), "epsilon >= 0 must hold"),
        (
            lambda: same.adam_by_convention([[1.0]], "Keras", alpha=0, epsilon=0),
            "alpha > 0 must hold",
        ),
        (
            lambda: same.adam_by_convention([[1.0]], "Keras", beta2=1, epsilon=0),
            "0 <= beta2 < 1 must",
        ),
    ],
)
def test_bad_input_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_nothing_differs_from_nothing():
    assert same.difference([0.0], [0.0]) == 0
