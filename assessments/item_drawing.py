"""Items as a respondent sees them.

A published version never changes, so what an item looks like to everybody is drawn once, by its template, with gaps
where a person's own answer shows; filling the gaps takes a hundredth of the time of drawing. What is special (an error
beside an item, an editor's draft) is drawn by the same template.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.open_texts import mark as text_mark
from questionnaires.document import load_document
from questionnaires.version_document import (
    BIPOLAR,
    FORCED_CHOICE,
    LIKERT,
    OPEN_TEXT,
    SINGLE_CHOICE,
    SJT_BEST,
    SJT_BEST_WORST,
    SJT_RATE,
    Answer,
    Item,
)

_TEMPLATES = {
    LIKERT: "assessments/_likert_item.html",
    BIPOLAR: "assessments/_bipolar_item.html",
    SJT_BEST: "assessments/_pick_item.html",
    SJT_BEST_WORST: "assessments/_best_worst_item.html",
    SJT_RATE: "assessments/_rate_item.html",
    FORCED_CHOICE: "assessments/_pick_item.html",
    SINGLE_CHOICE: "assessments/_pick_item.html",
    OPEN_TEXT: "assessments/_open_item.html",
}
# Control characters never occur in a bank's texts (the bank rules refuse them), so a gap cannot be mistaken.
_GAP = re.compile("\x02(.*?)\x03")
_TEXT, _TEXT_MARK = "text", "text mark"
# Five banks of about sixty items in two languages, and the versions before them; a few kilobytes an item.
_MOST_PREPARED = 4096


@dataclass(frozen=True)
class Row:
    """One item on the page: its number in the form, what is chosen or written, and what is wrong with it, if anything.

    ``seen`` is the mark of the stored text that the page is drawn with.
    """

    item: Item
    number: int
    given: Answer | None = None
    error: str = ""
    text: str = ""
    seen: str = text_mark("")

    def mark(self, value, part):
        chosen = (self.given or {}).get(part) if part else self.given
        return mark_safe(" checked") if chosen == value else ""


@dataclass(frozen=True)
class _RowWithGaps:
    """The same row for everybody, with gaps where an answer shows."""

    item: Item
    number: int
    error: str = ""
    text: str = f"\x02{_TEXT}\x03"
    seen: str = f"\x02{_TEXT_MARK}\x03"

    def mark(self, value, part):
        return f"\x02{part}={value}\x03"


def draw(row: Row) -> SafeString:
    """An item drawn by its template."""
    return render_to_string(_TEMPLATES[row.item.type], {"row": row})


def draw_published(version_id: int, row: Row) -> SafeString:
    """An item of a published version, in the active language: what :func:`draw` gives, sooner."""
    if row.error:
        return draw(row)
    fixed, gaps = _prepared(version_id, row.item.code, row.number, translation.get_language())
    values = _gap_values(row)
    parts = [fixed[0]]
    for gap, text in zip(gaps, fixed[1:], strict=True):
        parts += (values.get(gap, ""), text)
    return mark_safe("".join(parts))  # noqa: S308 our own template's output; texts of people are escaped below


@lru_cache(maxsize=_MOST_PREPARED)
def _prepared(version_id, code, number, language):
    """The fixed pieces of an item and the gaps between them, one fewer."""
    item = load_document(version_id).item_by_code[code]
    pieces = _GAP.split(draw(_RowWithGaps(item, number)))
    return tuple(pieces[::2]), tuple(pieces[1::2])


def _gap_values(row: Row) -> Mapping[str, str]:
    if row.item.is_open_text:
        return {_TEXT: escape(row.text), _TEXT_MARK: row.seen}
    if row.given is None:
        return {}
    chosen = row.given if row.item.parts else {"": row.given}
    return {f"{part}={value}": " checked" for part, value in chosen.items()}
