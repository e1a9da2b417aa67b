"""When a reminder is due: in the middle, on the date, and not for ever after."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from development.reminding import DUE, HALF, LATEST_DAYS, due_reminder, half_way

START = date(2026, 11, 1)


def day(number):
    return START + timedelta(days=number)


@pytest.mark.parametrize(("length", "half"), [(0, None), (1, None), (2, 1), (3, 1), (30, 15), (90, 45)])
def test_half_way_is_the_middle_rounded_down_where_a_day_lies_between(length, half):
    assert half_way(START, day(length)) == (None if half is None else day(half))


@pytest.mark.parametrize(
    ("today", "kind"),
    [(0, None), (14, None), (15, HALF), (29, HALF), (30, DUE), (37, DUE), (38, None)],
)
def test_a_goal_of_thirty_days_is_reminded_in_the_middle_and_on_its_date(today, kind):
    assert due_reminder(runs_from=START, due_on=day(30), today=day(today)) == kind


@given(length=st.integers(0, 90), today=st.integers(-10, 200))
def test_every_day_has_at_most_one_kind_and_they_never_overlap(length, today):
    kind = due_reminder(runs_from=START, due_on=day(length), today=day(today))
    assert (kind == DUE) == (length <= today <= length + LATEST_DAYS)
    assert kind != HALF or 0 < today < length
