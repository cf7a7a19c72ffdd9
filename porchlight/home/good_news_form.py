"""Three fields, one for each home: what its teacher saw, in the teacher's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from porchlight.conversations.good_news import GoodNews, Looked, Note
from porchlight.families.models import Student
from porchlight.home.good_news import Pick
from porchlight.schools.models import School

LONGEST = 600
FIELD = "words-"


def keys_in(data: Mapping[str, Any]) -> list[str]:
    """The homes somebody has begun to write to, in the order they stood on the page."""
    return [name.removeprefix(FIELD) for name in data if name.startswith(FIELD)]


def called(pick: Pick, picks: Sequence[Pick]) -> str:
    """The child's name; with the adults' where the child has two homes."""
    alike = [one for one in picks if one.child.name == pick.child.name]
    adults = ", ".join(str(tie.guardian) for tie in pick.ties)
    return pick.child.name if len(alike) == 1 else f"{pick.child.name} ({adults})"


class WordsToHomes(forms.Form):
    """Something for each of a few homes; each form says which field a home's words are in."""

    picks: Sequence[Pick] = ()
    field_prefix = FIELD  # of the field at which a home's trouble is said

    def clean(self) -> dict[str, Any]:
        """Of a home that is not among these any more, what was written is said again: nothing is lost."""
        data: dict[str, Any] = super().clean() or {}
        for key in keys_in(self.data):
            words = self.data.get(f"{FIELD}{key}", "").strip()
            if f"{FIELD}{key}" not in self.fields and words:
                self.add_error(
                    None,
                    _("One of these homes cannot be written to any more. You wrote: “%(words)s”")
                    % {"words": words[:LONGEST]},
                )
        return data

    def written(self) -> list[Pick]:
        """The homes that something was written for."""
        return [pick for pick in self.picks if self.cleaned_data.get(f"{FIELD}{pick.key}")]

    def refuse(self, looked: Sequence[Looked]) -> None:
        """Say at its field why a home cannot be told now; what was written stays."""
        for pick, one in zip(self.written(), looked, strict=True):
            if not one.reached:
                why = next((str(way.not_reached.next_step) for way in one.planned if way.not_reached), "")
                self.add_error(
                    f"{self.field_prefix}{pick.key}",
                    _("No words get to this home now. %(step)s") % {"step": why},
                )


class NotesForm(WordsToHomes):
    """One field a home. An empty one says nothing to that home."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, picks: Sequence[Pick], school: School, now: datetime
    ) -> None:
        super().__init__(data)
        self.picks, self.school = picks, school
        self.may_need = tuple(f"{FIELD}{pick.key}" for pick in picks)
        for place, pick in enumerate(picks):
            attrs = {"rows": 2, "dir": "auto"} | ({"autofocus": True} if place == 0 and data is None else {})
            self.fields[f"{FIELD}{pick.key}"] = forms.CharField(
                label=called(pick, picks),
                help_text=pick.about(school, now),
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs=attrs),
            )

    def clean(self) -> dict[str, Any]:
        """At least one home hears something."""
        data = super().clean()
        if not any(data.values()) and not self.errors:
            self.add_error(None, _("Write to at least one home. One thing you saw is enough."))
        return data

    def news(self) -> GoodNews:
        """What was written, in the form the actions take."""
        return GoodNews(
            tuple(
                Note(
                    tuple(tie.key for tie in pick.ties),
                    self.cleaned_data[f"{FIELD}{pick.key}"],
                    self.school.language,
                )
                for pick in self.written()
            )
        )


class MarksForm(forms.Form):
    """Of which children homes should hear good news first."""

    children = forms.ModelMultipleChoiceField(
        label="",
        queryset=Student.objects.none(),
        to_field_name="key",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    may_need = ("children",)

    def __init__(self, data: Any, *, among: Any, marked: Sequence[str]) -> None:
        super().__init__(data, initial={"children": marked})
        field = self.fields["children"]
        field.label = _("Whom I want to think of first")
        field.queryset = among  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
        field.label_from_instance = lambda child: child.name  # type: ignore[attr-defined]  # as above
