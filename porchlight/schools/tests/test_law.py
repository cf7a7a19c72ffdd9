"""Profiles of law: read whole or not at all, followed by country or by choice, and never undercut by a school."""

from __future__ import annotations

from datetime import time
from importlib import import_module

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from porchlight.schools.actors import Role
from porchlight.schools.law.followed import hold_to, law_at, law_of, rests_enough
from porchlight.schools.law.reading import FOLDER, BadProfile, Rule, profile_in, profiles
from porchlight.schools.models import School
from porchlight.schools.tests.colleagues import signed_in
from porchlight.schools.tests.test_school_pages import FACTS, written
from porchlight.toolbox.kept import Limit

UK = (FOLDER / "uk.toml").read_text()
# What is written wrong, and what the fault says of it.
SLIPS = [
    ("agrees_from = 13", 'agrees_from = "13"', r"uk\.toml: \[student\] “agrees_from” is a whole number"),
    ("agrees_from = 13", "agrees_from = 3", "from 10 to 21"),
    ("from = 21:00:00", 'from = "9 pm"', r"\[quiet\] “from” is a time such as 21:00:00"),
    ('rule = "choice"', 'rule = "custom"', r"\[quiet\] “rule” is one of law, carrier, guidance, choice"),
    ('source = "UK GDPR, article 33(1)."', 'source = ""', r"\[breach\] names its “source”"),
    ("[emergency]", "[emergencies]", r"\[emergency\] is missing"),
    ('numbers = ["999"]', "numbers = []", "is a list of words"),
    ('kept_away_by = "court"', 'kept_away_by = "mood"', "one of court, order"),
    ('words.en = ["stop"]', "words = []", "a list for each language"),
    ("[keep.safety]", "[keep.gossip]", r"\[keep\.gossip\] is no limit we know"),
    ("least_years = 7", "least_years = 21", "proposes less than the least"),
    ("hours = 72", "hours = 72\nfine = 10", r"\[breach\] holds fine, which nothing reads"),
    ("[adult]", "[voting]\nage = 16\n[adult]", "voting: nothing reads this"),
    ('countries = ["GB", "IM", "JE", "GG"]', 'countries = ["gb"]', "write two capitals"),
    ('countries = ["GB", "IM", "JE", "GG"]', "countries = []", "a list of two-letter codes"),
    ('countries = ["GB", "IM", "JE", "GG"]', 'countries = ["GB"]\nelsewhere = 1', "true or left out"),
    ("[quiet]", "[quiet", "uk.toml: "),
]
clocks = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


def minutes(since: time, until: time) -> set[int]:
    """Every minute of the day that is quiet, counted one by one."""
    start, end, found = since.hour * 60 + since.minute, until.hour * 60 + until.minute, set()
    while start != end:
        found.add(start)
        start = (start + 1) % (24 * 60)
    return found


@pytest.mark.parametrize(("right", "wrong", "fault"), SLIPS)
def test_a_slip_of_the_pen_is_named_with_what_to_mend(right: str, wrong: str, fault: str) -> None:
    assert profile_in("uk", UK.encode()).copies.value == 28
    assert right in UK
    with pytest.raises(BadProfile, match=fault):
        profile_in("uk", UK.replace(right, wrong, 1).encode())


def test_each_country_has_one_profile_and_every_other_country_the_one_for_elsewhere() -> None:
    assert set(profiles()) == {"us", "uk", "eu", "pk", "sg", "nz"}
    followed = {code: law_at(code).name for code in ("US", "GB", "IE", "PK", "SG", "NZ", "MY", "")}
    assert list(followed.values()) == ["us", "uk", "eu", "pk", "sg", "nz", "eu", "eu"]
    assert law_at("MY", "sg").name == "sg"  # chosen
    assert law_at("MY", "atlantis").name == "eu"  # chosen once, and taken out since


def test_two_profiles_for_one_country_are_refused(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "uk.toml").write_text(UK)
    (tmp_path / "gb.toml").write_text(UK)
    monkeypatch.setattr("porchlight.schools.law.reading.FOLDER", tmp_path)
    with pytest.raises(BadProfile, match=r"uk\.toml: .. is in gb\.toml as well"):
        profiles.__wrapped__()
    (tmp_path / "gb.toml").unlink()
    with pytest.raises(BadProfile, match="Exactly one profile"):
        profiles.__wrapped__()


def test_a_student_agrees_at_the_age_of_their_own_country() -> None:
    ages = {
        code: law_at(code).age_to_agree(code) for code in ("US", "GB", "IE", "DE", "ES", "FR", "PK", "NZ")
    }
    assert ages == {"US": 13, "GB": 13, "IE": 16, "DE": 16, "ES": 14, "FR": 15, "PK": 18, "NZ": 16}


def test_what_is_called_law_names_an_act_and_what_is_ours_says_so() -> None:
    for profile in profiles().values():
        figures = [profile.quiet, profile.agrees_from, profile.adult, profile.copies, profile.breach]
        assert {figure.rule for figure in figures} <= set(Rule)
        assert all(figure.source.endswith(".") for figure in (*figures, *profile.stop)), profile.name
    assert law_at("US").quiet.rule is Rule.LAW
    assert law_at("PK").agrees_from.rule is Rule.CHOICE
    assert law_at("GB").keep[Limit.SAFETY].rule is Rule.GUIDANCE


@given(clocks, clocks)
def test_quiet_hours_held_to_a_law_hold_every_minute_of_it_and_of_what_was_there(
    since: time, until: time
) -> None:
    law, school = law_at("US"), School(quiet_from=since, quiet_until=until)
    asked, before = minutes(law.quiet.value.since, law.quiet.value.until), minutes(since, until)
    assert rests_enough(law, since, until) is (asked <= before)
    hold_to(law, school)
    after = minutes(school.quiet_from, school.quiet_until)
    assert asked <= after
    together = asked | before
    if asked & before and len(together) < 24 * 60:
        assert after == together


@pytest.mark.django_db
def test_a_school_is_made_as_strict_as_its_countrys_law() -> None:
    call_command(
        "school", "create", "oak-lane", "Oak Lane", "--country", "us", "--timezone", "America/Denver"
    )
    call_command("school", "create", "maple-street", "Maple Street", "--country", "GB")
    oak, maple = School.objects.order_by("-slug").reverse()[1], School.objects.get(slug="maple-street")
    assert (oak.quiet_from, oak.quiet_until, oak.emergency) == (time(20), time(8), "911")
    assert (maple.quiet_from, maple.quiet_until, maple.emergency) == (time(20), time(7), "999")
    maple.country = "PK"
    assert maple.emergency == "15, 1122"
    maple.emergency_numbers = "1121"
    assert maple.emergency == "1121"  # the school's own words stand


@pytest.fixture
def school(db: None) -> School:
    return School.objects.create(slug="maple-street", name="Maple Street School", timezone="Europe/London")


@pytest.fixture
def office(school: School) -> Client:
    return signed_in(school, Role.OFFICE)


def test_the_page_says_what_follows_and_takes_no_hours_that_are_laxer(school: School, office: Client) -> None:
    page = office.get(FACTS).content.decode()
    for words in ("United Kingdom.", "between 21:00 and 07:00", "From 13 on", "within 28 days", "999"):
        assert words in page
    assert "the Information Commissioner within 72 hours" in page
    assert "no legal advice" in page
    american = {"country": "US", "timezone": "America/New_York"}
    refused = office.post(FACTS, written(**american))
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["quiet_until"])
    assert "between 21:00 and 08:00" in refused.content.decode()
    later = office.post(FACTS, written(**american, quiet_until="08:00"), follow=True).content.decode()
    assert "STOP, QUIT, END, REVOKE, OPT OUT, CANCEL, UNSUBSCRIBE" in later
    assert "47 CFR 64.1200(a)(10)" in later
    school.refresh_from_db()
    assert law_of(school).name == "us"


def test_a_school_may_follow_another_law_than_its_countrys(school: School, office: Client) -> None:
    page = office.post(FACTS, written(country="MY", law=""), follow=True).content.decode()
    assert "Our country has no list of its own here yet" in page
    chosen = office.post(FACTS, written(country="MY", law="sg"), follow=True).content.decode()
    assert "999, 995" in chosen
    school.refresh_from_db()
    assert law_of(school).name == "sg"
    assert office.post(FACTS, written(law="atlantis")).status_code == 422


def test_no_school_takes_another_countrys_law_where_its_own_is_written_down(
    school: School, office: Client
) -> None:
    for country, law in (("GB", "pk"), ("GB", "eu"), ("FR", "uk")):
        refused = office.post(FACTS, written(country=country, law=law))
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["law"])
    assert office.post(FACTS, written(country="GB", law="uk")).status_code == 302
    school.refresh_from_db()
    assert (school.country, law_of(school).name) == ("GB", "uk")


def test_schools_that_were_there_before_rest_as_long_as_the_law() -> None:
    rest = import_module("porchlight.schools.migrations.0005_whose_law")
    for since, until in [(time(20), time(7)), (time(22), time(9)), (time(19), time(8)), (time(0), time(5))]:
        school = School(quiet_from=since, quiet_until=until, country="US")
        rest.lengthen(school)
        assert rests_enough(law_at("US"), school.quiet_from, school.quiet_until), (since, until)
        assert minutes(since, until) <= minutes(school.quiet_from, school.quiet_until)
