import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import answers
from assessments.answers import InvalidAnswer
from questionnaires.version_document import NOT_APPLICABLE, SJT_BEST_WORST, parse_document
from tests.factories.item_types import rich_document
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


# --- items of several parts, options and open texts -------------------------------------------------------------------

RICH = parse_document(rich_document())


def an_answer(item):
    if item.type == SJT_BEST_WORST:
        both = st.permutations(item.values).map(lambda order: {"best": order[0], "worst": order[1]})
        return both | both.map(lambda given: {"worst": given["worst"]})
    if item.parts:
        return st.dictionaries(st.sampled_from(item.parts), st.sampled_from(item.values), min_size=1)
    return st.sampled_from([*item.values, *([NOT_APPLICABLE] if item.na_allowed else [])])


RICH_ANSWERS = st.fixed_dictionaries({}, optional={i.code: an_answer(i) for i in RICH.items if i.slots})


@given(RICH_ANSWERS)
def test_answers_of_every_type_survive_their_bytes(given_answers):
    stored = answers.encode(RICH, given_answers)
    assert len(stored) == len(RICH.slots)
    assert answers.decode(RICH, stored) == given_answers


@given(RICH_ANSWERS)
def test_a_page_token_holds_answers_of_every_type(given_answers):
    for section in RICH.sections:
        mine = answers.of_section(section, given_answers)
        assert answers.read_page_token(section, answers.page_token(section, mine)) == mine


def test_an_option_is_stored_as_its_place_and_a_part_in_its_own_slot():
    stored = answers.encode(RICH, {"D2": {"best": "B", "worst": "D"}})
    place = RICH.slots.index("D2:best")
    assert RICH.slots[place + 1] == "D2:worst"
    assert stored[place : place + 2] == bytes([2, 4])


@pytest.mark.parametrize(
    "bad",
    [
        {"D1": "Z"},
        {"D1": 1},
        {"D2": "A"},
        {"D2": {"best": "A", "worst": "A"}},
        {"D2": {"middle": "A"}},
        {"D3": {"A": 6}},
        {"D3": {}},
        {"E1": NOT_APPLICABLE},
        {"E4": "teks"},
    ],
)
def test_what_no_form_offers_is_refused(bad):
    with pytest.raises(InvalidAnswer, match=next(iter(bad))):
        answers.encode(RICH, bad)


def test_bytes_that_point_at_no_option_are_damage_and_said_so():
    stored = bytearray(answers.empty(RICH))
    stored[RICH.slots.index("D1")] = 9
    with pytest.raises(ValueError, match="pilihan yang tidak ada"):
        answers.decode(RICH, bytes(stored))


def test_half_an_answer_is_still_missing_and_an_open_text_never_is():
    full = {item.code: 1 for item in RICH.items if item.response_set and not item.parts}
    full |= {
        "D1": "A",
        "D2": {"best": "A"},
        "D3": {"A": 1, "B": 2},
        "D4": "A",
        "E1": "A",
        "E2": "A",
        "E3": "A",
    }
    assert answers.missing(RICH, full) == ("D2", "D3")
    assert answers.progress(RICH, full).total == len(RICH.items) - 1


@pytest.mark.parametrize(("text", "is_refused"), [("a" * 1000, False), ("a" * 1001, True)])
def test_a_text_is_no_longer_than_its_item_allows(text, is_refused):
    if is_refused:
        with pytest.raises(InvalidAnswer, match="1001 karakter; paling panjang 1000"):
            answers.check_texts(RICH, {"E4": text})
    else:
        answers.check_texts(RICH, {"E4": text})


@pytest.mark.parametrize("code", ["A1", "X"])
def test_only_open_items_take_texts(code):
    with pytest.raises(InvalidAnswer, match=code):
        answers.check_texts(RICH, {code: "teks"})
