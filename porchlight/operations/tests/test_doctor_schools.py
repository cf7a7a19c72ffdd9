"""What `porchlight doctor` says about a school's people, calendar and gateways: each line, after its fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from porchlight.delivery.models import Account
from porchlight.delivery.tests import cast
from porchlight.families.models import Student
from porchlight.operations.doctor import gateways, schools
from porchlight.operations.findings import Finding
from porchlight.operations.tests.conftest import NOW, whatsapp
from porchlight.schools.actors import Role
from porchlight.schools.models import School, StaffMember, StaffRole, Term

BOTH = "porchlight_notice en\nporchlight_general en\nporchlight_code en"
pytestmark = pytest.mark.django_db


def found(school: School) -> list[Finding]:
    return [*schools.school_findings(school, NOW), *gateways.school_findings(school)]


def said(school: School) -> list[tuple[str, str]]:
    lines = found(school)
    assert all(one.about == school.slug and one.mend for one in lines)
    return [(one.severity.value, one.words) for one in lines]


def lose(role: Role, *, is_deputy: bool = False) -> Callable[[School], object]:
    return lambda school: StaffRole.objects.filter(role=role, is_deputy=is_deputy).delete()


def change(**fields: object) -> Callable[[School], object]:
    def make(school: School) -> None:
        for name, value in fields.items():
            setattr(school, name, value)
        school.save()

    return make


def test_a_school_that_is_well_has_nothing_to_mend(maple: School) -> None:
    assert found(maple) == []


@pytest.mark.parametrize(
    ("fault", "severity", "words"),
    [
        (
            lose(Role.SAFEGUARDING),
            "wrong",
            "No safeguarding lead is named: nobody is told when a message worries somebody.",
        ),
        (
            lose(Role.OFFICE),
            "wrong",
            "Nobody holds the office: messages from numbers we do not know are seen by no one.",
        ),
        (
            lambda school: StaffMember.objects.filter(name="the office").update(left_at=NOW),
            "wrong",
            "Nobody holds the office: messages from numbers we do not know are seen by no one.",
        ),
        (
            lose(Role.LEADER),
            "look",
            "No leader is named: a message to more than 300 homes waits for a second person.",
        ),
        (
            lose(Role.SAFEGUARDING, is_deputy=True),
            "look",
            "Nobody stands in for the safeguarding lead.",
        ),
        (
            lambda school: StaffMember.objects.filter(
                roles__role=Role.SAFEGUARDING, roles__is_deputy=False
            ).update(user=None),
            "look",
            "Somebody who safeguards has no way to sign in.",
        ),
        (
            lambda school: Term.objects.all().delete(),
            "look",
            "There is no calendar: every week counts as a school week.",
        ),
        (
            lambda school: Term.objects.update(ends_on=date(2026, 10, 12)),
            "look",
            "The last term ended on 12 October 2026: every day until 23 November 2026 counts as a holiday.",
        ),
        (
            lambda school: Term.objects.update(starts_on=date(2026, 6, 1), ends_on=date(2026, 8, 28)),
            "look",
            "The last term ended on 28 August 2026: every week counts as a school week, holidays too.",
        ),
        (
            change(phone="", emergency_numbers="", country="MY"),
            "look",
            "Not written down: the number families may ring and the emergency numbers said at night.",
        ),
        (
            change(emergency_numbers="", country="MY"),
            "look",
            "Not written down: the emergency numbers said at night.",
        ),
        (
            change(country="US"),
            "wrong",
            "Quiet hours are shorter than the law the school follows: 21:00 to 08:00.",
        ),
        (lambda school: Student.objects.all().delete(), "note", "There are no students yet."),
        (
            lambda school: Account.objects.update(closed_at=NOW),
            "look",
            "There is no way to reach families yet.",
        ),
        (
            lambda school: Account.objects.update(gateway="pigeon"),
            "wrong",
            "Office phone: its gateway, pigeon, is switched off here.",
        ),
        (
            lambda school: Account.objects.update(sealed_secrets="1.abcdefgh.AAAA"),
            "wrong",
            "Office phone: its secrets cannot be read.",
        ),
        (
            lambda school: Account.objects.update(sender="07700 900100"),
            "wrong",
            "Office phone: The number families see must be written like +44…, without spaces. Correct it.",
        ),
        (
            lambda school: cast.home(school, 2, channel="email"),
            "look",
            "1 adult has no other way than e-mail, and no account of the school carries it.",
        ),
    ],
)
def test_a_fault_of_a_school_is_one_line(
    fault: Callable[[School], object], severity: str, words: str, maple: School
) -> None:
    fault(maple)
    assert said(maple) == [(severity, words)]


def test_an_account_that_is_closed_is_not_looked_at(maple: School) -> None:
    closed = whatsapp(maple)
    Account.objects.filter(pk=closed.pk).update(sender="nonsense", closed_at=NOW)
    assert found(maple) == []


def test_an_adult_with_another_way_is_not_missed(maple: School) -> None:
    home = cast.home(maple, 2)
    cast.reach(maple, home.guardian, "family2@example.org", channel="email", rank=2)
    assert found(maple) == []


def test_languages_read_on_whatsapp_want_their_approved_texts(maple: School) -> None:
    whatsapp(maple, BOTH)
    cast.home(maple, 2, channel="whatsapp", reads="en")
    assert found(maple) == []
    for number, (reads, script) in enumerate((("ur", ""), ("ur", ""), ("ur", "Latn")), start=3):
        cast.home(maple, number, channel="whatsapp", reads=reads, script=script)
    assert said(maple) == [
        (
            "look",
            "WhatsApp: these are not approved yet in Urdu, which 2 adults read: porchlight_notice, "
            "porchlight_general, porchlight_code.",
        ),
        (
            "look",
            "WhatsApp: these are not approved yet in Roman Urdu, which 1 adult reads: porchlight_notice_latn, "
            "porchlight_general_latn.",
        ),
    ]
    urdu = (
        "porchlight_notice ur\nporchlight_general ur\nporchlight_code ur\nporchlight_notice_latn ur\n"
        "porchlight_general_latn ur"
    )
    Account.objects.filter(channel="whatsapp").update(
        settings={"phone_number_id": "1234567890", "templates": f"{BOTH}\n{urdu}"}
    )
    assert found(maple) == []


def test_codes_want_an_approved_text_of_their_own(maple: School) -> None:
    whatsapp(maple, "porchlight_notice en\nporchlight_general en")
    assert said(maple) == [
        ("look", "WhatsApp: these are not approved yet in English, which 0 adults read: porchlight_code.")
    ]


def test_a_language_whatsapp_has_no_texts_in_is_a_note(maple: School) -> None:
    whatsapp(maple, BOTH)
    cast.home(maple, 2, channel="whatsapp", reads="so")
    assert said(maple) == [
        ("note", "WhatsApp has no approved texts in Somali: 1 adult there cannot be written to first.")
    ]


def test_a_text_whatsapp_has_paused_is_named(maple: School) -> None:
    account = whatsapp(maple, BOTH)
    account.settings["held_templates"] = "porchlight_notice:ur"
    account.save()
    assert said(maple) == [
        ("look", "WhatsApp: WhatsApp has paused or changed the text porchlight_notice:ur.")
    ]
