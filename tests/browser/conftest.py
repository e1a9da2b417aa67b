import pytest
from playwright.sync_api import Page


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
