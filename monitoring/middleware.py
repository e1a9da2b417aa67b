"""The outermost middleware: answers probes, gives every request its id, counts it and writes one line about it."""

import logging
from time import perf_counter

from django.http import HttpResponseNotAllowed

from monitoring import metrics, request_ids
from monitoring.probes import PROBES

requests_log = logging.getLogger("monitoring.requests")


class MonitoringMiddleware:
    """Stands before everything else.

    Probes are answered here because balancers ask by address and without TLS, which the middleware further in
    refuses, and because they must not touch sessions.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        probe = PROBES.get(request.path_info)
        if probe is not None:
            return (
                probe(request)
                if request.method in {"GET", "HEAD"}
                else HttpResponseNotAllowed(["GET", "HEAD"])
            )
        started = perf_counter()
        request_id = request_ids.id_for(request)
        token = request_ids.set_current(request_id)
        try:
            response = self.get_response(request)
            response.headers[request_ids.HEADER] = request_id
            _note(request, response, seconds=perf_counter() - started)
        finally:
            request_ids.forget(token)
        return response


def _note(request, response, *, seconds):
    match = request.resolver_match
    route = match.view_name if match and match.view_name else metrics.UNKNOWN_ROUTE
    if metrics.are_wanted():
        metrics.count(route=route, method=request.method, status=response.status_code, seconds=seconds)
    if requests_log.isEnabledFor(logging.INFO):
        fields = {
            "route": route,
            "method": request.method,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
        }
        requests_log.info("request", extra={"fields": fields})
