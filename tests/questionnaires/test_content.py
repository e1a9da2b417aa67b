"""What the five shipped banks have in common, what they ask about, and that their words are our own."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from questionnaires.bank_files import read
from questionnaires.content_coverage import items_by_trait, render, uncovered
from questionnaires.management.commands import content_coverage
from questionnaires.trait_map import load_traits
from questionnaires.version_document import SOCIAL_DESIRABILITY
from tests.questionnaires.seed_texts import RUN, copied, hash_of, known_hashes, runs

DOCUMENTS = {document.questionnaire: document for document in content_coverage.shipped_documents()}


def texts_of(value):
    """Every text of a document, in both languages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)


# --- what is asked ---------------------------------------------------------------------------------------


def test_the_trait_map_has_every_code_once():
    codes = [trait.code for trait in load_traits()]
    assert len(codes) == len(set(codes)) == 100
    assert {trait.source for trait in load_traits()} == {"000", "001", "002", "003", "004"}


def test_every_trait_is_asked_about_by_an_item_of_its_own_questionnaire():
    bank_of_source = {document.sources[0]: code for code, document in DOCUMENTS.items()}
    asked = items_by_trait(DOCUMENTS.values())
    lost = [t.code for t in load_traits() if bank_of_source[t.source] not in dict(asked.get(t.code, ()))]
    assert lost == []


def test_items_name_only_traits_of_the_map():
    known = {trait.code for trait in load_traits()}
    named = {t for d in DOCUMENTS.values() for part in (*d.items, *d.scales) for t in part.traits}
    assert named - known == set()


def test_what_is_about_the_unit_never_counts_for_a_person():
    about = {trait.code: trait.about for trait in load_traits()}
    for document in DOCUMENTS.values():
        for item in document.items:
            if any(about[code] == "unit" for code in item.traits):
                assert document.scale_by_code[item.scale].kind == "climate", item.code


def test_the_page_is_what_the_command_writes():
    call_command("content_coverage", check=True)


def test_an_old_page_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(content_coverage, "PAGE", tmp_path / "content.md")
    with pytest.raises(CommandError, match="usang"):
        call_command("content_coverage", check=True)


def test_a_trait_that_lost_its_last_item_is_named(monkeypatch):
    left = [document for code, document in DOCUMENTS.items() if code != "jiwa-melayani"]
    assert "002-7" in uncovered(load_traits(), left)
    assert "**none**" in render(load_traits(), left)
    monkeypatch.setattr(content_coverage, "shipped_documents", lambda: left)
    with pytest.raises(CommandError, match="002-7"):
        call_command("content_coverage", check=True)


# --- what they have in common ----------------------------------------------------------------------------


def test_the_scale_of_ideal_answers_is_the_same_word_for_word():
    scales = {
        tuple(
            sorted(
                (item.code, item.stem.id, item.stem.en, item.key, item.weight)
                for item in document.items
                if item.role == SOCIAL_DESIRABILITY
            )
        )
        for document in DOCUMENTS.values()
    }
    assert len(DOCUMENTS) == 5
    assert [len(scale) for scale in scales] == [7]


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_two_items_ask_for_attention_and_some_pairs_for_consistency(document):
    assert sum(item.role == "attention" for item in document.items) == 2
    assert 4 <= len(document.consistency_pairs) <= 6
    page = {item.code: number for number, s in enumerate(document.sections) for item in s.items}
    assert all(page[one] != page[other] for one, other in document.consistency_pairs)


@pytest.mark.parametrize(("code", "count"), [("jiwa-melayani", 8), ("asn-masa-depan", 4)])
def test_vignettes_have_an_authors_key_on_a_scale_of_their_own(code, count):
    vignettes = [item for item in DOCUMENTS[code].items if item.is_situational]
    assert len(vignettes) == count
    assert {(item.key_basis, item.scale) for item in vignettes} == {("author", "PERTIMBANGAN")}
    best = [max(item.options, key=lambda option: option.effectiveness).code for item in vignettes]
    assert len(set(best)) >= 4  # the best action is not always at the same place
    for item in vignettes:
        first, second = sorted((option.effectiveness for option in item.options), reverse=True)[:2]
        assert first - second >= 0.5


@pytest.mark.parametrize("code", DOCUMENTS)
def test_the_author_of_a_key_is_said_on_the_first_page_of_a_bank_with_vignettes(code):
    document = DOCUMENTS[code]
    is_said = "kunci penyusun, belum divalidasi panel ahli" in document.introduction.id
    assert is_said is any(item.is_situational for item in document.items)


def test_every_climate_theme_has_three_items_about_the_unit():
    document = DOCUMENTS["budaya-kerja"]
    assert len(document.climates) == 10
    for scale in document.climates:
        stems = [item.stem.id for item in document.items_of(scale.code)]
        assert len(stems) >= 3
        assert all("di unit kerja saya" in stem.lower() for stem in stems)


# --- in our own words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(content_coverage.BANKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_bank_copies_a_run_of_words_from_a_source_document(path: Path):
    document, known = read(path.read_bytes(), filename=path.name).document, known_hashes()
    assert [run for text in texts_of(document) for run in copied(text, known)] == []


def test_a_copied_sentence_would_be_found():
    sentence = "Satu dua tiga, empat lima enam tujuh; DELAPAN sembilan."
    assert len(runs(sentence)) == 2
    known = frozenset({hash_of("satu dua tiga empat lima enam tujuh delapan")})
    assert copied(f"Kata orang: {sentence}", known) == ["satu dua tiga empat lima enam tujuh delapan"]
    assert copied(" ".join(sentence.split()[: RUN - 1]), known) == []
    assert len(known_hashes()) > 1000
