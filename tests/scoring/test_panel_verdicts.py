"""Which vignettes and pairs an expert panel lets stand, at every limit of measurement.md 1.3 and 1.4."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.panel_verdicts import in_key, judge_pair, judge_vignette

OPTIONS = ("A", "B", "C")


def experts(*rows):
    return [dict(zip(OPTIONS, row, strict=True)) for row in rows]


GOOD = experts(*[(5, 3, 1)] * 4, *[(4, 3, 2)] * 4)


def test_experts_who_agree_make_a_key():
    # Means 4.5, 3 and 1.5; variances 8 * .25 / 7 = 2/7, 0 and 2/7; SSR = 8 (1.5^2 + 0 + 1.5^2) = 36, MSR = 18;
    # all raters have the mean 3: MSC = 0; SST = 4 * 8 + 4 * 2 = 40, SSE = 4, MSE = 4 / 14 = 2/7;
    # ICC = (18 - 2/7) / (18 - 2/21) = 372 / 376.
    found = judge_vignette(OPTIONS, GOOD)
    assert found.may_be_kept
    assert found.agreement.icc == Fraction(372, 376)
    assert [each.mean for each in found.figures.values()] == [Fraction(9, 2), 3, Fraction(3, 2)]
    assert [each.variance for each in found.figures.values()] == [Fraction(2, 7), 0, Fraction(2, 7)]
    assert (found.lead, found.experts) == (Decimal("1.50"), 8)


def test_seven_experts_are_too_few_however_much_they_agree():
    found = judge_vignette(OPTIONS, GOOD[:7])
    assert found.faults == ("too_few_experts",)
    assert found.is_provisional


def test_an_expert_who_left_an_option_out_does_not_count():
    found = judge_vignette(OPTIONS, [*GOOD[:7], {"A": 5, "B": 3}])
    assert (found.experts, found.agreement.incomplete) == (7, 1)
    assert "too_few_experts" in found.faults


def test_nobody_rated_yet():
    found = judge_vignette(OPTIONS, [])
    assert found.faults == ("too_few_experts", "no_agreement")
    assert [each.n for each in found.figures.values()] == [0, 0, 0]
    assert found.lead is None


def test_experts_who_disagree_make_no_key():
    found = judge_vignette(OPTIONS, experts(*[(4, 3, 2)] * 6, *[(2, 3, 4)] * 2))
    assert found.faults == ("low_agreement",)
    against = judge_vignette(OPTIONS, experts(*[(5, 1, 3), (1, 5, 3), (3, 3, 5), (5, 3, 1)] * 2))
    assert against.faults == ("no_agreement", "large_spread")


def test_experts_who_do_not_tell_the_options_apart_make_no_key():
    found = judge_vignette(OPTIONS, experts(*[(3, 3, 3)] * 8))
    assert found.faults == ("no_agreement", "small_lead")


@pytest.mark.parametrize(("fives", "is_enough"), [(4, True), (3, False)])
def test_the_best_option_leads_by_half_a_point(fives, is_enough):
    # A has the mean 4 + fives / 8: 4.5 or 4.38 against 4.
    rows = [(5 if n < fives else 4, 4, 1) for n in range(8)]
    assert ("small_lead" not in judge_vignette(OPTIONS, experts(*rows)).faults) is is_enough


def test_a_spread_of_one_point_is_still_narrow_enough():
    # Five experts 1 apart from four: 9 ratings, 3 each of 2, 3 and 4 give 6 / 8; 4 of 2, 1 of 3, 4 of 4 give 8 / 8 = 1.
    middle = [2, 2, 2, 2, 3, 4, 4, 4, 4]
    found = judge_vignette(OPTIONS, experts(*[(5, value, 1) for value in middle]))
    assert found.figures["B"].variance == 1
    assert found.may_be_kept
    wider = judge_vignette(OPTIONS, experts(*[(5, value, 1) for value in [1, *middle[1:]]]))
    assert (wider.spread_out, wider.faults) == (("B",), ("large_spread",))


def poles(*rows):
    return [{"left": left, "right": right} for left, right in rows]


@pytest.mark.parametrize(
    ("rows", "gap", "faults"),
    [
        ([(4, 4)] * 8, 0, ()),
        ([(4, 3)] * 8, 1, ()),
        ([(3, 4)] * 8, 1, ()),
        ([(5, 4)] * 7 + [(5, 3)], Fraction(9, 8), ("unequal_poles",)),
        ([(4, 4)] * 7, 0, ("too_few_experts",)),
        ([(5, 1)] * 7, 4, ("too_few_experts", "unequal_poles")),
    ],
)
def test_poles_are_about_equally_desirable(rows, gap, faults):
    found = judge_pair(poles(*rows))
    assert (found.gap, found.faults, found.experts) == (gap, faults, len(rows))
    assert found.may_be_kept == (not faults)


def test_an_expert_who_rated_one_pole_does_not_count():
    found = judge_pair([*poles(*[(4, 4)] * 8), {"left": 1}])
    assert (found.experts, found.left.mean) == (8, 4)
    assert judge_pair([]).faults == ("too_few_experts",)


@pytest.mark.parametrize(
    ("value", "kept"),
    [(Fraction(33, 8), "4.13"), (Fraction(10, 3), "3.33"), (Fraction(5), "5.00"), (Fraction(9, 200), "0.05")],
)
def test_a_mean_is_kept_with_two_decimals(value, kept):
    assert in_key(value) == Decimal(kept)


rows = st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=8, max_size=12)


@given(rows)
def test_what_may_be_kept_still_passes_as_it_stands_in_the_key(rows):
    found = judge_vignette(OPTIONS, experts(*rows))
    if found.may_be_kept:
        means = sorted((in_key(each.mean) for each in found.figures.values()), reverse=True)
        assert means[0] - means[1] >= Decimal("0.5")
        assert in_key(found.agreement.icc) >= Decimal("0.80")
        assert all(round(each.sd, 2) <= 1 for each in found.figures.values())
