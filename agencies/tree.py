"""Paths of the unit tree: ``0001/0003/`` is the third child of the first root. Pure; knows no database."""

DIGITS = 4
MOST_CHILDREN = 10**DIGITS - 1
MOST_LEVELS = 16
LONGEST_PATH = MOST_LEVELS * (DIGITS + 1)


def child_path(parent_path: str, number: int) -> str:
    """The path of a parent's ``number``-th child (from 1). The parent of a root is the empty path.

    Raises:
        ValueError: the number does not fit, or the path would be deeper than a tree may be.
            :func:`agencies.policies.check_branch_fits` says the same to people beforehand.
    """
    if not 1 <= number <= MOST_CHILDREN:
        raise ValueError(f"child number {number} is not in 1..{MOST_CHILDREN}")
    if depth(parent_path) >= MOST_LEVELS:
        raise ValueError(f"a tree has at most {MOST_LEVELS} levels")
    return f"{parent_path}{number:0{DIGITS}d}/"


def depth(path: str) -> int:
    return path.count("/")


def parent_path(path: str) -> str:
    """The path one step up; empty for a root."""
    return path[: path[:-1].rfind("/") + 1]


def ancestor_paths(path: str) -> list[str]:
    """All paths from the root down to the path itself."""
    steps = [part for part in path.split("/") if part]
    return ["/".join(steps[: count + 1]) + "/" for count in range(len(steps))]


def is_within(path: str, ancestor: str) -> bool:
    """Whether the path is the ancestor or lies below it."""
    return path.startswith(ancestor)
