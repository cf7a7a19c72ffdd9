"""A grandmother who reads nothing and has a telephone with keys: everything she does with the school is a call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

import practice
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.listening import set_known_languages
from porchlight.conversations.models import Answer, Message
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.tests.conftest import Town as School_
from porchlight.conversations.tests.conftest import staff
from porchlight.delivery.fetching import fetch_due
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.inbox.processing import process_waiting
from porchlight.delivery.models import TO_RECORD, Delivery, InboundEvent, Stopped, WebhookRoute
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import network, worker
from porchlight.families.models import Enrolment
from porchlight.languages.provenance import Provenance, Version
from porchlight.languages.speech import spoken
from porchlight.schools.actors import Role, system
from porchlight.schools.models import SchoolClass, Teaching
from porchlight.toolbox import school_time
from practice.wav import silence

HERS, OURS = "+447700900321", "+441632960007"
SID, TOKEN = "AC" + "7" * 32, "d" * 32
PASHTO = "موزیم ته سفر د جمعې په ورځ دی."
URDU = "کیا حمزہ جمعہ کو عجائب گھر جا سکتا ہے؟"


@dataclass
class Line:
    """The school, its town, and the grandmother's telephone."""

    school: School_
    town: practice.ThreadedTown
    clock: Any

    def tells(
        self, text: str, urdu: str, question: Question | None = None, *, language: str = "ur"
    ) -> Delivery:
        """Ms Amal writes to 4A; half a minute later the telephone rings."""
        version = Version(urdu, language, Provenance.SCHOOL_TEMPLATE, "Ms Amal")
        draft = Draft(
            text,
            "en",
            Audience(AudienceKind.CLASSES, (self.school.class_4a.key,)),
            kind="question" if question else "information",
            versions={language: version},
            question=question,
        )
        notice = write(draft, school=self.school.school, by=self.school.amal.actor(), now=school_time.now())
        release(notice, by=self.school.amal.actor(), now=school_time.now())
        self.later(seconds=31)
        return Delivery.objects.order_by("pk").last()

    def later(self, **step: float) -> None:
        self.clock.shift(timedelta(**step))
        with worker() as outbox:
            outbox.run_until_empty()
        self.settle()

    def settle(self) -> None:
        self.town.settle()
        process_waiting()

    def does(self, what: str, **how: Any) -> list[str]:
        """She does this; what she hears then, in words where no sound of ours was played."""
        before = self.heard
        call = self.town.on_call("nani", **{"do": what, **how})
        assert call["refused"] == 0, call
        self.heard = len(call["said"])
        self.call = call
        self.settle()
        return [one["text"] or one["url"] for one in call["said"][before:]]

    heard = 0
    call: Any = None

    def rung(self) -> list[str]:
        """How each call to her ended, or stands."""
        return [one.status for one in self.town.received("nani")]


@pytest.fixture
def line(transactional_db, live_server, settings) -> Iterator[Line]:
    settings.BASE_URL = live_server.url
    with (
        practice.town_in_thread(status_pause=0.0) as town,
        time_machine.travel(cast.TUESDAY, tick=True) as clock,
    ):
        school = cast.maple_street()
        class_4a = SchoolClass.objects.create(school=school, name="4A", year="4")
        amal = staff(school, "Ms Amal", Role.TEACHER)
        Teaching.objects.create(school=school, school_class=class_4a, staff=amal)
        account = cast.account(
            school,
            "twilio_voice",
            label="Calls",
            sender=OURS,
            settings={"account_sid": SID, "base_url": town.url},
            secrets={"auth_token": TOKEN},
        )
        path = WebhookRoute.objects.get(account=account).path
        town.register_account(
            gateway="twilio_voice", name="maple", account_sid=SID, auth_token=TOKEN, number=OURS,
            callback=live_server.url + path,
        )  # fmt: skip
        town.register_phone(id="nani", owner="Nani", number=HERS, channels=["call"], language="ur")
        home = cast.home(school, 1, channel="call", speaks="ur", reads="")
        home.address.value = HERS
        home.address.save()
        Enrolment.objects.create(school=school, student=home.student, school_class=class_4a)
        yield Line(School_(school, account, class_4a, amal, amal, amal, home), town, clock)


def is_said(line: Line, place: str, words: str) -> bool:
    """Whether what was played there is these very words in the machine's Urdu voice."""
    found = next(one for one in line.call["said"] if one["url"] == place)
    content = line.town.call(lambda town: town.enclosures.find("maple", found["sound"]).content)
    return bool(content == spoken(words, "ur"))


@pytest.mark.voice
def test_a_grandmother_lives_by_calls_alone(line: Line) -> None:
    """She hears a question and answers it by key, leaves a voice note, asks for mornings, and in the end for no calls."""
    hears_and_answers(line)
    speaks(line)
    asks_for_mornings(line)
    wants_no_more(line)
    assert not InboundEvent.objects.filter(outcome__startswith="failed").exists()


def hears_and_answers(line: Line) -> None:
    delivery = line.tells("May Hamza come to the museum on Friday?", URDU, Question("yes_no"))
    assert line.rung() == ["ringing"]

    greeting = line.does("answer")
    assert is_said(
        line,
        greeting[0],
        "السلام علیکم۔ یہ Maple Street School ہے۔ Ms Amal کی طرف سے آپ کے لیے ایک پیغام ہے۔",
    )
    delivery.refresh_from_db()
    assert delivery.status == Status.SENT, "it rang and was taken, and nothing was said yet"

    words = line.does("press", keys="1")
    assert is_said(line, words[0], URDU)
    again = line.does("press", keys="9")
    assert is_said(line, again[0], URDU)
    tried = line.does("press", keys="6")
    assert is_said(line, tried[0], "آئیے ایک بار پھر کوشش کرتے ہیں۔")
    thanks = line.does("press", keys="1")
    assert is_said(line, thanks[0], "شکریہ۔ ہمیں آپ کا جواب مل گیا: جی ہاں")
    [answer] = Answer.objects.all()
    assert (answer.keys, answer.channel, answer.thread.guardian) == (
        ["yes"],
        "call",
        line.school.yousaf.guardian,
    )
    delivery.refresh_from_db()
    assert delivery.status == Status.DELIVERED


def speaks(line: Line) -> None:
    line.does("press", keys="0")
    assert line.call["waits"]["verb"] == "Record"
    line.does("speak", seconds=3)
    with network() as run:
        fetch_due(run, school_time.now())
    [message] = Message.objects.filter(author="guardian")
    assert [one["kind"] for one in message.media] == ["audio"]
    line.does("hang_up")
    assert line.rung() == ["completed"]
    line.later(days=1)
    assert line.rung() == ["completed"], "nothing rings to say thank you"


def asks_for_mornings(line: Line) -> None:
    line.tells("School is closed on Monday.", "پیر کو سکول بند ہے۔")
    line.does("answer")
    line.does("press", keys="8")
    kept = line.does("press", keys="2")
    assert is_said(line, kept[0], "شکریہ۔ اب سے ہم آپ کو انھی اوقات میں فون کریں گے جو آپ نے چنے۔ خدا حافظ۔")
    guardian = line.school.yousaf.guardian
    guardian.refresh_from_db()
    assert (f"{guardian.ring_from:%H:%M}", f"{guardian.ring_until:%H:%M}") == ("08:00", "12:00")
    rung = len(line.rung())
    line.later(hours=2)
    assert len(line.rung()) == rung, "it is afternoon, and she asked for mornings"
    line.later(hours=16)
    assert line.rung()[-1] == "ringing", "what she did not hear yesterday comes in her hours"


def test_a_pashto_grandmother_hears_a_colleague_who_said_it_in_time_and_else_a_person_rings(
    line: Line, settings, tmp_path
) -> None:
    """No machine speaks Pashto: the call waits for a voice, and leaves in her hours."""
    settings.MEDIA_ROOT = tmp_path
    guardian = line.school.yousaf.guardian
    guardian.speaks, guardian.ring_from, guardian.ring_until = "ps", time(16, 0), time(19, 0)
    guardian.save()
    iqra = staff(line.school.school, "Iqra Malik", Role.INTERPRETER)
    set_known_languages(iqra, languages=["ps"], by=line.school.amal.actor(), now=school_time.now())
    delivery = line.tells("The museum trip is on Friday.", PASHTO, language="ps")
    assert line.rung() == [], "nobody has said it yet"
    assert (delivery.code, delivery.due_at - delivery.created_at) == (TO_RECORD, timedelta(hours=24))
    colleague = browser_of(iqra)
    listed = colleague.get("/maple-street/listening/").content.decode()
    [page] = re.findall(r"/maple-street/listening/words/\w+/", listed)
    assert PASHTO in colleague.get(page).content.decode()
    note = SimpleUploadedFile("voice.wav", silence(3.0), content_type="audio/wav")
    assert colleague.post(page, {"spoken": note}).status_code == 302
    line.later(minutes=1)
    assert line.rung() == [], "she is rung from four on"
    line.later(hours=1)
    assert line.rung() == ["ringing"]
    line.does("answer")
    [words, *_] = line.does("press", keys="1")
    played = next(one for one in line.call["said"] if one["url"] == words)
    assert 3 * 16_000 <= played["size"] <= 3.2 * 16_000, "her own three seconds, as a telephone carries them"
    line.does("hang_up")
    delivery.refresh_from_db()
    assert delivery.status == Status.DELIVERED
    assert Message.objects.get().sound is not None
    assert colleague.get("/maple-street/listening/").content.decode().count("/listening/words/") == 0
    nobody_says_it_and_a_person_rings(line)


def nobody_says_it_and_a_person_rings(line: Line) -> None:
    open_account(
        school=line.school.school, gateway="call_list", label="Rung", by=system(line.school.school.pk)
    )
    second = line.tells("Bring a coat.", "کوټ راوړئ.", language="ps")
    line.later(hours=25)
    second.refresh_from_db()
    assert second.stopped == Stopped.NOT_RECORDED
    assert Delivery.objects.waiting().get(parcel=second.parcel).account.gateway == "call_list"
    assert line.rung() == ["completed"]


def wants_no_more(line: Line) -> None:
    line.does("answer")
    line.does("press", keys="8")
    goodbye = line.does("press", keys="1")
    assert goodbye
    assert line.rung()[-1] == "completed"
    line.school.yousaf.address.refresh_from_db()
    assert line.school.yousaf.address.opted_out_at is not None
    line.later(days=2)
    assert line.rung()[-1] == "completed"
