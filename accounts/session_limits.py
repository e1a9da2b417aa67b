"""How long a session lasts: until it has been idle for too long, or a working day has passed. Pure but for settings.

Ending a session loses no answer: what was saved is saved, and what comes in afterwards waits at the door.
"""

from django.conf import settings

_KEY = "limits"
# Use is noted no more often than this: a write a page would cost more than the page.
NOTED_EVERY = 300


def is_over(session, *, now: float) -> bool:
    noted = session.get(_KEY)
    if noted is None:
        return False
    idle, age = now - noted["seen"], now - noted["began"]
    return idle >= settings.SESSION_IDLE_SECONDS or age >= settings.SESSION_COOKIE_AGE


def note_use(session, *, now: float) -> bool:
    """Notes that the session is in use; whether that was due again (and not the beginning)."""
    noted = session.get(_KEY)
    if noted is None:
        session[_KEY] = {"began": now, "seen": now}
        return False
    if now - noted["seen"] < NOTED_EVERY:
        return False
    session[_KEY] = {**noted, "seen": now}
    return True
