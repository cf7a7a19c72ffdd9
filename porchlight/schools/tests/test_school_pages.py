"""The office writes down what the school says of itself; nobody else can, and each change is on record."""

from datetime import date, time

import pytest
from django.test import Client

from porchlight.schools.actors import Role
from porchlight.schools.models import Closure, School, Term
from porchlight.schools.tests.colleagues import signed_in

FACTS, CALENDAR = "/maple-street/settings/school/", "/maple-street/settings/calendar/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return School.objects.create(slug="maple-street", name="Maple Street School", timezone="Europe/London")


@pytest.fixture
def office(school: School) -> Client:
    return signed_in(school, Role.OFFICE)


def written(**changes: object) -> dict[str, object]:
    return {
        "name": "Maple Street School",
        "phone": "01632 960001",
        "emergency_numbers": "999",
        "out_of_hours_words": "",
        "text_costs": "Rs 2",
        "answer_within": "2",
        "weekdays": ["0", "1", "2", "3", "5"],
        "opens_at": "08:30",
        "closes_at": "15:30",
        "quiet_from": "19:00",
        "reads_from": "08:00",
        "reads_until": "17:00",
        "quiet_until": "07:30",
        "light_window": "30",
        "most_removed": "20",
        "language": "ur",
        "timezone": "Asia/Karachi",
        "country": "pk",
        **changes,
    }


def entries(school: School) -> list[tuple[str, dict[str, object]]]:
    from django.apps import apps

    rows = apps.get_model("activity", "Entry").objects.filter(school=school).order_by("pk")
    return [(row.verb, row.facts) for row in rows]


def test_the_facts_are_kept_and_the_change_is_on_record(school: School, office: Client) -> None:
    page = office.get(FACTS).content.decode()
    assert 'value="Maple Street School"' in page
    assert page.count("checked") == 5  # Monday to Friday, while nobody said otherwise
    assert office.post(FACTS, written()).headers["Location"] == FACTS
    school.refresh_from_db()
    assert (school.weekdays, school.opens_at, school.answer_within) == ([0, 1, 2, 3, 5], time(8, 30), 2)
    assert school.most_removed == 20
    assert (school.timezone, school.country, school.language) == ("Asia/Karachi", "PK", "ur")
    [(verb, facts)] = entries(school)
    assert verb == "school.changed"
    assert "closes_at" in facts["fields"]
    assert "name" not in facts["fields"]


def test_nothing_changed_is_nothing_recorded(school: School, office: Client) -> None:
    office.post(FACTS, written())
    assert "Nothing was different." in office.post(FACTS, written(), follow=True).content.decode()
    assert len(entries(school)) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"timezone": "Karachi"}, "no time zone we know"),
        ({"closes_at": "08:00"}, "School closes after it opens"),
        ({"weekdays": []}, "at least one school day"),
        ({"country": "Pakistan"}, "Country"),
        ({"country": "P1"}, "Write two letters"),
        ({"answer_within": "0"}, "We answer within"),
        ({"most_removed": "101"}, "Ask before a roster takes away"),
        ({"most_removed": "-1"}, "Ask before a roster takes away"),
        ({"name": ""}, "Name"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    school: School, office: Client, changes: dict[str, object], words: str
) -> None:
    refused = office.post(FACTS, written(**changes))
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == list(changes)
    assert words in refused.content.decode().split('id="put-right"')[1].split("</div>")[0]
    before = school.timezone
    school.refresh_from_db()
    assert school.timezone == before
    assert "Maple Street School" in refused.content.decode()  # the page still speaks of the school


def test_terms_and_holidays_come_and_go(school: School, office: Client) -> None:
    term = {"term-name": "Autumn", "term-starts_on": "2026-09-01", "term-ends_on": "2026-12-18"}
    office.post(CALENDAR, {"what": "term", **term})
    closed = {"closure-name": "Snow", "closure-starts_on": "2026-12-01", "closure-ends_on": "2026-12-01"}
    office.post(CALENDAR, {"what": "closure", **closed})
    assert Term.objects.get().ends_on == date(2026, 12, 18)
    assert Closure.objects.get().name == "Snow"
    page = office.get(CALENDAR).content.decode()
    assert "Autumn" in page
    assert "Snow" in page
    office.post(f"{CALENDAR}terms/{Term.objects.get().pk}/removal/")
    office.post(f"{CALENDAR}closures/{Closure.objects.get().pk}/removal/")
    assert not Term.objects.exists()
    assert not Closure.objects.exists()
    assert [verb for verb, _ in entries(school)] == [
        "term.added",
        "closure.added",
        "term.taken_away",
        "closure.taken_away",
    ]


def test_a_term_that_ends_before_it_begins_is_refused(school: School, office: Client) -> None:
    turned = {"term-name": "x", "term-starts_on": "2026-12-18", "term-ends_on": "2026-09-01"}
    refused = office.post(CALENDAR, {"what": "term", **turned})
    assert refused.status_code == 422
    assert "The last day is before the first" in refused.content.decode()
    assert not Term.objects.exists()


def test_another_schools_days_are_not_there(school: School, office: Client) -> None:
    other = School.objects.create(slug="oak-lane", name="Oak Lane")
    term = Term.objects.create(school=other, name="x", starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 2))
    assert office.post(f"{CALENDAR}terms/{term.pk}/removal/").status_code == 404
    assert office.get("/oak-lane/settings/school/").status_code == 404
    assert Term.objects.count() == 1


def test_teachers_have_no_such_pages(school: School) -> None:
    teacher = signed_in(school, Role.TEACHER)
    assert teacher.get(FACTS).status_code == 404
    assert teacher.post(FACTS, written()).status_code == 404
    assert teacher.get(CALENDAR).status_code == 404
