"""Reads for the pages of the person who answers. ``user`` comes first and is never defaulted."""

from dataclasses import dataclass

from django.db.models import Aggregate, BigIntegerField, JSONField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from assessments import answers as answer_bytes
from assessments import policies
from assessments.models import (
    Assignment,
    Attempt,
    Campaign,
    CampaignInstrument,
    OpenText,
    campaign_takes_answers,
)
from questionnaires.document import load_document
from questionnaires.models import Version
from questionnaires.version_document import VersionDocument
from scoring import engine
from scoring.models import CalibrationSet, NormSet, ScoringRule
from scoring.selectors import plan_of


@dataclass(frozen=True)
class Card:
    """One questionnaire on the home page: waiting, begun, or finished."""

    version_id: int
    document: VersionDocument
    campaign: Campaign | None
    assignment: Assignment | None
    attempt: Attempt | None
    progress: answer_bytes.Progress | None


@dataclass(frozen=True)
class Home:
    """What a person finds at home, in the order of urgency."""

    begun: tuple[Card, ...]
    waiting: tuple[Card, ...]
    unasked: tuple[Card, ...]
    finished: tuple[Card, ...]
    missed: tuple[Card, ...]


def home_of(user) -> Home:
    """Everything on the home page in four queries, whatever the number of campaigns."""
    now = timezone.now()
    attempts = list(
        Attempt.objects.of(user)
        .select_related("assignment__campaign", "assignment__agency")
        .order_by("-saved_at")
    )
    asked = _asked(user, now)
    by_task = {(attempt.assignment_id, attempt.version_id): attempt for attempt in attempts}
    waiting = [
        _card(version_id, assignment, None)
        for assignment, version_id in asked
        if (assignment.pk, version_id) not in by_task
    ]
    is_open = {attempt.pk: policies.can_attempt_take_answers(attempt, now=now) for attempt in attempts}
    unfinished = [a for a in attempts if a.state == Attempt.State.IN_PROGRESS]
    return Home(
        begun=tuple(_attempt_card(a) for a in unfinished if is_open[a.pk]),
        waiting=tuple(waiting),
        unasked=_unasked(attempts, asked),
        finished=tuple(_attempt_card(a) for a in attempts if a.state == Attempt.State.SUBMITTED),
        missed=tuple(_attempt_card(a) for a in unfinished if not is_open[a.pk]),
    )


def _asked(user, now):
    """``(assignment, version id)`` of every open campaign that asks the person, nearest deadline first."""
    assignments = (
        Assignment.objects.filter(campaign_takes_answers(now, path="campaign__"), person=user)
        .select_related("campaign", "agency")
        .prefetch_related("campaign__instruments")
        .order_by("campaign__closes_at", "pk")
    )
    return [
        (assignment, instrument.version_id)
        for assignment in assignments
        for instrument in assignment.campaign.instruments.all()
    ]


def _unasked(attempts, asked):
    """Published questionnaires that nobody asked for and that are not being answered anyway, in whatever version."""
    busy = {version_id for _assignment, version_id in asked}
    busy |= {attempt.version_id for attempt in attempts if attempt.state == Attempt.State.IN_PROGRESS}
    codes = {load_document(version_id).questionnaire for version_id in busy}
    published = Version.objects.filter(status=Version.Status.PUBLISHED).exclude(questionnaire__code__in=codes)
    return tuple(
        _card(pk, None, None) for pk in published.order_by("questionnaire__code").values_list("pk", flat=True)
    )


def _card(version_id, assignment, attempt):
    return Card(
        version_id=version_id,
        document=load_document(version_id),
        campaign=assignment.campaign if assignment else None,
        assignment=assignment,
        attempt=attempt,
        progress=None,
    )


def _attempt_card(attempt):
    document = load_document(attempt.version_id)
    given = answer_bytes.decode(document, attempt.answers)
    return Card(
        version_id=attempt.version_id,
        document=document,
        campaign=attempt.assignment.campaign if attempt.assignment else None,
        assignment=attempt.assignment,
        attempt=attempt,
        progress=answer_bytes.progress(document, given),
    )


# A page of items is opened ten times a person: of the campaign it needs to know only whether it still takes answers.
_TO_ANSWER = (
    *(field.name for field in Attempt._meta.concrete_fields),
    *(f"assignment__campaign__{name}" for name in ("state", "opens_at", "closes_at")),
)


def own_attempt(user, public_id, *, to_answer=False, to_score=False):
    """The person's own attempt; for anybody else's it does not exist.

    ``to_answer``: no more is read than a page of items needs. ``to_score``: what :func:`measurement_for` and
    :func:`texts_of` say comes along in the same query.

    Raises:
        Http404: there is no such attempt of this person.
    """
    attempts = Attempt.objects.of(user)
    if to_answer:
        attempts = attempts.select_related("assignment__campaign").only(*_TO_ANSWER)
    else:
        attempts = attempts.select_related("assignment__campaign", "assignment__agency")
    if to_score:
        attempts = attempts.annotate(**_measurement(), joined_texts=_texts())
    try:
        attempt = attempts.get(public_id=public_id)
    except Attempt.DoesNotExist:
        raise Http404 from None
    attempt.person = user  # known already; a join would read the person a second time
    return attempt


def texts_of(attempt) -> dict[str, str]:
    """The open texts of an attempt by item code; the caller has checked whose it is."""
    if "joined_texts" in vars(attempt):
        return attempt.joined_texts or {}
    return dict(attempt.open_texts.values_list("item_code", "text"))


def _texts():
    """The open texts of each attempt of a query, as a JSON object by item code; nothing where there are none."""
    texts = OpenText.objects.filter(attempt=OuterRef("pk")).values("attempt")
    return Subquery(texts.values(joined=_JsonObject("item_code", "text")))


class _JsonObject(Aggregate):
    """Keys and values of several rows as one JSON object."""

    output_field = JSONField()

    def as_sqlite(self, compiler, connection):
        return self.as_sql(compiler, connection, function="json_group_object")

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, function="jsonb_object_agg")


def own_assignment(user, public_id):
    """The person's own assignment.

    Raises:
        Http404: there is no such assignment of this person.
    """
    assignments = Assignment.objects.filter(person=user).select_related("campaign", "agency")
    assignment = assignments.filter(public_id=public_id).first()
    if assignment is None:
        raise Http404
    return assignment


def published_version(code):
    """The published version of a questionnaire.

    Raises:
        Http404: there is no such questionnaire, or nothing of it is published.
    """
    version = Version.objects.filter(questionnaire__code=code, status=Version.Status.PUBLISHED).first()
    if version is None:
        raise Http404
    return version


def version_in_campaign(campaign, code):
    """The version of a questionnaire that a campaign asks.

    Raises:
        Http404: the campaign does not ask that questionnaire.
    """
    instrument = (
        campaign.instruments.filter(version__questionnaire__code=code).select_related("version").first()
    )
    if instrument is None:
        raise Http404
    return instrument.version


def begun_attempt(user, version, assignment) -> Attempt | None:
    """The attempt that the person has at this version already: of the task, or the unasked one still in progress."""
    attempts = Attempt.objects.of(user).filter(version=version, assignment=assignment)
    if assignment is None:
        attempts = attempts.filter(state=Attempt.State.IN_PROGRESS)
    return attempts.first()


@dataclass(frozen=True)
class Measurement:
    """What an attempt is scored with; calibration and norm are None as long as the version has none."""

    rule_id: int
    calibration_id: int | None
    norm_id: int | None


def measurement_for(attempt) -> Measurement:
    """The rule fixed by the campaign, or in force for whoever came unasked, and the newest calibration and norm."""
    columns = _measurement()
    if columns.keys() <= vars(attempt).keys():
        return Measurement(*map(vars(attempt).get, columns))
    return Measurement(*Attempt.objects.values_list(*columns.values()).get(pk=attempt.pk))


def _measurement():
    """The columns of a :class:`Measurement`, in its order, for a query of attempts."""
    version = OuterRef("version")
    asked = CampaignInstrument.objects.filter(campaign=OuterRef("assignment__campaign"), version=version)
    fixed = Subquery(asked.order_by().values("rule"))
    return {
        "used_rule": Coalesce(fixed, _newest(ScoringRule, version), output_field=BigIntegerField()),
        "used_calibration": _newest(CalibrationSet, version),
        "used_norm": _newest(NormSet, version),
    }


def newest_measurement(version_id) -> Measurement:
    """The newest rule of a published version, whatever a campaign fixed, with the newest calibration and norm."""
    rules = ScoringRule.objects.filter(version_id=version_id).order_by("-number")
    figures = [_newest(sets, version_id) for sets in (CalibrationSet, NormSet)]
    return Measurement(*rules.values_list("pk", *figures)[0])


def _newest(model, version):
    return Subquery(model.objects.filter(version=version).order_by("-number").values("pk")[:1])


def dimensions_not_yet_scored(attempt, document, given):
    """The dimensions for which these answers are too few, as their scales, in the order of the report."""
    plan = plan_of(measurement_for(attempt).rule_id)
    results = engine.score(plan, engine.encode(plan, [given])).person(0)
    return tuple(scale for scale in document.dimensions if not results[scale.code].is_scored)
