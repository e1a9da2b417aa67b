"""What happens to a plan, whoever asks."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import AuditEvent
from development import actions, policies
from development.history import history_of
from development.models import ActionItem, Goal
from development.selectors import plan_of_person
from tests.factories.accounts import UserFactory
from tests.factories.assessments import started_attempt, submitted_attempt
from tests.factories.development import goal_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

CHANGED = {
    "behaviour": "Lain",
    "when_then": "Ketika lain, saya akan lain",
    "measure": "Sekali seminggu",
}


@pytest.fixture
def person():
    return UserFactory()


def today():
    return timezone.localdate()


def test_a_fourth_open_goal_is_refused_with_a_sentence_and_nothing_is_written(person):
    for _number in range(3):
        goal_of(person)
    with pytest.raises(policies.PolicyError, match="sudah mempunyai 3 sasaran"):
        goal_of(person)
    assert Goal.objects.count() == 3
    assert not policies.can_goal_be_added(person)


def test_a_completed_goal_makes_room_for_another(person):
    first, *_others = [goal_of(person) for _number in range(3)]
    actions.complete_goal(goal=first, by=person)
    goal_of(person)
    assert Goal.objects.not_completed().count() == 3


def test_goals_of_others_do_not_count(person):
    for _number in range(3):
        goal_of(UserFactory())
    assert goal_of(person).status == Goal.Status.NOT_STARTED


@pytest.mark.parametrize(("days", "is_possible"), [(-1, False), (0, True), (90, True), (91, False)])
def test_a_goal_is_due_from_today_to_ninety_days_ahead(person, days, is_possible):
    due_on = today() + timedelta(days=days)
    assert policies.can_due_date_be_set(due_on, today=today()) is is_possible
    if is_possible:
        assert goal_of(person, due_on=due_on).due_on == due_on
    else:
        with pytest.raises(policies.PolicyError, match="Tanggal ini"):
            goal_of(person, due_on=due_on)


def test_a_goal_from_a_report_remembers_report_and_dimension(person):
    attempt = submitted_attempt(person, published_version())
    goal = goal_of(person, attempt=attempt, scale_code="RAPI")
    assert (goal.attempt, goal.scale_code) == (attempt, "RAPI")


def test_somebody_elses_report_leads_to_no_goal(person):
    attempt = submitted_attempt(UserFactory(), published_version())
    assert not policies.can_report_lead_to_goal(attempt, person=person)
    with pytest.raises(policies.PolicyError, match="laporan Anda sendiri"):
        goal_of(person, attempt=attempt, scale_code="RAPI")


def test_an_unfinished_attempt_is_no_report(person):
    attempt = started_attempt(person, published_version())
    with pytest.raises(policies.PolicyError, match="laporan Anda sendiri"):
        goal_of(person, attempt=attempt, scale_code="RAPI")


def test_progress_puts_a_goal_under_way_and_counts_its_hours(person):
    goal = goal_of(person, jp=5)
    actions.record_progress(goal=goal, note="Sudah dua kali.", jp=2, by=person)
    actions.record_progress(goal=goal, note="Tiga kali.", jp=1, by=person)
    plan = plan_of_person(person, today=today())
    assert goal.status == Goal.Status.IN_PROGRESS
    # 2 + 1 recorded; the planned 5 do not count
    assert plan.hours.done == 3
    # 5 planned less 3 recorded
    assert plan.hours.planned == 2
    assert plan.open_goals[0].recorded_jp == 3


def test_hours_of_another_year_or_another_person_do_not_count(person):
    goal = goal_of(person)
    actions.record_progress(goal=goal, note="Tahun lalu.", jp=7, by=person)
    ActionItem.objects.update(noted_at=timezone.now() - timedelta(days=366))
    other = UserFactory()
    actions.record_progress(goal=goal_of(other), note="Orang lain.", jp=4, by=other)
    assert plan_of_person(person, today=today()).hours.done == 0


def test_starting_twice_is_the_same_as_once(person):
    goal = goal_of(person)
    actions.start_goal(goal=goal, by=person)
    actions.start_goal(goal=goal, by=person)
    assert goal.status == Goal.Status.IN_PROGRESS
    assert AuditEvent.objects.filter(event="goal.started").count() == 1


def test_completing_in_two_tabs_completes_once(person):
    goal = goal_of(person)
    other_tab = Goal.objects.get(pk=goal.pk)
    actions.complete_goal(goal=goal, by=person)
    first_day = goal.completed_at
    with pytest.raises(policies.PolicyError, match="sudah selesai"):
        actions.complete_goal(goal=other_tab, by=person)
    goal.refresh_from_db()
    assert goal.completed_at == first_day
    assert AuditEvent.objects.filter(event="goal.completed").count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda goal: actions.record_progress(goal=goal, note="Terlambat", by=goal.person),
        lambda goal: actions.start_goal(goal=goal, by=goal.person),
        lambda goal: actions.change_goal(goal=goal, due_on=today(), by=goal.person, **CHANGED),
    ],
)
def test_a_completed_goal_stays_as_it_was(person, act):
    goal = goal_of(person)
    actions.complete_goal(goal=goal, by=person)
    with pytest.raises(policies.PolicyError, match="sudah selesai"):
        act(goal)
    goal.refresh_from_db()
    assert (goal.status, goal.behaviour) == (Goal.Status.COMPLETED, "Meminta pendapat sebelum memutuskan")
    assert not ActionItem.objects.exists()


def test_a_changed_goal_says_so_and_keeps_its_notes(person):
    goal = goal_of(person)
    actions.record_progress(goal=goal, note="Sudah mulai.", by=person)
    actions.change_goal(goal=goal, due_on=today() + timedelta(days=3), jp=2, by=person, **CHANGED)
    goal.refresh_from_db()
    assert (goal.status, goal.behaviour, goal.jp) == (Goal.Status.CHANGED, "Lain", 2)
    assert goal.action_items.count() == 1


def test_a_rewrite_keeps_what_it_replaced_and_only_that(person):
    goal = goal_of(person, jp=2, method=Goal.Method.COACHING)
    kept = {name: getattr(goal, name) for name in actions.WORDING}
    new_date = today() + timedelta(days=40)
    assert actions.change_goal(
        goal=goal, by=person, note="Cuti.", **{**kept, "behaviour": "Lain", "due_on": new_date}
    )
    step = goal.steps.get()
    assert (step.status, step.note) == (Goal.Status.CHANGED, "Cuti.")
    assert step.replaced == {"behaviour": kept["behaviour"], "due_on": kept["due_on"].isoformat()}


def test_a_rewrite_in_which_nothing_differs_changes_nothing(person):
    goal = goal_of(person)
    kept = {name: getattr(goal, name) for name in actions.WORDING}
    assert not actions.change_goal(goal=goal, by=person, **kept)
    goal.refresh_from_db()
    assert goal.status == Goal.Status.NOT_STARTED
    assert not goal.steps.exists()
    assert not AuditEvent.objects.filter(event="goal.changed").exists()


def test_two_tabs_that_rewrite_both_leave_their_words_in_the_history(person):
    goal = goal_of(person, behaviour="Pertama")
    other_tab = Goal.objects.get(pk=goal.pk)
    kept = {name: getattr(goal, name) for name in actions.WORDING}
    actions.change_goal(goal=goal, by=person, **{**kept, "behaviour": "Kedua"})
    actions.change_goal(goal=other_tab, by=person, **{**kept, "behaviour": "Ketiga"})
    replaced = [step.replaced["behaviour"] for step in goal.steps.order_by("pk")]
    assert replaced == ["Pertama", "Kedua"]


def test_a_new_date_starts_the_time_of_a_goal_again(person):
    with time_machine.travel(timezone.now() - timedelta(days=10), tick=False):
        goal = goal_of(person)
        first_day = today()
    kept = {name: getattr(goal, name) for name in actions.WORDING}
    actions.change_goal(goal=goal, by=person, **{**kept, "jp": 3})
    assert goal.runs_from == first_day
    actions.change_goal(goal=goal, by=person, **{**kept, "due_on": today() + timedelta(days=20)})
    goal.refresh_from_db()
    assert goal.runs_from == today()


def test_every_status_can_say_why(person):
    goal = goal_of(person)
    actions.start_goal(goal=goal, note="Mulai Senin.", by=person)
    actions.complete_goal(goal=goal, note="Tercapai lebih cepat.", by=person)
    history = [(entry.sentence, entry.note) for entry in history_of(goal)]
    assert history == [
        ("Ditandai selesai", "Tercapai lebih cepat."),
        ("Mulai dijalankan", "Mulai Senin."),
        ("Sasaran dibuat", ""),
    ]


def test_an_unknown_method_is_refused(person):
    with pytest.raises(policies.PolicyError, match="Cara belajar itu tidak dikenal"):
        goal_of(person, method="sihir")


@pytest.mark.parametrize("jp", [-1, 901])
def test_impossible_hours_are_refused(person, jp):
    with pytest.raises(policies.PolicyError, match="JP"):
        goal_of(person, jp=jp)
    goal = goal_of(person)
    with pytest.raises(policies.PolicyError, match="JP"):
        actions.record_progress(goal=goal, note="Catatan", jp=jp, by=person)
    assert not policies.can_jp_be_recorded(jp)


def test_the_trail_tells_that_but_not_what(person):
    goal = goal_of(person)
    actions.record_progress(goal=goal, note="Rahasia saya", by=person)
    events = AuditEvent.objects.filter(target_model="development.goal")
    assert set(events.values_list("event", flat=True)) == {"goal.added", "goal.progress_recorded"}
    assert all(event.detail == {} and event.agency_id is None for event in events)
