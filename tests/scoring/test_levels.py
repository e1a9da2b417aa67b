"""The self-indication of a competency level: only upwards without a gap, and only from enough items."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.levels import BELOW, DISCLAIMER, HIGHEST, TOO_FEW_ITEMS, indicate_level

OFTEN, SOMETIMES = [0.75] * 3, [0.5] * 3


def test_the_highest_level_with_everything_below_it():
    found = indicate_level({1: [1, 1, 0.75], 2: OFTEN, 3: SOMETIMES, 4: OFTEN})
    assert (found.indicated, found.stopped) == (2, BELOW)
    assert [level.mean for level in found.levels] == [Fraction(275, 3), 75, 50, 75, None]
    assert (found.gap(3), found.gap(2), found.gap(1)) == (1, 0, -1)


def test_seventy_five_is_exact():
    assert indicate_level({1: OFTEN}).indicated == 1
    just_below = [Fraction(3, 4), Fraction(3, 4), Fraction(3, 4) - Fraction(1, 10**15)]
    assert indicate_level({1: just_below}).indicated == 0


def test_a_level_that_shows_seldom_is_zero_and_a_level_without_items_is_nothing():
    assert (indicate_level({1: SOMETIMES}).indicated, indicate_level({1: SOMETIMES}).stopped) == (0, BELOW)
    for too_few in ({}, {1: [1, 1]}, {1: [1, 1, None]}, {2: OFTEN}):
        found = indicate_level(too_few)
        assert (found.indicated, found.stopped, found.gap(2)) == (None, TOO_FEW_ITEMS, None)


def test_too_few_items_stop_the_climb_where_they_are():
    found = indicate_level({1: OFTEN, 2: [1, 1], 3: OFTEN})
    assert (found.indicated, found.stopped) == (1, TOO_FEW_ITEMS)


def test_all_five():
    found = indicate_level(dict.fromkeys(range(1, 6), OFTEN))
    assert (found.indicated, found.stopped) == (5, HIGHEST)


@pytest.mark.parametrize("wrong", [{0: OFTEN}, {6: OFTEN}, {"1": OFTEN}, {1: [1.01]}, {1: [-0.1]}])
def test_levels_and_scores_that_do_not_exist_are_refused(wrong):
    with pytest.raises(ValueError):
        indicate_level(wrong)


scores = st.lists(st.sampled_from([0, Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), 1, None]), max_size=5)


@given(st.dictionaries(st.integers(1, 5), scores))
def test_every_level_up_to_the_indicated_one_shows_and_the_next_does_not(by_level):
    found = indicate_level(by_level)
    height = found.indicated or 0
    assert all(level.shows for level in found.levels[:height])
    assert height == 5 or not found.levels[height].shows


def test_it_never_goes_without_its_sentence():
    assert "bukan hasil penilaian kompetensi" in DISCLAIMER.id
    assert "assessor" in DISCLAIMER.en
