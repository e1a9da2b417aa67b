"""Quantiles and probabilities of the normal, t, F, beta and chi-squared distributions, without SciPy.

The normal distribution comes from the standard library. t, F and beta rest on the regularised incomplete beta
function, evaluated by its continued fraction (modified Lentz method; about 1e-14 relative), chi-squared on the
regularised incomplete gamma function (series, or its continued fraction by the same method); quantiles invert
them by bisection on a bracket, which is slow beside Newton but cannot fail. They are called a few times a
report, never per person.
"""

import math
from collections.abc import Callable
from statistics import NormalDist

_STANDARD_NORMAL = NormalDist()
_TINY = 1e-300  # stands in for an exact zero in the continued fraction
_STEPS = 10_000  # terms of the continued fraction; it needs about sqrt(max(a, b))
_HALVINGS = 2_000  # far beyond what doubles can resolve; the loop stops when the bracket no longer moves


def normal_cdf(z: float) -> float:
    """Probability that a standard normal variable is at most ``z``."""
    return 0.5 * math.erfc(-z / math.sqrt(2))


def normal_quantile(p: float) -> float:
    """The z below which a share ``p`` (0 < p < 1) of a standard normal variable lies."""
    _check_probability(p)
    return _STANDARD_NORMAL.inv_cdf(p)


def beta_cdf(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function I_x(a, b) for a, b > 0.

    Raises:
        ValueError: a or b not positive.
    """
    if a <= 0 or b <= 0:
        raise ValueError("Parameter distribusi beta harus lebih dari nol.")
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):  # where the continued fraction converges fast; else use the mirrored one
        return front * _beta_fraction(x, a, b) / a
    return 1.0 - front * _beta_fraction(1 - x, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            value *= c * d
        if abs(c * d - 1.0) < 3e-16:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def t_cdf(t: float, df: float) -> float:
    """Probability that Student's t with ``df`` > 0 degrees of freedom (need not be whole) is at most ``t``."""
    if t * t < df:  # the middle by itself: one minus a tail would lose the digits of a small t
        middle = 0.5 * beta_cdf(t * t / (df + t * t), 0.5, df / 2)
        return 0.5 + math.copysign(middle, t)
    tail = 0.5 * beta_cdf(df / (df + t * t), df / 2, 0.5)
    return tail if t < 0 else 1.0 - tail


def t_quantile(p: float, df: float) -> float:
    """The t below which a share ``p`` of Student's t with ``df`` degrees of freedom lies: 2.228 for .975, 10.

    Raises:
        ValueError: p not strictly between 0 and 1, or df not positive.
    """
    _check_probability(p)
    if df <= 0:
        raise ValueError("Derajat bebas harus lebih dari nol.")
    if p == 0.5:
        return 0.0
    if p < 0.5:
        return -t_quantile(1 - p, df)
    high = 1.0
    while t_cdf(high, df) < p:
        high *= 2
    return _bisect(lambda t: t_cdf(t, df), p, 0.0, high)


def f_cdf(x: float, df1: float, df2: float) -> float:
    """Probability that an F variable with ``df1`` and ``df2`` degrees of freedom is at most ``x``."""
    if x <= 0:
        return 0.0
    if df1 * x < df2:
        return beta_cdf(df1 * x / (df1 * x + df2), df1 / 2, df2 / 2)
    return 1.0 - beta_cdf(df2 / (df1 * x + df2), df2 / 2, df1 / 2)


def f_quantile(p: float, df1: float, df2: float) -> float:
    """The F below which a share ``p`` lies, through the beta distribution it is a ratio of.

    Raises:
        ValueError: p not strictly between 0 and 1, or degrees of freedom not positive.
    """
    _check_probability(p)
    if df1 <= 0 or df2 <= 0:
        raise ValueError("Derajat bebas harus lebih dari nol.")
    high = 1.0
    while f_cdf(high, df1, df2) < p:
        high *= 2
    return _bisect(lambda x: f_cdf(x, df1, df2), p, 0.0, high)


def chi_squared_cdf(x: float, df: float) -> float:
    """Probability that a chi-squared variable with ``df`` > 0 degrees of freedom is at most ``x``.

    Raises:
        ValueError: df not positive.
    """
    if df <= 0:
        raise ValueError("Derajat bebas harus lebih dari nol.")
    if x <= 0:
        return 0.0
    shape, half = df / 2, x / 2
    front = math.exp(shape * math.log(half) - half - math.lgamma(shape))
    if half < shape + 1:  # where the series converges fast; else the continued fraction of the tail
        return front * _gamma_series(shape, half)
    return 1.0 - front * _gamma_fraction(shape, half)


def _gamma_series(shape: float, x: float) -> float:
    term = value = 1.0 / shape
    for step in range(1, _STEPS):
        term *= x / (shape + step)
        value += term
        if term < value * 1e-17:
            break
    return value


def _gamma_fraction(shape: float, x: float) -> float:
    b = x + 1 - shape
    c, d = 1.0 / _TINY, 1.0 / _away_from_zero(b)
    value = d
    for step in range(1, _STEPS):
        numerator = -step * (step - shape)
        b += 2
        d = 1.0 / _away_from_zero(numerator * d + b)
        c = _away_from_zero(b + numerator / c)
        value *= c * d
        if abs(c * d - 1.0) < 3e-16:
            break
    return value


def chi_squared_quantile(p: float, df: float) -> float:
    """The value below which a share ``p`` of a chi-squared variable lies: 18.307 for .95, 10.

    Raises:
        ValueError: p not strictly between 0 and 1, or df not positive.
    """
    _check_probability(p)
    high = max(1.0, df)
    while chi_squared_cdf(high, df) < p:
        high *= 2
    return _bisect(lambda x: chi_squared_cdf(x, df), p, 0.0, high)


def _bisect(cdf: Callable[[float], float], p: float, low: float, high: float) -> float:
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if cdf(middle) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _check_probability(p: float) -> None:
    if not 0 < p < 1:
        raise ValueError(f"Peluang {p!r} harus di antara 0 dan 1.")
