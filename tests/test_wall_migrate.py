"""`porchlight migrate`: the owner changes the tables, the application only serves."""

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from porchlight.config.databases import database
from porchlight.schools.inspection import wall_faults
from tests.plugins.postgres import Postgres

pytestmark = pytest.mark.postgres


def test_migrating_again_as_the_owner_leaves_the_wall_standing(postgres: Postgres, settings) -> None:
    settings.DATABASE_OWNER = database(postgres.owner_url)
    call_command("migrate", verbosity=0, interactive=False)
    assert wall_faults() == []


def test_one_role_for_both_is_refused(postgres: Postgres, settings) -> None:
    settings.DATABASE_OWNER = database(postgres.url)
    with pytest.raises(CommandError, match="Give the application a role of its own"):
        call_command("migrate", verbosity=0, interactive=False)


def test_the_application_cannot_change_the_tables(postgres: Postgres) -> None:
    with connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="must be owner of table"):
            cursor.execute("ALTER TABLE schools_term DISABLE ROW LEVEL SECURITY")
        with pytest.raises(ProgrammingError, match="permission denied for schema public"):
            cursor.execute("CREATE TABLE elsewhere (school_id bigint)")
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute("TRUNCATE schools_term")
