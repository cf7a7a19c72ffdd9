"""A machine reads out what the school said, in the family's language, to whoever may read it, and to nobody else."""

from __future__ import annotations

import re
from pathlib import Path

import av
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message, Notice, NoticeVersion, ReadAloud, Rendering
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_file_access import family
from porchlight.conversations.tests.test_photos_home import PHOTO, chosen
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardian, Guardianship, Restriction
from porchlight.files.models import StoredFile
from porchlight.files.tests.kept import told
from porchlight.schools.tiers import Tier

pytestmark = pytest.mark.voice
BASE = "/maple-street"
URDU = "کل سکول بند ہے۔ پرسوں آٹھ بجے ملیں گے۔"


@pytest.fixture(autouse=True)
def _tuesday(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(TUESDAY, tick=False):
        yield


def said(town: Town, text: str = URDU, language: str = "ur", **more: object) -> Message:
    return Message.objects.create(
        school=town.school,
        thread=town.thread,
        author="staff",
        staff=town.amal,
        text=text,
        language=language,
        **more,
    )


def reads(town: Town, tag: str) -> Guardian:
    guardian = town.yousaf.guardian
    guardian.speaks, guardian.reads, guardian.script = tag.partition("-")[0], tag, ""
    guardian.save()
    return guardian


def thread(town: Town) -> str:
    return f"{BASE}/messages/about/{town.yousaf.student.key}/"


def players(client: Client, town: Town) -> list[str]:
    page = client.get(thread(town)).content.decode()
    return re.findall(r'src="([^"]+/read-out/[^"]+)"', page)


def test_its_words_become_sound_that_any_telephone_plays_made_once_for_all(town: Town) -> None:
    father, message = family(town, reads(town, "ur")), said(town)
    page = father.get(thread(town)).content.decode()
    assert 'preload="none"' in page
    [kilobytes] = re.findall(r"([0-9]+) KB", page)
    [where] = players(father, town)
    answer = father.get(where)
    content = told(answer)
    assert (answer["Content-Type"], content[:2]) == ("audio/mpeg", b"\xff\xf3")
    assert len(content) / 1000 == pytest.approx(int(kilobytes), rel=0.5)
    file = StoredFile.objects.get()
    with av.open(default_storage.path(file.path)) as sound:
        assert sound.duration == pytest.approx(file.seconds * 1_000_000, rel=0.1)
    part = father.get(where, headers={"Range": "bytes=0-9"})
    assert (part.status_code, told(part)) == (206, content[:10])
    other = town.home(2, speaks="ur")
    again = Message.objects.create(
        school=town.school,
        thread=type(town.thread).objects.create(
            school=town.school, guardian=other.guardian, student=other.student
        ),
        author="staff",
        staff=town.amal,
        text=URDU,
        language="ur",
    )
    told(family(town, other.guardian).get(where.replace(message.key, again.key)))
    assert (StoredFile.objects.count(), ReadAloud.objects.count()) == (1, 2)


def test_only_who_may_read_the_words_may_hear_them(town: Town) -> None:
    father, message = family(town, reads(town, "ur")), said(town)
    [where] = players(father, town)
    stranger = family(town, town.home(2, speaks="ur").guardian)
    assert stranger.get(where).status_code == 404
    assert browser_of(town.amal).get(where).status_code in {302, 403, 404}
    assert Client().get(where).status_code in {302, 404}
    told(father.get(where))
    Message.objects.filter(pk=message.pk).update(tier=Tier.L3)
    assert father.get(where).status_code == 404
    Message.objects.filter(pk=message.pk).update(tier=Tier.L1, undone_at=TUESDAY)
    assert father.get(where).status_code == 404
    Message.objects.filter(pk=message.pk).update(undone_at=None)
    tie = Guardianship.objects.get(guardian=town.yousaf.guardian)
    Restriction.objects.create(school=town.school, guardianship=tie, scope="contact", evidence="seen")
    assert father.get(where).status_code == 404


def test_behind_a_notice_link_it_is_heard_on_the_device_that_opened_it(town: Town) -> None:
    reads(town, "en")
    browser_of(town.amal).post(
        f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/",
        {"text": "School is closed tomorrow.", "photo": chosen(PHOTO)},  # which brings a link
    )
    link = re.search(rf"{BASE}/n/\S+/", Delivery.objects.get().body["text"])
    assert link is not None
    phone = Client()
    page = phone.post(link[0], follow=True).content.decode()
    [where] = re.findall(rf'src="({BASE}/n/[^"]+/read-out/[^"]+)"', page)
    assert told(phone.get(where))[:1] == b"\xff"
    assert Client().get(where).status_code == 404


@pytest.mark.parametrize(
    ("reading", "text", "language", "heard"),
    [
        ("ur", "School is closed tomorrow.", "en", False),  # no voice of theirs
        ("ps", "سبا ښوونځی بند دی", "ps", False),  # no machine speaks it
        ("ur-Latn", "Kal school band hai.", "ur-Latn", False),  # would be spelled out
        ("en", "School is closed tomorrow.", "en", True),
    ],
)
def test_nothing_is_offered_where_no_voice_reads_it_rightly(
    town: Town, reading: str, text: str, language: str, heard: bool
) -> None:
    father = family(town, reads(town, reading))
    message = said(town, text, language)
    assert bool(players(father, town)) == heard
    answer = father.get(f"{BASE}/messages/about/read-out/{message.key}/")
    assert answer.status_code == (200 if heard else 404)
    answer.close()


def test_roman_urdu_is_read_from_the_urdu_that_others_were_told(town: Town) -> None:
    father = family(town, reads(town, "ur-Latn"))
    notice = Notice.objects.create(
        school=town.school, by=town.amal, kind="information", text="{child} starts at 8.", language="en", audience={},
        goes_at=TUESDAY,
    )  # fmt: skip
    NoticeVersion.objects.create(
        school=town.school, notice=notice, text="{child} آٹھ بجے آئے۔", language="ur", provenance="person"
    )
    message = said(town, "Hamza starts at 8.", "en", notice=notice)
    Rendering.objects.create(
        school=town.school,
        message=message,
        text="Hamza aath baje aaye.",
        language="ur-Latn",
        provenance="person",
    )
    [where] = players(father, town)
    assert len(told(father.get(where))) > 2_000
    NoticeVersion.objects.all().delete()
    assert players(father, town) == []


def test_a_persons_own_recording_stands_first(town: Town) -> None:
    father, file = (
        family(town, reads(town, "ur")),
        StoredFile.objects.create(
            school=town.school,
            source="spoken:1",
            size=1,
            digest="0" * 64,
            seen_type="audio/ogg",
            cleaned_at=TUESDAY,
        ),
    )
    said(town, sound=file)
    assert players(father, town) == []
