"""A teacher's handful: for each home one thing seen, by a tap or in the teacher's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.conversations.good_news import GoodNews
from porchlight.home.good_news import Pick
from porchlight.home.good_news_form import FIELD, WordsToHomes
from porchlight.schools.models import School
from porchlight.welcome.first_words import SEEN, first_note
from porchlight.welcome.models.hello import A_DAY

LONGEST = 300
SEEN_FIELD, OWN = "seen-", FIELD


def filled_in(data: Mapping[str, Any]) -> set[str]:
    """The homes for which something was chosen or written."""
    return {name.partition("-")[2] for name in data if name.startswith((SEEN_FIELD, OWN)) and data[name]}


class HelloForm(WordsToHomes):
    """Two fields a home, either is enough; a home left out waits for another day."""

    field_prefix = SEEN_FIELD

    def __init__(
        self, data: Mapping[str, Any] | None, *, picks: Sequence[Pick], school: School, now: datetime
    ) -> None:
        super().__init__(data)
        self.picks, self.school = picks, school
        self.may_need = tuple(f"{kind}{pick.key}" for pick in picks for kind in (SEEN_FIELD, OWN))
        for pick in picks:
            self.fields[f"{SEEN_FIELD}{pick.key}"] = forms.ChoiceField(
                label=pick.child.name,
                help_text=", ".join(str(tie.guardian) for tie in pick.ties),
                choices=[*SEEN.items()],
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"{OWN}{pick.key}"] = forms.CharField(
                label=_("Or in your own words, about %(child)s") % {"child": pick.child.short_name},
                max_length=LONGEST,
                required=False,
                widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """At least one home is said hello to."""
        data = super().clean()
        if not self.written() and not self.errors:
            self.add_error(None, _("Choose or write one thing for at least one home."))
        return data

    def written(self) -> list[Pick]:
        """As above; a tap is enough."""
        data = self.cleaned_data
        return [pick for pick in self.picks if data.get(SEEN_FIELD + pick.key) or data.get(OWN + pick.key)]

    def news(self, sender: str) -> GoodNews:
        """The first words to each home that something was chosen or written for."""
        return GoodNews(
            tuple(
                first_note(
                    ties=tuple(tie.key for tie in pick.ties),
                    child=pick.child.short_name,
                    seen=self.cleaned_data[SEEN_FIELD + pick.key],
                    words=self.cleaned_data[OWN + pick.key],
                    sender=sender,
                    school=self.school,
                )
                for pick in self.written()
            )
        )


class PaceForm(forms.Form):
    """How many homes a teacher says hello to on one day."""

    a_day = forms.IntegerField(
        label=gettext_lazy("Homes a day for each teacher"),
        min_value=1,
        max_value=12,
        initial=A_DAY,
        help_text=gettext_lazy("Six are about three minutes."),
    )
