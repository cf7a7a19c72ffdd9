"""Parents who read translations over: their own page, and the office's."""

from __future__ import annotations

from django import forms
from django.contrib import messages as flash
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.conversations.models import ParentVerdict, Verdict
from porchlight.conversations.parents_asked import ask_parent
from porchlight.conversations.parents_reading import Changed, pieces_for, say
from porchlight.conversations.views.family import my_ties
from porchlight.families.models import Guardian
from porchlight.languages.models import EndedHow, ParentReader
from porchlight.languages.pairs import plain
from porchlight.languages.spoken import others
from porchlight.languages.volunteering import agree, could_read, end, offer
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page
from porchlight.toolbox import school_time, scripts
from porchlight.toolbox.scripts import autonym

LATELY = 20  # of what parents said, on the office's page


class OfferForm(forms.Form):
    """A parent says what they would read."""

    language = forms.ChoiceField(label=gettext_lazy("My other language"))
    notices = forms.BooleanField(
        label=gettext_lazy("Announcements to whole classes"), required=False, initial=True
    )
    words = forms.BooleanField(
        label=gettext_lazy("Words and texts that the school uses often"), required=False, initial=True
    )
    phrases = forms.BooleanField(
        label=gettext_lazy("Short sentences that Porchlight sends by itself: many, one at a time"),
        required=False,
    )
    named = forms.BooleanField(label=gettext_lazy("My name may stand beside what I read"), required=False)

    def __init__(self, data: object, *, guardian: Guardian, tags: list[str]) -> None:
        first = plain(guardian.reading)
        own = [first] if scripts.base(first) != scripts.base(guardian.school.language) else []
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        choices = [(tag, autonym(tag)) for tag in dict.fromkeys([*own, plain(guardian.speaks), *tags])]
        here = scripts.base(guardian.school.language)
        self.fields["language"].choices = [row for row in choices if scripts.base(row[0]) != here]  # type: ignore[attr-defined]  # django-stubs sees a plain Field


class VerdictForm(forms.Form):
    """What they say of one translation."""

    key = forms.CharField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=Verdict.choices)
    text = forms.CharField(
        label=gettext_lazy("Better so"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def my_reading(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Offer to read; or, once the office has agreed, one translation beside its original."""
    ties = my_ties(request, actor).own()
    if not ties.exists():
        raise Http404
    guardian = get_object_or_404(
        Guardian.objects.visible_to(actor).select_related("school"), pk=actor.post_id
    )
    if request.method == "POST" and "verdict" in request.POST:
        return _said(request, actor)
    form = OfferForm(request.POST or None, guardian=guardian, tags=others(request.school))
    if request.method == "POST" and form.is_valid():
        offer(guardian=guardian, by=actor, now=school_time.now(), **form.cleaned_data)
        flash.success(request, _("Thank you. The school office looks at it, and then you can begin here."))
        return redirect("conversations:my_reading", school=request.school.slug)
    return _my_page(request, actor, form, 422 if form.errors else 200)


def _my_page(request: SchoolRequest, actor: Actor, form: forms.Form, status: int = 200) -> HttpResponse:
    mine = ParentReader.objects.visible_to(actor).standing().order_by("pk")
    page = {
        "form": form,
        "mine": mine,
        "pieces": pieces_for(request.school, actor, school_time.now()),
        "verdicts": Verdict,
        "done": ParentVerdict.objects.visible_to(actor).count(),
    }
    return render(request, "conversations/my_reading.html", page, status=status)


def _said(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """One piece was read."""
    form = VerdictForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    try:
        say(
            school=request.school, key=said["key"], verdict=Verdict(said["verdict"]), text=said["text"],
            by=actor, now=school_time.now(),
        )  # fmt: skip
    except PermissionDenied:
        raise Http404 from None
    except Changed:
        flash.error(
            request, _("A number, a name or an address is different there. Please leave these as they are.")
        )
    else:
        flash.success(request, _("Thank you. That helps every home that reads this language."))
    return redirect("conversations:my_reading", school=request.school.slug)


@require_POST
@guardian_page()
def my_reading_end(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """No longer, from this moment."""
    row = get_object_or_404(ParentReader.objects.visible_to(actor), key=key)
    end(row, how=EndedHow.PARENT, by=actor, now=school_time.now())
    flash.success(request, _("Ended. Thank you for what you read."))
    return redirect("conversations:my_reading", school=request.school.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*ParentReader.KEPT_BY)
def readers(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Who offered, who reads, and what they said lately; with POST one more is asked."""
    could = could_read(request.school, actor)
    if request.method == "POST":
        row = next((one for one in could if one.key == request.POST.get("guardian")), None)
        if row is None:
            raise Http404
        ask_parent(row, by=actor, now=school_time.now())
        flash.success(request, _("They are asked, and can answer with yes or no."))
        return redirect("conversations:parent_readers", school=request.school.slug)
    rows = ParentReader.objects.visible_to(actor).standing().select_related("guardian").order_by("pk")
    said = ParentVerdict.objects.visible_to(actor).select_related(
        "reader__guardian", "check_of__notice", "term", "version__template"
    )
    page = {
        "could": [(one.key, one.name, one.speaks) for one in could],
        "waiting": rows.filter(agreed_at=None),
        "readers": rows.filter(agreed_at__isnull=False),
        "said": said.order_by("-at")[:LATELY],
    }
    return render(request, "conversations/parent_readers.html", page)


@require_POST
@staff_page(*ParentReader.KEPT_BY)
def reader(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Agree, or end it."""
    row, now = get_object_or_404(ParentReader.objects.visible_to(actor), key=key), school_time.now()
    if "agree" in request.POST:
        agree(row, by=actor, now=now)
        flash.success(request, _("Agreed. They find what there is to read on their own page."))
    else:
        end(row, how=EndedHow.OFFICE, by=actor, now=now)
        flash.success(request, _("Ended. Nothing more is shown to them."))
    return redirect("conversations:parent_readers", school=request.school.slug)
