"""What is filled in about visits: by families without script, by colleagues in a few taps."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.forms import SPOKEN
from porchlight.meetings.models import (
    AtMeetings,
    NoteHeard,
    Purpose,
    Visit,
    VisitHelp,
    VisitNote,
    Welcome,
    Where,
)
from porchlight.schools.models import School, StaffMember

MOMENT_AS = "%Y-%m-%dT%H:%M"
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT_AS)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LINES = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
OF_A_FAMILY = [(one.value, one.label) for one in Purpose if one is not Purpose.SERIOUS]
NOBODY = ("", _("Whoever can"))


class Moment(forms.DateTimeField):
    """An hour on the clock of `zone`, which its form gives it."""

    zone: tzinfo = UTC

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=MOMENT, required=False, **more)

    def to_python(self, value: Any) -> datetime | None:
        """As a browser writes it."""
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        try:
            return datetime.strptime(value, MOMENT_AS).replace(tzinfo=self.zone)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class OnClock(forms.Form):
    """Its hours are those of a school, or of a home."""

    def __init__(self, *args: Any, zone: tzinfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Moment):
                field.zone = zone


class WishForm(forms.Form):
    """A family asks us to come."""

    purpose = forms.ChoiceField(label=_("What for?"), choices=OF_A_FAMILY, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In your own words"), max_length=600, required=False, widget=LINES)


class WelcomeForm(OnClock):
    """What a family says to a visit, all on one page; everything but the word is for them to leave."""

    word = forms.ChoiceField(label=_("May we come?"), choices=Welcome.choices, widget=forms.RadioSelect)
    place = forms.ChoiceField(
        label=_("Where shall we meet?"), choices=[("", "–"), *Where.choices], required=False
    )
    place_words = forms.CharField(
        label=_("Where exactly"), max_length=120, required=False,
        help_text=_("Only the two who come, the office and the school’s leaders read it."),
    )  # fmt: skip
    times = forms.MultipleChoiceField(
        label=_("Which times suit you?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other = Moment(label=_("Or a time of your own"))
    person = forms.ChoiceField(
        label=_("Who should come?"), choices=[NOBODY, *AtMeetings.Person.choices], required=False
    )
    interpreter = forms.BooleanField(label=_("With an interpreter"), required=False)

    def __init__(self, *args: Any, times: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if times:
            self.fields["times"].choices = times  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
        else:
            del self.fields["times"]


class RightForm(forms.Form):
    """A family reads its note: it is right, or what is not; and who may read it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    correction = forms.CharField(
        label=_("What should be put right?"), max_length=1500, required=False, widget=LINES,
        help_text=_("Empty: it is right as it stands."),
    )  # fmt: skip
    readers = forms.ChoiceField(
        label=_("Who may read it?"), choices=VisitNote.Readers.choices, widget=forms.RadioSelect
    )


class HeardForm(RightForm):
    """The same, said to a colleague who read it to them."""

    how = forms.ChoiceField(
        label=_("How it was read"),
        choices=[(one.value, one.label) for one in (NoteHeard.How.PHONE, NoteHeard.How.TOGETHER)],
    )


class AskForm(forms.Form):
    """A colleague asks one adult: to say hello, or openly about something serious."""

    serious = forms.BooleanField(
        label=_("It is about something serious"), required=False,
        help_text=_("It is said openly, with the words below, and a leader reads it before it leaves."),
    )  # fmt: skip
    words = forms.CharField(label=_("What it is about"), max_length=600, required=False, widget=LINES)

    def clean(self) -> dict[str, Any]:
        """Something serious says what."""
        data = super().clean() or {}
        if data.get("serious") and not data.get("words"):
            self.add_error("words", _("Say openly what it is about."))
        return data


class TimesForm(OnClock):
    """Times at which the two could come."""

    time_1 = Moment(label=_("A time"))
    time_2 = Moment(label=_("A time"))
    time_3 = Moment(label=_("A time"))
    district = forms.CharField(label=_("Part of the town"), max_length=12, required=False)

    def times(self) -> list[datetime]:
        """Those that were given."""
        return [
            self.cleaned_data[name]
            for name in self.fields
            if self.cleaned_data.get(name) and name != "district"
        ]


if TYPE_CHECKING:
    ChoiceOfStaff = forms.ModelChoiceField[StaffMember]
else:
    ChoiceOfStaff = forms.ModelChoiceField


class Colleague(ChoiceOfStaff):
    """One of those at work here, by name."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=StaffMember.objects.none(), **more)

    def label_from_instance(self, obj: StaffMember) -> str:
        """Their name alone."""
        return obj.name


class PeopleForm(forms.Form):
    """Names colleagues; `people` are those there are."""

    def __init__(self, *args: Any, people: QuerySet[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Colleague):
                field.queryset = people


class PairForm(PeopleForm):
    """The two who go."""

    first = Colleague(label=_("One of the two"))
    second = Colleague(label=_("The other"))


class DayForm(PeopleForm, OnClock):
    """The hour, and who interprets."""

    starts_at = Moment(label=_("When"))
    interpreter = Colleague(label=_("Who interprets"), required=False)


class NoteForm(forms.Form):
    """Strengths and hopes: what may be said in a call, and what is personal."""

    aloud = forms.CharField(
        label=_("What we learned about the child’s strengths and the family’s hopes"), max_length=1200, widget=LINES,
        required=False,
        help_text=_(
            "In everyday words, with the help they asked for in theirs. Who only calls reach hears it in a call:"
            " nothing of health, results or worries. Never about the house, the money or who lives there."
        ),
    )  # fmt: skip
    spoken = forms.FileField(
        label=_("The same, said by you or a colleague in their language"), required=False,
        widget=SPOKEN,
        help_text=_("Without it a voice reads the words."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What is personal"), max_length=3000, widget=LINES, required=False,
        help_text=_("They read it after showing who they are, or one of you reads it to them. No call says it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Something was written."""
        data = super().clean() or {}
        if not (data.get("aloud") or data.get("text")):
            raise forms.ValidationError(_("Write down what you learned."))
        return data


class HelpForm(PeopleForm):
    """Help asked for, or promised."""

    sort = forms.ChoiceField(label=_("Who said it"), choices=VisitHelp.Sort.choices)
    words = forms.CharField(label=_("In the family’s words"), max_length=300)
    who = Colleague(label=_("Who does it"))
    due_on = forms.DateField(label=_("By when"), widget=DAY)


class WorryForm(forms.Form):
    """A child may not be safe."""

    words = forms.CharField(label=_("What worries you"), max_length=2000, widget=LINES)


class RouteForm(PairForm, OnClock):
    """An afternoon of several visits."""

    may_need = ("starts", "ends")  # a Moment may be empty, these two may not

    starts = Moment(label=_("From"))
    ends = Moment(label=_("Until"))

    def clean(self) -> dict[str, Any]:
        """One afternoon."""
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts is None or ends is None or not 0 < (ends - starts).total_seconds() <= 12 * 3600:
            raise forms.ValidationError(_("Give the hours of one afternoon."))
        return data


class TravelForm(forms.Form):
    """Minutes from one part of the town to another."""

    one = forms.CharField(label=_("From"), max_length=12, required=False, help_text=_("Empty: from school."))
    other = forms.CharField(label=_("Another part of the town"), max_length=12)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=240)

    def clean(self) -> dict[str, Any]:
        """Two parts."""
        data = super().clean() or {}
        if str(data.get("one", "")).strip().upper() == str(data.get("other", "")).strip().upper():
            raise forms.ValidationError(_("Two different parts of the town, please."))
        return data


class CallersForm(PeopleForm):
    """Whom to call when two have not come out."""

    first = Colleague(label=_("Whom to call first"))
    second = Colleague(label=_("If nobody answers"))


def people_of(school: School) -> QuerySet[StaffMember]:
    """Colleagues at work here, by name."""
    return StaffMember.objects.in_school(school).working().order_by("name", "pk")


def may_still_say(visit: Visit, now: datetime) -> bool:
    """The family may still answer: until somebody knocks."""
    return visit.stopped_at is None and (visit.meeting is None or visit.meeting.starts_at > now)
