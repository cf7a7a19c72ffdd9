"""Every address of the house, and what becomes of it: pictured here, pictured elsewhere, or no page to picture."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house import ROOT

IN_THE_GALLERY = "porchlight/design/tests/test_gallery_in_a_browser.py"
AT_THE_DOOR = "porchlight/accounts/tests/test_sign_in_pages_in_a_browser.py"

OTHER_ACCOUNTS = "porchlight/accounts/tests/test_other_accounts_in_a_browser.py"

FROM_NOTHING = "tests/journeys/test_from_nothing_to_a_school.py"

# Pages that another test already walks through, looks at in every view, and photographs.
ELSEWHERE = {
    "set_up": FROM_NOTHING,
    "set_up_link": FROM_NOTHING,
    "home:first_steps": FROM_NOTHING,
    "design:gallery": IN_THE_GALLERY,
    "design:gallery-page": IN_THE_GALLERY,
    "account_inactive": AT_THE_DOOR,
    "account_reauthenticate": AT_THE_DOOR,
    "account_change_password": AT_THE_DOOR,
    "account_reset_password": AT_THE_DOOR,
    "account_reset_password_done": AT_THE_DOOR,
    "account_reset_password_from_key": AT_THE_DOOR,
    "account_reset_password_from_key_done": AT_THE_DOOR,
    "account_set_password": AT_THE_DOOR,
    "account_signup": AT_THE_DOOR,
    "account_request_login_code": AT_THE_DOOR,
    "account_confirm_login_code": AT_THE_DOOR,
    "mfa_index": AT_THE_DOOR,
    "mfa_authenticate": AT_THE_DOOR,
    "mfa_reauthenticate": AT_THE_DOOR,
    "mfa_reauthenticate_webauthn": AT_THE_DOOR,
    "mfa_activate_totp": AT_THE_DOOR,
    "mfa_deactivate_totp": AT_THE_DOOR,
    "mfa_view_recovery_codes": AT_THE_DOOR,
    "mfa_generate_recovery_codes": AT_THE_DOOR,
    "mfa_list_webauthn": AT_THE_DOOR,
    "mfa_add_webauthn": AT_THE_DOOR,
    "mfa_edit_webauthn": AT_THE_DOOR,
    "mfa_remove_webauthn": AT_THE_DOOR,
    "usersessions_list": AT_THE_DOOR,
    "openid_connect_login": OTHER_ACCOUNTS,
    "openid_connect_callback": OTHER_ACCOUNTS,
    "socialaccount_connections": OTHER_ACCOUNTS,
    "socialaccount_login_cancelled": OTHER_ACCOUNTS,
}

FOR_PROGRAMS = "api_v1:"
OF_OLD = [f"social/{one}" for one in ("login/cancelled", "login/error", "signup", "connections")]

# Addresses that show nothing of their own, each with what they do instead.
NO_PAGES = {
    "welcome:letters_pdf": "the letters themselves, as a PDF (porchlight/welcome/tests/test_letters.py)",
    "design:language": "a button: sets the language and leads back",
    "demo:sign_in_as": "a link of the terminal: leads to the first page",
    "home:school": "the front door: leads to everybody's first page",
    "delivery:opening": "leads into the phone's own program for texts",
    "home:desk_waiting": "a part of the desk, swapped into it",
    "schools:changes": "a stream that says something changed",
    "conversations:notice_fares": "a part of the report, swapped into it",
    "conversations:message_file": "a file a family sent",
    "conversations:triage_file": "a file somebody sent",
    "conversations:message_file_sound": "a voice note, for the player of the thread",
    "conversations:message_sound": "a spoken answer, for the player of the thread",
    "conversations:listening_sound": "a voice note, for the player of its listener",
    "conversations:family_sound": "a spoken answer, for the player of the family's page",
    "conversations:family_read_out": "words read out, for the player of the family's page",
    "welcome:notice_read_out": "words read out, for the player behind a notice link",
    "welcome:notice_sound": "a spoken answer, for the player behind a notice link",
    "conversations:message_enclosed": "a photo of the school's, seen by itself",
    "conversations:family_enclosed": "a photo of the school's, seen by itself",
    "welcome:notice_enclosed": "a photo of the school's behind a notice link, seen by itself",
    "updates:facts_sound": "a colleague's voice, for the player of the page",
    "updates:my_sound": "a colleague's voice, for the player of the homes' page",
    "meetings:file": "a meeting for a colleague's calendar, as a file",
    "meetings:my_file": "a meeting for the calendar of a phone, as a file",
    "meetings:feed": "for calendars alone, at a private address",
    "conversations:news": "behind a note on a screen: leads to the thread",
    "conversations:audience": "the count beside the form, swapped into it",
    "meetings:my_photo": "a photo the student shows, for the page of their part",
    "meetings:class_device_photo": "a photo the student shows, for the page opened with a code",
    "meetings:student_begins_photo": "a photo the student shows, for the adults' page",
    "meetings:student_leads_photo": "a photo the student shows, for the hosts' page",
    "meetings:visit_hearing_sound": "what a home said of a note, for the player of the visit's page",
    "meetings:video_room": "leads into the room of a video meeting",
    "meetings:host_video_room": "leads a host into the room of a video meeting",
    "rosters:families_sheet": "a file to download",
    "privacy:copy": "a file to download",
    "privacy:my_copy": "a file to download",
    "privacy:colleague_copy": "a file to download",
    "metrics": "figures for the program that watches the server",
    "mfa_download_recovery_codes": "a file to download",
    "mfa_login_webauthn": "what a passkey is asked, for the browser",
    "account_email": "shut: mailboxes are the office's to change",
    "account_email_verification_sent": "shut, as account_email",
    "account_confirm_email": "shut, as account_email",
    "socialaccount_signup": "shut: nobody signs up",
    "socialaccount_login_error": "shut: what goes wrong is said where it goes wrong",
    **{f"{old}/": "shut, an address of old" for old in OF_OLD},
    "shut": "the lock of those",
    "hooks:webhook": "for gateways alone",
    "hooks:sound": "sound for a call alone",
    "health": "for machines that ask without a slash: the page of health:health",
}


def addresses() -> dict[str, URLPattern]:
    """By name, as they stand in the demo; what answers only programs shows nobody anything."""
    found = _walk(get_resolver("tests.demo_urls"), "")
    return {name: pattern for name, pattern in found if not name.startswith(FOR_PROGRAMS)}


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield (f"{space}{one.name}" if one.name else str(one.pattern)), one


def changes_only(pattern: URLPattern) -> bool:
    """Whether the address takes nothing but POST: a button, whose outcome is another page."""
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    try:
        answer = pattern.callback(request)
    except Exception:  # it wanted to know who asks: so it would have shown something
        return False
    return answer.status_code == 405


def page_with(file: str) -> str:
    """The text of a test."""
    return (ROOT / file).read_text()
