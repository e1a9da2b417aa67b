"""What disclosure control hands out: releases of the same people again, and cells that show or hide one figure."""

import json
import math
from dataclasses import fields, replace
from pathlib import Path

import pytest

from reports.disclosure import (
    HiddenCell,
    ShownCell,
    masked_mean,
    masked_percentage,
    mean_cell,
    percentage_cell,
    release_allowed,
    release_allowed_by_counts,
)

REFERENCE = Path(__file__).parent.parent / "reference"
SUPPRESSION = json.loads((REFERENCE / "suppression_cases.json").read_text(encoding="utf-8"))
GROUPS = json.loads((REFERENCE / "group_cases.json").read_text(encoding="utf-8"))


# --- Releases -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", SUPPRESSION["wave_and_filter_cases"], ids=lambda case: case["id"])
def test_releases_follow_the_reference(case):
    old, new, overlap = case["first_published_ids"], case["second_ids"], case["overlap"]
    same_wave = not case.get("different_wave", False)
    expected = case["expect"].startswith("allowed")

    assert release_allowed_by_counts(old=old, new=new, overlap=overlap, same_wave=same_wave) is expected
    old_ids = range(old)
    new_ids = range(old - overlap, old - overlap + new)
    assert release_allowed(old_ids=old_ids, new_ids=new_ids, same_wave=same_wave) is expected


def test_the_same_people_may_be_released_again():
    assert release_allowed(old_ids=range(20), new_ids=reversed(range(20)))


def test_ten_people_more_may_be_released_and_nine_may_not():
    assert release_allowed(old_ids=range(20), new_ids=range(30))  # 10 joined
    assert not release_allowed(old_ids=range(20), new_ids=range(29))  # 9 joined
    assert not release_allowed(old_ids=range(29), new_ids=range(20))  # 9 left


def test_an_exchange_of_a_few_people_is_blocked_although_the_size_stays():
    assert not release_allowed(old_ids=range(20), new_ids=range(2, 22))  # 2 left, 2 joined


def test_a_larger_minimum_also_holds_for_releases():
    assert not release_allowed(old_ids=range(20), new_ids=range(35), threshold=30)  # 15 joined
    with pytest.raises(ValueError, match="at least 10"):
        release_allowed(old_ids=range(20), new_ids=range(35), threshold=5)


@pytest.mark.parametrize("overlap", [-1, 21])
def test_impossible_overlaps_are_refused(overlap):
    with pytest.raises(ValueError, match="overlap"):
        release_allowed_by_counts(old=20, new=30, overlap=overlap)


# --- Cells --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", GROUPS["extreme_masking"], ids=lambda case: case["display"])
def test_extremes_of_small_groups_follow_the_reference(case):
    assert masked_percentage(case["n"], case["positive_pct"]) == case["display"]
    assert masked_mean(case["n"], case["positive_pct"]) == case["display"]


@pytest.mark.parametrize(
    ("n", "figure", "display"),
    [
        (29, 100, ">=95"),
        (30, 100, "100"),
        (29, 0, "<=5"),
        (30, 0, "0"),
        (12, 5, "5"),
        (12, 4.9, "<=5"),
        (12, 95.2, ">=95"),
        (12, 94.6, "95"),
        (40, 84.5, "85"),  # halves up: round(84.5) would be 84
        (40, 83.5, "84"),
    ],
)
def test_figures_are_whole_numbers_masked_only_beyond_5_and_95_in_groups_under_30(n, figure, display):
    assert masked_percentage(n, figure) == display
    assert masked_mean(n, figure) == display


@pytest.mark.parametrize(("n", "figure"), [(9, 50), (0, 50), (12, -1), (12, 100.1), (12, math.nan)])
def test_figures_of_too_few_people_or_out_of_range_are_refused(n, figure):
    with pytest.raises(ValueError, match="figure"):
        masked_percentage(n, figure)


def test_a_hidden_cell_has_nothing_in_it():
    assert fields(HiddenCell) == ()
    assert not hasattr(percentage_cell(is_shown=False, n=4, percentage=75), "__dict__")
    assert percentage_cell(is_shown=False, n=4, percentage=75) == mean_cell(is_shown=False, n=40, mean=80)


def test_a_shown_cell_holds_whole_points():
    assert mean_cell(is_shown=True, n=42, mean=71.4) == ShownCell(n=42, value=71, display="71")


def test_a_masked_cell_holds_the_bound_and_not_the_figure():
    assert percentage_cell(is_shown=True, n=12, percentage=100) == ShownCell(n=12, value=95, display=">=95")
    assert mean_cell(is_shown=True, n=12, mean=2.5) == ShownCell(n=12, value=5, display="<=5")


def test_a_statistic_nobody_answered_is_a_hidden_cell_even_in_a_published_unit():
    assert mean_cell(is_shown=True, n=0, mean=None) == HiddenCell()


def test_a_pattern_that_shows_a_small_group_is_stopped_at_the_cell():
    with pytest.raises(ValueError, match="fewer than 10"):
        mean_cell(is_shown=True, n=9, mean=70)


@pytest.mark.parametrize("changes", [{"n": 9}, {"value": 71.4}, {"value": 97}, {"value": 3}])
def test_nobody_can_build_a_shown_cell_that_tells_too_much(changes):
    cell = ShownCell(n=12, value=71, display="71")

    with pytest.raises(ValueError, match=r"shown|masked"):
        replace(cell, **changes)
