"""What changed between two documents."""

from questionnaires.bank_documents import complete
from questionnaires.differences import Change, compare
from tests.factories.item_types import rich_bank, rich_document
from tests.factories.questionnaires import small_bank, small_document


def changed(change):
    bank = small_bank()
    change(bank)
    return compare(small_document(), complete(bank))


def items(bank, section=0):
    return bank["sections"][section]["items"]


def test_the_same_content_has_no_differences():
    assert compare(small_document(), small_document()).is_empty


def test_added_and_removed_items_are_named():
    def change(bank):
        items(bank)[1]["code"] = "A9"

    found = changed(change)
    assert (found.added, found.removed) == (("A9",), ("A2",))


def test_a_changed_word_is_shown_with_both_sentences():
    def change(bank):
        items(bank)[0]["stem"]["id"] = "Saya menata meja."

    (difference,) = changed(change).reworded
    assert difference.code == "A1"
    assert difference.changes == (Change("stem.id", "Saya melakukan hal A1.", "Saya menata meja."),)


def test_key_weight_and_scale_are_told_apart_from_wording():
    def change(bank):
        items(bank)[0] |= {"key": -1, "weight": 2, "scale": "PEKA"}

    found = changed(change)
    assert not found.reworded
    assert {change.field for change in found.rescored[0].changes} == {"key", "weight", "scale"}


def test_the_key_of_a_vignette_is_told_apart_from_its_wording():
    bank = rich_bank()
    vignette = items(bank, 3)[0]
    vignette["vignette"]["id"] = "Situasi lain."
    vignette["options"][1]["reason"]["en"] = "Another reason."
    vignette["options"][2]["effectiveness"] = 2.5
    found = compare(rich_document(), complete(bank))
    assert [change.field for change in found.reworded[0].changes] == [
        "vignette.id",
        "option_texts.B.reason.en",
    ]
    assert found.rescored[0].changes == (Change("option_keys.C.effectiveness", 2, 2.5),)


def test_only_the_item_that_left_its_place_has_moved():
    def change(bank):
        items(bank).append(items(bank).pop(0))

    assert changed(change).moved == ("A1",)


def test_an_item_on_another_page_has_moved():
    def change(bank):
        items(bank, 1).insert(0, items(bank, 0).pop())

    assert changed(change).moved == ("A4",)


def test_a_changed_tip_is_found_inside_its_scale():
    def change(bank):
        bank["scales"][0]["feedback"]["kuat"]["tips"][1]["jp"] = 4

    (difference,) = changed(change).scales
    assert difference.changes == (Change("feedback.kuat.tips.2.jp", 1, 4),)


def test_new_and_lost_scales_sets_sections_and_pairs_are_found():
    def change(bank):
        bank["scales"][2]["code"] = "GAYA"
        bank["response_sets"].append({**bank["response_sets"][0], "code": "baru"})
        bank["sections"][0]["title"]["en"] = "Page A"
        bank["questionnaire"]["minutes"] = 9
        bank.pop("consistency_pairs")
        items(bank)[0]["traits"] = ["000-9"]

    found = changed(change)
    assert (found.scales_added, found.scales_removed) == (("GAYA",), ("SD",))
    assert [difference.code for difference in found.response_sets] == ["baru"]
    assert [difference.code for difference in found.sections] == ["A"]
    assert found.head == (Change("minutes", 3, 9),)
    assert found.pairs_changed
    assert found.remapped[0].changes == (Change("traits", ["000-1a"], ["000-9"]),)
