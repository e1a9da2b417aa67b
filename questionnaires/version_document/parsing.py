"""From the serialised document to frozen values. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from questionnaires.version_document.items import AUTHOR_KEY, Desirability, Item, ItemOption, Panel
from questionnaires.version_document.texts import Option, ResponseSet, Text
from questionnaires.version_document.versions import Feedback, Scale, Section, Tip, VersionDocument

DOCUMENT_FORMAT = "cermin-document/1"


def parse_document(document: Mapping) -> VersionDocument:
    """The serialised form as frozen values.

    Raises:
        ValueError: the document is of another format than this code knows.
    """
    if document.get("format") != DOCUMENT_FORMAT:
        raise ValueError(
            f"Format dokumen {document.get('format')!r} tidak dikenal; yang dikenal {DOCUMENT_FORMAT!r}."
        )
    response_sets = {entry["code"]: _parse_response_set(entry) for entry in document["response_sets"]}
    items = {
        entry["code"]: _parse_item(entry, section["code"], response_sets)
        for section in document["sections"]
        for entry in section["items"]
    }
    sections = tuple(
        Section(
            code=section["code"],
            title=Text.from_json(section["title"]),
            instruction=Text.from_json(section["instruction"]),
            items=tuple(items[entry["code"]] for entry in section["items"]),
        )
        for section in document["sections"]
    )
    head = document["questionnaire"]
    return VersionDocument(
        questionnaire=head["code"],
        title=Text.from_json(head["title"]),
        summary=Text.from_json(head["summary"]),
        introduction=Text.from_json(head["introduction"]),
        minutes=head["minutes"],
        sources=tuple(head["sources"]),
        response_sets=MappingProxyType(response_sets),
        scales=tuple(_parse_scale(entry) for entry in document["scales"]),
        sections=sections,
        slots=tuple(document["slots"]),
        consistency_pairs=tuple((first, second) for first, second in document["consistency_pairs"]),
        allow_ipsative=head.get("allow_ipsative", False),
    )


def _parse_response_set(entry):
    return ResponseSet(
        code=entry["code"],
        kind=entry["kind"],
        options=tuple(
            Option(value=o["value"], label=Text.from_json(o["label"]), anchor=Text.from_json(o["anchor"]))
            for o in entry["options"]
        ),
        positive_values=tuple(entry["positive_values"]),
        neutral_values=tuple(entry["neutral_values"]),
        na_label=Text.from_json(entry["na_label"]),
    )


def _parse_scale(entry):
    feedback = {
        band: Feedback(
            meaning=Text.from_json(part["meaning"]),
            tips=tuple(
                Tip(text=Text.from_json(t["text"]), method=t["method"], jp=t["jp"]) for t in part["tips"]
            ),
        )
        for band, part in (entry["feedback"] or {}).items()
    }
    return Scale(
        code=entry["code"],
        kind=entry["kind"],
        parent=entry["parent"],
        name=Text.from_json(entry["name"]),
        definition=Text.from_json(entry["definition"]),
        traits=tuple(entry["traits"]),
        competencies=tuple(entry["competencies"]),
        feedback=MappingProxyType(feedback),
    )


def _parse_item(entry, section_code, response_sets):
    return Item(
        code=entry["code"],
        type=entry["type"],
        role=entry["role"],
        scale=entry["scale"],
        response_set=response_sets[entry["response_set"]] if entry["response_set"] else None,
        stem=Text.from_json(entry["stem"]),
        left=Text.from_json(entry["left"]),
        right=Text.from_json(entry["right"]),
        key=entry["key"],
        weight=entry["weight"],
        na_allowed=entry["na_allowed"],
        accept=tuple(entry["accept"] or ()),
        traits=tuple(entry["traits"]),
        competencies=tuple(entry["competencies"]),
        reflection=Text.from_json(entry["reflection"]),
        reading_words=entry["reading_words"],
        section=section_code,
        # Only the types that use them have these keys: see bank_documents.TYPE_DEFAULTS.
        vignette=Text.from_json(entry.get("vignette")),
        options=tuple(_parse_item_option(option) for option in entry.get("options") or ()),
        key_basis=entry.get("key_basis", AUTHOR_KEY),
        panel=Panel(**entry["panel"]) if entry.get("panel") else None,
        sjt_scoring=entry.get("sjt_scoring", "graded"),
        longest=entry.get("longest"),
        level_target=entry.get("level_target"),
        desirability=Desirability(**entry["desirability"]) if entry.get("desirability") else None,
    )


def _parse_item_option(entry):
    return ItemOption(
        code=entry["code"],
        text=Text.from_json(entry["text"]),
        effectiveness=entry.get("effectiveness"),
        reason=Text.from_json(entry.get("reason")),
        scale=entry.get("scale"),
    )
