"""A bank with every type of item, as plain values in the form of docs/bank-format.md. :func:`rich_bank` is the small
bank and::

    page D   D1 (best, graded)  D2 (best and worst)  D3 (rate)  D4 (best, dichotomous)   situational scale NALAR
    page E   E1 E2 (forced choice RAPI, PEKA)  E3 (single choice)  E4 (open text)

The key of every vignette is A 4.6, B 3.2, C 2.0, D 1.4, as in the reference cases.
"""

import copy

import factory

from questionnaires.bank_documents import complete
from questionnaires.models import ItemOption
from tests.factories.questionnaires import ItemFactory, small_bank

EFFECTIVENESS = {"A": 4.6, "B": 3.2, "C": 2.0, "D": 1.4}
PANEL = {"experts": 9, "icc": 0.86, "sd": {"A": 0.5, "B": 0.7, "C": 0.9, "D": 1}}


class ItemOptionFactory(factory.django.DjangoModelFactory):
    """Option A of an item, with an effectiveness but without a reason."""

    class Meta:
        model = ItemOption

    item = factory.SubFactory(ItemFactory, type="sjt_best", response_set=None)
    code = "A"
    text_ind = "Saya bertanya."
    text_eng = "I ask."
    effectiveness = 4


def rich_bank(*, code="bank-kaya") -> dict:
    """The small bank with a page of vignettes, forced choice, single choice and an open text. Yours to change."""
    bank = small_bank(code=code)
    bank["questionnaire"]["allow_ipsative"] = True
    bank["response_sets"].append(effectiveness_set())
    bank["scales"].append(situational_scale())
    bank["sections"][1]["items"][3]["desirability"] = {"left": 3.9, "right": 4.1, "experts": 9}
    bank["sections"] += [
        _section(
            "D",
            [
                vignette("D1", "sjt_best"),
                vignette("D2", "sjt_best_worst", key_basis="panel", panel=copy.deepcopy(PANEL)),
                vignette("D3", "sjt_rate", response_set="ketepatan"),
                vignette("D4", "sjt_best", sjt_scoring="dichotomous"),
            ],
        ),
        _section("E", [forced_choice("E1"), forced_choice("E2"), single_choice("E3"), open_text("E4")]),
    ]
    return bank


def rich_document(*, code="bank-kaya") -> dict:
    """The document of :func:`rich_bank`."""
    return complete(rich_bank(code=code))


def situational_scale(code="NALAR") -> dict:
    tip = {"text": _text("Bahas satu kasus.", "Discuss one case."), "method": "coaching", "jp": 1}
    tips = {"perlu_diperdalam": 3, "cukup": 3, "baik": 2}
    return {
        "code": code,
        "kind": "situational",
        "name": _text("Pertimbangan", "Judgement"),
        "definition": _text(
            "Menimbang tindakan dalam situasi kerja.", "Weighing actions in situations at work."
        ),
        "feedback": {
            band: {"meaning": _text("Artinya.", "The meaning."), "tips": [dict(tip) for _n in range(count)]}
            for band, count in tips.items()
        },
    }


def effectiveness_set(code="ketepatan") -> dict:
    labels = [
        ("Sangat tidak tepat", "Very ineffective"),
        ("Tidak tepat", "Ineffective"),
        ("Cukup tepat", "Fairly effective"),
        ("Tepat", "Effective"),
        ("Sangat tepat", "Very effective"),
    ]
    return {
        "code": code,
        "kind": "effectiveness",
        "options": [{"value": v, "label": _text(*label)} for v, label in enumerate(labels, start=1)],
        "positive_values": [4, 5],
    }


def vignette(code, item_type, *, scale="NALAR", effectiveness=None, **extra) -> dict:
    """A vignette with four actions; ``effectiveness`` by option code."""
    return {
        "code": code,
        "type": item_type,
        "scale": scale,
        "vignette": _text(
            f"Seorang warga mengeluh tentang hal {code}.", f"A citizen complains about {code}."
        ),
        "stem": _text("Tindakan mana yang paling tepat?", "Which action is the most effective?"),
        "options": [
            {
                "code": letter,
                "text": _text(f"Tindakan {letter}.", f"Action {letter}."),
                "effectiveness": rating,
                "reason": _text(f"Rahasia {code}{letter}.", f"Secret {code}{letter}."),
            }
            for letter, rating in (effectiveness or EFFECTIVENESS).items()
        ],
        "traits": ["002-6a"],
        **extra,
    }


def forced_choice(code, scales=("RAPI", "PEKA")) -> dict:
    return {
        "code": code,
        "type": "forced_choice",
        "stem": _text("Mana yang lebih menggambarkan Anda?", "Which describes you better?"),
        "options": [
            {"code": letter, "text": _text(f"Saya {scale}.", f"I am {scale}."), "scale": scale}
            for letter, scale in zip("ABCDEF", scales, strict=False)
        ],
    }


def single_choice(code) -> dict:
    return {
        "code": code,
        "type": "single_choice",
        "role": "unscored",
        "stem": _text("Berapa lama Anda di unit ini?", "How long have you been in this unit?"),
        "options": [
            {"code": letter, "text": _text(f"Pilihan {letter}", f"Choice {letter}")} for letter in "ABC"
        ],
    }


def open_text(code, longest=1000) -> dict:
    return {
        "code": code,
        "type": "open_text",
        "role": "unscored",
        "stem": _text("Apa yang ingin Anda pelajari?", "What would you like to learn?"),
        "longest": longest,
    }


def _text(indonesian, english):
    return {"id": indonesian, "en": english}


def _section(code, items):
    return {
        "code": code,
        "title": _text(f"Bagian {code}", f"Section {code}"),
        "instruction": _text("Pilih satu jawaban.", "Choose one answer."),
        "items": items,
    }
