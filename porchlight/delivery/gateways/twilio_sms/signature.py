"""Is this webhook Twilio's? HMAC-SHA1 over the public URL and the form, or over the URL and the body's hash.

Rule (Twilio, "Webhooks security"): base64(HMAC-SHA1(auth token, URL + every POST name and value, sorted by name)).
A name given several times has its different values sorted. A body that is no form is bound by `bodySHA256` in the
query, and the URL alone is signed. Twilio's servers sign the URL with or without its port, so both are tried.
Only the URL the house knows as its own is used: what Host or X-Forwarded-… claim plays no part.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from porchlight.delivery.gateways.addresses import query_of
from porchlight.delivery.gateways.contract import AccountSettings, RawRequest
from porchlight.delivery.gateways.twilio_sms.wire_form import NotAForm, fields_of, is_form

HEADER = "x-twilio-signature"
_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{27}=")
_PORTS = {"https": 443, "http": 80}


def is_genuine(account: AccountSettings, request: RawRequest) -> bool:
    """True only for one whole signature made with this account's token over this URL and these very bytes."""
    token = account.secrets.get("auth_token", "")
    claimed = request.headers.get(HEADER, "")
    if not token or not _SIGNATURE.fullmatch(claimed):
        return False
    signed = _signed_part(request)
    if signed is None:
        return False
    matches = [hmac.compare_digest(sign(token, url + signed), claimed) for url in _spellings(request.url)]
    return any(matches)


def sign(token: str, words: str) -> str:
    """The signature Twilio would put into its header for these words."""
    mac = hmac.new(token.encode(), words.encode("utf-8", "surrogatepass"), hashlib.sha1)
    return base64.b64encode(mac.digest()).decode()


def _signed_part(request: RawRequest) -> str | None:
    """What is signed after the URL; None when the body is not bound to the signature at all."""
    if is_form(request):
        try:
            form = fields_of(request)
        except NotAForm:
            return None
        return "".join(name + value for name in sorted(form) for value in sorted(set(form[name])))
    if not request.body:
        return ""
    hashes = query_of(request.url).get("bodySHA256", [])
    real = hashlib.sha256(request.body).hexdigest()
    if len(hashes) != 1 or not hmac.compare_digest(hashes[0].lower().encode(), real.encode()):
        return None
    return ""


def _spellings(url: str) -> Iterator[str]:
    """The URL as it stands, without its port, and with the port of its scheme."""
    yield url
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.netloc.rpartition("@")[2]
    except ValueError:
        return
    if port is not None:
        yield urlunsplit(parts._replace(netloc=host.rpartition(":")[0]))
    elif parts.scheme in _PORTS:
        yield urlunsplit(parts._replace(netloc=f"{host}:{_PORTS[parts.scheme]}"))
