"""A password hasher that says how often it was asked: the dear part of looking a password up."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.hashers import MD5PasswordHasher


class CountingHasher(MD5PasswordHasher):
    """As quick as the other tests', and it counts."""

    algorithm = "counting"
    asked: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        """One computation."""
        self.asked.append("encode")
        return super().encode(password, salt)
