"""Sheets as offices really have them, and what each is to be read as or asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from zipfile import ZipFile

from porchlight.rosters.anysheet.saying import mark
from porchlight.rosters.tests.sheets_of_all_kinds import as_text, as_workbook

TARIQ, SAMINA, KHAN = "+923001234567", "+923451234567", "+923127654321"
HAMZA = ("Hamza Yousaf", "4A", "Tariq Yousaf", TARIQ)
NUMBER = "0300 1234567"
PLAIN = ["Name", "Class", "Father", "Phone"]
ROW = ["Hamza Yousaf", "4A", "Tariq Yousaf", NUMBER]


@dataclass(frozen=True)
class Case:
    """A sheet; the rows it comes to; codes of what was refused or asked, and of what was read otherwise."""

    content: bytes
    rows: list[tuple[str, str, str, str]]
    refused: set[str] = field(default_factory=set)
    otherwise: set[str] = field(default_factory=set)
    skipped: int = 0
    missing: list[str] = field(default_factory=list)
    name: str = "list.txt"
    answers: Mapping[str, str] = field(default_factory=dict)


def text(*rows: list, separator: str = "\t") -> bytes:
    return as_text(rows, separator)


def ods(*rows: list[str]) -> bytes:
    """As LibreOffice writes it, with its habit of saying of a cell how often it is there."""
    import io

    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{cells}<table:table-row'
        ' table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest'
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return out.getvalue()


CASES: dict[str, Case] = {
    "a letterhead and a total": Case(
        text(["Govt Primary School"], ["List of 2026"], [], PLAIN, ROW, ["Total: 1"]), [HAMZA], skipped=1
    ),
    "a title that names the class": Case(
        text(["Class: 4A (boys)"], ["Sr", "Name", "Father", "Cell"], [1, "Hamza Yousaf", "Tariq Yousaf", NUMBER]),
        [HAMZA],
    ),
    "class in a joined cell": Case(
        as_workbook({"All": [PLAIN, ROW, ["Zara", None, "Gul", "0312 7654321"]]}, joined=["B2:B3"]),
        [HAMZA, ("Zara", "4A", "Gul", KHAN)],
        name="a.xlsx",
    ),
    "class only in a block's first row": Case(
        text(PLAIN, ROW, ["Zara", "", "Gul", "0312 7654321"], ["Ali", "", "", "nil"]),
        [HAMZA, ("Zara", "4A", "Gul", KHAN), ("Ali", "4A", "", "")],
    ),
    "classes as rows between": Case(
        text(["Name", "Father", "Phone"], ["Class 4A"], ["Hamza Yousaf", "Tariq Yousaf", NUMBER], ["Class 2B"], ["Zara", "Gul", "-"]),
        [HAMZA, ("Zara", "2B", "Gul", "")],
    ),
    "a tab for each class": Case(
        as_workbook({
            "4A": [["Name", "Father", "Phone"], ["Hamza Yousaf", "Tariq Yousaf", NUMBER]],
            "2B": [["2B list"], ["Name", "Father", "Phone"], ["Zara", "Gul", "0312 7654321"]],
        }),
        [HAMZA, ("Zara", "2B", "Gul", KHAN)],
        name="a.xlsx",
    ),
    "class and section apart": Case(
        text(["Name", "Class", "Section", "Father", "Phone"], ["Hamza Yousaf", 4, "A", "Tariq Yousaf", NUMBER]), [HAMZA]
    ),
    "Urdu script and Urdu digits": Case(
        text(["نام", "جماعت", "والد کا نام", "موبائل نمبر"], ["حمزہ یوسف", "4A", "طارق یوسف", "۰۳۰۰۱۲۳۴۵۶۷"]),
        [("حمزہ یوسف", "4A", "طارق یوسف", TARIQ)],
    ),
    "Spanish with semicolons, from old Windows": Case(
        text(["Alumno", "Grupo", "Padre", "Teléfono"], ["Iñaki Pérez", "4A", "Tariq Yousaf", NUMBER], separator=";").decode().encode("cp1252"),
        [("Iñaki Pérez", "4A", "Tariq Yousaf", TARIQ)],
        name="a.csv",
    ),
    "Urdu from old Windows": Case(
        text(["نام", "جماعت", "فون"], ["علي", "4A", NUMBER]).decode().encode("cp1256"),
        [("علي", "4A", "", TARIQ)],
        name="a.csv",
    ),
    "UTF-16 as Unicode text": Case(text(PLAIN, ROW).decode().encode("utf-16"), [HAMZA]),
    "no headings at all": Case(text(ROW), [(*HAMZA[:2], "", TARIQ)]),
    "headings in no language we know": Case(
        text(["Xyz", "Qwe", "Rty"], ["Hamza Yousaf", "4A", NUMBER], ["Zara Gul", "4A", "0312 7654321"]),
        [("Hamza Yousaf", "4A", "", TARIQ), ("Zara Gul", "4A", "", KHAN)],
    ),
    "numbers that a spreadsheet shortened": Case(
        text(PLAIN, ["Hamza Yousaf", "4A", "Tariq Yousaf", "3.00123E+09"]),
        [("Hamza Yousaf", "4A", "Tariq Yousaf", "")],
        {"any.shortened"},
    ),
    "shortened, and saved as a number again": Case(
        as_workbook({"All": [PLAIN, ["Hamza Yousaf", "4A", "Tariq Yousaf", 3001230000]]}),
        [("Hamza Yousaf", "4A", "Tariq Yousaf", "")],
        {"any.rounded"},
        name="a.xlsx",
    ),
    "lost zeros": Case(
        as_workbook({"All": [PLAIN, ["Hamza Yousaf", "4A", "Tariq Yousaf", 3001234567]]}),
        [HAMZA],
        otherwise={"any.zero_back"},
        name="a.xlsx",
    ),
    "two numbers in a cell": Case(
        text(PLAIN, [*ROW[:3], "0300-1234567/0312-7654321"], ["Zara", "4A", "Gul", "0345 1234567\n0312 7654321"]),
        [(*HAMZA[:3], f"{TARIQ} {KHAN}"), ("Zara", "4A", "Gul", f"{SAMINA} {KHAN}")],
        {"shared"},
        {"any.two_numbers"},
    ),
    "a number cut like 0300 1234567/8": Case(
        text(PLAIN, [*ROW[:3], "0300 1234567/8"]), [(*HAMZA[:3], "")], {"contact.bad_number"}
    ),
    "a cell that says whose each number is": Case(
        text(["Name", "Class", "Phone"], ["Hamza Yousaf", "4A", "Abbu 0300 1234567, Ammi 0345 1234567"]),
        [("Hamza Yousaf", "4A", "father", TARIQ), ("Hamza Yousaf", "4A", "mother", SAMINA)],
        otherwise={"any.two_numbers", "any.labelled"},
    ),
    "a number of a shop": Case(
        text(PLAIN, [*ROW[:3], "0300 1234567 (shop)"]), [(*HAMZA[:3], "")], {"any.words_beside"}
    ),
    "nil, n/a and dashes": Case(
        text(PLAIN, [*ROW[:3], "nil"], ["Zara", "4A", "N/A", "–"], ["Ali", "4A", "none", "xxx"]),
        [(*HAMZA[:3], ""), ("Zara", "4A", "", ""), ("Ali", "4A", "", "")],
    ),
    "the same as above": Case(
        text(PLAIN, ROW, ["Zara Yousaf", '"', "Tariq Yousaf", "same as above"]),
        [HAMZA, ("Zara Yousaf", "4A", "Tariq Yousaf", TARIQ)],
        {"shared"},
        {"any.ditto"},
    ),
    "two fathers called Muhammad Khan": Case(
        text(PLAIN, ["Ali", "4A", "Muhammad Khan", NUMBER], ["Sara", "2B", "Muhammad Khan", "0312 7654321"]),
        [("Ali", "4A", "Muhammad Khan", TARIQ), ("Sara", "2B", "Muhammad Khan", KHAN)],
    ),
    "three children in a row": Case(
        text(["Child 1", "Class 1", "Child 2", "Class 2", "Child 3", "Class 3", "Father", "Phone"], ["Hamza Yousaf", "4A", "Zara", "2B", "", "", "Tariq Yousaf", NUMBER]),
        [HAMZA, ("Zara", "2B", "Tariq Yousaf", TARIQ)],
    ),
    "groups above the headings": Case(
        text(["Student", "", "Father", "", "Mother", ""], ["Name", "Class", "Name", "Phone", "Name", "Phone"], ["Hamza Yousaf", "4A", "Tariq Yousaf", NUMBER, "Samina", "0345 1234567"]),
        [HAMZA, ("Hamza Yousaf", "4A", "Samina", SAMINA)],
    ),
    "two children in one cell": Case(
        text(PLAIN, ["Hamza / Zara", "4A", "Tariq Yousaf", NUMBER]), [], {"any.several_children"}
    ),
    "family names first": Case(
        text(PLAIN, ["Yousaf, Hamza", *ROW[1:]], ["Gul, Zara", "4A", "Gul", "-"], ["Khan, Ali", "4A", "Khan", "-"]),
        [HAMZA, ("Zara Gul", "4A", "Gul", ""), ("Ali Khan", "4A", "Khan", "")],
        otherwise={"any.surname_first"},
    ),
    "name and family name apart": Case(
        text(["First name", "Surname", "Class", "Father", "Phone"], ["Hamza", "Yousaf", *ROW[1:]]), [HAMZA]
    ),
    "a class that became a day": Case(
        text(PLAIN, ["Hamza Yousaf", "02-Jan", *ROW[2:]]), [("Hamza Yousaf", "", *HAMZA[2:])], {"any.class_is_a_day"}
    ),
    "one class in three spellings": Case(
        text(PLAIN, ROW, ["Zara", "4-A", "Gul", "-"], ["Ali", "4 a", "Khan", "-"]),
        [HAMZA, ("Zara", "4A", "Gul", ""), ("Ali", "4A", "Khan", "")],
        otherwise={"any.class_spelling"},
    ),
    "the headings again on each page": Case(
        text(PLAIN, ROW, PLAIN, ["Zara", "4A", "Gul", "-"]), [HAMZA, ("Zara", "4A", "Gul", "")]
    ),
    "the same row twice": Case(text(PLAIN, ROW, ROW), [HAMZA, HAMZA], otherwise={"any.row_twice"}),
    "two children of one name in one class": Case(
        text(PLAIN, ["Ali Khan", "4A", "Gul Khan", NUMBER], ["Ali Khan", "4A", "Amir Khan", "0312 7654321"]),
        [("Ali Khan", "4A", "Gul Khan", TARIQ), ("Ali Khan", "4A", "Amir Khan", KHAN)],
        {"twice"},
    ),
    "one row for each adult": Case(
        text(["Child", "Class", "Parent", "Relation", "Phone"], ["Hamza Yousaf", "4A", "Tariq Yousaf", "father", NUMBER], ["Hamza Yousaf", "4A", "Samina", "mother", "0345 1234567"]),
        [HAMZA, ("Hamza Yousaf", "4A", "Samina", SAMINA)],
        otherwise={"any.row_per_adult"},
    ),
    "a father who has died": Case(
        text(PLAIN, ["Hamza Yousaf", "4A", "Late Tariq Yousaf", NUMBER]),
        [("Hamza Yousaf", "4A", "", TARIQ)],
        otherwise={"any.late"},
    ),
    "a limit that names nobody": Case(
        text([*PLAIN, "Court order"], [*ROW, "no contact with father"]),
        [("Hamza Yousaf", "4A", "", "")],
        {"any.restriction_of_whom"},
    ),
    "classes named alike beside several children": Case(
        text(["Father", "Contact", "Child 1", "Class", "Child 2", "Class"], ["Tariq Yousaf", NUMBER, "Hamza Yousaf", "4A", "Zara", "2B"]),
        [HAMZA, ("Zara", "2B", "Tariq Yousaf", TARIQ)],
    ),
    "numbers named alike beside two adults": Case(
        text(["Name", "Class", "Father", "Contact", "Mother", "Contact"], [*ROW, "Samina", "0345 1234567"]),
        [HAMZA, ("Hamza Yousaf", "4A", "Samina", SAMINA)],
    ),
    "two parents by number": Case(
        text(["Name", "Class", "Parent 1", "Mobile 1", "Parent 2", "Mobile 2"], [*ROW, "Samina", "0345 1234567"]),
        [HAMZA, ("Hamza Yousaf", "4A", "Samina", SAMINA)],
    ),
    "two parents named alike": Case(
        text(["Name", "Class", "Parent", "Mobile", "Parent", "Mobile"], [*ROW, "Samina", "0345 1234567"]),
        [HAMZA, ("Hamza Yousaf", "4A", "Samina", SAMINA)],
    ),
    "one number beside two adults": Case(
        text(["Name", "Class", "Father", "Mother", "Contact"], [*ROW[:3], "Samina", NUMBER]),
        [(*HAMZA[:3], ""), ("Hamza Yousaf", "4A", "Samina", ""), ("Hamza Yousaf", "4A", "", TARIQ)],
    ),
    "three numbers of one adult": Case(
        text(["Name", "Class", "Parent Name", "Parent Contact 1", "Parent Contact 2", "WhatsApp"], [*ROW, "0345 1234567", "same"]),
        [(*HAMZA[:3], f"{TARIQ} {SAMINA} {TARIQ}")],
    ),
    "sep= and quotes": Case(
        b'sep=;\r\n"Name";"Class";"Father";"Phone"\r\n"Hamza Yousaf";"4A";"Tariq Yousaf";"0300 1234567"\r\n', [HAMZA]
    ),
    "Arabic headings and letters": Case(
        text(["اسم الطالب", "الصف", "اسم الأب", "رقم الهاتف"], ["حمزة", "4A", "طارق", NUMBER]),
        [("حمزة", "4A", "طارق", TARIQ)],
    ),
    "a class and its section in the title": Case(
        text(["Class: 4 A  Session 2026-27"], ["Name", "Father", "Phone"], ["Hamza Yousaf", "Tariq Yousaf", NUMBER]), [HAMZA]
    ),
    "words where numbers should be": Case(
        text(PLAIN, [*ROW[:3], "ask the uncle"], ["Zara", "4A", "Gul", NUMBER]),
        [(*HAMZA[:3], ""), ("Zara", "4A", "Gul", TARIQ)],
        {"any.no_number"},
    ),
    "days, times and truths in a workbook": Case(
        as_workbook({"All": [["Name", "Class", "Father", "Phone", "DOB", "Bus", "Paid"], [*ROW, date(2015, 3, 4), time(7, 30), True]]}),
        [HAMZA],
        name="a.xlsx",
    ),
    "several children in a cell, as the office says": Case(
        text(PLAIN, ["Hamza Yousaf / Zara", "4A/2B", "Tariq Yousaf", NUMBER]),
        [HAMZA, ("Zara", "2B", "Tariq Yousaf", TARIQ)],
        {"any.several_children"},
        answers={mark("children", "Hamza Yousaf / Zara"): "several"},
    ),
    "one child with a stroke in the name": Case(
        text(PLAIN, ["Hamza / Yousaf", *ROW[1:]]),
        [("Hamza / Yousaf", *HAMZA[1:])],
        {"any.several_children"},
        answers={mark("children", "Hamza / Yousaf"): "one"},
    ),
    "lost zeros that the office does not want back": Case(
        text(PLAIN, [*ROW[:3], "3001234567"]), [(*HAMZA[:3], "")], otherwise={"any.zero_back"}, answers={"any.zero_back": "no"}
    ),
    "spellings that are two classes": Case(
        text(PLAIN, ROW, ["Zara", "4-A", "Gul", "-"]),
        [HAMZA, ("Zara", "4-A", "Gul", "")],
        otherwise={"any.class_spelling"},
        answers={"any.class_spelling": "no"},
    ),
    "a limit that nobody has": Case(text([*PLAIN, "Court order"], [*ROW, "nil"]), [HAMZA]),
    "a roll number that begins anew in each class": Case(
        text(["Roll No", *PLAIN], [1, *ROW], [1, "Zara", "2B", "Gul", "-"]), [HAMZA, ("Zara", "2B", "Gul", "")]
    ),
    "from LibreOffice": Case(ods(PLAIN, ROW), [HAMZA], name="a.ods"),
    "a phone column and no class anywhere": Case(
        text(["Name", "Father", "Phone"], ["Hamza Yousaf", "Tariq Yousaf", NUMBER]), [("Hamza Yousaf", "", *HAMZA[2:])], missing=["class"]
    ),
    "the child's own telephone": Case(
        text(["Student", "Class", "Student mobile"], ["Hamza Yousaf", "4A", NUMBER]), [("Hamza Yousaf", "4A", "", "")], missing=["phone"]
    ),
}  # fmt: skip
