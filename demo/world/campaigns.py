"""Builds the campaigns and what people did in them by calling the actions.

The actions read the clock themselves, and the demo does not tamper with it: whatever a person does here is dated at the
moment of building. An earlier campaign of one agency and the first of all agencies opened weeks ago on paper, take
their answers now and are closed early, before their deadlines; the second stays open for two weeks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from agencies.data_protection import STANDARD
from assessments import actions
from assessments.models import Assignment, Campaign
from demo.world.population import PersonPlan
from demo.world.responses import Responder, begun
from questionnaires.document import load_document

EARLIER_CODE, CLOSED_CODE, OPEN_CODE = "demo-terdahulu", "demo-ditutup", "demo-dibuka"
# Numbered and not named after months: all are filled while the world is built.
_WAVES = {EARLIER_CODE: "uji coba", CLOSED_CODE: "gelombang I", OPEN_CODE: "gelombang II"}

_EARLIER_OPENED_DAYS_AGO, _CLOSED_OPENED_DAYS_AGO, _OPEN_OPENED_DAYS_AGO, _OPEN_DAYS_LEFT = 75, 40, 4, 14
_LEGAL_BASIS = "Peraturan LAN Nomor 10 Tahun 2018 tentang Pengembangan Kompetensi Pegawai Negeri Sipil"
_DPIA_REFERENCE = "DPIA-CONTOH-01"

# Of a hundred people asked; units differ by some points.
_CLOSED_SHARES = {"submitted": 76, "partly": 6, "in_progress": 5, "not_started": 13}
_OPEN_SHARES = {"submitted": 24, "partly": 9, "in_progress": 13, "not_started": 54}
_UNIT_EAGERNESS_SD = 0.35


@dataclass(frozen=True)
class Member:
    """A person of the world together with the plan and the way of answering."""

    plan: PersonPlan
    person: User
    responder: Responder


def make_campaign(*, code, versions, opens_at, closes_at, by, agency=None, people=None) -> Campaign:
    """Makes and opens a campaign and asks people; without an agency a national one that asks everybody with a place."""
    title = f"Penilaian Mandiri ASN {timezone.localtime(opens_at).year}, {_WAVES[code]}"
    campaign = actions.create_campaign(
        code=code,
        title=title,
        versions=versions,
        agency=agency,
        opens_at=opens_at,
        closes_at=closes_at,
        legal_basis=_LEGAL_BASIS,
        dpia_reference=_DPIA_REFERENCE,
        notice_version=STANDARD,
        by=by,
    )
    campaign = actions.open_campaign(campaign=campaign, by=by)
    people = User.objects.filter(is_active=True) if people is None else people
    actions.assign(campaign=campaign, people=people, by=by)
    return campaign


def earlier_campaign_times(now: datetime) -> tuple[datetime, datetime]:
    """As the closed one, further back."""
    return _morning(now - timedelta(days=_EARLIER_OPENED_DAYS_AGO)), _evening(now + timedelta(days=1))


def closed_campaign_times(now: datetime) -> tuple[datetime, datetime]:
    """It was to end tomorrow night; it is closed as soon as the answers are in."""
    return _morning(now - timedelta(days=_CLOSED_OPENED_DAYS_AGO)), _evening(now + timedelta(days=1))


def open_campaign_times(now: datetime) -> tuple[datetime, datetime]:
    return _morning(now - timedelta(days=_OPEN_OPENED_DAYS_AGO)), _evening(
        now + timedelta(days=_OPEN_DAYS_LEFT)
    )


def _morning(moment):
    return timezone.make_aware(datetime.combine(timezone.localdate(moment), time(8)))


def _evening(moment):
    return timezone.make_aware(datetime.combine(timezone.localdate(moment), time(23, 59)))


def take_part(campaign: Campaign, members: Iterable[Member], *, seed: str, step: Callable[[], None]) -> None:
    """Lets everybody do what they do in the campaign: nothing, a beginning, a part, or all of it."""
    is_closing = campaign.code != OPEN_CODE
    assignments = {
        a.person_id: a for a in Assignment.objects.filter(campaign=campaign).select_related("agency")
    }
    instruments = list(campaign.instruments.select_related("version"))
    for member in members:
        assignment = assignments.get(member.person.pk)
        if assignment is not None:
            assignment.campaign = campaign
            rng = Random(f"{seed}:{campaign.code}:{member.plan.nip}")
            todo = _behaviour(member, rng, is_closing=is_closing)
            _behave(member, assignment, [i.version for i in instruments], todo, rng)
        step()


def _behaviour(member, rng, *, is_closing):
    if member.plan.listed:
        return member.plan.listed.closed if is_closing else member.plan.listed.open
    shares = dict(_CLOSED_SHARES if is_closing else _OPEN_SHARES)
    eagerness = Random(f"{member.plan.unit}:eagerness").gauss(0, _UNIT_EAGERNESS_SD)
    shares["not_started"] *= 2.0**-eagerness if is_closing else 1.0
    shares["submitted"] *= 2.0**eagerness
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def _behave(member, assignment, versions, todo, rng):
    if todo == "not_started":
        return
    if todo == "submitted":
        for version in versions:
            _fill_in(member, assignment, version)
    elif todo == "partly":
        for version in versions[:-1]:
            _fill_in(member, assignment, version)
    else:
        _fill_in(member, assignment, versions[0], stop_at=rng.uniform(0.2, 0.8))


def _fill_in(member, assignment, version, *, stop_at=None):
    """One questionnaire from the first page to the report, or to the page where the person stopped."""
    document = load_document(version.pk)
    person = member.person
    answers, seconds = member.responder.answer(document, occasion=assignment.campaign.code)
    if stop_at is not None:
        answers = begun(document, answers, share=stop_at)
        pages = {document.item_by_code[code].section for code in answers}
        seconds = {code: number for code, number in seconds.items() if code in pages}
    attempt = actions.start_attempt(person=person, version=version, assignment=assignment, by=person)
    actions.save_answers(
        attempt=attempt, patch=answers, seen_revision=attempt.revision, section_seconds=seconds, by=person
    )
    if stop_at is None:
        actions.submit_attempt(attempt=attempt, by=person)
