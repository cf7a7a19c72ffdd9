"""Who was asked in a season, who answered and by which way: for the office, without a mark on whoever is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from porchlight.design.delivery_words import channel as channel_words
from porchlight.design.direction import page_language
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.models import Party, Round
from porchlight.meetings.rounds.parties import invited
from porchlight.meetings.rounds.teaching import enrolled
from porchlight.meetings.rounds.wishing import takes_wishes
from porchlight.schools.actors import Actor
from porchlight.toolbox import scripts

MOST = 100  # rows on a page; the search finds the rest


@dataclass(frozen=True, slots=True)
class Row:
    """One party."""

    party: Party
    adults: str
    children: str
    answer: str  # how it came; empty: none yet


@dataclass(frozen=True, slots=True)
class Answered:
    """Counts with their total."""

    of: int
    answered: int
    declined: int
    ways: Sequence[tuple[str, int]]  # "by text", 4

    @property
    def silent(self) -> int:
        """They get a proposed time all the same."""
        return self.of - self.answered


def way(party: Party) -> str:
    """How the answer that counts came."""
    if party.answered_at is None:
        return ""
    if party.channel:
        return str(channel_words(party.channel))
    return _("written down here") if party.typed_by_id else _("on the page")


def answered(round_: Round, actor: Actor) -> Answered:
    """Of the parties this colleague may see."""
    parties = list(Party.objects.visible_to(actor).filter(round=round_))
    ways = Counter(way(one) for one in parties if one.answered_at is not None)
    return Answered(
        of=len(parties),
        answered=sum(ways.values()),
        declined=sum(one.declined_at is not None for one in parties),
        ways=ways.most_common(),
    )


def rows(round_: Round, actor: Actor, *, now: datetime) -> list[Row]:
    """Every party, by the names of its children."""
    today, comma = round_.school.local(now).date(), scripts.comma(page_language())
    students = {place.student_id: place.student for place in enrolled(round_, on=today)}
    of_adult: dict[int, list[str]] = {}
    for pk, ties in invited(round_, students, on=today).items():
        for tie in ties:
            of_adult.setdefault(tie.guardian_id, []).append(students[pk].name)
    found = []
    parties = Party.objects.visible_to(actor).filter(round=round_).prefetch_related("members__guardian")
    for party in parties.order_by("pk"):
        adults = [one.guardian for one in sorted(party.members.all(), key=lambda one: one.pk)]
        children = dict.fromkeys(name for one in adults for name in of_adult.get(one.pk, []))
        greetings = [one.greeting for one in adults if one.greeting]
        found.append(Row(party, comma.join(greetings), comma.join(children), way(party)))
    return sorted(found, key=lambda row: (row.children, row.party.pk))


def languages_without(round_: Round, actor: Actor) -> list[tuple[str, int]]:
    """Languages asked for that nobody interprets in this season, each with how many parties ask for it."""
    there = {
        scripts.base(tag)
        for tag in KnownLanguage.objects.visible_to(actor)
        .filter(staff__in=round_.hosts.filter(interprets=True).values("staff"))
        .values_list("language", flat=True)
    }
    wanted = Counter(
        Party.objects.visible_to(actor)
        .filter(round=round_, declined_at=None)
        .exclude(language="")
        .values_list("language", flat=True)
    )
    return [(tag, count) for tag, count in wanted.most_common() if tag not in there]


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A season to which a family is asked now, as its home page says it."""

    round: Round
    party: Party


def open_to(actor: Actor, *, now: datetime) -> list[OpenRound]:
    """Seasons that take this adult's wishes, the next to close first."""
    rounds = Round.objects.visible_to(actor).filter(told_at=None, closed_at=None, answer_by__gt=now)
    seen = {one.pk: one for one in rounds.select_related("school").order_by("answer_by", "pk")}
    if not seen:
        return []
    parties = {one.round_id: one for one in Party.objects.visible_to(actor).filter(round__in=seen)}
    return [
        OpenRound(one, parties[pk])
        for pk, one in seen.items()
        if pk in parties and takes_wishes(one, now=now)
    ]
