"""Open questions before a meeting, to both sides: answered on a page or a keypad phone, read by those in it alone."""

from __future__ import annotations

from datetime import timedelta

from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import say as says
from porchlight.conversations.tests.hearing_kit import told
from porchlight.languages.models import Sentence
from porchlight.languages.phrases import say
from porchlight.meetings.around import questions
from porchlight.meetings.models import AskedBefore, OpenAnswer, OpenQuestion, Side, Sort
from porchlight.meetings.tests.around import hers, html, mother_apart, opens, posts
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.schools.actors import Actor, Kind

DINNER = "What does she say about maths at dinner?"


def asks(town: Town, meeting, **fields: str):
    return posts(town.amal, f"/at-meetings/{meeting.key}/questions/", **fields)


def test_one_of_ours_goes_home_in_urdu_and_is_answered_from_a_keypad_phone(town: Town) -> None:
    meeting = meet(town)
    assert asks(town, meeting, shipped="meeting_q_at_home").status_code == 302
    (text,) = told(town.yousaf.guardian)
    assert say("meeting_q_at_home", "ur", child="Hamza") in text
    says(town, "He likes fractions", NOW + timedelta(minutes=1))
    answer = OpenAnswer.objects.get()
    assert (answer.text, answer.guardian, answer.staff) == ("He likes fractions", town.yousaf.guardian, None)
    assert "He likes fractions" in html(opens(town.amal, f"/at-meetings/{meeting.key}/"))
    assert "He likes fractions" in html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/"))


def test_the_same_one_of_ours_is_put_once_and_own_words_stand_above_a_choice(town: Town) -> None:
    meeting = meet(town)
    for _ in range(2):
        asks(town, meeting, shipped="meeting_q_good")
    asks(town, meeting, shipped="meeting_q_good", text=DINNER)
    assert list(OpenQuestion.objects.values_list("shipped", "text")) == [("meeting_q_good", ""), ("", DINNER)]


def test_nothing_chosen_and_nothing_written_says_so(town: Town) -> None:
    meeting = meet(town)
    answer = asks(town, meeting)
    assert answer.status_code == 422
    assert "Choose a question or write one." in html(answer)
    assert asks(town, meeting, shipped="meeting_yes").status_code == 422
    assert not OpenQuestion.objects.exists()


def test_a_family_asks_the_school_and_a_colleague_of_the_meeting_answers(town: Town) -> None:
    meeting = meet(town)
    page = f"/meetings/{meeting.key}/"
    posts(town.yousaf.guardian, f"{page}questions/", text="گھر پر کیسے مدد کریں؟")
    question = OpenQuestion.objects.get()
    assert (question.to, question.guardian, question.language) == (Side.SCHOOL, town.yousaf.guardian, "ur")
    assert told(town.yousaf.guardian) == []
    path = f"/at-meetings/{meeting.key}/questions/{question.key}/"
    assert posts(town.okafor, path, text="Read together.").status_code == 404  # the office sits in no meeting
    posts(town.amal, path, text="Read together.")
    assert "Read together." in html(opens(town.yousaf.guardian, page))


def test_a_colleague_reads_it_in_the_schools_language_where_the_memory_has_it(town: Town) -> None:
    meeting = meet(town)
    posts(town.yousaf.guardian, f"/meetings/{meeting.key}/questions/", text="گھر پر کیسے مدد کریں؟")
    shown = html(opens(town.amal, f"/at-meetings/{meeting.key}/"))
    assert "گھر پر کیسے مدد کریں؟" in shown
    assert not Sentence.objects.exists()  # a page only looks


def test_neither_the_other_parent_nor_other_colleagues_nor_the_office_read_it(town: Town) -> None:
    mother = mother_apart(town)
    meeting, other = meet(town), hers(town, mother)
    asks(town, meeting, text=DINNER)
    question = OpenQuestion.objects.get()
    questions.answer(question, text="Only ours.", language="en", by=town.yousaf.guardian.actor(), now=NOW)
    seen = {
        who: list(OpenAnswer.objects.visible_to(actor)) != []
        for who, actor in {
            "father": town.yousaf.guardian.actor(),
            "teacher": town.amal.actor(),
            "mother": mother.actor(),
            "office": town.okafor.actor(),
            "safeguarding": town.reyes.actor(),
            "child": Actor(Kind.STUDENT, town.school.pk, town.yousaf.student.pk),
        }.items()
    }
    assert [who for who, does in seen.items() if does] == ["father", "teacher"]
    assert opens(mother, f"/meetings/{meeting.key}/").status_code == 404
    assert "Only ours." not in html(opens(mother, f"/meetings/{other.key}/"))
    assert "Only ours." not in html(opens(town.okafor, f"/at-meetings/{meeting.key}/"))
    assert posts(mother, f"/meetings/{meeting.key}/questions/{question.key}/", text="x").status_code == 404
    assert told(mother) == []


def test_of_counselling_nothing_goes_to_a_phone(town: Town) -> None:
    meeting = meet(town, sort=Sort.COUNSELLING)
    asks(town, meeting, text=DINNER)
    assert told(town.yousaf.guardian) == []
    assert not AskedBefore.objects.exists()
    assert DINNER in html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/"))


def test_once_it_has_begun_nothing_goes_to_a_phone_any_more(town: Town) -> None:
    meeting = meet(town)
    posts(town.amal, f"/at-meetings/{meeting.key}/questions/", THURSDAY, text=DINNER)
    assert told(town.yousaf.guardian) == []
