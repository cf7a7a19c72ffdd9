"""How words look on each channel, what they cost, and what may travel there at all."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porchlight.delivery import words
from porchlight.delivery.approvals import as_approved, is_usable
from porchlight.delivery.content import Content, Enclosed, Spoken
from porchlight.delivery.gateways.contract import ApprovedTemplate, Option
from porchlight.delivery.gateways.declared import Abilities
from porchlight.delivery.models import Account
from porchlight.delivery.talking.voices import has_voice
from porchlight.families.models import Address, AddressState, Channel
from porchlight.languages.whatsapp_templates import code_draft, template_draft
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox import scripts, sms_segments


class TooPrivate(ValueError):
    """These words may not travel on this channel, and there is no page that could carry them instead."""


class NoTemplate(ValueError):
    """Free text may not be sent now, and the account has no approved template for the language."""


class NoVoice(NoTemplate):
    """Nothing here can say these words aloud: a person has to."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A delivery's body. `template` is used when free text may not be sent at the moment of sending."""

    text: str
    subject: str = ""
    options: tuple[Option, ...] = ()
    template: ApprovedTemplate | None = None
    uses_template: bool = False  # as things stand when planned
    segments: int = 0  # texts on the bill, SMS only
    cost_class: str = ""
    spoken: Spoken | None = None  # goes out as sound where it may
    enclosed: Enclosed | None = None  # goes along where it may
    asks: str = ""  # the shape of what is asked by keys, in a call
    speaks: str = ""  # keys behind which they are recorded too
    is_personal: bool = True  # more than anybody may read who holds this number

    @property
    def as_sent(self) -> str:
        """The very words, as things stand: an approved template's where free text may not be sent."""
        return as_approved(self.template) if self.uses_template and self.template else self.text

    def as_json(self) -> dict[str, Any]:
        """What the Delivery row keeps."""
        body: dict[str, Any] = {
            "text": self.text,
            "subject": self.subject,
            "options": [[option.key, option.label] for option in self.options],
            "template": asdict(self.template) if self.template else None,
        }
        if self.asks:
            body["asks"] = self.asks
        if self.speaks:
            body["speaks"] = self.speaks
        along = {"sound": self.spoken, "enclosed": self.enclosed}
        return body | {name: [one.path, one.mime_type] for name, one in along.items() if one is not None}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it, where, and from when on. `reads` is a BCP-47 tag, of the script they read.

    `on_trial`: the address is to become theirs and is not yet.
    """

    school: School
    account: Account
    address: Address
    reads: str
    at: datetime
    on_trial: bool = False
    will_be_recorded: bool = False  # a person is asked to say it


def render(content: Content, reader: Reader) -> Rendered:
    """Dress the words for this reader. Raises TooPrivate, NoTemplate, UnknownGateway."""
    content = fit_for(content, reader)
    if content.spoken is not None and content.spoken.in_calls and reader.account.channel != Channel.CALL:
        content = replace(content, spoken=None)
    dressed = replace(_with_enclosed(content, reader), is_personal=is_personal(content))
    goes_as_sound = content.spoken is not None and reader.account.carrier.abilities.sends_sound
    return replace(dressed, spoken=content.spoken) if goes_as_sound else dressed


def _with_enclosed(content: Content, reader: Reader) -> Rendered:
    """What is enclosed goes along where the way carries it and the words fit beside it; else they get its page."""
    enclosed, abilities = content.enclosed, reader.account.carrier.abilities
    if enclosed is None or not _carries(enclosed, abilities):
        return _dressed(content, reader)
    alone = _dressed(replace(content, enclosed=None), reader)
    if abilities.max_caption and len(alone.text.encode("utf-16-le", "replace")) // 2 > abilities.max_caption:
        return _dressed(content, reader)
    template = approved_template(content, reader) if alone.template else None  # carries words alone
    return replace(alone, enclosed=enclosed, template=template)


def _carries(enclosed: Enclosed, abilities: Abilities) -> bool:
    return abilities.sends_films if enclosed.mime_type.startswith("video/") else abilities.sends_files


def is_personal(content: Content) -> bool:
    """Whether it says more than whoever holds the number may read: above L0, or with a child's name in it."""
    return content.tier > Tier.L0 or any(name in content.text for name in content.student_names)


def fit_for(content: Content, reader: Reader) -> Content:
    """The content itself, or in its place words that say nothing more than the address may know."""
    if reader.account.channel == Channel.PUSH:  # a screen that anybody may see
        if content.tier > Tier.L2 or content.code:
            raise TooPrivate
        return _nothing_but(words.instead("news_waits", reader.reads, reader.school), reader)
    in_doubt = reader.on_trial or reader.address.state == AddressState.NOTICE_ONLY
    if in_doubt and is_personal(content):
        if reader.account.carrier.abilities.receives and reader.account.channel != Channel.CALL:
            return _nothing_but(words.instead("please_ring_us", reader.reads, reader.school), reader)
        return _nothing_but(words.instead("please_ring_us_by_hand", reader.reads, reader.school), reader)
    if content.tier <= Tier.L1:
        return content
    if content.tier == Tier.L2 and reader.account.channel == Channel.PAPER:  # anybody at home may open it
        return _nothing_but(words.instead("please_come", reader.reads, reader.school), reader)
    if (
        content.tier == Tier.L2
        and content.page_path
        and reader.account.channel not in (Channel.VOICE, Channel.CALL)
    ):
        link = page_address(content)
        return _nothing_but(words.instead("message_waiting", reader.reads, reader.school, link=link), reader)
    raise TooPrivate


def _nothing_but(text: str, reader: Reader) -> Content:
    """Only these words: no sender, no child, no question, and no link that the words do not hold."""
    return Content(text=text, language=reader.reads, tier=Tier.L0)


def page_address(content: Content) -> str:
    """The page's full address."""
    return settings.BASE_URL + content.page_path


def _dressed(content: Content, reader: Reader) -> Rendered:
    if reader.account.channel == Channel.PUSH:
        return Rendered(text=content.text, cost_class=_("free"))
    if reader.account.channel == Channel.EMAIL:
        return _mail(content, reader)
    if reader.account.channel == Channel.CALL:
        return _called(content, reader)
    if reader.account.channel in (Channel.VOICE, Channel.PAPER):
        return _carried_by_hand(content, reader)
    text, options = _with_answers(content, reader, reader.account.carrier.abilities)
    if reader.account.channel == Channel.SMS:
        segments = sms_segments.count(text).segments
        cost = ngettext("one text", "%(count)s texts", segments) % {"count": segments}
        return Rendered(text=text, segments=segments, cost_class=cost)
    return _chat(content, text, options, reader)


def _with_answers(content: Content, reader: Reader, abilities: Abilities) -> tuple[str, tuple[Option, ...]]:
    """The text as a phone shows it, and its buttons. The text says what to press even where buttons do."""
    said = words.worded(content, reader.reads, reader.school, hears=abilities.receives)
    lines = [words.heading(content, reader.school), said]
    options = content.ask.options if content.ask else ()
    if content.ask and abilities.receives:
        lines.append(words.how_to_answer(content.ask, reader.reads, reader.school, reader.account.channel))
    elif not abilities.receives and (content.ask or _asks_for_words(content, reader.school)):
        lines.append(_answer_on_page(content, reader))
    return "\n".join(lines), options if len(options) <= abilities.options else ()


def _asks_for_words(content: Content, school: School) -> bool:
    """Whether our own words ask for an answer that would come back the same way."""
    return words.without_ways(content.text, content.language, school) != content.text.rstrip()


def _answer_on_page(content: Content, reader: Reader) -> str:
    """On a way that nothing comes back on, where to answer instead."""
    link = page_address(content) if content.page_path else "…"
    return words.instead("answer_on_page", reader.reads, reader.school, link=link)


def _carried_by_hand(content: Content, reader: Reader) -> Rendered:
    """What is said on the telephone or stands on a slip; how to answer is said, or printed beside it."""
    said = words.worded(content, reader.reads, reader.school, hears=False)
    lines = [words.heading(content, reader.school), said]
    if content.ask and content.ask.options and reader.account.channel == Channel.VOICE:
        lines.append(words.choices(content.ask, reader.reads))
    return Rendered(text="\n".join(lines), cost_class=_("free"))


def _called(content: Content, reader: Reader) -> Rendered:
    """The words alone: who speaks and what to press is said around them, see `talking/`. A link cannot be heard."""
    by_person = content.spoken is not None or reader.will_be_recorded
    if not by_person and not has_voice(reader.account, content.language):
        raise NoVoice
    said = words.worded(replace(content, page_path=""), reader.reads, reader.school, hears=False)
    asked = content.ask
    return Rendered(
        text=said,
        options=asked.options if asked else (),
        asks=asked.shape if asked else "",
        speaks=asked.speaks if asked else "",
        cost_class=_("a phone call"),
    )


def _mail(content: Content, reader: Reader) -> Rendered:
    parts = [words.worded(content, reader.reads, reader.school)]
    if content.ask:
        parts.append(words.how_to_answer(content.ask, reader.reads, reader.school, reader.account.channel))
    if content.page_path and content.spoken is None:  # of what is spoken, the words hold the link
        parts.append(page_address(content))
    parts.append(words.heading(content, reader.school))
    if reader.account.settings.get("reply_mailbox"):
        parts.append(words.instead("mail_reply", reader.reads, reader.school))
    subject = words.mail_subject(content, reader.reads, reader.school)
    return Rendered(text="\n\n".join(parts), subject=subject, cost_class=_("free"))


def _chat(content: Content, text: str, options: tuple[Option, ...], reader: Reader) -> Rendered:
    has_window = reader.account.carrier.abilities.free_text_window_hours is not None
    template = approved_template(content, reader) if has_window else None
    closed = has_window and not reader.address.window_is_open(reader.at)
    if closed and template is None:
        raise NoTemplate
    cost = _("a WhatsApp message") if has_window else _("free")
    plain = Rendered(text=text, options=options, template=template, cost_class=cost)
    return replace(plain, uses_template=closed)


def approved_template(content: Content, reader: Reader) -> ApprovedTemplate | None:
    """The template that carries these words, if the account says that it is approved.

    The account's `templates` setting has one line for each: its name and WhatsApp's language code, such as
    `porchlight_notice ur`.
    """
    if content.code:
        return _code_template(content, reader)
    phrase = "template_notice" if content.student_names and content.tier > Tier.L0 else "template_general"
    try:
        draft = template_draft(phrase, content.language)
    except LookupError:
        return None
    if not is_usable(draft, reader.account):
        return None
    lines = words.worded(content, reader.reads, reader.school).splitlines()
    if content.ask:
        lines.append(words.how_to_answer(content.ask, reader.reads, reader.school, reader.account.channel))
    said = {
        "sender": words.heading(content, reader.school),
        "child": ", ".join(content.student_names),
        "text": scripts.on_one_line(lines, (content.language, reader.reads)),
    }
    return ApprovedTemplate(
        draft.name, draft.language, tuple(" ".join(said[place].split()) for place in draft.places)
    )


def _code_template(content: Content, reader: Reader) -> ApprovedTemplate | None:
    """A code goes in a text of its own kind, to numbers alone; in another language rather than not at all."""
    if not reader.address.value:
        return None
    for tag in dict.fromkeys((content.language, reader.school.language, "en")):
        try:
            draft = code_draft(tag)
        except LookupError:
            continue
        if is_usable(draft, reader.account):
            return ApprovedTemplate(draft.name, draft.language, code=content.code)
    return None
