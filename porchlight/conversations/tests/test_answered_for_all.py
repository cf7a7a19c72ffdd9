"""One family's question, answered once for the class: whoever looks for the asker does not find them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry, EntryText
from porchlight.conversations.for_all import answer_for_all, draft_for
from porchlight.conversations.identifying import Sort, pointed_out
from porchlight.conversations.models import AnswerForAll, Message, Notice
from porchlight.conversations.showing import bubble, for_showing
from porchlight.conversations.taking_back import undo
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardian, Guardianship, Household, HouseholdMembership, Student
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass, Teaching

BASE = "/maple-street"
ASKED = "Hamza asks if he needs money for the trip. Mr Yousaf, 07700 900001"
TOLD = "Do children need money for the trip?"
ANSWER = "No. Everything is paid for."


@pytest.fixture(autouse=True)
def clock():
    import time_machine

    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def others(town: Town) -> list[cast.Home]:
    return [town.home(number) for number in (2, 3)]


@pytest.fixture
def amal(town: Town) -> Client:
    return browser_of(town.amal)


def asked(town: Town, text: str = ASKED) -> Message:
    return Message.objects.create(
        school=town.school,
        thread=town.thread,
        author="guardian",
        text=text,
        language="en",
        channel="sms",
        said_at=TUESDAY - timedelta(hours=1),
    )


def page_of(question: Message) -> str:
    return f"{BASE}/messages/{question.key}/for-all/"


def words(town: Town, told: str = TOLD, answer: str = ANSWER, **more: str) -> dict[str, str]:
    return {"told": told, "answer": answer, "classes": town.class_4a.key, **more}


def sends(client: Client, town: Town, question: Message, **more: str) -> Notice:
    data = words(town, **more)
    seen = client.post(page_of(question), data).content.decode()
    mark = seen.split('name="looked" value="')[1].split('"')[0]
    done = client.post(page_of(question), data | {"looked": mark, "send": "1"})
    assert done.status_code == 302
    return Notice.objects.latest("pk")


def test_the_class_hears_it_from_nobody_and_the_asker_has_an_answer(
    town: Town, amal: Client, others: list[cast.Home]
) -> None:
    question = asked(town)
    assert list(Message.objects.waiting()) == [question]
    notice = sends(amal, town, question)
    assert notice.text == f"A family asked: {TOLD}\nOur answer: {ANSWER}"
    assert {row.parcel.guardian_id for row in Delivery.objects.all()} == {
        home.guardian.pk for home in (town.yousaf, *others)
    }
    assert not Message.objects.waiting().exists()
    thread = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    assert "Answers their question, told to the class in other words" in amal.get(thread).content.decode()
    theirs = f"{BASE}/students/{others[0].student.key}/with/{others[0].guardian.key}/"
    assert "Answers their question" not in amal.get(theirs).content.decode()


def test_whoever_looks_for_the_asker_does_not_find_them(
    town: Town, amal: Client, others: list[cast.Home]
) -> None:
    question = asked(town)
    notice = sends(amal, town, question)
    thread = question.thread
    marks = [
        "Hamza", "Yousaf", "900001", question.key, thread.key, thread.guardian.key, thread.student.key, "money for the trip. Mr"
    ]  # fmt: skip
    assert all(
        mark in f"{ASKED} {question.key} {thread.key} {thread.guardian.key} {thread.student.key}"
        for mark in marks
    )
    others_ids = [home.guardian.pk for home in others]
    sent = list(Delivery.objects.filter(parcel__guardian__in=others_ids))
    places = {f"delivery to {row.to}": f"{row.body} {row.parcel.text} {row.parcel.subject}" for row in sent}
    places |= {f"notice.{field.name}": str(getattr(notice, field.attname)) for field in Notice._meta.fields}
    places["the report"] = amal.get(f"{BASE}/notices/{notice.key}/").content.decode()
    places["announcements"] = amal.get(f"{BASE}/notices/").content.decode()
    bell = browser_of(staff(town.school, "Mr Bell", Role.LEADER))
    places["the leader's report"] = bell.get(f"{BASE}/notices/{notice.key}/").content.decode()
    places["the record"] = str(list(EntryText.objects.values())) + str(
        list(Entry.objects.filter(about_type="conversations.notice").values("facts", "verb"))
    )
    for home in others:
        said = Message.objects.visible_to(home.guardian.actor())
        places[f"thread of {home.student}"] = " ".join(
            f"{one.text} {getattr(getattr(one, 'rendering', None), 'text', '')}" for one in said
        )
        assert said.count() == 1
        assert not AnswerForAll.objects.visible_to(home.guardian.actor()).exists()
    assert len(sent) == 2
    found = [(place, mark) for place, text in places.items() for mark in marks if mark in text]
    assert found == []


def test_a_colleague_who_may_not_read_the_question_never_learns_who_asked(
    town: Town, amal: Client, others: list[cast.Home]
) -> None:
    question = asked(town)
    sends(amal, town, question)
    elsewhere = staff(town.school, "Mr Khan", Role.TEACHER)
    class_5b = SchoolClass.objects.create(school=town.school, name="5B")
    Teaching.objects.create(school=town.school, school_class=class_5b, staff=elsewhere)
    assert not AnswerForAll.objects.visible_to(elsewhere.actor()).exists()
    assert AnswerForAll.objects.visible_to(town.amal.actor()).exists()
    assert browser_of(elsewhere).get(page_of(question)).status_code == 404


def test_what_names_the_asker_has_to_go_and_cannot_be_ticked_away(
    town: Town, amal: Client, others: list[cast.Home]
) -> None:
    question = asked(town)
    page = amal.post(page_of(question), words(town, told=ASKED))
    assert page.status_code == 422
    text = page.content.decode()
    assert "Take out what names the family that asked: Hamza, Yousaf" in text
    assert ASKED.split(".")[0] in text  # nothing typed is lost
    ticks = dict.fromkeys(re.findall(r'name="(ok-\w+)"', text), "on")
    assert amal.post(page_of(question), words(town, told=ASKED, **ticks)).status_code == 422
    assert amal.post(page_of(question), words(town, answer="No, Hamza does not.")).status_code == 422
    assert not Notice.objects.exists()


def test_everything_else_is_taken_out_or_ticked(town: Town, amal: Client, others: list[cast.Home]) -> None:
    question = asked(town)
    told = "Is 5 pounds enough for my son? Child2 says Birmingham is dear."
    page = amal.post(page_of(question), words(town, told=told))
    assert page.status_code == 422
    text = page.content.decode()
    assert "or tick that it tells nobody" in text
    for found in ("5</b> – a number", "my son</b> – tells something", "Birmingham</b> – perhaps a name"):
        assert found in text
    ticks = dict.fromkeys(re.findall(r'name="(ok-\w+)"', text), "on")
    one_missing = dict(list(ticks.items())[1:])
    assert amal.post(page_of(question), words(town, told=told, **one_missing)).status_code == 422
    assert sends(amal, town, question, told=told, **ticks).text.startswith("A family asked: Is 5 pounds")


def test_word_for_word_is_asked_about_and_said_of_it(
    town: Town, amal: Client, others: list[cast.Home]
) -> None:
    question = asked(town, "when is the trip")
    page = amal.post(page_of(question), words(town, told="When is the trip?"))
    assert "the family’s own words, word for word" in page.content.decode()
    [tick] = re.findall(r'name="(ok-\w+)"', page.content.decode())
    sends(amal, town, question, told="When is the trip?", **{tick: "on"})
    assert AnswerForAll.objects.get().mended is False


@on_both_databases
def test_on_both_databases_the_asker_alone_has_an_answer(town: Town) -> None:
    town.home(2)
    question, other = asked(town), asked(town, "And a friend?")
    Message.objects.filter(pk=other.pk).update(said_at=TUESDAY - timedelta(minutes=5))
    draft = draft_for(school=town.school, classes=[town.class_4a], told=TOLD, answer=ANSWER)
    notice = answer_for_all(question, draft, told=TOLD, by=town.amal.actor(), now=TUESDAY, press="p")
    notice.refresh_from_db()
    assert notice.sent_at == TUESDAY
    assert list(Message.objects.waiting()) == [other]


def test_taken_back_the_question_waits_again(town: Town, amal: Client, others: list[cast.Home]) -> None:
    question = asked(town)
    notice = sends(amal, town, question)
    undo(notice, by=town.amal.actor(), now=TUESDAY)
    assert list(Message.objects.waiting()) == [question]


def test_what_was_asked_since_still_waits(town: Town, amal: Client, others: list[cast.Home]) -> None:
    earlier, question = asked(town, "Hello"), asked(town)
    Message.objects.filter(pk=earlier.pk).update(said_at=TUESDAY - timedelta(hours=2))
    later = asked(town, "And may he bring a friend?")
    Message.objects.filter(pk=later.pk).update(said_at=TUESDAY - timedelta(minutes=5))
    sends(amal, town, question)
    assert list(Message.objects.waiting()) == [later]


def test_pressed_twice_it_is_one_announcement(town: Town, amal: Client, others: list[cast.Home]) -> None:
    question = asked(town)
    data = words(town)
    mark = amal.post(page_of(question), data).content.decode().split('name="looked" value="')[1].split('"')[0]
    for _press in range(2):
        assert amal.post(page_of(question), data | {"looked": mark, "send": "1"}).status_code == 302
    assert (Notice.objects.count(), AnswerForAll.objects.count()) == (1, 1)


def test_the_family_reads_that_it_is_their_answer(town: Town, amal: Client, others: list[cast.Home]) -> None:
    sends(amal, town, asked(town))
    [own] = for_showing(Message.objects.filter(thread=town.thread, author="staff"))
    [other] = for_showing(Message.objects.filter(thread__guardian=others[0].guardian))
    shown = [
        bubble(one, school_name="Maple Street School", reader=one.thread.guardian_id) for one in (own, other)
    ]
    assert [[str(tag.words) for tag in one.tags] for one in shown] == [
        ["The answer to your question. Nobody is told who asked."],
        [],
    ]


@pytest.mark.parametrize(
    ("question", "sorts"),
    [
        ("When is the trip?", []),
        ("When does Hamza's class leave?", [Sort.ASKER]),
        ("May HAMZA come?", [Sort.ASKER]),
        ("Does Zofia come?", [Sort.NAME]),
        ("Ring 07700 900001 or write me@example.org", [Sort.ADDRESS, Sort.NUMBER]),
        ("Is ۵ enough?", [Sort.NUMBER]),
        ("We come from Swat. Is it cold?", [Sort.PERHAPS_NAME]),
        ("On Friday in December?", []),
        ("Can my daughter bring her wheelchair?", [Sort.FAMILY, Sort.FAMILY]),
        ("کیا میری بیٹی آ سکتی ہے؟", [Sort.FAMILY, Sort.SCRIPT]),
        ("¿Puede venir mi hijo?", [Sort.FAMILY]),
    ],
)
def test_what_is_pointed_out(question: str, sorts: list[Sort]) -> None:
    found = pointed_out(
        question,
        "Yes, at 9.",
        original="something else",
        asker=["Mr Yousaf", "Hamza Yousaf", "Hamza's father"],
        others=["Zofia Nowak", "Mr Yousaf"],
    )
    assert [one.sort for one in found] == sorts


def test_names_of_the_whole_home_are_the_askers(town: Town, amal: Client, others: list[cast.Home]) -> None:
    aunt = Guardian.objects.create(school=town.school, name="Rabia Begum")
    sister = Student.objects.create(school=town.school, name="Ayesha Khan")
    Guardianship.objects.create(school=town.school, guardian=aunt, student=sister)
    home = Household.objects.create(school=town.school, label="Yousaf")
    for member in ({"guardian": town.yousaf.guardian}, {"guardian": aunt}, {"student": sister}):
        HouseholdMembership.objects.create(school=town.school, household=home, **member)
    for name in ("Rabia", "Ayesha"):
        page = amal.post(page_of(asked(town)), words(town, told=f"Asked by {name}?"))
        assert f"names the family that asked: {name}" in page.content.decode()


def test_short_names_of_the_asker_are_names() -> None:
    found = pointed_out(
        "Does Li bring an umbrella?", "Yes.", original="-", asker=["Xu Li", "An Ng"], others=["Bo Wu"]
    )
    assert [(one.words, one.sort) for one in found] == [("Li", Sort.ASKER)]
