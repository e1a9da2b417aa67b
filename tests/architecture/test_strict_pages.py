"""Every page keeps the strict policy, refers to nothing elsewhere and says its language."""

import re

import pytest

from tests.architecture.truth_table import (
    OK,
)
from tests.architecture.world import addresses

pytestmark = pytest.mark.django_db


INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|application/json))|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)
ELSEWHERE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("who", ["owner", "analyst", "editor"])
def test_every_page_keeps_the_strict_policy_and_says_its_language(client, world, who, language):
    client.force_login(world.people[who])
    client.cookies["django_language"] = language
    # The offline page is kept by browsers in one copy, so it speaks both languages at once.
    pages = [client.get(address.url) for address in addresses(world) if address.name != "offline"]
    pages = [
        page
        for page in pages
        if page.status_code == OK and page.headers["Content-Type"].startswith("text/html")
    ]
    assert len(pages) >= 3
    for page in pages:
        text = page.content.decode()
        url = page.wsgi_request.path
        assert "default-src 'none'" in page.headers["Content-Security-Policy"], url
        assert "unsafe" not in page.headers["Content-Security-Policy"], url
        assert INLINE.search(text) is None, f"{url}: {INLINE.search(text)}"
        assert ELSEWHERE.search(text) is None, f"{url}: {ELSEWHERE.search(text)}"
        assert f'<html lang="{language}"' in text, url
        assert text.count("<h1") == 1, url
