"""The log formatter that takes every NIP out of a line, its traceback included, before it is written."""

import logging
import re

# As people write it too: 19860926 201505 1 001.
_NIP = re.compile(r"(?<!\d)\d{8}[ .\-]?\d{6}[ .\-]?\d[ .\-]?(\d{3})(?!\d)")


def without_nips(text: str) -> str:
    """The text with 18-digit numbers replaced by their last three digits; the first eight would tell a birth date."""
    return _NIP.sub(r"…\1", text)


class WithoutNip(logging.Formatter):
    """Lines for people."""

    def format(self, record):
        return without_nips(super().format(record))
