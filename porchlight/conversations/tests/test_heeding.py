"""A call that was asked for, a STOP that may have meant our question, a few letters that fit nothing: people see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.heard import Words
from porchlight.conversations.hearing import hear
from porchlight.conversations.models import Answer, Message, TriageItem, TriageReason
from porchlight.conversations.notices import Question
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import ask, say, served, sibling
from porchlight.delivery.inbox.processing import process_waiting
from porchlight.delivery.models import Account, InboundEvent, Parcel, WebhookRoute
from porchlight.delivery.tests import cast, hooks
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, AddressState

pytestmark = on_both_databases

BASE = "/maple-street"


@pytest.fixture
def clock(monkeypatch):
    from porchlight.toolbox import school_time

    monkeypatch.setattr(school_time, "now", lambda: TUESDAY)


@pytest.fixture
def whatsapp(town: Town, clock) -> Account:
    """The school's WhatsApp, on which Mr Yousaf writes."""
    Address.objects.update(channel="whatsapp", window_until=TUESDAY + timedelta(hours=9))
    return cast.account(
        town.school,
        "whatsapp_cloud",
        settings={"phone_number_id": "106540352242922"},
        secrets={"access_token": "t", "app_secret": "a" * 32, "verify_token": "v" * 20},
    )


def writes(account: Account, text: str, **more: object) -> None:
    hooks.post(account, hooks.text_from("+447700900001", text, key=f"wamid.{text}", **more))
    process_waiting()


@pytest.mark.parametrize("text", ["CALL", "call me please", "phone karo", "فون کریں", "Please ring me"])
def test_who_asks_for_a_call_is_promised_one_and_the_office_has_it(town: Town, text: str) -> None:
    outcome = say(town, text)
    item = TriageItem.objects.get()
    assert outcome.triage == item
    assert (item.reason, item.address, item.text) == (TriageReason.ASKS_FOR_CALL, town.yousaf.address, text)
    message = Message.objects.get()
    assert (item.message, message.text, message.thread) == (message, text, town.thread)
    [promise] = served("we_will_ring")
    assert promise.language == "ur"


def test_call_is_a_wish_also_where_any_words_would_be_an_answer(town: Town) -> None:
    ask(town, Question("short_text"))
    say(town, "CALL")
    assert not Answer.objects.exists()
    assert TriageItem.objects.get().reason == TriageReason.ASKS_FOR_CALL


def test_a_father_of_two_who_asks_for_a_call_is_not_asked_which_child(town: Town) -> None:
    sibling(town)
    say(town, "call me")
    assert served("which_child") == []
    assert (TriageItem.objects.get().message, Message.objects.count()) == (None, 0)


def test_asking_for_a_call_twice_is_promised_once(town: Town) -> None:
    for minute in range(3):
        say(town, "call me", at=TUESDAY + timedelta(minutes=minute))
    assert len(served("we_will_ring")) == 1


def test_the_office_sees_whom_to_ring_and_says_what_it_did(town: Town) -> None:
    say(town, "CALL")
    office = browser_of(town.okafor)
    page = office.get(f"{BASE}/triage/").content.decode()
    for words in ("They ask for a call", "Mr Yousaf", "Open the thread"):
        assert words in page
    assert "Place it there" not in office.get(f"{BASE}/triage/", {"child": "hamza"}).content.decode()
    item = TriageItem.objects.get()
    tried = office.post(f"{BASE}/triage/{item.key}/placement/", {"tie": town.yousaf.tie.key})
    assert (tried.status_code, Message.objects.count()) == (302, 1)
    assert "They ask for a call" in office.get(f"{BASE}/triage/").content.decode()
    office.post(f"{BASE}/triage/{item.key}/settlement/", {"outcome": "Rang him at four."})
    message = Message.objects.get()
    assert message.settled_by == town.okafor
    assert not Message.objects.waiting().exists()


def test_the_teacher_sees_in_the_thread_that_the_office_has_it(town: Town) -> None:
    say(town, "CALL")
    assert "Asks for a call." in thread_page(town, browser_of(town.amal))


def thread_page(town: Town, client: Client) -> str:
    where = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    answer = client.get(where)
    assert answer.status_code == 200, where
    return answer.content.decode()


def test_cancel_after_a_question_is_stop_and_somebody_looks_whether_it_was_meant(
    town: Town, whatsapp: Account
) -> None:
    ask(town, Question("yes_no"))
    writes(whatsapp, "Yes")
    writes(whatsapp, "cancel")
    address = Address.objects.get(pk=town.yousaf.address.pk)
    assert address.opted_out_at == TUESDAY
    item = TriageItem.objects.get()
    assert (item.reason, item.text, item.address) == (TriageReason.STOP_OR_ANSWER, "cancel", address)
    assert (item.message.thread, item.message.text) == (town.thread, "cancel")
    [confirmed] = served("stop_confirmed")
    assert "START" in confirmed.text
    assert confirmed.language == "ur"
    assert "Taken as STOP" in thread_page(town, browser_of(town.amal))
    page = browser_of(town.okafor).get(f"{BASE}/triage/").content.decode()
    assert "Taken as STOP. Did they mean our question?" in page


def test_cancel_without_a_question_is_stop_and_nothing_else(town: Town, whatsapp: Account) -> None:
    writes(whatsapp, "cancel")
    assert Address.objects.get(pk=town.yousaf.address.pk).opted_out_at == TUESDAY
    assert not TriageItem.objects.exists()
    assert not Message.objects.exists()


def test_a_plain_stop_after_a_question_is_stop_and_nothing_else(town: Town, whatsapp: Account) -> None:
    ask(town, Question("yes_no"))
    writes(whatsapp, "STOP")
    assert Address.objects.get(pk=town.yousaf.address.pk).opted_out_at == TUESDAY
    assert not TriageItem.objects.exists()


def test_cancel_after_an_old_question_is_stop_and_nothing_else(town: Town, whatsapp: Account) -> None:
    ask(town, Question("yes_no"), at=TUESDAY - timedelta(days=31))
    writes(whatsapp, "cancel")
    assert not TriageItem.objects.exists()


def test_the_same_cancel_told_twice_is_one_item(town: Town, whatsapp: Account) -> None:
    ask(town, Question("yes_no"))
    for _ in range(3):
        writes(whatsapp, "cancel")
    assert TriageItem.objects.count() == 1


def test_a_few_letters_that_fit_no_answer_are_read_by_a_person_who_is_announced_once(town: Town) -> None:
    options = [{"key": "1", "labels": {"en": "Friday"}}, {"key": "2", "labels": {"en": "Sunday"}}]
    ask(town, Question("choose_one", options))
    say(town, "7")
    say(town, "8", at=TUESDAY + timedelta(minutes=2))
    [said] = served("met_by_a_person")
    assert said.language == "ur"
    assert [message.text for message in Message.objects.from_home()] == ["7", "8"]


def test_a_longer_word_or_an_answered_question_announces_nobody(town: Town) -> None:
    ask(town, Question("yes_no"))
    say(town, "We have to see what grandmother says, she may be ill.")
    say(town, "yes", at=TUESDAY + timedelta(minutes=1))
    say(town, "what?", at=TUESDAY + timedelta(minutes=2))
    assert served("met_by_a_person") == []


def test_a_stranger_is_told_at_night_that_nobody_watches(town: Town) -> None:
    night = TUESDAY.replace(hour=23)
    for minute in (0, 5):
        words = Words("he is hurt", "sms", night + timedelta(minutes=minute), sender="+447700900999")
        hear(school=town.school, address=None, words=words, now=words.at)
    [said] = served("out_of_hours")
    assert "999" in said.text
    assert said.deliveries.get().to == "+447700900999"


@pytest.mark.parametrize(("verified", "told"), [(True, 1), (None, 0), (False, 0)])
def test_mail_from_a_stranger_is_answered_at_night_only_when_it_is_really_theirs(
    town: Town, verified: bool | None, told: int
) -> None:
    """An answer to a forged sender would be somebody else's unwanted mail."""
    cast.account(town.school, "twilio_sms", sender="+441632960002")
    night = TUESDAY.replace(hour=23)
    words = Words("hello", "email", night, sender="who@example.org", verified=verified)
    assert (words.stranger is not None) == bool(told)
    hear(school=town.school, address=None, words=words, now=night)
    assert TriageItem.objects.count() == 1


def test_what_came_along_with_an_answer_stands_in_the_thread(town: Town) -> None:
    ask(town, Question("yes_no"))
    say(town, "yes", media=({"kind": "image", "mime_type": "image/jpeg", "provider_id": "m1"},))
    assert Answer.objects.get().keys == ["yes"]
    message = Message.objects.from_home().get()
    assert [one["kind"] for one in message.media] == ["image"]


def test_a_picture_from_an_unknown_number_comes_with_its_words_into_the_tray_and_the_thread(
    town: Town,
) -> None:
    words = Words(
        "look",
        "sms",
        TUESDAY,
        sender="+447700900999",
        full_text="the whole mail",
        media=({"kind": "image", "mime_type": "image/jpeg", "provider_id": "m1"},),
    )
    hear(school=town.school, address=None, words=words, now=TUESDAY)
    office = browser_of(town.okafor)
    assert "Picture" in office.get(f"{BASE}/triage/").content.decode()
    item = TriageItem.objects.get()
    office.post(f"{BASE}/triage/{item.key}/placement/", {"tie": town.yousaf.tie.key})
    message = Message.objects.get()
    assert (message.media, message.full_text) == (item.media, "the whole mail")


def test_nothing_more_is_said_after_the_promise(town: Town) -> None:
    say(town, "CALL")
    assert Parcel.objects.count() == 1


def test_a_wrong_number_is_seen_to_and_laid_before_the_office_once(town: Town, whatsapp: Account) -> None:
    for _ in range(2):
        writes(whatsapp, "wrong number")
        InboundEvent.objects.update(processed_at=None)  # as when a worker died before it had written it down
        WebhookRoute.objects.update(waiting_since=TUESDAY)
        process_waiting()
    [item] = TriageItem.objects.all()
    assert (item.reason, item.text, item.address) == (
        TriageReason.NOT_ME,
        "wrong number",
        town.yousaf.address,
    )
    town.yousaf.address.refresh_from_db()
    assert town.yousaf.address.state == AddressState.BAD
    assert not Message.objects.exists()
