"""Where the code of a slip leads: read and answer what it said, or give the number to write to from now on."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.accounts.limits import Rate, give_back, take
from porchlight.conversations.by_slip import TooManyWaiting, number_given
from porchlight.delivery.by_hand.slip_codes import A_CODE, slip_in
from porchlight.delivery.models import Delivery
from porchlight.schools.doors import SchoolRequest
from porchlight.toolbox import school_time
from porchlight.welcome.cards import in_groups
from porchlight.welcome.forms import PrintedCode, StartHere
from porchlight.welcome.languages import page_language
from porchlight.welcome.printed import numbers_of
from porchlight.welcome.printed import start as start_of
from porchlight.welcome.views.links import private

TRIES = Rate(60, timedelta(hours=1))  # wrong ones from one place


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SchoolRequest, school: str, code: str = "") -> HttpResponse:
    """Without a code: write it. With it: what waits, and where to write from now on. A GET changes nothing."""
    if request.school is None:
        raise Http404
    if not code:
        return _asks_for_code(request)
    slip = _slip(request, code)
    if slip is None or slip.parcel.guardian is None:
        form = PrintedCode()
        return private(render(request, "welcome/start_code.html", {"form": form, "over": True}, status=404))
    with translation.override(page_language(slip.parcel.guardian.reading)):
        return private(_begins(request, slip, code))


def _asks_for_code(request: SchoolRequest) -> HttpResponse:
    form = PrintedCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_of_a_card:
            return private(_has_a_card(request, form.cleaned_data["code"]))
        return private(
            redirect("welcome:start_with_code", school=request.school.slug, code=form.cleaned_data["code"])
        )
    return private(
        render(request, "welcome/start_code.html", {"form": form}, status=422 if form.errors else 200)
    )


def _has_a_card(request: SchoolRequest, code: str) -> HttpResponse:
    """A card makes known the phone that sends its number. Whether it is one of ours, this page tells nobody."""
    language = page_language(translation.get_language())
    opens = start_of(request.school, numbers_of(request.school), language=language, code=in_groups(code))
    return render(request, "welcome/start_card.html", {"number": in_groups(code), "start": opens})


def _slip(request: SchoolRequest, code: str) -> Delivery | None:
    now = school_time.now()
    counted = f"slips from:{get_adapter(request).place(request)}"
    if not A_CODE.fullmatch(code.lower()) or not take(counted, TRIES, now=now):
        return None
    slip = slip_in(code, school=request.school, now=now)
    if slip is not None:
        give_back(counted)
    return slip


def _begins(request: SchoolRequest, slip: Delivery, code: str) -> HttpResponse:
    form = StartHere(request.POST or None, school=request.school)
    page = {"form": form, "message": slip.parcel.page_path, "done": False}
    if request.method != "POST":
        return render(request, "welcome/start.html", page)
    if not form.is_valid():
        return render(request, "welcome/start.html", page, status=422)
    try:
        number_given(
            school=request.school,
            code=code,
            channel=form.cleaned_data["channel"],
            number=form.cleaned_data["number"],
            words=form.cleaned_data["words"] or _("Please write to me on this number."),
            now=school_time.now(),
        )
    except TooManyWaiting:
        form.add_error(
            None, _("The office has several numbers for this family to ask about. Please ring the school.")
        )
        return render(request, "welcome/start.html", page, status=422)
    return render(request, "welcome/start.html", {**page, "done": True})
