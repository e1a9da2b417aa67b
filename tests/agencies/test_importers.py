"""Rows of rosters, without a database: what they say, what is wrong with them, and how to mend it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies import tree
from agencies.importers.cells import clean, read_date, unit_code
from agencies.importers.columns import COLUMNS, PEOPLE, read_header
from agencies.importers.people import Known, Place, compare, read_person
from agencies.importers.units import KnownUnit, UnitRow, plan_units, read_unit

TODAY = date(2026, 11, 26)
NIP = "198609262015051001"
GOOD = {"nip": NIP, "name": "Sri Wahyuni", "unit": "dinkes", "job_category": "Pelaksana"}
ROOT = KnownUnit("instansi", "", "Instansi", "0001/", 0)


def read(**changes):
    return read_person(2, {**GOOD, **changes}, today=TODAY)


def sentences(**changes):
    row, problems = read(**changes)
    assert row is None
    return [str(problem) for problem in problems]


# --- headers --------------------------------------------------------------------------------------------------------


def test_columns_are_known_by_the_names_of_siasn_and_by_plain_ones():
    header = read_header("people", ["nipBaru", "nama", "gelar_depan", "unorId", "asnJenjangJabatan"])
    assert list(header.positions) == ["nip", "name", "title_before", "unit", "job_level"]
    assert read_header("units", ["id", "DiatasanId", "NamaUnor"]).positions == {
        "code": 0,
        "parent": 1,
        "name": 2,
    }


def test_sensitive_and_unknown_columns_are_named_as_left_out():
    header = read_header("people", ["NIP", "NIK", "Nama", "Agama", "No HP", "Alamat", "Kode unit"])
    assert header.ignored == ("NIK", "Agama", "No HP", "Alamat")
    assert set(header.positions) == {"nip", "name", "unit"}


def test_what_looks_like_a_value_is_never_kept_as_the_name_of_a_column():
    header = read_header("people", [NIP, "3201012609860001", "sri@contoh.example", "Sri"])
    assert header.ignored == ("Sri",)
    assert header.missing == ("NIP", "Nama", "Kode unit")


@pytest.mark.parametrize("kind", sorted(COLUMNS))
def test_every_name_leads_to_its_own_column(kind):
    for column in COLUMNS[kind]:
        for name in (column.label, *column.names):
            assert list(read_header(kind, [name]).positions) == [column.key], name


# --- numbers of people ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["19860926 201505 1 001", "'198609262015051001", " 198609262015051001 "])
def test_a_number_may_be_written_with_blanks_and_an_apostrophe(text):
    row, problems = read(nip=text)
    assert (row.nip, problems) == (NIP, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.98609E+17", "bilangan besar"),
        ("1,98609262015051E+17", "bilangan besar"),
        ("198609262015051001.0", "pernah disimpan sebagai bilangan"),
        ("198609262015051000", "tidak mungkin 000"),
        ("19860926201505100", "17 angka"),
        ("131234567", "NIP lama (9 angka)"),
        ("", "NIP kosong"),
        ("198613262015051001", "tanggal lahir"),
    ],
)
def test_a_number_that_a_spreadsheet_ruined_is_recognised_and_explained(text, words):
    [sentence] = sentences(nip=text)
    assert words in sentence


def test_every_problem_of_a_row_is_told_at_once():
    found = sentences(nip="12", name="", unit="", email="bukan surel", since="kemarin", supervises="mungkin")
    assert len(found) == 6


# --- cells ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31",
        "31/01/2024",
        "31-1-2024",
        "31 Januari 2024",
        "31.01.2024",
        "45322",
        "45322.0",
        "2024-01-31 00:00:00",
    ],
)
def test_a_date_is_read_as_people_and_spreadsheets_write_it(text):
    assert read_date(text) == date(2024, 1, 31)


@pytest.mark.parametrize("text", ["", "31/13/2024", "2024", "123456", "31 Januanri 2024", "0000-00-00"])
def test_what_is_no_date_is_none(text):
    assert read_date(text) is None


@given(st.text())
def test_no_text_whatever_breaks_a_cell(text):
    clean(text)
    read_date(text)
    assert len(unit_code(text)) <= max(1, len(text))


@given(st.dictionaries(st.sampled_from([column.key for column in PEOPLE]), st.text()))
def test_a_row_of_any_texts_is_either_read_or_told_what_is_wrong(texts):
    row, problems = read_person(2, texts, today=TODAY)
    assert (row is None) == bool(problems)


# --- differences of a person ----------------------------------------------------------------------------------------


def place(**changes):
    values = {
        "unit_id": 1,
        "path": "0001/0001/",
        "job_category": "PLK",
        "job_level": "",
        "employment_kind": "PNS",
        "supervises_others": False,
        "valid_from": date(2021, 1, 1),
    }
    return Place(**values | changes)


ACCOUNT = {"name": "Sri Wahyuni", "title_before": "", "title_after": "S.K.M.", "email": "sri@contoh.example"}


def difference(known, *, unit_id=1, **changes):
    row, _problems = read(**changes)
    return compare(row, known, unit_id=unit_id, path=f"0001/000{unit_id}/", today=TODAY)


def test_an_unknown_person_is_new_and_gets_what_is_usual():
    change = difference(None, job_category="")
    assert (change.kind, change.place.job_category, change.place.employment_kind) == ("new", "PLK", "PNS")
    assert change.place.valid_from == TODAY


def test_empty_cells_change_nothing():
    assert difference(Known(5, ACCOUNT, place()), job_category="").kind == "same"


def test_another_unit_is_a_move_from_today_or_from_the_given_day():
    known = Known(5, ACCOUNT, place())
    assert (difference(known, unit_id=2).kind, difference(known, unit_id=2).place.valid_from) == (
        "moved",
        TODAY,
    )
    assert difference(known, unit_id=2, since="2026-10-01").place.valid_from == date(2026, 10, 1)
    assert difference(known, unit_id=2, since="2015-10-01").place.valid_from == TODAY


def test_a_level_alone_says_the_category_of_a_functional_post():
    change = difference(Known(5, ACCOUNT, place()), job_category="Jabatan Fungsional", job_level="ahli muda")
    assert (change.kind, change.place.job_category, change.place.job_level) == ("changed", "JFK", "Ahli Muda")


def test_a_managerial_post_supervises_unless_the_file_says_otherwise():
    assert difference(None, job_category="Pengawas").place.supervises_others is True
    assert difference(None, job_category="Pengawas", supervises="tidak").place.supervises_others is False


# --- units ----------------------------------------------------------------------------------------------------------


def plan(*rows, known=(ROOT,), reaches=lambda path: True):
    return plan_units([UnitRow(n, *row) for n, row in enumerate(rows, start=2)], known, reaches=reaches)


def test_units_are_placed_below_their_parents_whatever_their_order():
    made = plan(("seksi", "bidang", "Seksi"), ("bidang", "", "Bidang"))
    assert [(change.row.code, change.path) for change in made.changes] == [
        ("bidang", "0001/0001/"),
        ("seksi", "0001/0001/0001/"),
    ]
    assert made.children_made == {"instansi": 1, "bidang": 1}


def test_a_moved_unit_takes_what_is_below_it_along_and_leaves_its_number_unused():
    known = (
        KnownUnit("instansi", "", "Instansi", "0001/", 2),
        KnownUnit("a", "instansi", "A", "0001/0001/", 1),
        KnownUnit("a1", "a", "A1", "0001/0001/0001/", 0),
        KnownUnit("b", "instansi", "B", "0001/0002/", 0),
    )
    made = plan(("a", "b", "A"), known=known)
    assert made.paths == {"a": "0001/0002/0001/", "a1": "0001/0002/0001/0001/"}
    assert made.children_made == {"b": 1}
    assert made.absent == ("a1", "b")


def test_the_same_file_again_changes_nothing():
    known = (
        KnownUnit("instansi", "", "Instansi", "0001/", 1),
        KnownUnit("a", "instansi", "A", "0001/0001/", 0),
    )
    made = plan(("a", "", "A"), known=known)
    assert (made.changes, dict(made.paths), made.problems) == ((), {}, ())


def test_circles_unknown_parents_and_repeated_codes_are_told_with_their_rows():
    made = plan(
        ("a", "b", "A"), ("b", "a", "B"), ("c", "tidak-ada", "C"), ("d", "", "D"), ("d", "", "D lagi")
    )
    assert [problem.row for problem in made.problems] == [2, 3, 4, 6]
    assert "berputar" in str(made.problems[0])
    assert "baris 5" in str(made.problems[-1])
    assert [change.row.code for change in made.changes] == ["d"]


def test_everybody_in_a_circle_is_told_so_and_what_hangs_on_it_is_told_what_it_waits_for():
    made = plan(("a", "b", "A"), ("b", "c", "B"), ("c", "a", "C"), ("a1", "a", "A1"), ("d", "", "D"))
    told = {problem.row: str(problem) for problem in made.problems}
    assert [row for row, sentence in told.items() if "berputar: a → b → c → a" in sentence] == [2, 3, 4]
    assert "Unit induknya tidak dapat diimpor" in told[5]
    assert [change.row.code for change in made.changes] == ["d"]


def test_a_known_unit_whose_row_is_refused_closes_no_circle():
    known = (
        KnownUnit("instansi", "", "Instansi", "0001/", 1),
        KnownUnit("a", "instansi", "A", "0001/0001/", 1),
        KnownUnit("b", "a", "B", "0001/0001/0001/", 0),
    )
    made = plan(("b", "tidak-ada", "B"), ("a", "b", "A"), known=known)
    told = [(problem.row, str(problem).split(".")[0]) for problem in made.problems]
    assert told == [
        (2, "Tidak ada unit dengan kode induk ini, di berkas maupun di daftar unit"),
        (3, "Induknya berputar: a → b → a"),
    ]
    assert (made.changes, dict(made.paths)) == ((), {})


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 9)), max_size=12))
def test_every_row_is_placed_or_told_what_is_wrong_with_it(pairs):
    known = (
        KnownUnit("instansi", "", "Instansi", "0001/", 1),
        KnownUnit("u1", "instansi", "U", "0001/0001/", 1),
        KnownUnit("u2", "u1", "U", "0001/0001/0001/", 1),
        KnownUnit("u3", "u2", "U", "0001/0001/0001/0001/", 0),
    )
    rows = [(f"u{code}", f"u{parent}" if parent else "", "U") for code, parent in pairs]
    made = plan(*rows, known=known)
    parents = {unit.code: unit.parent for unit in known}
    settled = {change.row.row for change in made.changes} | {problem.row for problem in made.problems}
    settled |= {
        n for n, (code, parent, _name) in enumerate(rows, 2) if parents.get(code) == (parent or "instansi")
    }
    assert settled == set(range(2, len(rows) + 2))


def test_two_known_units_cannot_be_turned_into_a_circle():
    known = (
        KnownUnit("instansi", "", "Instansi", "0001/", 1),
        KnownUnit("a", "instansi", "A", "0001/0001/", 1),
        KnownUnit("b", "a", "B", "0001/0001/0001/", 0),
    )
    made = plan(("a", "b", "A"), known=known)
    assert made.changes == ()
    assert "berputar" in str(made.problems[0])


def test_a_unit_out_of_reach_is_refused_and_what_hangs_on_it_too():
    made = plan(("a", "", "A"), ("b", "a", "B"), reaches=lambda path: False)
    assert [problem.row for problem in made.problems] == [2, 3]
    assert made.changes == ()


def test_a_code_with_dots_is_kept_with_dashes():
    row, _problems = read_unit(2, {"code": "1.02.03", "parent": "", "name": "Dinas"})
    assert row.code == "1-02-03"


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12))
def test_no_file_whatever_makes_a_tree_with_two_units_in_one_path(pairs):
    known = (
        KnownUnit("instansi", "", "Instansi", "0001/", 1),
        KnownUnit("u0", "instansi", "U0", "0001/0001/", 1),
        KnownUnit("u1", "u0", "U1", "0001/0001/0001/", 0),
    )
    made = plan(*((f"u{code}", f"u{parent}" if parent else "", "U") for code, parent in pairs), known=known)
    paths = {unit.code: unit.path for unit in known} | dict(made.paths)
    assert len(set(paths.values())) == len(paths)
    parents = {unit.code: unit.parent for unit in known}
    parents |= {change.row.code: change.row.parent or "instansi" for change in made.changes}
    for code, path in paths.items():
        assert tree.parent_path(path) == (paths[parents[code]] if parents[code] else "")
