"""Rows of units: what each says, and the tree that they and the known units make together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agencies import tree
from agencies.importers import cells
from agencies.importers.columns import label_of
from agencies.importers.problems import Problem
from agencies.importers.problems import gettext_noop as _

LONGEST_CODE, LONGEST_NAME = 40, 200


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What a row says. An empty ``parent`` is the agency itself."""

    row: int
    code: str
    parent: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit that is kept already; the root's parent is empty."""

    code: str
    parent: str
    name: str
    path: str
    children_made: int


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What a row does: ``kind`` is new, moved or renamed. Paths are where the unit stands before and after."""

    kind: str
    row: UnitRow
    path_before: str
    path: str


@dataclass(frozen=True)
class UnitPlan:
    """Everything that a file of units would do.

    ``changes`` stand with parents before their children; ``paths`` are the paths of all units afterwards that differ
    from before; ``children_made`` the last number given out below a code; ``absent`` codes that the file lacks.
    """

    changes: tuple[UnitChange, ...]
    paths: Mapping[str, str]
    children_made: Mapping[str, int]
    absent: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_unit(row: int, given: Mapping[str, str]) -> tuple[UnitRow | None, list[Problem]]:
    """One row: what it says, or every problem that it has."""
    code = cells.unit_code(cells.clean(given.get("code", "")))
    parent = cells.unit_code(cells.clean(given.get("parent", "")))
    name = cells.clean(given.get("name", ""))
    problems = []

    def refuse(key, sentence, **details):
        problems.append(Problem(row, label_of("units", key), sentence, details))

    if not code:
        refuse("code", _("Kode unit kosong. Isi kode yang tetap untuk unit ini."))
    if len(code) > LONGEST_CODE:
        refuse(
            "code", _("Terlalu panjang; paling panjang %(most)d karakter. Singkat isinya."), most=LONGEST_CODE
        )
    if not name:
        refuse("name", _("Nama unit kosong. Isi nama lengkapnya."))
    if len(name) > LONGEST_NAME:
        refuse(
            "name", _("Terlalu panjang; paling panjang %(most)d karakter. Singkat isinya."), most=LONGEST_NAME
        )
    if code and code == parent:
        refuse("parent", _("Unit ini menjadi induk bagi dirinya sendiri. Isi kode unit di atasnya."))
    return (None, problems) if problems else (UnitRow(row, code, parent, name), [])


def plan_units(rows: Sequence[UnitRow], known: Iterable[KnownUnit], *, reaches) -> UnitPlan:
    """What the rows make of the known tree.

    Args:
        known: all units of the agency, the root among them.
        reaches: function of a path: whether whoever brings the file may change units there.
    """
    known = {unit.code: unit for unit in known}
    root = next(unit for unit in known.values() if not unit.parent)
    problems: list[Problem] = []
    wanted: dict[str, UnitRow] = {}
    for row in rows:
        if row.code in wanted:
            sentence = _("Kode ini sudah dipakai di baris %(row)d. Satu unit, satu baris.")
            problems.append(
                Problem(row.row, label_of("units", "code"), sentence, {"row": wanted[row.code].row})
            )
        elif row.code == root.code and row.parent:
            sentence = _("Ini unit teratas instansi; induknya harus kosong.")
            problems.append(Problem(row.row, label_of("units", "parent"), sentence))
        else:
            wanted[row.code] = row
    _drop_unfounded(wanted, known, root, problems)
    return _placed(wanted, known, root, problems, reaches)


def _parent_of(row, root):
    return row.parent or root.code


def _drop_unfounded(wanted, known, root, problems):
    """Takes out rows whose parent is nowhere, or that go round in a circle, and those that hang on them.

    A known unit whose row is taken out hangs where it hung, which may close a circle: again, until nothing falls.
    """
    column, in_file = label_of("units", "parent"), set(wanted)

    def drop(code, sentence, **details):
        problems.append(Problem(wanted.pop(code).row, column, sentence, details))

    before = None
    while before != len(wanted):
        before = len(wanted)
        _drop_hanging(wanted, known, root, in_file, drop)
        _drop_circles(wanted, known, root, drop)


def _drop_hanging(wanted, known, root, in_file, drop):
    below: dict[str, list[str]] = {}
    for row in wanted.values():
        if row.code != root.code:
            below.setdefault(_parent_of(row, root), []).append(row.code)
    falling = [parent for parent in below if parent not in wanted and parent not in known]
    while falling:
        parent = falling.pop()
        for code in below.get(parent, ()):
            drop(code, _BELOW_REFUSED if parent in in_file else _NO_PARENT)
            if code not in known:
                falling.append(code)


def _drop_circles(wanted, known, root, drop):
    def above(code):
        if code in wanted and code != root.code:
            return _parent_of(wanted[code], root)
        return known[code].parent if code in known else None

    sound = set()  # leads up to the root, or to nowhere: looked at once
    for code in list(wanted):
        chain, at = {}, code  # in order
        while at and at not in chain and at not in sound:
            chain[at] = None
            at = above(at)
        if at not in chain:
            sound |= chain.keys()
            continue
        circle = list(chain)[list(chain).index(at) :]
        names = " → ".join([*circle[:4], *(["…"] if len(circle) > 4 else []), at])
        for member in circle:
            if member in wanted:
                drop(member, _CIRCLE, names=names)


def _placed(wanted, known, root, problems, reaches):
    children: dict[str, list[str]] = {}
    for code in {**known, **wanted}:
        if code != root.code:
            parent = _parent_of(wanted[code], root) if code in wanted else known[code].parent
            children.setdefault(parent, []).append(code)
    paths, made, changes = {root.code: root.path}, {}, []
    _note_renaming(wanted.get(root.code), root, changes)
    waiting = [root.code]
    refused: set[str] = set()
    while waiting:
        parent = waiting.pop()
        for code in children.get(parent, ()):
            waiting.append(code)
            if parent in refused:
                refused.add(code)
                if code in wanted:
                    row = wanted[code]
                    problems.append(Problem(row.row, label_of("units", "parent"), _BELOW_REFUSED))
                continue
            _place(code, parent, wanted, known, root, paths, made, changes, refused, problems, reaches)
    differing = {code: path for code, path in paths.items() if code not in known or known[code].path != path}
    absent = tuple(code for code in known if code not in wanted and code != root.code)
    changes = tuple(change for change in changes if change.row.code not in refused)
    return UnitPlan(changes, differing, made, absent, tuple(sorted(problems, key=lambda each: each.row)))


def _place(code, parent, wanted, known, root, paths, made, changes, refused, problems, reaches):
    """Gives one unit its path: the old end below the same parent, wherever that is by now, or else a new one."""
    row, before = wanted.get(code), known.get(code)
    if before is not None and before.parent == parent:
        paths[code] = paths[parent] + before.path[-(tree.DIGITS + 1) :]
        if row is not None and row.name != before.name:
            _refuse_or(row, before.path, paths[code], "renamed", changes, problems, reaches)
        return
    number = made.get(parent, known[parent].children_made if parent in known else 0) + 1
    sentence = _refusal_of_place(number, paths[parent])
    if sentence:
        problems.append(Problem(row.row, label_of("units", "parent"), *sentence))
        refused.add(code)
        return
    path = tree.child_path(paths[parent], number)
    if not reaches(path) or (before is not None and not reaches(before.path)):
        problems.append(Problem(row.row, label_of("units", "parent"), _OUT_OF_REACH))
        refused.add(code)
        return
    made[parent], paths[code] = number, path
    changes.append(UnitChange("moved" if before else "new", row, before.path if before else "", path))


def _refuse_or(row, path_before, path, kind, changes, problems, reaches):
    if reaches(path_before):
        changes.append(UnitChange(kind, row, path_before, path))
    else:
        problems.append(Problem(row.row, label_of("units", "name"), _OUT_OF_REACH))


def _note_renaming(row, root, changes):
    if row is not None and row.name != root.name:
        changes.append(UnitChange("renamed", row, root.path, root.path))


def _refusal_of_place(number, parent_path):
    if number > tree.MOST_CHILDREN:
        return (
            _("Di bawah satu unit kerja dapat dibuat paling banyak %(most)d unit."),
            {"most": tree.MOST_CHILDREN},
        )
    if tree.depth(parent_path) >= tree.MOST_LEVELS:
        return (_("Susunan unit kerja paling dalam %(most)d tingkat."), {"most": tree.MOST_LEVELS})
    return None


_NO_PARENT = _("Tidak ada unit dengan kode induk ini, di berkas maupun di daftar unit. Periksa kodenya.")
_CIRCLE = _("Induknya berputar: %(names)s. Perbaiki salah satu kode induk.")
_BELOW_REFUSED = _("Unit induknya tidak dapat diimpor. Perbaiki dahulu baris induknya.")
_OUT_OF_REACH = _("Unit ini di luar jangkauan Anda. Minta administrator instansi yang mengimpornya.")
