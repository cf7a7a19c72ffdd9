"""The channel table, from what each gateway declares of itself."""

from __future__ import annotations

from tables import table

from porchlight.delivery.gateways.contract import Gateway
from porchlight.delivery.gateways.registry import all_gateways


def page() -> str:
    """Markdown."""
    gateways = list(all_gateways().values())
    questions = [
        (question, [answer(gateway) for gateway in gateways]) for question, answer in _QUESTIONS.items()
    ]
    rows = [(question, *answers) for question, answers in questions]
    return f"""# Channels and gateways

A **channel** is what the family sees; a **gateway** is who carries it there. What a gateway cannot do is said
here and on its set-up page, and the road works around it: a question without buttons names digits instead.

{table(("", *(gateway.label for gateway in gateways)), rows)}
{"".join(map(_fields, gateways))}"""


def _yes(there: bool) -> str:
    return "yes" if there else "no"


def _window(hours: int | None) -> str:
    return (
        f"within {hours} hours of the family's last message; an approved template otherwise"
        if hours
        else "at any time"
    )


_QUESTIONS = {
    "the family sees": lambda gateway: str(gateway.channel),
    "a family can answer": lambda gateway: _yes(gateway.abilities.receives),
    "buttons or list rows": lambda gateway: str(gateway.abilities.options or "none: digits"),
    "free text": lambda gateway: _window(gateway.abilities.free_text_window_hours),
    "longest text": lambda gateway: str(gateway.abilities.max_text or "no limit worth naming"),
    "says when it was delivered": lambda gateway: _yes(gateway.abilities.reports_delivered),
    "says when it did not arrive": lambda gateway: (
        "later, as news" if gateway.abilities.reports_failed else "at once, in its answer"
    ),
    "says when it was read": lambda gateway: _yes(gateway.abilities.reports_read),
    "what comes in is proved by": lambda gateway: gateway.abilities.proof,
    "a missed call means “please ring me”": lambda gateway: (
        gateway.abilities.missed_calls_need or _yes(gateway.abilities.missed_calls)
    ),
    "brings voice notes, pictures and documents": lambda gateway: _yes(gateway.abilities.brings_files),
    "a spoken answer goes out": lambda gateway: (
        "as sound" if gateway.abilities.sends_sound else "as a link to a page that plays it"
    ),
    "a photo or a letter goes out": lambda gateway: (
        "beside the words" if gateway.abilities.sends_files else "as a link to a page that shows it"
    ),
    "a short film goes out": lambda gateway: (
        "beside the words" if gateway.abilities.sends_films else "as a link to a page that plays it"
    ),
    "identities without a phone number": lambda gateway: _yes(gateway.abilities.identities_without_number),
    "echoes our reference, so a crash is resolved without sending twice": lambda gateway: _yes(
        gateway.abilities.echoes_reference
    ),
}


def _fields(gateway: Gateway) -> str:
    rows = [
        (
            f"{field.label}{' (secret)' if field.secret else ''}{'' if field.required else ' (may stay empty)'}",
            field.help,
        )
        for field in gateway.fields
    ]
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(gateway.steps, start=1))
    return (
        f"\n## {gateway.label}: what the school enters\n\n{table(('field', 'what it is'), rows)}\n"
        f"So that answers come back:\n\n{steps}\n"
    )
