from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.actions import revoke_role
from agencies.models import Role
from assessments import answers, page_times
from assessments.models import Attempt, Campaign
from questionnaires.document import load_document
from tests.factories.agencies import AgencyFactory, analyst_of, person_with_role, placed_person, root_of
from tests.factories.assessments import answer, close, open_campaign, started_attempt, submitted_attempt
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def document(version):
    return load_document(version.pk)


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def person(agency):
    return placed_person(root_of(agency))


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def attempt(person, version):
    return started_attempt(person, version)


def section_url(attempt, number=1):
    return reverse("assessments:section", args=[attempt.public_id, number])


def stored(attempt):
    return answers.decode(load_document(attempt.version_id), Attempt.objects.get(pk=attempt.pk).answers)


def page_of(attempt, section, **changes):
    """What the page of a section posts when nothing was touched, plus changes."""
    given = answers.of_section(section, stored(attempt))
    fields = {
        "base": answers.page_token(section, given),
        "seconds": "",
        "go": "next",
    }
    return {**fields, **given, **changes}


def first_codes(document, count=2):
    return [item.code for item in document.sections[0].items[:count]]


# --- introduction and start ------------------------------------------------------------------------------------


def test_the_introduction_says_who_sees_what_before_the_first_item(member, version, agency, person):
    campaign = open_campaign(version, agency=agency, people=[person])
    task = reverse(
        "assessments:task", args=[campaign.assignments.get().public_id, version.questionnaire.code]
    )
    page = member.get(task).content.decode()
    for text in (
        campaign.legal_basis,
        campaign.dpia_reference,
        agency.dpo_contact,
        "paling sedikit 10 orang",
    ):
        assert text in page
    assert not Attempt.objects.exists()


def test_beginning_leads_to_the_first_page(member, version, person):
    response = member.post(
        reverse("assessments:introduction", args=[version.questionnaire.code]), follow=True
    )
    assert response.redirect_chain[-1][0] == section_url(Attempt.objects.get(person=person))


def test_beginning_a_campaign_that_has_ended_says_so(member, version, agency, person):
    campaign = close(open_campaign(version, agency=agency, people=[person]))
    task = reverse(
        "assessments:task", args=[campaign.assignments.get().public_id, version.questionnaire.code]
    )
    response = member.post(task)
    assert response.status_code == 409
    assert "Batas waktu periode ini sudah lewat" in response.content.decode()


def test_a_questionnaire_that_is_not_there_is_not_found(member):
    assert member.get(reverse("assessments:introduction", args=["tidak-ada"])).status_code == 404


def test_somebody_elses_task_is_not_found(client, version, agency, person):
    campaign = open_campaign(version, agency=agency, people=[person])
    client.force_login(placed_person(root_of(agency)))
    task = reverse(
        "assessments:task", args=[campaign.assignments.get().public_id, version.questionnaire.code]
    )
    assert client.get(task).status_code == 404


def test_whoever_may_not_answer_is_refused(client, version):
    client.force_login(person_with_role(Role.BANK_EDITOR))
    assert (
        client.get(reverse("assessments:introduction", args=[version.questionnaire.code])).status_code == 403
    )


# --- a page of items ----------------------------------------------------------------------------------------------


def test_a_page_shows_every_item_as_a_fieldset_of_radios(member, attempt, document):
    page = member.get(section_url(attempt)).content.decode()
    section = document.sections[0]
    assert page.count("<fieldset") == len(section.items)
    for item in section.items:
        assert page.count(f'name="{item.code}"') == len(item.response_set.options) + item.na_allowed


def test_saving_a_page_goes_on_to_the_next(member, attempt, document):
    first, second = first_codes(document)
    section = document.sections[0]
    response = member.post(section_url(attempt), page_of(attempt, section, **{first: 2, second: 5}))
    assert response.headers["Location"] == section_url(attempt, 2)
    assert stored(attempt) == {first: 2, second: 5}


@pytest.mark.parametrize(
    ("number", "go", "expected"),
    [
        (1, "back", "home"),
        (2, "back", "section 1"),
        (1, "later", "home"),
        (1, "review", "review"),
        (-1, "next", "review"),
    ],
)
def test_the_buttons_lead_where_they_say(member, attempt, document, number, go, expected):
    number = number if number > 0 else len(document.sections)
    response = member.post(
        section_url(attempt, number), page_of(attempt, document.sections[number - 1], go=go)
    )
    targets = {
        "home": reverse("home"),
        "section 1": section_url(attempt, 1),
        "review": reverse("assessments:review", args=[attempt.public_id]),
    }
    assert response.headers["Location"] == targets[expected]


def test_the_person_comes_back_to_the_first_gap_on_another_device(member, client, attempt, document, person):
    section = document.sections[0]
    full = {item.code: item.response_set.minimum for item in section.items}
    member.post(section_url(attempt), page_of(attempt, section, **full))
    other_device = type(client)()
    other_device.force_login(person)
    response = other_device.get(reverse("assessments:resume", args=[attempt.public_id]))
    assert response.headers["Location"] == section_url(attempt, 2)


def test_a_value_outside_its_scale_is_refused_and_the_rest_stays_chosen(member, attempt, document):
    first, second = first_codes(document)
    response = member.post(
        section_url(attempt), page_of(attempt, document.sections[0], **{first: 99, second: 3})
    )
    assert response.status_code == 400
    page = response.content.decode()
    assert f"Jawaban untuk butir {first} berada di luar pilihannya" in page
    assert f'name="{second}" value="3" checked' in page
    assert stored(attempt) == {}


def test_an_unknown_item_code_is_refused_and_nothing_is_lost(member, attempt, document):
    first = first_codes(document)[0]
    response = member.post(
        section_url(attempt), page_of(attempt, document.sections[0], **{first: 3, "PALSU-1": 5})
    )
    assert response.status_code == 400
    page = response.content.decode()
    assert "butir yang tidak dikenal (PALSU-1)" in page
    assert f'name="{first}" value="3" checked' in page


def test_a_post_that_leaves_an_item_out_does_not_wipe_it(member, attempt, document):
    first, second = first_codes(document)
    section = document.sections[0]
    member.post(section_url(attempt), page_of(attempt, section, **{first: 2}))
    fields = page_of(attempt, section, **{second: 4})
    del fields[first]
    member.post(section_url(attempt), fields)
    assert stored(attempt) == {first: 2, second: 4}


def test_two_tabs_with_the_same_page_lose_nothing(member, attempt, document):
    first, second = first_codes(document)
    section = document.sections[0]
    tab_a, tab_b = page_of(attempt, section, **{first: 2}), page_of(attempt, section, **{second: 5})
    assert member.post(section_url(attempt), tab_a).status_code == 302
    assert member.post(section_url(attempt), tab_b).status_code == 302
    assert stored(attempt) == {first: 2, second: 5}


def test_a_conflict_between_tabs_is_said_and_the_next_press_decides(member, attempt, document):
    first, second = first_codes(document)
    section = document.sections[0]
    tab_a, tab_b = page_of(attempt, section, **{first: 2}), page_of(attempt, section, **{first: 5, second: 4})
    member.post(section_url(attempt), tab_a)
    response = member.post(section_url(attempt), tab_b)
    assert response.status_code == 409
    page = response.content.decode()
    assert "dijawab berbeda di tab atau perangkat lain" in page
    assert f'name="{first}" value="5" checked' in page
    assert stored(attempt) == {first: 2, second: 4}
    again = {**tab_b, "base": response.context["base"]}
    assert member.post(section_url(attempt), again).status_code == 302
    assert stored(attempt) == {first: 5, second: 4}


def test_after_the_deadline_a_save_is_refused_and_what_was_saved_stays(
    member, version, agency, person, document
):
    campaign = open_campaign(version, agency=agency, people=[person])
    attempt = started_attempt(person, version, campaign=campaign)
    first, second = first_codes(document)
    member.post(section_url(attempt), page_of(attempt, document.sections[0], **{first: 2}))
    Campaign.objects.filter(pk=campaign.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    response = member.post(section_url(attempt), page_of(attempt, document.sections[0], **{second: 2}))
    assert response.status_code == 409
    assert "Jawaban yang sudah tersimpan tetap ada" in response.content.decode()
    assert stored(attempt) == {first: 2}


def test_a_sent_attempt_leads_to_its_report(member, person, version):
    attempt = submitted_attempt(person, version)
    for name, args in [
        ("section", [attempt.public_id, 1]),
        ("review", [attempt.public_id]),
        ("resume", [attempt.public_id]),
    ]:
        response = member.get(reverse(f"assessments:{name}", args=args))
        assert response.headers["Location"] == reverse("reports:personal", args=[attempt.public_id])


@pytest.mark.parametrize("number", [0, 99])
def test_a_page_that_is_not_there_leads_back_to_where_one_was(member, attempt, number):
    response = member.get(section_url(attempt, number))
    assert response.headers["Location"] == reverse("assessments:resume", args=[attempt.public_id])


@pytest.mark.parametrize("who", ["colleague", "analyst of the agency"])
@pytest.mark.parametrize("name", ["resume", "section", "review"])
def test_nobody_else_finds_the_attempt(client, attempt, agency, who, name):
    client.force_login(placed_person(root_of(agency)) if who == "colleague" else analyst_of(agency))
    args = [attempt.public_id, 1] if name == "section" else [attempt.public_id]
    assert client.get(reverse(f"assessments:{name}", args=args)).status_code == 404


def test_the_queries_of_a_page_stay_within_six(member, attempt, document, django_assert_max_num_queries):
    member.get(section_url(attempt))
    with django_assert_max_num_queries(6):
        member.get(section_url(attempt))
    with django_assert_max_num_queries(8):
        member.post(
            section_url(attempt), page_of(attempt, document.sections[0], **{first_codes(document)[0]: 2})
        )


def test_the_page_is_in_english_after_the_switch(member, attempt, document):
    member.post(reverse("set_language"), {"language": "en", "next": "/"})
    page = member.get(section_url(attempt)).content.decode()
    assert '<html lang="en">' in page
    assert document.sections[0].title.en in page


# --- review -------------------------------------------------------------------------------------------------------


def test_the_review_puts_unanswered_items_first_with_a_way_to_each(member, attempt, document):
    first = first_codes(document)[0]
    member.post(section_url(attempt), page_of(attempt, document.sections[0], **{first: 2}))
    response = member.get(reverse("assessments:review", args=[attempt.public_id]))
    assert len(response.context["unanswered"]) == len(document.slots) - 1
    page = response.content.decode()
    assert f"{len(document.slots) - 1} butir belum dijawab" in page
    assert f"{section_url(attempt, 1)}#b2" in page


def test_the_review_of_a_complete_attempt_asks_for_nothing(member, attempt):
    answer(attempt)
    page = member.get(reverse("assessments:review", args=[attempt.public_id])).content.decode()
    assert "belum dijawab" not in page
    assert reverse("reports:submit", args=[attempt.public_id]) in page


def test_a_page_with_a_forged_origin_is_refused(member, attempt, document):
    response = member.post(section_url(attempt), page_of(attempt, document.sections[0], base="zz"))
    assert response.status_code == 400
    assert "Halaman ini tidak lengkap" in response.content.decode()


def test_a_redrawn_page_never_brings_back_what_another_tab_has_changed_since(member, attempt, document):
    """Tab B changes A1 and A2; tab A, still showing the old A1, chooses another A2: only A2 is asked about."""
    first, second = first_codes(document)
    section = document.sections[0]
    member.post(section_url(attempt), page_of(attempt, section, **{first: 2}))
    tab_a = page_of(attempt, section, **{second: 1})
    member.post(section_url(attempt), page_of(attempt, section, **{first: 3, second: 5}))
    response = member.post(section_url(attempt), tab_a)
    assert response.status_code == 409
    page = response.content.decode()
    assert f'name="{first}" value="3" checked' in page
    assert f'name="{second}" value="1" checked' in page
    again = {**page_of(attempt, section), first: 3, second: 1}
    member.post(section_url(attempt), again)
    assert stored(attempt) == {first: 3, second: 1}


def test_whoever_lost_the_role_can_no_longer_answer(member, attempt, person, document):
    for grant in person.role_grants.all():
        revoke_role(grant=grant, by=None)
    assert member.get(section_url(attempt)).status_code == 403
    assert member.get(reverse("assessments:review", args=[attempt.public_id])).status_code == 403


def test_the_review_says_gently_when_pages_were_filled_very_fast(member, attempt, document):
    answer(attempt)
    review = reverse("assessments:review", args=[attempt.public_id])
    assert "diisi sangat cepat" not in member.get(review).content.decode()
    Attempt.objects.filter(pk=attempt.pk).update(
        page_seconds=page_times.encode(document, {section.code: 1 for section in document.sections})
    )
    assert "diisi sangat cepat" in member.get(review).content.decode()


def test_an_autosave_is_acknowledged_with_the_time_and_what_the_page_is_now_drawn_from(
    member, attempt, document
):
    first = first_codes(document)[0]
    section = document.sections[0]
    response = member.post(section_url(attempt), page_of(attempt, section, **{first: 2, "go": "autosave"}))
    acknowledged = response.json()
    assert acknowledged["saved"].startswith("Tersimpan ")
    assert answers.read_page_token(section, acknowledged["base"]) == {first: 2}
    assert acknowledged["answered"] == 1
    assert stored(attempt) == {first: 2}


def test_an_autosave_that_conflicts_is_not_acknowledged(member, attempt, document):
    first = first_codes(document)[0]
    section = document.sections[0]
    tab_a, tab_b = (page_of(attempt, section, **{first: value, "go": "autosave"}) for value in (2, 5))
    assert member.post(section_url(attempt), tab_a).status_code == 200
    assert member.post(section_url(attempt), tab_b).status_code == 409


def test_the_introduction_of_a_task_already_begun_leads_back_to_it(member, version, agency, person):
    campaign = open_campaign(version, agency=agency, people=[person])
    begun = started_attempt(person, version, campaign=campaign)
    task = reverse("assessments:task", args=[begun.assignment.public_id, version.questionnaire.code])
    response = member.get(task)
    assert response.headers["Location"] == reverse("assessments:resume", args=[begun.public_id])


def test_the_review_names_the_dimensions_that_cannot_be_computed_yet(member, attempt, document):
    first = first_codes(document)[0]
    member.post(section_url(attempt), page_of(attempt, document.sections[0], **{first: 2}))
    page = member.get(reverse("assessments:review", args=[attempt.public_id])).content.decode()
    assert "belum dapat dihitung" in page
    assert document.dimensions[0].name.id in page
