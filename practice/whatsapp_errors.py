"""The WhatsApp Cloud API's refusals: HTTP status, title, details, as its error table lists them."""

from __future__ import annotations

import secrets
from typing import Any

HELP = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"

ERRORS: dict[int, tuple[int, str, str]] = {
    0: (401, "AuthException", "We were unable to authenticate the app user."),
    1: (400, "API Unknown", "Invalid request or possible server error."),
    2: (503, "API Service", "Temporary due to downtime or due to being overloaded."),
    3: (500, "API Method", "Capability or permissions issue."),
    4: (400, "API Too Many Calls", "The app has reached its API call rate limit."),
    10: (403, "Permission Denied", "Permission is either not granted or has been removed."),
    100: (400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
    190: (401, "Access token has expired", "Your access token has expired."),
    368: (403, "Temporarily blocked for policies violations", "The account is restricted from messaging."),
    80007: (400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit."),
    130429: (429, "Rate limit hit", "Too many messages were sent from this phone number in a short period."),
    130472: (400, "User's number is part of an experiment", "This user's number is part of an experiment."),
    131000: (500, "Something went wrong", "Message failed to send due to an unknown error."),
    131005: (403, "Access denied", "Permission is either not granted or has been removed."),
    131008: (400, "Required parameter is missing", "The request is missing a required parameter."),
    131009: (400, "Parameter value is not valid", "One or more parameter values are invalid."),
    131016: (500, "Service unavailable", "A service is temporarily unavailable."),
    131021: (400, "Recipient cannot be sender", "Sender and recipient phone number is the same."),
    131026: (400, "Message undeliverable", "Unable to deliver message."),
    131031: (403, "Account has been locked", "The account has been restricted or disabled."),
    131037: (400, "Display name approval needed", "The display name of this number is not approved."),
    131042: (400, "Business eligibility payment issue", "There was an error related to your payment method."),
    131045: (
        500,
        "Incorrect certificate",
        "Message failed to send due to a phone number registration error.",
    ),
    131047: (
        400,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied.",
    ),
    131048: (400, "Spam rate limit hit", "There are restrictions on how many messages this number can send."),
    131049: (400, "Healthy ecosystem", "This message was not delivered to maintain healthy engagement."),
    131050: (400, "Marketing stopped", "The recipient has chosen to stop receiving marketing messages."),
    131051: (400, "Message type unknown", "Message type is currently not supported."),
    131053: (400, "Media upload error", "Unable to upload the media used in the message."),
    131056: (400, "Pair rate limit hit", "Too many messages were sent from this number to the same number."),
    131057: (500, "Account in maintenance mode", "The account is in maintenance mode."),
    131062: (400, "Unsupported recipient", "Business-scoped User ID recipients are not supported here."),
    132000: (400, "Template param count mismatch", "The number of parameters does not match the template's."),
    132001: (404, "Template does not exist", "Template name does not exist in the translation."),
    132005: (400, "Template hydrated text too long", "Translated text is too long."),
    132007: (400, "Template format character policy violated", "Template content violates a policy."),
    132012: (400, "Template parameter format mismatch", "Parameter format does not match the template's."),
    132015: (400, "Template is paused", "Template is paused due to low quality so it cannot be sent."),
    132016: (400, "Template is disabled", "Template was paused too many times and is now disabled."),
    133016: (
        400,
        "Account register deregister rate limit exceeded",
        "Registration failed, too many attempts.",
    ),
    135000: (400, "Generic user error", "Message failed to send because of an unknown error."),
}


class Refused(Exception):
    """The request is answered with a Graph error. `said` replaces the table's details."""

    def __init__(self, code: int, said: str = "", *, subcode: int = 0, message: str = "") -> None:
        super().__init__(code)
        self.code, self.said, self.subcode, self.message = code, said, subcode, message

    @property
    def http_status(self) -> int:
        return ERRORS.get(self.code, (400, "", ""))[0]

    def as_json(self) -> dict[str, Any]:
        """`{"error": {...}}` as Graph words it; only messaging errors carry `error_data`."""
        _, title, details = ERRORS.get(self.code, (400, "Unknown", "Unknown"))
        error: dict[str, Any] = {
            "message": self.message or f"(#{self.code}) {title}",
            "type": "GraphMethodException" if self.subcode else "OAuthException",
            "code": self.code,
        }
        if self.code >= 100 and not self.subcode and self.code != 190:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.said or details}
        if self.subcode:
            error["error_subcode"] = self.subcode
        error["fbtrace_id"] = "A" + secrets.token_urlsafe(16)
        return {"error": error}


def status_error(code: int) -> dict[str, Any]:
    """The same error as a failed status carries it."""
    _, title, details = ERRORS.get(code, (400, "Unknown error", "Unknown error"))
    return {"code": code, "title": title, "message": title, "error_data": {"details": details}, "href": HELP}
