"""Any sheet: brought, pointed at, asked about; from there on it is a roster like any other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from porchlight.rosters import uploads
from porchlight.rosters.anysheet import actions, telling
from porchlight.rosters.anysheet.asked import Asked
from porchlight.rosters.anysheet.earlier import Earlier, earlier
from porchlight.rosters.anysheet.grid import Grid, letter, one_line
from porchlight.rosters.anysheet.headings import headings
from porchlight.rosters.anysheet.pointing import COLUMN, FIXED, ROWS, TAB, Pointing, pointed
from porchlight.rosters.anysheet.roles import all_roles, grouped
from porchlight.rosters.anysheet.weaving import Woven
from porchlight.rosters.jobs import Busy
from porchlight.rosters.models import MAY_IMPORT, RosterImport, Sheet
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.views import busy_words
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

MOST_PASTED = 1_000_000  # characters
SAMPLES = 4  # cells of a column
ROWS_SHOWN = 8  # as they were read
ROWS_OFFERED = 25  # as the row of the headings
ASKED_AT_ONCE = 60
LONGEST = 8  # digits of a row's or a tab's number
MISSING = {
    "child": gettext_lazy("Which column has the children’s names? Point at it below."),
    "class": gettext_lazy("Which column has the class? Point at it, or write the class below."),
    "phone": gettext_lazy("Which column has a phone number? Point at it below."),
}


class AnySheet(forms.Form):
    """Cells that were copied, or a file."""

    cells = forms.CharField(
        label=gettext_lazy("Paste the cells here"),
        help_text=gettext_lazy("Mark them in your spreadsheet with their headings, copy, and paste."),
        required=False,
        strip=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "wrap": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose the file"),
        help_text=gettext_lazy(
            "Excel (.xlsx), LibreOffice (.ods), CSV or text. As it is: titles and odd cells may stay."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        said = super().clean() or {}
        file: UploadedFile | None = said.get("file")
        if not file and not (said.get("cells") or "").strip() and not self.errors:
            self.add_error("cells", _("Paste the cells, or choose the file."))
        if file and (file.size or 0) > uploads.LARGEST:
            self.add_error(
                "file", _("This file is larger than %(most)d MB.") % {"most": uploads.LARGEST >> 20}
            )
        return said


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MAY_IMPORT)
def sheets(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Bring any sheet. Nothing is changed by it."""
    form = AnySheet(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, name = form.cleaned_data["file"], _("Pasted cells")
        if file:
            name = file.name
        else:
            file = ContentFile(form.cleaned_data["cells"].encode(), name="cells.txt")
        try:
            sheet = actions.bring(file=file, name=name, school=request.school, by=actor)
        except Refused as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "cells", str(refusal))
        else:
            return redirect("rosters:columns", school=request.school.slug, key=sheet.run.key)
    return render(request, "rosters/sheets.html", {"form": form}, status=422 if form.errors else 200)


def _sheet(actor: Actor, key: str) -> tuple[Sheet, Grid]:
    waiting = RosterImport.objects.visible_to(actor).filter(applied_at=None).exclude(stored_as="")
    sheet = get_object_or_404(
        Sheet.objects.visible_to(actor).select_related("run", "school"), run__in=waiting, run__key=key
    )
    try:
        return sheet, actions.cells_of(sheet)
    except FileNotFoundError:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MAY_IMPORT)
def columns(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What each column seems to hold, and why; all of it can be changed."""
    sheet, grid = _sheet(actor, key)
    missing: list[str] = []
    if request.method == "POST":
        pointing = _pointed_at(request.POST, pointed(sheet.pointing))
        header, tabs = _header(request.POST, pointing, grid)
        if header != pointing.header or set(tabs) != set(pointing.tabs):
            actions.point_at_header(sheet, grid, header, tabs)
            return redirect("rosters:columns", school=request.school.slug, key=key)
        actions.point(sheet, pointing)
        missing = pointing.missing if "again" not in request.POST else []
        if not missing and "again" not in request.POST:
            return _go_on(request, actor, sheet, grid)
    before = earlier(request.school, now=school_time.now())
    page = _columns_page(sheet, grid, before) | {"missing": [(name, MISSING[name]) for name in missing]}
    return render(request, "rosters/columns.html", page, status=422 if missing else 200)


def _pointed_at(said: QueryDict, pointing: Pointing) -> Pointing:
    """The pointing as the form says; what it does not say stays."""
    allowed = all_roles()
    for place, role in enumerate(pointing.roles):
        wanted = said.get(f"column-{place}", role)
        if wanted in allowed and wanted != role:
            pointing.roles[place], pointing.whys[place] = wanted, "by_hand"
    if said.get("class_from") in {COLUMN, TAB, ROWS, FIXED}:
        pointing.class_from = said.get("class_from", COLUMN)
    pointing.class_text = " ".join(said.get("class_text", "").split())[:60]
    has_column = any(role.endswith(".class") for role in pointing.roles)
    if pointing.class_from == FIXED and has_column and not pointing.class_text:
        pointing.class_from = COLUMN
    elif pointing.class_from == COLUMN and not has_column and pointing.class_text:
        pointing.class_from = FIXED
    pointing.fill_down = "fill_down" in said
    pointing.whole = said.get("whole") != "part"
    return pointing


def _header(said: QueryDict, pointing: Pointing, grid: Grid) -> tuple[int, list[int]]:
    """(row of the headings, tabs) as the form says."""
    tabs = [
        int(tab)
        for tab in said.getlist("tab")
        if tab.isascii() and tab.isdigit() and len(tab) < LONGEST and int(tab) < len(grid.tabs)
    ]
    row = said.get("header", "")
    header = int(row) - 1 if row.isascii() and row.isdigit() and len(row) < LONGEST else pointing.header
    tabs = sorted(tabs or pointing.tabs, key=lambda tab: tab != pointing.tabs[0])
    return min(header, len(grid.tabs[tabs[0]].rows) - 1), tabs


def _columns_page(sheet: Sheet, grid: Grid, before: Earlier) -> dict[str, Any]:
    pointing = pointed(sheet.pointing)
    tab = grid.tabs[pointing.tabs[0]]
    below = tab.rows[pointing.header + 1 :]
    names = headings(tab, pointing.header)
    found = actions.woven(sheet, grid, before)
    return {
        "run": sheet.run,
        "pointing": pointing,
        "columns": [
            {
                "place": place,
                "letter": letter(place),
                "name": name,
                "samples": [cell for row in below if (cell := one_line(row[place]))][:SAMPLES],
                "role": pointing.roles[place],
                "why": telling.WHY[pointing.whys[place]],
            }
            for place, name in enumerate(names)
        ],
        "roles": list(grouped()),
        "class_why": telling.CLASS_WHY.get(pointing.class_why, ""),
        "tabs": [(place, one.name, place in pointing.tabs) for place, one in enumerate(grid.tabs)],
        "header_rows": [
            (row + 1, " · ".join(filter(None, map(one_line, cells)))[:70])
            for row, cells in enumerate(tab.rows[:ROWS_OFFERED])
        ],
        "header": pointing.header + 1,
        "lines": found.reading.lines[:ROWS_SHOWN],
        "children": sum(len(line.children) for line in found.reading.lines),
        "first_sheet": not before.children,
        "encoding": grid.encoding,
    }


def _go_on(request: SchoolRequest, actor: Actor, sheet: Sheet, grid: Grid) -> HttpResponse:
    """To what has to be asked; where there is nothing, to what it would change."""
    found = actions.woven(sheet, grid, earlier(request.school, now=school_time.now()))
    if found.asked or found.reading.refused or found.reading.otherwise:
        return redirect("rosters:questions", school=request.school.slug, key=sheet.run.key)
    return _looked_at(request, actor, sheet, grid, found)


def _looked_at(request: SchoolRequest, actor: Actor, sheet: Sheet, grid: Grid, found: Woven) -> HttpResponse:
    try:
        actions.look(sheet, grid, found, by=actor)
    except Busy as busy:
        page = _questions_page(sheet, found) | {"busy": busy_words(busy, request.school)}
        return render(request, "rosters/questions.html", page, status=422)
    return redirect("rosters:progress", school=request.school.slug, key=sheet.run.key)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MAY_IMPORT)
def questions(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """What nobody can know but the office, and what was read otherwise than it is written."""
    sheet, grid = _sheet(actor, key)
    error = ""
    if request.method == "POST":
        said = [(name, str(words)) for name, words in request.POST.items() if name.startswith("q-")]
        actions.answer(sheet, {name.removeprefix("q-"): words for name, words in said})
    found = actions.woven(sheet, grid, earlier(request.school, now=school_time.now()))
    if request.method == "POST" and "again" not in request.POST:
        if not found.is_open:
            return _looked_at(request, actor, sheet, grid, found)
        error = _("Some questions have to be answered first: they are marked.")
    page = _questions_page(sheet, found) | {"error": error}
    return render(request, "rosters/questions.html", page, status=422 if error else 200)


def _question(asked: Asked) -> dict[str, Any]:
    words, why = telling.question(asked)
    people = list(filter(None, asked.facts.get("people", "").split("\n")))
    return {"asked": asked, "words": words, "why": why, "people": people, "choices": telling.choices(asked)}


def _questions_page(sheet: Sheet, found: Woven) -> dict[str, Any]:
    typed = [odd for odd in found.reading.otherwise if odd.code == "any.typed"]
    cells = [
        {"odd": odd, "why": telling.reason(odd), "value": sheet.answers.get(odd.key, "")}
        for odd in dict.fromkeys([*found.reading.refused, *typed])
    ]
    must = [_question(one) for one in found.asked if one.must]
    may = [_question(one) for one in found.asked if not one.must]
    to_type = [cell for cell in cells if cell["odd"].code in {*telling.TYPED, "any.typed"}]
    to_choose = [cell for cell in cells if cell["odd"].code == "any.several_children"]
    return {
        "run": sheet.run,
        "to_type": to_type[:ASKED_AT_ONCE],
        "more_to_type": max(0, len(to_type) - ASKED_AT_ONCE),
        "to_choose": to_choose[:ASKED_AT_ONCE],
        "more_to_choose": max(0, len(to_choose) - ASKED_AT_ONCE),
        "to_know": [cell for cell in cells if cell["odd"].code == "any.restriction_of_whom"],
        "must": must,
        "may": may[:ASKED_AT_ONCE],
        "more": max(0, len(may) - ASKED_AT_ONCE),
        "otherwise": telling.otherwise(found.reading.otherwise, sheet.answers),
        "skipped": found.reading.skipped[:ASKED_AT_ONCE],
        "skipped_count": len(found.reading.skipped),
        "more_skipped": max(0, len(found.reading.skipped) - ASKED_AT_ONCE),
    }
