"""One id for each request: in every line that is logged on its way, in its answer, and on the page of a fault."""

import re
import uuid
from contextvars import ContextVar

HEADER = "X-Request-ID"
# What a proxy may have given: nothing that could break a line of a log or hold a NIP.
_GIVEN = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9-]{8,64}", re.ASCII)

_current: ContextVar[str] = ContextVar("request_id", default="")


def id_for(request) -> str:
    """The id that the proxy in front gave to this request, or a new one."""
    given = request.headers.get(HEADER, "")
    return given if _GIVEN.fullmatch(given) else uuid.uuid4().hex


def set_current(request_id: str):
    """For the time of a request; give the token back to ``forget``."""
    return _current.set(request_id)


def forget(token) -> None:
    _current.reset(token)


def current() -> str:
    """The id of the request in hand; empty outside requests, in a worker or a command."""
    return _current.get()
