"""What a scale must be to be calibrated, and what its figures let a report say."""

import math

import numpy as np
import pytest

from scoring.calibration import FIRM, HIDDEN, INDICATIVE, ScaleCalibration, calibrate, fewest_people
from scoring.norms import NormGroup, is_comparable
from scoring.statistics import ItemKey, scale_statistics


def figures(**fields):
    values = {"sample_size": 300, "item_count": 10, "mean": 70.0, "sd": 12.0, "reliability": 0.75}
    return ScaleCalibration("RAPI", coefficient="alpha", **values | fields)


def statistics(people=200, items=4, *, seed=3, noise=0.8, change=None):
    rng = np.random.default_rng(seed)
    standing = rng.normal(3, 1, size=(people, 1))
    keyed = np.clip(np.rint(standing + rng.normal(0, noise, size=(people, items))), 1, 5)
    if change:
        change(keyed)
    keys = tuple(ItemKey(f"A{n}", maximum=5) for n in range(items))
    return scale_statistics(keyed, keys)


def test_the_error_is_sd_times_root_of_one_minus_reliability():
    assert figures().sem == pytest.approx(6)  # 12 * sqrt(1 - .75)
    assert figures().sem_of(8) == pytest.approx(6 * math.sqrt(10 / 8))


@pytest.mark.parametrize(
    ("reliability", "standing"),
    [(0.59, HIDDEN), (0.6, INDICATIVE), (0.69, INDICATIVE), (0.7, FIRM), (0.96, FIRM)],
)
def test_what_may_be_shown_depends_on_the_reliability(reliability, standing):
    assert figures(reliability=reliability).standing == standing


@pytest.mark.parametrize(("items", "people"), [(4, 100), (14, 100), (15, 105), (30, 210)])
def test_seven_people_an_item_and_at_least_a_hundred(items, people):
    assert fewest_people(items) == people


def test_omega_is_the_coefficient_and_the_spread_is_of_the_same_people():
    found = statistics()
    made, refusals = calibrate("RAPI", found, [1, 1, 1, 1])
    assert refusals == ()
    assert (made.coefficient, made.reliability) == ("omega_total", found.omega_total)
    assert (made.sd, made.mean, made.sample_size) == (found.scale_sd_0_100, found.scale_mean_0_100, 200)
    assert made.sem == pytest.approx(found.sem_omega_0_100)


def test_alpha_stands_in_where_there_is_no_omega():
    found = statistics(items=2)
    made, _refusals = calibrate("RAPI", found, [1, 1])
    assert (made.coefficient, made.reliability) == ("alpha", found.alpha)


def test_items_of_different_weight_have_no_coefficient_yet():
    made, [reason] = calibrate("RAPI", statistics(), [1, 1, 1, 2])
    assert made is None
    assert "Bobot butirnya berbeda" in reason


def test_an_item_that_everybody_answers_alike_stops_it():
    def level(keyed):
        keyed[:, 0] = 4

    made, [reason] = calibrate("RAPI", statistics(change=level), [1] * 4)
    assert made is None
    assert "dijawab sama oleh semua orang" in reason


def test_items_against_each_other_stop_it():
    def turn(keyed):
        keyed[:, 0] = 6 - keyed[:, 0]

    made, [reason] = calibrate("RAPI", statistics(items=2, change=turn), [1, 1])
    assert made is None
    assert "negatif" in reason


def test_a_sample_without_any_error_is_no_calibration():
    def repeat(keyed):
        keyed[:] = keyed[:, :1]

    made, [reason] = calibrate("RAPI", statistics(change=repeat), [1] * 4)
    assert made is None
    assert "nol" in reason


@pytest.mark.parametrize(
    ("k", "answered", "comparable"),
    # sqrt(k / answered) <= 1.25, so answered >= k / 1.5625: 25 of which at least 16
    [(25, 16, True), (25, 15, False), (10, 8, True), (10, 6, False), (4, 0, False)],
)
def test_a_score_on_too_few_items_is_not_compared(k, answered, comparable):
    assert is_comparable(k, answered) == comparable


def test_a_norm_group_comes_back_to_the_last_bit():
    group = NormGroup.from_scores([100 / 3, 50, 50, 200 / 3])
    assert NormGroup.from_rows(group.to_rows()) == group
