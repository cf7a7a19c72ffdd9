"""Providers' webhooks, checked and parsed by django-anymail's views, each account with its own secrets.

Anymail's views are asked for their checking and parsing alone: no URL, no Django setting and no signal is used.
Anymail takes a third of a second to load, so this module is imported with the first webhook.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import io
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from anymail.inbound import AnymailInboundMessage
from anymail.webhooks.brevo import BrevoInboundWebhookView, BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView, MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetInboundWebhookView, MailjetTrackingWebhookView
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView, PostmarkTrackingWebhookView
from django.core.handlers.wsgi import WSGIRequest

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import AccountSettings, RawRequest
from porchlight.delivery.gateways.email.providers import Provider, provider_of

MAX_AGE = 12 * 60 * 60  # seconds: Mailgun repeats a webhook for eight hours and does not sign it anew
EVENT_FIELDS = (
    "RecordType",
    "event-data",
    "event",
)  # what is told about our mail has one, mail from home none


class BrevoInbound(BrevoInboundWebhookView):
    """Anymail fetches attachments while it reads; we only note where they are, to fetch them later ourselves."""

    ATTACHMENTS = "https://api.brevo.com/v3/inbound/attachments/"

    def _fetch_attachment(self, attachment: Mapping[str, Any]) -> AnymailInboundMessage:
        part = AnymailInboundMessage.construct_attachment(
            content_type=attachment.get("ContentType") or "application/octet-stream",
            content=b"",
            filename=attachment.get("Name"),
            content_id=attachment.get("ContentID"),
        )
        part["X-Fetch-From"] = self.ATTACHMENTS + quote(str(attachment.get("DownloadToken", "")), safe="")
        return part


# What each provider's webhooks are read by: mail from home, and what became of our own mail.
VIEWS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "postmark": (PostmarkInboundWebhookView, PostmarkTrackingWebhookView),
    "mailgun": (MailgunInboundWebhookView, MailgunTrackingWebhookView),
    "mailjet": (MailjetInboundWebhookView, MailjetTrackingWebhookView),
    "mandrill": (MandrillCombinedWebhookView, MandrillCombinedWebhookView),
    "brevo": (BrevoInbound, BrevoTrackingWebhookView),
}


def is_genuine(account: AccountSettings, request: RawRequest) -> bool:
    """The provider's signature, and the account's login where it has one or must have one. Never raises."""
    provider = provider_of(account)
    login = account.secrets.get("webhook_login", "")
    if provider is None or request.method != "POST" or not (login or provider.signs):
        return False
    if login and not _knows(login, request.headers.get("authorization", "")):
        return False
    if not provider.signs:
        return True
    if not account.secrets.get("signing_key"):
        return False
    with posted(request) as form:
        try:
            view = _view(provider, account, request, form)
            view.run_validators(form)
            return _is_fresh(provider, form)
        except Exception:  # strangers' bytes pass through two libraries here: whatever they raise is a no
            return False


def events(account: AccountSettings, request: RawRequest) -> list[Any]:
    """Anymail's events of a genuine request. Raises Unreadable."""
    provider = provider_of(account)
    if provider is None:
        raise Unreadable("no provider")
    try:
        with posted(request) as form:
            return list(_view(provider, account, request, form).parse_events(form))
    except (
        Exception
    ) as fault:  # the same bytes, stored since: whatever two libraries raise, they are unreadable
        raise Unreadable(type(fault).__name__) from fault


class Unreadable(ValueError):
    """A provider's webhook that nobody can parse; the message names the fault, never the content."""


def _knows(login: str, authorization: str) -> bool:
    scheme, _, given = authorization.partition(" ")
    try:
        told = base64.b64decode(given.strip(), validate=True)
    except (binascii.Error, ValueError):
        return False
    return hmac.compare_digest(told, login.encode()) and scheme.lower() == "basic"


def _view(provider: Provider, account: AccountSettings, request: RawRequest, form: WSGIRequest) -> Any:
    # The login is checked above; where it is all there is, a random one keeps Anymail from warning of none.
    login = account.secrets.get("webhook_login") or ("" if provider.signs else secrets.token_hex())
    options: dict[str, Any] = {"webhook_secret": [login] if login else []}
    key = account.secrets.get("signing_key", "")
    if provider.name == "mailgun":
        options |= {"webhook_signing_key": key, "api_key": None}
    elif provider.name == "mandrill":
        options |= {"webhook_key": key, "webhook_url": _address(account, request)}
    elif provider.name == "brevo" and not _tells_of_ours(form):
        options |= {"api_key": "", "api_url": BrevoInbound.ATTACHMENTS}
    inbound, tracking = VIEWS[provider.name]
    return (tracking if _tells_of_ours(form) else inbound)(**options)


def _address(account: AccountSettings, request: RawRequest) -> str:
    """The webhook's address as Mandrill was given it, login included: it signs exactly that."""
    login = account.secrets.get("webhook_login", "")
    parts = urlsplit(request.url)
    return urlunsplit(parts._replace(netloc=f"{login}@{parts.netloc}")) if login else request.url


def _tells_of_ours(form: WSGIRequest) -> bool:
    """A status of our own mail, rather than a mail from home: both come to the same address."""
    if form.content_type != "application/json":
        return form.POST.get("event", "inbound") != "inbound"
    try:
        said = tolerant.json_of(form.body)
    except tolerant.Unreadable:
        return False
    return isinstance(said, list) or any(field in tolerant.mapping(said) for field in EVENT_FIELDS)


def _is_fresh(provider: Provider, form: WSGIRequest) -> bool:
    if provider.name != "mailgun":
        return True
    if form.content_type == "application/json":
        stamp = tolerant.text(tolerant.json_of(form.body), "signature", "timestamp")
    else:
        stamp = form.POST.get("timestamp", "")
    return stamp.isascii() and stamp.isdigit() and abs(time.time() - int(stamp[:12])) <= MAX_AGE


class _Posted(WSGIRequest):
    """A request whose body is already here; its size was capped when it came in."""

    def __init__(self, environ: dict[str, Any], body: bytes) -> None:
        super().__init__(environ)
        self._body = body


@contextmanager
def posted(request: RawRequest) -> Iterator[WSGIRequest]:
    """The stored request as Django's, so that forms and files are parsed by Django."""
    parts = urlsplit(request.url)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": unquote(parts.path, "latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "localhost",
        "SERVER_PORT": str(parts.port or 443),
        "wsgi.url_scheme": parts.scheme or "https",
        "wsgi.input": io.BytesIO(request.body),
    }
    for name, value in request.headers.items():
        environ["HTTP_" + name.upper().replace("-", "_")] = value
    environ["CONTENT_TYPE"] = request.headers.get("content-type", "")
    environ["CONTENT_LENGTH"] = str(len(request.body))
    form = _Posted(environ, request.body)
    try:
        yield form
    finally:
        form.close()
