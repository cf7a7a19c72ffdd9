"""What we learn this term, how school works and whom to ask: written once, read on a page, and told at a word."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.hearing_kit import told
from porchlight.delivery.gateways import registry
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.telephone import calls
from porchlight.families.models import Student
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass, Term
from porchlight.updates.facts import facts_of
from porchlight.updates.models import Fact, FactReading, FactVersion
from porchlight.updates.tests.conftest import BASE, TUESDAY, says
from practice.wav import silence

LEARNS = "Fractions, and how plants grow."
LEARNS_IN_URDU = "کسریں، اور پودے کیسے بڑھتے ہیں۔"

pytestmark = pytest.mark.usefixtures("clock")


def page_of(town: Town, more: str = "") -> str:
    return f"{BASE}/classes/{town.class_4a.key}/about/{more}"


def writes(town: Town, language: str = "", **texts: str) -> int:
    path = page_of(town, f"?language={language}" if language else "")
    return browser_of(town.amal).post(path, texts).status_code


def test_a_teacher_writes_it_and_a_home_reads_it_in_its_language(town: Town) -> None:
    assert writes(town, learns=LEARNS, whom="Ms Amal, after school.") == 302
    assert writes(town, "ur", learns=LEARNS_IN_URDU) == 302
    shown = browser_of(town.yousaf.guardian).get(f"{BASE}/class/{town.yousaf.student.key}/")
    html = shown.content.decode()
    assert LEARNS_IN_URDU in html
    assert LEARNS not in html
    assert "Ms Amal, after school." in html  # nobody has put that into Urdu yet
    assert "<script" not in html.split("<main")[1]


def test_new_first_words_take_their_versions_away_and_the_same_words_do_not(town: Town) -> None:
    writes(town, learns=LEARNS)
    writes(town, "ur", learns=LEARNS_IN_URDU)
    writes(town, learns=LEARNS)
    assert FactVersion.objects.count() == 1
    writes(town, learns="Decimals.")
    assert FactVersion.objects.count() == 0


def test_each_term_has_its_own_and_the_last_stays_until_the_next_is_written(town: Town) -> None:
    for name, start, end in (("Autumn", "2026-09-01", "2026-12-18"), ("Spring", "2027-01-05", "2027-03-26")):
        Term.objects.create(school=town.school, name=name, starts_on=start, ends_on=end)
    writes(town, learns=LEARNS)
    assert Fact.objects.get().since.isoformat() == "2026-09-01"
    spring = TUESDAY.replace(year=2027, month=1, day=12)
    assert [fact.text for fact in facts_of(town.class_4a, on=spring.date())] == [LEARNS]


def test_a_word_from_a_keypad_phone_brings_it_in_the_homes_language(town: Town) -> None:
    writes(town, learns=LEARNS, works="School begins at nine.")
    writes(town, "ur", learns=LEARNS_IN_URDU, works="سکول نو بجے شروع ہوتا ہے۔")
    said = says(town, "ہماری جماعت").message
    assert said is not None
    assert said.settled_at == TUESDAY
    (text,) = told(town.yousaf.guardian)
    assert text.split("\n")[-2:] == [
        f"اس ٹرم میں ہم کیا سیکھتے ہیں: {LEARNS_IN_URDU}",
        "سکول کیسے چلتا ہے: سکول نو بجے شروع ہوتا ہے۔",
    ]
    assert LEARNS not in text


def test_where_nothing_is_written_a_person_answers(town: Town) -> None:
    said = says(town, "CLASS").message
    assert said is not None
    assert said.settled_at is None
    assert Message.objects.count() == 1
    assert [text for text in told(town.yousaf.guardian) if text] == []


def test_a_sentence_with_the_word_in_it_is_a_conversation(town: Town) -> None:
    writes(town, learns=LEARNS)
    assert says(town, "Which class is she in after the summer?").message.settled_at is None
    assert told(town.yousaf.guardian) == []


def test_who_is_rung_hears_the_person_who_read_it_while_those_are_the_words(
    town: Town, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.PORCHLIGHT_GATEWAYS = [
        *settings.PORCHLIGHT_GATEWAYS,
        "porchlight.delivery.gateways.twilio_voice",
    ]
    registry.all_gateways.cache_clear()
    calls(town.school)
    home = town.home(2, channel="call", speaks="en", reads="en")
    writes(town, learns=LEARNS)
    spoken = SimpleUploadedFile("a.wav", silence(3), "audio/wav")
    path = page_of(town, "aloud/")
    assert browser_of(town.amal).post(path, {"language": "en", "spoken": spoken}).status_code == 302
    reading = FactReading.objects.select_related("file").get()

    def rung() -> list[str]:
        says(town, "CLASS", home.address)
        bodies = Delivery.objects.filter(parcel__guardian=home.guardian).order_by("pk")
        return [body.get("sound", [""])[0] for body in bodies.values_list("body", flat=True)]

    assert rung() == [reading.file.path]
    shown = browser_of(home.guardian).get(f"{BASE}/class/{home.student.key}/").content.decode()
    sound = f"{BASE}/class-aloud/{reading.key}/"
    assert sound in shown
    played = browser_of(home.guardian).get(sound)
    assert len(b"".join(played.streaming_content)) > 100
    writes(town, learns="Decimals.")
    assert rung() == [reading.file.path, ""]  # those are not the words any more


def test_another_class_is_nobodys_here(town: Town) -> None:
    other = SchoolClass.objects.create(school=town.school, name="5B", year="5")
    child = Student.objects.create(school=town.school, name="Somebody Else")
    stranger = staff(town.school, "Mr Stone", Role.TEACHER)
    assert browser_of(town.amal).get(f"{BASE}/classes/{other.key}/about/").status_code == 404
    assert browser_of(stranger).get(page_of(town)).status_code == 404
    assert browser_of(town.yousaf.guardian).get(f"{BASE}/class/{child.key}/").status_code == 404
    fact = Fact.objects.create(
        school=town.school, school_class=other, about="learns", since="2026-09-01", text="-", language="en",
        written_by=stranger,
    )  # fmt: skip
    for actor in (town.amal.actor(), town.yousaf.guardian.actor()):
        assert fact not in Fact.objects.visible_to(actor)
