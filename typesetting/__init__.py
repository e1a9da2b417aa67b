"""Printed documents as PDF: plain values in, a tagged PDF/UA-1 file out. Knows no Django and no other app.

* ``blocks``: what a document consists of.
* ``pdf(document)``: the file. The drawing is in ``document.typ``; typst is in this room only.
"""

from typesetting.drawing import pdf

__all__ = ["pdf"]
