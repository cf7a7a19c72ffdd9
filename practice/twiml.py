"""TwiML taken apart: the verbs in their order, with their attributes and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from practice.errors import Mistake


@dataclass(slots=True)
class Verb:
    """One verb; `inside` are the verbs in a Gather."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    inside: list[Verb] = field(default_factory=list)


def verbs(document: str) -> list[Verb]:
    """What stands in <Response>. Raises Mistake for what Twilio would not take either (its error 12100)."""
    root = Verb("")
    open_now = [root]

    def begins(name: str, attributes: dict[str, str]) -> None:
        verb = Verb(name, attributes)
        open_now[-1].inside.append(verb)
        open_now.append(verb)

    def says(text: str) -> None:
        open_now[-1].text += text

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    parser.EndElementHandler = lambda _name: open_now.pop()
    parser.CharacterDataHandler = says
    parser.StartDoctypeDeclHandler = _none_of_that
    try:
        parser.Parse(document.encode(), True)
    except expat.ExpatError as problem:
        raise Mistake(f"12100: this is no XML: {problem}.") from None
    if [one.name for one in root.inside] != ["Response"]:
        raise Mistake("12100: TwiML stands in one <Response>.")
    return root.inside[0].inside


def _none_of_that(*_: object) -> None:
    raise Mistake("12100: TwiML has no document type.")
