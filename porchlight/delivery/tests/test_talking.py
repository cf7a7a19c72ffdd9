"""What a home hears in a call, and what each key does."""

from __future__ import annotations

import wave
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client

from porchlight.delivery.content import AskSpec, Spoken, Urgency
from porchlight.delivery.gateways.contract import Option, Status
from porchlight.delivery.inbox.processing import process_waiting
from porchlight.delivery.models import Delivery, InboundEvent, Stopped
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.outbox import ladder
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.telephone import Telephone, calls, places, planned
from porchlight.families.models import AddressState
from porchlight.files.speaking import keep_spoken
from porchlight.languages import speech
from porchlight.schools.tiers import Tier
from practice.enclosures import voice_note

WORDS = "Hamza painted a lighthouse today."
YES_NO = AskSpec("yes_no", (Option("1", "Yes"), Option("2", "No")))
TEN = AskSpec("choose_one", tuple(Option(str(n), f"Dish {n}") for n in range(1, 10)))


@pytest.fixture
def home(school, clock):
    calls(school)
    return cast.home(school, 1, channel="call", speaks="en", reads="en")


def rung(school, home, **content) -> Telephone:
    phone = Telephone(planned(school, home, cast.words(WORDS, **content)))
    assert phone.delivery.channel == "call"
    return phone


def heard(ears) -> list[tuple[str, str]]:
    return [(event.heard.text, event.heard.choice) for event in ears.heard]


def test_the_greeting_names_no_child_and_the_words_want_a_key(school, home):
    phone = rung(school, home)
    greeting = phone.answers()
    assert greeting == (
        "Hello. This is Maple Street School, with a message for you from Ms Amal. To hear it, press 1."
        " For no more calls, or calls at other hours, press 8."
    )
    assert phone.waits().startswith(greeting), "once more"
    assert phone.presses("1").startswith(WORDS)
    process_waiting()
    phone.delivery.refresh_from_db()
    assert phone.delivery.status == Status.DELIVERED


def test_who_presses_nothing_hears_no_word_of_it_and_goodbye(school, home):
    phone = rung(school, home)
    phone.answers()
    last = phone.waits()
    assert WORDS not in last
    assert "Goodbye from Maple Street School." in last
    assert "<Redirect" not in phone.twiml


@pytest.mark.parametrize("machine", ["machine_end_beep", "machine_start", "fax"])
def test_a_machine_hears_the_schools_name_and_number_and_it_was_not_reached(school, home, machine):
    phone = rung(school, home)
    said = phone.answers(machine)
    assert (
        said
        == "This is Maple Street School. We wanted to speak with you, and will ring again. Our number is 01632 960001."
    )
    assert phone.ends
    process_waiting()
    phone.delivery.refresh_from_db()
    assert (phone.delivery.status, phone.delivery.code) == (Status.FAILED, "machine")
    [again] = Delivery.objects.waiting()
    assert (again.parcel, again.address) == (phone.delivery.parcel, phone.delivery.address)
    assert again.due_at - phone.delivery.status_at == timedelta(hours=3)


@pytest.mark.parametrize(
    ("ask", "prompt", "keys", "answer"),
    [
        (YES_NO, "For yes, press 1. For no, press 2. To tell us", "2", ("2", "2")),
        (AskSpec("acknowledge", (Option("1", "Seen"),)), "that you have heard it, press 1.", "1", ("1", "1")),
        (AskSpec("choose_one", (Option("1", "Tea"), Option("2", "Milk"))), "For Tea, press 1. For Milk, press 2.", "2", ("2", "2")),
        (TEN, "For Dish 9, press 9. To tell us something in your own words, press star, 0, and then hash.", "9", ("9", "9")),
        (AskSpec("choose_several", (Option("1", "Tea"), Option("2", "Milk"))), "Press a key for each that you choose, and then hash.", "21", ("2 1", "")),
        (AskSpec("number"), "Press the number, and then hash. To tell us something in your own words, press star, 0", "12", ("12", "")),
        (AskSpec("short_text"), f"{WORDS} To answer, press 1 and speak after the tone.", "", None),
    ],
    ids=lambda value: getattr(value, "shape", ""),
)  # fmt: skip
def test_each_question_has_its_keys(school, home, ears, ask, prompt, keys, answer):
    phone = rung(school, home, ask=ask)
    phone.answers()
    assert prompt in phone.presses("1")
    if answer is not None:
        assert phone.presses(keys).startswith("Thank you. We have your answer.")
        assert heard(ears) == [answer]
        phone.presses(keys)
        assert heard(ears) == [answer, answer], "another answer may be pressed until they hang up"


@pytest.mark.parametrize(("ask", "star"), [(YES_NO, ""), (AskSpec("number"), "*")])
def test_ours_keys_say_it_again_record_and_lead_to_the_menu(school, home, ears, ask, star):
    phone = rung(school, home, ask=ask)
    phone.answers()
    phone.presses("1")
    assert phone.presses(f"{star}9").startswith(WORDS)
    assert phone.presses(f"{star}8").startswith("For no more calls, press 1.")
    assert phone.presses("9").startswith("Hello.")
    phone.presses("1")
    assert phone.presses(f"{star}0").startswith("Please speak after the tone.")
    assert phone.speaks().startswith("Thank you. Somebody at school will listen")
    [event] = ears.heard
    assert [(one.kind, one.provider_id) for one in event.attachments] == [("audio", "RE1")]


def test_a_key_that_means_nothing_is_answered_kindly_and_not_for_ever(school, home, ears):
    phone = rung(school, home, ask=YES_NO)
    phone.answers()
    phone.presses("1")
    for _ in range(2):
        tried = phone.presses("5")
        assert tried.startswith("Let us try that once more. For yes, press 1.")
    assert "Goodbye" in phone.presses("5")
    assert phone.ends
    assert heard(ears) == []


def test_no_more_calls_works_before_a_word_was_heard_and_is_said_on_the_line(school, home, ears):
    phone = rung(school, home)
    phone.answers()
    phone.presses("8")
    assert phone.presses("1").startswith(
        "Thank you. Maple Street School will not ring you like this any more."
    )
    assert phone.ends
    home.address.refresh_from_db()
    assert home.address.opted_out_at is not None
    assert not Delivery.objects.waiting().exclude(pk=phone.delivery.pk).exists(), (
        "nobody is rung to hear of it"
    )


def test_hours_are_kept_and_the_same_key_twice_is_one_wish(school, home):
    phone = rung(school, home)
    phone.answers()
    phone.presses("8")
    menu = phone.twiml
    for _ in range(2):
        phone.twiml = menu
        assert phone.presses("4").startswith("Thank you. From now on we ring you in the hours")
    home.guardian.refresh_from_db()
    assert (f"{home.guardian.ring_from:%H}", f"{home.guardian.ring_until:%H}") == ("17", "20")
    assert InboundEvent.objects.filter(kind="asks_for_hours").count() == 1


def test_a_restriction_between_the_ringing_and_the_key_withholds_the_words(school, home):
    phone = rung(school, home)
    phone.answers()
    home.restrict()
    said = phone.presses("1")
    assert WORDS not in said
    assert said.startswith("This is Maple Street School. There is no message for you now")
    process_waiting()
    phone.delivery.refresh_from_db()
    assert phone.delivery.status == Status.QUEUED


def test_forged_and_strange_requests_hear_nothing(school, home):
    phone = rung(school, home)
    phone.asks(token="another")
    assert (phone.status, phone.twiml) == (403, "no")
    phone.place = phone.place.replace(phone.delivery.reference, "somebody-elses")
    assert phone.answers() == ""
    assert phone.ends


def test_a_call_to_us_is_not_taken_and_stands_as_a_missed_call(school, home, ears):
    phone = rung(school, home)
    phone.asks(Direction="inbound", CallStatus="ringing", From=home.address.value)
    assert phone.twiml.endswith('<Response><Reject reason="busy"/></Response>')
    process_waiting()
    assert [call.address for call in ears.calls] == [home.address]


@pytest.mark.voice
def test_sound_is_for_one_message_and_a_quarter_of_an_hour(school, clock):
    calls(school, voices="")
    home = cast.home(school, 1, channel="call", speaks="en", reads="en")
    with time_machine.travel(cast.TUESDAY, tick=False) as now:
        phone = rung(school, home)
        phone.answers()
        phone.presses("1")
        words = places(phone)[0]
        path = "/" + words.split("/", 3)[3]
        answer = Client().get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, "audio/wav")
        assert answer["Cache-Control"] == "private, no-store"
        assert answer.content == speech.spoken(WORDS, "en")
        assert "Hamza" not in words
        assert Client().get(path[:-4] + "abc/").status_code == 404
        now.shift(timedelta(minutes=16))
        assert Client().get(path).status_code == 404
        now.shift(timedelta(minutes=-16))
        phone.delivery.parcel.withdrawn_at = cast.TUESDAY
        phone.delivery.parcel.save()
        assert Client().get(path).status_code == 404


def test_a_persons_own_voice_comes_first_also_where_no_machine_speaks_the_language(school, clock):
    calls(school)
    note = voice_note(1.0)
    kept = keep_spoken(school=school, source="hers", content=BytesIO(note), size=len(note))
    home = cast.home(school, 1, channel="call", speaks="ps", reads="ps")
    phone = rung(school, home, language="ps", spoken=Spoken(kept.path, kept.seen_type))
    phone.answers()
    phone.presses("1")
    [words] = places(phone)
    sound = Client().get("/" + words.split("/", 3)[3]).content
    with wave.open(BytesIO(sound)) as played:
        assert (played.getframerate(), played.getnchannels(), played.getsampwidth()) == (8000, 1, 2)
        assert 0.9 < played.getnframes() / 8000 < 1.1


@pytest.mark.parametrize(
    ("who", "content", "why"),
    [
        ({"speaks": "ps", "reads": "ps"}, {"language": "ps"}, NotReached.NO_VOICE),
        ({"may_ring": "nobody"}, {}, NotReached.NO_ADDRESS),
        ({"access_needs": ["no_calls"]}, {}, NotReached.NO_ADDRESS),
        ({}, {"tier": Tier.L2, "page_path": "/x/"}, NotReached.TOO_PRIVATE),
    ],
)
def test_whom_no_machine_rings(school, clock, who, content, why):
    calls(school)
    home = cast.home(school, 1, channel="call", **who)
    [one] = plan(
        school=school, recipients=[home.recipient], content_for=lambda _: cast.words(WORDS, **content),
        urgency=Urgency.ORDINARY, now=cast.TUESDAY,
    )  # fmt: skip
    assert one.not_reached == why


def test_a_number_in_doubt_hears_only_that_they_should_ring(school, home):
    home.address.state = AddressState.NOTICE_ONLY
    home.address.save()
    phone = rung(school, home)
    greeting = phone.answers()
    assert "Ms Amal" not in greeting
    said = phone.presses("1")
    assert said.startswith("A message from Maple Street School. Please ring us on 01632 960001")
    assert "Hamza" not in said


# Ten past two in the afternoon, UTC; at ten past eight in the evening there it is night at home, until seven.
@pytest.mark.parametrize(
    ("code", "waits"),
    [
        ("busy", [timedelta(minutes=20), timedelta(minutes=40)]),
        ("not_heard", [timedelta(hours=1), timedelta(hours=2)]),
        ("no-answer", [timedelta(hours=3), timedelta(hours=15, minutes=50)]),
    ],
)
def test_it_rings_again_later_three_times_in_all(school, home, clock, code, waits):
    phone = rung(school, home)
    last = phone.delivery
    for attempt in (1, 2, 3):
        Delivery.objects.filter(pk=last.pk).update(
            status=Status.FAILED, stopped=Stopped.TRIED_ANEW, advice="retry", code=code
        )
        ladder.follow_up([last.pk], clock.now)
        following = Delivery.objects.waiting().first()
        if attempt == 3:
            assert following is None
            return
        assert following.due_at - clock.now == waits[attempt - 1]
        last = following
