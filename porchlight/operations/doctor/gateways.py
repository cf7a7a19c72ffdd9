"""A school's accounts with those who carry its messages."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from porchlight.delivery.approvals import approved, held_templates
from porchlight.delivery.approved_texts import drafts_for, readers_on
from porchlight.delivery.gateways.registry import UnknownGateway
from porchlight.delivery.models import Account
from porchlight.design import delivery_words
from porchlight.families.models import Channel, ContactPoint
from porchlight.operations.findings import Finding, counted, look, note, wrong
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.toolbox.language_names import LANGUAGES
from porchlight.toolbox.sealed import WrongSeal

IN_SETTINGS = "Mend it in the school's settings, and send a test message from there."


def school_findings(school: School) -> Iterator[Finding]:
    """Of one school, inside its context."""
    accounts = list(Account.objects.in_school(school).open().on_a_wire())
    if not accounts:
        yield look(
            school.slug, "There is no way to reach families yet.", "Open an account in the school's settings."
        )
    for account in accounts:
        yield from _account(school, account)
        if account.channel == Channel.WHATSAPP:
            yield from _templates(school, account)
    served = {account.channel for account in accounts}
    yield from _unserved(school, served)


def _account(school: School, account: Account) -> Iterator[Finding]:
    try:
        problems = account.carrier.problems(account)
    except UnknownGateway:
        yield wrong(
            school.slug,
            f"{account.label}: its gateway, {account.gateway}, is switched off here.",
            "Add it to PORCHLIGHT_GATEWAYS, or close the account.",
        )
    except WrongSeal as seal:
        yield wrong(school.slug, f"{account.label}: its secrets cannot be read.", str(seal))
    else:
        for problem in problems:
            yield wrong(school.slug, f"{account.label}: {problem}", IN_SETTINGS)


def _templates(school: School, account: Account) -> Iterator[Finding]:
    """Outside the 24 hours after a family's last message, WhatsApp carries approved texts alone."""
    known = approved(account.settings.get("templates", ""))
    readers = readers_on(account.channel, system(school.pk))
    readers.setdefault(school.language, 0)  # of codes and of words to all
    for tag, number in sorted(readers.items()):
        drafts = list(drafts_for(tag))
        if not drafts:
            yield note(
                school.slug,
                f"WhatsApp has no approved texts in {_named(tag)}: {counted(number, 'adult', 'adults')} there "
                "cannot be written to first.",
                "A text message or a call reaches them; or agree on a second language with them.",
            )
        missing = [draft.name for draft in drafts if (draft.name, draft.language) not in known]
        if missing:
            yield look(
                school.slug,
                f"{account.label}: these are not approved yet in {_named(tag)}, which "
                f"{counted(number, 'adult reads', 'adults read')}: {', '.join(missing)}.",
                "Have the texts approved that stand on the account's page, under Approved texts.",
            )
    for name in sorted(held_templates(account)):
        yield look(
            school.slug,
            f"{account.label}: WhatsApp has paused or changed the text {name}.",
            "See WhatsApp's reason in its manager, mend the text, and have it approved again.",
        )


def _unserved(school: School, served: Collection[str]) -> Iterator[Finding]:
    """Adults who could be reached, were there an account on their channel; each is told of once a channel."""
    if not served:
        return
    reached = _points(school, *served).values("guardian")
    for channel in sorted(set(Channel.values) - set(served)):
        number = _points(school, channel).exclude(guardian__in=reached).values("guardian").distinct().count()
        if number:
            yield look(
                school.slug,
                f"{counted(number, 'adult has', 'adults have')} no other way than {delivery_words.channel(channel)}, "
                "and no account of the school carries it.",
                "Open one in the school's settings.",
            )


def _named(tag: str) -> str:
    return LANGUAGES[tag].english if tag in LANGUAGES else tag


def _points(school: School, *channels: str) -> QuerySet[ContactPoint]:
    points = ContactPoint.objects.in_school(school).usable()
    return points.filter(address__channel__in=channels, guardian__left_at=None, guardian__isnull=False)
