"""Short answers are understood in every language and script we ship, and nothing else is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from porchlight.languages.understood import Confidence, Kind, understand
from porchlight.languages.word_lists import WordLists, _read, languages, word_lists, written_out
from porchlight.toolbox.folding import fold

SAYS = {
    Kind.HELLO: """
        hello | Hello! | hello? | HELLO 👋 | hi | Hi miss | hey | good morning | hello school | hi please | hola | ¡Hola! | ola | buenos dias
        Buenas tardes | hola buenos días | Salam | salaam | SALAAM | Assalam o alaikum | assalamualaikum | asalam o alikum | aoa
        aslam o alaikum | salam sir | adaab | سلام | السلام علیکم | السلام و علیکم | اسلام علیکم | آداب | ہیلو | السلام عليكم
        مرحبا | صباح الخير | سلامونه | সালাম | আসসালামু আলাইকুম | নমস্কার | bonjour | Bonjour madame | dzień dobry | dzien dobry
        salaan | asalaamu calaykum
        你好 | 您好！ | 老师好 | 早上好 | 早晨 | 晚上好
        """,
    Kind.STOP: """
        stop | STOP | Stop. | STOP!!! | “Stop” | *STOP* | stop 🛑 | ＳＴＯＰ | stopall | Stop all | STOP ALL | quit
        end | revoke | opt out | OPT-OUT | optout | cancel | unsubscribe | Unsubscribe please | stop stop stop | stoppp
        Please stop | stop please | STOP thanks | don’t text me | Dont text me again | do not text us | don't send me messages
        stop sending me messages | please stop sending these texts | stop texting me | stop messages | no more texts
        don't call or text me | I don't want to receive any more messages | remove my number | take me off your list
        I would like to unsubscribe | Please don't message me any more | never contact me again | opt me out
        band karo | band kro | Band kar do | BAND KAREIN | band kr den | bnd kro | band kijiye | roko | rok do | rokein
        msg band karo | sms band kr do | message band karein plz | mujhe msg mat karo | mujhe message na bhejein | msg na bhejo
        stop karo | msg nahi chahiye | sir message band kar dein
        بند کرو | بند کریں | بند کر دیں۔ | بند کیجیے | بند کیجئے | روکو | روک دیں | سٹاپ | اسٹاپ | پیغام بند کریں | میسج بند کر دیں
        مجھے میسج نہ بھیجیں | آئندہ پیغام مت بھیجیں | ہمیں پیغامات نہیں چاہئیں | برائے مہربانی پیغام بند کریں
        baja | BAJA | parar | cancelar | darme de baja | No me manden más mensajes | no me envíen mensajes | ya no quiero recibir mensajes
        dejen de escribirme | deje de enviarme mensajes | no más mensajes | por favor no me escriban | quiero darme de baja
        بند کړئ | توقف | إلغاء الاشتراك | الغاء الاشتراك | أوقفوا الرسائل | لا ترسلوا لي رسائل | إيقاف
        jooji | fariimaha jooji | rezygnuję | REZYGNUJE | proszę nie wysyłać więcej wiadomości | nie piszcie do mnie | বন্ধ করুন | মেসেজ পাঠাবেন না
        arrêt | ARRET | arrêtez de m'écrire | ne m’envoyez plus de messages | désabonner
        停止 | 停止。 | 退订 | 请不要再发了 | 别再给我发短信了 | 不想再收到消息 | 取消訂閱 | 請不要再傳訊息 | 唔想再收到訊息
        """,
    Kind.START: """
        start | START | unstop | Un-stop | subscribe | resume | opt in | start again | start sending me messages | text me again
        shuru | shuru karo | dobara shuru karein | start karo | شروع | شروع کریں | دوبارہ شروع کریں | سٹارٹ
        iniciar | empezar | comenzar | پیل کړئ | ابدأ | bilow | wznów | শুরু করুন | reprendre
        开始 | 重新开始 | 恢复 | 開始
        """,
    Kind.HELP: """
        help | HELP | Help! | info | INFO | مدد | madad | ayuda | مرسته | مساعدة | caawimo | pomoc | সাহায্য | aide | معلومات
        帮助 | 幫助
        """,
    Kind.YES: """
        yes | Yes | YES! | y | Y. | yep | yeah | yup | sure | of course | yes please | Yes thank you | yes miss | Yes, sir | yess | yesss
        yes yes | Yes 👍 | “yes” | yes I can | Yes we will come | we will be there | I'll be there | yes that's fine | Hello, yes please
        g | G | gee | ji | jee | JI | han | haan | haa | hn | han ji | haan g | g han | ji haan | hanji | jihan | Jee han | bilkul | zaroor
        ji bilkul | haan ji sir | Assalam o alaikum, ji haan | haaaan | jii | ji inshallah | hum ayenge | ji main aunga | G. | ji ji
        جی | جی ہاں | ہاں | ہاں جی | جی بالکل | جی۔ | ضرور | السلام علیکم، جی ہاں | جی ہاں شکریہ | هاں | جي | ہاں، ان شاء اللہ | ہم آئیں گے
        sí | Si | SI | ¡Sí! | sí, gracias | claro | claro que sí | por supuesto | sí puedo | allí estaremos
        نعم | أيوه | ايوه | طبعا | نعم، شكرا | موافق | haa mahadsanid | tak będziemy | হ্যাঁ | জি | জ্বি হ্যাঁ | oui | Oui merci | bien sûr
        是 | 是的！ | 老师，是的，谢谢 | 可以 | 我同意 | 我们会来 | 會的 | 係 | 我們會參加
        """,
    Kind.NO: """
        no | No | NO. | no! | nope | nah | no thanks | No thank you | no sorry | sorry no | no miss | nooo | no no | No I can't | we cannot come
        no he isn't | sorry, I can't make it
        nahi | NAHI | nahin | nai | nhi | naheen | ji nahi | nahi ji | g nai | nahi sir | bilkul nahi | nahi aa sakte | hum nahi aa sakte | nahiii
        نہیں | نہیں جی | جی نہیں | نهيں | نہين | نہیں، شکریہ | نہیں آ سکتے | ہم نہیں آ سکتے | نہیں۔
        no gracias | no puedo | no podemos ir | nop | نه | لا | كلا | لا شكرا | لن نحضر | maya mahadsanid | nie | NIE! | nie dziękuję | nie mogę przyjść
        না | জি না | non | non merci | je ne peux pas venir
        否 | 不是 | 不行 | 不同意 | 我们不能来 | 不用了，谢谢 | 唔得 | 我們不會參加
        """,
    Kind.OK: """
        ok | OK | okay | k | Ok thanks | thanks | Thank you | thx | fine | got it | noted | 👍 | 👍🏽 | 👍🏿👍🏿 | ✅ | ✔️ | 👌 | 🙏 | no problem
        thank you for letting me know | great thanks | theek hai | thik ha | thek hai g | acha | acha ji | shukria | bohat shukriya | jazakallah
        ٹھیک ہے | جی ٹھیک ہے | اچھا جی | شکریہ | بہت شکریہ | ٹھیک ہے شکریہ | صحیح ہے | sahi hai | vale | está bien | de acuerdo | gracias | muchas gracias
        مننه | سمه ده | شكرا | تمام | mahadsanid | dobrze | dziękuję | ঠিক আছে | ধন্যবাদ | d'accord | D’accord, merci | merci
        好的 | 好的，谢谢老师 | 收到 | 知道了 | 👍 收到 | 謝謝老師 | 唔該
        """,
    Kind.CALL: """
        call | CALL | call me | please call me | Please ring me | ring me back | can you call me? | Could someone phone me please? | give me a call
        I want to talk to the teacher | call karo | call karein | mujhe call karein | phone kren plz | mujhe phone kr lein | mujhe baat karni hai
        فون کریں | مجھے فون کریں | کال کریں | مجھے کال کیجیے | کال | مجھ سے رابطہ کریں | llamar | Llámeme por favor | llámenme
        LLAMAR | márqueme por favor | ماته فون وکړئ | rata call oka | ¿me pueden llamar? | quiero hablar con la maestra | ماته زنګ ووهئ | اتصل بي | اتصلوا بي من فضلك | fadlan i soo wac
        proszę o telefon | proszę zadzwonić | আমাকে ফোন করুন | ফোন দিন | appelez-moi | rappelez moi svp | pouvez-vous me rappeler ?
        回电 | 请打电话给我 | 可以给我打个电话吗？ | 我想和老师谈谈 | 請打電話給我 | 回電
        """,
    Kind.NOT_ME: """
        wrong number | Wrong number! | sorry wrong number | you have the wrong number | this is the wrong number | wrong person | not me
        I don't have a child at this school | I have no children there | galat number | ghalat number hai | wrong number hai | ye galat number hai
        غلط نمبر | غلط نمبر ہے۔ | یہ غلط نمبر ہے | رانگ نمبر | número equivocado | número errado | Se equivocó de número | tiene el número equivocado | no soy yo
        رقم خطأ | الرقم غلط | lambar khaldan | pomyłka | zły numer | ভুল নম্বর | mauvais numéro | ce n’est pas moi
        号码不对 | 打错了 | 发错人了 | 我没有孩子在你们学校 | 號碼不對 | 打錯電話了
        """,
}
NUMBERS = {
    1: "1 | 1. | 1) | (1) | [1] | #1 | 1️⃣ | ① | ۱ | ١ | ১ | १ | １ | ۱۔ | “1” | 1! | 1 please | 1, thanks | option 1 | Number 1 | one | One. | ایک | aik | ek | uno | jeden | এক | واحد | 1 👍 | la 1 | opción 1 | نمبر 1 | 01 | 一 | 选1 | 我选一 | 第一个",
    2: "2 | ۲ | ٢ | 2) | 2️⃣ | two | دو | dos | dwa | 二 | 選2 | দুই | deux | 2 ji",
    3: "3 | 3- | three | تین | tres",
    10: "10 | ۱۰ | 🔟 | ten | دس | diez",
    12: "12 | ۱۲ | ١٢",
    0: "0 | ۰ | zero | none",
    1200: "1200",
}
FOR_PEOPLE = """
    stop bullying him | please stop the bullying | stop it | bus stop | he missed the stop | can you stop by at 3 | stop him | don't stop | non stop
    band bajay ga | band hai | school band hai? | school kal band hai | band | ruko | use roko mat | mat bhejo | usko mat bhejo
    no school tomorrow? | no school tomorrow | no idea | not yet | no he has a cold | no but I can on Friday | no child should walk home alone
    No, Hamza is ill | no? | yes? | ok? | stop? | yes but not Friday | yes and no | yes no | maybe | I think so | inshallah | not sure | why not
    end of term when | when does school end | the end of the day is fine | cancel my appointment | please cancel | cancel the meeting on Friday
    quit smoking class? | I quit my job | start time? | what time does it start | start at 8 | he will start on Monday
    help me | please help | please help me | HELP ME | can you help | he needs help with maths | madad karo please | مدد کریں | por favor ayuda | heeeelp
    call the police | don't call me | do not ring | call me at 5 | I will call you | who called me | he called him names | mera call nahi laga
    who is this | who is this? | wrong answer | that is wrong | he has the wrong book | wrong number of books
    10% | £5 | $1 | 5 € | -1 | - 1 | +1 | 1+ | 1.5 | 1/2 | 3:30 | 3.30 | 1 2 | 1,2 | 12345 | 1-2 | 2 yes | 1 yes | one child | 2 children | 1st | room 12 | 2pm | 5 minutes
    07700 900123 | 2026 11 22 | no 1 | No. 1 | i ii | 1? | 🙂 | ❤️ | 👎 | 👍👎 | yes 👎 | 1 ❌ | … | . | ? | . . .
    hello how are you | salam Hamza is ill | please | miss | sir | ji?  | جی؟ | نہیں؟ | ¿sí? | ok but why
    اسے روکو مت | سکول بند ہے | کل سکول بند ہے؟ | سکول بند کیوں ہے | نہیں معلوم | ابھی نہیں | ہاں لیکن | غلط ہے | کال کیوں کی
    no sé | no entiendo | no hay clase mañana | ¿no hay clase? | para | para mañana | sí pero no | me llamo Juan | una pregunta | bajar
    nahi pata | nahi samjha | abhi nahi | han lekin | haan magar | nahi to | acha kal | ji kal | galat baat hai
    停车场在哪里 | 不知道 | 是吗？ | 不好 | 好的，但是星期五不行 | 明天停课吗 | 帮帮我 | 请取消 | 孩子不想上学 | 我会打电话给你
    nie wiem | tak ale | jeszcze nie | jedno pytanie | oui mais | non mais | je ne sais pas | لا أعرف | لا مدرسة غدا | نعم ولكن | না কিন্তু
    It was Hamza who stopped. Yes. | I said yes to the other teacher | His answer is no | Thank you for nothing | good for you
"""


def rows(text: str) -> list[str]:
    return [row for line in text.split("\n") for row in (part.strip() for part in line.split("|")) if row]


SHORT = [(row, kind) for kind, text in SAYS.items() for row in rows(text)]


@pytest.mark.parametrize(("text", "kind"), SHORT)
def test_understands_what_people_type(text, kind):
    seen = understand(text)
    assert seen is not None
    assert (seen.kind, seen.number) == (kind, None)


@pytest.mark.parametrize(
    ("text", "number"), [(row, number) for number, text in NUMBERS.items() for row in rows(text)]
)
def test_understands_numbers(text, number):
    seen = understand(text)
    assert seen is not None
    assert (seen.kind, seen.number) == (Kind.NUMBER, number)


@pytest.mark.parametrize(
    "text", [*rows(FOR_PEOPLE), "", "   ", "\n", "\u200b", "s top", "yes " + "really " * 40, "\ud800"]
)
def test_everything_else_is_for_a_person(text):
    assert understand(text) is None


@pytest.mark.parametrize(
    ("text", "reads", "expected"),
    [
        ("na", (), None),
        ("na", "ur", Kind.NO),
        ("na", ["en", "ur-Latn"], Kind.NO),
        ("do", "en", None),
        ("do", "ur", Kind.NUMBER),
        ("maya", (), None),
        ("maya", "so", Kind.NO),
        ("no", "pl", None),
        ("no", ["en"], Kind.NO),
        ("alto", "en", None),
        ("alto", "es-MX", Kind.STOP),
        ("هو", "ar", None),
        ("هو", "ps", Kind.YES),
        ("ho", "ps-Latn", Kind.YES),
        ("ho", "en", None),
        ("نو", "ur", Kind.NUMBER),
        ("نو", (), None),
        ("yes", "tlh", Kind.YES),
        ("yes", "not a language!", Kind.YES),
        ("TD", "zh-Hans", Kind.STOP),
        ("TD", "en", None),
        ("tak", "pl", Kind.YES),
        ("tak", "ms", Kind.NO),
        ("tak", "en", None),
    ],
)
def test_what_the_home_reads_settles_words_of_two_meanings(text, reads, expected):
    seen = understand(text, reads)
    assert (seen.kind if seen else None) is expected


@pytest.mark.parametrize(
    ("text", "reads", "language", "confidence"),
    [
        ("haan ji", (), "ur-Latn", Confidence.EXACT),
        ("جی ہاں", "ur", "ur", Confidence.EXACT),
        ("no", (), "", Confidence.EXACT),
        ("no", "es", "es", Confidence.EXACT),
        ("no", ["ur", "en-GB"], "en", Confidence.EXACT),
        ("ji", "ur", "ur-Latn", Confidence.EXACT),
        ("yes please", (), "en", Confidence.PHRASE),
        ("yesss", (), "en", Confidence.PHRASE),
        ("don't text me", (), "en", Confidence.PHRASE),
        ("Stop!", (), "en", Confidence.EXACT),
        ("1", "ur", "", Confidence.EXACT),
        ("option 1", (), "", Confidence.PHRASE),
        ("👍", "ur", "", Confidence.EXACT),
        ("谢谢", (), "zh-Hans", Confidence.EXACT),
        ("是", "zh-Hant", "zh-Hant", Confidence.EXACT),
        ("是", (), "", Confidence.EXACT),
    ],
)
def test_says_how_sure_it_is_and_in_which_language(text, reads, language, confidence):
    seen = understand(text, reads)
    assert seen is not None
    assert (seen.language, seen.confidence) == (language, confidence)


@given(st.text(max_size=200), st.lists(st.text(max_size=8), max_size=3))
@example("ﷺ" * 30, ["ur"])
@example("please " * 22, [])
def test_understanding_never_raises_and_never_wavers(text, reads):
    assert understand(text, reads) == understand(text, reads)


CORE = [text for text, kind in SHORT if fold(text) and not fold(text).isdigit() and "?" not in text]


@given(
    st.sampled_from(CORE),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str]),
    st.sampled_from(["", " ", "\n", "  ", "“", "*", "(", "🙂 ", "🌧️ ", "¡"]),
    st.sampled_from(
        [
            "",
            " ",
            "\n",
            ".",
            "!",
            "!!!",
            "…",
            "”",
            "*",
            ")",
            " 🙂",
            "🎉🎉",
            "\u200f",
            "\ufe0f",
            "。",
            "۔",
            ",",
        ]
    ),
)
def test_case_space_punctuation_and_emoji_change_nothing(text, cased, before, after):
    assert understand(before + cased(text) + after) == understand(text)


def test_one_message_never_has_two_meanings_for_the_same_reader():
    lists = word_lists()
    for message, meanings in lists.meanings.items():
        for tag in languages():
            theirs = {(m.kind, m.number) for m in meanings if m.language == tag}
            assert len(theirs) <= 1, (message, theirs)
        for_anybody = {(m.kind, m.number) for m in meanings if not m.readers_only}
        assert len(for_anybody) <= 1, (message, for_anybody)


def test_every_language_can_stop_and_answer():
    needed = {Kind.STOP, Kind.YES, Kind.NO, Kind.OK, Kind.CALL}
    for tag in languages():
        kinds = {m.kind for meanings in word_lists().meanings.values() for m in meanings if m.language == tag}
        assert needed <= kinds, tag
    assert set(languages()) >= {
        "en",
        "ur",
        "ur-Latn",
        "es",
        "ps",
        "ar",
        "so",
        "pl",
        "bn",
        "fr",
        "zh-Hans",
        "zh-Hant",
    }


def test_patterns_are_written_out_and_folded():
    assert list(written_out("[Já] (a|b(c|D)) e")) == ["ja a e", "ja bc e", "ja bd e", "a e", "bc e", "bd e"]
    for broken in ("(a", "a)", "[a", "(a]) b)"):
        with pytest.raises(ValueError, match=r"bracket|without"):
            list(written_out(broken))
    assert all(fold(message) == message for message in word_lists().meanings)
    assert len(word_lists().meanings) < 50_000


@pytest.mark.parametrize(
    "file",
    [{"polite": 3}, {"maybe": {"words": ["x"]}}, {"yes": {"shouted": ["x"]}}],
)
def test_a_slip_in_a_word_list_is_found_at_once(file):
    with pytest.raises(ValueError, match="not a"):
        _read(WordLists(), "xx", file)
