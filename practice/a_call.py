"""One call as it stands: who is rung, what was heard on the line, what is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from practice import twilio_voice_events as events
from practice.accounts import TwilioVoiceAccount
from practice.phones import Line
from practice.twiml import Verb


@dataclass(slots=True)
class Said:
    """One thing heard on the line: words for a machine voice to say, or sound that was played."""

    text: str = ""
    language: str = ""
    voice: str = ""
    url: str = ""
    mime_type: str = ""
    size: int = 0
    sound: str = ""  # the id it can be played by on the phone's page


@dataclass(slots=True)
class Call:
    """One call. `waits` is the verb that waits for keys or for a voice."""

    account: TwilioVoiceAccount
    to: str
    form: Mapping[str, str]
    sid: str = field(default_factory=events.new_sid)
    status: str = "queued"
    phone: str = ""
    answered_by: str = ""
    began: datetime = field(default_factory=lambda: datetime.now().astimezone())
    seconds: int = 0
    told: int = 0
    sip: str = ""
    said: list[Said] = field(default_factory=list)
    waits: Verb | None = None
    rest: list[Verb] = field(default_factory=list)
    at: str = ""  # the address the verbs came from
    requests: int = 0
    refused: int = 0  # the school's answer that was no TwiML, as HTTP has it
    line: Line | None = None

    @property
    def is_over(self) -> bool:
        return self.status in events.OVER

    def as_json(self) -> dict[str, Any]:
        waits = None if self.waits is None else {"verb": self.waits.name, **self.waits.attributes}
        return {"sid": self.sid, "status": self.status, "from": self.account.number, "to": self.to, "waits": waits,
                "said": [asdict(one) for one in self.said], "refused": self.refused}  # fmt: skip
