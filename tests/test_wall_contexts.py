"""How `school_context()` opens and shuts the wall: nested, after a rollback, on a connection used again."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from porchlight.config.databases import database
from porchlight.schools.connecting import connected_with
from porchlight.schools.models import School, SchoolClass, StaffMember, StaffRole, TenantQuerySet, Term
from porchlight.schools.wall import open_schools, school_context
from tests.plugins.postgres import Postgres

pytestmark = pytest.mark.postgres


@pytest.fixture
def maple(postgres: Postgres) -> School:
    return school_with_a_teacher("maple-street", "Ms Amal")


@pytest.fixture
def oak(postgres: Postgres) -> School:
    return school_with_a_teacher("oak-lane", "Mr Stone")


def school_with_a_teacher(slug: str, teacher: str) -> School:
    school = School.objects.create(slug=slug, name=slug)
    with school_context(school):
        StaffMember.objects.create(school=school, name=teacher)
    return school


def names() -> list[str]:
    return list(StaffMember.objects.order_by("name").values_list("name", flat=True))


def test_a_context_shows_its_schools_and_ends(maple: School, oak: School) -> None:
    assert names() == []
    with school_context(maple):
        assert names() == ["Ms Amal"]
        assert open_schools() == (maple.pk,)
    assert names() == []
    with school_context(maple, oak.pk):
        assert names() == ["Mr Stone", "Ms Amal"]
    assert open_schools() == ()


def test_an_inner_context_replaces_the_outer_one_and_gives_it_back(maple: School, oak: School) -> None:
    with school_context(maple):
        with school_context(oak):
            assert names() == ["Mr Stone"]
        assert names() == ["Ms Amal"]
        assert open_schools() == (maple.pk,)


def test_an_inner_context_inside_a_bare_transaction_shuts_behind_itself(maple: School) -> None:
    with transaction.atomic():
        with school_context(maple):
            assert names() == ["Ms Amal"]
        assert names() == []


def test_a_savepoint_rolled_back_restores_the_outer_context(maple: School, oak: School) -> None:
    with school_context(maple):
        with pytest.raises(LookupError), school_context(oak):
            raise LookupError
        assert names() == ["Ms Amal"]
        with school_context(oak):
            transaction.set_rollback(True)
        assert names() == ["Ms Amal"]


def test_an_error_of_the_database_is_heard_as_it_is(maple: School) -> None:
    """Not as the complaint about the transaction it broke."""
    with school_context(maple):
        with pytest.raises(IntegrityError, match="term_ends_after_start"), school_context(maple):
            Term.objects.create(school=maple, name="Spring", starts_on="2026-04-01", ends_on="2026-01-01")
        assert names() == ["Ms Amal"]


def test_the_setting_ends_with_the_transaction_on_the_same_connection(maple: School) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server_process = cursor.fetchone()
        with school_context(maple):
            cursor.execute("SELECT current_setting('porchlight.schools', true)")
            assert cursor.fetchone() == (f"{{{maple.pk}}}",)
        cursor.execute("SELECT COALESCE(current_setting('porchlight.schools', true), ''), pg_backend_pid()")
        assert cursor.fetchone() == ("", *server_process)


def test_the_wall_holds_where_the_application_forgot_to_filter(
    maple: School, oak: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TenantQuerySet, "in_school", lambda rows, school: rows)
    with school_context(maple):
        assert list(StaffMember.objects.in_school(oak).values_list("name", flat=True)) == ["Ms Amal"]
        [foreign] = ids_of(oak)
        assert StaffMember.objects.filter(pk=foreign).first() is None
        assert StaffMember.objects.filter(pk=foreign).update(name="Mr Sand") == 0


def ids_of(school: School) -> list[int]:
    with school_context(school):
        return list(StaffMember.objects.values_list("pk", flat=True))


def test_a_key_to_a_row_of_another_school_is_refused(maple: School, oak: School) -> None:
    [foreign], [own] = ids_of(oak), ids_of(maple)
    with pytest.raises(IntegrityError, match="staff_id_same_school"), school_context(maple):
        StaffRole.objects.create(school=maple, staff_id=foreign, role="office")
    with school_context(maple):
        StaffRole.objects.create(school=maple, staff_id=own, role="office")
        assert StaffRole.objects.count() == 1


@pytest.fixture
def without_the_pair(postgres: Postgres) -> Iterator[None]:
    """Only the plain foreign key is left on staff roles."""
    with postgres.as_owner() as owner:
        [definition] = owner.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'schools_staffrole_staff_id_same_school'"
        ).fetchone()
        owner.execute("ALTER TABLE schools_staffrole DROP CONSTRAINT schools_staffrole_staff_id_same_school")
        yield
        owner.execute("TRUNCATE schools_staffrole")
        owner.execute(
            f"ALTER TABLE schools_staffrole ADD CONSTRAINT schools_staffrole_staff_id_same_school {definition}"
        )


@pytest.mark.usefixtures("without_the_pair")
def test_a_plain_key_alone_would_not_have_refused_it(maple: School, oak: School) -> None:
    """Why the composite keys are there: without them the same row goes in."""
    [foreign] = ids_of(oak)
    with school_context(maple):
        StaffRole.objects.create(school=maple, staff_id=foreign, role="office")
    with school_context(maple):
        assert list(StaffRole.objects.values_list("staff_id", flat=True)) == [foreign]


def test_the_owner_sees_no_rows_without_a_context_either(maple: School, postgres: Postgres) -> None:
    with connected_with(database(postgres.owner_url)):
        assert names() == []
        with school_context(maple):
            assert names() == ["Ms Amal"]


def test_a_class_of_another_school_cannot_be_found_by_its_key(maple: School, oak: School) -> None:
    with school_context(oak):
        key = SchoolClass.objects.create(school=oak, name="4A").key
    with school_context(maple):
        assert SchoolClass.objects.filter(key=key).first() is None
    with school_context(oak):
        assert SchoolClass.objects.get(key=key).name == "4A"


def test_a_context_has_begun_its_transaction_before_the_first_question(maple: School) -> None:
    connection.ensure_connection()
    with school_context(maple):
        assert connection.connection.info.transaction_status.name == "INTRANS"
    assert connection.connection.info.transaction_status.name == "IDLE"


def test_a_context_on_a_connection_the_server_ended_says_that_it_is_gone(
    maple: School, postgres: Postgres
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [ours] = cursor.fetchone()
    with psycopg.connect(postgres.administrator_url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [ours])
    with pytest.raises(OperationalError), school_context(maple):
        raise AssertionError("The wall was opened by nobody.")
    connection.close()
    with school_context(maple):
        assert names() == ["Ms Amal"]


def breaks_a_rule(school: School) -> None:
    Term.objects.create(school=school, name="Spring", starts_on="2026-04-01", ends_on="2026-01-01")


def is_lost(school: School) -> None:
    raise LookupError


def says_nonsense(school: School) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nonsense")


def goes_wrong_in_another_school(school: School) -> None:
    with school_context(School.objects.exclude(pk=school.pk).get()):
        raise LookupError


def is_taken_back(school: School) -> None:
    transaction.set_rollback(True)


def shuts_the_wall_itself(school: School) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET porchlight.schools")


@pytest.mark.parametrize(
    "happens",
    [
        breaks_a_rule, is_lost, says_nonsense, goes_wrong_in_another_school, is_taken_back, shuts_the_wall_itself,
    ],
)  # fmt: skip
def test_whatever_happens_in_a_context_the_next_on_the_connection_begins_behind_the_wall(
    maple: School, oak: School, happens: Callable[[School], None]
) -> None:
    connection.ensure_connection()
    with suppress(LookupError, DatabaseError), school_context(maple):
        happens(maple)
    assert connection.connection.info.transaction_status.name == "IDLE"
    assert (names(), open_schools()) == ([], ())
    with school_context(oak):
        assert names() == ["Mr Stone"]
    assert names() == []
