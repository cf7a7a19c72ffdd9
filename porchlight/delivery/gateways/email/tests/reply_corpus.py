"""What should remain of each mail of the published corpora, said in line numbers so that no mail is copied here.

`"1-3,5"`: those lines of the file, counted from one. Discourse's corpus brings its own expected texts.
"""

from __future__ import annotations

from pathlib import Path

EVERYTHING = "*"

ZAPIER = {
    "correct_sig": "1",
    "email_1_1": "1-5",
    "email_1_2": "1-34",  # the answers stand between quotes, which stay with them
    "email_1_3": "1-3",
    "email_1_4": "1",
    "email_1_5": EVERYTHING,
    "email_1_6": "1-3",  # "a magnificent torch of pixels" is no device anybody sells: kept
    "email_1_7": "1",
    "email_1_8": "1-19",
    "email_2_1": "1",
    "email_2_2": "1",
    "email_2_3": "1",
    "email_BlackBerry": "1",
    "email_bullets": "1-9",
    "email_gmail": "1",
    "email_headers_no_delimiter": "1",
    "email_iPhone": "1",
    "email_multi_word_sent_from_my_mobile_device": "1",
    "email_one_is_not_on": "1-5",
    "email_partial_quote_header": "1-6",
    "email_sent_from_my_not_signature": EVERYTHING,
    "email_sig_delimiter_in_middle_of_line": EVERYTHING,
    "greedy_on": "1-6",
    "pathological": "1-2",
}
CRISP = {
    "email_1": "1-5",
    "email_12": "1-5",
    "email_14": "1-5",
    "email_16": "1-5",
    "email_19": "1-3",
    "email_20": "1",
    "email_22": "1-5",
    "email_24": "1-5",
    "email_26": "1-5",
    "email_6": "1-3",
    "email_8": "1-5",
    "email_custom_quote_header": "1",
    "email_customer_quote_header_3": "1-3",
    "email_emoji": "1",
    "email_finnish": "1-5",
    "email_french_2": "1-5",
    "email_german": "1-5",
    "email_german_3": "1-5",
    "email_gmail_split_line_from": "1-5",
    "email_ios_outlook_fr": "1-5",
    "email_msn": "1-5",
    "email_not_a_signature": EVERYTHING,
    "email_original_message": "1-5",
    "email_outlook_split_line_from": "1-5",
    "email_reply_header": "1-11",
    "email_sent_from": "1",
    "email_tricky_10_special_chars_in_name": "1-5",
    "email_tricky_12_no_space_after_header": "1-5",
    "email_tricky_14_long_quote_header": "1-5",
    "email_tricky_16_unicode_signatures": "1-4",
    "email_tricky_18_inline_reply": EVERYTHING,
    "email_tricky_1_on_false_positive": EVERYTHING,
    "email_tricky_2_url_with_wrote": EVERYTHING,
    "email_tricky_4_from_in_body": EVERYTHING,
    "email_tricky_6_regards_in_sentence": EVERYTHING,
    "email_tricky_8_sent_from_in_content": EVERYTHING,
    "email_unquoted_reply": "1",
    "email_with_from_headers": EVERYTHING,
    "email_zoho": "1-2",
}


def cases(corpora: Path) -> list[tuple[str, str, str]]:
    """(name, mail, expected reply) of every plain-text mail in zapier, crisp and discourse."""
    found = []
    for corpus, table in (("zapier", ZAPIER), ("crisp", CRISP)):
        for name, kept in table.items():
            mail = _read(corpora / corpus / f"{name}.txt")
            found.append((f"{corpus}/{name}", mail, _lines(mail, kept)))
    for file in sorted((corpora / "discourse" / "emails").iterdir()):
        trimmed = _read(corpora / "discourse" / "trimmed" / file.name)
        found.append((f"discourse/{file.stem}", _read(file), trimmed))
    return found


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _lines(mail: str, kept: str) -> str:
    if kept == EVERYTHING:
        return mail
    lines = mail.splitlines()
    wanted: list[str] = []
    for part in kept.split(","):
        first, _, last = part.partition("-")
        wanted += lines[int(first) - 1 : int(last or first)]
    return "\n".join(wanted)
