"""What in the statistics deserves a look, as sentences. Guides for a reader, never a rule that removes an item."""

from dataclasses import dataclass

from scoring.statistics.reasons import gettext_noop
from scoring.statistics.values import (
    MANY_INCOMPLETE,
    MAYBE_MULTIDIMENSIONAL,
    NEGATIVE_ALPHA,
    NO_MEASUREMENT_ERROR,
    OMEGA_NOT_CONVERGED,
    UNANSWERED_ITEMS,
    ZERO_VARIANCE_ITEMS,
    ItemStatistics,
    ScaleStatistics,
)

MUCH_MISSING = 0.10  # of those to whom the item applies
ITEM_PILE, SCALE_PILE = 0.60, 0.15  # share at one end; the scale's by Terwee et al. 2007
LOW_REST_CORRELATION = 0.20
ALPHA_RANGE = (0.70, 0.95)  # Terwee et al. 2007
ALPHA_RISE = 0.02
INTER_ITEM_RANGE, REDUNDANT = (0.15, 0.50), 0.80

_WARNING_SENTENCES = {
    UNANSWERED_ITEMS: gettext_noop("Tidak seorang pun menjawab butir ini, jadi butir dikeluarkan: {items}."),
    ZERO_VARIANCE_ITEMS: gettext_noop(
        "Semua jawaban sama, jadi butir dikeluarkan dari perhitungan: {items}."
    ),
    MANY_INCOMPLETE: gettext_noop("Kurang dari 80% orang menjawab semua butir; lihat juga alfa berpasangan."),
    NEGATIVE_ALPHA: gettext_noop(
        "Alfa negatif: butir saling berlawanan. Periksa kunci butir terlebih dahulu."
    ),
    MAYBE_MULTIDIMENSIONAL: gettext_noop("Mungkin lebih dari satu dimensi: nilai eigen kedua besar."),
    NO_MEASUREMENT_ERROR: gettext_noop(
        "Reliabilitas tepat 1: butir saling mengulang; jangan menampilkan selang skor."
    ),
    OMEGA_NOT_CONVERGED: gettext_noop("Muatan faktor belum stabil; baca omega dengan hati-hati."),
}


@dataclass(frozen=True)
class Remark:
    """One observation: a code, the message (with ``{items}`` where it names some), and the items it is about."""

    code: str
    message: str
    items: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The Indonesian sentence, whole; a page in another language puts its translated message together."""
        return self.fill(self.message)

    def fill(self, message: str) -> str:
        return message.format(items=", ".join(self.items))


def item_remarks(item: ItemStatistics, scale: ScaleStatistics) -> tuple[Remark, ...]:
    """What deserves a look in one item; numbers that are not there say nothing."""
    found = []
    if _above(item.missing_share, MUCH_MISSING):
        found.append(Remark("missing", gettext_noop("Lebih dari 10% tidak menjawab.")))
    if _above(item.floor, ITEM_PILE):
        found.append(Remark("floor", gettext_noop("Nilai terendah dipilih lebih dari 60%.")))
    if _above(item.ceiling, ITEM_PILE):
        found.append(Remark("ceiling", gettext_noop("Nilai tertinggi dipilih lebih dari 60%.")))
    if item.r_drop is not None and item.r_drop < 0:
        found.append(
            Remark("check_key", gettext_noop("Berlawanan arah dengan butir lain: periksa kuncinya."))
        )
    elif item.r_drop is not None and item.r_drop < LOW_REST_CORRELATION:
        found.append(Remark("low_r_drop", gettext_noop("Kurang sejalan dengan butir lain (di bawah 0,20).")))
    if None not in (item.alpha_if_deleted, scale.alpha) and item.alpha_if_deleted - scale.alpha > ALPHA_RISE:
        found.append(
            Remark(
                "alpha_rises",
                gettext_noop("Alfa naik lebih dari 0,02 tanpa butir ini; tinjau isinya dahulu."),
            )
        )
    return tuple(found)


def scale_remarks(scale: ScaleStatistics) -> tuple[Remark, ...]:
    """What deserves a look in a scale: its warnings first, then the guides."""
    found = [
        Remark(warning.code, _WARNING_SENTENCES[warning.code], warning.items) for warning in scale.warnings
    ]
    if scale.alpha is not None and 0 <= scale.alpha < ALPHA_RANGE[0]:
        found.append(Remark("alpha_low", gettext_noop("Alfa di bawah 0,70.")))
    if _above(scale.alpha, ALPHA_RANGE[1]):
        found.append(
            Remark("alpha_high", gettext_noop("Alfa di atas 0,95: ada butir yang mungkin berlebihan."))
        )
    mean = scale.mean_inter_item_r
    if mean is not None and not INTER_ITEM_RANGE[0] <= mean <= INTER_ITEM_RANGE[1]:
        found.append(
            Remark("inter_item_mean", gettext_noop("Rata-rata korelasi antarbutir di luar 0,15–0,50."))
        )
    if _above(scale.max_inter_item_r, REDUNDANT):
        found.append(Remark("redundant", gettext_noop("Ada pasangan butir yang berkorelasi di atas 0,80.")))
    if _above(scale.scale_floor, SCALE_PILE):
        found.append(Remark("scale_floor", gettext_noop("Lebih dari 15% orang di skor 0.")))
    if _above(scale.scale_ceiling, SCALE_PILE):
        found.append(Remark("scale_ceiling", gettext_noop("Lebih dari 15% orang di skor 100.")))
    return tuple(found)


def _above(value: float | None, limit: float) -> bool:
    return value is not None and value > limit
