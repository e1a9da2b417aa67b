"""A version as the JSON of a SurveyJS form: what a respondent reads and may answer, and nothing of the key.

Answers come back under the codes of the items; those of a vignette with parts as ``{"best": "A", "worst": "C"}`` or
``{"A": "4", ...}``. Values are texts, as SurveyJS's own schema asks. Like in our own form no answer is compulsory.
"""

import html
import json

from questionnaires.bank_files.form_texts import LEAST_APT, MOST_APT, too_long
from questionnaires.version_document import (
    BEST,
    BIPOLAR,
    NOT_APPLICABLE,
    OPEN_TEXT,
    RESPONSE_SET_TYPES,
    SJT_BEST_WORST,
    SJT_RATE,
    WORST,
    Text,
    parse_document,
)


def write_surveyjs(document) -> str:
    """The form of a document without blocking problems, as JSON text."""
    parsed = parse_document(document)
    start = {
        "name": "pengantar.",
        "elements": [
            {"type": "html", "name": "pengantar.teks", "html": _text(_paragraphs(parsed.introduction))}
        ],
    }
    form = {
        "locale": "id",
        "title": _text(parsed.title),
        "description": _text(parsed.summary),
        "firstPageIsStartPage": True,
        "showProgressBar": True,
        "pages": [start, *(_page(section) for section in parsed.sections)],
    }
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def _page(section):
    return {
        "name": f"bagian.{section.code}",
        "title": _text(section.title),
        "description": _text(section.instruction),
        "elements": [_element(item) for item in section.items],
    }


def _element(item):
    element = _ELEMENTS.get(item.type, _radio_group)(item)
    asked = {"title": _text(item.vignette), "description": _text(item.stem)} if item.vignette else None
    return {
        "type": element.pop("type"),
        "name": item.code,
        **(asked or {"title": _text(item.stem)}),
        **element,
    }


def _radio_group(item):
    return {"type": "radiogroup", "choices": _answers(item)}


def _contrast(item):
    """A row of buttons between the poles; a list below them where the item may not apply."""
    if item.na_allowed:
        poles = Text(f"A: {item.left.id} B: {item.right.id}", f"A: {item.left.en} B: {item.right.en}")
        return {**_radio_group(item), "description": _text(poles)}
    return {
        "type": "rating",
        "displayMode": "buttons",
        "rateValues": _answers(item),
        "minRateDescription": _text(_prefixed("A: ", item.left)),
        "maxRateDescription": _text(_prefixed("B: ", item.right)),
    }


def _best_and_worst(item):
    rows = [{"value": BEST, "text": _text(MOST_APT)}, {"value": WORST, "text": _text(LEAST_APT)}]
    return {"type": "matrix", "columns": _answers(item), "rows": rows, "eachRowUnique": True}


def _rate_each(item):
    return {"type": "matrix", "columns": _answers(item), "rows": _options(item)}


def _open_text(item):
    said = {"type": "text", "text": _text(too_long(item.longest)), "maxLength": item.longest}
    return {"type": "comment", "maxLength": item.longest, "validators": [said]}


_ELEMENTS = {
    BIPOLAR: _contrast,
    SJT_BEST_WORST: _best_and_worst,
    SJT_RATE: _rate_each,
    OPEN_TEXT: _open_text,
}


def _answers(item):
    """What one slot of the item may hold."""
    if item.type not in RESPONSE_SET_TYPES:
        return _options(item)
    answers = [{"value": str(o.value), "text": _text(o.label)} for o in item.response_set.options]
    if item.na_allowed:
        answers.append({"value": NOT_APPLICABLE, "text": _text(item.response_set.na_label)})
    return answers


def _options(item):
    return [{"value": option.code, "text": _text(option.text)} for option in item.options]


def _text(text):
    """Both languages. English stands as the default, because that is what SurveyJS takes its default language to be."""
    return {"default": text.en, "id": text.id}


def _prefixed(prefix, text):
    return Text(prefix + text.id, prefix + text.en)


def _paragraphs(text):
    return Text(*(_as_html(each) for each in (text.id, text.en)))


def _as_html(text):
    blocks = (block.strip() for block in text.split("\n\n"))
    return "".join(f"<p>{html.escape(block)}</p>" for block in blocks if block)
