"""Response quality: each sign by itself, and the rating that needs two kinds of signs."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.quality import (
    assess,
    even_odd_consistency,
    fast_item_share,
    is_contradictory,
    is_fast,
    is_inconsistent,
    longstring,
    longstring_threshold,
    mean_pair_difference,
    rate,
    response_variability,
    shortest_seconds,
)
from tests.scoring.cases import case_id, load
from tests.scoring.documents import attention, bipolar, build_document, desirability, item, scale

CASES = load("quality_cases")
approx_or_none = lambda value: value if value is None else pytest.approx(value, abs=1e-9)  # noqa: E731


@pytest.mark.parametrize("case", CASES["longstring"], ids=case_id)
def test_reference_longstring(case):
    positions = case["raw_positions"]
    threshold = longstring_threshold(len(positions))
    assert (longstring(positions), threshold) == (case["longstring"], case["threshold"])
    assert (longstring(positions) >= threshold) is case["flag"]
    assert response_variability(positions) == approx_or_none(case["irv"])


@pytest.mark.parametrize("case", CASES["speed"], ids=case_id)
def test_reference_speed(case):
    for page in case["pages"]:
        assert shortest_seconds(page["words"]) == pytest.approx(page["t_min"])
        assert (page["seconds"] < shortest_seconds(page["words"])) is page["fast"]
    share = fast_item_share((page["words"], page["seconds"]) for page in case["pages"])
    assert (float(share), is_fast(share)) == (case["fast_item_share"], case["flag"])


@pytest.mark.parametrize("case", CASES["even_odd"], ids=case_id)
def test_reference_even_odd(case):
    found = even_odd_consistency(case["keyed_item_values_by_scale"])
    assert found == approx_or_none(case["even_odd_corrected"])
    assert is_inconsistent(found) is case["flag"]


@pytest.mark.parametrize("case", CASES["designated_pairs"], ids=case_id)
def test_reference_pairs(case):
    found = mean_pair_difference([tuple(map(Fraction, pair)) for pair in case["keyed_pairs"]])
    assert float(found) == pytest.approx(case["mean_abs_difference"], abs=1e-9)
    assert is_contradictory(found) is case["flag"]


@pytest.mark.parametrize("case", CASES["overall"], ids=str)
def test_reference_rating(case):
    families = [flag for flag in case["flags"] if flag in ("speed", "pattern", "consistency")]
    assert rate(families, attention_fails=int("infrequency_1" in case["flags"])) == case["expected"]


@pytest.mark.parametrize(
    ("families", "fails", "expected"),
    [
        ({"speed", "pattern"}, 0, "rendah"),
        ({"attention"}, 2, "rendah"),
        ({"speed"}, 1, "tinjau"),
        (set(), 1, "tinjau"),
        (set(), 0, "baik"),
    ],
)
def test_rating_needs_two_families_or_two_failed_attention_items(families, fails, expected):
    assert rate(families, fails) == expected


def form(*, keys=(1, -1), count=16, pairs=(), extra=()):
    items = [item(f"X{i}", f"D{i % 2}", key=keys[i % len(keys)], na=True) for i in range(count)]
    sections = {"A": [f"X{i}" for i in range(count // 2)], "B": [f"X{i}" for i in range(count // 2, count)]}
    if extra:
        sections["C"] = [entry["code"] for entry in extra]
    scales = [scale("D0"), scale("D1"), scale("SD", kind="response_style")]
    return build_document(scales=scales, items=[*items, *extra], sections=sections, pairs=pairs)


def all_at(document, value):
    return {one.code: value for one in document.items}


def test_a_straight_line_is_a_pattern_only_where_keys_go_both_ways():
    both, one_way = form(), form(keys=(1,))
    assert assess(both, all_at(both, 5), None).families == {"pattern"}
    found = assess(one_way, all_at(one_way, 5), None)
    assert (found.longest_run, found.families, found.rating) == (16, frozenset(), "baik")


def test_a_run_goes_on_over_pages_and_skipped_items_but_not_over_another_response_set():
    document = form()
    answers = all_at(document, 5)
    del answers["X3"]
    answers["X4"] = "na"
    assert assess(document, answers, None).longest_run == 14  # 16 less the skipped and the not applicable
    interrupted = build_document(
        scales=[scale("D")],
        items=[item("A1", "D"), item("A2", "D"), bipolar("B", "D"), item("A3", "D"), item("A4", "D")],
    )
    found = assess(interrupted, {"A1": 4, "A2": 4, "B": 4, "A3": 4, "A4": 4}, None)
    assert [block.run for block in found.blocks] == [2, 1, 2]


def test_time_counts_by_items_and_lost_times_raise_no_alarm():
    document = form()  # two pages of 8 items of 12 words: at least 16 seconds each
    answers = {one.code: 3 + index % 2 for index, one in enumerate(document.items)}
    assert assess(document, answers, None).fast_item_share is None
    assert assess(document, answers, {}).fast_item_share is None
    assert assess(document, answers, {"A": 15.9, "B": 16}).fast_item_share == 0.5
    assert assess(document, answers, {"A": 15.9}).families == {"speed"}  # half of the items already
    assert assess(document, answers, {"A": 16}).fast_item_share == 0


def test_long_texts_need_reading_time():
    assert shortest_seconds([20, 21, 60]) == pytest.approx(2.0 + 2.1 + 6.0)


def test_pairs_compare_keyed_scores_and_need_three_answers():
    pairs = [("X0", "X1"), ("X2", "X3"), ("X4", "X5")]
    document = form(pairs=pairs)
    # odd items are reversed: 5 and 1 agree fully, 5 and 5 contradict fully
    agreeing = {f"X{i}": 5 if i % 2 == 0 else 1 for i in range(6)}
    assert assess(document, agreeing, None).pair_difference == 0
    found = assess(document, dict.fromkeys(agreeing, 5), None)
    assert (found.pair_difference, found.families, found.rating) == (1, {"consistency"}, "tinjau")
    del agreeing["X5"]
    assert assess(document, agreeing, None).pair_difference is None


def test_two_signs_of_different_families_make_it_low():
    document = form(pairs=[("X0", "X1"), ("X2", "X3"), ("X4", "X5")])
    found = assess(document, all_at(document, 5), {"A": 2, "B": 2})
    assert found.families == {"speed", "pattern", "consistency"}
    assert found.rating == "rendah"


def test_attention_items_pass_fail_and_missing_are_counted_apart():
    document = form(extra=[attention("P1"), attention("P2"), attention("P3")])
    found = assess(document, {"P1": 2, "P2": 5}, None)
    assert (found.attention_passed, found.attention_failed, found.attention_missing) == (1, 1, 1)
    assert found.rating == "tinjau"
    assert assess(document, {"P1": 1, "P2": 5}, None).rating == "rendah"


def test_flattery_is_shown_apart_and_never_rated():
    document = form(extra=[desirability(f"S{i}") for i in range(5)])
    answers = {"S0": 5, "S1": 5, "S2": 5, "S3": 4}
    found = assess(document, answers, None)
    assert (found.desirability_share, found.is_desirability_high, found.rating) == (0.75, True, "baik")
    del answers["S3"]  # 3 of 5 answered is less than 80 %
    assert assess(document, answers, None).desirability_share is None


def test_even_odd_needs_six_scales_with_both_halves():
    five = [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]
    assert even_odd_consistency(five) is None
    assert even_odd_consistency([*five, [2, None]]) is None
    assert even_odd_consistency([*five, [2, None, None, 2]]) == pytest.approx(1)


def test_even_odd_never_falls_below_minus_one():
    opposite = [[1, 5], [2, 4], [3, 3], [4, 2], [5, 1], [1, 5]]
    assert even_odd_consistency(opposite) == -1


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=6, max_size=12))
def test_even_odd_is_the_stepped_up_correlation(points):
    found = even_odd_consistency(points)
    n = len(points)
    mx, my = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    sxx, syy = sum((x - mx) ** 2 for x, _ in points), sum((y - my) ** 2 for _, y in points)
    if len({x for x, _ in points}) == 1 or len({y for _, y in points}) == 1:
        assert found is None
        return
    r = sum((x - mx) * (y - my) for x, y in points) / math.sqrt(sxx * syy)
    assert found == pytest.approx(-1 if r <= -1 / 3 else 2 * r / (1 + r), abs=1e-9)
