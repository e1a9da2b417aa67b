"""Several people at once: on SQLite the database becomes a file, because threads share one in memory differently."""

import sqlite3
import sys
from pathlib import Path

import pytest
from django.db import connection

# The script that starts a PostgreSQL is a program, in no package.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))


@pytest.fixture(autouse=True)
def database(transactional_db, tmp_path):
    """A database that threads may use as processes do: each with a connection of its own.

    PostgreSQL is that already. The test database of SQLite lives in memory with a shared cache, whose locks are not
    those of a file (a reader fails at once instead of waiting), so the test runs on a file made from it.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    path = tmp_path / "bersamaan.sqlite3"
    with sqlite3.connect(path) as file:
        memory.backup(file)
    file.close()
    # New connections, those of other threads too, read the address from the same dictionary.
    connection.connection, connection.settings_dict["NAME"] = None, path
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name
