"""Sharing in several tabs at once, and taking back while the recipient looks."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from reports.models import ReportLook, ReportShare
from reports.sharing.actions import look_at_share, revoke_share
from reports.sharing.policies import ShareEnded, SharingRefused
from tests.concurrency.threads import at_once
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import submitted_attempt
from tests.factories.questionnaires import published_version
from tests.factories.sharing import share_of

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, ROUNDS = 4, 5


@pytest.fixture
def attempt():
    return submitted_attempt(placed_person(root_of(AgencyFactory())), published_version())


def test_a_report_shared_with_several_people_at_once_goes_to_one(attempt):
    for _round in range(ROUNDS):
        people = [UserFactory() for _number in range(THREADS)]
        outcomes = at_once(
            *(partial(share_of, attempt, person, "RAPI") for person in people), refusals=SharingRefused
        )
        [given] = [outcome.value for outcome in outcomes if outcome.refusal is None]
        assert ReportShare.objects.get(ended_at=None) == given
        assert revoke_share(share=given, by=attempt.person)
    assert AuditEvent.objects.filter(event="share.given").count() == ROUNDS


def test_a_share_is_taken_back_once_and_nobody_looks_after_that(attempt):
    recipient = UserFactory()
    for _round in range(ROUNDS):
        share = share_of(attempt, recipient, "RAPI")
        look, back = (
            partial(look_at_share, share=share, by=recipient),
            partial(revoke_share, share=share, by=attempt.person),
        )
        outcomes = at_once(look, back, look, back, refusals=ShareEnded)
        assert [outcomes[1].value, outcomes[3].value].count(True) == 1
        share.refresh_from_db()
        seen = [outcome.value for outcome in outcomes[::2] if outcome.refusal is None]
        assert ReportLook.objects.filter(share=share).count() == bool(seen)
        # Whoever saw something is in the owner's list.
        assert all(look in share.looks.all() for look in seen)
        with pytest.raises(ShareEnded):
            look_at_share(share=share, by=recipient)


def test_a_page_that_is_opened_in_several_tabs_at_once_is_one_look(attempt):
    recipient = UserFactory()
    share = share_of(attempt, recipient, "RAPI")
    at_once(*[partial(look_at_share, share=share, by=recipient)] * THREADS)
    assert share.looks.count() == 1
    assert share.looks.get().looked_at > timezone.now() - timedelta(minutes=1)
