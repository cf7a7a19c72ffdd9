"""What is kept of whom, numbers that change, and other systems: each page with something on it."""

from __future__ import annotations

from porchlight.api.models import Subscription
from porchlight.conversations.delegating import name_adult
from porchlight.conversations.models import Delegation
from porchlight.delivery.changing.actions import ask as ask_to_change
from porchlight.delivery.models import Account, InboundEvent
from porchlight.families.models import ContactChange, Guardianship
from porchlight.privacy.actions import ask, hold
from porchlight.privacy.models import Request, RequestKind
from porchlight.toolbox import school_time
from tests.screenshots.shots import Shot, Where, at
from tests.screenshots.story import Fortnight


def keeping(name: str) -> Where:
    """A page once a father asked for a copy about his child, and a mother's papers are held."""

    def where(story: Fortnight) -> str:
        return at(name, **({"key": wish(story).key} if name in OF_ONE else {}))

    return where


OF_ONE = {"privacy:request", "privacy:review"}


def wish(story: Fortnight) -> Request:
    """The father's, about his child."""
    father = story.maple.guardian("Mr Yousaf")
    if not Request.objects.in_school(story.maple.school).exists():
        hold(
            about=story.maple.guardian("Saima Khan"),
            why="The court asked for them.",
            by=story.maple.actor("Mr Bell"),
        )
    return ask(
        kind=RequestKind.COPY,
        about=story.maple.student("Hamza Yousaf"),
        asked_by=father,
        school=story.maple.school,
        by=father.actor(),
    )


def number(story: Fortnight) -> ContactChange:
    """Mr Yousaf says that his number changed."""
    father = story.maple.guardian("Mr Yousaf")
    known = ContactChange.objects.standing().filter(guardian=father).first()
    return known or ask_to_change(
        guardian=father,
        channel="sms",
        written="07700 900888",
        by=story.maple.actor("Mrs Okafor"),
        now=school_time.now(),
    )


def named(story: Fortnight) -> Delegation:
    """Mr Yousaf wants Hamza's aunt to hear from school too."""
    father = story.maple.guardian("Mr Yousaf")
    tie = Guardianship.objects.filter(guardian=father).own().select_related("student").first()
    assert tie is not None
    return name_adult(
        ties=[tie],
        name="Zainab Yousaf",
        relation="aunt_uncle",
        written="07700 900555",
        reads="ur",
        by=father.actor(),
        now=school_time.now(),
    )


def ways(story: Fortnight) -> str:
    number(story)
    return at("conversations:ways_of", key=story.maple.guardian("Mr Yousaf").key)


def listener(story: Fortnight) -> str:
    """A library's system that is told when a family writes."""
    school = story.maple.school
    row = Subscription.objects.in_school(school).first() or Subscription.objects.create(
        school=school,
        url="https://library.example.org/porchlight",
        kinds=["message.received"],
        secret="whsec_" + "a" * 32,
        made_by_id=story.maple.actor("Mrs Okafor").post_id,
    )
    return at("api:webhook", key=row.key)


def unread(story: Fortnight) -> InboundEvent:
    """Mr Yousaf wrote, and our reader failed five times."""
    school = story.maple.school
    account = Account.objects.in_school(school).filter(channel="whatsapp").earliest("pk")
    row, _made = InboundEvent.objects.in_school(school).get_or_create(
        school=school,
        account=account,
        kind="heard",
        provider_key="unread",
        defaults={
            "event": {"sender": {"number": "+447700900101"}, "text": "Hamza is at the dentist on Friday."},
            "received_at": school_time.now(),
            "processed_at": school_time.now(),
            "outcome": "failed: ValueError",
            "tries": 5,
        },
    )
    return row


KEEPING = (
    Shot("unread", "delivery:given_up", lambda s: unread(s) and at("delivery:given_up"), "okafor"),
    Shot(
        "an-unread-message",
        "delivery:one_given_up",
        lambda s: at("delivery:one_given_up", pk=str(unread(s).pk)),
        "okafor",
    ),
    Shot(
        "changed-numbers",
        "conversations:contact_changes",
        lambda s: number(s) and at("conversations:contact_changes"),
        "okafor",
    ),
    Shot("ways-of-one", "conversations:ways_of", ways, "okafor"),
    Shot(
        "a-changed-number",
        "conversations:contact_change",
        lambda s: at("conversations:contact_change", key=number(s).key),
        "okafor",
    ),
    Shot(
        "who-is-kept-apart",
        "conversations:restrictions",
        lambda s: at("conversations:restrictions", key=s.maple.student("Hamza Yousaf").key),
        "reyes",
    ),
    Shot("adults-named", "conversations:named", lambda s: named(s) and at("conversations:named"), "okafor"),
    Shot(
        "an-adult-named-by-a-caller",
        "conversations:named_by",
        lambda s: at("conversations:named_by", key=s.maple.guardian("Mr Yousaf").key),
        "okafor",
    ),
    Shot(
        "an-adult-named",
        "conversations:my_named",
        lambda s: named(s) and at("conversations:my_named"),
        "yousaf",
    ),
    Shot("my-number-changed", "conversations:my_ways", at("conversations:my_ways"), "yousaf"),
    Shot("how-often", "conversations:my_dose", at("conversations:my_dose"), "yousaf"),
    Shot("what-we-keep", "privacy:retention", at("privacy:retention")),
    Shot("what-is-kept-of-me", "privacy:mine", keeping("privacy:mine"), "yousaf"),
    Shot("kept-of-a-colleague", "privacy:at_work", at("privacy:at_work"), "amal"),
    Shot("requests", "privacy:requests", keeping("privacy:requests"), "okafor"),
    Shot("a-request", "privacy:request", keeping("privacy:request"), "bell"),
    Shot("a-copy-looked-through", "privacy:review", keeping("privacy:review"), "reyes"),
    Shot("record-of-processing", "privacy:record", keeping("privacy:record"), "bell"),
    Shot("limits", "privacy:limits", keeping("privacy:limits"), "bell"),
    Shot("holds", "privacy:holds", keeping("privacy:holds"), "bell"),
    Shot("leaving", "privacy:leaving", at("privacy:leaving"), "bell"),
    Shot("tokens", "api:tokens", at("api:tokens"), "okafor"),
    Shot("a-new-token", "api:new_token", at("api:new_token"), "okafor"),
    Shot("webhooks", "api:webhooks", lambda s: listener(s) and at("api:webhooks"), "okafor"),
    Shot("a-new-webhook", "api:new_webhook", at("api:new_webhook"), "okafor"),
    Shot("a-webhook", "api:webhook", listener, "okafor"),
)
