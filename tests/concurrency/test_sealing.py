"""Several sealers at once, and people who act meanwhile."""

from audit.actions import record
from audit.models import AuditEvent, AuditLink
from audit.sealing import seal
from audit.verifying import Verification
from tests.concurrency.threads import at_once
from tests.factories.accounts import UserFactory

EVENTS = 60


def test_sealers_never_fork_the_chain():
    person = UserFactory()
    for _ in range(EVENTS):
        record(event="agency.created", by=person, target=person)

    def act():
        for _ in range(EVENTS):
            record(event="agency.created", by=person, target=person)

    at_once(*[lambda: seal(batch=7)] * 3, act)
    seal()
    positions = list(AuditLink.objects.values_list("position", flat=True))
    assert positions == list(range(1, 2 * EVENTS + 1))
    assert AuditEvent.objects.count() == 2 * EVENTS
    verification = Verification()
    assert list(verification.faults()) == []
    assert verification.waiting == 0
