"""The board: every colleague's evening, what is at odds with a rule, and each time moved, pinned or changed over."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.meetings.models import Mode, Round, RoundDay, RoundHost, Wish
from porchlight.meetings.models.meetings import SEES_EVERY_MEETING
from porchlight.meetings.planned import moving
from porchlight.meetings.planned.places import Choice, choices_for
from porchlight.meetings.planned.sheet import sheet_of
from porchlight.meetings.planned.staff_words import all_reasons, why_broken
from porchlight.meetings.planned.standing import Standing, standing_of
from porchlight.meetings.planned.unmet import not_held
from porchlight.meetings.views.planning import reasons_for
from porchlight.meetings.views.rounds_seen import round_of, seen_by, wish_of
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.live.versions import Topic, listen_at
from porchlight.toolbox import school_time

LONGEST = 19  # digits of a number in a form


@require_safe
@staff_page(*SEES_EVERY_MEETING)
def board(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One day of it. Asked by htmx, the part that changes."""
    live = listen_at(request.school, Topic.ROUNDS)
    round_ = round_of(actor, key)
    standing, seen = standing_of(round_, now=school_time.now()), seen_by(actor, round_)
    day = _day(round_, request.GET.get("day", ""))
    page = {
        "round": round_,
        "live": live,
        "days": list(standing.asked.clock.days),
        "day": day,
        "sheet": sheet_of(standing, day, seen) if day is not None else None,
        "clashes": _clashes(standing, seen),
        "open": reasons_for(not_held(standing), standing.asked, seen),
    }
    return render(request, "meetings/board_part.html" if request.htmx else "meetings/board.html", page)


def _day(round_: Round, key: str) -> RoundDay | None:
    days = list(round_.days.order_by("day"))
    return next((one for one in days if one.key == key), days[0] if days else None)


def _clashes(standing: Standing, seen: Collection[str]) -> list[dict[str, Any]]:
    return [
        {
            "wish": standing.asked.wishes[key],
            "why": [why_broken(one, key, standing.asked, seen) for one in reasons],
        }
        for key, reasons in standing.at_odds.items()
        if key in seen
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*SEES_EVERY_MEETING)
def place(request: SchoolRequest, actor: Actor, key: str, wish_key: str) -> HttpResponse:
    """Another time for one wish: chosen from what is free, or dropped there. What speaks against it is named."""
    round_ = round_of(actor, key)
    wish = wish_of(actor, round_, wish_key)
    page: dict[str, Any] = {"wish": wish, "at": request.POST.get("at", "")}
    if request.method == "POST":
        chosen = _read(page["at"])
        if round_.told_at is not None and "sure" not in request.POST:
            page["why"] = _against(wish, chosen, seen_by(actor, round_))
            page["ask_first"] = not page["why"]
        else:
            try:
                moving.move(
                    wish,
                    day_id=chosen.day,
                    slot=chosen.slot,
                    mode=chosen.mode,
                    by=actor,
                    now=school_time.now(),
                )
            except moving.NotThere as no:
                page["why"] = all_reasons(no.reasons, no.standing.asked, seen_by(actor, round_))
            else:
                flash.success(request, _("Moved, and pinned: no new plan takes it away from there."))
                return _to_board(request, round_, chosen.day)
    return _choosing(request, actor, round_, page)


def _choosing(request: SchoolRequest, actor: Actor, round_: Round, page: dict[str, Any]) -> HttpResponse:
    """Where one wish could be. What was dragged and may not be there is back where it was, on the board, with why."""
    wish: Wish = page["wish"]
    dropped_on = request.POST.get("day", "")
    if dropped_on and page.get("why"):
        flash.error(request, " ".join([_("That does not go, and nothing was changed."), *page["why"]]))
        day = round_.days.filter(key=dropped_on).first()
        return _to_board(request, round_, day.pk if day is not None else None)
    standing = standing_of(round_, now=school_time.now(), also=[wish.key])
    page |= {"round": round_, "choices": choices_for(standing, wish), "others": _others(actor, round_, wish)}
    return render(request, "meetings/place.html", page, status=422 if page.get("why") else 200)


def _against(wish: Wish, chosen: Choice, seen: Collection[str]) -> list[str]:
    try:
        reasons, standing = moving.look(
            wish, day_id=chosen.day, slot=chosen.slot, mode=chosen.mode, now=school_time.now()
        )
    except moving.NotThere as no:
        return all_reasons(no.reasons, no.standing.asked, seen)
    return all_reasons([(wish.key, one) for one in reasons], standing.asked, seen)


def _read(at: str) -> Choice:
    """`day.slot`, and perhaps `.mode`."""
    parts = at.split(".")
    numbers = all(part.isdecimal() and len(part) < LONGEST for part in parts[:2])
    if len(parts) not in {2, 3} or not numbers:
        raise Http404
    mode = parts[2] if len(parts) == 3 else ""
    if mode and mode not in Mode.values:
        raise Http404
    return Choice(int(parts[0]), int(parts[1]), mode)


def _others(actor: Actor, round_: Round, wish: Wish) -> list[Wish]:
    """With whom it could change places: those with a time with the same colleagues."""
    if wish.meeting is None or not wish.meeting.is_on:
        return []
    rows = Wish.objects.visible_to(actor).filter(round=round_, meeting__called_off_at=None)
    rows = rows.filter(hosts__host__in=wish.hosts.values("host")).exclude(meeting=None).exclude(pk=wish.pk)
    return list(rows.select_related("student", "meeting").order_by("meeting__starts_at").distinct())


def _to_board(request: SchoolRequest, round_: Round, day_id: int | None = None) -> HttpResponse:
    answer = redirect("meetings:round_board", school=request.school.slug, key=round_.key)
    day = round_.days.filter(pk=day_id).first() if day_id else None
    if day is not None:
        answer["Location"] += f"?day={day.key}"
    return answer


@require_POST
@staff_page(*SEES_EVERY_MEETING)
def swap(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Two families change places, where every rule holds for both."""
    round_ = round_of(actor, key)
    one = wish_of(actor, round_, request.POST.get("one", ""))
    other = wish_of(actor, round_, request.POST.get("other", ""))
    page: dict[str, Any] = {"wish": one, "swap_with": other}
    if round_.told_at is not None and "sure" not in request.POST:
        page["ask_first"] = True
    else:
        try:
            moving.swap(one, other, by=actor, now=school_time.now())
        except moving.NotThere as no:
            page["why"] = all_reasons(no.reasons, no.standing.asked, seen_by(actor, round_))
        except LookupError:
            page["why"] = [_("Only two that have a time can change places.")]
        else:
            flash.success(request, _("They have changed places."))
            return _to_board(request, round_)
    return _choosing(request, actor, round_, page)


@require_POST
@staff_page(*SEES_EVERY_MEETING)
def pin(request: SchoolRequest, actor: Actor, key: str, wish_key: str) -> HttpResponse:
    """No plan moves it; pressed again, any plan may."""
    round_ = round_of(actor, key)
    wish = wish_of(actor, round_, wish_key)
    moving.set_pin(wish, wish.pinned_by_id is None, by=actor)
    return _to_board(request, round_)


@require_safe
@staff_page()
def my_evening(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A colleague's own column of every day, and nobody else's."""
    rows = RoundHost.objects.visible_to(actor).filter(round__key=key, staff=actor.post_id)
    host = get_object_or_404(rows.select_related("round__school"))
    round_ = host.round
    standing = standing_of(round_, now=school_time.now())
    seen = seen_by(actor, round_)
    mine = {one.wish_id for one in host.wished.all()}
    seen = {key for key in seen if key in standing.asked.wishes and standing.asked.wishes[key].pk in mine}
    sheets = (
        []
        if host.interprets
        else [sheet_of(standing, day, seen, {host.key}) for day in standing.asked.clock.days]
    )
    return render(request, "meetings/my_evening.html", {"round": round_, "host": host, "sheets": sheets})
