"""Makes one mail: text and plain HTML, headers nobody can add a line to.

Everything that came from a person passes `one_line` before it is a header: no line breaks, no control characters,
no marks that turn the direction of what stands around them (a name shown backwards can pretend to be another).
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime

from porchlight.delivery.gateways.contract import AccountSettings, Outgoing
from porchlight.delivery.gateways.email.letter import address, attached, header, part, words, written
from porchlight.delivery.gateways.email.mailbox import Mailbox, NotAMailbox, parse
from porchlight.toolbox.scripts import direction

LONGEST_NAME, LONGEST_SUBJECT = 100, 200
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]،۔]")
# Printable ASCII without space, quote and angle brackets; plain http for the practice town on this machine alone.
_WEB = re.compile(r"(?:https://|http://(?:127\.0\.0\.1|localhost)(?=[:/]))[!#-;=?-~]+")
_UNSAFE_IN_ID = re.compile(r"[^A-Za-z0-9._-]")
_PAGE = (
    '<!DOCTYPE html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
    '<body lang="{lang}" dir="{dir}" style="font-family:sans-serif;font-size:1rem;line-height:1.5">{body}</body></html>'
)


def one_line(text: str, longest: int) -> str:
    """A person's words as one harmless line: for names, subjects and anything else in a header."""
    kept = []
    for letter in text[: 4 * longest]:
        category = unicodedata.category(letter)
        if category in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif category not in ("Cs", "Cn", "Co") and letter not in _TURNING:
            kept.append(letter)
    line = " ".join("".join(kept).split())[:longest].rstrip()
    return line.replace("=?", "= ?")  # else it would be read as an encoded word, and may hold anything


def compose(account: AccountSettings, outgoing: Outgoing, *, now: datetime) -> bytes:
    """The mail of one delivery. Raises NotAMailbox when an address is none; `now` is what the family sees."""
    sender = parse(account.sender)
    name = one_line(outgoing.sender_name, LONGEST_NAME)
    subject = one_line(outgoing.subject, LONGEST_SUBJECT) or name or sender.domain
    headers = [
        header("From", address(name, str(sender))),
        header("To", str(parse(outgoing.to))),
        header("Subject", words(subject)),
        header("Date", format_datetime(now)),
        header("Message-ID", f"<{message_id(outgoing.reference, sender)}>"),
    ]
    if outgoing.reply_to:
        headers.append(header("Reply-To", address(name, str(parse(outgoing.reply_to)))))
    if outgoing.automatic:
        headers.append(header("Auto-Submitted", "auto-generated"))
    if _WEB.fullmatch(outgoing.unsubscribe_url):
        headers.append(header("List-Unsubscribe", f"<{outgoing.unsubscribe_url}>"))
        headers.append(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    headers += [header(*line) for line in _for_provider(account.settings, outgoing.reference).items()]
    text = _plain(outgoing.text)
    alternatives = [part("plain", text), part("html", _html(text, outgoing.language, subject))]
    files = [one for one in (outgoing.sound, outgoing.along) if one is not None]
    return written(headers, alternatives, [attached(one.mime_type, one.name, one.content()) for one in files])


def message_id(reference: str, sender: Mailbox) -> str:
    """The same for the same delivery however often it is tried, so that a family's program shows one mail."""
    return f"{_UNSAFE_IN_ID.sub('-', reference)[:100]}@{sender.domain}"


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")) + "\n"


def _html(text: str, language: str, title: str) -> str:
    """The same words for programs that show HTML: paragraphs, line breaks, links; nothing is fetched."""
    paragraphs = (
        f'<p dir="auto">{_linked(paragraph.strip(chr(10)))}</p>'
        for paragraph in re.split(r"\n\s*\n", text)
        if paragraph.strip()
    )
    return _PAGE.format(
        lang=html.escape(one_line(language, 35) or "und"),
        dir=direction(language),
        title=html.escape(title),
        body="".join(paragraphs),
    )


def _linked(text: str) -> str:
    pieces, at = [], 0
    for found in _LINK.finditer(text):
        link = html.escape(found[0])
        pieces += [_broken(text[at : found.start()]), f'<a dir="ltr" href="{link}">{link}</a>']
        at = found.end()
    return "".join([*pieces, _broken(text[at:])])


def _broken(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")


def _for_provider(settings: Mapping[str, str], reference: str) -> dict[str, str]:
    """Headers by which a provider gives our reference back in its webhooks, and keeps from counting opens and
    clicks, where a header can: a family's reading is not watched."""
    safe = _UNSAFE_IN_ID.sub("-", reference)
    tagged = json.dumps({"reference": safe})
    match settings.get("provider", "").strip():
        case "postmark":
            tracking = {"X-PM-TrackOpens": "false", "X-PM-TrackLinks": "None"}
            return {"X-PM-Metadata-reference": safe, "X-PM-KeepID": "true", **tracking}
        case "mailgun":
            return {"X-Mailgun-Variables": tagged, "X-Mailgun-Track": "no"}
        case "mailjet":
            return {"X-MJ-EventPayload": tagged}
        case "mandrill":
            return {"X-MC-Metadata": tagged}
        case "brevo":
            return {"X-Mailin-custom": tagged}
    return {}


__all__ = ["NotAMailbox", "compose", "message_id", "one_line"]
