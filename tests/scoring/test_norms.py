"""Norms: ranks and standard scores against a frozen group, shown only when the group is large and mixed."""

import pytest

from scoring.norms import (
    T_HIGHEST,
    T_LOWEST,
    NormGroup,
    compare,
    conversion_table,
    normalised_t,
    percentile_display,
    percentile_rank,
    refusals,
    sten,
    t_display,
    t_score,
    z_score,
)
from tests.scoring.cases import load

CASES = load("norm_cases")
SCORED = [(name, case) for name in ("group_main", "group_tiny") for case in CASES[name]["cases"]]


@pytest.mark.parametrize(
    ("name", "case"), SCORED, ids=lambda part: str(part["x"]) if isinstance(part, dict) else part
)
def test_reference_norms(name, case):
    group, x = NormGroup.from_scores(CASES[name]["scores"]), case["x"]
    assert group.n == CASES[name]["n"]
    assert float(percentile_rank(group, x)) == pytest.approx(case["percentile_rank"], abs=1e-6)
    assert percentile_display(percentile_rank(group, x)) == case["percentile_display"]
    z = z_score(group, x)
    assert z == pytest.approx(case["z"], abs=1e-6)
    assert t_score(z) == pytest.approx(case["T"], abs=1e-6)
    assert (t_display(t_score(z)), sten(z)) == (case["T_display"], case["sten"])
    assert normalised_t(group, x) == pytest.approx(case["normalised_T"], abs=1e-6)


def test_reference_moments():
    group = NormGroup.from_scores(CASES["group_main"]["scores"])
    assert (group.mean, group.sd) == (
        CASES["group_main"]["mean"],
        pytest.approx(CASES["group_main"]["sd"], abs=1e-6),
    )


def test_a_group_without_variance_gives_a_rank_and_nothing_else():
    (case,) = CASES["group_constant"]["cases"]
    found = compare(NormGroup.from_scores(CASES["group_constant"]["scores"]), case["x"])
    assert (found.percentile_rank, found.z, found.t, found.t_shown, found.sten) == (
        50,
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize("case", CASES["sten_edges"], ids=str)
def test_reference_sten_edges(case):
    assert sten(case["z"]) == case["sten"]


@pytest.mark.parametrize("case", CASES["display_policy"], ids=str)
def test_reference_size_gate(case):
    n = case["n"]
    people = {"A": n // 5, "B": n // 5, "C": n // 5, "D": n // 5, "E": n - 4 * (n // 5)}
    assert (not refusals(people)) is case["show"]


def test_a_group_must_be_mixed_and_the_score_complete():
    assert len(refusals({"A": 101, "B": 25, "C": 25, "D": 25, "E": 24})) == 1  # more than half from one
    assert refusals({"A": 100, "B": 25, "C": 25, "D": 25, "E": 25}) == ()
    assert len(refusals({"A": 100, "B": 100})) == 1  # two agencies, none with more than half
    assert refusals(dict.fromkeys("ABCDE", 50), sem_factor=1.25) == ()
    assert len(refusals(dict.fromkeys("ABCDE", 50), sem_factor=1.26)) == 1


def test_skewed_groups_get_the_normalised_t():
    group = NormGroup.from_scores([100] * 90 + [90] * 8 + [20, 10])
    assert group.skewness < -1
    found = compare(group, 100)
    assert found.is_normalised
    assert found.t == pytest.approx(normalised_t(group, 100))
    assert not compare(NormGroup.from_scores(range(10, 60)), 30).is_normalised


def test_half_a_person_keeps_the_ends_finite():
    group = NormGroup.from_scores([50, 60])
    assert normalised_t(group, 0) == pytest.approx(50 + 10 * -0.6744897501960817)  # share 0.5 / 2 = .25


def test_empty_and_single_groups():
    assert (NormGroup(()).mean, NormGroup(()).skewness) == (None, None)
    with pytest.raises(ValueError, match="kosong"):
        percentile_rank(NormGroup(()), 50)
    assert z_score(NormGroup.from_scores([70]), 70) is None


def test_a_conversion_table_says_percentile_t_and_sten_as_they_are_shown():
    group = NormGroup.from_scores([40] * 50 + [50] * 100 + [60] * 50)
    lines = {line.score: line for line in conversion_table(group)}
    assert list(lines) == list(range(0, 101, 10))
    assert (lines[50].percentile, lines[50].t, lines[50].sten) == (50, 50, 6)
    assert (lines[0].percentile, lines[0].t, lines[0].sten) == (1, T_LOWEST, 1)
    assert (lines[100].percentile, lines[100].t, lines[100].sten) == (99, T_HIGHEST, 10)


def test_without_variance_there_is_a_percentile_and_neither_t_nor_sten():
    (line, *_others) = conversion_table(NormGroup.from_scores([70] * 200))
    assert (line.percentile, line.t, line.sten) == (1, None, None)
