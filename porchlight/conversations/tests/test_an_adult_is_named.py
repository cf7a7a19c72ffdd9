"""A mother names an aunt: who gets everyday words, from when, what never, and what nobody learns from it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations import delegating
from porchlight.conversations.models import Answer, AnswerFrom, Delegation, Message, TriageItem
from porchlight.conversations.tell import reply
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.named_kit import (
    AUNT,
    OFFICE,
    PAGE,
    agreed,
    aunt,
    clock,
    his,
    names,
    says,
    sent_to,
    told,
)
from porchlight.delivery.addressing import opt_out
from porchlight.delivery.models import Delivery, Stopped
from porchlight.delivery.outbox.ticking import tick
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import (
    Consent,
    ContactPoint,
    Guardianship,
    Student,
)
from porchlight.schools.tiers import Tier

__all__ = ["clock", "his"]


def test_she_is_asked_once_without_a_name_and_gets_nothing_before_she_says_yes(
    town: Town, his: Client
) -> None:
    names(town, his)
    names(town, his)
    told(town, "The library is open until four.")

    (asked,) = sent_to(AUNT)
    assert "ایک گھر والے" in asked
    assert not re.search("Hamza|Yousaf|Zainab", asked)
    assert not Student.objects.visible_to(aunt().actor()).exists()
    assert not Message.objects.filter(thread__guardian=aunt()).exists()
    assert str(says(town, "salaam")) == "triage"
    assert TriageItem.objects.latest("pk").reason == "not_about_a_child"


def test_after_her_yes_she_gets_everyday_words_and_answers_everyday_questions(
    town: Town, his: Client
) -> None:
    named = agreed(town, his)
    notice = told(town, "Is Hamza coming on Friday?", answer_from=AnswerFrom.HOUSEHOLD)

    assert "Is Hamza coming on Friday?" in sent_to(AUNT)[-1]
    assert str(says(town, "جی ہاں")) == "answer"
    assert Answer.objects.get(thread__guardian=named).ask == notice.ask
    consent = Consent.objects.get(contact_point__guardian=named)
    assert (consent.given, consent.source, consent.wording) == (True, delegating.AGREED, "جی ہاں")
    assert "gets messages" in his.get(PAGE).content.decode()
    verbs = list(
        Entry.objects.filter(verb__startswith="delegation.").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["delegation.asked", "delegation.agreed"]


def test_her_no_is_kept_and_she_is_not_asked_again_by_a_press(town: Town, his: Client) -> None:
    names(town, his)
    says(town, "نہیں")
    names(town, his)

    assert len([text for text in sent_to(AUNT) if "گھر والے" in text]) == 1
    assert Delegation.objects.for_the_office().count() == 1
    assert "has not said yes yet" in his.get(PAGE).content.decode()


def test_personal_words_and_what_each_guardian_is_asked_are_never_hers(town: Town, his: Client) -> None:
    named = agreed(town, his)
    before = sent_to(AUNT)

    told(town, "Do you agree to the trip?", answer_from=AnswerFrom.EACH_GUARDIAN)
    told(town, "His report.", tier=Tier.L2, about=town.yousaf.student)
    told(town, "School starts at nine.")
    thread = Message.objects.get(thread__guardian=named, text="School starts at nine.").thread
    reply(
        thread=thread,
        text="About his health.",
        language="en",
        by=town.amal.actor(),
        now=TUESDAY,
        tier=Tier.L2,
    )

    assert [text for text in sent_to(AUNT) if text not in before] == [sent_to(AUNT)[-1]]
    assert "School starts at nine." in sent_to(AUNT)[-1]
    seen = set(Message.objects.visible_to(named.actor()).values_list("text", flat=True))
    assert seen == {"School starts at nine."}
    personal = Message.objects.visible_to(town.yousaf.guardian.actor()).filter(tier=Tier.L2)
    assert personal.values_list("text", flat=True).get() == "His report."


def test_she_names_nobody_and_has_no_records(town: Town, his: Client) -> None:
    named = agreed(town, his)
    hers = browser_of(named)

    assert names(town, hers, name="Somebody", value="07700 900556").status_code == 422
    assert Delegation.objects.count() == 1
    tie = Guardianship.objects.get(guardian=named)
    assert (tie.may_see_records, tie.may_collect) == (False, False)
    assert PAGE not in hers.get(f"/maple-street/messages/about/{town.yousaf.student.key}/").content.decode()


@pytest.mark.parametrize("who", ["father", "office"])
def test_ended_at_once_and_what_waits_stays_here(town: Town, his: Client, who: str) -> None:
    named = agreed(town, his)
    told(town, "The library is open until four.")
    row = Delegation.objects.get()
    if who == "father":
        his.post(f"{PAGE}{row.key}/removal/")
    else:
        browser_of(town.okafor).post(f"{OFFICE}{row.key}/removal/", {"why": "They asked on the phone."})

    waiting = Delivery.objects.filter(to=AUNT, parcel__service_kind="")
    assert set(waiting.values_list("stopped", flat=True)) == {Stopped.WITHDRAWN}
    told(town, "School starts at nine tomorrow.")
    assert not any("nine" in text for text in sent_to(AUNT))
    assert not Student.objects.visible_to(named.actor()).exists()
    named.refresh_from_db()
    assert named.left_at == TUESDAY  # known by this word alone: no sign-in, no number
    assert Entry.objects.filter(verb="delegation.ended").count() == 1


def test_stop_works_and_no_slip_goes_home_with_the_child_instead(town: Town, his: Client) -> None:
    named = agreed(town, his)
    cast.account(town.school, "slips", label="Slips")
    opt_out(ContactPoint.objects.get(guardian=named).address, source="reply STOP", words="STOP", now=TUESDAY)
    told(town, "School starts at nine tomorrow.")

    assert not Delivery.objects.filter(
        parcel__guardian=named, stopped="", parcel__messages__isnull=False
    ).exists()


def test_her_last_day_is_the_last(town: Town, his: Client, clock: time_machine.Traveller) -> None:
    named = agreed(town, his, until="2026-10-14")
    assert Student.objects.visible_to(named.actor()).exists()
    later = TUESDAY + timedelta(days=2)
    clock.move_to(later)
    assert not Student.objects.visible_to(named.actor()).exists()
    tick(later)
    assert Delegation.objects.get().ended_by == "time"


def test_what_is_lent_ends_with_the_lenders_own_right(town: Town, his: Client) -> None:
    named = agreed(town, his)
    lent = Guardianship.objects.get(guardian=named)
    assert lent.lent_by == town.yousaf.tie
    town.home(2)
    town.yousaf.restrict()
    assert not Student.objects.visible_to(named.actor()).exists()
    told(town, "School starts at nine tomorrow.")
    assert not any("nine" in text for text in sent_to(AUNT))


def test_nothing_typed_is_lost_and_the_form_says_what_to_do(town: Town, his: Client) -> None:
    for told_wrong, words in (
        ({"value": "12"}, "Look at the number again."),
        ({"value": "07700 900001"}, "This is where we write already."),
        ({"until": "2026-10-12"}, "This day is over."),
        ({"children": []}, "Tick at least one child."),
    ):
        page = names(town, his, **told_wrong)
        assert page.status_code == 422
        assert words in page.content.decode().replace("&#x27;", "'")
        assert "Aunt Zainab" in page.content.decode()
    for number in range(delegating.MOST):
        assert names(town, his, value=f"07700 90060{number}").status_code == 302
    assert "Ask the school office to help." in names(town, his).content.decode()
