"""Vignettes, forced choice, single choice and open texts: what is refused, what travels, which slots they have."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from questionnaires import actions
from questionnaires.bank_documents import complete, to_bank
from questionnaires.bank_files import read, write
from questionnaires.bank_rules import check
from questionnaires.document import build_document
from questionnaires.version_document import content_hash, parse_document
from tests.factories.accounts import UserFactory
from tests.factories.item_types import PANEL, rich_bank, rich_document, vignette
from tests.factories.questionnaires import draft_version, small_bank


def item(bank, code):
    return next(i for section in bank["sections"] for i in section["items"] if i["code"] == code)


def option(bank, code, letter):
    return next(o for o in item(bank, code)["options"] if o["code"] == letter)


def test_a_bank_with_every_item_type_has_no_problem():
    assert [str(problem) for problem in check(rich_bank()) if problem.is_blocking] == []
    assert parse_document(rich_document()).allow_ipsative


BROKEN = [
    (lambda b: item(b, "D1").pop("vignette"), "Butir situasional memerlukan situasi (vignette)."),
    (lambda b: item(b, "D1")["vignette"].update(id="x" * 901), "Panjangnya 901 karakter; paling banyak 900."),
    (lambda b: option(b, "D1", "A")["text"].update(id="x" * 301), "Panjangnya 301 karakter"),
    (lambda b: option(b, "D1", "A")["reason"].update(id="x" * 401), "Panjangnya 401 karakter"),
    (lambda b: item(b, "D1").pop("options"), "Butir ini belum mempunyai pilihan (options)."),
    (lambda b: item(b, "D1").update(options=item(b, "D1")["options"][:2]), "3 sampai 6 pilihan, bukan 2."),
    (lambda b: option(b, "D1", "B").update(code="C"), "Kode pilihan harus A, B, C, … berurutan"),
    (lambda b: item(b, "D1")["options"].reverse(), "Kode pilihan harus A, B, C, … berurutan"),
    (lambda b: option(b, "D1", "B").update(code="x"), "“x” tidak dikenal; pilihannya: A, B"),
    (lambda b: option(b, "D1", "B").pop("effectiveness"), "belum mempunyai ketepatan (effectiveness"),
    (lambda b: option(b, "D1", "B").update(effectiveness=5.1), "Bilangannya 5.1; paling besar 5."),
    (lambda b: option(b, "D1", "B").update(effectiveness=3.125), "Paling banyak dua angka di belakang koma."),
    (lambda b: option(b, "D1", "B").pop("reason"), "Alasan tindakan ini (reason) belum ada."),
    (lambda b: option(b, "D1", "B")["reason"].pop("en"), "Teks bahasa Inggris (en) belum ada."),
    (
        lambda b: [o.update(effectiveness=3) for o in item(b, "D1")["options"]],
        "Ketepatan semua tindakan sama",
    ),
    (lambda b: option(b, "D1", "B").update(effectiveness=4.6), "dua tindakan teratas bernilai sama."),
    (
        lambda b: option(b, "D1", "A").update(scale="RAPI"),
        "Pilihan butir berjenis sjt_best tidak mempunyai scale.",
    ),
    (lambda b: item(b, "D1").update(scale="RAPI"), "harus berada di skala situational, bukan “RAPI”."),
    (lambda b: item(b, "A1").update(scale="NALAR"), "isinya hanya butir situasional."),
    (lambda b: item(b, "D1").update(scale=None), "Butir ini belum mempunyai skala."),
    (lambda b: item(b, "D1").update(role="unscored"), "Butir berjenis sjt_best harus berperan content."),
    (
        lambda b: item(b, "D1").update(response_set="frekuensi"),
        "Butir berjenis ini tidak memakai set jawaban",
    ),
    (lambda b: item(b, "D1").update(na_allowed=True), "tidak dapat dijawab tidak berlaku."),
    (lambda b: item(b, "D1").update(key=-1), "tidak mempunyai skor terbalik."),
    (lambda b: item(b, "D2").update(sjt_scoring="graded"), "“sjt_scoring” tidak dipakai oleh butir berjenis"),
    (lambda b: item(b, "D3").pop("response_set"), "Kunci “response_set” wajib ada."),
    (lambda b: item(b, "D3").update(response_set="frekuensi"), "berjenis effectiveness, butir lain tidak."),
    (lambda b: item(b, "A1").update(response_set="ketepatan"), "berjenis effectiveness, butir lain tidak."),
    (
        lambda b: b["response_sets"][2]["options"].pop(),
        "ketepatan tindakan harus mempunyai 5 pilihan, bukan 4.",
    ),
    (lambda b: item(b, "D2").update(panel=None), "Kunci panel harus menyertakan jumlah ahli"),
    (lambda b: item(b, "D2").update(panel=PANEL | {"experts": 7}), "Panel baru 7 ahli; paling sedikit 8."),
    (lambda b: item(b, "D2").update(panel=PANEL | {"icc": 0.799}), "ICC(2,k) 0,799; paling sedikit 0,8."),
    (lambda b: item(b, "D2").update(panel=PANEL | {"icc": 0.8001}), "Paling banyak tiga angka"),
    (lambda b: item(b, "D2").update(panel=PANEL | {"sd": {"A": 0.5}}), "pilihan B, C, D belum ada."),
    (lambda b: item(b, "D2").update(panel=PANEL | {"sd": PANEL["sd"] | {"E": 1}}), "Pilihan “E” tidak ada."),
    (lambda b: item(b, "D2").update(panel=PANEL | {"sd": PANEL["sd"] | {"B": 1.01}}), "simpangan baku 1,01"),
    (lambda b: option(b, "D2", "B").update(effectiveness=4.11), "hanya 0,49 lebih tepat"),
    (lambda b: item(b, "D1").update(panel=PANEL), "Angka panel hanya untuk kunci panel"),
    (lambda b: item(b, "B4")["desirability"].update(left=3.999), "Paling banyak dua angka di belakang koma."),
    (lambda b: item(b, "B4")["desirability"].pop("experts"), "Kunci “experts” wajib ada."),
    (
        lambda b: item(b, "A1").update(desirability={"left": 3, "right": 3, "experts": 8}),
        "“desirability” tidak",
    ),
    (lambda b: b["questionnaire"].pop("allow_ipsative"), "kepala kuesioner menyebut allow_ipsative: true."),
    (lambda b: item(b, "E1").update(scale="RAPI"), "Pilihan paksa tidak termasuk skala mana pun"),
    (lambda b: option(b, "E1", "A").update(scale="PEKA"), "dari dimensi yang sama (“PEKA”)."),
    (lambda b: option(b, "E1", "A").update(scale="X"), "Skala “X” tidak ada."),
    (lambda b: option(b, "E1", "A").update(scale="SD"), "“SD” bukan dimensi"),
    (lambda b: option(b, "E1", "A").pop("scale"), "harus menyebut dimensinya (scale)."),
    (lambda b: item(b, "E3").update(role="content"), "Butir berjenis single_choice harus berperan unscored."),
    (lambda b: item(b, "E3").update(scale="RAPI"), "Butir tanpa skor tidak termasuk skala mana pun"),
    (lambda b: option(b, "E3", "A").update(effectiveness=3), "single_choice tidak mempunyai effectiveness."),
    (lambda b: item(b, "E4").update(longest=2001), "Bilangannya 2001; paling besar 2000."),
    (lambda b: item(b, "E4").pop("longest"), "harus menyebut panjang terbesarnya"),
    (lambda b: item(b, "E4").update(options=item(b, "E3")["options"]), "“options” tidak dipakai oleh butir"),
    (lambda b: b["consistency_pairs"].append(["A1", "D1"]), "Butir “D1” bukan butir skala atau dua kutub"),
    (lambda b: b["scales"][3]["feedback"].pop("cukup"), "Umpan balik untuk kategori “cukup” belum ada."),
    (lambda b: b["scales"][3]["feedback"]["cukup"]["tips"].pop(), "baru 2; paling sedikit 3."),
    (lambda b: b["scales"][3]["feedback"]["baik"]["tips"].pop(), "baru 1; paling sedikit 2."),
    (
        lambda b: b["scales"][3]["feedback"].update(kuat=b["scales"][0]["feedback"]["kuat"]),
        "Kategori “kuat” tidak berlaku untuk jenis skala ini.",
    ),
    (
        lambda b: b["scales"][0].update(kind="climate") or b["scales"][0]["feedback"].pop("kuat"),
        "“kuat” belum ada.",
    ),
]


@pytest.mark.parametrize(("break_it", "sentence"), BROKEN, ids=[sentence for _b, sentence in BROKEN])
def test_a_broken_item_is_refused_with_a_sentence(break_it, sentence):
    bank = rich_bank()
    break_it(bank)
    problems = [problem for problem in check(bank) if problem.is_blocking]
    assert any(sentence in problem.message for problem in problems), [str(problem) for problem in problems]


def test_an_authors_key_whose_best_action_barely_leads_is_advised_against():
    bank = rich_bank()
    option(bank, "D1", "B")["effectiveness"] = 4.11
    (problem,) = leads(bank)
    assert problem.message == (
        "Tindakan terbaik hanya 0,49 lebih tepat daripada yang berikutnya; paling sedikit 0,5."
    )
    assert not problem.is_blocking
    option(bank, "D1", "B")["effectiveness"] = 4.1
    assert leads(bank) == []


def leads(bank):
    return [problem for problem in check(bank) if "lebih tepat daripada" in problem.message]


def test_climate_scales_may_carry_feedback_for_the_unit():
    bank = rich_bank()
    bank["scales"][0]["kind"] = "climate"
    item(bank, "E1")["options"][0]["scale"] = "PEKA"
    assert not any("Umpan balik" in problem.message for problem in check(bank))


def test_each_part_of_an_answer_has_a_slot_of_its_own():
    document = parse_document(rich_document())
    # The twelve items of the small bank have one slot each; the open text has none.
    assert document.slots[12:] == (
        *("D1", "D2:best", "D2:worst", "D3:A", "D3:B", "D3:C", "D3:D", "D4", "E1", "E2", "E3"),
    )
    assert document.slots_of_item["D2"] == (13, 14)
    assert document.slots_of_item["D3"] == (15, 16, 17, 18)
    assert document.slots_of_item["E4"] == ()
    assert document.item_by_code["D2"].parts == ("best", "worst")


@pytest.mark.parametrize(
    ("code", "answer", "is_accepted", "is_complete"),
    [
        ("D1", "B", True, True),
        ("D1", "E", False, None),
        ("D1", 2, False, None),
        ("D1", True, False, None),
        ("D1", "na", False, None),
        ("D1", {"best": "A"}, False, None),
        ("D2", {"best": "A", "worst": "D"}, True, True),
        ("D2", {"best": "A"}, True, False),
        ("D2", {"worst": "D"}, True, False),
        ("D2", {"best": "A", "worst": "A"}, False, None),
        ("D2", {}, False, None),
        ("D2", {"middle": "A"}, False, None),
        ("D2", "A", False, None),
        ("D3", {"A": 5, "B": 4, "C": 2, "D": 1}, True, True),
        ("D3", {"A": 5}, True, False),
        ("D3", {"A": 6}, False, None),
        ("D3", {"A": True}, False, None),
        ("E1", "B", True, True),
        ("E3", "C", True, True),
        ("E3", "D", False, None),
        ("E4", "Sebuah teks.", False, None),
        ("A1", 5, True, True),
        ("A1", "na", True, True),
    ],
)
def test_an_item_knows_its_answers(code, answer, is_accepted, is_complete):
    one = parse_document(rich_document()).item_by_code[code]
    assert one.accepts(answer) is is_accepted
    if is_accepted:
        assert one.is_complete(answer) is is_complete


def test_the_words_of_situation_and_actions_count_for_reading():
    # "Seorang warga mengeluh tentang hal D1." 6, the question 5, four actions of two words.
    assert parse_document(rich_document()).item_by_code["D1"].reading_words == 6 + 5 + 4 * 2


def test_keys_of_the_new_types_stand_in_no_other_item():
    keys = {
        key for section in complete(small_bank())["sections"] for entry in section["items"] for key in entry
    }
    assert not keys & {"vignette", "options", "key_basis", "panel", "sjt_scoring", "longest", "desirability"}
    assert "level_target" not in keys
    assert "allow_ipsative" not in complete(small_bank())["questionnaire"]


# Of the file below, computed before vignettes, forced choice, single choice and open texts were added to the format.
HASH_BEFORE_THE_NEW_TYPES = "0e6ce199654f5c710d2a0d72388436751fa9ead60d87270331563c214d723ae8"


def test_a_bank_without_the_new_types_kept_its_hash():
    file = Path(__file__).parent / "bank_before_item_types.yaml"
    assert content_hash(read(file.read_bytes(), filename=file.name).document) == HASH_BEFORE_THE_NEW_TYPES


# --- The round trip ----------------------------------------------------------------------------------------

words = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
pairs = st.fixed_dictionaries({"id": words, "en": words})


@st.composite
def vignettes(draw, code):
    """A vignette of any of the three kinds, with the key of its author or of a panel."""
    count = draw(st.integers(3, 6))
    ratings = draw(
        st.lists(st.integers(100, 400), min_size=count - 1, max_size=count - 1).map(
            lambda cents: [max(cents) + 100, *cents]
        )
    )
    ratings = draw(st.permutations(ratings))
    letters = "ABCDEF"[:count]
    item_type = draw(st.sampled_from(["sjt_best", "sjt_best_worst", "sjt_rate"]))
    entry = vignette(
        code, item_type, effectiveness={x: r / 100 for x, r in zip(letters, ratings, strict=True)}
    )
    entry |= {"vignette": draw(pairs), "stem": draw(pairs), "weight": draw(st.integers(1, 999)) / 100}
    for each in entry["options"]:
        each |= {"text": draw(pairs), "reason": draw(pairs)}
    if item_type == "sjt_rate":
        entry["response_set"] = "ketepatan"
    if item_type == "sjt_best":
        entry["sjt_scoring"] = draw(st.sampled_from(["graded", "dichotomous"]))
    if draw(st.booleans()):
        sd = {letter: draw(st.integers(0, 100)) / 100 for letter in letters}
        icc = draw(st.integers(800, 1000)) / 1000
        entry |= {"key_basis": "panel", "panel": {"experts": draw(st.integers(8, 99)), "icc": icc, "sd": sd}}
    return entry


@st.composite
def banks(draw):
    """The rich bank with other vignettes, other statements, another longest text and other pole figures."""
    bank = rich_bank()
    bank["sections"][3]["items"] = [draw(vignettes(f"D{n}")) for n in range(1, draw(st.integers(2, 5)))]
    for code in ("E1", "E3"):
        for each in item(bank, code)["options"]:
            each["text"] = draw(pairs)
    item(bank, "E4")["longest"] = draw(st.integers(1, 2000))
    if draw(st.booleans()):
        poles = {side: draw(st.integers(100, 500)) / 100 for side in ("left", "right")}
        item(bank, "B4")["desirability"] = poles | {"experts": draw(st.integers(1, 99))}
    else:
        item(bank, "B4").pop("desirability")
    return bank


class TestTheRoundTrip(TestCase):
    """YAML -> database -> YAML loses nothing."""

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(bank=banks())
    def test_what_was_imported_is_exported_word_for_word(self, bank):
        text = write(complete(bank))
        version, _created = actions.import_bank(bank_file=read(text, filename="uji.yaml"), by=UserFactory())
        document = build_document(version)
        assert document == complete(bank)
        assert write(document) == text
        assert complete(to_bank(document)) == document


@pytest.mark.django_db
def test_a_version_copied_from_another_keeps_options_and_panel():
    first = draft_version(bank=rich_bank())
    by = UserFactory()
    first = actions.submit_for_review(version=first, by=by)
    first = actions.publish_version(version=first, change_note="Baru.", by=UserFactory())
    copy = actions.start_draft(questionnaire=first.questionnaire, copy_from=first, by=by)
    assert content_hash(build_document(copy)) == first.content_hash


@pytest.mark.django_db
def test_options_of_an_item_are_edited_as_one_small_table():
    version = draft_version(bank=rich_bank())
    first, second = version.items.get(code="D1").options.all()[:2]
    first.code, second.code = second.code, first.code
    editor = UserFactory()
    actions.save_parts(version=version, changed=[first, second], by=editor)
    letters = dict(version.items.get(code="D1").options.values_list("code", "text_ind"))
    assert (letters["A"], letters["B"]) == ("Tindakan B.", "Tindakan A.")
    version.refresh_from_db()
    assert version.last_edited_by == editor
