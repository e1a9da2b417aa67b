"""How each engine copies a database out and in, by its own means: SQLite's backup, pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from backups.archive import BackupError
from backups.fingerprint import Fingerprint, fingerprint_of

DEBIAN_ROOT = Path("/usr/lib/postgresql")


def engine_of(connection: BaseDatabaseWrapper) -> "Sqlite | Postgres":
    return {"sqlite": Sqlite, "postgresql": Postgres}[connection.vendor](connection)


class Sqlite:
    """The copy is a database file by itself; people go on writing while it is made."""

    name = "sqlite"

    def __init__(self, connection):
        self._connection = connection

    def dump(self, path: Path) -> Fingerprint:
        self._connection.ensure_connection()
        copy = sqlite3.connect(path)
        try:
            self._connection.connection.backup(copy)
            # One file that needs no other beside it, whoever opens it.
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        return _fingerprint_of_file(path, self._connection)

    def is_empty(self) -> bool:
        return _has_no_tables(self._connection)

    def restore(self, path: Path) -> None:
        """Into the file of the connection, in one step as far as its readers see."""
        source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            self._connection.ensure_connection()
            source.backup(self._connection.connection)
        finally:
            source.close()


class Postgres:
    """The dump and the fingerprint are of one moment: both read the same snapshot, while people go on writing."""

    name = "postgresql"

    def __init__(self, connection):
        self._connection = connection

    def dump(self, path: Path) -> Fingerprint:
        with transaction.atomic(using=self._connection.alias), self._connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
            self._run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-acl",
                f"--snapshot={snapshot}",
                f"--file={path}",
            )
            return fingerprint_of(self._connection)

    def is_empty(self) -> bool:
        return _has_no_tables(self._connection)

    def restore(self, path: Path) -> None:
        """In one transaction: the database is as it was before until everything is there."""
        self._connection.close()
        self._run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-acl",
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={self._connection.settings_dict['NAME']}",
            str(path),
        )

    def _run(self, program, *arguments):
        settings = self._connection.settings_dict
        given = {
            "PGHOST": settings["HOST"],
            "PGPORT": str(settings["PORT"]),
            "PGUSER": settings["USER"],
            "PGPASSWORD": settings["PASSWORD"],
            "PGDATABASE": settings["NAME"],
            "PGSSLMODE": settings["OPTIONS"].get("sslmode", ""),
        }
        environment = os.environ | {name: value for name, value in given.items() if value}
        done = subprocess.run(  # noqa: S603 - the program is one of PostgreSQL's own
            [_program(program), *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BackupError(
                f"{program} gagal: {done.stderr.strip()[-500:]}\nBasis data tidak berubah. Perbaiki sebabnya, lalu "
                "ulangi."
            )


def _has_no_tables(connection) -> bool:
    return not connection.introspection.table_names()


def _fingerprint_of_file(path: Path, like: BaseDatabaseWrapper) -> Fingerprint:
    """Of a database file, read by a connection of its own that changes nothing about it."""
    copy = like.copy()
    copy.settings_dict |= {"NAME": str(path), "OPTIONS": {}}
    try:
        return fingerprint_of(copy)
    finally:
        copy.close()


def _program(name: str) -> str:
    """On PATH, or the newest in Debian's folder.

    Raises:
        BackupError: PostgreSQL's client programs are not installed.
    """
    if found := shutil.which(name):
        return found
    installed = [path for path in DEBIAN_ROOT.glob(f"*/bin/{name}") if path.parts[-3].isdecimal()]
    if not installed:
        raise BackupError(
            f"{name} tidak ditemukan. Pasang program klien PostgreSQL (Debian: apt install postgresql-client), lalu "
            "ulangi."
        )
    return str(max(installed, key=lambda path: int(path.parts[-3])))
