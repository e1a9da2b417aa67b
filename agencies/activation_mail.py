"""Messages about codes: the code itself to whoever can be reached by e-mail, and word of a code that HR has made."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

# Nobody who has not signed in has chosen a language.
_LANGUAGE = "id"


def code_mail(*, person, agency, code, expires_at, connection=None) -> EmailMessage:
    """The code; without the NIP, so that the mail alone opens nothing."""
    with translation.override(_LANGUAGE):
        subject = _("%(product)s: kode untuk mengaktifkan akun") % {"product": settings.PRODUCT_NAME}
        until = date_format(localtime(expires_at, agency.zone), "j F Y H.i")
        text = {"code": code, "until": f"{until} {agency.time_zone}"}
        return _message(person, agency, subject, "agencies/mail/code.txt", text, connection)


def tell_of_forgotten_code(*, person, agency):
    """Tells the owner of an account that HR has made a code for it. A mail server that fails stops nothing."""
    if not person.email:
        return
    with translation.override(_LANGUAGE):
        subject = _("%(product)s: kode kata sandi dibuat untuk akun Anda") % {
            "product": settings.PRODUCT_NAME
        }
        mail = _message(person, agency, subject, "agencies/mail/forgotten_code.txt", {})
    try:
        mail.send()
    except (OSError, SMTPException):
        logger.warning("person %s was not told of a code", person.pk)


def _message(person, agency, subject, template, text, connection=None):
    body = render_to_string(
        template,
        {
            "name": person.get_full_name(),
            "agency": agency.name,
            "dpo_contact": agency.dpo_contact,
            "url": settings.SITE_URL + reverse("account_activate"),
            "product_name": settings.PRODUCT_NAME,
            **text,
        },
    )
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=subject, body=body, to=[person.email], headers=headers, connection=connection)
