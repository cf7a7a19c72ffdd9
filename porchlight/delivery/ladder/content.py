"""What was handed to delivery, read back from a parcel."""

from __future__ import annotations

from typing import Any

from porchlight.delivery.content import AskSpec, Content, Enclosed, Recipient, Spoken
from porchlight.delivery.gateways.contract import Option
from porchlight.delivery.models import Parcel
from porchlight.schools.tiers import Tier


def content_of(parcel: Parcel, recipient: Recipient) -> Content:
    """What was handed to delivery, read back from the parcel."""
    return Content(
        text=parcel.text,
        language=parcel.language,
        tier=Tier(parcel.tier),
        subject=parcel.subject,
        ask=_asked(parcel.ask) if parcel.ask else None,
        sender_name=parcel.sender_name,
        student_names=tuple(student.short_name for student in recipient.students),
        page_path=parcel.page_path,
        is_original=parcel.is_original,
        urgent_reason=parcel.urgent_reason,
        spoken=Spoken(**parcel.spoken) if parcel.spoken else None,
        was_to_be_recorded=parcel.recording_id is not None and not parcel.spoken,
        enclosed=Enclosed(**parcel.enclosed) if parcel.enclosed else None,
        answer_by=parcel.answer_by,
    )


def _asked(ask: dict[str, Any]) -> AskSpec:
    options = tuple(Option(one["key"], one["label"]) for one in ask["options"])
    of_each, speaks = ask.get("of_each", False), ask.get("speaks", "")
    return AskSpec(ask["shape"], options, ask["code"], of_each, speaks=speaks)
