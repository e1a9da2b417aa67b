"""Omega total: the share of a sum's variance that one common factor explains.

The factor is found by iterated principal axes, which arrives where the minimum-residual method arrives: put
the communalities on the diagonal of the correlations, take the largest eigenvalue and its vector as loadings,
square them into new communalities, and go on until nothing moves.
"""

from dataclasses import dataclass

import numpy as np

from scoring.statistics.reasons import HEYWOOD, LOADING_NOT_POSITIVE, OMEGA_TOO_SMALL, Undefined

FEWEST_ITEMS, FEWEST_PEOPLE = 3, 10
MOST_ROUNDS, SETTLED = 5000, 1e-12
STILL_MOVING = 1e-6  # after the last round: the loadings shown would be off in the digits people read
LARGEST_COMMUNALITY = 0.9995
_LOWEST_START, _HIGHEST_START = 0.05, 0.95


@dataclass(frozen=True, eq=False)
class OneFactor:
    """Loadings of the items on their one common factor (k values), and whether the rounds came to rest."""

    loadings: np.ndarray
    has_converged: bool


def one_factor(r: np.ndarray, n: int) -> OneFactor:
    """The one-factor solution of a correlation matrix of ``n`` people.

    Raises:
        Undefined: too few items or people, a communality of one (Heywood), or a loading that is not positive.
    """
    if len(r) < FEWEST_ITEMS or n < FEWEST_PEOPLE:
        raise Undefined(OMEGA_TOO_SMALL)
    reduced, communality = r.copy(), _first_communalities(r)
    diagonal = np.einsum("ii->i", reduced)  # a view that can be written
    for _ in range(MOST_ROUNDS):
        diagonal[:] = communality
        values, vectors = np.linalg.eigh(reduced)
        loadings = vectors[:, -1] * np.sqrt(max(values[-1], 0.0))
        change = float(np.abs(loadings**2 - communality).max())
        communality = loadings**2
        if change < SETTLED:
            break
    loadings = loadings if loadings.sum() > 0 else -loadings
    if (communality >= LARGEST_COMMUNALITY).any():
        raise Undefined(HEYWOOD)
    if (loadings <= 0).any():
        raise Undefined(LOADING_NOT_POSITIVE)
    return OneFactor(loadings, change <= STILL_MOVING)


def _first_communalities(r: np.ndarray) -> np.ndarray:
    """Squared multiple correlations, ``1 - 1/(inverse of r)_ii``, kept within .05 and .95."""
    try:
        diagonal = np.diag(np.linalg.inv(r))
    except np.linalg.LinAlgError:  # items that repeat each other: nearly everything is common
        return np.full(len(r), _HIGHEST_START)
    with np.errstate(divide="ignore"):
        smc = 1 - 1 / diagonal
    return np.clip(np.nan_to_num(smc, nan=_HIGHEST_START), _LOWEST_START, _HIGHEST_START)


def omega_total(loadings: np.ndarray, sd: np.ndarray) -> float:
    """``(sum l sd)^2 / ((sum l sd)^2 + sum (1-l^2) sd^2)``; with sd = 1 the standardised omega."""
    common = float((loadings * sd).sum()) ** 2
    unique = float(((1 - loadings**2) * sd**2).sum())
    return common / (common + unique)


def is_maybe_multidimensional(eigenvalues: np.ndarray) -> bool:
    """Second eigenvalue of the correlations above 1 and above half of the first (largest first)."""
    return len(eigenvalues) > 1 and eigenvalues[1] > 1 and eigenvalues[1] > eigenvalues[0] / 2
