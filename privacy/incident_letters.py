"""The letters of an incident: by mail, on paper, and to the authority. They say the same (UU 27/2022 art. 46(2))."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.templatetags.local_time import date_and_clock
from assessments.mailing import Sent, send_each
from privacy import incidents
from privacy.incidents import LETTERS_PER_FILE, Letter, Numbers
from typesetting.blocks import Bullets, Document, Facts, Section, Text

# Letters carry the agency's own words, which are Indonesian.
_LANGUAGE = "id"


def send_letters(incident, *, by, progress) -> Sent:
    """Mails everybody who is touched, has an address and was not told yet, each once.

    Args:
        progress: told after how many letters of how many.
    """
    people = incidents.untold(incident)
    total = people.count()
    sent = send_each(
        _told(incidents.letters_to(incident, people), progress, total),
        claim=lambda letter: incidents.claim_letter(incident=incident, person=letter.person),
        compose=lambda letter, connection: mail_of(incident, letter, connection=connection),
        mark_sent=incidents.mark_letter_sent,
        release=incidents.release_letter,
    )
    if sent.sent or sent.failed:
        incidents.record_mailing(incident=incident, sent=sent, by=by)
    return sent


def _told(letters, progress, total):
    for number, letter in enumerate(letters):
        progress(number, max(total, number))
        yield letter


def mail_of(incident, letter: Letter, *, connection=None) -> EmailMessage:
    """The message to one person; its subject says that it matters and nothing personal."""
    with translation.override(_LANGUAGE), timezone.override(incident.agency.zone):
        subject = _("%(agency)s: pemberitahuan tentang data pribadi Anda") % {"agency": incident.agency.name}
        body = render_to_string(
            "privacy/mail/incident.txt",
            {"name": letter.person.get_full_name(), "labels": letter.labels, **_facts(incident)},
        )
    return EmailMessage(
        subject=subject,
        body=body,
        to=[letter.person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{incident.public_id}.{letter.person.pk}@{urlsplit(settings.SITE_URL).hostname}>",
        },
        connection=connection,
    )


def _facts(incident) -> dict:
    return {
        "agency": incident.agency.name,
        "dpo_contact": incident.agency.dpo_contact,
        "since": date_and_clock(incident.since),
        "until": date_and_clock(incident.until),
        "what_happened": incident.what_happened,
        "handling": incident.handling,
        "product": settings.PRODUCT_NAME,
    }


def papers(incident, number: int) -> Document:
    """One file of letters on paper, a page each, to people without an address.

    Args:
        number: of the file, from 1; each holds ``LETTERS_PER_FILE`` letters.
    """
    first = (number - 1) * LETTERS_PER_FILE
    people = list(
        incidents.touched(incident)
        .filter(email="")
        .values_list("pk", flat=True)[first : first + LETTERS_PER_FILE]
    )
    some = incidents.touched(incident).filter(pk__in=people)
    sections = [
        Section(letter.person.get_full_name(), _paragraphs(incident, letter.labels), on_own_page=True)
        for letter in incidents.letters_to(incident, some)
    ]
    return _document(incident, _("Pemberitahuan kegagalan pelindungan data pribadi"), sections)


def to_authority(incident, numbers: Numbers) -> Document:
    """The report to the authority for the protection of personal data: numbers, and nobody's name."""
    rows = [
        (_("Instansi pengendali"), incident.agency.name),
        (_("Kontak petugas pelindungan data pribadi"), incident.agency.dpo_contact),
        (_("Data terbuka"), f"{date_and_clock(incident.since)} – {date_and_clock(incident.until)}"),
        (_("Diketahui pada"), date_and_clock(incident.noticed_at)),
        (_("Orang yang terdampak"), str(numbers.people)),
        *((label, str(count)) for label, count in numbers.by_class),
        (_("Sudah diberi tahu lewat surel"), str(numbers.mailed)),
        (_("Disurati di atas kertas"), str(numbers.on_paper)),
    ]
    sections = [
        Section(_("Ringkasan"), [Facts(rows)]),
        Section(_("Apa yang terjadi"), [Text(incident.what_happened)]),
        Section(_("Penanganan dan pemulihan"), [Text(incident.handling)]),
    ]
    return _document(incident, _("Laporan kegagalan pelindungan data pribadi"), sections)


def _paragraphs(incident, labels):
    return [
        Text(
            _("Antara %(since)s dan %(until)s data Anda berikut terbuka bagi pihak yang tidak berhak:")
            % {"since": date_and_clock(incident.since), "until": date_and_clock(incident.until)}
        ),
        Bullets(labels),
        Text(_("Yang terjadi: %(text)s") % {"text": incident.what_happened}),
        Text(_("Penanganan: %(text)s") % {"text": incident.handling}),
        Text(
            _("Pertanyaan Anda dijawab petugas pelindungan data pribadi: %(contact)s")
            % {"contact": incident.agency.dpo_contact}
        ),
    ]


def _document(incident, title, sections):
    return Document(
        kick=incident.agency.name,
        title=title,
        subtitle=[incident.title],
        language=get_language() or _LANGUAGE,
        made_at=timezone.now(),
        description=_("Menurut UU 27/2022 Pasal 46"),
        footer=_("Rahasia. Hanya untuk penerimanya."),
        sections=sections,
    )
