"""A round of conferences at Maple Street: made, asked, planned, told, changed; each picture one step further."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from porchlight.meetings.arranging import say_all
from porchlight.meetings.models import (
    GuestSeat,
    LateChange,
    Mode,
    Party,
    Planning,
    Round,
    RoundHost,
    Wish,
    Word,
)
from porchlight.meetings.planned import changing, searching, taking, telling
from porchlight.meetings.rounds.asking import ask_families, work
from porchlight.meetings.rounds.making import Facts, make_round
from porchlight.meetings.rounds.wishing import Wishes, say_wishes
from porchlight.toolbox import school_time
from tests.screenshots.of_staff import school_class
from tests.screenshots.shots import Shot, Where, at
from tests.screenshots.story import LONDON, Fortnight

DAYS = [(date(2026, 11, 12), time(15, 30), time(19, 30)), (date(2026, 11, 14), time(9), time(12))]
ANSWER_BY = datetime(2026, 10, 30, 20, tzinfo=LONDON)
STEPS = 150  # enough for a class, and the same plan every time


def made(story: Fortnight) -> Round:
    """Mrs Okafor makes it for 4A: a Thursday evening and a Saturday morning."""
    found = Round.objects.in_school(story.maple.school).first()
    if found is None:
        facts = Facts("Autumn conferences", ANSWER_BY, DAYS, [school_class(story, "4A")])
        by, now = story.maple.actor("Mrs Okafor"), school_time.now()
        found = make_round(story.maple.school, facts, by=by, now=now)
    return found


def asked(story: Fortnight) -> Round:
    """Every home is asked; Mr Yousaf has said when."""
    found, now = made(story), school_time.now()
    if found.asked_at is None:
        ask_families(found, by=story.maple.actor("Mrs Okafor"), now=now)
        work(story.maple.school.pk, found.pk)
        found.refresh_from_db()
        first = list(found.windows.order_by("number"))[:1]
        wishes = Wishes(windows=first, modes=[Mode.IN_PERSON])
        say_wishes(the_yousafs(story), wishes, by=story.maple.guardian("Mr Yousaf").actor(), now=now)
    return found


def the_yousafs(story: Fortnight) -> Party:
    """Hamza's parents, who come together."""
    father = story.maple.guardian("Mr Yousaf")
    return Party.objects.in_school(story.maple.school).get(members__guardian=father)


def searched(story: Fortnight) -> Round:
    """A worker has looked for a plan."""
    found, school = asked(story), story.maple.school
    if not Planning.objects.in_school(school).exists():
        by, now = story.maple.actor("Mrs Okafor"), school_time.now()
        searching.work(school.pk, searching.ask(found, by=by, now=now, steps=STEPS).pk)
    return found


def taken(story: Fortnight) -> Round:
    """The plan stands in the calendar."""
    found = searched(story)
    planning = Planning.objects.in_school(story.maple.school).get()
    if planning.taken_at is None:
        taking.take(planning, by=story.maple.actor("Mrs Okafor"), now=school_time.now())
    return found


def told(story: Fortnight) -> Round:
    """Families know their times."""
    found = taken(story)
    if found.told_at is None:
        telling.tell_the_families(found, by=story.maple.actor("Mrs Okafor"), now=school_time.now())
        telling.work(story.maple.school.pk, found.pk)
        found.refresh_from_db()
    return found


def changed(story: Fortnight) -> Round:
    """One adult comes, one cannot; Mr Yousaf would like another time, and it is looked for."""
    found, school, now = told(story), story.maple.school, school_time.now()
    if not LateChange.objects.in_school(school).exists():
        words = (("Carmen Ruiz", Word.YES), ("Natalie Cole", Word.CANNOT), ("Mr Yousaf", Word.ANOTHER))
        for name, word in words:
            adult = story.maple.guardian(name)
            seats = list(GuestSeat.objects.filter(meeting__wish__round=found, guardian=adult))
            say_all(seats, word, by=adult.actor(), now=now)
        changing.work(school.pk, found.pk)
    return found


def of_round(page: str, so_far: Callable[[Fortnight], Round]) -> Where:
    """A page of the round, once it is so far."""
    return lambda story: at(page, key=so_far(story).key)


def listed(story: Fortnight) -> str:
    made(story)
    return at("meetings:rounds")


def of_ms_amal(story: Fortnight) -> str:
    found = made(story)
    host = RoundHost.objects.get(round=found, staff=story.maple.staff("Ms Amal"))
    return at("meetings:round_host", key=found.key, host_key=host.key)


def of_the_yousafs(story: Fortnight) -> str:
    found = asked(story)
    return at("meetings:round_party", key=found.key, party_key=the_yousafs(story).key)


def another_place(story: Fortnight) -> str:
    found = taken(story)
    wish = Wish.objects.get(round=found, student=story.maple.student("Hamza Yousaf"))
    return at("meetings:round_place", key=found.key, wish_key=wish.key)


ROUNDS = (
    Shot("rounds-none", "meetings:rounds", at("meetings:rounds"), "okafor"),
    Shot("round-new", "meetings:round_new", at("meetings:round_new"), "okafor"),
    Shot("rounds", "meetings:rounds", listed, "okafor"),
    Shot("round-made", "meetings:round", of_round("meetings:round", made), "okafor"),
    Shot("round-facts", "meetings:round_facts", of_round("meetings:round_facts", made), "okafor"),
    Shot("round-hosts", "meetings:round_hosts", of_round("meetings:round_hosts", made), "okafor"),
    Shot("round-host", "meetings:round_host", of_ms_amal, "okafor"),
    Shot("round-mine", "meetings:round_mine", of_round("meetings:round_mine", made), "amal"),
    Shot("round-must-see", "meetings:round_must_see", of_round("meetings:round_must_see", made), "amal"),
    Shot("round-asked", "meetings:round", of_round("meetings:round", asked), "okafor"),
    Shot("round-parties", "meetings:round_parties", of_round("meetings:round_parties", asked), "okafor"),
    Shot("round-party", "meetings:round_party", of_the_yousafs, "okafor"),
    Shot(
        "round-wishes", "meetings:wishes", of_round("meetings:wishes", asked), "yousaf",
        told="A father says in Urdu when he can come, and how; who says nothing is given a time all the same.",
        docs=("360-light-ur",),
    ),
    Shot("round-plan-before", "meetings:round_plan", of_round("meetings:round_plan", asked), "okafor"),
    Shot("round-plan", "meetings:round_plan", of_round("meetings:round_plan", searched), "okafor"),
    Shot(
        "round-board", "meetings:round_board", of_round("meetings:round_board", taken), "okafor",
        told="The planned evening on a board: moved with the mouse or by keys, under the rules of the planner.",
        docs=("1280-light",),
    ),
    Shot("round-place", "meetings:round_place", another_place, "okafor"),
    Shot("round-my-evening", "meetings:round_my_evening", of_round("meetings:round_my_evening", taken), "amal"),
    Shot("round-times", "meetings:round_times", of_round("meetings:round_times", taken), "okafor"),
    Shot("round-times-told", "meetings:round_times", of_round("meetings:round_times", told), "okafor"),
    Shot("round-changes", "meetings:round_changes", of_round("meetings:round_changes", changed), "okafor"),
)  # fmt: skip
