"""Who gets letters gets the whole newsletter, in both languages; a telephone its first lines and where it stands."""

from __future__ import annotations

import pytest

from porchlight.conversations.in_full import whole_of
from porchlight.conversations.models import Notice
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import told
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.delivery.models import Delivery
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests import cast
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import system
from porchlight.updates import newsletters
from porchlight.updates.models import Newsletter
from porchlight.updates.tests.conftest import THURSDAY, TUESDAY
from porchlight.welcome.letters.writing import Writer
from porchlight.welcome.slips import slips_of

pytestmark = pytest.mark.usefixtures("clock")
LAST, IN_URDU = "No school on Friday 30 October.", "جمعہ 30 اکتوبر کو چھٹی ہے۔"
TEXT = f"News of October:\nThe hall is painted.\nWe sang.\nWe planted a tree.\n{LAST}"
URDU = f"اکتوبر کی خبریں:\nہال میں رنگ ہوا۔\nہم نے گایا۔\nہم نے درخت لگایا۔\n{IN_URDU}"


def sent(town: Town) -> Newsletter:
    """As the office wrote it, with Urdu that Ms Reyes wrote and Ms Amal read over."""
    row = newsletters.this_month(town.school, now=THURSDAY)
    words = Words(TEXT, "en", {"ur": Version(URDU, "ur", Provenance.PERSON, "Ms Reyes", "Ms Amal")})
    draft = newsletters.draft_of(row, words)
    newsletters.send(row, words, draft, by=town.okafor.actor(), now=TUESDAY, press="p")
    return Newsletter.objects.get()


def test_who_read_it_over_stands_beside_it_in_short_and_in_full(town: Town) -> None:
    row = sent(town)
    assert newsletters.words_of(row, now=TUESDAY).versions["ur"].checked_by == "Ms Amal"
    assert row.notice.versions.get(language="ur").checked_by == "Ms Amal"


def test_a_letter_holds_all_of_it_in_both_languages(town: Town) -> None:
    open_account(school=town.school, gateway="letters", label="Letters", by=system(town.school.pk))
    cast.reach(town.school, town.yousaf.guardian, "12 Elm Street, Bradford", channel="paper", rank=0)
    other = town.home(2, reads="en")
    sent(town)
    assert all(LAST not in text and IN_URDU not in text for text in told(other.guardian))
    row = Delivery.objects.get(channel="paper")
    assert IN_URDU not in row.parcel.text
    made = Writer(town.school, town.okafor.actor(), THURSDAY).told([row])
    theirs, ours = (str(half) for half in made["letters"][0]["halves"])
    assert IN_URDU in theirs
    assert "newsletters/" not in theirs
    assert LAST in ours


def test_a_slip_holds_all_of_it_as_well(town: Town) -> None:
    open_account(school=town.school, gateway="slips", label="Slips", by=system(town.school.pk))
    town.yousaf.point.delete()
    sent(town)
    [slip] = slips_of(town.class_4a, school=town.school, actor=town.okafor.actor(), now=THURSDAY)
    said = [side.words.text for side in slip.sides]
    assert len(said) == 2
    assert LAST in said[0]
    assert IN_URDU in said[1]


def test_any_other_announcement_is_as_it_was_sent(town: Town) -> None:
    row = sent(town)
    other = like(row.notice)
    assert whole_of(other, Recipient(town.yousaf.guardian), TUESDAY) is None


def like(notice: Notice) -> Notice:
    """Another with the same words, that is no newsletter."""
    return Notice.objects.create(
        school=notice.school,
        text=notice.text,
        language="en",
        audience=notice.audience,
        by=notice.by,
        goes_at=TUESDAY,
    )
