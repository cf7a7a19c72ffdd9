"""A lane's account, ready for its adapter: read with the first batch and again every few seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

from django.conf import settings

from porchlight.delivery.gateways.contract import ApprovedTemplate, Gateway, Option, Outgoing
from porchlight.delivery.gateways.sound import Along, Sound
from porchlight.delivery.models import Account, WebhookRoute
from porchlight.delivery.news import news_page
from porchlight.delivery.outbox.checking import Checked
from porchlight.delivery.strangers import may_send_free_text
from porchlight.files.handing_out import HANDED_OUT_AS as ENDINGS
from porchlight.files.keeping import read_at

LOOK_AGAIN = 3.0  # seconds: new settings are used that soon


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account as adapters take it; secrets opened, held in memory only."""

    settings: Mapping[str, str]
    secrets: Mapping[str, str]
    sender: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries a lane's deliveries, and the line they leave on."""

    account_id: int
    label: str
    gateway: Gateway
    credentials: Credentials
    school_slug: str
    read_at: float = field(default_factory=monotonic)

    @property
    def keeps_a_window(self) -> bool:
        return self.gateway.abilities.free_text_window_hours is not None

    def outgoing(self, row: Checked) -> Outgoing | None:
        """The delivery as the adapter gets it. None: free text may not be sent, and there is no template."""
        body = row.rendered()
        template = body.get("template")
        use_template = self.keeps_a_window and (
            not (row.window_open or may_send_free_text(body)) or _holds_a_code(template)
        )
        if use_template and not template:
            return None
        is_mail = self.gateway.channel == "email"
        return Outgoing(
            reference=row.reference,
            to=row.to,
            text=body["text"],
            language=row.language,
            subject=body.get("subject", ""),
            options=() if use_template else tuple(Option(key, label) for key, label in body["options"]),
            template=_template(template) if use_template and template else None,
            to_is_user_id=row.to_is_user_id,
            reply_to=reply_address(self.credentials.settings, row.reference) if is_mail else "",
            unsubscribe_url=stop_url(self.school_slug, row.reference)
            if is_mail and not row.service_kind
            else "",
            sender_name=row.sender_name,
            automatic=bool(row.service_kind),
            page=self._page(row) if self.gateway.abilities.says_only_that_news_waits else "",
            sound=_sound(*body["sound"]) if "sound" in body and not use_template else None,
            along=_along(*body["enclosed"]) if "enclosed" in body and not use_template else None,
        )

    def _page(self, row: Checked) -> str:
        """What a tap on a note opens: it asks who is there, so that a note is a key to nothing."""
        return settings.BASE_URL + news_page(self.school_slug, "" if row.service_kind else row.reference)


def _sound(path: str, mime_type: str) -> Sound:
    return Sound(mime_type, f"voice.{ENDINGS.get(mime_type, 'bin')}", partial(read_at, path))


def _along(path: str, mime_type: str) -> Along:
    name = {"image": "photo", "video": "film"}.get(mime_type.partition("/")[0], "letter")
    return Along(mime_type, f"{name}.{ENDINGS.get(mime_type, 'bin')}", partial(read_at, path))


def _holds_a_code(template: Mapping[str, object] | None) -> bool:
    return bool(template and template.get("code"))


def _template(written: Mapping[str, object]) -> ApprovedTemplate:
    parameters = written["parameters"]
    assert isinstance(parameters, list)  # noqa: S101 - JSON that this room wrote
    code = str(written.get("code", ""))
    return ApprovedTemplate(str(written["name"]), str(written["language"]), tuple(map(str, parameters)), code)


def carrier_of(account_id: int, known: dict[int, Carrier]) -> Carrier:
    """The lane's carrier out of `known`, read anew when it is old. Inside the school's context.

    Raises UnknownGateway, WrongSeal: then nothing can leave on this account until somebody mends it.
    """
    found = known.get(account_id)
    if found is not None and monotonic() - found.read_at < LOOK_AGAIN:
        return found
    account = Account.objects.select_related("school").get(pk=account_id)
    known[account_id] = Carrier(
        account.pk, account.label, account.carrier, credentials_of(account), account.school.slug
    )
    return known[account_id]


def credentials_of(account: Account) -> Credentials:
    """Settings and secrets as the adapter takes them, with the address its webhooks come to."""
    route = WebhookRoute.objects.filter(account=account, closed_at=None).first()
    callback = {"callback_url": settings.BASE_URL + route.path} if route else {}
    return Credentials({**callback, **account.settings}, dict(account.secrets), account.sender)


def reply_address(settings_of_account: Mapping[str, str], reference: str) -> str:
    """The mailbox an answer comes back to: the account's own, with our reference after a plus sign."""
    local, at, domain = settings_of_account.get("reply_mailbox", "").strip().partition("@")
    return f"{local}+{reference}@{domain}" if at else ""


def stop_url(school_slug: str, reference: str) -> str:
    """RFC 8058's one-click address: hard to guess, names one delivery."""
    return f"{settings.BASE_URL}/hooks/stop/{school_slug}/{reference}/"
