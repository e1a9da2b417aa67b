"""The page for lawyers says what the code decides, or the suite fails."""

import pytest
from django.core.management import CommandError, call_command

from agencies import permission_table
from agencies.authorization import ROLE_PERMISSIONS, Permission
from agencies.management.commands import permission_table as command
from agencies.models import Role


def test_the_page_in_the_docs_is_what_the_code_decides():
    call_command("permission_table", check=True)


def test_a_stale_page_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "PAGE", tmp_path / "permissions.md")
    with pytest.raises(CommandError):
        call_command("permission_table", check=True)


def test_a_changed_permission_changes_the_page(monkeypatch):
    before = permission_table.render()
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.AUDITOR, frozenset(Permission))
    assert permission_table.render() != before


def test_every_role_and_permission_has_its_words():
    assert set(permission_table.ENGLISH) == set(Role)
    assert set(permission_table.MEANING) == set(Permission)
