"""Measure the product on this machine: `make bench`, or `make bench ARGS="scoring database"`.

    .venv/bin/python scripts/bench.py [MODULE ...] [--size 0.01] [--no-write]

Each module of scripts/benchmarks measures one part and has a `run(size)` that gives figures beside the limits that the
product has set itself. The table is printed and kept in docs/benchmarks.md, where a run replaces the sections of the
modules it ran and leaves the others. Nothing here fails when a limit is missed: a number on a busy machine says little,
and the load is written beside it.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import MODULES  # noqa: E402  the project comes on the path first
from benchmarks.measuring import Figure, machine, measured_now  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """\
# Benchmarks

Written by `make bench` (scripts/bench.py); `make bench ARGS="scoring"` measures one part again. Wall and processor
time are medians over the rounds; where other work shares the machine, processor time is the fairer of the two. The
limits are those that the product has set itself; they are no test.
"""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"bawaan: semua ({', '.join(MODULES)})")
    parser.add_argument("--size", type=float, default=1.0, help="bagian dari ukuran penuh, misalnya 0.01")
    parser.add_argument("--no-write", action="store_true", help="jangan menulis docs/benchmarks.md")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.modules if name not in MODULES]
    if unknown:
        parser.error(f"tidak ada modul {', '.join(unknown)}; yang ada: {', '.join(MODULES)}")
    sections = {}
    for name in options.modules or MODULES:
        module = importlib.import_module(f"benchmarks.{name}")
        figures = module.run(options.size)
        sections[name] = section(name, module.__doc__.splitlines()[0], figures, options.size)
        print(sections[name], flush=True)
    if not options.no_write:
        old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        PAGE.write_text(page(sections_of(old) | sections), encoding="utf-8")
        print(f"Ditulis ke {PAGE.relative_to(ROOT)}.")
    return 0


def section(name: str, title: str, figures: Sequence[Figure], size: float) -> str:
    """A module's part of the page: when and where, then one row a figure."""
    part = "" if size == 1 else f" At {size:g} of the full size."
    rows = [
        "| what | wall | processor | limit | within |",
        "| --- | ---: | ---: | ---: | --- |",
        *(figure.row() for figure in figures),
    ]
    return "\n".join([f"## {name}", "", title, "", f"{measured_now()}; {machine()}.{part}", "", *rows, ""])


def sections_of(text: str) -> dict[str, str]:
    """The sections of a page by module name."""
    found = {}
    for part in text.split("\n## ")[1:]:
        name = part.split("\n", 1)[0].strip()
        found[name] = f"## {part.strip()}\n"
    return found


def page(sections: dict[str, str]) -> str:
    """The whole page: the modules in their order, sections of modules that are gone left out."""
    return "\n".join([HEAD, *(sections[name] for name in MODULES if name in sections)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
