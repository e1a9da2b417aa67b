"""Sending claimed mail one by one, as every scheduler and worker of the product does it.

A worker claims, sends outside any transaction, and says that it was sent; whoever dies between leaves a claim that
somebody else takes over later.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.mail import get_connection

logger = logging.getLogger(__name__)

# After so many refusals in a row the mail server is down; the rest waits for the next run.
MOST_FAILURES = 5


@dataclass(frozen=True)
class Sent:
    """What became of one run."""

    sent: int
    failed: int


def send_each(
    due: Iterable, *, claim: Callable, compose: Callable, mark_sent: Callable, release: Callable
) -> Sent:
    """Sends what is due, each once.

    Args:
        claim: of an entry: the row that says "mine", or None if it is another's or not wanted any more.
        compose: of an entry and a mail connection: the message.
        mark_sent: of the row: the mail server has taken the message.
        release: of the row: it refused; the next run tries again.
    """
    connection = get_connection()
    sent = failed = in_a_row = 0
    for entry in due:
        row = claim(entry)
        if row is None:
            continue
        try:
            compose(entry, connection).send()
        except Exception as fault:
            release(row)
            # The fault's own words may hold the address.
            logger.error("%s %s could not be sent: %s", row._meta.label_lower, row.pk, type(fault).__name__)
            failed, in_a_row = failed + 1, in_a_row + 1
            if in_a_row == MOST_FAILURES:
                break
        else:
            mark_sent(row)
            sent, in_a_row = sent + 1, 0
    return Sent(sent, failed)
