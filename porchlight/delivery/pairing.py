"""Setting up the office's phone on the phone itself: a link, once, for ten minutes, that a QR code brings there.

Who holds the link is asked for nothing else, so it lives no longer than the colleague who made it may make one, and
what came of it is shown to the office and leaders for a week: a phone that nobody knows of is closed again.

We know of no pairing by QR code in the app, and none is made up here: the page that opens says where each value stands
in the app, and takes it, so that it is copied on one screen and never typed off another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porchlight.accounts.models import Token
from porchlight.activity.models import Entry
from porchlight.activity.record import record
from porchlight.delivery.account_form import AccountForm
from porchlight.delivery.gateways import registry
from porchlight.delivery.models import Account
from porchlight.delivery.models.by_hand import SEES_NUMBERS
from porchlight.delivery.opening import change_account, open_account
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, StaffMember

GATEWAY = "office_phone"
PURPOSE = "pair_phone"
LASTS = timedelta(minutes=10)
SHOWN_FOR = timedelta(days=7)  # whoever looks in on Monday sees what happened on Friday
PAIRED = "phone.paired"
ON_THE_PHONE = ("sender", "username", "password", "signing_key")  # what the phone knows; the rest can wait


@dataclass(frozen=True, slots=True)
class Pairing:
    """A link that still lives: who made it, and for which account; None: a new one."""

    token: Token
    by: Actor
    account: Account | None


def begin(*, school: School, account: Account | None, by: Actor, now: datetime) -> str:
    """A secret for the phone's page; earlier ones of the same colleague die."""
    mine = f"{school.pk}:{by.post_id}:"
    Token.objects.filter(purpose=PURPOSE, subject__startswith=mine, used_at=None).update(used_at=now)
    secret = Token.issue(
        purpose=PURPOSE, subject=f"{mine}{account.pk if account else 0}", expires_at=now + LASTS
    )
    record("phone.pairing_begun", about=account or school, by=by)
    return secret


def look_up(secret: str, *, school: School, now: datetime) -> Pairing | None:
    """What a secret still opens. None for whatever it does not."""
    token = Token.objects.holding(secret, PURPOSE).live(now=now).of(school.pk).first()
    if token is None:
        return None
    _school, staff_id, account_id = token.subject.split(":")
    awake = StaffMember.objects.in_school(school).awake().filter(user__is_active=True)
    staff = awake.filter(pk=staff_id).first()
    if staff is None or not staff.actor().is_one_of(*SEES_NUMBERS):
        return None
    account = Account.objects.in_school(school).open().filter(pk=account_id, gateway=GATEWAY).first()
    if account is None and account_id != "0":
        return None
    return Pairing(token, staff.actor(), account)


def was_made(secret: str, *, school: School) -> bool:
    """Whether this was ever such a link of the school: then its page says that it is over, and what to do."""
    return Token.objects.holding(secret, PURPOSE).filter(subject__startswith=f"{school.pk}:").exists()


@dataclass(frozen=True, slots=True)
class Paired:
    """A phone that was set up by such a link."""

    account: Account
    by: StaffMember | None  # whose link it was
    at: datetime


class PairForm(AccountForm):
    """The few fields that stand on the phone's own screen."""

    def __init__(self, data: Any, *, account: Account | None) -> None:
        super().__init__(data, gateway=registry.get(GATEWAY), account=account)
        self.fields = {name: self.fields[name] for name in ON_THE_PHONE}
        self.fields["sender"].label = _("Number of this phone’s SIM card")
        self.fields["sender"].help_text = _("With the country code, such as +44….")
        for name in ("password", "signing_key"):
            self.fields[name].widget = forms.TextInput(
                attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
            )  # pasted on one's own phone: seen while it is written, never afterwards

    def clean(self) -> dict[str, Any]:
        """What was pasted stays in its field when something else is wrong: it need not be copied again."""
        return self.cleaned_data

    def settings(self) -> dict[str, str]:
        """What the account keeps, with what was written here."""
        start = {field.name: field.default for field in self.gateway.fields if not field.secret}
        before = dict(self.account.settings) if self.account is not None else {}
        return {**start, **before, "username": self.cleaned_data["username"]}

    def secrets(self) -> dict[str, str]:
        written = {name: self.cleaned_data[name] for name in ("password", "signing_key")}
        return {name: value for name, value in written.items() if value}


@transaction.atomic
def pair(secret: str, *, school: School, label: str, form: PairForm, now: datetime) -> Account | None:
    """Keep what was written on the phone. None: the link opens nothing any more, since a moment ago perhaps."""
    pairing = look_up(secret, school=school, now=now)
    if pairing is None or not Token.objects.filter(pk=pairing.token.pk).live(now=now).update(used_at=now):
        return None
    values: Mapping[str, Any] = {
        "sender": form.cleaned_data["sender"],
        "settings": form.settings(),
        "secrets": form.secrets(),
    }
    if pairing.account is not None:
        account = change_account(pairing.account, by=pairing.by, **values)
    else:
        account = open_account(school=school, gateway=GATEWAY, label=label, by=pairing.by, **values)
    record(PAIRED, about=account, by=pairing.by)
    return account


def paired_lately(actor: Actor, *, now: datetime) -> list[Paired]:
    """Phones set up by a link in the last week, the latest first, as far as this actor sees accounts."""
    entries = Entry.objects.visible_to(actor).filter(about_type=Account._meta.label_lower)  # by the index
    lately = entries.filter(verb=PAIRED, at__gt=now - SHOWN_FOR).order_by("-pk")
    rows = list(lately.values_list("about_id", "actor_id", "at"))
    accounts = Account.objects.visible_to(actor).open().select_related("school")
    found = accounts.in_bulk([account for account, _by, _at in rows])
    makers = StaffMember.objects.visible_to(actor).in_bulk([by for _account, by, _at in rows])
    return [Paired(found[one], makers.get(by), at) for one, by, at in rows if one in found]
