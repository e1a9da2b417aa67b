"""Open texts of a page of items: how two tabs that wrote different texts are brought together. Pure.

A page carries, for each of its texts, a mark of the text that it was drawn with, as it carries the answers that it was
drawn from. Texts are compared with the line breaks of forms and of databases made one.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

_MARK_LENGTH = 16  # hexadecimal digits; tells a person's own drafts apart and protects nothing


def normalised(text: str) -> str:
    """The text as it is stored: line feeds only, nothing blank at its ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark(text: str) -> str:
    """What a page carries to say with which text it was drawn."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()[:_MARK_LENGTH]


@dataclass(frozen=True)
class TextPage:
    """The texts of one page as posted: ``mine`` by item code, and the marks of what the page was drawn with."""

    mine: Mapping[str, str]
    seen: Mapping[str, str]

    @property
    def touched(self) -> dict[str, str]:
        """The texts that the person changed on this page."""
        return {code: text for code, text in self.mine.items() if mark(text) != self.seen.get(code)}

    @property
    def marks(self) -> dict[str, str]:
        """The marks of the texts as the person left them: what the page is drawn with once they are stored."""
        return {code: mark(text) for code, text in self.mine.items()}


NO_TEXTS = TextPage({}, {})


def merge(page: TextPage, stored: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What to write (an empty text takes the stored one away), and the items that somebody else changed meanwhile."""
    patch, conflicts = {}, []
    for code, text in sorted(page.touched.items()):
        now = stored.get(code, "")
        if mark(text) == mark(now):
            continue
        if page.seen.get(code) == mark(now):
            patch[code] = normalised(text)
        else:
            conflicts.append(code)
    return patch, tuple(conflicts)
