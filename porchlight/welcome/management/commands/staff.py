"""`porchlight staff invite --school maple-street --name "Ms Amal" --email amal@example.org --role teacher`"""

from __future__ import annotations

from io import StringIO
from typing import Any

import segno
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from porchlight.schools.actors import Role, system
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from porchlight.welcome.invitations import add_colleague, invite


class Command(BaseCommand):
    """Colleagues of a school."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = "Invite a colleague: prints a link and a QR code that work once, for a week."

    def add_arguments(self, parser: CommandParser) -> None:
        """`invite`."""
        task = parser.add_subparsers(dest="task", required=True).add_parser(
            "invite", help="invite a colleague"
        )
        task.add_argument("--school", required=True, help="the school's short name")
        task.add_argument("--name", required=True, help="as families should read it")
        task.add_argument("--email", default="", help="also sends the link there, once mail is set up")
        task.add_argument("--role", action="append", choices=[role.value for role in Role], required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the way in."""
        school = School.objects.filter(slug=options["school"]).first()
        if school is None:
            there = ", ".join(School.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no school {options['school']!r}. There are: {there}.")
        with school_context(school):
            by = system(school.pk)
            staff = add_colleague(
                school=school,
                name=options["name"],
                email=options["email"],
                roles=tuple(Role(role) for role in options["role"]),
                by=by,
            )
            link = invite(
                staff,
                by=by,
                now=school_time.now(),
                base_url=settings.BASE_URL,
                by_mail=bool(options["email"]),
            )
        self.stdout.write(f"{staff.name} comes in here, once, within seven days:\n{link}")
        card = StringIO()
        segno.make(link).terminal(out=card, compact=True)
        self.stdout.write(card.getvalue())
