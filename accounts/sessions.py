"""Where a person is signed in: listed for its owner, and ended by its owner or when the account changes hands."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts.browsers import describe_browser
from audit.actions import record


@dataclass(frozen=True)
class SignedIn:
    """One place where the person is signed in."""

    number: int
    browser: str
    system: str
    address: str
    since: datetime
    last_seen: datetime
    is_this_one: bool


def places_of(user, *, session_key) -> list[SignedIn]:
    """The sessions that still live, the present one first, then the newest; one query."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=user, session_key__in=alive).order_by("-last_seen_at")
    places = []
    for row in rows:
        browser, system = describe_browser(row.user_agent)
        is_this_one = row.session_key == session_key
        places.append(
            SignedIn(row.pk, browser, system, row.ip, row.created_at, row.last_seen_at, is_this_one)
        )
    return sorted(places, key=lambda place: not place.is_this_one)


def note_last_seen(*, session_key, address):
    """For the list; the session itself notes its own use."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now(), ip=address)


@transaction.atomic
def end_sessions(*, user, by, number=None, keep=None) -> int:
    """Signs the person out elsewhere, at once.

    Args:
        number: only this one of the person's places.
        keep: the key of a session that stays.

    Returns how many ended.
    """
    rows = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    if number is not None:
        rows = rows.filter(pk=number)
    keys = list(rows.values_list("session_key", flat=True))
    if not keys:
        return 0
    ended, _models = Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    if ended:
        record(event="sessions.ended", by=by, target=user, detail={"number": ended})
    return ended
