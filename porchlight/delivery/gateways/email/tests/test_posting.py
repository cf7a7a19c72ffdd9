"""Mail leaves by the school's own server: each reply has one meaning, and nothing is sent twice by itself."""

import asyncio

import pytest

from porchlight.delivery.gateways.contract import Accepted, Advice, Refused, Unclear
from porchlight.delivery.gateways.email import posting
from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.tests.mail_server import (
    RESET,
    SILENT,
    MailServer,
    eventually,
    settings_for,
)
from porchlight.delivery.gateways.email.tests.samples import FATHER, SCHOOL, account, outgoing
from porchlight.delivery.gateways.http import Http, Patience


def send(server: MailServer, *messages, secrets=None, until=None, **settings):
    """Send one after the other on one event loop; the outcomes."""

    async def run():
        async with server, Http() as http:
            school = account(secrets=secrets or {}, **settings_for(server, **settings))
            outcomes = []
            for message in messages or (outgoing(),):
                outcomes.append(await gateway.send(http, school, message))
                if until:
                    await eventually(until)
            await gateway.close()
            return outcomes

    return asyncio.run(run())


def test_a_mail_goes_to_one_family_alone_with_the_school_as_its_sender():
    server = MailServer()
    assert send(server) == [Accepted("k7mxq2@maple-street.example.org")]
    assert server.envelopes == [(f"FROM:<{SCHOOL}>", f"TO:<{FATHER}>")]
    assert server.mail["To"] == FATHER
    assert server.mail.get_all("Cc") is server.mail.get_all("Bcc") is None


def test_returned_mail_goes_where_the_school_says():
    server = MailServer()
    send(server, bounce_mailbox="returned@maple-street.example.org")
    assert server.envelopes[0][0] == "FROM:<returned@maple-street.example.org>"


@pytest.mark.parametrize(
    ("verb", "reply", "advice", "code"),
    [
        ("GREETING", "554 5.3.2 go away", Advice.STAFF_MUST_ACT, "greeting 554 5.3.2"),
        ("GREETING", "421 busy", Advice.RETRY, "greeting 421"),
        ("MAIL", "530 5.7.0 Authentication required", Advice.STAFF_MUST_ACT, "sender 530 5.7.0"),
        ("MAIL", "550 5.7.60 SendAsDenied", Advice.STAFF_MUST_ACT, "sender 550 5.7.60"),
        ("MAIL", "553 not your address", Advice.STAFF_MUST_ACT, "sender 553"),
        ("MAIL", "451 4.3.0 later", Advice.RETRY, "sender 451 4.3.0"),
        ("MAIL", "552 5.3.4 too big", Advice.OUR_FAULT, "sender 552 5.3.4"),
        ("RCPT", "550 no such user here", Advice.BAD_ADDRESS, "recipient 550"),
        ("RCPT", "550 5.1.1 <yousaf@home.example.com> unknown", Advice.BAD_ADDRESS, "recipient 550 5.1.1"),
        ("RCPT", "550 5.7.1 blocked by policy", Advice.NEXT_CHANNEL, "recipient 550 5.7.1"),
        ("RCPT", "551 moved", Advice.BAD_ADDRESS, "recipient 551"),
        ("RCPT", "552 5.2.2 mailbox full", Advice.RETRY_LATE, "recipient 552 5.2.2"),
        ("RCPT", "552 full", Advice.RETRY_LATE, "recipient 552"),
        ("RCPT", "553 5.1.3 bad syntax", Advice.BAD_ADDRESS, "recipient 553 5.1.3"),
        ("RCPT", "554 5.7.1 Relay access denied", Advice.STAFF_MUST_ACT, "relay"),
        ("RCPT", "550 relaying denied", Advice.STAFF_MUST_ACT, "relay"),
        ("RCPT", "450 4.2.0 greylisted", Advice.RETRY, "recipient 450 4.2.0"),
        ("RCPT", "452 4.2.2 over quota", Advice.RETRY_LATE, "recipient 452 4.2.2"),
        ("RCPT", "503 bad sequence", Advice.OUR_FAULT, "recipient 503"),
        ("RCPT", "599 5.9.9 new", Advice.NEXT_CHANNEL, "recipient 599 5.9.9"),
        ("DATA", "451 4.7.1 try later", Advice.RETRY, "content 451 4.7.1"),
        ("DATA", "250 what", Advice.RETRY, "content 250"),
        ("END", "550 5.7.26 unauthenticated, check DMARC", Advice.STAFF_MUST_ACT, "content 550 5.7.26"),
        ("END", "552 5.3.4 too big", Advice.OUR_FAULT, "content 552 5.3.4"),
        ("END", "554 5.7.1 spam", Advice.NEXT_CHANNEL, "content 554 5.7.1"),
        ("END", "554 5.6.0 broken MIME", Advice.OUR_FAULT, "content 554 5.6.0"),
        ("END", "451 4.3.2 system not ready", Advice.RETRY, "content 451 4.3.2"),
    ],
)
def test_each_reply_of_a_mail_server_has_one_meaning(verb, reply, advice, code):
    server = MailServer(says={verb: reply})
    [outcome] = send(server)
    assert isinstance(outcome, Refused)
    assert (outcome.advice, outcome.code) == (advice, code)
    assert FATHER not in outcome.detail
    assert server.mails == []
    assert gateway.explain(code) != gateway.explain("nothing we know")


@pytest.mark.parametrize("manner", [RESET, SILENT])
@pytest.mark.parametrize("verb", ["GREETING", "EHLO", "MAIL", "RCPT"])
def test_what_breaks_before_the_content_was_certainly_not_sent(verb, manner, monkeypatch):
    monkeypatch.setattr(posting, "TIMEOUT", Patience(total=0.3))
    [outcome] = send(MailServer(says={verb: manner}))
    assert (outcome.advice, outcome.code) == (Advice.RETRY, "no_connection")


@pytest.mark.parametrize("manner", [RESET, SILENT])
@pytest.mark.parametrize("verb", ["DATA", "END"])
def test_what_breaks_while_the_content_leaves_is_unclear(verb, manner, monkeypatch):
    monkeypatch.setattr(posting, "TIMEOUT", Patience(total=0.3))
    server = MailServer(says={verb: manner})
    [outcome] = send(server)
    assert isinstance(outcome, Unclear)
    assert server.heard.count("DATA") == 1, "sent again by itself"


def test_a_server_that_is_not_there_is_tried_again():
    async def run():
        async with MailServer() as server:
            nowhere = settings_for(server)
        async with Http() as http:
            return await gateway.send(http, account(secrets={}, **nowhere), outgoing())

    outcome = asyncio.run(run())
    assert (outcome.advice, outcome.code) == (Advice.RETRY, "no_connection")


def test_one_connection_carries_many_mails_and_is_closed_politely():
    server = MailServer()
    outcomes = send(server, *(outgoing(reference=f"r{n}") for n in range(5)))
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    assert (server.connections, len(server.mails), server.heard[-1]) == (1, 5, "QUIT")


def test_a_refused_mail_is_taken_back_so_that_the_next_can_use_the_connection():
    server = MailServer(says={"RCPT": "550 5.1.1 unknown"})
    send(server, outgoing(), outgoing())
    assert server.connections == 1
    assert server.heard.count("RSET") == 2


def test_a_kept_connection_that_died_is_replaced_without_anybody_noticing():
    server = MailServer()

    async def run():
        async with server, Http() as http:
            school = account(secrets={}, **settings_for(server))
            first = await gateway.send(http, school, outgoing(reference="one"))
            for task in set(server._open):
                task.cancel()
            await eventually(lambda: not server._open)
            second = await gateway.send(http, school, outgoing(reference="two"))
            await gateway.close()
            return first, second

    assert all(isinstance(outcome, Accepted) for outcome in asyncio.run(run()))
    assert (server.connections, len(server.mails)) == (2, 2)


def test_a_connection_serves_a_bounded_number_of_mails(monkeypatch):
    monkeypatch.setattr(posting, "MAILS_EACH", 2)
    server = MailServer()
    send(server, *(outgoing(reference=f"r{n}") for n in range(5)))
    assert (server.connections, len(server.mails)) == (3, 5)


def test_an_idle_connection_is_closed_before_the_server_tires(monkeypatch):
    monkeypatch.setattr(posting, "IDLE_SECONDS", 0.02)
    server = MailServer()
    send(server, outgoing(), outgoing(), until=lambda: server.heard.count("QUIT") == len(server.mails))
    assert (server.connections, server.heard.count("QUIT")) == (2, 2)


def test_at_most_a_few_connections_at_a_time_go_to_one_server():
    server = MailServer()

    async def run():
        async with server, Http() as http:
            school = account(secrets={}, **settings_for(server))
            sent = (gateway.send(http, school, outgoing(reference=f"r{n}")) for n in range(20))
            outcomes = await asyncio.gather(*sent)
            await gateway.close()
            return outcomes

    assert all(isinstance(outcome, Accepted) for outcome in asyncio.run(run()))
    assert len(server.mails) == 20
    assert server.most_at_once <= posting.LINES


def test_two_schools_never_share_a_connection():
    server = MailServer(offers=("AUTH PLAIN",))

    async def run():
        async with server, Http() as http:
            for name in ("maple", "oak"):
                school = account(secrets={"password": f"{name}'s"}, **settings_for(server, username=name))
                await gateway.send(http, school, outgoing())
            await gateway.close()

    asyncio.run(run())
    assert server.connections == 2
    assert len(set(server.logins)) == 2


@pytest.mark.parametrize(
    ("offers", "says", "advice", "code"),
    [
        (("AUTH PLAIN",), "535 5.7.8 bad credentials", Advice.STAFF_MUST_ACT, "login 535 5.7.8"),
        (("AUTH PLAIN",), "454 4.7.0 temporary", Advice.RETRY, "login 454 4.7.0"),
        (("AUTH NTLM",), "", Advice.STAFF_MUST_ACT, "login"),
        ((), "", Advice.STAFF_MUST_ACT, "login"),
    ],
)
def test_a_login_that_fails_is_the_offices_to_mend(offers, says, advice, code):
    server = MailServer(offers=offers, says={"AUTH": says} if says else {})
    [outcome] = send(server, secrets={"password": "wrong"}, username="office")
    assert (outcome.advice, outcome.code) == (advice, code)
    assert "wrong" not in repr(outcome)


def test_without_starttls_at_the_server_nothing_is_said_in_the_open():
    server = MailServer()
    [outcome] = send(server, security="starttls")
    assert (outcome.advice, outcome.code) == (Advice.STAFF_MUST_ACT, "starttls")
    assert "MAIL" not in server.heard


@pytest.mark.parametrize("to", ["jörg@home.example.com", "یوسف@home.example.com"])
def test_letters_a_server_does_not_know_go_by_another_channel(to):
    [outcome] = send(MailServer(), outgoing(to=to))
    assert (outcome.advice, outcome.code) == (Advice.NEXT_CHANNEL, "smtputf8")
    modern = MailServer(offers=("SMTPUTF8", "8BITMIME"))
    assert send(modern, outgoing(to=to)) == [Accepted("k7mxq2@maple-street.example.org")]
    assert modern.envelopes[0][1] == f"TO:<{to}>"


def test_a_domain_in_other_letters_is_written_the_way_servers_know():
    server = MailServer()
    send(server, outgoing(to="yousaf@bücher.example"))
    assert server.envelopes[0][1] == "TO:<yousaf@xn--bcher-kva.example>"


@pytest.mark.parametrize(
    "to", ["", "yousaf", "a@b@c", "a b@home.example.com", "a@home.example.com,b@home.example.com", "<a@home.example.com>",
           "a@home.example.com\r\nRCPT TO:<b@x.example>", "a@home.example.com\0", "a@-.example", "a@" + "x" * 300, "\u202ea@home.example.com"],
)  # fmt: skip
def test_what_is_no_mailbox_never_leaves(to):
    server = MailServer()
    [outcome] = send(server, outgoing(to=to))
    assert (outcome.advice, outcome.code, server.connections) == (Advice.BAD_ADDRESS, "mailbox", 0)


@pytest.mark.parametrize(
    "settings", [{"host": ""}, {"port": "many"}, {"security": "none"}, {"bounce_mailbox": "x"}]
)
def test_settings_that_cannot_work_hold_the_lane(settings):
    [outcome] = send(MailServer(), **settings)
    assert (outcome.advice, outcome.code) == (Advice.STAFF_MUST_ACT, "settings")


def test_nothing_to_say_is_not_said():
    server = MailServer()
    [outcome] = send(server, outgoing(text=" \n"))
    assert (outcome.advice, outcome.code, server.connections) == (Advice.OUR_FAULT, "no_words", 0)
