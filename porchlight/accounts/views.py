"""Pages of one's own sign-in that do more than allauth's."""

from __future__ import annotations

from allauth.usersessions.views import ListUserSessionsView

from porchlight.accounts.forms import EndSessions


class Sessions(ListUserSessionsView):
    """Where somebody is signed in; each may be ended, or all but this one."""

    form_class = EndSessions
