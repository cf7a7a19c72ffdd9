"""A row in every table of a school: what says nothing of itself is made up from its fields, its words with the mark.

A table that demands more than its fields say is told so in DEMANDS, and only there.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import time
from typing import Any

from django.db import models

from porchlight.conversations.models import Message, Thread, TriageItem, Worry
from porchlight.delivery.models import Account, Attachment, InboundEvent, Recording
from porchlight.delivery.opening import open_account
from porchlight.families.models import Address, Guardian, Student
from porchlight.files.keeping import clean, keep
from porchlight.files.models import StoredFile
from porchlight.languages.models import Term
from porchlight.schools.install import tenant_models
from porchlight.schools.models import SchoolClass, TenantModel
from porchlight.schools.tiers import Tier
from practice.enclosures import voice_note
from tests.full_school.of_meetings import DEMANDS_OF_MEETINGS
from tests.full_school.people import NOW, FullSchool

type Value = Callable[[FullSchool], object]
CHANGES = ("begun", "ended", "students", "guardians", "classes", "named")
WORDY = (models.CharField, models.TextField)


def _mark(tier: Tier, where: str) -> Value:
    return lambda full: full.text(tier, where)


def _row(model: type[TenantModel]) -> Value:
    return lambda full: row_of(full, model)


def _staff(who: str) -> Value:
    return lambda full: full.staff[who]


def _media(full: FullSchool) -> object:
    return [{"kind": "audio", "key": row_of(full, Attachment).key}]


def _said(tier: Tier, where: str) -> Value:
    return lambda full: {"said": full.text(tier, where)}


# What a table's fields do not say of themselves; the values are shapes the product itself writes.
DEMANDS: dict[str, dict[str, Value]] = {
    "activity.Entry": {"actor_kind": lambda _: "staff", "about_type": lambda _: "families.student"},
    "api.Made": {"status": lambda _: 201},
    "conversations.Answer": {"keys": lambda _: ["yes"], "thread": _row(Thread)},
    "conversations.Ask": {"message": _row(Message), "shape": lambda _: "yes_no", "code": lambda _: "7"},
    "conversations.Check": {
        "message": _row(Message),
        "target": lambda _: "ur",
        "language": lambda _: "ur",
        "reason": lambda _: "doubt_of_staff",
    },
    "conversations.ParentVerdict": {
        "term": _row(Term),
        "verdict": lambda _: "better",
        "phrase": lambda _: "",
    },
    "conversations.TemplateVersion": {"checked_name": lambda _: "", "checked_at": lambda _: None},
    "conversations.Unchecked": {"message": _row(Message), "by": _staff("teacher")},
    "conversations.Listening": {  # not heard yet
        "text": lambda _: "",
        "text_language": lambda _: "",
        "language": lambda _: "ur",
    },
    "conversations.Message": {
        "author": lambda _: "guardian",
        "channel": lambda _: "whatsapp",
        "media": _media,
        "sound": _row(StoredFile),
        "enclosed": _row(StoredFile),
        "kind": lambda _: "",
    },
    "conversations.Notice": {
        "by": _staff("teacher"),
        "audience": lambda full: {"kind": "classes", "names": [full.rows[SchoolClass].key]},
        "excluded": lambda full: [{"reason": full.text(Tier.L2, "notice-excluded"), "count": 1}],
        "released_at": lambda _: NOW,
    },
    "conversations.NoticeVersion": {"language": lambda _: "ur", "provenance": lambda _: "person"},
    "conversations.Rendering": {"language": lambda _: "ur", "provenance": lambda _: "person"},
    "conversations.Sharing": {"source": lambda _: "office", "recorded_by": _staff("office")},
    "conversations.SharingWith": {"guardian": lambda full: full.adults["grandmother"]},
    "conversations.Delegation": {
        "named_by": lambda full: full.adults["father"],
        "adult": lambda full: full.adults["grandmother"],
        "relation": lambda _: "grandparent",
        "channel": lambda _: "sms",
        "reads": lambda _: "ur",
        "ended_at": lambda _: None,
    },
    "conversations.TriageItem": {
        "media": _media,
        "inbound": _row(InboundEvent),
        "reason": lambda _: "asks_for_call",
        "address": _row(Address),
        "message": _row(Message),
    },
    "conversations.Trouble": {"kind": lambda _: "address_bad", "address": _row(Address)},
    "conversations.WhichChild": {
        "choices": lambda full: [[row_of(full, Guardian).pk, row_of(full, Student).pk]],
        "media": _media,
        "inbound": _row(InboundEvent),
        "triage": _row(TriageItem),
    },
    "conversations.Worry": {"raised_by": _staff("teacher")},
    "delivery.Attachment": {"file": _row(StoredFile), "kind": lambda _: "audio", "code": lambda _: ""},
    "delivery.Delivery": {
        "contact_point": lambda full: full.adults["father"].contact_points.get(),
        "address": _row(Address),
        "channel": lambda _: "sms",
        "to": lambda full: row_of(full, Address).value,
        "body": lambda full: {"text": full.text(Tier.L1, "body"), "subject": "", "options": []},
        "attempts": lambda full: [{"detail": full.text(Tier.L1, "attempt")}],
    },
    "delivery.Entrusted": {"staff": _staff("teacher"), "by": _staff("office")},
    "delivery.Handing": {"by": _staff("teacher"), "came_of": lambda _: "sent"},
    "delivery.InboundEvent": {
        "raw": _said(Tier.L2, "inbound-raw"),
        "event": _said(Tier.L2, "inbound-event"),
        "processed_at": lambda _: NOW,
    },
    "delivery.Ladder": {
        "order": lambda _: ["number", "call", "errand"],
        "urgent_waits": lambda _: {"call": 90},
        "dated_waits": lambda _: {},
    },
    "delivery.Recording": {  # not said yet
        "text_language": lambda _: "ur",
        "language": lambda _: "ur",
    },
    "delivery.Parcel": {
        "recording": _row(Recording),
        "guardian": _row(Guardian),
        "service_kind": lambda _: "",
        "urgency": lambda _: "ordinary",
        "page_path": lambda full: f"/{full.school.slug}/n/{full.text(Tier.L1, 'page')}/",
    },
    "errands.Errand": {
        "assigned_to": _staff("teacher"),
        "guardian": _row(Guardian),
        "student": _row(Student),
    },
    "families.ConsentRound": {
        "classes": lambda full: [full.rows[SchoolClass].name],
        "recorded_by": _staff("office"),
    },
    "families.Caution": {"set_by": _staff("safeguarding lead")},
    "families.ContactChange": {"came_by": lambda _: "office", "channel": lambda _: "sms"},
    "families.HouseholdMembership": {"student": _row(Student)},
    "languages.KnownLanguage": {
        "staff": _staff("interpreter"),
        "language": lambda _: "ur",
        "checks": lambda _: True,
    },
    "languages.EngineAccount": {
        "engine": lambda _: "libretranslate",
        "held_code": lambda _: "",
        "held_reason": lambda _: "",
    },
    "languages.VoiceAccount": {
        "company": lambda _: "google",
        "voices": lambda _: {"ur": "ur-PK-UzmaNeural"},
        "held_code": lambda _: "",
        "held_reason": lambda _: "",
    },
    "languages.TrustedPair": {"source": lambda _: "en", "target": lambda _: "ur"},
    "languages.OwnPhrase": {"phrase": lambda _: "help", "language": lambda _: "ur"},
    "languages.Sentence": {
        "source": lambda _: "en",
        "target": lambda _: "ur",
        "engine": lambda _: "libretranslate",
        "doubts": lambda _: [],
        "trouble": lambda _: "",
        "made_at": lambda _: NOW,
    },
    "languages.Term": {"source": lambda _: "en", "target": lambda _: "ur"},
    **DEMANDS_OF_MEETINGS,
    "learning.Absence": {"missed_by": _staff("teacher"), "missed_at": lambda _: NOW},
    "meetings.Travel": {"one": lambda _: "", "other": lambda _: "BD8"},
    "privacy.Hold": {"student": lambda full: full.students["other child"], "set_by": _staff("leader")},
    "privacy.Request": {
        "student": _row(Student),
        "asked_by": _row(Guardian),
        "kind": lambda _: "copy",
        "counts": lambda _: {"conversations.Message": 1},
    },
    "privacy.Decision": {
        "by": _staff("safeguarding lead"),
        "about_type": lambda _: "conversations.message",
        "about_id": lambda full: row_of(full, Worry).message_id,
    },
    "privacy.Clearing": {"counts": lambda _: {"conversations.Message": 1}},
    "privacy.Leaving": {"asked_by": _staff("leader")},
    "privacy.OwnLimit": {"limit": lambda _: "talk", "days": lambda _: 1095},
    "rosters.NewYear": {"changes": lambda _: {name: [] for name in CHANGES}},
    "rosters.RosterJob": {"what": lambda _: "look", "ended_at": lambda _: NOW, "outcome": lambda _: "done"},
    "rosters.RosterImport": {"applied_at": lambda _: None, "looked_at": lambda _: NOW},
    "schools.ReadingHours": {"reads_from": lambda _: time(8), "reads_until": lambda _: time(17)},
    "schools.SchoolKey": {"retired_at": lambda _: NOW},
    "updates.Newsletter": {"versions": lambda _: {}, "language": lambda _: "en"},
    "updates.Tonight": {"shipped": lambda _: "", "language": lambda _: "en"},
    "welcome.HelloWeek": {"started_by": _staff("leader")},
}


def fill(full: FullSchool) -> None:
    """A row in every table that has none; in the school's context."""
    for model in sorted(tenant_models(), key=lambda each: each._meta.label):
        row_of(full, model)


def row_of(full: FullSchool, model: type[TenantModel]) -> TenantModel:
    """The school's row of a table, made the first time it is asked for, with what it points at."""
    if model not in full.rows:
        there = model._default_manager.filter(school=full.school).order_by("pk").first()
        full.rows[model] = there or made(full, model)
    return full.rows[model]


def _file(full: FullSchool) -> StoredFile:
    kept = keep(
        school=full.school,
        source=f"{full.mark}-file",
        content=io.BytesIO(voice_note(3)),
        name=full.text(Tier.L1, "file-name"),
    )
    return clean(kept)


def _account(full: FullSchool) -> Account:
    return open_account(
        school=full.school,
        gateway="office_phone",
        label=full.text(Tier.L2, "account-label"),
        sender=f"+447700{909000 + full.number}",
        settings={"username": full.text(Tier.L3, "account-settings")},
        secrets={"password": full.text(Tier.L3, "account-secrets")},
        by=full.staff["office"].actor(),
    )


# Rows that only the room itself can make.
MAKERS: dict[type[TenantModel], Callable[[FullSchool], TenantModel]] = {StoredFile: _file, Account: _account}


def made(full: FullSchool, model: type[TenantModel], **given: object) -> TenantModel:
    """A row more, made up from the table's fields but for what is given."""
    if model in MAKERS:
        return MAKERS[model](full)
    demanded = DEMANDS.get(model._meta.label, {})
    values: dict[str, Any] = {"school": full.school, **given}
    for field in model._meta.local_fields:
        if field.name in demanded and field.name not in given:
            values[field.name] = demanded[field.name](full)
        elif field.name not in {*values, "id"}:
            values |= _value(full, model, field)
    return model._default_manager.create(**values)


def _value(full: FullSchool, model: type[TenantModel], field: models.Field[Any, Any]) -> dict[str, object]:
    """What goes into a field that nobody said anything about; nothing where its default will do."""
    where = f"{model._meta.model_name}-{field.name}"
    if isinstance(field, WORDY) and field.name in model.tiers and not field.choices:
        return {field.name: full.text(model.tiers[field.name], where)[: field.max_length]}
    if isinstance(field, models.JSONField) and field.name in model.tiers and field.default is dict:
        return {field.name: {"said": full.text(model.tiers[field.name], where)}}
    if field.null or field.has_default() or (field.blank and isinstance(field, WORDY)):
        return {}
    if isinstance(field, models.ForeignKey):
        return {field.name: row_of(full, field.related_model)}
    return {field.name: _plain(field, where)}


def _plain(field: models.Field[Any, Any], where: str) -> object:
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return NOW
    if isinstance(field, models.DateField):
        return NOW.date()
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, WORDY):
        return "en" if "language" in field.name else where[: field.max_length]
    return 1
