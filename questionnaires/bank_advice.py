"""Advice on wording and balance (measurement.md section 1, domain.md section 6). Never stops a publication. Pure."""

import re

from questionnaires.bank_view import items_of
from questionnaires.problems import Problem, Severity

LONGEST_STEM = 22  # words
FEWEST_ITEMS_A_PAGE, MOST_ITEMS_A_PAGE = 4, 6
FEWEST_ITEMS_A_DIMENSION = 3
# Reversed Likert items confuse readers; about one in four is enough to slow down a yes-sayer.
MOST_REVERSED = 1 / 3
# Half of the positive poles stand on each side, give or take.
SIDE_BALANCE = (0.4, 0.6)
# The contrast is shown as two defensible ways of working, never as a verdict.
VERDICTS = re.compile(r"\b\w*(?:ukses|gagal)\w*\b", re.IGNORECASE)  # also "menyukseskan", "kegagalan"


def find_advice(view) -> list[Problem]:
    """Everything worth a second look."""
    return [
        *_find_long_stems(view),
        *_find_uneven_pages(view),
        *_find_short_dimensions(view),
        *_find_key_imbalance(view),
        *_find_verdicts(view.bank, ()),
        *_find_missing_reflections(view),
    ]


def _advice(message, keys):
    return Problem(message, keys, severity=Severity.WARNING)


def _find_long_stems(view):
    for item in view.items:
        for key in ("stem", "left", "right"):
            words = len(item.in_language(key).split())
            if words > LONGEST_STEM:
                yield _advice(
                    f"Panjangnya {words} kata; lebih dari {LONGEST_STEM} kata sukar dibaca.",
                    (*item.keys, key, "id"),
                )


def _find_uneven_pages(view):
    for section in view.sections:
        count = len(items_of(section))
        if count and not FEWEST_ITEMS_A_PAGE <= count <= MOST_ITEMS_A_PAGE:
            yield _advice(
                f"Bagian ini berisi {count} butir; satu halaman sebaiknya "
                f"{FEWEST_ITEMS_A_PAGE}–{MOST_ITEMS_A_PAGE} butir.",
                section.keys,
            )


def _content_items(view, scale):
    """The content items of a dimension and of its facets."""
    code = scale.text("code")
    codes = {code} | {other.text("code") for other in view.scales if other.get("parent") == code}
    return [i for i in view.items if i.get("role", "content") == "content" and i.text("scale") in codes]


def _find_short_dimensions(view):
    for scale in view.scales:
        count = len(_content_items(view, scale))
        if scale.get("kind") == "dimension" and 0 < count < FEWEST_ITEMS_A_DIMENSION:
            yield _advice(
                f"Dimensi ini baru mempunyai {count} butir; paling sedikit {FEWEST_ITEMS_A_DIMENSION} "
                "agar skornya berarti.",
                scale.keys,
            )


def _find_key_imbalance(view):
    content = [item for item in view.items if item.get("role", "content") == "content"]
    bipolar = [item for item in content if item.get("type") == "bipolar"]
    if len(bipolar) > 1:
        on_the_right = sum(item.get("key", 1) == 1 for item in bipolar)
        if not SIDE_BALANCE[0] <= on_the_right / len(bipolar) <= SIDE_BALANCE[1]:
            yield _advice(
                f"Kutub positif berada di kanan pada {on_the_right} dari {len(bipolar)} butir; "
                "usahakan separuh-separuh.",
                ("sections",),
            )
    for scale in view.scales:
        likert = [i for i in _content_items(view, scale) if i.get("type") == "likert"]
        is_reversed = sum(item.get("key", 1) == -1 for item in likert)
        if scale.get("kind") == "dimension" and likert and is_reversed / len(likert) > MOST_REVERSED:
            yield _advice(
                f"Butir berskor terbalik ada {is_reversed} dari {len(likert)}; sebaiknya tidak lebih dari sepertiga.",
                scale.keys,
            )


def _find_verdicts(value, keys):
    """Walks every text that somebody reads in Indonesian."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _find_verdicts(each, (*keys, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _find_verdicts(each, (*keys, index))
    elif isinstance(value, str) and keys[-1] == "id":
        found = VERDICTS.search(value)
        if found:
            yield _advice(f"Kata “{found.group()}” menghakimi; hindari “sukses” dan “gagal” di layar.", keys)


def _find_missing_reflections(view):
    for item in view.items:
        if item.get("role", "content") == "content" and not item.in_language("reflection"):
            yield _advice("Pertanyaan refleksi belum ada.", (*item.keys, "reflection"))
