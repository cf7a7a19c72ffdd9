"""What families answer on whatever channel: when they can. The last answer of a party counts, whoever of it gave it."""

from __future__ import annotations

from django.db import transaction

from porchlight.activity.record import record
from porchlight.conversations.asking import Verdict, register_owner, register_taking_back
from porchlight.conversations.models import Answer
from porchlight.meetings.models import Party, PartyMember, PartyTime
from porchlight.meetings.rounds.asking import OWNER
from porchlight.meetings.rounds.windows import keep_times, windows_of
from porchlight.schools.live.versions import Topic, changed


@transaction.atomic
def apply(answer: Answer) -> Verdict:
    """Hears every answer; the same one twice changes nothing."""
    found = _party_of(answer)
    if found is None or not answer.keys:
        return Verdict()
    member, party = found
    if party.answered_at is not None and party.answered_at >= answer.at:
        return Verdict()
    any_time = answer.ask.options[-1]["key"]
    keys = set() if any_time in answer.keys else set(answer.keys)
    keep_times(party.pk, party.school_id, [one for one in windows_of(party.round) if str(one.number) in keys])
    party.answered_at, party.channel = answer.at, answer.channel
    party.typed_by_id, party.declined_at = answer.typed_by_id, None
    party.save(update_fields=["answered_at", "channel", "typed_by", "declined_at"])
    record("round.answered", about=party, by=member.guardian.actor())
    changed(party.school_id, Topic.ROUNDS)
    return Verdict()


@transaction.atomic
def take_back(answer: Answer) -> None:
    """Nobody gave this answer: they have said nothing yet, and can whenever the school is there."""
    found = _party_of(answer)
    if found is None or found[1].answered_at != answer.at:
        return
    party = found[1]
    PartyTime.objects.filter(party=party).delete()
    party.answered_at, party.channel, party.typed_by = None, "", None
    party.save(update_fields=["answered_at", "channel", "typed_by"])
    changed(party.school_id, Topic.ROUNDS)


def _party_of(answer: Answer) -> tuple[PartyMember, Party] | None:
    """Whose answer it is, with their party's row locked: of two adults who answer at once, one waits for the other."""
    members = PartyMember.objects.in_school(answer.school_id).select_related("guardian")
    member = members.filter(ask=answer.ask_id).first()
    if member is None:
        return None
    return member, Party.objects.select_for_update().select_related("round").get(pk=member.party_id)


register_owner(OWNER, apply)
register_taking_back(OWNER, take_back)
