"""The ladder as the office and leaders set it: rungs in order, how long each waits, what a day may cost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.delivery.ladder.terms import DEFAULT, RungKind
from porchlight.delivery.models import Ladder
from porchlight.delivery.models.ladder import order_of, waits_of
from porchlight.schools.actors import Role

RUNGS: dict[RungKind, Promise] = {
    RungKind.NUMBER: _("Another number or mailbox of theirs"),
    RungKind.ADULT: _("Another adult of the child, in words of their own"),
    RungKind.CHANNEL: _("Another channel of theirs"),
    RungKind.CALL: _("A phone call"),
    RungKind.PAPER: _("A slip of paper or a letter"),
    RungKind.ERRAND: _("A named person finds a way"),
}
LONGEST = 14 * 24  # hours
SET_FOR_ALL = ("person_within", "most_messages", "most_calls", "record_within", "errands_to")


class LadderForm(forms.Form):
    """For each rung its place and its two waits, in hours; then what holds for all of it."""

    person_within = forms.IntegerField(
        label=_("Urgent words are in a person’s hands after at most so many hours"),
        min_value=1,
        max_value=72,
        help_text=_("Whatever else was tried: from then on a named person has every home that gave no sign."),
    )
    most_messages = forms.IntegerField(
        label=_("At most so many further messages to one adult in a day"), min_value=1, max_value=10
    )
    most_calls = forms.IntegerField(
        label=_("At most so many calls asked of us in a day"),
        min_value=1,
        max_value=1000,
        help_text=_("What is over waits for the next day, or for the person named below."),
    )
    record_within = forms.IntegerField(
        label=_("A call waits at most so many hours for a colleague’s voice"),
        min_value=1,
        max_value=72,
        help_text=_(
            "Where no machine speaks a family’s language, somebody who does is asked to record the words. Then it "
            "goes another way. Urgent words wait one hour."
        ),
    )
    errands_to = forms.ChoiceField(
        label=_("The last rung is for"),
        choices=[(Role.OFFICE.value, _("the office")), (Role.LIAISON.value, _("the liaison"))],
    )

    def __init__(self, *args: Any, standing: Ladder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = {**waits_of(DEFAULT.urgent)}, {**waits_of(DEFAULT.urgent), **waits_of(DEFAULT.dated)}
        order = standing.order or order_of(DEFAULT)
        for name in SET_FOR_ALL:
            self.fields[name].initial = getattr(standing, name)
        for kind in RUNGS:
            place = order.index(kind) + 1 if kind in order else 0
            self.fields[f"{kind}_place"] = forms.TypedChoiceField(
                label=_("Place"), coerce=int, initial=place, choices=_places(kind)
            )
            for when, label, waits, known in (
                ("urgent", _("Hours waited first, when it is urgent"), standing.urgent_waits, usual[0]),
                (
                    "dated",
                    _("Hours waited first, before an answer’s last day"),
                    standing.dated_waits,
                    usual[1],
                ),
            ):
                if not _is_asked(kind, when):
                    continue
                minutes = waits.get(kind.value, known[kind.value])
                self.fields[f"{kind}_{when}"] = forms.FloatField(
                    label=label, min_value=0, max_value=LONGEST, initial=f"{minutes / 60:g}"
                )

    def rungs(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each rung with its fields; the last has no wait before a date, since silence brings nobody."""
        return [
            (
                str(words),
                [self[f"{kind}_{part}"] for part in ("place", "urgent", "dated") if _is_asked(kind, part)],
            )
            for kind, words in RUNGS.items()
        ]

    def for_all(self) -> list[forms.BoundField]:
        """What holds for the whole ladder."""
        return [self[name] for name in SET_FOR_ALL]

    def clean(self) -> dict[str, Any]:
        """No two rungs on one place."""
        data: dict[str, Any] = super().clean() or {}
        places = [data[f"{kind}_place"] for kind in RUNGS if data.get(f"{kind}_place")]
        if len(places) != len(set(places)):
            self.add_error(None, gettext("Two rungs have the same place. Give each a place of its own."))
        return data

    def order(self) -> list[str]:
        """Kinds by place; what has none is not used."""
        placed = [(self.cleaned_data[f"{kind}_place"], kind.value) for kind in RUNGS]
        return [kind for place, kind in sorted(placed) if place]

    def waits(self, when: str) -> dict[str, int]:
        """Minutes by kind."""
        asked = [kind for kind in RUNGS if _is_asked(kind, when)]
        return {kind.value: round(self.cleaned_data[f"{kind}_{when}"] * 60) for kind in asked}


def _is_asked(kind: RungKind, part: str) -> bool:
    """No errand follows on silence before a date, so there is nothing to wait for."""
    return not (kind is RungKind.ERRAND and part == "dated")


def _places(kind: RungKind) -> list[tuple[int, str | Promise]]:
    numbers: list[tuple[int, str | Promise]] = [(place, str(place)) for place in range(1, len(RUNGS) + 1)]
    return numbers if kind is RungKind.ERRAND else [*numbers, (0, _("not used"))]
