"""Asked twice, made once: an Idempotency-Key keeps the answer to it for a day."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse

from porchlight.api.models import Made
from porchlight.api.problems import Problem

if TYPE_CHECKING:
    from porchlight.api.door import ApiRequest

LONGEST = 200


def once(request: ApiRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """`answer()`, or what was answered to the same key before. In the request's transaction. Raises Problem."""
    key = request.headers.get("Idempotency-Key", "")
    if request.method != "POST" or not key:
        return answer()
    if len(key) > LONGEST:
        raise Problem(422, "bad_key", f"An Idempotency-Key has at most {LONGEST} signs.")
    asked, print_ = sha256(key.encode()).hexdigest(), _print_of(request)
    known = _known(request, asked) or _claimed(request, asked, print_)
    if known is None:
        response = answer()
        if response.status_code < 400:  # else nothing was made, and the key is free for the mended request
            Made.objects.filter(token=request.token, asked=asked).update(
                status=response.status_code, answer=response.text
            )
        return response
    if known.request != print_:
        raise Problem(
            422,
            "key_used",
            "Another request came with this Idempotency-Key. Send each new request with a new one.",
        )
    headers = {"Idempotency-Replayed": "true"}
    return HttpResponse(
        known.answer, status=known.status, content_type="application/json; charset=utf-8", headers=headers
    )


def _known(request: ApiRequest, asked: str) -> Made | None:
    since = request.now - Made.KEPT
    rows = Made.objects.in_school(request.school).filter(token=request.token, asked=asked)
    rows.filter(at__lte=since).delete()
    return rows.first()


def _claimed(request: ApiRequest, asked: str, print_: str) -> Made | None:
    """The key is ours now (None), or somebody at the same moment was quicker and is done (theirs).

    The database makes us wait until they are: their row is there, or it was taken back.
    """
    try:
        with transaction.atomic():
            Made.objects.create(
                school=request.school, token=request.token, asked=asked, request=print_, at=request.now
            )
    except IntegrityError:
        return _known(request, asked)
    return None


def _print_of(request: ApiRequest) -> str:
    """What was asked, whatever the form's own boundaries are."""
    told = sha256(f"{request.method} {request.path}\n".encode())
    if request.content_type != "multipart/form-data":
        told.update(request.body)
        return told.hexdigest()
    for name, values in sorted(request.POST.lists()):
        told.update(f"{name}={values}\n".encode())
    for name, file in sorted(request.FILES.items()):
        assert isinstance(file, UploadedFile)  # noqa: S101 - one for each name
        told.update(f"{name}={file.name}\n".encode())
        for chunk in file.chunks():
            told.update(chunk)
        file.seek(0)
    return told.hexdigest()
