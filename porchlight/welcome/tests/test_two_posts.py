"""A colleague whose child is at the school holds two posts, and sees the child as a parent alone."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.conftest import staff as colleague
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, ContactChange, ContactPoint, Guardian, Guardianship
from porchlight.schools.actors import Kind, Role, posts_of
from porchlight.welcome.tests.conftest import BASE, ask, code_sent, enter, shares_the_phone


@pytest.fixture
def amal(town: Town) -> Client:
    """Ms Amal, signed in at her desk."""
    return browser_of(town.amal)


def prove_the_phone(client: Client, person: Guardian, **data: str):
    ask(client)
    assert enter(client, code_sent()).headers["Location"] == f"{BASE}/sign-in/person/"
    return client.post(f"{BASE}/sign-in/person/", {"person": person.key, **data})


def test_one_sign_in_opens_both(town: Town, amal: Client) -> None:
    prove_the_phone(amal, town.yousaf.guardian, both="on")
    kinds = {post.kind for post in posts_of(town.amal.user, town.school)}
    assert kinds == {Kind.STAFF, Kind.GUARDIAN}
    assert amal.get(f"{BASE}/desk/").status_code == 200
    week = amal.get(f"{BASE}/week/")
    assert week.status_code == 200
    assert f'href="{BASE}/desk/"' in week.content.decode()
    assert f'href="{BASE}/week/"' in amal.get(f"{BASE}/desk/").content.decode()


def test_on_a_familys_phone_somebody_else_comes_in_instead(town: Town, amal: Client) -> None:
    prove_the_phone(amal, town.yousaf.guardian)
    assert amal.get(f"{BASE}/week/").status_code == 200
    assert amal.get(f"{BASE}/desk/").status_code == 404


def test_the_code_on_the_phone_alone_opens_no_staff_page(town: Town, amal: Client) -> None:
    prove_the_phone(amal, town.yousaf.guardian, both="on")
    phone = Client()
    ask(phone)
    enter(phone, code_sent())
    assert phone.get(f"{BASE}/week/").status_code == 200
    after = "?next=%2Fmaple-street%2Fdesk%2F"
    assert phone.get(f"{BASE}/desk/").headers["Location"] == f"/accounts/logout/{after}"  # to come in anew
    User.objects.filter(pk=town.amal.user.pk).update(password=make_password("three cups of tea"))
    ask(phone)
    enter(phone, code_sent())
    assert phone.get(f"{BASE}/desk/").headers["Location"] == f"/accounts/reauthenticate/{after}"


def test_at_the_desk_their_own_child_is_not_there(town: Town, amal: Client) -> None:
    mother = shares_the_phone(town)
    town.home(2)
    Message.objects.create(
        school=town.school,
        thread=town.thread.__class__.objects.create(
            school=town.school, guardian=mother, student=town.yousaf.student
        ),
        author="guardian",
        text="About his father.",
        language="en",
        said_at=TUESDAY,
    )
    child, father = town.yousaf.student, town.yousaf.guardian
    pages = [
        f"{BASE}/students/{child.key}/",
        f"{BASE}/students/{child.key}/with/{mother.key}/",
        f"{BASE}/students/{child.key}/with/{father.key}/",
    ]
    assert [amal.get(page).status_code for page in pages] == [200, 200, 200]
    assert "About his father." in amal.get(f"{BASE}/desk/").content.decode()
    prove_the_phone(amal, father, both="on")
    assert [amal.get(page).status_code for page in pages] == [404, 404, 404]
    desk = amal.get(f"{BASE}/desk/").content.decode()
    assert "Child2" in desk
    assert "Hamza" not in desk
    assert "About his father." not in desk
    assert "About his father." not in amal.get(f"{BASE}/week/").content.decode()
    bell = colleague(town.school, "Mr Bell", Role.LEADER)
    leader = browser_of(bell)
    assert leader.get(pages[1]).status_code == 200


def test_an_announcement_to_the_class_still_reaches_the_childs_other_home(town: Town, amal: Client) -> None:
    mother = shares_the_phone(town)
    prove_the_phone(amal, town.yousaf.guardian, both="on")
    data = {
        "kind": "information",
        "audience": [f"class:{town.class_4a.key}"],
        "text": "Bring water.",
        "language": "en",
    }
    looked = amal.post(f"{BASE}/notices/new/", data).context["seen"].mark
    amal.post(f"{BASE}/notices/new/", {**data, "looked": looked, "send": "1"})
    assert Message.objects.filter(thread__guardian=mother, text="Bring water.").exists()


@pytest.mark.parametrize("since", ["the number went to somebody else", "eleven minutes went by"])
def test_a_right_code_is_no_longer_enough_when(since: str, town: Town, amal: Client, clock) -> None:
    """Joined once, the colleague's own sign-in opens the family's pages, whatever becomes of the number."""
    ask(amal)
    enter(amal, code_sent())
    if since.startswith("the number"):
        town.yousaf.point.ended_at = TUESDAY
        town.yousaf.point.save()
    else:
        clock.shift(timedelta(minutes=11))
    there = amal.post(f"{BASE}/sign-in/person/", {"person": town.yousaf.guardian.key, "both": "on"})
    assert there.headers["Location"] == f"{BASE}/sign-in/"
    town.yousaf.guardian.refresh_from_db()
    assert town.yousaf.guardian.user_id != town.amal.user_id
    assert amal.get(f"{BASE}/week/").status_code == 404


def test_a_parent_in_the_office_gets_at_nothing_of_the_other_parent(town: Town) -> None:
    """No number on the page of their ways, no wish for another one, no copy of what they said to the school."""
    office, other = browser_of(town.okafor), Guardian.objects.create(school=town.school, name="Sana Yousaf")
    Guardianship.objects.create(school=town.school, guardian=other, student=town.yousaf.student)
    theirs = Address.objects.create(school=town.school, channel="sms", value="+447700900556")
    point = ContactPoint.objects.create(school=town.school, address=theirs, guardian=other, consented=True)
    change = ContactChange.objects.create(
        school=town.school, guardian=other, channel="sms", value="+447700900555", came_by="office"
    )
    pages = [
        reverse("conversations:ways_of", args=["maple-street", other.key]),
        reverse("conversations:contact_change", args=["maple-street", change.key]),
        reverse("conversations:address", args=["maple-street", theirs.key]),
    ]
    asked = reverse("privacy:requests", args=["maple-street"])
    assert [office.get(page).status_code for page in pages] == [200] * 3
    copy = office.post(asked, {"who": f"adult:{other.key}", "kind": "copy"}).headers["Location"]
    assert office.get(copy).status_code == 200
    prove_the_phone(office, town.yousaf.guardian, both="on")
    assert [office.get(page).status_code for page in [*pages, copy, f"{copy}copy/"]] == [404] * 5
    assert (
        office.post(reverse("conversations:way_unsafe", args=["maple-street", point.key])).status_code == 404
    )
    assert office.post(asked, {"who": f"adult:{other.key}", "kind": "copy"}).status_code == 404
    assert other.key not in office.get(f"{asked}?find=Sana").content.decode()
