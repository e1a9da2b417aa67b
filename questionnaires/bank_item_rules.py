"""What makes an item fit to be answered and scored, type by type. Pure; part of :mod:`questionnaires.bank_rules`."""

from questionnaires.bank_documents import TYPE_DEFAULTS
from questionnaires.bank_option_rules import find_option_problems
from questionnaires.problems import Problem, listed
from questionnaires.version_document import (
    ATTENTION,
    BIPOLAR,
    CONTENT,
    FORCED_CHOICE,
    LIKERT,
    OPEN_TEXT,
    RESPONSE_SET_TYPES,
    SINGLE_CHOICE,
    SITUATIONAL_TYPES,
    SJT_RATE,
    SOCIAL_DESIRABILITY,
    UNSCORED,
    has_levels,
)

# In which roles an item of each type can stand.
_SCALED_ROLES = (CONTENT, ATTENTION, SOCIAL_DESIRABILITY)
ROLES_OF_TYPE = {
    LIKERT: _SCALED_ROLES,
    BIPOLAR: _SCALED_ROLES,
    **dict.fromkeys(SITUATIONAL_TYPES, (CONTENT,)),
    FORCED_CHOICE: (CONTENT,),
    SINGLE_CHOICE: (UNSCORED,),
    OPEN_TEXT: (UNSCORED,),
}
# What only some types have; anything else of it is a mistake that nobody would ever see on the screen.
_KEYS_OF_TYPE = {item_type: {*defaults} for item_type, defaults in TYPE_DEFAULTS.items()} | {
    LIKERT: {"level_target"},
    BIPOLAR: {"left", "right", "desirability", "level_target"},
}
_POLES = ("left", "right")
_SPECIAL_KEYS = {key for keys in _KEYS_OF_TYPE.values() for key in keys} - {*_POLES}
_SCALED_KINDS = ("dimension", "facet", "climate")


def find_item_problems(view):
    """Every problem of every item, in the order of the form."""
    for item in view.items:
        yield from _find_type_problems(view, item)
        yield from _find_response_set_problems(view, item)
        yield from _find_item_scale_problems(view, item)
        yield from find_option_problems(view, item)
        yield from _find_level_problems(item)
        weight = item.get("weight", 1)
        if isinstance(weight, int | float) and round(weight, 2) != weight:
            yield Problem("Bobot paling banyak dua angka di belakang koma.", (*item.keys, "weight"))


def _find_type_problems(view, item):
    item_type, role = item.text("type"), _role(item)
    roles = ROLES_OF_TYPE.get(item_type)
    if roles is None:
        return
    if role not in roles and role in (*_SCALED_ROLES, UNSCORED):
        yield Problem(
            f"Butir berjenis {item_type} harus berperan {' atau '.join(roles)}.", (*item.keys, "role")
        )
    for key in sorted(_SPECIAL_KEYS - _KEYS_OF_TYPE.get(item_type, set())):
        if item.has(key):
            yield Problem(f"Kunci “{key}” tidak dipakai oleh butir berjenis {item_type}.", (*item.keys, key))
    if item_type not in (LIKERT, BIPOLAR):
        if item.get("na_allowed") is True:
            yield Problem("Butir berjenis ini tidak dapat dijawab tidak berlaku.", (*item.keys, "na_allowed"))
        if item.get("key", 1) == -1:
            yield Problem("Butir berjenis ini tidak mempunyai skor terbalik.", (*item.keys, "key"))
    if item_type == OPEN_TEXT and not item.has("longest"):
        yield Problem(
            "Teks terbuka harus menyebut panjang terbesarnya dalam karakter (longest).",
            (*item.keys, "longest"),
        )
    if item_type == FORCED_CHOICE and not view.allows_ipsative:
        yield Problem(
            "Pilihan paksa hanya boleh ada bila kepala kuesioner menyebut allow_ipsative: true.",
            (*item.keys, "type"),
        )


def _role(item):
    return item.text("role") if item.has("role") else CONTENT


def _find_response_set_problems(view, item):
    code, item_type = item.text("response_set"), item.text("type")
    keys = (*item.keys, "response_set")
    response_set = view.set_by_code.get(code)
    yield from _find_pole_problems(item)
    yield from _find_accept_problems(item, response_set)
    if item_type in ROLES_OF_TYPE and item_type not in RESPONSE_SET_TYPES:
        if code:
            yield Problem("Butir berjenis ini tidak memakai set jawaban; kosongkan response_set.", keys)
        return
    if not code:
        if not item.has("response_set"):
            yield Problem("Kunci “response_set” wajib ada.", keys)
        return
    if response_set is None:
        yield Problem(f"Set jawaban “{code}” tidak ada.", keys)
        return
    yield from _find_kind_problems(item, response_set)
    yield from _find_na_problems(item, response_set)


def _find_kind_problems(item, response_set):
    item_type, kind, keys = item.text("type"), response_set.get("kind"), (*item.keys, "response_set")
    if (item_type == BIPOLAR) != (kind == "bipolar") and item_type in (LIKERT, BIPOLAR):
        yield Problem("Butir dua kutub memakai set jawaban berjenis bipolar, butir lain tidak.", keys)
    elif (item_type == SJT_RATE) != (kind == "effectiveness") and item_type in RESPONSE_SET_TYPES:
        yield Problem("Butir sjt_rate memakai set jawaban berjenis effectiveness, butir lain tidak.", keys)


def _find_pole_problems(item):
    is_bipolar = item.text("type") == BIPOLAR
    for side, name in zip(_POLES, ("kiri", "kanan"), strict=True):
        if is_bipolar and not item.has(side):
            yield Problem(f"Butir dua kutub memerlukan teks kutub {name} ({side}).", (*item.keys, side))
        if not is_bipolar and item.has(side) and item.text("type") in ROLES_OF_TYPE:
            yield Problem("Hanya butir berjenis bipolar yang mempunyai kutub.", (*item.keys, side))


def _find_na_problems(item, response_set):
    if item.get("na_allowed") is True and not response_set.get("na_label"):
        yield Problem(
            f"Butir ini boleh dijawab tidak berlaku, tetapi set jawaban “{response_set.get('code')}” "
            "tidak mempunyai na_label.",
            (*item.keys, "na_allowed"),
        )


def _find_accept_problems(item, response_set):
    accepted = item.items_of("accept")
    keys = (*item.keys, "accept")
    if item.get("role") != ATTENTION:
        if accepted:
            yield Problem("Hanya butir perhatian (attention) yang mempunyai accept.", keys)
        return
    if not accepted:
        yield Problem("Butir perhatian harus menyebut nilai yang lulus (accept).", keys)
    if response_set is not None:
        strangers = [value for value in accepted if value not in response_set.option_values]
        if strangers:
            yield Problem(f"Nilai {listed(strangers)} di luar set jawabannya.", keys)


def _find_level_problems(item):
    """An item of a level speaks of one competency of the regulation that has levels, and of nothing else."""
    if not item.has("level_target"):
        return
    keys = (*item.keys, "level_target")
    if _role(item) != CONTENT:
        yield Problem("Hanya butir isi (content) yang mempunyai level_target.", keys)
    codes = item.items_of("competencies")
    if len(codes) != 1 or not has_levels(str(codes[0])):
        yield Problem(
            "Butir dengan level_target harus menyebut tepat satu kompetensi PermenPANRB 38/2017 di competencies "
            "(M.01 sampai M.08, atau S.01).",
            keys,
        )


def _find_item_scale_problems(view, item):
    role, item_type, code = _role(item), item.text("type"), item.get("scale")
    keys = (*item.keys, "scale")
    if role == ATTENTION or role == UNSCORED or item_type == FORCED_CHOICE:
        if code is not None:
            what = {ATTENTION: "Butir perhatian", UNSCORED: "Butir tanpa skor"}.get(role, "Pilihan paksa")
            yield Problem(f"{what} tidak termasuk skala mana pun; kosongkan scale.", keys)
        return
    if code is None:
        yield Problem("Butir ini belum mempunyai skala.", keys)
        return
    scale = view.scale_by_code.get(code)
    kind = scale.get("kind") if scale else None
    if scale is None:
        yield Problem(f"Skala “{code}” tidak ada.", keys)
    elif role == CONTENT and kind == "response_style":
        yield Problem(f"Butir isi tidak boleh berada di skala gaya menjawab “{code}”.", keys)
    elif role == SOCIAL_DESIRABILITY and kind in (*_SCALED_KINDS, "situational"):
        yield Problem(f"Butir gaya menjawab harus berada di skala response_style, bukan “{code}”.", keys)
    elif item_type in SITUATIONAL_TYPES and kind in _SCALED_KINDS:
        yield Problem(f"Butir situasional harus berada di skala situational, bukan “{code}”.", keys)
    elif item_type in (LIKERT, BIPOLAR) and kind == "situational":
        yield Problem(f"Skala “{code}” berjenis situational; isinya hanya butir situasional.", keys)
