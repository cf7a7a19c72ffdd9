"""What a column of a sheet may hold: a role is whom it is about and what of them, `father.phone`. "": not needed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHILDREN = ("child", "child2", "child3", "child4")
ADULTS = ("father", "mother", "adult", "adult2")
OF_A_CHILD: dict[str, Promise] = {
    "name": _("name"),
    "last": _("family name"),
    "class": _("class"),
    "section": _("section of the class"),
    "number": _("number at this school"),
}
OF_AN_ADULT: dict[str, Promise] = {
    "name": _("name"),
    "phone": _("phone"),
    "whatsapp": _("WhatsApp"),
    "email": _("e-mail"),
    "agreed": _("agreed to messages"),
    "called": _("how to address them"),
}
ONLY_THE_ADULT: dict[str, Promise] = {
    "relation": _("what they are to the child"),
    "restriction": _("restriction"),
    "evidence": _("evidence of the restriction"),
    "restricted_until": _("restricted until"),
}
OF_THE_HOME: dict[str, Promise] = {
    "label": _("the home they share"),
    "language": _("language spoken"),
    "reads": _("language read"),
}
OF_A_TEACHER: dict[str, Promise] = {"name": _("name"), "email": _("e-mail")}
PEOPLE: dict[str, Promise] = {
    "child": _("The child"),
    "child2": _("A second child in the row"),
    "child3": _("A third child in the row"),
    "child4": _("A fourth child in the row"),
    "father": _("The father"),
    "mother": _("The mother"),
    "adult": _("Another adult, or we do not know who"),
    "adult2": _("A second such adult"),
    "home": _("The home"),
    "teacher": _("The class’s teacher"),
}


def whats(who: str) -> dict[str, Promise]:
    """What a sheet may say of somebody."""
    match who:
        case "adult":
            return OF_AN_ADULT | ONLY_THE_ADULT
        case "father" | "mother" | "adult2":
            return OF_AN_ADULT
        case "home":
            return OF_THE_HOME
        case "teacher":
            return OF_A_TEACHER
        case "child":
            return OF_A_CHILD
    return {name: words for name, words in OF_A_CHILD.items() if name != "last"}


def grouped() -> Iterator[tuple[Promise, list[tuple[str, str]]]]:
    """(whom, [(role, words)]) as a page offers them. The words say both, since closed lists show one line."""
    for who, title in PEOPLE.items():
        yield title, [(f"{who}.{what}", f"{title}: {words}") for what, words in whats(who).items()]


def all_roles() -> set[str]:
    """Every role, and "" for a column that is not needed."""
    return {"", *(f"{who}.{what}" for who in PEOPLE for what in whats(who))}
