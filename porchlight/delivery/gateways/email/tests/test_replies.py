"""The new words of a mail are found among quotes and signatures, and never lost.

Measured on four published corpora; KNOWN_DIFFERENCES holds exactly the mails that are read differently.
"""

from email import message_from_bytes
from email.policy import default
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porchlight.delivery.gateways.email import quoting_words
from porchlight.delivery.gateways.email.reply import new_words
from porchlight.delivery.gateways.email.tests.reply_corpus import cases

# Each with the reason why we read it so.
KNOWN_DIFFERENCES = {
    # Words stand below "Gesendet von Outlook" with nothing between that marks them as quoted. They may be the
    # family's own, so they stay.
    "crisp/email_german_3",
}


def lines(text: str) -> list[str]:
    """Compared line by line; empty lines and spaces at line ends are nobody's words."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_the_corpora_are_read_as_their_makers_expect_but_for_the_known_differences(shared):
    mails = cases(shared / "standards/email-reply-quoting")
    different = {name for name, mail, wanted in mails if lines(new_words(mail)) != lines(wanted)}
    share = f"{len(mails) - len(different)} of {len(mails)} mails, {100 * (1 - len(different) / len(mails)):.1f} %"
    assert share == "94 of 95 mails, 98.9 %"
    assert different == KNOWN_DIFFERENCES


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("android", "Hello"),
        ("apple_mail", "Hello"),
        ("comcast", "Hello"),
        ("hotmail", "Hello"),
        ("sparrow", "Hello"),
        ("thunderbird", "Hello"),
    ],
)
def test_talons_replies_are_found(shared, name, words):
    file = shared / f"standards/email-reply-quoting/talon/standard_replies/{name}.eml"
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert new_words(mail.get_body(("plain",)).get_content()) == words


def test_talons_iphone_reply_loses_its_signature(shared):
    text = (shared / "standards/email-reply-quoting/talon/standard_replies/iphone_reply_text").read_text()
    assert new_words(text) == "Hello"


ASKED = "> School is closed tomorrow.\n> Reply 1 if you need a place.\n"


@pytest.mark.parametrize(
    "mail",
    [
        "Hello\nThanks, but Hamza is ill today.\nPlease send the work.",
        "Dear Ms Amal,\n\nBest regards to you. He has a fever.",
        "Regards the trip: yes.\n\nYousaf",
        "On Monday 3 March Hamza wrote this to me:\nThey hit me in the break.\nI am worried.",
        "On 5 May at 10:00 he told me:\nhe is afraid of the bus",
        "Absent:\nFrom: Monday 3 March\nTo: Wednesday 5 March\n\nThank you",
        "Von meinem Sohn habe ich es gehört",
        "He was\nsent with his lunch money",
        "It was sent by Hamza yesterday",
        "Can he come?\n\n-Yes",
        "Hamza is ill.\n--\nPlease call me before nine o'clock today.",
        "- bread\n- milk\n- eggs",
        "1. yes\n2. no\n3. yes",
        "Mr Yousaf 0300 1234567:\nplease ring me",
        "> is bigger than <, he says",
        "1",
        "ہاں",
        "👍",
        "-",
        "g",
        "???",
    ],
)
def test_a_familys_own_words_all_stay(mail):
    assert new_words(mail) == mail


@pytest.mark.parametrize(
    "announcement",
    [
        "On Tue, 1 Sep 2026 at 15:10, Maple Street School <office@maple-street.example.org> wrote:",
        "On 1 Sep 2026, at 15:10, School wrote:",
        "Le mar. 1 sept. 2026 à 15:10, École <office@maple-street.example.org> a écrit :",
        "Am Di., 1. Sept. 2026 um 15:10 Uhr schrieb Schule <office@maple-street.example.org>:",
        "Schule <office@maple-street.example.org> schrieb am Di., 1. Sept. 2026, 15:10:",
        "El mar, 1 sept 2026 a las 15:10, Escuela (<office@maple-street.example.org>) escribió:",
        "Em ter., 1 de set. de 2026 às 15:10, Escola <office@maple-street.example.org> escreveu:",
        "Il giorno mar 1 set 2026 alle ore 15:10 Scuola <office@maple-street.example.org> ha scritto:",
        "Op di 1 sep 2026 om 15:10 schreef School <office@maple-street.example.org>:",
        "wt., 1 wrz 2026 o 15:10 Szkoła <office@maple-street.example.org> napisał(a):",
        "вт, 1 сент. 2026 г. в 15:10, Школа <office@maple-street.example.org>:",
        "вт, 1 вер. 2026 р. о 15:10 Школа <office@maple-street.example.org> пише:",
        "út 1. 9. 2026 v 15:10 odesílatel Škola <office@maple-street.example.org> napsal:",
        "Den tis 1 sep. 2026 kl 15:10 skrev Skolan <office@maple-street.example.org>:",
        "tir. 1. sep. 2026 kl. 15.10 skrev Skolen <office@maple-street.example.org>:",
        "ti 1. syysk. 2026 klo 15.10 Koulu (office@maple-street.example.org) kirjoitti:",
        "Școala <office@maple-street.example.org> a scris pe 1 sept. 2026 la 15:10:",
        "Okul <office@maple-street.example.org>, 1 Eyl 2026 Sal, 15:10 tarihinde şunu yazdı:",
        "Στις Τρί 1 Σεπ 2026 στις 15:10, ο χρήστης Σχολείο <office@maple-street.example.org> έγραψε:",
        "Iskolánk <office@maple-street.example.org> ezt írta (időpont: 2026. szept. 1., K, 15:10):",
        "Vào Th 3, 1 thg 9, 2026 vào lúc 15:10 Trường <office@maple-street.example.org> đã viết:",
        "Pada tanggal Sel, 1 Sep 2026 pukul 15.10 Sekolah <office@maple-street.example.org> menulis:",
        "2026年9月1日(火) 15:10 学校 <office@maple-street.example.org>:",
        "学校 <office@maple-street.example.org> 于2026年9月1日周二 15:10写道：",
        "2026년 9월 1일 (화) 오후 3:10, 학교 <office@maple-street.example.org>님이 작성:",
        "في الثلاثاء، 1 سبتمبر 2026 في 3:10 م تمت كتابة ما يلي بواسطة المدرسة <office@maple-street.example.org>:",
        "منگل، 1 ستمبر، 2026 کو 3:10 PM پر سکول <office@maple-street.example.org> نے لکھا:",
        "در تاریخ سه‌شنبه ۱ سپتامبر ۲۰۲۶، ۱۵:۱۰ مدرسه <office@maple-street.example.org> نوشت:",
        "‫בתאריך יום ג׳, 1 בספט׳ 2026 ב-15:10 מאת בית הספר <‪office@maple-street.example.org‬‏>:‬",
        "मंगल, 1 सित॰ 2026 को 3:10 pm बजे को स्कूल <office@maple-street.example.org> ने लिखा:",
        "মঙ্গল, ১ সেপ্টেম্বর, ২০২৬ তারিখে ৩:১০ PM টায় স্কুল <office@maple-street.example.org> লিখেছেন:",
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_the_line_above_a_quote_goes_in_every_language_families_use(announcement, wrapped):
    if wrapped:
        announcement = announcement.replace(" <", "\n<")
    for gap in ("\n", "\n\n"):
        assert new_words(f"جی ہاں\n\n{announcement}{gap}{ASKED}") == "جی ہاں"
    assert new_words(f"جی ہاں\n\n{announcement}\n\nSchool is closed tomorrow.\n") == "جی ہاں"


@pytest.mark.parametrize("title", sorted(quoting_words.SEPARATORS))
def test_every_separator_ends_the_new_words(title):
    assert new_words(f"Yes\n\n-----{title.title()}-----\nSchool is closed tomorrow.") == "Yes"


@pytest.mark.parametrize(
    "fields",
    [
        "From: School <office@maple-street.example.org>\nSent: Tuesday 1 September 2026\nTo: Yousaf\nSubject: Closed",
        "*From:* School <office@maple-street.example.org>\n*Sent:* Tuesday\n*To:* Yousaf\n*Subject:* Closed",
        "Von: Schule\nGesendet: Dienstag\nAn: Yousaf\nBetreff: Zu",
        "De : École\nEnvoyé : mardi\nÀ : Yousaf\nObjet : Fermé",
        "De: Escuela\nEnviado el: martes\nPara: Yousaf\nAsunto: Cerrado",
        "Od: Szkoła\nWysłano: wtorek\nDo: Yousaf\nTemat: Zamknięte",
        "From: A rather long name of a school\n<office@maple-street.example.org>\nSent: Tuesday\nTo: Yousaf\nSubject: Closed",
        "منجانب: سکول\nتاریخ: منگل\nموضوع: چھٹی",
        "من: المدرسة\nالتاريخ: الثلاثاء\nالموضوع: إغلاق",
    ],
)
@pytest.mark.parametrize("rule", ["", "_" * 32 + "\n", "-" * 30 + "\n\n"])
def test_a_block_of_headers_ends_the_new_words(fields, rule):
    assert new_words(f"Yes\n\n{rule}{fields}\n\nSchool is closed tomorrow.") == "Yes"


@pytest.mark.parametrize(
    "line",
    ["Sent from my iPhone", "Sent from my Galaxy", "Get Outlook for Android<https://aka.ms/x>", "Envoyé de mon iPhone",
     "Enviado desde mi iPhone", "Von meinem iPhone gesendet", "Inviato da iPhone", "Wysłane z iPhone'a", "iPhoneから送信",
     "أرسلت من الـ iPhone", "میرے iPhone سے بھیجا گया".replace("گया", "گیا"), "Sent from Yahoo Mail on Android", "Sent from Outlook for iOS"],
)  # fmt: skip
def test_what_a_telephone_adds_is_left_aside(line):
    assert new_words(f"Yes\n\n{line}") == "Yes"
    assert new_words(f"Yes\n\n{line}\n\nOn Tue, 1 Sep 2026 at 15:10, School wrote:\n{ASKED}") == "Yes"


def test_answers_between_the_lines_keep_the_lines_they_answer():
    mail = (
        "On Tue, 1 Sep 2026 at 15:10, School wrote:\n> Is he ill?\nNo.\n> Will he come?\nYes.\n> Thank you\n"
    )
    assert new_words(mail) == mail.removesuffix("> Thank you\n").rstrip()


def test_an_answer_below_the_quote_is_found():
    assert new_words(f"On Tue, 1 Sep 2026 at 15:10, School wrote:\n{ASKED}\n1") == "1"


@pytest.mark.parametrize("mail", ["", " \n", "\r\n\r\n", "\u200b"])
def test_only_an_empty_mail_has_no_words(mail):
    assert new_words(mail) == ""


def test_a_mail_of_nothing_but_a_quote_is_kept_whole():
    assert new_words(ASKED) == ASKED.strip()
    assert new_words("Sent from my iPhone") == "Sent from my iPhone"
    assert new_words(f"On Tue, 1 Sep 2026 at 15:10, School wrote:\n{ASKED}").endswith("need a place.")


WORD = st.sampled_from(
    ["Yes", "Hamza", "ill", "کل", "9:30", "2026", "<a@b.example>", "wrote:", "On", ">", "--", "From:", "To:"]
)
MAIL = st.lists(st.lists(WORD, max_size=6).map(" ".join), max_size=12).map("\n".join)


@given(MAIL | st.text())
def test_no_mail_with_words_becomes_empty_and_nothing_is_made_up(mail):
    said = new_words(mail)
    assert bool(said.strip()) >= any(letter.isalnum() for letter in mail)
    assert set(said.split()) <= set(new_words_source(mail).split())
    assert new_words(said) == new_words(new_words(said))


def new_words_source(mail: str) -> str:
    """The mail with the same invisible characters gone."""
    from porchlight.delivery.gateways.email.reply import _INVISIBLE

    return _INVISIBLE.sub("", mail.replace("\xa0", " "))


@pytest.mark.parametrize(
    "mail",
    [
        "> " * 30_000,
        ">" * 60_000,
        "\n".join(">" * n + " On Mon, 1 Sep 2025 at 10:00, A <a@b.example> wrote:" for n in range(1, 330)),
        "On " * 20_000,
        "On 1 Sep 2025 " * 4_000,
        "\n".join(["On 1 Sep 2025 A <a@b.example>"] * 2_000),
        "\n".join(["From: a@b.example"] * 3_500),
        "\n".join(["a", "--"] * 10_000),
        "\n".join(["-----"] * 10_000),
        "<a@" * 20_000,
        "a" * 60_000 + "@",
        " " * 60_000 + "x",
        "\n" * 60_000 + "x",
        "\n".join(["Yes"] + ["Sent from my iPhone"] * 3_000),
        "\n".join(["Yes"] + ["", "-Amal Haddad"] * 3_000),
        "1 " * 30_000 + ":",
        "``` \n" * 12_000,
    ],
    ids=range(17),
)
def test_sixty_thousand_letters_are_read_in_a_moment(mail):
    begun = process_time()
    new_words(mail)
    assert process_time() - begun < 1
