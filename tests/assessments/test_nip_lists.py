"""Uploaded lists of NIPs: every row is found, or refused with its number and a sentence."""

from datetime import date

import pytest

from assessments.periods.nip_lists import EMPTY, REPEATED, read_list
from tables.csv_files import UnreadableTable

TODAY = date(2026, 11, 26)
FIRST, SECOND = "198609262015051001", "200012312024211001"


@pytest.fixture
def listed(tmp_path):
    def read(text, encoding="utf-8"):
        path = tmp_path / "daftar.csv"
        path.write_bytes(text.encode(encoding))
        return list(read_list(path, today=TODAY))

    return read


def test_the_column_is_found_by_its_name_whatever_stands_beside_it(listed):
    rows = listed(f"nama;NIP;unit\nSatu;{FIRST};A\nDua;{SECOND};B\n")
    assert [(row.row, row.nip) for row in rows] == [(2, FIRST), (3, SECOND)]


def test_a_list_may_begin_with_numbers_at_once(listed):
    assert [(row.row, row.nip) for row in listed(f"{FIRST}\n{SECOND}\n")] == [(1, FIRST), (2, SECOND)]


def test_a_number_is_read_as_people_write_it(listed):
    assert [row.nip for row in listed("nipBaru\n'19860926 201505 1 001\n")] == [FIRST]


def test_rows_that_cannot_be_used_say_which_and_why(listed):
    rows = listed(f"NIP,nama\n{FIRST},a\n1.98609E+17,b\n,c\n{FIRST},d\n198609262015051000,e\n")
    found = {row.row: row.problem % dict(row.values) for row in rows if row.nip is None}
    assert "lembar kerja" in found[3]
    assert found[4] == EMPTY
    assert found[5] == REPEATED % {"first": 2}
    assert "000" in found[6]
    assert [row.row for row in rows] == [2, 3, 4, 5, 6]


def test_utf_16_of_a_spreadsheet_is_read(listed):
    assert [row.nip for row in listed(f"NIP\tNama\n{FIRST}\tÉva\n", encoding="utf-16")] == [FIRST]


def test_a_table_without_such_a_column_is_refused(listed):
    with pytest.raises(UnreadableTable, match="kolom bernama NIP"):
        listed("nama,unit\nSatu,A\n")


def test_a_workbook_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_bytes(b"PK\x03\x04" + b"0" * 40)
    with pytest.raises(UnreadableTable, match="simpan dahulu sebagai CSV"):
        list(read_list(path, today=TODAY))
