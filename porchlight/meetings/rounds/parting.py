"""Adults who came together and part while a season goes on: a new home, or a restriction beside one of them.

From then on they are two parties. Of a time that no family knows yet, who left the party gives up the seat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from porchlight.families.models import HouseholdMembership, Restriction
from porchlight.families.models.people import in_force
from porchlight.meetings.models import GuestSeat, PartyMember, Round
from porchlight.meetings.rounds.parties import form_parties


@transaction.atomic
def part(round_: Round, *, now: datetime) -> bool:
    """Form parties anew where one holds adults who no longer come together. Whether it did."""
    members: dict[int, list[int]] = defaultdict(list)
    rows = PartyMember.objects.filter(round=round_).order_by("pk")
    for party, guardian in rows.values_list("party_id", "guardian_id"):
        members[party].append(guardian)
    couples = [adults for adults in members.values() if len(adults) > 1]
    if not _apart(round_, couples, round_.school.local(now).date()):
        return False
    form_parties(round_, now=now)
    _ask_each(round_)
    mine = PartyMember.objects.filter(party=OuterRef("meeting__wish__party"), guardian=OuterRef("guardian"))
    untold = GuestSeat.objects.in_school(round_.school_id).filter(
        meeting__wish__round=round_, meeting__told_at=None
    )
    untold.exclude(Exists(mine)).delete()
    return True


def _ask_each(round_: Round) -> None:
    """A question that was one for both stays with whom it was put to: the other is asked for themselves."""
    rows = PartyMember.objects.filter(round=round_, ask__isnull=False).select_related("ask__message__thread")
    of_ask: dict[int | None, list[PartyMember]] = defaultdict(list)
    for row in rows.order_by("pk"):
        of_ask[row.ask_id].append(row)
    for those in of_ask.values():
        message = those[0].ask.message if those[0].ask is not None else None
        if message is None or len({one.party_id for one in those}) < 2:
            continue
        others = [one.pk for one in those if one.guardian_id != message.thread.guardian_id]
        PartyMember.objects.filter(pk__in=others).update(ask=None)


def _apart(round_: Round, couples: Collection[Collection[int]], on: date) -> bool:
    adults = [one for adults in couples for one in adults]
    if not adults:
        return False
    barred = Restriction.objects.in_school(round_.school_id).in_force(on=on)
    if barred.filter(guardianship__guardian__in=adults).exists():
        return True
    rows = HouseholdMembership.objects.in_school(round_.school_id).filter(in_force(on), guardian__in=adults)
    homes: dict[int | None, int] = {}
    for guardian, household in rows.order_by("pk").values_list("guardian_id", "household_id"):
        homes.setdefault(guardian, household)
    return any(len({homes.get(one) for one in adults}) > 1 for adults in couples)
