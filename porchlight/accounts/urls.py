"""What stands before allauth's addresses: some are ours, some stay shut.

A mailbox is proved by the invitation, and nobody signs up.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path

from porchlight.accounts.views import Sessions, confirm_login_code


def shut(request: HttpRequest) -> HttpResponse:
    """Not there, as any page we do not have."""
    raise Http404


SHUT = r"^(?:email|confirm-email|social|3rdparty/signup|3rdparty/login/error)/"
urlpatterns = [
    re_path(SHUT, shut, name="shut"),
    path("login/code/confirm/", confirm_login_code, name="account_confirm_login_code"),
    path("sessions/", Sessions.as_view(), name="usersessions_list"),
]
