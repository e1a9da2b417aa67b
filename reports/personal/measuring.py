"""How sure a score is, where it stands in a norm group, and how it changed: all from frozen figures of the sheet.

Without a calibration nothing of this is said: no standard error is ever invented.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from assessments.models import Attempt, ScoreSheet
from assessments.sheets import unpack
from questionnaires.document import load_document
from questionnaires.version_document import Scale, VersionDocument
from reports.numbers import decimal_text
from reports.personal import wording
from reports.personal.values import Change, Comparison, ComparisonLine, Precision, Sample
from scoring.bands import Band, band_certainty
from scoring.calibration import HIDDEN, INDICATIVE, ScaleCalibration
from scoring.change import SHORTEST_DAYS, Occasion, personal_change
from scoring.models import CalibrationSet, NormSet
from scoring.norms import compare, is_comparable
from scoring.results import ScaleResult
from scoring.scales import round_half_up
from scoring.selectors import calibration_of, facts_of, norms_of, plan_of

_NOTHING = MappingProxyType({})


@dataclass(frozen=True)
class Measurement:
    """The calibration that a sheet was made with; empty where it was made before there was one."""

    scales: Mapping[str, ScaleCalibration] = field(default_factory=lambda: _NOTHING)
    sample: Sample | None = None

    def is_hidden(self, code: str) -> bool:
        """Whether the reliability is too low for any number or band: only the items are read."""
        return code in self.scales and self.scales[code].standing == HIDDEN

    def sem_of(self, code: str, result: ScaleResult) -> float | None:
        """Standard error of a score in points, larger where fewer items were answered; None where unknown."""
        found = self.scales.get(code)
        return found.sem_of(result.answered) if found and result.is_scored else None

    def sems(self, results: Mapping[str, ScaleResult]) -> dict[str, float | None]:
        return {code: self.sem_of(code, result) for code, result in results.items()}


def measurement_of(sheet) -> Measurement:
    if sheet.calibration_id is None:
        return Measurement()
    return Measurement(calibration_of(sheet.calibration_id), _sample(CalibrationSet, sheet.calibration_id))


def _sample(sets, set_id) -> Sample:
    return Sample(**facts_of(sets, set_id))


def precision_of(code: str, result: ScaleResult, bands: tuple[Band, ...], material) -> Precision | None:
    """Interval and band probabilities of a scored scale; None without its calibration."""
    found = material.measurement.scales.get(code)
    if found is None:
        return None
    sem = found.sem_of(result.answered)
    certainty = band_certainty(float(result.score), sem, bands)
    names = {band.code: material.say(band.name) for band in bands}
    low, high = (round_half_up(edge) for edge in certainty.interval)
    return Precision(
        low=low,
        high=high,
        band_words=_band_words(result.band, certainty, names),
        probabilities=_probability_words(certainty, names),
        reliability=found.reliability,
        is_indicative=found.standing == INDICATIVE,
        sentence=wording.precision(low, high),
        caution=wording.indicative(decimal_text(found.reliability, 2))
        if found.standing == INDICATIVE
        else "",
        working=wording.interval_working(decimal_text(result.score, 2), decimal_text(sem, 2)),
    )


def _band_words(band, certainty, names) -> str:
    """The band beside the number first, then the one that is possible as well where the band is not sure."""
    other = next((code for code in certainty.likeliest if code != band), None)
    if certainty.stable or other is None:
        return names[band]
    return wording.two_bands(names[band], names[other])


def _probability_words(certainty, names) -> str:
    """Every band that is at least one per cent likely, the likeliest first."""
    shares = {code: round_half_up(100 * share) for code, share in certainty.probabilities.items()}
    order = sorted((code for code in shares if shares[code] >= 1), key=lambda code: -shares[code])
    return ", ".join(f"{names[code]} {shares[code]}%" for code in order)


def comparison_of(sheet, material) -> Comparison | None:
    """Percentile ranks in the frozen norm group of the sheet; None where nothing may be compared.

    A norm group is frozen only if at least 200 people of at least five contributors are in it.
    """
    if sheet.norm_id is None:
        return None
    norms = norms_of(sheet.norm_id)
    lines = []
    for scale in material.document.dimensions:
        result = material.results.get(scale.code)
        if scale.code not in norms or result is None or not result.is_scored:
            continue
        if is_comparable(material.sizes[scale.code], result.answered):
            percentile = compare(norms[scale.code], result.score).percentile
            lines.append(ComparisonLine(material.say(scale.name), percentile, wording.percentile(percentile)))
    return Comparison(_sample(NormSet, sheet.norm_id), tuple(lines)) if lines else None


def changes_of(attempt, sheet, material) -> dict[str, Change]:
    """By dimension code, the change since the person's last attempt of long enough ago, where it may be told.

    It may where the items are the same and the calibration is known; one query, and none without a calibration.
    """
    if not material.measurement.scales:
        return {}
    earlier = _earlier_attempt(attempt)
    if earlier is None:
        return {}
    version_id, submitted_at, rule_id, stored = earlier
    plan, document = plan_of(rule_id), load_document(version_id)
    before = unpack(plan, [stored]).person(0)
    found = {}
    for scale in material.document.dimensions:
        if scale.code in material.results and scale.code in material.measurement.scales:
            occasions = (
                _occasion(document, scale, before, submitted_at, material),
                _occasion(material.document, scale, material.results, attempt.submitted_at, material),
            )
            change = _change(scale, occasions, submitted_at, material)
            if change is not None:
                found[scale.code] = change
    return found


def _earlier_attempt(attempt):
    rows = Attempt.objects.filter(
        person_id=attempt.person_id,
        version__questionnaire__versions=attempt.version_id,
        state=Attempt.State.SUBMITTED,
        submitted_at__lte=attempt.submitted_at - timedelta(days=SHORTEST_DAYS),
        score_sheets__number=ScoreSheet.TOLD,
    ).order_by("-submitted_at", "-pk")
    return rows.values_list(
        "version_id", "submitted_at", "score_sheets__rule_id", "score_sheets__scores"
    ).first()


def _occasion(document: VersionDocument, scale: Scale, results, moment, material) -> Occasion | None:
    result = results.get(scale.code)
    if result is None:
        return None
    calibration = material.measurement.scales[scale.code]
    is_part = result.is_scored and result.answered < calibration.item_count
    return Occasion(
        score=result.score,
        key=_items_key(document, scale.code),
        day=moment.toordinal(),
        sem=calibration.sem_of(result.answered) if is_part else None,
    )


def _items_key(document: VersionDocument, scale_code: str) -> str:
    """The same for two versions only if the scale has the same items, word by word and key by key."""
    return hashlib.sha256(repr(document.items_of(scale_code)).encode()).hexdigest()


def _change(scale: Scale, occasions, moment, material) -> Change | None:
    first, second = occasions
    if first is None or second is None:
        return None
    calibration = material.measurement.scales[scale.code]
    found = personal_change(first, second, sd=calibration.sd, reliability=calibration.reliability)
    if found.refusal:
        return None
    # Rounded once, from the unrounded difference: the displayed parts may look inconsistent, and a footnote says so.
    difference = round_half_up(abs(second.score - first.score))
    return Change(
        at=moment,
        previous=round_half_up(first.score),
        difference=difference if second.score >= first.score else -difference,
        sentence=wording.change(found.verdict),
    )
