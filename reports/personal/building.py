"""Building a personal report. Scores are read from the stored sheet and never computed again."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils import translation

from assessments import answers as answer_bytes
from assessments.selectors import texts_of
from assessments.sheets import unpack
from questionnaires.document import load_document
from questionnaires.selectors import official_frameworks, version_number
from questionnaires.version_document import CONTENT, Answers, Scale, Text, VersionDocument
from reports.personal import unscored, wording
from reports.personal.composites import composite_lines
from reports.personal.explaining import calculation, item_line
from reports.personal.judging import judgements
from reports.personal.leveling import indications
from reports.personal.measuring import (
    Measurement,
    changes_of,
    comparison_of,
    measurement_of,
    precision_of,
)
from reports.personal.rescored import Figures, NewerSheet, beside
from reports.personal.values import (
    ANSWERED,
    Contrast,
    Crosswalk,
    CrosswalkEntry,
    Dimension,
    Growth,
    Head,
    PersonalReport,
    Strength,
    Suggestion,
)
from scoring.profile import Area, Profile, build_profile
from scoring.quality import DESIRABILITY_WATCH
from scoring.results import ScaleResult, ScoreTable
from scoring.rules import Rule, describe
from scoring.selectors import plan_of, rule_number

MOST_TIPS = 3
MOST_CONTRASTS = 3
# A facet on one or two items says little; such facets are left out even as text.
FEWEST_FACET_ITEMS = 3


@dataclass(frozen=True)
class _Material:
    """What every part of the report is built from.

    ``results``: without the scales that are too unreliable to be shown.
    """

    document: VersionDocument
    answers: Answers
    table: ScoreTable
    results: dict[str, ScaleResult]
    rule: Rule
    sizes: dict[str, int]
    language: str
    measurement: Measurement

    def say(self, text: Text | None) -> str:
        return text.in_language(self.language) if text else ""

    def not_scored(self, scale_code: str) -> str:
        """Why a scale has no score and what would give it one."""
        if self.measurement.is_hidden(scale_code):
            return wording.unreliable()
        result = self.results[scale_code]
        return wording.not_scored(result.reason, self.needed(scale_code) - result.answered)

    def needed(self, scale_code: str) -> int:
        """How many answers the scale needs for a score."""
        applicable = self.results[scale_code].applicable
        return self.rule.completeness.required_answered(self.sizes[scale_code], applicable)


def personal_report(attempt, *, sheet=None, language=None) -> PersonalReport:
    """The report of a submitted attempt, for its own person only; the caller has checked whose it is.

    Three queries at most (sheets, open texts, an earlier attempt) once what is frozen is in memory. What the person was
    told stays the report; a sheet of a later rescoring only stands beside it. Where the rule shows competency levels,
    their names and perhaps the person's post are read as well.

    Args:
        attempt: with ``person`` and, if asked by a campaign, ``assignment`` and its campaign loaded.
        sheet: the attempt's score sheet, if the caller has just made it.
        language: ``"id"`` or ``"en"``; the active language if left out.
    """
    language = language or translation.get_language() or "id"
    told, *again = [sheet] if sheet else attempt.score_sheets.order_by("number")
    with translation.override(language):
        return _build(attempt, told, again[-1] if again else None, language)


def _build(attempt, sheet, newer, language):
    document = load_document(attempt.version_id)
    material = _material(attempt, sheet, document, language)
    measurement, results, rule = material.measurement, material.results, material.rule
    profile = build_profile(
        document,
        results,
        material.answers,
        measurement.sems(results),
        priority_band=rule.bands[0].code,
    )
    figures = _figures(sheet, material, changes_of(attempt, sheet, material))
    names = {scale.code: figures.names[scale.code] for scale in document.dimensions}
    return PersonalReport(
        head=_head(attempt, sheet, material),
        quality_note=wording.quality_note(sheet.quality),
        headline=wording.headline(profile, names),
        is_provisional=profile.is_provisional,
        dimensions=figures.dimensions,
        strengths=tuple(_strength(area, material) for area in profile.strengths),
        growth=tuple(_growth(area, material) for area in profile.growth),
        further_growth=tuple(names[code] for code in profile.further_growth),
        contrasts=_contrasts(material, profile),
        prompts=wording.prompts(),
        crosswalks=_crosswalks(material),
        bands=rule.bands,
        rule_sentences=describe(rule, language, figures.names),
        style_note=_style_note(material.table.response_style(0)),
        composites=figures.composites,
        judgements=figures.judgements,
        preferences=unscored.preferences(material),
        climate=unscored.climate(material),
        own_answers=unscored.own_answers(material, _texts(attempt, document)),
        calibration=measurement.sample,
        comparison=figures.comparison,
        newer=_newer(attempt, newer, figures, material) if newer else None,
        levels=indications(attempt, material),
    )


def _material(attempt, sheet, document, language) -> _Material:
    plan = plan_of(sheet.rule_id)
    table = unpack(plan, [sheet.scores])
    measurement = measurement_of(sheet)
    return _Material(
        document=document,
        answers=answer_bytes.decode(document, attempt.answers),
        table=table,
        results={code: r for code, r in table.person(0).items() if not measurement.is_hidden(code)},
        rule=plan.rule,
        sizes={scale.code: scale.k for scale in plan.scales},
        language=language,
        measurement=measurement,
    )


def _figures(sheet, material: _Material, changes) -> Figures:
    names = {scale.code: material.say(scale.name) for scale in material.document.scales}
    return Figures(
        sheet=sheet,
        rule=material.rule,
        names=names,
        dimensions=tuple(_dimension(scale, material, changes) for scale in material.document.dimensions),
        judgements=judgements(material),
        composites=composite_lines(material.rule, material.table, material.results, (material.say, names)),
        comparison=comparison_of(sheet, material),
    )


def _newer(attempt, sheet, told: Figures, material: _Material) -> NewerSheet:
    """The newest sheet beside the told one; changes since an earlier attempt are told of what was told only."""
    now = _material(attempt, sheet, material.document, material.language)
    return beside(told, _figures(sheet, now, {}), told_at=attempt.submitted_at)


def _texts(attempt, document):
    """The open texts by item code; not asked for where the version has none."""
    return texts_of(attempt) if any(item.is_open_text for item in document.items) else {}


def _head(attempt, sheet, material):
    assignment = attempt.assignment
    progress = answer_bytes.progress(material.document, material.answers)
    return Head(
        title=material.say(material.document.title),
        person=attempt.person.get_full_name(),
        submitted_at=attempt.submitted_at,
        version_number=version_number(attempt.version_id),
        rule_number=rule_number(sheet.rule_id),
        engine_version=sheet.engine_version,
        campaign=assignment.campaign.title if assignment is not None else None,
        answered=progress.answered,
        total=progress.total,
        public_id=attempt.public_id,
    )


def _dimension(scale: Scale, material: _Material, changes) -> Dimension:
    result = material.results.get(scale.code)
    items = tuple(item_line(item, material) for item in _content_items(scale.code, material))
    common = {
        "code": scale.code,
        "name": material.say(scale.name),
        "definition": material.say(scale.definition),
        "items": items,
    }
    if result is None or not result.is_scored:
        return Dimension(
            **common,
            display=None,
            band="",
            sentence="",
            meaning="",
            facets="",
            not_scored=material.not_scored(scale.code),
            calculation=None,
        )
    band = next(band for band in material.rule.bands if band.code == result.band)
    feedback = scale.feedback.get(band.code)
    return Dimension(
        **common,
        display=result.display,
        band=material.say(band.name),
        sentence=material.say(band.sentence),
        meaning=material.say(feedback.meaning) if feedback else "",
        facets=_facet_sentence(scale, material),
        not_scored="",
        calculation=calculation(items, scale.code, band, material),
        precision=precision_of(scale.code, result, material.rule.bands, material),
        change=changes.get(scale.code),
    )


def _content_items(scale_code, material):
    return [item for item in material.document.items_of(scale_code) if item.role == CONTENT]


def _facet_sentence(scale: Scale, material: _Material) -> str:
    """Which facet shows most and which least, without numbers: their reliability is unknown."""
    scored = [
        (material.results[facet.code].score, material.say(facet.name))
        for facet in material.document.facets_of(scale.code)
        if material.sizes[facet.code] >= FEWEST_FACET_ITEMS
        and facet.code in material.results
        and material.results[facet.code].is_scored
    ]
    if len(scored) < 2:
        return ""
    lowest, highest = min(scored, key=lambda pair: pair[0]), max(scored, key=lambda pair: pair[0])
    return wording.facets(highest[1], lowest[1]) if highest[0] > lowest[0] else ""


def _strength(area: Area, material: _Material) -> Strength:
    return Strength(
        name=material.say(material.document.scale_by_code[area.scale].name),
        is_tendency=area.is_tendency,
        items=tuple(item_line(material.document.item_by_code[pick.code], material) for pick in area.items),
    )


def _growth(area: Area, material: _Material) -> Growth:
    scale = material.document.scale_by_code[area.scale]
    feedback = scale.feedback.get(material.results[area.scale].band)
    return Growth(
        code=scale.code,
        name=material.say(scale.name),
        is_tendency=area.is_tendency,
        questions=tuple(
            _question(material.document.item_by_code[pick.code], material)
            for pick in area.items
            if pick.score < 1
        ),
        tips=tuple(
            Suggestion(material.say(tip.text), wording.method(tip.method), tip.jp)
            for tip in (feedback.tips if feedback else ())[:MOST_TIPS]
        ),
    )


def _question(item, material):
    if item.reflection:
        return material.say(item.reflection)
    positive_pole = item.left if item.is_reversed else item.right
    return wording.question_about(material.say(positive_pole or item.stem))


def _contrasts(material: _Material, profile: Profile) -> tuple[Contrast, ...]:
    """The three contrast items furthest from their positive pole, growth areas first, at most one a dimension.

    A dimension without a score is left out here as everywhere: too few answers say nothing about it.
    """
    growing = {area.scale for area in profile.growth}
    candidates = []
    for order, scale in enumerate(material.document.dimensions):
        result = material.results.get(scale.code)
        if result is None or not result.is_scored:
            continue
        lines = [
            (item_line(item, material), item) for item in _content_items(scale.code, material) if item.left
        ]
        answered = [pair for pair in lines if pair[0].state == ANSWERED]
        if answered:
            line, item = min(answered, key=lambda pair: pair[0].score)
            candidates.append((scale.code not in growing, line.score, order, line, item))
    candidates.sort(key=lambda entry: entry[:3])
    return tuple(
        Contrast(
            stem=line.stem,
            left=line.left,
            right=line.right,
            value=line.value,
            answer=line.answer,
            question=_question(item, material),
        )
        for *_order, line, item in candidates[:MOST_CONTRASTS]
    )


def _crosswalks(material: _Material) -> tuple[Crosswalk, ...]:
    """Official competencies by framework, each with the dimensions that speak of it."""
    speaking: dict[str, list[str]] = {}
    for scale in material.document.dimensions:
        for code in scale.competencies:
            speaking.setdefault(code, []).append(material.say(scale.name))
    return tuple(
        Crosswalk(
            material.say(framework.name),
            framework.source,
            tuple(
                CrosswalkEntry(code, material.say(name), tuple(speaking[code]))
                for code, name in framework.competencies.items()
                if code in speaking
            ),
        )
        for framework in official_frameworks()
        if framework.competencies.keys() & speaking
    )


def _style_note(results: dict[str, ScaleResult]) -> str:
    threshold = Fraction(100) * DESIRABILITY_WATCH
    is_high = any(result.is_scored and result.score >= threshold for result in results.values())
    return wording.style_note() if is_high else ""
