"""`/metrics`, for Prometheus: there for whoever brings the token, and for nobody else."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from porchlight.operations.counting import REGISTRY
from porchlight.operations.metrics import Figures
from porchlight.toolbox import school_time


def may_measure(request: HttpRequest) -> bool:
    """Whether this request brings the token of whoever runs the server."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    wanted: str = settings.METRICS_TOKEN
    return bool(wanted) and scheme.lower() == "bearer" and constant_time_compare(secret.strip(), wanted)


@require_safe
def scrape(request: HttpRequest) -> HttpResponse:
    """This process's counts and the server's figures, in Prometheus' text format."""
    if not may_measure(request):
        raise Http404
    figures = CollectorRegistry()
    figures.register(Figures(school_time.now()))
    response = HttpResponse(
        generate_latest(REGISTRY) + generate_latest(figures), content_type=CONTENT_TYPE_LATEST
    )
    add_never_cache_headers(response)
    return response
