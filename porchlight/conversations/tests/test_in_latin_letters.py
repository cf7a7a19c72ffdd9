"""A home that reads Roman Urdu gets the school's words in Latin letters, said to be a machine's; people put them right."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.awaiting import finish
from porchlight.conversations.checking import settle
from porchlight.conversations.heard import Words as Said
from porchlight.conversations.heard import hear_in_thread
from porchlight.conversations.models import Check, CheckReason, Message, NoticeVersion
from porchlight.conversations.notices import Draft, release, send_due, write
from porchlight.conversations.tell import reply
from porchlight.delivery.models import Delivery
from porchlight.languages.models import EngineAccount, KnownLanguage, Sentence, Spelling
from porchlight.languages.trusting import open_engine, trust
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from porchlight.toolbox.sms_segments import Encoding, count

pytestmark = pytest.mark.django_db

MACHINE = {
    "Bring the form.": "فارم لائیں۔",
    "School is shut.": "سکول بند ہے۔",
    "A good day.": "ڈومیسائل، پرچون، کٹھالی۔",
}


@pytest.fixture
def town(town):
    """An engine translates into Urdu; the father reads Urdu in Latin letters; Ms Reyes reads Urdu well."""
    by, now = system(town.school.pk), school_time.now()
    settings = {"base_url": "http://127.0.0.1:9"}
    account = open_engine(school=town.school, engine="libretranslate", settings=settings, secrets={}, by=by)
    trust(school=town.school, source="en", target="ur", account=account, by=by, now=now)
    KnownLanguage.objects.create(school=town.school, staff=town.reyes, language="ur", checks=True)
    town.yousaf.guardian.reads = "ur-Latn"
    town.yousaf.guardian.save()
    return town


def send(town, text: str, language: str = "en", **more) -> list[str]:
    """A notice to the class, the engine at work, and what went out for it."""
    amal, now, before = town.amal.actor(), school_time.now(), Delivery.objects.count()
    draft = Draft(text, language, Audience(AudienceKind.CLASSES, (town.class_4a.key,)), **more)
    release(write(draft, school=town.school, by=amal, now=now), by=amal, now=now)
    for row in Sentence.objects.filter(made_at=None):
        row.translated, row.engine, row.made_at = MACHINE[row.text], "libretranslate", now
        row.save()
    return waiting(before)


def waiting(before: int) -> list[str]:
    send_due(school=School.objects.get(), now=school_time.now() + timedelta(minutes=1))
    return [row.body["text"] for row in Delivery.objects.order_by("pk")[before:]]


def test_an_engines_urdu_goes_home_in_latin_letters_and_says_so(town) -> None:
    (body,) = send(town, "Bring the form.")
    assert "Form layein." in body
    assert "Yeh tarjuma machine ne kiya hai." in body
    assert count(body).encoding is Encoding.GSM_7
    version = NoticeVersion.objects.get(language="ur-Latn")
    assert (version.provenance, version.by, version.checked_by) == ("engine_letters", "LibreTranslate", "")


def test_a_teachers_own_urdu_is_only_spelled_by_a_machine(town) -> None:
    (body,) = send(town, "کل ملاقات ہے۔", "ur")
    assert "Kal mulaqat hai." in body
    assert "Yeh alfaz in huroof mein machine ne likhe hain." in body
    assert "tarjuma" not in body
    assert NoticeVersion.objects.get().provenance == "letters"


def test_what_matters_waits_and_what_the_reader_corrects_is_paid_once(town) -> None:
    now = school_time.now()
    assert send(town, "School is shut.", kind="safety") == []
    check = Check.objects.get(target="ur-Latn")
    assert (check.reason, check.language) == (CheckReason.MATTERS, "ur")
    settle(check, text="Skool band hai.", by=town.reyes.actor(), now=now)
    (body,) = waiting(0)
    assert "Skool band hai." in body
    assert "machine" not in body
    assert list(Spelling.objects.values_list("language", "word", "latin")) == [("ur", "سکول", "skool")]
    (body,) = send(town, "سکول میں ملاقات ہے۔", "ur")
    assert "Skool mein mulaqat hai." in body


def test_many_guesses_are_laid_before_a_reader(town) -> None:
    (body,) = send(town, "A good day.")
    assert "Domeesail" in body
    assert Check.objects.get().reason == CheckReason.LETTERS


def test_a_reply_to_one_home_in_urdu(town) -> None:
    message = reply(
        thread=town.thread, text="شکریہ۔", language="ur", by=town.amal.actor(), now=school_time.now()
    )
    assert message.rendering.text == "Shukriya."


def heard(town, text: str) -> Message:
    return hear_in_thread(thread=town.thread, words=Said(text, "sms", school_time.now()))


def test_roman_urdu_from_home_is_read_back_for_the_engine_and_changes_nothing_else(town) -> None:
    by, now, account = system(town.school.pk), school_time.now(), EngineAccount.objects.get()
    trust(school=town.school, source="ur", target="en", account=account, by=by, now=now)
    message = heard(town, "Mera beta aaj bemar hai")
    assert message.language == "ur-Latn"
    row = Sentence.objects.get(source="ur")
    assert row.text == "میرا بیٹا آج بیمار ہے"
    row.translated, row.engine, row.made_at = "My son is ill today", "libretranslate", now
    row.save()
    finish(school=town.school, now=now)
    message.refresh_from_db()
    made = message.rendering
    assert (made.text, made.provenance, made.by) == (
        "My son is ill today",
        "engine_letters",
        "LibreTranslate",
    )
    town.yousaf.guardian.refresh_from_db()
    assert town.yousaf.guardian.reads == "ur-Latn"


def test_english_in_a_roman_urdu_home_is_not_taken_for_urdu(town) -> None:
    by, account = system(town.school.pk), EngineAccount.objects.get()
    trust(school=town.school, source="ur", target="en", account=account, by=by, now=school_time.now())
    heard(town, "Please ring me after five, thank you very much")
    assert not Sentence.objects.filter(source="ur").exists()


def test_a_school_that_writes_urdu_reads_roman_urdu_in_its_own_letters(town) -> None:
    town.school.language = "ur"
    town.school.save()
    made = heard(town, "Hamza kal school nahi aayega").rendering
    assert (made.text, made.language, made.provenance) == ("Hamza کل سکول نہیں آئے گا", "ur", "letters")


def test_the_office_keeps_its_own_spellings(town) -> None:
    page, office = "/maple-street/settings/languages/letters/", browser_of(town.okafor)
    assert browser_of(town.amal).get(page).status_code == 404
    word = {"language": "ur", "word": "سکول", "latin": "skool"}
    assert office.post(page, word | {"latin": "skōl"}).status_code == 422
    assert office.post(page, word | {"word": "school"}).status_code == 422
    assert office.post(page, word).status_code == 302
    shown = office.get(page, {"text": "سکول اور ڈومیسائل", "language": "ur"}).content.decode()
    assert "Skool aur domeesail" in shown
    (removal,) = re.findall(rf'action="({page}\w+/removal/)"', shown)
    office.post(removal)
    assert "School aur" in office.get(page, {"text": "سکول اور", "language": "ur"}).content.decode()
