"""Pages for balancers and monitors. They name no fault to a stranger; the log does.

``/healthz``: this process answers. ``/readyz``: and it can do its work, so people may be sent to it. ``/metrics``:
figures for Prometheus, for whoever has the token.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST

from accounts.models import User
from accounts.sealed_nip import UnknownKey
from monitoring import metrics
from monitoring.figures import DatabaseFigures

logger = logging.getLogger(__name__)

# Asked every few seconds by every balancer; code and schema of a running process do not change any more once they fit.
_schema_fits = False
_keys_fit = False


def alive(request):
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request):
    """503 as long as one check fails, with the names of the checks and nothing else."""
    checks = {name: _passes(name, check) for name, check in CHECKS.items()}
    is_ready = all(checks.values())
    said = {name: "ok" if passed else "fails" for name, passed in checks.items()}
    return JsonResponse({"ready": is_ready, "checks": said}, status=200 if is_ready else 503)


def figures(request):
    """404 without the right token, as if there were no such page."""
    given = request.headers.get("Authorization", "")
    if not metrics.are_wanted() or not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponseNotFound("not found\n", content_type="text/plain")
    return HttpResponse(metrics.exposition(DatabaseFigures()), content_type=CONTENT_TYPE_LATEST)


def _passes(name, check: Callable[[], bool]) -> bool:
    try:
        passed = check()
    except Error:
        logger.exception("not ready: %s", name)
        return False
    if not passed:
        logger.error("not ready: %s", name)
    return passed


def _database_can_be_written() -> bool:
    """False for a PostgreSQL that is a standby: after a change of roles people must not be sent here."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT NOT pg_is_in_recovery()")
        else:
            cursor.execute("SELECT 1")
        return bool(cursor.fetchone()[0])


def _schema_is_complete() -> bool:
    """Whether every migration that this code knows has been applied. More than that is well: newer code came first."""
    global _schema_fits
    if not _schema_fits:
        executor = MigrationExecutor(connection)
        _schema_fits = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _schema_fits


def _numbers_can_be_read() -> bool:
    """Whether this server knows the key of the NIPs; without it nobody could sign in here."""
    global _keys_fit
    if not _keys_fit:
        try:
            User.objects.exclude(nip=None).order_by("pk").values_list("nip").first()
        except UnknownKey:
            return False
        _keys_fit = True
    return True


def _cache_answers() -> bool:
    """The shared cache counts failed sign-ins; its table is made by ``createcachetable``."""
    cache.get("ready")
    return True


CHECKS = {
    "database": _database_can_be_written,
    "schema": _schema_is_complete,
    "keys": _numbers_can_be_read,
    "cache": _cache_answers,
}
PROBES = {"/healthz": alive, "/readyz": ready, "/metrics": figures}
