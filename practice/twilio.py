"""Twilio's Programmable Messaging, as far as text messages need it.

    POST /2010-04-01/Accounts/<SID>/Messages.json        send (basic auth, form)
    GET  /2010-04-01/Accounts/<SID>/Messages/<sid>.json  one message's state
    GET  /2010-04-01/Accounts/<SID>.json                 the account, for testing credentials
    GET  /2010-04-01/Accounts/<SID>/Messages/<sid>/Media/<sid>  leads on to where a picture lies (basic auth)
    GET  /mms-store/<id>                                 the picture itself, for a while and without any access

STOP and START are obeyed by the carrier itself, in English, as Twilio does by default: after STOP every
sending is refused with 21610. The words still reach the number's webhook.
"""

from __future__ import annotations

import re

from aiohttp import web

from practice import twilio_events as events
from practice.accounts import TwilioAccount
from practice.bench import Bench
from practice.enclosures import Enclosure
from practice.errors import Mistake
from practice.phones import Line, Phone
from practice.town import Town
from practice.twilio_door import account_of, in_rude_weather, told
from practice.twilio_events import Refused
from practice.weather import in_weather

GATEWAY = "twilio"
STOP_WORDS = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke"}
START_WORDS = {"start", "yes", "unstop"}
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe."
)
STARTED = (
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe."
)
HELP = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


class Twilio:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.bench = Bench(town) if town.settings.bench else None

    def routes(self) -> list[web.RouteDef]:
        account = f"/{events.VERSION}/Accounts/{{sid:AC[0-9A-Za-z]+}}"
        return [
            web.post(account + "/Messages.json", self.post_message),
            web.get(account + "/Messages/{message}.json", self.get_message),
            web.get(account + ".json", self.get_account),
            web.get(account + "/Messages/{message}/Media/ME{media}", self.get_media),
            web.get("/mms-store/{media}", self.get_stored),
        ]

    async def post_message(self, request: web.Request) -> web.StreamResponse:
        return await in_weather(self.town.weather[GATEWAY], request, self._post_message, in_rude_weather)

    async def _post_message(self, request: web.Request) -> web.StreamResponse:
        try:
            account = account_of(self.town, request, TwilioAccount)
            form = await request.post()
            line, to = self.take(account, {name: str(value) for name, value in form.items()})
        except Refused as refused:
            self.town.counts[f"{GATEWAY} {refused.code} refused"] += 1
            return told(refused)
        return web.json_response(events.resource(account, line, to, fresh=True), status=201)

    async def get_message(self, request: web.Request) -> web.Response:
        try:
            account = account_of(self.town, request, TwilioAccount)
            for phone in self.town.phones:
                line = phone.find(request.match_info["message"])
                if line and line.account == account.name and line.from_school:
                    return web.json_response(events.resource(account, line, phone.number))
            raise Refused(20404, path=request.path)
        except Refused as refused:
            return told(refused)

    async def get_account(self, request: web.Request) -> web.Response:
        try:
            account = account_of(self.town, request, TwilioAccount)
        except Refused as refused:
            return told(refused)
        return web.json_response(
            {"sid": account.account_sid, "friendly_name": account.name, "status": "active", "type": "Full"}
        )

    async def get_media(self, request: web.Request) -> web.Response:
        try:
            account = account_of(self.town, request, TwilioAccount)
        except Refused as refused:
            return told(refused)
        media = request.match_info["media"]
        if self.town.enclosures.find(account.name, media) is None:
            return told(Refused(20404, path=request.path))
        self.town.enclosures.open_for(media)
        return web.Response(
            status=307, headers={"Location": f"{self.town.url}/mms-store/{account.name}.{media}"}
        )

    async def get_stored(self, request: web.Request) -> web.Response:
        owner, _, media = request.match_info["media"].rpartition(".")
        found = self.town.enclosures.find(owner, media)
        if found is None or not self.town.enclosures.is_open(media) or "Authorization" in request.headers:
            return web.Response(status=403)
        return web.Response(body=found.content, content_type=found.mime_type.partition(";")[0])

    def take(self, account: TwilioAccount, form: dict[str, str]) -> tuple[Line, str]:
        """Deliver a text message to its phone. Returns it with the number it went to. Raises Refused."""
        to = self._checked(account, form)
        if self.bench:
            return self.bench.twilio(account, form), to
        phone = self.town.phones.by_number(to)
        if phone and account.name in phone.stopped:
            raise Refused(21610)
        line = Line(
            "sms", GATEWAY, account.name, form["Body"], self.town.now(), True,
            provider_id=events.new_sid(), raw=form,
        )  # fmt: skip
        self.town.took(account, form.get("StatusCallback", ""))  # where senders put their reference
        self._deliver(account, phone, line, to, form.get("StatusCallback") or account.status_callback)
        return line, to

    def _checked(self, account: TwilioAccount, form: dict[str, str]) -> str:
        to, sender, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
        if not to:
            raise Refused(21604)
        if not re.fullmatch(r"\+[1-9][0-9]{6,14}", to):
            raise Refused(21211, to=to)
        if not sender and not form.get("MessagingServiceSid"):
            raise Refused(21603)
        if sender and sender != account.number:
            raise Refused(21606, sender=sender)
        if not body:
            raise Refused(21602)
        if len(body) > 1600:
            raise Refused(21617)
        return to

    def _deliver(
        self, account: TwilioAccount, phone: Phone | None, line: Line, to: str, callback: str
    ) -> None:
        """Put it on the phone and report; a failure is told by status, after the sending was taken."""
        line.error = self.town.weather[GATEWAY].fail_code
        reached = phone if phone and "sms" in phone.channels else None
        if not reached or line.error:
            line.error = line.error or "30005"
            names = ["undelivered"]
        else:
            reached.add(line)
            names = ["sent"] if reached.switched_off else ["sent", "delivered"]
        line.status = names[-1]
        if events.is_url(callback):
            self.town.report(GATEWAY, [events.status_hook(account, callback, line, to, n) for n in names])

    def say(
        self, account: TwilioAccount, phone: Phone, text: str, enclosure: Enclosure | None = None
    ) -> Line:
        """The family sends a text, or a picture message, to the school's number."""
        sid = events.new_sid()
        line = phone.add(Line("sms", GATEWAY, account.name, text, self.town.now(), False, sid))
        more = {}
        if enclosure is not None:
            line.enclosed = enclosure.name
            more = events.media_fields(account, sid, enclosure, self.town.url)
        self.town.announce(events.message_hook(account, phone, sid, text, more))
        self._obey(account, phone, text.strip().lower())
        return line

    def ring(self, account: TwilioAccount, phone: Phone) -> Line:
        """The family rings the school's number, and nobody takes it."""
        if not phone.number:
            raise Mistake(f"{phone.id} has no number to ring with.")
        at = self.town.now()
        self.town.announce(events.call_hook(account, phone, at))
        return phone.add(Line("sms", GATEWAY, account.name, "", at, False, rang=True))

    def _obey(self, account: TwilioAccount, phone: Phone, word: str) -> None:
        """The carrier's own opt-out, and its answer to the phone."""
        if word in STOP_WORDS:
            phone.stopped.add(account.name)
            answer = STOPPED
        elif word in START_WORDS and account.name in phone.stopped:
            phone.stopped.discard(account.name)
            answer = STARTED
        elif word in {"help", "info"}:
            answer = HELP
        else:
            return
        phone.add(
            Line(
                "sms",
                GATEWAY,
                account.name,
                answer,
                self.town.now(),
                True,
                from_network=True,
                status="delivered",
            )
        )
