"""What pages of a round's plan have in common."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from porchlight.meetings.models import Round, Wish
from porchlight.schools.actors import Actor


def round_of(actor: Actor, key: str) -> Round:
    """As this person sees it, or the same 404 as everywhere."""
    return get_object_or_404(Round.objects.visible_to(actor).select_related("school"), key=key)


def wish_of(actor: Actor, round_: Round, key: str) -> Wish:
    """One that stands, of this round."""
    rows = Wish.objects.visible_to(actor).filter(round=round_, taken_back_at=None)
    wish = get_object_or_404(rows.select_related("student", "party", "meeting"), key=key)
    wish.round = round_
    return wish


def seen_by(actor: Actor, round_: Round) -> set[str]:
    """Keys of the wishes that this person may see; of an own child's other parent nothing."""
    return set(Wish.objects.visible_to(actor).filter(round=round_).values_list("key", flat=True))
