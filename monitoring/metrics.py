"""What is counted while requests pass, in the names and units of Prometheus.

Several processes serve one product, so each writes its counts to files in ``PROMETHEUS_MULTIPROC_DIR`` (the gunicorn
configuration sets it) and whichever is asked adds them up.
"""

import os

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

# Seconds. The limits of the product's own pages are between 5 and 150 ms; what lies above a second is a fault.
BUCKETS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 10.0)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
UNKNOWN_ROUTE = "-"  # files, and addresses that nothing answers to

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "cermin_requests",
    "Answered requests by route, method and HTTP status.",
    ["route", "method", "status"],
    registry=REGISTRY,
)
SECONDS = Histogram(
    "cermin_request_seconds",
    "Seconds until the headers of an answer were ready, by route.",
    ["route"],
    buckets=BUCKETS,
    registry=REGISTRY,
)


def count(*, route: str, method: str, status: int, seconds: float) -> None:
    """One answered request. ``route`` is the name of an address, never the address: that holds ids of people's rows."""
    REQUESTS.labels(route, method if method in _METHODS else "other", str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def exposition(figures) -> bytes:
    """Everything in Prometheus' text format. ``figures``: a collector of what the database knows at this moment."""
    counted = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    known = CollectorRegistry()
    known.register(figures)
    return generate_latest(counted) + generate_latest(known)


def are_wanted() -> bool:
    """Whether anybody may read them; otherwise nothing is counted."""
    return bool(settings.METRICS_TOKEN)
