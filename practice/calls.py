"""Calls on the town's phones: they ring, somebody answers or does not, hears what is said, presses keys, speaks.

The TwiML that the school answers with is carried out here, verb by verb: Say, Play, Pause, Gather, Record, Redirect,
Hangup, Reject. Nothing happens by the clock: whoever presses no key says so (`wait`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import urljoin

from aiohttp import ClientError, ClientSession, ClientTimeout
from yarl import URL

from practice import twilio_voice_events as events
from practice.a_call import Call, Said
from practice.enclosures import Enclosure
from practice.errors import Mistake
from practice.phones import Line, Phone
from practice.town import Town
from practice.twiml import Verb, verbs
from practice.wav import silence
from practice.webhooks import Webhook

KEPT = 500
MOST_REQUESTS = 60  # of one call: whoever redirects for ever is cut off
MACHINE = (
    "machine_end_beep",
    "machine_end_silence",
    "machine_end_other",
    "machine_start",
    "fax",
    "unknown",
    "human",
)


class Calls:
    """All calls of the town, the newest last."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.by_sid: OrderedDict[str, Call] = OrderedDict()

    def forget(self) -> None:
        self.by_sid.clear()

    def newest(self, phone: Phone) -> Call:
        """The one that rings or is under way, else the last. Raises Mistake."""
        mine = [call for call in self.by_sid.values() if call.phone == phone.id]
        if not mine:
            raise Mistake(f"Nobody has rung {phone.id} yet.")
        return next((call for call in mine if not call.is_over), mine[-1])

    def begin(self, call: Call, phone: Phone | None, *, sip: str) -> None:
        """Ring, or say why it does not: a number nobody has, a phone that is in use or switched off."""
        self.by_sid[call.sid] = call
        while len(self.by_sid) > KEPT:
            self.by_sid.popitem(last=False)
        call.began, call.sip = self.town.now(), sip
        is_in_use = phone is not None and any(
            one.phone == phone.id and not one.is_over for one in self.by_sid.values()
        )
        told = ["initiated"]
        if phone is None:
            told.append("failed")
        else:
            call.phone = phone.id
            call.line = phone.add(
                Line("call", "twilio_voice", call.account.name, "", call.began, True, call.sid)
            )
            told += ["busy"] if is_in_use else ["ringing", "no-answer"] if phone.switched_off else ["ringing"]
        self._is(call, *told)

    def _is(self, call: Call, *statuses: str) -> None:
        """So it stands now, after each of these; the school hears of those it asked for, in their order."""
        hooks = [hook for status in statuses for hook in self._told(call, status)]
        if hooks:
            self.town.report("twilio_voice", hooks)

    def _told(self, call: Call, status: str) -> list[Webhook]:
        call.status = status
        if call.line is not None:
            call.line.status = status
            self.town.phones.get(call.phone).changed += 1
        wanted = call.form.get("StatusCallbackEvent", "completed").split()
        name = {"in-progress": "answered"}.get(status, "completed" if call.is_over else status)
        is_told = name in wanted and bool(call.form.get("StatusCallback"))
        return [events.status_hook(call, status, self.town.now())] if is_told else []

    async def act(self, phone: Phone, values: Mapping[str, Any]) -> Call:
        """What the owner does with the newest call. Raises Mistake.

        do: answer (by: human or a machine, as Twilio names it), decline, let_ring, press (keys), wait, speak
        (seconds), hang_up
        """
        call, what = self.newest(phone), str(values.get("do") or "")
        if call.is_over:
            raise Mistake("That call is over.")
        if (what in {"answer", "decline", "let_ring"}) != (call.status == "ringing"):
            raise Mistake(f"The call is {call.status}: {what or 'nothing'} cannot be done with it now.")
        doing: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
            "answer": lambda: self._answer(call, str(values.get("by") or "human")),
            "decline": lambda: self._end(call, "busy"),
            "let_ring": lambda: self._end(call, "no-answer"),
            "press": lambda: self._press(call, str(values.get("keys") or "")),
            "wait": lambda: self._wait(call),
            "speak": lambda: self._speak(call, float(values.get("seconds") or 5)),
            "hang_up": lambda: self._hang_up(call),
        }
        if what not in doing:
            raise Mistake(f"do is one of {', '.join(doing)}, not {what!r}.")
        await doing[what]()
        phone.changed += 1
        return call

    async def _answer(self, call: Call, by: str) -> None:
        if by not in MACHINE:
            raise Mistake(f"Calls are answered by {', '.join(MACHINE)}, not by {by!r}.")
        detects = call.form.get("MachineDetection", "")
        if detects:
            call.answered_by = "machine_start" if detects == "Enable" and by.startswith("machine") else by
        self._is(call, "in-progress")
        if call.form.get("Url"):
            await self._ask(call, call.form["Url"])
        else:
            call.rest = verbs(call.form["Twiml"])
            await self._go_on(call)

    async def _press(self, call: Call, keys: str) -> None:
        verb = call.waits
        if verb is None or verb.name != "Gather":
            raise Mistake("Nobody waits for a key now.")
        if not keys or set(keys) - set("0123456789*#"):
            raise Mistake("Keys are 0 to 9, * and #.")
        ends = verb.attributes.get("finishOnKey", "#")
        most = int(verb.attributes.get("numDigits") or 0)
        typed, ended, _ = keys.partition(ends) if ends else (keys, "", "")
        typed = typed[:most] if most else typed
        call.seconds += 3
        if not typed and verb.attributes.get("actionOnEmptyResult") != "true":
            await self._wait(call)
            return
        more = {"Digits": typed, "msg": "Gather End"} | ({"FinishedOnKey": ended} if ended else {})
        await self._ask(call, verb.attributes.get("action") or call.at, more)

    async def _wait(self, call: Call) -> None:
        if call.waits is None:
            raise Mistake("Nobody waits for anything now.")
        call.seconds += 5
        if call.waits.attributes.get("actionOnEmptyResult") == "true":
            await self._ask(
                call, call.waits.attributes.get("action") or call.at, {"Digits": "", "msg": "Gather End"}
            )
            return
        call.waits = None
        await self._go_on(call)

    async def _speak(self, call: Call, seconds: float) -> None:
        verb = call.waits
        if verb is None or verb.name != "Record":
            raise Mistake("Nobody records now.")
        seconds = min(seconds, float(verb.attributes.get("maxLength") or 3600))
        call.seconds += round(seconds)
        await self._ask(call, verb.attributes.get("action") or call.at, self._recorded(call, seconds, "#"))

    def _recorded(self, call: Call, seconds: float, ended: str) -> dict[str, str]:
        sid = events.new_sid("")
        note = Enclosure("audio", "audio/x-wav", f"RE{sid}.wav", silence(seconds), sid)
        self.town.enclosures.keep(call.account.name, note)
        place = f"{self.town.url}/{events.VERSION}/Accounts/{call.account.account_sid}/Recordings/RE{sid}"
        return {"RecordingUrl": place, "RecordingSid": f"RE{sid}", "RecordingDuration": str(round(seconds)),
                "Digits": ended}  # fmt: skip

    async def _hang_up(self, call: Call) -> None:
        """While it records, what was said until now is kept, as Twilio keeps it."""
        verb, call.waits = call.waits, None
        self._is(call, "completed")
        if verb is not None and verb.name == "Record":
            await self._ask(call, verb.attributes.get("action") or call.at, self._recorded(call, 4, "hangup"))

    async def _end(self, call: Call, status: str) -> None:
        self._is(call, status)

    async def _ask(self, call: Call, place: str, more: dict[str, str] | None = None) -> None:
        """Ask the school what to do next, and do it."""
        call.requests += 1
        call.waits, call.rest = None, []
        call.at = urljoin(call.at or place, place)
        posting = events.hook(call.account, call.at, "twiml", events.asking(call, more)).build()
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=15)) as http,
                http.post(
                    URL(call.at, encoded=True).with_fragment(None), data=posting.body, headers=posting.headers,
                    allow_redirects=False,
                ) as answer,
            ):  # fmt: skip
                body = (await answer.text()) if answer.status == 200 else ""
                call.refused = 0 if answer.status == 200 else answer.status
        except (ClientError, TimeoutError, OSError):
            body, call.refused = "", 502
        if call.is_over:
            return
        if call.refused or call.requests > MOST_REQUESTS:
            call.said.append(Said("We are sorry, an application error has occurred. Goodbye.", "en"))
            self._is(call, "completed")
            return
        call.rest = verbs(body)
        await self._go_on(call)

    async def _go_on(self, call: Call) -> None:
        """Verb after verb, until one waits for the phone's owner or the call is over."""
        while call.rest and not call.is_over:
            verb = call.rest.pop(0)
            match verb.name:
                case "Say" | "Play" | "Pause":
                    await self._heard(call, verb)
                case "Gather":
                    for inside in verb.inside:
                        await self._heard(call, inside)
                    call.waits = verb
                    return
                case "Record":
                    call.waits = verb
                    return
                case "Redirect":
                    await self._ask(call, verb.text.strip() or call.at)
                    return
                case "Hangup" | "Reject":
                    break
                case other:
                    raise Mistake(f"This town knows no <{other}>.")
        if not call.is_over:
            self._is(call, "completed")

    async def _heard(self, call: Call, verb: Verb) -> None:
        call.seconds += 2
        if verb.name == "Pause":
            return
        said = Said(verb.text, verb.attributes.get("language", ""), verb.attributes.get("voice", ""))
        if verb.name == "Play":
            said = await self._played(call, urljoin(call.at, verb.text.strip()))
        call.said.append(said)
        if call.line is not None:
            call.line.text += ("\n" if call.line.text else "") + (said.text or "♪")
            call.line.sound = said.sound or call.line.sound

    async def _played(self, call: Call, place: str) -> Said:
        """Fetch the sound, as Twilio does: without any access of its own."""
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=15)) as http,
                http.get(URL(place, encoded=True), allow_redirects=False) as answer,
            ):
                content = await answer.read() if answer.status == 200 else b""
                kind = answer.content_type
        except (ClientError, TimeoutError, OSError):
            content, kind = b"", ""
        if not content or kind not in {"audio/wav", "audio/x-wav", "audio/mpeg", "audio/basic"}:
            return Said(url=place, mime_type=kind)
        kept = self.town.enclosures.keep(call.account.name, Enclosure("audio", kind, "call.wav", content))
        return Said(url=place, mime_type=kind, size=len(content), sound=kept.id)
