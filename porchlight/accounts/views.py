"""Pages of one's own sign-in that do more than allauth's."""

from __future__ import annotations

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.views import confirm_login_code as confirm
from allauth.usersessions.views import ListUserSessionsView
from django.http import HttpRequest, HttpResponse

from porchlight.accounts.forms import EndSessions
from porchlight.accounts.models import User


class Sessions(ListUserSessionsView):
    """Where somebody is signed in; each may be ended, or all but this one."""

    form_class = EndSessions


def confirm_login_code(request: HttpRequest) -> HttpResponse:
    """Write the code that came by mail. For a mailbox nobody has, as much is looked up as for a colleague's."""
    waiting = request.session.get(LOGIN_SESSION_KEY)
    if waiting and waiting.get("user_pk") is None:
        User.objects.filter(pk=0).first()
    answer: HttpResponse = confirm(request)
    return answer
