"""What came along with a home's words, as pages show it: a voice note, a picture, a document; here, or why not yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.conversations.models import Message
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.models import Attachment
from porchlight.design.parts import Action, Film, Tag
from porchlight.design.weights import weight
from porchlight.files.handing_out import FILM
from porchlight.schools.models import School

type Media = Sequence[Mapping[str, Any]]
type Found = Mapping[str, Attachment]  # by key
type Address = Callable[[Attachment], str]  # where a file is handed out

KINDS: dict[str, Promise] = {
    "audio": gettext_lazy("Voice note"),
    "image": gettext_lazy("Picture"),
    "video": gettext_lazy("Video"),
    "document": gettext_lazy("Document"),
}


def found_for(school: School, media: Iterable[Media]) -> Found:
    """What these messages brought along, in one query. Who may see the message may see what came with it."""
    keys = {str(one["key"]) for some in media for one in some if "key" in one}
    if not keys:
        return {}
    rows = Attachment.objects.in_school(school).filter(key__in=keys).select_related("file", "account")
    return {row.key: row for row in rows}


def tags_of(media: Media, found: Found | None = None) -> list[Tag]:
    """One tag for each: what it is, how long it lasts, and whether it is here."""
    return [_tag(one, (found or {}).get(str(one.get("key"))), is_told=found is not None) for one in media]


def actions_of(media: Media, found: Found | None, address: Address | None) -> list[Action]:
    """A way to save each that is here; none where files are handed out to nobody."""
    if not found or address is None:
        return []
    here = [found[str(one["key"])] for one in media if str(one.get("key")) in found]
    return [Action(_save_words(row), address(row), "quiet") for row in here if row.file is not None]


def seeing(message: Message, where: str) -> list[Action]:
    """A way to see what went along with the school's words. It says what that costs: nothing is loaded unasked."""
    file = message.enclosed
    if file is None or not where:
        return []
    named = {"weight": weight(file.size)}
    if file.seen_type == FILM:  # played where it stands
        return []
    if file.seen_type == "application/pdf":
        return [Action(_("Open the letter (PDF, %(weight)s)") % named, where, "quiet")]
    return [Action(_("See the photo (%(weight)s)") % named, where, "quiet")]


def film_of(message: Message, where: str) -> Film | None:
    """The film that went along with the school's words, to be played in the page."""
    file = message.enclosed
    if file is None or not where or file.seen_type != FILM:
        return None
    return Film(where, file.seconds or 0, weight(file.size), file.width or 0, file.height or 0)


def called(row: Attachment) -> str:
    """ "Voice note, 8 s", as tags and saved files name it."""
    words = str(KINDS.get(row.kind, KINDS["document"]))
    if row.file is not None and row.file.seconds:
        return _("%(what)s, %(seconds)s s") % {"what": words, "seconds": max(1, round(row.file.seconds))}
    return words


def _tag(one: Mapping[str, Any], row: Attachment | None, *, is_told: bool) -> Tag:
    if row is None or not is_told:
        return Tag(KINDS.get(str(one.get("kind")), KINDS["document"]), "info")
    words = called(row)
    if row.file is not None:
        return Tag(words, "info")
    if row.given_up_at is not None:
        return Tag(_("%(what)s: not here. %(why)s") % {"what": words, "why": _why(row)}, "care")
    if row.code:
        return Tag(_("%(what)s: not here yet. %(why)s") % {"what": words, "why": _why(row)}, "care")
    return Tag(_("%(what)s: on its way") % {"what": words}, "info")


def _why(row: Attachment) -> str:
    try:
        return row.account.carrier.explain(row.code)
    except UnknownGateway:
        return ""


def _save_words(row: Attachment) -> str:
    size = max(1, round(row.file.size / 1000)) if row.file is not None else 0
    return _("Save: %(what)s (%(size)s KB)") % {"what": called(row), "size": size}
