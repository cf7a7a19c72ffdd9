"""T42. What nobody could read five times stands on a page: without its words, read again when mended, or set aside."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from porchlight.activity.looks import LOOK
from porchlight.activity.models import Entry
from porchlight.delivery.inbox import processing
from porchlight.delivery.inbox.given_up import read_again
from porchlight.delivery.inbox.processing import process_parked, process_waiting
from porchlight.delivery.models import InboundEvent, WebhookRoute
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.hooks import post, text_from
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.schools.actors import Role, system
from porchlight.schools.tests.colleagues import signed_in
from porchlight.toolbox import school_time

PAGE = "/maple-street/settings/unread/"
WORDS = "Hamza cannot come on Friday"
NUMBER = "+447700900001"


@pytest.fixture
def moment():
    with time_machine.travel(TUESDAY, tick=False) as moment:
        yield moment


class Reader:
    """Ours, with a mistake in it until it is mended."""

    def __init__(self, real) -> None:
        self.real, self.mended, self.read = real, False, []

    def __call__(self, account, row, now):
        self.read.append(row.event.get("text", ""))
        if not self.mended and row.event.get("text") == WORDS:
            raise ValueError(WORDS)
        return self.real(account, row, now)


@pytest.fixture
def reader(monkeypatch, ears) -> Reader:
    reader = Reader(processing._understand)
    monkeypatch.setattr(processing, "_understand", reader)
    return reader


def some_hours(moment) -> None:
    """Long enough for every try."""
    for _ in range(8):
        process_waiting()
        moment.shift(timedelta(minutes=2))
        process_parked(school_time.now())


@pytest.fixture
def unread(school, town, reader, moment) -> InboundEvent:
    """A message at which the reader failed five times."""
    account = cast.whatsapp(school, town)
    assert post(account, text_from(NUMBER, WORDS, key="wamid.1")).status_code == 200
    some_hours(moment)
    assert reader.read == [WORDS] * 5
    return InboundEvent.objects.get()


@on_both_databases
def test_t42_it_is_read_again_once_the_reader_is_mended_and_reaches_the_school(
    school, unread, reader, moment, ears
):
    reader.mended = True
    assert read_again(event=unread, by=system(school.pk), now=school_time.now())
    assert not read_again(event=unread, by=system(school.pk), now=school_time.now())  # somebody was quicker
    assert WebhookRoute.objects.exclude(waiting_since=None).exists()  # a worker comes for it
    some_hours(moment)
    assert [one.heard.text for one in ears.heard] == [WORDS]
    assert InboundEvent.objects.given_up().count() == 0
    assert Entry.objects.filter(verb="delivery.read_again", about_id=unread.pk).count() == 1


def test_t42_where_nothing_was_mended_it_is_read_alone_and_comes_back(school, unread, reader, moment):
    assert read_again(event=unread, by=system(school.pk), now=school_time.now())
    post(unread.account, text_from(NUMBER, "hello", key="wamid.2"))
    reader.read.clear()
    some_hours(moment)
    assert reader.read.count(WORDS) == 4
    assert reader.read.count("hello") == 1
    assert list(InboundEvent.objects.given_up()) == [unread]


def test_the_list_names_way_moment_and_trouble_and_none_of_the_words(school, unread):
    office = signed_in(school, Role.OFFICE)
    page = office.get(PAGE).content.decode()
    assert "A message" in page
    assert "WhatsApp" in page
    assert "ValueError" in page
    assert WORDS not in page
    assert NUMBER not in page
    assert not Entry.objects.filter(verb=LOOK).exists()


def test_t35_whoever_reads_the_words_leaves_one_look(school, unread):
    office = signed_in(school, Role.OFFICE)
    page = office.get(f"{PAGE}{unread.pk}/").content.decode()
    assert WORDS in page
    assert Entry.objects.filter(verb=LOOK).count() == 1


def test_it_is_read_again_by_a_press_and_the_record_says_who(school, unread, reader, moment, ears):
    office = signed_in(school, Role.OFFICE)
    reader.mended = True
    assert office.post(f"{PAGE}{unread.pk}/reading/").status_code == 302
    some_hours(moment)
    assert [one.heard.text for one in ears.heard] == [WORDS]
    assert office.post(f"{PAGE}{unread.pk}/reading/").status_code == 404  # it is no longer there


def test_it_is_set_aside_with_a_reason_and_never_without(school, unread):
    office = signed_in(school, Role.OFFICE)
    refused = office.post(f"{PAGE}{unread.pk}/", {"why": " "})
    assert (refused.status_code, InboundEvent.objects.given_up().count()) == (422, 1)
    assert "Write a reason" in refused.content.decode()
    assert office.post(f"{PAGE}{unread.pk}/", {"why": "Rang Mr Yousaf."}).status_code == 302
    assert office.get(f"{PAGE}{unread.pk}/").status_code == 404
    entry = Entry.objects.get(verb="delivery.set_aside")
    assert (entry.about_id, entry.words.text) == (unread.pk, "Rang Mr Yousaf.")
    assert "Everything that came in was read" in office.get(PAGE).content.decode()


def test_a_teacher_finds_no_such_page(school, unread):
    teacher = signed_in(school, Role.TEACHER)
    assert teacher.get(PAGE).status_code == 404
    assert teacher.get(f"{PAGE}{unread.pk}/").status_code == 404
    assert teacher.post(f"{PAGE}{unread.pk}/reading/").status_code == 404
