"""Pages as they are answered, counted by this process: by method, kind of answer and kind of place, never by whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds
ANSWERED = Counter(
    "porchlight_pages", "Requests answered by this process.", ["room", "method", "status"], registry=REGISTRY
)
TOOK = Histogram(
    "porchlight_page_seconds", "How long they took.", ["room"], buckets=BUCKETS, registry=REGISTRY
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def count(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """`room` is the part of Porchlight that answered; `status` is told by its first figure: 2xx, 4xx, 5xx."""
    place = request.resolver_match
    room = (place.namespace.partition(":")[0] or "other") if place else "nowhere"
    method = request.method if request.method in METHODS else "other"
    ANSWERED.labels(room, method, f"{response.status_code // 100}xx").inc()
    TOOK.labels(room).observe(seconds)
