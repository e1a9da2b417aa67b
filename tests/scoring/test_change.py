"""Change of a person beyond measurement error, and of groups with an interval."""

import math

import pytest

from scoring.change import (
    Occasion,
    has_enough_common_items,
    paired_change,
    personal_change,
    standard_error_of_measurement,
    unpaired_change,
)
from tests.scoring.cases import load

CASES = load("change_cases")


def two(first, second, *, keys=("k", "k"), days=60, sems=(None, None)):
    return Occasion(first, keys[0], 0, sems[0]), Occasion(second, keys[1], days, sems[1])


@pytest.mark.parametrize("case", CASES["rci"], ids=lambda c: f"{c['x1']}-{c['x2']}-{c['reliability']}")
def test_reference_reliable_change(case):
    found = personal_change(*two(case["x1"], case["x2"]), sd=case["sd"], reliability=case["reliability"])
    numbers = {name: getattr(found, name) for name in ("sem", "s_diff", "rci", "needed_change")}
    assert numbers == {name: pytest.approx(case[name], abs=1e-6) for name in numbers}
    assert (found.verdict, found.refusal) == (case["verdict"], None)


def test_reference_refusals():
    expected = [case["reason"] for case in CASES["not_comparable"]]
    other_key = personal_change(*two(60, 75, keys=("k", "l")), sd=12, reliability=0.85)
    unknown = personal_change(*two(60, 75), sd=12, reliability=None)
    assert [other_key.refusal, unknown.refusal] == expected
    assert other_key.rci is None


@pytest.mark.parametrize(
    ("occasions", "reason"),
    [(two(60, None), "not_both_scored"), (two(60, 75, days=59), "too_soon")],
)
def test_two_scores_and_sixty_days_are_needed(occasions, reason):
    assert personal_change(*occasions, sd=12, reliability=0.85).refusal == reason


def test_prorated_scores_bring_their_own_error():
    # sqrt(6**2 + 8**2) = 10, so 20 points are an index of 2
    found = personal_change(*two(50, 70, sems=(6, 8)), sd=12, reliability=0.85)
    assert (found.s_diff, found.rci, found.verdict) == (10, 2, "naik")


def test_without_error_no_index_and_no_impossible_reliability():
    assert personal_change(*two(60, 75), sd=12, reliability=1).refusal == "no_measurement_error"
    with pytest.raises(ValueError, match="tidak mungkin"):
        standard_error_of_measurement(12, 1.2)


def test_reference_paired_change():
    case = CASES["group_paired"]
    found = paired_change(case["t1"], case["t2"])
    assert (found.difference, found.se) == (
        pytest.approx(case["mean_diff"]),
        pytest.approx(case["se"], abs=1e-6),
    )
    assert found.interval == pytest.approx(tuple(case["ci95"]), abs=1e-6)


def test_fewer_than_ten_pairs_are_refused():
    assert paired_change([1] * 9, [2] * 9).refusal == "too_few_pairs"
    with pytest.raises(ValueError):
        paired_change([1] * 10, [2] * 9)


def test_reference_unpaired_change():
    case = CASES["group_unpaired"]
    found = unpaired_change(case["t1"]["mean"], case["t1"]["se"], case["t2"]["mean"], case["t2"]["se"])
    assert found.difference == pytest.approx(case["diff"])
    assert found.se == pytest.approx(math.sqrt(1.4**2 + 1.2**2))
    assert found.interval == pytest.approx(tuple(case["ci95"]), abs=1e-6)


@pytest.mark.parametrize(
    ("common", "items", "enough"), [(4, 5, True), (3, 5, False), (28, 35, True), (0, 0, False)]
)
def test_four_fifths_of_the_items_must_be_common(common, items, enough):
    assert has_enough_common_items(common, items) is enough
