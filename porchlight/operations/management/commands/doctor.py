"""`porchlight doctor`: what is wrong on this server, and how to mend it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from porchlight.operations.doctor.examination import examine, is_well
from porchlight.operations.findings import Finding, Severity
from porchlight.toolbox import school_time

TITLES = {Severity.WRONG: "Wrong", Severity.LOOK: "Look", Severity.NOTE: "Note"}


class Command(BaseCommand):
    """The doctor."""

    help = "Say what is wrong on this server and how to mend it. Ends with 1 when something is wrong, otherwise with 0."
    requires_system_checks = ()  # what is wrong is said here, in words

    def add_arguments(self, parser: CommandParser) -> None:
        """For people, or for programs."""
        parser.add_argument("--json", action="store_true", help="for programs: one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and say."""
        found = examine(school_time.now())
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(found))
        if any(one.severity is Severity.WRONG for one in found):
            sys.exit(1)


def as_json(found: list[Finding]) -> dict[str, object]:
    """`{"well": …, "findings": [{"severity", "about", "words", "mend"}]}`"""
    keys = ("severity", "about", "words", "mend")
    return {"well": is_well(found), "findings": [{key: getattr(one, key) for key in keys} for one in found]}


def as_text(found: list[Finding]) -> str:
    """Each finding with its mend below it, and a last sentence."""
    lines = [f"{TITLES[one.severity]:<6} {one.about}: {one.words}\n       → {one.mend}" for one in found]
    count = Counter(one.severity for one in found)
    if is_well(found):
        last = "All is well."
    elif count[Severity.WRONG]:
        wrong = count[Severity.WRONG]
        last = f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong."
    else:
        last = "Nothing is wrong. See whether you want to change what needs a look."
    return "\n".join([*lines, last])
