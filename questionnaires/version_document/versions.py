"""A whole version: what it measures, its pages, and how to find things in it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from questionnaires.version_document.items import Item
from questionnaires.version_document.texts import ResponseSet, Text


@dataclass(frozen=True)
class Tip:
    """A suggestion of a report: doable within two weeks; ``jp`` is the learning time in *jam pelajaran*."""

    text: Text
    method: str
    jp: int


@dataclass(frozen=True)
class Feedback:
    """What a band of a scale means, and what to do next."""

    meaning: Text
    tips: tuple[Tip, ...]


@dataclass(frozen=True)
class Scale:
    """A dimension, or a facet below one, or a scale of another kind: climate, situational, response style."""

    code: str
    kind: str
    parent: str | None
    name: Text
    definition: Text
    traits: tuple[str, ...]
    competencies: tuple[str, ...]
    feedback: Mapping[str, Feedback] = field(hash=False)


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
    allow_ipsative: bool = False

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

    @property
    def climates(self) -> tuple[Scale, ...]:
        """The themes that describe the unit of whoever answers: told of groups and never of a person."""
        return tuple(scale for scale in self.scales if scale.kind == "climate")

    @property
    def judgements(self) -> tuple[Scale, ...]:
        """The scales of situational judgement, told apart from everything that people say of themselves."""
        return tuple(scale for scale in self.scales if scale.kind == "situational")

    def facets_of(self, scale_code: str) -> tuple[Scale, ...]:
        return tuple(scale for scale in self.scales if scale.parent == scale_code)

    def items_of(self, scale_code: str) -> tuple[Item, ...]:
        """The items of a scale and of the facets below it, in the order of the form."""
        codes = {scale_code, *(facet.code for facet in self.facets_of(scale_code))}
        return tuple(item for item in self.items if item.scale in codes)

    @cached_property
    def slot_of(self) -> Mapping[str, int]:
        """Slot name to the place of its byte. Most items have one slot, named like the item; see ``item.slots``."""
        return MappingProxyType({name: index for index, name in enumerate(self.slots)})

    @cached_property
    def slots_of_item(self) -> Mapping[str, tuple[int, ...]]:
        """Item code to the places of its bytes, in the order of ``item.slots``; empty for an open text."""
        return MappingProxyType(
            {item.code: tuple(self.slot_of[name] for name in item.slots) for item in self.items}
        )

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
