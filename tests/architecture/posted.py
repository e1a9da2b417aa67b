"""What is posted to the pages of the truth table by somebody who means it."""

import uuid
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agencies.models import RoleGrant
from assessments import answers
from assessments.models import Attempt
from questionnaires.document import load_document


def _in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


# What is posted to the pages of a period, drawn from a draft that nobody has edited yet.
PERIOD_BODIES = {
    "assessments:campaign_questionnaires": lambda: {"seen_revision": "0", "title": "Judul lain"},
    "assessments:campaign_people": lambda: {"seen_revision": "0", "base": "whole"},
    "assessments:campaign_times": lambda: {
        "seen_revision": "0",
        "opens_day": _in_days(0),
        "closes_day": _in_days(7),
        "minimum_group_size": "12",
        "participation_target": "75",
    },
    "assessments:campaign_check": lambda: {"seen_revision": "0", "go": "open"},
    "assessments:letters": lambda: {
        "invitation": "Isilah di {tautan}",
        "reminder": "Lanjutkan di {tautan}",
        "most_reminders": "2",
        "days_between": "5",
    },
    "assessments:extend_campaign": lambda: {
        "closes_day": _in_days(60),
        "reason": "Banyak yang bertugas di luar.",
    },
}


PRIVACY_BODIES = {
    "privacy:rights": lambda: {"go": "restrict"},
    "privacy:protection": lambda: {"contact": "ppdp@lain.example"},
    "privacy:publish_notice": lambda: {
        "text_id": "Kami menjaga data Anda.",
        "text_en": "We protect your data.",
    },
    "privacy:request": lambda: {"go": "decline", "answer": "Data itu sudah benar."},
    "privacy:report_incident": lambda: {
        "title": "Salinan tertinggal",
        "data_classes": ["identity"],
        "since": f"{_in_days(-9)}T08:00",
        "until": f"{_in_days(-8)}T08:00",
        "noticed_at": f"{_in_days(-7)}T08:00",
        "what_happened": "Salinan tertinggal di peladen uji.",
        "handling": "Peladen itu dimatikan.",
    },
}


def body_of(name, world):
    """What a person posts who means it: with this body the right person changes something."""
    if name == "agencies:room":
        file = SimpleUploadedFile("unit.csv", b"Kode unit,Kode unit induk,Nama unit\nbaru,,Unit baru\n")
        return {"kind": "units", "file": file}
    if name == "agencies:reset_factor":
        reason = "Datang sendiri dengan kartu pegawai."
        return {"nip": world.people["colleague"].nip, "reason": reason, "go": "reset"}
    if name == "agencies:roster":
        return {"go": "apply"}
    if name == "agencies:roles":
        grant = RoleGrant.objects.get(user=world.people["analyst"])
        return {"go": "withdraw", "grant": str(grant.pk), "reason": "Pindah tugas."}
    if name == "agencies:codes":
        return {"go": "print"}
    if name == "development:goal":
        return {"go": "complete"}
    if name == "development:plan":
        return {"go": "assessment", "day": timezone.localdate().isoformat()}
    if name == "development:add":
        words = {"behaviour": "Bertanya", "when_then": "Ketika rapat", "measure": "Tiga kali"}
        return {**words, "due_on": timezone.localdate().isoformat(), "jp": "1", "method": "seminar"}
    if name in PRIVACY_BODIES:
        return PRIVACY_BODIES[name]()
    if name == "reports:exports":
        return {"form": "csv", "purpose": "Bahan rapat pimpinan", "request_key": str(uuid.uuid4())}
    if name == "reports:close":
        return {"reason": "Semua sudah selesai."}
    if name in PERIOD_BODIES:
        return PERIOD_BODIES[name]()
    if name == "development:give_share":
        colleague = world.people["colleague"]
        person = {"nip": colleague.nip, "name": colleague.name}
        last_day = timezone.localdate() + timedelta(days=30)
        return {**person, "go": "give", "parts": "areas", "last_day": last_day.isoformat()}
    if name == "reports:share":
        return {"go": "revoke"}
    if name == "panels:page":
        return {"B4-left": "3", "B4-right": "4", "base": ""}
    if name != "assessments:section":
        return {}
    attempt = Attempt.objects.get(public_id=world.arguments["public_id"])
    document = load_document(attempt.version_id)
    page, given = document.sections[0], answers.decode(document, attempt.answers)
    base = answers.page_token(page, given)
    return {page.items[0].code: "1", "base": base, "go": "next"}
