"""Before allauth's addresses: what stays shut, and what is ours.

What of allauth's addresses stays shut: a mailbox is proved by the invitation, and nobody signs up.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path

from porchlight.accounts.views import Sessions


def shut(request: HttpRequest) -> HttpResponse:
    """Not there, as any page we do not have."""
    raise Http404


SHUT = r"^(?:email|confirm-email|social|3rdparty/signup|3rdparty/login/error)/"
urlpatterns = [
    re_path(SHUT, shut, name="shut"),
    path("sessions/", Sessions.as_view(), name="usersessions_list"),
]
