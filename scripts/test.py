"""Everything this machine can check, in one run: `make test`.

    python scripts/test.py [--lint] [ARGUMENTS FOR PYTEST ...]

Style, layers, templates, messages and migrations; the suite on SQLite; the same suite on PostgreSQL; the browser tests.
A failure does not stop the rest. The last line names what ran, what failed and what had to be skipped, and why. With
CERMIN_NO_SKIP=1 (CI) a skip is a failure.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import pg  # noqa: E402

NOTHING_COLLECTED = 5  # pytest's exit code
PYTHON = (sys.executable, "-m")
MANAGE = (sys.executable, "manage.py")


@dataclass
class Outcome:
    """What happened so far, in the words of the last line."""

    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    skipped: dict[str, None] = field(default_factory=dict)  # an ordered set of reasons

    def last_line(self, seconds: float) -> str:
        parts = [f"Selesai dalam {seconds:.0f} detik.", f"Lulus: {', '.join(self.passed) or 'tidak ada'}."]
        if self.failed:
            parts.append(f"GAGAL: {', '.join(self.failed)}.")
        parts.append(f"Dilewati: {'; '.join(self.skipped)}." if self.skipped else "Tidak ada yang dilewati.")
        return " ".join(parts)


class Session:
    """One run: the environment its commands see and the outcome they add up to."""

    def __init__(self, workspace: Path, pytest_arguments: Sequence[str]) -> None:
        self.outcome = Outcome()
        self.pytest_arguments = list(pytest_arguments)
        self.skip_notes = workspace / "skipped.txt"
        self.sqlite = f"sqlite:///{workspace / 'check.sqlite3'}"
        self.no_skip = os.environ.get("CERMIN_NO_SKIP") == "1"

    def run(
        self, title: str, command: Sequence[str], *, database: str | None = None, harmless: int = 0
    ) -> None:
        """Run one command and note how it ended; `harmless` is an exit code that counts as passed."""
        print(f"\n=== {title}: {' '.join(command[1:])}", flush=True)
        environment = {
            **os.environ,
            "DATABASE_URL": database or self.sqlite,
            "CERMIN_SKIP_NOTES": str(self.skip_notes),
            "PYTHONUNBUFFERED": "1",
            "PATH": pg.path_with_programs(),
        }
        code = pg.run_child(command, environment)
        (self.outcome.passed if code in (0, harmless) else self.outcome.failed).append(title)

    def skip(self, title: str, reason: str) -> None:
        print(f"\n=== {title}: dilewati. {reason}", flush=True)
        self.outcome.skipped[f"{title} ({reason.splitlines()[0].rstrip('.:')})"] = None
        if self.no_skip:
            self.outcome.failed.append(title)

    def run_suite(self, title: str, *options: str, database: str | None = None) -> None:
        # A choice of tests made by hand may leave one half empty; the whole suite may not.
        harmless = NOTHING_COLLECTED if self.pytest_arguments else 0
        command = (*PYTHON, "pytest", *options, *self.pytest_arguments)
        self.run(title, command, database=database, harmless=harmless)

    def collect_skips(self) -> None:
        """Take over the reasons that tests/conftest.py wrote down."""
        with contextlib.suppress(FileNotFoundError):
            for reason in self.skip_notes.read_text(encoding="utf-8").splitlines():
                self.outcome.skipped[reason] = None


def lint(session: Session) -> None:
    session.run("gaya kode", (*PYTHON, "ruff", "check", "."))
    session.run("bentuk kode", (*PYTHON, "ruff", "format", "--check", "."))
    session.run("lapisan impor", (str(Path(sys.executable).with_name("lint-imports")), "--no-logo"))
    session.run("templat", (*PYTHON, "djlint", "--lint", "--quiet", "templates"))
    session.run("katalog pesan", (sys.executable, "scripts/messages.py", "--check"))


def on_sqlite(session: Session, workers: tuple[str, ...]) -> None:
    session.run("migrasi lengkap", (*MANAGE, "makemigrations", "--check", "--dry-run"))
    check_database(session, "SQLite", session.sqlite)
    session.run_suite("tes di SQLite", *workers)


def on_postgresql(session: Session, workers: tuple[str, ...]) -> None:
    try:
        with pg.server() as url:
            check_database(session, "PostgreSQL", url)
            session.run_suite("tes di PostgreSQL", *workers, database=url)
    except pg.PostgresUnavailable as fault:
        session.skip("tes di PostgreSQL", str(fault))


def check_database(session: Session, name: str, url: str) -> None:
    """Constraints that a database would silently leave out show up here."""
    command = (*MANAGE, "check", "--database", "default", "--fail-level", "WARNING")
    session.run(f"pemeriksaan Django di {name}", command, database=url)


def main(arguments: Sequence[str]) -> int:
    only_lint = "--lint" in arguments
    os.chdir(ROOT)
    pg.end_in_order()
    configured = pg.configured_url()
    from tests import environment  # noqa: F401  (fills in what manage.py and pytest read)

    if configured:
        os.environ["TEST_DATABASE_URL"] = configured  # each command is given its own DATABASE_URL
    workers = ("-n", str(min(8, usable_cores())))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cermin-test-") as folder:
        session = Session(Path(folder), [each for each in arguments if each != "--lint"])
        lint(session)
        if not only_lint:
            on_sqlite(session, workers)
            on_postgresql(session, workers)
            session.run_suite("tes peramban", *workers, "-m", "browser")
            session.collect_skips()
        print(f"\n{session.outcome.last_line(time.monotonic() - started)}", flush=True)
    return 1 if session.outcome.failed else 0


def usable_cores() -> int:
    """The cores this process may use, which in a container are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except pg.Terminated:
        sys.exit(143)
