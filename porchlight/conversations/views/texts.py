"""The school's own texts, in as many languages and scripts as its people write."""

from __future__ import annotations

from django import forms
from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from porchlight.conversations.compose_form import NOTICE_KINDS
from porchlight.conversations.models import Template
from porchlight.conversations.templating import (
    TemplateRefused,
    check_version,
    keep_version,
    may_check,
    new_template,
)
from porchlight.schools.actors import KEEPERS, Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.toolbox.language_names import LANGUAGES
from porchlight.toolbox.scripts import autonym

KEPT_BY = (*KEEPERS, Role.LIAISON)


class NewText(forms.Form):
    """A name, and the first version."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=NOTICE_KINDS)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("{child}, {class} and {school} are filled in for each home."),
    )


class VersionForm(forms.Form):
    """The text in one more language or script."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language and script"), choices=[(tag, autonym(tag)) for tag in LANGUAGES]
    )
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=1500, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEPT_BY)
def texts(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """All texts, and a form for a new one."""
    rows = Template.objects.visible_to(actor).filter(retired_at=None)
    form = NewText(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if rows.filter(name=form.cleaned_data["name"]).exists():
            form.add_error("name", _("There is a text of this name already. Choose another name."))
        else:
            row = new_template(
                school=request.school,
                name=form.cleaned_data["name"],
                kind=form.cleaned_data["kind"],
                texts={request.school.language: form.cleaned_data["text"]},
                by=actor,
                now=school_time.now(),
            )
            return redirect("conversations:text", school=request.school.slug, key=row.key)
    page = {"texts": rows.prefetch_related("versions").order_by("name"), "form": form}
    return render(request, "conversations/texts.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEPT_BY)
def text(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One text with its versions; writing one again replaces it."""
    row = get_object_or_404(Template.objects.visible_to(actor), key=key)
    if "reads_right" in request.POST:
        return _check(request, actor, row)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            keep_version(
                template=row, language=data["language"], text=data["text"], by=actor, now=school_time.now()
            )
            flash.success(request, _("Kept."))
            return redirect("conversations:text", school=request.school.slug, key=key)
        except TemplateRefused as refused:
            form.add_error("text", str(refused))
    versions = row.versions.select_related("written_by", "checked_by", "template__school")
    page = {
        "text": row,
        "versions": [(version, may_check(version, actor)) for version in versions.order_by("language")],
        "form": form,
    }
    return render(request, "conversations/text.html", page, status=422 if form.errors else 200)


def _check(request: SchoolRequest, actor: Actor, row: Template) -> HttpResponse:
    """One colleague wrote it, another reads it over."""
    version = get_object_or_404(row.versions, language=request.POST.get("reads_right", ""))
    try:
        check_version(version, by=actor, now=school_time.now())
        flash.success(request, _("Thank you. Families see that two people stand for it."))
    except TemplateRefused as refused:
        flash.error(request, str(refused))
    return redirect("conversations:text", school=request.school.slug, key=row.key)
