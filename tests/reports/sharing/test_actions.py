"""Giving, looking and taking back: who may, until when, and what the trail keeps."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.actions import deactivate_user
from assessments.models import Attempt
from audit.models import AuditEvent
from reports.models import ReportLook, ReportShare
from reports.sharing.actions import give_share, look_at_share, revoke_share
from reports.sharing.parts import LONGEST_DAYS, Part
from reports.sharing.policies import ShareEnded, SharingRefused
from reports.sharing.selectors import choice_of, find_recipient, shares_given_by, shares_with
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import answer, started_attempt, submitted_attempt
from tests.factories.questionnaires import published_version
from tests.factories.sharing import choice, share_of

pytestmark = pytest.mark.django_db

# Monday, 11.00 WIB
START = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)


def after(**time):
    return time_machine.travel(START + timedelta(**time), tick=False)


@pytest.fixture
def owner():
    return placed_person(root_of(AgencyFactory()))


@pytest.fixture
def superior():
    return UserFactory(name="Budi Santoso")


@pytest.fixture
def attempt(owner):
    with after(days=-1):
        return submitted_attempt(owner, published_version())


@pytest.fixture
def share(attempt, superior):
    with after():
        return share_of(attempt, superior, "RAPI", parts=[Part.AREAS], days=30, note="Mari kita bahas.")


def stored(share):
    return ReportShare.objects.get(pk=share.pk)


def look(share, by):
    return look_at_share(share=share, by=by)


class TestGiving:
    def test_keeps_exactly_what_was_chosen_until_the_last_minute_of_the_day(self, share):
        assert choice_of(share) == choice("RAPI", parts=[Part.AREAS])
        # 2 December 2026, 23.59 WIB
        assert share.ends_at == datetime(2026, 12, 2, 16, 59, tzinfo=UTC)
        assert (share.days, share.note) == (30, "Mari kita bahas.")

    @pytest.mark.parametrize("days", [-1, 0, LONGEST_DAYS + 1])
    def test_takes_a_date_from_tomorrow_to_ninety_days_ahead(self, attempt, superior, days):
        with pytest.raises(SharingRefused, match="paling lama 90 hari"):
            share_of(attempt, superior, days=days)

    def test_allows_the_first_and_the_last_of_these_days(self, attempt, superior, owner):
        for days in (1, LONGEST_DAYS):
            revoke_share(share=share_of(attempt, superior, days=days), by=owner)
        assert ReportShare.objects.count() == 2

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            (choice(), "paling sedikit satu bagian"),
            (choice("TIDAK-ADA"), "tidak ada dalam laporan"),
            (choice(parts=[Part.JUDGEMENT]), "tidak ada dalam laporan"),
            (choice(parts=[Part.ANSWERS]), "menyertai dimensi"),
            (choice(parts=[Part.ANSWERS, Part.AREAS]), "menyertai dimensi"),
        ],
    )
    def test_refuses_an_empty_choice_and_parts_that_the_report_has_not(
        self, attempt, superior, wrong, sentence
    ):
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(SharingRefused, match=sentence):
            give_share(
                attempt=attempt, recipient=superior, choice=wrong, last_day=tomorrow, by=attempt.person
            )

    def test_refuses_oneself_and_a_closed_account(self, attempt, owner, superior):
        with pytest.raises(SharingRefused, match="milik Anda sendiri"):
            share_of(attempt, owner)
        superior.is_active = False
        with pytest.raises(SharingRefused, match="tidak aktif lagi"):
            share_of(attempt, superior)

    def test_refuses_answers_that_were_not_sent_and_the_report_of_somebody_else(
        self, owner, superior, attempt
    ):
        begun = answer(started_attempt(owner, attempt.version))
        with pytest.raises(SharingRefused, match="sudah terkirim"):
            share_of(begun, superior)
        attempt.person = superior
        with pytest.raises(SharingRefused, match="laporan Anda sendiri"):
            share_of(attempt, UserFactory())

    def test_is_for_one_person_at_a_time(self, share, attempt, owner):
        with after(days=1), pytest.raises(SharingRefused, match="Tarik kembali dahulu"):
            share_of(attempt, UserFactory())
        with after(days=2):
            revoke_share(share=share, by=owner)
            share_of(attempt, UserFactory())
        assert ReportShare.objects.filter(ended_at=None).count() == 1

    def test_after_the_date_of_an_older_share_needs_no_taking_back(self, share, attempt):
        with after(days=31):
            share_of(attempt, UserFactory())
        old = stored(share)
        assert (old.ending, old.ended_at) == (ReportShare.Ending.EXPIRED, old.ends_at)


class TestLooking:
    def test_is_recorded_with_its_time(self, share, superior):
        with after(days=1):
            look(share, superior)
        assert [found.looked_at for found in share.looks.all()] == [START + timedelta(days=1)]

    def test_again_within_five_minutes_is_the_same_look(self, share, superior):
        for minute in (0, 1, 4.9, 5, 9, 10, 60):
            with after(days=1, minutes=minute):
                look(share, superior)
        minutes = [(found.looked_at - START).seconds // 60 for found in share.looks.order_by("pk")]
        assert minutes == [0, 5, 10, 60]

    def test_ends_with_the_last_minute_of_the_date(self, share, superior):
        with time_machine.travel(share.ends_at - timedelta(seconds=1), tick=False):
            look(share, superior)
        with (
            time_machine.travel(share.ends_at, tick=False),
            pytest.raises(ShareEnded, match=r"sampai 2 Desember 2026 pukul 23\.59 WIB"),
        ):
            look(share, superior)
        assert ReportLook.objects.count() == 1

    def test_ends_when_it_is_taken_back_and_does_not_say_so(self, share, superior, owner):
        with after(days=1):
            assert revoke_share(share=share, by=owner)
        with (
            after(days=3),
            pytest.raises(ShareEnded, match=r"sampai 3 November 2026 pukul 11\.00 WIB") as ended,
        ):
            look(share, superior)
        assert "tarik" not in str(ended.value)

    @pytest.mark.parametrize("who", ["owner", "recipient"])
    def test_ends_when_one_of_the_two_leaves(self, share, superior, who):
        with after(days=1):
            deactivate_user(user=getattr(share, who), by=None)
            with pytest.raises(ShareEnded):
                look(share, superior)
            assert shares_with(superior) == ()

    def test_ends_when_the_report_is_opened_again_and_stays_so_after_sending(self, share, superior):
        reopened = {"state": Attempt.State.IN_PROGRESS, "submitted_at": None}
        sent_again = {"state": Attempt.State.SUBMITTED, "submitted_at": START + timedelta(days=2)}
        for values in (reopened, sent_again):
            Attempt.objects.filter(pk=share.attempt_id).update(**values)
            with after(days=3), pytest.raises(ShareEnded):
                look(share, superior)
            with after(days=3):
                assert shares_with(superior) == ()


class TestTakingBack:
    def test_twice_is_the_same_as_once(self, share, owner):
        with after(days=1):
            assert revoke_share(share=share, by=owner)
        with after(days=2):
            assert not revoke_share(share=share, by=owner)
        assert stored(share).ended_at == START + timedelta(days=1)

    def test_after_the_date_leaves_the_date(self, share, owner):
        with after(days=40):
            assert not revoke_share(share=share, by=owner)
        assert stored(share).ending == ReportShare.Ending.EXPIRED

    def test_leaves_the_looks_for_the_owner(self, share, owner, superior):
        with after(days=1):
            look(share, superior)
            revoke_share(share=share, by=owner)
        [item] = shares_given_by(owner)
        assert (item.is_open, item.looks, item.last_look) == (False, 1, START + timedelta(days=1))


class TestTheCommand:
    def run(self):
        said = StringIO()
        call_command("end_shares", stdout=said)
        return said.getvalue()

    def test_marks_what_is_over_once_and_leaves_the_rest(self, share):
        with after(days=29):
            assert "0 pembagian" in self.run()
        with after(days=31):
            assert "1 pembagian" in self.run()
            assert "0 pembagian" in self.run()
        assert AuditEvent.objects.filter(event="share.ended").count() == 1

    def test_keeps_a_share_over_when_the_account_comes_back(self, share, superior):
        with after(days=1):
            deactivate_user(user=superior, by=None)
            self.run()
            type(superior).objects.filter(pk=superior.pk).update(is_active=True)
            with pytest.raises(ShareEnded):
                look(share, superior)
        assert stored(share).ending == ReportShare.Ending.LEFT

    def test_says_when_the_report_was_opened_again(self, share):
        Attempt.objects.filter(pk=share.attempt_id).update(state=Attempt.State.IN_PROGRESS, submitted_at=None)
        with after(days=1):
            self.run()
        assert stored(share).ending == ReportShare.Ending.CHANGED


def test_the_trail_says_who_and_when_and_never_what(share, owner, superior):
    with after(days=1):
        look(share, superior)
        revoke_share(share=share, by=owner)
    events = AuditEvent.objects.filter(event__startswith="share.").order_by("pk")
    assert [(event.event, event.actor_id) for event in events] == [
        ("share.given", owner.pk),
        ("share.looked_at", superior.pk),
        ("share.revoked", owner.pk),
    ]
    assert events[0].detail == {"recipient_id": superior.pk, "ends_at": share.ends_at.isoformat()}
    assert [event.detail for event in events[1:]] == [{}, {}]


class TestFindingTheRecipient:
    def test_takes_number_and_name(self, owner, superior):
        assert find_recipient(owner, nip=superior.nip, name="budi santoso") == superior

    def test_tells_nothing_about_a_number_without_its_name(self, owner, superior):
        gone = UserFactory(name="Tono Raharjo", is_active=False)
        assert find_recipient(owner, nip=superior.nip, name="Tono Raharjo") is None
        assert find_recipient(owner, nip=gone.nip, name="Tono Raharjo") is None
        assert find_recipient(owner, nip="198001012010011999", name="Budi Santoso") is None
        assert find_recipient(owner, nip=owner.nip, name=owner.name) is None

    def test_asks_the_database_once_whatever_is_wrong(self, owner, superior, django_assert_num_queries):
        for nip in (superior.nip, "198001012010011999"):
            with django_assert_num_queries(1):
                find_recipient(owner, nip=nip, name="Siapa Saja")
