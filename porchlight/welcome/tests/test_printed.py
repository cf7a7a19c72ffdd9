"""The poster and the cards: two languages at a time, a picture that opens the phone, a number that names nobody."""

import html
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
import segno
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.accounts.models import Token
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.heard import Words
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Account
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.direction import page_languages
from porchlight.families.models import ContactPoint, Enrolment
from porchlight.languages.phrases import languages, say
from porchlight.languages.understood import Kind, understand
from porchlight.schools.actors import system
from porchlight.schools.models import School, SchoolClass
from porchlight.welcome.cards import code_in, holder, in_groups, make_cards
from porchlight.welcome.printed import numbers_of
from porchlight.welcome.tests.conftest import BASE

POSTER, CARDS = f"{BASE}/hello/poster/", f"{BASE}/hello/cards/"


@pytest.fixture
def okafor(town: Town) -> Client:
    Account.objects.filter(pk=town.phone.pk).update(sender="+447700900003")
    return browser_of(town.okafor)


def picture(words: str) -> str:
    return segno.make(words, error="m").svg_inline(scale=6, border=2, omitsize=True)


def unasked(town: Town) -> None:
    ContactPoint.objects.filter(pk=town.yousaf.point.pk).update(consented=False)


def cards_of(town: Town, client: Client, **more: str) -> str:
    data = {"school_class": town.class_4a.key, "first": "en", "second": "ur", **more}
    return client.post(CARDS, data).content.decode()


@pytest.mark.parametrize(
    ("second", "words"), [("ur", "ہمیں سلام بھیجیں"), ("es", "Mándenos un hola"), ("zh-Hans", "向我们问个好")]
)
def test_the_poster_speaks_two_languages_and_opens_a_text(okafor: Client, second: str, words: str) -> None:
    page = okafor.get(POSTER, {"first": "en", "second": second}).content.decode()
    assert "Send us a hello" in page
    assert words in page
    assert "07700 900003" in page
    assert picture("sms:+447700900003?body=Hello") in page
    assert "Hamza" not in page


def test_with_whatsapp_the_picture_opens_whatsapp_and_both_numbers_stand_there(
    town: Town, okafor: Client
) -> None:
    Account.objects.create(
        school=town.school,
        gateway="whatsapp_cloud",
        channel="whatsapp",
        label="WhatsApp",
        sender="+441632960001",
    )
    page = okafor.get(POSTER).content.decode()
    assert picture("https://wa.me/441632960001?text=Hello") in page
    assert "01632 960001" in page
    assert "07700 900003" in page


def test_one_language_twice_is_refused_and_the_poster_stays(okafor: Client) -> None:
    page = okafor.get(POSTER, {"first": "ur", "second": "ur"})
    assert page.status_code == 422
    assert "Choose another second language." in page.content.decode()


def test_without_a_number_it_says_what_to_set_up(town: Town, okafor: Client) -> None:
    Account.objects.update(sender="")
    for address in (POSTER, CARDS):
        assert "no WhatsApp or text number yet" in okafor.get(address).content.decode()


def test_a_card_carries_a_number_that_works_and_no_name(town: Town, okafor: Client) -> None:
    unasked(town)
    page = cards_of(town, okafor)
    card = page.split('hello-card">')[1].split("</article>")[0]
    assert "Yousaf" not in card
    assert "Hamza" not in card
    shown = re.search(r"\d{4} \d{4} \d{4}", card)
    assert shown
    assert picture(f"sms:+447700900003?body={quote('السلام علیکم ' + shown[0])}") in card
    code = code_in(shown[0])
    assert (
        holder(
            code, school=town.school, words=Words(code, "sms", TUESDAY, sender="+447700900123"), now=TUESDAY
        )
        == town.yousaf.guardian
    )
    assert code not in str(list(Token.objects.values()))  # what is kept opens nothing


def test_cards_are_for_those_without_an_agreed_way(town: Town, okafor: Client) -> None:
    reached = okafor.post(
        CARDS, {"school_class": town.class_4a.key, "first": "en", "second": "ur"}, follow=True
    )
    assert "No card is needed" in reached.content.decode()
    home = town.home(2)
    ContactPoint.objects.filter(pk=home.point.pk).update(ended_at=TUESDAY)
    assert cards_of(town, okafor).count("hello-card") == 1


def test_without_a_number_no_card_is_made_and_the_reason_is_said(town: Town, okafor: Client) -> None:
    unasked(town)
    Account.objects.update(sender="")
    page = okafor.post(CARDS, {"school_class": town.class_4a.key, "first": "en", "second": "ur"}, follow=True)
    assert "no WhatsApp or text number yet" in page.content.decode()
    assert "No card is needed" not in page.content.decode()
    assert not Token.objects.filter(purpose="hello_card").exists()


def test_who_went_to_another_class_gets_a_card_there_alone(town: Town, okafor: Client) -> None:
    unasked(town)
    Enrolment.objects.update(until=TUESDAY.date() - timedelta(days=1))
    other = SchoolClass.objects.create(school=town.school, name="5B")
    Enrolment.objects.create(school=town.school, student=town.yousaf.student, school_class=other)
    assert cards_of(town, okafor) == ""  # nobody is left to print one for
    assert "5B" in cards_of(town, okafor, school_class=other.key)


def test_the_number_that_is_used_first_is_the_one_that_is_printed(town: Town) -> None:
    first = Account.objects.get(pk=town.phone.pk)
    Account.objects.filter(pk=first.pk).update(rank=2, sender="+447700900003")
    open_account(
        school=town.school,
        gateway=first.gateway,
        label="New",
        by=system(town.school.pk),
        sender="+447700900004",
    )
    assert numbers_of(town.school) == {"sms": "+447700900004"}


def test_a_restricted_adult_gets_no_card(town: Town, okafor: Client) -> None:
    unasked(town)
    town.yousaf.restrict()
    assert "hello-card" not in cards_of(town, okafor)


def test_teachers_print_none(town: Town) -> None:
    client = browser_of(town.amal)
    assert [client.get(page).status_code for page in (POSTER, CARDS)] == [404, 404]


def test_the_page_of_slips_takes_a_cards_number_and_looks_none_up(town: Town, okafor: Client) -> None:
    """Decision 47: right or made up, the page says the same, and only a message from a phone is believed."""
    right = make_cards([town.yousaf.guardian], school=town.school, by=town.okafor.actor(), now=TUESDAY)
    family, pages = Client(), []
    for number in (right[town.yousaf.guardian.pk], "100000000000"):
        with CaptureQueriesContext(connection) as asked:
            page = family.post("/maple-street/start/", {"code": f" {in_groups(number)} "}).content.decode()
        assert not [one for one in asked.captured_queries if "accounts_token" in one["sql"]]
        assert f"sms:+447700900003?body=Hello%20{in_groups(number).replace(' ', '%20')}" in page
        pages.append(page.replace(in_groups(number), "-").replace(in_groups(number).replace(" ", "%20"), "-"))
    plain = [re.sub(r"\d{4}.\d{4}.\d{4}|csrf\S+ value=\S+", "-", page) for page in pages]
    assert plain[0] == plain[1]
    assert "Send us this number from your phone" in plain[0]
    refused = family.post("/maple-street/start/", {"code": "12345"})
    assert (refused.status_code, "a card twelve digits" in refused.content.decode()) == (422, True)


def asked_by(text: str, tag: str) -> list[Kind | None]:
    """What we would understand of the words that a line of ours says to write: in capitals, or between marks."""
    said = re.findall(r"[«“”]([^«»“”]+)[»”“]", text) or re.findall(
        r"\b[A-ZĀĒĪŌŪ]{3,}\b(?:\s[A-ZĀĒĪŌŪ]{2,}\b)*", text
    )
    return [found.kind if (found := understand(one, tag)) else None for one in said]


@pytest.mark.parametrize("tag", languages())
def test_what_paper_says_a_home_may_ask_is_what_we_understand(tag: str) -> None:
    assert asked_by(say("ask_words", tag), tag) == [Kind.ABOUT_CLASS, Kind.TONIGHT]


@pytest.mark.parametrize("tag", sorted(set(page_languages()) - {"en"}))
def test_the_poster_and_the_card_say_in_both_languages_what_a_home_may_ask(
    town: Town, okafor: Client, tag: str
) -> None:
    unasked(town)
    chosen = {"first": "en", "second": tag}
    for page in (okafor.get(POSTER, chosen).content.decode(), cards_of(town, okafor, **chosen)):
        for one in ("en", tag):
            assert html.escape(say("ask_words", one)) in page


def test_a_schools_own_words_stand_on_its_paper(town: Town, okafor: Client) -> None:
    own = say("ask_words", "ur").replace("آج کا سوال", "رات کا سوال")
    School.objects.update(own_phrases={"ur": {"ask_words": own}})
    assert own in okafor.get(POSTER, {"first": "en", "second": "ur"}).content.decode()
