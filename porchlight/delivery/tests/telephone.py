"""A telephone in a test's hand: asks the school what to say as Twilio does, signed, and follows what it is told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from porchlight.delivery.actions import dispatch
from porchlight.delivery.content import Content, Urgency
from porchlight.delivery.models import Account, Delivery, WebhookRoute
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.schools.models import School
from porchlight.toolbox import school_time

SID, TOKEN = "AC" + "0" * 32, "practice token"


def calls(school: School, *, voices: str = "en Polly.Amy-Neural") -> Account:
    """The school's number at Twilio, with a voice whose words stand in the TwiML."""
    return cast.account(
        school,
        "twilio_voice",
        label="Calls",
        sender="+441632960007",
        settings={"account_sid": SID, "voices": voices},
        secrets={"auth_token": TOKEN},
    )


def planned(school: School, home: cast.Home, content: Content) -> Delivery:
    """The call that this makes."""
    [one] = plan(
        school=school,
        recipients=[home.recipient],
        content_for=lambda _: content,
        urgency=Urgency.ORDINARY,
        now=school_time.now(),
    )
    [parcel] = dispatch(planned=[one], by=cast.teacher(school), urgency=Urgency.ORDINARY)
    return parcel.deliveries.get()


class Telephone:
    """One call about one delivery."""

    def __init__(self, delivery: Delivery, sid: str = "CA1") -> None:
        self.delivery, self.sid, self.client = delivery, sid, Client()
        path = WebhookRoute.objects.get(account=delivery.account).path
        self.place = (
            f"{settings.BASE_URL}{path}?{urlencode({'ref': delivery.reference, 'at': 'begin', 'n': 1})}"
        )
        self.twiml = ""
        self.status = 0

    def answers(self, by: str = "human") -> str:
        """Somebody, or something, takes it; what they hear."""
        return self.asks(AnsweredBy=by)

    def presses(self, keys: str) -> str:
        """What they hear then."""
        self.place = unescape(re.findall(r'<Gather[^>]* action="([^"]+)"', self.twiml)[0]).partition("#")[0]
        return self.asks(Digits=keys)

    def waits(self) -> str:
        """No key is pressed: what comes after."""
        self.place = unescape(re.findall(r"<Redirect[^>]*>([^<]+)<", self.twiml)[0]).partition("#")[0]
        return self.asks()

    def speaks(self, **more: str) -> str:
        self.place = unescape(re.findall(r'<Record[^>]* action="([^"]+)"', self.twiml)[0]).partition("#")[0]
        recording = {
            "RecordingUrl": "https://api.twilio.com/x/RE1",
            "RecordingSid": "RE1",
            "RecordingDuration": "4",
        }
        return self.asks(**(recording | more))

    def asks(self, token: str = TOKEN, **more: str) -> str:
        form = {
            "CallSid": self.sid, "AccountSid": SID, "CallStatus": "in-progress", "Direction": "outbound-api",
            "From": "+441632960007", "To": self.delivery.to, **more,
        }  # fmt: skip
        signed = self.place + "".join(name + form[name] for name in sorted(form))
        mac = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
        answer = self.client.post(
            self.place.removeprefix(settings.BASE_URL),
            urlencode(form),
            content_type="application/x-www-form-urlencoded",
            headers={"x-twilio-signature": base64.b64encode(mac).decode()},
        )
        self.status, self.twiml = answer.status_code, answer.content.decode()
        return self.said

    @property
    def said(self) -> str:
        """The words in the TwiML, one after the other."""
        return " ".join(unescape(words) for words in re.findall(r"<Say[^>]*>([^<]*)</Say>", self.twiml))

    @property
    def ends(self) -> bool:
        return "<Gather" not in self.twiml and "<Record" not in self.twiml and "<Redirect" not in self.twiml


def places(phone: Telephone) -> list[Any]:
    """The addresses of sound that were handed out."""
    return [unescape(place) for place in re.findall(r"<Play>([^<]+)</Play>", phone.twiml)]
