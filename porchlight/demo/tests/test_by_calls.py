"""The demo has a home that is rung: the town plays its telephone, and its words wait on Ms Reyes' list."""

from __future__ import annotations

import practice
from porchlight.delivery.content import Recipient, Urgency
from porchlight.delivery.models import Account
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.demo.by_calls import a_home_by_calls
from porchlight.demo.gateways import town_config
from porchlight.demo.load import load
from porchlight.families.models import Guardian, Student
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time


def test_gul_khan_is_rung_and_his_words_are_said_by_a_person(db: None) -> None:
    school = load(town_port=1, mail_port=2)
    with school_context(school):
        for _ in range(2):
            a_home_by_calls(school, town_port=1)
        assert Account.objects.filter(gateway="twilio_voice").count() == 1
        config = town_config(school)
        him = Guardian.objects.get(name="Gul Khan")
        [phone] = [one for one in config["phones"] if one["id"] == him.key]
        assert sorted(phone["channels"]) == ["call", "sms"]
        child = Student.objects.filter(ties__guardian=him).first()
        [planned] = plan(
            school=school, recipients=[Recipient(him, (child,))], urgency=Urgency.ORDINARY,
            content_for=lambda _: cast.words("سلام", language="ps"), now=school_time.now(),
        )  # fmt: skip
    assert (planned.channel, planned.record_in) == ("call", "ps")
    [account] = [one for one in config["accounts"] if one["gateway"] == "twilio_voice"]
    with practice.town_in_thread(smtp_port=0) as town:
        known = town.register_account(**account)
        town.register_phone(**phone)
    assert (known.number, known.callback) == ("+441632960007", account["callback"])
