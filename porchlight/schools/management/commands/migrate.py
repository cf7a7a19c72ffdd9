"""`porchlight migrate`: the owner changes the tables and builds the wall, then lets the application in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections

from porchlight.schools.connecting import connected_with
from porchlight.schools.install import grant_to_application
from porchlight.schools.migrating import new_models_alone


class Command(migrate.Command):
    """Django's own, run as the owner when DATABASE_OWNER_URL names one."""

    help = "Bring the database up to date; as its owner, when DATABASE_OWNER_URL names one."
    requires_system_checks = ()  # `porchlight doctor` checks; they read every page, two fifths of a start

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Migrate; post_migrate builds the wall; then grant. Raises CommandError when both addresses agree."""
        if not settings.DATABASE_OWNER or options["database"] != DEFAULT_DB_ALIAS:
            with new_models_alone():
                return super().handle(*args, **options)
        application = connections.settings[DEFAULT_DB_ALIAS]["USER"]
        if application == settings.DATABASE_OWNER["USER"]:
            raise CommandError(
                "DATABASE_URL and DATABASE_OWNER_URL name the same role. Give the application a role of its own: "
                "the wall between schools does not hold for the owner of the tables."
            )
        with connected_with(settings.DATABASE_OWNER), new_models_alone():
            said = super().handle(*args, **options)
            grant_to_application(role=application)
        return said
