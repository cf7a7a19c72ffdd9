"""What stands in each letter: the words in the home's language and the school's, and the slip at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from porchlight.conversations.asking import options_for
from porchlight.conversations.calling import open_asks
from porchlight.conversations.models import Ask, Message, Shape
from porchlight.delivery.by_hand.slip_codes import code_of, shown
from porchlight.delivery.models import Delivery
from porchlight.design.moments import full_day
from porchlight.design.squares import picture
from porchlight.families.models import Channel
from porchlight.languages.phrases import saying
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.toolbox.phone_numbers import national
from porchlight.toolbox.postal import lines_of
from porchlight.toolbox.scripts import left_to_right, same_reading
from porchlight.welcome.letters.fonts import LATIN_STYLE, said, style_of
from porchlight.welcome.printed import numbers_of
from porchlight.welcome.slips import classes_of, first_child, messages_of, unbroken
from porchlight.welcome.whole import for_the_home, for_the_school, says_it

HOW = {
    Shape.CHOOSE_SEVERAL: "letter_tick_several",
    Shape.NUMBER: "letter_number",
    Shape.SHORT_TEXT: "letter_words",
    Shape.VOICE_NOTE: "letter_words",
    Shape.SIGN: "letter_sign",
}  # any other question is answered by one tick
LINES = {Shape.SHORT_TEXT: 4, Shape.VOICE_NOTE: 4, Shape.SIGN: 1}
SIZE, LARGE = 12, 17  # points
LARGE_PRINT = "large_print"  # of Guardian.access_needs


class Writer:
    """Writes the letters of one school as the template takes them."""

    def __init__(self, school: School, actor: Actor, now: datetime) -> None:
        self.school, self.actor, self.now = school, actor, now
        self.link = settings.BASE_URL + reverse("welcome:start", kwargs={"school": school.slug})
        self.number = numbers_of(school).get(Channel.SMS, "")

    def told(self, rows: Sequence[Delivery]) -> dict[str, Any]:
        """All of them, in this order, with the styles they need."""
        messages = messages_of(self.actor, rows)
        asks = open_asks(list(messages.values()), self.now)
        first = {row.pk: first_child(row) for row in rows}
        homes = classes_of([child.pk for child in first.values() if child], self.school, self.now)
        groups = SchoolClass.objects.in_school(self.school).in_bulk(set(homes.values()))
        letters, tags = [], {self.school.language}
        for row in rows:
            message, child = messages.get(row.parcel_id), first[row.pk]
            ask = asks.get(message.pk) if message is not None and says_it(row) else None
            group = groups.get(homes.get(child.pk, 0)) if child else None
            letters.append(self._letter(row, message, ask, group.name if group else ""))
            tags |= {row.parcel.language, self._reads(row), *([message.language] if message else [])}
        styles = {style.name: style.told() for style in (LATIN_STYLE, *map(style_of, tags))}
        return {
            "title": _("Letters"),
            "school": self.school.name,
            "phone": unbroken(self.school.phone),
            "styles": styles,
            "letters": letters,
        }

    def _letter(self, row: Delivery, message: Message | None, ask: Ask | None, group: str) -> dict[str, Any]:
        reads, guardian = self._reads(row), row.parcel.guardian
        names = ", ".join(about.student.short_name for about in row.parcel.about.all())
        halves = [for_the_home(row, message, self.now)]
        tags = [reads]
        if message is not None and not same_reading(self.school.language, reads):
            halves.append(for_the_school(row, message, self.school, self.now))
            tags.append(self.school.language)
        code = code_of(row)
        zone = guardian.zone(self.school.zone) if guardian else self.school.zone
        beside = guardian.hijri_days(self.school.hijri_days) if guardian else self.school.hijri_days
        whom = self._phrases("slip_for", tags, child=names)
        return {
            "code": shown(code),
            "qr": picture(f"{self.link}{code}/"),
            "child": names,
            "group": group,
            "day": full_day(self.now, zone=self.school.zone, language=self.school.language),
            "size": LARGE if guardian and LARGE_PRINT in guardian.access_needs else SIZE,
            "to": [whom[-1], *lines_of(row.to)],
            "halves": [said(one.language, one.text) for one in halves],
            "slip": self._slip(ask, tags, names, whom, shown(code), zone, beside),
        }

    def _slip(
        self,
        ask: Ask | None,
        tags: Sequence[str],
        names: str,
        whom: Sequence[object],
        code: str,
        zone: tzinfo,
        beside: int | None,
    ) -> dict[str, Any]:
        """Boxes to tick, a box for a number or lines to write on; lines for whatever they like without a question."""
        how = HOW.get(Shape(ask.shape), "letter_tick") if ask else "letter_back"
        by_key: dict[str, dict[str, object]] = {}
        for tag in tags:
            for option in options_for(ask, tag, zone, beside) if ask else ():
                by_key.setdefault(option.key, {}).setdefault(option.label, said(tag, option.label))
        kind = "boxes" if by_key else "number" if ask and ask.shape == Shape.NUMBER else "lines"
        return {
            "for": whom,
            "how": self._phrases(how, tags, child=names),
            "kind": kind,
            "rows": [{"key": key, "labels": list(labels.values())} for key, labels in by_key.items()],
            "lines": LINES.get(Shape(ask.shape), 2) if ask else 2,
            "ways": self._phrases(
                "slip_ways",
                tags,
                link=left_to_right(self.link.removeprefix("https://")),
                code=unbroken(code),
                number=unbroken(national(self.number, self.school.country)),
                phone=unbroken(self.school.phone),
            ),
        }

    def _phrases(self, name: str, tags: Sequence[str], **places: str) -> list[dict[str, object]]:
        """In each language once: a phrase that the home's language lacks stands in the school's alone."""
        found = {}
        for tag in tags:
            one = saying(name, tag, of=self.school, **places)
            found[one.text] = said(one.language, one.text)
        return list(found.values())

    def _reads(self, row: Delivery) -> str:
        return row.parcel.guardian.reading if row.parcel.guardian is not None else self.school.language
