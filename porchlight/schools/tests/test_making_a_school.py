"""`porchlight school create`: a school with a short name and a zone, or a sentence about what to mend."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from porchlight.schools.models import RESERVED_SLUGS, School

pytestmark = pytest.mark.django_db


def told(*words: str) -> str:
    out = StringIO()
    call_command("school", *words, stdout=out)
    return out.getvalue()


def test_a_school_is_made_and_the_next_step_named():
    said = told(
        "create", "maple-street", "Maple Street School", "--timezone", "Europe/London", "--country", "gb"
    )
    school = School.objects.get()
    assert (school.slug, school.name, school.timezone, school.country) == (
        "maple-street",
        "Maple Street School",
        "Europe/London",
        "GB",
    )
    assert said.startswith(
        "Maple Street School is there. Next: porchlight staff invite --school maple-street "
    )


def test_the_schools_there_are_named_in_order():
    told("create", "oak-lane", "Oak Lane School")
    told("create", "maple-street", "Maple Street School")
    assert told("list") == "maple-street\tMaple Street School\noak-lane\tOak Lane School\n"


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_a_short_name_of_ours_cannot_be_taken(slug):
    with pytest.raises(CommandError, match=r"is taken by Porchlight itself. Choose another short name."):
        told("create", slug, "Maple Street School")
    assert not School.objects.exists()


def test_a_zone_nobody_knows_is_refused_with_an_example():
    with pytest.raises(CommandError, match=r"“Lahore” is no time zone we know. Write one like Asia/Karachi."):
        told("create", "maple-street", "Maple Street School", "--timezone", "Lahore")


def test_a_name_is_given_once():
    told("create", "maple-street", "Maple Street School")
    with pytest.raises(CommandError, match=r"^slug: .* already"):
        told("create", "maple-street", "Another school")
