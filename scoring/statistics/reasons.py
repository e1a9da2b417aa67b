"""Why a number is not there: a code for programs and an Indonesian sentence for people."""

from types import MappingProxyType

NO_ANSWERS = "no_answers"
TOO_FEW_PEOPLE = "fewer_than_2_people"
TOO_FEW_ITEMS = "fewer_than_2_items_with_variance"
ZERO_VARIANCE = "zero_variance"
ZERO_TOTAL_VARIANCE = "zero_total_variance"
ZERO_REST_VARIANCE = "zero_rest_variance"
ZERO_HALF_VARIANCE = "zero_half_variance"
NEEDS_THREE_ITEMS = "needs_3_items"
NEGATIVE_ONE = "denominator_zero"
PAIR_TOO_SMALL = "pair_without_2_people"
MIXED_RANGES = "mixed_ranges"
OMEGA_TOO_SMALL = "needs_k>=3_and_n>=10"
HEYWOOD = "heywood"
LOADING_NOT_POSITIVE = "loading_not_positive_check_keys"
N_BELOW_MINIMUM = "n_below_30"
DIF_GROUP_TOO_SMALL = "group_below_200"
NO_COMMON_STRATUM = "no_common_stratum"
TOO_FEW_GROUPS = "fewer_than_2_groups"
NO_WITHIN_VARIANCE = "no_degrees_of_freedom_within"
TOO_FEW_RATERS = "fewer_than_2_raters"
TOO_FEW_TARGETS = "fewer_than_2_targets"
RATINGS_WITHOUT_VARIANCE = "ratings_without_variance"
VARIANCE_NOT_POSITIVE = "variance_not_positive"
MORE_ITEMS_THAN_PEOPLE = "n_not_above_k"
REPEATED_ITEMS = "singular_covariance"
TOO_FEW_SYNONYMS = "fewer_than_5_pairs"


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the message catalogue; pages translate it, this module knows no language."""
    return sentence


REASONS = MappingProxyType(
    {
        NO_ANSWERS: gettext_noop("Tidak ada jawaban."),
        TOO_FEW_PEOPLE: gettext_noop("Kurang dari dua orang menjawab semua butir."),
        TOO_FEW_ITEMS: gettext_noop("Kurang dari dua butir yang jawabannya bervariasi."),
        ZERO_VARIANCE: gettext_noop("Semua orang memberi jawaban yang sama."),
        ZERO_TOTAL_VARIANCE: gettext_noop("Jumlah skor semua orang sama."),
        ZERO_REST_VARIANCE: gettext_noop("Jumlah butir lainnya sama bagi semua orang."),
        ZERO_HALF_VARIANCE: gettext_noop("Satu paruh skala sama bagi semua orang."),
        NEEDS_THREE_ITEMS: gettext_noop("Memerlukan sedikitnya tiga butir."),
        NEGATIVE_ONE: gettext_noop("Rumusnya membagi dengan nol pada data ini."),
        PAIR_TOO_SMALL: gettext_noop("Ada pasangan butir yang dijawab kurang dari dua orang."),
        MIXED_RANGES: gettext_noop("Butir-butirnya memakai rentang jawaban yang berbeda."),
        OMEGA_TOO_SMALL: gettext_noop("Omega memerlukan sedikitnya tiga butir dan sepuluh orang."),
        HEYWOOD: gettext_noop("Satu butir hampir sepenuhnya dijelaskan oleh faktor bersama (kasus Heywood)."),
        LOADING_NOT_POSITIVE: gettext_noop("Ada muatan faktor yang tidak positif; periksa kunci butir."),
        N_BELOW_MINIMUM: gettext_noop("Kurang dari 30 orang; tidak ditampilkan."),
        DIF_GROUP_TOO_SMALL: gettext_noop(
            "Perbandingan kelompok memerlukan sedikitnya 200 orang di setiap kelompok."
        ),
        NO_COMMON_STRATUM: gettext_noop("Kedua kelompok tidak mempunyai tingkat skor yang sama."),
        TOO_FEW_GROUPS: gettext_noop("Memerlukan sedikitnya dua kelompok."),
        NO_WITHIN_VARIANCE: gettext_noop("Setiap kelompok hanya berisi satu orang, atau semua skor sama."),
        TOO_FEW_RATERS: gettext_noop("Kurang dari dua penilai menilai semuanya."),
        TOO_FEW_TARGETS: gettext_noop("Kurang dari dua hal dinilai."),
        RATINGS_WITHOUT_VARIANCE: gettext_noop("Semua penilaian sama."),
        VARIANCE_NOT_POSITIVE: gettext_noop(
            "Para penilai tidak membedakan hal yang dinilai; kesepakatan tidak dapat dihitung."
        ),
        MORE_ITEMS_THAN_PEOPLE: gettext_noop(
            "Orang yang menjawab lengkap tidak lebih banyak daripada butirnya."
        ),
        REPEATED_ITEMS: gettext_noop("Ada butir yang dapat dihitung dari butir lain."),
        TOO_FEW_SYNONYMS: gettext_noop("Kurang dari lima pasangan butir yang berkorelasi di atas 0,60."),
    }
)


class Undefined(Exception):
    """A statistic that these data do not have; ``reason`` is a key of :data:`REASONS`."""

    def __init__(self, reason: str):
        super().__init__(REASONS[reason])
        self.reason = reason
