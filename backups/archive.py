"""A backup on the disk: a folder with the database's own file and a manifest that says what it is.

The folder appears under its name only when it is whole: a backup that was interrupted leaves a folder with a dot before
its name, which the next one removes.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

FORMAT = 1
DATA, MANIFEST = "database", "manifest.json"
_PREFIX = "cermin-"
_UNFINISHED = f".{_PREFIX}"


class BackupError(Exception):
    """The message says what happened, what is kept, and what to do."""


@dataclass(frozen=True)
class Manifest:
    """``engine``: sqlite or postgresql. ``data``: SHA-256 of the file. ``content``: the database's fingerprint."""

    format: int
    engine: str
    made_at: str
    data: str
    content: str
    rows: dict[str, int]


@contextmanager
def new_folder(into: Path) -> Iterator[Path]:
    """A folder to write into, which gets its name once everything in it is written to the disk.

    Raises:
        BackupError: another backup is being written into ``into``.
    """
    into.mkdir(parents=True, exist_ok=True)
    with _alone_in(into):
        for left in into.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield from _written(into)


def _written(into):
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    folder = into / f"{_UNFINISHED}{name}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
        for path in folder.iterdir():
            path.chmod(0o600)
            _to_disk(path)
        folder.rename(finished(folder))
        _to_disk(into)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone_in(folder):
    """Held by the process, so that whoever is killed holds nothing."""
    number = os.open(folder, os.O_RDONLY)
    try:
        _lock(number, folder)
        yield
    finally:
        os.close(number)


def _lock(number, folder):
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BackupError(
            f"Cadangan lain sedang ditulis ke {folder}. Cadangan ini tidak dibuat; tunggu sampai yang itu selesai."
        ) from None


def finished(folder: Path) -> Path:
    """Where the folder of :func:`new_folder` is once it is whole."""
    return folder.with_name(folder.name.removeprefix("."))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2, sort_keys=True) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """Of a whole backup whose file is the one that was written.

    Raises:
        BackupError: no backup, one of another format, or one whose file was cut or changed.
    """
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError):
        raise BackupError(
            f"{folder} bukan cadangan yang utuh: {MANIFEST} tidak ada atau rusak. Tidak ada yang dipulihkan."
        ) from None
    if manifest.format != FORMAT:
        raise BackupError(
            f"{folder} dibuat dengan bentuk cadangan {manifest.format}; versi ini membaca bentuk {FORMAT}. Tidak ada "
            "yang dipulihkan."
        )
    if not (folder / DATA).is_file() or digest_of(folder / DATA) != manifest.data:
        raise BackupError(
            f"Isi {folder} terpotong atau berubah sejak dibuat. Tidak ada yang dipulihkan; pakailah cadangan lain."
        )
    return manifest


def backups_in(folder: Path) -> list[Path]:
    """Whole backups, oldest first."""
    return sorted(path for path in folder.glob(f"{_PREFIX}*") if (path / MANIFEST).is_file())


def remove_all_but(folder: Path, keep: int) -> list[Path]:
    """Removes the oldest backups until so many are left; those that are gone."""
    gone = backups_in(folder)[:-keep]
    for path in gone:
        shutil.rmtree(path)
    return gone


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path):
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
