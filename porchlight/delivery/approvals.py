"""Which texts of an account WhatsApp has approved, by what the office wrote down and what was held since."""

from __future__ import annotations

from porchlight.delivery.gateways.contract import ApprovedTemplate
from porchlight.delivery.models import Account
from porchlight.languages.whatsapp_templates import TemplateDraft, approved_text


def as_approved(template: ApprovedTemplate) -> str:
    """How a template reads with its places filled; one we do not know shows what fills it."""
    try:
        return approved_text(template.name, template.language, template.parameters)
    except LookupError:
        return "\n".join(template.parameters)


def is_usable(draft: TemplateDraft, account: Account) -> bool:
    """Whether the account says that this text is approved, and nothing has held it since."""
    known = approved(account.settings.get("templates", ""))
    held = f"{draft.name}:{draft.language}" in held_templates(account)
    return (draft.name, draft.language) in known and not held


def approved(written: str) -> set[tuple[str, str]]:
    """The office's list of approved templates as pairs of name and the gateway's language code."""
    lines = (line.replace(",", " ").split() for line in written.splitlines())
    return {(line[0], line[1]) for line in lines if len(line) > 1}


def held_templates(account: Account) -> set[str]:
    """Templates that the gateway paused or moved to another category, as `name:language`."""
    return set(account.settings.get("held_templates", "").split())
