"""The sound of a message's words, for whoever may read them on the family's pages."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from porchlight.accounts.proving import has_shown_who
from porchlight.conversations.models import Message
from porchlight.conversations.reading_aloud import sound_of
from porchlight.conversations.views.files import played
from porchlight.families.models import Guardian
from porchlight.files.cleaning import NotKept
from porchlight.languages.speech import NoVoice
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, show_who_again
from porchlight.schools.tiers import Tier


@require_safe
@guardian_page()
def read_out_for_family(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """The words of a message, read out to the adult in whose language they stand."""
    rows = Message.objects.visible_to(actor).standing()
    message = get_object_or_404(with_words(rows), key=key)
    if message.tier > Tier.L1 and not has_shown_who(request):
        return show_who_again(request)
    return heard(request, message, get_object_or_404(Guardian.objects.visible_to(actor), pk=actor.post_id))


def with_words(rows: QuerySet[Message]) -> QuerySet[Message]:
    """With all that says which words are read."""
    return rows.select_related("rendering", "notice", "thread__student", "thread__school")


def heard(request: SchoolRequest, message: Message, reader: Guardian) -> HttpResponseBase:
    """The sound, or the part of it that the player asks for. Nothing to hear is not there."""
    try:
        return played(request, sound_of(message, reader))
    except (NoVoice, NotKept):
        raise Http404 from None
