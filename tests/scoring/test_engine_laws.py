"""What holds for the engine whatever the document and the answers: over random ones, against the plain rule."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.engine import AnswerError, compile_plan, encode, score
from scoring.items import exact_score, spec_of
from scoring.rules import STANDARD_RULE
from scoring.scales import scale_score
from tests.scoring.documents import build_document, item, large_document, scale

WEIGHTS = st.sampled_from([1, 1, 1, 2, 0.5, 0.1, 0.333, 1.25, 0])
HEAVY_WEIGHTS = st.sampled_from([1, 3, 0.123456789, 7.000000001, 1e-9, 123456.789, 1e-17])


def run(document, *answers):
    plan = compile_plan(document, STANDARD_RULE)
    return score(plan, encode(plan, answers))


@st.composite
def documents(draw, weights=WEIGHTS):
    """Documents of up to 12 items over two dimensions, two facets and a style scale."""
    count = draw(st.integers(1, 12))
    items = []
    for number in range(count):
        is_style = draw(st.booleans()) and number % 4 == 3
        items.append(
            item(
                f"X{number}",
                "SD" if is_style else draw(st.sampled_from(["D", "D-A", "D-B", "E", None])),
                role="social_desirability" if is_style else "content",
                responses=draw(st.sampled_from(["frekuensi", "kutub", "enam", "empat"])),
                key=draw(st.sampled_from([1, -1])),
                weight=draw(weights) if number else 1,
                na=draw(st.booleans()),
            )
        )
    items[0]["scale"], items[0]["role"] = "D", "content"
    for code in {entry["scale"] for entry in items} - {None, "D", "SD"}:  # no scale without any weight
        next(entry for entry in items if entry["scale"] == code)["weight"] = 1
    scales = [scale("D"), scale("D-A", parent="D"), scale("D-B", parent="D"), scale("E")]
    return build_document(scales=[*scales, scale("SD", kind="response_style")], items=items)


def answer_of(one):
    values = sorted(one.response_set.values)
    return st.sampled_from([None, *values, *values, *values, *(["na"] if one.na_allowed else [])])


@st.composite
def documents_with_answers(draw, weights=WEIGHTS):
    document = draw(documents(weights))
    given_answers = []
    for _ in range(draw(st.integers(1, 6))):
        picked = {one.code: draw(answer_of(one)) for one in document.items}
        given_answers.append({code: value for code, value in picked.items() if value is not None})
    return document, given_answers


def plainly(document, answers):
    """The same scores by the plain rule for one scale, in fractions."""
    found = {}
    for one in document.scales:
        items = [i for i in document.items_of(one.code) if i.role == "content"]
        if one.kind != "response_style":
            scores = [
                "na" if answers.get(i.code) == "na" else exact_score(spec_of(i), answers.get(i.code))
                for i in items
            ]
            found[one.code] = scale_score(scores, [i.weight for i in items])
    return found


@given(documents_with_answers())
def test_the_engine_agrees_with_the_plain_rule(drawn):
    document, answers = drawn
    table = run(document, *answers)
    for row, one in enumerate(answers):
        for code, expected in plainly(document, one).items():
            found = table.person(row)[code]
            assert (found.score, found.status, found.reason) == (
                expected.score,
                expected.status,
                expected.reason,
            )
            assert (found.answered, found.applicable) == (expected.answered, expected.applicable)
            assert found.display == expected.display
            if found.is_scored:
                assert 0 <= found.score <= 100


@given(documents_with_answers(weights=HEAVY_WEIGHTS))
def test_weights_of_many_digits_stay_exact(drawn):
    document, answers = drawn
    table = run(document, *answers)
    for row, one in enumerate(answers):
        for code, expected in plainly(document, one).items():
            assert (table.person(row)[code].score, table.person(row)[code].display) == (
                expected.score,
                expected.display,
            )


def test_sums_beyond_float64_fall_back_to_unbounded_integers():
    items = [item("A", "D", weight=1e-17), item("B", "D", weight=1), item("C", "D", weight=3)]
    document = build_document(scales=[scale("D")], items=items)
    plan = compile_plan(document, STANDARD_RULE)
    assert not plan.is_bounded
    table = score(plan, encode(plan, [{"A": 5, "B": 1, "C": 5}]))
    # (10**-17 + 3) / (10**-17 + 4)
    assert table.person(0)["D"].score == 100 * Fraction(3 * 10**17 + 1, 4 * 10**17 + 1)
    assert table.scores()[0, 0] == pytest.approx(75)
    assert (table.display()[0, 0], table.bands()[0, 0]) == (75, 2)
    with pytest.raises(AnswerError, match="Baris ke-1: Butir B"):
        score(plan, np.array([[1, 9, 1]], dtype=np.uint8))


def arrays(table):
    return [table.numerator, table.denominator, table.answered, table.applicable, table.status]


@given(documents_with_answers(), st.randoms(use_true_random=False))
def test_a_batch_equals_its_people_one_by_one_in_any_order(drawn, random):
    document, answers = drawn
    plan = compile_plan(document, STANDARD_RULE)
    together = score(plan, encode(plan, answers))
    for row, one in enumerate(answers):
        alone = score(plan, encode(plan, [one]))
        assert all((a[0] == b[row]).all() for a, b in zip(arrays(alone), arrays(together), strict=True))
        assert alone.person(0) == together.person(row)
        scores, batch = alone.scores()[0], together.scores()[row]
        assert scores.tobytes() == batch.tobytes()  # to the last bit
    order = list(range(len(answers)))
    random.shuffle(order)
    shuffled = score(plan, encode(plan, [answers[i] for i in order]))
    assert all((a == b[order]).all() for a, b in zip(arrays(shuffled), arrays(together), strict=True))


@given(documents_with_answers())
def test_turning_every_key_and_every_answer_changes_nothing(drawn):
    document, answers = drawn
    turned_items, low_high = [], {}
    for one in document.items:
        low_high[one.code] = one.response_set.minimum + one.response_set.maximum
        turned_items.append(
            item(
                one.code,
                one.scale,
                key=-one.key,
                weight=one.weight,
                na=one.na_allowed,
                role=one.role,
                responses=one.response_set.code,
            )
        )
    scales = [scale(s.code, kind=s.kind, parent=s.parent) for s in document.scales]
    turned = build_document(scales=scales, items=turned_items)
    mirrored = [{c: v if v == "na" else low_high[c] - v for c, v in one.items()} for one in answers]
    before, after = run(document, *answers), run(turned, *mirrored)
    for row in range(len(answers)):
        assert before.person(row) == after.person(row)
        assert before.response_style(row) == after.response_style(row)


@given(documents_with_answers())
def test_arrays_and_single_results_say_the_same(drawn):
    document, answers = drawn
    table = run(document, *answers)
    scores, display, bands = table.scores(), table.display(), table.bands()
    codes = [band.code for band in STANDARD_RULE.bands]
    for row in range(len(answers)):
        for code, result in table.person(row).items():
            column = table.column(code)
            if result.is_scored:
                assert scores[row, column] == pytest.approx(float(result.score), abs=1e-12)
                assert (display[row, column], codes[bands[row, column]]) == (result.display, result.band)
            else:
                assert np.isnan(scores[row, column]) and display[row, column] == bands[row, column] == -1


def test_blocks_have_no_seams():
    """More people than two blocks and an odd rest: every row equals the same row scored alone."""
    plan = compile_plan(large_document(), STANDARD_RULE)
    rng = np.random.default_rng(20261123)
    matrix = rng.integers(0, 6, (9001, len(plan.slots)), dtype=np.uint8)
    together = score(plan, matrix)
    for row in (0, 255, 256, 4095, 4096, 8191, 8192, 8999, 9000):
        alone = score(plan, matrix[row : row + 1])
        assert all((a[0] == b[row]).all() for a, b in zip(arrays(alone), arrays(together), strict=True))
        assert alone.person(0) == together.person(row)
    backwards = score(plan, matrix[::-1])  # a view that is not contiguous is welcome
    assert all((a == b[::-1]).all() for a, b in zip(arrays(backwards), arrays(together), strict=True))
