"""Codes of an authenticator app (RFC 6238), by the step of time they belong to. Pure; knows no database and no clock.

django-allauth says whether a code is right; this says how far the clock of a telephone is off when it is wrong.
"""

import base64
import hashlib
import hmac
import struct

PERIOD = 30  # seconds that a code stands on the screen
DIGITS = 6


def step_at(moment: float) -> int:
    """The number of the step in which ``moment`` lies, in seconds since 1970."""
    return int(moment) // PERIOD


def code_of(secret: str, step: int) -> str:
    """The code that an app with the secret (Base32) shows during a step."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def drift_of(secret: str, code: str, *, moment: float, within: int) -> int | None:
    """By how many steps the clock behind a code is off: below zero if it is late; None if it is not that.

    Args:
        within: how many steps into the past and the future to look.
    """
    now, drift = step_at(moment), None
    for away in range(-within, within + 1):
        # All are compared, so that the time it takes says nothing.
        is_it = hmac.compare_digest(code_of(secret, now + away), code)
        if is_it and (drift is None or abs(away) < abs(drift)):
            drift = away
    return drift
