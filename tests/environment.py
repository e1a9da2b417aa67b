"""What the settings read from the environment, set before they are read (pytest loads this with `-p`).

The suite means the same on every machine: an `.env` at the root of the project must not reach it, so every name that
such a file may hold is given a value here. What is already in the environment wins: that is how scripts/test.py runs
the same suite on PostgreSQL.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

DEFAULTS = {
    "SECRET_KEY": "only-for-tests-" + "0" * 50,
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "CERMIN_LOCAL": "1",
    "CERMIN_DEMO": "1",
    "WITHOUT_WORKERS": "1",
    "DATABASE_URL": f"sqlite:///{ROOT / 'var' / 'test.sqlite3'}",
}

for name, value in DEFAULTS.items():
    os.environ.setdefault(name, value)
