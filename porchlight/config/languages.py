"""The languages our pages speak. This is the one list: a further language is its code here and its catalogue.

What it is called, its direction, its days and hours and the words families greet with come from data elsewhere.
"""

from typing import Any

from django.conf.locale import LANG_INFO

from porchlight.toolbox.scripts import autonym, direction, english_name, normal

# In the order in which the pages offer them; as Django writes a tag.
OFFERED = ("en", "ur", "es", "ar", "zh-hans", "ms", "ta", "ps", "mi")
LANGUAGES = [(code, english_name(code)) for code in OFFERED]
LANGUAGES_BIDI = [code for code in OFFERED if direction(code) == "rtl"]


def told_to_django(code: str) -> dict[str, Any]:
    """What Django wants to know of a language that it has no words in."""
    right_to_left = direction(code) == "rtl"
    name, own = english_name(code), autonym(code)
    return {"bidi": right_to_left, "code": code, "name": name, "name_local": own}


for one in OFFERED:
    LANG_INFO.setdefault(one, told_to_django(normal(one)))
