"""The office hands a file over, sees what it would change, and says yes or leaves it; and can take it back."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.rosters import telling, uploads
from porchlight.rosters.actions import NotTaken, preview, take, undo
from porchlight.rosters.models import MAY_IMPORT, RosterImport
from porchlight.rosters.progress import words
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.reading.sheet_words import COLUMNS
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page

SHOWN = 200  # problems on a page; the rest are counted


class HandOver(forms.Form):
    """A file, and what only a person can say about it."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("A OneRoster or Microsoft SDS zip, or the families sheet as CSV or XLSX."),
    )
    org = forms.CharField(
        label=gettext_lazy("Our school's id in it"),
        max_length=255,
        required=False,
        help_text=gettext_lazy("Only where the file holds several schools."),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        required=False,
        choices=[
            ("", gettext_lazy("The file says so itself")),
            ("bulk", gettext_lazy("The whole school")),
            ("delta", gettext_lazy("Changes only")),
        ],
    )

    def clean_file(self) -> UploadedFile:
        """Large towns use the command line."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > uploads.LARGEST:
            raise forms.ValidationError(
                _("This file is larger than %(most)d MB. Ask whoever runs the server to import it."),
                params={"most": uploads.LARGEST >> 20},
            )
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MAY_IMPORT)
def rosters(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Earlier imports, and a form to hand over a file; looking at it changes nothing."""
    form = HandOver(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, path = uploads.keep(form.cleaned_data["file"])
        try:
            run = _looked(request, actor, path, form.cleaned_data)
        except Refused as refusal:
            uploads.discard(name)
            form.add_error("file", str(refusal))
        else:
            run.stored_as, run.file_name = name, (form.cleaned_data["file"].name or "")[:200]
            run.save()
            return redirect("rosters:roster", school=request.school.slug, key=run.key)
    taken = RosterImport.objects.visible_to(actor).exclude(applied_at=None).order_by("-applied_at")[:20]
    return render(
        request, "rosters/rosters.html", {"form": form, "taken": taken}, status=422 if form.errors else 200
    )


def _looked(request: SchoolRequest, actor: Actor, path: Path, said: dict[str, Any]) -> RosterImport:
    return preview(path=path, school=request.school, by=actor, org=said["org"].strip(), mode=said["mode"])


@require_safe
@staff_page(*MAY_IMPORT)
def roster(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What one file would change, or has changed."""
    run = get_object_or_404(RosterImport.objects.visible_to(actor), key=key)
    problems = telling.problems(run)
    page = {
        "run": run,
        "kinds": [
            {
                "name": words(kind),
                "states": [
                    (telling.STATES[state], states[state]) for state in telling.STATES if states.get(state)
                ],
                "samples": [
                    (telling.STATES[state], names)
                    for state, names in run.samples.get(kind, {}).items()
                    if names and state in telling.STATES
                ],
            }
            for kind, states in run.counts.items()
        ],
        "problems": problems[:SHOWN],
        "more": sum(run.problem_counts.values()) - len(problems[:SHOWN]),
        "severities": telling.SEVERITIES,
        "is_latest": _is_latest(run, actor),
    }
    return render(request, "rosters/roster.html", page)


def _is_latest(run: RosterImport, actor: Actor) -> bool:
    latest = RosterImport.objects.visible_to(actor).in_effect().filter(source=run.source).first()
    return latest == run


@require_POST
@staff_page(*MAY_IMPORT)
def taking(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take the file that was looked at."""
    run = get_object_or_404(RosterImport.objects.visible_to(actor), key=key, applied_at=None)
    stored = run.stored_as
    try:
        take(
            path=uploads.place(stored),
            school=request.school,
            by=actor,
            org=run.org,
            mode=run.mode,
            confirm_removals="confirm_removals" in request.POST,
            only_digest=run.digest,
            run=run,
        )
    except (NotTaken, Refused, FileNotFoundError) as reason:
        gone = _("The file is no longer here. Hand it over again.")
        flash.error(request, telling.why_not(reason) if isinstance(reason, NotTaken) else gone)
    else:
        uploads.discard(stored)
        RosterImport.objects.visible_to(actor).filter(pk=run.pk).update(stored_as="")
        flash.success(request, _("Taken. Everybody is in their place."))
    return redirect("rosters:roster", school=request.school.slug, key=key)


@require_POST
@staff_page(*MAY_IMPORT)
def undoing(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take an import back."""
    run = get_object_or_404(RosterImport.objects.visible_to(actor), key=key)
    try:
        undo(run=run, by=actor)
    except NotTaken as reason:
        flash.error(request, telling.why_not(reason))
    else:
        flash.success(request, str(telling.OUTCOMES["undone"]))
    return redirect("rosters:roster", school=request.school.slug, key=key)


@require_safe
@staff_page(*MAY_IMPORT)
def families_sheet(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The families sheet to fill in: its columns, and nobody's data."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="families.csv"'
    csv.writer(response).writerow([names[0] for names in COLUMNS.values()])
    return response
