"""Between the bank as people write it and the document as the product runs it. Pure plain values.

A *bank* leaves defaults out and carries ``format: cermin-bank/1``; a *document* has every default written out and
what is computed once (``reading_words``, ``slots``). For a valid document ``complete(to_bank(document)) == document``.
"""

from questionnaires.version_document import (
    AUTHOR_KEY,
    DOCUMENT_FORMAT,
    FORCED_CHOICE,
    OPEN_TEXT,
    SINGLE_CHOICE,
    SITUATIONAL_TYPES,
    SJT_BEST,
    slot_names,
)

BANK_FORMAT = "cermin-bank/1"

KEY_ORDER = (
    *("format", "questionnaire", "response_sets", "scales", "sections", "consistency_pairs"),
    *("code", "kind", "type", "role", "parent", "scale", "response_set"),
    *("title", "summary", "introduction", "minutes", "sources", "allow_ipsative"),
    *("name", "definition", "instruction", "vignette", "stem", "text", "effectiveness", "reason"),
    *("options", "value", "label", "anchor", "positive_values", "neutral_values", "na_label"),
    *("key_basis", "panel", "experts", "icc", "sd", "sjt_scoring", "longest"),
    *("left", "right", "desirability", "key", "weight", "na_allowed", "accept"),
    *("traits", "competencies", "level_target", "reflection"),
    *("feedback", "prioritas", "berkembang", "kuat", "sangat_konsisten", "perlu_diperdalam", "cukup", "baik"),
    *("meaning", "tips", "method", "jp", "items", "id", "en"),
)
SET_DEFAULTS = {"neutral_values": [], "na_label": None}
OPTION_DEFAULTS = {"anchor": None}
SCALE_DEFAULTS = {"parent": None, "traits": [], "competencies": [], "feedback": None}
ITEM_DEFAULTS = {
    "role": "content",
    "scale": None,
    "response_set": None,
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
# Keys that only items of a type have. They stand in no other item, so that documents from before a type was added
# keep their hash.
_VIGNETTE_DEFAULTS = {"vignette": None, "options": [], "key_basis": AUTHOR_KEY, "panel": None}
TYPE_DEFAULTS = {
    **dict.fromkeys(SITUATIONAL_TYPES, _VIGNETTE_DEFAULTS),
    SJT_BEST: _VIGNETTE_DEFAULTS | {"sjt_scoring": "graded"},
    FORCED_CHOICE: {"options": []},
    SINGLE_CHOICE: {"options": []},
    OPEN_TEXT: {"longest": None},
}
# What an option of an item has besides its code and its text.
ITEM_OPTION_DEFAULTS = {
    **{item_type: {"effectiveness": None, "reason": None} for item_type in SITUATIONAL_TYPES},
    FORCED_CHOICE: {"scale": None},
    SINGLE_CHOICE: {},
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
            **allow_ipsative(head.get("allow_ipsative", False)),
        },
        "response_sets": [_response_set(entry) for entry in bank["response_sets"]],
        "scales": [_scale(entry) for entry in bank["scales"]],
        "sections": sections,
        "slots": slots_of(sections),
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


def slots_of(sections) -> list[str]:
    """The slot names of a document's sections, in the order of the form."""
    return [
        name
        for section in sections
        for item in section["items"]
        for name in slot_names(
            item["code"], item["type"], [option["code"] for option in item.get("options", ())]
        )
    ]


def allow_ipsative(is_allowed) -> dict:
    """The part of a head that stands there only where forced choice is allowed."""
    return {"allow_ipsative": True} if is_allowed else {}


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
    of_type = _of_type(entry)
    return {
        "code": entry["code"],
        "type": entry["type"],
        "role": entry.get("role", "content"),
        "scale": entry.get("scale"),
        "response_set": entry.get("response_set"),
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
        **of_type,
        "reading_words": item_reading_words(stem, left, right, of_type),
    }


def item_reading_words(stem, left, right, of_type) -> int:
    """Words of everything that is read before an item can be answered; ``of_type``: the keys of its type."""
    actions = [option["text"] for option in of_type.get("options", ())]
    return reading_words(stem, left, right, of_type.get("vignette"), *actions)


def _of_type(entry):
    """The keys that only items of this type have, with their defaults written out; some stand only where used."""
    cleaners = {
        "vignette": text,
        "options": lambda options: [_item_option(option, entry["type"]) for option in options or ()],
        "panel": panel,
    }
    values = {
        key: cleaners.get(key, lambda value: value)(entry.get(key, default))
        for key, default in TYPE_DEFAULTS.get(entry["type"], {}).items()
    }
    if entry.get("desirability"):
        values["desirability"] = _numbers(entry["desirability"])
    if entry.get("level_target"):
        values["level_target"] = entry["level_target"]
    return values


def _item_option(entry, item_type):
    extra = {key: entry.get(key, default) for key, default in ITEM_OPTION_DEFAULTS[item_type].items()}
    if "reason" in extra:
        extra["reason"] = text(extra["reason"])
        extra["effectiveness"] = optional_number(extra["effectiveness"])
    return {"code": entry["code"], "text": text(entry["text"]), **extra}


def panel(value):
    """The figures of an expert panel as JSON writes them; None where there was none."""
    if not value:
        return None
    return _numbers(value) | {"sd": _numbers(value["sd"])}


def _numbers(values):
    return {key: number(value) for key, value in values.items() if not isinstance(value, dict)}


def optional_number(value):
    return None if value is None else number(value)


def _bank_item(item):
    entry = {key: value for key, value in item.items() if key != "reading_words"}
    if "options" in entry:
        defaults = ITEM_OPTION_DEFAULTS[entry["type"]]
        entry["options"] = [_without_defaults(option, defaults) for option in entry["options"]]
    return _without_defaults(entry, ITEM_DEFAULTS | TYPE_DEFAULTS.get(entry["type"], {}))


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
