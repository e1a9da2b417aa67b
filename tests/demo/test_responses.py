"""Invented answers look like answers of people, and every one of them is possible."""

from statistics import mean, pstdev

import pytest

from assessments.answers import check_answers, missing
from demo.world.responses import STYLES, Responder, begun
from questionnaires.version_document import NOT_APPLICABLE, parse_document
from scoring import engine, quality
from scoring.rules import STANDARD_RULE, with_bands_for
from tests.demo.shipped import shipped_document
from tests.factories.item_types import rich_document

BANKS = ("kontras-perilaku", "tiga-kepemimpinan", "jiwa-melayani", "budaya-kerja", "asn-masa-depan")


@pytest.fixture(scope="module", params=BANKS)
def document(request):
    return parse_document(shipped_document(request.param))


def responder(number, style="plain"):
    return Responder.of(f"uji:{number}", unit_chain=("instansi", f"unit-{number % 7}"), style=style)


def answers_of(document, style="plain", people=150):
    return [responder(number, style).answer(document, occasion="uji")[0] for number in range(people)]


def test_every_answer_is_possible_in_every_style(document):
    for style in STYLES:
        for given in answers_of(document, style, people=20):
            check_answers(document, given)


def test_the_same_person_answers_the_same_way_again(document):
    assert responder(1).answer(document, occasion="a") == responder(1).answer(document, occasion="a")
    assert responder(1).answer(document, occasion="a") != responder(1).answer(document, occasion="b")


def test_scores_are_high_as_self_ratings_are_but_spread(document):
    plan = engine.compile_plan(document, STANDARD_RULE)
    table = engine.score(plan, engine.encode(plan, answers_of(document)))
    scores = table.scores()
    for scale in document.dimensions:
        column = [score for score in scores[:, table.column(scale.code)] if score == score]
        assert 55 <= mean(column) <= 90
        assert pstdev(column) > 6


def test_vignettes_are_judged_better_than_by_chance_and_not_perfectly():
    document = parse_document(shipped_document("jiwa-melayani"))
    plan = engine.compile_plan(document, with_bands_for(STANDARD_RULE, ["situational"]))

    def mean_score(style):
        table = engine.score(plan, engine.encode(plan, answers_of(document, style)))
        column = table.scores()[:, table.column("PERTIMBANGAN")]
        return mean(score for score in column if score == score)

    assert 60 <= mean_score("plain") <= 90
    assert 40 <= mean_score("careless") <= 60


@pytest.mark.parametrize("style", STYLES)
def test_every_type_of_item_gets_an_answer_that_it_accepts(style):
    document = parse_document(rich_document())
    for given in answers_of(document, style, people=20):
        check_answers(document, given)
        assert set(given) <= {item.code for item in document.items if not item.is_open_text}
        assert all(document.item_by_code[code].is_complete(value) for code, value in given.items())


def test_reversed_items_are_answered_lower(document):
    given = answers_of(document)

    def mean_of(items):
        values = [g[i.code] for g in given for i in items if isinstance(g.get(i.code), int)]
        return mean(values)

    content = [item for item in document.items if item.role == "content"]
    straight = [item for item in content if not item.is_reversed]
    reversed_ = [item for item in content if item.is_reversed]
    assert mean_of(reversed_) < mean_of(straight) - 1


def test_some_items_are_skipped_and_not_applicable_only_where_allowed(document):
    given = answers_of(document, people=300)
    assert any(missing(document, one) for one in given)
    marked = {code for one in given for code, value in one.items() if value == NOT_APPLICABLE}
    allowed = {item.code for item in document.items if item.na_allowed}
    assert marked <= allowed
    assert bool(marked) is bool(allowed)


def test_attention_items_are_mostly_right(document):
    items = [item for item in document.items if item.role == "attention"]
    given = answers_of(document)
    right = mean(one[item.code] in item.accept for one in given for item in items)
    assert right > 0.9


def test_careless_people_are_fast_and_rated_lower(document):
    ratings, times = {}, {}
    for style in ("plain", "careless"):
        sheets = [responder(number, style).answer(document, occasion="uji") for number in range(60)]
        ratings[style] = [quality.assess(document, *sheet).rating for sheet in sheets]
        times[style] = mean(sum(seconds.values()) for _given, seconds in sheets)
    assert ratings["plain"].count("rendah") <= 3
    assert ratings["careless"].count("rendah") > 30
    assert times["careless"] < times["plain"] / 3


def test_time_on_the_pages_is_what_the_introduction_promises(document):
    minutes = mean(
        sum(responder(number).answer(document, occasion="uji")[1].values()) / 60 for number in range(60)
    )
    assert document.minutes / 2 <= minutes <= document.minutes * 1.5


def test_a_straight_liner_keeps_to_one_position(document):
    given = responder(3, "straight_liner").answer(document, occasion="uji")[0]
    by_set = {}
    for code, value in given.items():
        item = document.item_by_code[code]
        if item.response_set and item.role != "attention" and value != NOT_APPLICABLE:
            by_set.setdefault(item.response_set.code, set()).add(value)
    assert all(len(values) == 1 for values in by_set.values())


def test_somebody_who_stopped_has_answered_whole_pages_from_the_start(document):
    given = responder(1).answer(document, occasion="uji")[0]
    half = begun(document, given, share=0.5)
    pages = {document.item_by_code[code].section for code in half}
    assert 0 < len(half) < len(given)
    assert pages == {section.code for section in document.sections[: len(pages)]}


def test_colleagues_of_a_unit_lean_the_same_way(document):
    def mean_of(unit):
        people = [Responder.of(f"x{n}", unit_chain=("instansi", unit), style="plain") for n in range(80)]
        return [
            mean(v for p in people for v in [p._traits(document)[scale.code]])
            for scale in document.dimensions
        ]

    assert mean_of("satu") != pytest.approx(mean_of("dua"), abs=0.005)
