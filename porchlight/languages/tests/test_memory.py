"""A sentence is paid for once, without its names; people's words stand above machines'; nothing leaves unasked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

import practice
from porchlight.families.models import Guardian, Student
from porchlight.languages.company_accounts import let_personal
from porchlight.languages.engines.contract import mask
from porchlight.languages.glossary import write_term
from porchlight.languages.masking import Names, came_back, masked, names_of
from porchlight.languages.memory import ask, keep, pair_of, recall
from porchlight.languages.models import EngineAccount, Sentence
from porchlight.languages.provenance import Provenance, Version
from porchlight.languages.sentences import pieces, together
from porchlight.languages.translating import work
from porchlight.languages.trusting import open_engine, trust
from porchlight.schools.actors import system
from porchlight.schools.models import School, StaffMember
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from practice.translation import KEY

PEOPLE = Names(
    known=frozenset({"hamza", "yousaf", "rose", "khan", "may"}), near=("Hamza",), kept=("Eid Mela",)
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hamza Yousaf read aloud.", "⓪ read aloud."),
        ("HAMZA's bag, Mr Yousaf.", "⓪'s bag, Mr ①."),
        ("The hamza sign is a letter.", "The hamza sign is a letter."),
        ("On 5 May we plant a Rose.", "On 5 May we plant a Rose."),
        ("Rose Khan and Mrs Rose came.", "⓪ and Mrs ① came."),
        ("Come to Eid Mela, {child}!", "Come to ⓪, ①!"),
        ("Ring 01632 960001 or +92 300 1234567.", "Ring ⓪ or ①."),
        ("Write to a.b@c.org, see https://x.org/a?b=1.", "Write to ⓪, see ①."),
        ("حمزہ کل نہیں آئے گا۔", "⓪ کل نہیں آئے گا۔"),
        ("It is on 14-05-2026 at 9:30, room 12.", "It is on 14-05-2026 at 9:30, room 12."),
    ],
)
def test_what_names_somebody_is_masked_and_comes_back(text: str, left: str) -> None:
    shown = str.maketrans({mask(0): "⓪", mask(1): "①"})
    made = masked(text, PEOPLE)
    assert made.text.translate(shown) == left
    assert made.filled(made.text) == text


@given(st.text(max_size=200))
def test_masking_and_splitting_lose_nothing(text: str) -> None:
    plain = "".join(sign for sign in text if not "\ue000" <= sign <= "\ue3e7")
    assert together(pieces(plain)) == plain
    for piece in pieces(plain):
        made = masked(piece.sentence, PEOPLE)
        assert made.filled(made.text) == piece.sentence
        assert came_back(made.text, made.text)
        assert not made.parts or not came_back(made.text, made.text.replace(mask(0), "", 1))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Come at 9. Bring water!", ["Come at 9.", "Bring water!"]),
        ("Dr. Khan asks Mr. Lee. Yes?", ["Dr. Khan asks Mr. Lee.", "Yes?"]),
        ("At 3 p.m. we go.\nBring 2.5 l.", ["At 3 p.m. we go.", "Bring 2.5 l."]),
        ("کل چھٹی ہے۔ پرسوں آئیں۔", ["کل چھٹی ہے۔", "پرسوں آئیں۔"]),
        ("明天放假。后天见！", ["明天放假。", "后天见！"]),
        ("", []),
    ],
)
def test_a_text_is_its_sentences(text: str, sentences: list[str]) -> None:
    assert [piece.sentence for piece in pieces(text)] == sentences


@pytest.fixture
def town() -> Iterator[practice.TownInThread]:
    with practice.town_in_thread(smtp_port=None) as running:
        yield running


def a_school() -> School:
    """Maple Street with Hamza and his father on its lists."""
    school = School.objects.create(slug="maple-street", name="Maple Street School", timezone="Europe/London")
    Student.objects.create(school=school, name="Hamza Yousaf")
    Guardian.objects.create(
        school=school, name="Bilal Yousaf", addressed_as="Mr Yousaf", speaks="ur", reads="ur"
    )
    return school


@pytest.fixture
def school(db: None) -> School:
    return a_school()


def engine_of(
    school: School, town: practice.TownInThread, source: str = "en", target: str = "ur"
) -> EngineAccount:
    by, now = system(school.pk), school_time.now()
    account = open_engine(
        school=school,
        engine="libretranslate",
        settings={"base_url": town.url},
        secrets={"api_key": KEY},
        by=by,
    )
    trust(school=school, source=source, target=target, account=account, by=by, now=now)
    return account


def learn(town: practice.TownInThread, source: str, target: str, sentences: dict[str, str]) -> None:
    """What the town's engine knows by heart."""
    said = {"from": source, "to": target, "sentences": sentences}
    requests.post(f"{town.url}/control/translation/", json=said, timeout=5).raise_for_status()


def version(school: School, text: str) -> Version | None:
    return recall(pair_of(school, "en-GB", "ur"), text, now=school_time.now()).version


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_without_a_trusted_engine_nor_what_is_too_personal(school: School, town) -> None:
    now = school_time.now()
    assert not ask(pair_of(school, "en", "ur"), "Come.", tier=Tier.L0, now=now)
    account = engine_of(school, town)
    pair = pair_of(school, "en", "ur")
    assert not ask(pair, "A result.", tier=Tier.L2, now=now)
    assert not ask(pair, "A worry.", tier=Tier.L3, now=now)
    assert work(school.pk, account.pk) == 0
    let_personal(account, allowed=True, by=system(school.pk), now=now)
    pair = pair_of(school, "en", "ur")
    assert ask(pair, "A result.", tier=Tier.L2, now=now)
    assert not ask(pair, "A worry.", tier=Tier.L3, now=now)
    let_personal(account, allowed=False, by=system(school.pk), now=now)
    assert work(school.pk, account.pk) == 0  # what was asked for before goes there no more
    assert town.call(lambda there: there.counts["translation sentences"]) == 0


@pytest.mark.django_db(transaction=True)
def test_a_sentence_is_paid_once_whoever_it_is_about(school: School, town) -> None:
    child = Student.objects.get().short_name
    account, now = engine_of(school, town), school_time.now()
    text = f"{child} was kind today. School ends at 2."
    pair = pair_of(school, "en", "ur")
    assert ask(pair, text, tier=Tier.L1, now=now)
    assert recall(pair, text, now=now).waiting
    assert work(school.pk, account.pk) == 2
    made = recall(pair_of(school, "en", "ur"), text, now=now)
    assert made.version is not None
    assert (made.version.provenance, made.version.by, made.version.checked_by) == (
        Provenance.ENGINE, "LibreTranslate", "",
    )  # fmt: skip
    assert child in made.version.text
    assert "2" in made.version.text
    assert not any(child in one.text or child in one.translated for one in Sentence.objects.all())
    for same in ("{child} was kind today.\nSchool ends at 2.", text):
        ask(pair_of(school, "en", "ur"), same, tier=Tier.L1, now=now)
        assert work(school.pk, account.pk) == 0
        assert version(school, same) is not None
    assert town.call(lambda there: there.counts["translation sentences"]) == 2
    trust(school=school, source="en", target="ur", account=None, by=system(school.pk), now=now)
    assert version(school, text) is None  # who no longer trusts it is not served by it either


@pytest.mark.django_db(transaction=True)
def test_a_persons_words_stand_above_a_machines_and_need_none(school: School, town) -> None:
    okafor = StaffMember.objects.create(school=school, name="Mrs Okafor")
    now, text = school_time.now(), "School ends at 2. Bring water."
    keep(pair_of(school, "en", "ur"), text, "سکول 2 بجے ختم ہوگا۔ پانی لائیں۔", by=okafor.pk, name="Mrs Okafor",
         now=now, tier=Tier.L1)  # fmt: skip
    made = version(school, "Bring water. School ends at 2.")
    assert made == Version(
        "پانی لائیں۔ سکول 2 بجے ختم ہوگا۔", "ur", Provenance.MEMORY, "Mrs Okafor", "Mrs Okafor"
    )
    assert version(school, "Bring water. School ends at 3.") is None
    for said, kept in {
        "Hamza saw Hamza.": "Hamza نے Hamza کو دیکھا۔",
        "Hamza saw us.": "اس نے ہمیں دیکھا۔",
    }.items():
        keep(pair_of(school, "en", "ur"), said, kept, by=okafor.pk, name="Mrs Okafor", now=now, tier=Tier.L1)
    twice = version(school, "{child} saw Yousaf.")
    assert twice is not None
    assert twice.text == "{child} نے Yousaf کو دیکھا۔"
    assert version(school, "{child} saw us.") is None  # a name went missing: not for another child


@pytest.mark.django_db(transaction=True)
def test_changed_numbers_and_lost_names_wait_for_a_person_and_a_missed_term_is_said(
    school: School, town
) -> None:
    account, now = engine_of(school, town), school_time.now()
    write_term(school=school, source="en", target="ur", words="homework", translation="گھر کا کام",
               by=system(school.pk), now=now)  # fmt: skip
    known = {
        "Come at 9.": "آٹھ 8 بجے آئیں۔",
        "{0} is here.": "وہ یہاں ہے۔",
        "The homework is long.": "ہوم ورک لمبا ہے۔",
        "The homework is short.": "گھر کا کام مختصر ہے۔",
        "Bring a coat tomorrow.": "Bring a coat tomorrow.",
    }
    learn(town, "en", "ur", known)
    texts = {"Come at 9.": ("numbers",), "{child} is here.": ("names",), "The homework is long.": ("glossary",),
             "The homework is short.": (), "Bring a coat tomorrow.": ("untouched",)}  # fmt: skip
    for text in texts:
        ask(pair_of(school, "en", "ur"), text, tier=Tier.L1, now=now)
    assert work(school.pk, account.pk) == 5
    got = {text: recall(pair_of(school, "en", "ur"), text, now=now) for text in texts}
    assert {text: one.doubts for text, one in got.items()} == texts
    assert [text for text, one in got.items() if one.version] == [
        "The homework is long.",
        "The homework is short.",
    ]
    assert not any(one.waiting for one in got.values())


@pytest.mark.django_db(transaction=True)
def test_bad_days_of_an_engine(school: School, town) -> None:
    account, now = engine_of(school, town), school_time.now()
    pair = pair_of(school, "en", "ur")
    ask(pair, "Come soon please.", tier=Tier.L1, now=now)
    town.set_weather("translation", rude="429", times=1, retry_after=30)
    assert work(school.pk, account.pk) == 0
    row = Sentence.objects.get()
    assert (row.tries, row.trouble, row.lease_until) == (1, "", None)
    assert row.due_at >= now + timedelta(seconds=30)
    assert work(school.pk, account.pk) == 0
    Sentence.objects.update(due_at=now)
    town.set_weather("translation", rude="code", code="403", times=1)
    assert work(school.pk, account.pk) == 0
    account.refresh_from_db()
    assert (account.held_code, bool(account.held_reason)) == ("Invalid API key", True)
    assert not recall(pair_of(school, "en", "ur"), "Come soon please.", now=now).waiting
    EngineAccount.objects.update(held_at=None, held_reason="", held_code="")
    assert work(school.pk, account.pk) == 1
    assert version(school, "Come soon please.") is not None


def test_the_names_of_the_lists(school: School) -> None:
    names = names_of(school)
    assert names.known == {"hamza", "yousaf", "bilal"}
