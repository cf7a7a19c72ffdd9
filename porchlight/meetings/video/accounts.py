"""What the office does with an account for video meetings: open it, change it, test it, choose it, close it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.meetings.models import VideoAccount, VideoRoom
from porchlight.meetings.video import registry
from porchlight.meetings.video.contract import ROOMS
from porchlight.meetings.video.tasks import see_to_rooms
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox.keys import secret_key


@transaction.atomic
def open_account(
    *, school: School, company: str, settings: Mapping[str, str], secrets: Mapping[str, str], by: Actor,
    now: datetime,
) -> VideoAccount:  # fmt: skip
    """A new one. A school's first is used from now on; of others it is chosen. Raises UnknownCompany."""
    registry.get(company)
    account = VideoAccount(school=school, company=company, settings=dict(settings), created_at=now)
    account.keep_secrets({**secrets, ROOMS: secret_key()})
    account.save()
    record("video.opened", about=account, by=by, company=company)
    if not VideoAccount.objects.in_school(school).open().exclude(used_since=None).exists():
        use(account, by=by, now=now)
    return account


@transaction.atomic
def change_account(
    account: VideoAccount,
    *,
    settings: Mapping[str, str],
    secrets: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> None:
    """Write its settings; a secret left empty stays. What held it is taken to be mended, and rooms are tried anew."""
    account.settings = dict(settings)
    kept = account.secrets_that_open
    account.keep_secrets({ROOMS: secret_key(), **kept, **secrets})
    account.held_at, account.held_code, account.held_reason = None, "", ""
    account.save()
    account.rooms.exclude(trouble="").update(due_at=now, tries=0)
    record("video.changed", about=account, by=by, fields=sorted([*settings, *secrets]))
    _see_to(account)


@transaction.atomic
def try_it(account: VideoAccount, *, by: Actor, now: datetime) -> None:
    """Ask whether it takes our key; the account's page says what came back."""
    account.test_wanted_at = now
    account.save(update_fields=["test_wanted_at"])
    record("video.tried", about=account, by=by)
    _see_to(account)


@transaction.atomic
def use(account: VideoAccount, *, by: Actor, now: datetime) -> None:
    """New rooms are made here from now on; those that are made already stay where they are."""
    VideoAccount.objects.in_school(account.school_id).select_for_update().exclude(pk=account.pk).update(
        used_since=None, used_by=None
    )
    account.used_since, account.used_by_id = now, by.post_id
    account.save(update_fields=["used_since", "used_by"])
    record("video.chosen", about=account, by=by)


@transaction.atomic
def close_account(account: VideoAccount, *, by: Actor, now: datetime) -> None:
    """Nothing goes there any more; its key is forgotten. Its meetings get another room, where there is an account."""
    account.closed_at, account.used_since, account.used_by = now, None, None
    account.sealed_secrets = ""
    account.save(update_fields=["closed_at", "used_since", "used_by", "sealed_secrets"])
    VideoRoom.objects.filter(account=account, meeting__ends_at__gt=now).delete()
    record("video.closed", about=account, by=by)


def used(school: School | int) -> VideoAccount | None:
    """Where this school's new rooms are made."""
    return VideoAccount.objects.in_school(school).open().exclude(used_since=None).first()


def _see_to(account: VideoAccount) -> None:
    school_id = account.school_id
    transaction.on_commit(lambda: see_to_rooms.enqueue(school_id))
