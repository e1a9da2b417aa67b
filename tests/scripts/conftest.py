"""The scripts are programs, not a package: their folder joins the path for these tests only."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
