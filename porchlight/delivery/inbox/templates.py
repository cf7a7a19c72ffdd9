"""An approved text that its gateway paused, refused or moved to another category: its sendings are held."""

from __future__ import annotations

from datetime import datetime

from porchlight.delivery.gateways.contract import Status, TemplateChanged
from porchlight.delivery.models import Account, Delivery, Stopped

GOOD_STATUS = {"APPROVED", ""}
FOR_SCHOOLS = {"UTILITY", ""}  # notices qualify as utility; anything else costs more or is blocked


def hold(account: Account, changed: TemplateChanged, *, now: datetime) -> int:
    """Hold what waits to leave with this text, and remember it on the account. Returns how many are held.

    An approval in the right category lets the account use the text again; staff release what was held.
    """
    name = f"{changed.name}:{changed.language}"
    held = set(account.settings.get("held_templates", "").split()) - {""}
    if changed.status.upper() in GOOD_STATUS and changed.category.upper() in FOR_SCHOOLS:
        held.discard(name)
        _remember(account, held)
        return 0
    _remember(account, held | {name})
    waiting = Delivery.objects.in_school(account.school_id).filter(
        account=account,
        status=Status.QUEUED,
        stopped="",
        body__template__name=changed.name,
        body__uses_template=True,
    )
    if changed.language:
        waiting = waiting.filter(body__template__language=changed.language)
    return waiting.update(stopped=Stopped.TEMPLATE_HELD, status_at=now, lease_until=None)


def _remember(account: Account, held: set[str]) -> None:
    account.settings = {**account.settings, "held_templates": " ".join(sorted(held))}
    account.save(update_fields=["settings"])
