"""The admin, walked by every role: who gets in, and what nobody gets there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.models import Attempt
from questionnaires.exporting import FORMATS
from tests.architecture.fingerprints import fingerprint
from tests.architecture.truth_table import (
    DENIED,
    NOT_ALLOWED,
    OK,
)
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["owner", "analyst", "national", "nobody"])
def test_the_admin_is_closed_to_those_without_work_there(client, world, who):
    client.force_login(world.people[who])
    assert client.get(reverse("admin:index"), follow=True).status_code == DENIED


@pytest.mark.parametrize("who", ["administrator", "editor", "approver", "auditor", "psychometrician"])
def test_the_admin_opens_for_those_who_work_there(client, world, who):
    client.force_login(world.people[who])
    assert client.get(reverse("admin:index")).status_code == OK


def test_the_admin_leads_a_visitor_to_the_one_door(client):
    assert (
        client.get(reverse("admin:index"), follow=True)
        .redirect_chain[-1][0]
        .startswith(reverse("account_login"))
    )


# Bank files in and out of the editor's room: who gets each page.
BANK_READERS = {"editor", "approver", "psychometrician"}
EXCHANGE_PAGES = {
    "questionnaires_import": {"editor"},
    "questionnaires_import_template": {"editor"},
    "questionnaires_import_schema": {"editor"},
    "questionnaires_import_help": {"editor"},
    "questionnaires_version_export": BANK_READERS,
    **{f"questionnaires_version_export_file {name}": BANK_READERS for name in FORMATS},
}


def exchange_url(page, world):
    name, *arguments = page.split()
    return reverse(
        f"admin:{name}", args=[world.arguments["version_id"], *arguments] if "version" in name else []
    )


def test_bank_files_go_in_by_editors_only_and_out_by_those_who_read_the_bank(client, world):
    before = fingerprint()
    for who, person in world.people.items():
        client.force_login(person)
        for page, allowed in EXCHANGE_PAGES.items():
            status = client.get(exchange_url(page, world), follow=True).status_code
            assert status == (OK if who in allowed else DENIED), f"{who} {page}"
        confirm = reverse("admin:questionnaires_import_confirm")
        assert client.get(confirm, follow=True).status_code in {DENIED, NOT_ALLOWED}, who
        if who != "editor":
            assert client.post(confirm, {"unggahan": "x"}, follow=True).status_code == DENIED, who
            file = SimpleUploadedFile("bank.yaml", b"format: cermin-bank/1")
            url = reverse("admin:questionnaires_import")
            assert client.post(url, {"file": file}, follow=True).status_code == DENIED, who
    assert fingerprint() == before


def test_every_exchange_page_leads_an_anonymous_visitor_to_the_door(client, world):
    pages = [exchange_url(page, world) for page in EXCHANGE_PAGES]
    for url in [*pages, reverse("admin:questionnaires_import_confirm")]:
        assert client.post(url, follow=True).redirect_chain[-1][0].startswith(reverse("account_login")), url


PRIVATE_LISTS = [
    "assessments_attempt",
    "assessments_scoresheet",
    "reports_resultcell",
    "reports_releasestate",
]


@pytest.mark.parametrize("who", ["administrator", "editor", "approver", "auditor", "psychometrician"])
@pytest.mark.parametrize("model", PRIVATE_LISTS)
def test_answers_scores_and_cells_are_in_nobodys_admin(client, world, who, model):
    client.force_login(world.people[who])
    assert client.get(reverse(f"admin:{model}_changelist")).status_code == DENIED


@pytest.mark.parametrize("model", [*PRIVATE_LISTS, "audit_auditevent"])
def test_not_even_the_superuser_can_add_or_change_them(client, model):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.get(reverse(f"admin:{model}_changelist")).status_code == OK
    assert client.get(reverse(f"admin:{model}_add")).status_code == DENIED


def test_the_superuser_cannot_edit_an_attempt_by_a_forged_post(client, world):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    attempt = Attempt.objects.get(**world.special["reports:personal"])
    url = reverse("admin:assessments_attempt_change", args=[attempt.pk])
    assert client.get(url).status_code == OK
    assert client.post(url, {"state": "in_progress"}).status_code == DENIED
    assert (
        client.post(
            reverse("admin:assessments_attempt_delete", args=[attempt.pk]), {"post": "yes"}
        ).status_code
        == DENIED
    )


def test_every_list_of_the_admin_opens_for_the_superuser(client, world):
    from django.contrib import admin

    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        # Parts of a version are edited on the version's own page, where their lists lead.
        assert client.get(url, follow=True).status_code == OK, url
