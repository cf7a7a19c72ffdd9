"""Accounts with somebody outside: what opens them stands sealed in one field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from porchlight.schools.models.tenants import KeyedModel
from porchlight.schools.sealed_fields import ClosedTextField
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
