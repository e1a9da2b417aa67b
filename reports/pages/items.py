"""The page of one questionnaire in one unit: people by band, percent positive by item, quality of the answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from questionnaires.version_document import BIPOLAR, Item, Scale, Text
from reports import result_wording as wording
from reports.asked import Asked
from reports.bands import shade_of
from reports.disclosure import ShownCell
from reports.frozen_values import BandShares, Share
from reports.layout import ordered_items
from reports.pages.reading import OpenedUnit
from scoring.bands import Band
from scoring.comparisons import PERCENT_THAT_MATTER

# Bands whose people are spoken of: the lower half of the standard four.
LOWER_BANDS = 2


@dataclass(frozen=True)
class Segment:
    """A band in a stacked bar, in percent of its width."""

    x: float
    width: float
    band: int
    percent: int


@dataclass(frozen=True)
class BandRow:
    """The people of a unit by band at one dimension."""

    name: Text
    shares: BandShares
    segments: tuple[Segment, ...]
    labelled: tuple[tuple[Text, int], ...]


@dataclass(frozen=True)
class ItemRow:
    """One item with the share of positive answers. ``is_reversed``: positive means that it seldom happens."""

    text: Text
    is_reversed: bool
    share: Share | None


@dataclass(frozen=True)
class ItemGroup:
    """A scale with its items; ``positive``: the mean of their shares, None where one of them is hidden or masked."""

    name: Text
    positive: ShownCell | None
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, eq=False)
class ItemsPage:
    opened: OpenedUnit
    chosen: Asked
    bands: tuple[BandRow, ...]
    judgement_bands: tuple[BandRow, ...]
    bands_message: str
    groups: tuple[ItemGroup, ...]
    message: str
    quality: Share | None
    quality_message: str

    @property
    def headline(self) -> str:
        return self.bands_message or self.message

    @property
    def has_items(self) -> bool:
        return any(row.share for group in self.groups for row in group.rows)


def items_page(opened: OpenedUnit, questionnaire: str = "") -> ItemsPage:
    """``questionnaire``: the code of one of the campaign's; its first if there is no such one."""
    chosen = next((asked for asked in opened.asked if asked.code == questionnaire), opened.asked[0])
    shown = opened.details.bands(chosen.version_id)
    bands = band_rows(shown, chosen.document.dimensions, chosen.bands)
    groups = _groups(opened, chosen)
    quality = opened.details.low_quality(chosen.version_id)
    return ItemsPage(
        opened=opened,
        chosen=chosen,
        bands=bands,
        judgement_bands=band_rows(shown, chosen.document.judgements, chosen.situational_bands),
        bands_message=bands_message(bands, chosen),
        groups=groups,
        message=_items_message([row for group in groups for row in group.rows if row.share]),
        quality=quality,
        quality_message=wording.of_quality(quality.display) if quality else "",
    )


def band_rows(
    shown: Mapping[str, BandShares], scales: Iterable[Scale], bands: Sequence[Band]
) -> tuple[BandRow, ...]:
    """The scales of which people by band are shown. ``shown``: by scale code."""
    names = [band.name for band in bands]
    return tuple(
        BandRow(
            name=scale.name,
            shares=shown[scale.code],
            segments=segments_of(shown[scale.code].percents),
            labelled=tuple(zip(names, shown[scale.code].percents, strict=False)),
        )
        for scale in scales
        if scale.code in shown
    )


def segments_of(percents) -> tuple[Segment, ...]:
    """Side by side over the whole width; the rounded shares may add up to 99 or 101."""
    whole, segments, x = sum(percents) or 1, [], 0.0
    for number, percent in enumerate(percents, start=1):
        width = 100 * percent / whole
        if percent:
            segments.append(Segment(round(x, 2), round(width, 2), shade_of(number, len(percents)), percent))
        x += width
    return tuple(segments)


def bands_message(rows: Sequence[BandRow], asked: Asked) -> str:
    """The dimension with the most people in the lower bands; empty where a rule has no more than those."""
    if not rows or len(asked.bands) <= LOWER_BANDS:
        return ""
    language = get_language() or "id"
    most = max(rows, key=lambda row: sum(row.shares.percents[:LOWER_BANDS]))
    names = [band.name.in_language(language) for band in asked.bands[:LOWER_BANDS]]
    return wording.of_bands(most.name.in_language(language), sum(most.shares.percents[:LOWER_BANDS]), names)


def _groups(opened, asked) -> tuple[ItemGroup, ...]:
    shown = opened.details.items(asked.version_id)
    ordered = {item.code for item in ordered_items(asked.document)}
    reported = [
        (scale, [item for item in asked.document.items_of(scale.code) if item.code in ordered])
        for scale in asked.scales
    ]
    return tuple(
        ItemGroup(
            scale.name,
            opened.details.theme(asked.version_id, [item.code for item in items]),
            tuple(
                ItemRow(text_of(item), item.is_reversed and item.type != BIPOLAR, shown.get(item.code))
                for item in items
            ),
        )
        for scale, items in reported
    )


def text_of(item: Item) -> Text:
    """What a positive answer agrees to: the statement, or the positive pole of a contrast."""
    if item.type != BIPOLAR:
        return item.stem
    return item.left if item.is_reversed else item.right


def _items_message(rows) -> str:
    told = [row for row in rows if row.share.interval]
    if not told:
        return wording.of_items(None, None, has_intervals=False)
    high, low = (choose(told, key=lambda row: row.share.cell.value) for choose in (max, min))
    is_apart = (
        high.share.cell.value - low.share.cell.value >= PERCENT_THAT_MATTER
        and high.share.interval[0] > low.share.interval[1]
    )
    if not is_apart:
        return wording.of_items(None, None, has_intervals=True)
    language = get_language() or "id"
    return wording.of_items(
        *((row.text.in_language(language).rstrip("."), row.share.display) for row in (high, low)),
        has_intervals=True,
    )
