"""A grandmother whom nothing but calls reaches: she hears what was written of the visit, puts it right in her own
voice, and hears it again before it counts.
"""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from porchlight.conversations.calling import Line as Typed
from porchlight.conversations.calling import rang_about
from porchlight.conversations.listening import set_known_languages, write_heard
from porchlight.conversations.models import Answer, Listening, Message
from porchlight.conversations.tests.conftest import staff
from porchlight.delivery.fetching import fetch_due
from porchlight.delivery.models import TO_RECORD, CameOf, Delivery, InboundEvent, Parcel
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests.kit import network
from porchlight.errands.models import Errand
from porchlight.languages import phrases
from porchlight.meetings.models import NoteHeard, Visit, VisitAsk, VisitNote
from porchlight.meetings.visits import notes
from porchlight.meetings.visits.ticking import tick
from porchlight.schools.actors import Role, system
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time
from practice.wav import silence
from tests.a_note import (
    COUSINS,
    COUSINS_UR,
    PERSONAL,
    SONGS,
    SONGS_UR,
    everything,
    in_her_call,
    in_urdu,
    lund,
    reads_it,
    takes,
    told,
    visited,
)
from tests.test_by_calls_alone import Line, is_said
from tests.test_by_calls_alone import line as line  # the school, its town and the telephone

pytestmark = pytest.mark.voice


def test_she_hears_it_in_her_hours_puts_it_right_and_hears_it_anew(line: Line) -> None:
    guardian = line.school.yousaf.guardian
    guardian.ring_from, guardian.ring_until = time(16), time(19)
    guardian.save()
    in_urdu(line, SONGS, SONGS_UR)
    in_urdu(line, COUSINS, COUSINS_UR)
    (visit, bell), other = visited(line), lund(line)
    note = told(line, visit, SONGS)
    assert line.rung() == [], "she is rung from four on"
    line.later(hours=1)
    is_not_there_and_is_rung_again(line)
    says_what_is_wrong(line, note, bell)
    assert not reads_it(other)
    reads_no_word_of_it_in_the_thread(line, other)
    bell_hears_it_and_writes_anew(line, visit, bell)
    says_it_is_right(line, visit, other)
    assert not InboundEvent.objects.filter(outcome__startswith="failed").exists()
    assert not [one for one in line.town.received("nani") if one.channel != "call"]


def reads_no_word_of_it_in_the_thread(line: Line, other: StaffMember) -> None:
    """A teacher of hers reads that she was told of a note, and hears her voice note: of the note not a word."""
    colleague, home = Client(), line.school.yousaf
    colleague.force_login(other.user, backend="django.contrib.auth.backends.ModelBackend")
    where = f"/maple-street/students/{home.student.key}/with/{home.guardian.key}/"
    page = colleague.get(where).content.decode()
    assert "wrote down what they learned when they visited you" in page
    assert phrases.say("visit_note_listen", "ur", of=line.school.school) in page
    assert not [one for one in (SONGS, SONGS_UR) if one in page]


def is_not_there_and_is_rung_again(line: Line) -> None:
    assert line.rung() == ["ringing"]
    line.does("decline")
    assert line.rung() == ["busy"]
    line.later(minutes=21)
    assert line.rung()[-1] == "ringing"


def says_what_is_wrong(line: Line, note: VisitNote, bell: StaffMember) -> None:
    line.heard = 0
    line.does("answer")
    words = line.does("press", keys="1")
    assert is_said(line, words[0], in_her_call(line, SONGS_UR))
    assert not [one for one in everything() if "songs" in one or SONGS_UR in one], "not in the thread"
    tried = line.does("press", keys="6")
    assert is_said(line, tried[0], "آئیے ایک بار پھر کوشش کرتے ہیں۔")
    asked = line.does("press", keys="3")
    assert is_said(line, asked[0], "شکریہ۔ ہمیں آپ کا جواب مل گیا: کچھ درست نہیں")
    assert is_said(line, asked[1], phrases.say("call_record", "ur", of=line.school.school))
    assert line.call["waits"]["verb"] == "Record"
    [heard] = NoteHeard.objects.all()
    assert (heard.how, heard.is_wrong, heard.is_right, heard.spoken) == ("call", True, False, None)
    line.does("speak", seconds=3)
    with network() as run:
        fetch_due(run, school_time.now())
    line.does("hang_up")
    [heard] = NoteHeard.objects.all()
    assert heard.spoken == Message.objects.get(author="guardian")
    assert [one.keys for one in Answer.objects.order_by("pk")] == [["3"], ["3"]]
    note.refresh_from_db()
    assert note.counts_at is None
    assert Errand.objects.open().get(kind="read_note").assigned_to == bell


def bell_hears_it_and_writes_anew(line: Line, visit: Visit, bell: StaffMember) -> None:
    """He does not teach Hamza: he hears her on the visit's own page; who knows Urdu writes down what she says."""
    colleague, [heard] = Client(), NoteHeard.objects.all()
    colleague.force_login(bell.user, backend="django.contrib.auth.backends.ModelBackend")
    page = colleague.get(f"/maple-street/visits/{visit.key}/").content.decode()
    assert "something is not right" in page
    [sound] = re.findall(r"/maple-street/visits/\w+/note/hearing/\w+/sound/", page)
    played = colleague.get(sound)
    assert (played.status_code, played["Content-Type"].partition("/")[0]) == (200, "audio")
    assert played.getvalue()
    played.close()
    other = Client()
    other.force_login(
        StaffMember.objects.get(name="Ms Lund").user, backend="django.contrib.auth.backends.ModelBackend"
    )
    assert other.get(sound).status_code == 404
    write_heard(
        Listening.objects.get(), text="From his cousins", by=line.school.amal.actor(), now=school_time.now()
    )
    heard.refresh_from_db()
    assert heard.correction == "From his cousins"
    assert "From his cousins" in colleague.get(f"/maple-street/visits/{visit.key}/").content.decode()
    told(line, visit, COUSINS)


def says_it_is_right(line: Line, visit: Visit, other: StaffMember) -> None:
    assert line.rung()[-1] == "ringing"
    takes(line)
    said = line.does("press", keys="9")
    assert is_said(line, said[0], in_her_call(line, COUSINS_UR))
    thanks = line.does("press", keys="1")
    assert is_said(line, thanks[0], "شکریہ۔ ہمیں آپ کا جواب مل گیا: درست، استاد بھی پڑھیں")
    line.does("hang_up")
    assert reads_it(other)
    assert not Errand.objects.open().filter(kind="read_note").exists()
    assert VisitNote.objects.get(visit=visit).counts_at is not None


def test_what_is_personal_is_in_no_call_and_it_counts_once_a_person_has_read_it_to_her(line: Line) -> None:
    in_urdu(line, SONGS, SONGS_UR)
    visit, bell = visited(line)
    note = told(line, visit, SONGS, PERSONAL)
    line.heard = 0
    line.does("answer")
    words = line.does("press", keys="1")
    assert is_said(line, words[0], in_her_call(line, SONGS_UR, "visit_note_personal"))
    assert not [
        one for one in [*everything(), *Parcel.objects.values_list("text", flat=True)] if PERSONAL in one
    ]
    line.does("press", keys="2")
    note.refresh_from_db()
    assert (note.counts_at, note.readers) == (None, "pair")
    assert Errand.objects.open().get(kind="read_note").assigned_to == bell
    notes.hear_note(note, how="phone", by=bell.actor(), now=school_time.now(), version=note.version)
    note.refresh_from_db()
    assert (note.counts_at is not None, note.readers) == (True, "pair")
    assert not Errand.objects.open().filter(kind="read_note").exists()
    assert not reads_it(lund(line))


def test_she_may_have_a_person_ring_and_silence_brings_one_after_a_week(line: Line) -> None:
    in_urdu(line, SONGS, SONGS_UR)
    (visit, bell), now = visited(line), school_time.now()
    told(line, visit, SONGS)
    takes(line, "4")
    line.does("hang_up")
    errand = Errand.objects.open().get(kind="read_note")
    assert (errand.assigned_to, VisitNote.objects.get().counts_at) == (bell, None)
    assert not NoteHeard.objects.exists()
    Errand.objects.all().delete()
    tick(line.school.school, now + timedelta(days=6))
    assert not Errand.objects.exists()
    for days in (8, 9):
        tick(line.school.school, now + timedelta(days=days))
    assert Errand.objects.get().assigned_to == bell


def test_other_words_while_it_waits_to_ring_take_the_first_ones_back(line: Line) -> None:
    guardian = line.school.yousaf.guardian
    guardian.ring_from, guardian.ring_until = time(17), time(19)
    guardian.save()
    in_urdu(line, SONGS, SONGS_UR)
    in_urdu(line, COUSINS, COUSINS_UR)
    visit, _bell = visited(line)
    told(line, visit, SONGS)
    told(line, visit, COUSINS, by=line.school.amal)
    line.later(hours=2)
    assert line.rung() == ["ringing"]
    line.heard = 0
    line.does("answer")
    words = line.does("press", keys="1")
    assert is_said(line, words[0], in_her_call(line, COUSINS_UR))


def test_in_pashto_a_colleague_says_it_and_where_nobody_can_a_person_rings(
    line: Line, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    line.school.yousaf.guardian.speaks = "ps"
    line.school.yousaf.guardian.save()
    visit, bell = visited(line)
    told(line, visit, SONGS)
    assert line.rung() == []
    assert Errand.objects.open().get(kind="read_note").assigned_to == bell
    assert not [one for one in Parcel.objects.values_list("text", flat=True) if "songs" in one]
    iqra = staff(line.school.school, "Iqra Malik", Role.INTERPRETER)
    set_known_languages(iqra, languages=["ps"], by=line.school.amal.actor(), now=school_time.now())
    told(line, visit, COUSINS)
    assert Delivery.objects.latest("pk").code == TO_RECORD
    says_it(iqra, COUSINS)
    line.later(minutes=2)
    assert line.rung() == ["ringing"]
    takes(line, "1")
    assert VisitNote.objects.get().counts_at is not None
    assert not Message.objects.exclude(sound=None).exists(), (
        "her voice says the words, which are not in the thread"
    )


def says_it(iqra: StaffMember, words: str) -> None:
    colleague = Client()
    colleague.force_login(iqra.user, backend="django.contrib.auth.backends.ModelBackend")
    listed = colleague.get("/maple-street/listening/").content.decode()
    [page] = re.findall(r"/maple-street/listening/words/\w+/", listed)
    assert words in colleague.get(page).content.decode()
    note = SimpleUploadedFile("voice.wav", silence(3.0), content_type="audio/wav")
    assert colleague.post(page, {"spoken": note}).status_code == 302


def test_a_colleagues_own_voice_comes_before_a_machines(line: Line, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    visit, bell = visited(line)
    colleague = Client()
    colleague.force_login(bell.user, backend="django.contrib.auth.backends.ModelBackend")
    voice = SimpleUploadedFile("voice.wav", silence(3.0), content_type="audio/wav")
    where = f"/maple-street/visits/{visit.key}/note/"
    assert colleague.post(where, {"aloud": "", "text": ""}).status_code == 302
    assert not VisitNote.objects.exists()
    colleague.post(where, {"aloud": SONGS, "text": "", "spoken": voice})
    line.later(seconds=31)
    assert line.rung() == ["ringing"]
    line.heard = 0
    line.does("answer")
    [words, *_] = line.does("press", keys="1")
    played = next(one for one in line.call["said"] if one["url"] == words)
    assert 3 * 16_000 <= played["size"] <= 3.2 * 16_000
    line.does("press", keys="2")
    assert (VisitNote.objects.get().readers, VisitNote.objects.get().counts_at is not None) == ("pair", True)


def test_where_no_machine_reaches_her_whoever_rings_types_what_she_says(line: Line) -> None:
    in_urdu(line, SONGS, SONGS_UR)
    open_account(
        school=line.school.school, gateway="call_list", label="Rung", by=system(line.school.school.pk)
    )
    visit, _bell = visited(line)
    told(line, visit, SONGS)
    for how in ("let_ring", "decline", "decline"):
        line.does(how)
        line.later(hours=24)
    rung = Delivery.objects.waiting().get()
    assert rung.account.gateway == "call_list"
    assert SONGS_UR in rung.body["text"]
    wrong = Typed(CameOf.REACHED, words="From his cousins", answer=("3",))
    rang_about(rung, wrong, by=line.school.amal.actor(), now=school_time.now())
    heard = NoteHeard.objects.get()
    assert (heard.how, heard.is_right, heard.correction) == ("phone", False, "From his cousins")
    assert VisitNote.objects.get().counts_at is None


def test_whoever_answers_the_telephone_cannot_say_in_her_place_that_it_is_right(line: Line) -> None:
    """It would open the note to every teacher of hers, and nobody would have read it to her."""
    in_urdu(line, SONGS, SONGS_UR)
    visit, _bell = visited(line)
    told(line, visit, SONGS)
    office, home = Client(), line.school.yousaf
    office.force_login(line.school.okafor.user, backend="django.contrib.auth.backends.ModelBackend")
    where = f"/maple-street/students/{home.student.key}/with/{home.guardian.key}/answers/"
    ask = VisitAsk.objects.get(visit=visit).ask
    assert ask.key not in office.get(where).content.decode()
    office.post(where, {"ask": ask.key, f"ask-{ask.key}-answer": "1"})
    assert not NoteHeard.objects.exists()
    assert VisitNote.objects.get().counts_at is None
