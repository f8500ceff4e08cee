"""The bank of answers to the exercises about regularization."""

from functools import partial

import numpy as np
import pytest

from course_utils import regularization
from course_utils.checks import regularization as checks
from course_utils.experiments.regularization import MoonsRun


@pytest.mark.parametrize("right", [
    lambda ws, bs, l, m: l / (2 * m) * sum((W**2).sum() for W in ws),  # noqa: E741
    lambda ws, bs, l, m: sum(np.linalg.norm(W) ** 2 for W in ws) * l / m / 2,  # noqa: E741
    lambda ws, bs, l, m: regularization.l2_cost(ws, l, m),  # noqa: E741
    lambda ws, bs, l, m: l / (2 * m) * sum(w * w for W in ws for row in W for w in row),  # noqa: E741
    lambda ws, bs, l, m: np.float32(l / (2 * m)) * sum(np.vdot(W, W) for W in ws),  # noqa: E741
])  # fmt: skip
def test_right_cost_passes(right):
    assert checks.l2_cost(right).passed


def squares(arrays):
    return sum((a * a).sum() for a in arrays)


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda ws, bs, lam, m: 0.0),
    ("biases-included", lambda ws, bs, lam, m: lam / (2 * m) * squares([*ws, *bs])),
    ("no-half", lambda ws, bs, lam, m: lam / m * squares(ws)),
    ("not-shared-by-m", lambda ws, bs, lam, m: 0.5 * lam * squares(ws)),
    ("half-of-both", lambda ws, bs, lam, m: lam * squares(ws) / 2 / (2 * m)),
    ("absolute-values", lambda ws, bs, lam, m: lam / (2 * m) * sum(abs(W).sum() for W in ws)),
    ("norm-not-squared", lambda ws, bs, lam, m: lam / (2 * m) * sum(map(np.linalg.norm, ws))),
    ("mean-of-squares", lambda ws, bs, lam, m: lam / (2 * m) * sum((W**2).mean() for W in ws)),
    ("last-layer-only", lambda ws, bs, lam, m: lam / (2 * m) * squares(ws[-1:])),
    ("first-layer-only", lambda ws, bs, lam, m: lam / (2 * m) * squares(ws[:1])),
    ("returns-none", lambda *_: None),
])  # fmt: skip
def test_wrong_cost_is_named(mistake, wrong):
    assert checks.l2_cost(wrong).mistake == mistake


@pytest.mark.parametrize("right", [
    lambda dW, W, lam, m: dW + lam / m * W,
    lambda dW, W, lam, m: dW + regularization.l2_gradient(W, lam, m),
    lambda dW, W, lam, m: [[d + lam * w / m for d, w in zip(*rows)] for rows in zip(dW, W)],  # noqa: B905
])  # fmt: skip
def test_right_gradient_passes(right):
    assert checks.l2_gradient(right).passed


def in_place(dW, W, lam, m):
    dW += lam / m * W
    return dW


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda dW, W, lam, m: dW.copy()),
    ("loss-forgotten", lambda dW, W, lam, m: W * lam / m),
    ("half-too-much", lambda dW, W, lam, m: dW + W * lam / m / 2),
    ("not-shared-by-m", lambda dW, W, lam, m: dW + lam * W),
    ("twice-too-much", lambda dW, W, lam, m: dW + lam / m * (W + W)),
    ("weights-grow", lambda dW, W, lam, m: dW - lam / m * W),
    ("sign-only", lambda dW, W, lam, m: dW + lam / m * np.sign(W)),
    ("squared", lambda dW, W, lam, m: dW + lam / m * W * W),
    ("changes-its-input", in_place),
])  # fmt: skip
def test_wrong_gradient_is_named(mistake, wrong):
    assert checks.l2_gradient(wrong).mistake == mistake


@pytest.mark.parametrize("right", [
    lambda a, u, p: a * (u < p) / p,
    lambda a, u, p: np.where(u < p, a / p, 0),
    lambda a, u, p: a.astype(np.float32) * (u < p) / np.float32(p),
])  # fmt: skip
def test_right_forward_passes(right):
    assert checks.dropout_forward(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda a, u, p: a),
    ("not-divided", lambda a, u, p: np.where(u < p, a, 0)),
    ("multiplied", lambda a, u, p: np.where(u < p, a * p, 0)),
    ("drops-with-keep-prob", lambda a, u, p: np.where(u < p, 0, a / p)),
    ("drops-and-divides-by-the-rest", lambda a, u, p: np.where(u < p, 0, a / (1 - p))),
    ("divided-by-the-rest", lambda a, u, p: np.where(u < p, a / (1 - p), 0)),
    ("same-mask-for-all", lambda a, u, p: a * (u[:, 0] < p)[:, None] / p),
    ("whole-examples-dropped", lambda a, u, p: a * (u[0] < p) / p),
    ("mask-alone", lambda a, u, p: np.where(u < p, 1 / p, 0)),
    ("raises", lambda a, u, p: a @ u),
])  # fmt: skip
def test_wrong_forward_is_named(mistake, wrong):
    assert checks.dropout_forward(wrong).mistake == mistake


@pytest.mark.parametrize("right", [
    lambda da, a, u, p: da * (u < p) / p,
    lambda da, a, u, p: np.where(u < p, da / p, 0),
    lambda da, a, u, p: regularization.dropout_backward(da, (u < p) / p),
])  # fmt: skip
def test_right_backward_passes(right):
    assert checks.dropout_backward(right).passed


@pytest.mark.parametrize(("mistake", "wrong"), [
    ("still-the-stub", lambda da, a, u, p: da),
    ("not-divided", lambda da, a, u, p: np.where(u < p, da, 0)),
    ("divided-only", lambda da, a, u, p: da / p),
    ("another-mask", lambda da, a, u, p: np.where(u < p, 0, da / p)),
    ("mask-from-the-values", lambda da, a, u, p: np.where((u < p) & (a != 0), da / p, 0)),
    ("times-the-activation", lambda da, a, u, p: np.where(u < p, a * da / p, 0)),
    ("divided-twice", lambda da, a, u, p: np.where(u < p, da / p / p, 0)),
])  # fmt: skip
def test_wrong_backward_is_named(mistake, wrong):
    assert checks.dropout_backward(wrong).mistake == mistake


def test_the_challenge_is_reached_by_some_lambda_and_not_by_none():
    run = MoonsRun()
    judge = partial(checks.goal_by_lambda_alone, run)
    assert judge(frame=10, lambda_=1.0).mistake == "not-trained"
    assert judge(frame=run.frames, lambda_=1.0).passed
    for lambda_ in (0.0, 10.0):  # whatever was trained before
        assert judge(frame=run.frames, lambda_=lambda_).mistake == "too-few"
