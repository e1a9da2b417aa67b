"""The reference cases: inputs and expected values worked out apart from this code."""

import json
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


def load(name):
    return json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))


def case_id(case):
    return str(case.get("id", "")) if isinstance(case, dict) else str(case)
