"""What the database knows about the state of the product: counts and ages, nothing about anybody."""

from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from audit.sealing import end_of_chain
from background.models import BackgroundJob

State = BackgroundJob.State


class DatabaseFigures:
    """A collector of Prometheus: asks when it is asked. Five queries."""

    def collect(self):
        yield from _jobs()
        yield GaugeMetricFamily(
            "cermin_audit_unsealed_events",
            "Events of the audit trail without a seal, counted up to a thousand.",
            value=end_of_chain().waiting,
        )


def _jobs():
    counts = dict(
        BackgroundJob.objects.exclude(state=State.DONE).values_list("state").annotate(number=Count("pk"))
    )
    jobs = GaugeMetricFamily("cermin_jobs", "Background jobs that are not done, by state.", labels=["state"])
    for state in (State.WAITING, State.RUNNING, State.FAILED):
        jobs.add_metric([state.value], counts.get(state, 0))
    yield jobs
    oldest = BackgroundJob.objects.filter(state=State.WAITING).aggregate(asked_at=Min("asked_at"))["asked_at"]
    waiting = (timezone.now() - oldest).total_seconds() if oldest else 0
    yield GaugeMetricFamily(
        "cermin_jobs_oldest_waiting_seconds",
        "How long the job that waits longest has waited; grows when no worker is alive.",
        value=waiting,
    )
