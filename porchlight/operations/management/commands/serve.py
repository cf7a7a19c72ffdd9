"""`porchlight serve`: the pages, the live updates and the gateways' way back, from one process."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.module_loading import import_string

from porchlight.operations.doctor import database
from porchlight.operations.reach import is_loopback
from porchlight.operations.serving import server
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import random_key
from porchlight.welcome import setting_up


class Command(BaseCommand):
    """The server."""

    help = "Answer browsers and gateways. Stops cleanly on Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 is every one.")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on.")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        """Say what stands in the way, or serve until told to stop."""
        self._check(host)
        try:
            server.must_be_free(host, port)
        except server.PortTakenError as taken:
            raise CommandError(str(taken)) from None
        try:
            self.set_up = self._link()
            application = import_string(settings.ASGI_APPLICATION)
            server.serve(application, host=host, port=port, when_up=lambda: self._say(host, port))
        except KeyboardInterrupt:  # before the server itself listens to signals
            self.stdout.write("")
        self.stdout.write("Stopped.")

    def _check(self, host: str) -> None:
        if settings.SECRET_KEY == settings.SAMPLE_SECRET_KEY and not (
            is_loopback(host) and is_loopback(settings.BASE_HOST)
        ):
            raise CommandError(
                "Others can reach this server, so it needs a secret of its own: set PORCHLIGHT_SECRET_KEY to a long "
                f"random text, such as {random_key(50)}, and keep it."
            )
        away = database.away()
        if away is not None:
            self.stderr.write(f"{away.words} Pages will say so until it does.")
            return
        out_of_step = database.out_of_step()
        connection.close()
        if out_of_step is not None:
            raise CommandError(f"{out_of_step.words} {out_of_step.mend}")

    def _link(self) -> str:
        """Where the first school is made, while there is none."""
        if database.away() is not None or not setting_up.is_needed():
            return ""
        link = setting_up.fresh_link(base_url=settings.BASE_URL, now=school_time.now())
        connection.close()
        return link

    def _say(self, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(
            f"Porchlight answers at http://{shown}:{port}/ as {settings.BASE_URL}. Ctrl-C stops it."
        )
        if self.set_up:
            self.stdout.write(f"There is no school yet. Make yours here, once, within a day:\n{self.set_up}")
        self.stdout.flush()
