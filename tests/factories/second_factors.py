"""People with a second factor, and the codes that their telephones show."""

from accounts.one_time_codes import PERIOD, code_of, step_at
from accounts.second_factor import add_app, server_time

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(person):
    """The person, now with an authenticator app."""
    add_app(user=person, secret=SECRET)
    return person


def code_shown(*, seconds_off=0):
    """What the app shows on a telephone whose clock is off by so many seconds."""
    return code_of(SECRET, step_at(server_time() + seconds_off))


def code_shown_next():
    return code_shown(seconds_off=PERIOD)
