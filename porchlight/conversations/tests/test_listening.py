"""A voice note in Urdu goes to who knows Urdu: they hear it, write down what was said, and may answer aloud; they see
that one thread, and only while it waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.hours import answer_by
from porchlight.conversations.listening import set_known_languages
from porchlight.conversations.models import Listening, Message, TriageItem, Worry
from porchlight.conversations.placing import thread_between
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.conversations.tests.hearing_kit import say
from porchlight.delivery.models import Attachment, Delivery, Parcel
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.errands.models import Errand, ErrandKind
from porchlight.files.looking import seconds_of
from porchlight.files.tests.kept import as_clean, told
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember
from practice.enclosures import voice_note

BASE = "/maple-street"
HEARD = "He asks whether the trip costs anything."


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def iqra(town: Town) -> StaffMember:
    """An interpreter who knows Urdu and teaches nobody."""
    return listener(town, "Iqra Malik", "ur")


def listener(town: Town, name: str, *languages: str) -> StaffMember:
    person = staff(town.school, name, Role.INTERPRETER)
    set_known_languages(person, languages=languages, by=town.okafor.actor(), now=TUESDAY)
    return person


def speaks(town: Town, at=TUESDAY) -> Message:
    """Mr Yousaf sends a voice note of eight seconds, which has been fetched."""
    kept = as_clean(town.school, voice_note(8), source=f"note:{at}")
    row = Attachment.objects.create(
        school=town.school, account=town.phone, source=f"note:{at}", kind="audio", file=kept
    )
    say(town, "", at=at, media=({"kind": "audio", "key": row.key},))
    return Message.objects.from_home().latest("pk")


def lasts(answer: HttpResponseBase) -> float | None:
    """How many seconds of a voice note were handed out."""
    assert answer.status_code == 200
    return seconds_of(BytesIO(told(answer)))


def path_of(message: Message) -> str:
    return f"{BASE}/listening/{message.listening.key}/"


@on_both_databases
def test_it_is_an_errand_of_who_knows_the_language_with_the_promise_from_its_arrival(town: Town) -> None:
    iqra = listener(town, "Iqra Malik", "ur")
    listener(town, "Hodan Ali", "so")
    message = speaks(town)
    errand = Errand.objects.get(kind=ErrandKind.LISTEN)
    assert (errand.assigned_to, errand.due_at) == (iqra, answer_by(town.school, message.said_at))
    assert not TriageItem.objects.exists()


def test_they_hear_it_and_what_they_write_stands_in_the_thread_as_heard_by_them(
    town: Town, iqra: StaffMember
) -> None:
    message = speaks(town)
    client = browser_of(iqra)
    assert "Mr Yousaf" in client.get(f"{BASE}/listening/").content.decode()
    page = client.get(path_of(message)).content.decode()
    sound = page.partition('<audio controls preload="metadata" src="')[2].partition('"')[0]
    played = client.get(sound)
    assert (played.status_code, played["Content-Type"], told(played)) == (200, "audio/ogg", voice_note(8))
    part = client.get(sound, headers={"Range": "bytes=0-1"})
    assert (part.status_code, told(part)) == (206, b"Og")
    client.post(path_of(message), {"text": HEARD})
    thread = browser_of(town.amal).get(
        f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    ).content.decode()  # fmt: skip
    assert (HEARD in thread, "Heard by Iqra Malik" in thread, "<audio controls" in thread) == (
        True,
        True,
        True,
    )
    assert message.media[0]["kind"] == "audio"  # the original stays
    assert Message.objects.waiting().get() == message  # and a person still answers
    assert HEARD in browser_of(town.amal).get(f"{BASE}/desk/").content.decode()


def test_every_way_to_play_is_written_down_once_a_hearing(town: Town, iqra: StaffMember) -> None:
    message, client = speaks(town), browser_of(iqra)
    sound = f"{path_of(message)}files/{message.media[0]['key']}/"
    heard = Entry.objects.filter(verb="file.heard", actor_id=iqra.pk)
    for part in ("bytes=1-", "bytes=0-", "bytes=9-20"):
        assert told(client.get(sound, headers={"Range": part}))
        assert heard.count() == 1
    with time_machine.travel(TUESDAY + timedelta(hours=1), tick=False):
        assert (lasts(client.get(sound)), heard.count()) == (8, 2)


def test_of_two_who_listen_at_once_the_later_one_keeps_what_was_written(
    town: Town, iqra: StaffMember
) -> None:
    second = listener(town, "Sana Tariq", "ur")
    message = speaks(town)
    browser_of(iqra).post(path_of(message), {"text": HEARD})
    answer = browser_of(second).post(path_of(message), {"text": "About the cost."}, follow=True)
    assert "A colleague has heard this one already." in answer.text
    assert "About the cost." in answer.text
    assert browser_of(town.amal).post(path_of(message), {"text": "Not asked."}).status_code == 404


def test_a_listener_sees_that_thread_alone_and_only_while_it_waits(town: Town, iqra: StaffMember) -> None:
    other = town.home(2, speaks="ur")
    reply(
        thread=thread_between(other.guardian, other.student), text="Words for another home.",
        language="en", by=town.amal.actor(), now=TUESDAY,
    )  # fmt: skip
    reply(
        thread=town.thread,
        text="Hamza painted a lighthouse.",
        language="en",
        by=town.amal.actor(),
        now=TUESDAY,
    )
    message = speaks(town)
    client = browser_of(iqra)
    page = client.get(path_of(message)).content.decode()
    assert ("Hamza painted a lighthouse." in page, "Words for another home." in page) == (True, False)
    child = town.yousaf.student.key
    for path in (
        f"students/{child}/", f"students/{child}/with/{town.yousaf.guardian.key}/",
        f"messages/{message.key}/files/{message.media[0]['key']}/",
        f"messages/{message.key}/files/{message.media[0]['key']}/sound/",
    ):  # fmt: skip
        assert client.get(f"{BASE}/{path}").status_code == 404
    assert not Message.objects.visible_to(iqra.actor()).exists()
    sound = f"{path_of(message)}files/{message.media[0]['key']}/"
    assert lasts(client.get(sound)) == 8
    client.post(path_of(message), {"text": HEARD})
    assert [client.get(path).status_code for path in (path_of(message), sound)] == [404, 404]


def test_personal_words_are_not_shown_to_a_listener(town: Town, iqra: StaffMember) -> None:
    private = reply(
        thread=town.thread, text="The plan we agreed.", language="en", by=town.amal.actor(), now=TUESDAY
    )
    Message.objects.filter(pk=private.pk).update(tier=2)
    message = speaks(town)
    assert "The plan we agreed." not in browser_of(iqra).get(path_of(message)).content.decode()


def test_who_was_not_asked_finds_nothing(town: Town, iqra: StaffMember) -> None:
    message = speaks(town)
    hodan = listener(town, "Hodan Ali", "so")
    for person in (hodan, town.amal, town.okafor):
        assert browser_of(person).get(path_of(message)).status_code == 404


def test_of_two_listeners_the_first_to_write_ends_it_for_both(town: Town, iqra: StaffMember) -> None:
    bilal = listener(town, "Bilal Shah", "ur")
    message = speaks(town)
    assert Errand.objects.open().count() == 2
    browser_of(bilal).post(path_of(message), {"text": HEARD})
    assert not Errand.objects.open().exists()
    assert browser_of(iqra).get(path_of(message)).status_code == 404
    assert Listening.objects.get().heard_by == bilal


def test_an_alarm_that_was_heard_counts_as_if_written(town: Town, iqra: StaffMember) -> None:
    message = speaks(town)
    browser_of(iqra).post(path_of(message), {"text": "Hamza has not come home."})
    assert Worry.objects.get().message == message


def test_an_answer_spoken_by_a_person_goes_home(town: Town, iqra: StaffMember) -> None:
    message = speaks(town, at=TUESDAY - timedelta(minutes=1))
    said = {"text": HEARD, "spoken": SimpleUploadedFile("a.ogg", voice_note(3), "audio/ogg")}
    browser_of(iqra).post(path_of(message), said)
    answer = Message.objects.filter(staff=iqra).get()
    assert answer.sound is not None
    body = Delivery.objects.get(parcel__messages__message=answer).body
    assert "sound" not in body  # by text there goes a link instead
    assert f"{BASE}/n/" in body["text"]
    assert not Message.objects.waiting().exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>hello</html>", "This is no recording we can send."),
        (b"", "This recording is empty."),
    ],
)
def test_what_is_no_recording_is_said_and_the_words_stay(
    town: Town, iqra: StaffMember, content: bytes, words: str
) -> None:
    message = speaks(town)
    said = {"text": HEARD, "spoken": SimpleUploadedFile("a.bin", content)}
    answer = browser_of(iqra).post(path_of(message), said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert HEARD in answer.content.decode()
    assert Listening.objects.get().heard_at is None


def test_nothing_written_is_said(town: Town, iqra: StaffMember) -> None:
    message = speaks(town)
    answer = browser_of(iqra).post(path_of(message), {"text": " "})
    assert "Write in a line or two what you heard." in answer.content.decode()


def test_a_teacher_answers_aloud_in_the_thread(town: Town) -> None:
    path = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    said = {"spoken": SimpleUploadedFile("a.ogg", voice_note(3), "audio/ogg")}
    page = browser_of(town.amal).post(f"{path}spoken/", said, follow=True).content.decode()
    assert "Your voice is on its way." in page
    message = Message.objects.get()
    sound = f"{BASE}/messages/{message.key}/sound/"
    assert sound in page
    assert lasts(browser_of(town.amal).get(sound)) == 3
    empty = browser_of(town.amal).post(f"{path}spoken/", {}, follow=True).content.decode()
    assert "Record your answer first. Nothing was sent." in empty
    assert Parcel.objects.count() == 1


def test_the_family_hears_it_on_its_page_and_nobody_else_does(town: Town) -> None:
    from porchlight.accounts.models import User

    path = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    said = {"spoken": SimpleUploadedFile("a.ogg", voice_note(3), "audio/ogg")}
    browser_of(town.amal).post(f"{path}spoken/", said)
    message = Message.objects.get()
    father, other = town.yousaf.guardian, town.home(2).guardian
    for number, adult in enumerate((father, other)):
        adult.user = User.objects.create_user(f"adult{number}@example.org")
        adult.save()
    page = browser_of(father).get(f"{BASE}/messages/about/{town.yousaf.student.key}/").content.decode()
    sound = page.partition('<audio controls preload="none" src="')[2].partition('"')[0]
    assert lasts(browser_of(father).get(sound)) == 3
    assert browser_of(other).get(sound).status_code == 404
    assert message.text == "Ms Amal has sent you a voice message."
