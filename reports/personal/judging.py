"""Vignettes in the personal report: what the person chose beside the key, with the reason of every action."""

from collections.abc import Mapping
from fractions import Fraction

from questionnaires.version_document import (
    BEST,
    CONTENT,
    PANEL_KEY,
    SJT_BEST,
    SJT_BEST_WORST,
    SJT_RATE,
    WORST,
    Item,
    Scale,
)
from reports.numbers import decimal_text
from reports.personal import wording
from reports.personal.explaining import calculation
from reports.personal.values import (
    ANSWERED,
    CHOSEN_BEST,
    CHOSEN_WORST,
    KEY_BEST,
    KEY_WORST,
    UNANSWERED,
    ActionLine,
    Judgement,
    Suggestion,
    VignetteLine,
)
from scoring.items import DICHOTOMOUS, exact, exact_score, option_weights, spec_of
from scoring.plan import SITUATIONAL

# Numbers of a working: the key has one or two decimals, a share is shown with two.
_KEY_PLACES, _SHARE_PLACES = 1, 2


def judgements(material) -> tuple[Judgement, ...]:
    """Every situational scale of the version, each by itself."""
    return tuple(
        _judgement(scale, material) for scale in material.document.scales if scale.kind == SITUATIONAL
    )


def _judgement(scale: Scale, material) -> Judgement:
    result = material.results[scale.code]
    items = [item for item in material.document.items_of(scale.code) if item.role == CONTENT]
    vignettes = tuple(_vignette_line(item, material) for item in items)
    # A rule from before there were situational bands gives a score and no band.
    band = next((b for b in material.rule.situational_bands if b.code == result.band), None)
    feedback = scale.feedback.get(band.code) if band else None
    return Judgement(
        code=scale.code,
        name=material.say(scale.name),
        definition=material.say(scale.definition),
        display=result.display,
        band=material.say(band.name) if band else "",
        sentence=material.say(band.sentence) if band else "",
        meaning=material.say(feedback.meaning) if feedback else "",
        not_scored="" if result.is_scored else material.not_scored(scale.code),
        tips=tuple(
            Suggestion(material.say(tip.text), wording.method(tip.method), tip.jp)
            for tip in (feedback.tips if feedback else ())
        ),
        bands=material.rule.situational_bands,
        key_notes=tuple(dict.fromkeys(line.key_note for line in vignettes)),
        rules=tuple(dict.fromkeys(wording.vignette_rule(item.type, item.sjt_scoring) for item in items)),
        vignettes=vignettes,
        calculation=calculation(vignettes, scale.code, band, material) if result.is_scored else None,
    )


def _vignette_line(item: Item, material) -> VignetteLine:
    given = material.answers.get(item.code)
    is_complete = item.is_complete(given)
    score = exact_score(spec_of(item), given) if is_complete else None
    return VignetteLine(
        code=item.code,
        vignette=material.say(item.vignette),
        stem=material.say(item.stem),
        state=ANSWERED if is_complete else UNANSWERED,
        actions=_actions(item, given, material),
        key_note=_key_note(item),
        working=_working(item, given, score) if is_complete else "",
        weight=item.weight,
        score=score,
    )


def _key_note(item: Item) -> str:
    if item.key_basis == PANEL_KEY and item.panel:
        return wording.panel_key(item.panel.experts, decimal_text(item.panel.icc, _SHARE_PLACES))
    return wording.author_key()


def _actions(item: Item, given, material) -> tuple[ActionLine, ...]:
    shares = _shares(item)
    return tuple(
        ActionLine(
            code=option.code,
            text=material.say(option.text),
            reason=material.say(option.reason),
            effectiveness=option.effectiveness,
            share=shares[option.code],
            marks=frozenset(_marks(item, option.code, given, shares[option.code])),
            rating=_rating(item, option.code, given, material),
        )
        for option in item.options
    )


def _shares(item: Item) -> dict[str, Fraction]:
    return option_weights([(option.code, option.effectiveness) for option in item.options])


def _marks(item: Item, code: str, given, share: Fraction):
    if item.type == SJT_BEST and given == code:
        yield CHOSEN_BEST
    if item.type == SJT_BEST_WORST and isinstance(given, Mapping):
        if given.get(BEST) == code:
            yield CHOSEN_BEST
        if given.get(WORST) == code:
            yield CHOSEN_WORST
    if share == 1:
        yield KEY_BEST
    if share == 0:
        yield KEY_WORST


def _rating(item: Item, code: str, given, material) -> str:
    if item.type != SJT_RATE or not isinstance(given, Mapping) or code not in given:
        return ""
    label = next(option.label for option in item.response_set.options if option.value == given[code])
    return f"{material.say(label)} ({given[code]})"


def _working(item: Item, given, score: Fraction) -> str:
    """The arithmetic of one answer, with this person's numbers."""
    result = decimal_text(score, _SHARE_PLACES)
    if item.type == SJT_RATE:
        return _rate_working(item, given, result)
    shares = _shares(item)
    if item.type == SJT_BEST_WORST:
        best, worst = (decimal_text(shares[given[part]], _SHARE_PLACES) for part in (BEST, WORST))
        return f"(1 + {best} − {worst}) ÷ 2 = {result}"
    if item.sjt_scoring == DICHOTOMOUS:
        return wording.all_or_nothing(result)
    key = {option.code: option.effectiveness for option in item.options}
    chosen, low, high = (
        decimal_text(exact(value), _KEY_PLACES)
        for value in (key[given], min(key.values()), max(key.values()))
    )
    return f"({chosen} − {low}) ÷ ({high} − {low}) = {result}"


def _rate_working(item: Item, given, result: str) -> str:
    key = {option.code: exact(option.effectiveness) for option in item.options}
    lowest, highest = item.response_set.minimum, item.response_set.maximum
    distance = sum(abs(given[code] - mean) for code, mean in key.items())
    farthest = sum(max(mean - lowest, highest - mean) for mean in key.values())
    return f"1 − {decimal_text(distance, _SHARE_PLACES)} ÷ {decimal_text(farthest, _SHARE_PLACES)} = {result}"
