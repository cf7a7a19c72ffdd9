"""The school's own pages."""

from __future__ import annotations

from collections.abc import Callable

from django_ox.testing import run_tasks
from playwright.sync_api import Page, expect

from porchlight.accounts.models import User
from porchlight.activity.looks import looks_at, write_look
from porchlight.conversations.models import Listening, Template
from porchlight.delivery.actions import dispatch
from porchlight.delivery.content import Content, Recipient, Urgency
from porchlight.delivery.models import Account, Recording
from porchlight.delivery.planning import Planned
from porchlight.delivery.rendering import Rendered
from porchlight.demo.load import DATA
from porchlight.families.models import Guardian
from porchlight.languages.models import KnownLanguage
from porchlight.learning.models import Absence
from porchlight.rosters import signs
from porchlight.rosters.jobs import leave
from porchlight.rosters.models import RosterImport, RosterJob
from porchlight.schools.granting import ask_to_look
from porchlight.schools.models import OperatorGrant, SchoolClass
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from tests.screenshots import said
from tests.screenshots.shots import Shot, Steps, Where, at, fills, in_turn, opens, presses
from tests.screenshots.story import Fortnight


def notice(name: str) -> Where:
    return lambda story: at("conversations:notice", key=story.notices[name].key)


def thread(guardian: str, student: str) -> Where:
    def where(story: Fortnight) -> str:
        child, adult = story.maple.student(student), story.maple.guardian(guardian)
        return at("conversations:thread", student_key=child.key, guardian_key=adult.key)

    return where


def address_of(guardian: str) -> Where:
    def where(story: Fortnight) -> str:
        point = story.maple.guardian(guardian).contact_points.order_by("rank")[0]
        return at("conversations:address", key=point.address.key)

    return where


def account(gateway: str) -> Callable[[Fortnight], str]:
    def where(story: Fortnight) -> str:
        kept = Account.objects.in_school(story.maple.school).get(gateway=gateway)
        return at("delivery:account", key=kept.key)

    return where


def somebody_looked(story: Fortnight) -> str:
    """The office opened a father's number, once."""
    point = story.maple.guardian("Mr Yousaf").contact_points.order_by("rank")[0]
    if not looks_at(story.maple.school.pk, story.maple.student("Hamza Yousaf").pk).exists():
        write_look(by=story.maple.actor("Mrs Okafor"), page="conversations:address", shown={point.address: 2})
    return at("operations:looks")


def an_operator_asks(story: Fortnight) -> str:
    """Who keeps the server running wants to look, once."""
    school = story.maple.school
    if not OperatorGrant.objects.filter(school=school).exists():
        operator = User.objects.create_user("sam@host.example", name="Sam at the host", is_staff=True)
        ask_to_look(
            school, operator, why="Texts have not left since noon. We want to see what they wait for."
        )
    return at("operations:operators")


def approved_texts(story: Fortnight) -> str:
    return account("whatsapp_cloud")(story) + "texts/"


def writes_a_question(page: Page, story: Fortnight) -> None:
    """Ms Amal asks 4A about the museum, from a text the school keeps, and looks at it first."""
    text = Template.objects.in_school(story.maple.school).get(name="Trip to the museum")
    row = SchoolClass.objects.in_school(story.maple.school).get(name="4A")
    page.locator("[name=kind][value=question]").check()
    page.locator("[name=template]").select_option(text.key)
    page.locator(f"[name=audience][value='class:{row.key}']").check()
    opens("main details:has([name=shape])")(page, story)
    page.locator("[name=shape][value=yes_no]").check()


def closes_for_power(page: Page, story: Fortnight) -> None:
    """No power: the reason is all that has to be chosen."""
    page.locator("[name=why][value=power]").check()


def hands_over(name: str) -> Steps:
    """A file goes in, and a page says how far the look at it has come."""

    def hand_over(page: Page, story: Fortnight) -> None:
        for job in RosterJob.objects.in_school(story.maple.school).under_way():
            leave(job.run)  # one file at a time: that of an earlier picture is put away first
        page.locator("[name=file]").set_input_files(
            {
                "name": name,
                "mimeType": "text/csv",
                "buffer": said.sheet((DATA / "families.csv").read_text()).encode(),
            }
        )
        presses("main form button")(page, story)
        page.wait_for_url("**/progress/")  # and not the form again, with why it was refused

    return hand_over


def reads_it(page: Page, story: Fortnight) -> None:
    """A worker is in the middle of it."""
    job = RosterJob.objects.in_school(story.maple.school).under_way().get()
    RosterJob.objects.filter(pk=job.pk).update(begun_at=job.asked_at)
    signs.sign(job.run.stored_as, "reading")
    page.reload()


def is_looked_at(page: Page, story: Fortnight) -> None:
    """A worker has been at it, and the page that says what it would change opens by itself."""
    run_tasks()
    page.wait_for_url(lambda address: not address.endswith("/progress/"))
    expect(page.locator("main h2#changes")).to_be_visible()


def to_say(story: Fortnight) -> str:
    """A call to Gul Khan waits until somebody has said its words in Pashto."""
    school, reyes, now = story.maple.school, story.maple.staff("Ms Reyes"), school_time.now()
    khan = Guardian.objects.in_school(school).get(name="Gul Khan")
    point = khan.contact_points.select_related("address").order_by("pk")[0]
    planned = Planned(
        Recipient(khan, tuple(tie.student for tie in khan.ties.select_related("student"))),
        Content("سبا ښوونځی تړلی دی.", "ps", Tier.L1, sender_name="Ms Amal"),
        now, point, point.address, Account.objects.in_school(school).open()[0], "call",
        Rendered("سبا ښوونځی تړلی دی."), "ps",
    )  # fmt: skip
    KnownLanguage.objects.get_or_create(school=school, staff=reyes, language="ps")
    if not Recording.objects.visible_to(reyes.actor()).exists():
        dispatch(planned=[planned], by=story.maple.actor("Ms Amal"), urgency=Urgency.ORDINARY)
    return at("conversations:to_record", key=Recording.objects.visible_to(reyes.actor())[0].key)


def absence_of(story: Fortnight, student: str) -> Absence:
    return Absence.objects.filter(student=story.maple.student(student)).latest("pk")


def school_class(story: Fortnight, name: str) -> SchoolClass:
    return SchoolClass.objects.in_school(story.maple.school).get(name=name)


def finds_hamza(story: Fortnight) -> str:
    return at("conversations:triage") + "?child=Hamza"


def first_import(story: Fortnight) -> str:
    row = RosterImport.objects.in_school(story.maple.school).exclude(applied_at=None).order_by("pk").first()
    return at("rosters:roster", key=row.key)


STAFF = (
    Shot("desk", "home:desk", at("home:desk"), "amal", docs=("1280-light", "1280-dark", "360-light"),
         told="A teacher’s desk: the street of her homes, who waits for an answer, and whom nothing kind has reached."),
    Shot("desk-principal", "home:desk", at("home:desk"), "bell"),
    Shot("desk-office", "home:desk", at("home:desk"), "okafor"),
    Shot("compose-empty", "conversations:compose", at("conversations:compose"), "amal"),
    Shot("compose", "conversations:compose", at("conversations:compose"), "amal",
         in_turn(writes_a_question, presses(".btn[name=look]")), docs=("1280-light", "360-light"),
         told="Writing a question: before anything leaves, each text as each home gets it, and who is not reached."),
    Shot("compose-office", "conversations:compose", at("conversations:compose"), "okafor"),
    Shot("compose-to-put-right", "conversations:compose", at("conversations:compose"), "amal",
         in_turn(fills(text=""), presses(".btn[name=look]"))),
    Shot("closed", "conversations:closed", at("conversations:closed"), "okafor"),
    Shot("closed-looked", "conversations:closed", at("conversations:closed"), "okafor",
         in_turn(closes_for_power, presses(".btn[name=look]")), docs=("360-light",),
         told="Ten to six, no power: one person with a phone chooses why, sees what each home will get, and sends it."),
    Shot("mistake", "conversations:mistake",
         lambda story: at("conversations:mistake", key=story.notices["museum"].key), "okafor"),
    Shot("notices", "conversations:notices", at("conversations:notices"), "amal", docs=("1280-light",),
         told="What was announced, newest first, and what still waits for its hour."),
    Shot("report", "conversations:notice", notice("museum"), "amal", docs=("1280-light", "360-light"),
         told="What became of one question: whom it reached, what families said, and a next step for each home it did not reach."),
    Shot("report-waiting", "conversations:notice", notice("half-term"), "amal"),
    Shot("report-choices", "conversations:notice", notice("evening"), "okafor"),
    Shot("thread", "conversations:thread", thread("Mr Yousaf", "Hamza Yousaf"), "amal",
         docs=("1280-light", "360-light"),
         told="One thread: a father writes in Urdu, the teacher answers, and each sees how far the words came."),
    Shot("thread-worry", "conversations:thread", thread("Natalie Cole", "Ruby Cole"), "amal", opens("main details")),
    Shot("thread-handing", "conversations:stand_in",
         lambda story: thread("Mr Yousaf", "Hamza Yousaf")(story) + "stand-in/", "amal"),
    Shot("thread-new", "conversations:thread", thread("Ibrahim's mother", "Ibrahim Khan"), "amal"),
    Shot("student", "conversations:student",
         lambda story: at("conversations:student", key=story.maple.student("Finn Doyle").key), "amal",
         docs=("1280-light",),
         told="A child’s page: every adult around the child, and whom the school may not write to."),
    Shot("triage", "conversations:triage", at("conversations:triage"), "okafor"),
    Shot("triage-placing", "conversations:triage", finds_hamza, "okafor", docs=("1280-light",),
         told="The office’s tray: words from numbers nobody knows are placed by a person, never guessed."),
    Shot("address", "conversations:address", address_of("Natalie Cole"), "okafor"),
    Shot("worries", "conversations:worries", at("conversations:worries"), "reyes", docs=("1280-light",),
         told="A worry raised by a colleague, which only the safeguarding people see."),
    Shot("absences", "learning:absences", at("learning:absences"), "okafor"),
    Shot("absence-by-hand", "learning:absence_by_hand", at("learning:absence_by_hand") + "?child=Yousaf", "okafor"),
    Shot("absence", "learning:absence",
         lambda story: at("learning:absence", key=absence_of(story, "Hamza Yousaf").key), "okafor"),
    Shot("register", "learning:register",
         lambda story: at("learning:register", key=school_class(story, "4A").key), "amal"),
    Shot("to-hear", "conversations:listening", at("conversations:listening"), "reyes"),
    Shot("voice-note", "conversations:listening_note",
         lambda story: at("conversations:listening_note", key=Listening.objects.waiting()[0].key), "reyes"),
    Shot("to-record", "conversations:to_record", to_say, "reyes"),
    Shot("ladder", "delivery:ladder", at("delivery:ladder"), "okafor"),
    Shot("who-listens", "conversations:listeners", at("conversations:listeners"), "okafor"),
    Shot("listener", "conversations:listener",
         lambda story: at("conversations:listener", key=story.maple.staff("Ms Reyes").key), "okafor"),
    Shot("texts", "conversations:texts", at("conversations:texts"), "okafor"),
    Shot("films", "conversations:films", at("conversations:films"), "okafor"),
    Shot("text", "conversations:text",
         lambda story: at("conversations:text", key=Template.objects.in_school(story.maple.school).get(
             name="Trip to the museum").key), "okafor", docs=("1280-light",),
         told="A text the school wrote once, in each language and script its families read."),
    Shot("roster", "rosters:rosters", at("rosters:rosters"), "okafor"),
    Shot("roster-progress", "rosters:progress", at("rosters:rosters"), "okafor",
         in_turn(hands_over("families.csv"), reads_it)),
    Shot("roster-preview", "rosters:roster", at("rosters:rosters"), "okafor",
         in_turn(hands_over("families.csv"), is_looked_at),
         docs=("1280-light",),
         told="A file handed over: what it would change, and every row that was left out, with its reason."),
    Shot("roster-taken", "rosters:roster", first_import, "okafor"),
    Shot("school", "schools:facts", at("schools:facts"), "okafor"),
    Shot("calendar", "schools:calendar", at("schools:calendar"), "okafor"),
    Shot("my-hours", "schools:my_hours", at("schools:my_hours"), "amal"),
    Shot("promise", "conversations:promise", at("conversations:promise"), "okafor"),
    Shot("colleagues", "welcome:staff", at("welcome:staff"), "okafor"),
    Shot("invitation-card", "welcome:invitation_card", at("welcome:staff"), "okafor",
         presses("form[action$='/invitation/'] button")),
    Shot("students", "welcome:students", at("welcome:students") + "?find=Zainab", "okafor"),
    Shot("student-sign-in", "welcome:student_sign_in",
         lambda story: at("welcome:student_sign_in", key=story.maple.student("Zainab Khan").key), "okafor"),
    Shot("safeguarding", "welcome:safeguarding", at("welcome:safeguarding"), "bell"),
    Shot("ways", "delivery:accounts", at("delivery:accounts"), "okafor", docs=("1280-light",),
         told="The ways to reach families, how each does, and a switch to stop one or all."),
    Shot("way", "delivery:account", account("whatsapp_cloud"), "okafor"),
    Shot("way-texts", "delivery:texts", approved_texts, "okafor"),
    Shot("way-new", "delivery:new_account", at("delivery:new_account", gateway="twilio_sms"), "okafor"),
    Shot("looks", "operations:looks", somebody_looked, "bell"),
    Shot("operators", "operations:operators", an_operator_asks, "bell"),
    Shot("undelivered", "delivery:dead_letters", at("delivery:dead_letters"), "okafor"),
)  # fmt: skip
