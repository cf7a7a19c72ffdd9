"""Mrs Okafor connects each way there is, from WhatsApp to mail: with a wrong secret, rightly, on a bad day.

Each says in plain words what is wrong and what to do. What she typed stays, but for secrets, which never come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.keyboard import Hands
from tests.maple import Maple
from tests.visitor import NO_SCRIPT, PHONE, Visitor, visiting

pytestmark = pytest.mark.browser

HERS, HER_MAIL, HER_CHAT = "+447700900555", "okafor.at.home@example.org", "755500555"
WRONG = "copied with a slip of the hand"
TEST = "This is a test message from Maple Street School."
NOBODY_THERE = "http://127.0.0.1:9"
NOT_REACHED = "The gateway could not be reached. We try again by ourselves; nothing was sent."
PASSING = "has a passing problem. We try again by ourselves."


@dataclass(frozen=True)
class Way:
    """One way, with what its gateway's own pages give the office."""

    gateway: str
    town: Mapping[str, Any]  # the account, as the practice town keeps it
    plain: Mapping[str, str]  # what may be read again on the page
    secrets: Mapping[str, str]
    wrong: str  # the secret that is copied wrongly at first
    refused: str  # what the office reads about that
    weather: Mapping[str, Any]  # a bad day of the town's gateway
    bad: str  # what the office reads about that
    gone: Mapping[str, str] = field(default_factory=lambda: {"base_url": NOBODY_THERE})
    not_reached: str = NOT_REACHED
    to: str = HERS
    screen: Mapping[str, Any] = field(default_factory=dict)
    slip: str = WRONG  # what she copies first in the place of the right secret


WHATSAPP = Way(
    gateway="whatsapp_cloud",
    town={"gateway": "whatsapp", "display_number": "441632960071", "phone_number_id": "106540000000071"},
    plain={
        "sender": "+441632960071",
        "phone_number_id": "106540000000071",
        "base_url": "http://127.0.0.1:{port}",
        "templates": "porchlight_general en",
    },
    secrets={
        "access_token": "a token for trying",
        "app_secret": "0123456789abcdef" * 2,
        "verify_token": "porch lights",
    },
    wrong="access_token",
    refused="WhatsApp no longer accepts our access. Make a new access token with Meta and put it into the settings.",
    weather={"rude": "reset"},
    bad="The gateway broke off before it answered, so it may have arrived.",
)
TWILIO = Way(
    gateway="twilio_sms",
    town={"gateway": "twilio", "number": "+441632960072", "account_sid": "AC" + "7" * 32},
    plain={
        "sender": "+441632960072",
        "account_sid": "AC" + "7" * 32,
        "base_url": "http://127.0.0.1:{port}",
    },
    secrets={"auth_token": "abcdef0123456789" * 2},
    wrong="auth_token",
    refused="Twilio does not accept our access. Check the account SID and the auth token in the settings.",
    weather={"rude": "500"},
    bad=f"Twilio {PASSING}",
    screen=NO_SCRIPT,
)
OFFICE_PHONE = Way(
    gateway="office_phone",
    town={"gateway": "office_phone", "number": "+447700900073", "username": "porch"},
    plain={
        "sender": "+447700900073",
        "username": "porch",
        "base_url": "http://127.0.0.1:{port}",
        "country": "GB",
    },
    secrets={"password": "of the phone itself", "signing_key": "a key of the phone"},
    wrong="password",
    refused="The phone's service does not accept our access. Copy user name and password from the SMSGate app again.",
    weather={"rude": "500"},
    bad="The gateway has trouble of its own (HTTP 500). We try again by ourselves.",
)
MAIL = Way(
    gateway="email",
    town={"gateway": "mail", "smtp_username": "hello", "smtp_password": "a letter every day"},
    plain={
        "sender": "hello@maple-street.example.org",
        "host": "127.0.0.1",
        "port": "{smtp_port}",
        "security": "plain",
        "username": "hello",
    },
    secrets={"password": "a letter every day"},
    wrong="password",
    refused="The mail server does not accept user name and password. Correct them in the settings.",
    weather={"rude": "500"},
    bad=f"The mail server {PASSING}",
    gone={"port": "9"},
    to=HER_MAIL,
    screen=PHONE,
)
VONAGE = Way(
    gateway="vonage_sms",
    town={"gateway": "vonage", "number": "+441632960074", "api_key": "abcd7474"},
    plain={"sender": "+441632960074", "api_key": "abcd7474", "base_url": "http://127.0.0.1:{port}"},
    secrets={"api_secret": "a secret for trying", "signature_secret": "a signature for trying"},
    wrong="api_secret",
    refused="Vonage does not accept our access. Check the API key and the API secret in the settings.",
    weather={"rude": "reset"},
    bad="The gateway broke off before it answered, so it may have arrived.",
)
AFRICAS_TALKING = Way(
    gateway="africas_talking",
    town={"gateway": "africas_talking", "number": "22375", "username": "maple"},
    plain={"sender": "22375", "username": "maple", "base_url": "http://127.0.0.1:{port}"},
    secrets={"api_key": "atsk a key for trying", "hook_word": "aLongWordForTrying75"},
    wrong="api_key",
    refused="Africa's Talking does not accept our access. Check the user name and the API key in the settings.",
    weather={"rude": "500"},
    bad="The gateway has trouble of its own (HTTP 500). We try again by ourselves.",
    screen=PHONE,
)
TELEGRAM = Way(
    gateway="telegram",
    town={"gateway": "telegram", "username": "maple_trying_bot"},
    plain={"sender": "@maple_trying_bot", "base_url": "http://127.0.0.1:{port}"},
    secrets={"bot_token": "7676767676:a-token-for-trying_0123456789abcdef"},
    wrong="bot_token",
    refused="Telegram does not know this bot token. Copy it again from @BotFather into the settings.",
    weather={"rude": "500"},
    bad=f"Telegram {PASSING}",
    to=HER_CHAT,
    slip="7676767676:a-slip-of-the-hand_0123456789abcdefgh",
)
WAYS = {
    "vonage": VONAGE,
    "africas_talking": AFRICAS_TALKING,
    "telegram": TELEGRAM,
    "whatsapp": WHATSAPP,
    "twilio": TWILIO,
    "office_phone": OFFICE_PHONE,
    "mail": MAIL,
}


def begins(maple: Maple, way: Way) -> None:
    """The gateway knows the school's account, and Mrs Okafor has a phone and a mailbox of her own."""
    secrets = {} if way is MAIL else way.secrets
    maple.town.register_account(name="newly-connected", **way.town, **secrets)
    hers = {"number": HERS, "mailbox": HER_MAIL, "telegram_id": HER_CHAT, "begun": ["newly-connected"]}
    maple.town.register_phone(id="hers", owner="Mrs Okafor", **hers)


def arrived(maple: Maple) -> int:
    """How many tests came to her own phone or mailbox."""
    return sum(TEST in line.text for line in maple.town.received("hers"))


@dataclass
class Setting:
    """Mrs Okafor at the set-up page of one way."""

    okafor: Visitor
    maple: Maple
    way: Way

    def plain(self) -> dict[str, str]:
        here = {"port": self.maple.town.port, "smtp_port": self.maple.town.smtp_port}
        return {name: value.format(**here) for name, value in self.way.plain.items()}

    def fills(self, **values: str) -> None:
        for name, value in values.items():
            self.okafor.page.locator(f"[name={name}]").fill(value)

    def keeps(self) -> None:
        self.okafor.presses("Keep it")
        self.keeps_secrets()

    def keeps_secrets(self) -> None:
        """No secret, right or wrong, is anywhere in the page."""
        html = self.okafor.page.content()
        assert [one for one in (self.way.slip, *self.way.secrets.values()) if one in html] == []

    def tests(self) -> None:
        """A test to herself; the workers do their part, and she looks again."""
        self.fills(to=self.way.to)
        self.okafor.presses("Send the test")
        self.maple.carry()
        self.looks_again()

    def looks_again(self) -> None:
        self.okafor.goes(self.okafor.page.url)
        self.keeps_secrets()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_way_is_connected_with_a_slip_and_on_a_bad_day(chromium: Browser, maple: Maple, way: Way) -> None:
    begins(maple, way)
    with visiting(chromium, maple, as_="okafor", **way.screen) as okafor:
        here = Setting(okafor, maple, way)
        okafor.goes(f"/maple-street/settings/ways/new/{way.gateway}/")
        begins_with_a_slip(here)
        a_wrong_secret_holds_the_way_and_says_so(here)
        nobody_answers(here)
        a_bad_day(here)
        okafor.goes("/maple-street/triage/")
        okafor.does_not_read(way.refused)
    assert arrived(maple) == 3  # the one of the bad day still waits


def begins_with_a_slip(here: Setting) -> None:
    """She forgets what to call it: everything stays but the secrets, and it says that they are to be written again."""
    here.fills(label=" ", **here.plain(), **here.way.secrets)
    here.keeps()
    here.okafor.reads("Write it once more: a secret is never shown again on a page.")
    for name, value in here.plain().items():
        expect(here.okafor.page.locator(f"[name={name}]")).to_have_value(value)
    here.fills(label="Newly connected", **{**here.way.secrets, here.way.wrong: here.way.slip})
    here.keeps()
    here.okafor.does_not_read("To put right")


def a_wrong_secret_holds_the_way_and_says_so(here: Setting) -> None:
    here.tests()
    here.okafor.reads("Nothing leaves on this account until you act.")
    here.okafor.reads(here.way.refused)
    here.fills(to=here.way.to)
    here.okafor.presses("Send the test")
    here.okafor.reads("The test waits. It leaves when you have put right what stands here.")
    here.okafor.goes("/maple-street/triage/")
    here.okafor.reads(here.way.refused)
    here.okafor.follows("Open its page")
    assert arrived(here.maple) == 0
    here.fills(**{here.way.wrong: here.way.secrets[here.way.wrong]})
    here.keeps()
    here.maple.carry()
    assert arrived(here.maple) == 2
    here.looks_again()
    here.okafor.does_not_read("Nothing leaves on this account until you act.")
    here.okafor.does_not_read(here.way.refused)


def nobody_answers(here: Setting) -> None:
    """The phone is switched off, the server is away: it is said, tried again, and arrives once it is back.

    A new address wants the secrets written again: those that were kept were for the old one.
    """
    here.fills(**here.way.gone)
    here.keeps()
    here.okafor.reads("The address has changed. Write this once more: it was kept for the old one.")
    here.fills(**here.way.secrets)
    here.keeps()
    here.tests()
    here.okafor.reads(here.way.not_reached)
    assert arrived(here.maple) == 2
    here.fills(**{name: here.plain()[name] for name in here.way.gone}, **here.way.secrets)
    here.keeps()
    here.maple.later(minutes=2)
    here.maple.carry()
    assert arrived(here.maple) == 3
    here.looks_again()
    here.okafor.does_not_read(here.way.not_reached)


def a_bad_day(here: Setting) -> None:
    here.maple.town.set_weather(here.way.town["gateway"], **here.way.weather)
    here.tests()
    here.okafor.reads(here.way.bad)


def test_the_schools_phone_is_connected_by_keys_alone(chromium: Browser, maple: Maple) -> None:
    way = OFFICE_PHONE
    begins(maple, way)
    with visiting(chromium, maple, as_="okafor") as okafor:
        page, hands = okafor.page, Hands(okafor.page)
        here = Setting(okafor, maple, way)
        page.goto("/maple-street/settings/ways/")
        hands.skips_to_the_page()
        hands.opens(page.locator("a[href$='/new/office_phone/']"))
        values = {"label": "Phone in the office", **here.plain(), **way.secrets}
        for name in ("label", "sender", "base_url", "username", "password", "signing_key", "country"):
            hands.tab_to(page.locator(f"[name={name}]"))
            page.keyboard.press("Control+A")
            page.keyboard.type(values[name])
        hands.opens(page.get_by_role("button", name="Keep it"))
        hands.writes(page.locator("[name=to]"), HERS)
        hands.opens(page.get_by_role("button", name="Send the test"))
        okafor.reads("The test is on its way. Look again in a moment to see how far it came.")
        maple.carry()
    assert arrived(maple) == 1
