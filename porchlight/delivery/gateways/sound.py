"""What a spoken answer is to an adapter, and what goes along with words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording that goes out: in place of the text where the channel carries sound, beside it in a mail."""

    mime_type: str
    name: str
    content: Callable[[], bytes]  # raises OSError when the file store has lost it


@dataclass(frozen=True, slots=True)
class Along(Sound):
    """What goes out beside the text: as a picture, a film or a document with the text under it."""

    @property
    def is_picture(self) -> bool:
        """Shown at once, where a document is opened."""
        return self.mime_type.startswith("image/")

    @property
    def is_film(self) -> bool:
        """Played where it stands."""
        return self.mime_type.startswith("video/")
