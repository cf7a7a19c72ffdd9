"""How we answer: for who leads the school the whole of it, for a teacher their own children's homes."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from porchlight.conversations.promise_kept import FOUR_WEEKS, Figure, look, this_term
from porchlight.design.parts import Column, Table
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.toolbox.scripts import autonym


@require_safe
@staff_page()
def promise(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Four weeks, or this term."""
    now = school_time.now()
    is_term = request.GET.get("since") == "term"
    since = this_term(request.school, now) if is_term else now - FOUR_WEEKS
    seen = look(request.school, actor, since=since, now=now)
    languages = [(autonym(tag), one) for tag, one in seen.by_language]
    page = {
        "seen": seen,
        "is_term": is_term,
        "since": since,
        "tables": [
            one
            for one in (
                _table(_("By class"), _("Class"), seen.by_class),
                _table(_("By the language of the home"), _("Language"), languages),
            )
            if one.rows
        ],
    }
    return render(request, "conversations/promise.html", page)


def _table(caption: str, first: str, rows: Sequence[tuple[str, Figure]]) -> Table:
    return Table(
        caption=caption,
        columns=[
            Column(first),
            Column(_("Answered in time"), number=True),
            Column(_("Median wait, school hours"), number=True),
            Column(_("Still waiting"), number=True),
        ],
        rows=[
            [name, in_time(one), "–" if one.hours is None else f"{one.hours:g}", one.waiting]
            for name, one in rows
        ],
    )


def in_time(one: Figure) -> str:
    """“19 of 20”."""
    return _("%(kept)s of %(of)s") % {"kept": one.kept, "of": one.asked}
