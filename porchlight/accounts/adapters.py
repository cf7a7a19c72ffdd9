"""How allauth behaves here: the house's words and limits. What people may do is decided beside their posts."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from porchlight.accounts.known_browsers import remember, tally_of
from porchlight.accounts.limits import Rate, give_back, take
from porchlight.accounts.words import ACCOUNT_WORDS, MFA_WORDS
from porchlight.toolbox import school_time
from porchlight.toolbox.network_places import place_of

WRONG_PASSWORDS = Rate(5, timedelta(minutes=5))  # for one mailbox
WRONG_PASSWORDS_FROM_HERE = Rate(20, timedelta(minutes=5))  # a school is one address to the outside
MAILS_ASKED_FOR = (Rate(5, timedelta(hours=1)), Rate(20, timedelta(days=1)))  # to one mailbox
ASKED_FOR = {"account/email/login_code", "account/email/password_reset_key", "account/email/unknown_account"}

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in. Right passwords are not counted, and codes by mail and passkeys stay open to who was locked out."""

    error_messages: dict[str, Any] = {**DefaultAccountAdapter.error_messages, **ACCOUNT_WORDS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: colleagues are invited, families are on the roll."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """As always; a mail server that fails changes no page, or the page would tell whom we know.

        What anybody may ask for by writing a mailbox into a form is sent there a few times, then no more for a while.
        """
        if template_prefix in ASKED_FOR:
            mailbox = tally_of(context["request"], email)
            if not take(f"mail to:{mailbox}", *MAILS_ASKED_FOR, now=school_time.now()):
                return
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as problem:  # what smtplib raises, too
            log.error(
                "A mail to a colleague was not sent (%s). `porchlight doctor` says what to mend.",
                type(problem).__name__,
            )

    def place(self, request: HttpRequest) -> str:
        """Where a request comes from, by which tries are counted: whoever has one IPv6 line has no second place."""
        return place_of(self.get_client_ip(request))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try before the password is looked at. Raises ValidationError when there were too many."""
        now = school_time.now()
        self._counted: list[str] = []
        for name, rate in (
            (f"password from:{self.place(request)}", WRONG_PASSWORDS_FROM_HERE),
            (f"password of:{tally_of(request, str(credentials.get('email', '')))}", WRONG_PASSWORDS),
        ):
            if not take(name, rate, now=now):
                raise self.validation_error("too_many_login_attempts")
            self._counted.append(name)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The user, when the password is theirs; only then is the try given back."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        for name in self._counted if user is not None else ():
            give_back(name)
        return user

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """To where they wanted; this browser is known from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if mailbox := getattr(user, "email", ""):
            remember(request, response, mailbox)
        return response


class MFAAdapter(DefaultMFAAdapter):
    """The second step."""

    error_messages: dict[str, Any] = {**DefaultMFAAdapter.error_messages, **MFA_WORDS}
