"""Keys and sides in balance, so that neither a yes-sayer nor a thumb gets a score (measurement.md 1.2, 1.3). Pure."""

from itertools import groupby

from questionnaires.bank_advice.findings import advice, content_items
from questionnaires.bank_advice.layout import of_scale

# Reversed Likert items confuse readers; about one in four is enough to slow down a yes-sayer.
MOST_REVERSED = 1 / 4
# A dimension of six items has two of them at most.
MOST_REVERSED_IN_DIMENSION = 1 / 3
# From this many items on, a dimension without a reversed one cannot tell agreement from assent.
LONG_DIMENSION = 6
# Half of the positive poles stand on each side, give or take.
SIDE_BALANCE = (0.4, 0.6)
MOST_ALIKE_IN_A_ROW = 2


def find(view):
    yield from _find_uneven_sides(view)
    yield from _find_too_many_reversed(view)
    yield from _find_key_problems_of_dimensions(view)
    yield from _find_runs(view)


def _of_type(items, kind):
    return [item for item in items if item.get("type") == kind]


def _find_uneven_sides(view):
    pairs = _of_type(content_items(view), "bipolar")
    if len(pairs) < 2:
        return
    on_the_right = sum(item.get("key", 1) == 1 for item in pairs)
    if not SIDE_BALANCE[0] <= on_the_right / len(pairs) <= SIDE_BALANCE[1]:
        yield advice(
            "side-balance",
            f"Kutub positif berada di kanan pada {on_the_right} dari {len(pairs)} butir; usahakan separuh-separuh.",
            ("sections",),
        )


def _find_too_many_reversed(view):
    likert = _of_type(content_items(view), "likert")
    is_reversed = sum(item.get("key", 1) == -1 for item in likert)
    if likert and is_reversed / len(likert) > MOST_REVERSED:
        yield advice(
            "key-balance",
            f"Butir berskor terbalik ada {is_reversed} dari {len(likert)} di kuesioner ini; "
            "paling banyak satu dari empat.",
            ("sections",),
        )


def _find_key_problems_of_dimensions(view):
    for scale in view.scales:
        if scale.get("kind") not in ("dimension", "climate"):
            continue
        likert = _of_type(of_scale(view, scale), "likert")
        is_reversed = sum(item.get("key", 1) == -1 for item in likert)
        if likert and is_reversed / len(likert) > MOST_REVERSED_IN_DIMENSION:
            yield advice(
                "key-balance",
                f"Butir berskor terbalik ada {is_reversed} dari {len(likert)}; sebaiknya tidak lebih dari sepertiga.",
                scale.keys,
            )
        elif len(likert) >= LONG_DIMENSION and not is_reversed:
            yield advice(
                "key-balance",
                f"Tidak ada butir berskor terbalik di antara {len(likert)} butir; "
                "orang yang selalu setuju mendapat skor penuh.",
                scale.keys,
            )


def _find_runs(view):
    """Sides of pairs in a row, and reversed items in a row; straight Likert items make up the rest and may follow."""
    content = content_items(view)
    for kind, name in (("bipolar", "kutub positif di sisi yang sama"), ("likert", "berskor terbalik")):
        for key, group in groupby(_of_type(content, kind), key=lambda item: item.get("key", 1)):
            alike = list(group)
            if len(alike) > MOST_ALIKE_IN_A_ROW and (kind == "bipolar" or key == -1):
                yield advice(
                    "alike-in-a-row",
                    f"{len(alike)} butir berturut-turut {name}; paling banyak {MOST_ALIKE_IN_A_ROW}.",
                    alike[MOST_ALIKE_IN_A_ROW].keys,
                )
