"""What a token may do, as colleagues read it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.schools.actors import Scope

SCOPE_WORDS: dict[Scope, tuple[Promise, Promise]] = {
    Scope.PEOPLE: (_("Children, their adults, colleagues"), _("Names, languages, who cares for whom.")),
    Scope.MANY: (
        _("The whole roll at once"),
        _(
            "More than 500 people in an hour. Without this, the token is stopped there. Other leaders are told."
        ),
    ),
    Scope.CONTACTS: (
        _("Numbers and mailboxes"),
        _("Of adults who may be contacted. Other leaders are told."),
    ),
    Scope.CLASSES: (_("Classes"), _("And who teaches them.")),
    Scope.MESSAGES: (
        _("Messages"),
        _("What families and school write to each other. Other leaders are told."),
    ),
    Scope.PERSONAL: (
        _("Personal words too"),
        _(
            "Results, health, home visits. Each time is written down under “Who looked”. Other leaders are told."
        ),
    ),
    Scope.DELIVERIES: (_("Deliveries"), _("What arrived, and what did not.")),
    Scope.ANSWERS: (
        _("Questions and answers"),
        _("What was asked, and what homes said. Other leaders are told."),
    ),
    Scope.NOTICES: (_("Announcements"), _("Those that were sent.")),
    Scope.WRITE_NOTICES: (
        _("Send announcements"),
        _("In your name. Above 300 homes a second person still has to look."),
    ),
    Scope.ROSTERS: (_("Rosters"), _("What a file would change, or has changed.")),
    Scope.WRITE_ROSTERS: (_("Hand rosters over"), _("And take them, in your name.")),
}

# Why an address cannot be told anything: codes of `webhooks/reach.py`.
URL_WORDS: dict[str, Promise] = {
    "https": _("This address does not begin with https://. Ask for one that does."),
    "form": _("This is not a whole address. Copy it once more, from https:// to its end."),
    "port": _("This address has a port number in it that we do not send to. Ask for one without."),
    "inside": _(
        "This address lies inside a network of its own, where we do not send. Whoever runs the server can allow it."
    ),
}
# What came of a try: codes of `webhooks/sending.py`; http_… is said with its number.
CODE_WORDS: dict[str, Promise] = {
    "not_public": _("The address leads inside a network where we do not send."),
    "no_connection": _("It could not be reached."),
    "too_slow": _("It took too long to answer."),
    "certificate": _("Its certificate is not in order."),
    "seal": _("Our key for signing could not be opened. Whoever runs the server has to look."),
}


def code_words(code: str) -> str:
    """What came of the last try, as colleagues read it."""
    if code.startswith("http_"):
        return gettext("It answered %(number)s instead of “taken”.") % {"number": code.removeprefix("http_")}
    return str(CODE_WORDS.get(code, ""))
