"""The e-mail of a reminder. It says that something is due, never what: mail passes through other people's machines."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from development.reminding import DUE


def reminder_mail(*, goal, kind, plan_settings, connection=None) -> EmailMessage:
    """The mail to the person of a goal, in the language that the person chose for reminders.

    Args:
        goal: with its person loaded.
        kind: ``HALF`` or ``DUE``.
    """
    stop = settings.SITE_URL + reverse("development:stop_reminders", args=[plan_settings.unsubscribe_key])
    with translation.override(plan_settings.language):
        # Nothing personal in the subject: it shows on locked screens and in the logs of mail servers.
        subject = _("%(product)s: pengingat rencana pengembangan") % {"product": settings.PRODUCT_NAME}
        body = render_to_string(
            "development/mail/reminder.txt",
            {
                "name": goal.person.get_full_name(),
                "due_on": goal.due_on,
                "is_due": kind == DUE,
                "goal_url": settings.SITE_URL + reverse("development:goal", args=[goal.public_id]),
                "stop_url": stop,
                "product_name": settings.PRODUCT_NAME,
            },
        )
    return EmailMessage(
        subject=subject,
        body=body,
        to=[goal.person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            # RFC 8058: the mail program may press the button by itself.
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        connection=connection,
    )
