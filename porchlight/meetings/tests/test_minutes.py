"""What was said and agreed: one page for both sides, told as a notice, put right by the family, done step by step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.conversations.tests.hearing_kit import told
from porchlight.delivery.models import Delivery
from porchlight.errands.actions import finish
from porchlight.errands.models import Errand
from porchlight.families.models import Guardianship
from porchlight.languages.memory import keep, pair_of
from porchlight.languages.models import Sentence
from porchlight.languages.phrases import say
from porchlight.languages.provenance import Provenance
from porchlight.meetings.around import minutes as writing
from porchlight.meetings.around import steps
from porchlight.meetings.models import Doer, Meeting, Minutes, SaidOfMinutes, Step
from porchlight.meetings.tests.around import hers, html, mother_apart, opens, posts
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.tiers import Tier

SAID = "Hamza hides his maths book. He said that it goes too fast."
AFTER = THURSDAY + timedelta(minutes=20)
IN_TWO_WEEKS = date(2026, 10, 29)


def written(town: Town, **fields: str) -> Meeting:
    meeting = meet(town)
    posts(town.amal, f"/at-meetings/{meeting.key}/minutes/", AFTER, text=SAID, **fields)
    return meeting


def agreed(town: Town, meeting: Meeting, doer: str, text: str) -> Step:
    fields = {"doer": doer, "text": text, "due_on": IN_TWO_WEEKS.isoformat()}
    posts(town.amal, f"/at-meetings/{meeting.key}/steps/", AFTER, **fields)
    return Step.objects.latest("pk")


@on_both_databases
def test_the_family_is_told_where_to_read_it_and_no_word_of_it_travels(town: Town) -> None:
    meeting = written(town, send="1")
    (text,) = told(town.yousaf.guardian)
    *_said, link, by_phone = text.splitlines()
    assert link.endswith(f"/maple-street/meetings/{meeting.key}/")
    assert by_phone == say("reply_call", "ur")  # nothing but texts reaches him
    assert "سائن اِن کر کے پڑھ لیں" in text
    for sent in Delivery.objects.all():
        assert "maths book" not in str(sent.body)
    assert SAID in html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/", AFTER))
    assert Minutes.objects.get().sent_by == town.amal


def test_told_it_stands_as_it_is_and_is_told_once(town: Town) -> None:
    meeting = written(town, send="1")
    path = f"/at-meetings/{meeting.key}/minutes/"
    posts(town.amal, path, AFTER, text="Something else.", send="1")
    posts(town.amal, path, AFTER, send="1")
    assert Minutes.objects.get().text == SAID
    assert len(told(town.yousaf.guardian)) == 1


def test_until_then_the_words_may_change(town: Town) -> None:
    meeting = written(town)
    posts(town.amal, f"/at-meetings/{meeting.key}/minutes/", AFTER, text="Put better.")
    assert Minutes.objects.get().text == "Put better."
    assert told(town.yousaf.guardian) == []


def test_nothing_written_is_not_told(town: Town) -> None:
    meeting = meet(town)
    posts(town.amal, f"/at-meetings/{meeting.key}/minutes/", AFTER, text="", send="1")
    assert told(town.yousaf.guardian) == []
    with pytest.raises(writing.NothingToTell):
        writing.send(meeting, by=town.amal.actor(), now=AFTER)


def test_a_family_reads_it_in_its_language_with_who_translated_it_and_the_original(town: Town) -> None:
    pair = pair_of(town.school, "en", "ur", near=["Hamza"])
    urdu = "Hamza ریاضی کی کتاب چھپاتے ہیں۔ انہوں نے کہا کہ رفتار تیز ہے۔"
    keep(pair, SAID, urdu, by=town.okafor.pk, name="Mrs Okafor", now=NOW, tier=Tier.L2)
    meeting = written(town, send="1")
    shown = html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/", AFTER))
    assert "ریاضی کی کتاب چھپاتے ہیں۔" in shown
    assert "Mrs Okafor" in shown
    assert SAID in shown


def test_without_a_translation_they_read_it_as_it_was_written(town: Town) -> None:
    meeting = written(town, send="1")
    version = writing.read_by(SAID, "en", town.yousaf.guardian, meeting, tier=Tier.L2, now=AFTER)
    assert (version.provenance, version.text) == (Provenance.ORIGINAL, SAID)
    assert not Sentence.objects.exists()  # nobody is asked who is not trusted


def test_what_they_remember_differently_stands_beside_it_and_changes_nothing(town: Town) -> None:
    meeting = written(town, send="1")
    path = f"/meetings/{meeting.key}/minutes/"
    posts(town.yousaf.guardian, path, AFTER, text="ہم نے کہا کہ وہ تھک جاتا ہے۔", otherwise="1")
    row = Minutes.objects.get()
    assert row.text == SAID
    assert SaidOfMinutes.objects.get().language == "ur"
    assert "ہم نے کہا کہ وہ تھک جاتا ہے۔" in html(opens(town.amal, f"/at-meetings/{meeting.key}/", AFTER))
    assert not row.counts(AFTER)
    assert row.counts(AFTER + timedelta(days=7))


def test_it_counts_once_they_say_that_it_is_right(town: Town) -> None:
    meeting = written(town, send="1")
    row = Minutes.objects.get()
    assert not row.counts(AFTER + timedelta(days=6, hours=23))
    posts(town.yousaf.guardian, f"/meetings/{meeting.key}/minutes/", AFTER, right="1")
    assert Minutes.objects.get().counts(AFTER)


def test_words_left_empty_are_not_taken_for_agreement(town: Town) -> None:
    meeting = written(town, send="1")
    answer = posts(town.yousaf.guardian, f"/meetings/{meeting.key}/minutes/", AFTER, text=" ", otherwise="1")
    assert answer.status_code == 422
    assert not SaidOfMinutes.objects.exists()


def test_who_reads_minutes(town: Town) -> None:
    """Those of the meeting and who leads: neither the office, nor another teacher, nor the other parent, nor the child."""
    mother, leader = mother_apart(town), staff(town.school, "Mr Head", Role.LEADER)
    meeting, other = written(town, send="1"), hers(town, mother)
    step = agreed(town, meeting, "family", "Read together on Sundays.")
    seen = {
        "father": town.yousaf.guardian.actor(),
        "teacher": town.amal.actor(),
        "leader": leader.actor(),
        "mother": mother.actor(),
        "office": town.okafor.actor(),
        "safeguarding": town.reyes.actor(),
        "child": Actor(Kind.STUDENT, town.school.pk, town.yousaf.student.pk),
    }
    for rows in (Minutes.objects, Step.objects):
        reads = [who for who, actor in seen.items() if rows.visible_to(actor).exists()]
        assert reads == ["father", "teacher", "leader"]
    assert SAID not in html(opens(town.okafor, f"/at-meetings/{meeting.key}/", AFTER))
    assert SAID in html(opens(leader, f"/at-meetings/{meeting.key}/", AFTER))
    assert posts(leader, f"/at-meetings/{meeting.key}/minutes/", AFTER, text="x").status_code == 404
    assert SAID not in html(opens(mother, f"/meetings/{other.key}/", AFTER))
    assert posts(mother, f"/meetings/{meeting.key}/steps/{step.key}/", AFTER).status_code == 404
    Guardianship.objects.filter(guardian=town.yousaf.guardian).update(may_receive=False)
    assert not Minutes.objects.visible_to(town.yousaf.guardian.actor()).exists()


def test_in_a_session_that_has_lain_too_long_the_words_ask_who_is_there(town: Town, monkeypatch) -> None:
    meeting = written(town, send="1")
    for module in ("at_home", "at_home_said"):
        monkeypatch.setattr(f"porchlight.meetings.views.{module}.has_shown_who", lambda _request: False)
    shown = html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/", AFTER))
    assert SAID not in shown
    assert f"/sign-in/?next=%2Fmaple-street%2Fmeetings%2F{meeting.key}%2F" in shown
    answer = posts(town.yousaf.guardian, f"/meetings/{meeting.key}/minutes/", AFTER, right="1")
    assert answer.status_code == 302
    assert not SaidOfMinutes.objects.exists()


def test_a_colleagues_step_is_an_errand_until_either_is_done(town: Town) -> None:
    meeting = meet(town)
    step = agreed(town, meeting, f"school:{town.amal.key}", "Slower worksheets.")
    errand = Errand.objects.get()
    assert (errand.kind, errand.assigned_to, errand.about) == ("do", town.amal, f"step:{step.key}")
    assert town.school.local(errand.due_at).date() == IN_TWO_WEEKS
    assert "Slower worksheets." in html(opens(town.amal, "/meetings/mine/", AFTER))
    posts(town.amal, f"/at-meetings/{meeting.key}/steps/{step.key}/", AFTER)
    errand.refresh_from_db()
    assert errand.done_at == AFTER
    assert "worksheets" not in errand.outcome
    other = agreed(town, meeting, f"school:{town.amal.key}", "Sit in front.")
    finish(other.errand, by=town.amal.actor(), outcome="moved him", now=AFTER)
    assert [one.is_done for one in Step.objects.order_by("pk")] == [True, True]
    assert Step.objects.all().kept().count() == 2


def test_a_family_says_that_its_own_step_is_done_and_no_other(town: Town) -> None:
    meeting = meet(town)
    ours = agreed(town, meeting, f"school:{town.amal.key}", "Slower worksheets.")
    theirs = agreed(town, meeting, "family", "Read together on Sundays.")
    assert "Read together on Sundays." in html(
        opens(town.yousaf.guardian, f"/meetings/{meeting.key}/", AFTER)
    )
    path = f"/meetings/{meeting.key}/steps"
    assert posts(town.yousaf.guardian, f"{path}/{ours.key}/", AFTER).status_code == 404
    assert posts(town.yousaf.guardian, f"{path}/{theirs.key}/", AFTER).status_code == 302
    theirs.refresh_from_db()
    assert (theirs.done_at, theirs.done_by_guardian) == (AFTER, town.yousaf.guardian)


def test_a_dropped_step_is_gone_with_its_errand(town: Town) -> None:
    meeting = meet(town)
    step = agreed(town, meeting, f"school:{town.amal.key}", "Slower worksheets.")
    posts(town.amal, f"/at-meetings/{meeting.key}/steps/{step.key}/", AFTER, drop="1")
    assert not Step.objects.all().standing().exists()
    assert not Errand.objects.all().open().exists()


def test_a_day_that_has_passed_and_a_colleague_who_was_not_there_are_refused(town: Town) -> None:
    meeting = meet(town)
    path = f"/at-meetings/{meeting.key}/steps/"
    late = posts(town.amal, path, AFTER, doer="family", text="Read.", due_on="2026-10-14")
    assert late.status_code == 422
    assert "This day has passed." in html(late)
    stranger = f"school:{town.reyes.key}"
    assert posts(town.amal, path, AFTER, doer=stranger, text="x", due_on="2026-10-29").status_code == 422
    assert posts(town.amal, path, AFTER, doer="student", text="x", due_on="2026-10-29").status_code == 422
    assert not Step.objects.exists()


def test_a_room_above_makes_a_goal_of_a_step(town: Town, monkeypatch) -> None:
    made = []
    monkeypatch.setattr(steps, "_makers", [])
    steps.register_goal_maker(lambda step, by, now: made.append((step.text, now)) or "goal:abc")
    meeting = meet(town)
    step = steps.agree(
        meeting, doer=Doer.FAMILY, text="Read.", due_on=IN_TWO_WEEKS, by=town.amal.actor(), now=NOW
    )
    assert made == [("Read.", NOW)]
    assert Step.objects.get(pk=step.pk).about == "goal:abc"


def test_who_does_not_read_has_it_read_to_them_and_their_word_counts_as_any_other(town: Town) -> None:
    meeting = written(town, send="1")
    [seat] = meeting.guests.all()
    page, path = f"/at-meetings/{meeting.key}/", f"/at-meetings/{meeting.key}/minutes/{seat.key}/"
    assert path in html(opens(town.amal, page, AFTER))
    nothing = posts(town.amal, path, AFTER, text=" ")
    assert nothing.status_code == 422
    assert f'<label for="heard-{seat.key}">' in html(nothing)
    posts(town.amal, path, AFTER, text="He says that it was not the maths book.")
    assert not Minutes.objects.get().counts(AFTER)
    posts(town.amal, path, AFTER, right="1")
    other, right = SaidOfMinutes.objects.order_by("pk")
    assert (other.agrees, right.agrees) == (False, True)
    assert {one.guardian for one in (other, right)} == {town.yousaf.guardian}
    assert {one.read_by for one in (other, right)} == {town.amal}
    assert Minutes.objects.get().counts(AFTER)
    shown = html(opens(town.amal, page, AFTER))
    assert "Read to them by <bdi>Ms Amal</bdi>." in shown
    assert path not in shown  # it counts: nothing is left to ask
    assert "He says that it was not the maths book." in html(
        opens(town.yousaf.guardian, f"/meetings/{meeting.key}/", AFTER)
    )


def test_only_who_sees_the_words_says_that_they_were_read(town: Town) -> None:
    meeting = written(town)
    [seat] = meeting.guests.all()
    path = f"/at-meetings/{meeting.key}/minutes/{seat.key}/"
    assert posts(town.amal, path, AFTER, right="1").status_code == 404  # nobody was told yet
    writing.send(meeting, by=town.amal.actor(), now=AFTER)
    assert posts(town.okafor, path, AFTER, right="1").status_code == 404
    assert not SaidOfMinutes.objects.exists()


def test_what_is_still_being_written_is_no_familys_to_read(town: Town) -> None:
    meeting = written(town)
    assert SAID not in html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/", AFTER))
    assert not Minutes.objects.visible_to(town.yousaf.guardian.actor()).exists()
    posts(town.amal, f"/at-meetings/{meeting.key}/minutes/", AFTER, send="1")
    assert SAID in html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/", AFTER))
