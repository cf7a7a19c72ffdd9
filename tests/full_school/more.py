"""What pages want beside one row of everything: words at every tier, each way by hand, links that still open."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core.files.base import ContentFile

from porchlight.conversations.models import (
    Answer,
    Ask,
    Listening,
    Message,
    Notice,
    Rendering,
    Thread,
    TriageItem,
)
from porchlight.delivery.by_hand.slip_codes import code_of, keep_codes
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import (
    Account,
    Delivery,
    Handing,
    InboundEvent,
    Parcel,
    ParcelStudent,
    Stopped,
    WebhookRoute,
)
from porchlight.delivery.opening import open_account
from porchlight.delivery.pairing import begin
from porchlight.families.models import Address, Channel, ContactPoint
from porchlight.rosters.anysheet.actions import bring
from porchlight.rosters.models import Sheet
from porchlight.schools.models import OperatorGrant, StaffMember
from porchlight.schools.tiers import Tier
from porchlight.welcome.invitations import invite
from porchlight.welcome.links import make_links
from tests.full_school.people import NOW, FullSchool
from tests.full_school.rows import fill, row_of

BY_HAND = ("tap_sms", "call_list", "slips", "letters")


def complete(full: FullSchool) -> FullSchool:
    """Everything, in the school's context."""
    full.rows[Sheet] = _sheet(full)
    fill(full)
    _said(full)
    _notices(full)
    _carried(full)
    _links(full)
    return full


def _sheet(full: FullSchool) -> Sheet:
    cells = f"Child\tClass\tPhone\n{full.text(Tier.L1, 'sheet-child')}\t{full.mark}-4A\t07700 90{full.number}999\n"
    by = full.staff["office"].actor()
    file = ContentFile(cells.encode(), name="cells.txt")
    return bring(file=file, name=full.text(Tier.L1, "sheet-name"), school=full.school, by=by)


def _said(full: FullSchool) -> None:
    """To each adult something routine, personal and of safeguarding; and each said something back."""
    for who, thread in full.threads.items():
        about = who.replace(" ", "-")
        for tier in (Tier.L1, Tier.L2, Tier.L3):
            _message(full, thread, tier, f"to-{about}", author="staff", staff=full.staff["teacher"])
        _message(full, thread, Tier.L1, f"from-{about}", author="guardian", channel="sms")
    heard = _message(full, full.threads["father"], Tier.L1, "heard", author="guardian", channel="whatsapp")
    Listening.objects.create(
        school=full.school,
        message=heard,
        language="ur",
        heard_at=NOW,
        heard_by=full.staff["interpreter"],
        text=full.text(Tier.L1, "listening-text"),
        text_language="en",
    )
    Rendering.objects.create(
        school=full.school,
        message=heard,
        text=full.text(Tier.L1, "rendering"),
        language="ur",
        provenance="person",
    )
    full.secrets["asks for a call"] = full.rows[TriageItem].key
    full.rows[TriageItem] = TriageItem.objects.create(
        school=full.school,
        reason="unknown_sender",
        channel="sms",
        sender=full.text(Tier.L2, "triage-sender"),
        text=full.text(Tier.L1, "triage-text"),
        media=full.rows[Message].media,
    )


def _message(full: FullSchool, thread: Thread, tier: Tier, where: str, **fields: object) -> Message:
    return Message.objects.create(
        school=full.school,
        thread=thread,
        tier=tier,
        text=full.text(tier, where),
        language="en",
        said_at=NOW - timedelta(hours=2),
        **fields,
    )


def _unread(full: FullSchool) -> InboundEvent:
    """A message that no reader could read."""
    return InboundEvent.objects.create(
        school=full.school, account=row_of(full, Account), kind="heard", provider_key="unread",
        event={"text": full.text(Tier.L2, "unread")}, processed_at=NOW, outcome="failed: ValueError", tries=5,
    )  # fmt: skip


def _notices(full: FullSchool) -> None:
    """One that left, in the father's thread; the other waits for a second pair of eyes."""
    sent = row_of(full, Notice)
    Notice.objects.filter(pk=sent.pk).update(
        sent_at=NOW - timedelta(hours=1), created_at=NOW - timedelta(hours=1)
    )
    _message(
        full, full.threads["father"], Tier.L1, "of-the-notice", author="staff", staff=full.staff["teacher"],
        notice=sent,
    )  # fmt: skip
    full.secrets["waiting notice"] = Notice.objects.create(
        school=full.school,
        by=full.staff["teacher"],
        text=full.text(Tier.L1, "waiting-notice"),
        language="en",
        audience=sent.audience,
        needs_approval=True,
        goes_at=NOW,
        released_at=NOW,
    ).key


def _carried(full: FullSchool) -> None:
    """A delivery on each way by hand, one that could not leave, and one that was carried."""
    father = full.adults["father"]
    for gateway in BY_HAND:
        account = open_account(
            school=full.school,
            gateway=gateway,
            label=full.text(Tier.L2, gateway),
            by=full.staff["office"].actor(),
        )
        full.secrets[gateway] = _delivery(full, account, gateway).reference
        if gateway == "letters":
            _letters(full, account)
        if gateway == "slips":
            slip = Delivery.objects.get(reference=full.secrets[gateway])
            keep_codes([slip], NOW)
            full.secrets["slip code"] = code_of(slip)
    meta = open_account(
        school=full.school,
        gateway="whatsapp_cloud",
        label=f"{full.mark}-whatsapp",
        by=full.staff["office"].actor(),
    )
    full.secrets["whatsapp"] = meta.key
    dead = _delivery(full, row_of(full, Account), "dead", stopped=Stopped.DEAD)
    full.secrets["dead"] = str(dead.pk)
    full.secrets["unread"] = str(_unread(full).pk)
    for gateway, came_of in (("tap_sms", "sent"), ("slips", "handed_out"), ("call_list", "reached")):
        of = Delivery.objects.get(reference=full.secrets[gateway])
        carried = Handing.objects.create(
            school=full.school, delivery=of, by=full.staff["office"], came_of=came_of, at=NOW,
            words=full.text(Tier.L2, "handing"),
        )  # fmt: skip
        full.secrets[f"{gateway} handing"] = str(carried.pk)
    assert father.contact_points.exists()
    _screen(full)


def _screen(full: FullSchool) -> None:
    """The father's browser is told of news, and one note is out. Last: he has two ways from here on."""
    father, by = full.adults["father"], full.staff["office"].actor()
    screens = open_account(school=full.school, gateway="web_push", label=f"{full.mark}-screens", by=by)
    note = _delivery(full, screens, "note", status=Status.SENT, sent_at=NOW)
    full.secrets["note"] = note.reference
    at = Address.objects.create(
        school=full.school,
        channel=Channel.PUSH,
        user_id=f"https://{full.mark.lower()}.push.example.net/ key secret",
    )
    point = ContactPoint.objects.create(
        school=full.school, address=at, guardian=father, rank=9, consented=True
    )
    full.secrets["screen"] = point.key


def _letters(full: FullSchool, account: Account) -> None:
    """One that is printed, one that is out, and a slip that came back."""
    printed = _delivery(full, account, "letters-printed")
    out = _delivery(full, account, "letters-out", status=Status.SENT, sent_at=NOW)
    full.secrets["letter out"] = out.reference
    done = Handing.objects.create(
        school=full.school, delivery=printed, by=full.staff["office"], came_of="printed", at=NOW
    )
    full.secrets["letters printed"] = str(done.pk)
    typed = Answer.objects.create(
        school=full.school, ask=row_of(full, Ask), thread=full.threads["father"], channel=Channel.PAPER,
        typed_by=full.staff["office"], text=full.text(Tier.L1, "typed-answer"), at=NOW,
    )  # fmt: skip
    full.secrets["typed answer"] = typed.key


def _postal(full: FullSchool) -> Address:
    value = full.text(Tier.L2, "postal")
    return Address.objects.get_or_create(school=full.school, channel=Channel.PAPER, value=value)[0]


def _delivery(full: FullSchool, account: Account, where: str, **fields: object) -> Delivery:
    father = full.adults["father"]
    parcel = Parcel.objects.create(
        school=full.school, guardian=father, language="en", text=full.text(Tier.L1, f"parcel-{where}")
    )
    ParcelStudent.objects.create(school=full.school, parcel=parcel, student=full.students["child"])
    point = father.contact_points.get()
    address: Address = _postal(full) if where.startswith("letters") else point.address
    return Delivery.objects.create(
        school=full.school,
        parcel=parcel,
        account=account,
        channel=account.channel,
        contact_point=None if account.channel == Channel.PAPER else point,
        address=None if where == "slips" else address,
        to=address.value,
        body={"text": full.text(Tier.L1, f"body-{where}"), "subject": "", "options": [], "template": None},
        due_at=NOW,
        **fields,
    )


def _links(full: FullSchool) -> None:
    """A secret for each door that opens by one."""
    told = Message.objects.filter(
        thread=full.threads["father"], text__contains="to-father", tier=Tier.L1
    ).get()
    whole = Message.objects.get(pk=full.rows[Message].pk)
    [path] = make_links(full.school, {full.adults["father"].pk: [told, whole]}).values()
    full.secrets["notice"] = re.sub(r"^.*/n/", "", path).strip("/")
    full.secrets["tie"] = full.adults["father"].ties.get().key
    full.secrets["webhook"] = WebhookRoute.objects.get(account=full.rows[Account]).key
    new = full.rows[StaffMember]
    link = invite(new, by=full.staff["leader"].actor(), now=NOW, base_url="")
    full.secrets["invitation"] = link.strip("/").split("/")[-1]
    asked = OperatorGrant.objects.create(
        school=full.school, operator=full.staff["office"].user, why=full.text(Tier.L1, "operator-why")
    )
    full.secrets["operator"] = asked.key
    full.secrets["pairing"] = begin(
        school=full.school, account=None, by=full.staff["office"].actor(), now=NOW
    )
