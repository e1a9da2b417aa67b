"""scripts/bench.py: every part runs on a tiny size, and a run of one part leaves the other sections of the page."""

import importlib

import pytest

import bench
from benchmarks import MODULES
from benchmarks.measuring import Figure, measure


@pytest.mark.parametrize("name", [name for name in MODULES if name != "database"])
def test_every_part_gives_figures_with_limits(name):
    figures = importlib.import_module(f"benchmarks.{name}").run(0.0005)
    assert any(figure.limit for figure in figures)
    for figure in figures:
        assert figure.wall > 0
        assert figure.limit is None or figure.limit > 0
        assert figure.row().count("|") == 6


def test_the_database_is_measured_in_a_process_of_its_own():
    speed, memory = importlib.import_module("benchmarks.database").run(0.00002)
    assert "20 people" in speed.what
    assert speed.wall > 0
    assert 10 < memory.wall < 1000


def test_a_row_says_whether_the_limit_was_kept():
    assert Figure("a", 0.5, 0.25, 1.0).row() == "| a | 0.5 s | 0.25 s | 1 s | yes |"
    assert Figure("a", 0.0123, None, 0.01).row() == "| a | 12.3 ms |  | 10 ms | **no** |"
    assert Figure("a", 1234, unit="MB").row() == "| a | 1,234 MB |  |  |  |"


def test_the_median_of_the_rounds_counts():
    rounds = iter([0, 0, 0])
    timing = measure(lambda: next(rounds), rounds=2)
    assert 0 <= timing.wall < 1
    assert list(rounds) == []  # one to warm up and two to measure


def test_one_part_replaces_its_section_only(tmp_path, monkeypatch, capsys):
    page = tmp_path / "benchmarks.md"
    page.write_text(
        bench.page({"scoring": "## scoring\n\nold\n", "disclosure": "## disclosure\n\nkept\n"}),
        encoding="utf-8",
    )
    monkeypatch.setattr(bench, "PAGE", page)
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    assert bench.main(["scoring", "--size", "0.0005"]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Benchmarks")
    assert "old" not in text
    assert "one person" in text
    assert "At 0.0005 of the full size" in text
    assert text.index("## scoring") < text.index("## disclosure")
    assert "kept" in text
    assert "one person" in capsys.readouterr().out


def test_an_unknown_part_is_named_with_the_known_ones(capsys):
    with pytest.raises(SystemExit):
        bench.main(["kecepatan"])
    assert "tidak ada modul kecepatan; yang ada: scoring" in capsys.readouterr().err
