"""Staff powers: what a role beyond respondent allows is entered for a while, and is not simply there after signing in.

A session holds when the powers were entered and when they were last used; both run out. Every page may be left open on
somebody's desk: the own answers then are the worst that a passer-by finds.
"""

from django.conf import settings

SESSION_KEY = "staff_powers"
# Using the powers is noted no more often than this, so that not every page writes a session.
_NOTED_EVERY = 60


def open_powers(session, *, now: float):
    """Notes that the person confirmed who they are; ``now`` in seconds since 1970."""
    session[SESSION_KEY] = {"entered": now, "used": now}


def close_powers(session):
    session.pop(SESSION_KEY, None)


def are_open(session, *, now: float) -> bool:
    """Whether powers were entered that have neither been idle for too long nor lasted for too long."""
    noted = session.get(SESSION_KEY)
    if not noted:
        return False
    idle, age = now - noted["used"], now - noted["entered"]
    return idle < settings.STAFF_POWERS_IDLE_SECONDS and age < settings.STAFF_POWERS_SECONDS


def note_use(session, *, now: float):
    noted = session.get(SESSION_KEY)
    if noted and now - noted["used"] >= _NOTED_EVERY:
        session[SESSION_KEY] = {**noted, "used": now}


def bind(user, *, is_open: bool):
    """Tells the person of a request whether staff powers are open; without being told, roles count as they stand.

    Actions, commands and workers act on what a person may do at all; only requests are held to the powers.
    """
    user._staff_powers_are_open = is_open


def count_for(user) -> bool:
    """Whether the person's roles beyond respondent count now."""
    return getattr(user, "_staff_powers_are_open", True)


def mark_used(user):
    user._staff_powers_were_used = True


def were_used(user) -> bool:
    return getattr(user, "_staff_powers_were_used", False)
