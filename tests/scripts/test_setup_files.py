"""The files a newcomer meets first say the truth."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def requirement_lines() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def test_every_requirement_is_pinned_and_explained():
    wrong = [line for line in requirement_lines() if not re.fullmatch(r"\S+==\S+ +# \S.*", line)]
    assert wrong == []


def test_the_runtime_block_ends_at_the_marker_the_makefile_looks_for():
    runtime, _, development = (ROOT / "requirements.txt").read_text().partition("\n# --- development")
    assert "\ndjango==" in runtime
    assert "\npytest==" in development
    assert "/^# --- development/" in (ROOT / "Makefile").read_text()


def test_every_setting_is_explained_in_the_example_file():
    settings = (ROOT / "asn_assess" / "settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|_boolean|_whole_number|_required)\(\s*"([A-Z_]+)"', settings))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == explained


def test_the_makefile_offers_at_most_a_dozen_targets_and_explains_each():
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0].split()
    explained = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert sorted(targets) == sorted(explained)
    assert len(targets) <= 12
