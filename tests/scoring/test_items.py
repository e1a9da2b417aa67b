"""One raw answer becomes an item score of 0..1, or is refused; never clamped."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.items import (
    FAIL,
    MISSING,
    PASS,
    AnswerError,
    BipolarSpec,
    InfrequencySpec,
    LikertSpec,
    SjtBestSpec,
    SjtBestWorstSpec,
    SjtRateSpec,
    attention_result,
    exact,
    exact_score,
    is_extreme,
    item_score,
    option_weights,
    preference_shares,
    spec_of,
)
from tests.scoring.cases import case_id, load
from tests.scoring.documents import attention, bipolar, build_document, item, scale

CASES = load("item_scoring_cases")
REFUSED = {"likert_out_of_range", "sjt_bw_same"}
EXPERTS = (("a", 4.6), ("b", 3.2), ("c", 2.0), ("d", 1.4))


def spec_from(case):
    spec = case["spec"]
    experts = tuple(spec.get("expert_mean", {}).items())
    match case["type"]:
        case "likert":
            return LikertSpec("X1", spec["m"], key=spec["key"], na_allowed=spec.get("na_allowed", False))
        case "bipolar":
            return BipolarSpec("X1", spec["positive_side"], spec["m"])
        case "sjt_best":
            return SjtBestSpec("X1", experts, spec["scoring"])
        case "sjt_best_worst":
            return SjtBestWorstSpec("X1", experts)
        case "sjt_rate":
            return SjtRateSpec("X1", experts, *spec["scale"])
    return InfrequencySpec("X1", tuple(spec["accept"]))


@pytest.mark.parametrize("case", [c for c in CASES["items"] if c["id"] not in REFUSED], ids=case_id)
def test_reference_item_scores(case):
    expected = case["expected_score"]
    assert item_score(spec_from(case), case["raw"]) == (expected and pytest.approx(expected, abs=1e-9))


@pytest.mark.parametrize("case", [c for c in CASES["items"] if c["id"] in REFUSED], ids=case_id)
def test_reference_answers_that_are_refused(case):
    with pytest.raises(AnswerError, match="Butir X1"):
        item_score(spec_from(case), case["raw"])


def test_reference_failed_attention_item():
    (case,) = (c for c in CASES["items"] if c["type"] == "infrequency")
    assert attention_result(spec_from(case), case["raw"]) == case["note"]


def test_reference_forced_choice_shares():
    case = CASES["forced_choice"]
    shares = preference_shares(case["blocks"], case["picks"])
    assert {code: float(share) for code, share in shares.items()} == case["preference_share"]
    # the picks of a person always sum to the number of blocks
    assert sum(share * case["appearances"][code] for code, share in shares.items()) == len(case["blocks"])


def test_forced_choice_needs_one_offered_pick_a_block():
    with pytest.raises(AnswerError, match="2 blok tetapi 1 pilihan"):
        preference_shares([("a", "b"), ("b", "c")], ["a"])
    with pytest.raises(AnswerError, match="Blok 2"):
        preference_shares([("a", "b"), ("b", "c")], ["a", "a"])


@given(lowest=st.integers(-3, 3), size=st.integers(2, 11), step=st.integers(0, 10))
def test_a_reversed_item_mirrors_the_score_on_any_scale(lowest, size, step):
    value = lowest + step % size
    plain = exact_score(LikertSpec("X1", lowest + size - 1, lowest), value)
    mirrored = exact_score(LikertSpec("X1", lowest + size - 1, lowest, key=-1), value)
    assert plain == Fraction(step % size, size - 1)
    assert plain + mirrored == 1


@given(st.integers(-1000, 1000))
def test_every_value_outside_the_scale_is_refused_and_none_inside(value):
    spec = BipolarSpec("X1")
    if 1 <= value <= 7:
        assert 0 <= exact_score(spec, value) <= 1
    else:
        with pytest.raises(AnswerError, match="luar skala 1 sampai 7") as error:
            exact_score(spec, value)
        assert (error.value.item, error.value.value, error.value.row) == ("X1", value, None)


@pytest.mark.parametrize("raw", [True, 2.0, "2", [2], 2.5])
def test_only_whole_numbers_are_answers_to_a_rating(raw):
    with pytest.raises(AnswerError):
        exact_score(LikertSpec("X1"), raw)


def test_skipped_is_no_score_and_not_applicable_only_where_it_is_offered():
    assert exact_score(LikertSpec("X1"), None) is None
    assert exact_score(LikertSpec("X1", na_allowed=True), "na") is None
    with pytest.raises(AnswerError, match="tidak berlaku"):
        exact_score(LikertSpec("X1"), "na")


def test_expert_means_are_read_as_decimals():
    # (2.0 - 1.4) / (4.6 - 1.4) = 0.6 / 3.2 = 3/16, exactly
    assert option_weights(EXPERTS) == {"a": 1, "b": Fraction(9, 16), "c": Fraction(3, 16), "d": 0}


def test_best_and_worst_score_fully_only_when_both_agree_with_the_experts():
    spec = SjtBestWorstSpec("X1", EXPERTS)
    assert exact_score(spec, {"best": "a", "worst": "d"}) == 1
    assert exact_score(spec, {"best": "a"}) is None  # needs both
    for raw in ({"best": "a", "worst": "z"}, {"best": "a", "terbaik": "b"}, "a"):
        with pytest.raises(AnswerError):
            exact_score(spec, raw)


def test_rating_every_option_is_a_distance_to_the_experts():
    spec = SjtRateSpec("X1", EXPERTS)
    # all at 3: |3-4.6| + |3-3.2| + |3-2| + |3-1.4| = 4.4 of at most 3.6 + 2.2 + 3.0 + 3.6 = 12.4
    assert exact_score(spec, dict.fromkeys("abcd", 3)) == 1 - Fraction(44, 124)
    with pytest.raises(AnswerError, match="luar skala 1 sampai 5"):
        exact_score(spec, {"a": 6})


def test_dichotomous_scoring_gives_nothing_for_the_second_best():
    assert exact_score(SjtBestSpec("X1", EXPERTS, "dichotomous"), "b") == 0


def test_attention_items_pass_fail_or_are_missing_and_have_no_score():
    spec = InfrequencySpec("X1", (2,), 1, 5)
    assert [attention_result(spec, raw) for raw in (2, 5, None)] == [PASS, FAIL, MISSING]
    assert exact_score(spec, 2) is None
    with pytest.raises(AnswerError):
        attention_result(spec, 9)
    with pytest.raises(AnswerError):
        attention_result(spec, "na")


def test_specs_follow_the_document():
    document = build_document(
        scales=[scale("D")],
        items=[item("A", "D", key=-1, responses="enam", na=True), bipolar("B", "D", key=-1), attention("C")],
    )
    assert [spec_of(one) for one in document.items] == [
        LikertSpec("A", 6, 1, -1, True),
        BipolarSpec("B", "left", 7, 1),
        InfrequencySpec("C", (2,), 1, 5),
    ]


def test_the_flattering_extreme_of_a_reversed_item_is_its_lowest_value():
    document = build_document(scales=[scale("D")], items=[item("A", "D"), item("B", "D", key=-1)])
    plain, turned = document.items
    assert [is_extreme(plain, v) for v in (1, 4, 5)] == [False, False, True]
    assert [is_extreme(turned, v) for v in (1, 2, 5)] == [True, False, False]


def test_decimal_text_is_taken_literally_and_infinity_is_refused():
    assert exact(0.1) == Fraction(1, 10)
    for value in (float("inf"), float("nan"), "x"):
        with pytest.raises(ValueError, match="bukan bilangan"):
            exact(value)
