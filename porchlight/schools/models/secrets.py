"""Accounts with somebody outside: what opens them stands sealed in one field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Self, cast

from django.db import models
from django.db.models import Q

from porchlight.schools.actors import Role
from porchlight.schools.models.sight import ForRolesQuerySet
from porchlight.schools.models.tenants import KeyedModel
from porchlight.schools.sealed_fields import ClosedTextField
from porchlight.toolbox import school_time
from porchlight.toolbox.sealed import WrongSeal


class AccountElsewhere(KeyedModel):
    """What an adapter is given of it: `secrets`, name → value."""

    sealed_secrets = ClosedTextField(blank=True)

    class Meta:
        abstract = True

    @property
    def secrets(self) -> Mapping[str, str]:
        """Opened for this use; never logged, never shown again on a page. Raises WrongSeal."""
        if not self.sealed_secrets:
            return {}
        return cast(dict[str, str], json.loads(self._sealing().opened(self, self.sealed_secrets)))

    @property
    def secrets_that_open(self) -> Mapping[str, str]:
        """As `secrets`; none where the server's key is no longer theirs, so that they can be asked for anew."""
        try:
            return self.secrets
        except WrongSeal:
            return {}

    def keep_secrets(self, secrets: Mapping[str, str]) -> None:
        """Seal these as the account's secrets; `save()` is the caller's."""
        self.sealed_secrets = self._sealing().closed(self, json.dumps(dict(secrets)))

    @classmethod
    def _sealing(cls) -> ClosedTextField:
        return cast(ClosedTextField, cls._meta.get_field("sealed_secrets"))


class CompanyAccountQuerySet[M: "CompanyAccount"](ForRolesQuerySet[M]):
    """The office's and the leader's business."""

    roles = (Role.OFFICE, Role.LEADER)

    def open(self) -> Self:
        """Still in use."""
        return self.filter(closed_at=None).order_by("pk")


class CompanyAccount(AccountElsewhere):
    """With a company that does something for the school: its settings, and whether anything goes there now."""

    settings = models.JSONField(default=dict)  # plain values of the adapter's fields, all text
    held_at = models.DateTimeField(null=True, blank=True)  # nothing goes there until staff act
    held_code = models.CharField(max_length=60, blank=True)  # the company's own word for why
    held_reason = models.CharField(max_length=300, blank=True)  # our sentence about it
    created_at = models.DateTimeField(default=school_time.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def hold(self, code: str, words: str, *, now: datetime) -> None:
        """Nothing more goes there before somebody at school has looked."""
        self.held_at, self.held_code, self.held_reason = now, code[:60], words[:300]
        self.save(update_fields=["held_at", "held_code", "held_reason"])


def held_with_reason(noun: str) -> models.CheckConstraint:
    """Whoever finds an account held finds why, too. `noun` begins the constraint's name."""
    return models.CheckConstraint(
        condition=Q(held_at=None, held_reason="") | (Q(held_at__isnull=False) & ~Q(held_reason="")),
        name=f"{noun}_held_with_reason",
    )
