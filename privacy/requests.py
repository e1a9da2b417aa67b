"""Requests about one's own data: asking, and answering in time."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.actions import correct_person
from accounts.consents import latest_consents
from accounts.models import Consent
from accounts.restricting import lift_restriction, restrict_processing
from agencies.policies import NIP_IN_TEXT
from agencies.selectors import agency_of
from assessments.letters.actions import set_reminders_wanted
from audit.actions import record
from development.actions import set_reminders
from privacy.erasing import StillNeeded, erase_person
from privacy.models import DataRequest
from privacy.request_mail import tell_answered, tell_asked, tell_erased
from privacy.request_models import TIME_TO_ANSWER
from reports.models import ReportShare
from reports.sharing.actions import revoke_share

_Kind, _State, _Purpose = DataRequest.Kind, DataRequest.State, Consent.Purpose


class RequestRefused(ValueError):
    """What was asked cannot be done; the message is the sentence that the user reads."""


@transaction.atomic
def ask(*, person, kind, text) -> DataRequest:
    """Asks the agency to correct or erase, or to answer an objection or a question.

    Raises:
        RequestRefused: no agency answers for the person, the words are missing, or the same waits already.
    """
    if kind in DataRequest.AT_ONCE:
        raise RequestRefused(_("Permintaan itu berlaku seketika lewat tombolnya sendiri."))
    agency = agency_of(person)
    if agency is None:
        raise RequestRefused(
            _(
                "Akun Anda tidak terhubung dengan instansi mana pun, jadi tidak ada yang dapat menjawabnya di sini."
            )
        )
    if kind != _Kind.ERASURE and not text.strip():
        raise RequestRefused(_("Tuliskan apa yang Anda minta, supaya dapat dijawab dengan tepat."))
    request = _asked(person, agency, kind, text.strip())
    transaction.on_commit(lambda: tell_asked.enqueue(request.pk))
    return request


def _asked(person, agency, kind, text, **decided):
    now = timezone.now()
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(
                person=person,
                agency=agency,
                kind=kind,
                text=text,
                asked_at=now,
                due_at=now + TIME_TO_ANSWER,
                **decided,
            )
    except IntegrityError:
        raise RequestRefused(
            _("Permintaan yang sama masih menunggu jawaban. Tidak ada yang ditambahkan.")
        ) from None
    record(
        event="data_request.asked",
        by=person,
        target=request,
        agency_id=agency.pk if agency else None,
        detail={"kind": str(kind)},
    )
    return request


@transaction.atomic
def restrict(*, person) -> bool:
    """From now on the person's answers are used for nothing new; open shares end. Returns whether that is new."""
    if not restrict_processing(person=person, by=person):
        return False
    _end_shares(person)
    _done_at_once(
        person,
        _Kind.RESTRICTION,
        _("Jawaban Anda tetap tersimpan dan tidak dipakai untuk apa pun yang baru."),
    )
    return True


@transaction.atomic
def lift(*, person) -> bool:
    """Ends the restriction; shares that it ended stay over. Returns whether there was one."""
    return lift_restriction(person=person, by=person)


@transaction.atomic
def choose(*, person, purpose, wanted):
    """Gives or withdraws one's consent to an extra; takes effect at once.

    Raises:
        RequestRefused: a share is given at the report, with its recipient and its parts.
        development.policies.PolicyError: reminders are wanted, but there is no address.
    """
    if purpose == _Purpose.REPORT_SHARE and wanted:
        raise RequestRefused(_("Laporan dibagikan dari halaman laporannya."))
    if _carry_out(person, purpose, wanted) and not wanted:
        _done_at_once(person, _Kind.WITHDRAWAL, str(_PURPOSE_ENDED[purpose]()))


def _carry_out(person, purpose, wanted) -> bool:
    if purpose == _Purpose.REPORT_SHARE:
        return _end_shares(person) > 0
    if purpose == _Purpose.PERIOD_REMINDERS:
        return set_reminders_wanted(person=person, wanted=wanted, by=person)
    before = latest_consents(person).get(purpose)
    set_reminders(person=person, wanted=wanted, language=get_language() or "id", by=person)
    return latest_consents(person).get(purpose) != before


_PURPOSE_ENDED = {
    _Purpose.PERIOD_REMINDERS: lambda: _("Pengingat periode lewat surel berhenti."),
    _Purpose.PLAN_REMINDERS: lambda: _("Pengingat rencana lewat surel berhenti."),
    _Purpose.REPORT_SHARE: lambda: _("Semua pembagian laporan Anda berakhir."),
}


def _end_shares(person) -> int:
    shares = ReportShare.objects.filter(owner=person, ended_at__isnull=True).select_related("owner")
    return sum(revoke_share(share=share, by=person) for share in shares)


def _done_at_once(person, kind, answer):
    now = timezone.now()
    request = _asked(
        person,
        agency_of(person),
        kind,
        "",
        state=_State.DONE,
        decided_at=now,
        decided_by=person,
        answer=answer,
    )
    transaction.on_commit(lambda: tell_answered.enqueue(request.pk))


@transaction.atomic
def correct(*, request, by, answer="", **fields):
    """Puts the account right as was asked, and says so; ``fields`` as of ``accounts.actions.correct_person``."""
    request = _waiting(request, by)
    correct_person(person=request.person, by=by, agency_id=request.agency_id, **fields)
    _decide(request, _State.DONE, answer, by)


@transaction.atomic
def answer(*, request, by, answer):
    """Answers an objection, a question or a correction that is made elsewhere, as in the roster."""
    request = _waiting(request, by)
    if request.kind == _Kind.ERASURE:
        raise RequestRefused(
            _("Permintaan penghapusan dipenuhi dengan menghapus, atau ditolak dengan alasannya.")
        )
    _decide(request, _State.DONE, _checked(answer), by)


@transaction.atomic
def decline(*, request, by, answer):
    """Says no, and why; the person reads the reason."""
    _decide(_waiting(request, by), _State.DECLINED, _checked(answer), by)


@transaction.atomic
def erase(*, request, by) -> int:
    """Erases everything about the person for good, the request with it; returns how many rows went.

    The trail keeps that it was done, when and for which request. Whoever has an address is told afterwards.
    """
    request = _waiting(request, by)
    if request.kind != _Kind.ERASURE:
        raise RequestRefused(_("Orangnya tidak meminta penghapusan. Tidak ada yang dihapus."))
    person, agency_id, number = request.person, request.agency_id, str(request.public_id)
    address, asked_at = person.email, request.asked_at
    event = {
        "kind": _Kind.ERASURE.value,
        "state": _State.DONE.value,
        "in_time": timezone.now() <= request.due_at,
    }
    record(event="data_request.decided", by=by, target=request, agency_id=agency_id, detail=event)
    try:
        erasure = erase_person(person=person, reason=f"permintaan {number}", by=by)
    except StillNeeded as refusal:
        raise RequestRefused(str(refusal)) from None
    # Not by the queue: its rows would hold the address of somebody who has just been erased.
    transaction.on_commit(lambda: tell_erased(address, asked_at))
    return erasure.removed


def _waiting(request, by):
    """The request, held until the transaction ends.

    Raises:
        RequestRefused: it has been answered meanwhile, or it is one's own.
    """
    held = DataRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if held.state != _State.OPEN:
        raise RequestRefused(_("Permintaan ini sudah dijawab. Tidak ada yang diubah."))
    if held.person_id == by.pk:
        raise RequestRefused(_("Permintaan Anda sendiri dijawab oleh administrator lain."))
    return held


def _checked(answer):
    answer = answer.strip()
    if not answer:
        raise RequestRefused(_("Tuliskan jawabannya; orangnya membacanya."))
    if NIP_IN_TEXT.search(answer):
        raise RequestRefused(_("Jangan menulis NIP dalam jawaban; orangnya sudah diketahui."))
    return answer


def _decide(request, state, answer, by):
    request.state, request.answer = state, answer.strip()
    request.decided_at, request.decided_by = timezone.now(), by
    request.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    record(
        event="data_request.decided",
        by=by,
        target=request,
        agency_id=request.agency_id,
        detail={
            "kind": request.kind,
            "state": str(state),
            "in_time": request.decided_at <= request.due_at,
        },
    )
    transaction.on_commit(lambda: tell_answered.enqueue(request.pk))
