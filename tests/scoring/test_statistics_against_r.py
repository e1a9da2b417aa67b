"""Public data sets against R: what psych and base R say about the same answers (tests/reference/public/expected.json).

The expected numbers were computed by R 4.2.2 with psych 2.2.9 and by no code of this product.
"""

import csv
import json

import numpy as np
import pytest

from scoring.statistics import ItemKey, keyed_values, scale_statistics, screen_outliers
from tests.scoring.cases import REFERENCE

FOLDER = REFERENCE / "public"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["cases"]
TIGHT, LOOSE = 1e-8, 1e-4

OF_THE_SCALE = {  # name there: (name here, tolerance)
    "alpha": ("alpha", TIGHT),
    "feldt": ("alpha_ci95_feldt", TIGHT),
    "alpha_pairwise": ("alpha_pairwise", TIGHT),
    "alpha_standardised": ("alpha_standardised", TIGHT),
    "mean_inter_item_r": ("mean_inter_item_r", TIGHT),
    "min_r": ("min_inter_item_r", TIGHT),
    "max_r": ("max_inter_item_r", TIGHT),
    "split_half": ("split_half_odd_even_r", TIGHT),
    "spearman_brown": ("split_half_spearman_brown", TIGHT),
    "lambda4": ("guttman_lambda4_odd_even", TIGHT),
    "eigenvalues": ("eigenvalues", TIGHT),
    "omega": ("omega_total", LOOSE),
    "omega_std": ("omega_total_standardised", LOOSE),
}
OF_THE_ITEMS = {
    "n_item": ("n", 0),
    "mean": ("mean", TIGHT),
    "sd": ("sd", TIGHT),
    "r_drop": ("r_drop", TIGHT),
    "alpha_if_deleted": ("alpha_if_deleted", TIGHT),
    "loadings": ("loading", LOOSE),
}


def keyed_of(name):
    case = EXPECTED[name]
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    raw = np.array([[float(cell) if cell else np.nan for cell in row] for row in rows])
    items = tuple(
        ItemKey(code, key, case["minimum"], case["maximum"])
        for code, key in zip(header, case["keys"], strict=True)
    )
    return keyed_values(raw, items), items


@pytest.mark.parametrize("name", EXPECTED)
def test_scales_say_what_r_says(name):
    case, found = EXPECTED[name], scale_statistics(*keyed_of(name))
    assert (found.n_total, found.n_used, found.k_used) == (case["n_total"], case["n_used"], case["k"])
    known = {there: value for there, value in case.items() if there in OF_THE_SCALE}
    assert len(known) >= 11
    for there, value in known.items():
        here, tolerance = OF_THE_SCALE[there]
        expected = tuple(value) if isinstance(value, list) else value
        assert getattr(found, here) == pytest.approx(expected, abs=tolerance), there


@pytest.mark.parametrize("name", EXPECTED)
def test_items_say_what_r_says(name):
    case, found = EXPECTED[name], scale_statistics(*keyed_of(name))
    for there, (here, tolerance) in OF_THE_ITEMS.items():
        if case.get(there):
            values = [getattr(item, here) for item in found.items]
            assert values == pytest.approx(case[there], abs=tolerance), there


@pytest.mark.parametrize("name", EXPECTED)
def test_distances_are_those_of_r(name):
    case, found = EXPECTED[name]["mahalanobis"], screen_outliers(*keyed_of(name))
    known = [value for value in found.values if value is not None]
    assert max(known) == pytest.approx(case["max"], rel=1e-8)
    assert sum(known) == pytest.approx(case["sum"], rel=1e-8)
    assert found.flagged == case["flagged"]


def test_the_cases_cover_what_goes_wrong_easily():
    assert EXPECTED["bfi_two_items_against_each_other"]["alpha"] < 0
    assert EXPECTED["bfi_three_items"]["k"] == 3
    assert EXPECTED["bipolar7"]["n_used"] < 0.8 * EXPECTED["bipolar7"]["n_total"]
    assert any(-1 in case["keys"] for case in EXPECTED.values())
