"""`porchlight catalogues extract|compile|check`: the interface's translations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from porchlight.design import catalogues


class Command(BaseCommand):
    help = "Collect the interface's words, compile their translations, or say which are missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "step",
            choices=["extract", "compile", "check"],
            help="extract: words of the code into .po files. compile: .po to .mo. check: fail when any is missing.",
        )

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        {"extract": self.extract, "compile": self.compile, "check": self.complain}[step]()

    def extract(self) -> None:
        """Write the .po files anew, keeping every translation of words still in the code."""
        template = catalogues.found()
        for language in catalogues.languages():
            catalog = catalogues.updated(language, template)
            catalogues.write(language, catalog)
            empty = sum(1 for message in catalog if message.id and not _filled(message.string))
            self.stdout.write(
                f"{language}: {len(catalog)} words and sentences, {empty} without a translation"
            )

    def compile(self) -> None:
        """Write every .mo."""
        for language in catalogues.languages():
            if catalogues.compile_one(language):
                self.stdout.write(f"{language}: compiled")

    def complain(self) -> None:
        """Name every trouble and fail when there is one."""
        troubles = catalogues.troubles()
        for trouble in troubles:
            self.stderr.write(str(trouble))
        if troubles:
            raise CommandError(f"{len(troubles)} words or sentences need a translator.")
        self.stdout.write("Every word of the interface is there in every language.")


def _filled(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)
