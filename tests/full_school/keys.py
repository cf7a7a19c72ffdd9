"""Which key of a full school stands in which address: by the page, by the name it has in the route."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from porchlight.api.models import ApiToken, Subscription
from porchlight.conversations.models import (
    Check,
    Delegation,
    Listening,
    Message,
    Notice,
    Ringing,
    StandIn,
    Template,
    TriageItem,
    Worry,
)
from porchlight.delivery.models import Account, Attachment, Recording
from porchlight.errands.models import Errand
from porchlight.families.models import (
    Address,
    ConsentRound,
    ContactChange,
    ContactPoint,
    Guardian,
    Restriction,
    Student,
)
from porchlight.languages.models import (
    EngineAccount,
    HardWord,
    OwnPhrase,
    ParentReader,
    Spelling,
    VoiceAccount,
)
from porchlight.languages.models import Term as GlossaryTerm
from porchlight.learning.models import Absence
from porchlight.privacy.models import Hold, Request
from porchlight.rosters.models import NewYear, RosterImport, Sheet
from porchlight.schools.models import Away, Closure, SchoolClass, StaffMember, TenantModel, Term
from porchlight.updates.models import FactReading, Newsletter
from porchlight.welcome.models import HelloWeek
from tests.full_school.of_meetings import KEYS_OF_MEETINGS
from tests.full_school.people import FullSchool

type Key = Callable[[FullSchool], str]
NOBODYS = "nobody234567"  # no key of ours: drawn keys are as long


def _key(model: type[TenantModel]) -> Key:
    return lambda full: full.rows[model].key


def _pk(model: type[TenantModel]) -> Key:
    return lambda full: str(full.rows[model].pk)


def _secret(name: str) -> Key:
    return lambda full: full.secrets[name]


def _one(value: str) -> Key:
    return lambda full: value


def _sheets_run(full: FullSchool) -> str:
    return str(full.rows[Sheet].run.key)


CLASS, STUDENT, GUARDIAN = _key(SchoolClass), _key(Student), _key(Guardian)
FILE, ACCOUNT = _key(Attachment), _key(Account)

# A page's prefix → its keys. The longest prefix of the page's name that is here holds.
KEYS: dict[str, dict[str, Key]] = {
    "conversations:notice": {"key": _key(Notice)},
    "conversations:mistake": {"key": _key(Notice)},
    "conversations:notice_approval": {"key": _secret("waiting notice")},
    "conversations:student": {"key": STUDENT},
    "conversations:answers_for": {"student_key": STUDENT, "guardian_key": GUARDIAN},
    "conversations:thread": {"student_key": STUDENT, "guardian_key": GUARDIAN},
    "conversations:stand_in": {"student_key": STUDENT, "guardian_key": GUARDIAN, "key": _key(StandIn)},
    "conversations:message": {"key": _key(Message), "file_key": FILE},
    "conversations:family_sound": {"key": _key(Message)},
    "conversations:family_read_out": {"key": _key(Message)},
    "conversations:family": {"student_key": STUDENT},
    "conversations:listener": {"key": _key(StaffMember)},
    "conversations:listening": {"key": _key(Listening), "file_key": FILE},
    "conversations:to_record": {"key": _key(Recording)},
    "conversations:triage": {"key": _key(TriageItem), "file_key": FILE},
    "conversations:gate": {"key": CLASS, "point_key": _key(ContactPoint)},
    "conversations:reached": {"key": _key(Errand)},
    "conversations:address": {"key": _key(Address)},
    "conversations:ways_of": {"key": GUARDIAN},
    "conversations:caution": {"key": GUARDIAN},
    "conversations:dates_of": {"key": GUARDIAN},
    "conversations:way_unsafe": {"key": _key(ContactPoint)},
    "conversations:way_first": {"key": _key(ContactPoint)},
    "conversations:contact_change": {"key": _key(ContactChange)},
    "conversations:named_by": {"key": GUARDIAN},
    "conversations:named": {"key": _key(Delegation)},
    "conversations:my_named": {"key": _key(Delegation)},
    "conversations:my_screen": {"key": _secret("screen")},
    "conversations:news": {"reference": _secret("note")},
    "conversations:restrictions": {"key": STUDENT},
    "conversations:restriction_removal": {"key": _key(Restriction)},
    "conversations:call_about": {"reference": _secret("call_list")},
    "conversations:call_asked": {"key": _secret("asks for a call")},
    "conversations:call_asked_undo": {"pk": _pk(Ringing)},
    "conversations:call_undo": {"pk": _secret("call_list handing")},
    "conversations:family_enclosed": {"key": _key(Message)},
    "conversations:translation": {"key": _key(Check)},
    "conversations:family_doubt": {"key": _key(Message)},
    "languages:new_engine": {"engine": _one("libretranslate")},
    "languages:engine": {"key": _key(EngineAccount)},
    "languages:term": {"key": _key(GlossaryTerm)},
    "languages:new_voice": {"company": _one("google")},
    "languages:voice": {"key": _key(VoiceAccount)},
    "conversations:parent_reader": {"key": _key(ParentReader)},
    "conversations:own_phrase": {"key": _key(OwnPhrase)},
    "conversations:my_reading": {"key": _key(ParentReader)},
    "languages:letters": {"key": _key(Spelling)},
    "languages:hard_word": {"key": _key(HardWord)},
    "conversations:worry": {"key": _key(Worry)},
    "conversations:slip_answer_undo": {"key": _secret("typed answer")},
    "conversations:text": {"key": _key(Template)},
    "conversations:sharing": {"key": STUDENT},
    "delivery:new_account": {"gateway": _one("office_phone")},
    "delivery:way_by_hand": {"gateway": _one("tap_whatsapp")},
    "delivery:opening": {"reference": _secret("tap_sms")},
    "delivery:sending_by_hand": {"reference": _secret("tap_sms")},
    "delivery:tap_undo": {"pk": _secret("tap_sms handing")},
    "delivery:pair": {"secret": _secret("pairing")},
    "delivery:sending_again": {"pk": _secret("dead")},
    "delivery:one_given_up": {"pk": _secret("unread")},
    "delivery:reading_again": {"pk": _secret("unread")},
    "delivery:texts": {"key": _secret("whatsapp")},
    "delivery:": {"key": ACCOUNT},
    "rosters:year_undoing": {"key": _key(NewYear)},
    "rosters:columns": {"key": _sheets_run},
    "rosters:questions": {"key": _sheets_run},
    "rosters:": {"key": _key(RosterImport)},
    "privacy:lifting": {"key": _key(Hold)},
    "privacy:": {"key": _key(Request)},
    "welcome:notice": {"secret": _secret("notice"), "key": _key(Message)},
    "welcome:invitation": {"secret": _secret("invitation")},
    "welcome:invitation_card": {"key": _key(StaffMember)},
    "welcome:leaving": {"key": _key(StaffMember)},
    "welcome:coming_back": {"key": _key(StaffMember)},
    "welcome:student_sign_in": {"key": STUDENT},
    "welcome:slips_of_class": {"key": CLASS},
    "welcome:slip_undo": {"pk": _secret("slips handing")},
    "welcome:letters": {"by": _one("class"), "value": CLASS, "pk": _secret("letters printed")},
    "welcome:letter_out": {"reference": _secret("letter out")},
    "welcome:start_with_code": {"code": _secret("slip code")},
    "welcome:consent": {"key": _key(ConsentRound)},
    "schools:changes": {"topic": _one("talk")},
    "schools:away": {"key": _key(Away)},
    "schools:term": {"pk": _pk(Term)},
    "schools:closure": {"pk": _pk(Closure)},
    **KEYS_OF_MEETINGS,
    "learning:absence": {"key": _key(Absence)},
    "learning:register": {"key": CLASS},
    "updates:week": {"key": CLASS},
    "updates:day_of_class": {"key": CLASS},
    "updates:facts": {"key": CLASS},
    "updates:facts_sound": {"key": _key(FactReading)},
    "updates:my_class": {"student_key": STUDENT},
    "updates:my_sound": {"key": _key(FactReading)},
    "updates:my_newsletter": {"key": _key(Newsletter)},
    "home:good_news_aloud": {"key": _secret("tie")},
    "home:hello_week": {"key": _key(HelloWeek)},
    "hooks:stop": {"school_slug": lambda full: full.school.slug, "reference": _secret("tap_sms")},
    "hooks:sound": {"token": _one("nothing")},  # signed, and with no key of ours in it that a page shows
    "hooks:webhook": {
        "gateway": _one("office_phone"),
        "key": _secret("webhook"),
    },
    "api:revoking": {"key": _key(ApiToken)},
    "api:": {"key": _key(Subscription)},
    "api_v1:nowhere": {"rest": _one("nothing/here")},
    "api_v1:": {"id": STUDENT},  # whatever it names: without a token, no id is looked up
    "openid_connect_": {"provider_id": _one("google")},
    "operations:": {"key": _secret("operator")},
    "design:gallery": {"name": _one("buttons")},
    "mfa_": {"pk": _one("999999")},
    "account_confirm_email": {"key": _one("nothing")},
    "account_reset_password_from_key": {"uidb36": _one("1"), "key": _one("set-password")},
    "set_up_link": {"secret": _one("nothing")},
}


def keys_of(page: str, names: list[str], full: FullSchool) -> dict[str, str]:
    """The school's own keys for a page's address. Raises LookupError where this table does not know the page."""
    fitting = [prefix for prefix in KEYS if page.startswith(prefix)]
    for prefix in sorted(fitting, key=len, reverse=True):
        if all(name in KEYS[prefix] for name in names):
            return {name: KEYS[prefix][name](full) for name in names}
    raise LookupError(
        f"{page} has keys {names} that tests/full_school/keys.py does not know: say which row they name."
    )


def address_of(page: str, names: list[str], full: FullSchool) -> str:
    """The page's address with the school's own keys in it."""
    own = [name for name in names if name != "school"]
    keys = keys_of(page, own, full) if own else {}
    slug = {"school": full.school.slug} if "school" in names else {}
    return reverse(page, kwargs={**slug, **keys})
