"""A worker: does background jobs until it is told to stop."""

import logging
import os
import signal
import threading

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.utils import is_locked_database_exception

from audit.sealing import seal
from background.actions import take_up_lost

logger = logging.getLogger(__name__)

# How often within a lease a worker looks for jobs whose worker has died.
LOOKS_PER_LEASE = 3


class Command(db_worker.Command):
    """The worker of django-tasks-db, which besides looks after the jobs of workers that have died,
    and seals the audit trail.

    Any number of them may run on PostgreSQL. SQLite has one writer at a time, so a second worker gains little there.
    """

    help = "Runs a worker for background jobs. Stops after the present job on SIGTERM or Ctrl-C."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--with-parent", action="store_true", help="Stop when the process that started this one is gone."
        )

    def handle(self, *, with_parent, **options):
        parent = os.getppid() if with_parent else None
        threading.Thread(target=_watch, args=[parent], daemon=True).start()
        while True:
            try:
                return super().handle(**options)
            except OperationalError as error:
                if not is_locked_database_exception(error):
                    raise
                # SQLite: somebody wrote for longer than a worker waits. There is nothing to mend.
                logger.warning("the database is busy; looking for jobs again")


def _watch(parent):
    """Takes up lost jobs, seals the audit trail, and ends a worker whose server is gone."""
    pause = threading.Event()
    while not pause.wait(settings.WORK_LEASE_SECONDS / LOOKS_PER_LEASE):
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            parent = None  # said once: a second SIGTERM would end the present job too
        try:
            close_old_connections()
            take_up_lost(now=timezone.now())
            seal()
        except OperationalError:
            connection.close()
            logger.warning("could not look for lost jobs and seal the trail this time")
