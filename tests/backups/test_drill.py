"""The drill: a lived-in database is backed up, restored elsewhere, and equals the original by hash and by row."""

import json
import os
import secrets
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections

from accounts.models import User
from assessments.models import Attempt, ScoreSheet
from audit.models import AuditEvent
from backups import engines
from backups.actions import back_up, restore
from backups.archive import DATA, MANIFEST, BackupError, backups_in, new_folder
from backups.fingerprint import fingerprint_of
from tests.factories.accounts import UserFactory
from tests.reports.worlds import frozen_world

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def empty_database(tmp_path):
    """Another database of the same engine, reached under the alias ``drill``."""
    is_file = connection.vendor == "sqlite"
    name = str(tmp_path / "pulih.sqlite3") if is_file else f"drill_{secrets.token_hex(6)}"
    if not is_file:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    other = connection.copy("drill")
    other.settings_dict["NAME"] = name
    connections["drill"] = other
    try:
        yield other
    finally:
        del connections["drill"]
        other.close()
        if not is_file:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')


def count_in(other, model):
    with other.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')  # noqa: S608 - a table of ours
        return cursor.fetchone()[0]


def test_the_restored_world_equals_the_original(tmp_path):
    frozen_world({"utara": 12, "selatan": 11})
    before = fingerprint_of(connection)
    made = back_up(connection, tmp_path)
    assert made.manifest.content == before.digest
    with empty_database(tmp_path) as other:
        restore(other, made.folder)
        assert fingerprint_of(other) == before
        for model in (User, Attempt, ScoreSheet, AuditEvent):
            assert count_in(other, model) == model.objects.count() > 0
    assert fingerprint_of(connection) == before


def test_the_fingerprint_sees_one_changed_letter():
    user = UserFactory(name="Sari")
    before = fingerprint_of(connection)
    User.objects.filter(pk=user.pk).update(name="sari")
    assert fingerprint_of(connection) != before
    User.objects.filter(pk=user.pk).update(name="Sari")
    assert fingerprint_of(connection) == before


def test_the_guards_of_the_database_come_along(tmp_path):
    frozen_world({"utara": 12})
    made = back_up(connection, tmp_path)
    with empty_database(tmp_path) as other:
        restore(other, made.folder)
        with pytest.raises(DatabaseError, match="score sheet never changes"), other.cursor() as cursor:
            cursor.execute("UPDATE assessments_scoresheet SET scores = scores")


def test_people_go_on_writing_while_it_is_made(tmp_path, monkeypatch):
    UserFactory.create_batch(5, name="Sari")
    made, real = back_up(connection, tmp_path), engines.fingerprint_of

    def after_a_write(read):
        writer = connections["drill"].copy("drill")
        with writer.cursor() as cursor:
            cursor.execute("UPDATE accounts_user SET name = 'Lain'")
        writer.close()
        return real(read)

    with empty_database(tmp_path) as lived:
        restore(lived, made.folder)
        monkeypatch.setattr(engines, "fingerprint_of", after_a_write)
        again = back_up(lived, tmp_path / "lagi")
        assert real(lived).digest != made.manifest.content
    assert again.manifest.content == made.manifest.content
    with empty_database(tmp_path / "lagi") as other:
        restore(other, again.folder)


def test_a_database_that_holds_something_is_replaced_only_on_demand(tmp_path):
    UserFactory()
    early = back_up(connection, tmp_path)
    UserFactory()
    late = back_up(connection, tmp_path)
    with empty_database(tmp_path) as other:
        restore(other, late.folder)
        with pytest.raises(BackupError, match="tidak kosong"):
            restore(other, early.folder)
        assert count_in(other, User) == 2
        restore(other, early.folder, replace=True)
        assert count_in(other, User) == 1


@pytest.mark.parametrize("damage", ["cut", "changed", "lost", "manifest", "format", "engine"])
def test_a_damaged_backup_restores_nothing(tmp_path, damage):
    UserFactory()
    folder = back_up(connection, tmp_path).folder
    data, manifest = folder / DATA, json.loads((folder / MANIFEST).read_text())
    content = data.read_bytes()
    if damage == "cut":
        data.write_bytes(content[:-100])
    elif damage == "changed":
        data.write_bytes(content[:500] + bytes([content[500] ^ 1]) + content[501:])
    elif damage == "lost":
        data.unlink()
    elif damage == "manifest":
        (folder / MANIFEST).write_text("{")
    else:
        manifest[damage] = 99 if damage == "format" else "oracle"
        (folder / MANIFEST).write_text(json.dumps(manifest))
    with empty_database(tmp_path) as other:
        with pytest.raises(BackupError, match="Tidak ada yang dipulihkan"):
            restore(other, folder)
        assert not other.introspection.table_names()


def test_what_is_not_the_original_is_told(tmp_path):
    UserFactory()
    folder = back_up(connection, tmp_path).folder
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | {"content": "0" * 64}))
    with empty_database(tmp_path) as other, pytest.raises(BackupError, match="tidak sama dengan aslinya"):
        restore(other, folder)


def test_one_that_was_interrupted_is_none_and_the_next_one_clears_it(tmp_path, monkeypatch):
    def broken(*_arguments):
        raise BackupError("penuh")

    monkeypatch.setattr(engines, "fingerprint_of", broken)
    with pytest.raises(BackupError):
        back_up(connection, tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".cermin-killed").mkdir()
    monkeypatch.undo()
    back_up(connection, tmp_path)
    assert list(tmp_path.glob(".*")) == []


def test_a_second_backup_leaves_the_first_alone(tmp_path):
    with new_folder(tmp_path) as first:
        (first / DATA).write_text("sedang ditulis")
        with pytest.raises(BackupError, match="sedang ditulis ke"):
            back_up(connection, tmp_path)
        assert (first / DATA).is_file()
    back_up(connection, tmp_path)


def test_the_command_keeps_as_many_as_asked_for_nobody_else_to_read(tmp_path, capsys):
    UserFactory()
    for _time in range(3):
        call_command("backup", tmp_path, keep=2)
    kept = backups_in(tmp_path)
    assert len(kept) == 2
    assert os.stat(kept[0]).st_mode & 0o077 == 0
    assert all(os.stat(path).st_mode & 0o077 == 0 for path in kept[0].iterdir())
    assert "dihapus" in capsys.readouterr().out


def test_the_command_says_why_it_restores_nothing(tmp_path):
    with pytest.raises(CommandError, match="bukan cadangan yang utuh"):
        call_command("restore", tmp_path / "tiada")


def test_without_the_programs_of_postgresql_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(engines.shutil, "which", lambda _name: None)
    monkeypatch.setattr(engines, "DEBIAN_ROOT", tmp_path)
    with pytest.raises(BackupError, match="postgresql-client"):
        engines._program("pg_dump")
