"""Bands come from the displayed number; their certainty from the measurement error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.bands import STANDARD_BANDS, band_certainty, band_of, band_probabilities, interval_95
from tests.scoring.cases import load

CASES = load("scale_scoring_cases")


def test_reference_bands():
    found = [{"from": b.minimum, "code": b.code, "id": b.name.id, "en": b.name.en} for b in STANDARD_BANDS]
    assert found == CASES["bands"]


@pytest.mark.parametrize(
    ("display", "code"),
    [
        (0, "prioritas"),
        (49, "prioritas"),
        (50, "berkembang"),
        (69, "berkembang"),
        (70, "kuat"),
        (84, "kuat"),
        (85, "sangat_konsisten"),
        (100, "sangat_konsisten"),
    ],
)
def test_band_edges(display, code):
    assert band_of(display).code == code


@pytest.mark.parametrize("display", [-1, 101, 69.5, True, None])
def test_only_whole_scores_have_a_band(display):
    with pytest.raises(ValueError, match="bilangan bulat"):
        band_of(display)


@pytest.mark.parametrize("case", CASES["uncertainty"], ids=lambda case: str(case["score"]))
def test_reference_certainty(case):
    found = band_certainty(case["score"], case["sem"])
    assert found.interval == pytest.approx(tuple(case["ci95"]), abs=1e-8)
    assert found.probabilities == pytest.approx(case["band_probabilities"], abs=1e-9)
    assert found.stable is case["stable"]


def test_an_unstable_band_names_the_two_likeliest():
    # 72 with SEM 6: P(kuat) = Phi(12.5/6) - Phi(-2.5/6) = .981 - .338 = .643; P(berkembang) = .338
    found = band_certainty(72, 6)
    assert found.likeliest == ("kuat", "berkembang")
    assert found.probabilities["kuat"] == pytest.approx(0.643, abs=1e-3)
    assert band_certainty(77, 3).likeliest == ("kuat",)


@given(st.floats(0, 100), st.floats(0, 50))
def test_probabilities_sum_to_one_and_intervals_hold_the_score(score, sem):
    probabilities = band_probabilities(score, sem)
    assert sum(probabilities.values()) == pytest.approx(1)
    assert min(probabilities.values()) >= 0
    low, high = interval_95(score, sem)
    assert 0 <= low <= score <= high <= 100


def test_without_error_the_band_is_certain():
    assert band_probabilities(70, 0) == {"prioritas": 0, "berkembang": 0, "kuat": 1, "sangat_konsisten": 0}
    with pytest.raises(ValueError, match="negatif"):
        interval_95(70, -1)
