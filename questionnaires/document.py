"""From the rows of a version to its document, and from a published document to frozen values."""

from collections import defaultdict
from functools import lru_cache

from questionnaires.bank_documents import (
    ITEM_OPTION_DEFAULTS,
    TYPE_DEFAULTS,
    allow_ipsative,
    item_reading_words,
    number,
    optional_number,
    slots_of,
    text,
)
from questionnaires.models import Version
from questionnaires.version_document import DOCUMENT_FORMAT, VersionDocument, content_hash, parse_document

__all__ = ["NotPublished", "build_document", "content_hash", "load_document"]


class NotPublished(LookupError):
    """There is no published version with this id, so nothing can run on it."""


# A running installation uses a handful of versions; one takes about half a megabyte.
@lru_cache(maxsize=32)
def load_document(version_id: int) -> VersionDocument:
    """The frozen values of a published or retired version; remembered, because it never changes.

    Raises:
        NotPublished: the version is a draft, is in review, or does not exist.
    """
    document = (
        Version.objects.filter(pk=version_id, status__in=Version.FROZEN)
        .values_list("document", flat=True)
        .first()
    )
    if document is None:
        raise NotPublished(f"Versi kuesioner {version_id} belum terbit.")
    return parse_document(document)


def build_document(version) -> dict:
    """The document of a version's rows (docs/data-model.md), draft or not, complete or not.

    The number of queries does not depend on the number of rows.
    """
    sections = _sections(version)
    return {
        "format": DOCUMENT_FORMAT,
        "questionnaire": _head(version),
        "response_sets": _response_sets(version),
        "scales": _scales(version),
        "sections": sections,
        "slots": slots_of(sections),
        "consistency_pairs": [
            list(pair)
            for pair in version.consistency_pairs.order_by("pk").values_list("first__code", "second__code")
        ],
    }


def _pair(row, name):
    """A compulsory pair of texts; a missing one stays visible as an empty text."""
    return text(_raw(row, name)) or {"id": "", "en": ""}


def _optional(row, name):
    return text(_raw(row, name))


def _raw(row, name):
    return {"id": getattr(row, f"{name}_ind"), "en": getattr(row, f"{name}_eng")}


def _head(version):
    return {
        "code": version.questionnaire.code,
        "title": _pair(version, "title"),
        "summary": _pair(version, "summary"),
        "introduction": _pair(version, "introduction"),
        "minutes": version.minutes,
        "sources": version.sources,
        **allow_ipsative(version.allow_ipsative),
    }


def _response_sets(version):
    return [
        {
            "code": row.code,
            "kind": row.kind,
            "options": [
                {"value": o.value, "label": _pair(o, "label"), "anchor": _optional(o, "anchor")}
                for o in row.options.all()
            ],
            "positive_values": row.positive_values,
            "neutral_values": row.neutral_values,
            "na_label": _optional(row, "na_label"),
        }
        for row in version.response_sets.order_by("position", "pk").prefetch_related("options")
    ]


def _scales(version):
    rows = version.scales.order_by("position", "pk").select_related("parent")
    rows = rows.prefetch_related("competencies", "feedback_texts__tips")
    return [
        {
            "code": row.code,
            "kind": row.kind,
            "parent": row.parent.code if row.parent else None,
            "name": _pair(row, "name"),
            "definition": _pair(row, "definition"),
            "traits": row.traits,
            "competencies": sorted(competency.code for competency in row.competencies.all()),
            "feedback": {part.band: _feedback(part) for part in row.feedback_texts.all()} or None,
        }
        for row in rows
    ]


def _feedback(part):
    return {
        "meaning": _pair(part, "meaning"),
        "tips": [{"text": _pair(tip, "text"), "method": tip.method, "jp": tip.jp} for tip in part.tips.all()],
    }


def _sections(version):
    items = defaultdict(list)
    rows = version.items.order_by("position", "pk").select_related("scale", "response_set")
    for row in rows.prefetch_related("competencies", "options__scale"):
        items[row.section_id].append(_item(row))
    return [
        {
            "code": row.code,
            "title": _pair(row, "title"),
            "instruction": _pair(row, "instruction"),
            "items": items[row.pk],
        }
        for row in version.sections.order_by("position")
    ]


def _item(row):
    stem, left, right = _pair(row, "stem"), _optional(row, "left"), _optional(row, "right")
    of_type = _of_type(row)
    return {
        "code": row.code,
        "type": row.type,
        "role": row.role,
        "scale": row.scale.code if row.scale else None,
        "response_set": row.response_set.code if row.response_set else None,
        "stem": stem,
        "left": left,
        "right": right,
        "key": row.key,
        "weight": number(row.weight),
        "na_allowed": row.na_allowed,
        "accept": row.accept or None,
        "traits": row.traits,
        "competencies": sorted(competency.code for competency in row.competencies.all()),
        "reflection": _optional(row, "reflection"),
        **of_type,
        "reading_words": item_reading_words(stem, left, right, of_type),
    }


def _of_type(row):
    """The keys that only items of this type have; see ``bank_documents.TYPE_DEFAULTS``."""
    keys = TYPE_DEFAULTS.get(row.type, {})
    options = list(row.options.all()) if "options" in keys else []
    everything = {
        "vignette": _optional(row, "vignette"),
        "options": [_item_option(option, row.type) for option in options],
        "key_basis": row.key_basis,
        "panel": _panel(row, options),
        "sjt_scoring": row.sjt_scoring,
        "longest": row.longest,
    }
    desirability = {"desirability": _desirability(row)} if row.desirability_experts else {}
    level = {"level_target": row.level_target} if row.level_target else {}
    return {key: everything[key] for key in keys} | desirability | level


def _item_option(option, item_type):
    everything = {
        "effectiveness": optional_number(option.effectiveness),
        "reason": _optional(option, "reason"),
        "scale": option.scale.code if option.scale else None,
    }
    extra = {key: everything[key] for key in ITEM_OPTION_DEFAULTS[item_type]}
    return {"code": option.code, "text": _pair(option, "text"), **extra}


def _panel(row, options):
    if row.panel_experts is None:
        return None
    sd = {option.code: number(option.sd) for option in options if option.sd is not None}
    return {"experts": row.panel_experts, "icc": number(row.panel_icc), "sd": sd}


def _desirability(row):
    return {
        "left": number(row.desirability_left),
        "right": number(row.desirability_right),
        "experts": row.desirability_experts,
    }
