"""Random keys for addresses families see: never counters, easy to read aloud, hard to guess."""

import secrets
from collections.abc import Iterator

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
