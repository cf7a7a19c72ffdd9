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
    ("Hibo Abdi", "Mahadsanid macallin"),
    ("Rhian Hughes", "Thank you. Oscar came home talking about otters."),
    ("Claire Foster", "Lovely to hear from you."),
    ("Asha Jama", "Waan akhriyay, mahadsanid"),
    ("Priya Shah", "Good morning, who teaches 6C on Fridays?"),
)
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
HALF_TERM = "Half-term starts on Monday 26 October. We see {child} again on Monday 2 November."
# A families sheet as an office sends it in a hurry: new children, one who moved class, and much to put right.
SHEET = """\
Child number,Child,Class,Adult,How to address them,Relation,Speaks,Reads,Letters,Phone,WhatsApp,E-mail,Home,Agreed to messages
p-001,Hamza Yousaf,4A,Imran Yousaf,Mr Yousaf,father,Urdu,Urdu,,,07700 900100,,Yousaf family,yes
p-072,Idris Bello,4A,Folake Bello,,mother,English,English,,,07700 900210,,Bello family,yes
p-072,Idris Bello,4A,Tunde Bello,,father,English,English,,07700 90021,,,Bello family,yes
p-073,Leila Karimi,5B,Parisa Karimi,,mother,Farsi,Farsi,,,07700 900211,,Karimi family,yes
p-074,Ben Archer,7Z,Sam Archer,,father,English,English,,07700 900212,,,Archer family,yes
p-075,,5B,Jo Winter,,mother,English,English,,07700 900213,,jo.winter.example.org,Winter family,perhaps
p-076,Mila Horvat,5B,Ana Horvat,,mother,Klingon,Croatian,,,07700 900214,,Horvat family,yes
p-077,Tom Peake,4A,Liz Peake,,neighbour,English,English,,07700 900215,,,Peake family,yes
"""
