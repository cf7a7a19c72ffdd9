"""Slips of one announcement for one class: for every home, or for those that nothing else reaches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.models import Notice
from porchlight.conversations.wording import unaddressed
from porchlight.schools.actors import Actor
from porchlight.welcome.class_field import OneClass

RECENT = timedelta(days=30)
MOST = 30
EVERYBODY, THE_REST = "everybody", "rest"


class Announcement(forms.ModelChoiceField):
    """Named by its first words."""

    def label_from_instance(self, obj: Any) -> str:
        """Its subject, else its first words."""
        return str(obj.subject or Truncator(unaddressed(obj.text, obj.language, school=obj.school)).chars(60))


class ClassSlipsForm(forms.Form):
    """What, for which class, for whom."""

    notice = Announcement(
        label=_("Announcement"),
        queryset=Notice.objects.none(),
        to_field_name="key",
        empty_label=None,
        error_messages={"required": _("Choose an announcement.")},
    )
    school_class = OneClass()
    whom = forms.ChoiceField(
        label=_("For whom?"),
        choices=[
            (EVERYBODY, _("Every home of the class")),
            (THE_REST, _("Only homes that nothing else reached")),
        ],
        widget=forms.RadioSelect,
        initial=EVERYBODY,
    )

    def __init__(self, data: Any, *, actor: Actor, now: datetime) -> None:
        super().__init__(data)
        sent = Notice.objects.visible_to(actor).filter(
            sent_at__gt=now - RECENT, undone_at=None, stopped_at=None
        )
        newest = sent.order_by("-sent_at").values("pk")[:MOST]
        found = Notice.objects.filter(pk__in=[row["pk"] for row in newest]).select_related("school")
        self.has_any = found.exists()
        self.fields["notice"].queryset = found.order_by("-sent_at")  # type: ignore[attr-defined]  # django-stubs sees a plain Field here
        OneClass.offer(self, actor)
