"""One behaviour, said once, without a knot in it (measurement.md 1.2, 1.3, 7). Pure.

The rules are heuristics of Indonesian wording. Each stays quiet where it would mostly be wrong; what it leaves out
stands beside its table, with the reason.
"""

import re

from questionnaires.bank_advice.findings import advice, content_items, options, refusal, statements, texts
from questionnaires.bank_advice.sentences import WINDOW, behaviour, clauses
from questionnaires.bank_view import items_of

# The contrast is shown as two defensible ways of working, never as a verdict.
_VERDICTS = re.compile(r"\b\w*(?:ukses|gagal)\w*\b", re.IGNORECASE)  # also "menyukseskan", "kegagalan"

_WORD = r"[A-Za-zÀ-ÿ]+(?:-[A-Za-zÀ-ÿ]+)*"
_JOINT = re.compile(
    rf"({_WORD}),?\s+(dan/atau|dan|atau|serta|maupun|sekaligus)\s+({_WORD})|({_WORD})\s*(/)\s*({_WORD})",
    re.IGNORECASE,
)
_VERB = re.compile(r"^(?:me|ber|di|ter)[a-z]{3,}")
_NOT_VERBS = frozenset(
    "mereka meja media meski meskipun menurut mental merah medis mesin beragam berbagai bersama beberapa berbeda "
    "berita berkas berikut besar benar dinas diri digital direktur disiplin dinding tersebut terhadap terakhir "
    "tertentu tertib terlalu teratur terbaru terkait terbatas".split()
)
# One thing under two names, or a scale and not two things. "Atau tidak" closes a question.
_FIXED_PAIRS = frozenset(
    "hak/kewajiban sarana/prasarana suka/duka pro/kontra pulang/pergi naik/turun satu/dua dua/tiga besar/kecil "
    "cepat/lambat ya/tidak siang/malam pagi/sore plus/minus tanya/jawab susah/senang baik/buruk".split()
)
_AFTER_FREELY = frozenset("tidak belum bukan lebih kurang sebaliknya".split())
# These predicates need two parties: "pegawai dan pimpinan saling menunggu" is one thing, not two.
_NEEDS_TWO = re.compile(
    r"\b(?:saling|sependapat|sepaham|sepakat|bersepakat|sejalan|selaras|menyelaraskan|mencocokkan|membandingkan|"
    r"membedakan|menyeimbangkan|mendamaikan|mempertemukan|menghubungkan|antara)\b",
    re.IGNORECASE,
)

_NEGATIONS = re.compile(r"\b(?:tidak|tak|bukan|belum|tanpa|jarang|jangan|enggan|mustahil)\b", re.IGNORECASE)
# Said with a negation, meant without one.
_NO_NEGATION = re.compile(
    r"\b(?:(?:tidak|bukan)\s+(?:hanya|saja|sekadar|cuma)|mau\s+tidak\s+mau|tidak\s+lain|belum\s+tentu|"
    r"tidak\s+(?:setuju|berlaku)|tak\s+terduga)\b",
    re.IGNORECASE,
)
# The relative clause after "tidak ada" belongs to it.
_NONE_THAT_NOT = re.compile(r"\btidak ada\b[^,.;]*\b(?:yang )?(?:tidak|belum|tanpa)\b", re.IGNORECASE)
_NEGATED_SELF = re.compile(
    r"^(?:saya|kami|pegawai)\s+(?:\w+\s+)?(?:tidak|tak|belum|bukan|jarang)\b", re.IGNORECASE
)

_VIRTUES = (
    "jujur|disiplin|rajin|ramah|sopan|santun|sabar|ulet|tekun|gigih|giat|loyal|setia|adil|netral|amanah|ikhlas|tulus|"
    "profesional|kompeten|kreatif|inovatif|proaktif|peduli|bijaksana|rendah hati|tegas|visioner|egaliter|demokratis|"
    "berintegritas|bertanggung jawab|berdedikasi|berkomitmen|bersemangat|berakhlak|berjiwa melayani"
)
_IS_A_VIRTUE = re.compile(
    r"\b(?:saya|kami)\s+(?:(?:adalah|merupakan|termasuk|selalu|tetap|sangat|cukup|orang(?:nya)?|pribadi|pegawai|yang|"
    rf"seorang|bersikap|menjadi)\s+)*(?:{_VIRTUES})\b",
    re.IGNORECASE,
)
_HAS_A_VIRTUE = re.compile(
    r"\b(?:memiliki|mempunyai|menjunjung|menunjukkan|mengutamakan|menjaga)\s+(?:\w+\s+){0,2}"
    r"(?:integritas|dedikasi|komitmen|etos kerja|loyalitas|kejujuran|disiplin|semangat|profesionalisme|tanggung jawab|"
    r"jiwa melayani|akhlak)\b",
    re.IGNORECASE,
)


def find(view):
    for item in content_items(view):
        yield from _find_double_barrelled(item)
        yield from _find_virtues(item)
    for item in view.items:
        yield from _find_double_negations(item)
        yield from _find_negated_reversals(item)
    yield from _find_missing_windows(view)
    for keys, text in texts(view.bank):
        found = _VERDICTS.search(text)
        if found:
            message = f"Kata “{found.group()}” menghakimi; hindari “sukses” dan “gagal” di layar."
            yield refusal("verdict", message, keys)


def _find_double_barrelled(item):
    """Two behaviours or two objects in what is judged. The scene before it may hold two: nobody rates the scene.

    “Sambil” and “lalu” say how one thing is done, and are left alone.
    """
    for keys, text in statements(item):
        judged = behaviour(text)
        for match in _JOINT.finditer(judged):
            before, joint, after = (part for part in match.groups() if part)
            if _is_one_thing(judged, before, joint.lower(), after):
                continue
            kind = "Dua perilaku" if is_verb(after) else "Dua hal"
            yield advice(
                "double-barrelled",
                f"{kind} dalam satu pernyataan: “{match.group()}”. Orang dapat melakukan yang satu tanpa yang lain; "
                "pilih satu atau pecah menjadi dua butir.",
                keys,
            )
            break


def _is_one_thing(judged, before, joint, after):
    if joint == "sekaligus" and not is_verb(after):
        return True  # "beberapa tugas sekaligus": at once
    if joint == "serta" and before.lower() in ("ikut", "turut", "peran"):
        return True
    if joint == "atau" and after.lower() in _AFTER_FREELY:
        return True
    if joint != "atau" and _NEEDS_TWO.search(judged):
        return True
    is_name = before[:1].isupper() and after[:1].isupper()
    return is_name or f"{before}/{after}".lower() in _FIXED_PAIRS


def is_verb(word: str) -> bool:
    """Whether a word looks like an Indonesian verb: me-, ber-, di- or ter- and at least three letters more."""
    word = word.lower()
    return bool(_VERB.match(word)) and word not in _NOT_VERBS


def _find_double_negations(item):
    for keys, text in [*statements(item), *options(item)]:
        plain = _NO_NEGATION.sub(" ", text)
        for clause in [*_NONE_THAT_NOT.findall(plain), *clauses(plain)]:
            found = _NEGATIONS.findall(clause)
            if len(found) > 1:
                yield advice(
                    "double-negation",
                    f"Ingkaran ganda ({' … '.join(word.lower() for word in found)}) mudah salah dibaca; "
                    "katakan dengan kalimat positif.",
                    keys,
                )
                break


def _find_negated_reversals(item):
    """A reversed item describes the opposite behaviour; an inserted “tidak” is overlooked."""
    if item.get("type") != "likert" or item.get("key", 1) != -1:
        return
    if _NEGATED_SELF.match(behaviour(item.in_language("stem"))):
        yield advice(
            "negated-reversal",
            "Butir berskor terbalik ini dibentuk dengan kata ingkar; tuliskan perilaku lawannya.",
            (*item.keys, "stem", "id"),
        )


def _find_virtues(item):
    for keys, text in statements(item):
        judged = behaviour(text)
        found = _IS_A_VIRTUE.search(judged) or _HAS_A_VIRTUE.search(judged)
        if found:
            yield advice(
                "virtue",
                f"“{found.group()}” menyebut sifat baik, bukan tindakan yang dapat dilihat orang lain.",
                keys,
            )


def _find_missing_windows(view):
    """“Sering” means nothing without a time; the instruction of the page may give it for all."""
    for section in view.sections:
        if WINDOW.search(section.in_language("instruction")):
            continue
        for item in items_of(section):
            answers = view.set_by_code.get(item.get("response_set"))
            asks_how_often = answers is not None and answers.get("kind") == "frequency"
            if item.get("role", "content") != "content" or not asks_how_often:
                continue
            if not WINDOW.search(item.in_language("stem")):
                yield advice(
                    "no-time-window",
                    "Pernyataan frekuensi ini tidak menyebut rentang waktu, petunjuk halamannya juga tidak.",
                    (*item.keys, "stem", "id"),
                )
