"""Shared ground of the suite: which tests run where, what a skip means, and how Chromium is started."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# No test may fail because the machine is busy.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

BROWSER_FOLDER = Path(__file__).parent / "browser"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = [
    "--no-sandbox",  # CI is root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def find_chromium() -> str | None:
    """The browser to drive: the one CHROMIUM names, else the first found on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def touches_the_database(item: pytest.Item) -> bool:
    wanted = {"db", "transactional_db", "live_server"}
    return any(map(item.get_closest_marker, ("django_db", "postgres_only"))) or not wanted.isdisjoint(
        item.fixturenames
    )


def skipping_is_forbidden() -> bool:
    return os.environ.get("CERMIN_NO_SKIP") == "1"


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark browser tests by their folder, and leave out what belongs to the other half of `make test`.

    That is a test of the other database and, on PostgreSQL, a test that touches none: arithmetic comes out the
    same. They are deselected, not skipped: they do run, once.
    """
    from django.db import connection

    on_sqlite = connection.vendor == "sqlite"
    other = "postgres_only" if on_sqlite else "sqlite_only"
    elsewhere = [
        item
        for item in items
        if item.get_closest_marker(other) or not (on_sqlite or touches_the_database(item))
    ]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    no_browser = pytest.mark.skip(
        reason="Chromium tidak ditemukan (Debian/Ubuntu: sudo apt install chromium)"
    )
    for item in items:
        if BROWSER_FOLDER in item.path.parents:
            item.add_marker("browser")
        if item.get_closest_marker("browser") and find_chromium() is None:
            item.add_marker(no_browser)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Playwright keeps an event loop in the main thread; the database fixtures run beside it."""
    if any(item.get_closest_marker("browser") for item in session.items):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """With CERMIN_NO_SKIP=1 a skip is a failure: CI must not be green because something was missing."""
    report = yield
    if report.skipped and skipping_is_forbidden() and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: CERMIN_NO_SKIP=1 forbids skipping. {reason}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Leave the reasons of skipped tests for scripts/test.py, which names them in its last line."""
    notes = os.environ.get("CERMIN_SKIP_NOTES")
    if not notes:
        return
    with open(notes, "a", encoding="utf-8") as file:
        for report in terminalreporter.stats.get("skipped", []):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            file.write(reason.removeprefix("Skipped: ").replace("\n", " ") + "\n")


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose; tests sign in thousands of times."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _signed_in_with_everything() -> Iterator[None]:
    """`client.force_login` stands for a whole sign-in: second factor shown, staff powers entered a moment ago.

    What happens before that is walked by tests/accounts/test_second_factor.py and tests/agencies/test_staff_powers.py.
    """
    from django.test import Client

    from accounts.second_factor import server_time
    from agencies import staff_powers

    only_signed_in = Client.force_login

    def force_login(self, user, backend=None):
        only_signed_in(self, user, backend)
        session = self.session
        staff_powers.open_powers(session, now=server_time())
        session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", force_login)
        yield


@pytest.fixture(autouse=True)
def _fresh_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is published never changes, so it is kept in memory by id; here ids come back after every rollback.

    What is kept for some minutes is kept for the whole test: its time must not be over between two counts of queries.
    """
    from assessments.item_drawing import prepared_item
    from assessments.page_drawing import prepared_page
    from questionnaires.document import load_document
    from questionnaires.selectors import frameworks_of_period, version_number
    from reports.participation import count_people_asked
    from scoring.selectors import calibration_of, facts_of, norms_of, plan_of, rule_number

    monkeypatch.setattr("questionnaires.selectors._REMEMBERED", 1e12)
    monkeypatch.setattr("reports.participation._COUNTED_FOR", 1e12)
    of_versions = (load_document, version_number, frameworks_of_period, prepared_item, prepared_page)
    of_rules = (plan_of, rule_number, calibration_of, norms_of, facts_of)
    for remembered in (*of_versions, *of_rules, count_people_asked):
        remembered.cache_clear()


@pytest.fixture(scope="session")
def base_url(live_server) -> str:
    """`page.goto("/masuk/")` goes to the running product; asking for `page` is enough to start it."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """The people this is for read Indonesian and live in three time zones; Jakarta stands for them."""
    return {**browser_context_args, "locale": "id-ID", "timezone_id": "Asia/Jakarta"}
