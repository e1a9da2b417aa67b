"""Composites in the personal report: exact, after the dimensions, and only when every dimension is scored."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.urls import reverse

from questionnaires.version_document import Text
from reports.personal import personal_report
from scoring.actions import publish_rule
from scoring.composites import Composite, Part
from scoring.rules import STANDARD_RULE
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

TOGETHER = Composite("BERSAMA", Text("Rapi dan peka", "Tidy and alert"), (Part("RAPI", 1), Part("PEKA", 3)))


@pytest.fixture
def version():
    version = published_version()
    publish_rule(version=version, by=None, rule=replace(STANDARD_RULE, composites=(TOGETHER,)))
    return version


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory()))


def test_a_composite_stands_after_the_dimensions_with_what_it_is_made_of(client, version, person):
    # RAPI: 1, 3/4, 3/4 and reversed 4 -> 1/4 of 4 = 68.75; PEKA: three times 3/4, and 6 from the left 1/6 = 60.42
    attempt = campaigns.submitted_attempt(person, version, values={"A1": 5, "B4": 6})
    (line,) = personal_report(attempt).composites
    rapi, peka = Fraction(275, 4), 100 * (Fraction(9, 4) + Fraction(1, 6)) / 4
    assert (rapi + 3 * peka) / 4 == Fraction(125, 2)
    assert line.display == 63  # halves up
    assert [(part.name, part.display, part.share) for part in line.parts] == [
        ("Rapi", 69, 25),
        ("Peka", 60, 75),
    ]
    client.force_login(person)
    shown = client.get(reverse("reports:personal", args=[attempt.public_id])).content.decode()
    assert shown.index("Skor gabungan") > shown.index('id="profil"')
    assert "Rapi dan peka: 63" in shown
    assert "Rapi 69 (25%)" in " ".join(shown.split())
    assert "Rapi dan peka = rata-rata berbobot skor Rapi (bobot 1), Peka (bobot 3)" in shown


def test_a_composite_waits_for_every_dimension(client, version, person):
    attempt = campaigns.started_attempt(person, version)
    campaigns.answer(attempt, {"B1": None, "B2": None})
    campaigns.actions.submit_attempt(attempt=attempt, by=person)
    attempt.refresh_from_db()
    (line,) = personal_report(attempt, language="en").composites
    assert (line.name, line.display, line.missing) == ("Tidy and alert", None, ("Peka",))
    client.force_login(person)
    shown = client.get(reverse("reports:personal", args=[attempt.public_id])).content.decode()
    assert "belum dapat dihitung, karena ini belum mempunyai skor: Peka." in " ".join(shown.split())


def test_a_rule_without_composites_leaves_no_trace(client, person):
    plain = published_version(code="polos")
    attempt = campaigns.submitted_attempt(person, plain)
    client.force_login(person)
    shown = client.get(reverse("reports:personal", args=[attempt.public_id])).content.decode()
    assert "Skor gabungan" not in shown
