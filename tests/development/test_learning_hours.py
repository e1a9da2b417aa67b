"""The year's lesson hours: done and planned apart, and a duty only for those whose duty is known."""

from datetime import date

import pytest

from development.learning_hours import hours_of_year

DUE = date(2026, 12, 20)


def hours(done=0, open_goals=(), employment_kind="PNS"):
    return hours_of_year(year=2026, done=done, open_goals=open_goals, employment_kind=employment_kind)


def test_planned_hours_are_what_the_open_goals_still_ask_for():
    # 5 - 2, and 4 - 6 which is nothing left, never less
    assert hours(done=8, open_goals=[(DUE, 5, 2), (DUE, 4, 6)]).planned == 3


def test_a_goal_of_next_year_is_planned_for_next_year():
    assert hours(open_goals=[(date(2027, 1, 5), 5, 0)]).planned == 0


def test_what_is_missing_is_neither_done_nor_planned():
    assert hours(done=8, open_goals=[(DUE, 5, 2)]).missing == 20 - 8 - 3
    assert hours(done=25).missing == 0


@pytest.mark.parametrize(("kind", "duty"), [("PNS", 20), (None, 20), ("PPPK", None), ("PPPK_PW", None)])
def test_twenty_hours_are_the_duty_of_a_pns_only(kind, duty):
    assert hours(employment_kind=kind).duty == duty


@pytest.mark.parametrize("done", [0, 7, 20, 33])
def test_the_bar_never_overflows(done):
    for kind in ("PNS", "PPPK"):
        year = hours(done=done, open_goals=[(DUE, 9, 1)], employment_kind=kind)
        assert 0 <= year.done_share <= year.filled_share <= 100
