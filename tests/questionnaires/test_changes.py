"""Differences of two versions as people read them: words marked, what moves a score in bold, moves said as such."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.bank_documents import complete
from questionnaires.changes import present
from questionnaires.word_differences import Piece, mark_words
from tests.factories.item_types import rich_bank, rich_document
from tests.factories.questionnaires import small_bank, small_document


def changed(change, bank=None):
    before, bank = complete(bank or small_bank()), bank or small_bank()
    change(bank)
    return present(before, complete(bank))


def items(bank, section=0):
    return bank["sections"][section]["items"]


def words(pieces):
    return "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in pieces)


def test_only_the_changed_word_is_marked():
    before, after = mark_words("Saya menata meja kerja saya.", "Saya merapikan meja kerja saya.")
    assert words(before) == "Saya [menata] meja kerja saya."
    assert words(after) == "Saya [merapikan] meja kerja saya."
    assert mark_words("", "baru") == ((), (Piece("baru", True),))


texts = st.lists(st.sampled_from(["saya", "kami", "menata", " ", "\n", "meja.", ","])).map("".join)


@given(texts, texts)
def test_pieces_join_to_the_texts_and_agree_where_nothing_changed(before, after):
    left, right = mark_words(before, after)
    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (before, after)
    kept = ["".join(p.text for p in side if not p.is_changed).split() for side in (left, right)]
    assert kept[0] == kept[1]


def test_an_item_is_shown_once_with_its_words_and_its_key():
    def change(bank):
        items(bank)[0] |= {"key": -1}
        items(bank)[0]["stem"]["id"] = "Saya melakukan hal lain."

    (entry,) = changed(change).entries
    assert entry.heading == "Butir A1"
    stem, key = entry.rows
    assert (stem.field, words(stem.before), stem.is_strong) == (
        "pernyataan · Indonesia",
        "Saya melakukan hal [A1.]",
        False,
    )
    assert (key.field, words(key.before), words(key.after), key.is_strong) == ("kunci", "[1]", "[-1]", True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"weight": 2}, ("bobot", "[1]", "[2]")),
        ({"scale": "PEKA"}, ("skala", "[RAPI]", "[PEKA]")),
        ({"na_allowed": False}, ("boleh tidak berlaku", "[ya]", "[tidak]")),
    ],
)
def test_whatever_moves_a_score_is_bold(fields, said):
    (entry,) = changed(lambda bank: items(bank)[0].update(fields)).entries
    (row,) = entry.rows
    assert (row.field, words(row.before), words(row.after)) == said
    assert row.is_strong


def test_the_effectiveness_of_an_option_is_bold_and_its_reason_is_not():
    bank = rich_bank()
    vignette = items(bank, 3)[0]
    vignette["options"][1]["reason"]["en"] = "Another reason."
    vignette["options"][2]["effectiveness"] = 2.5
    (entry,) = present(rich_document(), complete(bank)).entries
    reason, effectiveness = entry.rows
    assert (reason.field, reason.is_strong) == ("pilihan · B · alasan · Inggris", False)
    assert (effectiveness.field, effectiveness.is_strong) == ("pilihan · C · ketepatan", True)
    assert (words(effectiveness.before), words(effectiveness.after)) == ("[2]", "[2.5]")


def test_items_that_came_went_and_moved_are_said_in_lines():
    def change(bank):
        items(bank, 1).append(items(bank).pop(0))
        items(bank)[0]["code"] = "A9"

    found = changed(change)
    (moved,) = found.moved
    assert (moved.code, moved.text) == ("A1", "dari bagian A urutan 1 ke bagian B urutan 5")
    assert [(line.code, line.text) for line in found.added] == [("A9", "Saya melakukan hal A2.")]
    assert [line.code for line in found.removed] == ["A2"]


def test_feedback_and_tips_are_compared_word_by_word():
    def change(bank):
        feedback = bank["scales"][0]["feedback"]["prioritas"]
        feedback["meaning"]["id"] = "Artinya lain."
        feedback["tips"][1]["jp"] = 3

    (entry,) = changed(change).entries
    assert entry.heading == "Skala RAPI"
    assert [row.field for row in entry.rows] == [
        "umpan balik · prioritas · makna · Indonesia",
        "umpan balik · prioritas · saran · 2 · JP",
    ]


def test_parts_that_came_or_went_whole_are_named():
    def change(bank):
        bank["sections"][2]["code"] = "Z"
        bank["scales"][0]["code"] = "TERTIB"
        for item in items(bank):
            item["scale"] = "TERTIB"

    entries = {entry.heading: entry.rows[0] for entry in changed(change).entries if not entry.rows[0].field}
    assert words(entries["Bagian C"].before) == "[C Bagian C / Section C]"
    assert words(entries["Bagian Z"].after) == "[Z Bagian C / Section C]"
    assert words(entries["Skala TERTIB"].after) == "[TERTIB Rapi / Rapi]"
    assert words(entries["Skala RAPI"].before) == "[RAPI Rapi / Rapi]"


def test_the_head_and_the_pairs_are_compared_too():
    def change(bank):
        bank["questionnaire"]["minutes"] = 9
        bank["consistency_pairs"] = [["A1", "B1"]]

    found = changed(change)
    assert found.pairs_changed
    (entry,) = found.entries
    assert (entry.heading, entry.rows[0].field) == ("Kepala kuesioner", "perkiraan menit")
    assert present(small_document(), small_document()).is_empty
