"""Mail in wire format: header lines and body parts, written directly because thousands leave in a row.

Python's own mail classes parse each header they are given, fold long addresses into encoded words in which mail
programs do not find the way to unsubscribe (RFC 8058), and take ten times as long. The tests let them read back
what is written here, word for word.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from email.header import Header
from functools import lru_cache
from secrets import token_hex

NEW_LINE = "\r\n"
LONGEST_LINE = 900  # characters; servers take 998 bytes with the end of the line
_SPECIAL = frozenset('()<>[]:;@\\,."')


class BadHeader(ValueError):
    """A value would begin another header. Everything is cleaned before; this stands behind it."""


def header(name: str, value: str) -> str:
    """One header line; the value may be folded. Raises BadHeader."""
    unfolded = value.replace(NEW_LINE + " ", "")
    if not value or "\r" in unfolded or "\n" in unfolded or "\0" in unfolded:
        raise BadHeader(name)
    return f"{name}: {value}{NEW_LINE}"


@lru_cache(maxsize=1024)
def words(text: str) -> str:
    """A person's words for a header: ASCII as it is, anything else as encoded words (RFC 2047)."""
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=72).encode(linesep=NEW_LINE)


@lru_cache(maxsize=1024)
def phrase(name: str) -> str:
    """The same for a name before an address, where some signs need quotes."""
    if name.isascii() and _SPECIAL.intersection(name):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return words(name)


def address(name: str, mailbox: str) -> str:
    """`name <mailbox>`, or the mailbox alone."""
    return f"{phrase(name)} <{mailbox}>" if name else mailbox


def part(subtype: str, text: str) -> str:
    """One text part with its headers: as it is where every server can carry it, else in base64."""
    plain = text.isascii() and all(len(line) <= LONGEST_LINE for line in text.split("\n"))
    body = text.replace("\n", NEW_LINE) if plain else _base64(text)
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"{NEW_LINE}'
        f"Content-Transfer-Encoding: {'7bit' if plain else 'base64'}{NEW_LINE}{NEW_LINE}{body}"
    )


def _base64(text: str) -> str:
    return base64.encodebytes(text.encode("utf-8", "replace")).decode("ascii").replace("\n", NEW_LINE)


def attached(mime_type: str, name: str, content: bytes) -> str:
    """A file beside the words. `name` is ours: ASCII without quotes."""
    body = base64.encodebytes(content).decode("ascii").replace("\n", NEW_LINE)
    return (
        f"Content-Type: {mime_type}{NEW_LINE}Content-Transfer-Encoding: base64{NEW_LINE}"
        f'Content-Disposition: attachment; filename="{name}"{NEW_LINE}{NEW_LINE}{body}'
    )


def written(headers: Sequence[str], alternatives: Sequence[str], files: Sequence[str] = ()) -> bytes:
    """The whole mail: header lines, the same words in several forms, the best last, and files beside them."""
    kind, body = _together("alternative", alternatives)
    if files:
        kind, body = _together("mixed", [f"{kind}{NEW_LINE}{body}", *files])
    head = [*headers, header("MIME-Version", "1.0"), kind]
    return f"{''.join(head)}{body}".encode()


def _together(how: str, parts: Sequence[str]) -> tuple[str, str]:
    """The header line of several parts, and what stands below it."""
    boundary = f"=_{token_hex(12)}"
    each = "".join(f"{NEW_LINE}--{boundary}{NEW_LINE}{one}" for one in parts)
    return (
        header("Content-Type", f'multipart/{how}; boundary="{boundary}"'),
        f"{each}{NEW_LINE}--{boundary}--{NEW_LINE}",
    )
