"""Hello week: every home hears one good thing, a handful a day for each teacher; it fills up, and ranks nobody."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Message
from porchlight.conversations.notices import Draft, release, write
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Enrolment, Guardian, Guardianship, Student
from porchlight.home.hello import filling, handful
from porchlight.home.tests.conftest import BASE, heard
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember, Teaching
from porchlight.welcome.hello_week import start
from porchlight.welcome.models import HelloWeek

PAGE, WEEK = f"{BASE}/hello/", f"{BASE}/hello/week/"


def begin(town: Town, a_day: int = 6) -> HelloWeek:
    return start(school=town.school, a_day=a_day, by=town.okafor.actor(), now=TUESDAY)


def second_teacher(town: Town, *, is_lead: bool = False) -> StaffMember:
    person = staff(town.school, "Mr Tran", Role.TEACHER)
    Teaching.objects.create(school=town.school, school_class=town.class_4a, staff=person, is_lead=is_lead)
    return person


def todays(town: Town, person: StaffMember | None = None, later: timedelta = timedelta()) -> list[str]:
    week = HelloWeek.objects.running().get()
    actor = (person or town.amal).actor()
    found = handful(week, town.school, actor, now=TUESDAY + later)
    return [pick.child.name for pick in found.picks]


def says_hello(client: Client, *names: str, seen: str = "good_help", own: str = "") -> str:
    """Choose the same for each of these children's homes, look, send; returns the page after it."""
    keys = {tie.student.name: tie.key for tie in _ties()}
    data = {f"seen-{keys[name]}": seen for name in names if seen}
    data |= {f"words-{keys[name]}": own for name in names if own}
    page = client.post(PAGE, data).content.decode()
    assert "as-sent" in page, page
    mark = page.split('name="looked" value="')[1].split('"')[0]
    return client.post(PAGE, data | {"looked": mark, "send": "1"}, follow=True).content.decode()


def _ties() -> QuerySet[Guardianship]:
    return Guardianship.objects.select_related("student").order_by("pk")


def test_the_first_message_names_school_child_and_person_in_the_homes_own_language(
    town: Town, amal: Client
) -> None:
    begin(town)
    assert "One home has its hello." in says_hello(amal, "Hamza Yousaf")
    [delivery] = Delivery.objects.all()
    text = delivery.body["text"]
    assert "السلام علیکم" in text
    assert all(
        name in text for name in ("Maple Street School", "Ms Amal", "Hamza", "نے اس ہفتے کسی کی مدد کی۔")
    )
    assert "STOP" in text
    message = Message.objects.get()
    assert message.kind == "good_news"
    assert message.text.startswith(
        "Hello, this is Ms Amal from Maple Street School, with good news. Hamza helped"
    )
    assert (message.rendering.language, message.rendering.provenance) == ("ur", "phrase_book")


def test_own_words_name_the_child_too_and_are_marked_where_nobody_put_them_into_urdu(
    town: Town, amal: Client
) -> None:
    begin(town)
    says_hello(amal, "Hamza Yousaf", seen="", own="Read a whole page aloud")
    text = Delivery.objects.get().body["text"]
    assert "with good news. Hamza: Read a whole page aloud. You can answer" in text
    assert "انگریزی" in text  # "this message is in English"


def test_so_many_a_day_and_no_more_however_many_homes_there_are(town: Town, amal: Client) -> None:
    begin(town, a_day=2)
    for number in range(2, 7):
        town.home(number)
    assert todays(town) == ["Child2 Smith", "Child3 Smith"]
    says_hello(amal, "Child2 Smith")
    assert todays(town) == ["Child3 Smith"]
    page = says_hello(amal, "Child3 Smith")
    assert "That was today’s handful" in page
    assert todays(town) == []
    assert todays(town, later=timedelta(hours=10)) == ["Child4 Smith", "Child5 Smith"]  # after midnight


def test_a_home_outside_todays_handful_cannot_be_slipped_in(town: Town, amal: Client) -> None:
    begin(town, a_day=1)
    town.home(2)
    key = _ties().get(student__name="Hamza Yousaf").key
    assert todays(town) == ["Child2 Smith"]
    amal.post(PAGE, {f"seen-{key}": "good_help"})
    assert not Message.objects.exists()


def test_teachers_share_a_class_and_help_each_other_out(town: Town, amal: Client) -> None:
    begin(town)
    tran = second_teacher(town)
    for number in range(2, 6):
        town.home(number)
    mine, his = todays(town), todays(town, tran)
    assert set(mine) == set(his)  # whoever has time sees all of them in the end
    assert mine[0] != his[0]  # but each begins with their own share
    Teaching.objects.filter(staff=tran).update(is_lead=True)
    assert todays(town, tran) == sorted(todays(town, tran))


def test_new_families_come_a_few_a_day_too(town: Town, amal: Client) -> None:
    begin(town, a_day=3)
    says_hello(amal, "Hamza Yousaf")
    assert todays(town, later=timedelta(days=30)) == []
    assert "Every home has had its hello" in amal.get(PAGE).content.decode()
    for number in range(2, 22):
        town.home(number)
    assert len(todays(town)) == 2  # of today's three one is used
    assert len(todays(town, later=timedelta(days=30))) == 3


def test_the_week_fills_up_home_by_home(town: Town, amal: Client) -> None:
    week = begin(town)
    homes = [town.yousaf, *(town.home(number) for number in range(2, 5))]
    homes[3].address.state = "bad"
    homes[3].address.save()
    says_hello(amal, "Child2 Smith", "Hamza Yousaf")
    heard(homes[0])
    filled = filling(week, town.school, town.amal.actor(), now=TUESDAY)
    assert (len(filled.homes), filled.greeted, len(filled.waiting), len(filled.in_the_way)) == (4, 2, 1, 1)
    page = amal.get(WEEK).content.decode()
    assert "2 of 4 homes have had their hello." in page
    assert 'aria-label="4 homes: 1 heard from' in page
    assert "No hello gets there yet" in page
    assert "This number or mailbox does not work." in page
    assert "Begin" not in page


@on_both_databases
def test_an_announcement_of_good_news_is_no_hello(town: Town) -> None:
    week = begin(town)
    audience = Audience(AudienceKind.CLASSES, (town.class_4a.key,))
    draft = Draft("A fine week.", "en", audience, kind="good_news")
    notice = write(draft, school=town.school, by=town.amal.actor(), now=TUESDAY)
    release(notice, by=town.amal.actor(), now=TUESDAY)
    assert Message.objects.filter(kind="good_news").exists()
    assert filling(week, town.school, town.amal.actor(), now=TUESDAY).greeted == 0
    assert todays(town) == ["Hamza Yousaf"]


def test_pressed_twice_a_home_hears_it_once(town: Town, amal: Client) -> None:
    begin(town)
    town.home(2)
    key = _ties().get(student__name="Hamza Yousaf").key
    data = {f"seen-{key}": "good_smile"}
    mark = amal.post(PAGE, data).content.decode().split('name="looked" value="')[1].split('"')[0]
    for _press in range(2):
        page = amal.post(PAGE, data | {"looked": mark, "send": "1"}, follow=True).content.decode()
    assert "Nothing was sent twice." in page
    assert Message.objects.count() == 1


def test_what_was_written_to_a_home_that_a_colleague_was_quicker_with_is_said_again(
    town: Town, amal: Client
) -> None:
    begin(town)
    town.home(2)
    keys = dict(_ties().values_list("student__name", "key"))
    says_hello(browser_of(second_teacher(town)), "Hamza Yousaf")
    said = {f"words-{keys['Hamza Yousaf']}": "A fine drawing", f"seen-{keys['Child2 Smith']}": "good_help"}
    page = amal.post(PAGE, said)
    assert page.status_code == 422
    assert "You wrote: “A fine drawing”" in page.content.decode()
    assert Message.objects.count() == 1


def test_begun_twice_at_once_it_is_one_week(town: Town) -> None:
    first = begin(town, a_day=4)
    again = begin(town, a_day=6)
    assert (again.pk, again.a_day) == (first.pk, 6)
    assert Entry.objects.filter(verb="hello_week.started").count() == 1


def test_nothing_chosen_is_said_kindly(town: Town, amal: Client) -> None:
    begin(town)
    page = amal.post(PAGE, {})
    assert page.status_code == 422
    assert "Choose or write one thing for at least one home." in page.content.decode()


def test_the_office_begins_it_paces_it_and_ends_it(town: Town, amal: Client) -> None:
    okafor = browser_of(town.okafor)
    assert "Hello week has not begun." in amal.get(PAGE).content.decode()
    assert "/hello/week/" not in amal.get(f"{BASE}/desk/").content.decode()
    assert okafor.post(WEEK, {"a_day": "40"}).status_code == 422
    okafor.post(WEEK, {"a_day": "6"})
    okafor.post(WEEK, {"a_day": "4"})
    week = HelloWeek.objects.get()
    assert (week.a_day, week.started_by) == (4, town.okafor)
    assert "Say hello" in amal.get(f"{BASE}/desk/").content.decode()
    assert amal.post(WEEK, {"a_day": "1"}).status_code == 200
    assert amal.post(f"{WEEK}{week.key}/ending/").status_code == 404
    assert okafor.post(f"{WEEK}{week.key}/ending/").status_code == 302
    week.refresh_from_db()
    assert (week.ended_at, week.ended_by) == (TUESDAY, town.okafor)
    assert "Hello week has not begun." in amal.get(PAGE).content.decode()


@pytest.mark.parametrize("barred", [True, False])
def test_a_restricted_adult_is_in_no_handful(town: Town, amal: Client, barred: bool) -> None:
    begin(town)
    if barred:
        town.yousaf.restrict()
    assert (todays(town) == []) is barred


def test_a_home_of_two_children_is_one_home(town: Town, amal: Client) -> None:
    begin(town)
    sister = Student.objects.create(school=town.school, name="Ayesha Yousaf")
    Enrolment.objects.create(school=town.school, student=sister, school_class=town.class_4a)
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=sister)
    assert len(todays(town)) == 1
    says_hello(amal, todays(town)[0])
    assert todays(town) == []
    assert Guardian.objects.count() == 1


def test_other_schools_have_their_own_week(town: Town) -> None:
    begin(town)
    away = cast.maple_street("elm-road")
    other = staff(away, "Mr Elm", Role.LEADER)
    assert not HelloWeek.objects.visible_to(other.actor()).exists()
