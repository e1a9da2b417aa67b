"""Kept rows beside what the database knows: which changes and problems they come to. Writes nothing."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F

from accounts.models import User
from agencies.importers.people import Change, Known, Place, compare, read_person
from agencies.importers.problems import Problem, gettext_noop
from agencies.importers.units import KnownUnit, UnitPlan, plan_units, read_unit
from agencies.models import Placement, Unit
from agencies.roster.files import kept_rows

_ELSEWHERE = gettext_noop(
    "Orang ini tercatat bekerja di instansi lain. Minta instansi itu mengakhiri penempatannya, lalu impor lagi."
)
_OUT_OF_REACH = gettext_noop(
    "Unit ini di luar jangkauan Anda. Minta administrator instansi yang mengimpornya."
)
_UNKNOWN_UNIT = gettext_noop("Tidak ada unit dengan kode ini. Impor unitnya dahulu, atau periksa kodenya.")
_UNKNOWN_NAME = gettext_noop("Tidak ada unit bernama ini. Isi kode unit, atau impor unitnya dahulu.")
_SHARED_NAME = gettext_noop("Ada %(count)d unit bernama ini. Isi kode unitnya.")
_TWICE = gettext_noop("NIP ini sudah ada di baris %(row)d; baris itu yang dipakai. Hapus salah satunya.")
_INACTIVE = gettext_noop("Akun orang ini ditutup. Minta administrator instansi membukanya dahulu.")


@dataclass
class Chunk:
    """What some rows come to. ``rejected``: rows with problems, as they came."""

    rows_read: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rejected: list[tuple[int, list[str]]] = field(default_factory=list)


class PeopleReader:
    """Reads an upload of people part by part, in memory that does not grow with what a row holds.

    After the last chunk, :attr:`leavers` are those who work within reach and do not stand in the file.
    """

    def __init__(self, upload, scope, *, today):
        self._upload, self._scope, self._today = upload, scope, today
        self._units, self._names = _units_of(upload.agency_id)
        self._rows_of_numbers: dict[int, int] = {}
        places = Placement.objects.filter(
            scope.condition(agency="unit__agency", path="unit__path"),
            unit__agency_id=upload.agency_id,
            valid_to__isnull=True,
        )
        self.leavers = set(places.order_by().values_list("person_id", flat=True))
        self._digest = hashlib.sha256()

    def chunks(self):
        for rows in kept_rows(self._upload):
            yield self._chunk(rows)

    def digest(self, leavers):
        """Of everything that the chunks so far would write, and of the places that would end."""
        whole = self._digest.copy()
        whole.update(repr(sorted(leavers)).encode())
        return whole.hexdigest()

    def _chunk(self, rows):
        chunk, read = Chunk(rows_read=len(rows)), []
        for number, cells in rows:
            row, problems = read_person(
                number, dict(zip(self._upload.columns, cells, strict=True)), today=self._today
            )
            read.append((number, cells, row, problems))
        known = _known_people([row.nip for _n, _c, row, _p in read if row])
        for number, cells, row, problems in read:
            if row is not None:
                change, problems = self._compared(row, known.get(row.nip))
            if problems:
                chunk.problems += problems
                chunk.rejected.append((number, cells))
            else:
                chunk.changes.append(change)
                if change.kind != "same":
                    self._digest.update(change.fingerprint().encode())
        return chunk

    def _compared(self, row, known):
        first = self._rows_of_numbers.setdefault(int(row.nip), row.row)
        if first != row.row:
            return None, [Problem(row.row, "NIP", _TWICE, {"row": first})]
        if known:
            self.leavers.discard(known.id)
        unit, problem = self._unit(row)
        if problem:
            return None, [problem]
        unit_id, path = unit
        problem = self._refusal(row, known, path)
        if problem:
            return None, [problem]
        return compare(row, known, unit_id=unit_id, path=path, today=self._today), []

    def _unit(self, row):
        if row.unit:
            found = self._units.get(row.unit)
            return found, None if found else Problem(row.row, "Kode unit", _UNKNOWN_UNIT)
        found = self._names.get(row.unit_name.casefold(), [])
        if len(found) == 1:
            return found[0], None
        if found:
            return None, Problem(row.row, "Nama unit", _SHARED_NAME, {"count": len(found)})
        return None, Problem(row.row, "Nama unit", _UNKNOWN_NAME)

    def _refusal(self, row, known, path):
        agency_id = self._upload.agency_id
        if not self._scope.covers(agency_id, path):
            return Problem(row.row, "Kode unit", _OUT_OF_REACH)
        if known is None or known.place is None:
            return Problem(row.row, "NIP", _INACTIVE) if known and not known.account["is_active"] else None
        if known.place.agency_id != agency_id:
            return Problem(row.row, "NIP", _ELSEWHERE)
        if not self._scope.covers(agency_id, known.place.path):
            return Problem(row.row, "NIP", _OUT_OF_REACH)
        return None


def read_units(upload, scope) -> tuple[UnitPlan, Chunk]:
    """All units of a file at once: a tree is small enough, and only whole trees make sense."""
    chunk, rows, cells_of = Chunk(), [], {}
    for part in kept_rows(upload):
        for number, cells in part:
            cells_of[number] = cells
            row, problems = read_unit(number, dict(zip(upload.columns, cells, strict=True)))
            chunk.problems += problems
            if row:
                rows.append(row)
    known = [
        KnownUnit(code, parent or "", name, path, made)
        for code, parent, name, path, made in Unit.objects.filter(agency_id=upload.agency_id)
        .order_by("path")
        .values_list("code", "parent__code", "name", "path", "children_made")
    ]
    plan = plan_units(rows, known, reaches=lambda path: scope.covers(upload.agency_id, path))
    chunk.rows_read = len(cells_of)
    chunk.problems = sorted([*chunk.problems, *plan.problems], key=lambda each: each.row)
    chunk.rejected = [(row, cells_of[row]) for row in sorted({problem.row for problem in chunk.problems})]
    return plan, chunk


def digest_of_units(plan) -> str:
    lines = [repr((change.kind, change.row.code, change.row.name, change.path)) for change in plan.changes]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _units_of(agency_id):
    units, names = {}, defaultdict(list)
    for pk, code, name, path in Unit.objects.filter(agency_id=agency_id).values_list(
        "pk", "code", "name", "path"
    ):
        units[code] = (pk, path)
        names[name.casefold()].append((pk, path))
    return units, names


def _known_people(numbers):
    """Accounts with these numbers and their present places, by number; two queries."""
    people = {
        user["id"]: user
        for user in User.objects.filter(nip__in=numbers)
        .order_by()
        .values("id", "nip", "name", "title_before", "title_after", "email", "is_active")
    }
    places = {
        place["person_id"]: place
        for place in Placement.objects.filter(person__nip__in=numbers, valid_to__isnull=True)
        .order_by()
        .values(
            "id", "person_id", "unit_id", "job_category", "job_level", "employment_kind", "supervises_others",
            "valid_from", path=F("unit__path"), agency_id=F("unit__agency_id"),
        )
    }  # fmt: skip
    return {
        user["nip"]: Known(pk, user, _place(places[pk]) if pk in places else None)
        for pk, user in people.items()
    }


def _place(values):
    values = dict(values)
    del values["person_id"]
    return Place(**values)
