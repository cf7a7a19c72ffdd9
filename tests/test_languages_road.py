"""A teacher writes English, a father reads Urdu and answers in Urdu, and the teacher reads English: through an engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
import time_machine

import practice
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Awaiting, Message, Notice, NoticeVersion, Rendering
from porchlight.conversations.notices import Draft, Question, preview, release, write
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town as School_
from porchlight.conversations.ticking import tick
from porchlight.delivery.inbox.processing import process_waiting
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import worker
from porchlight.languages.models import EngineAccount
from porchlight.languages.translating import work
from porchlight.languages.trusting import open_engine, trust
from porchlight.schools.actors import system
from porchlight.toolbox import school_time
from practice.translation import KEY
from tests.test_road import WAYS, school_with

SMS = next(way for way in WAYS if way.gateway == "office_phone")
HEART = {
    ("en", "ur"): {
        "Can {0} come on Friday?": "کیا {0} جمعہ کو آ سکتا ہے؟",
        "Bring water.": "پانی ساتھ لائیں۔",
        "The library": "کتب خانہ",
        "The park": "باغ",
        "{0} read aloud today, Mr {1}.": "{1} صاحب، آج {0} نے بلند آواز سے پڑھا۔",
    },
    ("ur", "en"): {"{0} بہت خوش ہے۔": "{0} is very happy.", "شکریہ۔": "Thank you."},
}


@pytest.fixture
def town() -> Iterator[practice.TownInThread]:
    with practice.town_in_thread(smtp_port=None) as running:
        yield running


@pytest.fixture
def maple(town, live_server, settings, transactional_db) -> Iterator[tuple[School_, EngineAccount]]:
    """Maple Street, which trusts the town's engine both ways."""
    settings.BASE_URL = live_server.url
    with time_machine.travel(cast.TUESDAY, tick=True):
        here = school_with(SMS, town, live_server)
        here.yousaf.student.name = "Hamza Yousaf"
        here.yousaf.student.save()
        by = system(here.school.pk)
        account = open_engine(
            school=here.school,
            engine="libretranslate",
            settings={"base_url": town.url},
            secrets={"api_key": KEY},
            by=by,
        )
        for source, target in HEART:
            trust(
                school=here.school,
                source=source,
                target=target,
                account=account,
                by=by,
                now=school_time.now(),
            )
            said = {"from": source, "to": target, "sentences": HEART[source, target]}
            requests.post(f"{town.url}/control/translation/", json=said, timeout=5).raise_for_status()
        yield here, account


def go_round(here: School_, account: EngineAccount) -> None:
    """The worker's part: the engine is asked, what is translated goes on, the outbox leaves."""
    work(here.school.pk, account.pk)
    tick(here.school, school_time.now())
    with worker() as outbox:
        outbox.run_until_empty()


def to_4a(here: School_, text: str, **more: object) -> Draft:
    return Draft(text, "en", Audience(AudienceKind.CLASSES, (here.class_4a.key,)), **more)


def test_english_goes_out_as_urdu_with_its_mark_and_urdu_comes_back_with_its_english(maple, town) -> None:
    here, account = maple
    with time_machine.travel(school_time.now(), tick=True) as clock:
        a_question_goes_out(here, account, town, clock)
        the_father_writes_and_is_answered(here, account, town, clock)
        the_teacher_reads_both(here)
    asked = requests.get(f"{town.url}/control/translation/", timeout=5).json()
    assert len(asked) == 7  # each sentence once, though it was looked at, sent and looked at again
    assert not [one for one in asked if any(name in one["text"] for name in ("Hamza", "حمزہ", "Yousaf"))]


def a_question_goes_out(here: School_, account: EngineAccount, town, clock) -> None:
    options = [{"key": "1", "labels": {"en": "The library"}}, {"key": "2", "labels": {"en": "The park"}}]
    draft = to_4a(here, "Can {child} come on Friday? Bring water.", kind="question",
                  question=Question("choose_one", options))  # fmt: skip
    by, urdu = here.amal.actor(), "کیا Hamza جمعہ کو آ سکتا ہے؟ پانی ساتھ لائیں۔"
    first_look = preview(draft, school=here.school, by=by, now=school_time.now(), asks=True)
    assert first_look.translated.waiting == {"ur"}
    notice = write(draft, school=here.school, by=by, now=school_time.now())
    assert release(notice, by=by, now=school_time.now()).sent_at is None
    assert not Message.objects.exists()
    go_round(here, account)
    (planned,) = preview(draft, school=here.school, by=by, now=school_time.now()).reached
    assert planned.body is not None
    assert urdu in planned.body.text
    clock.shift(timedelta(seconds=31))
    go_round(here, account)
    (text,) = town.received("yousaf", "sms")
    for words in (urdu, "یہ ترجمہ مشین نے کیا ہے۔", "1 کتب خانہ، 2 باغ"):
        assert words in text.text
    version, message = NoticeVersion.objects.get(), Message.objects.get()
    assert (version.provenance, version.by, version.checked_by) == ("engine", "LibreTranslate", "")
    assert (message.text, message.rendering.text) == ("Can Hamza come on Friday? Bring water.", urdu)


def the_father_writes_and_is_answered(here: School_, account: EngineAccount, town, clock) -> None:
    town.answer("yousaf", channel="sms", text="حمزہ بہت خوش ہے۔ شکریہ۔")
    town.settle()
    process_waiting()
    go_round(here, account)
    heard = Message.objects.get(author="guardian")
    assert (heard.text, heard.rendering.text) == ("حمزہ بہت خوش ہے۔ شکریہ۔", "حمزہ is very happy. Thank you.")
    said = reply(thread=heard.thread, text="Hamza read aloud today, Mr Yousaf.", language="en", by=here.amal.actor(),
                 now=school_time.now())  # fmt: skip
    assert Awaiting.objects.get().message == said
    assert not Delivery.objects.filter(parcel__messages__message=said).exists()
    go_round(here, account)
    assert not Awaiting.objects.exists()
    clock.shift(timedelta(seconds=6))
    go_round(here, account)
    assert "Yousaf صاحب، آج Hamza نے بلند آواز سے پڑھا۔" in town.received("yousaf", "sms")[-1].text


def the_teacher_reads_both(here: School_) -> None:
    client, home = browser_of(here.amal), here.yousaf
    page = client.get(f"/maple-street/students/{home.student.key}/with/{home.guardian.key}/").content.decode()
    in_order = (
        "حمزہ بہت خوش ہے۔ شکریہ۔",
        "حمزہ is very happy. Thank you.",
        "Translated by a machine (LibreTranslate); nobody has read it over",
    )
    places = [page.rindex(words) for words in in_order]
    assert places == sorted(places)


def test_an_engine_that_is_away_holds_nobody_up_for_long(maple, town) -> None:
    here, account = maple
    town.set_weather("translation", rude="429", retry_after=20)
    amal = here.amal.actor()
    with time_machine.travel(school_time.now(), tick=True) as clock:
        notice = write(to_4a(here, "Bring water."), school=here.school, by=amal, now=school_time.now())
        release(notice, by=amal, now=school_time.now())
        go_round(here, account)
        assert Notice.objects.get().sent_at is None
        clock.shift(timedelta(minutes=2, seconds=1))
        go_round(here, account)
        clock.shift(timedelta(seconds=31))
        go_round(here, account)
        (text,) = town.received("yousaf", "sms")
        assert "Bring water." in text.text
        assert "اس پیغام کی زبان" in text.text  # the original, said to be one
        assert not Rendering.objects.exists()
