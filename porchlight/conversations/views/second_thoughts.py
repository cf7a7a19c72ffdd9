"""Beside the field in which one home is written to: how the words may be heard, and when the last good word was."""

from __future__ import annotations

from typing import Any

from porchlight.conversations.advising import advice, good_words
from porchlight.conversations.forms import StaffReplyForm
from porchlight.conversations.models import Kind
from porchlight.conversations.views.looking import plainer
from porchlight.families.models import Guardianship
from porchlight.languages.inviting import invited
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest
from porchlight.toolbox import school_time


def looked_over(request: SchoolRequest, tie: Guardianship) -> StaffReplyForm:
    """The form with what was written, where an invitation was taken with that in its place. Nothing is sent."""
    text = request.POST.get("text", "")
    written = invited(text, request.POST.get("invite", ""), child=tie.student.short_name)
    return StaffReplyForm(initial={"text": written})


def beside_the_words(
    request: SchoolRequest, actor: Actor, tie: Guardianship, form: StaffReplyForm
) -> dict[str, Any]:
    """What the page shows there. Only words that somebody asked about are looked at."""
    school = request.school
    looks = "look" in request.POST or "invite" in request.POST
    text = str(form.initial.get("text", "")) if looks else ""
    kinds = (request.POST.get("kind"), request.GET.get("good") and Kind.GOOD_NEWS)
    return {
        "form": form,
        "advice": advice(text, school.language, students=[tie.student]),
        "plainer": plainer(text, school.language, school),
        "looked": bool(text.strip()),
        "alone": "alone" in request.POST,
        "says_good": Kind.GOOD_NEWS in kinds,
        "good_word": good_words([tie.student], school=school, by=actor, now=school_time.now())[0],
    }
