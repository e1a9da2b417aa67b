"""What scoring again changed, in words and as plain values.

Nothing is said about fewer people than the campaign's smallest group: "one of three moved up" is about somebody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from assessments.rescoring import Changes, ScaleChanges


def lines_of(changes: Iterable[Changes], *, smallest: int) -> Iterator[str]:
    """Lines for a terminal or a message."""
    for one in changes:
        yield f"{one.title}: {one.people} pengisian, {one.written} lembar skor baru."
        if one.people < smallest:
            yield f"  Rincian tidak ditampilkan: kurang dari {smallest} orang."
            continue
        for code, scale in one.scales.items():
            yield f"  {code}: {_words(scale)}"
        for (before, now), people in sorted(one.quality.items()):
            yield f"  mutu jawaban {before} menjadi {now}: {people}"


def _words(scale: ScaleChanges) -> str:
    counted = [
        (scale.moved, "skor berubah"),
        (scale.band_up, "kategori naik"),
        (scale.band_down, "kategori turun"),
        (scale.gained, "baru mendapat skor"),
        (scale.lost, "tidak lagi mendapat skor"),
    ]
    return ", ".join([f"{scale.same} tetap", *(f"{count} {words}" for count, words in counted if count)])


def plain(changes: Iterable[Changes], *, smallest: int) -> list[dict]:
    """The same as values for JSON; ``scales`` and ``quality`` are null where too few people stand behind them."""
    return [
        {
            "version": one.version_id,
            "title": one.title,
            **asdict(one.using),
            "people": one.people,
            "written": one.written,
            "scales": {code: asdict(scale) for code, scale in one.scales.items()}
            if one.people >= smallest
            else None,
            "quality": [
                {"told": told, "now": now, "people": people}
                for (told, now), people in sorted(one.quality.items())
            ]
            if one.people >= smallest
            else None,
        }
        for one in changes
    ]
