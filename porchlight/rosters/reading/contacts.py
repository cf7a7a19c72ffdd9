"""Numbers and mailboxes of guardians, as the wire needs them; what cannot be reached is said, not stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from porchlight.rosters.reading.problems import Report, Severity, Sort
from porchlight.rosters.reading.records import BY_NAME
from porchlight.rosters.reading.staging import Staging
from porchlight.toolbox import phone_numbers

MAILBOX = re.compile(r"[^@\s,;<>\"'()]+@[A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?\.[A-Za-z0-9-]{2,}")
LONGEST_MAILBOX = 254
RANKS = {"whatsapp": 1, "sms": 2, "email": 3}
PLAIN = re.compile(r"[\s().-]+")

type Contact = tuple[str, int, str, str, str, str, str, int]


def tell_contacts(staging: Staging, report: Report, country: str) -> None:
    """Fill `told_contact` from the users who are guardians."""
    found = staging.rows(
        "SELECT g.key, g.line, u.email, u.sms, u.phone FROM told_guardian g JOIN users u ON u.line = g.rowid"
        " WHERE u.email <> '' OR u.sms <> '' OR u.phone <> ''"
    )
    columns = ["key", "line", *BY_NAME["contact"].fields, "guardian_at"]
    staging.fill("told_contact", columns, _contacts(found, report, country))


def _contacts(found: Iterator[tuple[Any, ...]], report: Report, country: str) -> Iterator[Contact]:
    for guardian, line, email, sms, phone in found:
        number = read_number(sms, country, report, "users.csv", line, "sms")
        if not number and phone:
            number = read_number(phone, country, report, "users.csv", line, "phone")
            if number and not phone_numbers.may_take_texts(number):
                report.add(
                    "contact.landline", Severity.DROPPED, "users.csv", line, "phone", phone, sort=Sort.PHONE
                )
                number = ""
        if number:
            yield contact(guardian, line, "sms", number)
        mailbox = read_mailbox(email, report, "users.csv", line, "email")
        if mailbox:
            yield contact(guardian, line, "email", mailbox)


def contact(guardian: str, line: int, channel: str, value: str, consented: str = "1") -> Contact:
    """A row of `told_contact`."""
    key = f"{guardian}|{channel}|{value}"
    return (key, line, guardian, channel, value, str(RANKS[channel]), consented, line)


def read_mailbox(written: str, report: Report, file: str, line: int, field: str) -> str:
    """A mailbox in lower case, "" with a problem where it cannot be one."""
    mailbox = written.strip().removeprefix("mailto:").strip("<>").lower()
    if not mailbox:
        return ""
    if len(mailbox) > LONGEST_MAILBOX or not MAILBOX.fullmatch(mailbox) or ".." in mailbox:
        report.add("contact.bad_mailbox", Severity.DROPPED, file, line, field, written, sort=Sort.EMAIL)
        return ""
    return mailbox


def read_number(written: str, country: str, report: Report, file: str, line: int, field: str) -> str:
    """A number in E.164, "" with a problem where it cannot be one."""
    text = written.strip()
    if not text:
        return ""
    quick = quickly(PLAIN.sub("", text), country)
    if quick:
        return quick
    try:
        return phone_numbers.e164(text, country)
    except phone_numbers.NotANumber as reason:
        report.add(
            "contact.bad_number",
            Severity.DROPPED,
            file,
            line,
            field,
            written,
            sort=Sort.PHONE,
            why=str(reason.say),
        )
        return ""


def quickly(text: str, country: str) -> str:
    """The same answer as `phone_numbers.e164` for a plainly written mobile number, at a fiftieth of its cost.

    "" where only the full reading can tell; a test holds the two to each other.
    """
    if text.startswith("+") and phone_numbers.is_sample(text):
        return text
    pattern, code = _mobiles(country.upper())
    found = pattern.fullmatch(text) if pattern else None
    return f"+{code}{found[1]}" if found else ""


@lru_cache
def _mobiles(country: str) -> tuple[re.Pattern[str] | None, int]:
    """A country's mobile numbers as written at home or with its code; None where writing and wire differ."""
    from phonenumbers import PhoneMetadata

    known = PhoneMetadata.metadata_for_region(country)
    digits = known.mobile.national_number_pattern if known and known.mobile else None
    if known is None or digits is None or known.national_prefix_transform_rule:
        return None, 0
    before = re.escape(known.national_prefix or "")
    return re.compile(rf"(?:\+{known.country_code}|{before})({digits})", re.ASCII), known.country_code or 0
