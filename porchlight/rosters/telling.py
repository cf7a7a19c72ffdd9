"""An import in words: for the terminal, for pages and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.rosters.actions import NotTaken
from porchlight.rosters.models import RosterImport, RosterJob, What
from porchlight.rosters.progress import words
from porchlight.rosters.reading.problems import Problem, Severity

STATES: dict[str, Promise] = {
    "added": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "returned": gettext_lazy("back again"),
    "removed": gettext_lazy("gone"),
    "kept": gettext_lazy("kept as you changed them"),
    "same": gettext_lazy("as before"),
}
SEVERITIES: dict[str, Promise] = {
    "refused": gettext_lazy("not read"),
    "left_out": gettext_lazy("rows left out"),
    "dropped": gettext_lazy("values left out"),
    "guessed": gettext_lazy("guessed"),
    "noted": gettext_lazy("worth knowing"),
}
OUTCOMES: dict[str, Promise] = {
    "preview": gettext_lazy("Nothing has been changed yet."),
    "imported": gettext_lazy("Taken. To take it back: porchlight roster undo %(key)s --school %(school)s"),
    "undone": gettext_lazy("Taken back. Everybody is as they were before this import."),
}
REASONS: dict[str, Promise] = {
    "not_importable": gettext_lazy(
        "Nothing was changed, because nothing in the file could be taken. The lines above say why."
    ),
    "too_many_removals": gettext_lazy(
        "Nothing was changed. More would go than usual (%(kinds)s); a file that was cut off looks just like that. If "
        "they have really left, say so with --confirm-removals."
    ),
    "came_between": gettext_lazy(
        "Nothing was changed, because another import was taken meanwhile. Look at the file again."
    ),
    "other_file": gettext_lazy("Nothing was changed, because the file is not the one that was looked at."),
    "left": gettext_lazy("Nothing was changed, because somebody left this file meanwhile."),
    "not_the_latest": gettext_lazy("A later import stands on this one. Take that one back first."),
    "undone": gettext_lazy("This import has been taken back already, or was never taken."),
}
# Of a job that went on beside the pages; and what a page says otherwise than a terminal.
OF_A_JOB: dict[str, Promise] = {
    **REASONS,
    "too_many_removals": gettext_lazy(
        "Nothing was changed. More would go than usual (%(kinds)s); a file that was cut off looks just like that. If "
        "they have really left, say so below."
    ),
    "crashed": gettext_lazy(
        "Something went wrong on our side. Nothing was changed, and the file is still here: try again. If it happens "
        "again, tell whoever runs the server; the reason is in the log."
    ),
    "lost": gettext_lazy("It broke off. Nothing was changed, and the file is still here: try again."),
    "file_gone": gettext_lazy("The file is no longer here. Hand it over again."),
}
# And of one that takes an import back, where there is no file any more.
OF_AN_UNDO: dict[str, Promise] = {
    **OF_A_JOB,
    "crashed": gettext_lazy(
        "Something went wrong on our side, and nothing was changed: try again. If it happens again, tell whoever runs "
        "the server; the reason is in the log."
    ),
    "lost": gettext_lazy("It broke off, and nothing was changed: try again."),
}


def problems(run: RosterImport) -> list[Problem]:
    """What was wrong with the file, worst first."""
    return [Problem.from_stored(kept) for kept in run.problems]


def kinds(run: RosterImport) -> Iterator[dict[str, Any]]:
    """For a page: each kind's name, how many in which state, and a few names of each."""
    for kind, states in run.counts.items():
        samples = run.samples.get(kind, {}).items()
        yield {
            "name": words(kind),
            "states": [(STATES[state], states[state]) for state in STATES if states.get(state)],
            "samples": [(STATES[state], names) for state, names in samples if names and state in STATES],
        }


def why_not(reason: NotTaken) -> str:
    """Why nothing was changed, and the way on."""
    return str(REASONS[reason.code]) % {"kinds": ", ".join(words(kind) for kind in reason.kinds)}


def why_ended(job: RosterJob) -> str:
    """Why a job that is over came to nothing; "" for one that was done, or goes on."""
    if job.outcome in {"", RosterJob.DONE}:
        return ""
    reasons = OF_AN_UNDO if job.what == What.UNDO else OF_A_JOB
    return str(reasons[job.outcome]) % {"kinds": ", ".join(words(kind) for kind in job.kinds)}


def as_dict(run: RosterImport, outcome: str) -> dict[str, Any]:
    """Everything `--json` prints."""
    return {
        "outcome": outcome,
        "import": run.key if run.pk else None,
        "file": run.file_name,
        "format": run.format,
        "system": run.system,
        "importable": run.importable,
        "removes_too_many": run.removes_too_many,
        "counts": run.counts,
        "problem_counts": run.problem_counts,
        "problems": [problem.as_dict() for problem in problems(run)],
    }


def lines(run: RosterImport, outcome: str) -> Iterator[str]:
    """The same for a person at a terminal."""
    system = f", {run.system}" if run.system else ""
    yield f"{run.file_name} ({run.format}{system})"
    if outcome != "undone":
        yield from _counted(run)
        yield from _said(run)
    if outcome in OUTCOMES:
        yield str(OUTCOMES[outcome]) % {"key": run.key, "school": run.school.slug}


def _counted(run: RosterImport) -> Iterator[str]:
    for kind, states in run.counts.items():
        found = [f"{states[state]} {word}" for state, word in STATES.items() if states.get(state)]
        if found:
            yield f"  {words(kind):<26} {', '.join(found)}"
        for state in ("changed", "removed", "kept"):
            for name in run.samples.get(kind, {}).get(state, [])[:3]:
                yield f"      {STATES[state]}: {name}"


def _said(run: RosterImport) -> Iterator[str]:
    counts = {severity: times for severity, times in run.problem_counts.items() if times}
    if counts:
        yield "  " + ", ".join(f"{times} {SEVERITIES[severity]}" for severity, times in counts.items())
    for problem in problems(run):
        if problem.severity is not Severity.NOTED:
            place = ":".join(filter(None, [problem.file, str(problem.line or ""), problem.field]))
            yield f"    {place}: {problem.reason}" if place else f"    {problem.reason}"
    noted = _("and %(times)d more of the same kinds")
    more = sum(run.problem_counts.values()) - len(run.problems)
    if more > 0:
        yield "    " + noted % {"times": more}
