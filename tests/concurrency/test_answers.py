"""The same attempt from several tabs, devices and impatient fingers at once: nothing acknowledged is ever lost."""

from functools import partial

import pytest

from assessments import actions, answers, sheets
from assessments.models import Assignment, Attempt, ScoreSheet
from assessments.policies import AttemptClosed
from assessments.saving import save_page
from audit.models import AuditEvent
from questionnaires.document import load_document
from scoring import engine
from scoring.selectors import plan_of
from tests.concurrency.threads import Counter, at_once
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.questionnaires import published_version, small_bank

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
ITEMS_PER_THREAD = 5
ROUNDS = 3  # a race is not lost every time


@pytest.fixture
def version():
    """The small bank with 40 more items on ten more pages."""
    bank = small_bank(code="panjang")
    first = bank["sections"][0]["items"][0]
    for page in range(10):
        items = [{**first, "code": f"X{page}{number}"} for number in range(4)]
        bank["sections"].append({**bank["sections"][0], "code": f"X{page}", "items": items})
    return published_version(bank=bank)


@pytest.fixture
def unit():
    return root_of(AgencyFactory())


@pytest.fixture(params=["asked in a campaign", "unasked"])
def new_task(request, version, unit):
    """Makes a new person who may begin: ``(person, assignment or None)``."""

    def make():
        person = placed_person(unit)
        if request.param == "unasked":
            return person, None
        return person, campaigns.open_campaign(version, people=[person]).assignments.get()

    return make


@pytest.fixture
def new_attempt(new_task, version):
    """Makes a new person's attempt without answers."""

    def make():
        person, assignment = new_task()
        return actions.start_attempt(person=person, version=version, assignment=assignment, by=person)

    return make


def fresh(attempt):
    """The attempt as a request of its own reads it."""
    return Attempt.objects.select_related("assignment__campaign", "person").get(pk=attempt.pk)


def stored(attempt):
    return answers.decode(load_document(attempt.version_id), Attempt.objects.get(pk=attempt.pk).answers)


def added_items(attempt):
    """``(section, item code)`` of the 40 added items."""
    document = load_document(attempt.version_id)
    return [(page, item.code) for page in document.sections for item in page.items if item.code[0] == "X"]


def save_one(attempt, page, code, value):
    """One save of a page on which one item was answered; the items acknowledged."""
    own = fresh(attempt)
    saved = save_page(attempt=own, section=page, base={}, mine={code: value}, by=own.person)
    assert saved.conflicts == ()
    return code, value


def test_forty_answers_saved_at_once_are_all_kept(new_attempt):
    for _round in range(ROUNDS):
        attempt = new_attempt()
        items = added_items(attempt)
        assert len(items) == THREADS * ITEMS_PER_THREAD

        def save_share(number, attempt=attempt, items=items):
            # Neighbours on one page go to different threads.
            share = list(enumerate(items))[number::THREADS]
            return [save_one(attempt, page, code, index % 5 + 1) for index, (page, code) in share]

        outcomes = at_once(*(partial(save_share, number) for number in range(THREADS)))
        acknowledged = dict(pair for outcome in outcomes for pair in outcome.value)
        assert len(acknowledged) == len(items)
        assert stored(attempt) == acknowledged
        assert fresh(attempt).revision == len(items)


def test_of_several_answers_to_one_item_one_is_kept_and_the_others_are_told(new_attempt):
    attempt = new_attempt()
    (page, code), *_rest = added_items(attempt)

    def choose(value):
        own = fresh(attempt)
        saved = save_page(attempt=own, section=page, base={}, mine={code: value}, by=own.person)
        return value, saved.conflicts

    outcomes = [outcome.value for outcome in at_once(*(partial(choose, value) for value in (1, 2, 3, 4, 5)))]
    kept = [value for value, conflicts in outcomes if conflicts == ()]
    assert [stored(attempt)[code]] == kept
    assert [conflicts for value, conflicts in outcomes if value not in kept] == [(code,)] * 4


def test_beginning_at_once_begins_one_attempt(new_task, version):
    for _round in range(ROUNDS):
        person, assignment = new_task()

        def begin(person=person, assignment=assignment):
            own = assignment and Assignment.objects.select_related("campaign").get(pk=assignment.pk)
            return actions.start_attempt(person=person, version=version, assignment=own, by=person).pk

        begun = {outcome.value for outcome in at_once(*[begin] * THREADS)}
        attempt = Attempt.objects.get(person=person)
        assert begun == {attempt.pk}
        assert events("attempt.started", attempt) == 1


def test_sending_at_once_makes_one_sheet(new_attempt):
    for _round in range(ROUNDS):
        attempt = campaigns.answer(new_attempt())
        outcomes = at_once(*[partial(send, attempt)] * THREADS)
        assert {outcome.value for outcome in outcomes} == {ScoreSheet.objects.get(attempt=attempt).pk}
        assert events("attempt.submitted", attempt) == 1
        assert fresh(attempt).revision == 2  # one save, one submission


def send(attempt):
    own = fresh(attempt)
    return actions.submit_attempt(attempt=own, by=own.person).pk


def events(event, attempt):
    return AuditEvent.objects.filter(event=event, target_id=str(attempt.pk)).count()


def test_two_questionnaires_sent_at_once_finish_the_task(unit, version):
    other = published_version(code="lain")
    for _round in range(3 * ROUNDS):
        person = placed_person(unit)
        campaign = campaigns.open_campaign(version, other, people=[person])
        attempts = [
            campaigns.answer(campaigns.started_attempt(person, asked, campaign=campaign))
            for asked in (version, other)
        ]
        at_once(*(partial(send, attempt) for attempt in attempts))
        assert campaign.assignments.get().completed_at is not None


def test_what_is_acknowledged_while_sending_is_in_the_sheet(new_attempt):
    for saves_before in (0, 3, 12, 20):
        attempt = new_attempt()
        (page, code), *items = added_items(attempt)
        first = save_one(attempt, page, code, 1)
        saved = Counter()

        def save_share(number, attempt=attempt, items=items, saved=saved):
            acknowledged = []
            for page, code in items[number :: THREADS - 1]:
                try:
                    acknowledged.append(save_one(attempt, page, code, 5))
                except AttemptClosed:
                    break
                saved.add()
            return acknowledged

        def send_after(number, attempt=attempt, saved=saved):
            saved.wait_for(number)
            send(attempt)

        shares = [partial(save_share, number) for number in range(THREADS - 1)]
        _sent, *outcomes = at_once(partial(send_after, saves_before), *shares)
        acknowledged = dict([first, *(pair for outcome in outcomes for pair in outcome.value)])
        assert len(acknowledged) > saves_before
        assert stored(attempt) == acknowledged
        check_sheet(attempt, acknowledged)


def check_sheet(attempt, given):
    """The sheet holds the scores of exactly these answers, computed once more."""
    sheet = ScoreSheet.objects.get(attempt=attempt)
    plan = plan_of(sheet.rule_id)
    assert bytes(sheet.scores) == sheets.pack(engine.score(plan, engine.encode(plan, [given])))
