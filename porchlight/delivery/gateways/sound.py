"""What a spoken answer is to an adapter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording that goes out: in place of the text where the channel carries sound, beside it in a mail."""

    mime_type: str
    name: str
    content: Callable[[], bytes]  # raises OSError when the file store has lost it
