"""What is not shared does not exist in what the recipient gets."""

from dataclasses import fields, is_dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.personal import personal_report
from reports.sharing.cutting import cut
from reports.sharing.parts import Choice, Part
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version
from tests.factories.sharing import EVERYTHING, choice

pytestmark = pytest.mark.django_db

# RAPI 4,4,4 and 4 turned round to 2: (0.75 * 3 + 0.25) / 4 = 62.5; PEKA 1,1,1 and a contrast at 7 against A: 0.
VALUES = {"B1": 1, "B2": 1, "B3": 1, "B4": 7, "D1": "B", "D2": {"best": "A", "worst": "C"}}


@pytest.fixture
def report():
    version = published_version(bank=rich_bank())
    attempt = campaigns.submitted_attempt(placed_person(root_of(AgencyFactory())), version, values=VALUES)
    return personal_report(attempt, language="id")


def part(shared, kind):
    return next((part for part in shared.parts if part.kind == kind), None)


def texts_in(value) -> set[str]:
    """Every text in a value, however deep."""
    if is_dataclass(value):
        return set().union(*(texts_in(getattr(value, field.name)) for field in fields(value)))
    if isinstance(value, dict):
        return set().union(*map(texts_in, value.values()))
    if isinstance(value, (tuple, list, set, frozenset)):
        return set().union(*map(texts_in, value)) if value else set()
    return {value} if isinstance(value, str) and value else set()


def test_one_dimension_and_nothing_else(report):
    shared = cut(report, choice("PEKA"))
    [profile] = shared.parts
    [dimension] = profile.dimensions
    assert (dimension.code, dimension.display) == ("PEKA", 0)
    assert (shared.title, shared.person) == (report.head.title, report.head.person)


def test_dimensions_stand_in_the_order_of_the_report(report):
    profile = part(cut(report, choice("PEKA", "RAPI")), "profile")
    assert [dimension.code for dimension in profile.dimensions] == ["RAPI", "PEKA"]


def test_strengths_and_growth_come_without_scores_answers_and_questions(report):
    areas = part(cut(report, choice(parts=[Part.AREAS])), "areas")
    assert areas.headline == report.headline
    assert [area.name for area in areas.growth] == [area.name for area in report.growth] != []
    said = texts_in(areas)
    for area in report.growth:
        assert not said & set(area.questions)
        assert {tip.text for tip in area.tips} <= said
    for area in report.strengths:
        assert not said & {line.stem for line in area.items}


def test_situational_judgement_comes_without_the_situations(report):
    [scale] = part(cut(report, choice(parts=[Part.JUDGEMENT])), "judgement").scales
    assert scale.name == report.judgements[0].name
    assert not texts_in(scale) & {line.vignette for line in report.judgements[0].vignettes}


def test_answers_are_those_to_what_else_is_shared(report):
    shared = cut(report, choice("PEKA", parts=[Part.ANSWERS]))
    [group] = part(shared, "answers").groups
    peka = next(d for d in report.dimensions if d.code == "PEKA")
    assert [line.answer for line in group.answers] == [line.answer for line in peka.items]
    assert group.situations == ()


def test_answers_to_situations_are_the_persons_own_words_and_not_the_key(report):
    shared = cut(report, choice(parts=[Part.JUDGEMENT, Part.ANSWERS]))
    [group] = part(shared, "answers").groups
    graded, best_worst, *_rest = group.situations
    assert [action.is_best for action in graded.actions] == [True]
    assert [(action.is_best, action.is_worst) for action in best_worst.actions] == [
        (True, False),
        (False, True),
    ]
    reasons = {a.reason for line in report.judgements[0].vignettes for a in line.actions if a.reason}
    assert not texts_in(group) & reasons


CHOICES = st.builds(
    Choice,
    dimensions=st.frozensets(st.sampled_from(["RAPI", "PEKA"])),
    parts=st.frozensets(st.sampled_from(list(EVERYTHING))),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=CHOICES)
def test_whatever_is_chosen_the_rest_is_not_there(report, chosen):
    shared = cut(report, chosen)
    said = texts_in(shared)
    kinds = {part.kind for part in shared.parts}
    assert ("profile" in kinds) == bool(chosen.dimensions)
    assert kinds - {"profile"} == {str(p) for p in chosen.parts if p != Part.PLAN}
    # Of no choice: how the form was filled in, response style, open texts, the working, other reports.
    for private in (
        report.quality_note,
        report.style_note,
        *(answer.answer for answer in report.own_answers),
    ):
        assert not private or private not in said
    profile = part(shared, "profile")
    assert {d.code for d in profile.dimensions} == chosen.dimensions if profile else not chosen.dimensions
    for dimension in report.dimensions:
        if dimension.code not in chosen.dimensions or not chosen.has(Part.ANSWERS):
            assert not said & {line.stem for line in dimension.items}


def test_no_value_of_a_share_has_room_for_what_is_never_shared():
    from reports.sharing import values

    names = {
        field.name
        for value in vars(values).values()
        if is_dataclass(value) and value.__module__ == values.__name__
        for field in fields(value)
    }
    assert not names & {
        "quality_note",
        "style_note",
        "change",
        "calculation",
        "comparison",
        "own_answers",
        "climate",
    }
