"""Several notices in one message: each a short line with what to answer, in the words this reader gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from porchlight.conversations.asking import options_for, spec_for
from porchlight.conversations.models import Ask, Message, Rendering
from porchlight.delivery.content import Content
from porchlight.families.models import Guardian
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox import scripts

LINE = 160  # letters of one notice; what is longer stands on the page


def digest_for(
    school: School,
    by_guardian: Mapping[int, Sequence[Message]],
    pages: Mapping[int, str],
    now: datetime,
) -> dict[int, Content]:
    """By guardian id. A single notice stays itself, with its question as ever."""
    said = [message for messages in by_guardian.values() for message in messages]
    renderings = {row.message_id: row for row in Rendering.objects.filter(message__in=said)}
    rows = Ask.objects.filter(notice__in=[m.notice_id for m in said]).open(now=now)
    asks = {ask.notice_id: ask for ask in rows.select_related("school")}
    return {
        pk: _content(school, messages, renderings, asks, pages.get(pk, ""))
        for pk, messages in by_guardian.items()
    }


def _content(
    school: School,
    messages: Sequence[Message],
    renderings: Mapping[int, Rendering],
    asks: Mapping[int | None, Ask],
    page: str,
) -> Content:
    guardian = messages[0].thread.guardian
    words = [_words(message, renderings) for message in messages]
    language = words[0][1] if len({tag for _text, tag in words}) == 1 else guardian.reading
    alone = _once_each(messages)
    foreign = any(not scripts.same_reading(tag, guardian.reading) for _text, tag in words)
    students = {message.thread.student_id: message.thread.student.short_name for message in messages}
    open_asks = [asks[message.notice_id] for message in alone if message.notice_id in asks]
    single = alone[0] if len(alone) == 1 else None
    return Content(
        text=words[0][0] if single is not None else _lines(alone, renderings, asks, guardian, page),
        language=language,
        tier=Tier(max(message.tier for message in messages)),
        subject=single.notice.subject if single is not None and single.notice is not None else "",
        ask=spec_for(
            open_asks[0], language, guardian.zone(school.zone), hijri=guardian.hijri_days(school.hijri_days)
        )
        if single is not None and open_asks
        else None,
        sender_name=single.notice.by.name
        if single is not None and single.notice is not None
        else school.name,
        student_names=tuple(students.values()),
        page_path=page,
        is_original=foreign,
        answer_by=open_asks[0].closes_at if single is not None and open_asks else None,
    )


def _once_each(messages: Sequence[Message]) -> list[Message]:
    """Siblings' messages of one notice are one line."""
    return list({message.notice_id: message for message in reversed(messages)}.values())[::-1]


def _words(message: Message, renderings: Mapping[int, Rendering]) -> tuple[str, str]:
    rendered = renderings.get(message.pk)
    return (rendered.text, rendered.language) if rendered is not None else (message.text, message.language)


def _lines(
    messages: Sequence[Message],
    renderings: Mapping[int, Rendering],
    asks: Mapping[int | None, Ask],
    guardian: Guardian,
    page: str,
) -> str:
    lines, cut = [], False
    for place, message in enumerate(messages, start=1):
        text = " ".join(_words(message, renderings)[0].split())
        if len(text) > LINE:
            text, cut = text[: LINE - 1].rsplit(" ", 1)[0] + "…", True
        line = f"{place}. {text}"
        ask = asks.get(message.notice_id)
        if ask is not None:
            line += f" ({_how(ask, guardian)})"
        lines.append(line)
        cut = cut or message.enclosed_id is not None
    if page and cut:
        lines.append(settings.BASE_URL + page)
    return "\n".join(lines)


def _how(ask: Ask, guardian: Guardian) -> str:
    """What to write for this one: its short code, and behind it the number of an answer."""
    zone, hijri = guardian.zone(ask.school.zone), guardian.hijri_days(ask.school.hijri_days)
    offered = options_for(ask, guardian.reading, zone, hijri)
    options = [f"{ask.code} {option.key} = {option.label}" for option in offered]
    return scripts.comma(guardian.reading).join(options) if options else f"{ask.code} …"
