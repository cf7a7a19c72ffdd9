"""Tokens and what was made with them; who wants to be told of what, and what they were told."""

from porchlight.api.models.tokens import ApiToken, Made
from porchlight.api.models.webhooks import Signal, SignalKind, Subscription

__all__ = ["ApiToken", "Made", "Signal", "SignalKind", "Subscription"]
