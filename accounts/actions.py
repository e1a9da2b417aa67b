"""Writes to people's accounts."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.nip import parse_nip
from audit.actions import record


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
