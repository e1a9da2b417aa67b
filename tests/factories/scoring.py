"""Frozen figures of made-up samples, made by the actions that keep them."""

from datetime import date
from fractions import Fraction

from scoring.actions import freeze_calibration, freeze_norm, rule_in_force
from scoring.calibration import ScaleCalibration
from scoring.norms import NormGroup, ScaleNorm
from scoring.samples import SampleFacts


def sample_facts(version, **fields):
    values = {
        "version_id": version.pk,
        "rule_id": rule_in_force(version=version).pk,
        "campaign_code": "periode-contoh",
        "population": "Pegawai contoh dari lima instansi.",
        "first_day": date(2026, 9, 1),
        "last_day": date(2026, 9, 30),
        "people": 400,
        "left_out": 12,
        "contributors": {f"instansi-{number}": 80 for number in range(5)},
        "quality_version": "1",
        **fields,
    }
    return SampleFacts(**values)


def scale_calibration(scale="RAPI", **fields):
    """SD 12 and reliability .75: SEM 12 * sqrt(.25) = 6."""
    values = {
        "sample_size": 300,
        "item_count": 4,
        "mean": 70.0,
        "sd": 12.0,
        "reliability": 0.75,
        "coefficient": "omega_total",
        **fields,
    }
    return ScaleCalibration(scale, **values)


def calibration_set(version, *scales, **facts):
    return freeze_calibration(
        facts=sample_facts(version, **facts), scales=scales or [scale_calibration()], by=None
    )


def scale_norm(scale="RAPI", *, scores=None, contributors=None):
    """Four hundred people, four at every whole score from 0 to 99."""
    scores = scores or [Fraction(score) for score in range(100) for _person in range(4)]
    people = contributors or {f"instansi-{number}": len(scores) // 5 for number in range(5)}
    return ScaleNorm(scale, NormGroup.from_scores(scores), people)


def norm_set(version, *scales, **facts):
    return freeze_norm(facts=sample_facts(version, **facts), scales=scales or [scale_norm()], by=None)
