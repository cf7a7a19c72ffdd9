"""Words on which much hangs wait for a reader; either side may doubt a translation; what was wrong is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry, EntryText
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.awaiting import finish
from porchlight.conversations.checking import doubt, send_unchecked, settle
from porchlight.conversations.models import Ask, Awaiting, Check, Message, Notice, NoticeVersion, Rendering
from porchlight.conversations.notices import Draft, release, send_due, write
from porchlight.conversations.putting_right import tell_right_words
from porchlight.conversations.tell import reply, take_back, tell
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.models import Delivery
from porchlight.languages.checks import doubts
from porchlight.languages.glossary import write_term
from porchlight.languages.memory import ask, pair_of, recall
from porchlight.languages.models import KnownLanguage, Sentence, Term
from porchlight.languages.trusting import open_engine, trust
from porchlight.schools.actors import system
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db

MACHINE = {"Come at 9.": "نو 9 بجے آئیں۔", "{0} fell today.": "{0} آج گرا۔", "All is well.": "سب ٹھیک ہے۔"}


@pytest.fixture
def town(town):
    """The school trusts an engine, which has been at work: what it knows stands in the memory."""
    by, now = system(town.school.pk), school_time.now()
    account = open_engine(
        school=town.school,
        engine="libretranslate",
        settings={"base_url": "http://127.0.0.1:9"},
        secrets={},
        by=by,
    )
    trust(school=town.school, source="en", target="ur", account=account, by=by, now=now)
    KnownLanguage.objects.create(school=town.school, staff=town.reyes, language="ur", checks=True)
    town.yousaf.guardian.reads = "ur"
    town.yousaf.guardian.save()
    return town


def translate() -> None:
    """What the engine would have made of everything that is wanted."""
    for row in Sentence.objects.filter(made_at=None):
        known = {
            text.replace("{0}", "\ue000"): said.replace("{0}", "\ue000") for text, said in MACHINE.items()
        }
        row.translated, row.engine, row.made_at = known[row.text], "libretranslate", school_time.now()
        row.save()


def bodies() -> list[str]:
    return [row.body["text"] for row in Delivery.objects.order_by("pk")]


def notice_to_4a(town, text: str, **more) -> Notice:
    amal, now = town.amal.actor(), school_time.now()
    draft = Draft(text, "en", Audience(AudienceKind.CLASSES, (town.class_4a.key,)), **more)
    return release(write(draft, school=town.school, by=amal, now=now), by=amal, now=now)


def test_safety_waits_for_a_reader_and_everyday_words_do_not(town) -> None:
    everyday, safety = notice_to_4a(town, "Come at 9."), notice_to_4a(town, "All is well.", kind="safety")
    translate()
    send_due(school=town.school, now=school_time.now())
    everyday.refresh_from_db(), safety.refresh_from_db()
    assert everyday.sent_at is not None
    assert safety.sent_at is None
    assert ["نو 9 بجے آئیں۔" in body and "یہ ترجمہ مشین نے کیا ہے۔" in body for body in bodies()] == [True]
    check = Check.objects.get()
    assert (check.notice, check.target, check.reason, check.language) == (safety, "ur", "matters", "ur")
    later = school_time.now() + timedelta(hours=3)
    assert send_due(school=town.school, now=later) == 0  # however long it takes
    with pytest.raises(PermissionDenied):
        settle(check, text="", by=town.okafor.actor(), now=later)
    settle(check, text="", by=town.reyes.actor(), now=later)
    assert send_due(school=town.school, now=later) == 1
    assert "سب ٹھیک ہے۔" in bodies()[-1]
    assert "مشین" not in bodies()[-1]
    version = NoticeVersion.objects.get(notice=safety)
    assert (version.provenance, version.by, version.checked_by) == ("engine", "LibreTranslate", "Ms Reyes")


def test_the_sender_may_let_it_go_unread_and_says_why(town) -> None:
    notice = notice_to_4a(town, "All is well.", kind="safety")
    translate()
    assert send_due(school=town.school, now=school_time.now()) == 0
    send_unchecked(notice=notice, reason="the bus leaves now", by=town.amal.actor(), now=school_time.now())
    assert send_due(school=town.school, now=school_time.now()) == 1
    assert "یہ ترجمہ مشین نے کیا ہے۔" in bodies()[0]
    entry = Entry.objects.get(verb="translation.unchecked")
    assert EntryText.objects.get(entry=entry).text == "the bus leaves now"


def test_what_is_urgent_waits_for_nobody_long(town) -> None:
    notice = notice_to_4a(town, "All is well.", kind="safety", urgent_reason="fire drill went wrong")
    assert notice.sent_at is None
    translate()
    assert send_due(school=town.school, now=school_time.now()) == 1
    assert not Check.objects.exists()


def test_a_worry_to_one_home_waits_too_and_can_be_taken_back(town) -> None:
    amal, now = town.amal.actor(), school_time.now()
    child = town.yousaf.student.short_name
    for _again in range(2):
        reply(thread=town.thread, text=f"{child} fell today.", language="en", by=amal, now=now, kind="worry")
        translate()
        finish(school=town.school, now=now + timedelta(hours=1))
    first, second = Message.objects.order_by("pk")
    assert bodies() == []
    assert Awaiting.objects.count() == 2
    assert take_back(first, by=amal, now=now)
    settle(Check.objects.get(message=second), text=f"{child} آج گر گیا تھا۔", by=town.reyes.actor(), now=now)
    finish(school=town.school, now=now + timedelta(hours=1))
    assert not Awaiting.objects.exists()
    assert [f"{child} آج گر گیا تھا۔" in body for body in bodies()] == [True]
    assert Rendering.objects.get().by == "Ms Reyes"


def test_a_readers_words_hold_for_this_message_also_where_a_name_is_left_out(town) -> None:
    amal, now = town.amal.actor(), school_time.now()
    child = town.yousaf.student.short_name
    said = reply(
        thread=town.thread, text=f"{child} fell today.", language="en", by=amal, now=now, kind="worry"
    )
    notice = notice_to_4a(town, "{child} fell today.", kind="safety")
    translate()
    later = now + timedelta(hours=1)
    finish(school=town.school, now=later)
    send_due(school=town.school, now=later)
    assert Check.objects.waiting().count() == 2
    for check in Check.objects.waiting():
        settle(check, text="بچہ آج گر گیا۔", by=town.reyes.actor(), now=later)
    finish(school=town.school, now=later)
    send_due(school=town.school, now=later)
    assert not Check.objects.waiting().exists()
    assert ["بچہ آج گر گیا۔" in body for body in bodies()] == [True, True]
    assert [Rendering.objects.get(message=said).by, notice.versions.get().by] == ["Ms Reyes", "Ms Reyes"]


def test_what_matters_and_cannot_wait_goes_in_the_original_rather_than_unread(town) -> None:
    ask(pair_of(town.school, "en", "ur"), "All is well.", tier=Tier.L1, now=school_time.now())
    translate()
    question = Ask(school=town.school, shape="yes_no", code="K4")
    utterance = Utterance(words=Words("All is well.", "en", {}), kind="consent", ask=question)
    tell(school=town.school, recipients=[town.yousaf.recipient], utterance=utterance, by=town.amal.actor(),
         now=school_time.now())  # fmt: skip
    (body,) = bodies()
    assert "All is well." in body
    assert "سب ٹھیک ہے۔" not in body


def test_a_word_of_the_schools_own_said_differently_goes_out_and_is_asked_about(town) -> None:
    write_term(school=town.school, source="en", target="ur", words="Come", translation="تشریف لائیں",
               by=town.okafor.actor(), now=school_time.now())  # fmt: skip
    notice = notice_to_4a(town, "Come at 9.")
    for row in Sentence.objects.filter(made_at=None):
        row.translated, row.engine, row.made_at = "نو 9 بجے آئیں۔", "libretranslate", school_time.now()
        row.doubts = doubts(row.text, row.translated, "ur", Term.objects.all())
        row.save()
    send_due(school=town.school, now=school_time.now())
    assert "نو 9 بجے آئیں۔" in bodies()[0]
    assert (Check.objects.get().reason, Check.objects.get().notice) == ("own_word", notice)


def test_a_family_doubts_a_colleague_mends_and_homes_are_told(town) -> None:
    notice = notice_to_4a(town, "Come at 9.")
    translate()
    send_due(school=town.school, now=school_time.now())
    message, now = Message.objects.get(notice=notice), school_time.now()
    home = town.yousaf.guardian.actor()
    check = doubt(message, by=home, now=now)
    assert check is not None
    assert check.reason == "doubt_of_home"
    assert doubt(message, by=town.amal.actor(), now=now) == check
    assert Check.objects.visible_to(town.reyes.actor()).get() == check
    assert not Check.objects.visible_to(town.amal.actor()).exists()
    assert not Check.objects.visible_to(home).exists()
    done = settle(check, text="صبح 9 بجے تشریف لائیں۔", by=town.reyes.actor(), now=now)
    assert done.mended
    assert tell_right_words(done, by=town.reyes.actor(), now=now) == 1
    assert tell_right_words(done, by=town.reyes.actor(), now=now) == 0
    told = Message.objects.latest("pk")
    assert told.rendering.text == "ہمارے پچھلے پیغام کا ترجمہ غلط تھا۔ درست یہ ہے: صبح 9 بجے تشریف لائیں۔"
    assert told.text == "Our last message was translated wrongly. This is right: Come at 9."
    ask(pair_of(town.school, "en", "ur"), "Come at 9.", tier=Tier.L1, now=now)
    made = recall(pair_of(town.school, "en", "ur"), "Come at 9.", now=now).version
    assert made is not None
    assert (made.text, made.by) == ("صبح 9 بجے تشریف لائیں۔", "Ms Reyes")


def test_the_pages(town) -> None:
    notice = notice_to_4a(town, "Come at 9.")
    translate()
    send_due(school=town.school, now=school_time.now())
    message = Message.objects.get(notice=notice)
    client = browser_of(town.amal)
    home = town.yousaf
    thread = f"/maple-street/students/{home.student.key}/with/{home.guardian.key}/"
    assert (
        "Translated by a machine (LibreTranslate); nobody has read it over"
        in client.get(thread).content.decode()
    )
    assert client.post(f"/maple-street/messages/{message.key}/doubt/").status_code == 302
    check = Check.objects.get()
    assert client.get(f"/maple-street/translations/{check.key}/").status_code == 404
    client = browser_of(town.reyes)
    page = client.get(f"/maple-street/translations/{check.key}/").content.decode()
    assert "Come at 9." in page
    assert "نو 9 بجے آئیں۔" in page
    client.post(f"/maple-street/translations/{check.key}/", {"text": "نو 9 بجے آئیں۔"})
    check.refresh_from_db()
    assert (check.mended, check.done_by) == (False, town.reyes)
    assert "read over by Ms Reyes" in client.get(thread).content.decode()
