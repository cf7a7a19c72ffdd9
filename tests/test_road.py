"""The one road, end to end on the real wire formats: school → home → school, on every channel there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine

import practice
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Answer, Message
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.tests.conftest import Town as School_
from porchlight.conversations.tests.conftest import staff
from porchlight.delivery.fetching import fetch_due
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.gateways.registry import get
from porchlight.delivery.gateways.telegram.proof import word_of
from porchlight.delivery.inbox.processing import process_waiting
from porchlight.delivery.models import Delivery, InboundEvent, WebhookRoute
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import network, worker
from porchlight.demo.templates import approved_lines, as_the_town_knows
from porchlight.families.models import Enrolment
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass, Teaching
from porchlight.toolbox import school_time

NUMBER, MAILBOX = "+447700900123", "yousaf@example.org"
BOT = "7123456789:AAHpractice-token_of-nobody0123456789"
REACHED_AT = {
    "email": {"mailbox": MAILBOX},
    "telegram": {"telegram_id": "712345678", "begun": ["maple"]},
}  # every other channel by his number


@dataclass
class Way:
    """A gateway on both sides: how the house opens its account, how the town plays it."""

    gateway: str
    channel: str
    played: str
    settings: Callable[[str, int], dict[str, str]]
    secrets: dict[str, str]
    town: dict[str, object]
    sender: str = "+441632960002"

    @property
    def first_word(self) -> dict[str, str]:
        """What a family must give to write without being written to first."""
        return {"to": "reply@reply.maple-street.example.org"} if self.channel == "email" else {}


WAYS = [
    Way(
        "whatsapp_cloud", "whatsapp", "whatsapp",
        lambda url, _mail: {"phone_number_id": "106540352242922", "base_url": url, "templates": approved_lines(["ur"])},
        {"access_token": "practice-token", "app_secret": "a" * 32, "verify_token": "v" * 20},
        {"phone_number_id": "106540352242922", "templates": as_the_town_knows(["ur"])},
    ),
    Way(
        "twilio_sms", "sms", "twilio",
        lambda url, _mail: {"account_sid": "AC" + "0" * 32, "base_url": url},
        {"auth_token": "b" * 32},
        {"account_sid": "AC" + "0" * 32, "number": "+441632960002"},
    ),
    Way(
        "office_phone", "sms", "office_phone",
        lambda url, _mail: {"base_url": url, "username": "maple", "country": "GB"},
        {"password": "practice-password", "signing_key": "c" * 32},
        {"username": "maple", "number": "+447700900003"},
        "+447700900003",
    ),
    Way(
        "vonage_sms", "sms", "vonage",
        lambda url, _mail: {"base_url": url, "api_key": "abcd1234"},
        {"api_secret": "practice-secret", "signature_secret": "d" * 32},
        {"api_key": "abcd1234", "number": "+441632960002"},
    ),
    Way(
        "africas_talking", "sms", "africas_talking",
        lambda url, _mail: {"base_url": url, "username": "maple"},
        {"api_key": "atsk_practice", "hook_word": "practiceWordOfNobody0123"},
        {"username": "maple", "number": "22384"},
        "22384",
    ),
    Way(
        "telegram", "telegram", "telegram",
        lambda url, _mail: {"base_url": url},
        {"bot_token": BOT},
        {"username": "maple_street_bot", "secret_token": word_of(BOT)},
        "@maple_street_bot",
    ),
    Way(
        "email", "email", "mail",
        lambda _url, mail: {
            "host": "127.0.0.1", "port": str(mail), "security": "plain", "provider": "postmark",
            "reply_mailbox": "reply@reply.maple-street.example.org",
        },
        {"webhook_login": "maple:practice-mail-login"},
        {"provider": "postmark", "domain": "reply.maple-street.example.org"},
        "hello@maple-street.example.org",
    ),
]  # fmt: skip


@pytest.fixture
def town() -> Iterator[practice.TownInThread]:
    with practice.town_in_thread(smtp_port=0) as running:
        yield running


def school_with(way: Way, town, live_server) -> School_:
    """Maple Street with one gateway, and Mr Yousaf's phone in the town."""
    school = cast.maple_street()
    class_4a = SchoolClass.objects.create(school=school, name="4A", year="4")
    amal = staff(school, "Ms Amal", Role.TEACHER)
    Teaching.objects.create(school=school, school_class=class_4a, staff=amal)
    account = cast.account(
        school,
        way.gateway,
        sender=way.sender,
        settings=way.settings(town.url, town.smtp_port),
        secrets=way.secrets,
    )
    path = WebhookRoute.objects.get(account=account).path
    if way.gateway == "twilio_sms":
        account.settings = {**account.settings, "callback_url": live_server.url + path}
        account.save()
    callback, known = live_server.url + path, {**way.town, **way.secrets}
    if way.channel == "email":
        callback = callback.replace("://", f"://{known.pop('webhook_login')}@", 1)
    town.register_account(gateway=way.played, name="maple", callback=callback, **known)
    reached_at = REACHED_AT.get(way.channel, {"number": NUMBER})
    town.register_phone(id="yousaf", owner="Mr Yousaf", channels=[way.channel], **reached_at)
    home = cast.home(school, 1, channel=way.channel, speaks="ur", reads="ur")
    known_as = str(next(iter(reached_at.values())))
    is_identity = "telegram_id" in reached_at
    home.address.value, home.address.user_id = ("", known_as) if is_identity else (known_as, "")
    home.address.save()
    Enrolment.objects.create(school=school, student=home.student, school_class=class_4a)
    return School_(school, account, class_4a, amal, amal, amal, home)


def send(town_school: School_, question: Question | None = None) -> None:
    """Ms Amal writes to 4A, with the Urdu version a colleague wrote."""
    urdu = Version("کیا حمزہ جمعہ کو آ سکتا ہے؟", "ur", Provenance.SCHOOL_TEMPLATE, "Ms Amal")
    draft = Draft(
        "May Hamza come on Friday?",
        "en",
        Audience(AudienceKind.CLASSES, (town_school.class_4a.key,)),
        kind="question",
        versions={"ur": urdu},
        question=question or Question("yes_no"),
    )
    now = school_time.now()
    notice = write(draft, school=town_school.school, by=town_school.amal.actor(), now=now)
    release(notice, by=town_school.amal.actor(), now=now)


def carry() -> None:
    """The workers' part: everything due leaves, everything that came in is understood."""
    with worker() as outbox:
        outbox.run_until_empty()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WAYS, ids=[way.gateway for way in WAYS])
def test_a_notice_reaches_the_father_and_his_answer_comes_back(way: Way, town, live_server, settings) -> None:
    settings.BASE_URL = live_server.url
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
    with time_machine.travel(cast.TUESDAY, tick=True) as clock:
        school = school_with(way, town, live_server)
        send(school)
        clock.shift(timedelta(seconds=31))
        carry()
        received = town.received("yousaf", way.channel)
        assert len(received) == 1
        assert "کیا حمزہ جمعہ کو آ سکتا ہے؟" in received[0].text
        town.answer("yousaf", channel=way.channel, text="جی ہاں")
        town.settle()
        process_waiting()
        answer = Answer.objects.get()
        assert (answer.keys, answer.text, answer.channel) == (["yes"], "جی ہاں", way.channel)
        delivery = Delivery.objects.get(parcel__guardian=school.yousaf.guardian)
        tells = school.phone.carrier.abilities.reports_delivered
        assert delivery.status >= (Status.DELIVERED if tells else Status.SENT)
        carry()
        said_back = town.received("yousaf", way.channel)[-1].text
        assert "جی ہاں" in said_back


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WAYS, ids=[way.gateway for way in WAYS])
def test_words_and_stop_from_home(way: Way, town, live_server, settings) -> None:
    settings.BASE_URL = live_server.url
    with time_machine.travel(cast.TUESDAY, tick=True):
        school = school_with(way, town, live_server)
        town.answer("yousaf", channel=way.channel, text="Hamza ko kitab mil gayi", **way.first_word)
        town.settle()
        process_waiting()
        assert Message.objects.get().text == "Hamza ko kitab mil gayi"
        town.answer("yousaf", channel=way.channel, text="STOP", **way.first_word)
        town.settle()
        process_waiting()
        school.yousaf.address.refresh_from_db()
        assert school.yousaf.address.opted_out_at is not None
        assert not InboundEvent.objects.filter(outcome__startswith="failed").exists()


VOICE = ("voice", "Voice note, 8 s", b"OggS")
COMES_ALONG = {"whatsapp": VOICE, "telegram": VOICE, "sms": ("picture", "Picture", b"\x89PNG")}
BRINGING = [way for way in WAYS if get(way.gateway).abilities.brings_files]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", BRINGING, ids=[way.gateway for way in BRINGING])
def test_what_comes_along_from_home_is_kept_and_can_be_saved_by_the_teacher(
    way: Way, town, live_server, settings
) -> None:
    settings.BASE_URL = live_server.url
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
    enclose, called, start = COMES_ALONG.get(way.channel, ("document", "Document", b"%PDF"))
    with time_machine.travel(cast.TUESDAY, tick=True):
        school = school_with(way, town, live_server)
        text = {} if enclose == "voice" else {"text": "look"}
        town.answer("yousaf", channel=way.channel, enclose=enclose, **text, **way.first_word)
        town.settle()
        process_waiting()
        with network() as run:
            fetch_due(run, school_time.now())
        message = Message.objects.get()
        client = browser_of(school.amal)
        home = school.yousaf
        page = client.get(
            f"/maple-street/students/{home.student.key}/with/{home.guardian.key}/"
        ).content.decode()
        assert f"Save: {called}" in page
        assert "Photos, films and recordings were made anew." in page
        [link] = re.findall(rf"/maple-street/messages/{message.key}/files/\w+/(?=\")", page)
        with closing(client.get(link)) as saved:
            assert b"".join(saved.streaming_content).startswith(start)
            assert saved["Content-Disposition"].startswith("attachment;")
