"""What every page knows without its view saying so: the school of its address, and who looks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """`school` and `actor`, as the request carries them (a view's own context wins), and the demo flag."""
    return {
        "school": getattr(request, "school", None),
        "actor": getattr(request, "actor", None),
        "demo": settings.DEMO,
    }
