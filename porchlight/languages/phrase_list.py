"""Every phrase Porchlight itself says to a home on plain channels: what it is for, its tier, its places.

The words are in `phrase_book/<language>.toml`. A place in double brackets there, with the words around it, is
left out when it has nothing to say: `[[ or ring {phone}]]`.
"""

from __future__ import annotations

from porchlight.languages.phrase_entry import Phrase
from porchlight.languages.phrase_entry import phrase as _phrase
from porchlight.languages.phrases_of_meetings import OF_MEETINGS
from porchlight.schools.tiers import Tier

L1 = Tier.L1

PHRASES: dict[str, Phrase] = {
    # Words on buttons, and in "we have your answer: …". At most 20 letters: WhatsApp's limit.
    "yes": _phrase("An answer."),
    "no": _phrase("An answer."),
    "seen": _phrase("Answer to an acknowledgement."),
    # Inside “we have your answer: …”.
    "spoken_answer": _phrase("A recording."),
    "signed_by": _phrase("A name that was signed with.", "name", tier=L1),
    "signed_aloud": _phrase("The name was said on a call."),
    "signature_back": _phrase("A signature was taken back."),
    "please_ring_me": _phrase("A button: the home wants a call."),
    # Under a question: what to send back.
    "reply_yes_no": _phrase("1 or 2."),
    "reply_acknowledge": _phrase("1 when read."),
    "reply_choose_one": _phrase("One of the numbers.", "choices", tier=L1),
    "reply_choose_several": _phrase("One or more of the numbers.", "choices", tier=L1),
    "reply_with": _phrase("The number of an option, any shape.", "choices", tier=L1),
    "reply_number": _phrase("A number."),
    "reply_short_text": _phrase("A few words."),
    "reply_choose_time": _phrase("One of several times, by its number.", "choices", tier=L1),
    "reply_voice_note": _phrase("Words spoken, where a recording can be sent."),
    "reply_say_or_call": _phrase("Words spoken, where none can: in writing, or a call."),
    "reply_sign": _phrase("How to sign, and how to take that back."),
    "answer_on_page": _phrase("Sent from a phone that no answer may come back to.", "link"),
    "reply_call": _phrase("The way to a call instead."),
    "reply_code": _phrase("Several questions are open: put this one's code first.", "code"),
    # About an answer.
    "ask_answered": _phrase(
        "What was understood, said back; `code` where another question is open too.",
        "answer",
        "code",
        tier=L1,
    ),
    "answer_refused": _phrase("The answer could not be taken; `answer` says why.", "answer", tier=L1),
    "signed_already": _phrase("A second signature under the same words.", optional="name", tier=L1),
    "not_signed": _phrase("A signature that is not there cannot be taken back."),
    "time_gone": _phrase("The time they chose is over."),
    "ask_closed": _phrase("Too late for the count, never too late to be read."),
    # About a message that came in.
    "which_child": _phrase("Numbered names, one a line.", "choices", tier=L1),
    "met_by_a_person": _phrase("Not understood by us, so somebody reads it.", "school", "by"),
    "told_at_once": _phrase(
        "A child may be missing: who is called, whom to ring.", "school", "phone numbers"
    ),
    "we_will_ring": _phrase("After CALL or a missed call.", "school", "by"),
    "out_of_hours": _phrase(
        "Nobody is watching. The school's own `words` come first, the emergency numbers always; `later`: `reads_it`.",
        "school",
        "words numbers later",
    ),
    "still_read": _phrase(
        "School is closed, and the colleague it is for reads until an hour; the emergency numbers always.",
        "school sender when",
        "numbers",
    ),
    "reads_later": _phrase("School is open, and the colleague it is for rests.", "sender when"),
    "reads_it": _phrase("The same, among the words of `out_of_hours`.", "sender when"),
    # On a slip of paper that goes home with the child.
    "slip_for": _phrase("Whom it is for.", "child"),
    "slip_ways": _phrase(
        "How to answer, or to get messages on one's own phone.", "link code", "number phone"
    ),
    "ask_words": _phrase("On paper of ours, also on the poster and the cards: what a home may text to ask."),
    # On the slip at the foot of a letter.
    "letter_tick": _phrase("One box of several.", "child"),
    "letter_tick_several": _phrase("As many boxes as fit.", "child"),
    "letter_number": _phrase("A number.", "child"),
    "letter_words": _phrase("A few words.", "child"),
    "letter_sign": _phrase("A signature.", "child"),
    "letter_back": _phrase("Nothing was asked: room for words of theirs.", "child"),
    "please_come": _phrase("Too personal for paper: no names.", "school", "phone"),
    # Said aloud, by whoever rings.
    "ringing_about": _phrase("The first words of a call.", "school child", tier=L1),
    "ringing_number": _phrase("The first words of a call about their number.", "school"),
    "ringing_back": _phrase("The first words when they had asked for a call.", "school"),
    # Said by the machine in a call, around the message; keys as on a telephone.
    "call_greeting": _phrase("Whoever takes a call hears this first.", "school", "sender"),
    "call_hear": _phrase("Then this."),
    "call_menu": _phrase("The key for no more calls, or other hours.", "key"),
    "call_star": _phrase("A key behind a star, inside another phrase.", "key"),
    "call_yes_no": _phrase("1 or 2 on the keypad."),
    "call_acknowledge": _phrase("1 when heard."),
    "call_option": _phrase("One answer and its key.", "label key", tier=L1),
    "call_several": _phrase("Several keys, then #."),
    "call_number": _phrase("A number, then #."),
    "call_voice_note": _phrase("1, and then they speak."),
    "call_sign": _phrase("1, and then they say their name."),
    "call_speak": _phrase("The key for speaking to the school.", "key"),
    "call_again": _phrase("The key to hear it again.", "key"),
    "call_try_again": _phrase("A key that means nothing here was pressed."),
    "call_record": _phrase("Before the tone."),
    "call_thanks_voice": _phrase("After they spoke."),
    "call_thanks": _phrase("After an answer."),
    "call_goodbye": _phrase("Nobody presses anything any more.", "school", "phone"),
    "call_hours": _phrase("The menu about the calls themselves."),
    "call_hours_kept": _phrase("They chose hours."),
    "call_stopped": _phrase("The last words after “no more calls”.", "school", "phone"),
    "call_machine": _phrase("To an answering machine: no name, no child, no content.", "school", "phone"),
    "call_not_now": _phrase("The message may not be said any more.", "school", "phone"),
    # Who is away from school.
    "absence_ill_today": _phrase("On the list: ill, today.", "child", tier=L1),
    "absence_ill": _phrase("On the list: ill, another day or several.", "child when", tier=L1),
    "absence_away_today": _phrase("On the list: away, today.", "child", tier=L1),
    "absence_away": _phrase("On the list: away, another day or several.", "child when", tier=L1),
    "absence_past": _phrase("On the list: why the child was away.", "child when", tier=L1),
    "days_from_to": _phrase("A stretch of days, inside another phrase.", "start end"),
    "absence_ask_why": _phrase("Missed at the register.", "child", tier=L1),
    "absence_ask_day": _phrase("Yesterday or tomorrow?", "child", tier=L1),
    "absence_ask_stays": _phrase("A complaint: will the child stay at home?", "child when", tier=L1),
    "absence_is_ill": _phrase("An answer to “why?”."),
    "absence_appointment": _phrase("An answer to “why?”."),
    "absence_family": _phrase("An answer to “why?”."),
    "absence_late": _phrase("An answer to “why?”."),
    "absence_not_known": _phrase("An answer to “why?”: they thought the child was at school."),
    # Coming and going.
    "stop_confirmed": _phrase("The one message after STOP.", "school", "phone"),
    "start_confirmed": _phrase("After START.", "school"),
    "help": _phrase("Who we are and how to reach us.", "school", "phone"),
    "not_me_thanks": _phrase("After “wrong number”."),
    "dose_few": _phrase("They asked for fewer messages.", "school"),
    "dose_usual": _phrase("They asked for all messages again.", "school"),
    "way_in_doubt": _phrase(
        "To another way of theirs: that one may be wrong, never which. No names.", "school", "phone"
    ),
    "way_changes": _phrase("To the ways known before: that, never what. No names.", "school", "phone"),
    "named_by_family": _phrase(
        "To an adult whom a family named: do they want our words? No names.", "school", "phone"
    ),
    "named_agreed": _phrase("They said yes.", "school"),
    "please_ring_us": _phrase("The number may be somebody else's now: no names.", "school", "phone"),
    "please_ring_us_by_hand": _phrase(
        "The same from a colleague's own phone: no answer there reaches us.", "school", "phone"
    ),
    "answer_for_all": _phrase(
        "A question told to the class, by nobody in particular.", "question answer", tier=L1
    ),
    # A class's week, and the school's month: lines of one message.
    "update_opens": _phrase("The first line. `name`: the class.", "name", tier=L1),
    "update_told": _phrase("What the class's homes were told.", "text", tier=L1),
    "update_asked": _phrase("A question that is still open.", "day text", tier=L1),
    "update_closed_day": _phrase("A day without school. `name`: why.", "day name"),
    "update_closed_days": _phrase("Several of them.", "start end name"),
    "update_good": _phrase("How many, never whose.", "number"),
    "update_tonight": _phrase("One thing to talk about with the child.", "question", tier=L1),
    "update_answer": _phrase("Under tonight's question."),
    "class_learns": _phrase("One of three texts that a class tells of itself.", "text", tier=L1),
    "class_works": _phrase("As above.", "text", tier=L1),
    "class_whom": _phrase("As above.", "text", tier=L1),
    "newsletter_opens": _phrase("The first line of the school's newsletter.", "school start end"),
    "newsletter_class": _phrase("What a class lent to it.", "name text", tier=L1),
    "newsletter_here": _phrase("Where all of it can be read.", "link"),
    # The first words. `languages` are numbered, one a line.
    "hello_back": _phrase("To a home we know, or know by now, that greets us.", "school languages"),
    "hello_who": _phrase("To a number we do not know: what is needed. No names.", "school languages"),
    "hello_language": _phrase("They chose a language.", "spoken"),
    "hello_first": _phrase(
        "The first message to a home, around a good word. `ways`: `hello_ways`.",
        "sender school text ways",
        tier=L1,
    ),
    "hello_ways": _phrase("How to answer it, and how to stop. Left out where no answer can come back."),
    "good_help": _phrase("A good word; says nothing of boy or girl.", "child", tier=L1),
    "good_effort": _phrase("As above.", "child", tier=L1),
    "good_question": _phrase("As above.", "child", tier=L1),
    "good_smile": _phrase("As above.", "child", tier=L1),
    # Signing in.
    "sign_in_code": _phrase("Works once, 10 minutes.", "code"),
    "sign_in_link": _phrase("Works once, 10 minutes.", "link"),
    # What is waiting.
    "message_waiting": _phrase("Too personal for this channel.", "school link"),
    "news_waits": _phrase("A note on a screen that anybody may see: no name, no word of it.", "school"),
    "voice_answer": _phrase("In place of a recording, where none can go.", "sender", tier=L1),
    "hear_it_here": _phrase("The page that plays a recording.", "link"),
    "see_it_here": _phrase("The page that shows a photo or a letter that goes with the words.", "link"),
    "in_original": _phrase("The message below is not in the reader's language.", "written_in"),
    "in_original_by_hand": _phrase(
        "The same where no answer reaches us: whom to ring for help.", "written_in", "phone"
    ),
    "by_machine": _phrase("Under words that a machine translated and nobody has checked."),
    "letters_by_machine": _phrase(
        "Under words of people whose Latin letters a machine put and nobody has checked."
    ),
    "put_right": _phrase("Before words that replace a wrong translation.", "text", tier=L1),
    "urgent": _phrase("Before urgent words.", "text"),
    "correction": _phrase("Our last message was wrong.", "text", tier=L1),
    "sorry_sent_by_mistake": _phrase("A message went out that should not have."),
    # The school is closed. `why` is one of the reasons below.
    "closed_today": _phrase("On the day itself.", "school day", "why"),
    "closed_tomorrow": _phrase("The evening before.", "school day", "why"),
    "closed_for_weather": _phrase("A reason."),
    "closed_for_roads": _phrase("A reason."),
    "closed_for_power": _phrase("A reason."),
    "closed_for_water": _phrase("A reason."),
    "closed_for_illness": _phrase("A reason."),
    "closed_for_safety": _phrase("A reason."),
    "reader_asked": _phrase("A parent is asked to read translations.", "written_in"),
    # Mail.
    "mail_subject": _phrase("Subject line.", "school"),
    "mail_subject_ask": _phrase("Subject line.", "school"),
    "mail_reply": _phrase("Under a mail.", "school"),
    # WhatsApp's approved template around a message: may neither begin nor end with a place.
    "template_notice": _phrase("About a child.", "sender child text", tier=L1),
    "template_general": _phrase("About no child.", "sender text"),
    # To staff.
    "staff_alert": _phrase("Something needs this person today; not one identifying word.", "school"),
    "staff_invitation": _phrase("To a new colleague.", "school link"),
    "test_message": _phrase("From a gateway's set-up page.", "school"),
    **OF_MEETINGS,
}
