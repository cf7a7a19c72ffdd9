"""The town's pages, used as a person without a script uses them: read, fill in, press."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

import practice
from practice.tests.asking import ask
from practice.tests.test_whatsapp_sending import buttons, rows, send, template


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # label → (name, value)


class Reader(HTMLParser):
    """The forms and the words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.text: list[str] = []
        self._button: list[str] | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        if tag == "input" and given.get("type") != "checkbox":
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        if tag == "select":
            self._select = given["name"]
        if tag == "option" and "selected" in given:
            self.forms[-1].fields[self._select] = given["value"]
        if tag == "button":
            self._button = [given.get("name", ""), given.get("value", ""), ""]

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._button:
            self._button[2] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._button:
            name, value, label = self._button
            self.forms[-1].buttons[label] = (name, value)
            self._button = None


@pytest.fixture
def town(tmp_path):
    with practice.town_in_thread(status_pause=0, clock_file=tmp_path / "clock.json") as town:
        town.register_account(gateway="whatsapp", name="maple", phone_number_id="1122334455667")
        town.register_account(gateway="office_phone", name="office phone")
        town.register_account(gateway="mail", name="post", domain="reply.example.org")
        town.register_phone(
            id="yousaf", owner="Mr Yousaf", number="+447700900123", mailbox="y@example.org", language="ur"
        )
        yield town


def look(town, path="/phones/yousaf/"):
    status, html, headers = ask("GET", town.url + path)
    assert status == 200
    assert headers["content-security-policy"].startswith("default-src 'none'")
    return html


def press(town, label, path="/phones/yousaf/", nth=0, **written):
    """Fill in the form that has this button, press it, and follow to the next page."""
    fitting = [form for form in Reader(look(town, path)).forms if label in form.buttons]
    form = fitting[nth]
    name, value = form.buttons[label]
    fields = {**form.fields, **written, **({name: value} if name else {})}
    status, html, headers = ask("POST", town.url + form.action, form=fields, Origin=town.url)
    return look(town, headers["location"].partition("#")[0]) if status == 303 else html


def test_every_phone_is_listed_and_can_be_found(town):
    town.register_phone(id="anna", owner="Anna Kowalska", mailbox="anna@example.net")
    assert "Anna Kowalska" in look(town, "/")
    found = look(town, "/?q=kowal")
    assert "1 of 2 phones" in found
    assert "Mr Yousaf" not in found
    assert "No phone fits" in look(town, "/?q=nobody")


def test_a_town_without_phones_says_where_they_come_from(town):
    town.reset(everything=True)
    assert "POST /control/phones/" in look(town, "/")


def test_news_come_first_with_their_count(town):
    town.register_phone(id="anna", owner="Anna Kowalska", number="+447700900124")
    send(town, {"to": "+447700900124", **template("Zofia")})
    page = look(town, "/")
    assert page.index("Anna Kowalska") < page.index("Mr Yousaf")
    assert "1 new" in page


def test_words_typed_go_out_by_the_way_chosen(town):
    page = press(town, "Send", text="ہاں، شکریہ", way="sms office phone")
    assert 'dir="rtl" lang="ur" class="said">ہاں، شکریہ</p>' in page
    [line] = town.call(lambda t: list(t.phones.get("yousaf").lines))
    assert (line.channel, line.account, line.from_school) == ("sms", "office phone", False)


def test_a_button_of_a_message_can_be_pressed(town):
    town.answer("yousaf", channel="whatsapp", text="Salaam")
    send(town, buttons("Yes", "No"))
    page = press(town, "No")
    assert "No (pressed)" in "".join(Reader(page).text)
    assert town.received("yousaf")[0].chosen == "key No"


def test_a_row_of_a_list_can_be_chosen(town):
    town.answer("yousaf", channel="whatsapp", text="Salaam")
    send(town, rows(3))
    press(town, "Row 2")
    assert town.received("yousaf")[0].chosen == "2"


def test_ringing_stopping_reading_and_switching_off_need_no_words(town):
    send(town, template("Hamza"))
    assert "Read · template notice" in press(town, "Open and read")
    assert "Let it ring once" in press(town, "Let it ring once", nth=1)
    press(town, "Send STOP", nth=1)
    said = town.call(lambda t: [(x.channel, x.text, x.rang) for x in t.phones.get("yousaf").lines][1:])
    assert said == [("sms", "", True), ("sms", "STOP", False)]
    assert "switched off: nothing is delivered" in press(town, "Switch off")
    assert "Switch off" in press(town, "Switch on")


def test_what_the_school_writes_is_shown_as_text_and_never_as_html(town):
    town.answer("yousaf", channel="whatsapp", text="Salaam")
    nasty = '<script>alert(1)</script> "quoted" https://example.org/?a=1&b=<b>'
    send(town, {"type": "text", "text": {"body": nasty}})
    page = look(town)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; " in page
    assert '<a href="https://example.org/?a=1&amp;b=" rel="noreferrer">' in page


def test_the_clock_is_moved_from_every_page(town):
    page = press(town, "Tomorrow 08:00", path="/phones/yousaf/")
    assert ", 08:00</b>" in page
    press(town, "Set", to="2030-05-07T15:10")
    assert "Tuesday 7 May, 15:10" in look(town)
    assert "(real time)" in press(town, "Back to real time")
    assert "That is no time the clock can show" in press(town, "Set", to="teatime")


def test_enter_in_the_clocks_field_sets_it(town):
    """A browser presses the first button of the field's own form."""
    [form] = [one for one in look(town).split("<form") if 'id="clock-to"' in one]
    assert re.findall("<button.*?</button>", form.partition("</form>")[0]) == [
        '<button class="btn sm">Set</button>'
    ]


def test_the_clock_leads_back_to_pages_of_the_town_only(town):
    form = {"move": "hour", "next": "//example.org/"}
    _, _, headers = ask("POST", town.url + "/clock/", form=form)
    assert headers["location"] == "/"


def test_weather_is_made_and_ended_on_its_page(town):
    press(town, "Make it so", path="/weather/", rude="429", repeat="5", forgetful="1", delay="0")
    weather = town.call(lambda t: t.weather["whatsapp"])
    assert (weather.rude.value, weather.repeat, weather.forgetful) == ("429", 5, True)
    press(town, "Fine again", path="/weather/")
    assert town.call(lambda t: t.weather["whatsapp"].fine)


def test_a_mistake_is_said_and_leads_back(town):
    status, page, _ = ask(
        "POST", town.url + "/phones/yousaf/answers/", form={"way": "sms nobody", "text": "x"}
    )
    assert status == 400
    assert "No school has an account for sms here called &#x27;nobody&#x27;." in page
    assert 'href="/phones/yousaf/"' in page
    assert ask("GET", town.url + "/phones/nobody/")[0] == 404


def test_the_script_learns_that_something_changed(town):
    before = ask("GET", town.url + "/phones/yousaf/version")[1]
    send(town, template("Hamza"))
    assert ask("GET", town.url + "/phones/yousaf/version")[1] != before
    assert ask("GET", town.url + "/live.js")[2]["content-type"].startswith("text/javascript")
    assert ask("GET", town.url + "/style.css")[2]["content-type"].startswith("text/css")


def test_mail_has_presses_of_its_own(town):
    with practice.town_in_thread(smtp_port=0) as post:
        post.register_account(gateway="mail", name="post", domain="reply.example.org")
        post.register_phone(id="anna", owner="Anna", mailbox="anna@example.net")
        assert "Nothing came by mail yet" in look(post, "/phones/anna/")
        mail = (
            "From: Office <office@reply.example.org>\r\nTo: anna@example.net\r\nSubject: The trip\r\n"
            "Message-ID: <1@example.org>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            f"List-Unsubscribe: <{post.url}/nowhere/>\r\n\r\nWill you come?\r\n"
        )
        with smtplib.SMTP("127.0.0.1", post.smtp_port, timeout=10) as smtp:
            smtp.sendmail("office@reply.example.org", ["anna@example.net"], mail)
        assert "said by the mail program" in press(post, "Away note", path="/phones/anna/")
        assert "could not be delivered" in press(post, "Mailbox is full", path="/phones/anna/")
        assert "answered the unsubscribing with HTTP 404" in press(post, "Unsubscribe", path="/phones/anna/")


def test_a_phone_no_school_can_write_to_says_so(town):
    town.register_phone(id="alone", number="+447700900125", channels=["sms"])
    town.call(lambda t: t.accounts.clear())
    page = look(town, "/phones/alone/")
    assert "No school has an account for this phone’s channels yet." in page
    assert "No school has an account at these gateways yet." in look(town, "/weather/")


@pytest.mark.parametrize(("label", "hour"), [("One hour on", ""), ("evening 21:30", "21:30</b>")])
def test_the_clock_goes_on(town, label, hour):
    page = look(town)
    [name] = [word for form in Reader(page).forms for word in form.buttons if label in word]
    before = town.call(lambda t: t.clock.offset())
    assert hour in press(town, name)
    assert town.call(lambda t: t.clock.offset()) > before


def test_a_stopped_phone_shows_whom_it_stopped(town):
    town.register_account(gateway="twilio", name="texts")
    town.answer("yousaf", channel="sms", account="texts", stop=True)
    page = look(town)
    assert "STOP sent to" in page
    assert "said by the carrier" in page


def test_an_unsubscribing_without_a_mail_is_a_mistake(town):
    status, page, _ = ask("POST", town.url + "/phones/yousaf/unsubscription/")
    assert status == 400
    assert "Nothing came by mail yet." in page
