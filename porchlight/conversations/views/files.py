"""What families sent beside their words, to be saved by whoever may read the words."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from porchlight.accounts.proving import has_shown_who
from porchlight.activity.record import record, record_once
from porchlight.conversations.attached import Media, called, found_for
from porchlight.conversations.models import Message, TriageItem
from porchlight.files.handing_out import FILM, SHOWN, as_attachment, as_film, as_picture, as_sound
from porchlight.files.models import StoredFile
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, guardian_page, show_who_again, staff_page
from porchlight.schools.tiers import Tier

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
    if request.method == "GET":  # a HEAD takes nothing away
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
    if message.tier > Tier.L1 and not has_shown_who(request):
        return show_who_again(request)
    return played(request, message.sound)


@require_safe
@staff_page()
def enclosed_in_message(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """The photo or letter that went along with our words, for whoever may read the thread."""
    message = get_object_or_404(Message.objects.visible_to(actor).exclude(enclosed=None), key=key)
    return shown(request, message.enclosed)


@require_safe
@guardian_page()
def enclosed_for_family(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """The photo or letter, for the adult whose thread it is in."""
    message = get_object_or_404(Message.objects.visible_to(actor).standing().exclude(enclosed=None), key=key)
    if message.tier > Tier.L1 and not has_shown_who(request):
        return show_who_again(request)
    return shown(request, message.enclosed)


def shown(request: SchoolRequest, file: StoredFile | None) -> HttpResponseBase:
    """A photo to be seen; a film, or the part of it that the player asks for; a letter to be saved."""
    if file is None:
        raise Http404
    try:
        if file.seen_type == FILM:
            return as_film(file, request.headers.get("Range", ""))
        return as_picture(file) if file.seen_type in SHOWN else as_attachment(file, _("Letter"))
    except FileNotFoundError:
        raise Http404 from None


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
