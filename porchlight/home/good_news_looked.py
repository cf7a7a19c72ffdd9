"""What each home would get, how, when and for how much, as the page shows it before anything leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porchlight.conversations.good_news import Looked
from porchlight.conversations.previewing import remarks
from porchlight.delivery.planning import Planned
from porchlight.design.delivery_words import channel as channel_words
from porchlight.design.moments import moment
from porchlight.design.parts import Saying
from porchlight.schools.models import School

AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Way:
    """How one adult gets it, or why not."""

    adult: str
    how: str  # "WhatsApp, tomorrow, 7 am"
    said: Saying | None
    notes: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One home."""

    child: str
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that goes, and what it costs together."""

    homes: Sequence[Shown]
    cost: str  # "3 texts, 2 × a WhatsApp message"
    waits: bool  # some of it until a home wakes


def as_shown(looked: Sequence[Looked], *, school: School, now: datetime) -> Seen:
    """In the page's language, on the school's clock."""
    reached = [one for look in looked for one in look.reached]
    return Seen(
        homes=[Shown(look.child, [_way(one, school, now) for one in look.planned]) for look in looked],
        cost=_together(reached),
        waits=any(one.due_at > now + AT_ONCE for one in reached),
    )


def _together(reached: Sequence[Planned]) -> str:
    """Texts are paid for one by one, everything else by the message."""
    texts = sum(one.body.segments for one in reached if one.body is not None)
    others = Counter(one.body.cost_class for one in reached if one.body is not None and not one.body.segments)
    said = [ngettext("one text", "%(count)s texts", texts) % {"count": texts}] if texts else []
    return ", ".join([*said, *(f"{count} × {cost}" for cost, count in sorted(others.items()))])


def _way(one: Planned, school: School, now: datetime) -> Way:
    adult = str(one.recipient.guardian) or _("An adult at home")
    if one.not_reached is not None:
        return Way(adult, "", None, str(one.not_reached.next_step))
    when = _("now")
    if one.due_at > now + AT_ONCE:
        when = moment(one.due_at, now=now, zone=school.zone)
    return Way(
        adult=adult,
        how=f"{channel_words(one.channel)}, {when}",
        said=Saying(one.body.as_sent if one.body else "", one.content.language),
        notes=" ".join(remarks(one)),
    )
