"""What a panel rates, frozen when the panel is made: vignettes with their options, contrasts with their poles. Pure.

A draft may go on changing while experts rate; what they read must not. The frozen form also keeps the author's key for
the editor's comparison; :func:`read` leaves it out, so that no page of an expert can show it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from questionnaires.version_document import BIPOLAR, CONTENT, SITUATIONAL_TYPES, Text
from scoring.panel_verdicts import LEFT, RIGHT

MATERIAL_FORMAT = "cermin-panel/1"
PAIRS_ON_A_PAGE = 4

# An expert weighs each option against the others: slower than answering a questionnaire.
_WORDS_A_MINUTE = 150
_SECONDS_A_RATING = 8


@dataclass(frozen=True)
class Target:
    """One thing that gets a rating: an option of a vignette, or a pole (``left``, ``right``) of a pair."""

    code: str
    text: Text


@dataclass(frozen=True)
class Vignette:
    """A situation and the actions to be rated for effectiveness."""

    code: str
    situation: Text
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Pair:
    """The two poles of a contrast, to be rated for how desirable each looks."""

    code: str
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Page:
    """One page of an expert: one vignette, or a few pairs."""

    number: int
    entries: tuple[Vignette | Pair, ...]
    is_about_poles: bool

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """``(item code, target code)`` of everything rated here, in the order of the questionnaire."""
        return tuple((entry.code, target.code) for entry in self.entries for target in entry.targets)


@dataclass(frozen=True)
class Material:
    """Everything that one panel rates."""

    vignettes: tuple[Vignette, ...]
    pairs: tuple[Pair, ...]

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        shares = [(vignette,) for vignette in self.vignettes]
        shares += [
            self.pairs[start : start + PAIRS_ON_A_PAGE]
            for start in range(0, len(self.pairs), PAIRS_ON_A_PAGE)
        ]
        return tuple(
            Page(number, tuple(share), isinstance(share[0], Pair))
            for number, share in enumerate(shares, start=1)
        )

    @cached_property
    def keys(self) -> frozenset[tuple[str, str]]:
        """``(item code, target code)`` of everything that is rated."""
        return frozenset(key for page in self.pages for key in page.keys)

    @property
    def minutes(self) -> int:
        """An honest guess of how long one expert needs."""
        texts = [vignette.situation for vignette in self.vignettes]
        texts += [target.text for entry in (*self.vignettes, *self.pairs) for target in entry.targets]
        words = sum(len(text.id.split()) for text in texts)
        seconds = words * 60 / _WORDS_A_MINUTE + len(self.keys) * _SECONDS_A_RATING
        return max(1, round(seconds / 60))


def freeze(document: Mapping) -> dict:
    """What there is to rate in a version document, as JSON values: vignettes and pairs in the order of the form."""
    items = [item for section in document["sections"] for item in section["items"]]
    return {
        "format": MATERIAL_FORMAT,
        "vignettes": [_frozen_vignette(item) for item in items if item["type"] in SITUATIONAL_TYPES],
        "pairs": [
            {"code": item["code"], "left": item["left"], "right": item["right"]}
            for item in items
            if item["type"] == BIPOLAR and item["role"] == CONTENT
        ],
    }


def _frozen_vignette(item):
    return {
        "code": item["code"],
        "situation": item["vignette"],
        "options": [
            {"code": option["code"], "text": option["text"], "effectiveness": option["effectiveness"]}
            for option in item["options"]
        ],
    }


def find_gaps(material: Mapping) -> list[str]:
    """The codes of items that cannot be rated yet: a text is missing in a language, or there is only one option."""
    gaps = []
    for vignette in material["vignettes"]:
        texts = [vignette["situation"], *(option["text"] for option in vignette["options"])]
        if len(vignette["options"]) < 2 or not all(map(_is_whole, texts)):
            gaps.append(vignette["code"])
    gaps += [
        pair["code"]
        for pair in material["pairs"]
        if not (_is_whole(pair["left"]) and _is_whole(pair["right"]))
    ]
    return gaps


def _is_whole(text):
    return bool(text and text["id"] and text["en"])


def read(material: Mapping) -> Material:
    """The frozen form as an expert sees it: without the author's key."""
    return Material(
        vignettes=tuple(
            Vignette(
                entry["code"],
                Text.from_json(entry["situation"]),
                tuple(Target(option["code"], Text.from_json(option["text"])) for option in entry["options"]),
            )
            for entry in material["vignettes"]
        ),
        pairs=tuple(
            Pair(
                entry["code"],
                (
                    Target(LEFT, Text.from_json(entry["left"])),
                    Target(RIGHT, Text.from_json(entry["right"])),
                ),
            )
            for entry in material["pairs"]
        ),
    )


def author_key(material: Mapping) -> dict[tuple[str, str], float | None]:
    """The effectiveness that the options had when the panel was made, by ``(item code, option code)``."""
    return {
        (vignette["code"], option["code"]): option["effectiveness"]
        for vignette in material["vignettes"]
        for option in vignette["options"]
    }


def unchanged(material: Mapping, document: Mapping) -> frozenset[str]:
    """The codes of items that read in a document as they did when they were rated."""
    now = _wordings(freeze(document))
    return frozenset(code for code, wording in _wordings(material).items() if now.get(code) == wording)


def _wordings(material):
    vignettes = {
        entry["code"]: (entry["situation"], {option["code"]: option["text"] for option in entry["options"]})
        for entry in material["vignettes"]
    }
    return vignettes | {entry["code"]: (entry["left"], entry["right"]) for entry in material["pairs"]}


def in_own_order(targets: Iterable[Target], *, expert: str, item: str) -> Sequence[Target]:
    """The targets of an item in an order that looks like chance, differs by expert, and is the same on every visit."""
    return sorted(
        targets, key=lambda target: hashlib.sha256(f"{expert}|{item}|{target.code}".encode()).digest()
    )
