"""Small cards on a student's page, hung up by the rooms above: conversations never calls them by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from porchlight.families.models import Student
from porchlight.schools.actors import Actor
from porchlight.schools.models import School


@dataclass(frozen=True, slots=True)
class Card:
    """A heading, one sentence, and the place where more of it stands."""

    heading: str | Promise
    words: str
    url: str = ""
    label: str | Promise = ""


type CardMaker = Callable[[Student, School, Actor, datetime], Card | None]

_makers: list[CardMaker] = []


def on_student_page(maker: CardMaker) -> CardMaker:
    """`maker(student, school, actor, now)`: a card for a colleague who sees this child, or None."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def cards_for(student: Student, school: School, actor: Actor, now: datetime) -> list[Card]:
    """All there are for this colleague."""
    return [card for maker in _makers if (card := maker(student, school, actor, now)) is not None]
