"""Who translates: engines, the school's own words, and translations that somebody reads."""

from __future__ import annotations

from urllib.parse import urlencode

from porchlight.conversations.checking import doubt
from porchlight.conversations.models import Check, Message, ParentVerdict, Verdict
from porchlight.conversations.phrases_better import take
from porchlight.languages.glossary import write_term
from porchlight.languages.hard_words import write_hard_word
from porchlight.languages.lettering import spell
from porchlight.languages.models import EngineAccount, KnownLanguage, ParentReader, Term, VoiceAccount
from porchlight.languages.phrases import books
from porchlight.languages.trusting import open_engine, trust
from porchlight.languages.voice_accounts import open_voice
from porchlight.languages.volunteering import agree, offer
from porchlight.toolbox import school_time
from tests.screenshots.shots import Shot, at
from tests.screenshots.story import Fortnight


def engine(story: Fortnight) -> EngineAccount:
    """The school's own installation, trusted with Urdu; nothing has gone there."""
    school, by = story.maple.school, story.maple.actor("Mrs Okafor")
    known = EngineAccount.objects.in_school(school).first()
    if known is not None:
        return known
    made = open_engine(
        school=school,
        engine="libretranslate",
        settings={"base_url": "https://translate.example.org"},
        secrets={"api_key": "k"},
        by=by,
    )
    trust(school=school, source="en", target="ur", account=made, by=by, now=school_time.now())
    made.test = {
        "source": "en",
        "target": "ur",
        "text": "The school trip is on 14 May at 9:30.",
        "said": "سکول کا دورہ 14 مئی کو 9:30 پر ہے۔",
    }
    made.save(update_fields=["test"])
    return made


def overview(story: Fortnight) -> str:
    engine(story)
    return at("languages:overview")


def words(story: Fortnight) -> str:
    """One word said the school's way, one that stays as it is."""
    school, by, now = story.maple.school, story.maple.actor("Mrs Okafor"), school_time.now()
    if not Term.objects.in_school(school).exists():
        write_term(
            school=school,
            source="en",
            target="ur",
            words="homework",
            translation="گھر کا کام",
            by=by,
            now=now,
        )
        write_term(school=school, source="en", target="", words="Eid Mela", translation="", by=by, now=now)
    return at("languages:glossary")


def voice(story: Fortnight) -> str:
    """An account with one voice, for Pashto, which this server's own does not speak."""
    school = story.maple.school
    row = VoiceAccount.objects.in_school(school).open().first() or open_voice(
        school=school,
        company="azure",
        settings={"base_url": "https://westeurope.tts.speech.microsoft.com"},
        secrets={"key": "a key of a made-up account"},
        voices={"ps": "ps-AF-LatifaNeural"},
        by=story.maple.actor("Mrs Okafor"),
    )
    return at("languages:voice", key=row.key)


def hard_words(story: Fortnight) -> str:
    """One word of the school's list."""
    write_hard_word(
        school=story.maple.school,
        language="en",
        words="formative assessment",
        instead="a small test that shows what to practise next",
        by=story.maple.actor("Mrs Okafor"),
        now=school_time.now(),
    )
    return at("languages:hard_words")


def doubted(story: Fortnight) -> Check:
    """A message in Urdu that a colleague asked about; Ms Reyes reads Urdu."""
    school = story.maple.school
    KnownLanguage.objects.update_or_create(
        school=school, staff=story.maple.staff("Ms Reyes"), language="ur", defaults={"checks": True}
    )
    waiting = Check.objects.in_school(school).waiting().first()
    if waiting is not None:
        return waiting
    rows = Message.objects.in_school(school).filter(author="staff", rendering__language="ur")
    check = doubt(rows.earliest("pk"), by=story.maple.actor("Ms Amal"), now=school_time.now())
    assert check is not None
    return check


def queue(story: Fortnight) -> str:
    doubted(story)
    return at("conversations:translations")


def letters(story: Fortnight) -> str:
    """A word the school spells its own way, and a sentence tried."""
    by = story.maple.actor("Mrs Okafor")
    spell(school=story.maple.school, language="ur", word="سکول", latin="skool", by=by, now=school_time.now())
    return f"{at('languages:letters')}?{urlencode({'text': 'سکول کل بند ہے۔', 'language': 'ur'})}"


def parent(story: Fortnight) -> str:
    """Mr Yousaf reads for the school; one word waits for him."""
    words(story)
    father, by, now = story.maple.guardian("Mr Yousaf"), story.maple.actor("Mrs Okafor"), school_time.now()
    row = offer(
        guardian=father, language="ur", notices=True, words=True, named=False, by=father.actor(), now=now
    )
    agree(row, by=by, now=now)
    return at("conversations:my_reading")


def parents(story: Fortnight) -> str:
    parent(story)
    return at("conversations:parent_readers")


def better(story: Fortnight) -> str:
    """Mr Yousaf said two sentences better; one of them homes get already."""
    parent(story)
    reader, now = ParentReader.objects.in_school(story.maple.school).standing().get(), school_time.now()
    for name, said in (("seen", "پڑھ لیا ہے"), ("put_right", "درست الفاظ یہ ہیں: {text}")):
        ParentVerdict.objects.get_or_create(
            school=story.maple.school, reader=reader, phrase=name,
            defaults={"verdict": Verdict.BETTER, "before": books()["ur"].phrases[name], "after": said, "at": now},
        )  # fmt: skip
    verdict = ParentVerdict.objects.get(reader=reader, phrase="put_right")
    take(verdict, school=story.maple.school, by=story.maple.actor("Mrs Okafor"), now=now)
    return at("conversations:own_phrases")


LANGUAGES = (
    Shot("languages", "languages:overview", overview, "okafor"),
    Shot("new-engine", "languages:new_engine", at("languages:new_engine", engine="deepl"), "okafor"),
    Shot("engine", "languages:engine", lambda story: at("languages:engine", key=engine(story).key), "okafor"),
    Shot("own-words", "languages:glossary", words, "okafor"),
    Shot("new-voice", "languages:new_voice", at("languages:new_voice", company="google"), "okafor"),
    Shot("voice", "languages:voice", voice, "okafor"),
    Shot("hard-words", "languages:hard_words", hard_words, "okafor"),
    Shot("latin-letters", "languages:letters", letters, "okafor"),
    Shot("translations", "conversations:translations", queue, "reyes"),
    Shot("reading-for-school", "conversations:my_reading", parent, "yousaf"),
    Shot("parents-who-read", "conversations:parent_readers", parents, "okafor"),
    Shot("sentences-said-better", "conversations:own_phrases", better, "okafor"),
    Shot("translation", "conversations:translation",
         lambda story: at("conversations:translation", key=doubted(story).key), "reyes"),
)  # fmt: skip
