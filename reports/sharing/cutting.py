"""Cutting a personal report down to what its owner shares. Field by field: what is new in the report stays private."""

from reports.personal.values import (
    ANSWERED,
    CHOSEN_BEST,
    CHOSEN_WORST,
    Dimension,
    Judgement,
    PersonalReport,
)
from reports.sharing.parts import Choice, Part
from reports.sharing.values import (
    AnswerGroup,
    AnswersPart,
    AreasPart,
    JudgementPart,
    ProfilePart,
    SharedAction,
    SharedAnswer,
    SharedDimension,
    SharedGrowth,
    SharedJudgement,
    SharedReport,
    SharedSituation,
    SharedStrength,
)


def cut(report: PersonalReport, choice: Choice) -> SharedReport:
    """The chosen parts of a report and nothing else; the plan is no part of the report and is added elsewhere."""
    parts = []
    dimensions = [dimension for dimension in report.dimensions if dimension.code in choice.dimensions]
    judgements = report.judgements if choice.has(Part.JUDGEMENT) else ()
    if dimensions:
        shown = tuple(_dimension(dimension) for dimension in dimensions)
        parts.append(ProfilePart(shown, report.bands, is_calibrated=report.calibration is not None))
    if choice.has(Part.AREAS):
        parts.append(_areas(report))
    if judgements:
        parts.append(JudgementPart(tuple(_judgement(judgement) for judgement in judgements)))
    if choice.has(Part.ANSWERS):
        groups = (*map(_answers, dimensions), *map(_situations, judgements))
        parts.append(AnswersPart(tuple(groups)))
    return SharedReport(report.head.title, report.head.person, report.head.submitted_at, tuple(parts))


def _dimension(dimension: Dimension) -> SharedDimension:
    return SharedDimension(
        code=dimension.code,
        name=dimension.name,
        definition=dimension.definition,
        display=dimension.display,
        band_words=dimension.band_words,
        sentence=dimension.sentence,
        meaning=dimension.meaning,
        facets=dimension.facets,
        not_scored=dimension.not_scored,
        precision=dimension.precision,
    )


def _areas(report: PersonalReport) -> AreasPart:
    return AreasPart(
        headline=report.headline,
        strengths=tuple(SharedStrength(area.name, area.is_tendency) for area in report.strengths),
        growth=tuple(SharedGrowth(area.name, area.is_tendency, area.tips) for area in report.growth),
        further_growth=report.further_growth,
        is_provisional=report.is_provisional,
    )


def _judgement(judgement: Judgement) -> SharedJudgement:
    return SharedJudgement(
        name=judgement.name,
        display=judgement.display,
        band=judgement.band,
        sentence=judgement.sentence,
        meaning=judgement.meaning,
        not_scored=judgement.not_scored,
        tips=judgement.tips,
        bands=judgement.bands,
        key_notes=judgement.key_notes,
    )


def _answers(dimension: Dimension) -> AnswerGroup:
    lines = [SharedAnswer(line.stem, line.left, line.right, line.answer) for line in dimension.items]
    return AnswerGroup(dimension.name, answers=tuple(lines))


def _situations(judgement: Judgement) -> AnswerGroup:
    situations = [
        SharedSituation(
            line.vignette,
            line.stem,
            tuple(_action(action) for action in line.actions if _is_spoken_of(action)),
        )
        for line in judgement.vignettes
        if line.state == ANSWERED
    ]
    return AnswerGroup(judgement.name, situations=tuple(situations))


def _is_spoken_of(action) -> bool:
    return bool(action.rating or {CHOSEN_BEST, CHOSEN_WORST} & action.marks)


def _action(action) -> SharedAction:
    return SharedAction(action.text, CHOSEN_BEST in action.marks, CHOSEN_WORST in action.marks, action.rating)
