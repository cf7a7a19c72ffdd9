"""What other systems read: the school's people, classes and talk, within what their token may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.api import urls
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.notices import Draft, release, write
from porchlight.conversations.placing import thread_of
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.models import Delivery, Parcel, Stopped
from porchlight.delivery.tests import cast
from porchlight.families.models import Address, ContactPoint, Guardianship, Restriction, Student
from porchlight.schools.actors import Actor, Role, Scope
from porchlight.schools.models import School, StaffMember
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db

LISTS = {
    "students": Scope.PEOPLE,
    "guardians": Scope.PEOPLE,
    "staff": Scope.PEOPLE,
    "classes": Scope.CLASSES,
    "threads": Scope.MESSAGES,
    "messages": Scope.MESSAGES,
    "deliveries": Scope.DELIVERIES,
    "asks": Scope.ANSWERS,
    "notices": Scope.NOTICES,
    "rosters": Scope.ROSTERS,
}


def say(town: Town, words: str, tier: Tier = Tier.L1) -> Message:
    return Message.objects.create(
        school=town.school, thread=town.thread, author="guardian", text=words, language="ur", tier=tier
    )


def test_people_and_classes_are_read_with_the_ids_of_each_other(town: Town, system) -> None:
    library = system()
    [child] = library.reads("students")["items"]
    [father] = library.reads("guardians")["items"]
    assert child["name"] == town.yousaf.student.name
    assert child["carers"] == [{"guardian": father["id"], "relation": town.yousaf.tie.relation}]
    assert father["students"] == [child["id"]]
    assert father["contacts"][0]["address"] == town.yousaf.address.value
    [group] = library.reads("classes")["items"]
    assert child["classes"] == [group["id"]]
    assert [one["id"] for one in library.reads(f"students?in_class={group['id']}")["items"]] == [child["id"]]
    assert library.reads(f"students/{child['id']}") == child
    assert library.reads(f"guardians/{father['id']}") == father


@pytest.mark.parametrize(("address", "scope"), LISTS.items())
def test_each_list_needs_its_scope(address: str, scope: Scope, system) -> None:
    assert system(scope).get(address).status_code == 200
    others = [one for one in Scope if one is not scope and not (address == "staff" and one == Scope.CLASSES)]
    refused = system(*others).get(address)
    assert refused.status_code == 403
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "no_scope"
    assert scope in refused.json()["detail"]


def test_contacts_and_classes_stay_out_without_their_scopes(town: Town, system) -> None:
    library = system(Scope.PEOPLE)
    assert library.reads("guardians")["items"][0]["contacts"] == []
    assert library.reads("students")["items"][0]["classes"] == []
    assert town.yousaf.address.value not in library.get("guardians").text


def test_t7_personal_words_need_their_scope_and_safeguardings_are_never_told(town: Town, system) -> None:
    for tier in Tier:
        say(town, f"words of {tier.name}", tier)
    told = [one["text"] for one in system(Scope.MESSAGES).reads("messages")["items"]]
    assert told == ["words of L0", "words of L1"]
    told = [one["text"] for one in system().reads("messages")["items"]]
    assert told == ["words of L0", "words of L1", "words of L2"]


def test_an_adult_who_may_not_be_contacted_is_not_there(town: Town, system) -> None:
    words = say(town, "hello")
    library = system()
    guardian, thread = town.yousaf.guardian.key, town.thread.key
    Restriction.objects.create(
        school=town.school, guardianship=town.yousaf.tie, scope="contact", evidence="order"
    )
    assert library.reads("guardians")["items"] == []
    assert library.reads("students")["items"][0]["carers"] == []
    for place in (f"guardians/{guardian}", f"threads/{thread}", f"messages/{words.key}"):
        assert library.get(place).status_code == 404
    assert library.reads("threads")["items"] == library.reads("messages")["items"] == []


def test_a_token_of_a_parent_here_has_nothing_of_their_own_childs_homes(
    town: Town, system, office: StaffMember
) -> None:
    """No way round being a parent alone. Another colleague's token has it all, and so has theirs of other homes."""
    words, other = say(town, "to school only"), town.home(2)
    library, guardian = system(by=office), town.yousaf.guardian
    assert [one["text"] for one in library.reads("messages")["items"]] == ["to school only"]
    guardian.user = office.user
    guardian.save()
    for place in (f"threads/{town.thread.key}", f"messages/{words.key}", f"guardians/{guardian.key}"):
        assert library.get(place).status_code == 404
    assert library.reads("threads")["items"] == library.reads("messages")["items"] == []
    assert [one["id"] for one in library.reads("guardians")["items"]] == [other.guardian.key]
    assert town.yousaf.address.value not in library.get("guardians").text
    assert [one["text"] for one in system(by=town.okafor).reads("messages")["items"]] == ["to school only"]


@pytest.mark.parametrize("scope", list(Scope))
def test_leaders_hear_of_a_token_that_takes_what_homes_said_elsewhere(
    town: Town, system, scope: Scope
) -> None:
    cast.reachable(staff(town.school, "Mr Bell", Role.LEADER))
    system(scope)
    told = {Scope.MANY, Scope.CONTACTS, Scope.PERSONAL, Scope.MESSAGES, Scope.ANSWERS}
    assert Parcel.objects.filter(service_kind="staff_alert").exists() is (scope in told)


def test_t49_a_long_list_asks_the_database_as_often_as_a_short_one(town: Town, system) -> None:
    library, asked = system(), []
    library.reads("token")
    for homes in (range(10, 20), range(20, 210)):
        for number in homes:
            town.home(number)
        notice = Draft("Hello", "en", Audience(AudienceKind.CLASSES, (town.class_4a.key,)))
        send_now(notice, school=town.school, by=town.reyes.actor())
        counts = {}
        for address in ("students", "guardians", "threads", "messages", "deliveries", "notices"):
            with CaptureQueriesContext(connection) as queries:
                found = library.reads(f"{address}?limit=200")["items"]
            assert address == "notices" or len(found) >= len(homes)
            counts[address] = len(queries)
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[0].values()) < 25


def send_now(draft: Draft, *, school: School, by: Actor) -> Notice:
    now = school_time.now()
    return release(write(draft, school=school, by=by, now=now), by=by, now=now)


def test_a_list_comes_in_parts_that_leave_nothing_out(town: Town, system) -> None:
    written = [say(town, f"number {number}").key for number in range(7)]
    library, read, after = system(), [], ""
    while after is not None:
        part = library.reads(f"messages?limit=3&after={after}")
        read += [one["id"] for one in part["items"]]
        if len(read) == 3:
            written.append(say(town, "meanwhile").key)
        after = part["next"]
    assert read == written
    wrong = library.get("messages?after=bm90LW91cnM")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_cursor")


def test_a_slip_of_the_pen_is_not_taken_for_no_question(town: Town, system) -> None:
    answer = system().get("students?in_clas=x")
    assert answer.status_code == 422
    assert answer.json()["faults"] == [{"where": "query.in_clas", "what": "not known here"}]


def test_what_is_known_is_not_sent_again(town: Town, system) -> None:
    library = system()
    first = library.get("students")
    again = library.get("students", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    town.home(2)
    assert library.get("students", If_None_Match=first.headers["ETag"]).status_code == 200


def test_head_is_answered_without_a_body(town: Town, system) -> None:
    library = system()
    answer = library.client.head("/api/v1/students", headers=library._headers({}))
    assert (answer.status_code, answer.content) == (200, b"")


def test_notices_and_asks_of_personal_tiers_stay_out(town: Town, system) -> None:
    now = school_time.now()
    for tier in (Tier.L1, Tier.L2, Tier.L3):
        Notice.objects.create(
            school=town.school, by=town.amal, text=tier.name, language="en", tier=tier, audience={},
            goes_at=now + timedelta(days=1), released_at=now,
        )  # fmt: skip
    assert [one["text"] for one in system(Scope.NOTICES).reads("notices")["items"]] == ["L1"]
    assert [one["text"] for one in system().reads("notices")["items"]] == ["L1", "L2"]


def test_the_description_is_for_everybody_and_of_no_school(town: Town) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json()["openapi"].startswith("3.")
    assert town.school.name not in answer.text
    made = urls._described.cache_info().misses
    Client().get("/api/v1/openapi.json")
    assert urls._described.cache_info().misses == made == 1  # once, however often it is asked for


def test_of_a_child_kept_apart_from_its_adult_not_even_a_delivery_is_told(town: Town, system) -> None:
    """They may hear of her brother: that does not tell the other system that of her they may not."""
    sister = Student.objects.create(school=town.school, name="Zara Yousaf")
    tie = Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=sister)
    by, now = town.amal.actor(), school_time.now()
    of_him = reply(thread=town.thread, text="He read aloud.", language="en", by=by, now=now)
    of_her = reply(thread=thread_of(tie), text="She sang.", language="en", by=by, now=now)
    library = system(Scope.DELIVERIES)
    told = [one["messages"] for one in library.reads("deliveries")["items"]]
    assert told == [[of_him.key], [of_her.key]]
    Restriction.objects.create(school=town.school, guardianship=tie, scope="contact")
    Delivery.objects.latest("pk").parcel.deliveries.update(stopped=Stopped.RESTRICTED)
    assert [one["messages"] for one in library.reads("deliveries")["items"]] == [[of_him.key]]


def test_a_number_on_trial_or_read_by_somebody_else_is_told_to_nobody(town: Town, system) -> None:
    library, father = system(Scope.PEOPLE, Scope.CONTACTS), town.yousaf.guardian
    fresh = Address.objects.create(school=town.school, channel="sms", value="+447700900099")
    point = ContactPoint.objects.create(
        school=town.school, address=fresh, guardian=father, consented=True, on_trial=True
    )

    def numbers() -> dict[str, bool]:
        [told] = library.reads("guardians")["items"]
        return {one["address"]: one["consented"] for one in told["contacts"]}

    assert numbers() == {town.yousaf.address.value: True}
    ContactPoint.objects.filter(pk=point.pk).update(on_trial=False)
    town.yousaf.point.unsafe_at = school_time.now()
    town.yousaf.point.save()
    assert numbers() == {fresh.value: True}
    Address.objects.filter(pk=fresh.pk).update(opted_out_at=school_time.now())
    assert numbers() == {fresh.value: False}
