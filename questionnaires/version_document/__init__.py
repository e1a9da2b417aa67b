"""The frozen content of one questionnaire version, as plain values.

Everything that runs (answering, scoring, reports) reads a :class:`VersionDocument` and never the editing rows. The
package knows nothing of Django, so the scoring engine can be used and tested without a database.

The serialised form is a dictionary of JSON values (see ``docs/data-model.md``); :func:`content_hash` is taken over its
canonical text, so two versions with the same content have the same hash whatever produced them.
"""

from questionnaires.version_document.field_names import field_name
from questionnaires.version_document.hashing import canonical_text, content_hash
from questionnaires.version_document.items import (
    ATTENTION,
    AUTHOR_KEY,
    BEST,
    BIPOLAR,
    CONTENT,
    FORCED_CHOICE,
    LIKERT,
    NOT_APPLICABLE,
    OPEN_TEXT,
    PANEL_KEY,
    PICKED_TYPES,
    RESPONSE_SET_TYPES,
    SINGLE_CHOICE,
    SITUATIONAL_TYPES,
    SJT_BEST,
    SJT_BEST_WORST,
    SJT_RATE,
    SOCIAL_DESIRABILITY,
    UNSCORED,
    WORST,
    Answer,
    Answers,
    Desirability,
    Item,
    ItemOption,
    Panel,
    has_levels,
    has_same_best_and_worst,
    parts_of,
    slot_names,
)
from questionnaires.version_document.parsing import DOCUMENT_FORMAT, parse_document
from questionnaires.version_document.texts import Option, ResponseSet, Text
from questionnaires.version_document.versions import Feedback, Scale, Section, Tip, VersionDocument

__all__ = [
    "ATTENTION",
    "AUTHOR_KEY",
    "BEST",
    "BIPOLAR",
    "CONTENT",
    "DOCUMENT_FORMAT",
    "FORCED_CHOICE",
    "LIKERT",
    "NOT_APPLICABLE",
    "OPEN_TEXT",
    "PANEL_KEY",
    "PICKED_TYPES",
    "RESPONSE_SET_TYPES",
    "SINGLE_CHOICE",
    "SITUATIONAL_TYPES",
    "SJT_BEST",
    "SJT_BEST_WORST",
    "SJT_RATE",
    "SOCIAL_DESIRABILITY",
    "UNSCORED",
    "WORST",
    "Answer",
    "Answers",
    "Desirability",
    "Feedback",
    "Item",
    "ItemOption",
    "Option",
    "Panel",
    "ResponseSet",
    "Scale",
    "Section",
    "Text",
    "Tip",
    "VersionDocument",
    "canonical_text",
    "content_hash",
    "field_name",
    "has_levels",
    "has_same_best_and_worst",
    "parse_document",
    "parts_of",
    "slot_names",
]
