"""Words that were sent when the session was over: kept for whoever typed them, until they have come in again.

Nothing is done with them. They stand in the form they were typed in, for the same person to send once more; whoever
else comes in on this browser never sees them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from porchlight.design.refilling import refilled
from porchlight.toolbox.sealed import WrongSeal, seal, unseal

HELD = "held_words"
PLACE = "session:held_words"
LAST_FOR = 2 * 60 * 60  # seconds
MOST = 100_000  # letters
NEVER = {"csrfmiddlewaretoken", "password", "code"}


@dataclass(frozen=True, slots=True)
class HeldWords:
    """What was sent where, from which page, by which user."""

    user_id: int
    action: str
    page: str
    words: Mapping[str, list[str]]
    had_files: bool


def hold(request: HttpRequest, user_id: int) -> str:
    """Keep what this POST brought, in the browser's new session. Returns the page to come back to."""
    page = _page_of(request)
    words = {name: values for name, values in request.POST.lists() if name not in NEVER}
    told = json.dumps(
        {
            "user": user_id,
            "action": request.path,
            "page": page,
            "words": words,
            "files": bool(request.FILES),
            "at": time.time(),
        }
    )
    if len(told) <= MOST:
        request.session[HELD] = seal({"told": told}, PLACE)
    return page


def _page_of(request: HttpRequest) -> str:
    """The page the form stood on, where the browser says so and it is ours; else where it was sent."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc == request.get_host() and referrer.path.startswith("/"):
        return referrer.path + (f"?{referrer.query}" if referrer.query else "")
    return request.get_full_path()


def give_back(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """This page with the words in their form, where it is the page they were typed on and its reader typed them."""
    held = _held(request) if request.method == "GET" and HELD in request.session else None
    if held is None or not isinstance(response, HttpResponse) or response.status_code != 200:
        return response
    if held.page.split("?")[0] != request.path:
        return response
    del request.session[HELD]
    page = response.content.decode()
    note = render_to_string("design/words_kept.html", {"held": held}, request)
    filled = refilled(page, held.words, action=held.action, here=request.path, note=note)
    response.content = filled if filled is not None else _beside(page, request, held)
    return response


def _beside(page: str, request: HttpRequest, held: HeldWords) -> str:
    """The form is gone meanwhile: the words stand on top of the page."""
    said = [value for values in held.words.values() for value in values if " " in value.strip()]
    note = render_to_string("design/words_kept.html", {"held": held, "said": said}, request)
    head, mark, rest = page.partition("<main")
    opening, close, inside = rest.partition(">")
    return f"{head}{mark}{opening}{close}{note}{inside}" if mark else page


def _held(request: HttpRequest) -> HeldWords | None:
    """What is kept for whoever reads now; for anybody else it is thrown away."""
    try:
        told = json.loads(unseal(request.session[HELD], PLACE)["told"])
    except (WrongSeal, ValueError, KeyError):
        told = {}
    if told.get("user") != request.user.pk or time.time() - told.get("at", 0) > LAST_FOR:
        del request.session[HELD]
        return None
    return HeldWords(told["user"], told["action"], told["page"], told["words"], told["files"])
