"""The pages of the plan: they work, they are private, they say what is wrong."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions as assessment_actions
from development import actions
from development.models import ActionItem, Goal
from tests.factories.accounts import UserFactory
from tests.factories.assessments import started_attempt, submitted_attempt
from tests.factories.development import goal_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

# Nobody's goal; fixed, because every worker must collect the same tests.
NO_GOAL = UUID("5c8ff7bb-6a0e-4f6c-8f0f-0f5a4d0f6c11")
PLAN, ADD = reverse("development:plan"), reverse("development:add")


def page_of(goal):
    return reverse("development:goal", args=[goal.public_id])


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


def filled_in(**changes):
    return {
        "behaviour": "Menelepon pemohon pada hari yang sama",
        "when_then": "Ketika berkas kurang, saya akan menelepon",
        "measure": "Lima pemohon",
        "due_on": (timezone.localdate() + timedelta(days=10)).isoformat(),
        "method": "mentoring",
        "jp": "2",
        "supporter": "",
        **changes,
    }


# --- who may ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [PLAN, ADD, reverse("development:goal", args=[NO_GOAL])])
def test_a_visitor_is_asked_to_sign_in(client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_strangers_goal_is_not_found(member):
    goal = goal_of(UserFactory(), behaviour="Rahasia")
    assert member.get(page_of(goal)).status_code == 404
    assert member.post(page_of(goal), {"go": "complete"}).status_code == 404
    goal.refresh_from_db()
    assert goal.status == Goal.Status.NOT_STARTED


def test_the_plan_shows_own_goals_only(member, person):
    goal_of(UserFactory(), behaviour="Sasaran orang lain")
    goal_of(person, behaviour="Sasaran saya")
    text = member.get(PLAN).content.decode()
    assert "Sasaran saya" in text
    assert "Sasaran orang lain" not in text


def test_other_methods_are_refused(member, person):
    assert member.delete(PLAN).status_code == 405
    assert member.put(ADD).status_code == 405
    assert member.delete(page_of(goal_of(person))).status_code == 405


# --- the plan --------------------------------------------------------------------------------------------


def test_an_empty_plan_says_how_to_begin(member):
    text = member.get(PLAN).content.decode()
    assert "Belum ada sasaran" in text
    assert "0 dari 20 JP" in text
    assert ADD in text


def test_a_full_plan_offers_no_fourth_goal(member, person):
    for number in range(3):
        goal_of(person, behaviour=f"Sasaran ke-{number}")
    text = member.get(PLAN).content.decode()
    assert "3 sasaran yang belum selesai" in text
    assert ADD not in text


def test_the_plan_shows_overdue_and_completed_goals(member, person):
    late, done = goal_of(person, behaviour="Terlambat"), goal_of(person, behaviour="Tuntas")
    yesterday = timezone.localdate() - timedelta(days=1)
    Goal.objects.filter(pk=late.pk).update(due_on=yesterday, runs_from=yesterday)
    actions.complete_goal(goal=done, by=person)
    text = member.get(PLAN).content.decode()
    assert "sudah lewat" in text
    assert "1 sasaran selesai" in text


def test_the_number_of_queries_does_not_grow_with_the_goals(member, person):
    attempt = submitted_attempt(person, published_version())

    def add_completed():
        goal = goal_of(person, attempt=attempt, scale_code="RAPI")
        actions.record_progress(goal=goal, note="Catatan", jp=1, by=person)
        actions.complete_goal(goal=goal, by=person)

    add_completed()
    member.get(PLAN)
    with CaptureQueriesContext(connection) as few:
        member.get(PLAN)
    for _number in range(5):
        add_completed()
    with CaptureQueriesContext(connection) as many:
        member.get(PLAN)
    assert len(many) == len(few)


def test_the_pages_are_there_in_english(member, person):
    member.cookies["django_language"] = "en"
    assert member.get(PLAN).status_code == 200
    assert member.get(page_of(goal_of(person))).status_code == 200


# --- adding ----------------------------------------------------------------------------------------------


def test_a_goal_in_own_words_is_saved(member, person):
    response = member.post(ADD, filled_in())
    goal = Goal.objects.get(person=person)
    assert response.status_code == 302
    assert response.url == page_of(goal)
    assert (goal.behaviour, goal.jp, goal.attempt) == ("Menelepon pemohon pada hari yang sama", 2, None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"behaviour": ""}, "Tuliskan satu perilaku atau langkah."),
        ({"when_then": ""}, "Tuliskan kapan Anda melakukannya."),
        ({"measure": ""}, "Tuliskan bagaimana Anda tahu"),
        ({"due_on": ""}, "Pilih tanggal."),
        ({"due_on": "besok"}, "Tanggal ini tidak dapat dibaca"),
        ({"due_on": "2020-01-01"}, "Tanggal ini sudah lewat."),
        ({"due_on": "2199-01-01"}, "lebih dari 90 hari lagi"),
        ({"jp": "-1"}, "JP tidak boleh kurang dari 0."),
        ({"jp": "901"}, "JP paling banyak 900."),
        ({"jp": "dua"}, "Isilah JP dengan bilangan bulat"),
        ({"measure": "x" * 301}, "Paling panjang 300 karakter, sedangkan yang Anda tulis 301."),
        ({"method": ""}, "Pilih satu cara belajar."),
        ({"method": "sihir"}, "Cara belajar itu tidak dikenal."),
    ],
)
def test_a_mistake_is_named_and_what_was_written_stays(member, changes, sentence):
    kept = filled_in(**changes)
    response = member.post(ADD, kept)
    text = response.content.decode()
    assert response.status_code == 200
    assert sentence in text
    assert "Isian ini perlu diperbaiki" in text
    assert kept["when_then"] in text
    assert not Goal.objects.exists()


def test_a_fourth_goal_is_refused_in_the_form(member, person):
    for _number in range(3):
        goal_of(person)
    text = member.post(ADD, filled_in()).content.decode()
    assert "sudah mempunyai 3 sasaran" in text
    assert "Menelepon pemohon" in text
    assert Goal.objects.count() == 3


# --- from a report ---------------------------------------------------------------------------------------


def from_report(attempt, scale="RAPI"):
    return f"{ADD}?laporan={attempt.public_id}&dimensi={scale}"


def test_the_tips_of_the_reports_band_are_offered(member, person):
    attempt = submitted_attempt(person, published_version(), default=3)
    response = member.get(from_report(attempt))
    form = response.context["form"]
    # all items at the middle: 50, band "berkembang", which has three tips
    assert list(form.texts.values()) == ["Coba hal kecil."] * 3
    assert "Rapi" in response.content.decode()


def test_a_chosen_tip_becomes_the_behaviour_with_its_hours(member, person):
    attempt = submitted_attempt(person, published_version())
    member.post(from_report(attempt), filled_in(tip="1", behaviour="", jp="", method=""))
    goal = Goal.objects.get()
    assert (goal.behaviour, goal.jp, goal.method) == ("Coba hal kecil.", 1, Goal.Method.SELF_STUDY)
    assert (goal.attempt, goal.scale_code) == (attempt, "RAPI")
    assert "Rapi" in member.get(page_of(goal)).content.decode()


def test_own_words_win_over_a_tip(member, person):
    attempt = submitted_attempt(person, published_version())
    member.post(from_report(attempt), filled_in(tip="1", behaviour="Kata saya sendiri", jp="3"))
    goal = Goal.objects.get()
    assert (goal.behaviour, goal.jp) == ("Kata saya sendiri", 3)


def test_choosing_own_words_without_writing_any_is_a_mistake(member, person):
    attempt = submitted_attempt(person, published_version())
    response = member.post(from_report(attempt), filled_in(tip="sendiri", behaviour=""))
    assert "Tuliskan satu perilaku atau langkah." in response.content.decode()
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    ("tip", "sentence"), [("", "Pilih satu saran"), ("99", "Saran ini tidak ada dalam laporan Anda")]
)
def test_a_tip_that_was_not_offered_is_a_mistake(member, person, tip, sentence):
    attempt = submitted_attempt(person, published_version())
    response = member.post(from_report(attempt), filled_in(tip=tip, behaviour=""))
    assert sentence in response.content.decode()
    assert not Goal.objects.exists()


def test_a_dimension_without_a_score_offers_no_tip(member, person):
    # A1 alone of four applicable items: too few answers for RAPI
    version = published_version()
    attempt = started_attempt(person, version)
    assessment_actions.save_answers(
        attempt=attempt, patch={"A1": 4}, seen_revision=attempt.revision, by=person
    )
    assessment_actions.submit_attempt(attempt=attempt, by=person)
    response = member.get(from_report(attempt))
    assert response.status_code == 200
    assert "tip" not in response.context["form"].fields


def test_reports_of_others_unfinished_ones_and_unknown_names_are_not_found(member, person):
    version = published_version()
    others = submitted_attempt(UserFactory(), version)
    begun = started_attempt(person, version)
    own = submitted_attempt(person, published_version(code="bank-lain"))
    assert member.get(from_report(others)).status_code == 404
    assert member.post(from_report(others), filled_in()).status_code == 404
    assert member.get(from_report(begun)).status_code == 404
    assert member.get(from_report(own, scale="SD")).status_code == 404
    assert member.get(f"{ADD}?laporan=bukan-uuid&dimensi=RAPI").status_code == 404


# --- one goal --------------------------------------------------------------------------------------------


def test_a_goal_shows_its_notes_and_takes_a_new_one(member, person):
    goal = goal_of(person)
    response = member.post(
        page_of(goal), {"go": "progress", "note": "Sudah dua kali", "jp": "2"}, follow=True
    )
    text = response.content.decode()
    assert "Kemajuan tercatat." in text
    assert "Sudah dua kali" in text
    assert "2 JP" in text
    assert "Berjalan" in text


def test_an_empty_note_is_named(member, person):
    goal = goal_of(person)
    response = member.post(page_of(goal), {"go": "progress", "note": "", "jp": ""})
    assert "Tuliskan satu kalimat tentang kemajuan Anda." in response.content.decode()
    assert not ActionItem.objects.exists()


@pytest.mark.parametrize(
    ("go", "status"), [("begin", Goal.Status.IN_PROGRESS), ("complete", Goal.Status.COMPLETED)]
)
def test_one_press_changes_the_status(member, person, go, status):
    goal = goal_of(person)
    assert member.post(page_of(goal), {"go": go}).status_code == 302
    goal.refresh_from_db()
    assert goal.status == status


def test_a_goal_is_rewritten(member, person):
    goal = goal_of(person)
    data = {f"ubah-{name}": value for name, value in filled_in(behaviour="Ditulis ulang").items()}
    member.post(page_of(goal), {"go": "change", **data})
    goal.refresh_from_db()
    assert (goal.behaviour, goal.status) == ("Ditulis ulang", Goal.Status.CHANGED)


def test_a_wrong_change_is_named_and_the_goal_stays(member, person):
    goal = goal_of(person)
    data = {f"ubah-{name}": value for name, value in filled_in(due_on="2020-01-01").items()}
    response = member.post(page_of(goal), {"go": "change", **data})
    assert "Tanggal ini sudah lewat." in response.content.decode()
    goal.refresh_from_db()
    assert goal.status == Goal.Status.NOT_STARTED


def test_completing_twice_says_so_kindly(member, person):
    goal = goal_of(person)
    member.post(page_of(goal), {"go": "complete"})
    response = member.post(page_of(goal), {"go": "complete"}, follow=True)
    text = response.content.decode()
    assert "sudah selesai dan tidak berubah lagi" in text
    assert "Tandai selesai" not in text


def test_an_unknown_press_is_not_found(member, person):
    assert member.post(page_of(goal_of(person)), {"go": "hapus"}).status_code == 404


# --- long and strange words ------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"


def test_ten_thousand_characters_are_refused_with_both_numbers_and_stay_in_the_form(member, person):
    goal, note = goal_of(person), "kata " * 2000
    text = member.post(page_of(goal), {"go": "progress", "note": note, "jp": ""}).content.decode()
    assert "Paling panjang 4000 karakter, sedangkan yang Anda tulis 9999." in text
    assert note.strip() in text
    assert not ActionItem.objects.exists()


def test_the_longest_note_is_kept_whole(member, person):
    goal, note = goal_of(person), "panjang " * 500
    member.post(page_of(goal), {"go": "progress", "note": note, "jp": ""})
    assert ActionItem.objects.get().note == note.strip()


def test_no_browser_is_told_to_cut_what_is_pasted(member, person):
    text = member.get(page_of(goal_of(person))).content.decode()
    assert "maxlength" not in text


@pytest.mark.parametrize("go", ["progress", "begin"])
def test_a_script_in_a_note_is_shown_as_text(member, person, go):
    goal = goal_of(person, behaviour=SCRIPT, supporter=SCRIPT)
    member.post(page_of(goal), {"go": go, "note": SCRIPT, "mulai-note": SCRIPT, "jp": ""})
    for address in (PLAN, page_of(goal)):
        text = member.get(address).content.decode()
        assert SCRIPT not in text
        assert "&lt;script&gt;" in text


def test_a_rewritten_goal_shows_its_history(member, person):
    goal = goal_of(person, behaviour="Yang lama")
    data = {f"ubah-{name}": value for name, value in filled_in(behaviour="Yang baru").items()}
    member.post(page_of(goal), {"go": "change", **data, "ubah-note": "Tugas saya berganti."})
    text = member.get(page_of(goal)).content.decode()
    assert "Tugas saya berganti." in text
    assert "Yang lama" in text
    assert "Sebelumnya tertulis:" in text


def test_a_change_without_a_difference_says_so(member, person):
    goal = goal_of(person, method="mentoring", jp=2)
    data = {f"ubah-{name}": getattr(goal, name) for name in actions.WORDING}
    response = member.post(page_of(goal), {"go": "change", **data}, follow=True)
    assert "Tidak ada yang berbeda" in response.content.decode()


# --- growth areas of the reports -------------------------------------------------------------------------


def test_a_new_goal_begins_with_the_growth_areas_of_the_newest_reports(member, person):
    # RAPI at the top, PEKA at the bottom: PEKA is a growth area
    values = {"A1": 5, "A2": 5, "A3": 5, "A4": 1, "B1": 1, "B2": 1, "B3": 1, "B4": 7}
    attempt = submitted_attempt(person, published_version(), values=values)
    text = member.get(ADD).content.decode()
    assert f"?laporan={attempt.public_id}&amp;dimensi=PEKA" in text
    assert "dimensi=RAPI" not in text
    assert "Mulai dari laporan Anda" not in member.get(from_report(attempt, "PEKA")).content.decode()


def test_without_a_report_there_is_nothing_to_begin_with(member):
    assert "Mulai dari laporan Anda" not in member.get(ADD).content.decode()
