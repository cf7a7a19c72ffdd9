"""What the larger components are given: plain records, so that a page's view can be tested without its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from porchlight.design.lights import Light

type Words = str | Promise

TONES = {"", "good", "care", "info", "lamp"}
VOICE_NOTE = _("Voice note")
BUTTONS = {"", "lamp", "quiet"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A short state. `tone` is empty, good, care, info or lamp; `care` means ours and late, never a family's."""

    words: Words
    tone: str = ""
    icon: str = ""

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"A tag's tone is one of {sorted(TONES)}, not {self.tone!r}.")


@dataclass(frozen=True, slots=True)
class Action:
    """A way on: a link, or with `post=True` a button that sends. `style` is empty, lamp or quiet."""

    words: Words
    url: str
    style: str = ""
    icon: str = ""
    post: bool = False

    def __post_init__(self) -> None:
        if self.style not in BUTTONS:
            raise ValueError(f"A button's style is one of {sorted(BUTTONS)}, not {self.style!r}.")


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice note: a link to the sound, its length in seconds and its size in bytes, since data costs money."""

    url: str
    seconds: float
    size: int
    words: Words = VOICE_NOTE

    @property
    def length(self) -> str:
        """`0:21`"""
        whole = round(self.seconds)
        return f"{whole // 60}:{whole % 60:02}"

    @property
    def kilobytes(self) -> int:
        """At least 1."""
        return max(1, round(self.size / 1000))


@dataclass(frozen=True, slots=True)
class Aloud:
    """Words that a machine reads out: where the sound is, and about how many seconds and bytes it has."""

    url: str
    seconds: float
    size: int

    @property
    def about(self) -> int:
        """Whole seconds; above ten, in fives."""
        return max(1, round(self.seconds)) if self.seconds < 10 else 5 * round(self.seconds / 5)

    @property
    def kilobytes(self) -> int:
        """At least 1."""
        return max(1, round(self.size / 1000))


@dataclass(frozen=True, slots=True)
class Film:
    """A film to be played in the page: how long it is, what it costs to fetch, and its size in pixels."""

    url: str
    seconds: float
    weight: Words
    width: int
    height: int

    @property
    def length(self) -> str:
        """`0:21`"""
        whole = round(self.seconds)
        return f"{whole // 60}:{whole % 60:02}"


@dataclass(frozen=True, slots=True)
class Saying:
    """Words in their own language (a BCP 47 tag)."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One utterance in a thread.

    `mine`: written by the side that looks. `how` is the channel (`whatsapp`, `sms`, …), `status` a delivery status;
    both may be empty. `provenance` says how the words came to be in this language, as `languages` words it.
    """

    author: str
    said: Saying
    at: datetime
    dated: bool = False  # says the day too, where no line above does
    mine: bool = False
    about: Words = ""  # who they are to the child: "father"
    how: str = ""
    status: str = ""
    original: Saying | None = None
    provenance: Words = ""
    above: Saying | None = None  # that the words are not in a language of who looks
    translation: Saying | None = None  # of the other side's words, under them: the original comes first
    translated_by: Words = ""
    whole: str = ""  # everything that came, in whatever language, where `said` is only what is new in it
    voice: Voice | None = None
    film: Film | None = None  # that went along with the words
    aloud: Aloud | None = None  # its words, read out
    player: str = ""  # where its sound is: played in the page by the browser itself
    tags: Sequence[Tag] = ()
    actions: Sequence[Action] = ()
    key: str = ""  # the element's id becomes m-<key>


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A home in a list on a staff page: its porch, whose it is, their words or ours, when an answer is due, what to do.

    An unlit porch must carry an action or a tag that names the next step: raises ValueError without.
    """

    name: str
    light: Light | str
    about: Words = ""
    words: Words = ""
    said: Saying | None = None
    translation: Saying | None = None  # of what they said, under it
    voice: Voice | None = None
    tags: Sequence[Tag] = ()
    note: Words = ""
    actions: Sequence[Action] = ()

    def __post_init__(self) -> None:
        if Light(self.light) is Light.UNLIT and not (self.actions or self.tags):
            raise ValueError(f"{self.name}: an unlit porch is always shown with a next step.")


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a reach bar. `colour` is c0 to c6 of the stylesheet; c1 is lamplight and means heard or reached."""

    words: Words
    count: int
    colour: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of a preview: by language or by channel."""

    label: Words
    said: Saying
    label_language: str = ""
    count: int | None = None
    heading: Words = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `number` aligns it to the end."""

    words: Words
    number: bool = False
    hidden: bool = False  # its heading is for screen readers only


@dataclass(frozen=True, slots=True)
class Table:
    """A table that becomes cards on a phone. The first cell of a row is its heading. Cells are escaped unless safe."""

    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Sequence[Words | int | SafeString]]
    foot: Sequence[Words | int | SafeString] = ()
    caption_seen: bool = True

    def cells(self) -> list[list[tuple[Column, Words | int | SafeString]]]:
        """Each row with its columns; raises ValueError when a row is too long or too short."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def foot_cells(self) -> list[tuple[Column, Words | int | SafeString]]:
        """The last line, when there is one."""
        return list(zip(self.columns, self.foot, strict=True)) if self.foot else []
