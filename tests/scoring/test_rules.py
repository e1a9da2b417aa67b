"""Rules travel as documents, are checked as a whole and can be said in plain words."""

import json

import pytest

from scoring.rules import STANDARD_RULE, RuleError, describe, find_problems, from_document, to_document


def changed(**parts):
    return {**json.loads(json.dumps(to_document(STANDARD_RULE))), **parts}


def test_a_rule_survives_the_way_through_json():
    assert from_document(changed()) == STANDARD_RULE


def test_all_problems_are_told_at_once():
    broken = changed(label={"id": "", "en": "x"}, bands=[], completeness={}, lain=1)
    broken["format"] = "cermin-rule/9"
    with pytest.raises(RuleError) as error:
        from_document(broken)
    assert len(error.value.problems) == 5
    assert find_problems([]) == ["Aturan penskoran harus berupa objek JSON."]


@pytest.mark.parametrize(
    ("minimums", "words"),
    [
        ([0, 70, 50, 85], "harus naik"),
        ([0, 50, 50, 85], "harus naik"),
        ([1, 50, 70, 85], "mulai dari 0"),
        ([0, 50, 70, 101], "di antara 0 dan 100"),
        ([0, 50, "70", 85], "bilangan bulat"),
        ([0, 50, True, 85], "bilangan bulat"),
    ],
)
def test_cuts_must_be_whole_and_rise_from_zero(minimums, words):
    bands = [{**band, "minimum": m} for band, m in zip(changed()["bands"], minimums, strict=True)]
    assert any(words in problem for problem in find_problems(changed(bands=bands)))


def test_bands_need_unique_plain_codes_and_both_languages():
    bands = changed()["bands"]
    assert find_problems(changed(bands=[bands[0], {**bands[1], "code": "prioritas"}])) == [
        "Kode kategori tidak boleh berulang."
    ]
    assert "huruf kecil" in find_problems(changed(bands=[bands[0], {**bands[1], "code": "Kuat!"}]))[0]
    assert "kalimat" in find_problems(changed(bands=[bands[0], {**bands[1], "sentence": {"id": "a"}}]))[0]
    assert "tepat code" in find_problems(changed(bands=[bands[0], {"code": "x"}]))[0]


@pytest.mark.parametrize(
    ("name", "value"), [("answered_numerator", 6), ("minimum_items", 0), ("minimum_items", 2.5)]
)
def test_completeness_must_be_possible(name, value):
    completeness = {**changed()["completeness"], name: value}
    assert len(find_problems(changed(completeness=completeness))) == 1


def test_a_rule_describes_itself_in_both_languages():
    indonesian, english = describe(STANDARD_RULE, "id"), describe(STANDARD_RULE, "en")
    assert "rata-rata berbobot butir terjawab, minimal 80%" in indonesian[0]
    assert "at least 80%" in english[0]
    assert (
        "0–49 Prioritas pengembangan; 50–69 Berkembang; 70–84 Kuat; 85–100 Sangat konsisten" in indonesian[-1]
    )
    assert len(indonesian) == len(english)


def test_a_share_that_is_no_whole_percent_is_said_as_a_fraction():
    completeness = {**changed()["completeness"], "answered_numerator": 2, "answered_denominator": 3}
    assert "minimal 2/3" in describe(from_document(changed(completeness=completeness)))[0]
