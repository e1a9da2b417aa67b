"""The page of learning needs: growth areas of a unit with what the bank suggests, for the annual development plan."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from questionnaires.version_document import Text, Tip
from reports import result_wording as wording
from reports.asked import Asked
from reports.comparing import ComparedUnit, standard_error
from reports.frozen import FrozenMean
from reports.learning_needs import GroupMean, growth_areas
from reports.pages.reading import OpenedUnit
from reports.personal.wording import method
from scoring.bands import Band


@dataclass(frozen=True)
class Suggestion:
    """One thing to learn by; ``jp`` is its learning time."""

    text: Text
    method: str
    jp: int


@dataclass(frozen=True)
class LearningArea:
    """A growth area: where the unit stands, how many of its people stand low, and what is suggested to them.

    ``low_percent``: of the people in the lowest ``low_bands`` bands; None where people by band are not shown.
    ``is_judgement``: knowledge of what to do in a situation, and no behaviour.
    """

    code: str
    questionnaire: Text
    name: Text
    own: FrozenMean
    band: Band
    low_percent: int | None
    low_bands: int
    is_judgement: bool
    suggestions: tuple[Suggestion, ...]

    @property
    def jp(self) -> int:
        return sum(suggestion.jp for suggestion in self.suggestions)


@dataclass(frozen=True, eq=False)
class LearningPage:
    opened: OpenedUnit
    areas: tuple[LearningArea, ...]
    headline: str

    @property
    def jp(self) -> int:
        """Learning time of everything suggested."""
        return sum(area.jp for area in self.areas)


def learning_page(opened: OpenedUnit) -> LearningPage:
    areas = tuple(area for asked in opened.asked for area in learning_areas(opened, asked))
    language = get_language() or "id"
    names = [area.name.in_language(language) for area in areas]
    return LearningPage(
        opened=opened,
        areas=areas,
        headline=wording.of_learning(opened.unit.name, names)
        if opened.is_shown
        else wording.of_hidden_learning(opened.unit.name),
    )


def learning_areas(unit: ComparedUnit, asked: Asked) -> Iterator[LearningArea]:
    """Growth areas of one questionnaire. A scale of judgement stands by itself: it asks other situations."""
    yield from _areas(unit, asked, asked.document.dimensions, asked.bands)
    for scale in asked.document.judgements:
        yield from _areas(unit, asked, (scale,), asked.situational_bands)


def _areas(unit, asked, scales, bands):
    shown = {
        scale.code: own
        for scale in scales
        for own in (unit.mean(asked.version_id, scale.code),)
        if isinstance(own, FrozenMean) and bands
    }
    means = [_group_mean(unit.stored(asked.version_id, code), own, bands) for code, own in shown.items()]
    band_of = {mean.code: mean.band for mean in means}
    by_band = unit.details.bands(asked.version_id)
    low_bands = len(bands) // 2
    for code in growth_areas(means):
        scale = asked.document.scale_by_code[code]
        yield LearningArea(
            code=code,
            questionnaire=asked.title,
            name=scale.name,
            own=shown[code],
            band=bands[band_of[code] - 1],
            low_percent=sum(by_band[code].percents[:low_bands]) if code in by_band else None,
            low_bands=low_bands,
            is_judgement=scale in asked.document.judgements,
            suggestions=tuple(map(_suggestion, _tips(scale, bands, band_of[code]))),
        )


def _group_mean(stored, own, bands) -> GroupMean:
    number = sum(own.cell.value >= band.minimum for band in bands)
    return GroupMean(stored.scale_code, stored.mean, standard_error(stored), number, len(bands))


def _tips(scale, bands, number) -> tuple[Tip, ...]:
    """Tips for those who have most to learn: of the unit's band, and never of one above the lower half."""
    band = bands[min(number, max(1, len(bands) // 2)) - 1]
    feedback = scale.feedback.get(band.code)
    return feedback.tips if feedback else ()


def _suggestion(tip: Tip) -> Suggestion:
    return Suggestion(tip.text, method(tip.method), tip.jp)
