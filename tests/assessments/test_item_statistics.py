"""`manage.py item_statistics`: from files and from submitted attempts, in three formats, and what it refuses."""

import csv
import json
import re
from datetime import timedelta
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assessments.item_matrix import MatrixProblems, parse_keys
from assessments.models import Attempt
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import close, open_campaign, submitted_attempt
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import draft_version, published_version
from tests.scoring.cases import REFERENCE

CASES = json.loads((REFERENCE / "scale_stats" / "expected.json").read_text(encoding="utf-8"))


def run(*arguments):
    out = StringIO()
    call_command("item_statistics", *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def files(tmp_path):
    """Writes a matrix and its keys; gives the arguments of the command."""

    def write(text, keys=None, *, encoding="utf-8"):
        matrix, keys_file = tmp_path / "matrix.csv", tmp_path / "keys.json"
        matrix.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        keys = {code: {"key": 1, "min": 1, "max": 5} for code in ("A1", "A2")} if keys is None else keys
        keys_file.write_text(keys if isinstance(keys, str) else json.dumps({"items": keys}), encoding="utf-8")
        return "--input", matrix, "--keys", keys_file

    return write


def scale_of(*arguments):
    [scale] = json.loads(run(*arguments))["scales"]
    return scale


def people(rows, times=15):
    return "A1,A2\n" + "\n".join(",".join(row) for row in rows * times)


PAIRS = [("1", "1"), ("2", "3"), ("3", "2")]


# --- Files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sim5_rev_complete", "perfect_alpha"])
def test_the_reference_matrices_through_the_command(files, name):
    case = CASES[name]
    text = (REFERENCE / "scale_stats" / case["input"]).read_text(encoding="utf-8")
    keys = {
        f"i{place}": {"key": key, "min": case["min"], "max": case["max"]}
        for place, key in enumerate(case["key"], start=1)
    }
    scale = scale_of(*files(text, keys))
    assert scale["alpha"] == pytest.approx(case["alpha"], abs=1e-8)
    assert scale["omega_total"] == pytest.approx(case["omega_total"], abs=1e-4)
    for found, expected in zip(scale["items"], case["items"], strict=True):
        assert found["r_drop"] == pytest.approx(expected["r_drop"], abs=1e-8)
    assert scale["standing"] == "firm"


def test_values_of_a_reference_matrix_outside_their_bounds_are_named(files):
    case = CASES["bipolar7"]
    text = (REFERENCE / "scale_stats" / case["input"]).read_text(encoding="utf-8")
    keys = {f"i{place}": {"key": key, "min": 1, "max": 7} for place, key in enumerate(case["key"], start=1)}
    with pytest.raises(CommandError, match=r"Baris 3, kolom i3: '0' di luar 1 sampai 7\."):
        run(*files(text, keys))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_found(files, encoding, delimiter):
    keys = {code: {"key": 1, "min": 1, "max": 5} for code in ("Aé", "B")}
    text = people(PAIRS).replace("A1,A2", "Aé,B").replace(",", delimiter).replace("\n", "\r\n")
    assert scale_of(*files(text, keys, encoding=encoding))["alpha"] == pytest.approx(2 / 3, abs=0.05)


def test_empty_na_and_blank_ends_are_told_apart(files):
    text = people(PAIRS) + "\n,4\nna,4\n 4 ,4.0\n\n\n"
    first, second = scale_of(*files(text))["items"]
    assert (first["n"], first["missing"], first["not_applicable"]) == (46, 1, 1)
    assert second["n"] == 48


def test_the_columns_of_the_file_say_the_order(files):
    assert [item["code"] for item in scale_of(*files(people(PAIRS).replace("A1,A2", "A2,A1")))["items"]] == [
        "A2",
        "A1",
    ]


def test_one_column_has_statistics_but_no_alpha(files):
    text = "A1\n" + "1\n2\n\n3\n" * 12
    scale = scale_of(*files(text, {"A1": {"key": 1, "min": 1, "max": 5}}))
    assert (scale["n_total"], scale["items"][0]["missing"], scale["alpha"]) == (48, 12, None)
    assert scale["reasons"]["alpha"] == "fewer_than_2_items_with_variance"


def test_other_columns_are_left_out_and_named(files):
    rows = [line.split(",") for line in people(PAIRS).splitlines()[1:]]
    text = "A2,nama,A1\n" + "\n".join(f"{b},Siti,{a}" for a, b in rows)
    said = StringIO()
    call_command("item_statistics", *map(str, files(text)), stdout=(out := StringIO()), stderr=said)
    report = json.loads(out.getvalue())
    assert report["source"]["ignored_columns"] == ["nama"]
    assert "tidak dipakai: nama." in said.getvalue()
    assert [item["code"] for item in report["scales"][0]["items"]] == ["A2", "A1"]
    assert report["scales"][0]["n_used"] == len(rows)


def test_names_of_columns_may_go_over_several_lines(files):
    keys = {code: {"key": 1, "min": 1, "max": 5} for code in ("A\n1", "A2")}
    text = people(PAIRS).replace("A1,A2", '"A\n1";A2').replace(",", ";")
    assert scale_of(*files(text, keys))["alpha"] == pytest.approx(2 / 3, abs=0.05)


def test_one_person_has_a_report_without_a_number(files):
    said = StringIO()
    call_command("item_statistics", *map(str, files("A1,A2\n1,2\n")), stdout=(out := StringIO()), stderr=said)
    [scale] = json.loads(out.getvalue())["scales"]
    assert (scale["n_total"], scale["alpha"], scale["reasons"]["alpha"]) == (1, None, "fewer_than_2_people")
    assert "Hanya 1 orang" in said.getvalue()


def test_few_people_are_counted_and_nothing_else(files):
    scale = scale_of(*files(people(PAIRS, times=9)))
    assert (scale["standing"], scale["n_total"], scale["alpha"]) == ("hidden", 27, None)
    assert scale["reasons"]["alpha"] == "n_below_30"
    assert scale["items"][0]["counts"] is None
    assert scale_of(*files(people(PAIRS, times=10)))["standing"] == "provisional"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "berkas kosong"),
        ("\n1,2\n", "baris pertama kosong"),
        ("A1,A2\n", "tidak memuat satu baris"),
        ("A1,A2\n,\n,na\n", "Semua sel kosong"),
        ("A1,A1\n1,2\n", "berulang: A1"),
        ("A1,\n1,2\n", "kolom ke-2 tidak bernama"),
        ("A1,XX\n1,2\n2,2\n", "Butir A2 tidak mempunyai kolom.\nKolom yang bukan butir: XX."),
        ("A1,A2\n1,2\n6,2\n", r"Baris 3, kolom A1: '6' di luar 1 sampai 5"),
        ("A1,A2\n1,2\n2,dua\n", r"Baris 3, kolom A2: 'dua' bukan bilangan bulat"),
        ("A1,A2\n1,2\n2,2.5\n", r"Baris 3, kolom A2: '2.5' bukan bilangan bulat"),
        ("A1,A2\n1,2\n2,NA\n", r"Baris 3, kolom A2: 'NA' kosongkan bila tidak dijawab"),
        ("A1,A2\n1,2\n2\n", "Baris 3: ada 1 sel, seharusnya 2"),
        ("A1,A2\n1,2\n\n1,2\n", "Baris 3 kosong"),
        ('A1,A2\n1,"2\n' + "1,2\n" * 40_000, "tanda kutip"),
        ('A1,A2,x\n1,2,a\n1,2,"b\n2,1,c\n', "Baris 3 tidak dapat dibaca: tanda kutip"),
        (b"PK\x03\x04rest", "simpan dahulu sebagai CSV"),
        ("A1,A2\n1,2\n".encode("utf-16")[:-1], "UTF-16 ini rusak"),
        ("A1,A2\n1,2\n".encode("utf-16-le"), "bita nol"),
        ("A1,A2\n1,2\n2,\0\n", "Baris 3, kolom A2: .* bukan bilangan bulat"),
        ("A1,A2\n1,2\n2," + "9" * 200_000 + "\n", "Baris 3 tidak dapat dibaca"),
        ('"A1,A2\n' + "1,2\n" * 50_000, "baris pertama tidak dapat dibaca"),
        (b"A1,\x00A2\n1,2\n", "bita nol"),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_row_and_column(files, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*files(text))


def test_all_problems_come_at_once_and_at_most_fifty(files):
    with pytest.raises(CommandError) as refusal:
        run(*files("A1,A2\n" + "9,x\n" * 40))
    lines = str(refusal.value).splitlines()
    assert len(lines) == 51
    assert lines[-1] == "… dan 30 masalah lainnya."


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ("{", "bukan JSON: baris 1, kolom 2"),
        ("[" * 100_000, "bukan JSON"),
        (
            '{"items": {"A": {"key": 1, "min": 1, "max": ' + "9" * 6000 + "}}}",
            "bilangan yang terlalu panjang",
        ),
        ("[]", 'harus berupa {"items"'),
        ('{"items": {}, "x": 1}', 'harus berupa {"items"'),
        ('{"items": {}}', "sedikitnya satu butir"),
        ('{"items": []}', "sedikitnya satu butir"),
        ('{"items": {"A": 1}}', 'tepat "key", "min", dan "max"'),
        ('{"items": {"A": {"key": 1, "min": 1}}}', 'tepat "key", "min", dan "max"'),
        ('{"items": {"A": {"key": 2, "min": 1, "max": 5}}}', "kunci 2 harus 1 atau -1"),
        ('{"items": {"A": {"key": true, "min": 1.5, "max": 5}}}', "key, min harus bilangan bulat"),
        ('{"items": {"A": {"key": 1, "min": 5, "max": 1}}}', "harus di bawah"),
        ('{"items": {" ": {"key": 1, "min": 1, "max": 5}}}', "tidak boleh kosong"),
        (
            '{"items": {"A": {"key": 1, "min": 1, "max": 5}, "A": {"key": -1, "min": 1, "max": 5}}}',
            "Butir A tertulis lebih dari sekali",
        ),
    ],
)
def test_wrong_keys_are_refused(keys, sentence):
    with pytest.raises(MatrixProblems, match=re.escape(sentence)):
        parse_keys(keys)


def test_arguments_that_do_not_go_together(files, tmp_path):
    arguments = files(people(PAIRS))
    for wrong, sentence in (
        (("--input", tmp_path / "x.csv"), "memerlukan --keys"),
        ((*arguments, "--campaign", "x"), "tidak mengenal --campaign"),
        (("--questionnaire", "x", "--keys", arguments[3]), "hanya untuk --input"),
        (("--input", tmp_path / "tiada.csv", "--keys", arguments[3]), "tidak dapat dibaca"),
        (("--input", arguments[1], "--keys", tmp_path / "tiada.json"), "tidak dapat dibaca"),
        ((*arguments, "--output", tmp_path), r"tidak dapat ditulis \(itu direktori"),
        ((*arguments, "--output", arguments[1]), "tidak boleh menimpa"),
        ((*arguments, "--output", arguments[3]), "tidak boleh menimpa"),
    ):
        with pytest.raises(CommandError, match=sentence):
            run(*wrong)


# --- Formats --------------------------------------------------------------------------------------------------------


def test_a_whole_sample_is_screened_without_naming_anybody(files):
    codes = [f"B{place}" for place in range(6)]
    rng = np.random.default_rng(1)
    values = np.clip(rng.integers(1, 6, size=(300, 1)) + rng.integers(-1, 2, size=(300, 6)), 1, 5)
    values[7] = [1, 5, 1, 5, 1, 5]
    text = "\n".join([",".join(codes), *(",".join(map(str, row)) for row in values.tolist())])
    arguments = files(text, {code: {"key": 1, "min": 1, "max": 5} for code in codes})
    found = json.loads(run(*arguments))["screening"]
    assert found["mahalanobis"]["n"] == 300
    assert found["mahalanobis"]["flagged"] >= 1
    assert found["psychometric_synonyms"]["pairs"] == 15
    assert found["psychometric_synonyms"]["flagged"] == pytest.approx(15, abs=4)  # the lowest 5 %
    assert all(each["reason"] is None for each in found.values())
    rows = {
        row["statistik"]: row["nilai"] for row in csv.DictReader(StringIO(run(*arguments, "--format", "csv")))
    }
    assert int(rows["mahalanobis_flagged"]) == found["mahalanobis"]["flagged"]
    few = json.loads(run(*files(people(PAIRS, times=9))))["screening"]
    assert {each["reason"] for each in few.values()} == {"n_below_30"}
    assert {each["flagged"] for each in few.values()} == {None}


def test_csv_says_the_same_as_json(files):
    arguments = files(people([*PAIRS, ("5", "3")]))
    scale = scale_of(*arguments)
    rows = list(csv.DictReader(StringIO(run(*arguments, "--format", "csv"))))
    values = {(row["butir"], row["statistik"]): row for row in rows}
    assert float(values["", "alpha"]["nilai"]) == scale["alpha"]
    assert float(values["", "alpha_ci95_feldt_2"]["nilai"]) == scale["alpha_ci95_feldt"][1]
    assert int(values["A1", "counts_5"]["nilai"]) == scale["items"][0]["counts"][4] == 15
    assert values["", "omega_total"] == {
        "skala": "matrix",
        "butir": "",
        "statistik": "omega_total",
        "nilai": "",
        "alasan": "needs_k>=3_and_n>=10",
    }


def test_codes_do_not_become_formulas(files):
    keys = {code: {"key": 1, "min": 1, "max": 5} for code in ("=A1", "@B")}
    text = run(*files(people(PAIRS).replace("A1,A2", "=A1,@B"), keys), "--format", "csv")
    assert "'=A1," in text
    assert not any(cell.startswith(("=", "@")) for row in csv.reader(StringIO(text)) for cell in row)


def test_html_draws_every_item_without_styles_or_scripts(files, tmp_path):
    output = tmp_path / "laporan.html"
    run(*files(people(PAIRS)), "--format", "html", "--output", output)
    page = output.read_text(encoding="utf-8")
    assert '<html lang="id">' in page
    assert page.count("<h1>") == 1
    assert page.count("<svg") == 2
    assert "Jawaban terbanyak 1 (33,3%); nilai terendah 33,3%, nilai tertinggi 0,0%." in page
    assert '<th scope="row">3</th><td>15</td><td>33,3</td>' in page
    assert "<td>0,667</td>" in page
    assert "Sementara" in page
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", page)


def test_html_escapes_and_hides(files):
    keys = {code: {"key": 1, "min": 1, "max": 5} for code in ("<b>A", "B")}
    page = run(*files(people(PAIRS, times=2).replace("A1,A2", "<b>A,B"), keys), "--format", "html")
    assert "<b>A" not in page
    assert "&lt;b&gt;A" in page
    assert "<svg" not in page
    assert "Kurang dari 30 orang; tidak ditampilkan." in page


# --- Submitted attempts ---------------------------------------------------------------------------------------------


def send(version, answers, *, person=None, assignment=None, days=0):
    """A submitted attempt with these bytes, straight into the table."""
    now = timezone.now() + timedelta(days=days)
    return Attempt.objects.create(
        person=person or UserFactory(),
        version=version,
        assignment=assignment,
        state=Attempt.State.SUBMITTED,
        answers=bytes(int(value) for value in answers),
        started_at=now,
        saved_at=now,
        submitted_at=now,
    )


def some_answers(count):
    """Answers to the small bank: A1..A4, B1..B3 of five values, B4 of seven, C1..C4."""
    rng = np.random.default_rng(9)
    level = rng.integers(2, 5, size=(count, 1))
    answers = np.clip(level + rng.integers(-1, 2, size=(count, 12)), 1, 5)
    answers[:, 3] = 6 - answers[:, 3]  # A4 is reversed
    answers[:, 7] = 8 - answers[:, 7]  # B4 has its positive pole on the left
    return answers


def of_bank(*arguments, code="bank-kecil"):
    report = json.loads(run("--questionnaire", code, *arguments))
    return report, {scale["code"]: scale for scale in report["scales"]}


@pytest.mark.django_db
def test_a_bank_has_a_report_of_its_content_scales(django_assert_max_num_queries):
    version, answers = published_version(), some_answers(40)
    for row in answers:
        send(version, row)
    with django_assert_max_num_queries(5):
        report, scales = of_bank()
    assert report["source"]["people"] == 40
    assert list(scales) == ["RAPI", "PEKA"]  # attention items and the style scale are no content
    keyed = answers[:, :4].astype(float)
    keyed[:, 3] = 6 - keyed[:, 3]
    cov = np.cov(keyed.T)
    assert scales["RAPI"]["alpha"] == pytest.approx(4 / 3 * (1 - np.trace(cov) / cov.sum()))
    assert scales["RAPI"]["name"] == "Rapi"
    assert scales["PEKA"]["alpha"] > 0  # the bipolar item was turned with its own seven values
    assert scales["PEKA"]["reasons"]["scale_mean_raw"] == "mixed_ranges"
    assert "Mutu butir: Bank Kecil" in run("--questionnaire", "bank-kecil", "--format", "html")


@pytest.mark.django_db
def test_vignettes_and_forced_choice_have_no_alpha():
    version = published_version(bank=rich_bank())
    for number in range(3):
        submitted_attempt(placed_person(root_of(AgencyFactory())), version, default=2 + number)
    _report, scales = of_bank(code="bank-kaya")
    assert list(scales) == ["RAPI", "PEKA"]


@pytest.mark.django_db
def test_only_the_latest_submitted_attempt_of_a_person_counts():
    version, answers = published_version(), some_answers(30)
    for row in answers:
        send(version, row)
    twice = UserFactory()
    send(version, [5] * 12, person=twice, days=2)
    send(version, [1] * 12, person=twice, days=1)
    report, scales = of_bank()
    assert report["source"]["people"] == 31
    fives = int((answers[:, 0] == 5).sum())
    assert scales["RAPI"]["items"][0]["counts"][4] == fives + 1


@pytest.mark.django_db
def test_missing_not_applicable_and_damaged_answers():
    version, answers = published_version(), some_answers(35)
    answers[0, 0], answers[1, 0], answers[2, 0] = 0, 255, 9
    for row in answers:
        send(version, row)
    _, scales = of_bank()
    item = scales["RAPI"]["items"][0]
    assert (item["n"], item["missing"], item["not_applicable"]) == (32, 2, 1)
    assert scales["RAPI"]["impossible_values"] == 1
    assert "1 nilai tersimpan" in run("--questionnaire", "bank-kecil", "--format", "html")
    send(version, [1, 2])
    with pytest.raises(CommandError, match="2 bita"):
        of_bank()


@pytest.mark.django_db
def test_open_campaigns_are_in_no_sample():
    version, agency = published_version(), AgencyFactory()
    persons = [placed_person(root_of(agency)) for _ in range(3)]
    campaign = open_campaign(version, agency=agency, people=persons)
    for person in persons:
        submitted_attempt(person, version, campaign=campaign)
    with pytest.raises(CommandError, match="Belum ada jawaban terkirim"):
        of_bank()
    with pytest.raises(CommandError, match="belum ditutup"):
        of_bank("--campaign", campaign.code)
    close(campaign)
    send(version, [3] * 12)
    assert of_bank()[0]["source"]["people"] == 4
    report, scales = of_bank("--campaign", campaign.code)
    assert report["source"]["people"] == 3
    assert scales["RAPI"]["standing"] == "hidden"


@pytest.mark.django_db
def test_what_is_not_there_is_said():
    with pytest.raises(CommandError, match=r"“x” tidak ada\. Yang ada: belum ada"):
        run("--questionnaire", "x")
    draft_version()
    with pytest.raises(CommandError, match="belum mempunyai versi terbit"):
        run("--questionnaire", "bank-kecil")
    version = published_version(code="lain")
    with pytest.raises(CommandError, match="Periode “y” tidak ada"):
        run("--questionnaire", "lain", "--campaign", "y")
    campaign = close(open_campaign(version))
    with pytest.raises(CommandError, match="tidak menanyakan kuesioner “bank-kecil”"):
        run("--questionnaire", "bank-kecil", "--campaign", campaign.code)
