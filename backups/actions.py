"""Backup and restore of the whole database, each checked by the hash of what it holds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from backups.archive import (
    DATA,
    FORMAT,
    BackupError,
    Manifest,
    digest_of,
    finished,
    new_folder,
    read_manifest,
    write_manifest,
)
from backups.engines import engine_of
from backups.fingerprint import fingerprint_of


@dataclass(frozen=True)
class Backup:
    folder: Path
    manifest: Manifest


def back_up(connection, into: Path) -> Backup:
    """A new backup in a folder of its own, while people go on working.

    Raises:
        BackupError: nothing was kept; earlier backups are as they were.
    """
    engine = engine_of(connection)
    with new_folder(into) as folder:
        found = engine.dump(folder / DATA)
        manifest = Manifest(
            format=FORMAT,
            engine=engine.name,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            data=digest_of(folder / DATA),
            content=found.digest,
            rows=found.rows,
        )
        write_manifest(folder, manifest)
    return Backup(finished(folder), manifest)


def restore(connection, folder: Path, *, replace: bool = False) -> Manifest:
    """Puts a backup into a database, and reads it all once to see that it equals the original.

    Args:
        replace: whether a database that holds something may be overwritten; the servers must be stopped then.

    Raises:
        BackupError: the backup is damaged or of another engine, or the database is not empty: nothing has changed. Or
            what was restored is not the original: then it must not be used.
    """
    manifest, engine = read_manifest(folder), engine_of(connection)
    if manifest.engine != engine.name:
        raise BackupError(
            f"Cadangan ini dari {manifest.engine}, sedangkan basis data yang dituju {engine.name}. Tidak ada yang "
            "dipulihkan; arahkan DATABASE_URL ke mesin yang sama."
        )
    if not replace and not engine.is_empty():
        raise BackupError(
            "Basis data yang dituju tidak kosong. Tidak ada yang dipulihkan. Hentikan peladen dan pekerja, lalu ulangi "
            "dengan --replace bila isinya memang harus diganti."
        )
    engine.restore(folder / DATA)
    if fingerprint_of(connection).digest != manifest.content:
        raise BackupError(
            "Isi basis data yang dipulihkan tidak sama dengan aslinya. Jangan dipakai; pulihkan dari cadangan lain."
        )
    return manifest
