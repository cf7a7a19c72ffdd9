"""What homes send in: who it is from, what it asks of us, and that it goes up once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from porchlight.delivery.content import ServiceKind, Urgency
from porchlight.delivery.inbox import listeners
from porchlight.delivery.models import Delivery, InboundEvent, Parcel, Stopped
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.hooks import post, process, text_from, value
from porchlight.delivery.tests.kit import on_both_databases, worker
from porchlight.families.models import Address, AddressState, Consent
from porchlight.languages.understood import Kind

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]
SAID_AT = datetime.fromtimestamp(1791900600, UTC)  # as `hooks` writes it: 14:10 that Tuesday
YOUSAF = "+447700900001"


@pytest.fixture
def account(school, town):
    return cast.whatsapp(school, town)


@pytest.fixture
def home(school):
    return cast.home(school, channel="whatsapp", reads="ur", speaks="ur")


def say(account, text, *, number=YOUSAF, **more):
    post(account, text_from(number, text, key=f"wamid.{InboundEvent.objects.count()}", **more))
    process()
    return InboundEvent.objects.order_by("-pk").first()


def served() -> list[str]:
    return list(Parcel.objects.exclude(service_kind="").order_by("pk").values_list("service_kind", flat=True))


def test_words_go_up_once_with_the_address_they_came_from(account, home, ears):
    payload = text_from(YOUSAF, "Hamza is ill today")
    for _ in range(3):
        post(account, payload)
        process()
    [event] = ears.heard
    assert (event.school, event.account, event.address) == (account.school, account, home.address)
    assert (event.heard.text, event.sender.name, event.sender_shown) == (
        "Hamza is ill today",
        "Yousaf",
        YOUSAF,
    )
    row = InboundEvent.objects.get()
    assert (event.inbound, row.outcome, row.processed_at) == (row, "heard", cast.TUESDAY)


def test_who_writes_from_an_unknown_number_is_nobody_we_guess(account, home, ears):
    say(account, "Hello", number="+447700900999")
    assert ears.heard[0].address is None
    assert ears.heard[0].sender_shown == "+447700900999"


def test_writing_opens_the_window_for_a_day_and_confirms_the_address(account, home, ears):
    say(account, "Hello")
    home.address.refresh_from_db()
    assert home.address.window_until == SAID_AT + timedelta(hours=24)
    assert home.address.confirmed_at == SAID_AT
    assert home.address.window_is_open(cast.TUESDAY)


def test_an_old_message_that_arrives_late_shortens_nothing(account, home, ears):
    later = SAID_AT + timedelta(days=3)
    Address.objects.update(window_until=later, confirmed_at=later)
    say(account, "Hello")
    home.address.refresh_from_db()
    assert (home.address.window_until, home.address.confirmed_at) == (later, later)


@pytest.mark.parametrize("word", ["STOP", " stop! ", "بند کرو", "band karo", "Unsubscribe", "parar"])
def test_stop_in_any_language_acts_on_the_address_and_is_confirmed_once(account, home, ears, word):
    event = say(account, word)
    assert event.outcome == "stop"
    home.address.refresh_from_db()
    home.point.refresh_from_db()
    assert (home.address.opted_out_at, home.point.consented) == (cast.TUESDAY, False)
    entry = Consent.objects.get()
    assert (entry.given, entry.source, entry.wording, entry.contact_point) == (
        False,
        "reply STOP",
        word,
        home.point,
    )
    say(account, word)
    assert served() == [ServiceKind.STOP_CONFIRMED]
    assert Parcel.objects.get().language == "ur"
    assert ears.heard == []


def test_after_stop_nothing_that_waits_is_sent(account, home, ears):
    [parcel] = put_in_outbox(account.school, home)
    say(account, "STOP")
    with worker() as outbox:
        outbox.run_until_empty()
    assert parcel.deliveries.get().stopped == Stopped.OPTED_OUT
    confirmed = Delivery.objects.get(parcel__service_kind=ServiceKind.STOP_CONFIRMED)
    assert confirmed.status > 0


def test_stop_shows_against_everybody_who_uses_the_number(account, home, ears, school):
    other = cast.home(school, 2, channel="whatsapp")
    other.point.address = home.address
    other.point.save()
    say(account, "STOP")
    assert {entry.contact_point for entry in Consent.objects.all()} == {home.point, other.point}


def test_a_stranger_who_says_stop_is_remembered(account, ears, school):
    say(account, "STOP", number="+447700900555")
    address = Address.objects.get(value="+447700900555")
    assert address.opted_out_at == cast.TUESDAY
    assert served() == [ServiceKind.STOP_CONFIRMED]


def test_stop_from_a_known_number_under_a_strange_identity_holds_for_the_number(account, home, ears):
    say(account, "Hello", user_id="GB.1")
    say(account, "STOP", user_id="GB.2")
    home.address.refresh_from_db()
    assert home.address.opted_out_at == cast.TUESDAY


def test_start_opens_the_address_again(account, home, ears):
    say(account, "STOP")
    assert say(account, "START").outcome == "start"
    home.address.refresh_from_db()
    home.point.refresh_from_db()
    assert (home.address.opted_out_at, home.point.consented) == (None, True)
    assert [entry.given for entry in Consent.objects.order_by("pk")] == [False, True]
    assert served() == [ServiceKind.STOP_CONFIRMED, ServiceKind.START_CONFIRMED]


def test_help_is_answered_and_still_read_by_people(account, home, ears):
    assert say(account, "HELP").outcome == "help, heard"
    assert served() == [ServiceKind.HELP]
    assert len(ears.heard) == 1


def test_after_wrong_number_nothing_more_is_sent_there_as_we_tell_them_and_people_read_it(
    account, home, ears, school
):
    [waiting] = put_in_outbox(school, home)
    assert say(account, "Wrong number").outcome == "not_me, heard"
    home.address.refresh_from_db()
    assert (home.address.state, home.address.state_reason) == (AddressState.BAD, "wrong_number")
    assert served() == [ServiceKind.NOT_ME_THANKS]
    with worker() as outbox:
        outbox.run_until_empty()
    assert waiting.deliveries.get().stopped == Stopped.BAD_ADDRESS
    [one] = plan(school=school, recipients=[home.recipient], content_for=lambda _: cast.words(), urgency=Urgency.ORDINARY, now=cast.TUESDAY)  # fmt: skip
    assert one.not_reached is NotReached.BAD_ADDRESS


@pytest.mark.parametrize("word", ["cancel", "End.", "quit"])
def test_a_stop_word_with_a_second_meaning_is_obeyed_and_read_by_people(account, home, ears, word):
    assert say(account, word).outcome == "stop, heard"
    home.address.refresh_from_db()
    assert home.address.opted_out_at == cast.TUESDAY
    assert served() == [ServiceKind.STOP_CONFIRMED]
    assert [(event.heard.text, event.wish.kind) for event in ears.heard] == [(word, Kind.STOP)]


def test_what_sounds_like_a_wish_inside_a_sentence_is_just_words(account, home, ears):
    assert say(account, "Please stop the other boys from taking his lunch").outcome == "heard"
    assert served() == []


def test_a_pressed_button_is_an_answer_never_a_wish(account, home, ears):
    press = {"type": "button_reply", "button_reply": {"id": "1", "title": "Stop"}}
    post(account, text_from(YOUSAF, "", type="interactive", interactive=press))
    process()
    assert ears.heard[0].heard.choice == "1"
    assert served() == []


def test_an_identity_learnt_with_the_number_is_kept_and_known_without_it_later(account, home, ears):
    say(account, "Hello", user_id="GB.13491208655302741918")
    home.address.refresh_from_db()
    assert home.address.user_id == "GB.13491208655302741918"
    message = {
        "from_user_id": "GB.13491208655302741918",
        "id": "wamid.9",
        "timestamp": "1791900600",
        "type": "text",
        "text": {"body": "Hi"},
    }
    contact = {"profile": {"name": "Y"}, "user_id": "GB.13491208655302741918"}
    post(account, value(messages=[message], contacts=[contact]))
    process()
    assert ears.heard[1].address == home.address


def test_a_number_that_comes_with_another_identity_may_be_in_other_hands(account, home, ears):
    say(account, "Hello", user_id="GB.1")
    say(account, "Hello", user_id="GB.2")
    assert [event.address for event in ears.heard] == [home.address, None]
    home.address.refresh_from_db()
    assert (home.address.state, home.address.state_reason) == (AddressState.NOTICE_ONLY, "identity_changed")


def test_news_that_a_person_changed_their_number_demotes_the_old_one_and_tells_the_office(
    account, home, ears
):
    system = {
        "type": "user_changed_number",
        "body": "User A changed from …",
        "wa_id": "447700900888",
        "new_wa_id": "447700900888",
    }
    message = {
        "from": "447700900001",
        "id": "wamid.7",
        "timestamp": "1791900600",
        "type": "system",
        "system": system,
    }
    post(account, value(messages=[message]))
    process()
    home.address.refresh_from_db()
    assert home.address.state == AddressState.NOTICE_ONLY
    assert [(trouble.kind, trouble.address) for trouble in ears.troubles] == [
        ("address_demoted", home.address)
    ]


def test_a_failing_room_above_is_asked_again_later_and_the_others_are_heard(
    account, home, ears, monkeypatch, clock
):
    def stumble(event):
        if event.heard.text == "one" and not ears.calls:
            ears.calls.append(event)
            raise RuntimeError
        return ears.hear(event)

    monkeypatch.setattr(listeners, "_heard", [stumble])
    for place, text in enumerate(["one", "two"]):
        post(account, text_from(YOUSAF, text, key=f"k{place}"))
    process()
    first = InboundEvent.objects.get(provider_key="k0")
    assert (first.outcome, first.processed_at) == ("failed: RuntimeError", None)
    assert [event.heard.text for event in ears.heard] == ["two"]
    clock.now += timedelta(seconds=5)
    process()
    assert [event.heard.text for event in ears.heard] == ["two", "one"]
