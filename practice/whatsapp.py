"""WhatsApp Cloud API: the Graph paths a business calls, and what families send back.

    POST /v23.0/<phone number id>/messages      send, or mark as read (bearer token)
    GET  /v23.0/<phone number id>               the number's own record, for testing credentials
    GET  /v23.0/<media id>                      where the bytes of a voice note or picture lie, for five minutes
    GET  /whatsapp_business/attachments/        those bytes (bearer token)
    GET  /v23.0/<business id>/message_templates the approved templates

The 24-hour window of each phone is kept here, so free text outside it is really refused.
"""

from __future__ import annotations

import hmac
import json
from datetime import datetime

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from yarl import URL

from practice import whatsapp_events as events
from practice import whatsapp_templates as templates
from practice.accounts import Template, WhatsAppAccount
from practice.bench import Bench
from practice.enclosures import Enclosure
from practice.errors import Mistake
from practice.phones import Line, Option, Phone
from practice.town import Town
from practice.weather import Rude, Weather, in_weather
from practice.whatsapp_errors import Refused
from practice.whatsapp_media import Media
from practice.whatsapp_requests import Wish, read

GATEWAY = "whatsapp"


class WhatsApp:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.bench = Bench(town) if town.settings.bench else None
        self.media = Media(town)

    def routes(self) -> list[web.RouteDef]:
        version = r"/{version:v\d+\.\d+}"
        return [
            web.post(version + "/{id}/messages", self.post_message),
            web.post(version + "/{id}/media", self.post_media),
            web.get(version + "/{id}/message_templates", self.get_templates),
            web.get(version + "/{id}", self.get_number),
            web.get("/whatsapp_business/attachments/", self.media.get_attachment),
        ]

    async def post_message(self, request: web.Request) -> web.StreamResponse:
        return await in_weather(self.town.weather[GATEWAY], request, self._post_message, _refuse)

    async def _post_message(self, request: web.Request) -> web.StreamResponse:
        try:
            account = self._account(request)
            try:
                if self.bench:
                    return self.bench.whatsapp(account, await request.read())
                body = json.loads(await request.read())
            except ValueError:
                raise Refused(100, message="(#100) The request body is not JSON.") from None
            if isinstance(body, dict) and body.get("status") == "read":
                return web.json_response({"success": True})
            return web.json_response(self.take(account, read(account, body)))
        except Refused as refused:
            self.town.counts[f"{GATEWAY} {refused.code} refused"] += 1
            return _error(refused)

    async def post_media(self, request: web.Request) -> web.StreamResponse:
        """A recording is handed over before the message that names it."""
        return await in_weather(self.town.weather[GATEWAY], request, self._post_media, _refuse)

    async def _post_media(self, request: web.Request) -> web.StreamResponse:
        try:
            account = self._account(request)
            return web.json_response({"id": await self.media.take(account, request)})
        except Refused as refused:
            return _error(refused)

    async def get_number(self, request: web.Request) -> web.Response:
        try:
            if (told := self.media.told(request)) is not None:
                return web.json_response(told)
            account = self._account(request)
        except Refused as refused:
            return _error(refused)
        return web.json_response(
            {
                "verified_name": account.verified_name,
                "display_phone_number": account.number,
                "quality_rating": "GREEN",
                "id": account.phone_number_id,
            }
        )

    async def get_templates(self, request: web.Request) -> web.Response:
        try:
            account = self._account(request)
        except Refused as refused:
            return _error(refused)
        rows = [templates.row(template) for template in account.templates]
        return web.json_response(
            {"data": rows, "paging": {"cursors": {"before": "MAZDZD", "after": "MjQZD"}}}
        )

    def _account(self, request: web.Request) -> WhatsAppAccount:
        """The account the path names, if the bearer token is its own."""
        wanted = request.match_info["id"]
        account = self.town.account(WhatsAppAccount, wanted)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
        if account and hmac.compare_digest(token, account.access_token.encode()):
            return account
        others = (a for a in self.town.accounts.values() if isinstance(a, WhatsAppAccount))
        if not any(token == other.access_token.encode() for other in others):
            raise Refused(190, message="Invalid OAuth access token - Cannot parse access token")
        raise Refused(
            100,
            subcode=33,
            message=f"Unsupported post request. Object with ID '{wanted}' does not exist, cannot be loaded "
            "due to missing permissions, or does not support this operation.",
        )

    def take(self, account: WhatsAppAccount, wish: Wish) -> dict[str, object]:
        """Deliver a message to its phone and answer as the service does. Raises Refused."""
        if wish.number and wish.number == account.number:
            raise Refused(131021)
        phone = self._phone(wish)
        outside = phone is not None and not wish.template and not self.window_open(account, phone)
        if outside and account.window_refusal == "answer":
            raise Refused(131047)
        wa_id = wish.number.removeprefix("+")
        upload = wish.sound or wish.file
        named = self.media.named(account, upload) if upload else None
        line = Line(
            "whatsapp", GATEWAY, account.name, wish.text, self.town.now(), True,
            provider_id=events.new_id(wa_id), reference=wish.reference, options=wish.options,
            list_label=wish.list_label, template=wish.template, copies=wish.copies, raw=wish.raw,
            enclosed=named.name if named else "", sound=wish.sound, file=wish.file,
        )  # fmt: skip
        self.town.took(account, wish.reference)
        self._deliver(account, phone or Phone("", number=wish.number, user_id=wish.user_id), line, outside)
        contact = {"input": wish.asked_for, **({"wa_id": wa_id} if wa_id else {"user_id": wish.user_id})}
        message: dict[str, str] = {"id": line.provider_id}
        if wish.template:
            message["message_status"] = "accepted"
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}

    def window_open(self, account: WhatsAppAccount, phone: Phone) -> bool:
        """Whether the family wrote to this number within 24 hours, by the school clock."""
        last = phone.windows.get(account.name)
        return last is not None and self.town.now() - last < events.WINDOW

    def _phone(self, wish: Wish) -> Phone | None:
        phone = self.town.phones.by_number(wish.number) if wish.number else None
        return phone or (self.town.phones.by_user_id(wish.user_id) if wish.user_id else None)

    def _deliver(self, account: WhatsAppAccount, phone: Phone, line: Line, outside: bool) -> None:
        weather = self.town.weather[GATEWAY]
        code = int(weather.fail_code or 0) or (131047 if outside else 0)
        if "whatsapp" not in phone.channels:
            code = code or 131026
        if code:
            line.status, line.error = "failed", str(code)
            self._report(account, phone, line, ["failed"], code)
            return
        phone.add(line)
        line.status = "sent" if phone.switched_off else "delivered"
        self._report(account, phone, line, ["sent"] if phone.switched_off else ["sent", "delivered"])

    def _report(
        self, account: WhatsAppAccount, phone: Phone, line: Line, names: list[str], code: int = 0
    ) -> None:
        at, window = self.town.now(), phone.windows.get(account.name)
        hooks = []
        for name in names:
            said = events.status(phone, line, name, at, window=window, code=code)
            hooks.append(events.hook(account, name, events.statuses_body(account, phone, [said])))
        self.town.report(GATEWAY, hooks)

    def mark_read(self, phone: Phone) -> int:
        """The family opened WhatsApp: every delivered message is read. Returns how many."""
        lines = [x for x in phone.lines if x.gateway == GATEWAY and x.from_school and x.status == "delivered"]
        for line in lines:
            line.status = "read"
            phone.changed += 1
            self._report(self.town.named(line.account, WhatsAppAccount), phone, line, ["read"])
        return len(lines)

    def say(
        self, account: WhatsAppAccount, phone: Phone, text: str, option: Option | None, about: Line | None
    ) -> Line:
        """The family writes, or presses an option of the message `about`. Opens their 24-hour window."""
        at: datetime = self.town.now()
        wamid = events.new_id(phone.wa_id, inbound=True)
        context = {"from": account.display_number.lstrip("+"), "id": about.provider_id} if about else {}
        if option:
            message = events.choice_message(phone, wamid, at, option, context)
        else:
            message = events.text_message(phone, wamid, at, text, context)
        self.mark_read(phone)
        phone.windows[account.name] = at
        body = events.message_body(account, phone, message)
        self.town.announce(events.hook(account, "message", body))
        line = Line("whatsapp", GATEWAY, account.name, option.label if option else text, at, False, wamid)
        return phone.add(line)

    def enclose(self, account: WhatsAppAccount, phone: Phone, text: str, enclosure: Enclosure) -> Line:
        """A voice note, a picture or a document, with `text` as its caption where there can be one."""
        at = self.town.now()
        wamid = events.new_id(phone.wa_id, inbound=True)
        self.mark_read(phone)
        phone.windows[account.name] = at
        message = events.enclosure_message(phone, wamid, at, text, enclosure)
        self.town.announce(events.hook(account, "message", events.message_body(account, phone, message)))
        line = Line("whatsapp", GATEWAY, account.name, text, at, False, wamid, enclosed=enclosure.name)
        return phone.add(line)

    def ring(self, account: WhatsAppAccount, phone: Phone) -> Line:
        """The family rings the school's WhatsApp number once. A call opens no window for free text."""
        at = self.town.now()
        bodies = events.call_bodies(account, phone, at)
        self.town.announce(*(events.hook(account, "missed call", body) for body in bodies))
        return phone.add(Line("whatsapp", GATEWAY, account.name, "", at, False, rang=True))

    def change_template(self, account: WhatsAppAccount, name: str, language: str, **changes: str) -> Template:
        """Approve, pause, reject, disable or recategorise a template, and post what Meta posts then."""
        template = account.template(name, language) or Template(name=name, language=language)
        if template not in account.templates:
            account.templates.append(template)
        at = self.town.now()
        if category := changes.get("category", "").upper():
            template.category = category
            self.town.announce(
                events.hook(
                    account, "template category", events.template_category_body(account, template, at)
                )
            )
        if status := changes.get("status", "").upper():
            template.status = status
            body = events.template_status_body(account, template, at, changes.get("reason") or "NONE")
            self.town.announce(events.hook(account, "template status", body))
        return template

    def move_number(self, account: WhatsAppAccount, phone: Phone, number: str) -> None:
        """The family changes their number: the service says so, and the phone answers under the new one."""
        if not phone.wa_id:
            raise Mistake("This phone shows no number on WhatsApp.")
        old = phone.wa_id
        self.town.phones.renumber(phone, number)
        body = events.number_changed_body(account, old, phone.wa_id, self.town.now())
        self.town.announce(events.hook(account, "number changed", body))

    async def verify(self, account: WhatsAppAccount, challenge: str = "1158201444") -> bool:
        """Meta's handshake: a GET to the callback that has to answer with the challenge as plain text."""
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": account.verify_token,
        }
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=10)) as http,
                http.get(URL(account.callback).update_query(query), allow_redirects=False) as answer,
            ):
                return answer.status == 200 and (await answer.text()).strip() == challenge
        except (ClientError, TimeoutError, OSError):
            return False


def _error(refused: Refused) -> web.Response:
    return web.json_response(refused.as_json(), status=refused.http_status)


def _refuse(rude: Rude, weather: Weather) -> web.Response:
    code = {Rude.ERROR: 131000, Rude.LIMIT: 130429}.get(rude) or int(weather.code or 131000)
    answer = _error(Refused(code))
    if rude is Rude.LIMIT:
        answer.headers["Retry-After"] = str(weather.retry_after)
    return answer
