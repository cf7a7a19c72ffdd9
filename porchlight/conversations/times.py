"""Several times to choose from: as they are written down, and the fields they are given in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

MOST_TIMES = 6


def times_to_choose(times: Sequence[datetime]) -> list[dict[str, Any]]:
    """Options of an ask, the earliest first. Each is said in its reader's words, so that none has a label."""
    return [
        {"key": str(place), "at": when.isoformat(), "labels": {}}
        for place, when in enumerate(sorted(times), 1)
    ]


class TimesWidget(forms.MultiWidget):
    """Some fields for a day and an hour, one under the other."""

    template_name = "conversations/times.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__(
            [forms.DateTimeInput(attrs={"type": "datetime-local"}) for _place in range(MOST_TIMES)]
        )

    def decompress(self, value: Any) -> list[Any]:
        """Each in its own field."""
        return [*(value or []), *([None] * MOST_TIMES)][:MOST_TIMES]


class TimesField(forms.MultiValueField):
    """The times that were given, each once, the earliest first; on the school's clock, without its zone."""

    def __init__(self, **kwargs: Any) -> None:
        fields = [forms.DateTimeField(required=False) for _place in range(MOST_TIMES)]
        super().__init__(fields, widget=TimesWidget(), require_all_fields=False, **kwargs)

    def compress(self, data_list: list[datetime | None]) -> list[datetime]:
        """Empty fields are no times."""
        return sorted({one.replace(tzinfo=None) for one in data_list if one is not None})
