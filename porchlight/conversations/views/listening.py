"""For whoever knows a home's language: its voice notes to hear, what was said, and an answer spoken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast

from django import forms
from django.contrib import messages as flash
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.conversations.attached import found_for, tags_of
from porchlight.conversations.enclosing import scanner_words
from porchlight.conversations.forms import HeardForm, LanguagesForm
from porchlight.conversations.hours import answer_by
from porchlight.conversations.listening import around, set_known_languages, was_asked, write_heard
from porchlight.conversations.models import Listening, Message, Thread
from porchlight.conversations.showing import bubble
from porchlight.conversations.speaking import speak
from porchlight.conversations.views.files import play_attached, played
from porchlight.delivery.models import Recording
from porchlight.families.models import Guardian
from porchlight.files.scanning import ScannerAway
from porchlight.files.speaking import NotASound, TooLong
from porchlight.languages.models import KnownLanguage
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time, scripts

RECORDED_HERE = "here"  # in place of a key: what was recorded on a page of ours


@require_safe
@staff_page()
def to_hear(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The voice notes that wait for this colleague's ears, oldest first, with by when the home reads an answer."""
    rows = Listening.objects.visible_to(actor).waiting()
    waiting = rows.select_related("message__thread__guardian", "message__thread__student")
    shown = [(row, answer_by(request.school, row.message.said_at)) for row in waiting]
    to_say = Recording.objects.visible_to(actor).waiting()
    return render(request, "conversations/listening.html", {"rows": shown, "to_say": to_say})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def note(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One voice note with the thread around it; heard, it is over for this colleague."""
    rows = Listening.objects.visible_to(actor).waiting()
    row = rows.select_related("message__thread__guardian", "message__thread__student").filter(key=key).first()
    if row is None:
        return _was_quicker(request, actor, key)
    form = HeardForm(request.POST, request.FILES) if request.method == "POST" else HeardForm()
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            said = speak_from(form, row.message.thread, actor)
            if said is not None or not form.errors:
                write_heard(row, text=form.cleaned_data["text"], by=actor, now=school_time.now())
        if not form.errors:
            flash.success(request, _("Thank you. It stands in the thread as heard by you."))
            return redirect("conversations:listening", school=request.school.slug)
    return render(
        request, "conversations/listening_note.html", _page(request, row, form), status=_status(form)
    )


def _was_quicker(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Another listener finished first: nothing this one wrote is lost. Whoever was never asked finds nothing."""
    if request.method != "POST" or not was_asked(key, actor):
        raise Http404
    said = request.POST.get("text", "").strip()[:500]
    words = _("A colleague has heard this one already.")
    flash.warning(request, f"{words} {_('You wrote: “%(words)s”') % {'words': said}}" if said else words)
    return redirect("conversations:listening", school=request.school.slug)


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200


def _page(request: SchoolRequest, row: Listening, form: forms.Form) -> dict[str, object]:
    messages = around(row)
    found = found_for(request.school, [row.message.media])
    here = [one for one in found.values() if one.kind == "audio" and one.file is not None]
    keys = [one.key for one in here] + ([RECORDED_HERE] if row.message.sound_id else [])
    names = {"school": request.school.slug, "key": row.key}
    return {
        "row": row,
        "form": form,
        "answer_by": answer_by(request.school, row.message.said_at),
        "language": row.language,
        "sounds": [
            reverse("conversations:listening_sound", kwargs={**names, "file_key": key}) for key in keys
        ],
        "tags": [] if keys else tags_of(row.message.media, found),
        "said": [bubble(one, school_name=request.school.name, dated=True) for one in messages],
    }


@require_safe
@staff_page()
def sound(request: SchoolRequest, actor: Actor, key: str, file_key: str) -> HttpResponseBase:
    """The note itself, for as long as it waits for this colleague."""
    row = get_object_or_404(Listening.objects.visible_to(actor).waiting().select_related("message"), key=key)
    if file_key == RECORDED_HERE and row.message.sound_id:
        return played(request, row.message.sound)
    return play_attached(request, actor, row.message.media, file_key)


def speak_from(form: forms.Form, thread: Thread, actor: Actor) -> Message | None:
    """Send the recording of a form on its way; what is wrong with it stands in the form."""
    now = school_time.now()
    return recorded(
        form, lambda content, size: speak(thread=thread, content=content, size=size, by=actor, now=now)
    )


def recorded[T](form: forms.Form, say: Callable[[BinaryIO, int], T]) -> T | None:
    """What `say(content, size)` makes of a form's recording; what is wrong with it stands in the form."""
    spoken: UploadedFile | None = form.cleaned_data.get("spoken")
    if spoken is None or spoken.file is None:
        return None
    try:
        return say(cast("BinaryIO", spoken.file), spoken.size or 0)
    except NotASound:
        form.add_error(
            "spoken", _("This is no recording we can send. Record it with the telephone, or as MP3 or WAV.")
        )
    except ScannerAway:
        form.add_error("spoken", scanner_words())
    except TooLong:
        form.add_error(
            "spoken", _("This recording is too long: 20 minutes or 16 MB at most. A minute or two is enough.")
        )
    return None


@require_safe
@staff_page(*KEEPERS)
def who_listens(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Colleagues and the languages they understand; and those that families speak and nobody is listed for."""
    people = list(StaffMember.objects.visible_to(actor).working().order_by("name"))
    known = KnownLanguage.objects.visible_to(actor).filter(staff__in=people).order_by("language")
    by_person: dict[int, list[str]] = {person.pk: [] for person in people}
    for one in known:
        by_person[one.staff_id].append(scripts.autonym(one.language))
    missing = sorted(
        set(_spoken(actor)) - {one.language for one in known} - {scripts.base(request.school.language)}
    )
    page = {
        "people": [(person, ", ".join(by_person[person.pk])) for person in people],
        "missing": [scripts.autonym(tag) for tag in missing],
    }
    return render(request, "conversations/listeners.html", page)


def _spoken(actor: Actor) -> set[str]:
    tags = Guardian.objects.visible_to(actor).filter(left_at=None).values_list("speaks", flat=True).distinct()
    return {scripts.base(tag) for tag in tags if tag}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def languages_of(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Set which languages one colleague understands by ear, and which they read well."""
    person = get_object_or_404(StaffMember.objects.visible_to(actor).working(), key=key)
    mine = KnownLanguage.objects.visible_to(actor).filter(staff=person)
    now_known = list(mine.values_list("language", flat=True))
    tags = sorted(_spoken(actor) | set(now_known), key=scripts.autonym)
    data = request.POST if request.method == "POST" else None
    well = list(mine.filter(checks=True).values_list("language", flat=True))
    form = LanguagesForm(data, tags=tags, initial={"languages": now_known, "checks": well})
    if request.method == "POST" and form.is_valid():
        set_known_languages(person, **form.cleaned_data, by=actor, now=school_time.now())
        flash.success(request, _("Kept for %(name)s.") % {"name": person.name})
        return redirect("conversations:listeners", school=request.school.slug)
    return render(
        request, "conversations/listener.html", {"person": person, "form": form}, status=_status(form)
    )
