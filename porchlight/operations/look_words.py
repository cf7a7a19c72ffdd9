"""What a look saw, as colleagues read it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAW: dict[str, Promise] = {
    "conversations.worry": _("a worry"),
    "conversations.message": _("a personal message"),
    "conversations.triageitem": _("who wrote to the office"),
    "conversations.ringing": _("what came of a call"),
    "delivery.delivery": _("where a message went"),
    "delivery.inboundevent": _("a message nobody could read"),
    "delivery.handing": _("what came of a call"),
    "families.address": _("a number or mailbox"),
    "families.guardian": _("what an adult needs"),
    "families.restriction": _("a restriction"),
    "activity.entrytext": _("a reason somebody wrote"),
}
ELSE = _("personal words")


def saw(things: Mapping[str, object]) -> list[Promise]:
    """`things`: the tables of what was seen. Each kind once."""
    return list(dict.fromkeys(SAW.get(label, ELSE) for label in things))
