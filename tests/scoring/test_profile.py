"""Strengths and growth areas stand to the person's own other dimensions; nobody is ranked by force."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.bands import band_of
from scoring.engine import compile_plan, encode, score
from scoring.profile import ItemPick, build_profile, pick_items
from scoring.results import ScaleResult
from scoring.rules import STANDARD_RULE
from scoring.scales import display_score
from tests.scoring.documents import build_document, item, scale

DIMENSIONS = [f"D{i}" for i in range(8)]
DOCUMENT = build_document(
    scales=[scale(code) for code in DIMENSIONS],
    items=[item(f"{code}I{i}", code, na=True) for code in DIMENSIONS for i in range(4)],
)


def result(value):
    if value is None:
        return ScaleResult(None, None, "not_scored", "too_few_answers", 1, 4, None)
    display = display_score(value)
    return ScaleResult(Fraction(value), display, "scored", None, 4, 4, band_of(display).code)


def profile(*scores, **options):
    results = {code: result(value) for code, value in zip(DIMENSIONS, scores, strict=False)}
    return build_profile(DOCUMENT, results, {}, **options)


def codes(areas):
    return [area.scale for area in areas]


def test_ten_points_from_the_mean_of_the_others_is_a_tendency():
    found = profile(80, 70, 70, 70, 60)
    # D0: 80 - (70+70+70+60)/4 = 12.5 above; D4: 60 - 72.5 = 12.5 below; D1: 70 - 70 = 0
    assert (codes(found.strengths), codes(found.growth)) == (["D0"], ["D4"])
    assert found.strengths[0].difference == Fraction(25, 2)
    assert found.strengths[0].is_tendency and found.is_provisional


def test_just_below_ten_points_is_level():
    # 80 - (70 + 71) / 2 = 9.5
    found = profile(80, 70, 71)
    assert found.is_level and found.strengths == found.growth == ()
    # 80 - 70 = 10 exactly, and 70 - 75 = -5
    assert codes(profile(80, 70, 70).strengths) == ["D0"]


def test_known_errors_decide_instead_of_points():
    errors = dict.fromkeys(DIMENSIONS, 5.0)
    # error of the difference: sqrt(25 + 4 * 25 / 4**2) = 5.59; times 1.96 = 10.96
    assert not profile(80, 70, 70, 70, 68, sems=errors).strengths  # 10.5
    found = profile(81, 70, 70, 70, 68, sems=errors)  # 11.5
    assert codes(found.strengths) == ["D0"]
    assert (found.strengths[0].basis, found.is_provisional) == ("error", False)


def test_errors_count_only_when_known_for_every_scored_dimension():
    assert profile(80, 70, 70, sems={"D0": 50, "D1": 50}).is_provisional
    assert codes(profile(80, 70, 70, sems={"D0": 50, "D1": 50}).strengths) == ["D0"]
    assert not profile(80, 70, None, sems={"D0": 50, "D1": 50}).is_provisional


def test_the_lowest_band_is_always_growth_and_never_a_strength():
    found = profile(45, 20, 20, 20)
    assert "D0" not in codes(found.strengths)
    # the three lowest are listed, the fourth is named and not hidden
    assert (codes(found.growth), found.further_growth) == (["D1", "D2", "D3"], ("D0",))
    assert profile(45, 20, 20, 20, 20).further_growth == ("D4", "D0")
    level_and_low = profile(40, 40, 40)
    assert [area.basis for area in level_and_low.growth] == ["band"] * 3
    assert not level_and_low.is_level


def test_at_most_three_by_distance():
    found = profile(100, 95, 90, 89, 50, 51, 52, 53)
    assert codes(found.strengths) == ["D0", "D1", "D2"]
    assert codes(found.growth) == ["D4", "D5", "D6"]


def test_nothing_is_said_about_a_scale_that_is_not_scored():
    found = profile(80, None, 60)
    assert found.not_scored == ("D1",)
    assert codes(found.strengths + found.growth) == ["D0", "D2"]


def test_a_single_dimension_cannot_be_compared():
    found = profile(90)
    assert not found.is_comparable and not found.is_level
    assert codes(profile(30).growth) == ["D0"] and profile(30).growth[0].difference is None
    assert not profile().is_comparable


def test_items_are_picked_by_keyed_score_and_form_order():
    document = build_document(
        scales=[scale("D"), scale("D-A", parent="D")],
        items=[
            item("A", "D"),
            item("B", "D-A", key=-1),
            item("C", "D", na=True),
            item("E", "D"),
            item("F", "D"),
        ],
    )
    answers = {"A": 3, "B": 5, "C": "na", "E": 3, "F": 5}
    # keyed: A 1/2, B 0 (reversed), C no score, E 1/2, F 1
    assert pick_items(document, "D", answers, highest=False) == (
        ItemPick("B", Fraction(0)),
        ItemPick("A", Fraction(1, 2)),
        ItemPick("E", Fraction(1, 2)),
    )
    assert [pick.code for pick in pick_items(document, "D", answers, highest=True)] == ["F", "A", "E"]


def test_a_profile_of_real_answers():
    plan = compile_plan(DOCUMENT, STANDARD_RULE)
    answers = {one.code: 5 if one.scale == "D0" else 2 if one.scale == "D1" else 4 for one in DOCUMENT.items}
    answers["D1I2"] = 1
    found = build_profile(DOCUMENT, score(plan, encode(plan, [answers])).person(0), answers)
    assert codes(found.strengths) == ["D0"]
    assert codes(found.growth) == ["D1"]
    assert [pick.code for pick in found.growth[0].items] == ["D1I2", "D1I0", "D1I1"]
    assert [pick.score for pick in found.strengths[0].items] == [1, 1, 1]


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), max_size=8), st.booleans())
def test_profile_laws(scores, errors_known):
    errors = dict.fromkeys(DIMENSIONS, 6.0) if errors_known else None
    found = profile(*scores, sems=errors)
    strengths, growth = codes(found.strengths), codes(found.growth)
    assert len(strengths) <= 3 and len(growth) <= 3
    assert not set(strengths) & set(growth)
    unscored = {code for code, value in zip(DIMENSIONS, scores, strict=False) if value is None}
    assert not unscored & set(strengths + growth) and set(found.not_scored) == unscored
    low = {code for code, value in zip(DIMENSIONS, scores, strict=False) if value is not None and value < 50}
    assert low <= set(growth) | set(found.further_growth) and not low & set(strengths)
    assert all(area.difference > 0 for area in found.strengths)


@pytest.mark.parametrize("band", ["prioritas", "kuat"])
def test_the_band_that_always_is_growth_can_be_named(band):
    found = profile(75, 75, 75, priority_band=band)
    assert bool(found.growth) is (band == "kuat")
