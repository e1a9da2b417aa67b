"""Logs for machines: one line of JSON for each record."""

import json
import logging
from datetime import UTC, datetime

from accounts.logging import without_nips
from monitoring.request_ids import current


class JsonLines(logging.Formatter):
    """``time`` (UTC), ``level``, ``logger``, ``message``, ``request_id`` and ``traceback`` where there are any.

    Of a record's extras only those under ``fields`` are written. The libraries for this write all of them, and
    Django adds the request to its records, with the address and the form of whoever sent it.
    """

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current():
            line["request_id"] = request_id
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return without_nips(json.dumps(line, ensure_ascii=False, default=str))
