"""The log formatter that takes every NIP out of a line, its traceback included, before it is written."""

import logging
import re

# As people write it too: 19860926 201505 1 001.
_NIP = re.compile(r"(?<!\d)\d{8}[ .\-]?\d{6}[ .\-]?\d[ .\-]?(\d{3})(?!\d)")


class WithoutNip(logging.Formatter):
    """Replaces 18-digit numbers by their last three digits; the first eight would tell a birth date."""

    def format(self, record):
        return _NIP.sub(r"…\1", super().format(record))
