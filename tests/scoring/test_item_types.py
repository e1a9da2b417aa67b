"""Vignettes, forced choice and unscored items in the engine: the reference of measurement.md 1.4, part by part."""

import itertools
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.sheets import pack, unpack
from questionnaires.version_document import content_hash
from scoring.bands import SITUATIONAL_BANDS
from scoring.engine import AnswerError, PlanError, compile_plan, encode, score
from scoring.items import exact_score, part_scores, preference_shares, spec_of
from scoring.quality import assess
from scoring.rules import STANDARD_RULE, describe, find_problems, from_document, to_document, with_bands_for
from tests.scoring.documents import attention, build_document, choice, item, open_text, scale, vignette

RULE = with_bands_for(STANDARD_RULE, {"situational"})
REFERENCE = Path(__file__).parent.parent / "reference" / "item_scoring_cases.json"


def document(*vignettes, **options):
    """Vignettes of NALAR, beside four ratings of DIRI, an attention item and what is never scored."""
    items = [*(item(f"A{n}", "DIRI") for n in range(1, 5)), attention("P1"), *vignettes]
    items += [choice("F1"), choice("S1", type="single_choice"), open_text("T1")]
    scales = [scale("DIRI"), scale("PROGRAM"), scale("NALAR", "situational")]
    return build_document(scales=scales, items=items, **options)


THREE = document(
    vignette("V1", type="sjt_best"), vignette("V2"), vignette("V3", type="sjt_rate"), vignette("V4", weight=2)
)


def results(doc, answers, rule=RULE):
    plan = compile_plan(doc, rule)
    return score(plan, encode(plan, [answers])).person(0)


SJT_CASES = [case for case in json.loads(REFERENCE.read_text())["items"] if case["type"].startswith("sjt")]


@pytest.mark.parametrize("case", SJT_CASES, ids=lambda case: case["id"])
def test_the_engine_gives_the_reference_scores_of_vignettes(case):
    """A scale of the one vignette three times, because a scale needs three answers."""
    extra = {"sjt_scoring": case["spec"]["scoring"]} if "scoring" in case["spec"] else {}
    key = {letter.upper(): mean for letter, mean in case["spec"]["expert_mean"].items()}
    doc = document(*(vignette(f"V{n}", type=case["type"], key=key, **extra) for n in (1, 2, 3)))
    raw = upper(case["raw"])
    try:
        found = results(doc, {f"V{n}": raw for n in (1, 2, 3)})["NALAR"].score
    except AnswerError:
        assert case["expected_score"] is None
        return
    if case["expected_score"] is None:
        assert found is None
    else:
        assert float(found) == pytest.approx(100 * case["expected_score"], abs=1e-7)


def upper(raw):
    if isinstance(raw, dict):
        names = {name: name if name in ("best", "worst") else name.upper() for name in raw}
        return {names[name]: upper(value) for name, value in raw.items() if value is not None}
    return raw.upper() if isinstance(raw, str) else raw


def test_the_parts_of_a_vignette_add_up_to_its_score():
    """Every answer to a best-worst and to a rate item with three actions: 6 and 125 of them."""
    key = {"A": 4.6, "B": 3.25, "C": 1.4}
    worst = document(vignette("V1", key=key)).item_by_code["V1"]
    best_shares, worst_shares = part_scores(worst)
    for best, least in itertools.permutations(key, 2):
        expected = exact_score(spec_of(worst), {"best": best, "worst": least})
        assert best_shares[best] + worst_shares[least] == expected
    rate = document(vignette("V1", key=key, type="sjt_rate")).item_by_code["V1"]
    tables = part_scores(rate)
    for ratings in itertools.product(range(1, 6), repeat=3):
        expected = exact_score(spec_of(rate), dict(zip(key, ratings, strict=True)))
        assert sum(table[rating] for table, rating in zip(tables, ratings, strict=True)) == expected
        assert all(table[rating] >= 0 for table, rating in zip(tables, ratings, strict=True))


def test_a_vignette_counts_once_with_its_weight():
    answers = {"V1": "B", "V2": {"best": "A", "worst": "D"}, "V4": {"best": "D", "worst": "A"}}
    answers["V3"] = {"A": 5, "B": 3, "C": 2, "D": 1}
    found = results(THREE, answers)["NALAR"]
    # V1: (3.2 - 1.4) / 3.2 = 9/16.  V2: 1.  V4: 0, twice as heavy.
    # V3: distance .4 + .2 + 0 + .4 = 1; farthest 3.6 + 2.2 + 3 + 3.6 = 12.4; 1 - 1/12.4 = 57/62.
    assert found.score == 100 * (Fraction(9, 16) + 1 + Fraction(57, 62)) / 5
    assert (found.answered, found.applicable, found.status) == (4, 4, "scored")


@pytest.mark.parametrize("half", [{"best": "A"}, {"worst": "A"}])
def test_a_vignette_answered_in_part_counts_as_skipped(half):
    whole = {"V1": "A", "V2": {"best": "A", "worst": "D"}, "V4": {"best": "A", "worst": "D"}}
    rated = {"A": 5, "B": 3, "C": 2, "D": 1}
    assert results(THREE, whole | {"V3": rated})["NALAR"].answered == 4
    # Three of four are fewer than 80 %: ceil(3.2) = 4 are needed.
    found = results(THREE, whole | {"V2": half, "V3": rated})["NALAR"]
    assert (found.answered, found.status, found.reason) == (3, "not_scored", "too_few_answers")
    found = results(THREE, whole | {"V3": {"A": 5, "B": 3, "C": 2}})["NALAR"]
    assert found.answered == 3


def test_the_same_action_as_best_and_worst_is_an_error_that_names_row_and_item():
    plan = compile_plan(THREE, RULE)
    with pytest.raises(
        AnswerError, match="Baris ke-2: Butir V2: tindakan terbaik dan terburuk tidak boleh sama"
    ):
        encode(plan, [{}, {"V2": {"best": "A", "worst": "A"}}])
    matrix = encode(plan, [{}, {"V2": {"best": "A", "worst": "B"}}]).copy()
    matrix[1, plan.slots.index("V2:worst")] = 1
    with pytest.raises(
        AnswerError, match="Baris ke-2: Butir V2: tindakan terbaik dan terburuk tidak boleh sama"
    ):
        score(plan, matrix)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"V1": "E"}, "pilihan 'E' tidak ada; pilihannya A, B, C, D."),
        ({"V1": 1}, "pilihan 1 tidak ada"),
        ({"V1": "na"}, "tidak berlaku"),
        ({"V2": "A"}, "pilihan 'A' tidak ada|bentuk atau isi"),
        ({"V2": {"best": "E"}}, "bentuk atau isi jawaban"),
        ({"V2": {"middle": "A"}}, "bentuk atau isi jawaban"),
        ({"V3": {"A": 6}}, "bentuk atau isi jawaban"),
        ({"V3": {"A": True}}, "bentuk atau isi jawaban"),
        ({"T1": "teks"}, "tidak ada dalam kuesioner ini"),
    ],
)
def test_an_answer_that_a_vignette_cannot_have_is_refused(answers, words):
    with pytest.raises(AnswerError, match=words):
        encode(compile_plan(THREE, RULE), [answers])


@pytest.mark.parametrize("slot", ["V1", "V2:best", "V3:C", "F1", "S1"])
def test_an_impossible_byte_is_refused_in_every_kind_of_slot(slot):
    plan = compile_plan(THREE, RULE)
    matrix = encode(plan, [{}, {}]).copy()
    matrix[1, plan.slots.index(slot)] = 77
    with pytest.raises(AnswerError, match=f"Baris ke-2: Butir {slot.split(':')[0]}"):
        score(plan, matrix)


def test_forced_choice_and_unscored_items_touch_no_score():
    answers = {f"A{n}": 4 for n in range(1, 5)}
    more = {**answers, "F1": "B", "S1": "A"}
    assert results(THREE, answers) == results(THREE, more)
    assert results(THREE, more)["PROGRAM"].score is None
    assert not any("F1" in each.items for each in compile_plan(THREE, RULE).scales)


def test_preferences_are_shares_of_one_person():
    # DIRI picked in two of three blocks, PROGRAM in one.
    blocks = [("DIRI", "PROGRAM")] * 3
    shares = preference_shares(blocks, ["DIRI", "PROGRAM", "DIRI"])
    assert shares == {"DIRI": Fraction(2, 3), "PROGRAM": Fraction(1, 3)}


def test_a_vignette_without_a_usable_key_is_refused_when_compiling():
    with pytest.raises(PlanError, match="Butir V1: ketepatan tindakan belum lengkap atau semuanya sama"):
        compile_plan(document(vignette("V1", key={"A": 3, "B": 3, "C": 3})), RULE)
    with pytest.raises(PlanError, match="Butir V1: ketepatan"):
        compile_plan(document(vignette("V1", key={"A": 3, "B": None, "C": 2})), RULE)


# --- Bands ---------------------------------------------------------------------------------------------------


def test_situational_bands_have_cuts_of_their_own():
    plan = compile_plan(THREE, RULE)
    answers = {"V1": "A", "V2": {"best": "A", "worst": "D"}, "V3": {"A": 5, "B": 3, "C": 2, "D": 1}}
    matrix = encode(plan, [answers | {"V4": {"best": "A", "worst": "D"}} | {f"A{n}": 5 for n in range(1, 5)}])
    table = score(plan, matrix)
    assert table.person(0)["NALAR"].band == "baik"
    assert table.person(0)["DIRI"].band == "sangat_konsisten"
    columns = [table.column("DIRI"), table.column("PROGRAM"), table.column("NALAR")]
    assert table.bands()[0, columns].tolist() == [3, -1, 2]


def test_a_rule_from_before_vignettes_gives_a_score_without_a_band():
    answers = {"V1": "A", "V2": {"best": "A", "worst": "D"}, "V4": {"best": "A", "worst": "D"}}
    answers["V3"] = {"A": 5, "B": 3, "C": 2, "D": 1}
    found = results(THREE, answers, STANDARD_RULE)["NALAR"]
    assert found.is_scored
    assert found.band is None


def test_a_rule_without_situational_bands_keeps_its_document():
    assert "situational_bands" not in to_document(STANDARD_RULE)
    assert with_bands_for(STANDARD_RULE, {"dimension"}) is STANDARD_RULE
    # Computed before rules had situational bands.
    assert (
        content_hash(to_document(STANDARD_RULE))
        == "afbca02c00b15502dc013d0b8e556d62904d6185951f89df560bffd246eb9212"
    )


def test_situational_bands_travel_in_the_rule_document():
    document = json.loads(json.dumps(to_document(RULE)))
    assert from_document(document) == RULE
    document["situational_bands"][1]["minimum"] = 0
    assert find_problems(document) == ["Batas kategori harus naik: [0, 0, 75]."]


def test_a_rule_says_its_situational_bands_in_words():
    indonesian, english = describe(RULE, "id"), describe(RULE, "en")
    assert (
        "Kategorinya menurut angka yang tampil: 0–49 Perlu diperdalam; 50–74 Cukup; 75–100 Baik."
        in indonesian
    )
    assert "Its bands by the number shown: 0–49 To be deepened; 50–74 Fair; 75–100 Good." in english
    assert len(describe(STANDARD_RULE, "id")) == len(indonesian) - 2


def test_only_the_newer_rule_can_name_other_cuts():
    bands = tuple(
        replace(band, minimum=minimum) for band, minimum in zip(SITUATIONAL_BANDS, (0, 90, 100), strict=True)
    )
    answers = {"V1": "A", "V2": {"best": "A", "worst": "D"}, "V4": {"best": "A", "worst": "D"}}
    answers["V3"] = {"A": 5, "B": 3, "C": 2, "D": 1}
    # 1 + 1 + 57/62 + 2 of 5: 98.
    assert results(THREE, answers, replace(RULE, situational_bands=bands))["NALAR"].band == "cukup"


# --- One and many --------------------------------------------------------------------------------------------

KEYS = st.lists(st.integers(100, 500), min_size=3, max_size=6, unique=True)


@st.composite
def people_and_document(draw):
    """Vignettes of every kind with keys of two decimals, and answers that may be missing in part."""
    vignettes, makers = [], []
    for number in range(draw(st.integers(3, 5))):
        cents = draw(KEYS)
        letters = "ABCDEF"[: len(cents)]
        kind = draw(st.sampled_from(["sjt_best", "sjt_best_worst", "sjt_rate"]))
        key = {letter: value / 100 for letter, value in zip(letters, cents, strict=True)}
        code = f"V{number}"
        vignettes.append(vignette(code, type=kind, key=key, weight=draw(st.integers(1, 300)) / 100))
        makers.append((code, kind, letters))
    return document(*vignettes), [draw(_answers(makers)) for _person in range(draw(st.integers(1, 6)))]


@st.composite
def _answers(draw, makers):
    answers = {}
    for code, kind, letters in makers:
        if kind == "sjt_best":
            answers[code] = draw(st.sampled_from(letters))
        elif kind == "sjt_best_worst":
            best, worst = draw(st.permutations(letters))[:2]
            answers[code] = draw(st.sampled_from([{"best": best, "worst": worst}, {"best": best}]))
        else:
            answers[code] = {
                x: draw(st.integers(1, 5)) for x in draw(st.sets(st.sampled_from(letters), min_size=1))
            }
    return {code: value for code, value in answers.items() if draw(st.integers(0, 9))}


@settings(max_examples=80)
@given(drawn=people_and_document())
def test_a_batch_equals_its_people_and_the_plain_formula(drawn):
    doc, people = drawn
    plan = compile_plan(doc, RULE)
    together = score(plan, encode(plan, people))
    for row, answers in enumerate(people):
        alone = score(plan, encode(plan, [answers])).person(0)
        assert together.person(row) == alone
        items = [doc.item_by_code[code] for code in plan.scales[2].items]
        told = [(each.weight, exact_score(spec_of(each), answers.get(each.code))) for each in items]
        weighed = [(Fraction(str(weight)), share) for weight, share in told if share is not None]
        assert alone["NALAR"].answered == len(weighed)
        if alone["NALAR"].is_scored:
            total = sum(weight for weight, _share in weighed)
            assert alone["NALAR"].score == 100 * sum(weight * share for weight, share in weighed) / total
        # The sheet keeps the fraction to the last bit, however many digits it has.
        assert unpack(plan, [pack(together, row)]).person(0) == alone


def test_sheets_of_two_widths_are_read_together():
    keys = [{"A": 4.99, "B": top, "C": 1.0} for top in (3.01, 2.83, 2.69, 2.41, 2.23)]
    odd = [vignette(f"V{n}", key={**key, "A": key["A"] - n * 0.37}) for n, key in enumerate(keys)]
    plan = compile_plan(document(*odd), RULE)
    best = {f"V{n}": {"best": "A", "worst": "C"} for n in range(5)}
    mixed = {f"V{n}": {"best": "B", "worst": "C"} for n in range(5)}
    table = score(plan, encode(plan, [best, mixed]))
    stored = [pack(table, row) for row in range(2)]
    # 1 of 1 fits into one byte a number; the sum of five odd fractions does not.
    assert len(stored[0]) == 5 * 3
    assert len(stored[1]) > len(stored[0])
    read = unpack(plan, stored)
    assert [read.person(row) for row in range(2)] == [table.person(row) for row in range(2)]
    with pytest.raises(ValueError, match="Lembar skor"):
        unpack(plan, [stored[0] + b"\0"])


def test_the_odd_weights_of_vignettes_leave_the_other_scales_whole_numbers():
    odd = [vignette(f"V{n}", key={"A": 4.99 - n / 10, "B": 2.0, "C": 1.0}) for n in range(6)]
    plan = compile_plan(document(*odd), RULE)
    table = score(plan, encode(plan, [{f"A{n}": 2 for n in range(1, 5)}]))
    assert (table.numerator[0, 0], table.denominator[0, 0]) == (4, 16)
    assert np.isnan(table.scores()[0, 2])


# --- Quality -------------------------------------------------------------------------------------------------


def test_vignettes_stay_out_of_longstring_and_even_odd():
    answers = {f"A{n}": 4 for n in range(1, 5)} | {"V1": "A", "V2": {"best": "A", "worst": "D"}}
    found = assess(THREE, answers, None)
    assert [block.items for block in found.blocks] == [("A1", "A2", "A3", "A4", "P1")]
    assert found.even_odd is None


def test_the_words_of_a_vignette_count_for_the_speed_floor():
    doc = document(*(vignette(f"V{n}", words=100) for n in range(1, 4)))
    # Eight items of at most 20 words take 2 s each, three vignettes of 100 words 10 s each: 46 s.
    assert assess(doc, {}, {"A": 46}).fast_item_share == 0
    assert assess(doc, {}, {"A": 45}).fast_item_share == 1
