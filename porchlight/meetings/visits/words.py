"""Codes of this room as sentences on pages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY_NOT: dict[str, Promise] = {
    "not_allowed": _("This is not possible. Ask the office."),
    "asked_lately": _("This family was asked not long ago, or said later. We do not ask again yet."),
    "two_adults": _("A visit takes two different adults."),
    "own_child": _("Nobody visits their own child for the school."),
    "person": _("The family wishes to be visited by somebody else: two women, or two men."),
    "day_stands": _("The day stands already."),
    "no_word": _("The family has not said yes and where."),
    "no_permission": _("A leader has not given permission for these two yet."),
    "too_early": _("It is too early for that."),
    "not_in": _("Nobody has gone in yet."),
    "changed": _("The words have changed since. Please read them again."),
    "tell_the_lead": _("Tell the safeguarding lead in person, now."),
}
