"""A hash of everything that a database holds, to tell whether a restored one equals the original.

It is SHA-256 over every table in the order of the names: its name, the names of its columns, and its rows in the order
of the primary key. So two databases of one engine have the same hash if and only if they hold the same, whatever the
order in which rows lie on the disk. Never compare hashes of two engines: they write times and JSON each in its own way.
"""

import hashlib
from dataclasses import dataclass

_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Fingerprint:
    """``digest``: 64 hexadecimal digits. ``rows``: by table."""

    digest: str
    rows: dict[str, int]


def fingerprint_of(connection) -> Fingerprint:
    """Reads the whole database once, table by table; the caller sees to it that nobody writes meanwhile."""
    whole, rows = hashlib.sha256(), {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            digest, rows[table] = _of_table(connection, cursor, table)
            whole.update(f"{table}:{digest}\n".encode())
    return Fingerprint(whole.hexdigest(), rows)


def _of_table(connection, cursor, table) -> tuple[str, int]:
    quote = connection.ops.quote_name
    cursor.execute(f"SELECT * FROM {quote(table)} LIMIT 0")  # noqa: S608 a name of the schema  # nosec B608
    columns = [column[0] for column in cursor.description]
    key = connection.introspection.get_primary_key_columns(cursor, table) or columns
    digest, count = hashlib.sha256(repr(columns).encode()), 0
    names, order = (", ".join(map(quote, each)) for each in (columns, key))
    cursor.execute(f"SELECT {names} FROM {quote(table)} ORDER BY {order}")  # noqa: S608 the same  # nosec B608
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        for row in rows:
            digest.update(repr([_plain(value) for value in row]).encode())
        count += len(rows)
    return digest.hexdigest(), count


def _plain(value):
    """Values whose text is the same whoever reads them; drivers give bytes as memory without a text of its own."""
    return bytes(value) if isinstance(value, memoryview) else value
