"""Small version documents for tests: only what matters is said, the rest is filled in.

document = build_document(
    scales=[scale("DIRI"), scale("DIRI-A", parent="DIRI")],
    items=[item("A1", "DIRI-A"), item("A2", "DIRI", key=-1, na=True), bipolar("B1", "DIRI")],
)
"""

from questionnaires.bank_documents import slots_of
from questionnaires.version_document import DOCUMENT_FORMAT, VersionDocument, parse_document


def text(words="teks"):
    return {"id": words, "en": f"{words} (en)"}


def response_set(code, kind, size, lowest=1):
    values = list(range(lowest, lowest + size))
    return {
        "code": code,
        "kind": kind,
        "options": [{"value": value, "label": text(f"pilihan {value}"), "anchor": None} for value in values],
        "positive_values": values[size // 2 + 1 :],
        "neutral_values": values[size // 2 : size // 2 + 1] if size % 2 else [],
        "na_label": text("Tidak berlaku bagi tugas saya"),
    }


RESPONSE_SETS = (
    response_set("frekuensi", "frequency", 5),
    response_set("setuju", "agreement", 5),
    response_set("kutub", "bipolar", 7),
    response_set("enam", "agreement", 6),
    response_set("empat", "agreement", 4),
    response_set("ketepatan", "effectiveness", 5),
)


def scale(code, kind=None, parent=None):
    return {
        "code": code,
        "kind": kind or ("facet" if parent else "dimension"),
        "parent": parent,
        "name": text(code),
        "definition": text(code),
        "traits": [],
        "competencies": [],
        "feedback": None,
    }


def item(
    code,
    scale=None,
    *,
    key=1,
    weight=1,
    na=False,
    role="content",
    responses="frekuensi",
    words=12,
    accept=None,
):
    return {
        "code": code,
        "type": "bipolar" if responses == "kutub" else "likert",
        "role": role,
        "scale": scale,
        "response_set": responses,
        "stem": text(f"butir {code}"),
        "left": text("kiri") if responses == "kutub" else None,
        "right": text("kanan") if responses == "kutub" else None,
        "key": key,
        "weight": weight,
        "na_allowed": na,
        "accept": accept,
        "traits": [],
        "competencies": [],
        "reflection": None,
        "reading_words": words,
    }


def vignette(code, scale="NALAR", *, type="sjt_best_worst", key=None, weight=1, words=60, **extra):
    """A vignette; ``key``: effectiveness by option code."""
    key = key or {"A": 4.6, "B": 3.2, "C": 2.0, "D": 1.4}
    return item(code, scale, weight=weight, words=words) | {
        "type": type,
        "response_set": "ketepatan" if type == "sjt_rate" else None,
        "vignette": text("situasi"),
        "options": [
            {"code": letter, "text": text(letter), "effectiveness": value, "reason": text("alasan")}
            for letter, value in key.items()
        ],
        "key_basis": "author",
        "panel": None,
        **extra,
    }


def choice(code, *, type="forced_choice", options=("DIRI", "PROGRAM")):
    """A forced choice between dimensions, or a single choice."""
    role = "content" if type == "forced_choice" else "unscored"
    return item(code, role=role) | {
        "type": type,
        "response_set": None,
        "options": [
            {"code": letter, "text": text(letter), "scale": scale}
            for letter, scale in zip("ABCDEF", options, strict=False)
        ],
    }


def open_text(code, longest=1000):
    return item(code, role="unscored") | {"type": "open_text", "response_set": None, "longest": longest}


def bipolar(code, scale=None, **options):
    return item(code, scale, responses="kutub", **options)


def attention(code, accept=(2,), **options):
    return item(code, role="attention", accept=list(accept), **options)


def desirability(code, scale="SD", **options):
    return item(code, scale, role="social_desirability", **{"responses": "setuju", **options})


def build_document(*, scales, items, sections=None, pairs=(), response_sets=RESPONSE_SETS) -> VersionDocument:
    """A version document; ``sections`` maps a section code to its item codes, otherwise all items are on page A."""
    by_code = {entry["code"]: entry for entry in items}
    sections = sections or {"A": list(by_code)}
    return parse_document(
        {
            "format": DOCUMENT_FORMAT,
            "questionnaire": {
                "code": "uji",
                "title": text("Uji"),
                "summary": text(),
                "introduction": text(),
                "minutes": 5,
                "sources": [],
            },
            "response_sets": list(response_sets),
            "scales": list(scales),
            "sections": [
                {"code": code, "title": text(), "instruction": text(), "items": [by_code[c] for c in codes]}
                for code, codes in sections.items()
            ],
            "slots": slots_of([{"items": [by_code[c] for c in codes]} for codes in sections.values()]),
            "consistency_pairs": [list(pair) for pair in pairs],
        }
    )


def large_document(*, dimensions=12, items_each=5) -> VersionDocument:
    """A form of the size of the shipped ones: 60 items in 12 dimensions, ratings and contrasts, both keys."""
    scales = [scale(f"D{d}") for d in range(dimensions)]
    items = [
        item(
            f"D{d}I{i}",
            f"D{d}",
            key=-1 if i % 4 == 3 else 1,
            na=i % 2 == 0,
            responses="kutub" if d % 4 == 3 else "frekuensi",
        )
        for i in range(items_each)
        for d in range(dimensions)
    ]
    return build_document(scales=scales, items=items)
