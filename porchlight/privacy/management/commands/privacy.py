"""`porchlight privacy`: what is kept, for whoever looks after the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from porchlight.activity.models import Entry
from porchlight.privacy.certificates import digest_in, place_of
from porchlight.privacy.clearing import clear, clear_server
from porchlight.privacy.closing import CLOSED, StillHeld, close, counted
from porchlight.privacy.leaving import standing, standing_too_early
from porchlight.privacy.ledger import UnreadableLedger
from porchlight.privacy.reerasing import reerase
from porchlight.privacy.whole_copy import write_whole_copy
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

ROUNDS = (
    ("reerase", "after a backup was put back: erase again everybody the ledger of erasures names"),
    ("clear", "what workers do once a day: let go of what is past its limit"),
)


class Command(BaseCommand):
    """What is kept."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = "Erase again whom a backup brought back, let go now what is past its limit, or close a school that leaves."

    def add_arguments(self, parser: CommandParser) -> None:
        """`reerase`, `clear`, `copy`, `close` or `certificate`."""
        tasks = parser.add_subparsers(dest="task", required=True)
        for name, help_ in ROUNDS:
            task = tasks.add_parser(name, help=help_)
            task.add_argument("--school", default="", help="its short name; without it, every school")
        copy = tasks.add_parser(
            "copy", help="write everything of one school into a file, for it to take along"
        )
        copy.add_argument("school", help="its short name")
        copy.add_argument("file", type=Path, help="the zip to write; nothing may stand there yet")
        closing = tasks.add_parser(
            "close", help="a school leaves: erase every row and file of it, and write a certificate"
        )
        closing.add_argument("school", help="its short name")
        closing.add_argument(
            "--asked-by", default="", help="who of the school asked for it, as the certificate says"
        )
        closing.add_argument(
            "--backups-until", type=date.fromisoformat, help="the day your last backup with it is thrown away"
        )
        closing.add_argument(
            "--really", default="", help="its short name once more; without it, only what would go is counted"
        )
        check = tasks.add_parser(
            "certificate", help="whether a certificate is whole and stands in the record"
        )
        check.add_argument("school", help="its short name")
        check.add_argument("file", type=Path, help="the certificate")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line or more for each school."""
        schools = School.objects.order_by("slug")
        if options["school"]:
            schools = schools.filter(slug=options["school"])
            if not schools.exists():
                raise CommandError(
                    f"There is no school {options['school']}. `porchlight school list` names them."
                )
        if options["task"] == "clear":
            schools = schools.open()
        work: Callable[[School, Mapping[str, Any]], str] = getattr(self, f"_{options['task']}")
        for school in schools:
            with school_context(school):
                said = work(school, options)
            self.stdout.write(f"{school.slug}: {said}.")
        if options["task"] == "clear":
            self.stdout.write(f"the server: {_told(clear_server(now=school_time.now()))}.")

    def _reerase(self, school: School, options: Mapping[str, Any]) -> str:
        try:
            again = reerase(school, now=school_time.now())
        except UnreadableLedger as problem:
            raise CommandError(str(problem)) from None
        return f"{again.erased} erased again, {again.absent} not here, {again.on_hold} on hold"

    def _clear(self, school: School, options: Mapping[str, Any]) -> str:
        return _told(clear(school, now=school_time.now()))

    def _copy(self, school: School, options: Mapping[str, Any]) -> str:
        try:
            count = write_whole_copy(school, options["file"])
        except OSError as problem:
            raise CommandError(f"The copy cannot be written: {problem}") from None
        return f"{count} rows are in {options['file']}. It holds everything: give it to nobody but the school"

    def _close(self, school: School, options: Mapping[str, Any]) -> str:
        if school.closed_at is not None:
            raise CommandError(f"It was closed before; the certificate is {place_of(school.slug)}.")
        if not options["really"]:
            first = f"Write a copy first: porchlight privacy copy {school.slug} FILE"
            return f"would lose {_told(counted(school))}. {first}. {_to_close(school)}"
        asked_by = options["asked_by"] or _wish(school)
        if options["really"] != school.slug or not asked_by or not options["backups_until"]:
            raise CommandError(f"{_to_close(school)}.")
        if standing_too_early(school, now=school_time.now()):
            raise CommandError("Its leaders may still take it back: the fortnight on their page is not over.")
        try:
            close(school, asked_by=asked_by, backups_until=options["backups_until"], now=school_time.now())
        except StillHeld:
            raise CommandError(
                "Somebody there is on hold. The school lifts it first, or it cannot leave."
            ) from None
        except OSError as problem:
            raise CommandError(f"Nothing was erased: {problem}") from None
        return f"closed. The certificate is {place_of(school.slug)}"

    def _certificate(self, school: School, options: Mapping[str, Any]) -> str:
        digest = digest_in(options["file"].read_text())
        if not digest:
            raise CommandError("It was changed: its last line does not fit the others.")
        if not Entry.objects.in_school(school).filter(verb=CLOSED, facts__digest=digest).exists():
            raise CommandError("It is whole, but the school's record knows no such certificate.")
        return "the certificate is whole, and the record has its digest"


def _to_close(school: School) -> str:
    return (
        f"To close it for good say --really {school.slug} and --backups-until with the day your last backup of it is "
        "thrown away, such as 2027-01-31; and --asked-by with who of the school asked, unless two leaders did on their "
        "page “Leave Porchlight” and their fortnight is over"
    )


def _wish(school: School) -> str:
    """Who asked on the leaders' page, as the certificate says it; empty where two have not."""
    wish = standing(school)
    return f"{wish.asked_by.name}, agreed by {wish.agreed_by.name}" if wish and wish.agreed_by else ""


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{label} {number}" for label, number in sorted(counts.items())) or "nothing to let go"
