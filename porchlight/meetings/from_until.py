"""The two fields of a stretch of a day, and the one guard they share: hours of a colleague, of a round, of a host."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.schools.forms import TIME

END_FIRST = _("The end is before the beginning. Look at both times.")


class FromUntil(forms.Form):
    """From when until when; each may stay empty unless the form that is made of it says otherwise."""

    starts = forms.TimeField(label=_("From"), widget=TIME, required=False)
    ends = forms.TimeField(label=_("Until"), widget=TIME, required=False)

    def is_a_stretch(self, data: dict[str, Any]) -> bool:
        """Both are there and the end is behind the beginning; else it is said at the end."""
        starts, ends = data.get("starts"), data.get("ends")
        if starts is not None and ends is not None and starts < ends:
            return True
        self.add_error("ends", END_FIRST)
        return False
