"""Bring Cermin ASN up on this machine: settings file, database, question banks, demo world, server, worker.

`make run` calls it inside the virtual environment. Every step may be repeated: a second run writes nothing that is
already there and destroys nothing. All steps share one process, because starting Django costs about a second.
"""

from __future__ import annotations

import argparse
import os
import secrets
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
WORKERS = 2

ENV_FILE = """\
# Dibuat oleh `make run` untuk mesin ini saja. Arti setiap baris: lihat .env.example. Jangan dibagikan.
SECRET_KEY={secret_key}
CERMIN_LOCAL=1
CERMIN_DEMO=1
"""


def main() -> None:
    options = read_options()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    check_port_is_free(options.port)
    write_env_file(ROOT / ".env")
    prepare(people=options.people)
    serve(options.port)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Menyiapkan dan menjalankan Cermin ASN di mesin ini.")
    parser.add_argument("--port", default="8000", help="porta peladen (bawaan: 8000)")
    parser.add_argument("--people", default=None, help="banyaknya orang di dunia demo")
    options = parser.parse_args()
    options.port = whole_number(options.port, "PORT", at_most=65535)
    if options.people is not None:
        options.people = whole_number(options.people, "PEOPLE", at_most=1_000_000)
    return options


def whole_number(text: str, name: str, *, at_most: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= at_most):
        stop(f"{name} harus bilangan bulat antara 1 dan {at_most}, bukan {text!r}.")
    return int(text)


def stop(*sentences: str) -> None:
    """End with sentences for the person at the keyboard; they need no traceback."""
    sys.exit("\n" + "\n".join(sentences))


def check_port_is_free(port: int) -> None:
    """Said before the slow steps, not after them."""
    with socket.socket() as probe:
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as gunicorn does: a closed server is no obstacle
        try:
            probe.bind((HOST, port))
        except PermissionError:
            stop(
                f"Porta {port} hanya boleh dipakai administrator mesin. Pilih porta lain: make run PORT=8000"
            )
        except OSError:
            other = port + 1 if port < 65535 else 8000
            stop(
                f"Porta {port} sedang dipakai program lain, mungkin Cermin ASN yang sudah berjalan.",
                f"Hentikan program itu, atau pilih porta lain: make run PORT={other}",
            )


def write_env_file(path: Path) -> None:
    """Write the settings of this machine once; a file that exists belongs to its owner and is left alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(ENV_FILE.format(secret_key=secrets.token_urlsafe(50)))
    print("Pengaturan ditulis ke .env (kunci rahasia acak; berkas ini tidak ikut ke git).", flush=True)


def prepare(*, people: int | None) -> None:
    """Run every step in order; a fault ends in sentences that say what to do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asn_assess.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db import OperationalError

    try:
        django.setup()
        run_steps(steps(people=people))
    except ImproperlyConfigured as fault:
        stop("Pengaturan belum benar:", f"  {fault}", "Arti setiap pengaturan ada di .env.example.")
    except OperationalError as fault:
        stop(
            "Basis data tidak dapat dipakai:",
            f"  {fault}".rstrip(),
            "Periksa DATABASE_URL di lingkungan atau di .env.",
        )
    except CommandError as fault:
        stop(str(fault))


def steps(*, people: int | None) -> list[tuple[str, Callable[[], None]]]:
    from django.apps import apps
    from django.core.management import call_command

    banks = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "fixtures" / "banks").glob("*.yaml"))]
    chosen = [
        ("Menyiapkan basis data", lambda: call_command("migrate", interactive=False, verbosity=0)),
        ("Menyiapkan tembolok", lambda: call_command("createcachetable", verbosity=0)),
        ("Menyegel NIP", lambda: call_command("seal_nips")),
        ("Memuat kerangka kompetensi", lambda: call_command("import_frameworks")),
        ("Memuat bank butir", lambda: call_command("import_bank", *banks, publish=True)),
    ]
    if apps.is_installed("demo"):
        size = {} if people is None else {"people": people}
        chosen.append(("Membangun dunia demo", lambda: call_command("build_demo", **size)))
        chosen.append(("Orang yang dapat dipakai masuk", lambda: call_command("demo_people")))
    return chosen


def run_steps(chosen: list[tuple[str, Callable[[], None]]]) -> None:
    for number, (title, step) in enumerate(chosen, start=1):
        print(f"[{number}/{len(chosen)}] {title} ...", flush=True)
        started = time.monotonic()
        step()
        seconds = time.monotonic() - started
        if seconds >= 1:
            print(f"      selesai dalam {seconds:.0f} detik", flush=True)


def point_links_here(port: int) -> None:
    """Let links in the mails of a trial open this server; an address that its owner has set stays as it is."""
    from django.conf import settings

    # By now the settings have read .env into the environment, which the server and its worker inherit.
    if settings.CERMIN_LOCAL and not os.environ.get("SITE_URL"):
        os.environ["SITE_URL"] = f"http://{HOST}:{port}"


def serve(port: int) -> None:
    """Become the server, so that Ctrl-C reaches it; it has one worker for background jobs beside it."""
    from django.db import connections

    connections.close_all()
    point_links_here(port)
    print(f"\nCermin ASN berjalan di http://{HOST}:{port}  (Ctrl-C untuk berhenti)\n", flush=True)
    command = [
        sys.executable, "-m", "gunicorn", "asn_assess.wsgi:application",
        "--bind", f"{HOST}:{port}",
        "--workers", str(WORKERS),
        "--config", "scripts/beside_server.py",
        "--log-level", "warning",
        "--no-control-socket",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606  (the interpreter and arguments are our own)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nDihentikan. Jalankan lagi kapan saja: yang sudah jadi tidak diulang.")
