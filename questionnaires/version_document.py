"""The frozen content of one questionnaire version, as plain values.

Everything that runs (answering, scoring, reports) reads a :class:`VersionDocument` and never the editing rows. The
module knows nothing of Django, so the scoring engine can be used and tested without a database.

The serialised form is a dictionary of JSON values (see ``docs/data-model.md``); :func:`content_hash` is taken over its
canonical text, so two versions with the same content have the same hash whatever produced them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

DOCUMENT_FORMAT = "cermin-document/1"

CONTENT, ATTENTION, SOCIAL_DESIRABILITY = "content", "attention", "social_desirability"

# A person's answer is one small whole number a slot, or this mark; an item without an answer is absent.
NOT_APPLICABLE = "na"

Answer = int | str
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Text:
    """One text in both languages of the product."""

    id: str
    en: str

    @classmethod
    def from_json(cls, value):
        return cls(id=value["id"], en=value["en"]) if value else None

    def in_language(self, language: str) -> str:
        """The text for a language code such as ``"id"`` or ``"en"``; Indonesian where there is no other."""
        return self.en if language.startswith("en") else self.id

    def __str__(self):
        return self.id


@dataclass(frozen=True)
class Option:
    """One point of a response set: the stored value and what the respondent reads."""

    value: int
    label: Text
    anchor: Text | None


@dataclass(frozen=True)
class ResponseSet:
    """An ordered set of options. ``positive_values`` and ``neutral_values`` speak of keyed values."""

    code: str
    kind: str
    options: tuple[Option, ...]
    positive_values: tuple[int, ...]
    neutral_values: tuple[int, ...]
    na_label: Text | None

    @cached_property
    def values(self) -> frozenset[int]:
        return frozenset(option.value for option in self.options)

    @property
    def minimum(self) -> int:
        return self.options[0].value

    @property
    def maximum(self) -> int:
        return self.options[-1].value


@dataclass(frozen=True)
class Tip:
    """A suggestion of a report: doable within two weeks; ``jp`` is the learning time in *jam pelajaran*."""

    text: Text
    method: str
    jp: int


@dataclass(frozen=True)
class Feedback:
    """What a band of a dimension means, and what to do next."""

    meaning: Text
    tips: tuple[Tip, ...]


@dataclass(frozen=True)
class Scale:
    """A dimension, or a facet below one, or a response-style scale."""

    code: str
    kind: str
    parent: str | None
    name: Text
    definition: Text
    traits: tuple[str, ...]
    competencies: tuple[str, ...]
    feedback: Mapping[str, Feedback] = field(hash=False)


@dataclass(frozen=True)
class Item:
    """One item as a respondent sees it and the engine scores it.

    ``key`` is +1 where a high value is the positive end and -1 where it is scored in reverse; for a bipolar item +1
    means that the positive pole stands on the right.
    """

    code: str
    type: str
    role: str
    scale: str | None
    response_set: ResponseSet
    stem: Text
    left: Text | None
    right: Text | None
    key: int
    weight: float
    na_allowed: bool
    accept: tuple[int, ...]
    traits: tuple[str, ...]
    competencies: tuple[str, ...]
    reflection: Text | None
    reading_words: int
    section: str

    @property
    def is_reversed(self) -> bool:
        return self.key < 0

    def accepts(self, answer: Answer) -> bool:
        """Whether the value lies within the item's scale; nothing is ever clamped."""
        if answer == NOT_APPLICABLE:
            return self.na_allowed
        return answer in self.response_set.values


@dataclass(frozen=True)
class Section:
    """One page of the questionnaire."""

    code: str
    title: Text
    instruction: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class VersionDocument:
    """A questionnaire version as it was published. Look things up by code; order is the order of the form."""

    questionnaire: str
    title: Text
    summary: Text
    introduction: Text
    minutes: int
    sources: tuple[str, ...]
    response_sets: Mapping[str, ResponseSet] = field(hash=False)
    scales: tuple[Scale, ...] = ()
    sections: tuple[Section, ...] = ()
    slots: tuple[str, ...] = ()
    consistency_pairs: tuple[tuple[str, str], ...] = ()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def item_by_code(self) -> Mapping[str, Item]:
        return MappingProxyType({item.code: item for item in self.items})

    @cached_property
    def scale_by_code(self) -> Mapping[str, Scale]:
        return MappingProxyType({scale.code: scale for scale in self.scales})

    @cached_property
    def dimensions(self) -> tuple[Scale, ...]:
        return tuple(scale for scale in self.scales if scale.kind == "dimension")

    def facets_of(self, scale_code: str) -> tuple[Scale, ...]:
        return tuple(scale for scale in self.scales if scale.parent == scale_code)

    def items_of(self, scale_code: str) -> tuple[Item, ...]:
        """The items of a scale and of the facets below it, in the order of the form."""
        codes = {scale_code, *(facet.code for facet in self.facets_of(scale_code))}
        return tuple(item for item in self.items if item.scale in codes)

    @cached_property
    def slot_of(self) -> Mapping[str, int]:
        return MappingProxyType({code: index for index, code in enumerate(self.slots)})

    @cached_property
    def section_numbers(self) -> Mapping[str, int]:
        """Item code to the number (from 1) of the page it stands on."""
        return MappingProxyType(
            {
                item.code: number
                for number, section in enumerate(self.sections, start=1)
                for item in section.items
            }
        )


def canonical_text(document: Mapping) -> str:
    """The one way a document is written before it is hashed."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(document: Mapping) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_text(document).encode()).hexdigest()


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
        response_set=response_sets[entry["response_set"]],
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
    )
