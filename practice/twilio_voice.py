"""Twilio's Programmable Voice, as far as calls to families need it.

    POST /2010-04-01/Accounts/<SID>/Calls.json                  ring somebody (basic auth, form)
    GET  /2010-04-01/Accounts/<SID>/Calls/<sid>.json            how a call stands
    GET  /2010-04-01/Accounts/<SID>/Recordings/<sid>.wav        what was recorded (basic auth); .json and bare as well

A call rings until its phone's owner does something: `practice.calls.Calls` has what they can do. What is said to them
is asked of the school's own addresses in signed requests, and its TwiML is carried out verb by verb.
"""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

from practice import twilio_voice_events as events
from practice.a_call import Call
from practice.accounts import TwilioVoiceAccount
from practice.calls import Calls
from practice.errors import Mistake
from practice.phones import Line, Phone
from practice.town import Town
from practice.twilio_door import account_of, in_rude_weather, told
from practice.twilio_events import Refused, is_url
from practice.weather import in_weather

GATEWAY = "twilio_voice"


class TwilioVoice:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.calls = Calls(town)
        town.forgetting.append(self.calls.forget)

    def routes(self) -> list[web.RouteDef]:
        account = f"/{events.VERSION}/Accounts/{{sid:AC[0-9A-Za-z]+}}"
        return [
            web.post(account + "/Calls.json", self.post_call),
            web.get(account + "/Calls/{call}.json", self.get_call),
            web.get(
                account + "/Recordings/RE{recording:[0-9a-f]+}{ending:(?:\\.wav|\\.mp3)?}", self.get_recording
            ),
            web.post("/control/phones/{id}/call/", self.control),
            web.get("/control/phones/{id}/call/", self.control),
        ]

    async def post_call(self, request: web.Request) -> web.StreamResponse:
        return await in_weather(self.town.weather[GATEWAY], request, self._post_call, in_rude_weather)

    async def _post_call(self, request: web.Request) -> web.StreamResponse:
        try:
            account = account_of(self.town, request, TwilioVoiceAccount)
            form = {name: str(value) for name, value in (await request.post()).items()}
            call = self.take(account, form)
        except Refused as refused:
            self.town.counts[f"{GATEWAY} {refused.code} refused"] += 1
            return told(refused)
        return web.json_response(events.resource(account, call, fresh=True), status=201)

    def take(self, account: TwilioVoiceAccount, form: dict[str, str]) -> Call:
        """Begin to ring. Raises Refused."""
        to = self._checked(account, form)
        self.town.took(account, form.get("Url", ""))  # where senders put their reference
        call = Call(account, to, form)
        phone = self.town.phones.by_number(to)
        code = self.town.weather[GATEWAY].fail_code
        reached = phone if phone and "call" in phone.channels and not code else None
        self.calls.begin(call, reached, sip=code or ("" if reached else "404"))
        return call

    def _checked(self, account: TwilioVoiceAccount, form: dict[str, str]) -> str:
        to, sender = form.get("To", ""), form.get("From", "")
        if not to:
            raise Refused(21201)
        if not re.fullmatch(r"\+[1-9][0-9]{6,14}", to):
            raise Refused(21211, to=to)
        if not sender:
            raise Refused(21213)
        if sender != account.number:
            raise Refused(21210, sender=sender)
        if not is_url(form.get("Url", "")) and not form.get("Twiml"):
            raise Refused(21205)
        return to

    async def get_call(self, request: web.Request) -> web.Response:
        try:
            account = account_of(self.town, request, TwilioVoiceAccount)
            call = self.calls.by_sid.get(request.match_info["call"])
            if call is None or call.account.name != account.name:
                raise Refused(20404, path=request.path)
        except Refused as refused:
            return told(refused)
        return web.json_response(events.resource(account, call))

    async def get_recording(self, request: web.Request) -> web.Response:
        try:
            account = account_of(self.town, request, TwilioVoiceAccount)
            found = self.town.enclosures.find(account.name, request.match_info["recording"])
            if found is None:
                raise Refused(20404, path=request.path)
        except Refused as refused:
            return told(refused)
        return web.Response(body=found.content, content_type=found.mime_type)

    def ring(self, account: TwilioVoiceAccount, phone: Phone) -> Line:
        """The family rings the school's number; what the school answers is asked of its own address."""
        if not phone.number:
            raise Mistake(f"{phone.id} has no number to ring with.")
        self.town.announce(events.inbound_hook(account, phone))
        return phone.add(Line("call", GATEWAY, account.name, "", self.town.now(), False, rang=True))

    async def control(self, request: web.Request) -> web.Response:
        """GET: the phone's newest call. POST {"do": …}: what its owner does; see `practice.calls.Calls.act`."""
        try:
            phone = self.town.phones.get(request.match_info["id"])
            if request.method == "POST":
                values: dict[str, Any] = await request.json()
                return web.json_response((await self.calls.act(phone, values)).as_json())
            return web.json_response(self.calls.newest(phone).as_json())
        except (Mistake, ValueError, TypeError) as mistake:
            return web.json_response({"error": str(mistake)}, status=400)
