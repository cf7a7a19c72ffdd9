"""How a notice climbed to each adult, step by step, for its report. Two queries, however many adults there are."""

from __future__ import annotations

from collections import defaultdict

from porchlight.conversations.models import Notice
from porchlight.conversations.on_errands import OF_THE_LADDER
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.ladder.explaining import Gone, in_words
from porchlight.delivery.models import Delivery
from porchlight.errands.models import Errand


def steps_of(notice: Notice) -> dict[int, list[str]]:
    """By guardian id, where more than one way was gone or a person has it now."""
    gone: dict[int, list[Gone]] = defaultdict(list)
    keys: dict[str, int] = {}
    rows = Delivery.objects.filter(parcel__messages__message__notice=notice).distinct().order_by("pk")
    for key, guardian, gateway, channel, status, stopped, code, sent, created, due, ended in rows.values_list(
        "parcel__key",
        "parcel__guardian_id",
        "account__gateway",
        "channel",
        "status",
        "stopped",
        "code",
        "sent_at",
        "created_at",
        "due_at",
        "status_at",
    ):
        keys[f"parcel:{key}"] = guardian
        began = sent or max(created, min(due, ended or due))
        gone[guardian].append(Gone(gateway, channel, Status(status), stopped, code, began, ended))
    errands = Errand.objects.in_school(notice.school_id).filter(kind__in=OF_THE_LADDER, about__in=list(keys))
    names = {keys[row.about]: row.assigned_to.name for row in errands.select_related("assigned_to")}
    return {
        guardian: in_words(ways, notice.school.zone, names.get(guardian, ""))
        for guardian, ways in gone.items()
        if len(ways) > 1 or guardian in names
    }
