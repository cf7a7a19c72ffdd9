"""What every answer of ours carries, whatever was asked and by whom (T28)."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponseBase

from tests.doors.pages import Page

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_SCRIPT_BUT_OURS = ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'")
OF_A_FILE = (
    "sandbox;",
    "default-src 'none'",
    "frame-ancestors 'none'",
)  # a stranger's file: no right to anything
# Their address opens something: it is told to nobody. "no-referrer" would have browsers send their forms from nowhere,
# which no form of ours takes; "strict-origin" tells the server's name, which whoever is linked to knows.
SECRET = (
    "welcome:notice",
    "welcome:invitation",
    "welcome:start_with_code",
    "delivery:pair",
    "hooks:sound",
    "hooks:stop",
    "set_up_link",
)
TELLS_NO_ADDRESS = {"no-referrer", "strict-origin"}
OUTSIDERS = {"nobody", "link holder"}
OF_A_SYSTEM = {
    "private, no-cache"
}  # what a token reads may be kept by that system alone, and is asked for anew


def faults(page: Page, actor: str, response: HttpResponseBase) -> Iterator[str]:
    """What is missing or wrong, in words."""
    have = response.headers
    for name, value in EVERYWHERE.items():
        if have.get(name) != value:
            yield f"{name} is {have.get(name)}, not {value}"
    policy = have.get("Content-Security-Policy", "")
    wanted = OF_A_FILE if policy.startswith("sandbox") else NO_SCRIPT_BUT_OURS
    yield from (f"the policy lacks {part}" for part in wanted if part not in policy)
    if "unsafe-inline" in policy or "unsafe-eval" in policy:
        yield f"the policy lets scripts of others run: {policy}"
    secret = page.name in SECRET or page.name.startswith("welcome:notice")
    if secret and response.status_code < 400 and have.get("Referrer-Policy") not in TELLS_NO_ADDRESS:
        yield f"the secret in its address is told: Referrer-Policy {have.get('Referrer-Policy')}"
    if secret and response.status_code != 405 and "no-store" not in have.get("Cache-Control", ""):
        yield f"a page behind a secret may be stored: {have.get('Cache-Control')}"
    own = actor not in OUTSIDERS and not _for_everybody(page, response)
    if actor == "token":
        of_the_school = page.name.startswith("api_v1:") and page.name != "api_v1:openapi"
        told = of_the_school and response.status_code == 200
        own = told and have.get("Cache-Control") not in OF_A_SYSTEM
    if own and "no-store" not in have.get("Cache-Control", ""):
        yield f"a page of somebody signed in may be stored: {have.get('Cache-Control')}"
    for cookie in response.cookies.values():
        if cookie["max-age"] == 0:
            continue  # taken away
        if (not cookie["httponly"] and cookie.key != "csrftoken") or cookie["samesite"] not in {
            "Lax",
            "Strict",
        }:
            yield f"the cookie {cookie.key} goes further than it has to"


def _for_everybody(page: Page, response: HttpResponseBase) -> bool:
    """Files of the design and answers to machines: the same for all, and nobody's."""
    return page.name in {"static file", "no such file", "hooks:webhook"} or response.status_code == 405
