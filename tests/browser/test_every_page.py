"""Every page that somebody can reach is fit for everybody: no barrier that axe knows, in both languages and themes, no
pushing sideways from 320 pixels to a laptop at 200 %, no heavy load, no third party.

The addresses come from the URL configuration by way of the truth table's world, so that a new page cannot be forgotten.
"""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from questionnaires import actions
from questionnaires.models import Version
from tests.architecture.world import addresses, build_world
from tests.browser.fitness import LOOKS, prepare, problems_of

pytestmark = pytest.mark.django_db(transaction=True)


# What the templates of Django's own admin do, and why it may stay: rule of axe -> reason.
STOCK_ADMIN = {
    "empty-table-header": "rows in a form: the cell above their names, which span the row, has no words",
}


class Visitors:
    """One signed-in browser window for every person, opened when first needed."""

    def __init__(self, browser: Browser, base_url: str):
        self.browser, self.base_url, self.windows = browser, base_url, {}

    def window(self, person, look):
        """A page in which the person is signed in, in the language of the look."""
        context = self.windows.get(person and person.pk)
        if context is None:
            context = self.browser.new_context(
                base_url=self.base_url, locale="id-ID", timezone_id="Asia/Jakarta"
            )
            page = context.new_page()
            prepare(page)
            if person:
                client = Client()
                client.force_login(person)
                self._set(context, "sessionid", client.cookies["sessionid"].value)
            self.windows[person and person.pk] = context
        self._set(context, "django_language", look.language)
        return context.pages[0]

    def _set(self, context, name, value):
        context.add_cookies([{"name": name, "value": value, "url": self.base_url}])

    def close(self):
        for context in self.windows.values():
            context.close()


@pytest.fixture
def visitors(browser: Browser, base_url):
    opened = Visitors(browser, base_url)
    yield opened
    opened.close()


@pytest.fixture
def world():
    call_command("createcachetable")
    return build_world()


def pages_for(people, urls):
    """``(person, url)`` for every address that is a page for one of the people; the first of them who gets it."""
    clients = []
    for person in people:
        clients.append((person, Client()))
        if person:
            clients[-1][1].force_login(person)
    pages = []
    for url in urls:
        for person, client in clients:
            response = client.get(url)
            if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
                pages.append((person, url))
                break
    return pages


def walk(visitors, pages, *, excused=()):
    """What is wrong with the pages, which are ``(person, url)``: a line for every problem."""
    wrong = []
    for person, url in pages:
        for look in LOOKS:
            page = visitors.window(person, look)
            page.goto(url)
            problems = problems_of(page, look, is_answering="/bagian/" in url, excused=excused)
            wrong += [f"{url} ({look.language}, {look.width}, {look.theme}) {each}" for each in problems]
    return "\n".join(wrong)


def test_every_page_of_the_product_is_fit_for_everybody(visitors, world):
    people = [*world.people.values(), None]
    pages = pages_for(people, (address.url for address in addresses(world)))
    assert len(pages) >= 20
    problems = walk(visitors, pages)
    assert not problems, problems


def test_every_page_of_the_admin_is_fit_for_everybody(visitors, world):
    """For every role that works there. What only the technical superuser opens is Django's own and is left out."""
    published = Version.objects.get(pk=world.arguments["version_id"])
    editor = world.people["editor"]
    draft = actions.start_draft(questionnaire=published.questionnaire, copy_from=published, by=editor)
    names = ("editor", "approver", "psychometrician", "administrator", "auditor")
    pages = pages_for([world.people[name] for name in names], admin_urls(published, draft))
    assert len(pages) >= 40
    problems = walk(visitors, pages, excused=STOCK_ADMIN)
    assert not problems, problems


def admin_urls(published, draft):
    """The pages of the admin, with the last row of every model, and those of the editor's room for a draft."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield from (reverse(f"{prefix}_{page}") for page in ("changelist", "add"))
        if row := model.objects.order_by("pk").last():
            yield from (
                reverse(f"{prefix}_{page}", args=[row.pk]) for page in ("change", "history", "delete")
            )
    for pattern in admin.site.get_model_admin(Version).get_urls():
        if list(pattern.pattern.converters) == ["pk"]:
            yield reverse(f"admin:{pattern.name}", args=[draft.pk])
    yield from (reverse(f"admin:questionnaires_import{page}") for page in ("", "_help"))
    yield reverse("admin:questionnaires_version_history", args=[draft.pk])  # one template for every model
    # Read-only, as published.
    yield reverse("admin:questionnaires_version_change", args=[published.pk])
    for part in (published.items, published.response_sets):
        row = part.first()
        yield reverse(f"admin:questionnaires_{row._meta.model_name}_change", args=[row.pk])
