"""Items that repeat another one."""

from tests.questionnaires.advice.banks import codes, findings, item


def two_stems(first, second):
    def change(bank):
        item(bank, "A1")["stem"] = {"id": first, "en": "In English."}
        item(bank, "B1")["stem"] = {"id": second, "en": "In English."}

    return change


def test_the_same_item_twice_is_found_whatever_its_capitals():
    change = two_stems("Saya membaca aturan sebelum menjawab.", "saya membaca aturan sebelum menjawab. ")
    (finding,) = findings(change)
    assert finding.message == "Isi butir ini sama persis dengan butir A1."
    assert finding.where == "butir B1"


def test_an_item_with_one_word_changed_is_found():
    change = two_stems(
        "Dalam 3 bulan terakhir, saya membaca aturan layanan sebelum menjawab warga.",
        "Dalam 3 bulan terakhir, sebelum menjawab warga saya membaca ketentuan layanan.",
    )
    assert codes(change) == ["near-duplicate"]


def test_two_items_about_one_matter_are_left_alone():
    change = two_stems(
        "Dalam 3 bulan terakhir, saya menyelesaikan tugas sebelum batas waktunya.",
        "Dalam 3 bulan terakhir, setelah menyelesaikan tugas, saya mengabari orang yang menunggu.",
    )
    assert codes(change) == []


def test_pairs_are_told_apart_by_their_poles_and_not_by_their_common_question():
    def change(bank):
        pair = item(bank, "B4")
        other = {**pair, "code": "B5", "key": 1}
        other["left"] = {"id": "Saya mencatat hasil rapat hari itu juga.", "en": "x"}
        other["right"] = {"id": "Saya mencatat hasil rapat pada akhir pekan.", "en": "x"}
        bank["sections"][1]["items"].append(other)

    assert codes(change) == []
