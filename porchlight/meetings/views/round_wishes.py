"""What families wish: on their own page, or written down by the office for them."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.families.models import Channel, Guardian
from porchlight.meetings.models import Party
from porchlight.meetings.rounds import listing
from porchlight.meetings.rounds.parties import form_parties
from porchlight.meetings.rounds.wishes_form import WishesForm, children_of
from porchlight.meetings.rounds.wishing import RoundIsOver, decline, say_wishes, takes_wishes
from porchlight.meetings.views.rounds import round_of
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page
from porchlight.toolbox import school_time

# How the office heard it, when it writes it down.
HEARD = (Channel.VOICE, Channel.PAPER, Channel.SMS, Channel.WHATSAPP, Channel.EMAIL)


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def wishes(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """When, whom, how. Of their own children, of their own party, and of nobody else's."""
    round_, now = round_of(actor, key), school_time.now()
    party = get_object_or_404(Party.objects.visible_to(actor).select_related("round__school"), round=round_)
    adult = get_object_or_404(Guardian.objects.visible_to(actor))
    children = children_of(party, [adult], on=request.school.local(now).date())
    if not children:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = WishesForm(party, children, adult.speaks, data)
    if data is not None and ("decline" in data or form.is_valid()):
        try:
            if "decline" in data:
                decline(party, by=actor, now=now)
            else:
                say_wishes(party, form.wishes(), by=actor, now=now)
        except RoundIsOver:
            flash.warning(request, _("We are making the times now. You can still write to us."))
        return redirect(request.path)
    page = {"round": round_, "party": party, "form": form, "is_open": takes_wishes(round_, now=now)}
    return render(request, "meetings/wishes.html", page, status=422 if data is not None else 200)


@require_safe
@staff_page(*KEEPERS)
def parties(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Who answered, by which way; a party is opened to write down what it says."""
    round_, now = round_of(actor, key), school_time.now()
    sought = request.GET.get("child", "").strip()
    found = [
        row
        for row in listing.rows(round_, actor, now=now)
        if sought.casefold() in f"{row.children} {row.adults}".casefold()
    ]
    page = {
        "round": round_,
        "answered": listing.answered(round_, actor),
        "rows": found[: listing.MOST],
        "found": len(found),
        "sought": sought,
    }
    return render(request, "meetings/round_parties.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def party(request: SchoolRequest, actor: Actor, key: str, party_key: str) -> HttpResponse:
    """What a family says on the telephone, at the gate or on a slip; with who wrote it down."""
    round_, now = round_of(actor, key), school_time.now()
    row = get_object_or_404(
        Party.objects.visible_to(actor).filter(round=round_).select_related("round__school"), key=party_key
    )
    adults = [one.guardian for one in row.members.select_related("guardian").order_by("pk")]
    children = children_of(row, adults, on=request.school.local(now).date())
    data = request.POST if request.method == "POST" else None
    form = WishesForm(row, children, adults[0].speaks if adults else "", data)
    if data is not None and ("decline" in data or form.is_valid()):
        try:
            if "decline" in data:
                decline(row, by=actor, now=now, channel=_heard(request))
            else:
                say_wishes(row, form.wishes(), by=actor, now=now, channel=_heard(request))
        except RoundIsOver:
            flash.warning(request, _("This round is closed."))
        else:
            flash.success(request, _("Kept."))
        return redirect("meetings:round_parties", school=request.school.slug, key=key)
    page = {
        "round": round_, "party": row, "adults": adults, "form": form, "heard": HEARD,
        "way": listing.way(row), "is_closed": round_.closed_at is not None,
    }  # fmt: skip
    return render(request, "meetings/round_party.html", page, status=422 if data is not None else 200)


def _heard(request: HttpRequest) -> str:
    """One of the ways there are."""
    said = request.POST.get("heard", "")
    return said if said in HEARD else Channel.VOICE


@require_http_methods(["POST"])
@staff_page(*KEEPERS)
def forming(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Before anybody is asked: who would come together."""
    round_ = round_of(actor, key)
    form_parties(round_, now=school_time.now())
    return redirect("meetings:round_parties", school=request.school.slug, key=key)
