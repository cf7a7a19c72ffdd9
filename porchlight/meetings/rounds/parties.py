"""Who comes together: the adults of one home. Parents who live apart are two parties, and know nothing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from porchlight.families.models import Guardian, Guardianship, HouseholdMembership, Restriction
from porchlight.families.models.people import in_force
from porchlight.languages.models import KnownLanguage
from porchlight.meetings.models import Party, PartyMember, Round, Wish, WishedHost
from porchlight.meetings.rounds.teaching import enrolled, hosts_of
from porchlight.toolbox import scripts
from porchlight.toolbox.keys import random_key

HIGHEST = 3  # what a wish is worth at most


@transaction.atomic
def form_parties(round_: Round, *, now: datetime) -> list[Party]:
    """Every child's adults in parties, each with a wish for its class teacher. Again, it adds who came since and lets
    go whom we may no longer ask. Who was lent a right is asked only where there is nobody else.
    """
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    today = round_.school.local(now).date()
    students = {place.student_id: place.student for place in enrolled(round_, on=today)}
    by_child = invited(round_, students, on=today)
    adults = {tie.guardian_id: tie.guardian for ties in by_child.values() for tie in ties}
    _let_go(round_, adults)
    of_adult = _seated(round_, adults, _homes(round_, adults, today))
    _one_family(by_child, of_adult)
    _class_teachers(round_, by_child, of_adult, now)
    _interpreters(round_, adults, of_adult)
    return list({party.pk: party for party in of_adult.values()}.values())


def with_nobody(round_: Round, *, on: date) -> list[str]:
    """Children about whom nobody may be asked, by name, for staff."""
    students = {place.student_id: place.student for place in enrolled(round_, on=on)}
    by_child = invited(round_, students, on=on)
    return [child.short_name for pk, child in students.items() if not by_child.get(pk)]


def invited(round_: Round, students: Iterable[int], *, on: date) -> dict[int, list[Guardianship]]:
    """By child, the ties of the adults who are asked: whom we may tell; by a lent right where nobody has their own."""
    rows = Guardianship.objects.in_school(round_.school_id).current(on=on).receiving(on=on)
    rows = rows.filter(student__in=list(students)).select_related("guardian", "student").order_by("pk")
    found: dict[int, list[Guardianship]] = defaultdict(list)
    for tie in rows:
        found[tie.student_id].append(tie)
    return {pk: [tie for tie in ties if tie.lent_by_id is None] or ties for pk, ties in found.items()}


def host_ids(wish: Wish) -> tuple[int, ...]:
    """Whom it is for; whoever asked for it first."""
    return tuple(one.host_id for one in sorted(wish.hosts.all(), key=lambda one: one.pk))


def parties_of(round_: Round, student_id: int, *, on: date) -> list[Party]:
    """The parties whose adults are asked about this child."""
    adults = [tie.guardian_id for tie in invited(round_, [student_id], on=on).get(student_id, [])]
    mine = PartyMember.objects.filter(round=round_, guardian__in=adults)
    return list(round_.parties.filter(pk__in=mine.values("party")).select_related("round").order_by("pk"))


def guests_of(round_: Round, wishes: Iterable[Wish], *, on: date) -> dict[str, list[int]]:
    """By the wish's key, the adults of its party who may be told about its child: they and no others sit in its
    meeting. A party may hold an adult with no tie to that child.
    """
    wanted = list(wishes)
    ties = invited(round_, {one.student_id for one in wanted}, on=on)
    members: dict[int, list[int]] = defaultdict(list)
    rows = PartyMember.objects.filter(round=round_).order_by("pk")
    for party_id, guardian_id in rows.values_list("party_id", "guardian_id"):
        members[party_id].append(guardian_id)
    may = {(tie.guardian_id, student) for student, found in ties.items() for tie in found}
    return {
        one.key: [adult for adult in members[one.party_id] if (adult, one.student_id) in may]
        for one in wanted
    }


def _homes(round_: Round, adults: Mapping[int, Guardian], on: date) -> dict[int, object]:
    """By adult, what they share with those who come along. Beside a restriction everybody comes alone."""
    memberships = HouseholdMembership.objects.in_school(round_.school_id).filter(
        in_force(on), guardian__in=list(adults)
    )
    homes: dict[int, object] = {}
    for guardian, household in memberships.order_by("pk").values_list("guardian_id", "household_id"):
        if guardian is not None:
            homes.setdefault(guardian, household)
    barred = Restriction.objects.in_school(round_.school_id).in_force(on=on)
    alone = set(barred.values_list("guardianship__guardian_id", flat=True))
    return {pk: ("alone", pk) if pk in alone else homes.get(pk, ("alone", pk)) for pk in adults}


def _let_go(round_: Round, adults: Mapping[int, Guardian]) -> None:
    """Whom we may not ask any more; a party without anybody is none, unless a meeting of theirs stands."""
    PartyMember.objects.filter(round=round_).exclude(guardian__in=list(adults)).delete()
    empty = Party.objects.filter(round=round_, members=None)
    held = Wish.objects.filter(round=round_, meeting__isnull=False)
    empty.exclude(pk__in=held.values("party")).delete()


def _seated(round_: Round, adults: Mapping[int, Guardian], homes: Mapping[int, object]) -> dict[int, Party]:
    """By adult, their party. Who moved out since leaves it, with their question; the others keep what was said."""
    rows = PartyMember.objects.filter(round=round_).select_related("party").order_by("pk")
    members = {row.guardian_id: row for row in rows}
    first_home: dict[int, object] = {}
    one_of_each: dict[int, Party] = {}
    for member in members.values():
        first_home.setdefault(member.party_id, homes[member.guardian_id])
        member.party = one_of_each.setdefault(member.party_id, member.party)
        member.party.round = round_
    of_home: dict[object, Party] = {}
    for pk, member in members.items():
        if homes[pk] == first_home[member.party_id]:
            of_home.setdefault(homes[pk], member.party)
    found: dict[int, Party] = {}
    for pk in sorted(adults):
        row = members.get(pk)
        if row is not None and homes[pk] == first_home[row.party_id]:
            found[pk] = row.party
            continue
        party = of_home.get(homes[pk])
        if party is None:
            party = Party.objects.create(school_id=round_.school_id, round=round_, family=random_key())
            of_home[homes[pk]] = party
        found[pk] = party
        if row is None:
            PartyMember.objects.create(
                school_id=round_.school_id, round=round_, party=party, guardian=adults[pk]
            )
        else:
            row.party = party
            row.save(update_fields=["party"])
    return found


def _one_family(by_child: Mapping[int, Sequence[Guardianship]], of_adult: Mapping[int, Party]) -> None:
    """Parties that share a child bear one value, through as many children and homes as it takes."""
    for ties in by_child.values():
        values = sorted({of_adult[tie.guardian_id].family for tie in ties})
        if len(values) < 2:
            continue
        for party in of_adult.values():
            if party.family in values[1:]:
                party.family = values[0]
                party.save(update_fields=["family"])


def _class_teachers(
    round_: Round,
    by_child: Mapping[int, Sequence[Guardianship]],
    of_adult: Mapping[int, Party],
    now: datetime,
) -> None:
    """A wish for each party of each child, and what colleagues asked for, for a party that came since."""
    hosts = hosts_of(round_, on=round_.school.local(now).date())
    there: dict[tuple[int, int], set[str]] = defaultdict(set)
    musts: dict[int, dict[tuple[int, ...], Wish]] = defaultdict(dict)
    for wish in Wish.objects.filter(round=round_).prefetch_related("hosts").order_by("pk"):
        there[wish.party_id, wish.student_id].add(wish.asked_by)
        if wish.asked_by == Wish.From.STAFF and wish.taken_back_at is None:
            musts[wish.student_id].setdefault(host_ids(wish), wish)
    for student, ties in by_child.items():
        lead = hosts[student].lead if student in hosts else None
        for party in {of_adult[tie.guardian_id].pk: of_adult[tie.guardian_id] for tie in ties}.values():
            known = there[party.pk, student]
            if Wish.From.STAFF not in known:
                for staff_hosts, like in musts[student].items():
                    wish_for(party, student, staff_hosts, asked_by=Wish.From.STAFF, now=now, like=like)
            is_met = any(lead is not None and lead.pk in ids for ids in musts[student])
            if Wish.From.ROUND not in known and lead is not None and not is_met:
                wish_for(party, student, [lead.pk], asked_by=Wish.From.ROUND, now=now, priority=HIGHEST)


def wish_for(
    party: Party,
    student_id: int,
    hosts: Iterable[int],
    *,
    asked_by: Wish.From,
    now: datetime,
    like: Wish | None = None,
    why: str = "",
    must: bool = False,
    priority: int = 2,
) -> Wish:
    """A new wish; `like` another, it asks for the same."""
    wish = Wish.objects.create(
        school_id=party.school_id,
        round_id=party.round_id,
        party=party,
        student_id=student_id,
        asked_by=asked_by,
        must=like.must if like else must,
        priority=like.priority if like else priority,
        minutes=like.minutes if like else party.round.minutes,
        why=like.why if like else why,
        made_at=now,
    )
    WishedHost.objects.bulk_create(
        WishedHost(school_id=party.school_id, wish=wish, host_id=host) for host in hosts
    )
    return wish


def _interpreters(round_: Round, adults: Mapping[int, Guardian], of_adult: Mapping[int, Party]) -> None:
    """For homes that said nothing yet: an interpreter where a teacher of theirs does not speak their language, and
    somebody interprets it in this season. Nobody's meeting may fail for want of one they never asked for.
    """
    known: dict[int, set[str]] = defaultdict(set)
    for staff, language in KnownLanguage.objects.in_school(round_.school_id).values_list(
        "staff_id", "language"
    ):
        known[staff].add(scripts.base(language))
    there = set[str]().union(
        *(known[pk] for pk in round_.hosts.filter(interprets=True).values_list("staff_id", flat=True))
    )
    asked: dict[int, set[int]] = defaultdict(set)
    rows = WishedHost.objects.filter(wish__round=round_, wish__taken_back_at=None)
    for party_id, staff in rows.values_list("wish__party_id", "host__staff_id"):
        asked[party_id].add(staff)
    for pk in sorted(adults):
        party, language = of_adult[pk], scripts.base(adults[pk].speaks)
        if party.answered_at is not None or party.language or language not in there:
            continue
        if foreign(language, round_) and any(language not in known[staff] for staff in asked[party.pk]):
            party.language = language
            party.save(update_fields=["language"])


def foreign(language: str, round_: Round) -> bool:
    """Not the language school speaks anyway."""
    return scripts.base(language) != scripts.base(round_.school.language)
