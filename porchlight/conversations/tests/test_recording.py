"""Words no machine can say go to colleagues who speak the language: once for all homes, by the school's own wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.listening import set_known_languages
from porchlight.conversations.models import Message
from porchlight.conversations.notices import Draft, release, write
from porchlight.conversations.report import report_on
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.test_listening import listener
from porchlight.conversations.ticking import tick
from porchlight.delivery.gateways import registry
from porchlight.delivery.models import TO_RECORD, Delivery, Ladder, Parcel, Recording, Stopped
from porchlight.delivery.outbox.checking import check
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.telephone import calls
from porchlight.errands.models import Errand
from porchlight.families.models import Guardian
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Role
from practice.wav import silence

BASE = "/maple-street"
PASHTO = "سبا ښوونځی تړلی دی."


@pytest.fixture
def rings(town: Town, settings, tmp_path) -> Iterator[Town]:
    """Two Pashto homes that are reached by calls, and one voice for English."""
    settings.MEDIA_ROOT = tmp_path
    settings.PORCHLIGHT_GATEWAYS = [
        *settings.PORCHLIGHT_GATEWAYS,
        "porchlight.delivery.gateways.twilio_voice",
    ]
    registry.all_gateways.cache_clear()
    with time_machine.travel(TUESDAY, tick=False):
        calls(town.school)
        town.home(2, channel="call", speaks="ps", reads="ps")
        town.home(3, channel="call", speaks="ps", reads="")
        yield town


def told(town: Town, *, version: str = PASHTO, urgent: str = ""):
    draft = Draft(
        "School is closed tomorrow.", "en", Audience(AudienceKind.CLASSES, (town.class_4a.key,)),
        urgent_reason=urgent,
        versions={"ps": Version(version, "ps", Provenance.SCHOOL_TEMPLATE, "Ms Amal")} if version else {},
    )  # fmt: skip
    notice = write(draft, school=town.school, by=town.amal.actor(), now=TUESDAY)
    return release(notice, by=town.amal.actor(), now=TUESDAY)


def rung() -> list[Delivery]:
    return list(Delivery.objects.filter(channel="call").order_by("pk"))


def recorded(town: Town, person, row: Recording):
    note = SimpleUploadedFile("a.wav", silence(2.0), content_type="audio/wav")
    return browser_of(person).post(f"{BASE}/listening/words/{row.key}/", {"spoken": note}, follow=True)


def test_one_recording_is_in_every_call_that_waits_for_the_same_words(rings: Town) -> None:
    iqra, sana = listener(rings, "Iqra Malik", "ps"), listener(rings, "Sana Khan", "ps")
    notice = told(rings)
    row = Recording.objects.get()
    assert (row.text, row.language, row.wanted_by) == (PASHTO, "ps", TUESDAY + timedelta(hours=24))
    assert [one.due_at for one in rung()] == [row.wanted_by] * 2
    assert {one.assigned_to for one in Errand.objects.open()} == {iqra, sana}
    waits = [words for words, _ in report_on(notice, actor=rings.okafor.actor()).by_hand]
    assert [str(words) for words in waits] == ["to be rung once somebody has recorded the words"]
    page = recorded(rings, iqra, row).content.decode()
    assert "They are rung in their hours, and hear your voice." in page
    row.refresh_from_db()
    assert row.recorded_by == iqra
    for one in rung():
        assert (one.code, one.due_at) == ("", TUESDAY + timedelta(minutes=1))
        assert one.body["sound"] == [row.file.path, "audio/ogg"]
    assert Message.objects.filter(sound=row.file).count() == 2
    assert not Errand.objects.open().exists()
    late = recorded(rings, sana, row).content.decode()
    assert "These words need no recording any more" in late
    told(rings)
    assert Recording.objects.count() == 1, "what was said once is in the next call at once"
    assert [one.body["sound"][0] for one in rung()[2:]] == [row.file.path] * 2


def test_only_who_was_asked_sees_the_words(rings: Town) -> None:
    listener(rings, "Iqra Malik", "ps")
    told(rings)
    row = Recording.objects.get()
    for person in (rings.okafor, rings.amal, listener(rings, "Bilal Shah", "ur")):
        assert browser_of(person).get(f"{BASE}/listening/words/{row.key}/").status_code == 404
        assert browser_of(person).post(f"{BASE}/listening/words/{row.key}/").status_code == 404


def test_nobody_is_waited_for_where_nobody_speaks_it(rings: Town) -> None:
    told(rings)
    assert not Recording.objects.exists()
    assert rung() == []


def test_an_untranslated_text_is_said_by_a_person_rather_than_read_in_the_schools_language(
    rings: Town,
) -> None:
    listener(rings, "Iqra Malik", "ps")
    told(rings, version="")
    row = Recording.objects.get()
    assert (row.text, row.text_language, row.language) == ("School is closed tomorrow.", "en", "ps")


@pytest.mark.parametrize(("urgent", "hours"), [("", 5), ("Snow", 1)])
def test_the_school_sets_the_wait_and_then_it_goes_another_way(rings: Town, urgent: str, hours: int) -> None:
    Ladder.objects.create(school=rings.school, record_within=5)
    iqra = listener(rings, "Iqra Malik", "ps")
    told(rings, urgent=urgent)
    over = TUESDAY + timedelta(hours=hours)
    assert [one.due_at for one in rung()] == [over] * 2
    found = check(rings.school.pk, [one.pk for one in rung()], over)
    assert [row.obstacle for row, _ in found] == [Stopped.NOT_RECORDED] * 2
    Delivery.objects.filter(code=TO_RECORD).update(stopped=Stopped.NOT_RECORDED)
    tick(rings.school, over)
    assert not Errand.objects.open().filter(kind="record").exists()
    assert recorded(rings, iqra, Recording.objects.get()).status_code == 200
    assert Recording.objects.get().file is None


def test_a_parent_at_work_is_not_asked_about_their_own_child_alone(rings: Town) -> None:
    father = listener(rings, "Bilal Yousaf", "ps")
    Guardian.objects.filter(speaks="ps").update(user=father.user)
    told(rings)
    assert Recording.objects.get().wanted_by == TUESDAY, "so it goes another way at once"
    assert not Errand.objects.exists()


def test_who_is_listed_later_is_asked_too_and_who_is_not_any_more_is_not(rings: Town) -> None:
    iqra = listener(rings, "Iqra Malik", "ps")
    told(rings)
    sana = staff(rings.school, "Sana Khan", Role.INTERPRETER)
    by = rings.okafor.actor()
    set_known_languages(sana, languages=["ps"], by=by, now=TUESDAY)
    set_known_languages(iqra, languages=[], by=by, now=TUESDAY)
    assert {one.assigned_to for one in Errand.objects.open()} == {sana}
    with time_machine.travel(TUESDAY, tick=False):
        assert Recording.objects.visible_to(sana.actor()).waiting().exists()
        assert not Recording.objects.visible_to(iqra.actor()).exists()


def test_taken_back_in_time_nobody_is_asked_any_more(rings: Town) -> None:
    iqra = listener(rings, "Iqra Malik", "ps")
    told(rings)
    Parcel.objects.update(withdrawn_at=TUESDAY)
    assert not Recording.objects.visible_to(iqra.actor()).waiting().exists()
    tick(rings.school, TUESDAY)
    assert not Errand.objects.open().exists()
