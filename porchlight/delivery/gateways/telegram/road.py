"""How one of the Bot API's methods is asked: its address, which holds the token, and small questions in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import AccountSettings, Advice, Refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.telegram.errors import refused_answer
from porchlight.delivery.gateways.telegram.fields import BASE_URL
from porchlight.delivery.gateways.telegram.proof import token_of
from porchlight.delivery.gateways.wire import Answer, address, post

AS_JSON: CIMultiDict[str] = CIMultiDict({"Content-Type": "application/json"})
NO_TOKEN = Refused(Advice.STAFF_MUST_ACT, "wrong_token")


def base_of(account: AccountSettings) -> str:
    """Where the Bot API is."""
    return account.settings.get("base_url", "").strip() or BASE_URL


def method_at(account: AccountSettings, method: str) -> URL | None:
    """A method's address; None where there is no token to put into it."""
    token = token_of(account)
    return address(base_of(account), f"/bot{token}/{method}") if token else None


async def ask(
    http: Http, account: AccountSettings, method: str, said: Mapping[str, object]
) -> Mapping[str, object] | Refused:
    """The `result` of a method that may be asked twice. Never raises for what the network does."""
    url = method_at(account, method)
    if url is None:
        return NO_TOKEN
    answer = await post(http, url, body=json.dumps(said).encode(), headers=AS_JSON)
    if not isinstance(answer, Answer):
        return answer if isinstance(answer, Refused) else Refused(Advice.RETRY, "no_connection", answer.why)
    told = tolerant.answer_of(answer.body)
    if answer.status == 200 and tolerant.at(told, "ok") is True:
        return tolerant.mapping(tolerant.at(told, "result"))
    no = refused_answer(answer, told)
    return no if isinstance(no, Refused) else Refused(Advice.RETRY, "no_connection", no.why)
