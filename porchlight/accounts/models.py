"""Users and one-time tokens. Both stand outside the tenant wall: a user may hold posts in several schools."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from porchlight.toolbox import school_time
from porchlight.toolbox.keys import random_key, secret_key


class UserManager(BaseUserManager["User"]):
    """Creates users; e-mail is optional, since most families have none."""

    def create_user(
        self, email: str | None = None, password: str | None = None, *, is_proved: bool = True, **fields: Any
    ) -> User:
        """A person who may sign in. Without a password only links, codes and passkeys open the door.

        `is_proved`: the mailbox is known to be theirs, since what invited them came there.
        """
        user = self.model(email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        if user.email:
            EmailAddress.objects.using(self._db).create(
                user=user, email=user.email.lower(), primary=True, verified=is_proved
            )
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in, anywhere. What they may do depends on their post in a school."""

    key = models.CharField(max_length=12, unique=True, default=random_key, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(max_length=20, default="en")  # of the pages they see
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # runs the server; holds no school's data by it
    created_at = models.DateTimeField(default=school_time.now)
    sessions_ended = models.PositiveIntegerField(default=0)  # how often; sessions of before are over

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.key

    def end_sessions(self) -> None:
        """Every session of this person is over, whether anybody has a list of it or not."""
        type(self).objects.filter(pk=self.pk).update(sessions_ended=models.F("sessions_ended") + 1)
        self.refresh_from_db(fields=["sessions_ended"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session has to hold to be this person's: another after a new password, or once all were ended."""
        return salted_hmac(
            "porchlight.accounts.session",
            f"{self.password}:{self.sessions_ended}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class TokenQuerySet(models.QuerySet["Token"]):
    """Finds tokens by their secret; the secret itself is never stored."""

    def live(self, *, now: datetime) -> TokenQuerySet:
        """Unused, within their time and tries."""
        return self.filter(used_at=None, expires_at__gt=now, tries_left__gt=0)

    def end_past(self, *, now: datetime) -> int:
        """End what is past its time for good: a clock that is set back opens none of them again. Returns how many."""
        past = self.filter(used_at=None, expires_at__lte=now, tries_left__gt=0)
        return past.update(tries_left=0)

    def holding(self, secret: str, purpose: str) -> TokenQuerySet:
        """Those with this secret, whatever their state."""
        return self.filter(digest=digest(secret), purpose=purpose)

    def of(self, school_id: int) -> TokenQuerySet:
        """Those of one school, where the subject begins with it."""
        return self.filter(subject__startswith=f"{school_id}:")


def digest(secret: str) -> str:
    """How a secret is stored: one-way, so a stolen table opens no door."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Token(models.Model):
    """A one-time key with an opaque subject: this room does not know what `guardian:7k2…` means."""

    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=64, blank=True)  # digest of the browser's binding, when bound
    created_at = models.DateTimeField(default=school_time.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    tries_left = models.PositiveSmallIntegerField(default=5)

    objects = TokenQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "purpose"]),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(used_at=None, tries_left__gt=0),
                name="token_not_ended",
            ),
        ]

    @classmethod
    def issue(cls, *, purpose: str, subject: str, expires_at: datetime, secret: str = "") -> str:
        """Make a token and return its secret, the only time anyone sees it."""
        secret = secret or secret_key()
        cls.objects.create(purpose=purpose, subject=subject, digest=digest(secret), expires_at=expires_at)
        return secret


class Tally(models.Model):
    """How often something was tried lately, by a key that names no one: see `limits.py`."""

    key = models.CharField(
        max_length=64, unique=True
    )  # digest of "code:<school>:<address>", "ip:<address>", …
    times = models.JSONField(default=list)  # seconds since the epoch, oldest first
    touched_at = models.DateTimeField(db_index=True)
