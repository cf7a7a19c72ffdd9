"""Which way a language runs, from its BCP 47 tag alone. The script in a tag outranks the language."""

RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"})
RIGHT_TO_LEFT_LANGUAGES = frozenset(
    {"ar", "arc", "azb", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "khw", "ks", "lrc", "mzn", "nqo"}
    | {"pnb", "prs", "ps", "sd", "skr", "syr", "trw", "ug", "ur", "yi"}
)


def direction(tag: str) -> str:
    """`"rtl"` or `"ltr"` for a tag such as `ur`, `ur-Latn`, `az-Arab-IR`; an empty or unknown tag runs `"ltr"`."""
    language, *rest = tag.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in RIGHT_TO_LEFT_LANGUAGES else "ltr"
