"""`manage.py score_responses`: good rows scored, bad rows named, nothing lost, nothing overwritten."""

import csv
import errno
import os
import stat
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from assessments import response_scoring
from questionnaires.bank_files import write_xlsform
from questionnaires.document import load_document
from scoring.actions import publish_rule
from scoring.engine import encode, score
from scoring.models import ScoringRule
from scoring.selectors import plan_of
from tables.csv_files import harmless
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

ITEMS = ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4"]
HEADER = ",".join(ITEMS)


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def scoring(version, tmp_path):
    """Scores a text; gives output rows, refusals by row number, and what the command said."""

    def run(text, *arguments, encoding="utf-8"):
        source, output, rejects = (tmp_path / f"{name}.csv" for name in ("masuk", "keluar", "tolak"))
        source.write_bytes(text.encode(encoding))
        said = StringIO()
        call_command(
            "score_responses",
            *("--questionnaire", "bank-kecil", "--input", source, "--output", output, "--rejects", rejects),
            *arguments,
            stderr=said,
            no_color=True,
        )
        refused = {row["baris"]: row["alasan"] for row in read(rejects)} if rejects.exists() else {}
        return read(output), refused, said.getvalue()

    return run


def read(path, delimiter=","):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_scores_by_hand(scoring):
    # RAPI: 5 4 3 and 2 turned into 4: item scores 1 .75 .5 .75, mean 75; PEKA: 1 2 3 -> 0 .25 .5, and position 7
    # of seven with the positive pole left -> 0: mean 18.75, shown 19
    rows, refused, said = scoring(f"{HEADER}\n5,4,3,2,1,2,3,7\n")
    assert rows == [
        {
            "baris": "2",
            "RAPI_skor": "75",
            "RAPI_kategori": "kuat",
            "RAPI_status": "scored",
            "PEKA_skor": "19",
            "PEKA_kategori": "prioritas",
            "PEKA_status": "scored",
        }
    ]
    assert refused == {}
    assert "1 baris dihitung" in said


def test_answers_collected_with_the_xlsform_are_scored_as_they_come(tmp_path):
    version = published_version(bank=rich_bank())
    document = load_document(version.pk)
    survey = load_workbook(BytesIO(write_xlsform(version.document, form_version="1")))["survey"]
    fields = [row[1].value for row in survey.iter_rows(min_row=2) if "select_one" in (row[0].value or "")]
    values = {item.code: item.values for item in document.items}
    answers = [values[slot.split(":")[0]][slot.endswith(":worst")] for slot in document.slots]
    written = {}
    for name, header in (("odk", fields), ("slots", document.slots)):
        source, output = tmp_path / f"{name}.csv", tmp_path / f"{name}-skor.csv"
        source.write_text(f"{','.join(header)}\n{','.join(map(str, answers))}\n", encoding="utf-8")
        call_command(
            "score_responses",
            "--questionnaire",
            "bank-kaya",
            "--input",
            source,
            "--output",
            output,
            stderr=StringIO(),
        )
        written[name] = read(output)
    assert fields != list(document.slots)
    assert written["odk"] == written["slots"]
    # best A, worst B of keys 4.6 3.2 2.0 1.4 and their like: a score, not a refusal
    assert written["odk"][0]["NALAR_status"] == "scored"


def test_an_item_with_two_columns_is_refused():
    columns = [*ITEMS, "D2.best", "D2:best"]
    plan = plan_of(publish_rule(version=published_version(bank=rich_bank()), by=None).pk)
    with pytest.raises(response_scoring.LayoutProblem, match="D2:best mempunyai 2 kolom; sisakan satu"):
        response_scoring.Layout.of(columns, plan, required=ITEMS, id_columns=())


def test_missing_answers_follow_the_rule(scoring):
    rows, _, _ = scoring(f"{HEADER}\n5,4,3,,na,2,3,7\n,,,2,na,na,3,7\n5,4,4,2,5,5,,1\n")
    # three of four are below 80 %; of three applicable ones all are there
    assert [row["RAPI_status"] for row in rows] == ["not_scored:too_few_answers"] * 2 + ["scored"]
    assert [row["PEKA_status"] for row in rows] == [
        "scored",
        "not_scored:too_many_na",
        "not_scored:too_few_answers",
    ]
    assert (rows[0]["RAPI_skor"], rows[0]["RAPI_kategori"]) == ("", "")


def test_bad_rows_are_named_with_every_reason_and_good_ones_scored(scoring):
    rows, refused, said = scoring(
        f"{HEADER}\n"
        "5,4,3,2,1,2,3,7\n"
        "6,4,3,x,1,2,3,8\n"
        "5,4,3,2,1,2,3,na\n"
        "5,4,3\n"
        "\n"
        ",,,,,,,\n"
        "NA,4,3,2,1,2,3,7\n"
        "4.0, 4 ,03,2,1,2,3,7\n"
        "\n\n"
    )
    assert [row["baris"] for row in rows] == ["2", "9"]
    assert refused == {
        "3": "Butir A1: '6' bukan bilangan bulat 1 sampai 5. Butir A4: 'x' bukan bilangan bulat 1 sampai 5. "
        "Butir B4: '8' bukan bilangan bulat 1 sampai 7.",
        "4": 'Butir B4: "na" tidak tersedia untuk butir ini.',
        "5": "Ada 3 sel, seharusnya 8.",
        "6": "Baris kosong.",
        "7": "Tidak ada satu butir pun yang dijawab.",
        "8": "Butir A1: 'NA'; kosongkan bila tidak dijawab, tulis \"na\" bila tidak berlaku.",
    }
    assert "2 baris dihitung" in said
    assert "6 baris ditolak" in said


def test_the_engine_says_the_same_whatever_the_block(scoring, version, monkeypatch):
    monkeypatch.setattr(response_scoring.blocks_of, "__defaults__", (3,))
    given = [{code: 1 + (place * 7 + n * 3) % 5 for n, code in enumerate(ITEMS)} for place in range(10)]
    text = HEADER + "\n" + "\n".join(",".join(str(row[code]) for code in ITEMS) for row in given)
    rows, _, _ = scoring(text)
    plan = plan_of(publish_rule(version=version, by=None).pk)
    table = score(plan, encode(plan, given))
    for place, row in enumerate(rows):
        for code, result in table.person(place).items():
            assert (row[f"{code}_skor"], row[f"{code}_kategori"]) == (str(result.display), result.band)


def test_scoring_publishes_no_rule(scoring):
    scoring(f"{HEADER}\n5,4,3,2,1,2,3,7\n")
    assert ScoringRule.objects.count() == 0


def test_other_columns_pass_through_in_any_order_and_cannot_become_formulas(scoring):
    header = "kode;" + HEADER.replace(",", ";") + ";catatan;C1;C2"
    rows, _, said = scoring(f"{header}\n=1+1;5;4;3;2;1;2;3;7;-ya;2;5\n", encoding="utf-8-sig")
    assert rows[0].keys() == {
        "baris;kode;catatan;RAPI_skor;RAPI_kategori;RAPI_status;PEKA_skor;PEKA_kategori;PEKA_status"
    }
    assert next(iter(rows[0].values())).startswith("2;'=1+1;'-ya;75;kuat")
    assert "diteruskan apa adanya: kode, catatan" in said


@pytest.mark.parametrize("name", ["NIP", "nip_baru", "Nomor Induk Pegawai", "NIK"])
def test_a_nip_column_must_be_named(scoring, name):
    text = f"{name},{HEADER}\n199001012015031001,5,4,3,2,1,2,3,7\n"
    with pytest.raises(CommandError, match=f"Kolom {name} tampaknya berisi NIP"):
        scoring(text)
    rows, _, _ = scoring(text, "--id-column", name)
    assert rows[0][name] == "199001012015031001"


def test_a_nip_under_another_name_is_refused_without_repeating_it(scoring):
    text = f"kode,{HEADER}\n19900101 201503 1 001,5,4,3,2,1,2,3,7\nX,5,4,3,2,1,2,3,7\n"
    rows, refused, _ = scoring(text)
    assert [row["kode"] for row in rows] == ["X"]
    assert "seperti NIP" in refused["2"]
    assert "1990" not in refused["2"]


def test_latin_1_and_separators(scoring):
    rows, _, _ = scoring(f"nama,{HEADER}\nRenée,5,4,3,2,1,2,3,7\n", encoding="latin-1")
    assert rows[0]["nama"] == "Renée"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "berkas kosong"),
        (f"{HEADER}\n", "tidak memuat satu baris"),
        (
            "A1,A2,pertanyaan\n1,2,3\n",
            "Butir tanpa kolom: A3, A4, B1, B2, B3, B4. .* bukan kode butir: pertanyaan",
        ),
        (f"baris,{HEADER}\n1,5,4,3,2,1,2,3,7\n", "dipakai oleh keluaran"),
        (f"{HEADER}\n9,9,9,9,9,9,9,9\n", "Tidak ada satu baris pun"),
        (
            f'{HEADER}\n5,4,3,2,1,2,3,"7\n' + "5,4,3,2,1,2,3,7\n" * 10_000,
            "Baris 2 .*satu selnya lebih panjang",
        ),
        (f"sep=;\n{HEADER}\n".replace(",", ";"), "baris pertama berisi “sep=”"),
        (
            f'{HEADER},catatan\n5,4,3,2,1,2,3,7,"a\n5,4,3,2,1,2,3,7,b\n',
            "Baris 2 tidak dapat dibaca: tanda kutip",
        ),
        (
            f'{HEADER},catatan\n5,4,3,2,1,2,3,7,"a\n5,4,3,2,1,2,3,7,"b"\n',
            "Baris 2 tidak dapat dibaca: tanda kutip",
        ),
    ],
)
def test_files_that_cannot_be_scored(scoring, tmp_path, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        scoring(text)
    assert not (tmp_path / "keluar.csv").exists()
    assert list(tmp_path.glob(".*")) == []


def test_an_identity_column_that_is_not_there(scoring):
    with pytest.raises(CommandError, match="--id-column nomor: tidak ada"):
        scoring(f"{HEADER}\n5,4,3,2,1,2,3,7\n", "--id-column", "nomor")


def test_nothing_is_overwritten_without_force(scoring, tmp_path):
    text = f"{HEADER}\n5,4,3,2,1,2,3,7\n"
    scoring(text + "x\n")
    with pytest.raises(CommandError, match=r"Sudah ada: .*keluar.csv, .*tolak.csv\. Tambahkan --force"):
        scoring(text)
    _, refused, _ = scoring(text, "--force")
    assert refused == {}
    assert not (tmp_path / "tolak.csv").exists()


def test_force_replaces_files_and_nothing_else(scoring, tmp_path):
    (tmp_path / "keluar.csv").mkdir()
    with pytest.raises(CommandError, match=r"keluar\.csv: bukan berkas biasa"):
        scoring(f"{HEADER}\n5,4,3,2,1,2,3,7\n", "--force")
    assert list(tmp_path.glob(".*")) == []


def test_an_output_that_cannot_get_its_name_leaves_no_scores_behind(scoring, tmp_path, monkeypatch):
    def full(source, target):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CommandError, match=r"keluar\.csv: tidak dapat ditulis \(tempat penyimpanan penuh\)"):
        scoring(f"{HEADER}\n5,4,3,2,1,2,3,7\n")
    assert [path.name for path in tmp_path.iterdir()] == ["masuk.csv"]


def test_input_that_is_no_file(version, tmp_path):
    os.mkfifo(tmp_path / "pipa")
    for source, sentence in (
        (tmp_path, "itu direktori, bukan berkas"),
        (tmp_path / "tiada.csv", "berkas atau direktorinya tidak ada"),
        (tmp_path / "pipa", "bukan berkas biasa"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command(
                "score_responses",
                *("--questionnaire", "bank-kecil", "--input", source, "--output", tmp_path / "keluar.csv"),
                stderr=StringIO(),
            )


def test_a_row_with_a_null_byte_is_refused_and_named(scoring):
    _, refused, _ = scoring(f"{HEADER},catatan\n5,4,3,2,1,2,3,7,a\0b\n5,4,3,2,1,2,3,7,ab\n")
    assert refused == {"2": "Kolom catatan berisi bita nol; hapus dari sel itu."}


def test_scores_are_for_the_owner_of_the_file(scoring, tmp_path):
    scoring(f"{HEADER}\n5,4,3,2,1,2,3,7\n")
    assert stat.S_IMODE((tmp_path / "keluar.csv").stat().st_mode) == 0o600


def test_paths_and_questionnaires_that_cannot_be(version, tmp_path):
    source = tmp_path / "masuk.csv"
    source.write_text(f"{HEADER}\n5,4,3,2,1,2,3,7\n", encoding="utf-8")

    def run(output, slug="bank-kecil"):
        call_command(
            "score_responses",
            "--questionnaire",
            slug,
            "--input",
            source,
            "--output",
            output,
            stderr=StringIO(),
        )

    with pytest.raises(CommandError, match="tiga berkas yang berbeda"):
        run(source)
    with pytest.raises(
        CommandError, match=r"tiada/keluar\.csv: tidak dapat ditulis \(berkas atau direktorinya"
    ):
        run(tmp_path / "tiada" / "keluar.csv")
    with pytest.raises(CommandError, match="namanya terlalu panjang"):
        run(tmp_path / ("x" * 300))
    for nameless in ("/", ""):
        with pytest.raises(CommandError, match="sebutkan nama berkasnya"):
            run(Path(nameless))
    with pytest.raises(CommandError, match="“tiada” tidak ada"):
        run(tmp_path / "keluar.csv", slug="tiada")
    run(tmp_path / "keluar.csv")
    assert not (tmp_path / "keluar.tolakan.csv").exists()


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "＝1"])
def test_cells_that_a_spreadsheet_would_run_are_quoted(text):
    assert harmless(text) == f"'{text}"
    assert harmless("1=") == "1="


def test_the_document_of_the_small_bank_is_what_these_tests_believe(version):
    assert list(load_document(version.pk).slots)[:8] == ITEMS
