"""Homes of one adult and one child, as the benches fill a school with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


def homes(
    school: Any,
    some: range,
    *,
    group_of: Callable[[int], Any],
    channel: str,
    value_of: Callable[[int], str],
    reads: Sequence[str] = ("en",),
) -> list[tuple[Any, Any]]:
    """One home for each number: a child in its class, an adult who reads these languages in turn, and their consent
    to one address on this channel. Returns adults with their children.
    """
    from porchlight.families.models import Address, ContactPoint, Enrolment, Guardian, Guardianship, Student

    tongue = {n: reads[n % len(reads)] for n in some}
    adults = Guardian.objects.bulk_create(
        Guardian(school=school, name=f"Guardian {n}", speaks=tongue[n], reads=tongue[n]) for n in some
    )
    children = Student.objects.bulk_create(Student(school=school, name=f"Child{n} Smith") for n in some)
    Enrolment.objects.bulk_create(
        Enrolment(school=school, student=child, school_class=group_of(n))
        for n, child in zip(some, children, strict=True)
    )
    there = list(zip(adults, children, strict=True))
    Guardianship.objects.bulk_create(
        Guardianship(school=school, guardian=adult, student=child) for adult, child in there
    )
    addresses = Address.objects.bulk_create(
        Address(school=school, channel=channel, value=value_of(n)) for n in some
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(school=school, guardian=adult, address=address, consented=True)
        for adult, address in zip(adults, addresses, strict=True)
    )
    return there
