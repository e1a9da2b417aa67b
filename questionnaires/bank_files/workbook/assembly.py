"""From the rows of the sheets to one bank: what belongs together is found by its codes. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from questionnaires.bank_documents import BANK_FORMAT
from questionnaires.bank_files.workbook import columns as c
from questionnaires.problems import Keys, Problem

# Columns of a response set that are filled in once, in its first row.
_ONCE_A_SET = (("kind",), ("positive_values",), ("neutral_values",), ("na_label", "id"), ("na_label", "en"))

_KEY_OF_SHEET = {
    c.HEAD.name: "questionnaire",
    c.RESPONSE_SETS.name: "response_sets",
    c.SCALES.name: "scales",
    c.SECTIONS.name: "sections",
}


@dataclass(frozen=True)
class Row:
    """One filled row by the keys of its columns: values, addresses of the cells, and which cells were refused."""

    values: dict[Keys, object] = field(default_factory=dict)
    cells: dict[Keys, str] = field(default_factory=dict)
    refused: set[Keys] = field(default_factory=set)

    def get(self, *keys):
        return self.values.get(keys)

    def entry(self, *, below: Keys = (), without: Iterable[str] = ()) -> dict:
        """The nested mapping of the columns below some keys; empty cells are left out."""
        result = {}
        for keys, value in self.values.items():
            if keys[: len(below)] == below and keys[0] not in without:
                _put(result, keys[len(below) :], value)
        _fill_languages(result)
        return result


@dataclass(frozen=True)
class WorkbookBank:
    """A bank as read from a workbook: ``cells`` gives the address of a position, ``refused`` holds the positions
    of which the reader has complained already."""

    bank: dict
    cells: Mapping[Keys, str]
    problems: list[Problem]
    refused: frozenset[Keys]


def assemble(sheets: Mapping[str, object], problems: list[Problem]) -> WorkbookBank:
    """The bank of the sheets that are there; a sheet that is not has been complained of."""
    assembly = _Assembly(problems)
    if c.HEAD.name in sheets:
        assembly.add_head(sheets[c.HEAD.name])
    for sheet, add in (
        (c.RESPONSE_SETS, assembly.add_response_sets),
        (c.SCALES, assembly.add_scales),
        (c.FEEDBACK, assembly.add_feedback),
        (c.SECTIONS, assembly.add_sections),
        (c.ITEMS, assembly.add_items),
        (c.OPTIONS, assembly.add_options),
        (c.PAIRS, assembly.add_pairs),
    ):
        add(sheets.get(sheet.name, ()))
    return WorkbookBank(
        assembly.bank, assembly.cells, assembly.problems, frozenset(assembly.complained(sheets))
    )


class _Assembly:
    def __init__(self, problems):
        self.bank = {"format": BANK_FORMAT, "response_sets": [], "scales": [], "sections": []}
        self.cells = {
            ("response_sets",): f"{c.RESPONSE_SETS.name}!A2",
            ("scales",): f"{c.SCALES.name}!A2",
            ("sections",): f"{c.SECTIONS.name}!A2",
        }
        self.problems, self.refused = problems, set()
        self._items = {}

    def add_head(self, row):
        self.bank["questionnaire"] = row.entry()
        self._place(row, (), ("questionnaire",))

    def add_response_sets(self, rows):
        places = {}
        for row in rows:
            code = row.get("code")
            if code not in places:
                places[code] = ("response_sets", len(self.bank["response_sets"]))
                self.bank["response_sets"].append(row.entry(without=("option",)) | {"options": []})
                self._place(row, (), places[code], without=("option",))
                self.cells[(*places[code], "options")] = row.cells.get(("option", "value"), "")
            entry = self._at(places[code])
            self._compare_with_first(row, entry)
            options = entry["options"]
            self._place(row, ("option",), (*places[code], "options", len(options)))
            options.append(row.entry(below=("option",)))

    def _compare_with_first(self, row, entry):
        for keys in _ONCE_A_SET:
            if keys in row.values and row.values[keys] != _get(entry, keys):
                self._complain("Isinya berbeda dengan baris pertama set jawaban ini.", row.cells[keys])

    def add_scales(self, rows):
        self._add_entries("scales", rows)

    def add_sections(self, rows):
        self._add_entries("sections", rows)
        for section in self.bank["sections"]:
            section["items"] = []

    def _add_entries(self, table, rows):
        for row in rows:
            self._place(row, (), (table, len(self.bank[table])))
            self.bank[table].append(row.entry())

    def add_feedback(self, rows):
        scales = _first_by_code(self.bank["scales"])
        for row in rows:
            code, band = row.get("scale"), row.get("band")
            if code not in scales:
                self._complain_unknown(row, "scale", f"Skala “{code}” tidak ada di lembar {c.SCALES.name}.")
                continue
            if band is None:
                continue
            keys = ("scales", scales[code], "feedback", band)
            feedback = self.bank["scales"][scales[code]].setdefault("feedback", {})
            self.cells.setdefault(keys[:3], row.cells[("scale",)])
            if band not in feedback:
                feedback[band] = {"meaning": row.entry().get("meaning", _empty_text()), "tips": []}
                self._place(row, (), keys, without=("scale", "band", "tip"))
                self.cells[(*keys, "tips")] = row.cells.get(("tip", "text", "id"), "")
            elif row.entry().get("meaning", feedback[band]["meaning"]) != feedback[band]["meaning"]:
                self._complain(
                    "Isinya berbeda dengan baris pertama kategori ini.", row.cells[("meaning", "id")]
                )
            self._add_tip(row, keys, feedback[band]["tips"])

    def _add_tip(self, row, keys, tips):
        tip = row.entry(below=("tip",))
        if tip or any(refused[0] == "tip" for refused in row.refused):
            self._place(row, ("tip",), (*keys, "tips", len(tips)))
            tips.append(tip)

    def add_items(self, rows):
        sections = _first_by_code(self.bank["sections"])
        for row in rows:
            code = row.get("section")
            if code not in sections:
                self._complain_unknown(
                    row, "section", f"Bagian “{code}” tidak ada di lembar {c.SECTIONS.name}."
                )
                continue
            items = self.bank["sections"][sections[code]]["items"]
            keys = ("sections", sections[code], "items", len(items))
            self._place(row, (), keys, without=("section",))
            items.append(row.entry(without=("section",)))
            self.cells.setdefault((*keys[:2], "items"), row.cells.get(("code",), ""))
            self._items.setdefault(row.get("code"), keys)

    def add_options(self, rows):
        for row in rows:
            code = row.get("item")
            if code is None or code not in self._items:
                self._complain_unknown(row, "item", f"Butir “{code}” tidak ada di lembar {c.ITEMS.name}.")
                continue
            keys = self._items[code]
            item = self._at(keys)
            options = item.setdefault("options", [])
            here = (*keys, "options", len(options))
            self.cells.setdefault(here[:-1], row.cells.get(("code",), ""))
            self._place(row, (), here, without=("item", "sd"))
            options.append(row.entry(without=("item", "sd")))
            self._add_spread(row, keys, item)

    def _add_spread(self, row, keys, item):
        """The spread of a panel stands beside the option, but belongs to the panel of the item."""
        place = (*keys, "panel", "sd", row.get("code"))
        if ("sd",) in row.values:
            item.setdefault("panel", {}).setdefault("sd", {})[row.get("code")] = row.get("sd")
        if ("sd",) in row.cells:
            self.cells[place] = row.cells[("sd",)]
            self.cells.setdefault(place[:-1], row.cells[("sd",)])

    def add_pairs(self, rows):
        pairs = []
        for row in rows:
            place = ("consistency_pairs", len(pairs))
            self.cells[place] = row.cells.get(("first",), "")
            for index, key in enumerate(("first", "second")):
                self.cells[(*place, index)] = row.cells.get((key,), "")
            if not row.refused:
                pairs.append([row.get("first"), row.get("second")])
        if pairs:
            self.bank["consistency_pairs"] = pairs

    def complained(self, sheets):
        """Every position of which the reader has complained, with what is missing because of it."""
        missing_sheets = {key for sheet, key in _KEY_OF_SHEET.items() if sheet not in sheets}
        for keys in {*self.refused, *((key,) for key in missing_sheets)}:
            for length in range(1, len(keys) + 1):
                if length == len(keys) or _get(self.bank, keys[:length]) is None:
                    yield keys[:length]

    def _at(self, keys):
        value = self.bank
        for key in keys:
            value = value[key]
        return value

    def _place(self, row, below, keys, *, without=()):
        """Notes where the columns of a row stand in the bank, and which of them were refused."""
        for column, address in row.cells.items():
            if column[: len(below)] != below or column[0] in without:
                continue
            rest = column[len(below) :]
            for length in range(len(rest)):
                self.cells.setdefault((*keys, *rest[:length]), address)
            self.cells[(*keys, *rest)] = address
        for column in row.refused:
            if column[: len(below)] == below and column[0] not in without:
                self.refused.add((*keys, *column[len(below) :]))

    def _complain(self, message, address):
        self.problems.append(Problem(message, cell=address))

    def _complain_unknown(self, row, key, message):
        """A row that belongs to nothing; where its code is missing, that has been said."""
        if (key,) not in row.refused:
            self._complain(message, row.cells[(key,)])


def _put(target, keys, value):
    *path, last = keys
    for key in path:
        target = target.setdefault(key, {})
    target[last] = value


def _get(value, keys):
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        else:
            value = value[key] if isinstance(value, list) and isinstance(key, int) else None
    return value


def _empty_text():
    return {"id": "", "en": ""}


def _fill_languages(entry):
    """A text in one language only shows the other as empty, so that the rules name the empty cell."""
    for value in entry.values():
        if isinstance(value, dict):
            if set(value) in ({"id"}, {"en"}):
                value.setdefault("id", "")
                value.setdefault("en", "")
            _fill_languages(value)


def _first_by_code(entries):
    places = {}
    for index, entry in enumerate(entries):
        places.setdefault(entry.get("code"), index)
    places.pop(None, None)
    return places
