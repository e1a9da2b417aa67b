"""Texts in both languages, and the sets of answers that items share. Pure."""

from dataclasses import dataclass
from functools import cached_property


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
