"""The last step of an update and of a newsletter: it goes, or the page says why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from porchlight.conversations.models import Notice
from porchlight.conversations.notices import NoticeRefused
from porchlight.schools.doors import SchoolRequest


def sent(
    request: SchoolRequest, template: str, page: dict[str, Any], send: Callable[[], Notice]
) -> HttpResponse:
    """On to how the notice fares; refused, `template` once more with the reason."""
    try:
        with transaction.atomic():
            notice = send()
    except NoticeRefused as refused:
        flash.warning(request, str(refused))
        return render(request, template, page, status=422)
    return redirect("conversations:notice", school=request.school.slug, key=notice.key)
