"""The compose form: what is said, to whom, when; with or without a question."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.asking import MOST_OPTIONS
from porchlight.conversations.compose_places import Places, chosen_apart, places_for, read_audience
from porchlight.conversations.enclosing import along_words, enclosed_from
from porchlight.conversations.forms import ENCLOSED, ENCLOSED_HELP
from porchlight.conversations.models import Kind, Shape, Template
from porchlight.conversations.notices import Draft, Question
from porchlight.conversations.templating import versions_of
from porchlight.conversations.times import TimesField, times_to_choose
from porchlight.files.enclosing import enclosed_of
from porchlight.files.models import StoredFile
from porchlight.languages.phrases import languages
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time
from porchlight.toolbox.scripts import autonym

NOTICE_KINDS = [
    (Kind.GOOD_NEWS, _("Good news")),
    (Kind.INFORMATION, _("Information")),
    (Kind.QUESTION, _("A question")),
    (Kind.CONSENT, _("Asking for consent")),
    (Kind.SAFETY, _("About safety")),
]
ASKING = {Kind.QUESTION, Kind.CONSENT}
SHAPES = [
    (Shape.YES_NO, _("Yes or no")),
    (Shape.ACKNOWLEDGE, _("“I have seen it”")),
    (Shape.CHOOSE_ONE, _("Choose one")),
    (Shape.CHOOSE_SEVERAL, _("Choose one or more")),
    (Shape.CHOOSE_TIME, _("Choose a time")),
    (Shape.NUMBER, _("A number")),
    (Shape.SHORT_TEXT, _("A few words")),
    (Shape.VOICE_NOTE, _("Words they say, as a voice note or on a call")),
    (Shape.SIGN, _("A signature")),
]
LISTED = {Shape.CHOOSE_ONE, Shape.CHOOSE_SEVERAL}  # of choices in words
LONGEST = 1500
LAST_MOMENT = time(23, 59, 59)  # of a day, said as "11.59 pm": midnight could be that of the night before
CLOSED_BEFORE = _("Answers would end before the message goes. Choose a later day, or send it sooner.")
OVER_BEFORE = _("One of these times is over before the message goes. Choose a later one, or send it sooner.")
NEVER = _("The clocks go forward in this hour, so this time never comes. Choose another.")


class ComposeForm(forms.Form):
    """Everything on one page; `draft()` is what the actions take."""

    takes_advice = True  # an invitation may be put in place of a sentence
    may_need = ("text", "shape", "options", "times")  # not marked as if anybody could do without them

    kind = forms.ChoiceField(label=_("What is it?"), choices=NOTICE_KINDS, widget=forms.RadioSelect)
    audience = forms.MultipleChoiceField(
        label=_("Who is it for?"),
        widget=Places,
        error_messages={
            "required": _("Choose who it is for."),
            "invalid_choice": _("One of these families is not there any more. Choose again."),
        },
    )
    find = forms.CharField(label=_("Find a family by the child's name"), max_length=60, required=False)
    template = forms.ModelChoiceField(
        label=_("Start from a school text"),
        queryset=Template.objects.none(),
        required=False,
        to_field_name="key",
    )
    subject = forms.CharField(
        label=_("Subject"), help_text=_("For those who get it by e-mail."), max_length=120, required=False
    )
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Short sentences are easy to read and to translate. {child} becomes the child's name."),
        error_messages={"required": _("Write your message first.")},
    )
    photo = forms.FileField(
        label=_("A photo, a short film, or a letter as PDF"),
        required=False,
        widget=ENCLOSED,
        help_text=ENCLOSED_HELP,
        error_messages={"empty": _("This file is empty. Choose it once more.")},
    )
    enclosed = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    without = forms.BooleanField(label=_("Send it without what is enclosed"), required=False)
    language = forms.ChoiceField(label=_("Written in"), required=False)
    shape = forms.ChoiceField(
        label=_("How may families answer?"), choices=SHAPES, required=False, widget=forms.RadioSelect
    )
    options = forms.CharField(
        label=_("The choices, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two to nine. Families answer with the number."),
    )
    times = TimesField(
        label=_("The times to choose from"),
        required=False,
        help_text=_("Two to six. Each family reads them in its own words, on its own clock."),
    )
    closes_on = forms.DateField(
        label=_("Answers until the end of"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    goes_at = forms.DateTimeField(
        label=_("Send later, at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Empty: as soon as you press send, outside quiet hours."),
    )
    urgent_reason = forms.CharField(
        label=_("Urgent? Say why"),
        max_length=300,
        required=False,
        help_text=_("Urgent messages leave after 15 seconds, also at night."),
    )

    def __init__(self, *args: Any, actor: Actor, school: School, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school, self.now = school, now
        self.goes_along: StoredFile | None = None
        ticked = self["audience"].value() or []
        places, self.can_find = places_for(actor, school, now, ticked=ticked, find=self["find"].value() or "")
        audience = self.fields["audience"]
        audience.choices = places  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
        audience.widget.find = self["find"] if self.can_find else None
        templates: QuerySet[Template] = Template.objects.visible_to(actor).filter(retired_at=None)
        self.fields["template"].queryset = templates.order_by("name")  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
        if not templates:
            del self.fields["template"]
            self.fields["text"].required = True
        self.fields["language"].choices = language_choices(school)  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
        self.fields["language"].initial = school.language
        self.fields["closes_on"].widget.attrs["min"] = school.local(now).date().isoformat()

    def clean_goes_at(self) -> datetime | None:
        """A moment to come, on the school's clock."""
        written: datetime | None = self.cleaned_data["goes_at"]
        if written is None:
            return None
        moment = written.replace(tzinfo=self.school.zone)
        if not school_time.comes(moment):
            raise forms.ValidationError(NEVER)
        if moment <= self.now:
            raise forms.ValidationError(
                _("This moment has passed. Choose a later one, or leave it empty to send now.")
            )
        return moment

    def clean_audience(self) -> list[str]:
        """Classes or single families: ticking both would leave somebody out without a word."""
        ticked: list[str] = self.cleaned_data["audience"]
        if chosen_apart(ticked):
            raise forms.ValidationError(
                _("Choose classes or single families, not both. Send the message twice if you need both.")
            )
        return ticked

    def clean_options(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        """The parts have to fit each other."""
        data = super().clean() or self.cleaned_data
        if not data.get("text") and not data.get("template") and "text" not in self.errors:
            self.add_error("text", _("Write your message first, or choose a school text."))
        if data.get("kind") in ASKING and not data.get("shape"):
            self.add_error("shape", _("Choose how families may answer."))
        chooses = data.get("shape") in LISTED
        if chooses and not 2 <= len(data.get("options", [])) <= MOST_OPTIONS:
            self.add_error("options", _("Write two to nine choices, one on each line."))
        if data.get("shape") == Shape.CHOOSE_TIME and "times" not in self.errors:
            self._check_times(data.get("times") or [], data.get("goes_at"))
        if data.get("kind") in ASKING:
            self._check_closing(self._closes_at(data.get("closes_on")), data.get("goes_at"))
        return data

    def _check_closing(self, closes_at: datetime | None, goes_at: datetime | None) -> None:
        """A question is open when it comes."""
        if closes_at is None:
            return
        if closes_at <= self.now:
            self.add_error("closes_on", _("This day is over. Choose a later one."))
        elif goes_at is not None and closes_at <= goes_at:
            self.add_error("closes_on", CLOSED_BEFORE)

    def _check_times(self, times: list[datetime], goes_at: datetime | None) -> None:
        """At least two, each still to come when they are read, and none in the hour that clocks leave out."""
        moments = [one.replace(tzinfo=self.school.zone) for one in times]
        if len(moments) < 2:
            self.add_error("times", _("Give at least two different times."))
        elif not all(map(school_time.comes, moments)):
            self.add_error("times", NEVER)
        elif min(moments) <= self.now:
            self.add_error("times", _("One of these times has passed. Choose a later one."))
        elif goes_at is not None and min(moments) <= goes_at:
            self.add_error("times", OVER_BEFORE)

    @property
    def along_words(self) -> str:
        """What goes along, and what it costs a family to see it."""
        return along_words(self.goes_along) if self.goes_along is not None else ""

    def draft(self) -> Draft:
        """What was written, in the form the actions take."""
        data = self.cleaned_data
        template: Template | None = data.get("template")
        versions = versions_of(template) if template else {}
        language = data.get("language") or self.school.language
        text = data["text"]
        if template and not text:
            own = versions.get(language) or next(iter(versions.values()))
            text, language = own.text, own.language
        return Draft(
            text=text,
            language=language,
            audience=read_audience(data["audience"]),
            kind=data["kind"],
            subject=data["subject"],
            urgent_reason=data["urgent_reason"],
            goes_at=data["goes_at"],
            versions={tag: version for tag, version in versions.items() if tag != language},
            question=self._question(language),
            template_id=template.pk if template else None,
            enclosed=data["enclosed"],
        )

    def keep(self) -> None:
        """What was chosen is kept, and stays chosen while the words are looked at. Errors stand in the form."""
        kept = enclosed_from(self, self.school)
        key = kept.key if kept is not None else self.cleaned_data.get("enclosed", "")
        self.goes_along = None if self.cleaned_data.get("without") else enclosed_of(self.school, key)
        self.cleaned_data["enclosed"] = self.goes_along.key if self.goes_along is not None else ""

    @property
    def enclosed_key(self) -> str:
        """What the page hands on until the words are sent."""
        if self.goes_along is not None:
            return self.goes_along.key
        return "" if self.is_bound else str(self.initial.get("enclosed", ""))

    def _closes_at(self, day: date | None) -> datetime | None:
        """The end of that day on the school's clock: families answer in the evening."""
        return datetime.combine(day, LAST_MOMENT, tzinfo=self.school.zone) if day is not None else None

    def _question(self, language: str) -> Question | None:
        data = self.cleaned_data
        if data["kind"] not in ASKING:
            return None
        closes_at = self._closes_at(data["closes_on"])
        options: list[dict[str, Any]] = []
        if data["shape"] in LISTED:
            options = [
                {"key": str(number), "labels": {language: label}}
                for number, label in enumerate(data["options"], 1)
            ]
        if data["shape"] == Shape.CHOOSE_TIME:
            times = [one.replace(tzinfo=self.school.zone) for one in data["times"]]
            options = times_to_choose(times)
            closes_at = min(closes_at or times[-1], times[-1])
        return Question(shape=data["shape"], options=options, closes_at=closes_at)


def language_choices(school: School) -> list[tuple[str, str]]:
    """The languages staff write in here: the school's own first."""
    tags = dict.fromkeys([school.language, *languages()])
    return [(tag, autonym(tag)) for tag in tags]
