"""A file that is kept already, as if it had been cleaned, and what an answer hands out of it."""

from __future__ import annotations

from io import BytesIO

from django.http import HttpResponseBase

from porchlight.files.cleaning import Clean
from porchlight.files.keeping import keep_clean
from porchlight.files.looking import seconds_of, type_of
from porchlight.files.models import StoredFile
from porchlight.schools.models import School


def as_clean(school: School, content: bytes, *, source: str = "s", kind: str | None = None) -> StoredFile:
    """`kind` is what it would have been found to be."""
    found = type_of(BytesIO(content)) if kind is None else kind
    what = Clean(BytesIO(content), found, seconds_of(BytesIO(content)))
    return keep_clean(school=school, source=source, name="", what=what)


def told(answer: HttpResponseBase) -> bytes:
    """The bytes of an answer, whether it comes in pieces or at once."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
