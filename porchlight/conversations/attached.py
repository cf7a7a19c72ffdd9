"""What came along with a home's words, as pages show it: a voice note, a picture, a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.design.parts import Tag

KINDS: dict[str, Promise] = {
    "audio": _("Voice note"),
    "image": _("Picture"),
    "video": _("Video"),
    "document": _("Document"),
}


def tags_of(media: Sequence[Mapping[str, Any]]) -> list[Tag]:
    """One tag for each."""
    return [Tag(KINDS.get(str(one.get("kind")), KINDS["document"]), "info") for one in media]
