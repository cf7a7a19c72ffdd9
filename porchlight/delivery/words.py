"""Delivery's own few words around a message, in the reader's language, from the phrase book."""

from __future__ import annotations

from django.conf import settings

from porchlight.delivery.content import AskSpec, Content, ServiceKind
from porchlight.families.models import Channel
from porchlight.languages import phrases
from porchlight.schools.models import School
from porchlight.toolbox import scripts


def heading(content: Content, school: School) -> str:
    """Who speaks, on a line of its own: it reads right in any script and direction."""
    if content.sender_name in {"", school.name}:  # Porchlight itself speaks in the school's name
        return school.name
    return f"{content.sender_name}, {school.name}"


# Another line than `reply_<shape>` where a way cannot carry what the shape asks for.
ON_THIS_WAY: dict[tuple[str, str], str] = {("voice_note", Channel.SMS): "reply_say_or_call"}


def how_to_answer(ask: AskSpec, reads: str, school: School, channel: str = "") -> str:
    """One line that says what to press or write; and the question's code, where another could be meant."""
    name = ON_THIS_WAY.get((ask.shape, channel), f"reply_{ask.shape}")
    lines = [
        phrases.say(
            name if name in phrases.PHRASES else "reply_with",
            reads,
            of=school,
            choices=choices(ask, reads),
        )
    ]
    if ask.needs_code:
        lines.append(phrases.say("reply_code", reads, of=school, code=ask.code))
    return " ".join(lines)


def choices(ask: AskSpec, reads: str) -> str:
    """The answers there are, each with its number, on one line."""
    return scripts.comma(reads).join(f"{option.key} {option.label}" for option in ask.options)


def worded(content: Content, reads: str, school: School, *, hears: bool = True) -> str:
    """The words themselves, said to be urgent or in another language where they are.

    `hears`: an answer that comes back the same way reaches us. Else no word of ours promises that it does.
    """
    text = content.text if hears else without_ways(content.text, content.language, school)
    if content.spoken is not None and content.page_path:
        link = settings.BASE_URL + content.page_path
        text += "\n" + phrases.say("hear_it_here", [content.language, reads], of=school, link=link)
    if content.enclosed is not None and content.page_path:
        link = settings.BASE_URL + content.page_path
        text += "\n" + phrases.say("see_it_here", [content.language, reads], of=school, link=link)
    if content.urgent_reason:
        text = phrases.say("urgent", [content.language, reads], of=school, text=text)
    if content.is_by_machine:
        return f"{text}\n{phrases.say('by_machine', reads, of=school)}"
    if content.is_in_machine_letters:
        return f"{text}\n{phrases.say('letters_by_machine', reads, of=school)}"
    if not content.is_original:
        return text
    above = phrases.in_original(content.language, reads, of=school, by_hand=not hears, phone=school.phone)
    return f"{above.text}\n{text}"


def without_ways(text: str, language: str, school: School) -> str:
    """The words without our own sentence about answering and stopping: there, nobody of ours would hear it."""
    for ways in (phrases.say("hello_ways", language, of=school), phrases.say("hello_ways", language)):
        text = text.replace(ways, "")  # said before the school had words of its own, or since
    return text.rstrip()


def instead(phrase: str, reads: str, school: School, **places: object) -> str:
    """Words that go in place of others that may not: what waits, or whom to ring."""
    names: dict[str, object] = {"school": school.name, "phone": school.phone, **places}
    return phrases.saying(phrase, reads, of=school, fallback=school.language, **names).text


def service(kind: ServiceKind, reads: str, *, school: School, places: dict[str, object]) -> str:
    """A service message's words. Every phrase may name the school and its telephone."""
    return instead(kind.value, reads, school, **places)


def mail_subject(content: Content, reads: str, school: School) -> str:
    """The subject the author gave, else one that tells nothing: the list of mails is seen by others."""
    name = "mail_subject_ask" if content.ask else "mail_subject"
    return content.subject or phrases.say(name, reads, of=school, school=school.name)
