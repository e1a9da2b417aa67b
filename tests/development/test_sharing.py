"""The pages of sharing: giving with a preview, the look of the one recipient, the owner's lists and taking back."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role
from development.actions import complete_goal
from development.models import Goal
from reports.models import ReportLook, ReportShare
from reports.sharing.actions import look_at_share, revoke_share
from reports.sharing.parts import LONGEST_NOTE, Part
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.assessments import answer, started_attempt, submitted_attempt
from tests.factories.development import goal_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version
from tests.factories.sharing import EVERYTHING, share_of

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
# PEKA: 1, 1, 1 and the far end of a contrast, so RAPI stands out.
VALUES = {"B1": 1, "B2": 1, "B3": 1, "B4": 7}


@pytest.fixture(autouse=True)
def _no_tries_so_far():
    cache.clear()


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def owner(agency):
    return placed_person(root_of(agency), name="Sri Wahyuni", title_before="Dra.")


@pytest.fixture
def superior():
    return UserFactory(name="Budi Santoso", title_after="S.T.", email="budi@uji.example")


@pytest.fixture
def version():
    return published_version(bank=rich_bank())


@pytest.fixture
def attempt(owner, version):
    return submitted_attempt(owner, version, values=VALUES)


@pytest.fixture
def as_owner(client, owner):
    client.force_login(owner)
    return client


def body(superior, **fields):
    values = {
        "nip": superior.nip,
        "name": "budi santoso",
        "dimensions": ["PEKA"],
        "last_day": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "go": "give",
    }
    return {**values, **fields}


def give_url(attempt):
    return reverse("development:give_share", args=[attempt.public_id])


def look_at(client, share, person=None):
    client.force_login(person or share.recipient)
    return client.get(reverse("development:shared", args=[share.public_id]))


class TestGiving:
    def test_begins_with_nothing_ticked_and_thirty_days(self, as_owner, attempt):
        page = as_owner.get(give_url(attempt)).content.decode()
        assert (timezone.localdate() + timedelta(days=30)).isoformat() in page
        assert page.count(" checked") == 1  # the e-mail, of which nobody learns anything
        assert 'name="dimensions" value="RAPI"' in page
        assert 'value="judgement"' in page

    def test_offers_situational_judgement_only_where_there_is_some(self, as_owner, owner):
        plain = submitted_attempt(owner, published_version())
        assert 'value="judgement"' not in as_owner.get(give_url(plain)).content.decode()

    def test_shows_first_what_the_person_will_see_and_gives_nothing(self, as_owner, attempt, superior):
        response = as_owner.post(give_url(attempt), body(superior, go="preview", note="Mari bicara"))
        page = response.content.decode()
        assert "Yang akan dilihat Budi Santoso, S.T." in page
        assert "Peka" in page
        assert "Rapi" not in page
        assert "Mari bicara" in page
        assert not ReportShare.objects.exists()

    def test_the_preview_goes_on_to_giving_with_its_own_fields(self, as_owner, attempt, superior):
        page = as_owner.post(
            give_url(attempt), body(superior, go="preview", dimensions=["*"], parts=["areas"])
        )
        form = page.context["form"]
        again = {name: form[name].value() or "" for name in form.fields}
        assert as_owner.post(give_url(attempt), {**again, "go": "give"}).status_code == 302
        given = ReportShare.objects.get()
        assert sorted(given.parts.values_list("scale_code", flat=True)) == ["", "PEKA", "RAPI"]

    def test_gives_what_was_ticked_and_leads_to_the_owners_page(self, as_owner, attempt, superior):
        response = as_owner.post(give_url(attempt), body(superior), follow=True)
        assert "Dibagikan kepada Budi Santoso, S.T. sampai" in response.content.decode()
        [part] = ReportShare.objects.get(recipient=superior).parts.all()
        assert (part.part, part.scale_code) == (Part.DIMENSION, "PEKA")

    def test_tells_the_recipient_only_if_the_owner_says_so(
        self, as_owner, attempt, superior, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            as_owner.post(give_url(attempt), body(superior))
        assert mail.outbox == []
        revoke_share(share=ReportShare.objects.get(), by=attempt.person)
        with django_capture_on_commit_callbacks(execute=True):
            as_owner.post(give_url(attempt), body(superior, wants_mail="on"))
        assert [message.to for message in mail.outbox] == [["budi@uji.example"]]

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"nip": "123"}, "NIP terdiri atas 18 angka"),
            ({"nip": ""}, "Isikan NIP penerima"),
            ({"name": ""}, "Isikan nama penerima"),
            ({"dimensions": []}, "Pilih paling sedikit satu bagian"),
            ({"dimensions": ["MUTU"]}, "tidak ada dalam laporan ini"),
            ({"parts": ["quality"]}, "tidak ada dalam laporan ini"),
            ({"dimensions": [], "parts": ["answers"]}, "menyertai dimensi"),
            ({"last_day": "2020-01-01"}, "paling lama 90 hari lagi"),
            ({"last_day": "besok"}, "tidak dapat dibaca"),
            ({"note": "x" * (LONGEST_NOTE + 1)}, f"Paling panjang {LONGEST_NOTE} karakter"),
            ({"note": "x" * 10_000}, "yang Anda tulis 10000"),
        ],
    )
    @pytest.mark.parametrize("go", ["preview", "give"])
    def test_says_what_is_wrong_and_keeps_what_was_written(
        self, as_owner, attempt, superior, fields, sentence, go
    ):
        written = body(superior, go=go, **{"note": "Pesan saya", **fields})
        page = as_owner.post(give_url(attempt), written).content.decode()
        assert sentence in page
        assert written["note"] in page
        assert not ReportShare.objects.exists()

    def test_changing_the_choice_comes_back_with_everything_filled_in(self, as_owner, attempt, superior):
        page = as_owner.post(
            give_url(attempt), body(superior, go="change", note="Pesan saya")
        ).content.decode()
        assert superior.nip in page
        assert "Pesan saya" in page
        assert 'value="PEKA" id="id_dimensions_2" checked' in page

    def test_is_refused_with_the_other_share_named_while_one_is_open(self, as_owner, attempt, superior):
        share_of(attempt, superior)
        assert "sedang dibagikan" in as_owner.get(give_url(attempt)).content.decode()
        response = as_owner.post(give_url(attempt), body(UserFactory(name="Orang Lain")))
        assert response.status_code == 409
        assert "Budi Santoso" in response.content.decode()
        assert ReportShare.objects.count() == 1

    def test_of_answers_not_yet_sent_leads_back_to_them(self, as_owner, owner, version):
        begun = answer(started_attempt(owner, version))
        assert as_owner.get(give_url(begun)).status_code == 302

    def test_of_somebody_elses_report_is_not_there(self, client, attempt, superior):
        client.force_login(superior)
        assert client.get(give_url(attempt)).status_code == 404
        assert client.post(give_url(attempt), body(UserFactory(name="Orang Lain"))).status_code == 404


class TestFindingOut:
    """Whether a NIP exists, and whose it is, cannot be found out here."""

    def test_whatever_is_wrong_the_answer_is_the_same(self, as_owner, attempt, owner, superior):
        gone = UserFactory(name="Tono Raharjo", is_active=False)
        tries = [
            {"nip": superior.nip, "name": "Tono Raharjo"},
            {"nip": gone.nip, "name": "Tono Raharjo"},
            {"nip": "198001012010011999", "name": "Budi Santoso"},
            {"nip": owner.nip, "name": owner.name},
        ]
        pages = [as_owner.post(give_url(attempt), body(superior, go="preview", **wrong)) for wrong in tries]
        errors = {str(page.context["form"].errors) for page in pages}
        assert len(errors) == 1
        assert "Tidak ada pegawai aktif lain dengan NIP dan nama itu" in errors.pop()
        for page in pages:
            assert "S.T." not in page.content.decode()

    def test_after_ten_wrong_ones_even_the_right_one_waits(self, as_owner, attempt, superior):
        for _try in range(10):
            wrong = body(superior, go="preview", name="Tono Raharjo")
            assert as_owner.post(give_url(attempt), wrong).status_code == 200
        response = as_owner.post(give_url(attempt), body(superior, note="Pesan saya"))
        assert response.status_code == 429
        page = response.content.decode()
        assert "coba lagi satu jam lagi" in page
        assert "Pesan saya" in page
        assert not ReportShare.objects.exists()

    def test_right_ones_and_other_mistakes_are_not_counted(self, as_owner, attempt, superior):
        for _try in range(12):
            assert as_owner.post(give_url(attempt), body(superior, go="preview")).status_code == 200
            assert as_owner.post(give_url(attempt), body(superior, dimensions=[])).status_code == 200
        assert as_owner.post(give_url(attempt), body(superior)).status_code == 302


class TestLooking:
    def test_shows_only_the_chosen_part_and_whose_it_is_and_until_when(self, client, attempt, superior):
        share = share_of(attempt, superior, "PEKA", note="Mari bicara")
        page = look_at(client, share).content.decode()
        for said in (
            "Dra. Sri Wahyuni",
            "Peka",
            "Mari bicara",
            "Hanya untuk pembicaraan pengembangan",
            "pukul 23.59 WIB",
        ):
            assert said in page
        for private in ("Rapi", "Pertimbangan", "Jawaban butir", "Rencana pengembangan", attempt.person.nip):
            assert private not in page

    def test_everything_chosen_is_everything_but_what_is_never_shared(self, client, attempt, superior):
        goal_of(attempt.person)
        share = share_of(attempt, superior, "RAPI", "PEKA", parts=EVERYTHING)
        page = look_at(client, share).content.decode()
        for said in (
            "Rapi",
            "Peka",
            "Pertimbangan situasional",
            "Jawaban butir demi butir",
            "Meminta pendapat",
        ):
            assert said in page
        for private in ("Mutu", "Apa yang ingin Anda pelajari?", "Berapa lama Anda di unit ini?"):
            assert private not in page

    def test_is_read_in_the_readers_language(self, client, attempt, superior):
        client.cookies["django_language"] = "en"
        page = look_at(client, share_of(attempt, superior, "PEKA")).content.decode()
        assert "For a development talk only" in page

    def test_is_recorded_once_and_shown_to_the_owner_with_its_time(self, client, attempt, superior):
        share = share_of(attempt, superior)
        for _reload in range(3):
            assert look_at(client, share).status_code == 200
        look = ReportLook.objects.get()
        client.force_login(attempt.person)
        page = client.get(reverse("reports:share", args=[share.public_id])).content.decode()
        assert "Dibuka satu kali" in page
        assert f"{timezone.localtime(look.looked_at):%H.%M} WIB" in page

    def test_is_for_nobody_else_not_even_the_owner(self, client, attempt, superior, agency):
        share = share_of(attempt, superior)
        others = [
            attempt.person,
            UserFactory(),
            UserFactory(is_superuser=True, is_staff=True),
            person_with_role(Role.AGENCY_ANALYST, agency=agency),
            person_with_role(Role.AGENCY_ADMINISTRATOR, agency=agency),
            person_with_role(Role.AUDITOR),
        ]
        for person in others:
            assert look_at(client, share, person).status_code == 404
        assert client.get(reverse("development:shared", args=[uuid4()])).status_code == 404
        assert not ReportLook.objects.exists()

    def test_ends_with_a_sentence_that_does_not_say_why(self, client, attempt, superior):
        share = share_of(attempt, superior, "PEKA")
        revoke_share(share=share, by=attempt.person)
        response = look_at(client, share)
        page = response.content.decode()
        assert response.status_code == 410
        assert "Laporan ini dibagikan kepada Anda sampai" in page
        for private in ("Peka", "Sri Wahyuni", "ditarik"):
            assert private not in page

    def test_ends_after_the_last_day(self, client, attempt, superior):
        share = share_of(attempt, superior, days=1)
        with time_machine.travel(share.ends_at + timedelta(minutes=1), tick=False):
            assert look_at(client, share).status_code == 410

    def test_keeps_out_of_every_cache(self, client, attempt, superior):
        response = look_at(client, share_of(attempt, superior))
        assert "no-store" in response.headers["Cache-Control"]

    def test_shows_scripts_in_notes_and_names_as_text(self, client, version, agency):
        owner = placed_person(root_of(agency), name=f"Sri {SCRIPT}")
        superior = UserFactory(name=f"Budi {SCRIPT}")
        goal_of(owner, behaviour=SCRIPT)
        share = share_of(submitted_attempt(owner, version), superior, parts=[Part.PLAN], note=SCRIPT)
        pages = [look_at(client, share), client.get(reverse("reports:shares")), client.get(reverse("home"))]
        client.force_login(owner)
        pages += [
            client.get(reverse("reports:share", args=[share.public_id])),
            client.get(reverse("reports:shares")),
            client.get(reverse("reports:personal", args=[share.attempt.public_id])),
        ]
        for page in pages:
            text = page.content.decode()
            assert "<script>alert" not in text
            assert "&lt;script&gt;alert(1)" in text


class TestThePlan:
    def test_is_the_goals_of_the_moment_of_giving_without_notes_and_supporter(
        self, client, attempt, superior
    ):
        goal = goal_of(attempt.person, supporter="Ibu Ratna")
        share = share_of(attempt, superior, parts=[Part.PLAN])
        later = goal_of(attempt.person, behaviour="Sasaran baru")
        complete_goal(goal=goal, note="Catatan saya", by=attempt.person)
        page = look_at(client, share).content.decode()
        assert goal.behaviour in page
        assert "Selesai" in page
        for private in (later.behaviour, "Ibu Ratna", "Catatan saya"):
            assert private not in page

    def test_leaves_out_what_was_completed_before(self, client, attempt, superior):
        complete_goal(goal=goal_of(attempt.person), by=attempt.person)
        share = share_of(attempt, superior, parts=[Part.PLAN])
        page = look_at(client, share).content.decode()
        assert "Belum ada sasaran yang berjalan" in page
        assert Goal.objects.get().behaviour not in page


class TestTheOwner:
    def test_sees_on_the_report_with_whom_it_is_shared(self, as_owner, attempt, superior):
        address = reverse("reports:personal", args=[attempt.public_id])
        assert "tidak dibagikan kepada siapa pun" in as_owner.get(address).content.decode()
        share = share_of(attempt, superior)
        page = as_owner.get(address).content.decode()
        assert "Sedang dibagikan kepada Budi Santoso" in page
        assert "belum dibuka" in page
        revoke_share(share=share, by=attempt.person)
        page = as_owner.get(address).content.decode()
        assert "tidak dibagikan kepada siapa pun" in page
        assert "ditarik kembali" in page

    def test_takes_back_with_one_press(self, as_owner, attempt, superior):
        share = share_of(attempt, superior)
        url = reverse("reports:share", args=[share.public_id])
        page = as_owner.post(url, {"go": "revoke"}, follow=True).content.decode()
        assert "Ditarik kembali." in page
        assert "Pernah dibagikan" in page
        page = as_owner.post(url, {"go": "revoke"}, follow=True).content.decode()
        assert "tidak ada yang berubah" in page

    @pytest.mark.parametrize("who", ["recipient", "stranger"])
    def test_is_the_only_one_with_that_page(self, client, attempt, superior, who):
        share = share_of(attempt, superior)
        client.force_login(superior if who == "recipient" else UserFactory())
        url = reverse("reports:share", args=[share.public_id])
        assert client.get(url).status_code == 404
        assert client.post(url, {"go": "revoke"}).status_code == 404
        assert ReportShare.objects.filter(ended_at=None).exists()

    def test_another_button_than_there_is_does_nothing(self, as_owner, attempt, superior):
        share = share_of(attempt, superior)
        assert as_owner.post(reverse("reports:share", args=[share.public_id])).status_code == 404
        assert as_owner.post(give_url(attempt), body(superior, go="x")).status_code in {404, 409}


class TestLists:
    def test_the_recipient_finds_the_share_at_home_until_it_ends(self, client, attempt, superior):
        share = share_of(attempt, superior)
        client.force_login(superior)
        address = reverse("development:shared", args=[share.public_id])
        for page in ("home", "reports:shares"):
            assert address in client.get(reverse(page)).content.decode()
        revoke_share(share=share, by=attempt.person)
        for page in ("home", "reports:shares"):
            assert address not in client.get(reverse(page)).content.decode()

    def test_the_queries_of_the_lists_do_not_grow(self, client, version, agency, django_assert_num_queries):
        person, others = placed_person(root_of(agency)), [placed_person(root_of(agency)) for _n in range(4)]

        def share_both_ways(other):
            given = share_of(submitted_attempt(person, version), other, "RAPI", parts=[Part.AREAS])
            look_at_share(share=given, by=other)
            share_of(submitted_attempt(other, version), person, "RAPI")

        client.force_login(person)
        share_both_ways(others[0])
        client.get(reverse("reports:shares"))
        # session, person with roles, received and given with their parts each
        with django_assert_num_queries(6):
            client.get(reverse("reports:shares"))
        for other in others[1:]:
            share_both_ways(other)
        with django_assert_num_queries(6):
            client.get(reverse("reports:shares"))

    def test_the_queries_of_a_look_do_not_grow_with_looks_and_parts(
        self, client, attempt, superior, django_assert_num_queries, monkeypatch, settings
    ):
        # The session ends by itself, and notes its use, in other tests.
        monkeypatch.setattr("accounts.session_limits.NOTED_EVERY", 24 * 60 * 60)
        settings.SESSION_IDLE_SECONDS = settings.STAFF_POWERS_IDLE_SECONDS = 24 * 60 * 60

        def open_page(share, at):
            """The second of two openings: the first reads what stays in memory."""
            client.force_login(superior)
            url = reverse("development:shared", args=[share.public_id])
            client.get(url)
            with time_machine.travel(timezone.now() + at, tick=False), django_assert_num_queries(14):
                assert client.get(url).status_code == 200
            assert share.looks.count() > 1

        first = share_of(attempt, superior, "RAPI", parts=[Part.PLAN])
        open_page(first, timedelta(hours=1))
        ReportShare.objects.filter(pk=first.pk).delete()
        for number in range(3):
            goal_of(attempt.person, behaviour=f"Sasaran {number}")
        second = share_of(attempt, superior, "RAPI", "PEKA", parts=EVERYTHING)
        for hour in (1, 2, 3):
            open_page(second, timedelta(hours=hour))
