"""Attacks the product: `make audit`.

    python scripts/audit.py [--inputs 50000] [--scan-only]

Static rules (bandit), hostile inputs to every form and address (tests/security), and a web scanner (wapiti) that walks
a running demo world as five people with different roles. Bandit and wapiti stand in an environment of their own
(.venv/audit), since their many dependencies have no business in the product's. The exit code tells whether anything was
found.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import pg  # noqa: E402
from auditing import scanning  # noqa: E402

TOOLS = ROOT / ".venv" / "audit" / "bin"
# Folders of the product; tests and tools of developers are not served to anybody.
NOT_SERVED = {"tests", "scripts", "docs", "deploy", "fixtures", "locale", "static", "templates", "var"}


def main() -> int:
    options = read_options()
    os.chdir(ROOT)
    pg.end_in_order()
    found = [] if options.scan_only else [*static_rules(), *hostile_inputs(options.inputs)]
    with tempfile.TemporaryDirectory(prefix="cermin-audit-") as folder:
        found += scanning.scan(Path(folder), TOOLS / "wapiti")
    print("\n" + ("\n".join(found) or "Tidak ada yang ditemukan."), flush=True)
    return 1 if found else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Menyerang produk ini dengan bandit, masukan acak, dan wapiti."
    )
    parser.add_argument("--inputs", type=int, default=50_000, help="banyaknya masukan acak ke formulir")
    parser.add_argument("--scan-only", action="store_true", help="hanya pemindai web")
    return parser.parse_args()


def static_rules() -> list[str]:
    """Bandit, from medium severity on: what is below is held by the rules of ruff, with reasons beside them."""
    served = sorted(
        path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name not in NOT_SERVED
    )
    return _failed("bandit", [str(TOOLS / "bandit"), "-q", "-ll", "-r", *served])


def hostile_inputs(count: int) -> list[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-o", "faulthandler_timeout=0", "tests/security"]
    return _failed("tests/security", command, CERMIN_FUZZ=str(count))


def _failed(title: str, command: list[str], **more: str) -> list[str]:
    print(f"\n=== {title}", flush=True)
    code = subprocess.run(command, env=os.environ | more, check=False).returncode
    return [f"{title}: gagal, lihat di atas."] if code else []


if __name__ == "__main__":
    sys.exit(main())
