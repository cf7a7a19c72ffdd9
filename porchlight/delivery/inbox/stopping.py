"""The address behind “unsubscribe” (RFC 8058): opening it shows a page, only a POST stops anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from porchlight.delivery import addressing
from porchlight.delivery.models import Delivery
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time


@csrf_exempt  # mail programs post here by themselves, without cookies; the address itself is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, school_slug: str, reference: str) -> HttpResponse:
    """Show the question, or take the wish. An address nobody was sent looks like one that is over."""
    school = School.objects.open().filter(slug=school_slug).first()
    if school is None:
        return _page(request, None, None, status=404)
    with school_context(school):
        sent = Delivery.objects.in_school(school).filter(reference=reference, parcel__service_kind="")
        delivery = sent.select_related("address").first()
        if delivery is None or delivery.address is None:
            return _page(request, school, None, status=404)
        if request.method == "POST":
            addressing.opt_out(
                delivery.address, source="unsubscribe in a mail", words="", now=school_time.now()
            )
        return _page(request, school, delivery)


def _page(
    request: HttpRequest, school: School | None, delivery: Delivery | None, status: int = 200
) -> HttpResponse:
    stopped = bool(delivery and delivery.address and delivery.address.opted_out_at)
    told = {"school": school, "is_known": delivery is not None, "stopped": stopped}
    page = render(request, "delivery/stop.html", told, status=status)
    page["Referrer-Policy"], page["Cache-Control"] = "no-referrer", "no-store"
    return page
