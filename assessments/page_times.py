"""How the active seconds of an attempt are kept: two bytes a section in the order of the form. Pure.

Zero is "not measured"; anything else is one more than the seconds. Ten sections take 20 bytes; as JSON they took 150.
"""

import struct
from collections.abc import Mapping

from questionnaires.version_document import VersionDocument

# An hour on one page says nothing more about attention than ten minutes.
MOST_SECONDS = 3600


def encode(document: VersionDocument, seconds: Mapping[str, int]) -> bytes:
    """Seconds by section code as stored; nothing at all where nothing was measured.

    Raises:
        KeyError: a section that is not in the version.
    """
    unknown = set(seconds) - {section.code for section in document.sections}
    if unknown:
        raise KeyError(*sorted(unknown))
    if not seconds:
        return b""
    values = (seconds.get(section.code) for section in document.sections)
    return struct.pack(
        f"<{len(document.sections)}H",
        *(0 if value is None else min(MOST_SECONDS, value) + 1 for value in values),
    )


def decode(document: VersionDocument, stored: bytes) -> dict[str, int]:
    """Stored seconds by section code; sections that were not measured are absent.

    Raises:
        ValueError: the bytes do not fit the version, which would mean damaged data.
    """
    stored = bytes(stored)
    if not stored:
        return {}
    if len(stored) != 2 * len(document.sections):
        raise ValueError(
            f"Waktu tersimpan {len(stored)} bita tidak sesuai dengan {len(document.sections)} bagian."
        )
    values = struct.unpack(f"<{len(document.sections)}H", stored)
    return {
        section.code: value - 1 for section, value in zip(document.sections, values, strict=True) if value
    }


def add(known: Mapping[str, int], added: Mapping[str, float]) -> dict[str, int]:
    """Seconds after more have been spent, at most an hour a section."""
    total = dict(known)
    for code, seconds in added.items():
        total[code] = min(MOST_SECONDS, round(total.get(code, 0) + max(0, seconds)))
    return total
