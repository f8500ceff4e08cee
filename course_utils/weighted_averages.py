"""Exponentially weighted averages: a running mean that remembers one number.

Time runs along the last axis: `values` are theta_1 ... theta_T, of shape ``(T,)`` or
``(series, T)``, and `beta`, ``0 <= beta < 1``, the share of the old average that each step
keeps. float32 stays float32. No values, NaN and infinity are a ValueError.
"""

import numpy as np

from course_utils.support import validation


def ewa(values, beta, *, bias_correction=False):
    """Exponentially weighted average after each step.

    ``v_t = beta v_{t-1} + (1 - beta) theta_t`` with ``v_0 = 0`` [1]_. The weights inside ``v_t``
    add up to ``1 - beta^t``, so the first averages are too near to 0; bias correction [2]_ returns
    ``v_t / (1 - beta^t)`` and leaves the recursion itself alone.

    Other libraries start elsewhere. pandas' ``ewm(alpha=1 - beta).mean()`` is the corrected
    average; with ``adjust=False`` it starts at theta_1 instead of 0.

    >>> ewa([40, 49, 45], 0.9)
    array([ 4.  ,  8.5 , 12.15])
    >>> ewa([40, 49, 45], 0.9, bias_correction=True).round(2)
    array([40.  , 44.74, 44.83])

    .. [1] S. W. Roberts (1959), "Control chart tests based on geometric moving averages".
    .. [2] D. P. Kingma and J. Ba (2015), "Adam: a method for stochastic optimization", section 3.
    """
    theta, beta = _series("values", values), _beta(beta)
    bias_correction = validation.flag("bias_correction", bias_correction)
    v = np.zeros_like(theta[..., 0])
    averages = np.empty_like(theta)
    for t in range(theta.shape[-1]):
        v = beta * v + (1 - beta) * theta[..., t]
        averages[..., t] = v
    if bias_correction:
        averages /= 1 - beta ** np.arange(1, theta.shape[-1] + 1)
    return averages


def window(beta):
    """About how many steps an exponentially weighted average looks back: ``1 / (1 - beta)``.

    A step that many ago weighs about 1/e of today's, ``beta^(1 / (1 - beta)) ~ 1/e``.

    >>> round(window(0.98), 6)
    50.0
    """
    return 1 / (1 - _beta(beta))


def weights(beta, days):
    """Weight of today and of each day before it, `days` in all.

    ``w_k = (1 - beta) beta^k`` for the value k days ago; the first k of them add up to
    ``1 - beta^k``.

    >>> weights(0.9, 3).round(3)
    array([0.1  , 0.09 , 0.081])
    """
    days, beta = validation.whole("days >= 1", days=days), _beta(beta)
    validation.room(days=days)
    return (1 - beta) * beta ** np.arange(days)


def startup_steps(beta):
    """First step at which the start at 0 makes the average less than 1 % too small.

    The smallest t with ``beta^t < 0.01``.

    >>> startup_steps(0.9), startup_steps(0.98)
    (44, 228)
    """
    beta = _beta(beta)
    return 1 if beta == 0 else int(np.floor(np.log(0.01) / np.log(beta))) + 1


def centred_mean(values, days=31):
    """Mean of the days around each day: what only hindsight knows.

    ``m_t`` is the mean of theta from ``t - (days - 1)/2`` to ``t + (days - 1)/2``, near the ends of
    those of them that exist. It does not lag, because it looks ahead as far as back.

    >>> centred_mean([3, 0, 6, 0], days=3)
    array([1.5, 3. , 2. , 3. ])
    """
    theta = _one_series("values", values)
    days = validation.whole(f"1 <= days <= {len(theta)}", days=days)
    if days % 2 == 0:
        raise ValueError(f"days should be odd, so that a day has a middle, but got days={days}")
    around = np.ones(days, theta.dtype)
    counts = np.convolve(np.ones_like(theta), around, mode="same")
    return np.convolve(theta, around, mode="same") / counts


def lag(values, averages):
    """Measure how many days averages run behind the season of their values.

    The k from 0 to 90 for which the averages, moved back by k days, lie best on the season: the
    smallest mean square of ``averages_{t+k} - centred_mean(values)_t``. On a steady rise an
    exponentially weighted average runs ``beta / (1 - beta)`` days behind.

    >>> values = np.sin(np.arange(400) / 50)
    >>> lag(values, ewa(values, 0.9, bias_correction=True))
    9
    """
    theta, averages = _one_series("values", values), _one_series("averages", averages)
    validation.same_shape("values", theta, "averages", averages)
    validation.whole("days >= 120", days=len(theta))
    season = centred_mean(theta)
    misses = [np.mean((averages[k:] - season[: len(season) - k]) ** 2) for k in range(91)]
    return int(np.argmin(misses))


def roughness(values):
    """Mean size of the change from one day to the next, ``mean_t |values_{t+1} - values_t|``.

    >>> roughness([1, 3, 2])
    1.5
    """
    theta = _one_series("values", values)
    validation.whole("days >= 2", days=len(theta))
    return float(np.abs(np.diff(theta)).mean())


def _beta(beta):
    return validation.require("0 <= beta < 1", beta=beta)


def _series(name, values):
    theta = validation.finite(name, values)
    if theta.ndim == 0:
        raise ValueError(
            f"{name} should be a series (T,) or (series, T), got the single number {theta:g}: "
            f"use [{theta:g}]"
        )
    if theta.size == 0:
        raise ValueError(
            f"{name} should hold at least one value, but got an empty array of shape {theta.shape}"
        )
    return theta


def _one_series(name, values):
    theta = _series(name, values)
    if theta.ndim != 1:
        raise ValueError(f"{name} should be one series (T,), got an array of shape {theta.shape}")
    return theta
