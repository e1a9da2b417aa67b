"""An upload kept between its dry run and its confirmation: on the server, for one person, one at a time, for a while.

What the person confirms is only a token; file, name and the version that the differences were shown to stay here.
"""

import secrets
from dataclasses import asdict, dataclass

from django.core.cache import cache

KEPT_FOR = 30 * 60  # seconds; enough to read the differences, and to fetch a colleague
_TOKEN_BYTES = 16


@dataclass(frozen=True)
class Upload:
    """A file as it came, and ``base``: the newest version at the time (``ImportPlan.base``)."""

    name: str
    content: bytes
    base: str


def keep(user, upload) -> str:
    """Keeps an upload in place of the person's earlier one; the token that takes it out again."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    cache.set(_key(user), {"token": token, **asdict(upload)}, KEPT_FOR)
    return token


def find(user, token) -> Upload | None:
    """The upload that the person got this token for; None if it has expired or another one took its place."""
    kept = cache.get(_key(user))
    if kept is None or not secrets.compare_digest(kept.pop("token").encode(), token.encode()):
        return None
    return Upload(**kept)


def drop(user):
    """Forgets what is kept for a person."""
    cache.delete(_key(user))


def _key(user):
    return f"bank-import-{user.pk}"
