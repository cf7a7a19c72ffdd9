"""A parent who reads two languages reads translations over: never words about a child, a thread or another home."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.checking import ask_to_check
from porchlight.conversations.models import Check, CheckReason, Notice, NoticeVersion, ParentVerdict, Verdict
from porchlight.conversations.notices import Draft, release, send_due, write
from porchlight.conversations.parents_reading import Changed, pieces_for, say
from porchlight.conversations.tell import reply
from porchlight.families.models import Guardianship, Restriction, RestrictionScope
from porchlight.languages.glossary import write_term
from porchlight.languages.memory import pair_of, recall
from porchlight.languages.models import EndedHow, ParentReader, Term
from porchlight.languages.provenance import Provenance
from porchlight.languages.volunteering import agree, end, offer
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db
PAGE = "/maple-street/messages/reading/"
OFFICE = "/maple-street/translations/parents/"
WORDS = {"language": "ur", "notices": True, "words": True, "named": False}


@pytest.fixture
def reader(town) -> ParentReader:
    """The father offered to read Urdu, and the office agreed."""
    father = town.yousaf.guardian
    row = offer(guardian=father, by=father.actor(), now=school_time.now(), **WORDS)
    return agree(row, by=town.okafor.actor(), now=school_time.now())


def notice(town, text: str, said: str, kind: str = "information", **more) -> Check:
    """An announcement with a machine's Urdu that somebody doubts."""
    audience = more.pop("audience", Audience(AudienceKind.CLASSES, (town.class_4a.key,)))
    amal, now = town.amal.actor(), school_time.now()
    row = release(
        write(Draft(text, "en", audience, kind=kind, **more), school=town.school, by=amal, now=now),
        by=amal,
        now=now,
    )
    NoticeVersion.objects.create(
        school=town.school, notice=row, language="ur", text=said, provenance="engine", by="DeepL"
    )
    return ask_to_check(notice=row, target="ur", reason=CheckReason.DOUBT_OF_STAFF, now=now)


def waits(town) -> list[str]:
    return [
        one.original
        for one in pieces_for(town.school, town.yousaf.guardian.actor(), school_time.now(), most=9)
    ]


def test_what_a_parent_never_sees(town, reader) -> None:
    families = Audience(AudienceKind.STUDENTS, (town.yousaf.student.key,))
    everyday = notice(town, "School is shut on 5 May.", "سکول 5 مئی کو بند ہے۔")
    notice(town, "Hamza won the race.", "حمزہ جیت گیا۔")
    notice(town, "The race was won.", "Hamza دوڑ جیت گیا۔")
    notice(town, "There was a fire.", "آگ لگی تھی۔", kind="safety")
    notice(town, "May we take a photo?", "کیا ہم تصویر لیں؟", kind="consent")
    notice(town, "To a few homes.", "چند گھروں کو۔", audience=families)
    undone = notice(town, "Taken back.", "واپس لیا گیا۔")
    Notice.objects.filter(pk=undone.notice_id).update(undone_at=school_time.now())
    personal = notice(town, "Personal.", "ذاتی۔")
    Notice.objects.filter(pk=personal.notice_id).update(tier=Tier.L2)
    thread = reply(
        thread=town.thread, text="He did well.", language="en", by=town.amal.actor(), now=school_time.now()
    )
    ask_to_check(message=thread, target="ur", reason=CheckReason.DOUBT_OF_HOME, now=school_time.now())
    assert Check.objects.count() == 9
    assert waits(town) == ["School is shut on 5 May."]
    his = town.yousaf.guardian.actor()
    for other in Check.objects.exclude(pk=everyday.pk):
        with pytest.raises(PermissionDenied):
            say(school=town.school, key=other.key, verdict=Verdict.GOOD, by=his, now=school_time.now())
    assert set(Check.objects.visible_to(his).values_list("message", flat=True)) <= {None}


def test_nobody_reads_before_the_office_agreed_after_it_ended_or_without_a_child_of_their_own(town) -> None:
    father, now = town.yousaf.guardian, school_time.now()
    notice(town, "School is shut.", "سکول بند ہے۔")
    row = offer(guardian=father, by=father.actor(), now=now, **WORDS)
    assert waits(town) == []
    with pytest.raises(PermissionDenied):
        agree(row, by=town.amal.actor(), now=now)
    agree(row, by=town.okafor.actor(), now=now)
    assert waits(town) == ["School is shut."]
    Guardianship.objects.filter(guardian=father).update(may_receive=False)
    assert waits(town) == []
    Guardianship.objects.filter(guardian=father).update(may_receive=True)
    end(row, how=EndedHow.PARENT, by=father.actor(), now=now)
    assert waits(town) == []
    with pytest.raises(PermissionDenied):
        offer(guardian=father, by=town.okafor.actor(), now=now, **WORDS)


@pytest.mark.parametrize(("named", "who"), [(False, "a parent"), (True, "Guardian 1")])
def test_what_was_said_better_is_used_and_credited_as_they_wished(
    town, reader, named: bool, who: str
) -> None:
    ParentReader.objects.update(is_named=named)
    check = notice(town, "School is shut on 5 May.", "سکول 5 مئی بند۔")
    his, now = town.yousaf.guardian.actor(), school_time.now()
    say(
        school=town.school,
        key=check.key,
        verdict=Verdict.BETTER,
        text="سکول 5 مئی کو بند رہے گا۔",
        by=his,
        now=now,
    )
    check.refresh_from_db()
    assert (check.mended, check.done_by) == (True, None)
    version = NoticeVersion.objects.get()
    assert (version.text, version.provenance, version.checked_by) == (
        "سکول 5 مئی کو بند رہے گا۔",
        "person",
        who,
    )
    again = recall(pair_of(town.school, "en", "ur"), "School is shut on 5 May.", now=now).version
    assert again is not None
    assert (again.text, again.provenance, again.by) == ("سکول 5 مئی کو بند رہے گا۔", Provenance.MEMORY, who)
    assert ParentVerdict.objects.get().before == "سکول 5 مئی بند۔"


@pytest.mark.parametrize(
    "better",
    ["سکول 6 مئی کو بند ہے۔", "سکول 5 مئی کو بند ہے۔ https://x.org/a", "Hamza کا سکول 5 مئی کو بند ہے۔"],
)
def test_nobody_moves_a_date_or_names_a_child_by_mending(town, reader, better: str) -> None:
    check, his = notice(town, "School is shut on 5 May.", "سکول 5 مئی بند۔"), town.yousaf.guardian.actor()
    with pytest.raises(Changed):
        say(
            school=town.school,
            key=check.key,
            verdict=Verdict.BETTER,
            text=better,
            by=his,
            now=school_time.now(),
        )
    assert NoticeVersion.objects.get().text == "سکول 5 مئی بند۔"


def test_i_cannot_say_leaves_it_for_others(town, reader) -> None:
    check, his = notice(town, "School is shut.", "سکول بند ہے۔"), town.yousaf.guardian.actor()
    say(school=town.school, key=check.key, verdict=Verdict.CANNOT, by=his, now=school_time.now())
    check.refresh_from_db()
    assert check.done_at is None
    assert waits(town) == []


def test_the_schools_own_words_into_their_language_alone(town, reader) -> None:
    by, now = town.okafor.actor(), school_time.now()
    for target, words in {"ur": "ہوم ورک", "es": "deberes", "": ""}.items():
        write_term(
            school=town.school,
            source="en",
            target=target,
            words="homework",
            translation=words,
            by=by,
            now=now,
        )
    his = town.yousaf.guardian.actor()
    (piece,) = pieces_for(town.school, his, now, most=9)
    assert (piece.text, piece.target) == ("ہوم ورک", "ur")
    say(school=town.school, key=piece.key, verdict=Verdict.BETTER, text="گھر کا کام", by=his, now=now)
    term = Term.objects.get(target="ur")
    assert (term.translation, term.written_by) == ("گھر کا کام", None)


def test_the_pages(town) -> None:
    check = notice(town, "School is shut.", "سکول بند ہے۔")
    his, office = browser_of(town.yousaf.guardian), browser_of(town.okafor)
    offered = {"language": "ur", "notices": "on", "named": "on"}
    assert his.post(PAGE, offered).status_code == 302
    assert "سکول بند ہے۔" not in his.get(PAGE).content.decode()
    page = office.get(OFFICE).content.decode()
    (address,) = re.findall(r'action="(/maple-street/translations/parents/\w+/)"', page)
    assert browser_of(town.amal).get(OFFICE).status_code == 404
    assert office.post(address, {"agree": ""}).status_code == 302
    assert "سکول بند ہے۔" in his.get(PAGE).content.decode()
    assert his.post(PAGE, {"key": "none", "verdict": "good"}).status_code == 404
    assert his.post(PAGE, {"key": check.key, "verdict": "good"}).status_code == 302
    assert NoticeVersion.objects.get().checked_by == "Guardian 1"
    assert "School is shut." in office.get(OFFICE).content.decode()
    (ending,) = re.findall(rf'action="({PAGE}\w+/end/)"', his.get(PAGE).content.decode())
    his.post(ending)
    assert not ParentReader.objects.standing().exists()
    send_due(school=town.school, now=school_time.now())


def test_the_office_asks_and_the_parent_decides(town) -> None:
    notice(town, "School is shut.", "سکول بند ہے۔")
    father = town.yousaf.guardian
    father.reads = "en"
    father.save()
    office, his = browser_of(town.okafor), browser_of(father)
    assert office.post(OFFICE, {"guardian": "nobody"}).status_code == 404
    assert office.post(OFFICE, {"guardian": father.key}).status_code == 302
    row = ParentReader.objects.get()
    assert (row.language, row.holds, waits(town)) == ("ur", False, [])
    his.post(PAGE, {"language": "ur", "notices": "on"})
    assert waits(town) == ["School is shut."]


@pytest.mark.parametrize(
    "better",
    [
        "سکول www.pay-example.org بند ہے۔",
        "سکول بند ہے: wa.me/abc",
        "سکول بند ہے۔ t．me/abc",
        "سکول بند ہے، @somebody کو لکھیں",
        "سکول \u202eبند\u202c ہے۔",
        "سک\u200bول بند ہے۔",
    ],
)
def test_no_address_comes_in_without_its_https_and_nothing_that_is_not_seen(town, reader, better) -> None:
    check = notice(town, "School is shut.", "سکول بند ہے۔")
    with pytest.raises(Changed):
        say(
            school=town.school, key=check.key, verdict=Verdict.BETTER, text=better,
            by=town.yousaf.guardian.actor(), now=school_time.now(),
        )  # fmt: skip
    assert NoticeVersion.objects.get(notice=check.notice).text == "سکول بند ہے۔"


def test_an_address_of_the_originals_may_stay_where_it_is(town, reader) -> None:
    check = notice(town, "Look at www.school.example/trip today.", "دیکھیں www.school.example/trip۔")
    better = "آج www.school.example/trip دیکھیں۔"
    row = say(
        school=town.school, key=check.key, verdict=Verdict.BETTER, text=better,
        by=town.yousaf.guardian.actor(), now=school_time.now(),
    )  # fmt: skip
    assert row.verdict == Verdict.BETTER


def test_who_is_kept_away_from_one_child_reads_nothing_for_the_sake_of_another(town, reader) -> None:
    father, home = town.yousaf.guardian, town.home(2)
    notice(town, "We leave at nine.", "ہم نو بجے نکلتے ہیں۔")
    tie = Guardianship.objects.create(school=town.school, guardian=father, student=home.student)
    assert waits(town) == ["We leave at nine."]
    barred = Restriction.objects.create(
        school=town.school, guardianship=tie, scope=RestrictionScope.CONTACT, evidence="order"
    )
    assert waits(town) == []
    Restriction.objects.filter(pk=barred.pk).update(lifted_at=school_time.now())
    assert waits(town) == ["We leave at nine."]
