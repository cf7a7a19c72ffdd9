"""An approved text that its gateway paused, refused or moved to another category: its sendings are held."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from porchlight.activity.record import record
from porchlight.delivery.approvals import approved, held_templates
from porchlight.delivery.gateways.contract import Status, TemplateChanged
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.models import Account, Delivery, Stopped
from porchlight.delivery.waking import wake_on_commit
from porchlight.languages.whatsapp_templates import category_of
from porchlight.schools.actors import system

GOOD_STATUS = {"APPROVED", ""}
OURS = "porchlight_"  # how the names of the texts we ask schools to submit begin


def template_changed(account: Account, change: TemplateChanged, *, now: datetime) -> str:
    """Hold what waits to leave with this text, and plan nothing more with it, until it is approved again."""
    language = change.language.replace("-", "_")
    name = f"{change.name}:{language}"
    about = Delivery.objects.in_school(account.school_id).filter(
        account=account, status=Status.QUEUED, body__template__name=change.name
    )
    if language:
        about = about.filter(body__template__language=language)
    held = held_templates(account)
    # Notices qualify as utility, codes as authentication; anything else costs more or is blocked.
    fits = change.category.upper() in {category_of(change.name), ""}
    if change.status.upper() in GOOD_STATUS and fits:
        if change.status.upper() == "APPROVED" and change.name.startswith(OURS) and language:
            _list(account, change.name, language)
        if name not in held:
            return "recorded"
        _remember(account, held - {name}, "template.approved")
        return f"released {_release(about, now)}"
    _remember(account, held | {name}, "template.held")
    count = about.filter(stopped="").update(stopped=Stopped.TEMPLATE_HELD, status_at=now, lease_until=None)
    sentence = (
        f"WhatsApp changed the text {change.name} ({change.status or change.category}). Its messages wait. "
        "Look at it in WhatsApp's manager, or have another one approved."
    )
    if name not in held:
        tell_trouble(Trouble(account.school, "template_held", sentence, account, text=name))
    return f"held {count}"


def _list(account: Account, name: str, language: str) -> None:
    """A text of ours that was approved is used from now on, without anybody's writing it down."""
    listed = account.settings.get("templates", "")
    if (name, language) in approved(listed):
        return
    lines = [*listed.splitlines(), f"{name} {language}"]
    account.settings = {**account.settings, "templates": "\n".join(line for line in lines if line.strip())}
    account.save(update_fields=["settings"])
    record("template.approved", about=account, by=system(account.school_id))


def _remember(account: Account, held: set[str], verb: str) -> None:
    account.settings = {**account.settings, "held_templates": " ".join(sorted(held))}
    account.save(update_fields=["settings"])
    record(verb, about=account, by=system(account.school_id))


def _release(about: QuerySet[Delivery], now: datetime) -> int:
    held = list(about.filter(stopped=Stopped.TEMPLATE_HELD))
    for delivery in held:
        delivery.stopped, delivery.due_at = "", max(delivery.due_at, now)
    Delivery.objects.bulk_update(held, ["stopped", "due_at"])
    wake_on_commit(held)
    return len(held)
