"""What the bar of places wants to know of a colleague, in one question to the database instead of five."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import Exists, Model, QuerySet

from porchlight.conversations.models import Check
from porchlight.delivery.by_hand.entrusting import ENTRUSTED, entrusted
from porchlight.families.models import Guardian
from porchlight.languages.models import KnownLanguage
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from porchlight.toolbox.worded import WholeQuestion, worded_whole
from porchlight.welcome.models import HelloWeek


def is_a_parent_too(actor: Actor) -> bool:
    """A colleague whose own child is here, under the same sign-in."""
    return actor.is_staff and actor.user_id is not None and _known(actor, "is a parent too")


def hello_is_on(actor: Actor) -> bool:
    """Whether hello week is on, for this colleague; the desk asks as well."""
    return actor.is_staff and _known(actor, "hello week is on")


def listens(actor: Actor) -> bool:
    """A colleague to whom voice notes in some language come."""
    return actor.is_staff and actor.post_id is not None and _known(actor, "knows a language")


def checks(actor: Actor) -> bool:
    """A colleague who looks at translations into a language they read."""
    return actor.is_staff and actor.post_id is not None and _known(actor, "checks a language")


def any_check_waits(actor: Actor) -> bool:
    """Whether any translation waits for a reader, whoever may see it."""
    return _known(actor, "a translation waits")


def _known(actor: Actor, what: str) -> bool:
    if what not in actor.known:
        names, question = _worded(actor, school_time.now().date(), connection.vendor)
        actor.known.update(zip(names, map(bool, question.one()), strict=True))
    return actor.known[what]


@lru_cache(maxsize=512)
def _worded(actor: Actor, _today: date, _vendor: str) -> tuple[tuple[str, ...], WholeQuestion]:
    """What is asked, in its order: put into words once a day for each colleague, since every page of theirs asks it."""
    asked = {name: Exists(rows) for name, rows in _asked(actor).items()}
    # One row comes back, the school's.
    return tuple(asked), worded_whole(School.objects.filter(pk=actor.school_id).values_list(*asked.values()))


def _asked(actor: Actor) -> Mapping[str, QuerySet[Model]]:
    school = actor.school_id
    parents = Guardian.objects.in_school(school).filter(left_at=None, user=actor.user_id)
    known = KnownLanguage.objects.in_school(school).filter(staff=actor.post_id)
    return {
        "is a parent too": parents,
        "hello week is on": HelloWeek.objects.visible_to(actor).running(),
        "knows a language": known,
        "checks a language": known.filter(checks=True),
        "a translation waits": Check.objects.in_school(school).filter(done_at=None),
        ENTRUSTED: entrusted(actor),
    }
