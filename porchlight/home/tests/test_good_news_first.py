"""Good news first: three homes in ten minutes, looked at before they leave; the order is nobody's business."""

from datetime import timedelta

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Mark, Message
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardianship
from porchlight.home.good_news import picks
from porchlight.home.tests.conftest import BASE, heard
from porchlight.schools.actors import Role
from porchlight.schools.models import Teaching

PAGE = f"{BASE}/good-news/"
NIGHT = TUESDAY + timedelta(hours=6, minutes=30)  # 21:40 in London


def names(town: Town, after: int = 0) -> list[str]:
    return [pick.child.name for pick in picks(town.school, town.amal.actor(), now=TUESDAY, after=after).shown]


def written(town: Town, *homes: str, **more: str) -> dict[str, str]:
    """What the page posts: the words by the key of the home's first tie."""
    keys = [tie.key for tie in Guardianship.objects.order_by("pk")]
    return {f"words-{key}": words for key, words in zip(keys, homes, strict=False)} | more


def mark_in(page: str) -> str:
    return page.split('name="looked" value="')[1].split('"')[0]


@on_both_databases
def test_three_names_marked_ones_first_then_whom_we_have_not_reached(town: Town) -> None:
    homes = [town.yousaf, *(town.home(number) for number in range(2, 6))]
    heard(homes[0])  # lit
    assert names(town) == ["Child2 Smith", "Child3 Smith", "Child4 Smith"]
    assert names(town, after=3) == ["Child5 Smith", "Hamza Yousaf"]
    Mark.objects.create(school=town.school, staff=town.amal, student=homes[0].student)
    assert names(town) == ["Hamza Yousaf", "Child2 Smith", "Child3 Smith"]


def test_who_had_a_good_word_lately_is_not_named(town: Town) -> None:
    town.home(2)
    reply(
        thread=town.thread,
        text="He read aloud.",
        language="en",
        by=town.amal.actor(),
        now=TUESDAY,
        kind="good_news",
    )
    assert names(town) == ["Child2 Smith"]


def test_a_mark_is_its_owners_alone(town: Town, amal: Client) -> None:
    key = town.yousaf.student.key
    town.home(2)
    assert amal.post(f"{PAGE}first/", {"children": [key]}).status_code == 302
    assert "checked" in amal.get(f"{PAGE}first/").content.decode()
    other = staff(town.school, "Mr Khan", Role.TEACHER)
    Teaching.objects.create(school=town.school, school_class=town.class_4a, staff=other)
    assert "checked" not in browser_of(other).get(f"{PAGE}first/").content.decode()
    for person in (other, staff(town.school, "Mr Bell", Role.LEADER), town.reyes, town.okafor):
        assert not Mark.objects.visible_to(person.actor()).exists()
    assert not Mark.objects.visible_to(town.yousaf.guardian.actor()).exists()
    amal.post(f"{PAGE}first/", {})
    assert not Mark.objects.visible_to(town.amal.actor()).standing().exists()


def test_a_look_shows_words_way_hour_and_cost_and_writes_nothing(town: Town, amal: Client, clock) -> None:
    clock.move_to(NIGHT)
    page = amal.post(PAGE, written(town, "Hamza helped a friend.")).content.decode()
    assert "Mr Yousaf</bdi></b> · text message, tomorrow, 7 am" in page
    assert "Ms Amal, Maple Street School" in page
    assert "Hamza helped a friend." in page
    assert "<p>3 texts.</p>" in page  # with the line in Urdu that says it is in English
    assert "Until then you can take it back." in page
    assert not Message.objects.exists()


def test_each_goes_to_its_own_home_in_the_morning_and_can_be_taken_back(
    town: Town, amal: Client, clock
) -> None:
    clock.move_to(NIGHT)
    homes = [town.yousaf, town.home(2), town.home(3)]
    words = written(town, "One.", "", "Three.")
    seen = amal.post(PAGE, words).content.decode()
    done = amal.post(PAGE, words | {"looked": mark_in(seen), "send": "1"}, follow=True).content.decode()
    assert "2 homes hear something good." in done
    assert [(m.thread.guardian_id, m.text, m.kind) for m in Message.objects.order_by("pk")] == [
        (homes[0].guardian.pk, "One.", "good_news"),
        (homes[2].guardian.pk, "Three.", "good_news"),
    ]
    assert {town.school.local(row.due_at).hour for row in Delivery.objects.all()} == {7}
    first = Message.objects.get(text="One.")
    clock.shift(timedelta(hours=2))  # long after five seconds
    thread = f"{BASE}/students/{homes[0].student.key}/with/{homes[0].guardian.key}/"
    for place in (PAGE, thread):
        assert f"/messages/{first.key}/withdrawal/" in amal.get(place).content.decode()
    amal.post(f"{BASE}/messages/{first.key}/withdrawal/")
    assert Delivery.objects.get(parcel__messages__message=first).stopped == Stopped.WITHDRAWN
    assert f"/messages/{first.key}/withdrawal/" not in amal.get(PAGE).content.decode()


def test_what_has_left_cannot_be_taken_back(town: Town, amal: Client, clock) -> None:
    seen = amal.post(PAGE, written(town, "One.")).content.decode()
    amal.post(PAGE, written(town, "One.", looked=mark_in(seen), send="1"))
    Delivery.objects.update(status=Status.SENT, sent_at=TUESDAY)
    clock.shift(timedelta(seconds=6))
    page = amal.get(PAGE).content.decode()
    assert "One." in page
    assert "/withdrawal/" not in page


def test_pressed_twice_it_is_said_once(town: Town, amal: Client) -> None:
    seen = amal.post(PAGE, written(town, "One.")).content.decode()
    send = written(town, "One.", looked=mark_in(seen), send="1")
    amal.post(PAGE, send)
    assert "Nothing was sent twice." in amal.post(PAGE, send, follow=True).content.decode()
    assert Message.objects.count() == 1


def test_other_words_than_those_looked_at_are_shown_again_first(town: Town, amal: Client) -> None:
    seen = amal.post(PAGE, written(town, "One.")).content.decode()
    page = amal.post(PAGE, written(town, "Another.", looked=mark_in(seen), send="1")).content.decode()
    assert "Another." in page
    assert not Message.objects.exists()


def test_nothing_written_is_said_kindly(town: Town, amal: Client) -> None:
    page = amal.post(PAGE, written(town, ""))
    assert page.status_code == 422
    assert "Write to at least one home." in page.content.decode()


@pytest.mark.parametrize("between", ["stop", "restriction"])
def test_who_may_not_be_told_by_now_is_named_and_the_words_stay(
    town: Town, amal: Client, between: str
) -> None:
    words = written(town, "He laughed.")
    if between == "stop":
        town.yousaf.address.opted_out_at = TUESDAY
        town.yousaf.address.save()
    else:
        amal.post(PAGE, words)
        town.yousaf.restrict()
    page = amal.post(PAGE, words)
    assert page.status_code == 422
    assert "He laughed." in page.content.decode()
    if between == "stop":
        assert "They asked for no messages here." in page.content.decode()
    assert not Message.objects.exists()


def test_a_child_of_another_class_is_nobodys_to_write_about(town: Town) -> None:
    other = browser_of(staff(town.school, "Mr Khan", Role.TEACHER))
    assert other.post(PAGE, written(town, "Hello.")).status_code == 422
    assert not Message.objects.exists()


def test_an_address_with_too_many_digits_shows_the_first(town: Town) -> None:
    assert browser_of(town.amal).get(PAGE, {"after": "9" * 5000}).status_code == 200
