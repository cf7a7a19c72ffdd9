"""Tells the phone where to report: its app takes webhooks over its API alone, and no office should need that."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _
from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways.contract import Refused, Unclear
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import say
from porchlight.delivery.gateways.office_phone.errors import ERRORS, refused_answer
from porchlight.delivery.gateways.wire import Answer, post

# The app knows these since version 1.40; picture messages came later and are left out where it refuses them.
NEEDED = ("sms:received", "sms:sent", "sms:delivered", "sms:failed")
WELCOME = ("mms:downloaded",)


async def connect(http: Http, url: URL, headers: CIMultiDict[str], webhook: str) -> list[str]:
    """Register `webhook` for every event, each under an id of its own so that doing it again replaces it.

    Returns what is wrong, in sentences; an empty list means the phone reports from now on.
    """
    if not webhook.startswith(("https://", "http://127.0.0.1")):
        return [
            _(
                "The phone reports to an https address only. Set PORCHLIGHT_BASE_URL to the public https address."
            )
        ]
    for event in (*NEEDED, *WELCOME):
        body = json.dumps({"id": f"porchlight-{event.replace(':', '-')}", "event": event, "url": webhook})
        answer = await post(http, url, body=body.encode(), headers=headers)
        problem = _problem(answer)
        if problem and event in NEEDED:
            return [problem]
    return []


def _problem(answer: Answer | Refused | Unclear) -> str:
    if isinstance(answer, Answer):
        if answer.status in (200, 201):
            return ""
        answer = refused_answer(answer, {})
    if isinstance(answer, Unclear):
        return _("The phone's service did not answer in time. Try it again in a minute.")
    return say(answer.code, ERRORS)
