"""A PostgreSQL that a test may kill and start again, with the world of the test on it."""

import os
import shutil
import signal
import subprocess
from contextlib import contextmanager, suppress

from django.db import connection

import pg
from backups.actions import back_up, restore


class OwnPostgres:
    """A server that is told to keep what it acknowledged, and may be killed and started again."""

    def __init__(self, base, programs, account):
        self._base, self._account = base, account
        self.password = "only-for-this-test"
        self._data = pg.create_cluster(programs, base, account, self.password)
        self._process, self.port = pg.start(programs, self._data, account)

    def kill(self):
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def start(self):
        # What a killed server leaves says "ready" still.
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        self._process = subprocess.Popen(
            self._process.args,
            cwd=self._base,
            env=pg.server_environment(self._base),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **self._account.arguments,
        )
        assert pg.wait_until_ready(self._process, self._data)


@contextmanager
def own_postgres(tmp_path):
    """The world of the test on a server of its own, brought there by backup and restore."""
    backup = back_up(connection, tmp_path)
    account = pg.account_to_use()
    base = pg.make_base(account)
    before = dict(connection.settings_dict)
    database = OwnPostgres(base, pg.bring_within_reach(pg.find_binaries(), base, account), account)
    try:
        connection.close()
        connection.settings_dict.update(
            HOST="127.0.0.1", PORT=database.port, USER=pg.ROLE, PASSWORD=database.password, NAME="postgres"
        )
        restore(connection, backup.folder)
        with connection.cursor() as cursor:
            # The servers of the suite forget what they acknowledged when they are killed; this one must not.
            cursor.execute(f"ALTER ROLE {pg.ROLE} SET synchronous_commit = on")
        connection.close()
        yield database
    finally:
        connection.close()
        connection.settings_dict.update(before)
        database.kill()
        shutil.rmtree(base, ignore_errors=True)
