"""Rosters: handed over, looked at by a worker, and taken only when somebody says so."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from porchlight.api.description import Needs, may_fail
from porchlight.api.door import ApiRequest, in_whose_name
from porchlight.api.notice_in import Strict
from porchlight.api.paging import Id, Page, Part, page
from porchlight.api.problems import Problem
from porchlight.rosters import telling
from porchlight.rosters.jobs import Busy, ask, hand_over, leave
from porchlight.rosters.models import MAY_IMPORT, RosterImport, RosterJob, What
from porchlight.rosters.reading.problems import Refused
from porchlight.schools.actors import Actor, Scope

router = Router(tags=["Rosters"])
SHOWN = 200  # problems told; `problem_counts` counts them all


class RosterProblem(Schema):
    """Something about a line of the file, and what to do."""

    severity: str
    file: str
    line: int | None
    field: str
    reason: str


class RosterOut(Schema):
    """`state` is looking, looked, taking, taken, taking_back, taken_back or left; `why` says why nothing came of it.

    `counts` tells for each kind of record how many are new, changed, gone, …
    """

    id: str
    file_name: str
    format: str
    state: str
    why: str
    importable: bool
    removes_too_many: bool
    counts: dict[str, dict[str, int]]
    problem_counts: dict[str, int]
    problems: list[RosterProblem]
    handed_over_at: datetime
    taken_at: datetime | None


class HandedOver(Schema):
    """What only a person can say: which school of the bundle is ours, and whether it is whole."""

    org: Annotated[str, Form(max_length=255, pattern=r"^[^\x00]*$")] = ""
    mode: Literal["", "bulk", "delta"] = ""


class Taking(Strict):
    """`confirm_removals`: whoever is missing has really left, however many they are."""

    confirm_removals: bool = False


@router.get("/rosters", response={200: Page[RosterOut], **may_fail()}, auth=Needs(Scope.ROSTERS))
def list_rosters(request: ApiRequest, part: Query[Part]) -> Any:
    """Files that were handed over."""
    rows = RosterImport.objects.visible_to(request.actor)
    return page(rows, part, lambda found: [_roster(one, job) for one, job in _with_jobs(found, request)])


@router.get("/rosters/{id}", response={200: RosterOut, **may_fail(404)}, auth=Needs(Scope.ROSTERS))
def get_roster(request: ApiRequest, id: Id) -> Any:
    """What one file would change, or has changed. Ask again while it is being looked at."""
    return _told(request, _one(request, id))


@router.post(
    "/rosters",
    response={202: RosterOut, **may_fail(400, 409, 413)},
    auth=Needs(Scope.WRITE_ROSTERS),
    operation_id="hand_over_roster",
)
def create(request: ApiRequest, file: File[UploadedFile], told: Form[HandedOver]) -> Any:
    """Hand over a OneRoster or SDS zip, or the families sheet as CSV or XLSX. Nothing is changed yet."""
    try:
        run = hand_over(file=file, school=request.school, by=_importer(request), org=told.org, mode=told.mode)
    except Refused as refused:
        raise Problem(422, "refused", str(refused)) from None
    except Busy as busy:
        raise _busy(busy) from None
    return Status(202, _told(request, run))


@router.post(
    "/rosters/{id}/taking",
    response={202: RosterOut, **may_fail(400, 404, 409, 413)},
    auth=Needs(Scope.WRITE_ROSTERS),
    operation_id="take_roster",
)
def take(request: ApiRequest, id: Id, taking: Taking) -> Any:
    """Take the file that was looked at, beside the pages. The office can take it back."""
    run, by = _one(request, id), _importer(request)
    if run.applied_at or not run.stored_as or not run.looked_at or not run.importable:
        raise Problem(
            409, "not_to_take", "Only a file that was looked at, is importable and still here can be taken."
        )
    try:
        ask(run, What.TAKE, by=by, confirmed=taking.confirm_removals)
    except Busy as busy:
        raise _busy(busy) from None
    return Status(202, _told(request, run))


@router.post(
    "/rosters/{id}/leaving",
    response={200: RosterOut, **may_fail(404, 409)},
    auth=Needs(Scope.WRITE_ROSTERS),
    operation_id="leave_roster",
)
def leaving(request: ApiRequest, id: Id) -> Any:
    """Forget a file that is not taken."""
    run = _one(request, id)
    if run.applied_at:
        raise Problem(409, "taken", "This file was taken. The office can take it back.")
    leave(run)
    return _told(request, run)


def _one(request: ApiRequest, id: str) -> RosterImport:
    return get_object_or_404(RosterImport.objects.visible_to(request.actor), key=id)


def _importer(request: ApiRequest) -> Actor:
    """Whoever made the token, where imports are still their work."""
    by = in_whose_name(request)
    if not by.is_one_of(*MAY_IMPORT):
        raise Problem(403, "not_theirs", "The colleague who made this token may import no rosters.")
    return by


def _busy(busy: Busy) -> Problem:
    return Problem(
        409, "busy", f"One file at a time: {busy.job.run.key} is in hand just now. Try again when it is done."
    )


def _with_jobs(found: list[RosterImport], request: ApiRequest) -> list[tuple[RosterImport, RosterJob | None]]:
    jobs = RosterJob.objects.visible_to(request.actor).filter(run__in=found).order_by("pk")
    latest = {job.run_id: job for job in jobs}
    return [(one, latest.get(one.pk)) for one in found]


def _told(request: ApiRequest, run: RosterImport) -> dict[str, Any]:
    [(run, job)] = _with_jobs([run], request)
    return _roster(run, job)


def _state(run: RosterImport, job: RosterJob | None) -> str:
    if job is not None and job.ended_at is None:
        return {What.LOOK: "looking", What.TAKE: "taking", What.UNDO: "taking_back"}[What(job.what)]
    if run.applied_at:
        return "taken_back" if run.undone_at else "taken"
    return "looked" if run.stored_as else "left"


def _roster(run: RosterImport, job: RosterJob | None) -> dict[str, Any]:
    return {
        "id": run.key,
        "file_name": run.file_name,
        "format": run.format,
        "state": _state(run, job),
        "why": telling.why_ended(job) if job else "",
        "importable": run.importable,
        "removes_too_many": run.removes_too_many,
        "counts": run.counts,
        "problem_counts": run.problem_counts,
        "problems": [_problem(one.as_dict()) for one in telling.problems(run)[:SHOWN]],
        "handed_over_at": run.handed_over_at,
        "taken_at": run.applied_at,
    }


def _problem(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "severity": str(told["severity"]),
        "file": told.get("file") or "",
        "line": told.get("line") or None,
        "field": told.get("field") or "",
        "reason": str(told["reason"]),
    }
