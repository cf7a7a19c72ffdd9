"""What other systems write: announcements by the road every announcement goes, and rosters that are looked at first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from porchlight.activity.models import Entry
from porchlight.conversations import notices
from porchlight.conversations.answering import keep_answer
from porchlight.conversations.models import Ask, Message, Notice
from porchlight.conversations.reading import Given
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery
from porchlight.families.models import Restriction
from porchlight.rosters.models import RosterImport
from porchlight.schools.actors import Scope
from porchlight.schools.models import StaffMember, StaffRole

pytestmark = pytest.mark.django_db
# The same hour of two days, the later one first and written on another clock.
TIMES = ["2099-03-31T14:30:00-01:00", "2099-03-30T16:30:00+01:00"]
TWICE = ["2099-03-31T14:30:00Z", "2099-03-31T15:30:00+01:00"]
GONE = ["2020-03-31T14:30:00Z", "2099-03-31T14:30:00Z"]


def notice(town: Town, **more: object) -> dict[str, object]:
    audience = {"kind": "classes", "names": [town.class_4a.key]}
    return {"audience": audience, "text": "The trip is on Friday.", "language": "en", **more}


def looked(library, body: dict[str, object]) -> dict[str, object]:
    answer = library.sends("notices/previews", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_notice_is_looked_at_and_then_goes_the_road_of_every_notice(town: Town, system, office) -> None:
    library = system()
    seen = looked(library, notice(town))
    assert (seen["homes"], seen["adults"], seen["needs_second_person"]) == (1, 1, False)
    assert "The trip is on Friday." in seen["texts"][0]["text"]
    assert not Notice.objects.exists()
    made = library.sends("notices", notice(town, look=seen["look"]))
    assert made.status_code == 201, made.text
    assert made.json()["state"] == "sent"
    kept = Notice.objects.get()
    assert (kept.key, kept.by) == (made.json()["id"], office)
    [delivery] = Delivery.objects.all()
    assert delivery.due_at - kept.sent_at >= notices.NOTICE_HOLD
    assert Entry.objects.filter(
        verb="api.notice_sent", actor_kind="token", actor_id=library.token.pk
    ).exists()


def test_nothing_goes_that_was_not_looked_at(town: Town, system) -> None:
    library = system()
    look = looked(library, notice(town))["look"]
    for wrong in (notice(town, look="x"), notice(town, text="Other words.", look=look)):
        answer = library.sends("notices", wrong)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_looked_at")
    assert not Notice.objects.exists()


def test_t6_a_restriction_is_obeyed_and_told_in_the_preview(town: Town, system) -> None:
    Restriction.objects.create(
        school=town.school, guardianship=town.yousaf.tie, scope="contact", evidence="order"
    )
    library = system()
    seen = looked(library, notice(town))
    assert (seen["adults"], seen["left_out"][0]["adults"]) == (0, 1)
    answer = library.sends("notices", notice(town, look=seen["look"]))
    assert (answer.status_code, answer.json()["code"]) == (422, "refused")
    assert not Notice.objects.exists()


def test_above_the_limit_a_second_person_looks(town: Town, system, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "HOMES_ONE_PERSON_MAY_REACH", 0)
    library = system()
    seen = looked(library, notice(town))
    made = library.sends("notices", notice(town, look=seen["look"])).json()
    assert (seen["needs_second_person"], made["state"]) == (True, "waiting_for_approval")
    assert not Message.objects.exists()


def test_a_token_may_write_no_more_than_whoever_made_it(town: Town, system, office: StaffMember) -> None:
    library = system()
    assert looked(library, notice(town, audience={"kind": "school"}))["homes"] == 1
    StaffRole.objects.filter(staff=office).delete()
    assert library.sends("notices/previews", notice(town)).status_code == 401


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"text": "   "}, "body.text"),
        ({"audience": {"kind": "classes"}}, "body.audience.names"),
        ({"goes_at": "2020-01-01T00:00:00Z"}, "body.goes_at"),
        ({"kind": "question"}, "body.question"),
        ({"kind": "question", "question": {"shape": "choose_one"}}, "body.question.options"),
        ({"kind": "question", "question": {"shape": "choose_time"}}, "body.question.times"),
        ({"kind": "question", "question": {"shape": "choose_time", "times": GONE}}, "body.question.times"),
        ({"kind": "question", "question": {"shape": "choose_time", "times": TWICE}}, "body.question.times"),
        ({"kind": "question", "question": {"shape": "sign", "times": TIMES}}, "body.question.times"),
        (
            {"kind": "question", "question": {"shape": "sign", "closes_at": GONE[0]}},
            "body.question.closes_at",
        ),
        (
            {"kind": "question", "goes_at": TIMES[1], "question": {"shape": "sign", "closes_at": TIMES[1]}},
            "body.question.closes_at",
        ),
        (
            {"kind": "question", "goes_at": TIMES[1], "question": {"shape": "choose_time", "times": TIMES}},
            "body.question.times",
        ),
        (
            {"kind": "question", "question": {"shape": "choose_time", "times": TIMES, "options": ["a", "b"]}},
            "body.question.options",
        ),
        ({"words": "unknown"}, "body.notice.words"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, object], where: str, town: Town, system) -> None:
    answer = system().sends("notices/previews", notice(town, **change))
    assert answer.status_code == 422
    assert where in [one["where"] for one in answer.json()["faults"]]


def asked(library, town: Town, question: dict[str, object]) -> Ask:
    """Look, send, and what was asked."""
    body = notice(town, kind="question", question=question)
    made = library.sends("notices", {**body, "look": looked(library, body)["look"]})
    assert made.status_code == 201, made.text
    return Ask.objects.get(notice__key=made.json()["id"])


def says(town: Town, ask: Ask, given: Given, **more: object) -> None:
    keep_answer(ask=ask, threads=[town.thread], given=given, now=timezone.now(), **more)


def answers(library, ask: Ask) -> list[dict[str, object]]:
    return library.reads(f"asks/{ask.key}/answers")["items"]


def test_times_are_offered_in_their_order_and_the_question_closes_with_the_last(town: Town, system) -> None:
    library = system()
    ask = asked(library, town, {"shape": "choose_time", "times": TIMES})
    told = library.reads(f"asks/{ask.key}")
    moments = [datetime.fromisoformat(one["at"]) for one in told["options"]]
    assert moments == sorted(datetime.fromisoformat(one) for one in TIMES)
    assert [one["key"] for one in told["options"]] == ["1", "2"]
    assert datetime.fromisoformat(told["closes_at"]) == max(moments)
    says(town, ask, Given(("2",), text="Tuesday"))
    [answer] = answers(library, ask)
    assert (answer["keys"], answer["counts"], answer["spoken"]) == (["2"], True, None)


def test_a_signature_and_words_said_aloud_are_read(town: Town, system) -> None:
    library = system()
    form = asked(library, town, {"shape": "sign"})
    says(town, form, Given(("signed",), text="Imran Yousaf"))
    says(town, form, Given(("withdrawn",)))
    told = answers(library, form)
    assert [(one["keys"], one["text"], one["counts"]) for one in told] == [
        (["signed"], "Imran Yousaf", False),
        (["withdrawn"], "", True),
    ]
    story = asked(library, town, {"shape": "voice_note"})
    said = Message.objects.create(school=town.school, thread=town.thread, author="guardian", language="en")
    says(town, story, Given(("spoken",)), spoken=said)
    assert [(one["keys"], one["spoken"]) for one in answers(library, story)] == [(["spoken"], said.key)]


def test_t44_the_same_key_makes_one_notice_for_a_day(town: Town, system) -> None:
    library = system()
    body = notice(town, look=looked(library, notice(town))["look"])
    first = library.sends("notices", body, Idempotency_Key="a-1")
    again = library.sends("notices", body, Idempotency_Key="a-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first.json(), "true")
    other = notice(town, text="Other.", look="x")
    refused = library.sends("notices", other, Idempotency_Key="a-1")
    assert (refused.status_code, refused.json()["code"]) == (422, "key_used")
    assert Notice.objects.count() == Delivery.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert library.sends("notices", other, Idempotency_Key="a-1").json()["code"] == "not_looked_at"


def test_what_failed_keeps_no_key(town: Town, system) -> None:
    library = system()
    wrong = library.sends("notices", notice(town, look="x"), Idempotency_Key="a-2")
    assert wrong.status_code == 409
    body = notice(town, look=looked(library, notice(town))["look"])
    assert library.sends("notices", body, Idempotency_Key="a-2").status_code == 201


SHEET = "student name,class,guardian name,mobile\nAmina Khan,4A,Sara Khan,+447700900123\n"


def sheet(text: str = SHEET) -> SimpleUploadedFile:
    return SimpleUploadedFile("families.csv", text.encode(), "text/csv")


def test_a_roster_is_looked_at_before_it_is_taken(
    town: Town, system, django_capture_on_commit_callbacks
) -> None:
    library = system()
    with django_capture_on_commit_callbacks():
        handed = library.hands_over("rosters", file=sheet())
        assert (handed.status_code, handed.json()["state"]) == (202, "looking")
        key = handed.json()["id"]
        early = library.sends(f"rosters/{key}/taking", {})
        assert (early.status_code, early.json()["code"]) == (409, "not_to_take")
        busy = library.hands_over("rosters", file=sheet())
        assert (busy.status_code, busy.json()["code"]) == (409, "busy")
    run = RosterImport.objects.get()
    run.jobs.end("done")
    RosterImport.objects.update(looked_at=timezone.now(), importable=True)
    assert library.reads(f"rosters/{key}")["state"] == "looked"
    with django_capture_on_commit_callbacks():
        taking = library.sends(f"rosters/{key}/taking", {})
        assert (taking.status_code, taking.json()["state"]) == (202, "taking")
        assert library.sends(f"rosters/{key}/leaving", {}).json()["state"] == "left"


def test_what_is_no_roster_is_refused_in_words(town: Town, system) -> None:
    wrong = SimpleUploadedFile("families.zip", b"no zip at all", "application/zip")
    answer = system(Scope.WRITE_ROSTERS).hands_over("rosters", file=wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "refused")
    assert not RosterImport.objects.exists()
