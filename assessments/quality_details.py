"""How the quality indices of an attempt are kept: twelve bytes, and four for every block of one response set. Pure.

The rating stands beside them in a column of its own; this is what it was decided from, so that a later reader can tell
why, and by which version of the rules. Shares keep four decimals, variability three.
"""

import struct
from dataclasses import dataclass

from scoring.quality import (
    ATTENTION_FAILS,
    ATTENTION_FAMILY,
    CONSISTENCY,
    DESIRABILITY_WATCH,
    PATTERN,
    QUALITY_VERSION,
    SPEED,
    QualityResult,
    is_contradictory,
    is_fast,
    is_inconsistent,
)

_HEAD = struct.Struct("<BHHhHBBB")
_BLOCK = struct.Struct("<BBH")
_SHARE, _VARIABILITY = 10_000, 1_000
_NO_SHARE, _NO_CORRELATION = 0xFFFF, -0x8000
_MOST = 0xFF  # items of a run or of a count


@dataclass(frozen=True)
class BlockDetails:
    """Consecutive items of one response set: longest run, whether it counts as a sign, variability (IRV)."""

    run: int
    is_flagged: bool
    irv: float | None


@dataclass(frozen=True)
class QualityDetails:
    """The indices as stored; the names are those of :class:`scoring.quality.QualityResult`."""

    version: str
    fast_item_share: float | None
    pair_difference: float | None
    even_odd: float | None
    desirability_share: float | None
    attention_passed: int
    attention_failed: int
    attention_missing: int
    blocks: tuple[BlockDetails, ...]

    @property
    def families(self) -> frozenset[str]:
        """The kinds of signs that there are, by the limits of :mod:`scoring.quality`."""
        signs = {
            SPEED: is_fast(self.fast_item_share),
            PATTERN: any(block.is_flagged for block in self.blocks),
            CONSISTENCY: is_contradictory(self.pair_difference) or is_inconsistent(self.even_odd),
            ATTENTION_FAMILY: self.attention_failed >= ATTENTION_FAILS,
        }
        return frozenset(family for family, is_there in signs.items() if is_there)

    @property
    def is_desirability_high(self) -> bool:
        return self.desirability_share is not None and self.desirability_share >= DESIRABILITY_WATCH


def pack(result: QualityResult) -> bytes:
    """The indices of one attempt as stored, under the version of the rules in force."""
    counts = (result.attention_passed, result.attention_failed, result.attention_missing)
    head = _HEAD.pack(
        int(QUALITY_VERSION),
        _scaled(result.fast_item_share, _SHARE),
        _scaled(result.pair_difference, _SHARE),
        _NO_CORRELATION if result.even_odd is None else round(result.even_odd * _SHARE),
        _scaled(result.desirability_share, _SHARE),
        *(min(_MOST, count) for count in counts),
    )
    return head + b"".join(
        _BLOCK.pack(min(_MOST, block.run), block.is_flagged, _scaled(block.irv, _VARIABILITY))
        for block in result.blocks
    )


def _scaled(value, factor):
    return _NO_SHARE if value is None else min(_NO_SHARE - 1, round(value * factor))


def unpack(stored: bytes) -> QualityDetails | None:
    """Stored indices; None for a sheet that was made before they were kept.

    Raises:
        ValueError: bytes that no rating has written.
    """
    stored = bytes(stored)
    if not stored:
        return None
    if len(stored) < _HEAD.size or (len(stored) - _HEAD.size) % _BLOCK.size:
        raise ValueError(f"Rincian mutu {len(stored)} bita tidak dikenal.")
    version, fast, pairs, even_odd, desirability, *attention = _HEAD.unpack_from(stored)
    return QualityDetails(
        version=str(version),
        fast_item_share=_value(fast, _SHARE),
        pair_difference=_value(pairs, _SHARE),
        even_odd=None if even_odd == _NO_CORRELATION else even_odd / _SHARE,
        desirability_share=_value(desirability, _SHARE),
        attention_passed=attention[0],
        attention_failed=attention[1],
        attention_missing=attention[2],
        blocks=tuple(
            BlockDetails(run, bool(flagged), _value(irv, _VARIABILITY))
            for run, flagged, irv in _BLOCK.iter_unpack(stored[_HEAD.size :])
        ),
    )


def _value(stored, factor):
    return None if stored == _NO_SHARE else stored / factor


def version_of(stored: bytes) -> str:
    """The version of the quality rules of stored indices; "1" before it was written down, since there was no other."""
    return str(bytes(stored)[0]) if stored else "1"
