"""What editors do: make a panel, invite, withdraw, extend, close."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from panels import material, policies
from panels.models import ExpertPanel, PanelInvitation
from panels.tokens import digest, new_token
from questionnaires.document import build_document


@dataclass(frozen=True)
class NewExpert:
    """An expert to be asked. The name is how the editors tell the experts of a panel apart."""

    name: str
    email: str = ""
    expertise: str = ""


@transaction.atomic
def make_panel(*, version, purpose, opens_at, closes_at, by):
    """Makes a panel for a version, draft or published, and freezes what its experts will read.

    Raises:
        PolicyError: the times do not fit, there is nothing to rate, or an item cannot be rated yet.
    """
    now = timezone.now()
    policies.check_window(opens_at=opens_at, closes_at=closes_at, now=now)
    frozen = material.freeze(version.document or build_document(version))
    policies.check_material(frozen)
    panel = ExpertPanel.objects.create(
        questionnaire=version.questionnaire,
        version=version,
        version_number=version.number,
        purpose=purpose,
        opens_at=opens_at,
        closes_at=closes_at,
        material=frozen,
        created_at=now,
        created_by=by,
    )
    detail = {"questionnaire": version.questionnaire.code, "number": version.number}
    record(event="panel.created", by=by, target=panel, detail=detail)
    return panel


@transaction.atomic
def invite_experts(*, panel, experts, by):
    """Invites experts, all or none.

    Returns:
        ``(invitation, token)`` for each. A token is known here and never again: only its fingerprint is kept.

    Raises:
        PolicyError: the panel is closed, too many experts, or a name or an address stands twice.
    """
    current = lock(panel)
    policies.check_open(current)
    experts = list(experts)
    policies.check_invite(experts, already=current.invitations.filter(revoked_at__isnull=True))
    now, made = timezone.now(), []
    for expert in experts:
        token = new_token()
        invitation = PanelInvitation.objects.create(
            panel=current,
            name=expert.name,
            email=expert.email,
            expertise=expert.expertise,
            link_digest=digest(token),
            invited_at=now,
            link_made_at=now,
        )
        made.append((invitation, token))
    record(event="panel.experts_invited", by=by, target=current, detail={"experts": len(made)})
    return made


@transaction.atomic
def renew_link(*, invitation, seen_at, by):
    """Makes a new link, which ends the one before.

    Args:
        seen_at: when the link that the editor saw was made. A page that is sent twice must not end the link that the
            expert has just been given.

    Returns:
        the token of the new link.

    Raises:
        PolicyError: the expert needs no link any more, or another one was made in the meantime.
    """
    current = lock_invitation(invitation)
    policies.check_new_link(current)
    if current.link_made_at != seen_at:
        raise policies.PolicyError(
            _(
                "Tautan baru untuk pakar ini baru saja dibuat. Muat ulang halaman bila Anda tetap perlu yang baru."
            )
        )
    token = new_token()
    current.link_digest, current.link_made_at = digest(token), timezone.now()
    current.save(update_fields=["link_digest", "link_made_at"])
    record(event="panel.link_renewed", by=by, target=current.panel, detail={"invitation": current.pk})
    return token


@transaction.atomic
def revoke_invitation(*, invitation, by):
    """Withdraws an invitation: its link ends, and what the expert has rated so far does not count."""
    current = lock_invitation(invitation)
    policies.check_revoke(current)
    current.revoked_at = timezone.now()
    current.save(update_fields=["revoked_at"])
    detail = {"invitation": current.pk, "had_begun": current.opened_at is not None}
    record(event="panel.invitation_revoked", by=by, target=current.panel, detail=detail)
    return current


@transaction.atomic
def extend_panel(*, panel, closes_at, by):
    """Moves the end of an open panel, later or earlier."""
    current = lock(panel)
    policies.check_open(current)
    policies.check_window(opens_at=current.opens_at, closes_at=closes_at, now=timezone.now())
    current.closes_at = closes_at
    current.save(update_fields=["closes_at"])
    record(event="panel.extended", by=by, target=current, detail={"closes_at": closes_at.isoformat()})
    return current


@transaction.atomic
def close_panel(*, panel, by):
    """Ends a panel for good: from here its figures stand still."""
    current = lock(panel)
    policies.check_open(current)
    current.state, current.closed_at = ExpertPanel.State.CLOSED, timezone.now()
    current.save(update_fields=["state", "closed_at"])
    finished = current.invitations.filter(finished_at__isnull=False).count()
    record(event="panel.closed", by=by, target=current, detail={"finished": finished})
    return current


def lock(panel):
    """The panel as it is now, held until the transaction ends: rating and closing wait for each other."""
    return (
        ExpertPanel.objects.select_for_update(of=("self",)).select_related("questionnaire").get(pk=panel.pk)
    )


def lock_invitation(invitation):
    """The invitation as it is now, with its panel held as by :func:`lock`."""
    panel = lock(invitation.panel)
    current = PanelInvitation.objects.select_for_update().get(pk=invitation.pk)
    current.panel = panel
    return current
