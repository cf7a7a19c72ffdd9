"""What most carriers have in common, so that an adapter says only what is its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, ClassVar

from porchlight.delivery.gateways import meanings
from porchlight.delivery.gateways.contract import (
    AccountSettings,
    Fetched,
    Greeting,
    Media,
    RawRequest,
    Refused,
)
from porchlight.delivery.gateways.fetching import refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import Meaning


class Plain:
    """No handshake, nothing comes along with words, no ending of the webhook's address, one table of codes."""

    codes: ClassVar[Mapping[str, Meaning]]
    hook_ending: ClassVar[str] = ""

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Nothing comes along with words here."""
        return refused("media_gone")

    def greet(self, account: AccountSettings, request: RawRequest) -> Greeting | None:
        """There is no handshake: a GET is refused, also one that brings words, for it would stand in logs."""
        return None

    def explain(self, code: str) -> str:
        """The sentence for staff about one of the carrier's codes."""
        return meanings.say(code, self.codes)
