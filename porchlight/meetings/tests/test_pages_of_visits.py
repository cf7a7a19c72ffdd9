"""Visits on pages: a family's without script and small; a colleague's one after the other; and who finds nothing."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.errands.models import Errand
from porchlight.meetings.models import Meeting, Travel, Visit, VisitCaller, VisitHelp, VisitNote
from porchlight.meetings.tests.conftest import NOW, THURSDAY
from porchlight.meetings.tests.visit_kit import (
    BASE,
    bell,
    leader,
    offered,
    other_parent,
    says,
    with_day,
)
from porchlight.meetings.visits import checking, notes
from porchlight.schools.actors import Role

CANARY = "Learns songs by ear"


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def got(client: Client, path: str) -> str:
    answer = client.get(f"{BASE}/{path}")
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def post(client: Client, path: str, **data: object) -> int:
    return client.post(f"{BASE}/{path}", data).status_code


def visited(town: Town) -> Visit:
    visit = with_day(town)
    checking.check_in(visit, by=town.amal.actor(), now=THURSDAY)
    return visit


def test_a_family_asks_for_a_visit_on_its_page_and_says_where_and_when(town: Town) -> None:
    home = browser_of(town.yousaf.guardian)
    assert "<script" not in got(home, "visit/").split("<main")[1]
    child = town.yousaf.student.key
    assert post(home, "visit/", student=child, purpose="help", words="Reading at home") == 302
    visit = Visit.objects.get()
    assert (visit.asked_by, visit.purpose, visit.words) == ("family", "help", "Reading at home")
    path = f"visit/{visit.key}/"
    said = {
        "word": "elsewhere",
        "place": "cafe",
        "place_words": "Rose’s",
        "person": "woman",
        "interpreter": "on",
    }
    assert post(home, path, **said, other="2026-10-20T16:00") == 302
    visit.refresh_from_db()
    assert (visit.place, visit.place_words, visit.person, visit.language) == ("cafe", "Rose’s", "woman", "ur")
    assert visit.times.get().starts_at == datetime(2026, 10, 20, 15, tzinfo=UTC)  # four on the school's clock
    assert visit.times.get().chosen_at is not None


def test_a_family_says_later_on_its_page_and_is_not_asked_again(town: Town) -> None:
    visit = offered(town)
    assert post(browser_of(town.yousaf.guardian), f"visit/{visit.key}/", word="later") == 302
    visit.refresh_from_db()
    assert (visit.word, str(visit.ask_from)) == ("later", "2027-01-11")


@pytest.mark.parametrize("page", ["visit/", "one"])
def test_its_pages_weigh_less_than_fourteen_kilobytes(town: Town, page: str) -> None:
    visit = visited(town)
    home = browser_of(town.yousaf.guardian)
    html = home.get(f"{BASE}/{page if page != 'one' else f'visit/{visit.key}/'}").content
    assert len(gzip.compress(html)) < 14 * 1024


def test_where_care_is_due_no_place_is_kept_in_words_nor_a_part_of_the_town(town: Town) -> None:
    mother = other_parent(town)
    tie = mother.ties.get()
    tie.restrictions.create(school=town.school, scope="contact", evidence="seen")
    visit = offered(town)
    home = browser_of(town.yousaf.guardian)
    post(home, f"visit/{visit.key}/", word="home", place_words="12 Sample Street")
    post(browser_of(town.amal), f"visits/{visit.key}/times/", district="BD8")
    visit.refresh_from_db()
    assert (visit.word, visit.place_words, visit.district) == ("home", "", "")
    Visit.objects.update(place_words="12 Sample Street")  # kept before somebody had to take care
    assert "Sample Street" not in got(browser_of(town.amal), f"visits/{visit.key}/")
    assert "Sample Street" not in Meeting.objects.values_list("place", flat=True)


def test_a_visit_goes_from_the_class_list_to_the_day_on_pages_alone(
    town: Town, tuesday: time_machine.Traveller
) -> None:
    amal, head, two = browser_of(town.amal), leader(town), bell(town)
    assert "Hamza" in got(amal, f"classes/{town.class_4a.key}/visits/")
    assert post(amal, f"classes/{town.class_4a.key}/visits/") == 302
    visit = Visit.objects.get()
    says(town, "1")
    path = f"visits/{visit.key}/"
    post(amal, f"{path}times/", time_1="2026-10-15T17:00", district="BD8")
    says(town, "1", minutes=3)
    post(amal, f"{path}pair/", first=town.amal.pk, second=two.pk)
    assert post(amal, f"{path}permission/", of="pair") == 404
    assert "permitted" not in got(amal, path)
    post(browser_of(head), f"{path}permission/", of="pair")
    assert "the family chose it" in got(amal, path)
    post(amal, f"{path}day/", time=visit.times.get().key)
    visit.refresh_from_db()
    assert visit.meeting is not None
    assert visit.meeting.starts_at == THURSDAY
    tuesday.move_to(THURSDAY)
    amal = browser_of(town.amal)  # two days later she signs in anew
    post(amal, f"{path}check/", **{"in": "1"})
    tuesday.move_to(THURSDAY + timedelta(minutes=38))
    post(amal, f"{path}check/", out="1")
    check = visit.checks.get()
    assert (check.staff, check.in_at, check.out_at) == (town.amal, THURSDAY, THURSDAY + timedelta(minutes=38))
    assert "Visited on" in got(amal, f"students/{town.yousaf.student.key}/")


def test_a_student_whose_family_nobody_visited_says_so_to_those_who_see_the_child(town: Town) -> None:
    assert "Never visited yet." in got(browser_of(town.okafor), f"students/{town.yousaf.student.key}/")


def test_the_note_is_read_and_put_right_by_the_family_on_its_page(town: Town) -> None:
    visit = visited(town)
    amal, home = browser_of(town.amal), browser_of(town.yousaf.guardian)
    path = f"visits/{visit.key}/"
    post(amal, f"{path}note/", text=CANARY)
    due = {"due_on": "2026-10-22", "who": town.okafor.pk}
    post(amal, f"{path}help/", sort="asked", words="A lift on Mondays", **due)
    assert CANARY in got(home, f"visit/{visit.key}/")
    assert "A lift on Mondays" in got(home, f"visit/{visit.key}/")
    assert (
        post(home, f"visit/{visit.key}/note/", version=1, correction="She sings too", readers="pair") == 302
    )
    assert "She sings too" in got(amal, path)
    assert (VisitNote.objects.get().counts_at, VisitNote.objects.get().readers) == (None, "pair")
    assert "A lift on Mondays" in got(browser_of(town.okafor), "visits/")
    post(browser_of(town.okafor), f"visits/help/{VisitHelp.objects.get().key}/")
    assert VisitHelp.objects.get().given_at == NOW


def test_the_office_sees_the_visit_and_not_the_note(town: Town) -> None:
    visit = visited(town)
    notes.write_note(visit, CANARY, by=town.amal.actor(), now=NOW)
    page = got(browser_of(town.okafor), f"visits/{visit.key}/")
    assert CANARY not in page
    assert CANARY in got(browser_of(bell(town)), f"visits/{visit.key}/")


def test_a_worry_is_sealed_and_stands_on_no_page_of_the_visit(town: Town) -> None:
    visit = visited(town)
    amal = browser_of(town.amal)
    assert post(amal, f"visits/{visit.key}/worry/", words="Bruises CANARYL3") == 302
    for person in (town.amal, bell(town), leader(town), town.okafor, town.yousaf.guardian):
        path = "visit/" if person == town.yousaf.guardian else "visits/"
        assert "CANARYL3" not in got(browser_of(person), f"{path}{visit.key}/")
    assert "CANARYL3" in got(browser_of(town.reyes), "worries/")


def test_whose_it_is_not_finds_no_page(town: Town) -> None:
    visit = visited(town)
    mother, lund = other_parent(town), staff(town.school, "Ms Lund", Role.TEACHER)
    assert browser_of(mother).get(f"{BASE}/visit/{visit.key}/").status_code == 404
    assert visit.key not in got(browser_of(mother), "visit/")
    for path in ("", "times/", "pair/", "day/", "check/", "note/", "help/", "worry/", "removal/"):
        client, where = browser_of(lund), f"{BASE}/visits/{visit.key}/{path}"
        assert (client.post(where) if path else client.get(where)).status_code == 404
    assert visit.key not in got(browser_of(lund), "visits/")
    town.yousaf.guardian.user = leader(town).user
    town.yousaf.guardian.save()
    assert browser_of(leader(town)).get(f"{BASE}/visits/{visit.key}/").status_code == 404


def test_something_serious_is_asked_from_the_childs_page_and_waits(town: Town) -> None:
    amal, child = browser_of(town.amal), town.yousaf.student
    path, tie = f"students/{child.key}/visit/", town.yousaf.tie.key
    assert post(amal, path, tie=tie, serious="on") == 422
    assert post(amal, path, tie=tie, serious="on", words="Monday mornings") == 302
    visit = Visit.objects.get()
    assert visit.offered_at is None
    assert "waits for a leader" in got(amal, "visits/")
    post(browser_of(leader(town)), f"visits/{visit.key}/permission/", of="ask")
    assert Visit.objects.get().offered_at == NOW
    assert "Monday mornings" in got(browser_of(town.yousaf.guardian), f"visit/{visit.key}/")


def test_an_afternoon_and_whom_to_call_are_kept_on_pages(town: Town) -> None:
    offered(town)
    says(town, "1")
    amal = browser_of(town.amal)
    post(amal, "visits/travel/", one="", other="bd8", minutes="10")
    assert Travel.objects.get().minutes == 10
    hours = {"starts": "2026-10-15T15:30", "ends": "2026-10-15T18:30"}
    pair = {"first": town.amal.pk, "second": bell(town).pk}
    answer = amal.post(f"{BASE}/visits/afternoon/", pair | hours)
    assert "Hamza" in answer.content.decode()
    head = browser_of(leader(town))
    post(head, "visits/callers/", first=town.okafor.pk, second=leader(town).pk)
    assert [row.staff for row in VisitCaller.objects.order_by("rank")] == [town.okafor, leader(town)]
    assert post(amal, "visits/callers/", **pair) == 404


def test_who_is_called_sees_the_two_and_nothing_of_the_family_and_says_when_they_are_reached(
    town: Town, tuesday: time_machine.Traveller
) -> None:
    visited(town)
    lund = staff(town.school, "Ms Lund", Role.TEACHER)
    checking.name_callers(town.school, [lund], by=leader(town).actor())
    late = THURSDAY + timedelta(minutes=71)
    tuesday.move_to(late)
    assert checking.call_about_overdue(town.school, now=late) == 1
    page = got(browser_of(lund), "visits/")
    assert "Ms Amal, Mr Bell" in page
    assert "Hamza" not in page
    assert "Not come out" not in got(browser_of(bell(town)), "visits/")
    key = Errand.objects.get(kind="visit_overdue").key
    assert post(browser_of(town.amal), f"visits/overdue/{key}/") == 404
    assert post(browser_of(lund), f"visits/overdue/{key}/") == 302
    assert checking.call_about_overdue(town.school, now=late + timedelta(minutes=30)) == 0
