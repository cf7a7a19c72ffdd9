"""How words look on each channel, what they cost, and what may travel there at all."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porchlight.delivery import words
from porchlight.delivery.content import Content
from porchlight.delivery.gateways.contract import Abilities, ApprovedTemplate, Option
from porchlight.delivery.models import Account
from porchlight.families.models import Address, AddressState, Channel
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.toolbox import sms_segments


class TooPrivate(ValueError):
    """These words may not travel on this channel, and there is no page that could carry them instead."""


class NoTemplate(ValueError):
    """Free text may not be sent now, and the account has no approved template for the language."""


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

    def as_json(self) -> dict[str, Any]:
        """What the Delivery row keeps."""
        return asdict(self)


def render(content: Content, *, school: School, account: Account, address: Address, at: datetime) -> Rendered:
    """Dress the words for this address. Raises TooPrivate, NoTemplate."""
    content = fit_for(content, school=school, address=address)
    abilities = account.carrier.abilities
    if account.channel == Channel.EMAIL:
        return _mail(content, school)
    text, options = _with_answers(content, school, abilities)
    if account.channel == Channel.SMS:
        segments = sms_segments.count(text).segments
        cost = ngettext("one text", "%(count)s texts", segments) % {"count": segments}
        return Rendered(text=text, segments=segments, cost_class=cost)
    return _chat(content, text, options, account=account, address=address, at=at)


def fit_for(content: Content, *, school: School, address: Address) -> Content:
    """The content itself, or in its place a notice that says nothing more than the address may know."""
    if address.state == AddressState.NOTICE_ONLY:
        return (
            content if content.tier == Tier.L0 and not content.student_names else _nameless(content, school)
        )
    if content.tier <= Tier.L1:
        return content
    if content.tier == Tier.L2 and content.page_path:
        return _knock(content, school)
    raise TooPrivate


def _knock(content: Content, school: School) -> Content:
    """Too personal for the channel: say that there is something to read, and where."""
    text = words.say("message_waiting", content.language, school=school.name, link=page_address(content))
    return Content(text=text, language=content.language, tier=Tier.L0, page_path=content.page_path)


def _nameless(content: Content, school: School) -> Content:
    """The number may be somebody else's now: no names, no link that opens anything."""
    text = words.say("please_ring_us", content.language, school=school.name, phone=school.phone)
    return Content(text=text, language=content.language, tier=Tier.L0)


def page_address(content: Content) -> str:
    """The page's full address."""
    return settings.BASE_URL + content.page_path


def _with_answers(content: Content, school: School, abilities: Abilities) -> tuple[str, tuple[Option, ...]]:
    """The text as a phone shows it, and its buttons. The text says what to press even where buttons do."""
    lines = [words.heading(content, school), words.marked(content)]
    options = content.ask.options if content.ask else ()
    if content.ask:
        lines.append(words.how_to_answer(content.ask, content.language))
    return "\n".join(lines), options if len(options) <= abilities.options else ()


def _mail(content: Content, school: School) -> Rendered:
    lines = [words.marked(content)]
    if content.ask:
        lines.append(words.how_to_answer(content.ask, content.language))
    if content.page_path:
        lines.append(page_address(content))
    lines.append(f"— {words.heading(content, school)}")
    subject = content.subject or words.say("mail_subject", content.language, school=school.name)
    return Rendered(text="\n\n".join(lines), subject=subject, cost_class=_("free"))


def _chat(
    content: Content,
    text: str,
    options: tuple[Option, ...],
    *,
    account: Account,
    address: Address,
    at: datetime,
) -> Rendered:
    template = approved_template(content, account=account)
    closed = account.carrier.abilities.free_text_window_hours is not None and not address.window_is_open(at)
    if closed and template is None:
        raise NoTemplate
    plain = Rendered(text=text, options=options, template=template, cost_class=_("a WhatsApp message"))
    return replace(plain, uses_template=closed)


def approved_template(content: Content, *, account: Account) -> ApprovedTemplate | None:
    """The account's approved template for this language. Its three places: who writes, about whom, the words."""
    known = templates_of(account.settings.get("templates", ""))
    if content.language not in known:
        return None
    name, language = known[content.language]
    places = (content.sender_name or account.label, ", ".join(content.student_names) or "-", content.text)
    return ApprovedTemplate(name, language, tuple(" ".join(place.split()) for place in places))


def templates_of(written: str) -> dict[str, tuple[str, str]]:
    """The office's list, one line a language: `ur-Latn = porchlight_notice ur`. Name, and the gateway's language."""
    found: dict[str, tuple[str, str]] = {}
    for line in written.splitlines():
        reader, _equals, template = line.partition("=")
        name, *language = template.split()[:2] or [""]
        if name:
            found[reader.strip()] = (name, language[0] if language else reader.strip())
    return found
