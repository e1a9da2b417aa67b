from datetime import timedelta

from django.utils import timezone

from privacy import incidents, requests
from privacy.models import DataRequest


def request_of(person, kind=DataRequest.Kind.CORRECTION, text="Gelar saya sekarang S.E."):
    """A request that waits."""
    return requests.ask(person=person, kind=kind, text=text)


def incident_at(agency, *, by=None, classes=("identity", "email", "answers"), **fields):
    """An incident of the last two days, noticed an hour ago."""
    now = timezone.now()
    given = {
        "title": "Salinan tertinggal di peladen uji",
        "data_classes": list(classes),
        "since": now - timedelta(days=2),
        "until": now,
        "noticed_at": now - timedelta(hours=1),
        "what_happened": "Salinan basis data tertinggal di peladen uji.",
        "handling": "Peladen itu dimatikan dan salinannya dimusnahkan.",
    }
    return incidents.report_incident(agency=agency, by=by, **given | fields)
