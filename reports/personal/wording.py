"""The sentences of the personal report, in the active language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questionnaires.version_document import SJT_BEST_WORST, SJT_RATE
from scoring.change import DOWN, UP
from scoring.items import DICHOTOMOUS
from scoring.profile import Profile
from scoring.quality import LOW, REVIEW
from scoring.scales import TOO_FEW_ANSWERS, TOO_MANY_NA


def within_sentence(name: str) -> str:
    """A name as it stands in the middle of a sentence."""
    return name[:1].lower() + name[1:]


def headline(profile: Profile, names: dict[str, str]) -> str:
    """The message of the profile in one sentence; nobody is made to have a strength or a weakness."""
    strength = within_sentence(names[profile.strengths[0].scale]) if profile.strengths else ""
    growth = names[profile.growth[0].scale] if profile.growth else ""
    if strength and growth:
        return _("Paling menonjol: %(strength)s; %(growth)s masih punya ruang untuk tumbuh.") % {
            "strength": strength,
            "growth": within_sentence(growth),
        }
    if strength:
        return _("Paling menonjol: %(strength)s.") % {"strength": strength}
    if growth:
        return _("%(growth)s masih punya ruang untuk tumbuh.") % {"growth": growth}
    if profile.is_level:
        return _("Profil Anda merata: tidak ada dimensi yang menonjol.")
    return _("Jawaban Anda belum cukup untuk membandingkan dimensi.")


def not_scored(reason: str | None, needed: int) -> str:
    """Why a dimension has no score and what would give it one."""
    if reason == TOO_FEW_ANSWERS:
        return ngettext(
            "Belum dapat dihitung: %(count)s jawaban lagi diperlukan.",
            "Belum dapat dihitung: %(count)s jawaban lagi diperlukan.",
            needed,
        ) % {"count": needed}
    if reason == TOO_MANY_NA:
        return _("Belum dapat dihitung: terlalu banyak butir yang tidak berlaku bagi tugas Anda.")
    return _("Belum dapat dihitung.")


def unreliable() -> str:
    """In place of a score whose reliability is below .60."""
    return _(
        "Skor tidak ditampilkan: dalam contoh kalibrasi, butir dimensi ini belum cukup andal untuk diringkas "
        "menjadi satu angka. Jawaban Anda tetap dapat dibaca butir demi butir."
    )


def precision(low: int, high: int) -> str:
    return _("kira-kira %(low)s–%(high)s") % {"low": low, "high": high}


def two_bands(first: str, second: str) -> str:
    return _("%(first)s – mungkin %(second)s") % {"first": first, "second": second}


def indicative(reliability: str) -> str:
    return _(
        "Indikatif: keandalan dimensi ini %(reliability)s, jadi bacalah skornya sebagai ancar-ancar."
    ) % {"reliability": reliability}


def percentile(rank: int) -> str:
    return _("Persentil %(rank)s dalam kelompok pembanding") % {"rank": rank}


def change(verdict: str) -> str:
    """What a difference between two attempts amounts to; never the effect of anything."""
    if verdict == UP:
        return _("naik secara berarti")
    return _("turun secara berarti") if verdict == DOWN else _("dalam rentang ketelitian")


def facets(highest: str, lowest: str) -> str:
    return _("Yang paling sering muncul: %(highest)s. Yang paling jarang: %(lowest)s.") % {
        "highest": within_sentence(highest),
        "lowest": within_sentence(lowest),
    }


def quality_note(rating: str) -> str:
    """A gentle word about how the form was filled in; empty where there is nothing to say."""
    if rating == LOW:
        return _(
            "Beberapa tanda menunjukkan bahwa sebagian butir mungkin terjawab terlalu cepat atau kurang sejalan "
            "satu sama lain. Bacalah laporan ini sebagai gambaran awal. Hanya Anda yang melihat catatan ini."
        )
    if rating == REVIEW:
        return _(
            "Ada satu tanda bahwa sebagian butir mungkin terjawab agak cepat atau kurang sejalan. Pertimbangkan "
            "hal itu saat membaca hasilnya. Hanya Anda yang melihat catatan ini."
        )
    return ""


def style_note() -> str:
    return _(
        "Jawaban Anda pada beberapa butir sangat ideal; pertimbangkan contoh nyata. "
        "Catatan ini tidak mengubah skor apa pun."
    )


def question_about(text: str) -> str:
    """The question for an item whose authors wrote none."""
    return _("Kapan terakhir hal ini terjadi, dan apa yang membantu: %(behaviour)s") % {"behaviour": text}


def unanswered() -> str:
    return _("Belum dijawab")


def not_applicable() -> str:
    return _("Tidak berlaku")


def left_empty() -> str:
    return _("Dikosongkan")


def author_key() -> str:
    return _("Kunci penyusun, belum divalidasi panel ahli.")


def panel_key(experts: int, icc: str) -> str:
    """Whose key it is where a panel has rated the actions; ``icc`` as text."""
    return _("Kunci panel %(experts)s ahli, ICC(2,k) %(icc)s.") % {"experts": experts, "icc": icc}


def all_or_nothing(score: str) -> str:
    return _("Tindakan paling tepat menurut kunci bernilai 1, yang lain 0: %(score)s") % {"score": score}


def vignette_rule(item_type: str, scoring: str) -> str:
    """How an answer to a kind of vignette becomes a score between 0 and 1."""
    if item_type == SJT_RATE:
        return _(
            "Situasi dengan penilaian setiap tindakan: 1 − jumlah selisih penilaian Anda dari kunci ÷ jumlah selisih "
            "terjauh yang mungkin."
        )
    if item_type == SJT_BEST_WORST:
        return _(
            "Situasi dengan dua pilihan: (1 + bobot tindakan yang Anda sebut paling tepat − bobot tindakan yang Anda "
            "sebut paling kurang tepat) ÷ 2. Bobot = (ketepatan − terendah) ÷ (tertinggi − terendah) menurut kunci."
        )
    if scoring == DICHOTOMOUS:
        return _("Situasi benar atau tidak: 1 untuk tindakan paling tepat menurut kunci, selain itu 0.")
    return _(
        "Situasi dengan satu pilihan: (ketepatan tindakan pilihan Anda − terendah) ÷ (tertinggi − terendah) "
        "menurut kunci."
    )


def interval_working(score: str, sem: str) -> str:
    return _("%(score)s ± 1,96 × %(sem)s (galat baku pengukuran)") % {"score": score, "sem": sem}


def prompts() -> tuple[str, ...]:
    """Questions that fit every questionnaire: evidence, conditions, another pair of eyes."""
    return (
        _("Bukti apa yang akan disebut seorang rekan kerja bila ia membaca jawaban Anda?"),
        _("Dalam keadaan seperti apa perilaku yang Anda inginkan paling mudah muncul?"),
        _("Dengan siapa Anda ingin membicarakan satu temuan dari laporan ini?"),
    )


def method(code: str) -> str:
    """How a tip is learnt, in words."""
    return {
        "pelatihan": _("Pelatihan"),
        "coaching": _("Coaching"),
        "mentoring": _("Mentoring"),
        "magang": _("Magang"),
        "belajar_mandiri": _("Belajar mandiri"),
        "penugasan": _("Penugasan"),
        "seminar": _("Seminar"),
        "komunitas": _("Komunitas belajar"),
    }.get(code, "")
