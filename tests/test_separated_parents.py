"""T33, T31. Parents who live apart each have their own pages: nothing of the other can be read from a single byte.

The mother's pages are taken before the school knows of the father and after each thing that he, or the school about him,
does. Nothing of them may differ but what is new on every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.delegating import name_adult
from porchlight.conversations.models import Ask, Message, Thread
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.on_page import answer_ask, write_back
from porchlight.conversations.reading import Given
from porchlight.conversations.sharing import give_word
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town, _gateways, town
from porchlight.delivery.addressing import opt_out
from porchlight.delivery.changing import actions, cautions
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Consent,
    ContactPoint,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Restriction,
)
from porchlight.files.tests.kept import told
from porchlight.schools.actors import Actor, Kind
from porchlight.welcome.tests.conftest import code_sent
from tests.doors.pages import PAGES

__all__ = ["_gateways", "town"]
HIS = "His father wrote this."
BY_CHANCE = {"Set-Cookie", "X-Request-ID", "Content-Security-Policy", "Content-Length"}
WHAT_SHE_DOES = {  # on other pages: whatever a press there does
    "home:week": ("answer",),
    "conversations:family_thread": ("answer", "reply"),
    "conversations:family_messages": (),
    "conversations:my_named": ("named", "named already"),
    "conversations:family_sound": (),
    "conversations:family_enclosed": (),
    "conversations:family_read_out": (),
}
NOBODYS = "nobody234567"  # no key of hers
HERS = [
    page
    for page in PAGES
    if page.opens_for is not None and page.opens_for(Actor(Kind.GUARDIAN, 1, 1)) and page.of_a_school
]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


def come_in(number: str, guardian: Guardian | None = None) -> Client:
    client = Client()
    client.post("/maple-street/sign-in/", {"written": number})
    client.post("/maple-street/sign-in/code/", {"code": code_sent()})
    if guardian is not None:
        client.post("/maple-street/sign-in/person/", {"person": guardian.key})
    return client


def bare(response: HttpResponse) -> tuple[int, str, Mapping[str, str]]:
    """What she gets, without what chance puts on every page."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", told(response).decode(errors="replace"))
    headers = {name: value for name, value in response.headers.items() if name not in BY_CHANCE}
    return (
        response.status_code,
        re.sub(r'nonce="[^"]+"|id="m-\w+"|/named/\w+/removal/|calendars/[\w-]+/', "", page),
        headers,
    )


def all_she_sees(client: Client, town: Town) -> dict[str, object]:
    """Every page there is for an adult of a family, got and posted to; what she did is taken back after."""
    message = Message.objects.filter(thread__guardian__addressed_as="Hamza's mother").first()
    keys = {
        "school": "maple-street",
        "student_key": town.yousaf.student.key,
        "key": message.key if message is not None else NOBODYS,
    }
    keys["reference"] = NOBODYS  # his, where there is anything of his
    his = Delivery.objects.filter(parcel__guardian=town.yousaf.guardian).values("pk")[:1]
    Delivery.objects.filter(pk__in=list(his.values_list("pk", flat=True))).update(reference=keys["reference"])
    ask = Ask.objects.get()
    aunt = {
        "children": [town.yousaf.student.key], "name": "Aunt Zainab", "relation": "aunt_uncle", "reads": "ur"
    }  # fmt: skip
    data = {
        "answer": {"ask": ask.key, f"ask-{ask.key}-answer": "1"},
        "reply": {"text": "Thank you"},
        "word": {"word": "yes", "words": "a new number"},
        "named": aunt | {"value": "07700 900555"},
        "named already": aunt | {"value": town.yousaf.address.value},
    }
    seen: dict[str, object] = {}
    for page in HERS:
        path = reverse(page.name, kwargs={name: keys.get(name, NOBODYS) for name in page.keys})
        seen[page.name] = bare(client.get(path))
        for what in WHAT_SHE_DOES.get(page.name, ("word",)):
            with transaction.atomic():
                seen[f"{page.name} {what}"] = bare(client.post(path, data[what], follow=True))
                transaction.set_rollback(True)
    return seen


@pytest.fixture
def mother(town: Town) -> Guardian:
    """She alone is known; the father's tie comes later, or not."""
    town.yousaf.tie.delete()
    town.yousaf.point.delete()
    mother = Guardian.objects.create(school=town.school, addressed_as="Hamza's mother", reads="en")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    cast.reach(town.school, mother, "+447700900999")
    home = Household.objects.create(school=town.school, label="Hers")
    HouseholdMembership.objects.create(school=town.school, household=home, guardian=mother)
    draft = Draft(
        "Can you come on Friday?",
        "en",
        Audience(AudienceKind.CLASSES, (town.class_4a.key,)),
        question=Question("yes_no"),
    )
    notice = write(draft, school=town.school, by=town.amal.actor(), now=TUESDAY)
    release(notice, by=town.amal.actor(), now=TUESDAY)
    thread = Thread.objects.get(guardian=mother)
    write_back(thread=thread, text="Good morning", by=mother.actor(), now=TUESDAY)
    return mother


def father(town: Town) -> Guardian:
    return town.yousaf.guardian


def tie(town: Town) -> Guardianship:
    return Guardianship.objects.get(guardian=father(town))


def he_is_known(town: Town) -> None:
    Guardianship.objects.create(school=town.school, guardian=father(town), student=town.yousaf.student)
    ContactPoint.objects.create(
        school=town.school, guardian=father(town), address=town.yousaf.address, consented=True
    )
    home = Household.objects.create(school=town.school, label="His")
    HouseholdMembership.objects.create(school=town.school, household=home, guardian=father(town))


def he_writes_and_is_answered(town: Town) -> None:
    thread = Thread.objects.get_or_create(
        school=town.school, guardian=father(town), student=town.yousaf.student
    )[0]
    write_back(thread=thread, text=HIS, by=father(town).actor(), now=TUESDAY)
    reply(thread=thread, text="Dear father", language="en", by=town.amal.actor(), now=TUESDAY)


def he_answers_what_both_were_asked(town: Town) -> None:
    ask = Ask.objects.get()
    thread = Thread.objects.get(guardian=father(town))
    Message.objects.create(
        school=town.school, thread=thread, notice=ask.notice, author="staff", staff=town.amal,
        text="Can you come on Friday?", language="en",
    )  # fmt: skip
    answer_ask(ask=ask, guardian=father(town), given=Given(("no",)), by=father(town).actor(), now=TUESDAY)


def he_comes_in_and_reads(town: Town) -> None:
    page = come_in("+447700900001").get("/maple-street/week/")
    assert page.status_code == 200


def he_says_he_would_share(town: Town) -> None:
    give_word(guardian=father(town), student=town.yousaf.student, by=father(town).actor(), now=TUESDAY)


def he_names_an_aunt(town: Town) -> None:
    name_adult(
        ties=[tie(town)],
        name="Aunt Zainab",
        relation="aunt_uncle",
        written="07700 900444",
        reads="en",
        by=father(town).actor(),
        now=TUESDAY,
    )


def restricted(scope: str) -> Callable[[Town], None]:
    def restrict(town: Town) -> None:
        Restriction.objects.create(school=town.school, guardianship=tie(town), scope=scope, evidence="seen")

    return restrict


def his_number_changes(town: Town) -> None:
    actions.ask(
        guardian=father(town), channel="sms", written="+447700900777", by=town.okafor.actor(), now=TUESDAY
    )


def care_is_asked_for(town: Town) -> None:
    cautions.ask_for_care(father(town), why="see file", by=town.reyes.actor(), now=TUESDAY)


# Taken together as far as one cannot hide what another would show.
HAPPENS: tuple[tuple[Callable[[Town], None], ...], ...] = (
    (he_is_known, he_writes_and_is_answered, he_answers_what_both_were_asked),
    (he_comes_in_and_reads, he_says_he_would_share, his_number_changes, he_names_an_aunt),
    (restricted("collect"), restricted("records"), restricted("contact"), care_is_asked_for),
)


def test_t33_nothing_of_the_other_parent_is_in_a_single_byte(town: Town, mother: Guardian) -> None:
    client = come_in("+447700900999")
    before = all_she_sees(client, town)
    assert "Can you come on Friday?" in str(before["home:week"])
    assert {page.name for page in HERS} >= {
        "home:week", "conversations:family_messages", "conversations:family_thread",
        "conversations:family_sharing", "conversations:my_ways",
    }  # fmt: skip
    for together in HAPPENS:
        for happen in together:
            happen(town)
        after = all_she_sees(client, town)
        assert [name for name in before if before[name] != after[name]] == [], together


def test_t33_who_may_not_hear_cannot_tell_why(town: Town, mother: Guardian) -> None:
    """A restriction on her looks as if the school had never set her to receive news, on every page."""
    hers = Guardianship.objects.get(guardian=mother)
    client = come_in("+447700900999")
    with transaction.atomic():
        Guardianship.objects.filter(pk=hers.pk).update(may_receive=False)
        without_the_right = all_she_sees(client, town)
        transaction.set_rollback(True)
    Restriction.objects.create(school=town.school, guardianship=hers, scope="contact", evidence="seen")
    assert all_she_sees(client, town) == without_the_right


def test_t31_one_phone_and_two_people_each_sees_their_own_thread(town: Town) -> None:
    """T31: whoever says that they are the mother sees nothing of what was said to the father."""
    mother = Guardian.objects.create(school=town.school, addressed_as="Hamza's mother", reads="en")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    ContactPoint.objects.create(
        school=town.school, address=town.yousaf.address, guardian=mother, rank=2, consented=True
    )
    he_writes_and_is_answered(town)
    for guardian, sees in ((father(town), True), (mother, False)):
        client = come_in("+447700900001", guardian)
        pages = [
            client.get("/maple-street/week/"),
            client.get(f"/maple-street/messages/about/{town.yousaf.student.key}/"),
        ]
        assert [page.status_code for page in pages] == [200, 200]
        shown = "".join(page.content.decode() for page in pages)
        assert (HIS in shown, "Dear father" in shown) == (sees, sees)


def test_t31_stop_is_the_numbers_and_stands_against_both(town: Town) -> None:
    mother = Guardian.objects.create(school=town.school, addressed_as="Hamza's mother", reads="en")
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    ContactPoint.objects.create(
        school=town.school, address=town.yousaf.address, guardian=mother, rank=2, consented=True
    )
    opt_out(town.yousaf.address, source="reply STOP", words="STOP", now=TUESDAY)
    assert sorted(Consent.objects.filter(given=False).values_list("contact_point__guardian", flat=True)) == [
        father(town).pk,
        mother.pk,
    ]
    office = browser_of(town.okafor)
    for guardian in (father(town), mother):
        assert "said stop" in office.get(f"/maple-street/ways/of/{guardian.key}/").content.decode()
