"""What the statistics return: frozen values without NaN. Where one is None, ``reasons`` has a code under its name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# Warnings of a scale: the number is there, but look twice.
ZERO_VARIANCE_ITEMS = "zero_variance_items"
UNANSWERED_ITEMS = "unanswered_items"
MAYBE_MULTIDIMENSIONAL = "maybe_multidimensional"
NEGATIVE_ALPHA = "negative_alpha"
NO_MEASUREMENT_ERROR = "sem_zero"
OMEGA_NOT_CONVERGED = "omega_not_converged"
MANY_INCOMPLETE = "many_incomplete"


def _no_reasons() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class ScaleWarning:
    """Something to know about a scale; ``items`` are the codes that it is about, if any."""

    code: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemStatistics:
    """One item, keyed. Everything up to ``ceiling`` rests on all who answered it, the rest on complete cases.

    ``n`` answered, ``missing`` people gave no answer, for ``not_applicable`` it does not apply (counts).
    ``missing_share`` is out of those to whom it applies, ``not_applicable_share`` out of all. ``counts``:
    people for each value from the lowest to the highest, keyed. ``floor``, ``ceiling``: share (0..1) of the
    answers at the lowest and highest value. ``mean``, ``sd`` (n-1) in units of the answers, ``mean_0_100`` in
    points. ``loading`` on the one factor of omega.
    """

    code: str
    key: int
    minimum: int
    maximum: int
    n: int
    missing: int
    not_applicable: int
    missing_share: float | None
    not_applicable_share: float | None
    counts: tuple[int, ...] | None
    mean: float | None
    sd: float | None
    mean_0_100: float | None
    floor: float | None
    ceiling: float | None
    r_drop: float | None
    alpha_if_deleted: float | None
    loading: float | None
    reasons: Mapping[str, str] = field(default_factory=_no_reasons, hash=False)


@dataclass(frozen=True)
class ScaleStatistics:
    """One scale. ``n_used`` of ``n_total`` people answered all items that anybody answered; ``k_used`` items vary.

    Every coefficient rests on those people and items; only ``alpha_pairwise`` uses each pair of items with
    everybody who answered both. ``scale_*_raw`` are in units of the answers (the mean over the items),
    ``scale_*_0_100`` and ``sem_*`` in points of 0..100; ``sem_0_100`` rests on alpha, ``sem_omega_0_100`` on
    omega. ``scale_floor``, ``scale_ceiling``: share (0..1) of people at 0 and at 100. ``eigenvalues`` of the
    inter-item correlations, largest first.
    """

    n_total: int
    n_used: int
    k_total: int
    k_used: int
    items: tuple[ItemStatistics, ...]
    warnings: tuple[ScaleWarning, ...]
    alpha: float | None = None
    alpha_ci95_feldt: tuple[float, float] | None = None
    alpha_pairwise: float | None = None
    alpha_standardised: float | None = None
    mean_inter_item_r: float | None = None
    min_inter_item_r: float | None = None
    max_inter_item_r: float | None = None
    split_half_odd_even_r: float | None = None
    split_half_spearman_brown: float | None = None
    guttman_lambda4_odd_even: float | None = None
    omega_total: float | None = None
    omega_total_standardised: float | None = None
    eigenvalues: tuple[float, ...] | None = None
    scale_mean_raw: float | None = None
    scale_sd_raw: float | None = None
    scale_mean_0_100: float | None = None
    scale_sd_0_100: float | None = None
    scale_floor: float | None = None
    scale_ceiling: float | None = None
    sem_0_100: float | None = None
    sem_omega_0_100: float | None = None
    reasons: Mapping[str, str] = field(default_factory=_no_reasons, hash=False)

    @property
    def complete_share(self) -> float | None:
        """Share of the people who answered every item; None without people."""
        return self.n_used / self.n_total if self.n_total else None

    @property
    def has_many_incomplete(self) -> bool:
        """Fewer than 80 % complete: the pairwise alpha belongs beside the other."""
        return 5 * self.n_used < 4 * self.n_total

    def has_warning(self, code: str) -> bool:
        return any(warning.code == code for warning in self.warnings)
