"""What each way to a home stands on: who said yes or no, when, where that stands, in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.families.models import Consent, ContactPoint
from porchlight.schools.actors import Actor

# What `Consent.source` begins with, and how the office reads it. Anything else is shown as it was written.
SOURCES: dict[str, Promise] = {
    "reply STOP": gettext_lazy("they answered STOP"),
    "reply START": gettext_lazy("they answered START"),
    "unsubscribe in a mail": gettext_lazy("they pressed “unsubscribe” in an e-mail"),
    "refused by the gateway": gettext_lazy("their network says that they stopped our messages"),
    "complaint": gettext_lazy("they marked our e-mail as unwanted"),
    "greeted the school": gettext_lazy("they greeted the school from it"),
    "wrote with the number on their card": gettext_lazy("they wrote with the number on their card"),
    "wrote to us; placed by the office": gettext_lazy("they wrote to us, and the office knew them"),
    "gave it with a slip; the office asked": gettext_lazy("they gave it with a slip of paper"),
    "given to the office in place of another": gettext_lazy("they gave it in place of another"),
    "said yes to being named": gettext_lazy("they said yes to being named"),
    "own page: notes on this screen": gettext_lazy("they turned it on or off on their own page"),
    "given at enrolment": gettext_lazy("given at enrolment"),
    "written down for many; taken back": gettext_lazy("written down for many by mistake, and taken back"),
}


class Line(NamedTuple):
    """The last word about one way."""

    given: bool
    at: datetime
    source: str
    wording: str  # theirs, or the paper's


def last_words(points: Sequence[ContactPoint], actor: Actor) -> dict[int, Line]:
    """Contact point → the line of the ledger that counts; none: nobody has asked them."""
    found: dict[int, Line] = {}
    rows = Consent.objects.visible_to(actor).filter(contact_point__in=points).order_by("at", "pk")
    for row in rows:
        found[row.contact_point_id] = Line(row.given, row.at, source_words(row.source), row.wording)
    return found


def source_words(source: str) -> str:
    """Where it stands, in words."""
    for beginning, words in SOURCES.items():
        if source.startswith(beginning):
            return str(words)
    return source or _("not written down")
