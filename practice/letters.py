"""What a family, or their mail program, sends back: an answer, an automatic note, a bounce, or an unsubscribing."""

from __future__ import annotations

from email.utils import parseaddr

from practice.accounts import MailAccount
from practice.clock import Clock
from practice.errors import Mistake
from practice.mail_events import Letter
from practice.phones import Line, Phone

AWAY = "Thank you for your mail. I am away and read my mail again next week."


def header(line: Line, name: str) -> str:
    """The first header of that name on a mail, or nothing."""
    return next((value for key, value in line.headers if key.lower() == name.lower()), "")


def answer(
    phone: Phone, mail: Line | None, text: str, clock: Clock, *, to: str = "", kind: str = ""
) -> Letter:
    """`kind`: "" for words, "auto_reply" for a note from the mail program. Without `mail`, a new letter to `to`."""
    about = header(mail, "Reply-To") or header(mail, "From") if mail else ""
    name, address = parseaddr(to or about)
    if not address:
        raise Mistake("A new mail needs an address: give to.")
    subject = (mail.subject if mail else "") or text.strip().partition("\n")[0][:60]
    headers = []
    if mail and (message_id := header(mail, "Message-ID")):
        subject = subject if subject.lower().startswith("re:") else f"Re: {subject}"
        headers = [("In-Reply-To", message_id), ("References", message_id)]
    if kind == "auto_reply":
        headers += [("Auto-Submitted", "auto-replied"), ("X-Autoreply", "yes"), ("Precedence", "bulk")]
        subject, text = f"Automatic reply: {mail.subject if mail else ''}", text or AWAY
    return Letter(
        sender=phone.mailbox,
        sender_name=phone.owner,
        to=address,
        to_name=name,
        subject=subject,
        text=text,
        quoted=_quoted(mail, clock) if mail and not kind else "",
        at=clock.local(),
        envelope_from="" if kind == "auto_reply" else phone.mailbox,
        headers=headers,
    )


def bounce(phone: Phone, mail: Line, clock: Clock) -> Letter:
    """The mail server of the family's mailbox says that it could not deliver."""
    sender = mail.raw.get("mail_from") or parseaddr(header(mail, "From"))[1]
    domain = phone.mailbox.partition("@")[2]
    text = (
        f"This is the mail system at {domain}.\n\nYour message could not be delivered.\n\n"
        f"<{phone.mailbox}>: 550 5.1.1 The email account that you tried to reach does not exist.\n\n"
        f"Final-Recipient: rfc822; {phone.mailbox}\nAction: failed\nStatus: 5.1.1\n"
        f"Original-Message-ID: {header(mail, 'Message-ID')}"
    )
    return Letter(
        sender=f"mailer-daemon@{domain}",
        sender_name="Mail Delivery System",
        to=str(sender),
        subject="Undelivered Mail Returned to Sender",
        text=text,
        quoted="",
        at=clock.local(),
        headers=[("Auto-Submitted", "auto-replied"), ("X-Failed-Recipients", phone.mailbox)],
    )


def receiver(accounts: list[MailAccount], address: str, name: str = "") -> MailAccount:
    """The school whose domain the address is at. Raises Mistake where nobody receives it."""
    domain = address.rpartition("@")[2].lower()
    for account in accounts:
        if account.name == name or (not name and account.domain.lower() == domain):
            return account
    raise Mistake(f"Nobody here receives mail for {address}: no mail account has the domain {domain!r}.")


def unsubscribe_url(mail: Line) -> str:
    """Where one POST ends these mails (RFC 8058); empty unless both headers are there."""
    if header(mail, "List-Unsubscribe-Post").strip() != "List-Unsubscribe=One-Click":
        return ""
    places = header(mail, "List-Unsubscribe").replace("\n", "").split(",")
    urls = [place.strip().strip("<>") for place in places]
    return next((url for url in urls if url.startswith(("https://", "http://"))), "")


def _quoted(mail: Line, clock: Clock) -> str:
    """As mail programs do it: who wrote when, then everything with a mark before each line."""
    name, address = parseaddr(header(mail, "From"))
    at = mail.at.astimezone(clock.zone)
    head = f"On {at:%a}, {at.day} {at:%b %Y} at {at:%H:%M}, {name or address} <{address}> wrote:"
    return "\n".join([head, "", *(f"> {line}".rstrip() for line in mail.text.splitlines())])
