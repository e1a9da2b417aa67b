import pytest
from django.db import connection
from playwright.sync_api import Page


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """On SQLite a file, as in the product: a database in memory refuses ("table is locked") where a file waits."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "browser.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture
def quiet_page(page: Page):
    """A page whose every console message and failed request is a failure: the content security policy speaks there."""
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("requestfailed", lambda request: messages.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: (
            "127.0.0.1" in request.url or "localhost" in request.url or messages.append(request.url)
        ),
    )
    yield page
    assert messages == []
