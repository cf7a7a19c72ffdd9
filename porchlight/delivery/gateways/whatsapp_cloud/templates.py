"""What Meta says about approved templates: a pause, a refusal or a new category holds their sendings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from porchlight.delivery.gateways.contract import TemplateChanged
from porchlight.delivery.gateways.tolerant import moment, text
from porchlight.delivery.gateways.whatsapp_cloud.writing import language_code

type Json = Mapping[str, object]

CATEGORY_UPDATE = "CATEGORY_UPDATE"


def status_update(entry: Json, value: Json) -> Iterator[TemplateChanged]:
    """Approved, rejected, paused, disabled, …: Meta's word is kept as `status`."""
    event = text(value, "event")
    if event and text(value, "message_template_name"):
        yield _changed(entry, value, status=event, category=text(value, "message_template_category"))


def category_update(entry: Json, value: Json) -> Iterator[TemplateChanged]:
    """Moved to another category, or about to be within a day (`correct_category`): the coming one counts."""
    category = text(value, "correct_category") or text(value, "new_category")
    if category and text(value, "message_template_name"):
        yield _changed(entry, value, status=CATEGORY_UPDATE, category=category)


def _changed(entry: Json, value: Json, *, status: str, category: str) -> TemplateChanged:
    when = text(entry, "time")
    return TemplateChanged(
        key=f"template:{text(value, 'message_template_id')}:{status}:{category}:{when}",
        name=text(value, "message_template_name"),
        language=language_code(text(value, "message_template_language")),
        status=status,
        category=category,
        at=moment(when),
        raw=value,
    )
