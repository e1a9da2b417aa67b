"""The four bands of a displayed score, and how sure one can be of a band when the measurement error is known.

Four on purpose, so that nobody takes them for the five competency levels of the regulation. The cuts are read
off the response scale (25 seldom, 50 sometimes, 75 often, 100 always); they are anchors of behaviour, not
validated standards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.version_document import Text
from scoring.distributions import normal_cdf

PRIORITY, DEVELOPING, STRONG, CONSISTENT = "prioritas", "berkembang", "kuat", "sangat_konsisten"

Z_95 = 1.959963984540054  # 95 % of a normal variable lies within this many standard deviations ("1.96")
STABLE_PROBABILITY = 0.80  # below this the two likeliest bands are named


@dataclass(frozen=True)
class Band:
    """A band: the lowest displayed score in it, its code, name and the sentence a person reads."""

    code: str
    minimum: int
    name: Text
    sentence: Text


STANDARD_BANDS = (
    Band(
        PRIORITY,
        0,
        Text("Prioritas pengembangan", "Development priority"),
        Text(
            "perilaku ini belum sering muncul menurut jawaban Anda",
            "this behaviour does not yet show often, according to your answers",
        ),
    ),
    Band(
        DEVELOPING,
        50,
        Text("Berkembang", "Developing"),
        Text("muncul pada sebagian kesempatan", "shows on some occasions"),
    ),
    Band(
        STRONG,
        70,
        Text("Kuat", "Strong"),
        Text("muncul pada sebagian besar kesempatan", "shows on most occasions"),
    ),
    Band(
        CONSISTENT,
        85,
        Text("Sangat konsisten", "Highly consistent"),
        Text("muncul hampir selalu menurut Anda", "shows almost always, according to you"),
    ),
)


SITUATIONAL_BANDS = (
    Band(
        "perlu_diperdalam",
        0,
        Text("Perlu diperdalam", "To be deepened"),
        Text(
            "pilihan Anda masih sering berbeda dari kunci; bacalah alasan setiap tindakan",
            "your choices still often differ from the key; read the reason of every action",
        ),
    ),
    Band(
        "cukup",
        50,
        Text("Cukup", "Fair"),
        Text(
            "pilihan Anda pada sebagian situasi sejalan dengan kunci",
            "your choices agree with the key in some situations",
        ),
    ),
    Band(
        "baik",
        75,
        Text("Baik", "Good"),
        Text(
            "pilihan Anda pada sebagian besar situasi sejalan dengan kunci",
            "your choices agree with the key in most situations",
        ),
    ),
)
"""Bands of situational judgement. Their cuts are the author's until a panel has set them: 50 is what naming best and
worst at random gives on average, 75 is half-way from there to the key."""


def band_of(display: int, bands: Sequence[Band] = STANDARD_BANDS) -> Band:
    """The band of a displayed score, so that nobody sees "70" beside the band below 70.

    Raises:
        ValueError: not a whole number of 0..100.
    """
    if isinstance(display, bool) or not isinstance(display, int) or not 0 <= display <= 100:
        raise ValueError(f"Skor tampilan {display!r} harus bilangan bulat 0 sampai 100.")
    return next(band for band in reversed(bands) if display >= band.minimum)


@dataclass(frozen=True)
class BandCertainty:
    """How sure the band of a score is.

    ``interval``: 95 % interval in points, clipped to 0..100. ``probabilities``: band code to probability,
    summing to 1. ``likeliest``: the band codes by probability, at most two, for the wording "Kuat - mungkin
    Berkembang".
    """

    interval: tuple[float, float]
    probabilities: dict[str, float]
    stable: bool
    likeliest: tuple[str, ...]


def interval_95(score: float, sem: float) -> tuple[float, float]:
    """Score plus and minus 1.96 standard errors of measurement, clipped to 0..100 (points)."""
    _check_sem(sem)
    return max(0.0, score - Z_95 * sem), min(100.0, score + Z_95 * sem)


def band_probabilities(score: float, sem: float, bands: Sequence[Band] = STANDARD_BANDS) -> dict[str, float]:
    """Probability of each band, the true score being normal around ``score``; edges half a point below each cut.

    The lowest band reaches down and the highest up without end, so the probabilities sum to 1.
    """
    _check_sem(sem)
    below = [0.0]  # probability to lie below the lower edge of each band, then below everything
    for band in bands[1:]:
        distance = band.minimum - 0.5 - score
        below.append(normal_cdf(distance / sem) if sem > 0 else float(distance > 0))
    below.append(1.0)
    return {band.code: below[i + 1] - below[i] for i, band in enumerate(bands)}


def band_certainty(score: float, sem: float, bands: Sequence[Band] = STANDARD_BANDS) -> BandCertainty:
    """Everything one may say about the band of a score with a known SEM (points of 0..100).

    Raises:
        ValueError: a negative SEM.
    """
    probabilities = band_probabilities(score, sem, bands)
    ranked = sorted(probabilities, key=probabilities.get, reverse=True)
    stable = probabilities[ranked[0]] >= STABLE_PROBABILITY
    return BandCertainty(interval_95(score, sem), probabilities, stable, tuple(ranked[: 1 if stable else 2]))


def _check_sem(sem: float) -> None:
    if not sem >= 0:
        raise ValueError(f"Galat baku pengukuran {sem!r} tidak boleh negatif.")
