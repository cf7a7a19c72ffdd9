"""A notice link opens one thing, for the person who presses, on the device they press on, for as long as it is theirs."""

import logging
from datetime import timedelta

import pytest
from django.test import Client

from porchlight.accounts.models import Token, digest
from porchlight.conversations.models import Answer, Ask, Message
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.welcome.invitations import invite
from porchlight.welcome.links import make_links, open_on
from porchlight.welcome.tests.conftest import BASE, same_but_for_chance

TEXT = "Hamza read to the whole class today."
SECRETS_OF_THE_SCHOOL = ("Hamza", "Yousaf", "Amal", "Maple Street", "read to the")


@pytest.fixture
def message(town: Town) -> Message:
    return reply(
        thread=town.thread, text=TEXT, language="en", by=town.amal.actor(), now=TUESDAY, kind="good_news"
    )


@pytest.fixture
def link(town: Town, message: Message) -> str:
    return make_links(town.school, {town.yousaf.guardian.pk: [message]})[town.yousaf.guardian.pk]


def token_of(link: str) -> Token:
    return Token.objects.get(digest=digest(link.split("/")[3]))


def test_t22_a_scanner_gets_nothing_and_the_person_after_it_gets_in(link: str) -> None:
    scanner, person = Client(), Client()
    looks = [scanner.head(link), *(scanner.get(link) for _ in range(5))]
    looks.append(scanner.get(link, headers={"Sec-Purpose": "prefetch;prerender"}))
    looks.append(scanner.get(f"{link}message/", follow=True))
    for seen in looks:
        assert seen.status_code == 200
        assert not any(word in seen.content.decode() for word in SECRETS_OF_THE_SCHOOL)
    assert "porchlight-session" not in scanner.cookies
    assert token_of(link).browser == ""
    opened = person.post(link, follow=True)
    assert opened.status_code == 200
    assert TEXT in opened.content.decode()


def test_t23_it_stays_with_the_first_device(link: str) -> None:
    first, second = Client(), Client()
    first.post(link)
    refused = second.post(link)
    assert refused.status_code == 403
    assert TEXT not in refused.content.decode()
    assert second.get(f"{link}message/").headers["Location"] == link
    assert TEXT in first.post(link, follow=True).content.decode()


def test_t23_of_two_who_press_at_once_one_has_it(link: str) -> None:
    one, other = token_of(link), token_of(link)
    assert sorted([open_on(one, "a" * 24) is None, open_on(other, "b" * 24) is None]) == [False, True]


def test_t23_whatever_does_not_open_looks_the_same(town: Town, message: Message, link: str, clock) -> None:
    cast.maple_street("oak-lane")
    invitation = invite(
        town.amal.__class__.objects.create(school=town.school, name="New"),
        by=town.okafor.actor(),
        now=TUESDAY,
        base_url="",
    )
    made_up = f"{BASE}/n/{'x' * 26}/"
    pages = [
        made_up,
        link[:-2] + ("a" if link[-2] != "a" else "b") + "/",
        link.replace("maple-street", "oak-lane"),
        link.replace(link.split("/")[3], invitation.split("/")[3]),
    ]
    answers = [Client().get(page) for page in pages] + [Client().post(page) for page in pages]
    town.yousaf.restrict()
    answers.append(Client().get(link))
    town.yousaf.tie.restrictions.all().delete()
    assert Client().get(link).status_code == 200
    clock.shift(timedelta(days=7, seconds=1))
    answers.append(Client().get(link))
    assert {answer.status_code for answer in answers} == {404}
    assert len({same_but_for_chance(a).replace("oak-lane", "maple-street") for a in answers}) == 1


def test_t23_a_restriction_closes_it_at_once_also_where_it_was_open(town: Town, link: str) -> None:
    father = Client()
    assert TEXT in father.post(link, follow=True).content.decode()
    town.yousaf.restrict()
    closed = father.get(f"{link}message/")
    assert closed.status_code == 404
    assert TEXT not in closed.content.decode()


def test_t24_words_raised_above_routine_do_not_open(message: Message, link: str) -> None:
    father = Client()
    father.post(link)
    Message.objects.filter(pk=message.pk).update(tier=Tier.L2)
    assert father.get(f"{link}message/").status_code == 404


def test_a_number_in_other_hands_opens_nothing(town: Town, link: str) -> None:
    town.yousaf.address.state = "notice_only"
    town.yousaf.address.save()
    assert Client().get(link).status_code == 404
    town.yousaf.address.state = "good"
    town.yousaf.address.save()
    assert Client().get(link).status_code == 200
    town.yousaf.point.ended_at = school_time.now()
    town.yousaf.point.save()
    assert Client().get(link).status_code == 404


def test_where_somebody_wrote_that_it_is_not_their_number_a_link_is_over(town: Town, link: str) -> None:
    town.yousaf.address.state, town.yousaf.address.state_reason = "bad", "wrong_number"
    town.yousaf.address.save()
    assert Client().get(link).status_code == 404


def test_t24_it_opens_its_own_item_and_no_other(town: Town, link: str) -> None:
    reply(thread=town.thread, text="Something else.", language="en", by=town.amal.actor(), now=TUESDAY)
    assert "Something else." not in Client().post(link, follow=True).content.decode()


def test_its_pages_are_kept_nowhere_and_tell_nobody_where_they_were(link: str) -> None:
    father, stranger = Client(), Client()
    answers = [
        father.get(link),
        father.post(link),
        father.get(f"{link}message/"),
        stranger.post(link),
        stranger.get(f"{link}message/"),
        stranger.get(f"{BASE}/n/{'x' * 26}/"),
    ]
    for answer in answers:
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer.headers["Cache-Control"]
    mark = father.cookies["porchlight-link"]
    assert (mark["httponly"], mark["samesite"], mark["path"]) == (True, "Lax", f"{BASE}/n/")


def test_t23_the_secret_stands_in_no_log_and_in_no_table(link: str, caplog: pytest.LogCaptureFixture) -> None:
    secret = link.split("/")[3]
    with caplog.at_level(logging.DEBUG):
        Client().post(link)
        Client().post(link)  # refused, which Django logs with the address
        Client().get(link.replace("maple-street", "nowhere"))
        logging.getLogger("granian.access").info('GET "%s" 200', link)
        logging.getLogger("anything").warning(f"could not answer {link}")
    assert "/maple-street/n/…/" in caplog.text
    assert secret not in caplog.text
    assert secret not in str(list(Token.objects.values_list()))


def test_a_question_is_answered_on_it(town: Town, message: Message, link: str) -> None:
    ask = Ask.objects.create(school=town.school, message=message, shape="yes_no", code="K4")
    father = Client()
    page = father.post(link, follow=True)
    assert f'name="ask-{ask.key}-answer"' in page.content.decode()
    nothing = father.post(f"{link}message/", {"ask": ask.key})
    assert nothing.status_code == 422
    done = father.post(f"{link}message/", {"ask": ask.key, f"ask-{ask.key}-answer": "1"}, follow=True)
    assert done.status_code == 200
    assert Answer.objects.get().keys == ["yes"]
    ask.closed_at = TUESDAY
    ask.save()
    late = father.post(f"{link}message/", {"ask": ask.key, f"ask-{ask.key}-answer": "2"}, follow=True)
    assert "یہ سوال" in late.content.decode() or "This question is closed" in late.content.decode()
    assert Answer.objects.count() == 1


def test_words_written_back_reach_the_thread(town: Town, link: str) -> None:
    father = Client()
    father.post(link)
    father.post(f"{link}message/", {"text": "شکریہ"})
    assert Message.objects.from_home().get().thread == town.thread


def test_the_doorstep_speaks_the_familys_language(link: str) -> None:
    assert '<html lang="ur" dir="rtl">' in Client().get(link).content.decode()
