"""What of allauth's addresses stays shut: a mailbox is proved by the invitation and changed by the office."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path


def shut(request: HttpRequest) -> HttpResponse:
    """Not there, as any page we do not have."""
    raise Http404


urlpatterns = [re_path(r"^(?:email|confirm-email)/", shut, name="shut")]
