"""Translations that somebody doubts, or that wait for somebody who reads both languages."""

from __future__ import annotations

from django.contrib import messages as flash
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.conversations.checking import doubt, may_check, send_unchecked, settle, texts_of
from porchlight.conversations.forms import CheckForm, UncheckedForm
from porchlight.conversations.models import Check, Message, Notice
from porchlight.conversations.putting_right import may_tell, tell_right_words
from porchlight.languages.models import ParentReader
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page
from porchlight.toolbox import school_time

LATEST = 60
TOLD = 10  # put right lately, whose homes may still be told


@require_safe
@staff_page()
def translations(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What waits to be read, what holds words back first; and what was put right lately."""
    rows = Check.objects.visible_to(actor).select_related("notice__by", "message__thread__student")
    mended = rows.filter(mended=True, told_at=None).order_by("-done_at")[:TOLD]
    page = {
        "rows": [(row, may_check(row, actor)) for row in rows.waiting()[:LATEST]],
        "keeps_parents": actor.is_one_of(*ParentReader.KEPT_BY),
        "mended": [(row, people) for row in mended if (people := may_tell(row))],
    }
    return render(request, "conversations/translations.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def translation(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One translation beside its original: right as it stands, or put right."""
    rows = (
        Check.objects.visible_to(actor)
        .waiting()
        .select_related("notice", "message__thread__guardian", "school")
    )
    row, now = get_object_or_404(rows, key=key), school_time.now()
    original, text = texts_of(row, now)
    form = CheckForm(request.POST if request.method == "POST" else None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            settled = settle(row, text=form.cleaned_data["text"], by=actor, now=now)
        except PermissionDenied:
            form.add_error(
                None, _("Only who reads this language well can say that. The office sets who does.")
            )
        else:
            flash.success(request, _said(settled))
            return redirect("conversations:translations", school=request.school.slug)
    said = row.notice if row.notice is not None else row.message
    page = {"row": row, "form": form, "original": original, "said": said, "may": may_check(row, actor)}
    return render(request, "conversations/translation.html", page, status=422 if form.errors else 200)


def _said(check: Check) -> str:
    if check.mended:
        return _("Thank you. It is put right, and the school remembers it.")
    return _("Thank you. It was right, and the school remembers that you read it.")


@require_POST
@staff_page()
def telling(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Homes that had the wrong words get the right ones."""
    row = get_object_or_404(Check.objects.visible_to(actor).filter(mended=True), key=key)
    people = tell_right_words(row, by=actor, now=school_time.now())
    if people:
        words = ngettext(
            "One adult is told the right words.", "%(n)s adults are told the right words.", people
        )
        flash.success(request, words % {"n": people})
    return redirect("conversations:translations", school=request.school.slug)


@require_POST
@staff_page()
def doubted(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A colleague doubts a translation in a thread."""
    row = get_object_or_404(_with_its_words(Message.objects.visible_to(actor).standing()), key=key)
    _doubt(request, row, actor)
    return _to_thread(request, row)


@require_POST
@guardian_page()
def doubted_at_home(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A family says that words in their language read strangely."""
    mine = Message.objects.visible_to(actor).standing().filter(thread__guardian=actor.post_id)
    row = get_object_or_404(_with_its_words(mine), key=key)
    _doubt(request, row, actor)
    return redirect(
        "conversations:family_thread", school=request.school.slug, student_key=row.thread.student.key
    )


def _with_its_words(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.select_related("thread__guardian", "thread__student", "staff", "rendering")


def _to_thread(request: SchoolRequest, message: Message) -> HttpResponse:
    student, guardian = message.thread.student.key, message.thread.guardian.key
    return redirect(
        "conversations:thread", school=request.school.slug, student_key=student, guardian_key=guardian
    )


def _doubt(request: SchoolRequest, message: Message, actor: Actor) -> None:
    if doubt(message, by=actor, now=school_time.now()) is not None:
        flash.success(request, _("Thank you. Somebody who reads both languages looks at it."))


@require_POST
@staff_page()
def notice_unchecked(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Whoever wrote it lets it leave unread, and says why."""
    row = get_object_or_404(Notice.objects.visible_to(actor).filter(sent_at=None, undone_at=None), key=key)
    form = UncheckedForm(request.POST)
    if form.is_valid():
        send_unchecked(notice=row, reason=form.cleaned_data["reason"], by=actor, now=school_time.now())
        flash.success(request, _("It leaves within a few seconds. Its words say that a machine made them."))
    else:
        flash.error(request, " ".join(map(str, form.errors["reason"])))
    return redirect("conversations:notice", school=request.school.slug, key=key)


@require_POST
@staff_page()
def message_unchecked(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The same for words to one home."""
    rows = Message.objects.visible_to(actor).standing().filter(awaiting__isnull=False, staff_id=actor.post_id)
    row = get_object_or_404(rows.select_related("thread__student", "thread__guardian"), key=key)
    form = UncheckedForm(request.POST)
    if form.is_valid():
        send_unchecked(message=row, reason=form.cleaned_data["reason"], by=actor, now=school_time.now())
        flash.success(request, _("It leaves within a few seconds. Its words say that a machine made them."))
    else:
        flash.error(request, " ".join(map(str, form.errors["reason"])))
    return _to_thread(request, row)
