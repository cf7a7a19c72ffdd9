"""What a gateway says of itself: what it asks the office for, and what it can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettingField:
    """One line of a gateway's settings form, and of the docs."""

    name: str
    label: str
    help: str
    secret: bool = False
    required: bool = True
    default: str = ""
    is_list: bool = False  # one value a line
    leads: bool = False  # says where, or how, this account's secrets that are `sent` go
    sent: bool = False  # of a secret: it goes out; the others only prove what comes in


@dataclass(frozen=True, slots=True)
class Abilities:
    """What this gateway can and cannot do; the channel table in the docs is made from it."""

    echoes_reference: bool  # ours comes back in statuses: a crash is resolved without resending
    reports_delivered: bool
    reports_read: bool
    options: int  # how many buttons or list rows; 0: the text names digits instead
    free_text_window_hours: int | None  # None: free text at any time
    receives: bool
    reports_failed: bool = (
        True  # a failure comes later, as a status; False: the answer to the sending says it all
    )
    proof: str = "a signature over every word"  # that what comes in is theirs; in words for the docs
    missed_calls: bool = False
    missed_calls_need: str = ""  # what must be there beside the account, in words for the docs
    brings_files: bool = False  # pictures, voice notes and documents can be fetched, or come in the webhook
    sends_sound: bool = (
        False  # a spoken answer goes out as sound; elsewhere as a link to a page that plays it
    )
    sends_files: bool = False  # a photo or a letter goes along; elsewhere as a link to a page that shows it
    sends_films: bool = False  # a short film goes along; elsewhere as a link to a page that plays it
    max_caption: int = 0  # the longest words beside a photo, in UTF-16 units; 0: no limit
    identities_without_number: bool = False
    says_only_that_news_waits: bool = False  # the words stand on the family's page; reached is who opened it
    by_hand: bool = False  # a person carries it: no worker, no webhook, only what that person says of it
    says_when_it_leaves: bool = (
        False  # by `leaving.leaves`, late; else all that was handed over may have left
    )
    max_text: int = 0  # 0: no limit worth naming
    max_webhook: int = 3 * 1024 * 1024  # bytes of one webhook; larger ones are refused unread
