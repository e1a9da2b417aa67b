"""Items that say what another item says already. Pure."""

import re

from rapidfuzz import fuzz, process

from questionnaires.bank_advice.findings import advice, content_items, statements
from questionnaires.bank_advice.sentences import without_window

# Measured on the shipped banks: different items reach 68 of 100, an item with one word changed stays above 85.
TOO_ALIKE = 80
# Below this a shared frame of words says nothing.
FEWEST_WORDS = 5
# What every statement shares: the person, the place, small words.
_FRAME = re.compile(
    r"\b(?:saya|anda|kami|di unit kerja saya|yang|dan|di|ke|dari|pada|untuk|dengan|agar|supaya)\b"
)
_SIGNS = re.compile(r"[^\w\s-]")


def find(view):
    yield from _find_duplicates(view)
    yield from _find_near_duplicates(view)


def _whole(item):
    """Everything of an item that is read, as one text to compare."""
    parts = [
        item.in_language("stem"),
        item.in_language("vignette"),
        *(text for _keys, text in statements(item)),
    ]
    return " ".join(dict.fromkeys(part.strip().lower() for part in parts if part))


def _find_duplicates(view):
    seen = {}
    for item in view.items:
        text = _whole(item)
        if not text:
            continue
        if text in seen:
            yield advice(
                "duplicate", f"Isi butir ini sama persis dengan butir {seen[text]}.", (*item.keys, "stem")
            )
        else:
            seen[text] = item.text("code")


def _find_near_duplicates(view):
    items = [item for item in content_items(view) if _is_long_enough(item)]
    stripped = [_stripped(item) for item in items]
    if len(items) < 2:
        return
    alike = process.cdist(stripped, stripped, scorer=fuzz.token_sort_ratio, score_cutoff=TOO_ALIKE)
    for number, item in enumerate(items):
        for other in range(number):
            if alike[number][other] and _whole(item) != _whole(items[other]):
                yield advice(
                    "near-duplicate",
                    f"Butir ini hampir sama dengan butir {items[other].text('code')}; "
                    "dua butir yang sama tidak menambah keterangan.",
                    (*item.keys, "stem"),
                )


def _is_long_enough(item):
    return len(_stripped(item).split()) >= FEWEST_WORDS


def _stripped(item):
    text = " ".join(without_window(text) for _keys, text in statements(item)).lower()
    return " ".join(_FRAME.sub(" ", _SIGNS.sub(" ", text)).split())
