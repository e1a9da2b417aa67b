"""Frozen results are read over a second connection where there is one, and everything else is not."""

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import replica
from reports.models import ReleaseState
from tests.reports.worlds import agency_url, frozen_world, open_as

pytestmark = pytest.mark.postgres_only


@pytest.fixture
def standby(settings):
    """The same database under a second name, over a connection of its own: a standby that has caught up."""
    copy = connection.copy(alias=replica.REPLICA)
    copy.ensure_connection()  # before it has its name, after which the test case would forbid it
    connections.settings[replica.REPLICA] = copy.settings_dict
    connections[replica.REPLICA] = copy
    settings.DATABASE_ROUTERS = ["reports.replica.ReplicaRouter"]
    yield copy
    copy.close()
    del connections[replica.REPLICA]
    del connections.settings[replica.REPLICA]


@pytest.fixture
def made():
    return frozen_world({"utara": 10, "selatan": 20}, answers={"utara": 5, "selatan": 4})


def items_url(made, unit_code):
    return reverse(
        "reports:items", args=[made.campaign.public_id, made.agency.code, made.units[unit_code].code]
    )


def queries_of(client, made, url):
    """How many each of the two was asked."""
    with (
        CaptureQueriesContext(connections[replica.REPLICA]) as there,
        CaptureQueriesContext(connection) as here,
    ):
        page = open_as(client, made.analyst, url)
    assert page.status_code == 200
    return page.text, len(there), [query["sql"] for query in here]


def test_frozen_cells_come_from_the_standby(client, made, standby):
    for url in (agency_url(made), items_url(made, "utara")):
        text, there, here = queries_of(client, made, url)
        assert there > 1
        assert not any("reports_resultcell" in sql for sql in here)
        assert "Dinas Utara" in text


def test_sessions_people_and_grants_never_do(client, made, standby):
    with CaptureQueriesContext(standby) as there:
        open_as(client, made.analyst, agency_url(made))
    asked = " ".join(query["sql"] for query in there)
    assert "django_session" not in asked
    assert "agencies_rolegrant" not in asked


def test_results_that_have_not_arrived_are_read_where_they_are(client, made, standby, monkeypatch):
    monkeypatch.setattr(replica, "_has_arrived", lambda release: False)
    _, there, here = queries_of(client, made, agency_url(made))
    assert there == 0
    assert any("reports_resultcell" in sql for sql in here)


def test_a_release_frozen_at_another_time_has_not_arrived(made, standby):
    release = ReleaseState.objects.get()
    assert replica._has_arrived(release)
    release.frozen_at = release.frozen_at.replace(year=2001)
    assert not replica._has_arrived(release)


def test_a_standby_that_does_not_answer_is_no_fault(client, made, standby, monkeypatch):
    def refuse(*_):
        raise OperationalError("no route to host")

    monkeypatch.setattr(standby, "cursor", refuse)
    page = open_as(client, made.analyst, agency_url(made))
    assert page.status_code == 200
    assert "Dinas Utara" in page.text


def test_a_read_that_is_broken_off_is_begun_again_at_the_database(made, standby):
    asked = []

    def read():
        asked.append(ReleaseState.objects.all().db)
        if asked == [replica.REPLICA]:
            raise OperationalError("canceling statement due to conflict with recovery")
        return "halaman"

    assert replica.read_frozen(ReleaseState.objects.get(), read) == "halaman"
    assert asked == [replica.REPLICA, "default"]


def test_what_comes_after_goes_to_the_database_again(made, standby):
    replica.read_frozen(ReleaseState.objects.get(), lambda: None)
    assert ReleaseState.objects.all().db == "default"
