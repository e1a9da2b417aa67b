"""Staff powers are entered with a second factor and by confirming, lose nothing on the way, and run out."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from agencies import staff_powers
from agencies.authorization import Permission, has_permission, holds_staff_role, scope_of
from agencies.models import Role
from assessments.models import Campaign
from audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, UserFactory, user_with_password
from tests.factories.agencies import AgencyFactory, person_with_role, placed_person, root_of
from tests.factories.second_factors import code_shown, with_app

pytestmark = pytest.mark.django_db

MINUTES, HOURS = 60, 3600


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(1_795_600_800, tick=False) as traveller:
        yield traveller


@pytest.fixture
def analyst():
    return with_app(
        person_with_role(Role.AGENCY_ANALYST, agency=AgencyFactory(), person=user_with_password())
    )


def sign_in(client, person):
    client.post(reverse("account_login"), {"login": person.nip, "password": PASSWORD})
    if Authenticator.objects.filter(user=person).exists():
        client.post(reverse("mfa_authenticate"), {"code": code_shown()})
    assert "_auth_user_id" in client.session


def confirm(client, response):
    """Confirms by password where a redirect to the door leads, and follows on from there."""
    response = client.get(response.headers["Location"])
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    way_back = parse_qs(urlsplit(response.headers["Location"]).query)["next"][0]
    given = {"password": PASSWORD, "next": way_back}
    return client.post(reverse("account_reauthenticate"), given, follow=True)


def enter(client, person):
    sign_in(client, person)
    return confirm(client, client.get(reverse("assessments:campaigns")))


def can_work(client):
    return client.get(reverse("assessments:campaigns")).status_code == 200


def test_after_signing_in_with_both_factors_the_staff_rooms_are_still_shut(client, analyst):
    sign_in(client, analyst)
    assert client.get(reverse("home")).status_code == 200
    response = client.get(reverse("assessments:campaigns"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("staff_door"))


def test_confirming_opens_them_where_the_person_was_going(client, analyst):
    response = enter(client, analyst)
    assert response.status_code == 200
    assert response.wsgi_request.path == reverse("assessments:campaigns")
    assert AuditEvent.objects.filter(event="staff_powers.entered", actor_id=analyst.pk).count() == 1


def test_a_wrong_password_does_not_open_them(client, analyst):
    sign_in(client, analyst)
    given = {"password": "salah-sekali", "next": reverse("staff_door")}
    page = client.post(reverse("account_reauthenticate"), given).content.decode()
    assert "Kata sandi tidak cocok" in page
    assert not can_work(client)


def test_without_a_second_factor_a_role_holder_is_led_to_set_one_up(client):
    person = person_with_role(Role.AUDITOR, person=user_with_password())
    sign_in(client, person)
    page = client.get(reverse("admin:index"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("staff_door"))
    assert reverse("mfa_activate_totp") in page.content.decode()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("home")})
    assert reverse("mfa_activate_totp") in client.get(reverse("staff_door")).content.decode()


def test_a_session_that_never_saw_the_second_factor_is_asked_for_it(client, analyst):
    """As after setting it up, or when it was signed in before the role was given."""
    Authenticator.objects.all().delete()
    sign_in(client, analyst)
    with_app(analyst)
    response = client.get(reverse("staff_door"))
    assert response.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("staff_door")})
    assert not can_work(client)
    given = {"code": code_shown(), "next": reverse("staff_door")}
    client.post(reverse("mfa_reauthenticate"), given, follow=True)
    assert can_work(client)


def test_they_run_out_when_they_are_not_used(client, analyst, clock):
    enter(client, analyst)
    clock.shift(29 * MINUTES)
    assert can_work(client)
    clock.shift(29 * MINUTES)
    assert can_work(client)
    clock.shift(31 * MINUTES)
    assert not can_work(client)


def test_reading_ones_own_pages_does_not_keep_them_open(client, analyst, clock):
    enter(client, analyst)
    clock.shift(20 * MINUTES)
    assert client.get(reverse("home")).status_code == 200
    clock.shift(20 * MINUTES)
    assert not can_work(client)


def test_they_run_out_after_a_working_day_however_much_they_are_used(client, analyst, clock):
    enter(client, analyst)
    for _quarter in range(31):
        clock.shift(15 * MINUTES)
        assert can_work(client)
    clock.shift(15 * MINUTES)
    assert not can_work(client)


def test_a_post_that_finds_the_door_shut_is_done_after_confirming(client, analyst, clock):
    enter(client, analyst)
    client.get(reverse("assessments:campaigns"))
    clock.shift(1 * HOURS)
    response = client.post(reverse("assessments:draft_campaign"))
    assert response.headers["Location"].startswith(reverse("staff_door"))
    assert not Campaign.objects.exists()
    confirm(client, response)
    assert Campaign.objects.get().edited_by == analyst


def test_they_can_be_laid_down(client, analyst):
    enter(client, analyst)
    assert "Keluar dari ruang kerja" in client.get(reverse("home")).content.decode()
    client.post(reverse("leave_staff_rooms"))
    assert not can_work(client)
    assert AuditEvent.objects.filter(event="staff_powers.left").count() == 1


def test_signing_out_ends_them(client, analyst):
    enter(client, analyst)
    client.post(reverse("account_logout"))
    sign_in_again = client.post(reverse("account_login"), {"login": analyst.nip, "password": PASSWORD})
    assert sign_in_again.headers["Location"] == reverse("mfa_authenticate")
    assert not can_work(client)


def test_nobody_is_led_out_of_the_house_by_the_door(client, analyst):
    enter(client, analyst)
    response = client.get(reverse("staff_door"), {"next": "https://jahat.example/"})
    assert response.headers["Location"] == reverse("home")


def test_a_respondent_who_tries_the_door_comes_home(client):
    person = placed_person(root_of(AgencyFactory()), person=user_with_password())
    sign_in(client, person)
    assert client.get(reverse("staff_door")).headers["Location"] == reverse("home")
    assert client.get(reverse("assessments:campaigns")).status_code == 403


def test_a_role_holder_answers_and_reads_without_entering(client, analyst):
    placed_person(root_of(AgencyFactory()), person=analyst)
    sign_in(client, analyst)
    assert client.get(reverse("development:plan")).status_code == 200


def test_outside_a_request_roles_count_as_they_stand():
    analyst = person_with_role(Role.AGENCY_ANALYST, agency=AgencyFactory())
    assert has_permission(analyst, Permission.MANAGE_CAMPAIGN)
    staff_powers.bind(analyst, is_open=False)
    assert not has_permission(analyst, Permission.MANAGE_CAMPAIGN)
    assert not scope_of(analyst, Permission.MANAGE_CAMPAIGN)


def test_who_needs_a_second_factor():
    assert holds_staff_role(person_with_role(Role.AUDITOR))
    assert holds_staff_role(UserFactory(is_superuser=True))
    assert not holds_staff_role(placed_person(root_of(AgencyFactory())))
    assert not holds_staff_role(AnonymousUser())


def test_a_role_holder_cannot_take_off_the_last_second_factor(client, analyst):
    enter(client, analyst)
    page = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "peran Anda mewajibkannya" in page
    assert Authenticator.objects.filter(user=analyst, type=Authenticator.Type.TOTP).exists()


def test_a_respondent_may_take_it_off_again(client):
    person = with_app(placed_person(root_of(AgencyFactory()), person=user_with_password()))
    sign_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_index")})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=person).exists()
