"""The e-mail that something was shared: neither whose it is nor what it says, for mail passes through many machines."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def tell_recipient(share):
    """Mails the recipient, if there is an address. The share stands either way, so a refusal is logged and no more."""
    if not share.recipient.email:
        return
    try:
        share_mail(share).send()
    except Exception as fault:
        # The fault's own words may hold the address.
        logger.error("Mail about share %s could not be sent: %s", share.pk, type(fault).__name__)


def share_mail(share) -> EmailMessage:
    """The mail in both languages: which one the recipient reads is not known.

    Args:
        share: with its recipient loaded.
    """
    with translation.override("id"):
        # Nothing personal in the subject: it shows on locked screens and in the logs of mail servers.
        subject = _("%(product)s: ada laporan yang dibagikan kepada Anda") % {
            "product": settings.PRODUCT_NAME
        }
    context = {
        "name": share.recipient.get_full_name(),
        "ends_at": share.ends_at,
        "shares_url": settings.SITE_URL + reverse("reports:shares"),
    }
    return EmailMessage(
        subject=subject,
        body="\n".join(
            [*(_body(language, context) for language, _name in settings.LANGUAGES), settings.PRODUCT_NAME]
        ),
        to=[share.recipient.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _body(language, context):
    with translation.override(language):
        return render_to_string("reports/mail/shared.txt", context)
