"""Notes on the family's own screen: turned on and off on its own page, and what a tap on one opens."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.conversations.views.family import my_ties
from porchlight.delivery.gateways.web_push.subscription import NotASubscription, Subscription
from porchlight.delivery.models import Delivery
from porchlight.delivery.news import opened, register_news_page, turn_off, turn_on
from porchlight.families.models import Channel, ContactPoint, Guardian
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page
from porchlight.toolbox import school_time
from porchlight.toolbox.reach import NotPublic


@register_news_page
def news_path(slug: str, reference: str) -> str:
    """The page behind a note."""
    return reverse("conversations:news", kwargs={"school": slug, "reference": reference})


@require_POST
@guardian_page()
def my_screen(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Their browser said yes: it is told of news from now on."""
    guardian = get_object_or_404(Guardian.objects.visible_to(actor), pk=actor.post_id)
    words = _("Tell me on this screen")
    try:
        browser = Subscription.of_browser(request.POST.get("subscription", ""))
        turn_on(guardian, browser, words=words, by=actor, now=school_time.now())
    except (NotASubscription, NotPublic):
        flash.error(request, _("This browser cannot be told of news. Everything comes as before."))
    else:
        flash.success(
            request, _("This screen shows when there is news. What you have not opened comes as before.")
        )
    return redirect("conversations:my_ways", school=request.school.slug)


@require_POST
@guardian_page()
def my_screen_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """No more notes there."""
    points = ContactPoint.objects.visible_to(actor).filter(ended_at=None, address__channel=Channel.PUSH)
    point = get_object_or_404(points.filter(guardian=actor.post_id), key=key)
    turn_off(point, by=actor, now=school_time.now())
    flash.success(request, _("Turned off. Everything comes as before."))
    return redirect("conversations:my_ways", school=request.school.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def news(request: SchoolRequest, actor: Actor, reference: str) -> HttpResponse:
    """To the child it is about. The page there says by itself, with POST, that a person has it open."""
    rows = Delivery.objects.visible_to(actor).filter(channel=Channel.PUSH, reference=reference)
    delivery = rows.select_related("parcel").first()
    if delivery is None:
        raise Http404
    ties = my_ties(request, actor).filter(student__in=delivery.parcel.about.values("student"))
    tie = ties.first()
    if tie is None:
        raise Http404
    if request.method == "POST":
        opened(delivery, school_time.now())
        return HttpResponse(status=204)
    thread = reverse(
        "conversations:family_thread",
        kwargs={"school": request.school.slug, "student_key": tie.student.key},
    )
    return redirect(f"{thread}?news={delivery.reference}")
