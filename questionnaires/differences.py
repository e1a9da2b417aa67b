"""What changed between two documents of a questionnaire. Pure; for editors, approvers and change notes."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from questionnaires.problems import Keys

# What the respondent reads; every other field of an item changes how it is asked or scored.
WORDING = ("stem", "left", "right", "vignette", "option_texts")
SCORING = (
    *("key", "weight", "scale", "type", "role", "response_set", "accept", "na_allowed"),
    *("option_keys", "key_basis", "panel", "sjt_scoring", "level_target"),
)


@dataclass(frozen=True)
class Change:
    """One value that differs. ``before`` is None where there was none, ``after`` where there is none any more."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Difference:
    """All that changed in one entry that exists on both sides."""

    code: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Differences:
    """From the older to the newer document. Items are named by their codes, which stay the same for ever."""

    head: tuple[Change, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[str, ...]
    reworded: tuple[Difference, ...]
    rescored: tuple[Difference, ...]
    remapped: tuple[Difference, ...]
    scales: tuple[Difference, ...]
    scales_added: tuple[str, ...]
    scales_removed: tuple[str, ...]
    response_sets: tuple[Difference, ...]
    sections: tuple[Difference, ...]
    pairs_changed: bool

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in self.__dataclass_fields__)


def compare(a, b) -> Differences:
    """What it takes to get from document ``a`` to document ``b``."""
    before, after = _items(a), _items(b)
    scales_before, scales_after = _by_code(a["scales"]), _by_code(b["scales"])
    other = sorted(
        {key for item in [*before.values(), *after.values()] for key in item}
        - {*WORDING, *SCORING, "code", "reading_words", "section"}
    )
    return Differences(
        head=_changes(a["questionnaire"], b["questionnaire"], sorted(a["questionnaire"])),
        added=_missing(after, before),
        removed=_missing(before, after),
        moved=_moved(before, after),
        reworded=_differing(before, after, WORDING),
        rescored=_differing(before, after, SCORING),
        remapped=_differing(before, after, other),
        scales=_differing(scales_before, scales_after),
        scales_added=_missing(scales_after, scales_before),
        scales_removed=_missing(scales_before, scales_after),
        response_sets=_entries_differing(a["response_sets"], b["response_sets"]),
        sections=_entries_differing(_without_items(a), _without_items(b)),
        pairs_changed=a["consistency_pairs"] != b["consistency_pairs"],
    )


def _items(document):
    """Items by code in the order of the form, each with the code of its section."""
    return {
        item["code"]: _with_options_parted(item) | {"section": section["code"]}
        for section in document["sections"]
        for item in section["items"]
    }


def _with_options_parted(item):
    """The options of an item as what is read and what is scored, each by letter."""
    parted = {key: value for key, value in item.items() if key != "options"}
    if "options" in item:
        parted["option_texts"] = {
            option["code"]: {"text": option["text"], "reason": option.get("reason")}
            for option in item["options"]
        }
        parted["option_keys"] = {
            option["code"]: {key: option[key] for key in ("effectiveness", "scale") if key in option}
            for option in item["options"]
        }
    return parted


def _by_code(entries):
    return {entry["code"]: entry for entry in entries}


def _without_items(document):
    return [{k: v for k, v in section.items() if k != "items"} for section in document["sections"]]


def _missing(here, there):
    return tuple(code for code in here if code not in there)


def _moved(before, after):
    """Items on another page, or out of the order that the others kept."""
    old = [code for code in before if code in after]
    new = [code for code in after if code in before]
    blocks = SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    kept = {code for block in blocks for code in new[block.b : block.b + block.size]}
    return tuple(
        code for code in new if code not in kept or before[code]["section"] != after[code]["section"]
    )


def _differing(before, after, fields=None):
    found = []
    for code in before:
        if code in after:
            changes = _changes(before[code], after[code], fields or sorted({*before[code], *after[code]}))
            if changes:
                found.append(Difference(code, changes))
    return tuple(found)


def _entries_differing(before, after):
    """Entries that changed, came or went; one that came has ``before`` None in its single change."""
    before, after = _by_code(before), _by_code(after)
    gone = [Difference(code, (Change("", before[code], None),)) for code in _missing(before, after)]
    came = [Difference(code, (Change("", None, after[code]),)) for code in _missing(after, before)]
    return (*_differing(before, after), *gone, *came)


def _changes(before, after, fields) -> tuple[Change, ...]:
    return tuple(
        change for field in fields for change in _value_changes((field,), before.get(field), after.get(field))
    )


def _value_changes(keys: Keys, before, after):
    """Leaf by leaf, so that an editor sees the sentence that changed and not the whole table around it."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            yield from _value_changes((*keys, key), before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and _are_tables(before, after):
        for index in range(max(len(before), len(after))):
            yield from _value_changes((*keys, index + 1), _at(before, index), _at(after, index))
    else:
        yield Change(".".join(str(key) for key in keys), before, after)


def _are_tables(*lists):
    return all(isinstance(entry, dict) for entries in lists for entry in entries)


def _at(entries, index):
    return entries[index] if index < len(entries) else None
