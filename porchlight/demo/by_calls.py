"""A home that gets calls, for those who try Porchlight: Gul Khan reads nothing and speaks Pashto.

Only the demo has it: no machine speaks Pashto, so Ms Reyes finds his words on her list, and says them.
"""

from __future__ import annotations

from porchlight.delivery.models import Account
from porchlight.delivery.opening import open_account
from porchlight.demo.gateways import TOWN, public_secret
from porchlight.families.models import Address, Channel, ContactPoint
from porchlight.languages.models import KnownLanguage
from porchlight.schools.actors import system
from porchlight.schools.models import School, StaffMember

WHO, SPEAKS, NUMBER = "Gul Khan", "Ms Reyes", "+441632960007"


def a_home_by_calls(school: School, *, town_port: int) -> None:
    """The school's number for calls, who is rung, and who speaks their language; a second time changes nothing."""
    if not Account.objects.in_school(school).filter(gateway="twilio_voice").exists():
        open_account(
            school=school,
            gateway="twilio_voice",
            label="Automatic calls",
            sender=NUMBER,
            settings={
                "account_sid": f"AC{public_secret('voice sid')}",
                "base_url": TOWN.format(port=town_port),
            },
            secrets={"auth_token": public_secret("voice token")},
            by=system(school.pk),
        )
    texts = ContactPoint.objects.in_school(school).filter(guardian__name=WHO, ended_at=None)
    known = texts.filter(address__channel=Channel.SMS).select_related("address").first()
    if known is not None and not texts.filter(address__channel=Channel.CALL).exists():
        rung, _ = Address.objects.get_or_create(
            school=school, channel=Channel.CALL, value=known.address.value,
            defaults={"confirmed_at": known.address.confirmed_at},
        )  # fmt: skip
        ContactPoint.objects.create(
            school=school, address=rung, guardian_id=known.guardian_id, rank=0, consented=known.consented
        )
    speaks = StaffMember.objects.in_school(school).filter(name=SPEAKS).first()
    if speaks is not None:
        KnownLanguage.objects.get_or_create(school=school, staff=speaks, language="ps")
