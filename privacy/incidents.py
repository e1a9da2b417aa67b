"""Who was touched by a failure of protection, and what they are told (UU 27/2022 art. 46)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from agencies.models import Placement
from assessments.models import Attempt
from audit.actions import record
from background import actions as background
from background.models import BackgroundJob
from development.models import Goal
from privacy.incident_models import TIME_TO_TELL
from privacy.models import Incident, IncidentLetter
from privacy.requests import RequestRefused

MAIL = "incident.mail"
LETTERS_PER_FILE = 200
# A worker that claimed a letter and has been silent for so long is dead.
PATIENCE = timedelta(minutes=15)
_AT_ONCE = 500


@dataclass(frozen=True)
class DataClass:
    """A class of data that may have been open. ``label``: as the letter names it.

    ``people``: of a queryset of people of the agency and the two moments, those whose data of this class were there.
    """

    label: str
    people: Callable


def _everybody(people, since, until):
    return people


def _with_address(people, since, until):
    return people.exclude(email="")


def _with_answers(people, since, until):
    return people.filter(pk__in=Attempt.objects.filter(started_at__lte=until).values("person"))


def _with_goals(people, since, until):
    return people.filter(pk__in=Goal.objects.filter(created_at__lte=until).values("person"))


def _signed_in(people, since, until):
    """Devices are kept as long as their session; whoever was last here before the time had none open any more."""
    return people.filter(usersession__created_at__lte=until, usersession__last_seen_at__gte=since).distinct()


CLASSES = {
    "identity": DataClass(
        gettext_lazy("Nama, gelar, NIP, unit kerja, jenis jabatan, dan jenis kepegawaian"), _everybody
    ),
    "email": DataClass(gettext_lazy("Alamat surel"), _with_address),
    "answers": DataClass(gettext_lazy("Jawaban, skor, dan laporan penilaian mandiri"), _with_answers),
    "plan": DataClass(gettext_lazy("Sasaran dan catatan rencana pengembangan"), _with_goals),
    "sign_in": DataClass(gettext_lazy("Perangkat dan alamat jaringan saat masuk"), _signed_in),
}


@transaction.atomic
def report_incident(*, agency, by, **given) -> Incident:
    """Opens an incident; from the moment it was noticed the agency has three times twenty-four hours.

    Args:
        given: ``title``, ``data_classes`` (keys of ``CLASSES``), ``since``, ``until``, ``noticed_at``,
            ``what_happened``, ``handling``.
    """
    incident = Incident.objects.create(
        agency=agency,
        due_at=given["noticed_at"] + TIME_TO_TELL,
        reported_at=timezone.now(),
        reported_by=by,
        **given,
    )
    record(
        event="incident.reported",
        by=by,
        target=incident,
        agency_id=agency.pk,
        detail={"classes": incident.data_classes},
    )
    return incident


def people_of(incident) -> QuerySet[User]:
    """Everybody who worked at the agency at some moment of the time, and is still known here."""
    first, last = incident.since.date(), incident.until.date()
    here = Placement.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=first), unit__agency=incident.agency, valid_from__lte=last
    )
    # Nobody was here before the account was.
    return User.objects.filter(pk__in=here.values("person"), created_at__lte=incident.until)


def people_by_class(incident, people=None) -> dict[str, QuerySet[User]]:
    """For each class that was open, whose data of it were there."""
    people = people_of(incident) if people is None else people
    return {
        code: CLASSES[code].people(people, incident.since, incident.until) for code in incident.data_classes
    }


def touched(incident) -> QuerySet[User]:
    """Everybody of whom data of at least one of the classes were there."""
    condition = Q(pk__in=[])
    for people in people_by_class(incident).values():
        condition |= Q(pk__in=people.values("pk"))
    return User.objects.filter(condition).order_by("pk")


@dataclass(frozen=True)
class Letter:
    """What one person is told: the names of the classes, in the active language."""

    person: User
    labels: tuple[str, ...]


def letters_to(incident, people: QuerySet[User]) -> Iterator[Letter]:
    """One letter for each of the people, in the order of their accounts; read a block at a time."""
    after = 0
    while block := list(people.filter(pk__gt=after).order_by("pk")[:_AT_ONCE]):
        among = User.objects.filter(pk__in=[person.pk for person in block])
        held = {
            code: set(found.values_list("pk", flat=True))
            for code, found in people_by_class(incident, among).items()
        }
        for person in block:
            labels = tuple(str(CLASSES[code].label) for code, ids in held.items() if person.pk in ids)
            yield Letter(person, labels)
        after = block[-1].pk


@dataclass(frozen=True)
class Numbers:
    """``by_class``: name and number of people of each class. ``on_paper``: people without an address."""

    people: int
    by_class: tuple[tuple[str, int], ...]
    on_paper: int
    mailed: int

    @property
    def files(self) -> range:
        """The numbers of the files of letters on paper."""
        return range(1, -(-self.on_paper // LETTERS_PER_FILE) + 1)

    @property
    def waiting(self) -> int:
        """How many have an address and have not been told yet."""
        return max(0, self.people - self.on_paper - self.mailed)


def numbers_of(incident) -> Numbers:
    everybody = touched(incident)
    return Numbers(
        people=everybody.count(),
        by_class=tuple(
            (str(CLASSES[code].label), people.count()) for code, people in people_by_class(incident).items()
        ),
        on_paper=everybody.filter(email="").count(),
        mailed=incident.letters.filter(sent_at__isnull=False).count(),
    )


@transaction.atomic
def ask_to_mail(*, incident, by) -> BackgroundJob:
    """Asks workers to mail everybody touched who has an address and has not been told.

    Raises:
        RequestRefused: there is nobody.
    """
    if not untold(incident).exists():
        raise RequestRefused(_("Tidak ada lagi yang perlu disurati lewat surel. Tidak ada yang dikirim."))
    return background.start(kind=MAIL, subject_id=incident.pk, agency_id=incident.agency_id, by=by)


def untold(incident) -> QuerySet[User]:
    """Who is touched, has an address, and has no letter that was sent."""
    told = incident.letters.filter(sent_at__isnull=False)
    return touched(incident).exclude(email="").exclude(pk__in=told.values("person"))


def last_mailing(incident) -> BackgroundJob | None:
    return BackgroundJob.objects.filter(
        kind=MAIL, subject_id=incident.pk, agency_id=incident.agency_id
    ).first()


def claim_letter(*, incident, person) -> IncidentLetter | None:
    """Takes the mailing of one letter upon this worker; None if another has it."""
    now = timezone.now()
    try:
        with transaction.atomic():
            return IncidentLetter.objects.create(incident=incident, person=person, claimed_at=now)
    except IntegrityError:
        same = IncidentLetter.objects.filter(incident=incident, person=person)
        left = same.filter(sent_at__isnull=True, claimed_at__lt=now - PATIENCE)
        return same.get() if left.update(claimed_at=now) else None


def mark_letter_sent(letter):
    """Remembers that the mail server has taken it."""
    IncidentLetter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())


def release_letter(letter):
    """Gives a claim back after the mail server refused."""
    IncidentLetter.objects.filter(pk=letter.pk, sent_at__isnull=True).delete()


def record_mailing(*, incident, sent, by):
    """One event for a whole run: who was told stands in the letters."""
    detail = {"sent": sent.sent, "failed": sent.failed}
    record(
        event="incident.people_told",
        by=by,
        target=incident,
        agency_id=incident.agency_id,
        detail=detail,
    )


def note_print(*, incident, number, by):
    """Letters on paper leave: names, and what was open of each."""
    record(
        event="incident.letters_printed",
        by=by,
        target=incident,
        agency_id=incident.agency_id,
        detail={"file": number},
    )
