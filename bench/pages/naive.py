"""The thread page as one writes it first: the same page, each message asked for what it needs when it is drawn.

Its rows are drawn by the same templates and hold the same words, so that the difference is what is asked of the
database. It leaves out what only the real page does: who shares the thread, and writing down what was seen.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import include, path
from django.views.decorators.http import require_safe

from porchlight.conversations.carried import carried
from porchlight.conversations.forms import SpokenForm, StaffReplyForm
from porchlight.conversations.models import Message, Thread
from porchlight.conversations.porch import lights
from porchlight.conversations.showing import bubble, first_of_each_day
from porchlight.conversations.thread_page import Said, Told
from porchlight.families.models import Guardianship
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

ROWS = 30


@require_safe
@staff_page()
def naive(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Nothing is fetched beforehand."""
    thread = get_object_or_404(Thread.objects.visible_to(actor), key=key)
    tie = Guardianship.objects.get(guardian=thread.guardian, student=thread.student)
    rows = list(Message.objects.visible_to(actor).filter(thread=thread).order_by("-said_at")[:ROWS])
    now, firsts = school_time.now(), first_of_each_day(reversed(rows), request.school.zone)
    page = {
        "tie": tie,
        "light": lights(request.school, [tie.guardian], now)[tie.guardian_id],
        "said": [
            Said(
                message=message,
                bubble=bubble(message, school_name=request.school.name),
                told=[] if message.is_from_home else [Told("", carried(message, now))],
                can_undo=False,
                new_day=message.key in firsts,
            )
            for message in reversed(rows)
        ],
        "form": StaffReplyForm(),
        "spoken": SpokenForm(auto_id="id_%s"),
        "may_write": True,
    }
    return render(request, "conversations/thread.html", page)


urlpatterns = [path("<slug:school>/naive/<str:key>/", naive), path("", include("porchlight.config.urls"))]
