"""Parts that measure in a process of their own, so that its memory is its own, beside a database of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pg

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(url: str, **more: str) -> dict:
    """What the product needs to start on the database at ``url``."""
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "asn_assess.settings",
        "SECRET_KEY": "only-for-benchmarks-" + "0" * 50,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "CERMIN_LOCAL": "1",  # static files as they lie, and no certificate
        "CERMIN_DEMO": "0",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "scripts")]),
        **more,
    }


def run_child(module: str, *numbers: int, url: str | None = None, **more: str) -> dict:
    """What a module of this package prints when it runs as a program; without ``url`` on a new PostgreSQL."""
    if url is None:
        with pg.server() as started:
            return run_child(module, *numbers, url=started, **more)
    child = [sys.executable, "-m", f"benchmarks.{module}", *map(str, numbers)]
    done = subprocess.run(child, env=environment(url, **more), check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)
