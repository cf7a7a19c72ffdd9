"""Slips of paper: by class, in two languages, with a code; handed out by somebody; and a number that comes with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.limits import Rate
from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.heard import Words
from porchlight.conversations.hearing import hear
from porchlight.conversations.models import Notice, TriageItem, TriageReason
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.report import report_on
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff, town
from porchlight.delivery.by_hand.slip_codes import code_of, shown, slip_in
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Account, Delivery, Handing, Stopped
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ContactPoint
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Role, system
from porchlight.schools.models import SchoolClass, Teaching
from porchlight.welcome.views import start

__all__ = ["town"]  # a fixture
SLIPS = "/maple-street/by-hand/slips/"
NUMBER = "+447700900777"


@pytest.fixture
def office(town: Town) -> Client:
    """A printer is all there is; of Mr Yousaf there is no number."""
    Account.objects.update(closed_at=TUESDAY)
    ContactPoint.objects.update(ended_at=TUESDAY)
    open_account(school=town.school, gateway="slips", label="Slips", by=system(town.school.pk))
    return browser_of(town.okafor)


@pytest.fixture(autouse=True)
def _tuesday() -> object:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def asks(town: Town, classes: Iterable[SchoolClass] = ()) -> Notice:
    urdu = {"ur": Version("کیا آپ جمعے کو آئیں گے؟", "ur", Provenance.SCHOOL_TEMPLATE, "Ms Amal")}
    keys = tuple(one.key for one in classes) or (town.class_4a.key,)
    audience = Audience(AudienceKind.CLASSES, keys)
    draft = Draft("Will you come on Friday?", "en", audience, versions=urdu, question=Question("yes_no"))
    writer = town.okafor if classes else town.amal  # she teaches only 4A
    before = TUESDAY - timedelta(minutes=1)  # nobody can take it back any more
    with time_machine.travel(before, tick=False):
        notice = write(draft, school=town.school, by=writer.actor(), now=before)
        return release(notice, by=writer.actor(), now=before)


def only() -> Delivery:
    return Delivery.objects.get()


def sheet(who: Client, town: Town) -> str:
    return who.get(f"{SLIPS}{town.class_4a.key}/").content.decode()


def hands_out(who: Client, town: Town) -> str:
    answer = who.post(f"{SLIPS}{town.class_4a.key}/", {"slip": [only().reference]}, follow=True)
    return answer.content.decode()


def test_a_home_without_a_number_gets_its_words_on_paper_in_two_languages(town: Town, office: Client) -> None:
    asks(town)
    assert (only().channel, only().address, only().to) == ("paper", None, "")
    assert "one slip" in office.get(SLIPS).content.decode()
    printed = sheet(office, town)
    for words in (
        "Hamza",
        "4A",
        "Will you come on Friday?",
        "کیا آپ جمعے کو آئیں گے؟",
        "For the family of Hamza",
        "Hamza کے گھر والوں کے نام",
        shown(code_of(only())),
    ):
        assert words in printed
    assert printed.count('class="box"') == 4  # yes and no, in both
    assert "<svg" in printed
    assert "QUESTION TONIGHT" not in printed  # no number of the school's hears a text
    assert printed.count("Yousaf") == 0  # no adult's name on what a child carries


def test_the_other_half_is_in_the_schools_language_whoever_prints(town: Town, office: Client) -> None:
    """A number to text to stands as people here write it, and the link keeps its last stroke at its end."""
    asks(town)
    open_account(
        school=town.school,
        gateway="office_phone",
        label="Phone",
        sender="+447700900003",
        by=system(town.school.pk),
    )
    seen = sheet(office, town)
    User.objects.update(language="ur")
    in_urdu = sheet(office, town)
    assert 'dir="rtl"' in in_urdu.partition("<body")[0]
    [body, again] = [re.findall("<section.*?</section>", page, re.DOTALL) for page in (seen, in_urdu)]
    assert body == again
    assert [page.count('aria-label="Hamza" lang="en" dir="ltr"') for page in (seen, in_urdu)] == [1, 1]
    assert ["For the family of Hamza" in body[0], "Hamza کے گھر والوں کے نام" in body[1]] == [True, True]
    for half in body:
        assert "\u206607700\u00a0900003\u2069" in half or "text the code to 07700\u00a0900003." in half
        assert re.search("\u2066\\S+/maple-street/start/\u2069", half)
        assert ("QUESTION TONIGHT" in half) is not ("آج کا سوال" in half)


def test_printing_again_makes_no_earlier_print_worthless(town: Town, office: Client) -> None:
    asks(town)
    code = code_of(only())
    sheet(office, town)
    sheet(office, town)
    assert Client().get(f"/maple-street/start/{code}/").status_code == 200


@on_both_databases
def test_who_handed_it_out_is_written_down_and_can_be_taken_back(town: Town, office: Client) -> None:
    notice = asks(town)
    [(words, count)] = report_on(notice, actor=town.amal.actor()).by_hand
    assert (str(words), count) == ("to get a slip of paper", 1)
    assert "One slip is handed out." in hands_out(browser_of(town.amal), town)
    assert (only().status, only().sent_at) == (Status.SENT, TUESDAY)
    done = Handing.objects.get()
    assert (done.by, done.came_of, done.at) == (town.amal, "handed_out", TUESDAY)
    assert report_on(notice, actor=town.amal.actor()).counts() == {
        "sent": 1
    }  # paper tells nobody that it arrived
    browser_of(town.amal).post(f"{SLIPS}undone/{done.pk}/")
    assert (only().status, only().sent_at) == (Status.QUEUED, None)


def test_a_slip_that_may_not_go_any_more_is_not_handed_out(town: Town, office: Client) -> None:
    asks(town)
    code = code_of(only())
    town.yousaf.restrict()
    seen = office.get(f"{SLIPS}{town.class_4a.key}/", follow=True).content.decode()
    assert "Nothing can be handed out there now." in seen
    assert "tear it up" in hands_out(office, town)
    assert only().stopped == Stopped.RESTRICTED
    assert Client().get(f"/maple-street/start/{code}/").status_code == 404


def test_a_teacher_of_another_class_sees_none_of_them(town: Town, office: Client) -> None:
    asks(town)
    other = staff(town.school, "Mr Ito", Role.TEACHER)
    his = SchoolClass.objects.create(school=town.school, name="5B")
    Teaching.objects.create(school=town.school, school_class=his, staff=other)
    ito = browser_of(other)
    assert [ito.get(f"{SLIPS}{one.key}/").status_code for one in (his, town.class_4a)] == [302, 404]
    hands_out(ito, town)
    assert only().status == Status.QUEUED


def test_the_code_leads_to_the_message_and_to_a_place_for_a_number(town: Town, office: Client) -> None:
    asks(town)
    code = code_of(only())
    family = Client()
    page = family.post("/maple-street/start/", {"code": shown(code).lower()}, follow=True).content.decode()
    assert re.search(r'href="/maple-street/n/\w{26}/"', page)
    assert 'lang="ur"' in page
    assert "Hamza" not in page
    answer = family.post(f"/maple-street/start/{code}/", {"number": "nine", "channel": "sms"})
    assert answer.status_code == 422
    assert 'value="nine"' in answer.content.decode()
    given = {"number": "07700 900777", "channel": "sms", "words": "Evenings please"}
    family.post(f"/maple-street/start/{code}/", given)
    family.post(f"/maple-street/start/{code}/", given)
    item = TriageItem.objects.get()
    assert (item.reason, item.sender, item.text) == (TriageReason.BY_SLIP, NUMBER, "Evenings please")
    assert item.slip_of == town.yousaf.tie
    assert not ContactPoint.objects.filter(ended_at=None).exists()  # nobody believes it unasked


@on_both_databases
def test_the_office_asks_and_then_keeps_the_number(town: Town, office: Client) -> None:
    asks(town)
    code = code_of(only())
    Client().post(f"/maple-street/start/{code}/", {"number": "07700 900777", "channel": "sms"})
    item = TriageItem.objects.get()
    tray = office.get("/maple-street/triage/").content.decode()
    assert "I have checked. It is their number" in tray
    office.post(f"/maple-street/triage/{item.key}/placement/", {"tie": town.yousaf.tie.key, "keep": "1"})
    point = ContactPoint.objects.get(ended_at=None)
    assert (point.guardian, point.address.value, point.consented) == (town.yousaf.guardian, NUMBER, True)


def test_a_code_that_is_texted_says_whose_slip_it_was(town: Town, office: Client) -> None:
    asks(town)
    words = Words(text=f"salam {shown(code_of(only()))}", channel="sms", at=TUESDAY, sender=NUMBER)
    hear(school=town.school, address=None, words=words, now=TUESDAY)
    item = TriageItem.objects.get()
    assert (item.reason, item.slip_of) == (TriageReason.BY_SLIP, town.yousaf.tie)


@pytest.mark.parametrize(
    "before", ["here ", "Dear Ms Sample, many thanks, we have read that: ", "x" * 200 + " "]
)
def test_a_code_is_found_between_words_that_look_like_one(town: Town, office: Client, before: str) -> None:
    asks(town)
    found = slip_in(f"{before}{shown(code_of(only()))} thanks", school=town.school, now=TUESDAY)
    assert found == only()


def test_a_long_message_is_looked_up_once(
    town: Town, django_assert_num_queries: Callable[[int], AbstractContextManager]
) -> None:
    asks(town)
    with django_assert_num_queries(1):
        assert slip_in("abcd2345 " * 10_000, school=town.school, now=TUESDAY) is None


@pytest.mark.parametrize("code", ["abcdefgh", "2345678", "nothing-like-it"])
def test_what_is_no_code_of_ours_opens_nothing_and_says_what_to_do(town: Town, code: str) -> None:
    answer = Client().get(f"/maple-street/start/{code}/")
    assert answer.status_code == 404
    assert "Look at the slip again, or ring the school." in answer.content.decode()


def test_after_two_months_the_code_is_over(town: Town, office: Client) -> None:
    asks(town)
    code = code_of(only())
    with time_machine.travel(TUESDAY.replace(month=12, day=20), tick=False):
        assert Client().get(f"/maple-street/start/{code}/").status_code == 404


def test_neither_a_log_line_nor_an_error_report_shows_the_code(
    town: Town, office: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(town)
    code, family = code_of(only()), Client()
    family.raise_request_exception = False
    family.get("/maple-street/start/abcd2345/")  # no slip of ours

    def breaks(**_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(start, "number_given", breaks)
    broken = family.post(f"/maple-street/start/{code}/", {"number": "07700 900777", "channel": "sms"})
    assert broken.status_code == 500
    assert "Internal Server Error: /maple-street/start/…/" in caplog.text
    assert "abcd2345" not in caplog.text
    assert code not in caplog.text


def test_wrong_codes_from_one_household_end_and_right_ones_cost_nothing(
    town: Town, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(town)
    page = f"/maple-street/start/{code_of(only())}/"
    monkeypatch.setattr(start, "TRIES", Rate(2, timedelta(hours=1)))

    def opens(address: str, place: str) -> int:
        return Client().get(address, REMOTE_ADDR=place).status_code

    assert {opens(page, "2001:db8:1:2::1") for _ in range(5)} == {200}
    for number in range(2):
        assert opens("/maple-street/start/abcdefgh/", f"2001:db8:1:2::{number + 5}") == 404
    assert opens(page, "2001:db8:1:2:aaaa::9") == 404  # the same household, by another of its addresses
    assert opens(page, "2001:db8:1:3::1") == 200


def test_three_numbers_at_most_wait_for_one_slip(town: Town, office: Client) -> None:
    asks(town)
    page = f"/maple-street/start/{code_of(only())}/"
    for number in range(3):
        Client().post(page, {"number": f"07700 90077{number}", "channel": "sms"})
    refused = Client().post(page, {"number": "07700 900773", "channel": "sms"})
    assert refused.status_code == 422
    assert 'value="07700 900773"' in refused.content.decode()  # nothing typed is lost
    assert Client().post(page, {"number": "07700 900771", "channel": "sms"}).status_code == 200  # it waits
    assert TriageItem.objects.waiting().count() == 3
    TriageItem.objects.filter(sender="+447700900770").update(resolved_at=TUESDAY)
    Client().post(page, {"number": "07700 900773", "channel": "sms"})
    assert TriageItem.objects.waiting().filter(sender="+447700900773").exists()
