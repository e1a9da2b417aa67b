"""The smallest group that may be published, and the one test built on it."""

THRESHOLD = 10
"""People. No figure may describe fewer: below ten, colleagues can guess who said what, and the UK Civil
Service People Survey draws the line at the same number. A campaign may ask for more, never for fewer."""


def check_threshold(threshold: int) -> None:
    """Raise ValueError if `threshold` (people) is below `THRESHOLD`."""
    if threshold < THRESHOLD:
        raise ValueError(f"The minimum group size must be at least {THRESHOLD}, not {threshold}.")


def small_sizes(threshold: int) -> frozenset[int]:
    """Sizes of groups that exist but are too small to be described. Nobody (0) is not a group.

    A set, because `small.isdisjoint(counts)` looks through a row of counts without a Python loop. Raises
    ValueError for a threshold below `THRESHOLD`.
    """
    check_threshold(threshold)
    return frozenset(range(1, threshold))
