"""Ways that people carry themselves: on a day when the school has no account for texts, and a number is missing."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page

from porchlight.conversations.models import Shape, Thread
from porchlight.conversations.notices import Draft
from porchlight.conversations.questions import put_question
from porchlight.conversations.wording import Words
from porchlight.delivery.by_hand.slip_codes import code_of
from porchlight.delivery.gateways.by_hand import BY_HAND
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.opening import open_account
from porchlight.delivery.pairing import begin
from porchlight.families.models import Address, Channel, ContactPoint
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import system
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time
from tests.screenshots import said
from tests.screenshots.shots import Shot, Where, at
from tests.screenshots.story import Fortnight


def carried(story: Fortnight) -> None:
    """No account carries texts any more, one number is lost, and Ms Amal tells 4A of the shoes once more."""
    school = story.maple.school
    if Account.objects.in_school(school).by_hand().exists():
        return
    now = school_time.now()
    Account.objects.in_school(school).filter(channel=Channel.SMS).update(closed_at=now)
    lost = story.maple.guardian("Saima Khan")
    ContactPoint.objects.filter(guardian=lost).update(ended_at=now)
    for name in BY_HAND:
        open_account(school=school, gateway=name, label=name, by=system(school.pk))
    shoes = {"ur": Version(said.SHOES_UR, "ur", Provenance.PERSON, "Ms Amal")}
    story.tells("shoes-again", Draft(said.SHOES, "en", story.classes("4A"), versions=shoes), by="Ms Amal")
    story.maple.later(seconds=31)
    story.maple.answers("Mr Yousaf", ring=True)


def then(name: str) -> Where:
    def where(story: Fortnight) -> str:
        carried(story)
        return at(name)

    return where


def slips_of_4a(story: Fortnight) -> str:
    carried(story)
    group = SchoolClass.objects.in_school(story.maple.school).get(name="4A")
    return at("welcome:slips_of_class", key=group.key)


def gate_of_4a(story: Fortnight) -> str:
    group = SchoolClass.objects.in_school(story.maple.school).get(name="4A")
    return at("conversations:gate", key=group.key)


def letters_of_4a(story: Fortnight) -> str:
    """Ms Amal's shoes once more, to a home that likes letters best."""
    carried(story)
    group = SchoolClass.objects.in_school(story.maple.school).get(name="4A")
    liking(story)
    return at("welcome:letters_of", by="class", value=group.key)


def liking(story: Fortnight) -> None:
    """Mr Yousaf likes letters best from today on, and is asked something."""
    carried(story)
    school, adult = story.maple.school, story.maple.guardian("Mr Yousaf")
    if ContactPoint.objects.filter(guardian=adult, address__channel=Channel.PAPER).exists():
        return
    address = Address.objects.create(
        school=school, channel=Channel.PAPER, value="12 Elm Street, Bradford, BD3 9XX"
    )
    ContactPoint.objects.create(school=school, address=address, guardian=adult, rank=0, consented=True)
    thread = Thread.objects.get(guardian=adult, student=story.maple.student("Hamza Yousaf"))
    now = school_time.now()
    lunch = Words(said.LUNCH, "en", {"ur": Version(said.LUNCH_UR, "ur", Provenance.PERSON, "Ms Amal")})
    closes_at, by = now + timedelta(days=5), story.maple.actor("Ms Amal")
    put_question(thread, lunch, Shape.YES_NO, owner="", closes_at=closes_at, by=by, now=now)
    story.maple.later(seconds=31)


def letters(story: Fortnight) -> str:
    liking(story)
    return at("welcome:letters")


def answers_of_mr_yousaf(story: Fortnight) -> str:
    liking(story)
    adult, child = story.maple.guardian("Mr Yousaf"), story.maple.student("Hamza Yousaf")
    return at("conversations:answers_for", student_key=child.key, guardian_key=adult.key)


def types_a_code(page: Page, story: Fortnight) -> None:
    letter = Delivery.objects.in_school(story.maple.school).filter(account__gateway="letters")[0]
    page.locator("[name=code]").fill(code_of(letter))
    page.locator("main form button").first.click()
    page.wait_for_selector("main form .who")


def slips_back(story: Fortnight) -> str:
    liking(story)
    return at("conversations:slips_back")


def writes_a_cards_number(page: Page, story: Fortnight) -> None:
    page.locator("[name=code]").fill("4821 7390 6512")
    page.locator("main form button").click()
    page.wait_for_selector("main b.num")


def a_slip(story: Fortnight) -> str:
    carried(story)
    slip = Delivery.objects.in_school(story.maple.school).filter(channel=Channel.PAPER)[0]
    return at("welcome:start_with_code", code=code_of(slip))


def on_the_phone(story: Fortnight) -> str:
    by, school = story.maple.actor("Mrs Okafor"), story.maple.school
    return at("delivery:pair", secret=begin(school=school, account=None, by=by, now=school_time.now()))


HANDS = (
    Shot("ways-by-hand", "delivery:without_contract", then("delivery:without_contract"), "okafor"),
    Shot("at-the-gate", "conversations:gates", then("conversations:gates"), "okafor"),
    Shot("gate-of-a-class", "conversations:gate", gate_of_4a, "okafor"),
    Shot("homes-to-reach", "conversations:reaching", then("conversations:reaching"), "okafor"),
    Shot("tap-to-send", "delivery:tap_list", then("delivery:tap_list"), "okafor"),
    Shot(
        "call-list",
        "conversations:calls",
        then("conversations:calls"),
        "okafor",
        docs=("360-light",),
        told="A missed call means “please ring me”: the words to say, in the family’s language and the office’s.",
    ),
    Shot("slips", "welcome:slips", then("welcome:slips"), "okafor"),
    Shot("slips-of-a-class", "welcome:slips_of_class", slips_of_4a, "okafor"),
    Shot("slips-for-a-class", "welcome:class_slips", then("welcome:class_slips"), "okafor"),
    Shot("letters", "welcome:letters", letters, "okafor"),
    Shot("letters-of-a-class", "welcome:letters_of", letters_of_4a, "okafor"),
    Shot("answers-for-a-caller", "conversations:answers_for", answers_of_mr_yousaf, "okafor"),
    Shot("slips-back", "conversations:slips_back", slips_back, "okafor", steps=types_a_code),
    Shot("start", "welcome:start", at("welcome:start")),
    Shot("start-with-a-card", "welcome:start", at("welcome:start"), steps=writes_a_cards_number),
    Shot("start-with-code", "welcome:start_with_code", a_slip),
    Shot("pairing-on-the-phone", "delivery:pair", on_the_phone),
)
