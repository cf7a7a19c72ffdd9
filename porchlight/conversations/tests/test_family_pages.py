"""What a family does on its own pages: answer each sort of question, write back, and read what went wrong."""

from __future__ import annotations

import html
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from porchlight.accounts.limits import Rate
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations import answer_form
from porchlight.conversations.models import Answer, Ask, Message
from porchlight.conversations.notices import Question
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import ask, say, sibling
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.languages.phrases import in_original
from practice.enclosures import voice_note

OPTIONS = [{"key": str(n), "labels": {"en": name}} for n, name in enumerate(("Friday", "Sunday"), 1)]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def town(town: Town) -> Town:
    """His father reads English here, so that its words can be looked for."""
    town.yousaf.guardian.reads = "en"
    town.yousaf.guardian.save()
    return town


def page(town: Town) -> str:
    return f"/maple-street/messages/about/{town.yousaf.student.key}/"


def sends(town: Town, **fields: object) -> HttpResponse:
    return browser_of(town.yousaf.guardian).post(page(town), fields, follow=True)


def answers(town: Town, put: Ask, *given: str) -> HttpResponse:
    return sends(town, ask=put.key, **{f"ask-{put.key}-answer": list(given)})


@pytest.mark.parametrize(
    ("question", "given", "kept"),
    [
        (Question("yes_no"), ["2"], (["no"], None)),
        (Question("acknowledge"), ["1"], (["seen"], None)),
        (Question("choose_one", OPTIONS), ["2"], (["2"], None)),
        (Question("choose_several", OPTIONS), ["1", "2"], (["1", "2"], None)),
        (Question("number"), ["3"], ([], Decimal(3))),
    ],
    ids=lambda value: getattr(value, "shape", None),
)
def test_each_sort_of_question_is_answered_in_place(
    town: Town, question: Question, given: list[str], kept: tuple
) -> None:
    response = answers(town, ask(town, question), *given)
    assert "Thank you. The school has your answer." in response.content.decode()
    answer = Answer.objects.get()
    assert (answer.keys, answer.number) == kept


def test_words_are_an_answer_where_words_were_asked_for(town: Town) -> None:
    answers(town, ask(town, Question("short_text")), "No nuts, please")
    assert [(row.keys, row.text) for row in Answer.objects.all()] == [([], "No nuts, please")]


@pytest.mark.parametrize(
    ("question", "given", "words"),
    [
        (Question("yes_no"), [], "Choose one answer first. Nothing was sent."),
        (Question("choose_several", OPTIONS), [], "Choose one answer first. Nothing was sent."),
        (Question("number"), [""], "Write a number first. Nothing was sent."),
        (Question("number"), ["many"], "Write a number, such as 2."),
        (Question("short_text"), [""], "Write a few words first. Nothing was sent."),
    ],
)
def test_what_is_missing_is_said_in_place_and_nothing_is_kept(
    town: Town, question: Question, given: list[str], words: str
) -> None:
    response = answers(town, ask(town, question), *given)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Answer.objects.exists()


def test_a_question_that_closed_meanwhile_says_so_and_leaves_a_way_to_write(town: Town, clock) -> None:
    put = ask(town, Question("yes_no", closes_at=TUESDAY + timedelta(hours=1)))
    clock.shift(timedelta(hours=2))
    response = answers(town, put, "1")
    assert "This question is closed. You can still write to us below." in response.content.decode()
    assert not Answer.objects.exists()


def test_a_question_put_to_others_is_not_there(town: Town) -> None:
    other = town.home(2)
    put = ask(town, Question("yes_no"))
    Ask.objects.filter(pk=put.pk).update(key="elsewhere")
    response = sends(town, ask=put.key)
    assert response.status_code == 404
    assert browser_of(other.guardian).get(page(town)).status_code == 404


def test_words_written_back_stand_in_the_thread_and_empty_ones_do_not(town: Town) -> None:
    response = sends(town, text="Thank you, we will come")
    assert "Thank you. Your message is with the school." in response.content.decode()
    empty = sends(town, text=" ")
    assert empty.status_code == 422
    assert "Write a few words first. Nothing was sent." in empty.content.decode()
    assert [row.text for row in Message.objects.from_home()] == ["Thank you, we will come"]


def test_a_family_with_one_child_goes_straight_to_it_and_one_with_two_chooses(town: Town) -> None:
    browser = browser_of(town.yousaf.guardian)
    assert browser.get("/maple-street/messages/").headers["Location"] == page(town)
    other = sibling(town)
    both = browser.get("/maple-street/messages/").content.decode()
    assert [key in both for key in (town.yousaf.student.key, other.key)] == [True, True]


def test_words_in_no_language_of_theirs_say_which_it_is_and_what_helps(town: Town) -> None:
    reply(thread=town.thread, text="On Friday.", language="en", by=town.amal.actor(), now=TUESDAY)
    assert "This message is in English" not in read(town)
    town.yousaf.guardian.reads = "ur"
    town.yousaf.guardian.save()
    said = in_original("en", "ur").text
    above, _words, rest = read(town).partition("On Friday.")
    assert said in above
    assert said not in rest
    say(town, "شکریہ")
    assert read(town).count(said) == 1  # of their own words nothing is said


def test_one_who_sends_recordings_again_and_again_waits_and_may_write(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is packed anew while everybody else waits."""
    assert Rate(6, per=timedelta(minutes=10)) == answer_form.AS_OFTEN
    monkeypatch.setattr(answer_form, "AS_OFTEN", Rate(1, per=timedelta(minutes=10)))
    put = ask(town, Question("voice_note"))
    for _turn in range(2):
        sound = SimpleUploadedFile("a.ogg", voice_note(1), "audio/ogg")
        response = sends(town, ask=put.key, **{f"ask-{put.key}-sound": sound})
    assert (response.status_code, Answer.objects.count()) == (422, 1)
    assert "These are many recordings at once." in response.content.decode()
    assert answers(town, put, "She has a cough").status_code == 200
    assert Answer.objects.latest("pk").text == "She has a cough"


def read(town: Town) -> str:
    return html.unescape(browser_of(town.yousaf.guardian).get(page(town)).content.decode())
