"""Import and export in the editor's room: dry run first, one audited step after it, nothing written in between."""

import copy
import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Role
from audit.models import AuditEvent
from questionnaires import actions
from questionnaires.admin import stash
from questionnaires.bank_documents import complete
from questionnaires.bank_files import read, write, write_workbook
from questionnaires.bank_files.workbook.package import LARGEST_WORKBOOK, MOST_UNPACKED
from questionnaires.bank_schema import SCHEMA_FILE
from questionnaires.exporting import FORMATS
from questionnaires.models import Questionnaire, Version
from questionnaires.version_document import content_hash
from tests.factories.agencies import person_with_role
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import draft_version, published_version, small_bank, small_document
from tests.questionnaires.workbooks import changed, repacked, with_cells

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_uploads_of_other_tests():
    cache.clear()


@pytest.fixture
def editor(client):
    person = person_with_role(Role.BANK_EDITOR)
    client.force_login(person)
    return person


def page(name, *arguments):
    return reverse(f"admin:questionnaires_{name}", args=arguments)


def upload(client, content, name="bank.yaml"):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(page("import"), {"file": SimpleUploadedFile(name, content)})


def confirm(client, token):
    return client.post(page("import_confirm"), {"unggahan": token}, follow=True)


def shown(response):
    return response.content.decode()


def everything():
    """What an import could have written."""
    return AuditEvent.objects.count(), Version.objects.count(), Questionnaire.objects.count()


def second_edition():
    """The small bank with one word changed and one key turned."""
    document = small_document()
    document["sections"][0]["items"][0]["stem"]["id"] = "Saya mengerjakan hal A1."
    document["sections"][0]["items"][1]["key"] = -1
    return document


# --- Dry run and confirmation ------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "as_file"), [("bank.yaml", write), ("bank.xlsx", write_workbook)])
def test_a_file_is_shown_first_and_becomes_a_draft_when_confirmed(client, editor, name, as_file):
    document = complete(rich_bank())
    before = everything()
    response = upload(client, as_file(document), name)
    assert response.status_code == 200
    assert "bila disetujui, isinya menjadi draf versi 1" in shown(response)
    assert everything() == before
    response = confirm(client, response.context["token"])
    version = Version.objects.get()
    assert response.redirect_chain[-1][0] == page("version_change", version.pk)
    assert (version.status, version.last_edited_by) == (Version.Status.DRAFT, editor)
    event = AuditEvent.objects.get(event="version.imported")
    assert (event.actor_id, event.detail["file"]) == (editor.pk, name)
    assert everything() == (before[0] + 1, 1, 1)


def test_the_differences_to_the_newest_version_come_before_the_button(client, editor):
    published_version()
    before = everything()
    text = shown(upload(client, write(second_edition())))
    assert "Bank Kecil · versi 1" in text
    assert "<del>melakukan</del>" in text
    assert "<ins>mengerjakan</ins>" in text
    assert "Impor sebagai draf baru" in text
    assert everything() == before


def test_a_confirmation_is_refused_when_the_newest_version_changed_in_between(client, editor):
    published_version()
    token = upload(client, write(second_edition())).context["token"]
    other = small_bank()
    other["questionnaire"]["minutes"] = 9
    draft = draft_version(bank=other)
    actions.submit_for_review(version=draft, by=editor)
    actions.publish_version(
        version=draft, change_note="Lain.", by=person_with_role(Role.BANK_APPROVER), bootstrap=True
    )
    before = everything()
    assert "berubah setelah perbedaannya ditampilkan" in shown(confirm(client, token))
    assert everything() == before


def test_a_confirmation_works_once(client, editor):
    token = upload(client, write(small_document())).context["token"]
    confirm(client, token)
    before = everything()
    assert "sudah tidak disimpan" in shown(confirm(client, token))
    assert everything() == before


def test_a_later_upload_takes_the_place_of_the_earlier_one(client, editor):
    first = upload(client, write(small_document())).context["token"]
    second = upload(client, write(second_edition())).context["token"]
    assert "sudah tidak disimpan" in shown(confirm(client, first))
    assert not Version.objects.exists()
    confirm(client, second)
    assert Version.objects.get().items.get(code="A2").key == -1


def test_an_upload_expires(client, editor, time_machine, settings):
    settings.STAFF_POWERS_IDLE_SECONDS = 2 * stash.KEPT_FOR  # or the door of the staff rooms comes first
    time_machine.move_to("2026-11-26T10:00:00+07:00", tick=False)
    client.force_login(editor)
    token = upload(client, write(small_document())).context["token"]
    time_machine.shift(stash.KEPT_FOR + 1)
    assert "sudah tidak disimpan" in shown(confirm(client, token))
    assert not Version.objects.exists()


def test_an_upload_belongs_to_the_person_who_made_it(client, editor):
    token = upload(client, write(small_document())).context["token"]
    client.force_login(person_with_role(Role.BANK_EDITOR))
    for attempt in (token, "", "lain", "é"):
        assert "sudah tidak disimpan" in shown(confirm(client, attempt))
    assert not Version.objects.exists()


def test_what_is_there_already_offers_no_button(client, editor):
    published_version()
    response = upload(client, write(small_document()))
    assert "sudah ada sebagai Bank Kecil · versi 1" in shown(response)
    assert "token" not in response.context


def test_beside_an_open_draft_the_differences_are_shown_without_a_button(client, editor):
    draft_version()
    response = upload(client, write(second_edition()))
    assert "sudah mempunyai draf (versi 1)" in shown(response)
    assert "<ins>mengerjakan</ins>" in shown(response)
    assert "token" not in response.context


# --- Bad files ---------------------------------------------------------------------------------------------


def test_every_problem_is_listed_with_its_line_and_a_way_to_the_help(client, editor):
    text = (
        write(small_document()).replace("minutes: 3", "minutes: 0").replace("scale: RAPI", "scale: HILANG", 1)
    )
    before = everything()
    response = upload(client, text)
    assert response.status_code == 422
    assert "2 masalah di bank.yaml" in shown(response)
    assert "Bilangannya 0; paling kecil 1." in shown(response)
    assert "Skala “HILANG” tidak ada." in shown(response)
    assert "<td>16</td>" in shown(response)
    assert f"{page('import_help')}#lembar-kuesioner" in shown(response)
    assert f"{page('import_help')}#lembar-butir" in shown(response)
    assert everything() == before


def test_every_problem_of_a_workbook_is_listed_with_its_cell(client, editor):
    cells = {
        "Kuesioner!B6": "=1+1",
        "Butir!B3": "A1",
        "Skala!B2": "Aspek",
        "Skala!C2": "PEKA",
        "Skala!B3": "Aspek",
        "Skala!C3": "RAPI",
        "Pasangan!A1": "Kolom lain",
    }
    before = everything()
    response = upload(client, with_cells(cells), "bank.xlsx")
    assert response.status_code == 422
    text = shown(response)
    for cell in ("Kuesioner!B6", "Butir!B3", "Skala!C2", "Pasangan!A1"):
        assert f"<td>{cell}</td>" in text, cell
    for sentence in (
        "berisi rumus",
        "sudah dipakai di atas",
        "melingkar kembali",
        "tidak dikenal. Yang dikenal",
    ):
        assert sentence in text, sentence
    assert everything() == before


def without_key(document):
    """A vignette whose actions have no effectiveness."""
    changed_document = copy.deepcopy(document)
    for option in changed_document["sections"][3]["items"][0]["options"]:
        option["effectiveness"] = None
    return changed_document


FILES = {
    "huge": ("bank.xlsx", lambda: b"PK\x03\x04" + bytes(LARGEST_WORKBOOK), "terlalu besar"),
    "huge YAML": ("bank.yaml", lambda: b"#" * (300 * 1024), "terlalu besar"),
    "a zip bomb": (
        "bank.xlsx",
        lambda: repacked(extra=[("xl/media/a.bin", bytes(MOST_UNPACKED + 1))]),
        "setelah dibuka",
    ),
    "not a workbook": ("bank.xlsx", lambda: b"PK\x03\x04rusak", "bukan buku kerja XLSX yang utuh"),
    "not text": ("bank.yaml", lambda: b"a: \xff", "bukan teks UTF-8"),
    "empty": ("bank.yaml", lambda: b" ", "kosong"),
    "a macro": ("bank.xlsx", lambda: repacked(extra=[("xl/vbaProject.bin", b"x")]), "memuat makro"),
    "a missing sheet": (
        "bank.xlsx",
        lambda: changed(lambda book: book.remove(book["Skala"])),
        "Lembar “Skala”",
    ),
    "a vignette without key": ("bank.yaml", lambda: write(without_key(complete(rich_bank()))), "etepatan"),
    "a vignette without key in a workbook": (
        "bank.xlsx",
        lambda: write_workbook(without_key(complete(rich_bank()))),
        "etepatan",
    ),
}


@pytest.mark.parametrize("which", FILES)
def test_a_bad_file_is_refused_and_nothing_is_written_or_kept(client, editor, which):
    name, make, sentence = FILES[which]
    before = everything()
    response = upload(client, make(), name)
    assert response.status_code == 422
    assert sentence in shown(response)
    assert "token" not in response.context
    assert everything() == before


def test_a_name_or_a_text_with_markup_is_shown_as_text(client, editor):
    text = write(small_document()).replace("scale: RAPI", "scale: '<b>x</b>'", 1)
    response = upload(client, text, "<img src=x>.yaml")
    assert "<b>x</b>" not in shown(response)
    assert "<img src=x>" not in shown(response)


# --- What can be taken along -------------------------------------------------------------------------------


def test_the_template_and_the_schema_are_downloads(client, editor):
    template = client.get(page("import_template"))
    assert template["Content-Disposition"] == 'attachment; filename="templat-bank-butir.xlsx"'
    assert len(read(template.content, filename="t.xlsx").problems) > 5
    schema = client.get(page("import_schema"))
    assert json.loads(schema.content) == json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def test_the_help_page_has_a_place_for_every_sheet(client, editor):
    text = shown(client.get(page("import_help")))
    for anchor in (
        "kuesioner",
        "set-jawaban",
        "skala",
        "umpan-balik",
        "bagian",
        "butir",
        "pilihan",
        "pasangan",
    ):
        assert f'id="lembar-{anchor}"' in text


def test_the_page_of_a_version_leads_to_every_format(client, editor):
    version = published_version(bank=rich_bank())
    export = page("version_export", version.pk)
    assert export in shown(client.get(page("version_change", version.pk)))
    text = shown(client.get(export))
    assert "belum divalidasi panel ahli" in text
    for name, each in FORMATS.items():
        link = page("version_export_file", version.pk, name)
        assert link in text
        response = client.get(link)
        assert response["Content-Type"] == each.content_type
        assert response["Content-Disposition"].endswith(f'bank-kaya-v1{each.suffix}"')
        if not each.is_form:
            document = read(response.content, filename=f"x{each.suffix}").document
            assert content_hash(document) == version.content_hash
    assert client.get(page("version_export_file", version.pk, "lain")).status_code == 404


def test_a_draft_with_problems_becomes_no_form(client, editor):
    version = draft_version()
    version.items.filter(code="A1").update(stem_eng="")
    response = client.get(page("version_export_file", version.pk, "xlsform"), follow=True)
    assert response.redirect_chain[-1][0] == page("version_export", version.pk)
    assert "belum dapat menjadi formulir" in shown(response)
