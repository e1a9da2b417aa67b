"""The engine: exact, the same for one and for many, and never forgiving about a value that cannot be."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.engine import AnswerError, PlanError, compile_plan, encode, score
from scoring.rules import STANDARD_RULE
from tests.scoring.cases import case_id, load
from tests.scoring.documents import (
    attention,
    bipolar,
    build_document,
    desirability,
    item,
    response_set,
    scale,
)


def small_document():
    """Two dimensions (one with a facet), climate, flattery and an attention item."""
    return build_document(
        scales=[
            scale("DIRI"),
            scale("DIRI-A", parent="DIRI"),
            scale("PROG"),
            scale("IKLIM", kind="climate"),
            scale("SD", kind="response_style"),
        ],
        items=[
            item("A1", "DIRI-A"),
            item("A2", "DIRI-A", na=True),
            item("A3", "DIRI-A", key=-1),
            item("A4", "DIRI"),
            attention("P1"),
            bipolar("B1", "PROG"),
            bipolar("B2", "PROG", key=-1),
            bipolar("B3", "PROG", weight=2),
            item("I1", "IKLIM"),
            item("I2", "IKLIM"),
            item("I3", "IKLIM"),
            desirability("S1"),
            desirability("S2", key=-1),
            desirability("S3"),
        ],
    )


def run(document, *answers):
    plan = compile_plan(document, STANDARD_RULE)
    return score(plan, encode(plan, answers))


def test_one_person_is_scored_down_to_the_item():
    answers = {"A1": 5, "A2": 4, "A3": 2, "A4": 3, "B1": 7, "B2": 4, "B3": 4, "P1": 2}
    found = run(small_document(), answers).person(0)
    # A1 1, A2 3/4, A3 reversed 3/4, A4 1/2: the dimension is the mean of its four items, not of its facet and A4
    assert found["DIRI"].score == 75
    # (1 + 3/4 + 3/4) / 3 = 5/6
    assert found["DIRI-A"].score == Fraction(500, 6)
    assert (found["DIRI-A"].display, found["DIRI-A"].band) == (83, "kuat")
    # (1*1 + 1*1/2 + 2*1/2) / 4 = 5/8 -> 62.5 -> 63
    assert (found["PROG"].score, found["PROG"].display) == (Fraction(125, 2), 63)


def test_climate_and_flattery_stay_out_of_a_persons_results():
    answers = {"I1": 5, "I2": 5, "I3": 3, "S1": 5, "S2": 1, "S3": 4}
    table = run(small_document(), answers)
    assert set(table.person(0)) == {"DIRI", "DIRI-A", "PROG"}
    # climate is there for units: (1 + 1 + 1/2) / 3
    assert table.scores()[0, table.column("IKLIM")] == pytest.approx(83.333333333)
    # two of three answers in the flattering extreme (5 of S1, 1 of the reversed S2); no band
    style = table.response_style(0)["SD"]
    assert (style.score, style.band) == (Fraction(200, 3), None)


def test_nothing_answered_is_not_scored_and_not_zero():
    table = run(small_document(), {})
    assert all(result.status == "not_scored" and result.score is None for result in table.person(0).values())
    assert table.person(0)["DIRI"].missing == 4
    assert np.isnan(table.scores()).all()
    assert (table.display() == -1).all() and (table.bands() == -1).all()


def test_attention_and_flattery_items_never_count_as_content():
    document = build_document(
        scales=[scale("D")],
        items=[item("A", "D"), item("B", "D"), item("C", "D"), attention("P"), desirability("S", scale="D")],
    )
    found = run(document, {"A": 5, "B": 5, "C": 5, "P": 1, "S": 1}).person(0)["D"]
    assert (found.score, found.answered, found.applicable) == (100, 3, 3)


def is_of_five_points(case):
    """Whether all item scores of a case can be given on a five-point scale: quarters."""
    return all(s in (None, "na") or s * 4 % 1 == 0 for s in case["item_scores"])


@pytest.mark.parametrize(
    "case", list(filter(is_of_five_points, load("scale_scoring_cases")["cases"])), ids=case_id
)
def test_reference_scale_cases(case):
    expected, scores = case["expected"], case["item_scores"]
    document = build_document(
        scales=[scale("D")], items=[item(f"X{i}", "D", na=True) for i in range(len(scores))]
    )
    answers = {f"X{i}": s if s == "na" else int(4 * s) + 1 for i, s in enumerate(scores) if s is not None}
    found = run(document, answers).person(0)["D"]
    assert (found.status, found.reason) == (expected["status"], expected.get("reason"))
    assert (found.score, found.display, found.band) == (
        expected["score"],
        expected.get("display"),
        expected.get("band"),
    )


@pytest.mark.parametrize("k", range(1, 201))
def test_the_engine_asks_for_eighty_percent_exactly(k):
    document = build_document(scales=[scale("D")], items=[item(f"X{i}", "D") for i in range(k)])
    needed = max((4 * k + 4) // 5, min(3, k))
    table = run(document, {f"X{i}": 5 for i in range(needed)}, {f"X{i}": 5 for i in range(needed - 1)})
    assert table.person(0)["D"].status == ("scored" if needed == k else "prorated")
    assert table.person(1)["D"].status == "not_scored"


def test_display_rounds_halves_up_exactly():
    # a scale of 200 items answered 5 or 1 gives halves: 169 of 200 is 84.5 -> 85, a band higher than 84.49
    document = build_document(scales=[scale("D")], items=[item(f"X{i}", "D") for i in range(200)])
    answers = [{f"X{i}": 5 if i < high else 1 for i in range(200)} for high in (169, 168, 99, 98, 139, 1)]
    table = run(document, *answers)
    assert table.display()[:, 0].tolist() == [85, 84, 50, 49, 70, 1]
    assert [table.person(row)["D"].band for row in range(4)] == [
        "sangat_konsisten",
        "kuat",
        "berkembang",
        "prioritas",
    ]


# --- refusing ---


@pytest.mark.parametrize("answers", [{"A1": 6}, {"A1": 0}, {"A1": "na"}, {"A1": None}, {"A1": []}, {"P1": 9}])
def test_encode_refuses_what_an_item_cannot_have(answers):
    plan = compile_plan(small_document(), STANDARD_RULE)
    with pytest.raises(AnswerError, match=r"Baris ke-2: Butir (A1|P1)") as error:
        encode(plan, [{}, answers])
    assert (error.value.row, error.value.item) == (1, *answers)


def test_encode_refuses_unknown_items():
    with pytest.raises(AnswerError, match="'ZZ' tidak ada"):
        encode(compile_plan(small_document(), STANDARD_RULE), [{"ZZ": 1}])


@given(row=st.integers(0, 5000), slot=st.integers(0, 13), byte=st.integers(0, 255))
def test_a_matrix_with_an_impossible_byte_is_refused_by_row_and_item(row, slot, byte):
    plan = compile_plan(small_document(), STANDARD_RULE)
    matrix = np.ones((5001, len(plan.slots)), dtype=np.uint8)
    matrix[row, slot] = byte
    if plan.valid[slot, byte]:
        assert len(score(plan, matrix)) == 5001
        return
    with pytest.raises(AnswerError, match=f"Baris ke-{row + 1}: Butir {plan.slots[slot]}") as error:
        score(plan, matrix)
    assert (error.value.row, error.value.item) == (row, plan.slots[slot])


@pytest.mark.parametrize(
    "matrix",
    [np.ones((2, 3), np.uint8), np.ones((2, 14), np.int64), np.ones(14, np.uint8)],
    ids=["width", "type", "one row"],
)
def test_only_a_matrix_of_bytes_in_slot_order_is_scored(matrix):
    with pytest.raises(ValueError, match="uint8 dengan 14 kolom"):
        score(compile_plan(small_document(), STANDARD_RULE), matrix)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weight": -1}, "tidak boleh negatif"),
        ({"weight": 0}, "jumlah bobot"),
        ({"weight": float("nan")}, "bukan bilangan"),
        ({"key": 0}, "kunci harus"),
        ({"responses": "nol"}, "di antara 1 dan 254"),
    ],
)
def test_documents_that_cannot_be_scored_are_refused(changes, words):
    document = build_document(
        scales=[scale("D")],
        items=[item("X", "D", **changes)],
        response_sets=[
            response_set("frekuensi", "frequency", 5),
            response_set("nol", "agreement", 5, lowest=0),
        ],
    )
    with pytest.raises(PlanError, match=words):
        compile_plan(document, STANDARD_RULE)


def test_items_of_unknown_kinds_are_refused_when_compiling():
    essay = item("X", "D") | {"type": "essay"}
    with pytest.raises(PlanError, match="jenis butir 'essay'") as error:
        compile_plan(build_document(scales=[scale("D")], items=[essay]), STANDARD_RULE)
    assert len(error.value.problems) == 1


def test_values_with_a_gap_are_refused():
    gap = response_set("frekuensi", "frequency", 5)
    del gap["options"][2]
    document = build_document(scales=[scale("D")], items=[item("X", "D")], response_sets=[gap])
    with pytest.raises(PlanError, match="berurutan tanpa celah"):
        compile_plan(document, STANDARD_RULE)


def test_every_item_needs_its_slot():
    document = replace(small_document(), slots=("A1",))
    with pytest.raises(PlanError, match="tepat satu kali"):
        compile_plan(document, STANDARD_RULE)


def test_a_scale_without_items_is_never_scored():
    found = run(build_document(scales=[scale("D"), scale("E")], items=[item("X", "D")]), {"X": 5}).person(0)
    assert (found["D"].score, found["E"].status, found["E"].reason) == (100, "not_scored", "no_weight")


def test_nobody_and_nothing_can_be_scored():
    assert len(run(small_document())) == 0
    assert run(build_document(scales=[scale("D")], items=[]), {}, {}).person(1)["D"].score is None


def test_unknown_scales_have_no_column():
    with pytest.raises(KeyError):
        run(small_document(), {}).column("ZZ")
