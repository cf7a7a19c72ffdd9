"""What Twilio's two interfaces have in common: who may come in, and how it says no."""

from __future__ import annotations

import hmac

from aiohttp import BasicAuth, web

from practice.accounts import TwilioAccount, TwilioVoiceAccount
from practice.town import Town
from practice.twilio_events import Refused
from practice.weather import Rude, Weather


def account_of[T: TwilioAccount | TwilioVoiceAccount](town: Town, request: web.Request, kind: type[T]) -> T:
    """The account of the path, if user name and password are its SID and token. Raises Refused."""
    wanted = request.match_info["sid"]
    account = town.account(kind, wanted)
    try:
        given = BasicAuth.decode(request.headers.get("Authorization", ""), encoding="utf-8")
    except ValueError:
        raise Refused(20003) from None
    if not account or given.login != wanted:
        raise Refused(20003)
    if not hmac.compare_digest(given.password.encode(), account.auth_token.encode()):
        raise Refused(20003)
    return account


def told(refused: Refused) -> web.Response:
    """The answer that says it."""
    answer = web.json_response(refused.as_json(), status=refused.http_status)
    if refused.code == 20003:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return answer


def in_rude_weather(rude: Rude, weather: Weather) -> web.Response:
    """The answer of a bad day."""
    code = {Rude.ERROR: 20500, Rude.LIMIT: 20429}.get(rude) or int(weather.code or 20500)
    answer = told(Refused(code))
    if rude is Rude.LIMIT:
        answer.headers["Retry-After"] = str(weather.retry_after)
    return answer
