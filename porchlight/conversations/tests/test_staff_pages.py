"""The pages as staff use them, without script."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations import compose_places
from porchlight.conversations.models import Message, Notice, Template, TriageItem, Worry
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.views import office
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import ContactPoint, Household, HouseholdMembership
from porchlight.schools.models import SchoolClass

BASE = "/maple-street"


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def compose(client: Client, town: Town, **fields):
    data = {
        "kind": "information",
        "audience": [f"class:{town.class_4a.key}"],
        "text": "Bring water on Friday.",
        "language": "en",
        **fields,
    }
    return client.post(f"{BASE}/notices/new/", data)


def test_nothing_is_sent_that_was_not_looked_at(town: Town) -> None:
    client = browser_of(town.amal)
    response = compose(client, town, send="1")
    assert response.status_code == 200
    assert not Notice.objects.exists()
    assert b"This goes to one home" in response.content


def test_look_then_send_then_take_back(town: Town) -> None:
    client = browser_of(town.amal)
    looked = compose(client, town, look="").context["seen"].mark
    response = compose(client, town, looked=looked, send="1")
    notice = Notice.objects.get()
    assert response.headers["Location"] == f"{BASE}/notices/{notice.key}/"
    assert Delivery.objects.waiting().count() == 1
    page = client.get(f"{BASE}/notices/{notice.key}/").content.decode()
    assert "Take it back" in page
    client.post(f"{BASE}/notices/{notice.key}/withdrawal/")
    assert not Delivery.objects.waiting().exists()


def test_a_double_click_is_one_notice(town: Town) -> None:
    """T44."""
    client = browser_of(town.amal)
    looked = compose(client, town, look="").context["seen"].mark
    for _ in range(2):
        compose(client, town, looked=looked, send="1")
    assert Notice.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_a_change_after_looking_shows_the_look_again(town: Town) -> None:
    client = browser_of(town.amal)
    looked = compose(client, town, look="").context["seen"].mark
    compose(client, town, text="Something else.", looked=looked, send="1")
    assert not Notice.objects.exists()


def test_a_look_of_a_colleague_does_not_count(town: Town) -> None:
    looked = compose(browser_of(town.amal), town, look="").context["seen"].mark
    compose(browser_of(town.okafor), town, looked=looked, send="1")
    assert not Notice.objects.exists()


def test_an_empty_form_says_what_to_do_and_keeps_what_was_written(town: Town) -> None:
    response = browser_of(town.amal).post(f"{BASE}/notices/new/", {"kind": "question", "text": "Coming?"})
    assert response.status_code == 422
    page = response.content.decode()
    for words in ("Choose who it is for.", "Choose how families may answer.", "Coming?"):
        assert words in page


def test_a_form_sent_back_still_counts_homes_and_marks_nothing_as_needless(town: Town) -> None:
    page = compose(browser_of(town.amal), town, kind="question", look="").content.decode()
    assert "Choose how families may answer." in page
    assert "<b>1 home: 1 adult, about 1 student</b>" in page
    labels = {
        label: f"{label} <span" in page for label in ("Your message", "How may families answer?", "Subject")
    }
    assert labels == {"Your message": False, "How may families answer?": False, "Subject": True}


def test_a_moment_that_has_passed_is_refused(town: Town) -> None:
    past = (TUESDAY - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    response = compose(browser_of(town.amal), town, goes_at=past, look="")
    assert "This moment has passed" in response.content.decode()


def test_the_live_count_names_homes(town: Town) -> None:
    response = browser_of(town.amal).get(
        f"{BASE}/notices/audience/", {"audience": f"class:{town.class_4a.key}"}
    )
    assert "<b>1 home: 1 adult, about 1 student</b>" in response.content.decode()


def test_another_schools_pages_are_not_there(town: Town) -> None:
    cast.maple_street("oak-lane")
    client = browser_of(town.amal)
    assert client.get("/oak-lane/notices/").status_code == 404
    assert client.get("/nowhere/notices/").status_code == 404


def test_a_teacher_finds_only_children_they_teach(town: Town) -> None:
    stranger = cast.home(town.school, 5)
    client = browser_of(town.amal)
    assert client.get(f"{BASE}/students/{town.yousaf.student.key}/").status_code == 200
    assert client.get(f"{BASE}/students/{stranger.student.key}/").status_code == 404


def test_a_reply_leaves_after_its_five_seconds_and_can_be_taken_back(town: Town) -> None:
    client = browser_of(town.amal)
    url = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    client.post(url, {"text": "Hamza helped a friend today.", "kind": "good_news"})
    message = Message.objects.get()
    assert (message.text, message.kind) == ("Hamza helped a friend today.", "good_news")
    assert Delivery.objects.get().due_at == TUESDAY + timedelta(seconds=5)
    client.post(f"{BASE}/messages/{message.key}/withdrawal/")
    assert not Delivery.objects.waiting().exists()
    assert not Message.objects.standing().exists()


def test_what_a_family_wrote_is_escaped_and_in_its_own_language(town: Town) -> None:
    Message.objects.create(
        school=town.school,
        thread=town.thread,
        author="guardian",
        text="<script>alert(1)</script> شکریہ",
        language="ur",
        said_at=TUESDAY,
    )
    url = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    page = browser_of(town.amal).get(url).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; شکریہ" in page
    assert 'lang="ur" dir="rtl"' in page


def test_this_worries_me_is_on_every_message(town: Town) -> None:
    message = Message.objects.create(
        school=town.school, thread=town.thread, author="guardian", text="…", language="en", said_at=TUESDAY
    )
    response = browser_of(town.amal).post(f"{BASE}/messages/{message.key}/worry/", follow=True)
    assert Worry.objects.get().message == message
    assert "ring 999" in response.content.decode()


def test_the_office_places_words_and_keeps_the_number(town: Town) -> None:
    item = TriageItem.objects.create(
        school=town.school,
        reason="unknown_sender",
        channel="sms",
        sender="+447700900777",
        text="Hamza found his book",
        heard_at=TUESDAY,
    )
    client = browser_of(town.okafor)
    page = client.get(f"{BASE}/triage/", {"child": "ham"}).content.decode()
    assert "Hamza Yousaf" in page
    town.yousaf.point.delete()  # the first number we get of him
    client.post(f"{BASE}/triage/{item.key}/placement/", {"tie": town.yousaf.tie.key, "keep": "on"})
    assert Message.objects.get().text == "Hamza found his book"
    assert ContactPoint.objects.filter(guardian=town.yousaf.guardian, address__value="+447700900777").exists()
    response = client.post(f"{BASE}/triage/{item.key}/placement/", {"tie": town.yousaf.tie.key}, follow=True)
    assert "A colleague has already placed this message." in response.content.decode()
    assert Message.objects.count() == 1


def test_triage_is_not_there_for_teachers(town: Town) -> None:
    assert browser_of(town.amal).get(f"{BASE}/triage/").status_code == 404


def test_a_school_text_is_kept_in_two_scripts_and_used(town: Town) -> None:
    client = browser_of(town.okafor)
    client.post(f"{BASE}/texts/", {"name": "Trip", "kind": "information", "text": "{child} goes on a trip."})
    text = Template.objects.get()
    client.post(f"{BASE}/texts/{text.key}/", {"language": "ur-Latn", "text": "{child} trip par ja raha hai."})
    refused = client.post(f"{BASE}/texts/{text.key}/", {"language": "ur", "text": "سیر ہے۔"})
    assert "differ in {child}" in refused.content.decode()
    assert sorted(text.versions.values_list("language", flat=True)) == ["en", "ur-Latn"]
    town.yousaf.guardian.script = "Latn"
    town.yousaf.guardian.save()
    seen = compose(client, town, text="", template=text.key, look="").context["seen"]
    assert "Hamza trip par ja raha hai." in seen.looks.own[0].said.text


def test_a_notice_of_another_teacher_is_not_there(town: Town) -> None:
    SchoolClass.objects.create(school=town.school, name="5B")
    notice = Notice.objects.create(
        school=town.school,
        by=town.okafor,
        text="x",
        language="en",
        audience={"kind": "school", "names": []},
        goes_at=TUESDAY,
    )
    assert browser_of(town.amal).get(f"{BASE}/notices/{notice.key}/").status_code == 404


def test_single_families_are_picked_by_their_children(town: Town) -> None:
    other = town.home(2)
    for home, label in ((town.yousaf, "Khan family"), (other, "Khan family")):
        household = Household.objects.create(school=town.school, label=label)
        for person in ({"guardian": home.guardian}, {"student": home.student}):
            HouseholdMembership.objects.create(school=town.school, household=household, **person)
    page = browser_of(town.amal).get(f"{BASE}/notices/new/").content.decode()
    assert "Families I pick" in page
    assert [name in page for name in ("Hamza", "Child2")] == [True, True]
    both = [f"class:{town.class_4a.key}", f"home:{Household.objects.first().key}"]
    refused = compose(browser_of(town.amal), town, audience=both, look="")
    assert refused.status_code == 422
    assert "Choose classes or single families, not both." in refused.content.decode()


def test_of_many_families_some_are_found_by_name_and_the_words_stay(town: Town, monkeypatch) -> None:
    monkeypatch.setattr(compose_places, "MOST_HOMES", 1)
    homes = []
    for number in (2, 3):
        home = town.home(number)
        homes.append(Household.objects.create(school=town.school, label=f"Home {number}"))
        HouseholdMembership.objects.create(school=town.school, household=homes[-1], student=home.student)
    client = browser_of(town.amal)
    assert "home:" not in client.get(f"{BASE}/notices/new/").content.decode()
    found = compose(client, town, audience=[], find="child3", finding="", text="Well done.").content.decode()
    assert f"home:{homes[1].key}" in found
    assert f"home:{homes[0].key}" not in found
    assert "Well done." in found
    assert "put right" not in found
    looked = compose(client, town, audience=[f"home:{homes[1].key}"], look="")
    assert not looked.context["form"].errors


def test_the_look_says_how_easy_the_words_are(town: Town) -> None:
    client = browser_of(town.amal)
    assert "Easy to read and to translate." in compose(client, town, look="").content.decode()
    long = "Bring water, " * 12 + "please."
    assert "Two short sentences are easier" in compose(client, town, text=long, look="").content.decode()


def test_announcements_are_listed_with_no_ones_child_in_them(town: Town) -> None:
    client = browser_of(town.amal)
    mark = compose(client, town, text="{child} had a good day.", look="").context["seen"].mark
    compose(client, town, text="{child} had a good day.", looked=mark, send="1")
    page = client.get(f"{BASE}/notices/").content.decode()
    assert "(name) had a good day." in page
    assert "{child}" not in page


def test_a_tray_that_is_longer_than_a_page_says_how_many_wait_and_leads_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "SHOWN", 2)
    client = browser_of(town.okafor)
    for number in range(5):
        TriageItem.objects.create(
            school=town.school,
            reason="unknown_sender",
            channel="sms",
            sender=f"+44770090070{number}",
            text="x",
        )

    def senders(page: str = "", child: str = "") -> list[str]:
        found = client.get(f"{BASE}/triage/", {"page": page, "child": child})
        return [one.item.sender[-1] for one in found.context["items"]]

    first = client.get(f"{BASE}/triage/").content.decode()
    assert "1 to 2 of 5 that wait" in first
    assert ("?page=2" in first, "Those before" in first) == (True, False)
    last = client.get(f"{BASE}/triage/?page=3&child=Ham").content.decode()
    assert "5 to 5 of 5 that wait" in last
    assert ("?page=2&amp;child=Ham" in last, "Those after" in last) == (True, False)
    assert [senders(), senders("2"), senders("3"), senders("99"), senders("x")] == [
        ["0", "1"], ["2", "3"], ["4"], ["4"], ["0", "1"],
    ]  # fmt: skip
    TriageItem.objects.filter(sender__gte="+447700900702").delete()
    assert "that wait" not in client.get(f"{BASE}/triage/").content.decode()
