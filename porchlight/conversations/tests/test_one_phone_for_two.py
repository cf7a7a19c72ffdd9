"""Two adults of one home with one phone: a message to both comes to it once, stands in both threads and reached both."""

from __future__ import annotations

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import AnswerFrom, Message, Notice
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.report import report_on
from porchlight.conversations.taking_back import undo
from porchlight.conversations.tell import reply, take_back
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.sharing_kit import clock, father, mother, says_yes, sees
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.outbox.riding import follow
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ContactPoint, Guardian

__all__ = ["clock", "mother"]


@pytest.fixture
def hers(town: Town, mother: Guardian) -> Guardian:
    """Hamza's mother, whose number is her husband's; both read Urdu."""
    mother.reads = "ur"
    mother.save()
    ContactPoint.objects.filter(guardian=mother).update(address=town.yousaf.address)
    says_yes(town, father(town), mother)
    return mother


def says(town: Town, text: str = "Get well.", **fields: bool) -> Message:
    return reply(thread=town.thread, text=text, language="ur", by=town.amal.actor(), now=TUESDAY, **fields)


def comes(status: Status) -> None:
    """How far the one on the wire came."""
    [first] = Delivery.objects.filter(rides_with=None)
    Delivery.objects.filter(pk=first.pk).update(status=status, sent_at=TUESDAY, status_at=TUESDAY)
    follow([first.pk], TUESDAY)


def told(town: Town, **question: object) -> Notice:
    draft = Draft(
        "پانی لائیں۔",
        "ur",
        Audience(AudienceKind.CLASSES, (town.class_4a.key,)),
        question=Question(**question) if question else None,
    )
    notice = write(draft, school=town.school, by=town.amal.actor(), now=TUESDAY)
    return release(notice, by=town.amal.actor(), now=TUESDAY)


def page_of(client: Client, town: Town) -> str:
    home = town.yousaf
    url = f"/maple-street/students/{home.student.key}/with/{home.guardian.key}/"
    return client.get(url).content.decode()


def test_a_reply_in_a_shared_thread_leaves_once_and_stands_with_both(town: Town, hers: Guardian) -> None:
    says(town)
    assert Delivery.objects.waiting().count() == 1
    assert sees(father(town)) == sees(hers) == {"Get well."}


def test_a_reply_to_one_alone_is_the_ones_alone(town: Town, hers: Guardian) -> None:
    says(town, alone=True)
    assert Delivery.objects.get().parcel.guardian == father(town)
    assert sees(hers) == set()


def test_it_is_taken_back_from_both(town: Town, hers: Guardian) -> None:
    message = says(town)
    assert take_back(message, by=town.amal.actor(), now=TUESDAY)
    assert set(Delivery.objects.values_list("stopped", flat=True)) == {Stopped.WITHDRAWN}
    assert sees(father(town)) == sees(hers) == set()


def test_staff_see_how_far_it_came_for_each_and_never_a_failure(town: Town, hers: Guardian) -> None:
    says(town)
    client = browser_of(town.amal)
    assert "Did not arrive" not in page_of(client, town)
    comes(Status.DELIVERED)
    page = page_of(client, town)
    assert page.count("Delivered") >= 2
    assert "Did not arrive" not in page


def test_an_announcement_counts_both_as_on_the_way_and_then_as_reached(town: Town, hers: Guardian) -> None:
    notice = told(town)
    assert Delivery.objects.waiting().count() == 1
    counts = report_on(notice, actor=town.amal.actor()).counts()
    assert counts == {"on_way": 2}
    comes(Status.DELIVERED)
    report = report_on(notice, actor=town.amal.actor())
    assert (report.counts(), report.arrived) == ({"arrived": 2}, 2)


def test_an_announcement_is_taken_back_whole(town: Town, hers: Guardian) -> None:
    notice = told(town)
    undo(notice, by=town.amal.actor(), now=TUESDAY)
    assert not Delivery.objects.waiting().exists()
    assert set(Delivery.objects.values_list("stopped", flat=True)) == {Stopped.WITHDRAWN}


@pytest.mark.parametrize(("answer_from", "count"), [(AnswerFrom.HOUSEHOLD, 1), (AnswerFrom.EACH_GUARDIAN, 2)])
def test_a_question_to_each_adult_is_put_to_each(
    town: Town, hers: Guardian, answer_from: str, count: int
) -> None:
    told(town, shape="yes_no", answer_from=answer_from)
    assert Delivery.objects.waiting().count() == count


def test_who_reads_another_language_gets_their_own(town: Town, hers: Guardian) -> None:
    hers.reads = "es"
    hers.save()
    says(town)
    assert Delivery.objects.waiting().count() == 2  # hers says that it is not in her language
