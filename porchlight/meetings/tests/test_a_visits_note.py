"""A note of a visit counts when the family has read or heard it; safeguarding words never stand in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from porchlight.conversations.models import Message, Worry
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.hearing_kit import told
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests import cast
from porchlight.errands.models import Errand
from porchlight.languages.phrases import say
from porchlight.meetings.models import NoteHeard, Visit, VisitHelp, VisitNote
from porchlight.meetings.tests.conftest import THURSDAY
from porchlight.meetings.tests.visit_kit import bell, leader, other_parent, with_day
from porchlight.meetings.visits import checking, notes, worries
from porchlight.meetings.visits.rules import NotNow
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember, Teaching

AFTER = THURSDAY + timedelta(hours=2)
CANARY = "Learns songs by ear CANARYL2"
ASKED = "A lift to the clinic CANARYHELP"
SEALED = "Bruises CANARYL3"


def visited(town: Town) -> Visit:
    visit = with_day(town)
    checking.check_in(visit, by=town.amal.actor(), now=THURSDAY)
    return visit


def noted(town: Town, text: str = CANARY) -> VisitNote:
    note = notes.write_note(visited(town), text, by=town.amal.actor(), now=AFTER)
    return notes.show(note, by=town.amal.actor(), now=AFTER)


def right(town: Town, note: VisitNote, correction: str = "", **more) -> NoteHeard:
    by = town.yousaf.guardian.actor()
    facts = {"how": NoteHeard.How.PAGE, "by": by, "now": AFTER, "version": note.version}
    return notes.hear_note(note, correction=correction, **(facts | more))


def teacher(town: Town) -> StaffMember:
    """Ms Lund teaches 4A as well."""
    found = staff(town.school, "Ms Lund", Role.TEACHER)
    Teaching.objects.create(school=town.school, school_class=town.class_4a, staff=found)
    return found


def readers(town: Town, *people: StaffMember) -> list[bool]:
    return [VisitNote.objects.visible_to(one.actor()).exists() for one in people]


def test_it_counts_once_the_family_says_it_is_right(town: Town) -> None:
    note, lund = noted(town), teacher(town)
    pair_and_leader = (town.amal, bell(town), leader(town))
    assert readers(town, *pair_and_leader) == [True] * 3
    assert readers(town, lund, town.okafor, town.reyes) == [False] * 3
    right(town, note)
    note.refresh_from_db()
    assert note.counts_at == AFTER
    assert readers(town, lund) == [True]


def test_a_correction_keeps_it_from_counting_until_it_is_read_anew(town: Town) -> None:
    note, lund = noted(town), teacher(town)
    right(town, note, "She teaches her cousins, not her brother")
    assert readers(town, lund) == [False]
    first = note.version
    note = notes.write_note(note.visit, "Teaches her cousins", by=town.amal.actor(), now=AFTER)
    assert (note.version, note.shown_at) == (first + 1, None)
    with pytest.raises(NotNow, match="changed"):
        right(town, note, version=first)
    notes.show(note, by=town.amal.actor(), now=AFTER)
    right(town, note)
    assert readers(town, lund) == [True]
    assert NoteHeard.objects.exclude(correction="").get().correction.startswith("She teaches")


def test_words_changed_after_they_counted_count_no_more(town: Town) -> None:
    note = noted(town)
    right(town, note)
    notes.write_note(note.visit, "Something else", by=bell(town).actor(), now=AFTER)
    assert VisitNote.objects.get().counts_at is None


def test_the_family_may_keep_it_to_the_two_who_came(town: Town) -> None:
    note, lund = noted(town), teacher(town)
    right(town, note, readers="pair")
    assert readers(town, lund, town.amal) == [False, True]


def test_a_colleague_reads_it_to_them_and_writes_down_how(town: Town) -> None:
    note = noted(town)
    notes.show(note, by=town.amal.actor(), now=AFTER, read_to_them=True)
    assert Errand.objects.open().get(kind="read_note").assigned_to == town.amal
    heard = right(town, note, how=NoteHeard.How.PHONE, by=town.amal.actor())
    assert (heard.how, heard.read_by) == ("phone", town.amal)
    assert not Errand.objects.open().filter(kind="read_note").exists()
    with pytest.raises(PermissionDenied):
        right(town, note, how=NoteHeard.How.PHONE, by=town.okafor.actor())


def test_a_familys_own_word_ends_the_task_of_reading_it_to_them_in_nobodys_name(town: Town) -> None:
    note = noted(town)
    notes.show(note, by=town.amal.actor(), now=AFTER, read_to_them=True)
    right(town, note)
    done = Errand.objects.get(kind="read_note")
    assert (done.done_at, done.done_by) == (AFTER, None)


def test_who_has_a_telephone_with_keys_alone_is_told_how_to_be_rung(town: Town) -> None:
    noted(town)
    assert told(town.yousaf.guardian)[-1].endswith(say("reply_call", "ur"))
    cast.reach(town.school, town.yousaf.guardian, "family@example.org", channel="email", rank=2)
    note = notes.write_note(Visit.objects.get(), "Other words", by=town.amal.actor(), now=AFTER)
    notes.show(note, by=town.amal.actor(), now=AFTER)
    assert say("reply_call", "ur") not in told(town.yousaf.guardian)[-1]


def test_no_word_of_it_travels_to_a_phone_or_into_the_thread(town: Town) -> None:
    note = noted(town)
    helped(town, note.visit)
    sent = told(town.yousaf.guardian)
    assert "Ms Amal" in sent[-1]
    everything = [
        *Parcel.objects.values_list("text", flat=True),
        *Message.objects.values_list("text", flat=True),
    ]
    assert [text for text in everything if "CANARY" in text] == []


def test_the_other_parent_and_other_colleagues_see_nothing_of_it(town: Town) -> None:
    mother, note = other_parent(town), noted(town)
    helped(town, note.visit)
    right(town, note)
    for model in (VisitNote, VisitHelp, NoteHeard):
        assert not model.objects.visible_to(mother.actor()).exists()
        assert not model.objects.visible_to(town.okafor.actor()).filter(pk=0).exists()
    assert right(town, VisitNote.objects.get()).guardian == town.yousaf.guardian
    with pytest.raises(PermissionDenied):
        right(town, note, by=mother.actor())


def test_a_colleague_sees_nothing_of_a_visit_to_their_own_child(town: Town) -> None:
    note = noted(town)
    helped(town, note.visit)
    town.yousaf.guardian.user = leader(town).user
    town.yousaf.guardian.save()
    assert readers(town, leader(town)) == [False]
    assert not VisitHelp.objects.visible_to(leader(town).actor()).exists()


def helped(town: Town, visit: Visit) -> VisitHelp:
    return notes.note_help(
        visit, sort="asked", words=ASKED, who=town.okafor, due_on=date(2026, 10, 22), by=town.amal.actor(), now=AFTER
    )  # fmt: skip


def test_help_is_a_task_of_a_named_colleague_until_it_was_given(town: Town) -> None:
    row = helped(town, visited(town))
    errand = Errand.objects.get(kind="visit_help")
    assert (errand.assigned_to, errand.due_at.date(), row.asked_on) == (
        town.okafor,
        date(2026, 10, 22),
        date(2026, 10, 15),
    )
    with pytest.raises(PermissionDenied):
        notes.give_help(row, by=town.reyes.actor(), now=AFTER)
    notes.give_help(row, by=town.okafor.actor(), now=AFTER)
    assert not VisitHelp.objects.open().exists()
    assert Errand.objects.get(kind="visit_help").done_at == AFTER


def test_nobody_writes_of_a_visit_that_nobody_went_to(town: Town) -> None:
    visit = with_day(town)
    with pytest.raises(NotNow, match="not_in"):
        notes.write_note(visit, CANARY, by=town.amal.actor(), now=AFTER)
    with pytest.raises(PermissionDenied):
        notes.write_note(visit, CANARY, by=leader(town).actor(), now=AFTER)


def test_safeguarding_words_go_sealed_to_the_named_list_alone(town: Town) -> None:
    visit = visited(town)
    worry = worries.worry_after(visit, SEALED, by=town.amal.actor(), now=AFTER)
    assert worry.words == SEALED
    assert list(Worry.objects.visible_to(town.reyes.actor())) == [worry]
    for person in (leader(town), town.okafor, bell(town)):
        assert list(Worry.objects.visible_to(person.actor())) == []
    with connection.cursor() as cursor:
        cursor.execute("select words from conversations_worry")
        assert "CANARYL3" not in cursor.fetchall()[0][0]
    assert [one for one in Parcel.objects.values_list("text", flat=True) if "CANARY" in one] == []
    assert Errand.objects.get(kind="look_at_worry").assigned_to == town.reyes


def test_a_second_worry_is_kept_beside_the_first(town: Town) -> None:
    visit = visited(town)
    worries.worry_after(visit, SEALED, by=town.amal.actor(), now=AFTER)
    worries.worry_after(visit, "And more", by=town.amal.actor(), now=AFTER)
    assert {one.words for one in Worry.objects.all()} == {SEALED, "And more"}
