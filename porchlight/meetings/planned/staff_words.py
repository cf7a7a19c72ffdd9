"""What the office reads: why a time cannot be, why a wish has none. Words to act on, and nobody's fault."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.design.direction import page_language
from porchlight.design.moments import clock as spoken_clock
from porchlight.design.moments import full_day
from porchlight.meetings.models import Wish
from porchlight.meetings.planned.clock import Clock, Span
from porchlight.meetings.planned.loading import Asked
from porchlight.meetings.planned.standing import Broken
from porchlight.toolbox import scripts

NO_COMMON_HOUR = gettext_lazy("No common hour: %(who)s is there %(there)s; the family can come %(can)s.")
# Wishes without a time: what the planner is not told of, what no plan can hold, what is full.
UNMET: dict[str, Promise] = {
    "nobody": gettext_lazy("Nobody is named whom they would meet. Name a colleague of this round."),
    "not_told": gettext_lazy(
        "None of these adults may be told about this child. Look at who cares for the child."
    ),
    "person": gettext_lazy(
        "They ask to meet a woman or a man, and %(who)s is not. Ask a colleague to sit in, or ask the family."
    ),
    "cannot": gettext_lazy("They said that they cannot come this time. Ask them kindly what would suit."),
    "way": gettext_lazy(
        "%(who)s does not meet in a way the family takes. Offer another way, or ask the family."
    ),
    "language": gettext_lazy("Nobody here interprets %(language)s. Name an interpreter for this round."),
    "hour": NO_COMMON_HOUR,
    "short": gettext_lazy(
        "Their common time is too short: %(who)s is there %(there)s; the family can come %(can)s."
    ),
    "travel": gettext_lazy("There is no time for the way to the home and back. Offer another day."),
    "interpreter": gettext_lazy(
        "Nobody who interprets %(language)s is there when both can. Ask the interpreter for another hour."
    ),
    "host_taken": gettext_lazy(
        "%(who)s has no free time left when the family can. Another hour there would help."
    ),
    "family_taken": gettext_lazy(
        "The family sits in other meetings, or is on the way, whenever %(who)s is free."
    ),
    "interpreter_full": gettext_lazy("Interpreter full: whoever interprets %(language)s is taken then."),
    "breaks": gettext_lazy("%(who)s would be left without a break. A longer evening would help."),
    "room": gettext_lazy("There is room: put in what fits."),
    "host_full": gettext_lazy(
        "%(who)s is asked for %(asked)s minutes and there for %(free)s. Some will be left out."
    ),
    "language_full": gettext_lazy(
        "Interpreter full: %(language)s is asked for %(asked)s minutes, and %(free)s are there."
    ),
}
# Why a time on the board cannot be.
RULES: dict[str, Promise] = {
    **UNMET,
    "day": gettext_lazy("That is outside the hours of the day."),
    "way": gettext_lazy("The family does not take this way of meeting."),
    "host": gettext_lazy("%(who)s is not there then, but %(hours)s."),
    "family": gettext_lazy("The family cannot come then, but %(hours)s."),
    "host_busy": gettext_lazy("%(who)s sits with %(child)s’s family then."),
    "family_busy": gettext_lazy(
        "The family sits in another meeting then, about %(child)s, or is on the way."
    ),
    "apart": gettext_lazy(
        "The other parent, who lives apart, has a time about %(child)s too near to this one."
    ),
    "interpreter": gettext_lazy("Nobody who interprets %(language)s is free then."),
    "break": gettext_lazy("%(who)s would be left without a break."),
    "changed": gettext_lazy("Somebody has changed it since. Look for a better plan once more."),
}


def why_unmet(fact: dict[str, Any], asked: Asked) -> str:
    """One line of what cannot be met; see `unmet`."""
    wish = asked.wishes.get(fact.get("wish", ""))
    places = _places(asked, wish, fact.get("host", ""), fact.get("language", ""))
    for name in ("there", "can"):
        spans = fact.get(name)
        places[name] = hours(asked.clock, [Span(*one) for one in spans]) if isinstance(spans, list) else ""
    places |= {"asked": fact.get("asked", ""), "free": fact.get("there", "")}
    return str(UNMET[fact["kind"]]) % places


def why_broken(one: Broken, key: str, asked: Asked, seen: Collection[str]) -> str:
    """One rule that speaks against a time. `key`: of the wish that would have it. `seen`: what the reader may see."""
    places = _places(asked, asked.wishes.get(key), one.host, "")
    other = asked.wishes.get(one.wish)
    places |= {
        "child": other.student.short_name if other is not None and other.key in seen else "–",
        "hours": hours(asked.clock, one.hours),
        "there": hours(asked.clock, one.hours),
        "can": "",
    }
    return str(RULES[one.rule]) % places


def hours(clock: Clock, spans: Iterable[Span]) -> str:
    """As people say it: `on Thursday 15 October 4 pm–5.30 pm`; `never`."""
    said = []
    for day, those in groupby(spans, key=lambda one: one.day):
        there = [f"{_clock(clock, day, one.start)}–{_clock(clock, day, one.end)}" for one in those]
        said.append(
            _("on %(day)s %(hours)s")
            % {"day": day_name(clock, day), "hours": scripts.comma(page_language()).join(there)}
        )
    return "; ".join(said) or _("never")


def day_name(clock: Clock, day_id: int) -> str:
    """`Thursday 15 October`."""
    return full_day(clock.at(day_id, 0), zone=clock.zone)


def _clock(clock: Clock, day_id: int, slot: int) -> str:
    return spoken_clock(clock.at(day_id, slot), zone=clock.zone)


def who(asked: Asked, wish: Wish | None, host: str = "") -> str:
    """Whom the wish is for."""
    if host:
        return asked.hosts[host].staff.name if host in asked.hosts else "–"
    if wish is None:
        return "–"
    of_it = {one.host_id for one in wish.hosts.all()}
    names = (one.staff.name for one in asked.hosts.values() if one.pk in of_it)
    return scripts.comma(page_language()).join(names) or "–"


def _places(asked: Asked, wish: Wish | None, host: str, language: str) -> dict[str, Any]:
    spoken = language or (wish.party.language if wish is not None else "")
    tag = spoken.split(" ")[0]
    return {"who": who(asked, wish, host), "language": scripts.name_in(tag, page_language()) if tag else "–"}


type Reasons = Sequence[tuple[str, Broken]]


def all_reasons(reasons: Reasons, asked: Asked, seen: Collection[str]) -> list[str]:
    """Each rule once, in words."""
    return list(dict.fromkeys(why_broken(one, key, asked, seen) for key, one in reasons))
