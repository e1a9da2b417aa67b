"""The commands: what they print, what they refuse, and that a refusal writes nothing."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from audit.models import AuditEvent
from questionnaires.bank_files import read, write, write_workbook
from questionnaires.exporting import FORMATS, KEY_NOTE, export
from questionnaires.freezing import VERSION_GUARD
from questionnaires.models import Competency, Framework, Questionnaire, Version
from questionnaires.version_document import content_hash
from tests.factories.accounts import UserFactory
from tests.factories.questionnaires import draft_version, published_version, small_document
from tests.questionnaires.workbooks import with_cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "baik.yaml"
    path.write_text(write(small_document(code="baik")), encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    text = (
        write(small_document(code="buruk"))
        .replace("scale: RAPI", "scale: HILANG", 1)
        .replace("minutes: 3", "minutes: 0")
    )
    path = tmp_path / "buruk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments, **options):
    """Output and errors of a command."""
    out, err = StringIO(), StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_a_bank_is_imported_as_a_draft_by_the_technical_account(good):
    out, _err = run("import_bank", good)
    version = Version.objects.get()
    assert (version.status, version.questionnaire.code) == (Version.Status.DRAFT, "baik")
    assert "baik.yaml: diimpor sebagai Bank Kecil · versi 1 (draf)" in out
    account = version.last_edited_by
    assert not account.is_active
    assert not account.has_usable_password()


def test_importing_and_publishing_twice_does_it_once(good):
    for _time in range(2):
        out, _err = run("import_bank", good, publish=True)
    assert "sudah ada" in out
    assert Version.objects.get().status == Version.Status.PUBLISHED
    assert User.objects.filter(nip=None).count() == 1


def test_a_draft_that_was_imported_before_is_published_when_asked(good):
    run("import_bank", good)
    run("import_bank", good, publish=True)
    assert Version.objects.get().status == Version.Status.PUBLISHED


def test_a_named_person_imports(good):
    person = UserFactory()
    run("import_bank", good, by=person.nip)
    assert Version.objects.get().last_edited_by == person


def test_an_unknown_person_is_refused_without_repeating_the_number(good):
    with pytest.raises(CommandError) as error:
        run("import_bank", good, by="198001012010011999")
    assert "198001012010011999" not in str(error.value)
    assert not Questionnaire.objects.exists()


def test_one_bad_file_keeps_every_file_out_and_all_problems_are_printed(good, bad):
    events = AuditEvent.objects.count()
    err = StringIO()
    with pytest.raises(CommandError, match="2 masalah harus dibereskan; tidak ada yang diimpor"):
        call_command("import_bank", str(good), str(bad), publish=True, stderr=err)
    lines = err.getvalue().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("buruk.yaml:") for line in lines)
    assert "questionnaire.minutes: Bilangannya 0; paling kecil 1." in lines[0]
    assert not Questionnaire.objects.exists()
    assert AuditEvent.objects.count() == events


def test_a_file_that_meets_an_open_draft_keeps_every_file_out(good, tmp_path):
    draft_version()
    other = tmp_path / "lain.yaml"
    other.write_text(write(small_document()).replace("minutes: 3", "minutes: 4"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"sudah mempunyai draf .* Tidak ada yang diimpor"):
        run("import_bank", good, other)
    assert Version.objects.count() == 1


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"hilang\.yaml: tidak dapat dibaca"):
        run("check_bank", tmp_path / "hilang.yaml")


def test_checking_writes_nothing(good, bad):
    out, _err = run("check_bank", good)
    assert out == "baik.yaml: baik\n"
    with pytest.raises(CommandError, match="2 masalah"):
        run("check_bank", bad)
    assert not Questionnaire.objects.exists()


def test_checking_names_the_rule_and_advice_fails_only_when_strict(good):
    text = good.read_text(encoding="utf-8").replace(
        "Saya melakukan hal A1.", "Saya mencatat dan mengirim laporan."
    )
    good.write_text(text, encoding="utf-8")
    out, err = run("check_bank", good)
    assert out == "baik.yaml: baik\n"
    assert err.rstrip().endswith("(saran) [double-barrelled]")
    with pytest.raises(CommandError, match="1 masalah"):
        run("check_bank", good, strict=True)


def test_checking_can_answer_in_json(bad):
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_bank", str(bad), format="json", stdout=out)
    (checked,) = json.loads(out.getvalue())
    assert checked["name"] == "buruk.yaml"
    assert {finding["severity"] for finding in checked["findings"]} == {"error"}
    first = checked["findings"][0]
    assert (first["code"], first["path"]) == ("structure", "questionnaire.minutes")
    assert first["line"] > 0


def test_a_stored_questionnaire_is_checked_by_its_code():
    version = draft_version()
    version.items.filter(code="A1").update(stem_ind="Saya mendukung partai yang memerintah.")
    with pytest.raises(CommandError, match="1 masalah"):
        run("check_bank", questionnaire="bank-kecil")
    for options, sentence in (
        ({"questionnaire": "lain"}, "Yang ada: bank-kecil"),
        ({"questionnaire": "bank-kecil", "number": 7}, "tidak mempunyai versi 7"),
        ({}, "Sebutkan berkas bank"),
    ):
        with pytest.raises(CommandError, match=sentence):
            run("check_bank", **options)


def test_the_published_version_is_exported_or_the_one_that_is_named():
    version = published_version()
    assert run("export_bank", "bank-kecil")[0] == KEY_NOTE + write(version.document)
    assert run("export_bank", "bank-kecil", number=1)[0] == KEY_NOTE + write(version.document)
    assert run("export_bank", "bank-kecil", "--version", 1)[0] == KEY_NOTE + write(version.document)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_to_a_file(name, tmp_path):
    version = published_version()
    path = tmp_path / "keluar"
    run("export_bank", "bank-kecil", format=name, output=path)
    content = path.read_bytes()
    if FORMATS[name].is_form:
        assert content == export(version, name) or name == "xlsform"  # a workbook holds the time
        assert len(content) > 1000
    else:
        assert (
            content_hash(read(content, filename=f"x{FORMATS[name].suffix}").document) == version.content_hash
        )
    if name == "yaml":
        assert "belum divalidasi panel ahli" in content.decode().splitlines()[0]


def test_a_draft_with_problems_becomes_no_form_and_a_text_too_long_no_workbook(tmp_path):
    version = draft_version()
    version.items.filter(code="A1").update(stem_eng="")
    for name in ("xlsform", "surveyjs"):
        with pytest.raises(CommandError, match="belum dapat menjadi formulir"):
            run("export_bank", "bank-kecil", number=1, format=name, output=tmp_path / "x")
    Version.objects.update(introduction_ind="a" * 33_000)
    with pytest.raises(CommandError, match="terlalu panjang untuk satu sel"):
        run("export_bank", "bank-kecil", number=1, format="xlsx", output=tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_exporting_what_is_not_there_says_what_is():
    draft_version()
    for arguments, options, sentence in (
        (["lain"], {}, "tidak ada. Yang ada: bank-kecil"),
        (["bank-kecil"], {}, "belum mempunyai versi terbit"),
        (["bank-kecil"], {"number": 9}, "tidak mempunyai versi 9"),
    ):
        with pytest.raises(CommandError, match=sentence):
            run("export_bank", *arguments, **options)


# --- Workbooks and dry runs --------------------------------------------------------------------------------


def events_and_versions():
    return AuditEvent.objects.count(), Version.objects.count(), Questionnaire.objects.count()


@pytest.fixture
def reworded(tmp_path):
    """The small bank with one word changed, one key turned, one item dropped and one added."""
    document = small_document()
    items = document["sections"][0]["items"]
    items[0]["stem"]["id"] = "Saya mengerjakan hal A1."
    items[1]["key"] = -1
    items[2]["code"] = "A9"
    path = tmp_path / "diubah.yaml"
    path.write_text(write(document), encoding="utf-8")
    return path


def test_a_workbook_is_checked_and_imported_like_yaml(tmp_path):
    path = tmp_path / "baik.xlsx"
    path.write_bytes(write_workbook(small_document(code="baik")))
    assert run("check_bank", path)[0] == "baik.xlsx: baik\n"
    run("import_bank", path, publish=True)
    assert Version.objects.get().content_hash == content_hash(small_document(code="baik"))


def test_every_problem_of_a_workbook_is_printed_with_its_cell_and_nothing_is_written(tmp_path):
    path = tmp_path / "buruk.xlsx"
    path.write_bytes(with_cells({"Kuesioner!B6": 0, "Butir!B3": "A1", "Pasangan!A2": "=A1"}))
    before = events_and_versions()
    for command in ("check_bank", "import_bank"):
        err = StringIO()
        with pytest.raises(CommandError, match="3 masalah"):
            call_command(command, str(path), stderr=err)
        cells = [line.split(": ")[0] for line in err.getvalue().splitlines()]
        assert cells == ["buruk.xlsx:Kuesioner!B6", "buruk.xlsx:Butir!B3", "buruk.xlsx:Pasangan!A2"]
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_bank", str(path), format="json", stdout=out)
    assert json.loads(out.getvalue())[0]["findings"][0]["cell"] == "Kuesioner!B6"
    assert events_and_versions() == before


def test_a_dry_run_prints_the_differences_to_the_newest_version_and_writes_nothing(reworded):
    published_version()
    before = events_and_versions()
    out, _err = run("import_bank", reworded, dry_run=True)
    assert "akan menjadi draf versi 2. Perbedaan dengan Bank Kecil · versi 1 (terbit):" in out
    lines = [line.strip() for line in out.splitlines()]
    assert "+ A9: Saya melakukan hal A3." in lines
    assert "- A3: Saya melakukan hal A3." in lines
    start = lines.index("pernyataan · Indonesia")
    assert lines[start + 1 : start + 3] == ["- Saya melakukan hal A1.", "+ Saya mengerjakan hal A1."]
    start = lines.index("kunci (!)")
    assert lines[start + 1 : start + 3] == ["- 1", "+ -1"]
    assert lines[-1] == "Uji coba: tidak ada yang ditulis."
    assert events_and_versions() == before


def test_a_dry_run_says_what_is_new_and_what_is_there_already(good):
    out, _err = run("import_bank", good, dry_run=True)
    assert "baik.yaml: kuesioner baru; akan menjadi draf versi 1." in out
    run("import_bank", good, publish=True)
    before = events_and_versions()
    assert (
        "isinya sudah ada sebagai Bank Kecil · versi 1 (terbit)." in run("import_bank", good, dry_run=True)[0]
    )
    assert events_and_versions() == before


def test_a_dry_run_beside_an_open_draft_shows_the_differences_and_fails(reworded):
    draft_version()
    out = StringIO()
    with pytest.raises(CommandError, match="1 berkas tidak dapat diimpor sekarang"):
        call_command("import_bank", str(reworded), dry_run=True, stdout=out)
    assert "sudah mempunyai draf (versi 1)" in out.getvalue()
    assert "+ Saya mengerjakan hal A1." in out.getvalue()


def test_frameworks_load_twice_without_a_change():
    assert "dimuat" in run("import_frameworks")[0]
    events = AuditEvent.objects.count()
    assert "dimuat" not in run("import_frameworks")[0]
    assert AuditEvent.objects.count() == events
    assert Framework.objects.count() == 2


def test_a_corrected_framework_is_brought_up_to_date():
    run("import_frameworks")
    Competency.objects.filter(code="M.02").update(name_ind="Kerjasama")
    run("import_frameworks")
    assert Competency.objects.get(code="M.02").name_ind == "Kerja Sama"


def test_a_file_that_is_no_framework_is_refused(good):
    with pytest.raises(CommandError, match="bukan berkas kerangka"):
        run("import_frameworks", good)


def test_verifying_finds_a_version_whose_document_changed_behind_the_guard():
    version = published_version()
    assert run("verify_versions")[0] == "1 versi diperiksa; semua sidik isi cocok.\n"
    changed = small_document()
    changed["questionnaire"]["minutes"] = 99
    connection.check_constraints()  # PostgreSQL drops no trigger while constraints of the transaction are pending
    VERSION_GUARD.remove(None, connection.schema_editor())
    Version.objects.filter(pk=version.pk).update(document=changed)
    connection.check_constraints()
    VERSION_GUARD.install(None, connection.schema_editor())
    with pytest.raises(CommandError, match="bank-kecil versi 1"):
        run("verify_versions")
    assert content_hash(changed) != version.content_hash
