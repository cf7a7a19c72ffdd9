"""Settings and one address: the signature checked, the JSON read, and that is all."""

from __future__ import annotations

import hashlib
import hmac
import json

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from porchlight.config.settings import *  # noqa: F403 - Django's settings are a module's names

ROOT_URLCONF = __name__
SECRET = b"a" * 32


@csrf_exempt
@require_POST
def plain(request: HttpRequest) -> HttpResponse:
    """200 for what is signed."""
    mine = "sha256=" + hmac.new(SECRET, request.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(mine, request.headers.get("X-Hub-Signature-256", "")):
        return HttpResponse(status=403)
    json.loads(request.body)
    return HttpResponse()


urlpatterns = [path("plain/", plain)]
