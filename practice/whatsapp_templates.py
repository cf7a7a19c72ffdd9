"""Approved texts as the service lists them."""

from __future__ import annotations

from practice.accounts import Template
from practice.whatsapp_requests import AUTHENTICATION


def row(template: Template) -> dict[str, object]:
    """One line of `message_templates`."""
    if template.category == AUTHENTICATION:
        return _code_row(template)
    components: list[dict[str, object]] = [{"type": "BODY", "text": template.body}]
    if template.buttons:
        buttons = [{"type": "QUICK_REPLY", "text": label} for label in template.buttons]
        components.append({"type": "BUTTONS", "buttons": buttons})
    return {
        "name": template.name,
        "components": components,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "id": str(template.id),
    }


def _code_row(template: Template) -> dict[str, object]:
    """WhatsApp writes the words of these itself; their button is created as OTP and shown as URL."""
    url = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"
    return {
        "name": template.name,
        "components": [
            {
                "type": "BODY",
                "text": "*{{1}}* is your verification code.",
                "add_security_recommendation": True,
            },
            {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Copy code", "url": url}]},
        ],
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "id": str(template.id),
    }
