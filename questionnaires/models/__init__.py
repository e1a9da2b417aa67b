"""The question banks. Rows are for editing; what runs is the frozen document of a published version."""

from questionnaires.models.frameworks import Competency, Framework
from questionnaires.models.items import ConsistencyPair, Item, ItemOption, Option, ResponseSet, Section
from questionnaires.models.scales import FeedbackText, FeedbackTip, Scale
from questionnaires.models.versions import Questionnaire, Version

__all__ = [
    "Competency",
    "ConsistencyPair",
    "FeedbackText",
    "FeedbackTip",
    "Framework",
    "Item",
    "ItemOption",
    "Option",
    "Questionnaire",
    "ResponseSet",
    "Scale",
    "Section",
    "Version",
]
