"""A families sheet in four languages, as CSV or a workbook; what is not understood is said, never guessed in silence."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from porchlight.families.models import (
    Guardian,
    Guardianship,
)
from porchlight.rosters.actions import preview, take
from porchlight.rosters.tests.bundles import Told
from porchlight.rosters.tests.sheets import FATHER, codes, sheet
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

pytestmark = pytest.mark.django_db

SPANISH = "Alumno;Clase;Tutor;Parentesco;Habla;Lee;Móvil;Quién puede llamar;Hogar\nHamza Yousaf;4A;Tariq Yousaf;padre;árabe;Español;07700 900201;una mujer;Yousaf\n"
URDU = "بچہ,جماعت,سرپرست,رشتہ,زبان,پڑھتے ہیں,موبائل,فون کون کرے,گھر\nHamza Yousaf,4A,Tariq Yousaf,والد,اردو,اردو,۰۷۷۰۰۹۰۰۲۰۱,خاتون,Yousaf\n"
ARABIC = "الطفل,الصف,ولي الأمر,القرابة,لغة الكلام,لغة القراءة,الجوال,من يتصل,البيت\nHamza Yousaf,4A,Tariq Yousaf,الأب,الأوردية,العربية,٠٧٧٠٠٩٠٠٢٠١,امرأة,Yousaf\n"


@pytest.mark.parametrize(
    ("text", "speaks", "reads"), [(SPANISH, "ar", "es"), (URDU, "ur", "ur"), (ARABIC, "ur", "ar")]
)
def test_columns_and_words_may_be_spanish_urdu_or_arabic(
    text: str, speaks: str, reads: str, tmp_path: Path, on_roll: School, by: Actor
) -> None:
    path = tmp_path / "families.csv"
    path.write_text(text)
    take(path=path, school=on_roll, by=by)
    father = Guardian.objects.get(name="Tariq Yousaf")
    assert (father.speaks, father.reads, father.may_ring) == (speaks, reads, "woman")
    assert father.ties.get().relation == "father"
    assert father.contact_points.get().address.value == "+447700900201"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Child": ""}, "sheet.no_child"),
        ({"Child": "Hamza Khan"}, "sheet.no_such_child"),
        ({"Class": "5B"}, "sheet.no_such_child"),
        ({"Relation": "wizard"}, "sheet.unknown_word"),
        ({"Speaks": "Elvish"}, "sheet.unknown_language"),
        ({"WhatsApp": "12"}, "contact.bad_number"),
        ({"Agreed to messages": "perhaps"}, "sheet.not_yes_or_no"),
        ({"Agreed to messages": ""}, "sheet.whatsapp_unasked"),
        ({"May receive messages": "sometimes"}, "sheet.right_withheld"),
        ({"Restriction": "ask Mr Bell first"}, "sheet.restriction_guessed"),
        ({"Ring from": "evening"}, "sheet.not_a_time"),
        ({"Time zone": "Swat"}, "sheet.unknown_zone"),
        ({"Restricted until": "1/5/27"}, "sheet.not_a_day"),
        ({"Access needs": "no calls, a chair"}, "sheet.unknown_word"),
        ({"Shoe size": "9"}, "sheet.unknown_column"),
        ({"Speaks": "Roman Urdu", "Reads": ""}, "sheet.reads_as_spoken"),
    ],
)
def test_what_is_not_understood_is_said_with_its_line(
    cells: dict[str, str], code: str, tmp_path: Path, on_roll: School, by: Actor
) -> None:
    found = codes(preview(path=sheet(tmp_path, FATHER | cells), school=on_roll, by=by))
    assert code in [problem[0] for problem in found]


def test_words_nobody_understands_take_the_right_away_until_somebody_looks(
    tmp_path: Path, on_roll: School, by: Actor
) -> None:
    row = FATHER | {"May receive messages": "sometimes", "Restriction": "ask Mr Bell first"}
    take(path=sheet(tmp_path, row), school=on_roll, by=by)
    tie = Guardianship.objects.get(guardian__name="Tariq Yousaf")
    assert tie.may_receive is False
    assert [(found.scope, found.evidence) for found in tie.restrictions.all()] == [
        ("contact", "ask Mr Bell first")
    ]


def test_a_workbook_reads_like_the_same_sheet_as_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Maple Street School, families"])
    page.append([])
    page.append([*FATHER, "Phone", "Restricted until", "Ring from"])
    page.append([*FATHER.values(), 447700900203, datetime.date(2027, 7, 31), datetime.time(17, 30)])
    book.save(tmp_path / "families.xlsx")
    row = FATHER | {"Phone": "+447700900203", "Restricted until": "2027-07-31", "Ring from": "17:30"}
    from_book = Told(tmp_path / "families.xlsx")
    from_text = Told(sheet(tmp_path, row))
    strip = {kind: [(found[0], *found[2:]) for found in rows] for kind, rows in from_book.records.items()}
    assert strip == {
        kind: [(found[0], *found[2:]) for found in rows] for kind, rows in from_text.records.items()
    }
    assert from_book.problems() == from_text.problems()


def test_a_number_a_spreadsheet_has_shortened_is_refused(tmp_path: Path) -> None:
    assert ("dropped", "contact.bad_number", "families.csv", 2, "phone") in Told(
        sheet(tmp_path, FATHER | {"Phone": "4.47701E+11"})
    ).problems()


def test_cells_made_safe_for_spreadsheets_come_back_as_they_were(tmp_path: Path) -> None:
    found = Told(sheet(tmp_path, FATHER | {"Child": "'=Hamza Yousaf", "Adult": "'+Tariq"}))
    assert found.of("student")[0]["name"] == "=Hamza Yousaf"
    assert found.of("guardian")[0]["name"] == "+Tariq"
