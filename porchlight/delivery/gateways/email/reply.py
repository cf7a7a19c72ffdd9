"""The new words of a mail: quotes, the lines that announce them, and signatures are left aside.

Works on lines, once through, so its time grows with the mail and not with how deeply it quotes. Three promises:
words a person wrote are rather kept too many than one too few; answers written between or below quotes stay; and
the result is never empty when the mail is not. docs/decisions/0011 says why no library does this for us.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from porchlight.delivery.gateways.email import quoting_words as words

LONGEST_VERB = 40  # characters in which "wrote:" ends a line, in any language
MOST_LINES_READ = 2_000  # what stands below is kept as it is: nobody writes so much by hand
LONGEST_HEADER = 400  # characters: longer lines are somebody's words, never a mail program's
MOST_LINES = 6  # an "On … wrote:" is broken over at most so many lines
SIGNATURE_LINES = 12
MOST_SIGNATURES = 2  # one's own and a mailing list's; further "--" are somebody's way to write
SHORT_LINE = 100


class Kind(Enum):
    """What a line is, seen alone."""

    EMPTY = 0
    TEXT = 1
    QUOTE = 2
    ANNOUNCES = 3  # "On … wrote:"


def _either(choices: tuple[str, ...]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(choices), key=len, reverse=True)
    )


_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u061c]")
_QUOTE = re.compile(r"\s{0,3}(?:>|\|(?:\s|$))")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_MAILBOX = re.compile(r"<\s*(?:mailto:)?[^<>]{0,80}?[\w.+=-]+\s?@[\w.-]+|\bmailto:|\[mailto:", re.I)
_PLAIN_MAILBOX = re.compile(r"[\w.+=-]+@[\w-]+\.[\w.-]+")
_VERB = re.compile(rf"(?:(?<!\w)|(?<=[>\"”)])) ?(?:{_either(words.WROTE)})(?!\w)", re.I)
_VERB_ENDS = re.compile(rf"(?:{_either(words.WROTE)})\s*[:：]?(?:\s*-{{2,}})?$", re.I)
_QUOTED_VERB = re.compile(rf">+\s*(?:{_either(words.WROTE)})\s*[:：]?$", re.I)
_STARTS = re.compile(rf"-{{0,8}}\s*(?:{_either(words.ON)})[\s,]*(?=\w)", re.I)
_DATE_FIRST = re.compile(r"\d|[^\s\d]{2,16}[.,،]{0,2}\s+\d|[\"“”'‘’]")
_CLOCK_OR_YEAR = re.compile(r"\d{1,2}[:.h]\d{2}|(?<!\d)(?:19|20|13|14)\d{2}(?!\d)|\d[年月日년월일]")
_FIELD = re.compile(
    rf"[\s*_]{{0,12}}(?:(?P<who>{_either(words.FROM)})|(?P<when>{_either(words.WHEN)})|(?P<to>{_either(words.TO)})"
    rf"|(?P<about>{_either(words.SUBJECT)}))\s{{0,3}}[*_]{{0,2}}\s?[:：]",
    re.I,
)  # fmt: skip
_SEPARATOR = re.compile(
    rf"\s*[-_=*–—]{{2,}}\s*(?:{_either(words.SEPARATORS)})\s*:?\s*[-_=*–—]{{2,}}\s*$", re.I
)
_RULE = re.compile(r"\s*[-_=*–—]{5,}\s*$")
_SIGNS = re.compile(r"(?:--|__+|[—–―]+)\s*$")
_OWN_NAME = re.compile(r"-{1,2}\s?[^\W\d_]\w+(?:\s[^\W\d_]\w*){1,3}$")
_SENT_FROM = re.compile(rf"[\s<(\[*_>]*(?:{_either(words.SENT_FROM)})", re.I)
_SENT_FROM_MY = re.compile(r"sent from my(?: [\w.-]+){1,5}$", re.I)
_DEVICE = re.compile(rf"(?<![a-z])(?:{_either(words.DEVICES)})(?![a-z])", re.I)
_BRACKETED = re.compile(r"[<(\[]{1,2}sent (?:from|by|via) [^<>()]{1,40}[>)\]]{1,2}$", re.I)
_MOBILE = re.compile(rf"\w+ (?:{_either(words.FROM_MOBILE)})$", re.I)
_EXCUSE = re.compile(r"excuse|sorry|forgive|brevity|typo", re.I)
_DEVICE_LINE = re.compile(r"[\w .:/<>()\[\]?=&%#|'’*_+-]{1,100}")
_SENTENCE = re.compile(r"(?:\S+\s+){3,}\S*[.!?؟۔。！？]$")


@dataclass(slots=True)
class _Line:
    text: str
    kind: Kind


def new_words(mail: str) -> str:
    """What its writer added to the conversation with this mail. Never empty unless the mail is."""
    lines = _sorted_lines(mail)
    whole = _joined(lines)
    lines = _without_what_follows(lines)
    _join_wrapped_quotes(lines)
    kept = _joined(_without_quote_on_top(lines[: _end_of_words(lines)]))
    return kept if re.search(r"\w|[^\x00-\x7f]", kept) or kept.strip(">|- \n") else whole


def _joined(lines: list[_Line]) -> str:
    first = next((at for at, line in enumerate(lines) if line.text), 0)
    return "\n".join(line.text for line in lines[first:]).rstrip()


def _sorted_lines(mail: str) -> list[_Line]:
    """Each line with its kind; inside ``` fences everything is the writer's own."""
    text = _INVISIBLE.sub("", mail.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines, fenced = [], False
    for raw in text.split("\n"):
        line = raw.rstrip()
        if _FENCE.match(line):
            fenced = not fenced
        if not line:
            kind = Kind.EMPTY
        elif _QUOTE.match(line) and not fenced:
            kind = Kind.QUOTE
        else:
            kind = Kind.TEXT
        lines.append(_Line(line, kind))
    return lines


def _without_what_follows(lines: list[_Line]) -> list[_Line]:
    """Mark announcements, and cut where everything below is the older mail: there is no telling it apart."""
    has_text = False
    at = 0
    while at < min(len(lines), MOST_LINES_READ):
        if lines[at].kind is not Kind.TEXT:
            at += 1
        elif (last := _announcement(lines, at)) is not None:
            first = _name_above(lines, at)
            for line in lines[first : last + 1]:
                line.kind = Kind.ANNOUNCES
            if not _quote_follows(lines, last) and any(line.kind is Kind.TEXT for line in lines[:first]):
                return lines[:first]
            at = last + 1
        elif _older_mail_begins(lines, at):
            return (
                lines[:at] if has_text else lines
            )  # passed on without a word: then all of it is what was sent
        else:
            has_text = True
            at += 1
    return lines


def _announcement(lines: list[_Line], first: int) -> int | None:
    """The last line of an "On <date>, <name> wrote:" that begins at `first`; None where none does."""
    start = lines[first].text.strip()
    strong = _begins_with_date(start)
    if not (strong or _DATE_FIRST.match(start) or _MAILBOX.search(start)):
        return None
    joined, gaps = "", 0
    for last in range(first, min(first + MOST_LINES, len(lines))):
        line = lines[last].text.strip()
        gaps += not line
        if gaps > strong or (last > first and _begins_with_date(line)):
            return None
        joined = f"{joined} {line}".strip()
        if len(joined) > LONGEST_HEADER:
            return None
        if line and _announces(joined, quoted=_quote_follows(lines, last)):
            return last
    return None


def _name_above(lines: list[_Line], first: int) -> int:
    """The line before, where a program broke "<name> <mailbox> wrote:" after the name."""
    broken = lines[first].text.lstrip().startswith("<") and first > 0 and lines[first - 1].kind is Kind.TEXT
    alone = first < 2 or not lines[first - 2].text
    return first - 1 if broken and alone else first


def _begins_with_date(line: str) -> bool:
    return bool(len(line) <= LONGEST_HEADER and _STARTS.match(line) and re.search(r"\d", line))


def _announces(joined: str, *, quoted: bool) -> bool:
    """A verb or a mailbox, and a date. Without quote marks below it takes more: "On Monday Hamza wrote this
    to me:" is a parent's own sentence, and what follows it matters most."""
    if not re.search(r"\d", joined):
        return False
    mailbox = "@" in joined and bool(_MAILBOX.search(joined) or _PLAIN_MAILBOX.search(joined))
    colon = joined.endswith((":", "："))
    verb_ends = _VERB_ENDS.search(joined, max(0, len(joined) - LONGEST_VERB)) is not None
    if not (colon or verb_ends or (mailbox and quoted)):
        return False
    dated = bool(_CLOCK_OR_YEAR.search(joined))
    if quoted:
        return verb_ends or (mailbox and (colon or dated)) or (colon and bool(_VERB.search(joined)))
    return dated and ((mailbox and colon) or (verb_ends and (mailbox or colon)))


def _quote_follows(lines: list[_Line], last: int) -> bool:
    for line in lines[last + 1 : last + 8]:
        if line.kind is not Kind.EMPTY:
            return line.kind is Kind.QUOTE and not _QUOTED_VERB.match(line.text)
    return False


def _older_mail_begins(lines: list[_Line], at: int) -> bool:
    text = lines[at].text
    if len(text) > LONGEST_HEADER:
        return False
    if _SEPARATOR.match(text) or _header_block(lines, at):
        return True
    if not _RULE.match(text):
        return False
    below = next((i for i in range(at + 1, min(at + 4, len(lines))) if lines[i].text), None)
    return below is not None and _header_block(lines, below)


def _header_block(lines: list[_Line], first: int) -> bool:
    """From, Sent, To, Subject in any order: three kinds of them, or two with a mailbox behind "From".

    Two alone are not enough: "From: Monday / To: Wednesday" is an absence note.
    """
    seen: set[str] = set()
    address, strangers = False, 0
    for line in lines[first : first + 12]:
        if not line.text:
            strangers += 1
        elif (found := _FIELD.match(line.text)) and found.lastgroup:
            seen.add(found.lastgroup)
            strangers = 0
            address |= found.lastgroup == "who" and bool(
                _PLAIN_MAILBOX.search(line.text) or "mailto:" in line.text
            )
        elif not seen:
            return False
        else:
            strangers += 1
            address |= seen == {"who"} and bool(_PLAIN_MAILBOX.search(line.text))
        if strangers > 2:
            break
    return "who" in seen and (len(seen) >= 3 or (len(seen) == 2 and address))


def _join_wrapped_quotes(lines: list[_Line]) -> None:
    """A long quoted line that the sender's program broke: its lower-case rest, before more quote, is quote too."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        broken = before.kind is Kind.QUOTE and len(before.text) >= 60 and after.kind is Kind.QUOTE
        if broken and line.kind is Kind.TEXT and line.text[:1].islower():
            line.kind = Kind.QUOTE


def _end_of_words(lines: list[_Line]) -> int:
    """Where the writer's words end: before quotes, lines a device added, and signatures, in whatever order."""
    first = next((at for at, line in enumerate(lines) if line.kind is Kind.TEXT), None)
    if first is None:
        return len(lines)
    end, signatures = len(lines), 0
    while True:
        while lines[end - 1].kind is not Kind.TEXT:
            end -= 1
        if end - 1 > first and _is_added_by_a_device(lines[end - 1].text):
            end -= 1
            continue
        start = _signature_start(lines, end)
        if start <= first or signatures == MOST_SIGNATURES:
            return end
        end, signatures = start, signatures + 1


def _signature_start(lines: list[_Line], end: int) -> int:
    """Where a short block under "--", "__" or "—" begins that reaches to `end` and holds no sentence; else 0.

    A lone "-Amal Haddad" counts; "-Yes" is an answer.
    """
    last = lines[end - 1].text
    if end > 1 and _OWN_NAME.match(last) and last.istitle() and not lines[end - 2].text:
        return end - 1
    filled = 0
    for at in range(end - 1, max(-1, end - 40), -1):
        line = lines[at]
        if _SIGNS.match(line.text):
            return at
        if (
            line.kind not in (Kind.TEXT, Kind.EMPTY)
            or len(line.text) > SHORT_LINE
            or _SENTENCE.match(line.text)
        ):
            return 0
        filled += bool(line.text)
        if filled > SIGNATURE_LINES:
            return 0
    return 0


def _is_added_by_a_device(text: str) -> bool:
    line = text.strip()
    if len(line) > 2 * SHORT_LINE:
        return False
    if _MOBILE.match(line) or _BRACKETED.match(line) or _SENT_FROM_MY.match(line):
        return True
    if not (_SENT_FROM.match(line) and _DEVICE.search(line)):
        return bool(_SENT_FROM.match(line) and _EXCUSE.search(line))
    return bool(_DEVICE_LINE.fullmatch(line) or _EXCUSE.search(line))


def _without_quote_on_top(lines: list[_Line]) -> list[_Line]:
    """Answers below one quote: the quote goes if a line announced it. Between several quotes, they stay."""
    at = next((i for i, line in enumerate(lines) if line.kind is not Kind.EMPTY), 0)
    if not lines or lines[at].kind is not Kind.ANNOUNCES:
        return lines
    below = next((i for i in range(at, len(lines)) if lines[i].kind is Kind.TEXT), None)
    if below is None or any(line.kind is Kind.QUOTE for line in lines[below:]):
        return lines
    return lines[below:]
