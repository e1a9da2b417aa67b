"""Whether a second release about the same group may follow a first."""

from collections.abc import Hashable, Iterable

from .threshold import THRESHOLD, small_sizes


def release_allowed(
    *,
    old_ids: Iterable[Hashable],
    new_ids: Iterable[Hashable],
    threshold: int = THRESHOLD,
    same_wave: bool = True,
) -> bool:
    """Whether results of the people `new_ids` may be released after those of `old_ids` were.

    For corrections, filters, re-runs and exports of one wave: subtracting the two releases describes those
    who joined and those who left, so both differences must be nobody or at least `threshold` people. Another
    wave has other answers, which cannot be subtracted person by person: always allowed (a paired change needs
    `threshold` paired people of its own).

    Ask once for every earlier release of the group. Pairs are what this rule looks at: sums over three or
    more overlapping releases are not covered, so keep releases few. Raises ValueError for a threshold under
    10.
    """
    old, new = frozenset(old_ids), frozenset(new_ids)
    return release_allowed_by_counts(
        old=len(old), new=len(new), overlap=len(old & new), threshold=threshold, same_wave=same_wave
    )


def release_allowed_by_counts(
    *, old: int, new: int, overlap: int, threshold: int = THRESHOLD, same_wave: bool = True
) -> bool:
    """`release_allowed` from counts of people: in the old release, in the new one, in both.

    Raises ValueError for negative counts or an overlap larger than either release.
    """
    small = small_sizes(threshold)
    if overlap < 0 or overlap > min(old, new):
        raise ValueError("The overlap of two releases lies between nobody and the smaller of the two.")
    if not same_wave:
        return True
    return small.isdisjoint((old - overlap, new - overlap))
