"""From a document to the bytes of its PDF."""

import json
import unicodedata
from functools import cache
from pathlib import Path

import typst

from typesetting.blocks import Document

_HERE = Path(__file__).resolve().parent
# Latin letters with every accent that names and loan words bring; the fonts in this room have them all.
_LAST_LATIN = "\u024f"
_PUNCTUATION = frozenset("–—‘’“”•…≤≥−→□")
MISSING = "□"  # stands for a character that no font of ours can show


def pdf(document: Document) -> bytes:
    """The document as PDF/UA-1: tagged, with its language and title, fonts embedded.

    Its content reaches the drawing as JSON and is never read as markup, so nothing that a person wrote can draw,
    load or run anything. A PDF/UA file may not hold a character that its fonts lack (an emoji in a note, say):
    those become ``MISSING`` rather than cost the person the file.
    """
    content = _changed(document.as_data(), _without_controls)
    try:
        return _compiled(content, document.made_at)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _compiled(_changed(content, _latin_only), document.made_at)


def _compiled(content, made_at):
    return typst.compile(
        _HERE / "document.typ",
        root=_HERE,
        font_paths=_fonts(),
        ignore_system_fonts=True,  # the same file on every machine
        sys_inputs={"document": json.dumps(content, ensure_ascii=False)},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=made_at.replace(microsecond=0),
    )


@cache
def _fonts():
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_HERE / "fonts")]
    )


def _changed(value, change):
    """The same plain data with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _changed(part, change) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_changed(part, change) for part in value]
    return value


def _without_controls(text):
    """Without control characters, unpaired surrogates and what Unicode calls no character; line ends kept."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def _latin_only(text):
    return "".join(c if c <= _LAST_LATIN or c in _PUNCTUATION else MISSING for c in text)
