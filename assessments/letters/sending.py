"""Sending what is due of a period: the messages, and one run over them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.templatetags.local_time import date_and_clock
from assessments.letters import actions, selectors
from assessments.letters.timing import INVITATION
from assessments.letters.wording import fill
from assessments.mailing import Sent, send_each
from assessments.periods.selectors import asked_versions, minutes_of

_SALT = "assessments.letters.stop"
# Letters carry the agency's own words, which are Indonesian.
_LANGUAGE = "id"


def stop_token(person_id: int) -> str:
    """What stands in the link of every letter; whoever holds it can stop and restart reminders and nothing else."""
    return signing.dumps(person_id, salt=_SALT)


def person_of_token(token: str) -> int | None:
    try:
        return signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None


def send_letters(campaign, *, by, progress=None) -> Sent:
    """Sends every letter that is due now, each once, also when several workers do it at the same time.

    Args:
        campaign: with its agency and letters.
        progress: told after how many letters of how many, as often as there are letters.
    """
    now = timezone.now()
    due = selectors.letters_due(campaign, now=now)
    if progress:
        waiting = selectors.recipients_of(campaign, campaign.letters, now=now)
        due = _told(due, progress, waiting.invitations + waiting.reminders)
    minutes = minutes_of(asked_versions(campaign))
    sent = send_each(
        due,
        claim=lambda due: actions.claim_letter(due=due, now=timezone.now()),
        compose=lambda due, connection: letter(campaign, due, minutes=minutes, connection=connection),
        mark_sent=actions.mark_letter_sent,
        release=actions.release_letter,
    )
    if sent.sent or sent.failed:
        actions.record_sending(campaign=campaign, sent=sent, by=by)
    return sent


def _told(letters, progress, total):
    for number, due in enumerate(letters):
        progress(number, max(total, number))
        yield due


def letter(campaign, due, *, minutes, connection=None) -> EmailMessage:
    """The message to one person. The subject says nothing personal: it shows on locked screens and in mail logs."""
    stop = settings.SITE_URL + reverse(
        "assessments:stop_letters", args=[stop_token(due.assignment.person_id)]
    )
    with translation.override(_LANGUAGE), timezone.override(campaign.agency.zone):
        if due.number == INVITATION:
            text, subject = campaign.letters.invitation, _("%(product)s: undangan penilaian mandiri")
        else:
            text, subject = campaign.letters.reminder, _("%(product)s: pengingat penilaian mandiri")
        body = render_to_string(
            "assessments/mail/letter.txt",
            {
                "text": fill(text.strip(), _places(campaign, due.assignment.person, minutes)),
                "agency": campaign.agency,
                "stop_url": stop,
                "product_name": settings.PRODUCT_NAME,
            },
        )
    return EmailMessage(
        subject=subject % {"product": settings.PRODUCT_NAME},
        body=body,
        to=[due.assignment.person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            # The same letter, sent again by whoever took over from a dead worker, is recognised as the same.
            "Message-ID": f"<{due.assignment.public_id}.{due.number}@{urlsplit(settings.SITE_URL).hostname}>",
            "List-Unsubscribe": f"<{stop}>",
            # RFC 8058: the mail program may press the button by itself.
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        connection=connection,
    )


def _places(campaign, person, minutes) -> dict[str, str]:
    """What becomes of the named places, in the language and time zone that are active."""
    return {
        "nama": person.get_full_name(),
        "periode": campaign.title,
        "instansi": campaign.agency.name,
        "batas_waktu": date_and_clock(campaign.closes_at),
        "menit": str(minutes),
        "tautan": settings.SITE_URL + reverse("home"),
    }
