"""Calibration of a scale: reliability and spread of a frozen sample, and what a report may say because of them. Pure.

The coefficient is omega total, alpha where omega cannot be computed; both describe the unweighted mean of the items,
which is the score as long as all items of the scale weigh the same. A situational scale would need a retest (its
items do not measure one thing), which no single campaign can give.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.change import standard_error_of_measurement
from scoring.scales import prorated_sem
from scoring.statistics import ScaleStatistics

FEWEST_PEOPLE = 100  # Terwee et al. 2007: at least 100 people ...
PEOPLE_AN_ITEM = 7  # ... and seven for every item
SHOWN_FROM = 0.60  # below: no number and no band, only the items
FIRM_FROM = 0.70  # below: shown as "indikatif"
REDUNDANT_ABOVE = 0.95  # items that repeat each other; for whoever writes them

OMEGA, ALPHA = "omega_total", "alpha"
HIDDEN, INDICATIVE, FIRM = "hidden", "indicative", "firm"
# An error this small (points) is a sample in which everybody answers all items alike, not a perfect instrument.
_NO_ERROR = 1e-6


@dataclass(frozen=True)
class ScaleCalibration:
    """Frozen figures of one scale; ``mean`` and ``sd`` (n-1) in points of 0..100, of complete cases.

    ``item_count``: items on which they rest; an answer to fewer has a larger error.
    """

    scale: str
    sample_size: int
    item_count: int
    mean: float
    sd: float
    reliability: float
    coefficient: str

    @property
    def sem(self) -> float:
        """Standard error of measurement of a complete score, in points."""
        return standard_error_of_measurement(self.sd, self.reliability)

    def sem_of(self, answered: int) -> float:
        """The same for a score on so many of the items."""
        return prorated_sem(self.sem, self.item_count, answered)

    @property
    def standing(self) -> str:
        """What a report may show: ``hidden``, ``indicative`` or ``firm``."""
        if self.reliability < SHOWN_FROM:
            return HIDDEN
        return INDICATIVE if self.reliability < FIRM_FROM else FIRM


def fewest_people(items: int) -> int:
    """Complete cases that a scale of so many items needs."""
    return max(FEWEST_PEOPLE, PEOPLE_AN_ITEM * items)


def calibrate(
    scale: str, found: ScaleStatistics, weights: Sequence[float]
) -> tuple[ScaleCalibration | None, tuple[str, ...]]:
    """The calibration of a scale, or None with every Indonesian sentence why not.

    Args:
        found: ungated statistics of the keyed answers of the included people.
        weights: of the items, in any order.
    """
    refusals = _sample_refusals(found, weights)
    coefficient = OMEGA if found.omega_total is not None else ALPHA
    reliability = found.omega_total if found.omega_total is not None else found.alpha
    if not refusals and reliability is None:
        refusals.append("Reliabilitas tidak dapat dihitung dari contoh ini.")
    elif not refusals and reliability < 0:
        refusals.append("Reliabilitasnya negatif; periksa kunci butir.")
    elif not refusals and not found.scale_sd_0_100 * max(0.0, 1 - reliability) ** 0.5 > _NO_ERROR:
        refusals.append("Galat pengukurannya nol: semua orang menjawab seluruh butir dengan pola yang sama.")
    if refusals:
        return None, tuple(refusals)
    return ScaleCalibration(
        scale=scale,
        sample_size=found.n_used,
        item_count=found.k_used,
        mean=found.scale_mean_0_100,
        sd=found.scale_sd_0_100,
        reliability=reliability,
        coefficient=coefficient,
    ), ()


def _sample_refusals(found: ScaleStatistics, weights: Sequence[float]) -> list[str]:
    refusals = []
    needed = fewest_people(found.k_total)
    if found.n_used < needed:
        refusals.append(
            f"Perlu sedikitnya {needed} orang yang menjawab semua {found.k_total} butir; ada {found.n_used}."
        )
    elif found.k_used < found.k_total:
        refusals.append("Ada butir yang tidak dijawab siapa pun atau dijawab sama oleh semua orang.")
    if len(set(weights)) > 1:
        refusals.append(
            "Bobot butirnya berbeda-beda; koefisien ini hanya berlaku untuk rata-rata tanpa bobot."
        )
    return refusals
