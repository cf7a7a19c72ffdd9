"""Another adult who is to get the school's routine words: what a guardian fills in, or a colleague for a caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.conversations import delegating
from porchlight.conversations.models import Delegation
from porchlight.delivery.addressing import NotAnAddress
from porchlight.families.models import Guardianship, Relation
from porchlight.languages.phrases import books
from porchlight.schools.actors import Actor
from porchlight.toolbox import school_time
from porchlight.toolbox.scripts import autonym


class NamedForm(forms.Form):
    """Who it is, for which children, and until when."""

    children = forms.MultipleChoiceField(
        label=_("For which children?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one child.")},
    )
    name = forms.CharField(
        label=_("Their name"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Write the name of the adult.")},
    )
    relation = forms.ChoiceField(label=_("What they are to the child"), choices=Relation.choices)
    value = forms.CharField(
        label=_("Their phone number or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Write their own number or mailbox.")},
    )
    reads = forms.ChoiceField(label=_("Their language"))
    until = forms.DateField(
        label=_("Until when? Leave it empty if it has no end"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Choose a day, such as 2026-12-18.")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, ties: Sequence[Guardianship], today: date, reads: str
    ) -> None:
        """`ties`: those of the guardian that are their own; `reads`: the tag proposed."""
        self.ties = {tie.student.key: tie for tie in ties}
        self.today = today
        tags = [tag for tag, book in books().items() if "named_by_family" in book.phrases]
        super().__init__(
            data, initial={"children": list(self.ties), "reads": reads if reads in tags else tags[0]}
        )
        _choices(self, "children", [(key, tie.student.short_name) for key, tie in self.ties.items()])
        _choices(self, "reads", [(tag, autonym(tag)) for tag in tags])

    def clean_until(self) -> date | None:
        """Not in the past."""
        until: date | None = self.cleaned_data.get("until")
        if until is not None and until < self.today:
            raise forms.ValidationError(gettext("This day is over. Choose a later one."))
        return until

    def name_them(self, *, by: Actor) -> Delegation | None:
        """Name the adult; None when something is to be put right in the form."""
        told = self.cleaned_data
        try:
            return delegating.name_adult(
                ties=[self.ties[key] for key in told["children"]],
                name=told["name"],
                relation=told["relation"],
                written=told["value"],
                reads=told["reads"],
                until=told["until"],
                words=told.get("words", ""),
                by=by,
                now=school_time.now(),
            )
        except NotAnAddress:
            self.add_error("value", gettext("Nothing can be sent there. Look at the number again."))
        except delegating.OwnAddress:
            self.add_error("value", gettext("This is where we write already. Give the other adult’s own."))
        except delegating.TooMany:
            self.add_error(
                None, gettext("You have named several adults lately. Ask the school office to help.")
            )
        return None


class NamedByCallForm(NamedForm):
    """The same, typed in by a colleague for somebody who rang or came by."""

    words = forms.CharField(
        label=_("How do you know that it is they who want it?"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Write in a few words how you know.")},
    )


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
    field.choices = choices
