"""What the road asks of every gateway, in our own few words.

A gateway's own vocabulary stops at its adapter. What an adapter cannot do is declared, never dropped silently.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, ClassVar, NamedTuple, Protocol

from porchlight.delivery.gateways.declared import Abilities, SettingField
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.requests import Greeting, RawRequest
from porchlight.delivery.gateways.sound import Along, Sound


class Advice(enum.StrEnum):
    """What to do about a failed try: answers "try again?" and "whom to tell?" in one word."""

    RETRY = "retry"  # transient: back off with jitter, honour Retry-After
    RETRY_LATE = "retry_late"  # trying again soon makes it worse: at least a day
    NEXT_CHANNEL = "next_channel"  # this address cannot take this message; another contact point might
    BAD_ADDRESS = "bad_address"  # the address itself is wrong or gone: the office mends it
    OPTED_OUT = "opted_out"  # an outcome, not an error: the family said stop
    NEEDS_TEMPLATE = "needs_template"  # the conversation window is closed: send the approved template instead
    STAFF_MUST_ACT = "staff_must_act"  # the account or a template is at fault: hold the lane, tell the office
    OUR_FAULT = "our_fault"  # we built a bad request: dead letter, wake an engineer


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a family can give with one press: `key` is what comes back, `label` what they see."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ApprovedTemplate:
    """A text the gateway's owner approved beforehand, with the words for its numbered places.

    `code` instead: a text for signing in, which shows the code and has a button that copies it. It is used whether
    the window is open or not, because gateways want codes sent so.
    """

    name: str
    language: str
    parameters: tuple[str, ...] = ()
    code: str = ""


class Outgoing(NamedTuple):
    """One delivery as an adapter receives it: already rendered, checked and allowed to leave."""

    reference: str  # ours; sent along wherever the gateway can echo it in its statuses
    to: str  # E.164 number, mailbox, or a gateway's own user id when no number is known
    text: str
    language: str  # BCP-47
    subject: str = ""  # mail only
    options: tuple[Option, ...] = ()  # buttons or list where the channel has them; the text names them anyway
    template: ApprovedTemplate | None = None  # set when free text may not be sent
    to_is_user_id: bool = False  # `to` is a gateway identity without a phone number
    reply_to: str = ""  # mail only: the signed address an answer comes back to
    unsubscribe_url: str = ""  # mail only: RFC 8058, https, one POST
    sender_name: str = ""
    sound: Sound | None = None
    along: Along | None = None
    automatic: bool = False  # no person wrote it (a code, an answer to STOP): mail says so in its headers
    page: str = ""  # web push only: what a tap opens


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway took it. `provider_id` joins later receipts; empty where the gateway gives none."""

    provider_id: str
    status: Status | None = None  # some gateways already know more than "taken"


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway said no, or nothing. `code` is its own word, kept for the record and the error table."""

    advice: Advice
    code: str
    detail: str = ""  # the gateway's sentence with personal data redacted
    retry_after: float | None = None  # seconds, when the gateway named them


@dataclass(frozen=True, slots=True)
class Unclear:
    """The request left but no answer came back: it may have been sent. Never resent at once (house plan, 4)."""

    why: str


type Outcome = Accepted | Refused | Unclear


class Status(enum.IntEnum):
    """How far a delivery came. The maximum wins, whatever order receipts arrive in."""

    QUEUED = 0
    SENT = 1
    FAILED = 2
    DELIVERED = 3
    READ = 4


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote in, as the gateway knows them. At least one of number, user id or mailbox is there."""

    number: str = ""  # E.164
    user_id: str = ""  # e.g. a WhatsApp business-scoped user id; kept verbatim
    mailbox: str = ""
    name: str = ""  # what the gateway says they call themselves; a hint, never an identity


@dataclass(frozen=True, slots=True)
class Media:
    """Something heard or seen that came along: inside the webhook, or fetched later with the account's credentials."""

    kind: str  # audio, image, video, document
    provider_id: str
    mime_type: str = ""
    url: str = ""
    name: str = ""  # as the sender called it
    digest: str = ""  # SHA-256 in hex, where the gateway tells it
    content: bytes = field(default=b"", repr=False, compare=False)  # kept as a file, never in the event
    file: str = ""  # the key of the file it is kept as, once it is


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came along is here, whole: its length and its SHA-256 in hex."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Words, a press or a voice note from a home."""

    key: str  # the provider's id of this message: with the account and the kind it is unique
    sender: Sender
    text: str = ""
    choice: str = ""  # the key of the pressed option, when a button or list was used
    media: tuple[Media, ...] = ()
    in_reply_to: str = ""  # provider id of our message, when the gateway says so
    reply_token: str = ""  # our reference, in the mailbox it was sent to or in the button that was pressed
    at: datetime | None = None
    automatic: bool = False  # an auto-reply or vacation note: recorded, never an answer
    verified: bool | None = None  # mail: SPF, DKIM or DMARC speak for the sender; False: treat it as unknown
    full_text: str = ""  # everything as it came, where `text` is less or other
    begins: bool = False  # they pressed Start: it opens again where they had said stop, else it is a greeting
    raw: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A status the gateway reported for something we sent."""

    key: str  # unique per status: e.g. "<provider id>:<status>"
    provider_id: str
    status: Status
    reference: str = ""  # ours, where the gateway echoes it
    refused: Refused | None = None  # with FAILED: why
    at: datetime | None = None
    sender: Sender | None = None  # the recipient, when the receipt names an identity we may not know yet
    raw: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MissedCall:
    """A home let it ring once: "please ring me"."""

    key: str
    sender: Sender
    at: datetime | None = None
    raw: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IdentityChanged:
    """The person behind an address may be another one now: demote it, ask again."""

    key: str
    old: Sender
    new: Sender
    at: datetime | None = None
    raw: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateChanged:
    """An approved template was paused, refused or moved to another category: its sendings are held."""

    key: str
    name: str
    language: str
    status: str  # the gateway's word: APPROVED, PAUSED, …
    category: str = ""
    at: datetime | None = None
    raw: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddressFailed:
    """A mailbox bounced or complained outside any one delivery."""

    key: str
    sender: Sender
    advice: Advice
    code: str
    at: datetime | None = None
    raw: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something real that asks nothing of us: recorded with its kind, so that silence is never a guess."""

    key: str
    kind: str
    raw: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AsksForHours:
    """A home says between which hours it may be rung, by its own clock: "08:00", "12:00"."""

    key: str
    sender: Sender
    since: str
    until: str
    raw: Mapping[str, object] = field(default_factory=dict)


type InboundEvent = (
    Heard | Receipt | MissedCall | IdentityChanged | TemplateChanged | AddressFailed | AsksForHours | Ignored
)


class AccountSettings(Protocol):
    """A school's account at a gateway, as an adapter needs it."""

    @property
    def settings(self) -> Mapping[str, str]: ...  # plain: base_url, sender number, …
    @property
    def secrets(self) -> Mapping[str, str]: ...  # opened for this use; never logged
    @property
    def sender(self) -> str: ...  # what families see: number, mailbox


class Gateway(Protocol):
    """One carrier. Stateless: everything of an account comes in with each call.

    It may also have `connect(http, account, webhook_url) -> list[str]`, which tells the gateway where our webhook is
    and returns what is wrong (`connecting.py`), `look(http, account) -> dict`, which asks a phone how it is
    (`looking.py`), `acknowledge(request) -> bytes`, the JSON in our answer to a genuine webhook, `close()`,
    `own_secrets()`, which we make when the account is opened, and for calls `turn()`, `speak()` and `voice_of()`
    (`delivery/talking/`).
    """

    name: ClassVar[str]  # folder and URL name, e.g. "whatsapp_cloud"
    label: ClassVar[str]
    channel: ClassVar[str]  # delivery.Channel value: whatsapp, sms, telegram, push, email
    abilities: ClassVar[Abilities]
    fields: ClassVar[Sequence[SettingField]]
    steps: ClassVar[Sequence[str]]  # what the office does at the carrier so that answers come back
    hook_ending: ClassVar[str]  # put behind our webhook address before it is pasted there; mostly empty

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Put one delivery on the wire. Never raises for what the network or the gateway does."""

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Get what came along with words into `into`, at most `most` bytes. Never raises for what the network does."""

    def greet(self, account: AccountSettings, request: RawRequest) -> Greeting | None:
        """Answer the gateway's set-up GET; None refuses."""

    def is_genuine(self, account: AccountSettings, request: RawRequest) -> bool:
        """Check the signature over the raw body in constant time."""

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Say what a genuine request holds. Unknown things become Ignored, never an exception."""

    def problems(self, account: AccountSettings) -> list[str]:
        """What is wrong with these settings, each as a sentence that says how to mend it."""

    def explain(self, code: str) -> str:
        """What staff read about a refusal's code: what happened and what to do. Known or not, always a sentence."""
