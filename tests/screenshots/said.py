"""What people say in the fortnight, as they would write it: both ends, in their own languages."""

from __future__ import annotations

HELLO = (
    "Hello from 4A. I am Ms Amal. This week we read about rivers. You can answer this message in any language, "
    "and I read every word."
)
HELLO_UR = (
    "4A کی طرف سے السلام علیکم۔ میں مس امل ہوں۔ اس ہفتے ہم دریاؤں کے بارے میں پڑھ رہے ہیں۔ "
    "آپ کسی بھی زبان میں جواب دے سکتے ہیں، میں ہر لفظ پڑھتی ہوں۔"
)
FIRST_ANSWERS = (
    (
        "Mr Yousaf",
        "وعلیکم السلام مس امل۔ حمزہ کے دادا دریائے سوات کے کنارے رہتے ہیں، وہ بہت کچھ سنا سکتے ہیں۔",
    ),
    ("Carmen Ruiz", "Buenas tardes. ¿Cuándo tiene que devolver Lucía los libros de la biblioteca?"),
    ("Rhian Hughes", "Thank you. Oscar came home talking about otters."),
    ("Claire Foster", "Lovely to hear from you."),
    ("Asha Jama", "Waan akhriyay, mahadsanid"),
    ("Priya Shah", "Good morning, who teaches 6C on Fridays?"),
)
KIND_WORDS = ("Thank you. Oscar", "Lovely to hear", "Waan akhriyay")
GOOD_WORD = (
    "Hamza explained to the whole class how a river finds the sea, in his own words. "
    "His grandfather’s stories helped. Please tell him I noticed."
)
THANKS_LUCIA = "By Friday 16 October, please. Lucía has chosen two, and that is fine."
PICTURE_DAY = "Picture day is Tuesday 13 October. Children may wear what they like best."
READERS = ("Mr Yousaf", "Saima Khan", "Carmen Ruiz", "Natalie Cole", "Fadumo Warsame", "Rania Haddad")
MUSEUM_ANSWERS = (
    ("Mr Yousaf", "جی ہاں"),
    ("Saima Khan", "han ji"),
    ("Carmen Ruiz", "sí"),
    ("Ewa Kowalczyk", "tak"),
    ("Rania Haddad", "نعم"),
    ("Asha Jama", "haa"),
    ("Rhian Hughes", "Yes"),
    ("Claire Foster", "yes please"),
    ("Tracey Lowe", "Yes"),
    ("Cerys Evans", "Yes"),
    ("Leon Clarke", "no"),
    ("Farah Chaudhry", "جی ہاں"),
    ("Lorena Torres", "no"),
)
AT_NIGHT = "Jack would not eat tonight. He says nobody sits with him at lunch. Can we talk?"
THANKS_JACK = "Thank you for telling me, Helen. I sat with Jack today. May I ring you at four?"
NEW_NUMBER = "Salam. Hamza ke abbu ka naya number hai. Purana number ab band hai."
EVENING = "Parents’ evening for 5B: which day suits you?"
EVENINGS = (
    {"key": "1", "labels": {"en": "Thursday 22 October, 5 pm"}},
    {"key": "2", "labels": {"en": "Friday 23 October, 9 am"}},
    {"key": "3", "labels": {"en": "Please ring me instead"}},
)
EVENING_ANSWERS = (
    ("Paula Bennett", "1"),
    ("Gemma Reed", "2"),
    ("Akosua Mensah", "1"),
    ("Lisa Turner", "1"),
    ("Rukhsana Sharif", "3"),
    ("Rosa Morales", "2"),
)
GOOD_NEWS = (
    ("Morag Fraser", "Isla Fraser", "Isla read to a younger child for ten minutes, without being asked."),
    ("Rania Haddad", "Omar Haddad", "Omar’s drawing of the river bank is on our door. Come and see it."),
    ("Kelly Gibson", "Leo Gibson", "Leo waited for his friend, and then held the door for all of us."),
)
LOST_WORDS = "Daisy sang the whole verse by herself this morning."
LOST_TOO = "Hodan helped Yusuf’s class find the right bus. She was very kind."
WAITS_LONG = "Ruby has lost her reading book again, I am so sorry. What shall we do about it?"
FEVER = "حمزہ کو کل رات سے بخار ہے اور وہ ڈرا ہوا ہے۔ آج وہ گھر پر رہے گا۔"
BOOK = "Zainab ki kitab ghar par reh gayi hai. Kya woh kal la sakti hai?"
DENTIST = "Mateo va al dentista mañana a las diez. Llegará después del recreo."
WHY_WORRIED = "He wrote that Hamza is frightened. He was very quiet on Friday too."
SHOES = "We plant bulbs on Thursday. {child} needs old shoes and a warm coat."
SHOES_UR = "ہم جمعرات کو پودے لگائیں گے۔ {child} کو پرانے جوتے اور گرم کوٹ چاہیے ہوگا۔"
LUNCH = "Next week lunch is outside on Wednesday. Is that all right for Hamza?"
LUNCH_UR = "اگلے ہفتے بدھ کو کھانا باہر کھائیں گے۔ کیا حمزہ کے لیے یہ ٹھیک ہے؟"
HALF_TERM = "Half-term starts on Monday 26 October. We see {child} again on Monday 2 November."
AFRAID_AT_NIGHT = "حمزہ رات کو ڈر جاتا ہے اور اکیلا نہیں سوتا۔"
RIVER_BOOK = "My river book. I wrote the part about the Swat, where my grandfather lives."
RIVER_PHOTO = "This is how a river gets wider."
MAY_I_ASK = "May I read to the little ones on Fridays?"
AT_THE_LIBRARY = "The small room upstairs is quiet after four."
LEARNED = (
    "Hamza cooks with his grandmother on Fridays. His father hopes he will like to write as much as he likes "
    "to tell."
)
NOT_QUITE = "وہ اپنی دادی کے ساتھ نہیں، نانی کے ساتھ کھانا پکاتا ہے۔"
LEARNED_ANEW = (
    "Hamza cooks with his mother’s mother on Fridays. His father hopes he will like to write as much as he likes "
    "to tell."
)
LIBRARY_CARD = "A library card for Hamza, and one for his sister."
COULD_YOU_COME = "میں چاہتا ہوں کہ آپ ہمیں پڑھنے کے فارم میں مدد دیں۔"
SERIOUS = "Jack has not eaten at school for a week. We would like to hear from you how he is at home."
# What an office changes in its families sheet in a hurry: a new number, a second grandmother, and much to put right.
IN_A_HURRY = (
    (",07700 900170,", ",07700 900270,"),
    ("Natalie Cole's home,yes", "Natalie Cole's home,perhaps"),
    ("Lorena Torres,,mother,Spanish,Spanish", "Lorena Torres,,mother,Klingon,Spanish"),
    ("walsh.1@example.org", "walsh.1.example.org"),
    (",07700 900193,", ",07700 90019,"),
)
NEW_LINES = """\
p-053,Danish Butt,4A,Shazia Butt,Danish's nani,grandmother,Urdu,Urdu,,,07700 900271,,Butt family,yes,,,
p-072,Idris Bello,4A,Folake Bello,,mother,English,English,,,07700 900210,,Bello family,yes,,,
"""


def sheet(kept: str) -> str:
    """The school's families sheet, changed so."""
    for before, after in IN_A_HURRY:
        kept = kept.replace(before, after)
    return kept + NEW_LINES
