"""What a panel rates: frozen, without the key where an expert can see it, in an order of its own for each expert."""

import pytest

from panels import material
from tests.factories.panels import panel_document
from tests.factories.questionnaires import small_document


@pytest.fixture
def frozen():
    return material.freeze(panel_document())


def test_vignettes_and_contrasts_are_what_is_rated(frozen):
    asked = material.read(frozen)
    assert [vignette.code for vignette in asked.vignettes] == ["V1", "V2"]
    assert [pair.code for pair in asked.pairs] == ["B4", "B5", "B6", "B7", "B8"]
    assert len(asked.keys) == 4 + 3 + 5 * 2


def test_a_page_holds_one_vignette_or_four_pairs(frozen):
    pages = material.read(frozen).pages
    assert [[entry.code for entry in page.entries] for page in pages] == [
        ["V1"],
        ["V2"],
        ["B4", "B5", "B6", "B7"],
        ["B8"],
    ]
    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert [page.is_about_poles for page in pages] == [False, False, True, True]


def test_what_an_expert_sees_holds_neither_key_nor_reasons(frozen):
    assert "effectiveness" not in repr(material.read(frozen))
    assert "Rahasia" not in repr(frozen)
    assert material.author_key(frozen)["V1", "A"] == 4.6


def test_a_questionnaire_without_either_leaves_nothing_to_rate():
    document = small_document()
    document["sections"][1]["items"].pop()
    asked = material.read(material.freeze(document))
    assert (asked.pages, asked.keys, asked.minutes) == ((), frozenset(), 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda vignette: vignette["vignette"].update(en=""),
        lambda vignette: vignette["options"][0]["text"].update(id=""),
        lambda vignette: vignette.update(vignette=None),
        lambda vignette: vignette.update(options=vignette["options"][:1]),
    ],
)
def test_a_vignette_that_cannot_be_read_is_a_gap(spoil):
    document = panel_document()
    spoil(document["sections"][0]["items"][-1])
    assert material.find_gaps(material.freeze(document)) == ["V2"]


def test_a_pair_without_a_pole_is_a_gap():
    document = panel_document()
    document["sections"][1]["items"][-1]["left"] = None
    assert material.find_gaps(material.freeze(document)) == ["B8"]


def test_complete_material_has_no_gaps(frozen):
    assert material.find_gaps(frozen) == []


def test_a_changed_word_is_seen_and_a_changed_key_is_not(frozen):
    document = panel_document()
    first, second = document["sections"][0]["items"][-2:]
    first["options"][0]["effectiveness"] = 1.0
    second["options"][2]["text"] = second["options"][2]["text"] | {"en": "Another action."}
    document["sections"][1]["items"][-1]["left"] = {"id": "Lain.", "en": "Other."}
    assert material.unchanged(frozen, document) == {"V1", "B4", "B5", "B6", "B7"}


def test_an_item_that_is_gone_is_not_unchanged(frozen):
    assert material.unchanged(frozen, small_document()) == {"B4"}


def test_every_expert_has_an_order_that_stays(frozen):
    vignette = material.read(frozen).vignettes[0]
    orders = {
        expert: [t.code for t in material.in_own_order(vignette.targets, expert=expert, item="V1")]
        for expert in map(str, range(30))
    }
    assert all(sorted(order) == list("ABCD") for order in orders.values())
    assert len({tuple(order) for order in orders.values()}) > 8
    again = material.in_own_order(vignette.targets[::-1], expert="7", item="V1")
    assert [target.code for target in again] == orders["7"]


def test_more_to_read_takes_longer(frozen):
    document = panel_document()
    document["sections"][0]["items"][-1]["vignette"]["id"] = "kata " * 600
    assert material.read(material.freeze(document)).minutes >= material.read(frozen).minutes + 4
