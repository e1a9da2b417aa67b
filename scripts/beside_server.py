"""Configuration of gunicorn under `make run`: one worker for background jobs starts and stops with the server."""

import subprocess
import sys

# The server waits this long for the job in hand; what is not finished by then is done again after the next start.
PATIENCE_SECONDS = 10

_worker: subprocess.Popen | None = None


def when_ready(server):
    global _worker
    command = [sys.executable, "manage.py", "run_worker", "--with-parent", "--verbosity", "0"]
    # A session of its own: Ctrl-C is for the server, which then tells the worker once.
    _worker = subprocess.Popen(command, start_new_session=True)


def on_exit(server):
    if _worker is None:
        return
    for stop in (_worker.terminate, _worker.terminate, _worker.kill):  # as one asks, insists, and forces
        stop()
        try:
            _worker.wait(PATIENCE_SECONDS)
            return
        except subprocess.TimeoutExpired:
            continue
