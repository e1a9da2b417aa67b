"""The self-indication of competency levels in the personal report: only where the rule turns it on, only for its owner.

Computed from the answers whenever the report is read. It is stored nowhere, shared with nobody and stands in no export.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from django.utils.translation import gettext as _

from agencies.selectors import current_placement
from questionnaires.models import Competency
from questionnaires.version_document import NOT_APPLICABLE, Text
from scoring.items import exact_score, spec_of
from scoring.level_rules import CATEGORIES
from scoring.levels import (
    DISCLAIMER,
    FEWEST_ITEMS,
    HIGHEST,
    SHOWS_FROM,
    TOO_FEW_ITEMS,
    LevelIndication,
    indicate_level,
)


@dataclass(frozen=True)
class LevelMeanLine:
    """The items of one level: how many were answered, and their mean of 0..100 rounded down; None without answers."""

    level: int
    answered: int
    mean: int | None


@dataclass(frozen=True)
class LevelLine:
    """One competency. ``indicated``: 0..5, None where nothing can be said; ``required``: None where it is not known."""

    code: str
    name: str
    indicated: int | None
    words: str
    reason: str
    required: int | None
    gap: str
    levels: tuple[LevelMeanLine, ...]


@dataclass(frozen=True)
class Indications:
    """What the report says of levels. ``disclaimer`` stands beside the lines wherever they are shown."""

    disclaimer: str
    post: str
    lines: tuple[LevelLine, ...]


def indications(attempt, material) -> Indications | None:
    """None where the rule does not ask for it or no item is tagged. Two queries at most, none while it is off."""
    display = material.rule.levels
    scores = _scores(material) if display else {}
    if not scores:
        return None
    category = _job_category(attempt)
    required = display.required_of(category)
    names = {
        row.code: material.say(Text(row.name_ind, row.name_eng))
        for row in Competency.objects.filter(code__in=scores)
    }
    return Indications(
        disclaimer=material.say(DISCLAIMER),
        post=_post(category, required),
        lines=tuple(
            _line(code, names.get(code, code), indicate_level(scores[code]), required)
            for code in sorted(scores)
        ),
    )


def _scores(material) -> dict[str, dict[int, list[Fraction | None]]]:
    """Item scores by competency and level. Of a scale too unreliable to be summed up no item counts."""
    scores: dict[str, dict[int, list]] = {}
    for item in material.document.items:
        if item.level_target is None:
            continue
        answer = material.answers.get(item.code, NOT_APPLICABLE)
        counts = answer != NOT_APPLICABLE and not _is_hidden(item.scale, material)
        score = exact_score(spec_of(item), answer) if counts else None
        for code in item.competencies:
            scores.setdefault(code, {}).setdefault(item.level_target, []).append(score)
    return scores


def _is_hidden(scale_code, material):
    parent = material.document.scale_by_code[scale_code].parent
    return any(material.measurement.is_hidden(code) for code in (scale_code, parent) if code)


def _job_category(attempt) -> str:
    """As copied when the person was asked, else of the present post; empty without one."""
    if attempt.assignment is not None:
        return attempt.assignment.job_category
    placement = current_placement(attempt.person)
    return placement.job_category if placement else ""


def _post(category, required) -> str:
    name = CATEGORIES.get(category)
    if required is None or name is None:
        return _("Level yang dipersyaratkan bagi jabatan Anda belum diatur, jadi tidak ada pembandingnya.")
    return _("Jenis jabatan Anda: %(post)s. Level yang dipersyaratkan: %(level)s.") % {
        "post": name,
        "level": required,
    }


def _line(code, name, found: LevelIndication, required) -> LevelLine:
    return LevelLine(
        code=code,
        name=name,
        indicated=found.indicated,
        words=_words(found.indicated),
        reason=_reason(found),
        required=required,
        gap=_gap(found, required),
        levels=tuple(
            LevelMeanLine(each.level, each.answered, None if each.mean is None else floor(each.mean))
            for each in found.levels
        ),
    )


def _words(indicated) -> str:
    if indicated is None:
        return _("belum ada cukup butir")
    if indicated == 0:
        return _("belum sampai level 1")
    return _("level %(level)s") % {"level": indicated}


def _reason(found: LevelIndication) -> str:
    """Why it is not higher; empty at the highest level."""
    if found.stopped == HIGHEST:
        return ""
    after = found.levels[found.indicated or 0]
    if found.stopped == TOO_FEW_ITEMS:
        return _(
            "Untuk level %(level)s belum ada cukup butir: %(answered)s terjawab, diperlukan paling sedikit %(needed)s."
        ) % {"level": after.level, "answered": after.answered, "needed": FEWEST_ITEMS}
    # Rounded down: a mean just below the border must not be read as having reached it.
    return _(
        "Butir level %(level)s belum cukup sering muncul: rata-ratanya %(mean)s dari 100, diperlukan paling sedikit "
        "%(needed)s."
    ) % {"level": after.level, "mean": floor(after.mean), "needed": SHOWS_FROM}


def _gap(found: LevelIndication, required) -> str:
    gap = None if required is None else found.gap(required)
    if gap is None:
        return ""
    if gap <= 0:
        return _("tidak ada selisih")
    return _("selisih %(gap)s level") % {"gap": gap}
