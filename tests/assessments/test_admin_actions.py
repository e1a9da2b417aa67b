"""Freezing and scoring again in the admin: for whoever runs the measurement, in sentences, and nobody else."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from agencies.models import Role
from assessments import admin_actions
from assessments.models import CampaignInstrument, ScoreSheet
from audit.models import AuditEvent
from scoring.models import CalibrationSet, NormSet
from tests.factories.agencies import person_with_role
from tests.factories.questionnaires import published_version
from tests.factories.samples import closed_campaign
from tests.factories.scoring import calibration_set

pytestmark = pytest.mark.django_db

LIST = reverse("admin:assessments_campaigninstrument_changelist")


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def psychometrician(client):
    person = person_with_role(Role.PSYCHOMETRICIAN)
    client.force_login(person)
    return person


def post(client, action, campaign):
    instrument = CampaignInstrument.objects.get(campaign=campaign)
    return client.post(LIST, {"action": action, "_selected_action": [instrument.pk]})


def sentences(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_calibration_is_frozen_and_said(client, psychometrician, version):
    response = post(client, "freeze_calibration", closed_campaign(version, people=220))
    frozen = CalibrationSet.objects.get()
    assert frozen.frozen_by == psychometrician
    assert f"Kalibrasi 1 untuk {version}: {frozen.scales.count()} skala." in sentences(response)


def test_a_norm_is_frozen_and_said(client, psychometrician, version):
    response = post(client, "freeze_norm", closed_campaign(version, people=220))
    assert NormSet.objects.get().frozen_by == psychometrician
    assert "Kelompok norma 1" in sentences(response)


def test_a_sample_that_is_too_small_is_refused_in_words(client, psychometrician, version):
    response = post(client, "freeze_norm", closed_campaign(version, people=20))
    assert not NormSet.objects.exists()
    assert str(version) in sentences(response)


def test_trying_says_what_would_change_and_writes_nothing(client, psychometrician, version):
    campaign = closed_campaign(version, people=20)
    calibration_set(version)
    said = sentences(post(client, "try_rescoring", campaign))
    assert "RAPI: 20 tetap" in said
    assert "tidak ada yang ditulis" in said
    assert not ScoreSheet.objects.filter(number=2).exists()


def test_scoring_again_is_audited_with_who_did_it(client, psychometrician, version):
    campaign = closed_campaign(version, people=20)
    calibration_set(version)
    said = sentences(post(client, "rescore", campaign))
    assert "20 lembar skor baru" in said
    assert AuditEvent.objects.get(event="campaign.rescored").actor_id == psychometrician.pk


def test_a_large_campaign_is_left_to_the_command(client, psychometrician, version, monkeypatch):
    campaign = closed_campaign(version, people=20)
    calibration_set(version)
    monkeypatch.setattr(admin_actions, "MOST_WHILE_WAITING", 19)
    assert f"rescore_campaign {campaign.code}" in sentences(post(client, "rescore", campaign))
    assert not ScoreSheet.objects.filter(number=2).exists()


@pytest.mark.parametrize("role", [Role.BANK_EDITOR, Role.BANK_APPROVER, Role.AUDITOR])
def test_nobody_else_can(client, version, role):
    campaign = closed_campaign(version, people=20)
    calibration_set(version)
    client.force_login(person_with_role(role))
    assert post(client, "rescore", campaign).status_code == 403
    assert not ScoreSheet.objects.filter(number=2).exists()
