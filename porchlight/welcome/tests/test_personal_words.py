"""T24, T7. Personal words want proof of person: a sign-in, never a link, and once more after half an hour of quiet."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from porchlight.conversations.models import Ask, Message
from porchlight.conversations.tests.conftest import Town
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.welcome.links import make_links
from porchlight.welcome.tests.conftest import BASE, ask, code_sent, come_in, enter

PERSONAL, ROUTINE = "The results of the test are 41 of 50.", "Hamza painted a lighthouse."


def told(town: Town, text: str, tier: Tier) -> Message:
    return Message.objects.create(
        school=town.school,
        thread=town.thread,
        author="staff",
        staff=town.amal,
        text=text,
        language="en",
        tier=tier,
        said_at=school_time.now(),
    )


def page(client: Client, town: Town, which: str) -> str:
    path = {"thread": f"messages/about/{town.yousaf.student.key}/", "week": "week/"}[which]
    return client.get(f"{BASE}/{path}").content.decode()


def test_personal_words_are_there_after_a_sign_in_and_gone_after_half_an_hour_of_quiet(
    town: Town, client: Client, clock
) -> None:
    told(town, PERSONAL, Tier.L2)
    told(town, ROUTINE, Tier.L1)
    come_in(client, mine="on")
    for which in ("thread", "week"):
        assert PERSONAL in page(client, town, which)
    clock.shift(timedelta(minutes=29))
    assert PERSONAL in page(client, town, "thread")  # used meanwhile: the half hour begins anew
    clock.shift(timedelta(minutes=29))
    assert PERSONAL in page(client, town, "thread")
    clock.shift(timedelta(minutes=30, seconds=1))
    for which in ("thread", "week"):
        shown = page(client, town, which)
        assert PERSONAL not in shown
        assert ROUTINE in shown
        assert "/sign-in/?next=" in shown
    ask(client)
    enter(client, code_sent(), mine="on")
    assert PERSONAL in page(client, town, "thread")


def test_a_page_without_personal_words_asks_for_nothing(town: Town, client: Client, clock) -> None:
    told(town, ROUTINE, Tier.L1)
    come_in(client, mine="on")
    before = page(client, town, "thread")
    clock.shift(timedelta(hours=3))
    assert "/sign-in/" not in page(client, town, "thread")
    assert "/sign-in/" not in before


def test_a_notice_link_never_opens_them(town: Town) -> None:
    link = make_links(town.school, {town.yousaf.guardian.pk: [told(town, PERSONAL, Tier.L2)]})
    [address] = link.values()
    response = Client().post(address, follow=True)
    assert response.status_code == 404
    assert PERSONAL not in response.content.decode()


def test_a_question_among_them_is_not_answered_by_whoever_takes_up_the_phone(
    town: Town, client: Client, clock
) -> None:
    message = told(town, PERSONAL, Tier.L2)
    question = Ask.objects.create(school=town.school, message=message, shape="yes_no", code="K4")
    come_in(client, mine="on")
    clock.shift(timedelta(minutes=31))
    url = f"{BASE}/messages/about/{town.yousaf.student.key}/"
    given = {"ask": question.key, f"ask-{question.key}-answer": "1"}
    response = client.post(url, given)
    assert response.headers["Location"].startswith(f"{BASE}/sign-in/?next=")
    assert not question.answers.exists()
