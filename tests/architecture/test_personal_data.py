"""A NIP holds a birth date: it stands in its own column, and nowhere else."""

import io
import logging
import re
from collections import Counter
from datetime import timedelta
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.urls import include, path, reverse
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import User
from assessments import answers
from assessments.models import Attempt, ScoreSheet
from audit.models import AuditEvent
from questionnaires.document import load_document
from tests.architecture.world import build_world, product_addresses
from tests.factories.accounts import PASSWORD, UserFactory, user_with_password
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import open_campaign
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

NIP = "198609262015051001"
# Not inside a hexadecimal digest, in which a run of eighteen digits stands once in a hundred times by chance.
EIGHTEEN_DIGITS = re.compile(r"(?<![0-9a-f])\d{18}(?![0-9a-f])")


# --- logs -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def log():
    """What the product's own log handlers write, as the settings made them."""
    names = set(settings.LOGGING["handlers"])
    loggers = [logging.getLogger(name) for name in (None, *settings.LOGGING["loggers"])]
    handlers = {handler for logger in loggers for handler in logger.handlers if handler.name in names}
    assert handlers
    stream = io.StringIO()
    before = {handler: handler.setStream(stream) for handler in handlers}
    yield stream
    for handler, old in before.items():
        handler.setStream(old)


@login_not_required
def _collide(request, nip):
    """A view that makes a person twice, as a careless import would."""
    User.objects.create(nip=nip, name="Orang kedua")
    return HttpResponse()


@login_not_required
def _stumble(request, nip):
    try:
        raise KeyError(nip)
    except KeyError as error:
        raise RuntimeError(f"no placement of {nip}") from error


urlpatterns = [
    path("kembar/<slug:nip>/", _collide),
    path("jatuh/<slug:nip>/", _stumble),
    path("", include("asn_assess.urls")),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("address", "sign"), [("kembar", "IntegrityError"), ("jatuh", "RuntimeError")])
def test_a_page_that_breaks_over_a_person_logs_no_nip(client, log, address, sign):
    UserFactory(nip=NIP)
    client.raise_request_exception = False
    with transaction.atomic():
        assert client.get(f"/{address}/{NIP}/").status_code == 500
        transaction.set_rollback(True)
    check_log(log, sign, "Traceback")


def test_a_page_that_is_not_there_logs_no_nip(client, log):
    assert client.get(f"/pegawai/{NIP}/").status_code == 404
    check_log(log, "Not Found")


def test_a_caught_exception_logs_no_nip_with_its_traceback_arguments_or_stack(log):
    UserFactory(nip=NIP)
    logger = logging.getLogger("agencies.importers")
    try:
        with transaction.atomic():
            User.objects.create(nip=NIP, name="Orang kedua")
    except IntegrityError:
        logger.exception("row of %s: %r", NIP, {"nip": NIP}, stack_info=True)
    try:
        # The text of the driver on PostgreSQL, whatever the database is.
        raise IntegrityError(f"DETAIL:  Key (nip)=({NIP}) already exists.\n{NIP}")
    except IntegrityError as error:
        logger.error(error, exc_info=True)
        logger.warning("%(nip)s", {"nip": int(NIP)})
    check_log(log, "IntegrityError", "Traceback", "Stack (most recent call last)")


def check_log(log, *signs):
    """Something was written, with the signs that the reader needs, and without the number."""
    text = log.getvalue()
    assert [sign for sign in signs if sign not in text] == []
    assert EIGHTEEN_DIGITS.findall(text) == []
    assert NIP[:8] not in text  # the birth date alone


# --- numbers of people in addresses ---------------------------------------------------------------------------------

ADDRESS = re.compile(r"""\s(?:href|action|formaction|src)=["']([^"']*)["']""", re.IGNORECASE)
PAGES_OF_A_SHAPE = 2  # lists lead to many pages that differ in a number only


def addresses_in(response):
    """Every address that a response holds or names, undone of escapes: links, forms, redirects, file names."""
    found = [response.headers.get(header, "") for header in ("Location", "Content-Disposition")]
    if response.headers.get("Content-Type", "").startswith("text/html"):
        found += ADDRESS.findall(response.content.decode())
    return [unescape(address) for address in found if address]


def reachable(client, starts):
    """``(url, response)`` of the pages that a visitor comes to by following links, a few of every shape."""
    waiting, known = list(starts), Counter(map(shape_of, starts))
    while waiting:
        url = waiting.pop()
        response = client.get(url)
        yield url, response
        for address in addresses_in(response):
            path = urlsplit(urljoin(url, address)).path
            if path.startswith("/static/") or "/keluar/" in path or "/logout/" in path:
                continue
            known[shape_of(path)] += 1
            if known[shape_of(path)] <= PAGES_OF_A_SHAPE:
                waiting.append(path)


def shape_of(path):
    return re.sub(r"\d+", "0", path)


@pytest.fixture
def world():
    return build_world()


@pytest.mark.parametrize("who", ["owner", "analyst", "administrator", "editor"])
def test_no_address_redirect_or_file_name_holds_a_nip(client, world, who):
    nips = set(User.objects.exclude(nip=None).values_list("nip", flat=True))
    client.force_login(world.people[who])
    starts = [*(address.url for address in product_addresses(world)), reverse("admin:index")]
    pages, wrong = 0, []
    for url, response in reachable(client, starts):
        pages += 1
        for address in [url, *addresses_in(response)]:
            plain = re.sub(r"[\s.+-]", "", unquote(address))
            if re.search(r"\d{18}", unquote(address)) or any(nip in plain for nip in nips):
                wrong.append(f"{url}: {address}")
    assert wrong == []
    assert pages > len(starts)


# --- the journey ------------------------------------------------------------------------------------------------------


@pytest.fixture
def journey(client):
    """Signing in (once wrongly), answering, sending and reading: the person, and every response on the way."""
    agency, version = AgencyFactory(), published_version()
    person = placed_person(root_of(agency), person=user_with_password())
    campaign = open_campaign(version, agency=agency, people=[person])
    responses = []

    def get(url):
        responses.append(client.get(url))
        return responses[-1]

    def post(url, data=None):
        responses.append(client.post(url, data or {}))
        return responses[-1]

    post(reverse("account_login"), {"login": person.nip, "password": "salah-sekali"})
    assert post(reverse("account_login"), {"login": person.nip, "password": PASSWORD}).status_code == 302
    get(reverse("home"))
    post(reverse("assessments:task", args=[campaign.assignments.get().public_id, version.questionnaire.code]))
    attempt = Attempt.objects.get(person=person)
    document = load_document(version.pk)
    for number, page in enumerate(document.sections, start=1):
        url = reverse("assessments:section", args=[attempt.public_id, number])
        get(url)
        chosen = {item.code: str(item.accept[0] if item.accept else 3) for item in page.items}
        assert post(url, {**chosen, "base": answers.page_token(page, {}), "go": "next"}).status_code == 302
    get(reverse("assessments:review", args=[attempt.public_id]))
    assert post(reverse("reports:submit", args=[attempt.public_id])).status_code == 200
    get(reverse("reports:personal", args=[attempt.public_id]))
    goal = {
        "behaviour": "Bertanya",
        "when_then": "Ketika rapat",
        "measure": "Tiga kali",
        "jp": "1",
        "method": "seminar",
    }
    due_on = timezone.localdate() + timedelta(days=7)
    added = post(reverse("development:add"), {**goal, "due_on": due_on.isoformat()})
    get(added.headers["Location"])
    assert ScoreSheet.objects.filter(attempt=attempt).exists()
    return person, responses


def nips_in(value, person):
    """18-digit numbers in the text of a value, and the person's number however it is spaced."""
    text = str(value)
    spaced = re.sub(r"[\s.+-]", "", text)
    return EIGHTEEN_DIGITS.findall(text) + ([person.nip] if person.nip in spaced else [])


def test_the_session_holds_no_nip(journey):
    person, _responses = journey
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert any(session.get("_auth_user_id") == str(person.pk) for session in sessions)
    assert [nips_in(session, person) for session in sessions if nips_in(session, person)] == []


def test_no_cookie_header_file_name_or_message_holds_a_nip(journey):
    person, responses = journey
    told = []
    for response in responses:
        headers = [f"{name}: {value}" for name, value in response.headers.items()]
        said = [str(message) for message in get_messages(response.wsgi_request)]
        told += said
        for text in (*headers, *said, response.cookies.output(), response.wsgi_request.get_full_path()):
            assert nips_in(text, person) == [], text
    shown = [m for r in responses if r.context for m in r.context.get("messages", ())]
    assert told or shown  # else the journey never came by a message


def test_after_signing_in_no_page_shows_a_nip(journey):
    person, responses = journey
    assert len(responses) > 10
    for response in responses[1:]:  # the first gives back what was typed at the door
        assert nips_in(response.content.decode(), person) == [], response.wsgi_request.path


def test_no_row_of_the_trail_holds_a_nip(journey):
    person, _responses = journey
    rows = list(AuditEvent.objects.values_list()) + list(LogEntry.objects.values_list())
    assert any("attempt.submitted" in row for row in rows)
    assert [row for row in rows if nips_in(row, person)] == []


def test_creating_and_closing_an_account_leaves_no_nip_in_the_trail():
    person = accounts.create_user(nip=NIP, name="Orang Baru", by=None)
    accounts.deactivate_user(user=person, by=None)
    rows = list(AuditEvent.objects.values_list())
    assert len(rows) >= 2
    assert [row for row in rows if nips_in(row, person)] == []


def test_the_shared_cache_of_the_rate_limits_holds_no_nip(journey):
    person, _responses = journey
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
        cursor.execute(f"SELECT cache_key, value FROM {table}")  # noqa: S608
        rows = cursor.fetchall()
    assert rows
    assert [row for row in rows if nips_in(row, person)] == []
