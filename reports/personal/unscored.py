"""What the personal report gives back without a score: own order of preference, answers about the unit, own words."""

from questionnaires.version_document import CONTENT, FORCED_CHOICE, NOT_APPLICABLE, UNSCORED, Item
from reports.personal import wording
from reports.personal.values import ClimateLine, OwnAnswer, Preference
from scoring.items import preference_shares

CLIMATE = "climate"


def preferences(material) -> tuple[Preference, ...]:
    """The dimensions of the answered pairs, most often picked first. Ipsative: an order of one's own, never a level."""
    answered = [
        item
        for item in material.document.items
        if item.type == FORCED_CHOICE and item.code in material.answers
    ]
    blocks = [tuple(option.scale for option in item.options) for item in answered]
    picks = [item.option_by_code[material.answers[item.code]].scale for item in answered]
    shares = preference_shares(blocks, picks)
    order = sorted(shares, key=lambda code: -shares[code])
    return tuple(
        Preference(
            place=1 + sum(share > shares[code] for share in shares.values()),
            name=material.say(material.document.scale_by_code[code].name),
            picked=picks.count(code),
            offered=sum(block.count(code) for block in blocks),
        )
        for code in order
    )


def climate(material) -> tuple[ClimateLine, ...]:
    """The person's own answers about the unit."""
    return tuple(
        ClimateLine(
            material.say(scale.name),
            tuple(
                _own_answer(item, material)
                for item in material.document.items_of(scale.code)
                if item.role == CONTENT
            ),
        )
        for scale in material.document.scales
        if scale.kind == CLIMATE
    )


def own_answers(material, texts) -> tuple[OwnAnswer, ...]:
    """Answers to unscored questions and open texts, in the order of the form.

    Args:
        texts: the open texts by item code.
    """
    return tuple(
        OwnAnswer(material.say(item.stem), texts.get(item.code) or wording.left_empty(), is_text=True)
        if item.is_open_text
        else _own_answer(item, material)
        for item in material.document.items
        if item.role == UNSCORED
    )


def _own_answer(item: Item, material) -> OwnAnswer:
    return OwnAnswer(material.say(item.stem), _answer_words(item, material), is_text=False)


def _answer_words(item: Item, material) -> str:
    given = material.answers.get(item.code)
    if given is None:
        return wording.unanswered()
    if given == NOT_APPLICABLE:
        na_label = item.response_set.na_label if item.response_set else None
        return material.say(na_label) or wording.not_applicable()
    if item.response_set:
        return material.say(next(o.label for o in item.response_set.options if o.value == given))
    return material.say(item.option_by_code[given].text)
