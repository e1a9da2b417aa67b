"""Which words of a text changed, for reading two versions side by side. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word with what clings to it, or the blanks between two.
_TOKENS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text that is the same on both sides, or is on this side only."""

    text: str
    is_changed: bool = False


def mark_words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces: joined they give the texts back, and the unchanged words of both sides are alike."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        _add(left, gone, kind != "equal")
        _add(right, came, kind != "equal")
    return tuple(left), tuple(right)


def _add(pieces, text, is_changed):
    """Adds a piece; a changed one swallows the lone blank between it and the changed piece before."""
    if not text:
        return
    if is_changed and len(pieces) > 1 and pieces[-2].is_changed and pieces[-1].text.isspace():
        blank, before = pieces.pop(), pieces.pop()
        text = before.text + blank.text + text
    pieces.append(Piece(text, is_changed))
