"""What the database itself refuses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panels.models import ExpertPanel, PanelInvitation, PanelNote, PanelRating
from panels.tokens import digest, new_token
from tests.factories.panels import finished_expert, invited, open_panel
from tests.questionnaires.refusals import refused_by

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def panel():
    return open_panel()


@pytest.fixture
def invitation(panel):
    [(made, _token)] = invited(panel)
    return made


def change_panel(panel, **values):
    ExpertPanel.objects.filter(pk=panel.pk).update(**values)


def change(invitation, **values):
    PanelInvitation.objects.filter(pk=invitation.pk).update(**values)


def invite(panel, **values):
    fields = {
        "name": "Ani",
        "link_digest": digest(new_token()),
        "invited_at": NOW,
        "link_made_at": NOW,
    } | values
    return PanelInvitation.objects.create(panel=panel, **fields)


def rate(invitation, **values):
    fields = {"item_code": "V1", "target": "A", "value": 3, "saved_at": NOW} | values
    return PanelRating.objects.create(invitation=invitation, **fields)


def test_a_panel_closes_after_it_opens(panel):
    refused_by("panel_closes_after_it_opens", lambda: change_panel(panel, closes_at=panel.opens_at))


@pytest.mark.parametrize(
    "values",
    [{"state": "closed"}, {"closed_at": NOW}, {"state": "other"}, {"state": "other", "closed_at": NOW}],
)
def test_a_panel_is_open_or_closed_at_a_time(panel, values):
    refused_by("panel_closed_at_matches_state", lambda: change_panel(panel, **values))


def test_a_name_stands_once_among_those_asked(panel):
    first = invite(panel)
    refused_by("panel_invitation_name_unique_in_panel", lambda: invite(panel))
    change(first, revoked_at=NOW)
    invite(panel)
    invite(open_panel())


def test_an_address_stands_once_and_none_any_number_of_times(panel):
    invite(panel, email="a@contoh.go.id")
    invite(panel, name="Budi")
    invite(panel, name="Cici")
    refused_by(
        "panel_invitation_email_unique_in_panel", lambda: invite(panel, name="Dedi", email="a@contoh.go.id")
    )


@pytest.mark.parametrize("token", ["mZ7DXN27sLQmoFRTVdOcgoVw0suLo1fNiKg5JkYYr_k", "", "A" * 64])
def test_a_token_itself_is_never_kept(invitation, token):
    refused_by("panel_invitation_keeps_a_fingerprint_only", lambda: change(invitation, link_digest=token))


@pytest.mark.parametrize("opened_at", [None, NOW + timedelta(hours=1)])
def test_nobody_finishes_before_beginning(invitation, opened_at):
    refused_by(
        "panel_invitation_opened_before_finished",
        lambda: change(invitation, opened_at=opened_at, finished_at=NOW),
    )


def test_what_is_finished_is_not_withdrawn(panel):
    finished = finished_expert(panel)
    refused_by("panel_invitation_not_finished_and_revoked", lambda: change(finished, revoked_at=NOW))


@pytest.mark.parametrize("value", [0, 6])
def test_a_rating_lies_on_its_scale(invitation, value):
    rate(invitation, target="B", value=1)
    rate(invitation, target="C", value=5)
    refused_by("panel_rating_on_its_scale", lambda: rate(invitation, value=value))


def test_an_expert_rates_a_thing_once(invitation):
    rate(invitation)
    refused_by("panel_rating_unique", lambda: rate(invitation, value=4))


def test_a_remark_says_something_and_stands_once(invitation):
    fields = {"invitation": invitation, "item_code": "V1", "saved_at": NOW}
    refused_by("panel_note_not_empty", lambda: PanelNote.objects.create(text="", **fields))
    PanelNote.objects.create(text="Baik.", **fields)
    refused_by("panel_note_unique", lambda: PanelNote.objects.create(text="Lagi.", **fields))
