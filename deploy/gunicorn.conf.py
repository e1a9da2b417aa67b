"""gunicorn on a server: gunicorn --config deploy/gunicorn.conf.py asn_assess.wsgi

Each value can be given in the environment; what it means stands in docs/operations.md.
"""

import os
from pathlib import Path

from prometheus_client import multiprocess

# Under systemd the socket comes from cermin-web.socket; in a container or behind a balancer an address as 0.0.0.0:8000.
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
# Synchronous workers: pages take a few milliseconds and nginx buffers slow phones. Two for each core.
workers = int(os.environ.get("WEB_WORKERS", 2 * (os.cpu_count() or 1)))
# The code is loaded once and shared by all workers, so a worker that died is replaced within milliseconds.
preload_app = True
# Seconds. No page takes a tenth of it, and files for HR staff are made by workers and only streamed here.
timeout = 60
# After SIGTERM requests in hand are finished; systemd and containers wait a little longer than this.
graceful_timeout = 30
keepalive = 5
# The product writes one line for each request itself, with its id and without the address of anybody.
accesslog = None
errorlog = "-"
# Only the proxy in front may say that a request came by TLS.
forwarded_allow_ips = os.environ.get("WEB_TRUSTED_PROXIES", "127.0.0.1")
control_socket_disable = True

_counts = Path(os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", "/run/cermin/metrics"))


def on_starting(server):
    """Counts of the last run would be added to those of this one."""
    _counts.mkdir(parents=True, exist_ok=True)
    for old in _counts.glob("*.db"):
        old.unlink()


def child_exit(server, worker):
    multiprocess.mark_process_dead(worker.pid)


def when_ready(server):
    """Loads every view once, before the workers part: the first people to come need not wait for it."""
    from django.urls import get_resolver

    _ = get_resolver().reverse_dict
