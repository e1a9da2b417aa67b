"""Composites: exact weighted means of scales, there only when every one of their scales is scored."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from questionnaires.version_document import Text, content_hash
from scoring.composites import Composite, Part
from scoring.engine import PlanError, compile_plan, encode, score
from scoring.rules import STANDARD_RULE, RuleError, describe, find_problems, from_document, to_document
from tests.scoring.documents import build_document, item, scale

LEAD = Composite("PIMPIN", Text("Memimpin", "Leading"), (Part("DIRI", 1), Part("ORGANISASI", 2)))
RULE = replace(STANDARD_RULE, composites=(LEAD,))


def document():
    return build_document(
        scales=[
            scale("DIRI"),
            scale("ORGANISASI"),
            scale("ASPEK", parent="DIRI"),
            scale("IKLIM", kind="climate"),
        ],
        items=[item(f"{code[0]}{n}", code) for code in ("DIRI", "ORGANISASI", "IKLIM") for n in range(1, 5)]
        + [item(f"A{n}", "ASPEK") for n in range(1, 4)],
    )


def answers(diri, organisasi):
    given = dict(zip(("D1", "D2", "D3", "D4", "A1", "A2", "A3"), diri, strict=True))
    given |= dict(zip(("O1", "O2", "O3", "O4"), organisasi, strict=True))
    return {code: value for code, value in given.items() if value is not None}


def table(*people):
    plan = compile_plan(document(), RULE)
    return score(plan, encode(plan, people))


def test_a_composite_is_the_exact_weighted_mean_of_its_dimensions():
    result = table(answers([1, 2, 3, 4, 5, 5, 4], [2, 2, 3, 3])).composites(0)["PIMPIN"]
    # DIRI: (0 + 1 + 2 + 3 + 4 + 4 + 3) / 28 of 100 = 1700/28; ORGANISASI: (1 + 1 + 2 + 2) / 16 of 100 = 37.5
    assert result.score == (Fraction(1700, 28) + 2 * Fraction(75, 2)) / 3
    assert result.display == 45  # 45.24
    assert result.missing == ()


def test_there_is_no_composite_while_one_of_its_dimensions_is_missing():
    people = table(
        answers([3] * 7, [4, None, None, 4]),  # two of four: too few
        answers([3] * 7, [4, 4, 4, 4]),
    )
    assert people.composites(0)["PIMPIN"] == (None, None, ("ORGANISASI",))
    assert people.composites(1)["PIMPIN"].score == Fraction(50 + 2 * 75, 3)


def test_a_part_with_weight_zero_counts_for_nothing_but_must_be_there():
    condition = replace(LEAD, parts=(Part("DIRI", 1), Part("ORGANISASI", 0)))
    plan = compile_plan(document(), replace(RULE, composites=(condition,)))
    people = score(plan, encode(plan, [answers([4] * 7, [1] * 4), answers([4] * 7, [None] * 4)]))
    assert people.composites(0)["PIMPIN"].score == 75
    assert people.composites(1)["PIMPIN"].score is None


def test_a_rule_without_composites_has_none_and_keeps_its_hash():
    plan = compile_plan(document(), STANDARD_RULE)
    assert score(plan, encode(plan, [{}])).composites(0) == {}
    assert "composites" not in to_document(STANDARD_RULE)
    assert (
        content_hash(to_document(STANDARD_RULE))
        == "afbca02c00b15502dc013d0b8e556d62904d6185951f89df560bffd246eb9212"
    )


def test_composites_survive_the_way_through_json():
    assert from_document(json.loads(json.dumps(to_document(RULE)))) == RULE


def broken(**parts):
    entry = {**to_document(RULE)["composites"][0], **parts}
    return find_problems({**to_document(RULE), "composites": [entry]})


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"code": "kecil"}, "kode harus huruf besar"),
        ({"name": {"id": "X", "en": " "}}, "nama harus diisi"),
        ({"name": "X"}, "nama harus diisi"),
        ({"parts": [{"scale": "DIRI", "weight": 1}]}, "sedikitnya 2 skala"),
        ({"parts": [{"scale": "DIRI"}, {"scale": "X"}]}, "tepat scale dan weight"),
        ({"parts": [{"scale": "DIRI", "weight": 1}, {"scale": "", "weight": 1}]}, "kode skala"),
        ({"parts": [{"scale": "DIRI", "weight": 1}, {"scale": "DIRI", "weight": 1}]}, "satu kali"),
        ({"parts": [{"scale": "DIRI", "weight": 0}, {"scale": "X", "weight": 0}]}, "lebih dari nol"),
        ({"parts": [{"scale": "DIRI", "weight": -1}, {"scale": "X", "weight": 1}]}, "bobot harus bilangan"),
        ({"parts": [{"scale": "DIRI", "weight": 0.125}, {"scale": "X", "weight": 1}]}, "dua angka"),
        ({"parts": [{"scale": "DIRI", "weight": True}, {"scale": "X", "weight": 1}]}, "bobot harus bilangan"),
    ],
)
def test_every_fault_of_a_composite_is_said_in_a_sentence(parts, words):
    (problem,) = broken(**parts)
    assert words in problem
    assert problem.startswith("Skor gabungan 1:")


def test_faults_of_the_list_itself_are_said_too():
    rule = to_document(RULE)
    assert "tidak kosong" in find_problems({**rule, "composites": []})[0]
    assert "tepat code, name, parts" in find_problems({**rule, "composites": [{}]})[0]
    assert "tidak boleh berulang" in find_problems({**rule, "composites": rule["composites"] * 2})[0]
    with pytest.raises(RuleError):
        from_document({**rule, "composites": "semua"})


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("HILANG", "tidak ada di versi ini"),
        ("ASPEK", "bukan dimensi"),
        ("IKLIM", "bukan dimensi"),
    ],
)
def test_a_plan_refuses_parts_that_the_version_cannot_give(part, words):
    stranger = replace(LEAD, parts=(Part("DIRI", 1), Part(part, 1)))
    with pytest.raises(PlanError, match=words):
        compile_plan(document(), replace(RULE, composites=(stranger,)))
    with pytest.raises(PlanError, match="sudah dipakai oleh sebuah skala"):
        compile_plan(document(), replace(RULE, composites=(replace(LEAD, code="DIRI"),)))


def test_a_composite_is_said_in_plain_words_in_both_languages():
    names = {"DIRI": "Memimpin diri"}
    assert describe(RULE, "id", names)[-1] == (
        "Memimpin = rata-rata berbobot skor Memimpin diri (bobot 1), ORGANISASI (bobot 2); "
        "hanya ada bila semua skor itu ada."
    )
    equal = replace(LEAD, parts=(Part("DIRI", 1), Part("ORGANISASI", 1)))
    assert describe(replace(RULE, composites=(equal,)), "en")[-1] == (
        "Leading = mean of the scores DIRI, ORGANISASI; it exists only if all of these scores exist."
    )
    condition = replace(LEAD, parts=(Part("DIRI", 1.5), Part("ORGANISASI", 0)))
    assert (
        "DIRI (bobot 1,5), ORGANISASI (harus ada, bobot 0)"
        in describe(replace(RULE, composites=(condition,)))[-1]
    )
