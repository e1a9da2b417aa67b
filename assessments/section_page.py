"""What a page of items shows, whoever looks at it: the person who answers, or an editor who tries the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments import answers as answer_bytes
from assessments.forms import SectionForm
from assessments.item_drawing import Row
from assessments.open_texts import mark
from questionnaires.version_document import Answers, Item, VersionDocument


@dataclass(frozen=True)
class Page:
    """One page: the answers and texts that are stored, and what the person made of them (``form``), if anything.

    ``conflicts`` are items that another tab or device changed, differently, since the page was drawn.
    """

    document: VersionDocument
    number: int
    stored: Answers = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    form: SectionForm | None = None
    conflicts: tuple[str, ...] = ()

    @property
    def section(self):
        return self.document.sections[self.number - 1]

    def rows(self) -> list[Row]:
        """The items as they are drawn, numbered through the whole form."""
        first = sum(len(section.items) for section in self.document.sections[: self.number - 1])
        shown, texts = dict(self.stored), dict(self.texts)
        if self.form is not None:
            # What the person chose and wrote is drawn again, whatever was wrong with the rest of the page.
            shown |= self.form.touched
            texts |= self.form.texts.touched
        return [
            Row(
                item,
                first + index,
                shown.get(item.code),
                self._error_of(item),
                texts.get(item.code, ""),
                mark(self.texts.get(item.code, "")),
            )
            for index, item in enumerate(self.section.items, start=1)
        ]

    def context(self) -> dict:
        """What the template shows besides the items and the attempt that the page belongs to."""
        return {
            "document": self.document,
            "section": self.section,
            "number": self.number,
            "base": answer_bytes.page_token(self.section, self.stored),
            "progress": answer_bytes.progress(self.document, self.stored),
            "conflicts": self.conflicts,
        }

    def _error_of(self, item: Item) -> str:
        if item.code in self.conflicts:
            return _(
                "Butir ini dijawab berbeda di tab atau perangkat lain. Pilihan dari halaman ini ditandai di bawah."
            )
        return self.form.error_of(item) if self.form is not None else ""
