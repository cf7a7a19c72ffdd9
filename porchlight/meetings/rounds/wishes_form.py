"""A party's wishes as a form: few questions, each already answered as most would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.design.direction import language_in_words
from porchlight.design.forms import Hinted
from porchlight.families.models import Guardian, Student
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.models import AtMeetings, Mode, Party, RoundHost, Wish
from porchlight.meetings.rounds.parties import foreign, invited
from porchlight.meetings.rounds.teaching import OfChild, enrolled, hosts_of
from porchlight.meetings.rounds.windows import chosen_of, label, windows_of
from porchlight.meetings.rounds.wishing import OFFERED, Wishes
from porchlight.toolbox import scripts

HOW = ((Mode.IN_PERSON, _("At school")), (Mode.VIDEO, _("By video")), (Mode.PHONE, _("By telephone")))


@dataclass(frozen=True, slots=True)
class Child:
    """One child of a party, whom they may ask for, whom they are asked to, and what stands already."""

    student: Student
    hosts: Sequence[RoundHost]
    wanted: Sequence[int]  # ids of hosts
    musts: Sequence[int]  # who would like to see them anyway
    why: str


def children_of(party: Party, adults: Sequence[Guardian], *, on: date) -> list[Child]:
    """The children of these adults in this season, in the order in which they came to school."""
    round_ = party.round
    students = {place.student_id: place.student for place in enrolled(round_, on=on)}
    ids = {adult.pk for adult in adults}
    asked = invited(round_, students, on=on)
    mine = [pk for pk in students if any(tie.guardian_id in ids for tie in asked.get(pk, ()))]
    offered = hosts_of(round_, on=on, students=mine)
    rows = Wish.objects.filter(party=party, taken_back_at=None).prefetch_related("hosts").order_by("pk")
    wishes: dict[int, list[Wish]] = {}
    for wish in rows:
        wishes.setdefault(wish.student_id, []).append(wish)
    return [_child(students[pk], offered.get(pk), wishes.get(pk, [])) for pk in sorted(mine)]


def _child(student: Student, offered: OfChild | None, wishes: Sequence[Wish]) -> Child:
    musts = [one.host_id for wish in wishes if wish.asked_by == Wish.From.STAFF for one in wish.hosts.all()]
    theirs = [wish for wish in wishes if wish.asked_by != Wish.From.STAFF]
    return Child(
        student=student,
        hosts=offered.hosts if offered is not None else (),
        wanted=[one.host_id for wish in theirs for one in wish.hosts.all()],
        musts=musts,
        why=next((wish.why for wish in theirs if wish.why), ""),
    )


class WishesForm(forms.Form):
    """When, whom, how, with whose help. Everything has an answer before they begin."""

    mode = forms.ChoiceField(label=_("How shall we meet?"), choices=HOW, widget=forms.RadioSelect)
    only = forms.BooleanField(label=_("Only this way, please"), required=False)
    interpreter = forms.BooleanField(required=False)
    person = forms.ChoiceField(
        label=_("Who should meet you?"),
        required=False,
        choices=[
            ("", _("A woman or a man")),
            (AtMeetings.Person.WOMAN, _("A woman")),
            (AtMeetings.Person.MAN, _("A man")),
        ],
        widget=forms.RadioSelect,
        help_text=_("The teacher where there is a choice, and the interpreter. Nobody asks why."),
    )
    who_comes = forms.CharField(
        label=_("Who comes?"),
        max_length=120,
        required=False,
        help_text=_("Parents, grandparents, an older brother or sister: all are welcome."),
    )

    def __init__(self, party: Party, children: Sequence[Child], speaks: str, data: Any = None) -> None:
        self.party, self.children, self.language = party, children, scripts.base(party.language or speaks)
        self.all_windows = windows_of(party.round)
        super().__init__(data, initial=self._first())
        zone = party.round.school.zone
        self.fields["windows"] = forms.MultipleChoiceField(
            label=_("When can you come?"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(one.number), label(one, zone=zone)) for one in self.all_windows],
            help_text=_("Tick every time that works. None ticked: any time."),
        )
        if foreign(self.language, party.round):
            self.fields["interpreter"].label = gettext("An interpreter: %(language)s") % {
                "language": language_in_words(self.language)
            }
        else:
            del self.fields["interpreter"]
        for child in children:
            self._add(child)

    def _add(self, child: Child) -> None:
        key = child.student.key
        if child.hosts:
            self.fields[f"hosts-{key}"] = forms.MultipleChoiceField(
                label=gettext("Whom about %(child)s?") % {"child": child.student.short_name},
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(host.key, _named(host, child)) for host in child.hosts],
                initial=[one.key for one in child.hosts if one.pk in (*child.wanted, *child.musts)],
            )
        self.fields[f"why-{key}"] = forms.CharField(
            label=gettext("What would you like to talk about?"),
            max_length=200,
            required=False,
            initial=child.why,
        )

    def _first(self) -> dict[str, Any]:
        party = self.party
        modes = [mode for mode in party.modes if mode in OFFERED]
        return {
            "windows": [str(one.number) for one in chosen_of(party.times.all(), self.all_windows)],
            "mode": modes[0] if modes else Mode.IN_PERSON,
            "only": len(modes) == 1,
            "interpreter": bool(party.language) or (party.answered_at is None and self.needs_interpreter()),
            "person": party.person,
            "who_comes": party.who_comes,
        }

    def needs_interpreter(self) -> bool:
        """Whether somebody they are asked to does not speak their language."""
        if not foreign(self.language, self.party.round):
            return False
        asked = [
            h.staff_id
            for child in self.children
            for h in child.hosts
            if h.pk in (*child.wanted, *child.musts)
        ]
        known = KnownLanguage.objects.in_school(self.party.school_id).filter(staff__in=asked)
        speak = {
            staff
            for staff, tag in known.values_list("staff", "language")
            if scripts.base(tag) == self.language
        }
        return not set(asked) <= speak

    def sections(self) -> list[tuple[Child, list[forms.BoundField]]]:
        """Each child with its fields."""
        return [
            (child, [self[name] for name in (f"hosts-{key}", f"why-{key}") if name in self.fields])
            for child in self.children
            for key in [child.student.key]
        ]

    def wishes(self) -> Wishes:
        """What they said."""
        said = self.cleaned_data
        chosen = said["mode"]
        others = [] if said["only"] else [mode for mode in OFFERED if mode != chosen]
        hosts, whys = {}, {}
        for child in self.children:
            key, student = child.student.key, child.student.pk
            ticked = said.get(f"hosts-{key}", [])
            hosts[student] = [one.pk for one in child.hosts if one.key in ticked]
            whys[student] = said[f"why-{key}"]
        return Wishes(
            windows=[one for one in self.all_windows if str(one.number) in said["windows"]],
            modes=[chosen, *others],
            language=self.language if said.get("interpreter") else "",
            person=said["person"],
            who_comes=said["who_comes"],
            hosts=hosts,
            whys=whys,
        )


def _named(host: RoundHost, child: Child) -> Hinted:
    hint = gettext("would like to meet you") if host.pk in child.musts else ""
    return Hinted(host.staff.name, hint)
