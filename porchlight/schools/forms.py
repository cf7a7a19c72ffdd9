"""What a school says of itself, as its office and leaders write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from porchlight.schools.law.effects import place_words, quiet_words
from porchlight.schools.law.followed import law_at, rests_enough
from porchlight.schools.law.reading import profiles
from porchlight.schools.models import School
from porchlight.toolbox.language_names import LANGUAGES
from porchlight.toolbox.scripts import autonym

WEEK = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SchoolForm(forms.ModelForm):
    """The facts, in the order the page asks for them."""

    weekdays = forms.MultipleChoiceField(
        label=_("School days"),
        choices=WEEK,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one school day.")},
    )
    language = forms.ChoiceField(
        label=_("The school writes in"), choices=[(tag, autonym(tag)) for tag in LANGUAGES]
    )
    law = forms.ChoiceField(
        label=_("Whose law we follow"),
        required=False,
        help_text=_("What follows from it stands below. A school may be stricter, never laxer."),
    )
    answer_within = forms.IntegerField(
        label=_("We answer within so many school days"),
        min_value=1,
        max_value=10,
        help_text=_("Families see it, and the desk counts it. One is what most families hope for."),
    )
    light_window = forms.IntegerField(
        label=_("A porch stays lit for so many school days"),
        min_value=5,
        max_value=200,
        help_text=_("After the last word from the home. 42 is about eight weeks of school."),
    )

    most_removed = forms.IntegerField(
        label=_("Ask before a roster takes away more than so many per cent"),
        min_value=0,
        max_value=100,
        help_text=_(
            "Of the students, of the classes, of the colleagues and so on. A file that was cut off looks as if many "
            "had left. 5 is usual; 0 asks whenever anybody would go."
        ),
    )

    class Meta:
        model = School
        fields = [
            "name",
            "phone",
            "emergency_numbers",
            "out_of_hours_words",
            "text_costs",
            "answer_within",
            "weekdays",
            "opens_at",
            "closes_at",
            "reads_from",
            "reads_until",
            "shows_promise_kept",
            "quiet_from",
            "quiet_until",
            "light_window",
            "most_removed",
            "language",
            "timezone",
            "country",
            "law",
        ]
        labels = {
            "name": _("Name"),
            "phone": _("Telephone"),
            "emergency_numbers": _("Emergency numbers here"),
            "out_of_hours_words": _("What families read when they write at night"),
            "text_costs": _("What a text costs a family that sends one"),
            "opens_at": _("School opens at"),
            "closes_at": _("School closes at"),
            "reads_from": _("Colleagues read from"),
            "reads_until": _("Colleagues read until"),
            "shows_promise_kept": _("Show families how often we answered in time"),
            "quiet_from": _("Quiet from"),
            "quiet_until": _("Quiet until"),
            "timezone": _("Time zone"),
            "country": _("Country"),
        }
        help_texts = {
            "phone": _("As families should dial it."),
            "emergency_numbers": _(
                "Said in every reply at night, such as 999 or 112. Empty: as the law you follow has them."
            ),
            "out_of_hours_words": _(
                "Empty: our words, in each family's language. They say that nobody reads now, when somebody will, "
                "and the emergency numbers."
            ),
            "text_costs": _(
                "About, such as Rs 2 or 10p. Colleagues read it before they send, and families on their page."
            ),
            "reads_until": _(
                "For whoever has not chosen their own hours. Nobody’s own hours become longer by it."
            ),
            "quiet_from": _("On the clock at each home. Only urgent messages break it."),
            "timezone": _("As in the world's list, such as Europe/London or Asia/Karachi."),
            "country": _("Two letters. Numbers without a country code are read as numbers of this country."),
        }
        widgets = {
            "out_of_hours_words": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "opens_at": TIME,
            "closes_at": TIME,
            "reads_from": TIME,
            "reads_until": TIME,
            "quiet_from": TIME,
            "quiet_until": TIME,
            "country": forms.TextInput(attrs={"maxlength": "2", "dir": "ltr"}),
            "phone": forms.TextInput(attrs={"type": "tel", "dir": "ltr"}),
        }

    groups = (
        (_("What families read"), ("name", "phone", "emergency_numbers", "out_of_hours_words", "text_costs")),
        (
            _("When somebody is there"),
            ("weekdays", "opens_at", "closes_at", "answer_within", "shows_promise_kept"),
        ),
        (_("Rest"), ("quiet_from", "quiet_until", "reads_from", "reads_until", "light_window")),
        (_("Roster"), ("most_removed",)),
        (_("Where the school is"), ("language", "timezone", "country", "law")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        law, language = self.fields["law"], get_language() or "en"
        assert isinstance(law, forms.ChoiceField)  # noqa: S101 - as declared above
        law.choices = [
            ("", gettext("As our country has it")),
            *((name, place_words(profile, language)) for name, profile in profiles().items()),
        ]
        self.initial["weekdays"] = [str(day) for day in self.instance.weekdays or range(5)]

    def clean_weekdays(self) -> list[int]:
        """As the calendar counts them."""
        return sorted(int(day) for day in self.cleaned_data["weekdays"])

    def clean_country(self) -> str:
        """Two capitals."""
        country = str(self.cleaned_data["country"]).strip().upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(gettext("Write two letters, such as GB or PK."))
        return country

    def clean(self) -> dict[str, Any]:
        """A day has a beginning before its end."""
        data: dict[str, Any] = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", gettext("School closes after it opens. Look at both times."))
        country, chosen = data.get("country", ""), data.get("law", "")
        here, law = law_at(country), law_at(country, chosen)
        if chosen and country in here.countries and law != here:
            self.add_error(
                "law", gettext("Your country’s law is written down here, so it holds. Leave this as it is.")
            )
        quiet = data.get("quiet_from"), data.get("quiet_until")
        if quiet[0] and quiet[1] and not rests_enough(law, quiet[0], quiet[1]):
            self.add_error("quiet_until", quiet_words(law))
        reads, until = data.get("reads_from"), data.get("reads_until")
        if reads and until and reads >= until:
            self.add_error("reads_until", gettext("The end is before the beginning. Look at both times."))
        return data

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(str(title), [self[name] for name in names]) for title, names in self.groups]


class DaysForm(forms.Form):
    """A term or a holiday."""

    name = forms.CharField(label=_("Name"), max_length=100)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("The last day is before the first. Look at both dates."))
        return data


class HijriForm(forms.Form):
    """Whether the Islamic day stands beside dates, and how far it is from Umm al-Qura here."""

    hijri_days = forms.TypedChoiceField(
        label=_("On pages and in messages that name a day"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            ("", _("Not shown")),
            ("0", _("As in Mecca (Umm al-Qura)")),
            ("-1", _("One day behind Mecca, as mostly in Pakistan")),
            ("-2", _("Two days behind Mecca")),
            ("1", _("One day ahead of Mecca")),
        ],
        help_text=_("Change this when the new moon was seen on another evening."),
    )
