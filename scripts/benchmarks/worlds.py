"""Made-up material of the sizes that the limits speak of; the same numbers give the same material."""

from __future__ import annotations

from itertools import product

import numpy as np

from questionnaires.version_document import DOCUMENT_FORMAT, VersionDocument, parse_document

DIMENSIONS, ITEMS_EACH = 12, 5
VALUES = 5
_MISSING, _NOT_APPLICABLE = 0.03, 0.02  # shares of the answers


def document_json() -> dict:
    """60 items of five values in 12 dimensions, every fourth reversed, "does not apply" everywhere."""
    text = {"id": "teks", "en": "text"}
    options = [{"value": value, "label": text, "anchor": None} for value in range(1, VALUES + 1)]
    items = [
        {
            "code": f"D{dimension:02d}B{item}",
            "type": "likert",
            "role": "content",
            "scale": f"D{dimension:02d}",
            "response_set": "frekuensi",
            "stem": text,
            "left": None,
            "right": None,
            "key": -1 if item % 4 == 3 else 1,
            "weight": 1,
            "na_allowed": True,
            "accept": None,
            "traits": [],
            "competencies": [],
            "reflection": None,
            "reading_words": 12,
        }
        for item, dimension in product(range(ITEMS_EACH), range(DIMENSIONS))
    ]
    return {
        "format": DOCUMENT_FORMAT,
        "questionnaire": {
            "code": "ukur",
            "title": text,
            "summary": text,
            "introduction": text,
            "minutes": 10,
            "sources": [],
        },
        "response_sets": [
            {
                "code": "frekuensi",
                "kind": "frequency",
                "options": options,
                "positive_values": [4, 5],
                "neutral_values": [3],
                "na_label": text,
            }
        ],
        "scales": [
            {
                "code": f"D{dimension:02d}",
                "kind": "dimension",
                "parent": None,
                "name": text,
                "definition": text,
                "traits": [],
                "competencies": [],
                "feedback": None,
            }
            for dimension in range(DIMENSIONS)
        ],
        "sections": [{"code": "A", "title": text, "instruction": text, "items": items}],
        "slots": [item["code"] for item in items],
        "consistency_pairs": [],
    }


def document() -> VersionDocument:
    return parse_document(document_json())


def answer_bytes(people: int) -> np.ndarray:
    """people x 60 stored bytes: a level of each person with noise, some gaps, some "does not apply"."""
    rng = np.random.default_rng(20261125)
    level = rng.normal(3.4, 0.8, size=(people, 1)).astype(np.float32)
    noise = rng.standard_normal((people, DIMENSIONS * ITEMS_EACH), dtype=np.float32)
    stored = np.clip(np.rint(level + noise), 1, VALUES).astype(np.uint8)
    chance = rng.random(stored.shape, dtype=np.float32)
    stored[chance < _MISSING] = 0
    stored[chance > 1 - _NOT_APPLICABLE] = 255
    return stored
