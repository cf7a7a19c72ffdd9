"""`porchlight school create maple-street "Maple Street School" --timezone Europe/London`"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from porchlight.schools.law.followed import hold_to, law_of
from porchlight.schools.models import School
from porchlight.schools.signals import opened
from porchlight.schools.wall import school_context


class Command(BaseCommand):
    """Schools on this server."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = "Make a school, or list those there are."

    def add_arguments(self, parser: CommandParser) -> None:
        """`create` and `list`."""
        tasks = parser.add_subparsers(dest="task", required=True)
        create = tasks.add_parser("create", help="make a school")
        create.add_argument("slug", help="short name in its addresses, such as maple-street")
        create.add_argument("name", help="its name, as families read it")
        create.add_argument("--timezone", default="UTC", help="IANA name, such as Asia/Karachi")
        create.add_argument("--country", default="GB", help="two letters; how local phone numbers are read")
        create.add_argument("--language", default="en", help="of the school's own words")
        create.add_argument("--phone", default="", help="the number families may ring")
        create.add_argument("--emergency", default="", help="emergency numbers said at night, such as 999")
        tasks.add_parser("list", help="name the schools")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done, or what to mend."""
        if options["task"] == "list":
            for school in School.objects.order_by("slug"):
                self.stdout.write(f"{school.slug}\t{school.name}")
            return
        school = School(
            slug=options["slug"],
            name=options["name"],
            timezone=options["timezone"],
            country=options["country"].upper(),
            language=options["language"],
            phone=options["phone"],
            emergency_numbers=options["emergency"],
        )
        hold_to(law_of(school), school)
        try:
            school.full_clean()
        except ValidationError as problem:
            said = [f"{name}: {' '.join(words)}" for name, words in problem.message_dict.items()]
            raise CommandError("\n".join(said)) from None
        with transaction.atomic():
            school.save()
            with school_context(school):
                opened.send(sender=School, school=school)
        self.stdout.write(
            f"{school.name} is there. Next: porchlight staff invite --school {school.slug} "
            '--role office --name "Mrs Okafor" --email office@example.org'
        )
