"""Writes to people's accounts."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notices
from accounts.activation_codes import digest_of, new_code
from accounts.models import ActivationCode, User
from accounts.nip import parse_nip
from accounts.sessions import end_sessions
from audit.actions import record, record_each

# Long enough for paper to reach a village, short enough for paper that was lost.
CODE_LASTS = timedelta(days=30)
# Whoever forgot the password stands at the desk.
FORGOTTEN_CODE_LASTS = timedelta(days=1)


class NipTaken(ValueError):
    """Somebody has an account with this number already; the message is the sentence that the user reads."""


@transaction.atomic
def create_user(*, nip, name, by, password=None, title_before="", title_after="", email=""):
    """Makes an account. Without a password the person cannot sign in until one is set.

    Raises:
        NipError: the number is not possible; the message is the sentence to show.
        NipTaken: there is an account with this number.
    """
    number = parse_nip(nip, today=timezone.localdate()).number
    if User.objects.filter(nip=number).exists():
        raise NipTaken(_("Sudah ada akun dengan NIP ini. Tidak ada yang dibuat atau diubah."))
    user = User(nip=number, name=name, title_before=title_before, title_after=title_after, email=email)
    user.set_password(password)
    user.save()
    record(event="user.created", by=by, target=user)
    return user


@transaction.atomic
def correct_person(*, person, by, agency_id=None, **fields):
    """Puts right what the account says about its person.

    Args:
        fields: ``name``, ``title_before``, ``title_after``, ``email``; those that are given.

    Returns:
        The names of those that changed; the trail keeps the names and never what they said.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
    if changed:
        for name in changed:
            setattr(person, name, fields[name])
        person.save(update_fields=changed)
        record(event="user.changed", by=by, target=person, agency_id=agency_id, detail={"fields": changed})
    return changed


@transaction.atomic
def activate(*, user, password, by):
    """Sets the first password and lets the person in."""
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    record(event="user.activated", by=by, target=user)
    return user


@transaction.atomic
def deactivate_user(*, user, by):
    """Closes the door; nothing that the person wrote is touched."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(event="user.deactivated", by=by, target=user)
    return user


class CodeRefused(ValueError):
    """Number and code open nothing; the message is the sentence that the user reads, the same whatever the cause."""


@transaction.atomic
def issue_codes(*, users, by, agency_id):
    """Makes a code for everybody who has no password yet, in place of an earlier one: ``{user: code as printed}``.

    It is known to the caller only, who prints or mails it.
    """
    waiting = [user for user in users if user.is_active and not user.has_usable_password()]
    codes = _replace_codes(waiting, lasts=CODE_LASTS, is_for_forgotten=False)
    record_each(event="user.code_issued", by=by, targets=waiting, agency_id=agency_id)
    return codes


@transaction.atomic
def issue_forgotten_code(*, user, reason, by, agency_id):
    """Makes a code for somebody who forgot the password; the old password stays good until the code is used.

    Args:
        reason: how it was made sure that it is this person; stands in the trail.
    """
    code = _replace_codes([user], lasts=FORGOTTEN_CODE_LASTS, is_for_forgotten=True)[user]
    detail = {"reason": reason}
    record(event="user.forgotten_code_issued", by=by, target=user, agency_id=agency_id, detail=detail)
    return code


def _replace_codes(users, *, lasts, is_for_forgotten):
    now, codes = timezone.now(), {user: new_code() for user in users}
    ActivationCode.objects.filter(user__in=users).delete()
    ActivationCode.objects.bulk_create(
        ActivationCode(
            user=user,
            digest=digest_of(user.pk, user.password, code),
            is_for_forgotten=is_for_forgotten,
            issued_at=now,
            expires_at=now + lasts,
        )
        for user, code in codes.items()
    )
    return codes


@transaction.atomic
def set_password_with_code(*, nip, code, password):
    """Sets the password of whoever brings number and code; the code is used up, and other sessions end.

    Raises:
        CodeRefused: unknown number, wrong, used or expired code, closed account: always the same sentence.
        ValidationError: the password is too much like what is known of the person; the code can be used again.
    """
    kept = _code_for(nip, code)
    if kept is None:
        raise CodeRefused(
            _(
                "NIP dan kode ini tidak cocok, atau kodenya sudah dipakai atau kedaluwarsa. Tidak ada yang berubah; "
                "periksa keduanya, atau minta kode baru kepada pengelola SDM."
            )
        )
    user = kept.user
    validate_password(password, user)
    kept.delete()
    if not kept.is_for_forgotten:
        return activate(user=user, password=password, by=user)
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user=user, by=user)
    record(event="user.password_set_by_code", by=user, target=user)
    transaction.on_commit(lambda: notices.send_change.enqueue(user.pk, "user.password_set_by_code"))
    return user


def _code_for(nip, code):
    """The kept code that number and code open, held until the transaction ends; None if they open nothing."""
    kept = (
        ActivationCode.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(user__nip=nip, user__is_active=True, expires_at__gt=timezone.now())
        .first()
    )
    # Compared even when there is nothing to compare with, so that the time of the answer tells nothing.
    whose = (kept.user_id, kept.user.password) if kept else (0, "")
    is_right = secrets.compare_digest(digest_of(*whose, code), kept.digest if kept else "-" * 64)
    return kept if is_right and kept.is_for_forgotten == kept.user.has_usable_password() else None
