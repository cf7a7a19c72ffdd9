"""What school says to those who share a thread, and what they answer."""

from __future__ import annotations

import re

from porchlight.conversations.models import Answer, AnswerFrom, Message
from porchlight.conversations.tell import reply, take_back
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.sharing_kit import (
    answers,
    asked,
    clock,
    father,
    mother,
    page_of,
    says_yes,
    sees,
)
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Guardian,
)

__all__ = ["clock", "mother"]


def test_a_reply_goes_to_both_once_each_on_their_own_channel_in_their_own_thread(
    town: Town, mother: Guardian
) -> None:
    says_yes(town, father(town), mother)
    message = reply(thread=town.thread, text="Get well.", language="en", by=town.amal.actor(), now=TUESDAY)
    assert message.thread == town.thread
    assert sorted(Delivery.objects.values_list("to", flat=True)) == ["+447700900001", "+447700900999"]
    assert [sees(father(town)), sees(mother)] == [{"Get well."}, {"Get well."}]
    for one in (father(town), mother):
        assert Message.objects.visible_to(one.actor()).count() == 1


def test_staff_may_still_write_to_one_alone(town: Town, mother: Guardian) -> None:
    says_yes(town, father(town), mother)
    reply(thread=town.thread, text="For you.", language="en", by=town.amal.actor(), now=TUESDAY, alone=True)
    assert (sees(father(town)), sees(mother)) == ({"For you."}, set())
    assert Delivery.objects.get().to == "+447700900001"


def test_what_was_taken_back_is_taken_back_from_both(town: Town, mother: Guardian) -> None:
    says_yes(town, father(town), mother)
    message = reply(thread=town.thread, text="Oops.", language="en", by=town.amal.actor(), now=TUESDAY)
    assert take_back(message, by=town.amal.actor(), now=TUESDAY)
    assert set(Delivery.objects.values_list("stopped", flat=True)) == {Stopped.WITHDRAWN}
    assert sees(father(town)) == sees(mother) == set()
    assert take_back(message, by=town.amal.actor(), now=TUESDAY)


def test_what_has_left_to_one_of_them_is_not_claimed_to_be_back(town: Town, mother: Guardian) -> None:
    says_yes(town, father(town), mother)
    message = reply(thread=town.thread, text="Oops.", language="en", by=town.amal.actor(), now=TUESDAY)
    Delivery.objects.filter(parcel__guardian=mother).update(lease_until=TUESDAY)
    assert not take_back(message, by=town.amal.actor(), now=TUESDAY)
    assert (sees(father(town)), sees(mother)) == (set(), {"Oops."})


def test_one_answer_speaks_for_the_home_and_both_see_whose_it_is(town: Town, mother: Guardian) -> None:
    says_yes(town, father(town), mother)
    ask = asked(town)
    assert Delivery.objects.count() == 2  # each was asked, once
    answers(ask, father(town), "yes")
    assert "Mr Yousaf answered:" in page_of(town, mother)
    assert "Your answer:" in page_of(town, father(town))
    answers(ask, mother, "no")
    hers, his = page_of(town, mother), page_of(town, father(town))
    assert "Your answer:" in hers
    assert re.search(r"mother answered:\s+<b><bdi>جی نہیں</bdi></b>", his)


def test_where_each_is_asked_each_sees_their_own_answer_alone(town: Town, mother: Guardian) -> None:
    says_yes(town, father(town), mother)
    ask = asked(town, AnswerFrom.EACH_GUARDIAN)
    answers(ask, father(town), "yes")
    assert "answer:" not in page_of(town, mother)
    assert "answered:" not in page_of(town, mother)
    assert Answer.objects.visible_to(mother.actor()).count() == 0


def test_without_sharing_one_parents_answer_is_the_others_secret(town: Town, mother: Guardian) -> None:
    ask = asked(town)
    answers(ask, father(town), "yes")
    assert Answer.objects.visible_to(father(town).actor()).count() == 1
    assert Answer.objects.visible_to(mother.actor()).count() == 0
    assert "answered:" not in page_of(town, mother)
