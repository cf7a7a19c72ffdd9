"""The schools' accounts at the pretend gateways: credentials, callback addresses, templates.

Everything left out when an account is registered gets a readable default, and `as_json` shows all of it:
these secrets are public by design. `keys` are what a request names the account by.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar, get_args

from practice.errors import Mistake


@dataclass(slots=True)
class Template:
    """A text the gateway's owner approved: `{{1}}` marks a place, `buttons` are its quick replies."""

    name: str
    language: str = "en"
    body: str = ""
    category: str = "UTILITY"
    status: str = "APPROVED"
    buttons: list[str] = field(default_factory=list)
    id: int = 0

    def __post_init__(self) -> None:
        self.id = self.id or int(_digits(f"template {self.name} {self.language}", 15))


@dataclass(slots=True)
class WhatsAppAccount:
    """One business number on the WhatsApp Cloud API.

    `any_template` (so unless templates are given): a template that is not listed is taken as approved.
    `window_refusal`: free text outside the 24 hours is refused in the "answer" (HTTP 400) or later by a
    failed "status"; the real service does both.
    """

    gateway: ClassVar[str] = "whatsapp"
    channel: ClassVar[str] = "whatsapp"
    name: str
    callback: str = ""
    phone_number_id: str = ""
    business_id: str = ""
    display_number: str = "441632960001"
    verified_name: str = "Maple Street School"
    access_token: str = ""
    app_secret: str = ""
    verify_token: str = ""
    templates: list[Template] = field(default_factory=list)
    any_template: bool | None = None
    window_refusal: str = "answer"

    def __post_init__(self) -> None:
        self.phone_number_id = self.phone_number_id or _digits(f"phone {self.name}", 15)
        self.business_id = self.business_id or _digits(f"business {self.name}", 15)
        self.access_token = self.access_token or f"practice-token-{self.name}"
        self.app_secret = self.app_secret or _hex(f"app secret {self.name}", 32)
        self.verify_token = self.verify_token or f"practice-verify-{self.name}"
        self.templates = [t if isinstance(t, Template) else _build(Template, t) for t in self.templates]
        if self.any_template is None:
            self.any_template = not self.templates

    @property
    def keys(self) -> tuple[str, ...]:
        return self.phone_number_id, self.business_id

    @property
    def number(self) -> str:
        return "+" + self.display_number.lstrip("+")

    def template(self, name: str, language: str) -> Template | None:
        """The approved text of that name and language; None where the service would know none."""
        listed = next((t for t in self.templates if (t.name, t.language) == (name, language)), None)
        return listed or (Template(name=name, language=language) if self.any_template else None)


@dataclass(slots=True)
class TwilioAccount:
    """One Twilio account with one number. `callback` receives inbound messages (the number's SmsUrl)."""

    gateway: ClassVar[str] = "twilio"
    channel: ClassVar[str] = "sms"
    name: str
    callback: str = ""
    account_sid: str = ""
    auth_token: str = ""
    number: str = "+441632960002"
    status_callback: str = ""  # used when a request names none, as a messaging service would
    country: str = "GB"

    def __post_init__(self) -> None:
        self.account_sid = self.account_sid or "AC" + _hex(f"account {self.name}", 32)
        self.auth_token = self.auth_token or _hex(f"auth token {self.name}", 32)

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.account_sid,)


@dataclass(slots=True)
class TwilioVoiceAccount(TwilioAccount):
    """The same at Twilio's voice side. `callback` is asked what to do with a call that comes in."""

    gateway: ClassVar[str] = "twilio_voice"
    channel: ClassVar[str] = "call"
    number: str = "+441632960007"


@dataclass(slots=True)
class OfficePhoneAccount:
    """The school's own Android phone with the open SMS gateway app on it."""

    gateway: ClassVar[str] = "office_phone"
    channel: ClassVar[str] = "sms"
    name: str
    callback: str = ""
    username: str = ""
    password: str = ""
    signing_key: str = ""
    device_id: str = ""
    number: str = "+447700900003"
    webhooks: dict[str, dict[str, str]] = field(default_factory=dict)  # registered over the wire: id → row

    def __post_init__(self) -> None:
        self.username = self.username or self.name
        self.password = self.password or f"practice-password-{self.name}"
        self.signing_key = self.signing_key or _hex(f"signing key {self.name}", 32)
        self.device_id = self.device_id or _hex(f"device {self.name}", 21)

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.username,)


@dataclass(slots=True)
class MailAccount:
    """Who brings families' mail: `provider` is "postmark" (basic auth in `callback`) or "mailgun".

    Mail to any address at `domain` is posted to `callback`; Porchlight itself sends over SMTP.
    """

    gateway: ClassVar[str] = "mail"
    channel: ClassVar[str] = "email"
    name: str
    callback: str = ""
    provider: str = "postmark"
    domain: str = "reply.maple-street.example.org"
    signing_key: str = ""
    smtp_username: str = ""
    smtp_password: str = ""
    number: str = ""  # mail has none; keeps one shape for the page

    def __post_init__(self) -> None:
        self.signing_key = self.signing_key or _hex(f"mail signing key {self.name}", 32)
        if self.provider not in {"postmark", "mailgun"}:
            raise Mistake(f"Mail comes in through postmark or mailgun, not {self.provider!r}.")

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.domain,)


@dataclass(slots=True)
class TelegramAccount:
    """One bot. `callback`, `secret_token` and `allowed_updates` are what setWebhook said last."""

    gateway: ClassVar[str] = "telegram"
    channel: ClassVar[str] = "telegram"
    name: str
    callback: str = ""
    bot_token: str = ""
    username: str = "maple_street_bot"
    secret_token: str = ""
    allowed_updates: list[str] = field(
        default_factory=list
    )  # empty: all but the rare ones, as Telegram has it
    number: str = ""  # as the page shows it: the bot's name

    def __post_init__(self) -> None:
        self.bot_token = (
            self.bot_token or f"{_digits(f'bot {self.name}', 10)}:{_hex(f'bot token {self.name}', 35)}"
        )
        self.number = f"@{self.username}"

    @property
    def id(self) -> int:
        return int(self.bot_token.partition(":")[0])

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.bot_token,)


@dataclass(slots=True)
class VonageAccount:
    """One number at Vonage's SMS API. `callback` receives what families write, and receipts that name no place."""

    gateway: ClassVar[str] = "vonage"
    channel: ClassVar[str] = "sms"
    name: str
    callback: str = ""
    api_key: str = ""
    api_secret: str = ""
    signature_secret: str = ""
    number: str = "+441632960004"

    def __post_init__(self) -> None:
        self.api_key = self.api_key or _hex(f"vonage key {self.name}", 8)
        self.api_secret = self.api_secret or f"practice-secret-{self.name}"
        self.signature_secret = self.signature_secret or _hex(f"vonage signs {self.name}", 32)

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.api_key,)


@dataclass(slots=True)
class AfricasTalkingAccount:
    """One short code at Africa's Talking. It signs nothing: it posts to `callback` with `hook_word` at its end."""

    gateway: ClassVar[str] = "africas_talking"
    channel: ClassVar[str] = "sms"
    name: str
    callback: str = ""
    username: str = ""
    api_key: str = ""
    hook_word: str = ""
    number: str = "22384"

    def __post_init__(self) -> None:
        self.username = self.username or self.name
        self.api_key = self.api_key or f"atsk_practice_{self.name}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.api_key,)


type Account = (
    WhatsAppAccount
    | TwilioAccount
    | TwilioVoiceAccount
    | OfficePhoneAccount
    | VonageAccount
    | AfricasTalkingAccount
    | TelegramAccount
    | MailAccount
)
KINDS: dict[str, type[Account]] = {kind.gateway: kind for kind in get_args(Account.__value__)}


def account_from(values: Mapping[str, Any]) -> Account:
    """An account out of the JSON a test or a configuration file gives. Raises Mistake, with what to mend."""
    values = dict(values)
    gateway = values.pop("gateway", "")
    if gateway not in KINDS:
        raise Mistake(f"gateway is one of {', '.join(sorted(KINDS))}, not {gateway!r}.")
    values.setdefault("name", gateway)
    return _build(KINDS[gateway], values)


def as_json(account: Account) -> dict[str, Any]:
    return {"gateway": account.gateway, **asdict(account)}


def _build[T](kind: type[T], values: Mapping[str, Any]) -> T:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass
    unknown = sorted(set(values) - known)
    if unknown:
        raise Mistake(f"{kind.__name__} has no {', '.join(unknown)}; it knows {', '.join(sorted(known))}.")
    return kind(**values)


def _hex(seed: str, length: int) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()[:length]


def _digits(seed: str, length: int) -> str:
    number = int(hashlib.sha256(seed.encode()).hexdigest(), 16)
    return "1" + str(number)[: length - 1]
