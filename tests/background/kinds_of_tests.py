"""Kinds of work that only the suite has. A worker started by a test imports this module before it begins."""

import os
import time

from accounts.models import User
from background.kinds import background_work
from background.running import WorkRefused

STEPS = 4
PAUSE_SECONDS = float(os.environ.get("PAUSE_SECONDS", "0"))


@background_work("tests.slow", label="Pekerjaan uji yang lambat")
def slow(run):
    """Makes one account for each step, in transactions of their own, after looking which are there already."""
    for step in range(STEPS):
        run.progress(step, STEPS)
        with run.writing():
            if not User.objects.filter(name=step_name(run.subject_id, step)).exists():
                User.objects.create(name=step_name(run.subject_id, step))
            time.sleep(PAUSE_SECONDS)  # within the transaction: whoever dies here has written nothing
    with run.concluding():
        User.objects.create(name=f"{run.subject_id} selesai")


def step_name(subject_id, step):
    return f"{subject_id} langkah {step}"


@background_work("tests.refused", label="Pekerjaan uji yang ditolak")
def refused(run):
    raise WorkRefused("Berkasnya sudah tidak ada. Unggah sekali lagi.")


@background_work("tests.broken", label="Pekerjaan uji yang rusak")
def broken(run):
    with run.writing():
        User.objects.create(name="tidak jadi")
        raise KeyError("198609262015051001")


@background_work("tests.stopped", label="Pekerjaan uji yang dihentikan")
def stopped(run):
    raise SystemExit(1)
