"""A phrase of Porchlight's that a parent said better goes to a school's own homes once the office took it over."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.models import ParentVerdict, Verdict
from porchlight.conversations.notices import Question
from porchlight.conversations.parents_reading import pieces_for
from porchlight.conversations.phrases_better import offered, taken_over
from porchlight.conversations.tests.conftest import Town, small_school
from porchlight.conversations.tests.test_notices import sent
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.languages import phrases
from porchlight.languages.models import OwnPhrase, ParentReader
from porchlight.languages.own_phrases import CannotTakeOver, take_over
from porchlight.languages.volunteering import agree, offer
from porchlight.schools.models import School

pytestmark = pytest.mark.django_db
PAGE = "/maple-street/translations/phrases/"
NAME = "reply_yes_no"
OURS = phrases.books()["ur"].phrases[NAME]
BETTER = "ہاں ہو تو 1 لکھ دیں، نہ ہو تو 2۔"


@pytest.fixture
def reader(town: Town) -> ParentReader:
    """The father reads what Porchlight says by itself, and may be named."""
    father = town.yousaf.guardian
    row = offer(
        guardian=father, language="ur", notices=True, words=True, named=True, by=father.actor(),
        now=cast.TUESDAY, phrases=True,
    )  # fmt: skip
    return agree(row, by=town.okafor.actor(), now=cast.TUESDAY)


def said_better(reader: ParentReader, name: str = NAME, better: str = BETTER) -> ParentVerdict:
    before = phrases.books()[reader.language].phrases[name]
    return ParentVerdict.objects.create(
        school=reader.school, reader=reader, phrase=name, verdict=Verdict.BETTER, before=before, after=better,
        at=cast.TUESDAY,
    )  # fmt: skip


def presses(town: Town, verdict: ParentVerdict) -> str:
    """The office takes it over on its page, and reads what comes of it."""
    told = {"reader": verdict.reader.key, "phrase": verdict.phrase}
    return browser_of(town.okafor).post(PAGE, told, follow=True).content.decode()


def text_home(town: Town) -> str:
    """A question to the class, as it stands on the father's phone."""
    town.school.refresh_from_db()
    notice = sent(town, kind="question", question=Question("yes_no"))
    own = Delivery.objects.get(
        parcel__guardian=town.yousaf.guardian, parcel__messages__message__notice=notice
    )
    text: str = own.body["text"]
    return text


def test_a_text_home_carries_the_better_words_until_the_office_takes_them_back(
    town: Town, reader: ParentReader
) -> None:
    verdict = said_better(reader)
    assert OURS in text_home(town)  # a parent alone changes nothing
    assert BETTER in presses(town, verdict)
    assert BETTER in (told := text_home(town))
    assert OURS not in told
    row = OwnPhrase.objects.get()
    browser_of(town.okafor).post(f"{PAGE}{row.key}/removal/")
    assert OURS in (told := text_home(town))
    assert BETTER not in told
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_at is not None) == (town.okafor, True)
    assert offered(town.school, town.okafor.actor())[0].verdict == verdict


def test_another_schools_homes_and_other_languages_get_ours(town: Town, reader: ParentReader) -> None:
    presses(town, said_better(reader))
    elsewhere = small_school_of_others()
    assert OURS in text_home(elsewhere)
    town.school.refresh_from_db()
    assert phrases.say(NAME, "ur", of=town.school) == BETTER
    for tag in ("ur-Latn", "en", "es"):
        assert phrases.say(NAME, tag, of=town.school) == phrases.books()[tag].phrases[NAME]
    assert phrases.say(NAME, "ur") == OURS


def small_school_of_others() -> Town:
    """Elm Road has its own people; only its name is the cast's."""
    school = cast.maple_street(slug="elm-road")
    names = {"amal": "Ms Brook", "okafor": "Mr Ode", "reyes": "Ms Rook"}
    return small_school(school, names)


def test_who_said_it_and_who_took_it_over_stand_beside_it(town: Town, reader: ParentReader) -> None:
    page = presses(town, said_better(reader))
    row = OwnPhrase.objects.get()
    assert (row.stood, row.said_by, row.taken_by) == (OURS, reader, town.okafor)
    for seen in (OURS, reader.guardian.name, "Mrs Okafor", "No message has carried it yet."):
        assert seen in page
    (entry,) = Entry.objects.filter(verb="own_phrase.taken_over")
    assert (entry.facts["phrase"], entry.facts["language"]) == (NAME, "ur")
    reader.is_named = False
    reader.save()
    assert "a parent" in browser_of(town.okafor).get(PAGE).content.decode()


def test_where_it_is_used_is_counted_from_what_went_home(town: Town, reader: ParentReader) -> None:
    with time_machine.travel(cast.TUESDAY, tick=False):
        presses(town, said_better(reader))
    (one,) = taken_over(town.school, town.okafor.actor())
    assert (one.adults, one.times, one.last) == (1, 0, None)
    text_home(town)
    gone = cast.TUESDAY + timedelta(minutes=1)
    Delivery.objects.update(sent_at=gone)
    (one,) = taken_over(town.school, town.okafor.actor())
    assert (one.times, one.last) == (1, gone)
    Delivery.objects.update(sent_at=cast.TUESDAY - timedelta(minutes=1))  # before it was taken over
    assert taken_over(town.school, town.okafor.actor())[0].times == 0


def test_pressed_twice_it_is_taken_over_once_and_a_better_one_takes_its_place(
    town: Town, reader: ParentReader
) -> None:
    verdict = said_better(reader)
    presses(town, verdict)
    presses(town, verdict)
    assert OwnPhrase.objects.count() == 1
    better_still = "ہاں کے لیے 1، نہ کے لیے 2۔"
    now = cast.TUESDAY + timedelta(days=1)
    take_over(
        school=town.school, language="ur", phrase=NAME, text=better_still, said_by=None,
        by=town.okafor.actor(), now=now,
    )  # fmt: skip
    assert OwnPhrase.objects.get(withdrawn_at=None).stood == BETTER
    assert phrases.say(NAME, "ur", of=School.objects.get(pk=town.school.pk)) == better_still
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnPhrase.objects.filter(withdrawn_at__isnull=False).update(withdrawn_at=None)


REFUSED = {
    "a place is missing": ("urgent", "فوری", "brackets"),
    "a place of its own": ("urgent", "فوری: {text} {child}", "brackets"),
    "help in danger falls away with other words": (
        "out_of_hours",
        "[[{words}\nخطرے کی صورت میں {numbers} پر فون کریں۔ ]]{school} اس وقت بند ہے۔[[ {later}]][[ ]]",
        "brackets",
    ),
    "a bracket that never ends": ("signed_already", "]]اس پر دستخط ہو چکے ہیں: {name}[[۔ ”واپس“", "brackets"),
    "the way back falls away with a name": (
        "signed_already",
        "اس پر دستخط ہو چکے ہیں[[: {name}۔ واپس لینے کے لیے ”واپس“ لکھ کر بھیجیں]]۔",
        "answer with",
    ),
    "a digit": (NAME, "ہاں لکھیں یا 2 لکھیں۔", "answer with"),
    "the way out": ("hello_ways", "آپ یہاں کسی بھی وقت جواب دے سکتے ہیں۔", "answer with"),
    "no word we understand": ("yes", "شاید", "answer with"),
    "too long for a button": ("seen", "میں نے یہ سب پڑھ لیا ہے، شکریہ", "button"),
    "approved by WhatsApp": ("template_general", "{sender}: {text} وہ", "WhatsApp"),
    "no phrase of ours": ("gone_since", "کچھ", "any more"),
}


@pytest.mark.parametrize(("name", "better", "why"), REFUSED.values(), ids=REFUSED)
def test_what_a_phrase_must_hold_is_kept_and_the_office_reads_why(
    town: Town, reader: ParentReader, name: str, better: str, why: str
) -> None:
    verdict = ParentVerdict.objects.create(
        school=town.school, reader=reader, phrase=name, verdict=Verdict.BETTER, after=better
    )
    assert why in presses(town, verdict)
    assert not OwnPhrase.objects.exists()
    with pytest.raises(CannotTakeOver, match=why):
        take_over(
            school=town.school, language="ur", phrase=name, text=better, said_by=reader,
            by=town.okafor.actor(), now=cast.TUESDAY,
        )  # fmt: skip


def test_words_whose_places_ours_no_longer_share_are_not_said(town: Town) -> None:
    town.school.own_phrases = {"ur": {"urgent": "فوری: {words}"}}
    assert phrases.say("urgent", "ur", of=town.school, text="x") == "فوری: x"


def test_a_phrase_that_porchlight_says_no_longer_harms_nothing(town: Town, reader: ParentReader) -> None:
    """Said better, and taken over, before a newer version without it."""
    gone = "sent_with"
    assert gone not in phrases.books()["ur"].phrases
    row = OwnPhrase.objects.create(
        school=town.school, language="ur", phrase=gone, text="Porchlight: {school}", stood="{school}"
    )
    verdict = ParentVerdict.objects.create(
        school=town.school, reader=reader, phrase=gone, verdict=Verdict.BETTER, before="{school}",
        after="{school}, Porchlight", at=cast.TUESDAY,
    )  # fmt: skip
    assert "Porchlight does not say this in that language any more." in presses(town, verdict)
    assert BETTER in presses(town, said_better(reader))
    town.school.refresh_from_db()
    assert town.school.own_phrases == {"ur": {gone: row.text, NAME: BETTER}}
    assert BETTER in text_home(town)
    assert [one.row.phrase for one in taken_over(town.school, town.okafor.actor())] == [NAME]
    assert offered(town.school, town.okafor.actor()) == []
    assert [
        one.phrase
        for one in pieces_for(town.school, reader.guardian.actor(), cast.TUESDAY, most=400)
        if one.phrase in {gone, NAME}
    ] == []


def test_a_parent_who_comes_later_reads_what_homes_get(town: Town, reader: ParentReader) -> None:
    presses(town, said_better(reader))
    ParentVerdict.objects.all().delete()
    town.school.refresh_from_db()
    found = pieces_for(town.school, town.yousaf.guardian.actor(), cast.TUESDAY, most=400)
    assert [one.text for one in found if one.phrase == NAME] == [BETTER]


def test_only_who_keeps_the_readers_takes_over(town: Town, reader: ParentReader) -> None:
    verdict = said_better(reader)
    told = {"reader": reader.key, "phrase": verdict.phrase}
    assert browser_of(town.amal).post(PAGE, told).status_code in {403, 404}
    assert not OwnPhrase.objects.exists()
    presses(town, verdict)
    row = OwnPhrase.objects.get()
    assert browser_of(town.amal).post(f"{PAGE}{row.key}/removal/").status_code in {403, 404}
    assert OwnPhrase.objects.visible_to(town.amal.actor()).count() == 0
    assert browser_of(town.okafor).post(PAGE, {"reader": reader.key, "phrase": ""}).status_code == 404
