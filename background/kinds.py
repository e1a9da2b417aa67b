"""The kinds of work that workers can do. Each app names its own in ``background_work.py``, found when Django starts."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of work: how people call it, and the function that does it, which is handed a ``Run``."""

    name: str
    label: str
    work: Callable


_KINDS: dict[str, Kind] = {}


def background_work(name: str, *, label):
    """Decorator: makes a function ``work(run)`` known as a kind of background work.

    Args:
        name: as ``noun.verb``, kept in the database.
        label: what people read, a lazily translated sentence without a full stop.
    """

    def register(work):
        assert name not in _KINDS, f"{name} is registered twice"
        _KINDS[name] = Kind(name, label, work)
        return work

    return register


def kind_of(name: str) -> Kind | None:
    """The kind of this name; None for one that this version of the product no longer has."""
    return _KINDS.get(name)


def label_of(name: str) -> str:
    """What people read; the bare name of a kind that is gone."""
    kind = kind_of(name)
    return str(kind.label) if kind else name
