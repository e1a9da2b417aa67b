"""Frozen results are read from a standby of the database where there is one: they never change once they are there."""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from reports.models import ReleaseState

logger = logging.getLogger(__name__)

REPLICA = "replica"
_reading: ContextVar[bool] = ContextVar("reading_from_replica", default=False)


class ReplicaRouter:
    """Everything goes to the database itself, except what is read inside ``read_frozen``."""

    def db_for_read(self, model, **hints):
        return REPLICA if _reading.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first, second, **hints):
        return True  # two names of one database

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS


def read_frozen(release: ReleaseState, read: Callable[[], Any]) -> Any:
    """What ``read`` makes of these frozen results; it must read all it needs, and write nothing.

    The standby is asked only once the release has arrived there: results are frozen in one transaction, so all of
    their cells have too. If it does not answer, or cancels a long read to catch up, the database itself is asked.
    """
    if REPLICA not in connections.settings or not _has_arrived(release):
        return read()
    token = _reading.set(True)
    try:
        return read()
    except OperationalError:
        logger.warning("the standby broke off a read; asking the database itself", exc_info=True)
    finally:
        _reading.reset(token)
    return read()


def _has_arrived(release):
    try:
        known = ReleaseState.objects.using(REPLICA).filter(pk=release.pk, frozen_at=release.frozen_at)
        return known.exists()
    except OperationalError:
        logger.warning("the standby does not answer; asking the database itself", exc_info=True)
        return False
