"""Who sits in a round for the school: teachers where they are, interpreters with what they understand.

A family may ask to meet a woman, or a man, and is asked for no reason. What colleagues are stands where they said it
themselves (`AtMeetings.person`), and nobody guesses. So of interpreters, whom nobody chose by name, only those come who
said so; a teacher whom the family named itself is its own choice; and where the round named a teacher who said
otherwise, the wish is left out, with its reason, for a person to settle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from porchlight.languages.models import KnownLanguage
from porchlight.meetings.models import AtMeetings, Party, RoundHost, Wish
from porchlight.meetings.planned.clock import Span
from porchlight.toolbox import scripts

type Free = Mapping[int, Sequence[tuple[Span, tuple[str, ...]]]]


def person_of(host: RoundHost) -> str:
    """What they said they are; empty when nothing."""
    said: AtMeetings | None = getattr(host.staff, "at_meetings", None)
    return said.person if said is not None else ""


def suits(wish: Wish, hosts: Sequence[RoundHost]) -> bool:
    """Whether the family meets one of those it asked for, as far as anybody said."""
    wanted = wish.party.person
    if not wanted or wish.asked_by == Wish.From.FAMILY:
        return True
    return any(person_of(host) in {"", wanted} for host in hosts)


def language_of(party: Party) -> str | None:
    """What is interpreted for them, as a name that only interpreters who suit them have: "ur", or "ur woman"."""
    if not party.language:
        return None
    return f"{scripts.base(party.language)} {party.person}".strip()


def teachers(hosts: Sequence[RoundHost], zones: Sequence[int], free: Free) -> list[dict[str, Any]]:
    """Whom families meet."""
    return [
        {
            "id": one.key,
            "name": one.staff.name,
            "zone": zones.index(one.zone),
            "windows": [
                {"day": span.day, "from": span.start, "to": span.end, "modes": list(modes)}
                for span, modes in free[one.pk]
            ],
        }
        for one in hosts
        if not one.interprets
    ]


def interpreters(hosts: Sequence[RoundHost], free: Free) -> list[dict[str, Any]]:
    """Who is there to interpret, with the languages they know."""
    there = [one for one in hosts if one.interprets]
    knows: dict[int, list[str]] = {one.staff_id: [] for one in there}
    for row in KnownLanguage.objects.filter(staff__in=list(knows)).order_by("pk"):
        knows[row.staff_id].append(scripts.base(row.language))
    return [
        {
            "id": one.key,
            "languages": [
                name
                for tag in knows[one.staff_id]
                for name in (tag, *([f"{tag} {person_of(one)}"] if person_of(one) else []))
            ],
            "windows": [
                {"day": span.day, "from": span.start, "to": span.end} for span, _modes in free[one.pk]
            ],
        }
        for one in there
    ]
