"""What the rooms above hand to delivery: words for a person, and who that person is."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from porchlight.delivery.gateways.contract import Option
from porchlight.families.models import Guardian, Student
from porchlight.schools.tiers import Tier


class Urgency(enum.StrEnum):
    """Whether words may break into a home's quiet hours. Urgent ones carry a reason."""

    ORDINARY = "ordinary"
    URGENT = "urgent"


class ServiceKind(enum.StrEnum):
    """Every message that belongs to no thread. The list is closed; none ever carries a child's content."""

    SIGN_IN_CODE = "sign_in_code"
    SIGN_IN_LINK = "sign_in_link"
    STOP_CONFIRMED = "stop_confirmed"
    START_CONFIRMED = "start_confirmed"
    HELP = "help"
    WHICH_CHILD = "which_child"
    OUT_OF_HOURS = "out_of_hours"
    STILL_READ = "still_read"  # school is closed, and the colleague it is for still reads
    READS_LATER = "reads_later"  # the colleague it is for rests: when they read it
    ASK_ANSWERED = "ask_answered"
    ANSWER_REFUSED = "answer_refused"
    ASK_CLOSED = "ask_closed"
    WE_WILL_RING = "we_will_ring"  # after CALL or a missed call
    MET_BY_A_PERSON = "met_by_a_person"  # we did not understand it, so somebody reads it
    TOLD_AT_ONCE = "told_at_once"  # a child may be missing: people are being called
    NOT_ME_THANKS = "not_me_thanks"
    WAY_CHANGES = "way_changes"  # to the ways known before: that something changes, never what
    WAY_IN_DOUBT = "way_in_doubt"  # to another way of theirs: that one may be somebody else's, never which
    NAMED_BY_FAMILY = "named_by_family"  # to an adult whom a family named: do they want our words?
    NAMED_AGREED = "named_agreed"
    DOSE_FEW = "dose_few"  # they asked for fewer messages
    DOSE_USUAL = "dose_usual"
    HELLO_BACK = "hello_back"  # to a home that greets us; with the languages to choose from
    HELLO_WHO = "hello_who"  # to a number we do not know that greets us: what is needed
    HELLO_LANGUAGE = "hello_language"
    STAFF_ALERT = "staff_alert"
    STAFF_INVITATION = "staff_invitation"
    TEST_MESSAGE = "test_message"  # from a gateway's set-up page


# What opens a door: its words are emptied once they open none any more.
SECRET_KINDS = tuple(
    kind.value for kind in (ServiceKind.SIGN_IN_CODE, ServiceKind.SIGN_IN_LINK, ServiceKind.STAFF_INVITATION)
)


@dataclass(frozen=True, slots=True)
class AskSpec:
    """A question as a channel needs it. `options` carry the digit as key and the label in the reader's language.

    `code` is the ask's short name ("K4"): families may put it first when several questions are open at once.
    """

    shape: str
    options: tuple[Option, ...] = ()
    code: str = ""
    of_each: bool = False  # every adult is asked, not the home
    needs_code: bool = False  # another open question of theirs could be meant: this one's code goes first
    speaks: str = (
        ""  # keys of answers that are said in words too: who presses one in a call is recorded at once
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """A recording in the file store. `mime_type` is what gateways are told."""

    path: str
    mime_type: str
    in_calls: bool = False  # the very words of `text`, said for those who are rung; others read them


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A photo or a letter in the file store that goes along with the words."""

    path: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class Content:
    """One reader's words, already in the language they read wherever we have it."""

    text: str
    language: str  # BCP-47, of `text`
    tier: Tier
    subject: str = ""
    ask: AskSpec | None = None
    sender_name: str = ""  # "Ms Amal"
    student_names: tuple[str, ...] = ()
    page_path: str = ""  # the page where this can be read and answered, from the first slash on
    is_original: bool = False  # not in the reader's language: nobody made a version yet, and the text says so
    is_by_machine: bool = False  # a machine's translation nobody has read over, and the text says so
    is_in_machine_letters: bool = False  # people's words in letters that a machine put, and the text says so
    urgent_reason: str = ""
    spoken: Spoken | None = None  # said aloud; `text` says so, for where no sound can go
    was_to_be_recorded: bool = False  # a person was asked to say it, and has not
    enclosed: Enclosed | None = (
        None  # goes along where it can; elsewhere the words get the page that shows it
    )
    code: str = ""  # a sign-in code that `text` names: some gateways want it apart
    answer_by: datetime | None = None  # the question takes answers until then


@dataclass(frozen=True, slots=True)
class Recipient:
    """One guardian, and the children the words are about: siblings share a parcel."""

    guardian: Guardian
    students: tuple[Student, ...] = ()
