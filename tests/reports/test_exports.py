"""Frozen results as files: asked for with a purpose, made once, marked, fetched by whoever asked, gone after a week."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role, RoleGrant, Unit
from agencies.policies import PolicyError
from audit.models import AuditEvent
from background import actions as background
from background.models import BackgroundJob
from background.running import Run, RunLost
from reports.background_work import make_export
from reports.exports import policies
from reports.exports.actions import EXPORT, remove_expired
from reports.exports.csv_files import write_csv
from reports.exports.lines import Line, headings
from reports.exports.making import make
from reports.exports.marks import Mark
from reports.models import Export, ExportPart, ResultDetail
from reports.reach import FrozenReach
from reports.results import freeze
from reports.selectors import agency_dashboard
from tests.factories.agencies import analyst_of, person_with_role
from tests.factories.exports import PURPOSE, export_of, file_of, table_of
from tests.factories.questionnaires import published_version
from tests.reports.pages import HIDDEN
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db


def frozen_world(sizes=None, **fields):
    made = world(sizes or {"besar": 30, "sedang": 12, "kecil": 4}, **fields)
    made.release = freeze(campaign=made.close(), agency=made.agency, by=made.analyst)
    return made


def exported(made, unit="", by=None, **fields):
    return export_of(made.release, made.units[unit], by=by or made.analyst, **fields)


def page_of(made, unit=""):
    return reverse("reports:exports", args=[made.campaign.public_id, made.agency.code, made.units[unit].code])


def post(client, made, *, unit="", user=None, **fields):
    client.force_login(user or made.analyst)
    body = {"form": "csv", "purpose": PURPOSE, "request_key": uuid.uuid4()} | fields
    return client.post(page_of(made, unit), body)


def fetched(client, export, user):
    client.force_login(user)
    return client.get(reverse("reports:export_file", args=[export.public_id]))


class TestTheFile:
    def test_holds_the_figures_of_the_page_and_no_other(self):
        made = frozen_world(answers={"besar": 5, "sedang": 2})
        page = agency_dashboard(made.analyst, made.campaign, made.agency)
        lines = table_of(exported(made))
        means = {
            (line["Kode unit"], line["Nama"]): line for line in lines if line["Jenis angka"] == "Rata-rata"
        }
        table = page.tables[0]
        shown = [row for row in table.rows if row.is_shown]
        assert len(shown) > 1
        for row in shown:
            for name, cell in zip(table.dimensions, row.cells, strict=True):
                line = means[row.unit.code, name.id]
                assert (line["Angka"], line["Responden"]) == (str(cell.cell.value), str(cell.cell.n))
                assert line["Keterangan"] == ""
        hidden = [row.unit.code for row in table.rows if not row.is_shown]
        assert hidden and not any(code in hidden for code, _name in means)

    def test_marks_what_is_hidden_as_a_gap_with_its_reason(self):
        made = frozen_world()
        lines = table_of(exported(made))
        of_small = [line for line in lines if line["Kode unit"] == "kecil"]
        assert [(line["Jenis angka"], line["Keterangan"]) for line in of_small] == [("Semua angka", HIDDEN)]
        told = ("Pembanding", "Kebutuhan belajar")  # their remarks are words about a figure
        gaps = [line for line in lines if line["Keterangan"] and line["Jenis angka"] not in told]
        # The spread of 30 people would, taken from that of 46, tell that of sixteen.
        assert ("besar", "Sebaran kategori") in {(line["Kode unit"], line["Jenis angka"]) for line in gaps}
        for line in gaps:
            assert line["Keterangan"] == HIDDEN
            assert {line[name] for name in ("Responden", "Angka", "Batas bawah 95%", "Batas atas 95%")} == {
                ""
            }

    def test_shows_nothing_of_fewer_than_ten_people(self):
        lines = table_of(exported(frozen_world()))
        counts = [int(line["Responden"]) for line in lines if line["Responden"]]
        assert counts and min(counts) >= 10

    def test_tells_every_kind_of_figure_that_pages_tell(self):
        made = frozen_world({"besar": 40, "lain": 35})
        kinds = {line["Jenis angka"] for line in table_of(exported(made)) if not line["Keterangan"]}
        assert {"Partisipasi", "Rata-rata", "Persentase positif", "Sebaran kategori", "Mutu jawaban"} <= kinds
        stored = set(ResultDetail.objects.values_list("kind", flat=True))
        assert ("Jenis kepegawaian" in kinds) == ("employment" in stored)

    def test_names_nobody_but_whoever_asked(self):
        made = frozen_world()
        text = file_of(exported(made)).decode("utf-8-sig")
        people = [person for group in made.people.values() for person in group]
        assert people and not any(person.name in text or person.nip in text for person in people)
        assert not re.search(r"\d{18}", text)

    def test_carries_who_when_and_what_for_in_every_row(self):
        made = frozen_world()
        with time_machine.travel("2026-11-26 03:20:00+00:00", tick=False):
            export = exported(made)
        for line in table_of(export):
            assert line["Diekspor oleh"] == made.analyst.get_full_name()
            assert line["Diminta pada"].startswith("26 November 2026 pukul")
            assert line["Tujuan"] == PURPOSE

    def test_covers_the_chosen_unit_and_what_is_below_it(self):
        made = frozen_world({"besar": 12, "besar/utara": 15, "lain": 20})
        codes = {line["Kode unit"] for line in table_of(exported(made, "besar"))}
        assert codes == {"besar", "besar-utara"}

    def test_speaks_the_language_in_which_it_was_asked_for(self):
        made = frozen_world()
        line = table_of(exported(made, language="en"))[0]
        assert {"Unit code", "Unit", "Kind of figure", "Figure", "Purpose"} <= set(line)

    def test_is_made_in_as_many_queries_for_many_units_as_for_few(self, tmp_path):
        few = frozen_world({"a": 12, "b": 12})
        many = frozen_world(dict.fromkeys("cdefghij", 12), version=published_version(code="lain"))
        counts = []
        for made in (few, many):
            export = exported(made)
            with CaptureQueriesContext(connection) as queries:
                make(export, FrozenReach(is_whole=True), tmp_path / "berkas", lambda done, total: None)
            counts.append(len(queries))
        assert counts[0] == counts[1]


ATTACKS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0", "\uff1d1+1")


class TestFormulas:
    @pytest.mark.parametrize("text", ATTACKS)
    def test_in_the_name_of_a_unit_stay_text(self, text):
        made = frozen_world()
        Unit.objects.filter(pk=made.units["besar"].pk).update(name=text)
        names = {line["Unit kerja"] for line in table_of(exported(made)) if line["Kode unit"] == "besar"}
        assert names == {f"'{text}"}

    @pytest.mark.parametrize("text", ATTACKS)
    def test_in_headings_and_marks_stay_text(self, text, tmp_path, monkeypatch):
        monkeypatch.setattr("reports.exports.csv_files.headings", lambda: (text, *headings()[1:]))
        line = Line("kode", "Unit", 1, "q", "angka", "k", text, text, "", 10, "≥95", "", "", "")
        path = tmp_path / "berkas.csv"
        assert write_csv([line], Mark(text, "kini", text), path) == 1
        heading, row = path.read_bytes().decode("utf-8-sig").split("\r\n", 1)[0], path.read_text("utf-8-sig")
        assert heading.lstrip('"').startswith("'")
        assert row.count(f"'{text}") == 5 or "\r" in text


class TestAsking:
    def test_makes_a_file_and_a_record(self, client):
        made = frozen_world()
        response = post(client, made)
        assert response.status_code == 302
        export = Export.objects.get()
        assert (export.asked_by, export.purpose, export.form) == (made.analyst, PURPOSE, "csv")
        assert export.expires_at - export.made_at == policies.KEPT_FOR == timedelta(days=7)
        assert export.line_count == len(table_of(export)) and export.size == len(file_of(export))
        events = AuditEvent.objects.filter(target_model="reports.export", target_id=str(export.pk))
        assert [event.event for event in events.order_by("pk")] == ["export.asked", "export.made"]
        assert events.get(event="export.asked").detail["purpose"] == PURPOSE

    @pytest.mark.parametrize(
        ("purpose", "sentence"),
        [
            ("", "Tulis untuk apa berkas ini dipakai"),
            ("   \t ", "Tulis untuk apa berkas ini dipakai"),
            ("..........!!", "sedikitnya 10 huruf"),
            ("Rapat tentang 198609262015051001", "Jangan menulis NIP"),
            ("Rapat tentang 19860926 201505 1 001", "Jangan menulis NIP"),
        ],
    )
    def test_without_a_fit_purpose_makes_nothing_and_says_why(self, client, purpose, sentence):
        made = frozen_world()
        response = post(client, made, purpose=purpose)
        assert response.status_code == 422
        assert sentence in response.text
        assert not Export.objects.exists()
        assert not BackgroundJob.objects.filter(kind=EXPORT).exists()

    def test_twice_with_one_form_makes_one_file(self, client):
        made, key = frozen_world(), uuid.uuid4()
        for _press in range(2):
            assert post(client, made, request_key=key).status_code == 302
        assert Export.objects.count() == 1
        assert BackgroundJob.objects.filter(kind=EXPORT).count() == 1

    def test_with_the_key_of_somebody_else_gives_nothing_away(self, client):
        made, key = frozen_world(), uuid.uuid4()
        post(client, made, request_key=key)
        colleague = analyst_of(made.agency)
        post(client, made, user=colleague, request_key=key)
        assert set(Export.objects.values_list("asked_by", flat=True)) == {made.analyst.pk, colleague.pk}

    def test_for_too_many_files_is_refused(self, client, monkeypatch):
        monkeypatch.setattr(policies, "MOST_KEPT", 1)
        made = frozen_world()
        export = exported(made)
        assert post(client, made).status_code == 422
        Export.objects.filter(pk=export.pk).update(
            made_at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(days=2)
        )
        assert post(client, made).status_code == 302

    def test_is_not_refused_for_long_because_of_files_that_were_never_made(self, client, monkeypatch):
        monkeypatch.setattr(policies, "MOST_KEPT", 1)
        made = frozen_world()
        Export.objects.filter(pk=exported(made).pk).update(made_at=None, expires_at=None)
        assert post(client, made).status_code == 422
        Export.objects.update(asked_at=timezone.now() - policies.KEPT_FOR)
        assert post(client, made).status_code == 302

    def test_of_another_agency_is_answered_as_if_there_were_none(self, client):
        made, other = frozen_world(), frozen_world({"x": 12}, version=published_version(code="lain"))
        assert post(client, made, user=other.analyst).status_code == 404
        assert not Export.objects.exists()

    def test_of_a_unit_out_of_reach_is_answered_as_if_there_were_none(self, client):
        made = frozen_world({"besar": 12, "lain": 12})
        of_unit = person_with_role(Role.AGENCY_ANALYST, agency=made.agency, unit=made.units["besar"])
        assert post(client, made, unit="lain", user=of_unit).status_code == 404
        assert post(client, made, unit="besar", user=of_unit).status_code == 302
        assert {line["Kode unit"] for line in table_of(Export.objects.get())} == {"besar"}


class TestFetching:
    def test_gives_whoever_asked_the_file_and_notes_it(self, client):
        made = frozen_world()
        export = exported(made)
        response = fetched(client, export, made.analyst)
        assert b"".join(response.streaming_content) == file_of(export)
        assert response.headers["Content-Disposition"].startswith('attachment; filename="hasil-')
        assert AuditEvent.objects.get(event="export.downloaded").actor_id == made.analyst.pk

    def test_is_for_nobody_else(self, client):
        made = frozen_world()
        export = exported(made)
        others = (
            analyst_of(made.agency),
            frozen_world({"x": 12}, version=published_version(code="lain")).analyst,
            person_with_role(Role.NATIONAL_ANALYST),
        )
        for person in others:
            assert fetched(client, export, person).status_code == 404
        assert not AuditEvent.objects.filter(event="export.downloaded").exists()

    def test_ends_with_the_role(self, client):
        made = frozen_world()
        export = exported(made)
        RoleGrant.objects.filter(user=made.analyst).delete()
        assert fetched(client, export, made.analyst).status_code == 403

    def test_ends_with_the_reach(self, client):
        made = frozen_world({"besar": 12, "lain": 12})
        export = exported(made)
        RoleGrant.objects.filter(user=made.analyst).update(unit=made.units["lain"])
        assert fetched(client, export, made.analyst).status_code == 404

    def test_after_a_week_says_so_and_gives_nothing(self, client):
        made = frozen_world()
        export = exported(made)
        with time_machine.travel(export.expires_at + timedelta(seconds=1), tick=False):
            response = fetched(client, export, made.analyst)
            assert response.status_code == 302
            assert "sudah kedaluwarsa" in client.get(response.headers["Location"]).text
        assert not AuditEvent.objects.filter(event="export.downloaded").exists()

    def test_before_it_is_made_says_so(self, client):
        made = frozen_world()
        export = exported(made)
        Export.objects.filter(pk=export.pk).update(made_at=None, expires_at=None)
        response = fetched(client, export, made.analyst)
        assert "belum selesai dibuat" in client.get(response.headers["Location"]).text


class TestExpiry:
    def test_removes_the_file_and_keeps_the_record(self):
        made = frozen_world()
        old = exported(made)
        with time_machine.travel(old.expires_at + timedelta(seconds=1), tick=False):
            fresh = exported(made, "besar")  # asking cleans up as well
            call_command("remove_expired_exports", verbosity=0)
            old.refresh_from_db()
            assert old.removed_at is not None and not old.parts.exists()
            assert old.purpose == PURPOSE
            assert fresh.parts.exists()
            assert AuditEvent.objects.filter(event="export.removed").count() == 1
            assert remove_expired(now=timezone.now()) == 0

    def test_is_said_on_the_page(self, client):
        made = frozen_world()
        export = exported(made)
        with time_machine.travel(export.expires_at + timedelta(seconds=1), tick=False):
            client.force_login(made.analyst)
            page = client.get(page_of(made)).text
        assert "Kedaluwarsa" in page and reverse("reports:export_file", args=[export.public_id]) not in page


class TestWorker:
    def waiting(self, made, monkeypatch):
        """An export whose worker died before it wrote anything."""
        with monkeypatch.context() as patch:
            patch.setattr(background.queue, "add", lambda job: None)
            export = exported(made)
        job = BackgroundJob.objects.get(kind=EXPORT, subject_id=export.pk)
        BackgroundJob.objects.filter(pk=job.pk).update(
            state=BackgroundJob.State.RUNNING, attempts=1, alive_at=timezone.now() - timedelta(hours=1)
        )
        return export, job

    def test_that_was_killed_is_followed_by_another_who_makes_one_file(self, monkeypatch):
        made = frozen_world()
        export, job = self.waiting(made, monkeypatch)
        assert background.take_up_lost(now=timezone.now()) == 1
        job.refresh_from_db()
        export.refresh_from_db()
        assert (job.state, job.attempts) == (BackgroundJob.State.DONE, 2)
        assert len(file_of(export)) == export.size > 0
        assert AuditEvent.objects.filter(event="export.made").count() == 1

    def test_that_lost_its_job_keeps_no_second_file(self, monkeypatch):
        made = frozen_world()
        export, job = self.waiting(made, monkeypatch)
        late = Run(BackgroundJob.objects.select_related("asked_by").get(pk=job.pk))
        background.take_up_lost(now=timezone.now())
        size = Export.objects.get(pk=export.pk).size
        with pytest.raises(RunLost):
            make_export(late)
        assert ExportPart.objects.filter(export=export).count() == 1
        assert Export.objects.get(pk=export.pk).size == size
        assert AuditEvent.objects.filter(event="export.made").count() == 1

    def test_refuses_whoever_lost_the_role_meanwhile(self, monkeypatch, client):
        made = frozen_world()
        _export, job = self.waiting(made, monkeypatch)
        RoleGrant.objects.filter(user=made.analyst).delete()
        background.take_up_lost(now=timezone.now())
        job.refresh_from_db()
        assert job.state == BackgroundJob.State.FAILED
        assert "sudah dicabut" in job.reason
        assert not ExportPart.objects.exists()
        RoleGrant.objects.create(
            user=made.analyst, role=Role.AGENCY_ANALYST, agency=made.agency, granted_at=timezone.now()
        )
        client.force_login(made.analyst)
        page = client.get(page_of(made)).text
        assert "Tidak selesai" in page and "sudah dicabut" in page

    def test_shows_how_far_it_is(self, monkeypatch, client):
        made = frozen_world()
        _export, job = self.waiting(made, monkeypatch)
        BackgroundJob.objects.filter(pk=job.pk).update(done=2, total=4)
        client.force_login(made.analyst)
        page = client.get(page_of(made)).text
        assert "2 dari 4 unit kerja" in page and "data-progress" in page


class TestThePage:
    def test_asks_as_many_queries_for_many_files_as_for_few(self, client):
        made = frozen_world()
        exported(made)
        client.force_login(made.analyst)
        client.get(page_of(made))
        with CaptureQueriesContext(connection) as few:
            client.get(page_of(made))
        for _number in range(5):
            exported(made)
        with CaptureQueriesContext(connection) as many:
            client.get(page_of(made))
        assert len(many) == len(few)

    def test_shows_only_ones_own_files(self, client):
        made = frozen_world()
        exported(made)
        client.force_login(analyst_of(made.agency))
        assert PURPOSE not in client.get(page_of(made)).text


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("export_form_known", {"form": "exe"}),
        ("export_has_a_purpose", {"purpose": ""}),
        ("export_made_expires", {"expires_at": None}),
        ("export_made_expires", {"made_at": None, "expires_at": None, "removed_at": timezone.now()}),
    ],
)
def test_the_database_refuses_an_export_that_contradicts_itself(name, fields):
    export = exported(frozen_world())
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(**fields)


def test_the_database_refuses_the_same_form_and_the_same_part_twice():
    made = frozen_world()
    first, second = exported(made), exported(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(pk=second.pk).update(request_key=first.request_key)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportPart.objects.create(export=first, number=0, content=b"")


def test_a_purpose_is_kept_on_one_line():
    assert policies.checked_purpose("  Rapat\r\npimpinan \t daerah ") == "Rapat pimpinan daerah"
    with pytest.raises(PolicyError, match="paling banyak"):
        policies.checked_purpose("a" * 201)
