"""The built world: whole, built once, and every demo person can come in."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.nip import parse_nip
from accounts.second_factor import has_second_factor
from agencies.actions import create_agency
from agencies.authorization import holds_staff_role
from agencies.models import Agency, Placement, Unit
from assessments.models import Assignment, Attempt, Campaign, ScoreSheet
from assessments.sheets import unpack
from audit.models import AuditEvent
from demo.context_processors import people
from demo.world import builder
from demo.world.campaigns import CLOSED_CODE, EARLIER_CODE, OPEN_CODE
from demo.world.listed import listed_people
from demo.world.places import PASSWORD
from development.models import Goal
from questionnaires.bootstrap import technical_account
from reports.models import ReleaseState, ReportShare, ResultCell
from reports.personal import personal_report
from reports.sharing.selectors import shares_with
from scoring.groups import FEWEST_AGENCIES
from scoring.models import CalibrationSet
from scoring.plan import SITUATIONAL
from scoring.selectors import plan_of
from tests.demo.conftest import PEOPLE
from tests.demo.shipped import BANKS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

User = get_user_model()


def run(command, **options):
    said = StringIO()
    call_command(command, stdout=said, **options)
    return said.getvalue()


def person_who(role_label):
    entry = next(entry for entry in listed_people() if role_label in entry["role_label"])
    return User.objects.get(nip=entry["nip"])


def state_of_everything():
    """Number of rows of every model, and everything that could change in the attempts."""
    counts = {model._meta.label: model.objects.count() for model in apps.get_models()}
    attempts = list(
        Attempt.objects.order_by("pk").values_list("pk", "state", "answers", "revision", "saved_at")
    )
    return counts, attempts


# --- building --------------------------------------------------------------------------------------------


def test_the_command_says_what_it_made(world):
    assert "Dunia contoh siap: 11 instansi" in world
    assert "Pegawai: 61 dari 61" in world


def test_a_second_run_changes_nothing():
    before = state_of_everything()
    assert "sudah ada; tidak ada yang diubah" in run("build_demo", people=200)
    assert state_of_everything() == before


def test_a_half_made_world_is_left_alone():
    Campaign.objects.filter(code=OPEN_CODE).update(code="diganti-orang")
    with pytest.raises(CommandError, match="tidak lengkap"):
        run("build_demo", people=PEOPLE)


def test_a_killed_run_leaves_nothing(monkeypatch):
    def killed(description, *, by):
        create_agency(
            code="terpotong", name="Terpotong", kind="LPNK", time_zone="WIB", dpo_contact="-", by=by
        )
        raise KeyboardInterrupt

    monkeypatch.setattr(builder.places, "make_agencies", killed)
    before = state_of_everything()
    with pytest.raises(KeyboardInterrupt):
        builder.build(people=PEOPLE, progress=lambda *_step: None)
    assert state_of_everything() == before


@pytest.mark.parametrize("people", [0, 39, 20_001])
def test_an_impossible_number_of_people_is_refused(people):
    with pytest.raises(CommandError, match="antara 40 dan 20000"):
        run("build_demo", people=people)


@pytest.mark.parametrize("command", ["build_demo", "demo_people"])
def test_nothing_runs_outside_a_demo(settings, command):
    settings.CERMIN_DEMO = False
    with pytest.raises(CommandError, match="hanya boleh dibuat pada pemasangan percobaan"):
        run(command)


# --- what stands there -----------------------------------------------------------------------------------


def test_agencies_in_three_zones_have_their_trees_and_people():
    assert Agency.objects.count() == 11
    assert Agency.objects.filter(kind=Agency.Kind.REGENCY).count() == FEWEST_AGENCIES
    assert set(Agency.objects.values_list("time_zone", flat=True)) == {"WIB", "WITA", "WIT"}
    assert Unit.objects.filter(depth=4).exists()
    assert Placement.objects.count() == PEOPLE


def test_only_the_listed_people_have_a_password():
    nips = {entry["nip"] for entry in listed_people()}
    able = {user.nip for user in User.objects.all() if user.has_usable_password()}
    assert able == nips


def test_every_number_in_the_world_is_possible():
    for number in User.objects.exclude(nip=None).values_list("nip", flat=True):
        parse_nip(number, today=timezone.localdate())


def test_one_campaign_is_closed_before_its_deadline_and_one_is_open():
    closed, opened = Campaign.objects.get(code=CLOSED_CODE), Campaign.objects.get(code=OPEN_CODE)
    assert closed.state == Campaign.State.CLOSED
    assert closed.opens_at < closed.closed_at < closed.closes_at
    assert closed.instruments.count() == 4
    assert opened.state == Campaign.State.OPEN
    assert opened.instruments.count() == 3
    assert closed.assignments.count() == opened.assignments.count() == PEOPLE


def test_every_shipped_questionnaire_is_asked():
    asked = Campaign.objects.values_list("instruments__version__questionnaire__code", flat=True)
    assert set(asked) == {path.stem for path in BANKS.glob("*.yaml")}


def test_the_climate_of_units_is_frozen_and_no_persons_report_speaks_of_it():
    climate = ResultCell.objects.filter(scale_code__startswith="IKLIM-", is_shown=True)
    assert climate.exists()
    attempt = Attempt.objects.filter(
        state=Attempt.State.SUBMITTED, version__questionnaire__code="budaya-kerja"
    ).first()
    assert not any(entry.code.startswith("IKLIM-") for entry in personal_report(attempt).dimensions)


def test_participation_is_partial_in_both_campaigns():
    for code, lowest, highest in ((CLOSED_CODE, 0.6, 0.95), (OPEN_CODE, 0.1, 0.5)):
        assignments = Assignment.objects.filter(campaign__code=code)
        done = assignments.filter(completed_at__isnull=False).count()
        assert lowest <= done / PEOPLE <= highest
        assert Attempt.objects.filter(
            assignment__campaign__code=code, state=Attempt.State.IN_PROGRESS
        ).exists()


def test_results_are_frozen_for_every_agency_with_shown_and_hidden_cells():
    assert ReleaseState.objects.filter(campaign__code=CLOSED_CODE).count() == 11
    release = ReleaseState.objects.get(campaign__code=CLOSED_CODE, agency__code="kab-jenawi")
    assert release.previous.campaign.code == EARLIER_CODE
    assert ResultCell.objects.filter(is_shown=True, mean__isnull=False).exists()
    assert ResultCell.objects.filter(is_shown=False).exists()


def test_every_submission_has_a_sheet_and_believable_scores():
    assert ScoreSheet.objects.count() == Attempt.objects.filter(state=Attempt.State.SUBMITTED).count()
    for rule_id in ScoreSheet.objects.values_list("rule", flat=True).distinct().order_by():
        plan = plan_of(rule_id)
        table = unpack(plan, list(ScoreSheet.objects.filter(rule=rule_id).values_list("scores", flat=True)))
        scores = table.scores()
        for column, scale in enumerate(plan.scales):
            if scale.has_bands:
                known = [score for score in scores[:, column] if score == score]
                # A handful of people judge the situations, and most of them well.
                highest = 90 if scale.kind != SITUATIONAL else 98
                assert 55 <= sum(known) / len(known) <= highest, scale.code


def test_people_answered_for_themselves_in_the_trail():
    attempt = Attempt.objects.filter(state=Attempt.State.SUBMITTED).first()
    event = AuditEvent.objects.get(event="attempt.submitted", target_id=str(attempt.pk))
    assert event.actor_id == attempt.person_id
    assert AuditEvent.objects.filter(event="campaign.closed", actor_id=technical_account().pk).exists()


# --- the listed people -----------------------------------------------------------------------------------


def test_everybody_listed_can_sign_in_from_the_page(client):
    page = client.get(reverse("account_login"))
    offered = page.context["demo_people"]
    assert len(offered) == 13
    for entry in offered:
        assert entry["name"] in page.content.decode()
        response = client.post(
            reverse("account_login"), {"login": entry["nip"], "password": entry["password"]}
        )
        assert response.status_code == 302, entry["role_label"]
        if response.headers["Location"] == reverse("mfa_authenticate"):
            code = client.get(reverse("mfa_authenticate")).context["demo_code"]
            client.post(reverse("mfa_authenticate"), {"code": code})
        assert "_auth_user_id" in client.session, entry["role_label"]
        client.logout()


def test_everybody_listed_with_a_role_has_a_second_factor_and_nobody_else_has():
    for entry in listed_people():
        person = User.objects.get(nip=entry["nip"])
        assert has_second_factor(person) == holds_staff_role(person), entry["role_label"]


def test_a_role_holder_of_the_demo_enters_the_staff_rooms_with_what_the_pages_offer(client):
    auditor = person_who("Auditor")
    client.post(reverse("account_login"), {"login": auditor.nip, "password": PASSWORD})
    for _again in range(2):  # the code of the moment is used up by then, and another one is offered
        code = client.get(reverse("mfa_authenticate")).context["demo_code"]
        client.post(reverse("mfa_authenticate"), {"code": code})
        page = client.get(reverse("admin:index"), follow=True)
        given = {"password": page.context["demo_password"], "next": reverse("staff_door")}
        client.post(reverse("account_reauthenticate"), given, follow=True)
        assert client.get(reverse("admin:index")).status_code == 200
        client.logout()
        client.post(reverse("account_login"), {"login": auditor.nip, "password": PASSWORD})


def test_a_world_that_was_built_before_second_factors_gets_them():
    Authenticator.objects.all().delete()
    assert "sudah ada" in run("build_demo", people=PEOPLE)
    assert has_second_factor(person_who("Auditor"))


def test_the_list_is_given_to_visitors_of_the_sign_in_page_only(client, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.resolver_match = None
    with django_assert_num_queries(0):
        assert people(request) == {}
    client.force_login(person_who("Auditor"))
    response = client.get(reverse("development:plan"))
    assert "demo_people" not in response.context


def test_labels_follow_the_language(client):
    client.cookies["django_language"] = "en"
    offered = client.get(reverse("account_login")).context["demo_people"]
    assert "HR analyst, Jenawi Regency" in {entry["role_label"] for entry in offered}


def test_the_command_prints_everybody_with_number_and_password():
    said = run("demo_people")
    for entry in listed_people():
        assert entry["nip"] in said
        assert entry["role_label"] in said
    assert PASSWORD in said


def test_before_building_the_command_says_what_to_do():
    User.objects.filter(nip__in=[entry["nip"] for entry in listed_people()]).update(is_active=False)
    assert "build_demo" in run("demo_people")


def test_listed_people_stand_where_they_say():
    def states(person):
        return set(
            person.attempts.filter(assignment__campaign__code=OPEN_CODE).values_list("state", flat=True)
        )

    assert states(person_who("belum mulai")) == set()
    assert states(person_who("sedang mengisi")) == {Attempt.State.IN_PROGRESS}
    finished = person_who("laporan selesai")
    assert states(finished) == {Attempt.State.SUBMITTED}
    assert [goal.person for goal in Goal.objects.all()] == [finished]
    assert person_who("superuser").is_superuser


def test_one_report_is_shared_with_the_superior_who_has_looked():
    shares = {share.ending: share for share in ReportShare.objects.all()}
    assert set(shares) == {"", ReportShare.Ending.REVOKED}
    open_share = shares[""]
    assert (open_share.owner, open_share.recipient) == (person_who("laporan selesai"), person_who("Atasan"))
    assert open_share.looks.count() == 1
    assert [item.share for item in shares_with(open_share.recipient)] == [open_share]


def test_a_small_world_has_no_calibration_and_its_reports_invent_none():
    assert not CalibrationSet.objects.exists()
    assert not ScoreSheet.objects.filter(calibration__isnull=False).exists()
    assert not ScoreSheet.objects.exclude(number=ScoreSheet.TOLD).exists()
