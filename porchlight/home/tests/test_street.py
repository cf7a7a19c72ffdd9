"""I1. The street: every home, class by class; each unlit one leaves with a next step, a name and a day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import Enrolment
from porchlight.home.tests.conftest import BASE, heard
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass, Teaching

STREET = f"{BASE}/street/"


def page_of(client: Client) -> str:
    return client.get(STREET).content.decode()


def offered(page: str) -> dict[str, str]:
    """The form as it stands: each field with what is chosen in it."""
    found = dict(re.findall(r'<input type="date" name="([^"]+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        found[name] = (chosen or first)[1] if (chosen or first) else ""
    return found


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_ten_homes_leave_with_a_name_and_a_date_in_one_press(town: Town, bell: Client) -> None:
    for number in range(2, 14):
        town.home(number)
    heard(town.yousaf)
    first = page_of(bell)
    assert "We have heard from 1 of 13 homes" in words_of(first)
    assert "12 homes wait for a next step" in words_of(first)
    fields = offered(first)
    assert len(fields) == 30
    assert {value for name, value in fields.items() if name.startswith("by-")} == {"2026-10-14"}
    assert {value for name, value in fields.items() if name.startswith("who-")} == {town.okafor.key}
    after = bell.post(STREET, fields, follow=True).content.decode()
    assert "10 homes have a next step, a name and a day." in words_of(after)
    assert "2 homes wait for a next step" in words_of(after)
    assert words_of(after).count("Mrs Okafor, by") == 10
    given = Errand.objects.all()
    assert {(one.assigned_to_id, one.kind) for one in given} == {(town.okafor.pk, ErrandKind.RING)}
    due = datetime.combine(TUESDAY.date() + timedelta(days=1), town.school.closes_at, town.school.zone)
    assert {one.due_at for one in given} == {due}
    assert Entry.objects.filter(verb="errand.asked").count() == 10


def test_what_was_chosen_counts_and_a_home_may_wait_for_another_day(town: Town, bell: Client) -> None:
    town.home(2)
    fields = offered(page_of(bell))
    mine, other = sorted({name.partition("-")[2] for name in fields})
    fields |= {f"what-{mine}": "write_home", f"who-{mine}": town.amal.key, f"by-{mine}": "2026-10-21"}
    fields |= {f"what-{other}": "not_now", f"by-{other}": ""}
    after = words_of(bell.post(STREET, fields, follow=True).content.decode())
    assert "A note with the child: Ms Amal, by Wednesday 21 October" in after
    assert "One home waits for a next step" in after
    assert [(one.kind, one.assigned_to_id) for one in Errand.objects.all()] == [("write_home", town.amal.pk)]
    hers = words_of(browser_of(town.amal).get(f"{BASE}/to-reach/").content.decode())
    assert "Write them a few kind lines that go home with the child." in hers


def test_a_step_without_a_day_to_come_is_not_given_and_what_was_chosen_stays(
    town: Town, bell: Client
) -> None:
    fields = offered(page_of(bell))
    [key] = {name.partition("-")[2] for name in fields}
    for wrong, said in (("2026-10-01", "Choose a day from today on"), ("", "Choose a day.")):
        answer = bell.post(STREET, fields | {f"by-{key}": wrong, f"what-{key}": "write_home"})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert offered(answer.content.decode())[f"what-{key}"] == "write_home"
    strange = bell.post(STREET, fields | {f"who-{key}": "nobody"})
    assert strange.status_code == 422
    assert not Errand.objects.exists()


def test_two_who_give_at_once_give_one_step(town: Town, bell: Client) -> None:
    fields = offered(page_of(bell))
    bell.post(STREET, fields)
    again = browser_of(town.okafor).post(STREET, fields, follow=True).content.decode()
    assert "Nothing was given twice" in words_of(again)
    assert Errand.objects.count() == 1


def test_a_home_stands_in_each_class_of_its_children_and_counts_once(town: Town, bell: Client) -> None:
    band = SchoolClass.objects.create(school=town.school, name="Band", year="")
    Enrolment.objects.create(school=town.school, student=town.yousaf.student, school_class=band)
    Enrolment.objects.filter(student=town.home(2).student).delete()
    heard(town.yousaf)
    page = words_of(page_of(bell))
    assert "We have heard from 1 of 2 homes" in page
    for name, lit in (("4A", "1 of 1"), ("Band", "1 of 1"), ("In no class", "0 of 1")):
        assert f"{name} {lit}" in page


def test_no_colleague_stands_beside_a_count(town: Town, bell: Client) -> None:
    staff(town.school, "Mr Tran", Role.TEACHER)
    night = page_of(bell).partition('class="night')[2].partition("</section>")[0]
    assert "4A" in night
    assert "Amal" not in night


def test_a_teacher_sees_the_homes_she_teaches_and_gives_nothing(town: Town, amal: Client) -> None:
    elsewhere = SchoolClass.objects.create(school=town.school, name="5B", year="5")
    Enrolment.objects.filter(student=town.home(2).student).update(school_class=elsewhere)
    page = words_of(page_of(amal))
    assert "We have heard from 0 of one home" in page
    assert "5B" not in page
    assert "Give these steps" not in page
    assert amal.post(STREET, {f"what-{town.yousaf.guardian.key}": "ring"}).status_code == 200
    assert not Errand.objects.exists()


def test_only_those_who_may_see_the_child_are_offered(town: Town, bell: Client) -> None:
    stranger = staff(town.school, "Mr Tran", Role.TEACHER)
    other = SchoolClass.objects.create(school=town.school, name="5B", year="5")
    Teaching.objects.create(school=town.school, school_class=other, staff=stranger)
    page = page_of(bell)
    assert town.amal.key in page
    assert stranger.key not in page


@pytest.mark.parametrize("homes", [3, 30])
def test_as_many_queries_for_thirty_homes_as_for_three(
    town: Town, bell: Client, homes: int, django_assert_max_num_queries
) -> None:
    for number in range(2, homes + 1):
        town.home(number)
    page_of(bell)
    with django_assert_max_num_queries(52):
        page_of(bell)


def test_one_button_gives_the_steps_and_the_way_down_to_it_is_quiet(town: Town, bell: Client) -> None:
    page = page_of(bell)
    assert '<a class="btn quiet" href="#steps">Give the next steps</a>' in page
    assert page.count('class="btn lamp"') == 1
