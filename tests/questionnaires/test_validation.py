"""Problems of a draft, and advice."""

import pytest

from questionnaires.bank_rules import check
from questionnaires.validation import find_problems
from tests.factories.questionnaires import draft_version, small_bank


def advice(change):
    bank = small_bank()
    change(bank)
    problems = check(bank)
    assert not any(problem.is_blocking for problem in problems)
    return [problem.message for problem in problems]


def entry(bank, section, item):
    return bank["sections"][section]["items"][item]


def test_a_long_stem_is_advised_against():
    # 23 words are one more than the 22 of the writing rules.
    assert advice(lambda b: entry(b, 0, 0)["stem"].update(id=" ".join(["kata"] * 22))) == []
    assert advice(lambda b: entry(b, 0, 0)["stem"].update(id=" ".join(["kata"] * 23))) == [
        "Panjangnya 23 kata; lebih dari 22 kata sukar dibaca."
    ]


def test_a_page_of_seven_items_is_advised_against():
    def change(bank):
        bank["sections"][0]["items"] += [{**entry(bank, 0, 0), "code": f"X{n}"} for n in range(3)]

    assert advice(change) == ["Bagian ini berisi 7 butir; satu halaman sebaiknya 4–6 butir."]


def test_too_many_reversed_items_are_advised_against():
    # Two of four are more than a third.
    assert advice(lambda b: entry(b, 0, 0).update(key=-1)) == [
        "Butir berskor terbalik ada 2 dari 4; sebaiknya tidak lebih dari sepertiga."
    ]


def test_poles_on_one_side_are_advised_against():
    def change(bank):
        pole = entry(bank, 1, 3)
        bank["sections"][1]["items"] += [{**pole, "code": f"X{n}"} for n in range(2)]

    assert advice(change) == ["Kutub positif berada di kanan pada 0 dari 3 butir; usahakan separuh-separuh."]


@pytest.mark.parametrize("word", ["sukses", "Gagal", "kegagalan", "menyukseskan"])
def test_verdicts_on_the_screen_are_advised_against(word):
    (message,) = advice(lambda b: b["scales"][0]["feedback"]["kuat"]["meaning"].update(id=f"Anda {word}."))
    assert f"Kata “{word}” menghakimi" in message


def test_a_missing_reflection_is_advised_against():
    assert advice(lambda b: entry(b, 0, 0).pop("reflection")) == ["Pertanyaan refleksi belum ada."]


def test_a_dimension_of_two_items_is_advised_against():
    def change(bank):
        for item in bank["sections"][0]["items"][2:]:
            item["scale"] = "PEKA"

    assert "Dimensi ini baru mempunyai 2 butir; paling sedikit 3 agar skornya berarti." in advice(change)


@pytest.mark.django_db
def test_the_problems_of_a_draft_name_their_place_and_blocking_ones_come_first():
    version = draft_version()
    version.items.filter(code="A1").update(reflection_ind="", reflection_eng="")
    version.items.filter(code="B1").update(stem_eng="")
    version.items.filter(code="A2").update(accept=[{"x": 1}])
    problems = find_problems(version)
    assert [(problem.where, problem.is_blocking) for problem in problems] == [
        ("butir A2", True),  # not a number
        ("butir A2", True),  # not an attention item
        ("butir B1", True),
        ("butir A1", False),
    ]
