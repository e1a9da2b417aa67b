"""The self-indication of competency levels, from tagged items through the rule to page and paper."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import translation

from questionnaires.document import load_document
from reports.personal import personal_report
from reports.personal.printing import printed
from scoring.actions import RuleNotPublishable, publish_rule, rule_in_force
from scoring.level_rules import LevelDisplay
from scoring.levels import DISCLAIMER
from scoring.rules import STANDARD_RULE
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.levels import levelled_bank, load_competencies
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

SHOWN = replace(STANDARD_RULE, levels=LevelDisplay((("PWS", 3), ("PLK", 1))))
# Often at levels 1 and 2 (K1c is reversed), sometimes at level 3; of level 2 of service only two items exist.
ANSWERS = {"K1c": 2, "K3a": 3, "K3b": 3, "K3c": 4}


@pytest.fixture
def version():
    load_document.cache_clear()
    load_competencies()
    return published_version(bank=levelled_bank())


def person_in(category):
    person = placed_person(root_of(AgencyFactory()))
    person.placements.update(job_category=category)
    return person


def attempt_of(version, *, category="PWS", values=ANSWERS):
    return campaigns.submitted_attempt(person_in(category), version, values=values)


def levels_of(attempt, language="id"):
    return personal_report(attempt, language=language).levels


def test_a_rule_that_does_not_ask_shows_nothing(version):
    attempt = attempt_of(version)
    assert levels_of(attempt) is None
    with translation.override("id"):
        titles = [section.title for section in printed(personal_report(attempt), language="id").sections]
    assert "Indikasi mandiri level kompetensi" not in titles


def test_each_competency_has_its_highest_level_without_a_gap_below(version):
    publish_rule(version=version, by=None, rule=SHOWN)
    collaboration, service = levels_of(attempt_of(version)).lines
    assert (collaboration.name, collaboration.indicated, collaboration.words) == ("Kerja Sama", 2, "level 2")
    # (50 + 50 + 75) / 3 = 58.33
    assert collaboration.reason.startswith(
        "Butir level 3 belum cukup sering muncul: rata-ratanya 58 dari 100"
    )
    assert [each.mean for each in collaboration.levels] == [75, 75, 58, 75, 75]
    assert (collaboration.required, collaboration.gap) == (3, "selisih 1 level")
    assert (service.name, service.indicated) == ("Pelayanan Publik", 1)
    assert service.reason == "Untuk level 2 belum ada cukup butir: 2 terjawab, diperlukan paling sedikit 3."


def test_a_mean_just_below_the_border_is_never_shown_as_the_border(version):
    publish_rule(version=version, by=None, rule=SHOWN)
    # 100, 100 and 0: 66.67; with 100, 100 and 25 it is exactly 75.
    assert levels_of(attempt_of(version, values={"K1a": 5, "K1b": 5, "K1c": 5})).lines[0].levels[0].mean == 66
    assert levels_of(attempt_of(version, values={"K1a": 5, "K1b": 5, "K1c": 4})).lines[0].indicated == 5


def test_answers_that_do_not_apply_count_for_nothing(version):
    publish_rule(version=version, by=None, rule=SHOWN)
    line = levels_of(attempt_of(version, values={"K1a": "na", "K1c": 2})).lines[0]
    assert (line.indicated, line.words, line.gap) == (None, "belum ada cukup butir", "")
    assert line.levels[0].answered == 2


def test_the_post_decides_what_is_required(version):
    publish_rule(version=version, by=None, rule=SHOWN)
    assert levels_of(attempt_of(version, category="PLK")).lines[0].gap == "tidak ada selisih"
    functional = levels_of(attempt_of(version, category="JFK"))
    assert "belum diatur" in functional.post
    assert [line.gap for line in functional.lines] == ["", ""]


def test_the_category_is_that_of_the_time_of_asking(version):
    publish_rule(version=version, by=None, rule=SHOWN)
    person = person_in("PLK")
    campaign = campaigns.open_campaign(version, people=[person], agency=person.placements.get().unit.agency)
    person.placements.update(job_category="PWS")
    attempt = campaigns.submitted_attempt(person, version, campaign=campaign, values=ANSWERS)
    assert levels_of(attempt).lines[0].required == 1


def test_page_and_paper_say_what_it_is_not(client, version):
    publish_rule(version=version, by=None, rule=SHOWN)
    attempt = attempt_of(version)
    client.force_login(attempt.person)
    page = client.get(reverse("reports:personal", args=[attempt.public_id])).content.decode()
    assert DISCLAIMER.id in page
    assert "Kerja Sama: level 2" in page
    with translation.override("en"):
        document = printed(personal_report(attempt, language="en"), language="en")
    [section] = [each for each in document.sections if each.title == "Self-indication of competency levels"]
    note, _post, table = section.blocks
    assert list(note.sentences) == [DISCLAIMER.en]
    assert table.rows[0][:3] == ("Collaboration", "level 2", "3")


def test_a_version_without_tagged_items_cannot_turn_it_on():
    plain = published_version()
    with pytest.raises(RuleNotPublishable, match="tidak mempunyai butir dengan level kompetensi"):
        publish_rule(version=plain, by=None, rule=SHOWN)
    assert rule_in_force(version=plain).document.get("level_indication") is None
