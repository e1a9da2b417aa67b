"""E-mails about requests: to the administrators that one waits, and to the person that it was answered.

What was asked and what was answered is read after signing in; mail passes through many machines.
"""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop
from django_tasks import task

from accounts.models import User
from agencies.models import Role
from privacy.models import DataRequest

logger = logging.getLogger(__name__)

_SUBJECTS = {
    "asked": gettext_noop("%(product)s: ada permintaan tentang data pribadi"),
    "answered": gettext_noop("%(product)s: permintaan Anda sudah dijawab"),
    "erased": gettext_noop("%(product)s: data Anda sudah dihapus"),
}


@task()
def tell_asked(request_id: int):
    """Mails everybody who looks after the whole agency, each alone."""
    request = DataRequest.objects.select_related("agency").filter(pk=request_id).first()
    if request is None:
        return
    path = reverse("privacy:request", args=[request.agency.code, request.public_id])
    context = {"agency": request.agency.name, "due_at": request.due_at, "url": settings.SITE_URL + path}
    for address in administrators_of(request.agency):
        _send(address, "asked", context, request.agency.zone, f"request {request.pk}")


def administrators_of(agency) -> list[str]:
    """Addresses of the administrators of a whole agency."""
    whole = Q(
        role_grants__role=Role.AGENCY_ADMINISTRATOR,
        role_grants__agency=agency,
        role_grants__unit__isnull=True,
    )
    people = User.objects.filter(whole, is_active=True).exclude(email="").order_by("pk")
    return list(people.values_list("email", flat=True).distinct())


@task()
def tell_answered(request_id: int):
    """Mails the person, as a proof with the time; nothing to whoever has no address."""
    request = DataRequest.objects.select_related("agency", "person").filter(pk=request_id).first()
    if request is None or not request.person.email:
        return
    context = {
        "name": request.person.get_full_name(),
        "asked_at": request.asked_at,
        "decided_at": request.decided_at,
        "url": settings.SITE_URL + reverse("privacy:rights"),
    }
    zone = request.agency.zone if request.agency else timezone.get_default_timezone()
    _send(request.person.email, "answered", context, zone, f"request {request.pk}")


def tell_erased(address, asked_at):
    """Mails whoever was erased, at the address that was known until then."""
    if address:
        context = {"asked_at": asked_at, "decided_at": timezone.now()}
        _send(address, "erased", context, timezone.get_default_timezone(), "an erased account")


def _send(address, kind, context, zone, what):
    try:
        with timezone.override(zone):
            _mail(address, kind, context).send()
    except Exception as fault:
        # The fault's own words may hold the address.
        logger.error("Mail %s about %s could not be sent: %s", kind, what, type(fault).__name__)


def _mail(address, kind, context) -> EmailMessage:
    """In both languages: which one is read is not known."""
    with translation.override("id"):
        subject = gettext(_SUBJECTS[kind]) % {"product": settings.PRODUCT_NAME}
    context = {**context, "product": settings.PRODUCT_NAME}
    bodies = (_body(language, kind, context) for language, _name in settings.LANGUAGES)
    return EmailMessage(
        subject=subject,
        body="\n".join([*bodies, settings.PRODUCT_NAME]),
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _body(language, kind, context):
    with translation.override(language):
        return render_to_string(f"privacy/mail/{kind}.txt", context)
