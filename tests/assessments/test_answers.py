import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import answers
from assessments.answers import InvalidAnswer
from questionnaires.version_document import NOT_APPLICABLE
from tests.scoring.documents import bipolar, build_document, item, scale

DOCUMENT = build_document(
    scales=[scale("D")],
    items=[item("A", "D"), item("B", "D", na=True), bipolar("C", "D"), item("E", "D", key=-1, na=True)],
    sections={"S1": ["A", "B"], "S2": ["C", "E"]},
)
FIRST, SECOND = DOCUMENT.sections


def answers_of(section=None):
    """Any set of answers that the form could have offered."""
    items = section.items if section else DOCUMENT.items
    choices = {
        i.code: sorted(i.response_set.values) + ([NOT_APPLICABLE] if i.na_allowed else []) for i in items
    }
    return st.fixed_dictionaries(
        {}, optional={code: st.sampled_from(values) for code, values in choices.items()}
    )


@given(answers_of())
def test_what_was_encoded_is_decoded_again(given_answers):
    assert answers.decode(DOCUMENT, answers.encode(DOCUMENT, given_answers)) == given_answers


def test_answers_take_one_byte_a_slot():
    assert answers.encode(DOCUMENT, {"A": 5, "E": NOT_APPLICABLE}) == bytes([5, 0, 0, 255])


@pytest.mark.parametrize(
    "bad", [{"X": 1}, {"A": 6}, {"A": 0}, {"A": -1}, {"A": NOT_APPLICABLE}, {"C": 8}, {"A": 255}, {"A": "5"}]
)
def test_an_unknown_item_or_a_value_outside_its_scale_is_refused_never_clamped(bad):
    with pytest.raises(InvalidAnswer, match=f"utir {next(iter(bad))}"):
        answers.encode(DOCUMENT, bad)


def test_bytes_of_another_version_are_refused():
    with pytest.raises(ValueError, match="3 bita"):
        answers.decode(DOCUMENT, bytes(3))


@given(answers_of(FIRST), answers_of(FIRST))
def test_a_page_alone_is_written_as_it_was_left(base, mine):
    mine = {**base, **mine}
    merge = answers.merge(base=base, mine=mine, stored=base)
    assert merge.conflicts == ()
    assert answers.apply(base, merge.patch) == mine


@given(answers_of(FIRST), answers_of(FIRST), answers_of(FIRST))
def test_two_tabs_lose_nothing_but_what_both_changed_differently(base, left, right):
    """Left saves first, right second: afterwards every item holds what somebody chose last, and conflicts are named."""
    left, right = {**base, **left}, {**base, **right}
    stored = answers.apply(base, answers.merge(base=base, mine=left, stored=base).patch)
    merge = answers.merge(base=base, mine=right, stored=stored)
    result = answers.apply(stored, merge.patch)
    for code in {*left, *right}:
        before, mine, theirs = base.get(code), right.get(code), left.get(code)
        if mine == before:
            assert result.get(code) == theirs
        elif theirs == before or mine == theirs:
            assert result.get(code) == mine
        else:
            assert code in merge.conflicts
            assert result.get(code) == theirs


@given(answers_of(SECOND))
def test_a_page_token_holds_the_answers_of_the_page(given_answers):
    assert answers.read_page_token(SECOND, answers.page_token(SECOND, given_answers)) == given_answers


@pytest.mark.parametrize("token", ["zz", "01", "010203", "0900", "ff00", "0"])
def test_a_token_that_was_not_made_for_the_page_is_refused(token):
    with pytest.raises(InvalidAnswer):
        answers.read_page_token(SECOND, token)


def test_missing_items_come_in_the_order_of_the_form():
    assert answers.missing(DOCUMENT, {"B": 3, "C": 4}) == ("A", "E")


@pytest.mark.parametrize(
    ("given_answers", "answered", "percentage", "minutes"),
    [
        ({}, 0, 0, 5),
        ({"A": 1}, 1, 25, 4),  # 5 * 3 / 4 = 3.75, rounded up
        ({"A": 1, "B": NOT_APPLICABLE, "C": 4}, 3, 75, 2),  # 5 * 1 / 4 = 1.25, rounded up
        ({"A": 1, "B": 1, "C": 1, "E": 1}, 4, 100, 0),
    ],
)
def test_progress_counts_items_and_the_minutes_left(given_answers, answered, percentage, minutes):
    progress = answers.progress(DOCUMENT, given_answers)
    assert (progress.answered, progress.total, progress.percentage, progress.minutes_left) == (
        answered,
        4,
        percentage,
        minutes,
    )


@pytest.mark.parametrize(
    ("given_answers", "number"),
    [({}, 1), ({"A": 1}, 1), ({"A": 1, "B": 1}, 2), ({"A": 1, "B": 1, "C": 1, "E": 1}, 2)],
)
def test_one_resumes_at_the_first_page_with_a_gap(given_answers, number):
    assert answers.first_unfinished_section(DOCUMENT, given_answers) == number
