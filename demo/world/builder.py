"""Builds the whole demo world in one transaction: it is there entirely or not at all; a killed run leaves nothing."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from assessments import calibrating
from assessments.actions import close_campaign
from assessments.models import Attempt, Campaign
from assessments.rescoring import rescore_campaign
from demo.world import banks, campaigns, places
from demo.world.campaigns import Member
from demo.world.description import Description, load_description, load_listed
from demo.world.plans import make_plan
from demo.world.population import plan_listed, plan_people
from demo.world.responses import Responder
from demo.world.shares import share_reports
from questionnaires.bootstrap import technical_account
from reports import results
from scoring.actions import NothingToFreeze

SEED = "cermin-asn-demo-1"

# Stands beside every figure that rests on it, whoever reads it.
_MADE_UP = "Jawaban buatan dunia demo, bukan jawaban pegawai sungguhan; angka ini hanya contoh."

# Called as progress(title, done, total), many times a step.
Progress = Callable[[str, int, int], None]


class NameTaken(Exception):
    """Agencies or campaigns with the demo's codes exist, but not the whole world; nothing is touched."""


@dataclass(frozen=True)
class Built:
    """What was made, for the last line of the command."""

    agencies: int
    units: int
    people: int
    submissions: int


def is_built() -> bool:
    """Whether the world is there.

    Raises:
        NameTaken: some of its records are there and some are not, so somebody else made them.
    """
    # The small agencies and the earlier period came later; a world from before is whole without them.
    codes = [agency.code for agency in load_description().agencies if len(agency.units) > 1]
    agencies = Agency.objects.filter(code__in=codes).count()
    periods = Campaign.objects.filter(code__in=[campaigns.CLOSED_CODE, campaigns.OPEN_CODE]).count()
    if agencies + periods == 0:
        return False
    if (agencies, periods) != (len(codes), 2):
        raise NameTaken
    return True


@transaction.atomic
def give_second_factors():
    """For a world that was built before its role-holders needed one."""
    plans = plan_listed(load_listed(), seed=SEED)
    for person in User.objects.filter(nip__in=[plan.nip for plan in plans]):
        places.give_second_factor(person)


@transaction.atomic
def build(*, people: int, progress: Progress) -> Built:
    """Makes everything by calling the apps' actions. The same number of people gives the same world, times aside."""
    now = timezone.now()
    description = load_description()
    by = technical_account()
    progress("Bank butir", 0, 1)
    versions = banks.published_versions()
    progress("Bank butir", 1, 1)
    units = places.make_agencies(description, by=by)
    members = _make_members(description, people, units, by=by, progress=progress)

    _earlier_wave(versions, members, now, by=by, progress=progress)
    opens_at, closes_at = campaigns.closed_campaign_times(now)
    asked = [versions[code] for code in banks.CLOSED_CODES]
    closed = campaigns.make_campaign(
        code=campaigns.CLOSED_CODE, versions=asked, opens_at=opens_at, closes_at=closes_at, by=by
    )
    _take_part(closed, members, "Periode yang ditutup", progress)
    _close(closed, by=by, progress=progress)
    _calibrate(closed, by=by)
    _score_again(closed, by=by, progress=progress)

    opens_at, closes_at = campaigns.open_campaign_times(now)
    asked = [versions[code] for code in banks.OPEN_CODES]
    opened = campaigns.make_campaign(
        code=campaigns.OPEN_CODE, versions=asked, opens_at=opens_at, closes_at=closes_at, by=by
    )
    _take_part(opened, members, "Periode yang dibuka", progress)
    for member in members:
        if member.plan.listed and member.plan.listed.has_plan:
            make_plan(member.person)
    _share(members)
    return _summary(units, members)


def _earlier_wave(versions, members, now, *, by, progress):
    """One questionnaire asked once before, in the first agency, of everybody but the listed people.

    These have their reports and tasks as the sign-in page tells.
    """
    agency = Agency.objects.get(code=load_description().agencies[0].code)
    opens_at, closes_at = campaigns.earlier_campaign_times(now)
    own = [member for member in members if not member.plan.listed]
    people = User.objects.filter(
        pk__in=[member.person.pk for member in own],
        placements__unit__agency=agency,
        placements__valid_to=None,
    )
    earlier = campaigns.make_campaign(
        code=campaigns.EARLIER_CODE,
        versions=[versions[code] for code in banks.EARLIER_CODES],
        agency=agency,
        people=people,
        opens_at=opens_at,
        closes_at=closes_at,
        by=by,
    )
    _take_part(earlier, own, "Periode uji coba", progress)
    results.freeze(campaign=close_campaign(campaign=earlier, by=by), agency=agency, by=by)


def _share(members):
    by_name = {member.plan.name: member.person for member in members if member.plan.listed}
    for member in members:
        if member.plan.listed and member.plan.listed.shares_with:
            share_reports(member.person, by_name[member.plan.listed.shares_with])


def _make_members(description: Description, people, units, *, by, progress) -> list[Member]:
    plans = plan_people(description, people=people, seed=SEED)
    members = []
    for number, plan in enumerate(plans, start=1):
        chain = places.unit_chain(description, plan.unit) if plan.unit else ()
        style = "plain" if plan.listed else None
        members.append(
            Member(
                plan=plan,
                person=places.make_person(plan, units, by=by),
                responder=Responder.of(f"{SEED}:{plan.nip}", unit_chain=chain, style=style),
            )
        )
        progress("Pegawai", number, len(plans))
    return members


def _take_part(campaign: Campaign, members: Iterable[Member], title: str, progress: Progress) -> None:
    members = list(members)
    done = 0

    def step():
        nonlocal done
        done += 1
        progress(title, done, len(members))

    campaigns.take_part(campaign, members, seed=SEED, step=step)


def _close(campaign, *, by, progress):
    campaign = close_campaign(campaign=campaign, by=by)
    agencies = list(Agency.objects.filter(code__in=[a.code for a in load_description().agencies]))
    report = partial(progress, "Hasil instansi dibekukan")
    for number, agency in enumerate(agencies, start=1):
        results.freeze(campaign=campaign, agency=agency, by=by)
        report(number, len(agencies))


def _calibrate(campaign, *, by):
    """Freezes what the made-up answers allow, and says in the sample's own words that they are made up.

    A small world allows nothing; then its reports say that the precision is not known, as a new installation's do.
    """
    campaign = Campaign.objects.get(pk=campaign.pk)
    for instrument in calibrating.instruments_of(campaign):
        for freeze in (calibrating.freeze_calibration, calibrating.freeze_norm):
            with suppress(NothingToFreeze, calibrating.NoSample):
                freeze(campaign=campaign, instrument=instrument, by=by, population=_MADE_UP)


def _summary(units, members):
    return Built(
        agencies=sum(1 for unit in units.values() if unit.parent_id is None),
        units=len(units),
        people=len(members),
        submissions=Attempt.objects.filter(
            state=Attempt.State.SUBMITTED, person__in=[member.person.pk for member in members]
        ).count(),
    )


def _score_again(campaign, *, by, progress):
    """Everybody was told a score before there was a calibration; the newer sheet with its precision stands beside it.

    In a small world nothing was frozen, so nothing is new and no sheet is written.
    """
    campaign = Campaign.objects.get(pk=campaign.pk)
    rescore_campaign(campaign=campaign, by=by, progress=partial(progress, "Pengisian yang dihitung lagi"))
