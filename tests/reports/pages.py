"""Reading pages as a person, or an attacker, reads them: text without mark-up, rows by unit."""

import dataclasses
import re
from html.parser import HTMLParser

HIDDEN = "Tidak ditampilkan demi kerahasiaan"


class _Rows(HTMLParser):
    """Text of every table row and list line, and of the whole page; attributes and style sheets are left out."""

    ROWS = ("tr", "li")

    def __init__(self):
        super().__init__()
        self.rows, self.open_rows, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag in self.ROWS:
            self.open_rows.append([])

    def handle_endtag(self, tag):
        if tag in self.ROWS:
            self.rows.append(" ".join(self.open_rows.pop()))

    def handle_data(self, data):
        for target in (self.text, *self.open_rows):
            if data.strip():
                target.append(data.strip())


def _read(html):
    main = html[html.index("<main") : html.index("</main>")]
    reader = _Rows()
    reader.feed(main)
    return reader


def rows_of(html, name):
    """Texts of all rows and lines about the unit."""
    return [row for row in _read(html).rows if name in row]


def numbers_in(html) -> set[int]:
    """Every whole number that stands in the text of the page's main part."""
    return {int(number.replace(".", "")) for number in re.findall(r"\d[\d.]*", " ".join(_read(html).text))}


def numbers_of(value) -> set:
    """Every number in a value, however deep: dataclasses, tuples, dictionaries."""
    if dataclasses.is_dataclass(value):
        return set().union(*(numbers_of(getattr(value, f.name)) for f in dataclasses.fields(value)))
    if isinstance(value, dict):
        return set().union(*(numbers_of(entry) for entry in value.values()))
    if isinstance(value, (tuple, list, set, frozenset)):
        return set().union(*(numbers_of(entry) for entry in value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {value}
    return set()
