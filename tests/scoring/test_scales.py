"""Scale scores: who answered enough, exact means, rounding."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.bands import band_of
from scoring.scales import (
    NO_WEIGHT,
    TOO_FEW_ANSWERS,
    ceil_share,
    composite_score,
    composite_sem,
    display_score,
    prorated_sem,
    required_answered,
    required_applicable,
    round_half_up,
    scale_score,
)
from tests.scoring.cases import case_id, load

CASES = load("scale_scoring_cases")


@pytest.mark.parametrize("case", CASES["cases"], ids=case_id)
def test_reference_scale_scores(case):
    expected = case["expected"]
    result = scale_score(case["item_scores"], case["weights"])
    found = {name: getattr(result, name) for name in ("k", "na", "applicable", "answered", "status")}
    assert found == {name: expected[name] for name in found}
    assert required_applicable(result.k) == expected["required_applicable"]
    assert required_answered(result.k, result.applicable) == expected["required_answered"]
    assert result.reason == expected.get("reason")
    if expected["score"] is None:
        assert (result.score, result.display) == (None, None)
    else:
        assert float(result.score) == pytest.approx(expected["score"], abs=1e-9)
        assert result.display == expected["display"]
        assert band_of(result.display).code == expected["band"]


@pytest.mark.parametrize("case", CASES["composite"], ids=case_id)
def test_reference_composites(case):
    assert composite_score(case["dimension_scores"], case["weights"]) == case["expected"]


@pytest.mark.parametrize("case", CASES["prorated_sem"], ids=str)
def test_reference_prorated_sem(case):
    assert prorated_sem(case["sem"], case["k"], case["answered"]) == pytest.approx(case["expected"], abs=1e-9)


@pytest.mark.parametrize("k", range(1, 201))
def test_eighty_percent_is_exact_for_every_length(k):
    four_fifths = math.ceil(Fraction(4, 5) * k)  # 28 for 35, where 0.8 * 35 is 28.000000000000004 in floats
    assert ceil_share(4, 5, k) == (4 * k + 4) // 5 == four_fifths
    assert required_answered(k, k) == max(four_fifths, min(3, k))
    enough = [1] * required_answered(k, k)
    assert scale_score(enough + [None] * (k - len(enough))).score == 100
    one_less = enough[1:]
    assert scale_score(one_less + [None] * (k - len(one_less))).reason == TOO_FEW_ANSWERS


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (84.5, 85),
        (Fraction(169, 2), 85),
        (85.5, 86),
        (49.49, 49),
        (49.5, 50),
        (-0.5, -1),
        (-0.49, 0),
        (0, 0),
        (100, 100),
    ],
)
def test_halves_round_up(value, expected):
    assert round_half_up(value) == expected


@given(st.fractions(0, 100))
def test_the_displayed_score_is_at_most_half_a_point_away(score):
    assert -Fraction(1, 2) < score - display_score(score) + Fraction(0) < Fraction(1, 2) or (
        display_score(score) - score == Fraction(1, 2)
    )


@pytest.mark.parametrize("score", [-0.01, 100.01, -1, 101])
def test_a_displayed_score_is_never_clamped(score):
    with pytest.raises(ValueError, match="di luar 0 sampai 100"):
        display_score(score)


def test_weights_count_only_where_there_is_an_answer():
    # (2*1 + 1*0.5 + 1*0.5) / (2+1+1) = 0.75; the skipped fifth item has no say
    assert scale_score([1, 0.5, 0.5, 0.75, None], [2, 1, 1, 0, 5]).score == 75


def test_answers_without_any_weight_are_no_score():
    assert scale_score([1, 1, 1, None], [0, 0, 0, 1]).reason == TOO_FEW_ANSWERS
    assert scale_score([1, 1, 1, 1, None], [0, 0, 0, 0, 1]).reason == NO_WEIGHT
    assert scale_score([]).reason == NO_WEIGHT


@pytest.mark.parametrize(("scores", "weights"), [([1.01], None), ([-0.1], None), ([1], [-1]), ([1, 1], [1])])
def test_impossible_scores_and_weights_are_refused(scores, weights):
    with pytest.raises(ValueError):
        scale_score(scores, weights)


def test_a_composite_needs_every_dimension():
    assert composite_score([70, None, 60]) is None
    assert composite_score([70, 75, 80]) == 75
    for weights in ([0, 0, 0], [1, 1], [1, -1, 1]):
        with pytest.raises(ValueError):
            composite_score([70, 75, 80], weights)


def test_error_of_a_composite_adds_in_squares():
    # weights 1/2 and 1/2: sqrt((6/2)**2 + (8/2)**2) = 5
    assert composite_sem([6, 8]) == pytest.approx(5)
    # weights 3/4 and 1/4: sqrt(4.5**2 + 2**2)
    assert composite_sem([6, 8], [3, 1]) == pytest.approx(math.sqrt(24.25))


@pytest.mark.parametrize("answered", [0, 11])
def test_prorated_sem_needs_possible_counts(answered):
    with pytest.raises(ValueError):
        prorated_sem(6, 10, answered)
