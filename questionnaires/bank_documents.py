"""Between the bank as people write it and the document as the product runs it. Pure plain values.

A *bank* leaves defaults out and carries ``format: cermin-bank/1``; a *document* has every default written out and
what is computed once (``reading_words``, ``slots``). For a valid document ``complete(to_bank(document)) == document``.
"""

from questionnaires.version_document import DOCUMENT_FORMAT

BANK_FORMAT = "cermin-bank/1"

KEY_ORDER = (
    *("format", "questionnaire", "response_sets", "scales", "sections", "consistency_pairs"),
    *("code", "kind", "type", "role", "parent", "scale", "response_set"),
    *("title", "summary", "introduction", "minutes", "sources", "name", "definition", "instruction"),
    *("options", "value", "label", "anchor", "positive_values", "neutral_values", "na_label"),
    *(
        "stem",
        "left",
        "right",
        "key",
        "weight",
        "na_allowed",
        "accept",
        "traits",
        "competencies",
        "reflection",
    ),
    *(
        "feedback",
        "prioritas",
        "berkembang",
        "kuat",
        "sangat_konsisten",
        "meaning",
        "tips",
        "text",
        "method",
        "jp",
    ),
    *("items", "id", "en"),
)
SET_DEFAULTS = {"neutral_values": [], "na_label": None}
OPTION_DEFAULTS = {"anchor": None}
SCALE_DEFAULTS = {"parent": None, "traits": [], "competencies": [], "feedback": None}
ITEM_DEFAULTS = {
    "role": "content",
    "scale": None,
    "left": None,
    "right": None,
    "key": 1,
    "weight": 1,
    "na_allowed": False,
    "accept": None,
    "traits": [],
    "competencies": [],
    "reflection": None,
}


def complete(bank) -> dict:
    """The document of a bank whose shape has been checked."""
    sections = [_section(entry) for entry in bank["sections"]]
    head = bank["questionnaire"]
    return {
        "format": DOCUMENT_FORMAT,
        "questionnaire": {
            "code": head["code"],
            "title": text(head["title"]),
            "summary": text(head["summary"]),
            "introduction": text(head["introduction"]),
            "minutes": head["minutes"],
            "sources": list(head.get("sources") or []),
        },
        "response_sets": [_response_set(entry) for entry in bank["response_sets"]],
        "scales": [_scale(entry) for entry in bank["scales"]],
        "sections": sections,
        "slots": [item["code"] for section in sections for item in section["items"]],
        "consistency_pairs": [list(pair) for pair in bank.get("consistency_pairs") or []],
    }


def to_bank(document) -> dict:
    """The bank of a document: no defaults, nothing computed, keys in the order people write them."""
    bank = {
        "format": BANK_FORMAT,
        "questionnaire": document["questionnaire"],
        "response_sets": [
            _without_defaults(entry, SET_DEFAULTS)
            | {"options": [_without_defaults(option, OPTION_DEFAULTS) for option in entry["options"]]}
            for entry in document["response_sets"]
        ],
        "scales": [_without_defaults(entry, SCALE_DEFAULTS) for entry in document["scales"]],
        "sections": [
            section | {"items": [_bank_item(item) for item in section["items"]]}
            for section in document["sections"]
        ],
    }
    if document["consistency_pairs"]:
        bank["consistency_pairs"] = document["consistency_pairs"]
    return _in_order(bank)


def text(pair):
    """A pair of texts without blanks at the ends; None where both languages are empty."""
    if not pair:
        return None
    cleaned = {language: clean(pair.get(language)) for language in ("id", "en")}
    return cleaned if cleaned["id"] or cleaned["en"] else None


def clean(value) -> str:
    """One text as it is stored: line ends of one kind, nothing at the ends, so that saving a form moves no hash."""
    return (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def number(value):
    """A weight as JSON writes it: whole numbers without a decimal point."""
    return int(value) if value == int(value) else float(value)


def reading_words(*texts) -> int:
    """Words of the Indonesian side of an item's stem and poles."""
    return sum(len(entry["id"].split()) for entry in texts if entry)


def _response_set(entry):
    return {
        "code": entry["code"],
        "kind": entry["kind"],
        "options": [
            {"value": option["value"], "label": text(option["label"]), "anchor": text(option.get("anchor"))}
            for option in entry["options"]
        ],
        "positive_values": list(entry["positive_values"]),
        "neutral_values": list(entry.get("neutral_values") or []),
        "na_label": text(entry.get("na_label")),
    }


def _scale(entry):
    feedback = entry.get("feedback")
    return {
        "code": entry["code"],
        "kind": entry["kind"],
        "parent": entry.get("parent"),
        "name": text(entry["name"]),
        "definition": text(entry["definition"]),
        "traits": list(entry.get("traits") or []),
        "competencies": sorted(entry.get("competencies") or []),
        "feedback": {band: _feedback(part) for band, part in feedback.items()} if feedback else None,
    }


def _feedback(part):
    return {
        "meaning": text(part["meaning"]),
        "tips": [
            {"text": text(tip["text"]), "method": tip["method"], "jp": tip["jp"]} for tip in part["tips"]
        ],
    }


def _section(entry):
    return {
        "code": entry["code"],
        "title": text(entry["title"]),
        "instruction": text(entry["instruction"]),
        "items": [_item(item) for item in entry["items"]],
    }


def _item(entry):
    stem, left, right = text(entry["stem"]), text(entry.get("left")), text(entry.get("right"))
    return {
        "code": entry["code"],
        "type": entry["type"],
        "role": entry.get("role", "content"),
        "scale": entry.get("scale"),
        "response_set": entry["response_set"],
        "stem": stem,
        "left": left,
        "right": right,
        "key": entry.get("key", 1),
        "weight": number(entry.get("weight", 1)),
        "na_allowed": entry.get("na_allowed", False),
        "accept": list(entry.get("accept") or []) or None,
        "traits": list(entry.get("traits") or []),
        "competencies": sorted(entry.get("competencies") or []),
        "reflection": text(entry.get("reflection")),
        "reading_words": reading_words(stem, left, right),
    }


def _bank_item(item):
    entry = {key: value for key, value in item.items() if key != "reading_words"}
    return _without_defaults(entry, ITEM_DEFAULTS)


def _in_order(value):
    """The same value with its keys as people write them: PostgreSQL gives a stored document back in its own order."""
    if isinstance(value, dict):
        known = sorted((key for key in value if key in KEY_ORDER), key=KEY_ORDER.index)
        keys = [*known, *(key for key in value if key not in KEY_ORDER)]
        return {key: _in_order(value[key]) for key in keys}
    if isinstance(value, list):
        return [_in_order(each) for each in value]
    return value


def _without_defaults(entry, defaults):
    return {key: value for key, value in entry.items() if key not in defaults or value != defaults[key]}
