"""The register in plain words: for the page everybody may read, and for the record leaders have to keep."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.toolbox.kept import Ground, Limit, Purpose, Sort, Whose

WHOSE: dict[Whose, Promise] = {
    Whose.CHILD: _("your child"),
    Whose.ADULT: _("you"),
    Whose.COLLEAGUE: _("people who work at the school"),
    Whose.STRANGER: _("people who write to the school and whom we do not know yet"),
    Whose.SCHOOL: _("nobody: it is the school’s own"),
    Whose.NOBODY: _("nobody: it keeps the machine going"),
}
SORTS: dict[Sort, Promise] = {
    Sort.NAMES: _("names"),
    Sort.WAYS: _("phone numbers and e-mail addresses"),
    Sort.NEEDS: _("the language you read, and how and when you can be reached"),
    Sort.WORDS: _("what was written and said, with photos and voice notes"),
    Sort.FACTS: _("facts such as a day away or an answer"),
    Sort.TIES: _("who belongs to whom"),
    Sort.TIMES: _("when something was said or done"),
    Sort.CODES: _("numbers the computer needs to find things"),
    Sort.SECRETS: _("secrets that open a door, kept so that nobody can read them"),
}
PURPOSES: dict[Purpose, Promise] = {
    Purpose.ROLL: _("to know who is at our school and who cares for them"),
    Purpose.REACH: _("to reach you, in your language and when it suits you"),
    Purpose.TALK: _("so that you and the school can talk about your child"),
    Purpose.SAFETY: _("to keep children safe"),
    Purpose.ATTENDANCE: _("to know who is at school today"),
    Purpose.SIGN_IN: _("so that only you can open your pages"),
    Purpose.PROOF: _("to be able to show who did what, and who agreed to what"),
    Purpose.SERVICE: _("to keep Porchlight going"),
}
GROUNDS: dict[Ground, Promise] = {
    Ground.TASK: _("the school’s task in law, to teach and look after children"),
    Ground.DUTY: _("a duty in law"),
    Ground.CONSENT: _("your consent, which you can take back"),
    Ground.INTEREST: _("a service that works and is safe"),
}
LIMITS: dict[Limit, Promise] = {
    Limit.SCHOOL: _(
        "The school’s own settings, and the record of who did what (in it are numbers, no names)"
    ),
    Limit.ROLL: _("Names, phone numbers and who belongs to whom, after the child has left the school"),
    Limit.TALK: _("Messages, announcements, answers and days away, after they were said"),
    Limit.SAFETY: _("Notes about keeping a child safe, and the names of colleagues who left"),
    Limit.CARRIED: _("What was sent on which phone and when it arrived"),
    Limit.LISTS: _("Lists of children and families that the office brought in"),
    Limit.RAW: _("Messages as the phone company handed them over"),
    Limit.UNUSED: _("Photos and files that were never sent"),
    Limit.SIGN_IN: _("Signing in: links, codes and where you were signed in, after they are over"),
    Limit.TASKS: _("The computer’s list of what it has done"),
    Limit.DAY: _("Counts that keep strangers from trying many codes"),
}

TABLES: dict[str, Promise] = {
    "accounts.User": _("Your sign-in"),
    "conversations.Message": _("Messages"),
    "families.Address": _("Phone numbers and mailboxes"),
    "families.Consent": _("What was agreed to"),
    "families.Guardian": _("You"),
    "families.Guardianship": _("Who cares for whom"),
    "families.Student": _("The child"),
    "learning.Absence": _("Days away"),
}


def table_words(label: str, otherwise: str) -> str:
    """What a table is called on a page."""
    return str(TABLES.get(label, otherwise))
