"""What families sent beside their words, to be saved by whoever may read the words."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from porchlight.activity.record import record, record_once
from porchlight.conversations.attached import Media, called, found_for
from porchlight.conversations.models import Message, TriageItem
from porchlight.files.handing_out import as_attachment, as_sound
from porchlight.files.models import StoredFile
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page

ONE_HEARING = timedelta(minutes=10)  # a player asks for a note in parts


@require_safe
@staff_page()
def of_message(request: SchoolRequest, actor: Actor, key: str, file_key: str) -> HttpResponseBase:
    """A file that came with a message."""
    message = get_object_or_404(Message.objects.visible_to(actor), key=key)
    return _handed_out(request, actor, message.media, file_key)


@require_safe
@staff_page(Role.OFFICE, Role.LEADER, Role.SAFEGUARDING)
def of_triage(request: SchoolRequest, actor: Actor, key: str, file_key: str) -> HttpResponseBase:
    """A file that came with words that still have no place."""
    item = get_object_or_404(TriageItem.objects.visible_to(actor), key=key)
    return _handed_out(request, actor, item.media, file_key)


def _handed_out(request: SchoolRequest, actor: Actor, media: Media, file_key: str) -> HttpResponseBase:
    """Written down, and never shown as a page of ours."""
    row = found_for(request.school, [media]).get(file_key)
    if row is None or row.file is None:
        raise Http404
    try:
        response = as_attachment(row.file, called(row))
    except FileNotFoundError:
        raise Http404 from None
    record("file.saved", about=row, by=actor)
    return response


@require_safe
@staff_page()
def sound_of_message(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """A spoken answer of ours, for whoever may read the thread."""
    message = get_object_or_404(Message.objects.visible_to(actor).exclude(sound=None), key=key)
    return played(request, message.sound)


@require_safe
@staff_page()
def sound_of_home(request: SchoolRequest, actor: Actor, key: str, file_key: str) -> HttpResponseBase:
    """A voice note of a home, for whoever may read the thread."""
    message = get_object_or_404(Message.objects.visible_to(actor), key=key)
    return play_attached(request, actor, message.media, file_key)


@require_safe
@guardian_page()
def sound_for_family(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """A spoken answer, for the adult it was said to."""
    message = get_object_or_404(Message.objects.visible_to(actor).standing().exclude(sound=None), key=key)
    return played(request, message.sound)


def play_attached(request: SchoolRequest, actor: Actor, media: Media, file_key: str) -> HttpResponseBase:
    """Written down once a hearing, and never shown as a page of ours."""
    row = found_for(request.school, [media]).get(file_key)
    if row is None:
        raise Http404
    response = played(request, row.file)
    record_once("file.heard", about=row, by=actor, within=ONE_HEARING)
    return response


def played(request: SchoolRequest, file: StoredFile | None) -> HttpResponseBase:
    """The sound, or the part of it that the player asks for."""
    if file is None:
        raise Http404
    try:
        return as_sound(file, request.headers.get("Range", ""))
    except FileNotFoundError:
        raise Http404 from None
