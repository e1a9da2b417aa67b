"""What the shipped banks ask about, as the page ``docs/content.md``. Pure: values in, Markdown out."""

from collections import Counter
from collections.abc import Iterable, Sequence

from questionnaires.trait_map import Trait
from questionnaires.version_document import (
    ATTENTION,
    AUTHOR_KEY,
    CONTENT,
    SOCIAL_DESIRABILITY,
    VersionDocument,
)

_HEAD = """# What the banks ask about

Written by `manage.py content_coverage`; do not edit by hand. With `--check` the command fails when this page is out of
date or when a trait has lost its last item, and so does the suite.

No expert has rated these banks yet. The key of every vignette and the direction of every item is the author's: *kunci
penyusun, belum divalidasi panel ahli*. Nothing here is a norm.
"""
_KINDS = ("dimension", "facet", "situational", "climate", "response_style")


def items_by_trait(documents: Iterable[VersionDocument]) -> dict[str, list[tuple[str, str]]]:
    """For every trait that a content item names: (questionnaire, item code), in the order of the forms."""
    found: dict[str, list[tuple[str, str]]] = {}
    for document in documents:
        for item in document.items:
            for code in item.traits if item.role == CONTENT else ():
                found.setdefault(code, []).append((document.questionnaire, item.code))
    return found


def uncovered(traits: Iterable[Trait], documents: Iterable[VersionDocument]) -> list[str]:
    """The codes of the traits that no item asks about."""
    asked = items_by_trait(documents)
    return [trait.code for trait in traits if trait.code not in asked]


def render(traits: Sequence[Trait], documents: Sequence[VersionDocument]) -> str:
    """The whole page."""
    parts = [_HEAD, _questionnaires(documents)]
    parts += [_scales(document) for document in documents]
    parts.append(_trait_table(traits, documents))
    return "\n".join(parts)


def _questionnaires(documents):
    rows = [
        (
            document.title.en,
            document.minutes,
            len(document.items),
            ", ".join(f"{count} {kind}" for kind, count in sorted(_content_types(document).items())),
            _in_role(document, ATTENTION),
            _in_role(document, SOCIAL_DESIRABILITY),
            len(document.consistency_pairs),
        )
        for document in documents
    ]
    head = (
        "questionnaire",
        "minutes",
        "items",
        "content items by type",
        "attention",
        "desirability",
        "pairs",
    )
    return "## The questionnaires\n\n" + _table(head, rows)


def _content_types(document):
    return Counter(item.type for item in document.items if item.role == CONTENT)


def _in_role(document, role):
    return sum(item.role == role for item in document.items)


def _scales(document):
    rows = [
        (
            kind,
            scale.code,
            scale.name.en,
            len(document.items_of(scale.code)),
            ", ".join(scale.competencies) or "–",
        )
        for kind in _KINDS
        for scale in document.scales
        if scale.kind == kind
    ]
    text = f"## {document.title.id} (`{document.questionnaire}`)\n\n"
    vignettes = [item for item in document.items if item.is_situational]
    if vignettes:
        own = sum(item.key_basis == AUTHOR_KEY for item in vignettes)
        text += f"{len(vignettes)} vignettes, {own} of them with an author's key.\n\n"
    return text + _table(("kind", "scale", "name", "items", "competencies"), rows)


def _trait_table(traits, documents):
    asked = items_by_trait(documents)
    rows = [
        (
            trait.code,
            trait.name.id,
            trait.name.en,
            trait.about,
            len(asked.get(trait.code, ())),
            _places(trait, asked),
        )
        for trait in traits
    ]
    text = "## Traits and the items that ask about them\n\n"
    text += "A trait about the unit is answered for groups only. Staff and managers answer the same items (003-5d).\n\n"
    return text + _table(("trait", "nama", "name", "about", "items", "where"), rows)


def _places(trait, asked):
    by_bank: dict[str, list[str]] = {}
    for bank, item in asked.get(trait.code, ()):
        by_bank.setdefault(bank, []).append(item)
    return "; ".join(f"{bank}: {', '.join(codes)}" for bank, codes in by_bank.items()) or "**none**"


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)
