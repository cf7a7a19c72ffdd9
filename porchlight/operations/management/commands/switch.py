"""`porchlight switch off --channel sms --reason "a wrong text is going out"`: stop sending, and start it again."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from porchlight.delivery import actions
from porchlight.delivery.models import KillSwitch
from porchlight.families.models import Channel
from porchlight.operations.findings import how_long
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time


class Command(BaseCommand):
    """Kill switches."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = (
        "Stop sending within five seconds: everywhere, for a school, on a channel. Nothing is lost; it waits."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`off`, `on` and `list`."""
        tasks = parser.add_subparsers(dest="task", required=True)
        for task, words in (("off", "stop sending"), ("on", "let what waits leave again")):
            one = tasks.add_parser(task, help=words)
            one.add_argument("--school", default="", help="its short name; without it, every school")
            one.add_argument(
                "--channel", default="", help=f"{', '.join(Channel.values)}; without it, every one"
            )
            one.add_argument("--reason", required=True, help="why, for those who come after you")
        tasks.add_parser("list", help="what is switched off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how things stand now."""
        if options["task"] == "list":
            self._list()
        else:
            self._switch(options["task"] == "off", options["school"], options["channel"], options["reason"])

    def _switch(self, off: bool, slug: str, channel: str, reason: str) -> None:
        school = School.objects.filter(slug=slug).first()
        if slug and school is None:
            raise CommandError(f"There is no school {slug}. `porchlight school list` names them.")
        if channel and channel not in Channel.values:
            raise CommandError(f"There is no channel {channel}; there are {', '.join(Channel.values)}.")
        if not reason.strip():
            raise CommandError("Say why: --reason “a wrong text is going out”.")
        with school_context(school) if school else nullcontext():
            by = system(school.pk) if school else None
            found = actions.switch(off=off, by=by, reason=reason.strip(), school=school, channel=channel)
        if found is None:
            raise CommandError(
                f"Nothing was switched off for {where(school, channel)}. See: porchlight switch list"
            )
        if off:
            self.stdout.write(f"Within five seconds nothing leaves for {where(school, channel)}. It waits.")
        else:
            self.stdout.write(f"What waited for {where(school, channel)} leaves now.")
            self._list()  # another switch may still hold some of it

    def _list(self) -> None:
        for one in KillSwitch.objects.filter(lifted_at=None).select_related("school").order_by("set_at"):
            since = how_long(school_time.now() - one.set_at)
            self.stdout.write(f"Off for {where(one.school, one.channel)}, {since}: {one.reason}")


def where(school: School | None, channel: str) -> str:
    """ "sms at Maple Street School", "every channel at every school"."""
    return f"{channel or 'every channel'} at {school.name if school else 'every school'}"
