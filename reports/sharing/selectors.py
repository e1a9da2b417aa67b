"""Reads of shares. ``user`` comes first and is never defaulted: owner and recipient see their own, nobody else any."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Count, Max
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from questionnaires.document import load_document
from reports.models import ReportLook, ReportShare
from reports.sharing import naming, policies
from reports.sharing.parts import Choice, Part


@dataclass(frozen=True)
class SharedItem:
    """A share as a list shows it: ``ending`` is empty while it is open, ``dimensions`` are the names of those shared.

    ``looks`` and ``last_look`` are for the owner; the recipient knows.
    """

    share: ReportShare
    title: str
    ending: str
    dimensions: tuple[str, ...]
    parts: frozenset[Part]
    looks: int = 0
    last_look: object = None

    @property
    def is_open(self) -> bool:
        return not self.ending


def shares_given_by(user, *, attempt=None) -> tuple[SharedItem, ...]:
    """Everything the user has shared, or of one report: open ones first, then the newest. Two queries."""
    shares = ReportShare.objects.filter(owner=user)
    if attempt is not None:
        shares = shares.filter(attempt=attempt)
    items = [_item(share) for share in _listed(shares)]
    return tuple(sorted(items, key=lambda item: not item.is_open))


def shares_with(user) -> tuple[SharedItem, ...]:
    """What others share with the user now; what has ended is gone. Two queries."""
    return tuple(
        _item(share) for share in _listed(ReportShare.objects.filter(recipient=user).open_at(timezone.now()))
    )


def own_share(user, public_id) -> SharedItem:
    """One share that the user gave.

    Raises:
        Http404: there is no such share of this owner.
    """
    share = _listed(ReportShare.objects.filter(owner=user, public_id=public_id)).first()
    if share is None:
        raise Http404
    return _item(share)


def looks_of(share) -> tuple[ReportLook, ...]:
    """Every look at a share, newest first; ninety days hold few of them."""
    return tuple(share.looks.all())


def received_share(user, public_id) -> ReportShare:
    """A share that was given to the user, open or not, with all that its page needs.

    Raises:
        Http404: it was given to somebody else, or there is none.
    """
    shares = ReportShare.objects.select_related(
        "owner", "recipient", "attempt__person", "attempt__assignment__campaign"
    )
    share = shares.prefetch_related("parts").filter(recipient=user, public_id=public_id).first()
    if share is None:
        raise Http404
    return share


def choice_of(share) -> Choice:
    """What a share shows; its parts are loaded."""
    rows = share.parts.all()
    return Choice(
        dimensions=frozenset(row.scale_code for row in rows if row.part == Part.DIMENSION),
        parts=frozenset(Part(row.part) for row in rows if row.part != Part.DIMENSION),
    )


def find_recipient(user, *, nip: str, name: str):
    """The active person who has this NIP and this name, or None.

    Whether the number is unknown, the name another's, the account closed or the user's own makes no difference to the
    answer: numbers cannot be tried out here, and nobody learns a name that they did not know.
    """
    person = get_user_model().objects.filter(nip=nip, is_active=True).exclude(pk=user.pk).first()
    if person is None:
        return None
    titles = f"{person.title_before} {person.title_after}"
    return person if naming.is_name_of(name, name=person.name, titles=titles) else None


def _listed(shares):
    return (
        shares.select_related("owner", "recipient", "attempt")
        .prefetch_related("parts")
        .annotate(look_count=Count("looks"), last_look=Max("looks__looked_at"))
    )


def _item(share) -> SharedItem:
    document = load_document(share.attempt.version_id)
    language = get_language() or "id"
    choice = choice_of(share)
    return SharedItem(
        share=share,
        title=document.title.in_language(language),
        ending=policies.ending_of(share, now=timezone.now()),
        dimensions=tuple(
            scale.name.in_language(language)
            for scale in document.dimensions
            if scale.code in choice.dimensions
        ),
        parts=choice.parts,
        looks=share.look_count,
        last_look=share.last_look,
    )
