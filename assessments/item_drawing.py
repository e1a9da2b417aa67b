"""Items as a respondent sees them.

A published version never changes, so what an item looks like to everybody is drawn once, by its template, with gaps
where a person's own answer shows; filling the gaps takes a hundredth of the time of drawing. What is special (an error
beside an item, an editor's draft) is drawn by the same template.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.gaps import Prepared, gap
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
        return mark_safe(" checked") if chosen == value else ""  # nosec B308


@dataclass(frozen=True)
class _RowWithGaps:
    """The same row for everybody, with gaps where an answer shows."""

    item: Item
    number: int
    error: str = ""
    text: str = gap(_TEXT)
    seen: str = gap(_TEXT_MARK)

    def mark(self, value, part):
        return gap(f"{part}={value}")


def draw(row: Row) -> SafeString:
    """An item drawn by its template."""
    return render_to_string(_TEMPLATES[row.item.type], {"row": row})


def draw_published(version_id: int, row: Row) -> SafeString:
    """An item of a published version, in the active language: what :func:`draw` gives, sooner."""
    if row.error:
        return draw(row)
    prepared = prepared_item(version_id, row.item.code, row.number, translation.get_language())
    return prepared.filled(_gap_values(row))


@lru_cache(maxsize=_MOST_PREPARED)
def prepared_item(version_id, code, number, language) -> Prepared:
    """The item for everybody."""
    item = load_document(version_id).item_by_code[code]
    return Prepared.of(draw(_RowWithGaps(item, number)))


def _gap_values(row: Row) -> Mapping[str, str]:
    if row.item.is_open_text:
        return {_TEXT: escape(row.text), _TEXT_MARK: row.seen}
    if row.given is None:
        return {}
    chosen = row.given if row.item.parts else {"": row.given}
    return {f"{part}={value}": " checked" for part, value in chosen.items()}
