"""A parent who reads for the school reads its saved texts over too, and what Porchlight itself says, if they like."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import ParentVerdict, TemplateVersion, Verdict
from porchlight.conversations.parents_reading import Changed, Piece, pieces_for, say
from porchlight.conversations.templating import keep_version, new_template, versions_of
from porchlight.conversations.tests.conftest import Town
from porchlight.languages.models import ParentReader
from porchlight.languages.phrases import books
from porchlight.languages.volunteering import agree, offer
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db
TEXT = {"en": "{child} read well in {class}.", "ur": "{child} نے {class} میں اچھا پڑھا۔"}


@pytest.fixture
def reader(town: Town) -> ParentReader:
    father, now = town.yousaf.guardian, school_time.now()
    row = offer(
        guardian=father, language="ur", notices=True, words=True, named=False, by=father.actor(), now=now
    )
    return agree(row, by=town.okafor.actor(), now=now)


def text(town: Town, name: str = "Reading", kind: str = "good_news", **texts: str) -> TemplateVersion:
    office, now = town.okafor.actor(), school_time.now()
    made = new_template(
        school=town.school, name=name, kind=kind, texts=texts or TEXT, by=office, now=now - timedelta(hours=1)
    )
    return made.versions.get(language="ur")


def waiting(town: Town, most: int = 9) -> list[Piece]:
    return pieces_for(town.school, town.yousaf.guardian.actor(), school_time.now(), most=most)


def says(town: Town, piece: Piece, verdict: Verdict, better: str = "") -> ParentVerdict:
    his = town.yousaf.guardian.actor()
    return say(school=town.school, key=piece.key, verdict=verdict, text=better, by=his, now=school_time.now())


def test_a_saved_text_is_read_over_and_homes_are_told_who_stands_for_it(
    town: Town, reader: ParentReader
) -> None:
    version = text(town)
    (piece,) = waiting(town)
    assert (piece.original, piece.text, piece.target) == (TEXT["en"], TEXT["ur"], "ur")
    says(town, piece, Verdict.GOOD)
    assert waiting(town) == []
    version.refresh_from_db()
    assert (version.text, version.checked_by, version.read_by) == (TEXT["ur"], None, "a parent")
    assert versions_of(version.template)["ur"].checked_by == "a parent"


def test_what_they_say_better_stands_and_the_office_sees_what_stood_before(
    town: Town, reader: ParentReader
) -> None:
    version, better = text(town), "{child} نے {class} میں بہت اچھا پڑھا۔"
    says(town, waiting(town)[0], Verdict.BETTER, better)
    version.refresh_from_db()
    assert version.text == better
    page = browser_of(town.okafor).get("/maple-street/translations/parents/").content.decode()
    assert TEXT["ur"] in page
    assert "Reading" in page


@pytest.mark.parametrize("better", ["{child} نے اچھا پڑھا۔", "{child} نے {class} میں {school} پڑھا۔"])
def test_the_places_filled_in_for_each_home_stay(town: Town, reader: ParentReader, better: str) -> None:
    version = text(town)
    with pytest.raises(Changed):
        says(town, waiting(town)[0], Verdict.BETTER, better)
    version.refresh_from_db()
    assert version.checked_at is None
    assert not ParentVerdict.objects.exists()


def test_what_is_written_anew_is_to_be_read_again(town: Town, reader: ParentReader) -> None:
    version, office = text(town), town.okafor.actor()
    says(town, waiting(town)[0], Verdict.GOOD)
    later = school_time.now() + timedelta(seconds=1)
    keep_version(template=version.template, language="en", text="{child} of {class}!", by=office, now=later)
    version.refresh_from_db()
    assert (version.read_by, version.checked_at) == ("", None)
    assert [one.original for one in waiting(town)] == ["{child} of {class}!"]


def test_what_stays_with_colleagues(town: Town, reader: ParentReader) -> None:
    text(town, "A worry", "worry")
    text(town, "May we", "consent")
    text(town, "Fire", "safety")
    text(town, "Names a child", en="Hamza read well.", ur="حمزہ نے پڑھا۔")
    gone = text(town, "No longer used")
    gone.template.retired_at = school_time.now()
    gone.template.save()
    read = text(town, "Read by a colleague")
    TemplateVersion.objects.filter(pk=read.pk).update(checked_by=town.amal, checked_at=school_time.now())
    assert TemplateVersion.objects.filter(language="ur").count() == 6
    assert waiting(town) == []
    with pytest.raises(PermissionDenied):
        says(town, Piece(f"text-{read.template.key}", "", "en", "", "ur", reader), Verdict.GOOD)


def test_nobody_else_is_shown_them(town: Town, reader: ParentReader) -> None:
    text(town)
    other = town.home(2).guardian
    assert pieces_for(town.school, other.actor(), school_time.now()) == []
    ParentReader.objects.update(takes_words=False)
    assert waiting(town) == []


def test_our_own_phrases_come_last_and_only_to_who_asked_for_them(town: Town, reader: ParentReader) -> None:
    assert waiting(town) == []
    ParentReader.objects.update(takes_phrases=True)
    text(town)
    first, second = waiting(town)[:2]
    assert first.version is not None
    assert (second.phrase, second.original, second.text) == (
        "yes",
        books()["en"].phrases["yes"],
        books()["ur"].phrases["yes"],
    )


def test_a_phrase_said_better_is_kept_for_the_office_and_changes_nothing(
    town: Town, reader: ParentReader
) -> None:
    ParentReader.objects.update(takes_phrases=True)
    piece = waiting(town)[0]
    row = says(town, piece, Verdict.BETTER, "بالکل")
    assert (row.phrase, row.before, row.after) == ("yes", piece.text, "بالکل")
    assert books()["ur"].phrases["yes"] == piece.text
    assert waiting(town)[0].phrase != "yes"
    assert "بالکل" in browser_of(town.okafor).get("/maple-street/translations/parents/").content.decode()


def test_they_say_on_their_page_that_they_want_phrases_too(town: Town) -> None:
    his = browser_of(town.yousaf.guardian)
    his.post("/maple-street/messages/reading/", {"language": "ur", "words": "on", "phrases": "on"})
    row = ParentReader.objects.get()
    assert (row.takes_notices, row.takes_words, row.takes_phrases) == (False, True, True)
