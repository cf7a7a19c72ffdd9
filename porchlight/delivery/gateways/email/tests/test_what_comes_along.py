"""Photos, files and pictures inside a mail: named when it is read, with their bytes where the provider sends them."""

import base64

from porchlight.delivery.gateways.contract import Media
from porchlight.delivery.gateways.email.tests import hooks as w
from porchlight.delivery.gateways.email.tests.letters import TO, heard
from porchlight.delivery.gateways.email.tests.samples import FATHER


def mailgun_with_files(**files):
    fields = w.mailgun_signed(
        {
            "recipient": TO,
            "sender": FATHER,
            "message-headers": f'[["From","{FATHER}"],["To","{TO}"],["Subject","Photo"],["Message-Id","<p@home.example.com>"]]',
            "body-plain": "Here",
            "attachment-count": str(len(files)),
            "content-id-map": '{"<logo>": "attachment-2"}',
        }
    )
    return w.as_multipart(fields, {f"attachment-{n}": file for n, file in enumerate(files.values(), 1)})


def test_what_comes_along_is_named_and_its_bytes_are_there():
    request = mailgun_with_files(
        photo=("hamza\u202egpj.exe.jpg", "image/jpeg", b"\xff\xd8" + b"x" * 9000),
        logo=("logo.png", "image/png", b"tiny"),
        note=("note.m4a", "audio/mp4", b"sound"),
    )
    event = heard(request, "mailgun")
    assert [(one.kind, one.mime_type) for one in event.media] == [
        ("image", "image/jpeg"),
        ("audio", "audio/mp4"),
    ]
    assert [one["name"] for one in event.raw["attachments"]] == ["hamzagpj.exe.jpg", "note.m4a"]
    assert [(one.name, one.content) for one in event.media] == [
        ("hamzagpj.exe.jpg", b"\xff\xd8" + b"x" * 9000),
        ("note.m4a", b"sound"),
    ]


def test_a_photo_inside_the_mail_counts_and_a_signatures_logo_does_not():
    photo = base64.b64encode(b"\xff\xd8" + b"x" * 9000).decode()
    payload = {
        "FromFull": {"Email": FATHER}, "ToFull": [{"Email": TO}], "TextBody": "See", "Headers": [],
        "Attachments": [
            {"Name": "a.jpg", "ContentType": "image/jpeg", "Content": photo, "ContentID": "<1>"},
            {"Name": "b.gif", "ContentType": "image/gif", "Content": "AAAA", "ContentID": "<2>"},
        ],
    }  # fmt: skip
    assert [one.mime_type for one in heard(w.as_json(payload)).media] == ["image/jpeg"]


def test_brevo_keeps_attachments_and_nothing_is_fetched_while_reading(shared):
    item = w.published(shared, "brevo_inbound.json", "test_inbound_basics")
    item["Attachments"] = [{"Name": "a.pdf", "ContentType": "application/pdf", "DownloadToken": "tok/en"}]
    event = heard(w.as_json({"items": [item]}), "brevo")
    [media] = event.media
    assert media == Media(
        "document",
        media.provider_id,
        "application/pdf",
        "https://api.brevo.com/v3/inbound/attachments/tok%2Fen",
        name="a.pdf",
    )
