"""A photo or a letter goes to WhatsApp as the real interface wants it: an upload, then a message with words under it."""

from __future__ import annotations

import pytest

from porchlight.delivery.gateways.contract import Accepted, Option, Outgoing, Refused
from porchlight.delivery.gateways.sound import Along
from porchlight.delivery.gateways.tests.test_practice_town import FATHER, School, in_school
from porchlight.delivery.gateways.whatsapp_cloud.tests.contract_cases import TABLE
from porchlight.files.tests import real
from practice.enclosures import document, picture


def with_file(content: bytes, mime_type: str, **more: object) -> Outgoing:
    along = Along(mime_type, "letter.pdf", lambda: content)
    return Outgoing("k7mxq2", FATHER["number"], "We built a bridge.", "en", along=along, **more)


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [(picture(), "image/png", "IMG-20261006-WA0004.png"), (document(), "application/pdf", "letter.pdf")],
)
def test_it_is_on_the_phone_with_the_words(content: bytes, kind: str, name: str) -> None:
    async def story(school: School) -> None:
        outgoing = with_file(content, kind, options=(Option("1", "Yes"), Option("2", "No")))
        assert isinstance(await school.table.gateway.send(school.line, school.account, outgoing), Accepted)
        [line] = await school.phone()
        assert (line["text"], line["enclosed"], line["options"]) == ("We built a bridge.", name, [])
        async with school.http.get(f"{school.town.url}/phones/yousaf/sounds/{line['file']}") as answer:
            assert await answer.read() == content

    in_school(TABLE, story)


def test_what_meta_does_not_take_reaches_nobody() -> None:
    async def story(school: School) -> None:
        for content, kind in (
            (b"no picture", "image/jpeg"),
            (b"x", "image/gif"),
            (b"no letter", "application/pdf"),
        ):
            outcome = await school.table.gateway.send(school.line, school.account, with_file(content, kind))
            assert isinstance(outcome, Refused)
            assert outcome.code == "131053"
        assert await school.phone() == []

    in_school(TABLE, story)


def test_a_film_is_on_the_phone_with_the_words() -> None:
    async def story(school: School) -> None:
        film = real.telephone_film()
        sent = await school.table.gateway.send(school.line, school.account, with_file(film, "video/mp4"))
        assert isinstance(sent, Accepted)
        [line] = await school.phone()
        assert (line["text"], line["enclosed"]) == ("We built a bridge.", "VID-20261006-WA0005.mp4")
        no = await school.table.gateway.send(school.line, school.account, with_file(b"no film", "video/mp4"))
        assert isinstance(no, Refused)
        assert no.code == "131053"

    in_school(TABLE, story)
