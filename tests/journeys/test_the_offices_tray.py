"""A number nobody knows writes: Mrs Okafor finds whose it is, places the words and keeps the number. A number that is
gone stands in her tray, and she puts the right one in its place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from porchlight.delivery.addressing import mark_bad
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.models import Account
from porchlight.families.models import Address, ContactPoint
from tests.maple import Maple
from tests.visitor import NO_SCRIPT, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

NUMBER = "+447700900999"
WORDS = "Hamza ke abbu ka naya number hai. Hamza ko kitab mil gayi."


@pytest.mark.in_turn
@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
def test_an_unknown_number_finds_its_place_and_is_kept(chromium: Browser, maple: Maple, screen: dict) -> None:
    maple.town.register_phone(id="new-number", owner="Imran", number=NUMBER, channels=["whatsapp"])
    maple.town.answer("new-number", channel="whatsapp", text=WORDS)
    maple.carry()

    with visiting(chromium, maple, as_="okafor", **screen) as okafor:
        okafor.goes("/maple-street/")
        okafor.follows("To be placed", exact=False)
        okafor.reads(WORDS)
        okafor.writes("Which child is it about?", "Hamza")
        okafor.presses("Find")
        okafor.page.get_by_text("Mr Yousaf").click()
        okafor.page.get_by_text("This is their number from now on.").click()
        okafor.presses("Place it there")
        okafor.reads("Placed with Mr Yousaf, about Hamza.")
        says_how_she_knows(okafor)
        okafor.goes("/maple-street/triage/")
        okafor.reads("Nothing waits here")
    with visiting(chromium, maple, as_="amal", **screen) as amal:
        amal.goes("/maple-street/")
        amal.reads(WORDS, amal.row("Mr Yousaf"))

    kept = ContactPoint.objects.filter(guardian=maple.guardian("Mr Yousaf"), address__value=NUMBER)
    assert [point.ended_at for point in kept] == [None]
    maple.town.answer("new-number", channel="whatsapp", text="Shukriya")
    maple.carry()
    with visiting(chromium, maple, as_="okafor", **screen) as okafor:
        okafor.goes("/maple-street/triage/")
        okafor.reads("Nothing waits here")  # the number is his now


IN_PERSON = "They stood before me, and I know them or saw their ID"
TO_MEND = "One number or mailbox has to be put right, so that words get there."
GONE = "131026"  # WhatsApp: this number cannot get it


@pytest.mark.in_turn
@pytest.mark.parametrize("screen", [{}, PHONE, NO_SCRIPT], ids=["desk", "phone", "no script"])
def test_a_number_that_is_gone_is_mended_from_the_tray(chromium: Browser, maple: Maple, screen: dict) -> None:
    address = way_of(maple, "Natalie Cole")
    mark_bad(address, reason=GONE)
    account = Account.objects.get(gateway="whatsapp_cloud")
    sentence = account.carrier.explain(GONE)
    tell_trouble(Trouble(maple.school, "address_bad", sentence, account, address))
    with visiting(chromium, maple, as_="okafor", **screen) as okafor:
        okafor.goes("/maple-street/desk/")
        okafor.follows("Look", okafor.row(TO_MEND), exact=False)
        okafor.reads("Nothing gets to this number.", okafor.row("Natalie Cole"))
        okafor.reads(sentence, okafor.row("Natalie Cole"))
        okafor.follows("Mend it", okafor.row("Natalie Cole"))
        okafor.writes("Their number", "nine nine")
        okafor.presses("Keep it")
        okafor.reads("Nothing can be sent there. Look at it again with them.")
        okafor.writes("Their number", "07700 900 888")
        okafor.presses("Keep it")
        says_how_she_knows(okafor)
        okafor.goes("/maple-street/desk/")
        okafor.does_not_read(TO_MEND)
    assert way_of(maple, "Natalie Cole").value == "+447700900888"


def says_how_she_knows(okafor: Visitor) -> None:
    """A message changes no number: she says how she knows that it is they who want it."""
    okafor.chooses(IN_PERSON)
    okafor.page.locator("main [name=words]").fill("I have known them for two years.")
    okafor.presses("I confirm it")
    okafor.reads("Written down.")


def way_of(maple: Maple, called: str) -> Address:
    """The number they are reached at first."""
    points = ContactPoint.objects.filter(guardian=maple.guardian(called), ended_at=None)
    return points.order_by("rank", "pk")[0].address
