"""Requests, answers and refusals as each company's own reference shows them; the sentences are ours."""

from __future__ import annotations

import json

from porchlight.languages.engines.contract import Access, Advice, mask
from practice.translation_google import key_file

SENT = f"{mask(0)} & {mask(1)} come at 9:30."

# Request and answer as each company's own reference shows them; the sentences are ours.
SPOKEN = {
    "libretranslate": (
        Access({"base_url": "https://lt.example.org/"}, {"api_key": "k"}),
        "https://lt.example.org/translate",
        {},
        {
            "q": ['<span translate="no">N0</span> &amp; <span translate="no">N1</span> come at 9:30.'],
            "source": "en",
            "target": "ur",
            "format": "html",
            "api_key": "k",
        },
        {
            "translatedText": [
                '<span translate="no">N1</span> اور <span translate="no"> N0 </span> 9:30 پر آئیں۔'
            ]
        },
    ),
    "deepl": (
        Access({}, {"auth_key": "279a2e9d:fx"}),
        "https://api-free.deepl.com/v2/translate",
        {"Authorization": "DeepL-Auth-Key 279a2e9d:fx"},
        {
            "text": ["<x>N0</x> &amp; <x>N1</x> come at 9:30."],
            "source_lang": "EN",
            "target_lang": "UR",
            "tag_handling": "xml",
            "ignore_tags": ["x"],
            "split_sentences": "0",
        },
        {
            "translations": [
                {"detected_source_language": "EN", "text": "<x>N1</x> اور <x>N0</x> 9:30 پر آئیں۔"}
            ]
        },
    ),
    "google": (
        Access({}, {"api_key": "k"}),
        "https://translation.googleapis.com/language/translate/v2",
        {"X-Goog-Api-Key": "k"},
        {
            "q": ['<span translate="no">N0</span> &amp; <span translate="no">N1</span> come at 9:30.'],
            "source": "en",
            "target": "ur",
            "format": "html",
        },
        {
            "data": {
                "translations": [
                    {
                        "translatedText": '<span translate="no">N1</span> اور <span translate="no">N0</span> 9:30 پر آئیں۔'
                    }
                ]
            }
        },
    ),
    "google_v3": (
        Access(
            {"location": "europe-west1"},
            {"key_file": json.dumps(key_file("https://g.example")), "access_token": "t"},
        ),
        "https://translation.googleapis.com/v3/projects/porch-1234/locations/europe-west1:translateText",
        {"Authorization": "Bearer t", "X-Goog-User-Project": "porch-1234"},
        {
            "contents": ['<span translate="no">N0</span> &amp; <span translate="no">N1</span> come at 9:30.'],
            "mimeType": "text/html",
            "sourceLanguageCode": "en",
            "targetLanguageCode": "ur",
        },
        {
            "translations": [
                {
                    "translatedText": '<span translate="no">N1</span> اور <span translate="no">N0</span> 9:30 پر آئیں۔',
                    "detectedLanguageCode": "en",
                }
            ]
        },
    ),
    "azure": (
        Access({"region": "uksouth"}, {"key": "k"}),
        "https://api.cognitive.microsofttranslator.com/translate?api-version=3.0&from=en&to=ur&textType=html",
        {"Ocp-Apim-Subscription-Key": "k", "Ocp-Apim-Subscription-Region": "uksouth"},
        [
            {
                "Text": '<span class="notranslate">N0</span> &amp; <span class="notranslate">N1</span> come at 9:30.'
            }
        ],
        [
            {
                "translations": [
                    {
                        "text": '<span class="notranslate">N1</span> اور <span class="notranslate">N0</span> 9:30 پر آئیں۔',
                        "to": "ur",
                    }
                ]
            }
        ],
    ),
}

# (engine, status, body) → what to do. Bodies as the companies publish them.
REFUSALS = [
    ("libretranslate", 400, {"error": "xx is not supported"}, Advice.NOT_THIS),
    ("libretranslate", 403, {"error": "Invalid API key"}, Advice.STAFF_MUST_ACT),
    (
        "libretranslate",
        400,
        {"error": "Visit https://portal.example.org to get an API key"},
        Advice.STAFF_MUST_ACT,
    ),
    ("libretranslate", 429, {"error": "Slowdown: 30 per 1 minute"}, Advice.AGAIN),
    ("libretranslate", 403, {"error": "Too many request limits violations"}, Advice.LATER),
    (
        "libretranslate",
        400,
        {"error": "Invalid request: request (9) exceeds text limit (5)"},
        Advice.NOT_THIS,
    ),
    ("libretranslate", 502, None, Advice.AGAIN),
    ("deepl", 403, None, Advice.STAFF_MUST_ACT),
    ("deepl", 400, {"message": "Value for 'target_lang' not supported."}, Advice.NOT_THIS),
    ("deepl", 456, {"message": "Quota Exceeded"}, Advice.LATER),
    ("deepl", 429, {"message": "Too many requests"}, Advice.AGAIN),
    ("deepl", 529, None, Advice.AGAIN),
    ("deepl", 400, {"message": "Bad request"}, Advice.OUR_FAULT),
    (
        "google",
        403,
        {
            "error": {
                "code": 403,
                "message": "Daily Limit Exceeded",
                "errors": [{"reason": "dailyLimitExceeded"}],
            }
        },
        Advice.LATER,
    ),
    (
        "google",
        403,
        {"error": {"code": 403, "message": "", "errors": [{"reason": "userRateLimitExceeded"}]}},
        Advice.AGAIN,
    ),
    (
        "google",
        400,
        {
            "error": {
                "code": 400,
                "message": "API key not valid. Please pass a valid API key.",
                "errors": [{"reason": "badRequest"}],
                "status": "INVALID_ARGUMENT",
                "details": [
                    {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
                ],
            }
        },
        Advice.STAFF_MUST_ACT,
    ),
    ("google", 400, {"error": {"code": 400, "message": "Bad language pair: en|xx"}}, Advice.NOT_THIS),
    ("google", 503, "no object", Advice.AGAIN),
    ("google_v3", 400, {"error": "invalid_grant", "error_description": "Invalid JWT"}, Advice.STAFF_MUST_ACT),
    ("google_v3", 401, {"error": {"code": 401, "status": "UNAUTHENTICATED", "message": "x"}}, Advice.AGAIN),
    ("google_v3", 403, {"error": {"code": 403, "status": "PERMISSION_DENIED"}}, Advice.STAFF_MUST_ACT),
    (
        "google_v3",
        403,
        {"error": {"code": 403, "status": "PERMISSION_DENIED", "details": [{"reason": "SERVICE_DISABLED"}]}},
        Advice.STAFF_MUST_ACT,
    ),
    (
        "google_v3",
        400,
        {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "Target language is invalid."}},
        Advice.NOT_THIS,
    ),
    (
        "google_v3",
        429,
        {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Daily Limit Exceeded"}},
        Advice.LATER,
    ),
    ("google_v3", 503, {"error": {"code": 503, "status": "UNAVAILABLE"}}, Advice.AGAIN),
    ("azure", 401, {"error": {"code": 401000, "message": "credentials are missing"}}, Advice.STAFF_MUST_ACT),
    ("azure", 403, {"error": {"code": 403001, "message": "exceeded its free quota"}}, Advice.LATER),
    (
        "azure",
        400,
        {"error": {"code": 400036, "message": "The target language is not valid."}},
        Advice.NOT_THIS,
    ),
    ("azure", 429, {"error": {"code": 429999, "message": "unknown to us"}}, Advice.AGAIN),
    ("azure", 302, None, Advice.STAFF_MUST_ACT),
]
