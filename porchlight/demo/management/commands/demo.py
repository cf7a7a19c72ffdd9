"""`porchlight demo`: Maple Street School on this machine, with its practice town. Ctrl-C stops everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from porchlight.demo.by_calls import a_home_by_calls
from porchlight.demo.by_round import a_round_to_be_asked
from porchlight.demo.by_week import a_class_with_a_week
from porchlight.demo.cast import CAST, SLUG
from porchlight.demo.clock import set_clock, start
from porchlight.demo.gateways import town_config
from porchlight.demo.load import load
from porchlight.demo.on_a_screen import a_home_on_a_screen, notes_on_screens
from porchlight.demo.processes import PortTakenError, StoppedEarlyError, Together, must_be_free, python
from porchlight.schools.models import School, SchoolKey
from porchlight.schools.resealing import rotate
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time


class Command(BaseCommand):
    """The demo."""

    help = "Try Porchlight: Maple Street School on this machine, with its practice town."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, start, say where everything is, and wait."""
        web_port, town_port, mail_port = settings.DEMO_PORT, settings.DEMO_TOWN_PORT, settings.DEMO_MAIL_PORT
        try:
            must_be_free(web_port, "Porchlight", "PORCHLIGHT_DEMO_PORT")
            must_be_free(town_port, "the practice town", "PORCHLIGHT_TOWN_PORT")
            must_be_free(mail_port, "the town's post office", "PORCHLIGHT_TOWN_MAIL_PORT")
        except PortTakenError as taken:
            raise CommandError(str(taken)) from None
        config = self._prepare(town_port, mail_port)
        town = ["--port", str(town_port), "--smtp-port", str(mail_port), "--config", str(config)]
        commands = [
            python("practice", *town, "--clock-file", settings.CLOCK_FILE),
            python("porchlight", "serve", "--host", "127.0.0.1", "--port", str(web_port)),
            python("porchlight", "work"),
        ]
        try:
            Together(commands).run(lambda: self._open(web_port, town_port), (town_port, web_port))
        except StoppedEarlyError as early:
            raise CommandError(str(early)) from None
        self.stdout.write("\nStopped. `make demo` goes on where it was.")

    def _prepare(self, town_port: int, mail_port: int) -> Path:
        """Database, school, clock, and what the town must know."""
        self.stdout.write("Preparing Maple Street School …")
        call_command("migrate", verbosity=0, interactive=False)
        first = School.objects.first()
        if first is not None:
            with school_context(first):
                set_clock(first)
                is_older = not SchoolKey.objects.in_school(first).exists()
            if is_older:  # made before schools had keys of their own
                rotate(first, now=school_time.now())
        school = load(town_port=town_port, mail_port=mail_port)
        with school_context(school):
            a_home_by_calls(school, town_port=town_port)
            notes_on_screens(school, town_port=town_port)
            a_class_with_a_week(school, now=start(school))
            a_round_to_be_asked(school, now=start(school))
            set_clock(school)
            config = Path(settings.VAR) / "town.json"
            config.write_text(json.dumps(town_config(school), ensure_ascii=False, indent=1))
        return config

    def _open(self, web_port: int, town_port: int) -> None:
        """Everything runs: what needs the town is done, and people are told where to look."""
        school = School.objects.get(slug=SLUG)
        with school_context(school):
            a_home_on_a_screen(school, town_port=town_port)
        self._say(web_port, town_port)

    def _say(self, web_port: int, town_port: int) -> None:
        base = f"http://127.0.0.1:{web_port}"
        lines = [
            f"  {base}/demo/as/{person.who}/".ljust(48) + f"{person.name}, {person.words}" for person in CAST
        ]
        self.stdout.write(
            "\nMaple Street School is open. It is Tuesday, 3.10 pm. Sign in as\n\n"
            + "\n".join(lines)
            + f"\n\n  http://127.0.0.1:{town_port}/".ljust(50)
            + "the practice town: every family's phone, and the school clock\n\n"
            "Write to the families of 4A as Ms Amal, then answer on Mr Yousaf's phone. Ctrl-C stops.\n"
        )
        self.stdout.flush()
