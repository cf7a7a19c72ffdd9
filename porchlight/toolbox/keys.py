"""Random keys for addresses families see: never counters, easy to read aloud, hard to guess."""

import secrets

ALPHABET = (
    "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: they are copied from paper and read over the phone
)


def random_key(length: int = 12) -> str:
    """About 5 bits a letter: 12 letters name a row, 26 letters guard something (128 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def secret_key() -> str:
    """A key that is itself the permission: 128 bits."""
    return random_key(26)
