"""Threads, messages, notices, asks and answers."""

from porchlight.conversations.models.asks import Answer, AnswerFrom, Ask, Shape
from porchlight.conversations.models.calls import Ringing
from porchlight.conversations.models.delegating import DelegatedChild, Delegation
from porchlight.conversations.models.doses import ChosenDose, Gathered
from porchlight.conversations.models.films import FilmLimit
from porchlight.conversations.models.for_all import AnswerForAll
from porchlight.conversations.models.listening import Listening
from porchlight.conversations.models.marks import Mark
from porchlight.conversations.models.notices import Approval, Kind, Notice, NoticeVersion
from porchlight.conversations.models.of_messages import MessageParcel, ReadAloud, Rendering, Seen, Unreached
from porchlight.conversations.models.promises import PromiseKept
from porchlight.conversations.models.sharing import Sharing, SharingWith, Source
from porchlight.conversations.models.signatures import Signature
from porchlight.conversations.models.standing_in import StandIn
from porchlight.conversations.models.templates import Template, TemplateVersion
from porchlight.conversations.models.threads import Author, Message, Thread
from porchlight.conversations.models.translating import (
    Awaiting,
    Check,
    CheckReason,
    ParentVerdict,
    Unchecked,
    Verdict,
)
from porchlight.conversations.models.triage import TriageItem, TriageReason, WhichChild
from porchlight.conversations.models.troubles import Trouble, TroubleKind
from porchlight.conversations.models.worries import Worry

__all__ = [
    "Answer",
    "AnswerForAll",
    "AnswerFrom",
    "Approval",
    "Ask",
    "Author",
    "Awaiting",
    "Check",
    "CheckReason",
    "ChosenDose",
    "DelegatedChild",
    "Delegation",
    "FilmLimit",
    "Gathered",
    "Kind",
    "Listening",
    "Mark",
    "Message",
    "MessageParcel",
    "Notice",
    "NoticeVersion",
    "ParentVerdict",
    "PromiseKept",
    "ReadAloud",
    "Rendering",
    "Ringing",
    "Seen",
    "Shape",
    "Sharing",
    "SharingWith",
    "Signature",
    "Source",
    "StandIn",
    "Template",
    "TemplateVersion",
    "Thread",
    "TriageItem",
    "TriageReason",
    "Trouble",
    "TroubleKind",
    "Unchecked",
    "Unreached",
    "Verdict",
    "WhichChild",
    "Worry",
]
