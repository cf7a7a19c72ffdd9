"""Sign-in forms: labels that allauth leaves to the names of its fields, and sessions ended one by one."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.usersessions.forms import ManageUserSessionsForm
from allauth.usersessions.models import UserSession
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from porchlight.accounts.sessions import end_other_sessions


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey: its name, and whether it opens the door alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")
        alone = self.fields.get("passwordless")
        if alone:
            alone.label = _("It opens the door alone, without a password")
            alone.help_text = _("Then it asks for your finger, your face or a number of its own.")


class EditPasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")


class EndSessions(ManageUserSessionsForm):
    """One session of one's own, or every one but this."""

    one = forms.IntegerField(required=False)

    def save(self, request: HttpRequest) -> None:
        """A session of somebody else is none of ours: nothing happens."""
        one = self.cleaned_data["one"]
        if one is None:
            end_other_sessions(request)
            return
        for session in UserSession.objects.filter(user=request.user, pk=one):
            session.end()
