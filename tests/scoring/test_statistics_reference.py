"""Every reference matrix: values worked out apart from this code, most of them also by other programs."""

import csv
import json

import numpy as np
import pytest

from scoring.statistics import ItemKey, MatrixError, gated, keyed_values, scale_statistics
from scoring.statistics.matrix import turned
from tests.scoring.cases import REFERENCE, load

FOLDER = REFERENCE / "scale_stats"
CASES = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
TOLERANCE = load("manifest")["tolerance"]

TIGHT = TOLERANCE["alpha, r_drop, alpha_if_deleted, CI"]
LOOSE = TOLERANCE["omega and loadings"]
ELSE = TOLERANCE["everything else"]
TOLERANCES = {
    "alpha": TIGHT,
    "alpha_ci95_feldt": TIGHT,
    "r_drop": TIGHT,
    "alpha_if_deleted": TIGHT,
    "omega_total": LOOSE,
    "omega_total_standardised": LOOSE,
}
# What a case says beside numbers of the same name: its input, and what is compared apart.
NOT_FIELDS = {"items", "warnings", "loadings", "reason", "omega_reason", "input", "key", "min", "max"}
NOT_FIELDS |= {"verified_with", "alpha_pairwise_alternative"}
# Its reversed items were written as if they had five values (6 - x, so -1..5): outside their bounds of 1..7. The
# expected coefficients hold all the same; its means, floors and ceilings describe the numbers as written.
OUT_OF_BOUNDS = "bipolar7"


def matrix_of(case):
    with (FOLDER / case["input"]).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    raw = np.array([[float(cell) if cell else np.nan for cell in row] for row in rows])
    items = tuple(
        ItemKey(code, key, case["min"], case["max"]) for code, key in zip(header, case["key"], strict=True)
    )
    return raw, items


def statistics_of(name):
    raw, items = matrix_of(CASES[name])
    keyed = turned(raw, items) if name == OUT_OF_BOUNDS else keyed_values(raw, items)
    return scale_statistics(keyed, items)


@pytest.mark.parametrize("name", CASES)
def test_every_number_of_the_scale(name):
    case, found = CASES[name], statistics_of(name)
    numbers = set(case) - NOT_FIELDS
    assert numbers >= {"n_total", "n_used", "k_total", "k_used", "alpha"}
    for number in numbers:
        expected = tuple(case[number]) if isinstance(case[number], list) else case[number]
        if expected is not None:
            expected = pytest.approx(expected, abs=TOLERANCES.get(number, ELSE))
        assert getattr(found, number) == expected, number
    if "alpha_pairwise_alternative" in case:
        assert found.alpha_pairwise == pytest.approx(case["alpha_pairwise_alternative"], abs=TIGHT)


@pytest.mark.parametrize("name", CASES)
def test_every_number_of_the_items(name):
    case, found = CASES[name], statistics_of(name)
    for expected, item in zip(case["items"], found.items, strict=True):
        for number, value in expected.items():
            tolerance = TOLERANCES.get(number, ELSE)
            assert getattr(item, number) == pytest.approx(value, abs=tolerance), (item.code, number)
        for number in {"r_drop", "alpha_if_deleted"} - set(expected):
            assert getattr(item, number) is None
            assert number in item.reasons
    if "loadings" in case:
        assert [item.loading for item in found.items] == pytest.approx(case["loadings"], abs=LOOSE)


@pytest.mark.parametrize("name", CASES)
def test_reasons_and_warnings(name):
    case, found = CASES[name], statistics_of(name)
    assert found.reasons.get("alpha") == case.get("reason")
    if "omega_reason" in case:
        assert found.reasons["omega_total"] == case["omega_reason"]
    for warning in case["warnings"]:
        for code, items in warning.items():
            assert tuple(items) in [known.items for known in found.warnings if known.code == code]


@pytest.mark.parametrize("name", CASES)
def test_other_programs_say_the_same(name):
    found = statistics_of(name)
    for program, value in CASES[name]["verified_with"].items():
        if program.endswith("alpha"):
            assert found.alpha == pytest.approx(value, abs=TIGHT)
        elif "omega_raw" in program:
            assert found.omega_total == pytest.approx(value, abs=LOOSE)
        elif "omega_std" in program:
            assert found.omega_total_standardised == pytest.approx(value, abs=LOOSE)
        elif "rounded 3" in program:
            assert found.alpha_ci95_feldt == pytest.approx(tuple(value), abs=5.1e-4)


def test_two_people_have_an_alpha_that_nobody_is_shown():
    found = statistics_of("n2")
    assert found.alpha > 0.96
    assert gated(found).alpha is None
    assert gated(found).reasons["alpha"] == "n_below_30"


def test_a_perfect_alpha_is_a_warning():
    found = statistics_of("perfect_alpha")
    assert found.has_warning("sem_zero")
    assert found.sem_0_100 == pytest.approx(0, abs=1e-6)


def test_values_outside_their_bounds_are_refused_where_answers_are_keyed():
    raw, items = matrix_of(CASES[OUT_OF_BOUNDS])
    with pytest.raises(MatrixError, match="Baris ke-2, butir i3: nilai 0 berada di luar 1 sampai 7"):
        keyed_values(raw, items)


def test_coefficients_of_that_case_hold_for_the_matrix_within_bounds():
    """A shift of an item moves its mean and its ends, never a covariance."""
    raw, items = matrix_of(CASES[OUT_OF_BOUNDS])
    inside = raw + 2 * np.array([item.key < 0 for item in items])
    found, as_written = (
        scale_statistics(keyed_values(inside, items), items),
        statistics_of(OUT_OF_BOUNDS),
    )
    assert found.alpha == pytest.approx(as_written.alpha, abs=TIGHT)
    assert found.omega_total == pytest.approx(as_written.omega_total, abs=1e-9)
    assert found.items[0].mean == pytest.approx(as_written.items[0].mean - 2)
