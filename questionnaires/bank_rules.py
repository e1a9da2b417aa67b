"""What makes a bank fit to be answered, scored and reported. Pure; bank files and drafts go through the same rules.

:func:`check` is the door. Shape comes first (:mod:`questionnaires.bank_schema`), then what a schema cannot say (this
module, and :mod:`questionnaires.bank_item_rules` for items), then advice on wording and balance
(:mod:`questionnaires.bank_advice`). All rules run over broken input too, so that an editor reads every problem at once;
where the shape of a value is wrong, only the shape is reported.
"""

from collections import Counter
from dataclasses import replace

from questionnaires.bank_advice import find_advice
from questionnaires.bank_item_rules import ROLES_OF_TYPE, find_item_problems
from questionnaires.bank_schema import find_shape_problems
from questionnaires.bank_view import BankView, where
from questionnaires.feedback_bands import ALL_BANDS, BANDS_OF_KIND, FEWEST_TIPS
from questionnaires.problems import Problem, listed
from questionnaires.version_document import BIPOLAR, LIKERT

# Kinds of response sets whose length is given: seven positions between poles, ratings 1 to 5 as the experts gave them.
POINTS_OF_KIND = {"bipolar": ("dua kutub", 7), "effectiveness": ("ketepatan tindakan", 5)}
# Only rating scales and contrasts have a keyed position in which two items can agree.
UNPAIRED_TYPES = tuple(item_type for item_type in ROLES_OF_TYPE if item_type not in (LIKERT, BIPOLAR))


def check(bank, *, competency_codes=None) -> list[Problem]:
    """Every problem of a bank, in the order of the file.

    Args:
        bank: plain values as read from a bank file or made by ``bank_documents.to_bank``; may be broken.
        competency_codes: the codes that exist; None leaves competencies unchecked.
    """
    shape = find_shape_problems(bank)
    if not isinstance(bank, dict):
        return shape
    view = BankView(bank)
    wrong_shape = {problem.keys for problem in shape}
    rules = [
        *_find_repeated_codes(view),
        *_find_response_set_problems(view),
        *_find_scale_problems(view),
        *find_item_problems(view),
        *_find_pair_problems(view),
        *_find_unknown_competencies(view, competency_codes),
        *find_advice(view),
    ]
    problems = shape + [p for p in rules if not is_below(p.keys, wrong_shape)]
    problems.sort(key=lambda problem: _place(bank, problem.keys))
    return [replace(problem, where=where(bank, problem.keys)) for problem in problems]


def _place(value, keys):
    """Where a position stands in the file; what is missing stands behind what is there."""
    place = []
    for key in keys:
        if isinstance(value, dict):
            place.append(list(value).index(key) if key in value else len(value))
            value = value.get(key)
        else:
            place.append(key if isinstance(key, int) else 0)
            value = value[key] if isinstance(value, list) and isinstance(key, int) else None
    return place


def is_below(keys, places) -> bool:
    """Whether a position is one of some places, or lies within one."""
    return any(keys[:length] in places for length in range(1, len(keys) + 1))


def _find_repeated_codes(view):
    for kind, entries in (
        ("set jawaban", view.response_sets),
        ("skala", view.scales),
        ("bagian", view.sections),
        ("butir", view.items),
    ):
        seen = set()
        for entry in entries:
            code = entry.text("code")
            if code in seen:
                yield Problem(f"Kode {kind} “{code}” sudah dipakai di atas.", (*entry.keys, "code"))
            if code:
                seen.add(code)


def _find_response_set_problems(view):
    for entry in view.response_sets:
        values = entry.option_values
        if values != list(range(1, len(values) + 1)):
            yield Problem("Nilai pilihan harus 1, 2, 3, … berurutan tanpa celah.", (*entry.keys, "options"))
        points = POINTS_OF_KIND.get(entry.text("kind"))
        if points and len(values) != points[1]:
            yield Problem(
                f"Set jawaban {points[0]} harus mempunyai {points[1]} pilihan, bukan {len(values)}.",
                (*entry.keys, "options"),
            )
        for key in ("positive_values", "neutral_values"):
            strangers = [value for value in entry.items_of(key) if value not in values]
            if strangers:
                yield Problem(f"Nilai {listed(strangers)} tidak ada di set jawaban ini.", (*entry.keys, key))
        both = [v for v in entry.items_of("neutral_values") if v in entry.items_of("positive_values")]
        if both:
            yield Problem(
                f"Nilai {listed(both)} sekaligus positif dan netral.", (*entry.keys, "neutral_values")
            )


def _find_scale_problems(view):
    answered = {item.text("scale") for item in view.items}
    for scale in view.scales:
        yield from _find_parent_problems(view, scale)
        yield from _find_feedback_problems(scale)
        code = scale.text("code")
        facets = {other.text("code") for other in view.scales if other.get("parent") == code}
        if code and not ({code} | facets) & answered:
            yield Problem("Skala ini belum mempunyai butir.", scale.keys)
    if not any(scale.get("kind") in ("dimension", "climate", "situational") for scale in view.scales):
        yield Problem("Belum ada satu pun dimensi.", ("scales",))
    yield from _find_weightless_scales(view)


def _find_parent_problems(view, scale):
    code, parent = scale.text("code"), scale.get("parent")
    keys = (*scale.keys, "parent")
    if scale.get("kind") != "facet":
        if parent is not None:
            yield Problem("Hanya skala berjenis facet yang mempunyai dimensi induk (parent).", keys)
    elif parent is None:
        yield Problem("Aspek (facet) harus menyebut dimensi induknya (parent).", keys)
    elif parent not in view.scale_by_code:
        yield Problem(f"Dimensi induk “{parent}” tidak ada.", keys)
    elif code in _ancestors(view, parent):
        yield Problem("Induk skala ini melingkar kembali ke dirinya sendiri.", keys)
    elif view.scale_by_code[parent].get("kind") != "dimension":
        yield Problem(f"Induk “{parent}” bukan dimensi.", keys)


def _ancestors(view, code):
    """The code and everything above it; stops where a cycle closes."""
    seen = []
    while code in view.scale_by_code and code not in seen:
        seen.append(code)
        code = view.scale_by_code[code].get("parent")
    return seen


def _find_feedback_problems(scale):
    kind, feedback = scale.text("kind"), scale.get("feedback")
    keys = (*scale.keys, "feedback")
    bands = BANDS_OF_KIND.get(kind, ())
    if not bands:
        if feedback:
            yield Problem("Umpan balik hanya untuk dimensi, iklim, dan pertimbangan situasional.", keys)
        return
    if kind == "climate" and not feedback:
        return
    feedback = feedback if isinstance(feedback, dict) else {}
    for band in feedback:
        if band in ALL_BANDS and band not in bands:
            yield Problem(f"Kategori “{band}” tidak berlaku untuk jenis skala ini.", (*keys, band))
    for band in bands:
        if band not in feedback:
            yield Problem(f"Umpan balik untuk kategori “{band}” belum ada.", (*keys, band))
            continue
        tips = feedback[band].get("tips") if isinstance(feedback[band], dict) else None
        if isinstance(tips, list) and len(tips) < FEWEST_TIPS[band]:
            yield Problem(
                f"Saran untuk kategori “{band}” baru {len(tips)}; paling sedikit {FEWEST_TIPS[band]}.",
                (*keys, band, "tips"),
            )


def _find_weightless_scales(view):
    weights = {}
    for item in view.items:
        if item.get("role", "content") == "content" and isinstance(item.get("weight", 1), int | float):
            weights.setdefault(item.text("scale"), []).append(item.get("weight", 1))
    for scale in view.scales:
        of_scale = weights.get(scale.text("code"))
        if of_scale and not any(of_scale):
            yield Problem(
                "Bobot semua butir skala ini nol, sehingga skornya tidak dapat dihitung.", scale.keys
            )


def _find_pair_problems(view):
    seen = Counter()
    for index, pair in enumerate(view.pairs):
        keys = ("consistency_pairs", index)
        if not isinstance(pair, list) or len(pair) != 2:
            continue
        for position, code in enumerate(pair):
            if isinstance(code, str) and code not in view.item_by_code:
                yield Problem(f"Butir “{code}” pada pasangan ini tidak ada.", (*keys, position))
            elif isinstance(code, str) and view.item_by_code[code].get("type") in UNPAIRED_TYPES:
                yield Problem(
                    f"Butir “{code}” bukan butir skala atau dua kutub; pasangan konsistensi hanya untuk keduanya.",
                    (*keys, position),
                )
        if pair[0] == pair[1]:
            yield Problem("Pasangan konsistensi harus terdiri atas dua butir yang berbeda.", keys)
        both = tuple(sorted(str(code) for code in pair))
        seen[both] += 1
        if seen[both] > 1:
            yield Problem("Pasangan ini sudah ada di atas.", keys)


def _find_unknown_competencies(view, known):
    if known is None:
        return
    for entry in (*view.scales, *view.items):
        for index, code in enumerate(entry.items_of("competencies")):
            if isinstance(code, str) and code not in known:
                yield Problem(
                    f"Kompetensi “{code}” tidak ada di kerangka mana pun.",
                    (*entry.keys, "competencies", index),
                )
