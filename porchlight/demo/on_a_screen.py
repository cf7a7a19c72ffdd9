"""A home that reads news on its own screen, for those who try Porchlight: Anna Nowak, who has a mailbox and no number.

Only the demo has it, since only there the town plays a browsers' push service. The town forgets its browsers when it
stops, so that she turns it on anew whenever the demo starts.
"""

from __future__ import annotations

import json
from http.client import HTTPConnection

from porchlight.delivery.gateways.web_push.subscription import Subscription
from porchlight.delivery.models import Account
from porchlight.delivery.news import public_key, screens_of, turn_off, turn_on
from porchlight.delivery.opening import open_account
from porchlight.demo.gateways import TOWN
from porchlight.families.models import ContactPoint, Guardian
from porchlight.schools.actors import system
from porchlight.schools.models import School
from porchlight.toolbox import school_time

WHO, WORDS = "Anna Nowak", "Tell me on this screen"


def notes_on_screens(school: School, *, town_port: int) -> None:
    """The school's key for screens; a second time changes nothing."""
    if not Account.objects.in_school(school).filter(gateway="web_push").exists():
        open_account(
            school=school,
            gateway="web_push",
            label="Notes on a screen",
            sender=school.name,
            settings={"contact": "office@maple-street.example.org", "base_url": TOWN.format(port=town_port)},
            secrets={},
            by=system(school.pk),
        )


def a_home_on_a_screen(school: School, *, town_port: int) -> ContactPoint:
    """She says yes in her browser at the running town; her screens of earlier days are over."""
    her = Guardian.objects.in_school(school).get(name=WHO)
    now = school_time.now()
    for old in screens_of(her):
        turn_off(old, by=her.actor(), now=now)
    browser = Subscription.of_browser(_agreed(town_port, her.key, public_key(school)))
    return turn_on(her, browser, words=WORDS, by=her.actor(), now=now)


def _agreed(town_port: int, phone: str, key: str) -> str:
    """What the browser's own script would be given, as JSON."""
    town = HTTPConnection("127.0.0.1", town_port, timeout=10)
    try:
        town.request("POST", f"/control/phones/{phone}/subscription/", json.dumps({"key": key}))
        return town.getresponse().read().decode()
    finally:
        town.close()
