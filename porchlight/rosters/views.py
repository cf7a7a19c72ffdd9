"""The office hands a file over, sees what it would change, and says yes or leaves it; and can take it back."""

from __future__ import annotations

from django import forms
from django.contrib import messages as flash
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from porchlight.rosters import telling, uploads
from porchlight.rosters.beginning import page_after
from porchlight.rosters.jobs import Busy, ask, going, hand_over, leave
from porchlight.rosters.models import MAY_IMPORT, RosterImport, RosterJob, Sheet, What
from porchlight.rosters.progress import LOOKING, STEPS, UNDOING, share, words
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.reading.sheet_words import COLUMNS
from porchlight.rosters.signs import last_sign
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import School
from porchlight.toolbox.inert import write_rows

SHOWN = 200  # problems on a page; the rest are counted
DONE_WORDS = {
    What.TAKE: gettext_lazy("Taken. Everybody is in their place."),
    What.UNDO: telling.OUTCOMES["undone"],
}


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
        said = form.cleaned_data
        try:
            run = hand_over(
                file=said["file"], school=request.school, by=actor, org=said["org"].strip(), mode=said["mode"]
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        except Busy as busy:
            form.add_error("file", busy_words(busy, request.school))
        else:
            return redirect("rosters:progress", school=request.school.slug, key=run.key)
    runs = RosterImport.objects.visible_to(actor)
    page = {
        "form": form,
        "waiting": runs.filter(applied_at=None).exclude(stored_as="").order_by("-pk")[:20],
        "taken": runs.exclude(applied_at=None).order_by("-applied_at")[:20],
    }
    return render(request, "rosters/rosters.html", page, status=422 if form.errors else 200)


def busy_words(busy: Busy, school: School) -> SafeString:
    """Why it has to wait; the name of the other file leads to where it can be left."""
    run = busy.job.run
    page = reverse("rosters:progress", kwargs={"school": school.slug, "key": run.key})
    words = _("One file at a time: “%(file)s” is in hand just now. Wait until it is done, or leave it.")
    before, after = words.split("%(file)s")
    return format_html('{}<a href="{}"><bdi>{}</bdi></a>{}', before, page, run.file_name, after)


@require_safe
@staff_page(*MAY_IMPORT)
def progress(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """How far the work on a file has come. Asked by htmx, the part that changes; when it is over, the way on."""
    run = get_object_or_404(RosterImport.objects.visible_to(actor), key=key)
    job = _latest_job(run, actor)
    if job is None or (job.ended_at and run.looked_at):
        if job and job.what in DONE_WORDS and job.outcome == RosterJob.DONE:
            flash.success(request, str(DONE_WORDS[What(job.what)]))
        on = _onward(run, job, actor)
        return HttpResponseClientRedirect(on) if request.htmx else redirect(on)
    sign = last_sign(run.stored_as)
    steps = {What.LOOK: LOOKING, What.TAKE: STEPS, What.UNDO: UNDOING}[What(job.what)]
    page = {
        "run": run,
        "job": job,
        "how": going(job) if job.ended_at is None else "",
        "why": telling.why_ended(job),
        "step": words(sign.step) if sign.step in STEPS and job.begun_at else "",
        "done": round(100 * share(sign.step, steps)) if job.begun_at else 0,
    }
    template = "rosters/progress_part.html" if request.htmx else "rosters/progress.html"
    return render(request, template, page)


def _onward(run: RosterImport, job: RosterJob | None, actor: Actor) -> str:
    """To what the file changed; after a school's first, to what comes next in its first week."""
    took = job is not None and job.what == What.TAKE and job.outcome == RosterJob.DONE
    following = page_after(run, actor) if took else ""
    if following:
        return reverse(following, kwargs={"school": run.school.slug})
    return reverse("rosters:roster", kwargs={"school": run.school.slug, "key": run.key})


def _latest_job(run: RosterImport, actor: Actor) -> RosterJob | None:
    return RosterJob.objects.visible_to(actor).filter(run=run).select_related("run").order_by("-pk").first()


@require_safe
@staff_page(*MAY_IMPORT)
def roster(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What one file would change, or has changed."""
    run = get_object_or_404(RosterImport.objects.visible_to(actor), key=key)
    job = _latest_job(run, actor)
    if job and (job.ended_at is None or run.looked_at is None):
        return redirect("rosters:progress", school=request.school.slug, key=key)
    if job is None and run.looked_at is None:
        return redirect("rosters:columns", school=request.school.slug, key=key)
    problems = telling.problems(run)
    page = {
        "run": run,
        "why": telling.why_ended(job) if job else "",
        "look_again": job and job.outcome in {"came_between", "other_file"},
        "kinds": list(telling.kinds(run)),
        "problems": problems[:SHOWN],
        "more": sum(run.problem_counts.values()) - len(problems[:SHOWN]),
        "is_latest": _is_latest(run, actor),
        "sheet": Sheet.objects.visible_to(actor).filter(run=run).first(),
    }
    return render(request, "rosters/roster.html", page)


def _is_latest(run: RosterImport, actor: Actor) -> bool:
    latest = RosterImport.objects.visible_to(actor).in_effect().filter(source=run.source).first()
    return latest == run


@require_POST
@staff_page(*MAY_IMPORT)
def looking(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Look at a file that is here already once more."""
    return _asked(request, actor, key, What.LOOK)


@require_POST
@staff_page(*MAY_IMPORT)
def taking(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take the file that was looked at."""
    return _asked(request, actor, key, What.TAKE, confirmed="confirm_removals" in request.POST)


def _asked(
    request: SchoolRequest, actor: Actor, key: str, what: What, *, confirmed: bool = False
) -> HttpResponse:
    kept = RosterImport.objects.visible_to(actor).filter(applied_at=None).exclude(stored_as="")
    return _begun(request, actor, get_object_or_404(kept, key=key), what, confirmed=confirmed)


def _begun(
    request: SchoolRequest, actor: Actor, run: RosterImport, what: What, *, confirmed: bool = False
) -> HttpResponse:
    try:
        ask(run, what, by=actor, confirmed=confirmed)
    except Busy as busy:
        if busy.job.run_id != run.pk:  # else somebody pressed twice
            flash.error(request, busy_words(busy, request.school))
            return redirect("rosters:roster", school=request.school.slug, key=run.key)
    return redirect("rosters:progress", school=request.school.slug, key=run.key)


@require_POST
@staff_page(*MAY_IMPORT)
def leaving(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Forget a file that is not taken."""
    run = get_object_or_404(RosterImport.objects.visible_to(actor), key=key, applied_at=None)
    leave(run)
    flash.success(request, _("Left. Nothing was changed, and the file is no longer here."))
    return redirect("rosters:rosters", school=request.school.slug)


@require_POST
@staff_page(*MAY_IMPORT)
def undoing(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take an import back, beside the pages as well."""
    run = get_object_or_404(RosterImport.objects.visible_to(actor).exclude(applied_at=None), key=key)
    return _begun(request, actor, run, What.UNDO)


@require_safe
@staff_page(*MAY_IMPORT)
def families_sheet(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The families sheet to fill in: its columns, and nobody's data."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="families.csv"'
    write_rows(response, [[names[0] for field, names in COLUMNS.items() if field != "row"]])
    return response
