"""What was handed to delivery, read back from a parcel."""

from __future__ import annotations

from porchlight.delivery.content import AskSpec, Content, Enclosed, Recipient, Spoken
from porchlight.delivery.gateways.contract import Option
from porchlight.delivery.models import Parcel
from porchlight.schools.tiers import Tier


def content_of(parcel: Parcel, recipient: Recipient) -> Content:
    """What was handed to delivery, read back from the parcel."""
    ask = parcel.ask
    options = tuple(Option(option["key"], option["label"]) for option in ask["options"]) if ask else ()
    return Content(
        text=parcel.text,
        language=parcel.language,
        tier=Tier(parcel.tier),
        subject=parcel.subject,
        ask=AskSpec(ask["shape"], options, ask["code"], ask.get("of_each", False)) if ask else None,
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
