"""Rows of question banks, and whole published banks built by the actions.

The factories make single rows of a draft. What must be published goes through :func:`published_version`, because only
the actions can publish. :func:`small_bank` is the bank it publishes::

    page A   A1 A2 A3 A4      dimension RAPI (A4 reversed)
    page B   B1 B2 B3 B4      dimension PEKA (B4 bipolar, positive pole on the left)
    page C   C1 (attention, 2 passes)  C2 C3 C4 (response style SD)
"""

import copy
import json
from functools import cache

import factory
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from questionnaires import actions
from questionnaires.bank_documents import complete
from questionnaires.bank_files import read, write
from questionnaires.models import (
    Competency,
    FeedbackText,
    FeedbackTip,
    Framework,
    Item,
    Option,
    Questionnaire,
    ResponseSet,
    Scale,
    Section,
    Version,
)
from tests.factories.accounts import UserFactory


class FrameworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Framework
        django_get_or_create = ("code",)

    code = "kerangka-uji"
    name_ind = "Kerangka uji"
    name_eng = "Test framework"
    source = "Peraturan Uji Nomor 1"


class CompetencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Competency
        django_get_or_create = ("code",)

    framework = factory.SubFactory(FrameworkFactory)
    code = factory.Sequence("U.{:02d}".format)
    name_ind = factory.LazyAttribute(lambda o: f"Kompetensi {o.code}")
    name_eng = factory.LazyAttribute(lambda o: f"Competency {o.code}")


class QuestionnaireFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Questionnaire

    code = factory.Sequence("kuesioner-{}".format)


class VersionFactory(factory.django.DjangoModelFactory):
    """A draft without content."""

    class Meta:
        model = Version

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = 1
    title_ind = "Kuesioner uji"
    title_eng = "Test questionnaire"
    summary_ind = "Untuk menguji."
    summary_eng = "For testing."
    introduction_ind = "Jawablah apa adanya."
    introduction_eng = "Answer as it is."
    minutes = 5
    created_at = factory.LazyFunction(timezone.now)


class ResponseSetFactory(factory.django.DjangoModelFactory):
    """A frequency set; ``size=5`` options come with it."""

    class Meta:
        model = ResponseSet
        skip_postgeneration_save = True

    version = factory.SubFactory(VersionFactory)
    code = factory.Sequence("set-{}".format)
    kind = ResponseSet.Kind.FREQUENCY
    positive_values = factory.LazyFunction(lambda: [4, 5])
    neutral_values = factory.LazyFunction(lambda: [3])

    @factory.post_generation
    def size(self, create, extracted, **kwargs):
        for value in range(1, (5 if extracted is None else extracted) + 1):
            OptionFactory(response_set=self, value=value)


class OptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Option

    response_set = factory.SubFactory(ResponseSetFactory, size=0)
    value = factory.Sequence(lambda n: n % 254 + 1)
    label_ind = factory.LazyAttribute(lambda o: f"Pilihan {o.value}")
    label_eng = factory.LazyAttribute(lambda o: f"Option {o.value}")


class ScaleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scale

    version = factory.SubFactory(VersionFactory)
    code = factory.Sequence("SKALA-{}".format)
    kind = Scale.Kind.DIMENSION
    position = factory.Sequence(lambda n: n % 1000 + 1)
    name_ind = factory.LazyAttribute(lambda o: f"Dimensi {o.code}")
    name_eng = factory.LazyAttribute(lambda o: f"Dimension {o.code}")
    definition_ind = "Yang diukur."
    definition_eng = "What is measured."


class FeedbackTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FeedbackText

    scale = factory.SubFactory(ScaleFactory)
    band = "kuat"
    meaning_ind = "Artinya."
    meaning_eng = "The meaning."


class FeedbackTipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FeedbackTip

    feedback_text = factory.SubFactory(FeedbackTextFactory)
    position = factory.Sequence(lambda n: n % 1000 + 1)
    text_ind = "Coba hal kecil."
    text_eng = "Try a small thing."
    method = FeedbackTip.Method.SELF_STUDY
    jp = 1


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    version = factory.SubFactory(VersionFactory)
    code = factory.Sequence("BAGIAN-{}".format)
    position = factory.Sequence(lambda n: n % 1000 + 1)
    title_ind = "Bagian"
    title_eng = "Section"
    instruction_ind = "Pilih satu jawaban."
    instruction_eng = "Choose one answer."


class ItemFactory(factory.django.DjangoModelFactory):
    """A likert content item; its section, scale and response set belong to one version."""

    class Meta:
        model = Item

    version = factory.SubFactory(VersionFactory)
    section = factory.SubFactory(SectionFactory, version=factory.SelfAttribute("..version"))
    scale = factory.SubFactory(ScaleFactory, version=factory.SelfAttribute("..version"))
    response_set = factory.SubFactory(ResponseSetFactory, version=factory.SelfAttribute("..version"))
    code = factory.Sequence("BUTIR{}".format)
    position = factory.Sequence(lambda n: n % 1000 + 1)
    stem_ind = "Saya menyelesaikan tugas."
    stem_eng = "I finish the task."
    reflection_ind = "Kapan terakhir?"
    reflection_eng = "When was the last time?"


def small_bank(*, code="bank-kecil") -> dict:
    """The smallest bank with everything in it, as plain values in the form of docs/bank-format.md. Yours to change."""
    return copy.deepcopy(
        {
            "format": "cermin-bank/1",
            "questionnaire": {
                "code": code,
                "title": _text("Bank Kecil", "Small Bank"),
                "summary": _text("Bank untuk menguji.", "A bank for testing."),
                "introduction": _text("Jawablah apa adanya.\n\nTidak ada jawaban salah.", "Answer as it is."),
                "minutes": 3,
                "sources": ["000"],
            },
            "response_sets": [_likert_set(), _bipolar_set()],
            "scales": [_dimension("RAPI"), _dimension("PEKA"), _response_style()],
            "sections": [
                _section("A", [_likert("A1"), _likert("A2"), _likert("A3"), _likert("A4", key=-1)]),
                _section("B", [_likert(f"B{n}", scale="PEKA") for n in (1, 2, 3)] + [_bipolar("B4")]),
                _section("C", [_attention("C1")] + [_desirability(f"C{n}") for n in (2, 3, 4)]),
            ],
            "consistency_pairs": [["A1", "A4"]],
        }
    )


def small_document(*, code="bank-kecil") -> dict:
    """The document of :func:`small_bank`."""
    return complete(small_bank(code=code))


def bank_file(bank=None):
    """A read bank file of a bank (by default the small one)."""
    document = complete(bank or small_bank())
    return copy.deepcopy(_read_back(json.dumps(document)))


@cache
def _read_back(text):
    """Written as YAML and read again once a document: hundreds of tests want the same."""
    document = json.loads(text)
    result = read(write(document), filename=f"{document['questionnaire']['code']}.yaml")
    assert result.is_valid, [str(problem) for problem in result.problems]
    return result


def draft_version(*, bank=None, by=None):
    """A draft that could be published."""
    version, _created = actions.import_bank(bank_file=bank_file(bank), by=by or UserFactory())
    return version


def published_version(*, code="bank-kecil", bank=None, editor=None, approver=None):
    """A small valid bank, taken through draft, review and publication by two people."""
    editor, approver = editor or UserFactory(), approver or UserFactory()
    version = draft_version(bank=bank or small_bank(code=code), by=editor)
    version = actions.submit_for_review(version=version, by=editor)
    return actions.publish_version(version=version, change_note="Terbitan pertama.", by=approver)


SHIPPED = {path.stem: path for path in sorted((settings.BASE_DIR / "fixtures" / "banks").glob("*.yaml"))}


def shipped_version(code):
    """A questionnaire that comes with the product, published, with the frameworks that it is mapped onto."""
    call_command("import_frameworks")
    document = read(SHIPPED[code].read_bytes(), filename=SHIPPED[code].name).document
    return published_version(bank=document)


def _text(indonesian, english):
    return {"id": indonesian, "en": english}


def _likert_set():
    labels = [
        ("Tidak pernah", "Never"),
        ("Jarang", "Rarely"),
        ("Kadang-kadang", "Sometimes"),
        ("Sering", "Often"),
        ("Selalu", "Always"),
    ]
    return {
        "code": "frekuensi",
        "kind": "frequency",
        "options": [{"value": v, "label": _text(*label)} for v, label in enumerate(labels, start=1)],
        "positive_values": [4, 5],
        "neutral_values": [3],
        "na_label": _text("Tidak berlaku", "Not applicable"),
    }


def _bipolar_set():
    return {
        "code": "kutub",
        "kind": "bipolar",
        "options": [{"value": v, "label": _text(f"Posisi {v}", f"Position {v}")} for v in range(1, 8)],
        "positive_values": [5, 6, 7],
        "neutral_values": [4],
    }


def _dimension(code):
    tip = {"text": _text("Coba hal kecil.", "Try a small thing."), "method": "belajar_mandiri", "jp": 1}
    tips = {"prioritas": 3, "berkembang": 3, "kuat": 2, "sangat_konsisten": 2}
    return {
        "code": code,
        "kind": "dimension",
        "name": _text(code.title(), code.title()),
        "definition": _text("Yang diukur.", "What is measured."),
        "feedback": {
            band: {"meaning": _text("Artinya.", "The meaning."), "tips": [dict(tip) for _n in range(count)]}
            for band, count in tips.items()
        },
    }


def _response_style():
    return {
        "code": "SD",
        "kind": "response_style",
        "name": _text("Gaya menjawab", "Response style"),
        "definition": _text("Kecenderungan menjawab ideal.", "Tendency to answer ideally."),
    }


def _section(code, items):
    instruction = _text(
        "Ingat 3 bulan terakhir, lalu pilih satu jawaban.", "Recall 3 months, then choose one answer."
    )
    return {
        "code": code,
        "title": _text(f"Bagian {code}", f"Section {code}"),
        "instruction": instruction,
        "items": items,
    }


def _likert(code, *, scale="RAPI", key=1):
    return {
        "code": code,
        "type": "likert",
        "scale": scale,
        "response_set": "frekuensi",
        "stem": _text(f"Saya melakukan hal {code}.", f"I do the thing {code}."),
        "key": key,
        "na_allowed": True,
        "traits": ["000-1a"],
        "reflection": _text("Kapan terakhir?", "When was the last time?"),
    }


def _bipolar(code):
    return {
        "code": code,
        "type": "bipolar",
        "scale": "PEKA",
        "response_set": "kutub",
        "stem": _text("Mana yang lebih dekat?", "Which is closer?"),
        "left": _text("Saya bertanya lebih dahulu.", "I ask first."),
        "right": _text("Saya menunggu kabar.", "I wait for news."),
        "key": -1,
        "traits": ["000-6b"],
        "reflection": _text("Kapan terakhir?", "When was the last time?"),
    }


def _attention(code):
    stem = _text("Untuk butir ini, pilih Jarang.", "For this item, choose Rarely.")
    return {
        "code": code,
        "type": "likert",
        "role": "attention",
        "response_set": "frekuensi",
        "stem": stem,
        "accept": [2],
    }


def _desirability(code):
    return {
        "code": code,
        "type": "likert",
        "role": "social_desirability",
        "scale": "SD",
        "response_set": "frekuensi",
        "stem": _text(f"Saya tanpa cela dalam hal {code}.", f"I am flawless in {code}."),
    }
