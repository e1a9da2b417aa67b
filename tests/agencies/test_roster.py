"""Files of units and people on their pages: nothing is written before applying, and twice writes nothing more."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from accounts.models import User
from agencies import actions as agencies
from agencies.models import Placement, Role, RoleGrant, RosterPart, RosterUpload, Unit
from agencies.roster import actions, files
from audit.models import AuditEvent
from background.models import BackgroundJob
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, add_unit, person_with_role, placed_person, root_of
from tests.factories.rosters import brought, csv_file, nip_of, post_file

pytestmark = pytest.mark.django_db

HEADER = ["nipBaru", "nama", "emailGov", "unorId", "jenisJabatan", "NIK", "Agama"]
NIK, FAITH = "3201015010850001", "kepercayaan-uji"


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def health(agency):
    return add_unit(root_of(agency), "dinkes", "Dinas Kesehatan")


@pytest.fixture
def administrator(agency):
    return person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency)


@pytest.fixture
def bring(agency, administrator, tmp_path):
    def bring(content, **options):
        return brought(content, agency=agency, by=administrator, folder=tmp_path, **options)

    return bring


def row(number, *, name=None, unit="dinkes", job="Pelaksana"):
    return [nip_of(number), name or f"Orang {number}", "", unit, job, NIK, FAITH]


def people_file(*rows, **options):
    return csv_file(HEADER, *rows, **options)


def counts(upload):
    return {kind: count for kind, count in upload.preview["counts"].items() if count}


def apply(upload, by):
    actions.ask_to_apply(upload=upload, by=by)
    upload.refresh_from_db()
    return BackgroundJob.objects.filter(kind=actions.APPLY).first()


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (User, Unit, Placement, RoleGrant)]


# --- people ---------------------------------------------------------------------------------------------------------


def test_reading_writes_nothing_about_people(bring, health):
    before = everything()
    upload = bring(people_file(row(1), row(2)))
    assert (upload.state, counts(upload)) == (RosterUpload.State.READY, {"new": 2})
    assert everything() == before


def test_applying_makes_people_places_and_the_right_to_answer_and_the_trail_knows(
    bring, health, administrator
):
    upload = bring(people_file(row(1), row(2, job="Pengawas")))
    assert apply(upload, administrator).state == BackgroundJob.State.DONE
    person = User.objects.get(nip=nip_of(2))
    place = person.placements.get()
    assert (place.unit, place.job_category, place.supervises_others) == (health, "PWS", True)
    assert not person.has_usable_password()
    assert person.role_grants.get().role == Role.RESPONDENT
    events = AuditEvent.objects.filter(actor_id=administrator.pk, agency_id=upload.agency_id)
    assert events.filter(event="user.created").count() == 2
    assert events.filter(event="person.placed", target_id=str(place.pk)).count() == 1
    assert events.get(event="roster.applied").detail == {"new": 2, "left": 0, "rejected": 0}


def test_the_same_file_twice_changes_nothing(bring, health, administrator):
    content = people_file(row(1), row(2))
    apply(bring(content), administrator)
    before = everything()
    again = bring(content)
    assert counts(again) == {"same": 2}
    apply(again, administrator)
    assert everything() == before


def test_an_upload_is_applied_once(bring, health, administrator):
    upload = bring(people_file(row(1)))
    apply(upload, administrator)
    before = everything()
    with pytest.raises(ValueError, match="sudah diterapkan"):
        actions.ask_to_apply(upload=upload, by=administrator)
    assert everything() == before


def test_a_move_ends_the_old_place_and_keeps_it(bring, agency, health, administrator):
    add_unit(root_of(agency), "disdik")
    apply(bring(people_file(row(1), row(2))), administrator)
    person = User.objects.get(nip=nip_of(1))
    Placement.objects.filter(person=person).update(valid_from=date(2024, 1, 1))
    upload = bring(people_file(row(1, unit="disdik"), row(2, name="Orang Dua")))
    assert counts(upload) == {"moved": 1, "changed": 1}
    apply(upload, administrator)
    old, new = person.placements.order_by("pk")
    assert (old.unit.code, old.valid_to, new.unit.code, new.valid_to) == (
        "dinkes",
        new.valid_from,
        "disdik",
        None,
    )
    assert User.objects.get(nip=nip_of(2)).name == "Orang Dua"


def test_whoever_is_missing_from_a_complete_file_leaves_and_stays_on_record(bring, health, administrator):
    apply(bring(people_file(row(1), row(2))), administrator)
    upload = bring(people_file(row(1)), is_complete=True)
    assert counts(upload) == {"same": 1, "left": 1}
    apply(upload, administrator)
    gone = User.objects.get(nip=nip_of(2))
    assert gone.placements.get().valid_to is not None
    assert not gone.role_grants.exists()
    assert AuditEvent.objects.filter(event="person.left").count() == 1


def test_nobody_leaves_by_a_file_that_is_not_complete_or_has_rejected_rows(bring, health, administrator):
    apply(bring(people_file(row(1), row(2))), administrator)
    assert counts(bring(people_file(row(1)))) == {"same": 1}
    broken = row(2)
    broken[0] = "1.98503E+17"
    upload = bring(people_file(row(1), broken), is_complete=True)
    assert counts(upload) == {"same": 1, "left": 1, "rejected": 1}
    apply(upload, administrator)
    assert Placement.objects.filter(valid_to__isnull=True).count() == 2


def test_somebody_who_comes_back_is_placed_again_with_the_same_account(bring, health, administrator):
    apply(bring(people_file(row(1), row(2))), administrator)
    apply(bring(people_file(row(1)), is_complete=True), administrator)
    apply(bring(people_file(row(2))), administrator)
    person = User.objects.get(nip=nip_of(2))
    assert person.placements.count() == 2
    assert person.role_grants.count() == 1


def test_every_problem_is_told_with_its_row_and_the_good_rows_are_applied(bring, health, administrator):
    ruined, nowhere = row(2), row(3, unit="tidak-ada")
    ruined[0] = "1.98503E+17"
    upload = bring(people_file(row(1), ruined, nowhere, row(1)))
    told = [(problem["row"], problem["column"]) for problem in upload.preview["problems"]]
    assert told == [(3, "NIP"), (4, "Kode unit"), (5, "NIP")]
    apply(upload, administrator)
    assert User.objects.filter(nip__in=[nip_of(1), nip_of(3)]).count() == 1


def test_a_person_of_another_agency_is_refused_without_saying_which(bring, health):
    elsewhere = AgencyFactory(name="Instansi Rahasia")
    placed_person(root_of(elsewhere), nip=nip_of(1))
    upload = bring(people_file(row(1)))
    assert counts(upload) == {"rejected": 1}
    assert "instansi lain" in upload.preview["problems"][0]["sentence"]
    assert "Rahasia" not in repr(upload.preview)


def test_an_administrator_of_a_unit_changes_people_of_that_unit_only(agency, health, tmp_path):
    other = add_unit(root_of(agency), "disdik")
    placed_person(other, nip=nip_of(2))
    placed_person(health, nip=nip_of(3))
    by = person_with_role(Role.AGENCY_ADMINISTRATOR, unit=health)
    content = people_file(row(1, unit="disdik"), row(2), row(4))
    upload = brought(content, agency=agency, by=by, folder=tmp_path, is_complete=True)
    assert counts(upload) == {"new": 1, "rejected": 2, "left": 1}
    names = [each["name"] for each in upload.preview["examples"]["left"]]
    assert names == [User.objects.get(nip=nip_of(3)).get_full_name()]


def test_what_changed_since_the_preview_is_not_overwritten(bring, agency, health, administrator):
    other = add_unit(root_of(agency), "disdik")
    upload = bring(people_file(row(1)))
    placed_person(other, nip=nip_of(1))
    before = everything()
    job = apply(upload, administrator)
    assert job.state == BackgroundJob.State.FAILED
    assert "berubah sejak pratinjau" in job.reason
    assert everything() == before
    actions.read_again(upload=upload, by=administrator)
    upload.refresh_from_db()
    assert counts(upload) == {"moved": 1}


def test_whoever_lost_the_role_applies_nothing(bring, health, administrator):
    upload = bring(people_file(row(1)))
    agencies.revoke_role(grant=administrator.role_grants.get(), by=None)
    before = everything()
    assert apply(upload, User.objects.get(pk=administrator.pk)).state == BackgroundJob.State.FAILED
    assert everything() == before


# --- what is kept of a file -----------------------------------------------------------------------------------------


def kept_text(upload):
    rows = [part for rejected in (False, True) for part in files.kept_rows(upload, is_rejected=rejected)]
    return repr([rows, upload.preview, upload.columns, upload.ignored])


def test_columns_that_are_not_read_are_never_kept(bring, health):
    ruined = row(2)
    ruined[0] = "1.98503E+17"
    upload = bring(people_file(row(1), ruined))
    assert upload.ignored == ["NIK", "Agama"]
    assert NIK not in kept_text(upload)
    assert FAITH not in kept_text(upload)


def test_a_file_that_was_applied_or_thrown_away_is_forgotten(bring, health, administrator):
    applied, thrown = bring(people_file(row(1))), bring(people_file(row(2)))
    apply(applied, administrator)
    actions.discard(upload=thrown, by=administrator)
    assert not RosterPart.objects.exists()
    for upload in (applied, thrown):
        upload.refresh_from_db()
        assert list(upload.preview) == ["counts"]


def test_a_file_that_nobody_applied_is_thrown_away_after_a_week(bring, health):
    old = bring(people_file(row(1)))
    RosterUpload.objects.update(uploaded_at=timezone.now() - actions.KEPT_FOR - timedelta(hours=1))
    bring(people_file(row(2)))
    old.refresh_from_db()
    assert (old.state, old.parts.count()) == (RosterUpload.State.DISCARDED, 0)


# --- files as people really save them -------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_and_separators_are_found(bring, health, encoding, delimiter):
    upload = bring(people_file(row(1, name="Zoë Siahaan"), encoding=encoding, delimiter=delimiter))
    assert upload.preview["examples"]["new"][0]["name"] == "Zoë Siahaan"


def test_a_file_pasted_together_from_two_encodings_is_refused_and_spoils_nobodys_name(
    client, agency, health, administrator
):
    old = people_file(row(1, name="José"), encoding="cp1252")
    new = people_file(row(2, name="Zoë")).partition(b"\n")[2]
    client.force_login(administrator)
    page = post_file(client, agency, old + new).content.decode()
    assert "baris 3 tersimpan sebagai UTF-8, sedangkan baris 2 tidak" in page
    assert not RosterUpload.objects.exists()


@pytest.mark.parametrize("number", ["8503102010011001", "98503102010011001", "1985031020100110010"])
def test_a_number_that_lost_digits_in_a_spreadsheet_is_explained(bring, health, number):
    ruined = row(1)
    ruined[0] = number
    problem = bring(people_file(ruined)).preview["problems"][0]
    assert "seharusnya 18. Angka di depan atau di belakang hilang atau bertambah" in problem["sentence"]
    assert problem["values"] == {"count": len(number)}


def workbook(*rows):
    book, out = Workbook(), io.BytesIO()
    for each in rows:
        book.active.append(each)
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_with_its_dates_and_its_ruined_numbers(bring, health):
    header = ["NIP", "Nama", "Kode unit", "TMT jabatan"]
    rows = [[nip_of(1), "Orang", "dinkes", date(2024, 1, 31)], [float(nip_of(2)), "Lain", "dinkes", 45322]]
    upload = bring(workbook(header, *rows))
    assert counts(upload) == {"new": 1, "rejected": 1}
    assert "bilangan besar" in upload.preview["problems"][0]["sentence"]


@pytest.mark.parametrize("name", ["pegawai-csv", "pegawai-xlsx", "unit-csv", "unit-xlsx"])
def test_a_template_as_it_comes_can_be_uploaded(client, bring, agency, administrator, name):
    client.force_login(administrator)
    response = client.get(reverse("agencies:template", args=[name]))
    kind = "units" if name.startswith("unit") else "people"
    if kind == "people":
        add_unit(root_of(agency), "dinkes-puskesmas-1")
    assert counts(bring(response.content, kind=kind)) == {"new": 1}
    if name.endswith("xlsx"):
        assert load_workbook(io.BytesIO(response.content)).sheetnames == ["Isian", "Petunjuk"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "berkas kosong"),
        (b"NIP,Nama\n", "Kolom ini tidak ditemukan: Kode unit"),
        (b"NIP,Nama,Kode unit\n", "hanya berisi nama kolom"),
        (b"PK\x03\x04 bukan zip", "bukan buku kerja XLSX yang utuh"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "xls"),
        (bytes(range(256)) * 4, "bukan berkas CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence_and_nothing_is_kept(
    client, agency, administrator, content, words
):
    client.force_login(administrator)
    response = post_file(client, agency, content)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert "/tmp" not in page  # noqa: S108
    assert not RosterUpload.objects.exists()


def test_a_file_too_large_is_refused_before_it_is_read(client, agency, administrator, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_CSV", 1024 * 1024)
    client.force_login(administrator)
    response = post_file(client, agency, b"NIP" + bytes(2 * 1024 * 1024))
    assert response.status_code == 422
    assert "paling besar 1 MB" in response.content.decode()


def test_a_zip_bomb_is_refused_without_being_unpacked(client, agency, administrator):
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(500 * 1024 * 1024))
    client.force_login(administrator)
    response = post_file(client, agency, out.getvalue(), name="pegawai.xlsx")
    assert "terlalu besar setelah dibuka" in response.content.decode()


# --- units ----------------------------------------------------------------------------------------------------------


def units_file(*rows):
    return csv_file(["id", "DiatasanId", "NamaUnor"], *rows)


def test_units_are_added_moved_and_renamed_and_their_people_stay(bring, agency, health, administrator):
    clinic = add_unit(health, "puskesmas")
    nurse = placed_person(clinic)
    upload = bring(
        units_file(["rsud", "", "RSUD"], ["dinkes", "rsud", "Dinas Kesehatan dan KB"]), kind="units"
    )
    assert counts(upload) == {"new": 1, "moved": 1, "absent": 1}
    apply(upload, administrator)
    hospital, moved = Unit.objects.get(code="rsud"), Unit.objects.get(code="dinkes")
    clinic.refresh_from_db()
    assert (moved.parent, moved.name, moved.path) == (
        hospital,
        "Dinas Kesehatan dan KB",
        hospital.path + "0001/",
    )
    assert (clinic.path, clinic.depth) == (moved.path + "0001/", 4)
    assert nurse.placements.get().unit == clinic
    assert (
        agencies.add_unit(parent=hospital, code="baru", name="Baru", by=None).path == hospital.path + "0002/"
    )
    event = AuditEvent.objects.get(event="unit.moved")
    assert event.detail == {"from": health.path, "to": moved.path}


def test_a_file_of_units_twice_changes_nothing(bring, administrator):
    content = units_file(["seksi", "bidang", "Seksi"], ["bidang", "", "Bidang"])
    apply(bring(content, kind="units"), administrator)
    before = everything()
    again = bring(content, kind="units")
    assert counts(again) == {"same": 2}
    apply(again, administrator)
    assert everything() == before


# --- pages ----------------------------------------------------------------------------------------------------------


def test_an_administrator_brings_checks_and_applies_a_file(client, agency, health, administrator):
    client.force_login(administrator)
    ruined = row(2)
    ruined[0] = "1.98503E+17"
    response = post_file(client, agency, people_file(row(1), ruined))
    page = client.get(response.headers["Location"])
    text = page.content.decode()
    for words in (
        "Pegawai baru",
        "1 baris ditolak",
        "NIK, Agama",
        "Terapkan 1 perubahan",
        "Baris lain tetap dapat",
    ):
        assert words in text, words
    assert nip_of(1) not in text
    done = client.post(response.headers["Location"], {"go": "apply"}, follow=True)
    assert "Berkas sudah diterapkan" in done.content.decode()
    assert User.objects.filter(nip=nip_of(1)).exists()


def test_rejected_rows_come_back_harmless_with_what_to_mend(client, bring, agency, health, administrator):
    bad = row(1, name="=cmd()", unit="tidak-ada")
    upload = bring(people_file(bad))
    client.force_login(administrator)
    response = client.get(reverse("agencies:rejected", args=[upload.public_id]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    header, line = text.strip().splitlines()
    assert header.startswith("Baris;NIP;Nama;")
    assert "'=cmd()" in line
    assert "Tidak ada unit dengan kode ini" in line


@pytest.mark.parametrize("state", [BackgroundJob.State.WAITING, BackgroundJob.State.RUNNING])
def test_the_page_follows_the_work_and_offers_nothing_meanwhile(client, bring, health, administrator, state):
    upload = bring(people_file(row(1)))
    RosterUpload.objects.update(state=RosterUpload.State.READING)
    BackgroundJob.objects.filter(kind=actions.READ).update(state=state, finished_at=None, done=1, total=4)
    client.force_login(administrator)
    text = client.get(reverse("agencies:roster", args=[upload.public_id])).content.decode()
    assert "data-progress" in text
    assert "1 dari 4 baris" in text
    assert 'value="apply"' not in text


def test_no_page_asks_more_of_the_database_when_there_is_more(client, bring, agency, health, administrator):
    client.force_login(administrator)

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    small = bring(people_file(row(1)))
    room = reverse("agencies:room", args=[agency.code])
    few = cost(room), cost(reverse("agencies:roster", args=[small.public_id]))
    large = bring(
        people_file(*(row(number) for number in range(1, 30)), *(row(n, unit="x") for n in range(30, 60)))
    )
    for _ in range(5):
        bring(people_file(row(1)))
    assert (cost(room), cost(reverse("agencies:roster", args=[large.public_id]))) == few


def test_reading_asks_the_database_by_the_part_and_not_by_the_row(bring, health, administrator):
    with CaptureQueriesContext(connection) as few:
        bring(people_file(row(1)))
    with CaptureQueriesContext(connection) as many:
        upload = bring(people_file(*(row(number) for number in range(1, 200))))
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as applied:
        apply(upload, administrator)
    assert len(applied) < 60


def test_an_unknown_step_changes_nothing(client, bring, health, administrator):
    upload = bring(people_file(row(1)))
    client.force_login(administrator)
    before = everything()
    response = client.post(reverse("agencies:roster", args=[upload.public_id]), {"go": "x"}, follow=True)
    assert "tidak dikenal" in response.content.decode()
    assert everything() == before


def test_a_closed_account_is_not_opened_by_a_file(bring, health):
    UserFactory(nip=nip_of(1), is_active=False)
    assert counts(bring(people_file(row(1)))) == {"rejected": 1}
