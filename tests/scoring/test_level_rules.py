"""The switch for competency levels in a scoring rule: off without a word, checked and described where it is on."""

import json
from dataclasses import replace

import pytest

from agencies.models import JobCategory
from questionnaires.version_document import content_hash
from scoring.level_rules import CATEGORIES, USUAL_LEVELS, LevelDisplay
from scoring.rules import STANDARD_RULE, describe, find_problems, from_document, to_document

SHOWN = replace(STANDARD_RULE, levels=LevelDisplay((("PWS", 2), ("PLK", 1))))


def with_levels(part):
    return {**to_document(STANDARD_RULE), "level_indication": part}


def test_the_categories_are_those_of_the_agencies():
    assert dict(JobCategory.choices) == CATEGORIES
    assert set(USUAL_LEVELS) < set(CATEGORIES)


def test_a_rule_without_it_keeps_its_hash_and_says_nothing():
    assert "level_indication" not in to_document(STANDARD_RULE)
    assert content_hash(to_document(replace(SHOWN, levels=None))) == content_hash(to_document(STANDARD_RULE))
    assert not any("indikasi" in sentence.lower() for sentence in describe(STANDARD_RULE))


def test_it_survives_the_way_through_json_in_any_order_of_keys():
    stored = json.loads(json.dumps(to_document(SHOWN)))
    stored["level_indication"]["required_levels"] = {"PLK": 1, "PWS": 2}
    assert from_document(stored) == SHOWN
    assert from_document(to_document(replace(STANDARD_RULE, levels=LevelDisplay()))).levels == LevelDisplay()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ([], "harus memuat tepat required_levels"),
        ({}, "harus memuat tepat required_levels"),
        ({"required_levels": {}, "lain": 1}, "harus memuat tepat required_levels"),
        ({"required_levels": [1]}, "harus memuat tepat required_levels"),
        ({"required_levels": {"ESELON": 3}}, "'ESELON' tidak dikenal"),
        ({"required_levels": {"PLK": 6}}, "Level Pelaksana harus bilangan 1 sampai 5, bukan 6"),
        ({"required_levels": {"PLK": True}}, "bukan True"),
        ({"required_levels": {"PLK": "1"}}, "bukan '1'"),
        ({"required_levels": {"PLK": [1]}}, "harus bilangan 1 sampai 5"),
    ],
)
def test_a_broken_switch_is_named(part, words):
    assert any(words in problem for problem in find_problems(with_levels(part)))


def test_it_is_said_in_plain_words_in_both_languages():
    *_rest, shown, required = describe(SHOWN)
    assert "rata-rata paling sedikit 75 dari 100" in shown
    assert "bukan hasil penilaian kompetensi" in shown
    assert required == "Level yang dipersyaratkan menurut jenis jabatan: Pengawas 2; Pelaksana 1."
    assert "not a competency assessment" in describe(SHOWN, "en")[-2]
