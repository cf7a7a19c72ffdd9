"""`porchlight operator ask --school maple-street --email me@host.example --why "…"`: look, by the school's leave."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models.functions import Now

from porchlight.accounts.models import User
from porchlight.accounts.sessions import shut_out
from porchlight.schools.granting import ask_to_look
from porchlight.schools.models import OperatorGrant, School
from porchlight.schools.posts import schools_of
from porchlight.schools.wall import school_context


class Command(BaseCommand):
    """Those who look after the server."""

    requires_system_checks = ()  # `porchlight doctor` checks, and a short command is there at once
    help = "Name who looks after this server, and ask a school to let them look for an hour."

    def add_arguments(self, parser: CommandParser) -> None:
        """`add`, `remove` and `ask`."""
        tasks = parser.add_subparsers(dest="task", required=True)
        add = tasks.add_parser(
            "add", help="somebody looks after this server; they sign in with a code by mail"
        )
        add.add_argument("--email", required=True, help="their mailbox, in use for nothing else here")
        add.add_argument("--name", required=True, help="as schools read it")
        remove = tasks.add_parser(
            "remove",
            help="they no longer do: every session of theirs is over, passkeys and apps are forgotten",
        )
        remove.add_argument("--email", required=True, help="their mailbox")
        ask = tasks.add_parser("ask", help="ask a school's leader to let them look")
        ask.add_argument("--email", required=True, help="who wants to look")
        ask.add_argument("--school", required=True, help="its short name")
        ask.add_argument("--why", required=True, help="what for, as the leader reads it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what comes next."""
        email = options["email"].strip().lower()
        known = User.objects.filter(email__iexact=email).first()
        if options["task"] == "add":
            self._add(known, email, options["name"])
            self.stdout.write(
                f"{email} signs in with a code by mail and sets up a second step. They see no school yet."
            )
            return
        if known is None or not known.is_staff:
            raise CommandError(f"{email} does not look after this server. See: porchlight operator add")
        if options["task"] == "remove":
            self._remove(known)
            self.stdout.write(f"{email} is shut out.")
            return
        self._ask(known, options["school"], options["why"])

    @transaction.atomic
    def _add(self, known: User | None, email: str, name: str) -> None:
        """Somebody new; or who was removed, as if they had never been here."""
        if known is None:
            User.objects.create_user(email, name=name, is_staff=True)
            return
        was_here, known.is_active = known.is_active, True
        if was_here or schools_of(known):
            raise CommandError(f"{email} signs in here already. An operator has a mailbox of their own.")
        _take_everything(known)  # once more: who was removed by an older version kept their passkeys
        known.name, known.is_staff = name, True
        known.save(update_fields=["name", "is_active", "is_staff"])

    @transaction.atomic
    def _remove(self, known: User) -> None:
        _take_everything(known)
        known.is_active = known.is_staff = False
        known.save(update_fields=["is_active", "is_staff"])

    def _ask(self, operator: User, slug: str, why: str) -> None:
        school = School.objects.filter(slug=slug).first()
        if school is None:
            raise CommandError(f"There is no school {slug}. `porchlight school list` names them.")
        with school_context(school):
            try:
                ask_to_look(school, operator, why=why)
            except ValueError as problem:
                raise CommandError(str(problem)) from None
        self.stdout.write(
            f"{school.name} has been asked. When a leader says yes, /{slug}/desk/ opens to them for an hour."
        )


def _take_everything(known: User) -> None:
    """What they signed in with, what they asked schools for, and what a school still lets them see."""
    wishes = OperatorGrant.objects.waiting() | OperatorGrant.objects.in_force()
    wishes.filter(operator=known).update(ended_at=Now())
    shut_out(known)
