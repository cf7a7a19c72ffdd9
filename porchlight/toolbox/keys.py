"""Random keys for addresses families see: never counters, easy to read aloud, hard to guess."""

import logging
import re
import secrets
from collections.abc import Iterator
from typing import Any

ALPHABET = (
    "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: they are copied from paper and read over the phone
)


def random_key(length: int = 12) -> str:
    """About 5 bits a letter: 12 letters name a row, 26 letters guard something (128 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def secret_key() -> str:
    """A key that is itself the permission: 128 bits."""
    return random_key(26)


def random_keys(length: int = 12, batch: int = 4096) -> Iterator[str]:
    """As many keys as are asked for, each as hard to guess as `random_key`'s, made in batches."""
    keep = 256 - 256 % len(ALPHABET)  # bytes from here on would make some letters likelier
    letters = bytes(ord(ALPHABET[value % len(ALPHABET)]) for value in range(256))
    unfair = bytes(range(keep, 256))
    while True:
        text = secrets.token_bytes(length * batch).translate(letters, unfair).decode()
        for start in range(0, len(text) - length + 1, length):
            yield text[start : start + length]


CODE_OF_A_SLIP = (
    r"(?<=/start/)(?:\w{4}[\s-]\w{4}\b|[^\s/?#\"'<>]+)"  # shorter than a key, typed in any manner
)
SECRET_IN_A_PATH = re.compile(rf"(?<=/)[{ALPHABET}]{{26}}(?![{ALPHABET}])|{CODE_OF_A_SLIP}")


def hushed(text: str) -> str:
    """A line with the secret parts of its addresses left out: `/maple-street/n/…/`."""
    return SECRET_IN_A_PATH.sub("…", text)


def hush_logs() -> None:
    """From now on no log record, whoever writes or handles it, names the secret part of an address."""
    make = logging.getLogRecordFactory()
    if getattr(make, "hushes", False):
        return

    def hushing(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if isinstance(record.msg, str):
            record.msg = hushed(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hushed(one) if isinstance(one, str) else one for one in record.args)
        elif isinstance(record.args, dict):
            record.args = {
                name: hushed(one) if isinstance(one, str) else one for name, one in record.args.items()
            }
        return record

    hushing.hushes = True  # type: ignore[attr-defined]  # a mark, so that nobody hushes twice
    logging.setLogRecordFactory(hushing)
