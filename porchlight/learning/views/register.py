"""A class in the morning: everybody is here; tap who is not."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from porchlight.conversations.closing import classes_closed
from porchlight.design import moments
from porchlight.families.models import Student
from porchlight.learning.listing import away_among, away_on
from porchlight.learning.models import Register
from porchlight.learning.registering import Taken, take_register
from porchlight.schools.actors import Actor
from porchlight.schools.calendar import written
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def register(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Today's register of one class; taken again, it puts right what was wrong."""
    school_class = get_object_or_404(SchoolClass.objects.visible_to(actor).current(), key=key)
    now = school_time.now()
    day = request.school.local(now).date()
    children = (
        Student.objects.visible_to(actor).on_roll().in_class(school_class, on=day).order_by("name", "pk")
    )
    is_closed = school_class.pk in classes_closed(request.school, day)
    calendar = written(request.school)
    is_open = bool(calendar.days(day, day)) and not is_closed
    if request.method == "POST" and is_open:
        tapped = list(children.filter(key__in=request.POST.getlist("missing")))
        taken = take_register(school_class, day=day, missing=tapped, by=actor, now=now)
        flash.success(request, _said(taken))
        return redirect("learning:register", school=request.school.slug, key=key)
    missing = away_among(list(children), day)
    away = {row.absence.student_id: row for row in away_on(request.school, actor, day, now=now)}
    registers = Register.objects.visible_to(actor).filter(school_class=school_class, day=day)
    page = {
        "school_class": school_class,
        "day_words": moments.full_day(now, zone=request.school.zone),
        "is_school_day": is_open,
        "is_closed": is_closed,
        "is_past_terms": calendar.ends_on is not None and calendar.ends_on < day,
        "children": [(child, child.pk in missing, away.get(child.pk)) for child in children],
        "register": registers.select_related("taken_by").first(),
    }
    return render(request, "learning/register.html", page)


def _said(taken: Taken) -> str:
    if not taken.missing:
        return _("Written down: everybody is here.")
    words = ngettext(
        "Written down: %(n)s child is missing.", "Written down: %(n)s children are missing.", taken.missing
    ) % {"n": taken.missing}
    if taken.asked:
        names = ", ".join(child.short_name for child in taken.asked)
        words += " " + _("In half a minute we ask at home: %(names)s.") % {"names": names}
    return words
