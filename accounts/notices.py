"""E-mails about the account itself: the link for a forgotten password, and that something about signing in changed.

They are written by the queue: a page must not take longer for somebody with an address.
"""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop
from django_tasks import task

from accounts.models import User
from audit.presenters import SENTENCES

logger = logging.getLogger(__name__)

_SUBJECTS = {
    "password_link": gettext_noop("%(product)s: tautan untuk kata sandi baru"),
    "changed": gettext_noop("%(product)s: cara masuk akun Anda berubah"),
}


@task()
def send_password_link(user_id: int):
    """Mails the link to a person with a known address; nothing for anybody else (0 is nobody)."""
    person = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if person is None or not person.has_usable_password():
        return
    kwargs = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    url = settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=kwargs)
    minutes = settings.PASSWORD_RESET_TIMEOUT // 60
    _send(person, "password_link", {"url": url, "minutes": minutes})


@task()
def send_change(user_id: int, event: str):
    """Mails the person that something about signing in changed; ``event`` is one of the trail's."""
    person = User.objects.filter(pk=user_id).exclude(email="").first()
    if person is not None:
        _send(person, "changed", {"event": event, "moment": timezone.now()})


def _send(person, kind, context):
    try:
        _mail(person, kind, context).send()
    except Exception as fault:
        # The fault's own words may hold the address.
        logger.error("Mail %s to account %s could not be sent: %s", kind, person.pk, type(fault).__name__)


def _mail(person, kind, context) -> EmailMessage:
    """In both languages: which one the person reads is not known."""
    with translation.override("id"):
        subject = translation.gettext(_SUBJECTS[kind]) % {"product": settings.PRODUCT_NAME}
    context = {
        **context,
        "name": person.get_full_name(),
        "product": settings.PRODUCT_NAME,
        "places_url": settings.SITE_URL + reverse("usersessions_list"),
    }
    bodies = (_body(language, kind, context) for language, _name in settings.LANGUAGES)
    return EmailMessage(
        subject=subject,
        body="\n".join([*bodies, settings.PRODUCT_NAME]),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _body(language, kind, context):
    with translation.override(language):
        event = context.get("event")
        return render_to_string(
            f"accounts/mail/{kind}.txt", {**context, "what": str(SENTENCES[event]) if event else ""}
        )
