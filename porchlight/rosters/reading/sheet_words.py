"""The families sheet's columns and the words in its cells, in English, Spanish, Urdu and Arabic. Compared folded."""

from __future__ import annotations

from porchlight.toolbox.folding import fold

# Field → what a column may be called; the first name of each is the template's.
COLUMNS: dict[str, tuple[str, ...]] = {
    "child": ("Child", "Student", "Pupil", "Child's name", "Student name", "Pupil name", "Name of child", "Alumno", "Alumna", "Estudiante", "Niño", "Niña", "Nombre del alumno", "Nombre del estudiante", "Nombre de la niña o niño", "بچہ", "بچے کا نام", "طالب علم", "طالب علم کا نام", "الطفل", "اسم الطفل", "الطالب", "اسم الطالب", "اسم الطالبة", "التلميذ", "اسم التلميذ"),
    "child_id": ("Child number", "Student number", "Student id", "Child id", "Pupil id", "Roll number", "Admission number", "UPN", "Matrícula", "Número de alumno", "طالب علم نمبر", "رول نمبر", "داخلہ نمبر", "رقم الطفل", "رقم الطالب", "رقم القيد"),
    "class": ("Class", "Form", "Group", "Homeroom", "Clase", "Grupo", "Curso", "جماعت", "کلاس", "الصف", "صف", "الفصل", "الشعبة"),
    "guardian": ("Adult", "Guardian", "Parent", "Carer", "Parent or carer", "Parent/guardian", "Guardian name", "Parent name", "Tutor", "Tutora", "Adulto", "Madre o padre", "Padre o tutor", "Nombre del tutor", "سرپرست", "سرپرست کا نام", "والدین", "والد یا والدہ", "ولي الأمر", "اسم ولي الأمر", "البالغ", "الوالد أو الوالدة"),
    "guardian_id": ("Adult number", "Guardian id", "Guardian number", "Parent id", "Número de tutor", "سرپرست نمبر", "رقم ولي الأمر"),
    "relation": ("Relation", "Relationship", "Relation to child", "Parentesco", "Relación", "رشتہ", "بچے سے رشتہ", "صلة القرابة", "القرابة", "صلته بالطفل"),
    "addressed_as": ("How to address them", "How to be addressed", "Called", "Addressed as", "Address as", "Greeting", "Salutation", "Tratamiento", "Cómo dirigirse", "کیسے مخاطب کریں", "مخاطب", "كيف يخاطب", "طريقة المخاطبة"),
    "speaks": ("Speaks", "Spoken language", "Home language", "Language", "Habla", "Idioma", "Idioma hablado", "Lengua", "زبان", "بولی جانے والی زبان", "بولتے ہیں", "اللغة", "لغة الكلام", "اللغة الأم", "يتكلم"),
    "reads": ("Reads", "Reading language", "Written language", "Lee", "Lee en", "Idioma de lectura", "پڑھتے ہیں", "پڑھنے کی زبان", "لغة القراءة", "يقرأ"),
    "script": ("Letters", "Script", "Alphabet", "Alfabeto", "Escritura", "Letras", "رسم الخط", "حروف", "الكتابة", "الأبجدية"),
    "phone": ("Phone", "Mobile", "Mobile phone", "Telephone", "Text messages", "SMS", "Phone number", "Cell", "Teléfono", "Móvil", "Celular", "فون", "موبائل", "فون نمبر", "موبائل نمبر", "الهاتف", "رقم الهاتف", "الجوال", "رقم الجوال", "المحمول", "الموبايل"),
    "phone_2": ("Second phone", "Other phone", "Phone 2", "Segundo teléfono", "دوسرا فون", "الهاتف الثاني", "هاتف آخر"),
    "phone_3": ("Third phone", "Phone 3", "Tercer teléfono", "تیسرا فون", "الهاتف الثالث"),
    "whatsapp": ("WhatsApp", "WhatsApp number", "Número de WhatsApp", "واٹس ایپ", "واٹس ایپ نمبر", "وٹس ایپ", "واتساب", "رقم واتساب", "الواتساب"),
    "email": ("E-mail", "Email", "Email address", "Mail", "Correo", "Correo electrónico", "ای میل", "البريد الإلكتروني", "البريد", "الإيميل"),
    "prefers": ("Prefers", "Preferred channel", "Reach by", "Prefiere", "Canal preferido", "ترجیح", "پسندیدہ ذریعہ", "الطريقة المفضلة", "يفضل"),
    "agreed": ("Agreed to messages", "Agreed", "Consent", "May we write", "Consentimiento", "De acuerdo", "Acepta mensajes", "رضامندی", "پیغام کی اجازت", "وافق على الرسائل", "الموافقة"),
    "may_ring": ("Who may ring", "Who may call", "Calls", "Quién puede llamar", "کون فون کر سکتا ہے", "فون کون کرے", "من يتصل", "من يحق له الاتصال"),
    "ring_from": ("Ring from", "Call from", "Llamar desde", "فون کب سے", "الاتصال من"),
    "ring_until": ("Ring until", "Call until", "Llamar hasta", "فون کب تک", "الاتصال حتى"),
    "timezone": ("Time zone", "Timezone", "Zona horaria", "وقت کا علاقہ", "المنطقة الزمنية"),
    "access_needs": ("Access needs", "Needs", "Necesidades", "Necesidades de acceso", "خاص ضروریات", "احتياجات خاصة"),
    "home": ("Home", "Household", "Hogar", "Casa", "Domicilio", "گھر", "گھرانہ", "البيت", "الأسرة", "المنزل"),
    "home_id": ("Home number", "Household number", "Household id", "Número de hogar", "گھر نمبر", "رقم البيت"),
    "lives_here": ("Child lives there", "Child lives in this home", "Lives with child", "El niño vive allí", "Vive con el alumno", "بچہ یہاں رہتا ہے", "يعيش الطفل هناك"),
    "may_receive": ("May receive messages", "May receive", "Receives messages", "Puede recibir mensajes", "Puede recibir", "پیغام مل سکتا ہے", "يحق له استلام الرسائل"),
    "may_see_records": ("May see records", "Puede ver el expediente", "ریکارڈ دیکھ سکتے ہیں", "يحق له رؤية السجلات"),
    "may_collect": ("May collect", "May collect the child", "Puede recoger", "بچے کو لے جا سکتے ہیں", "يحق له أخذ الطفل"),
    "restriction": ("Restriction", "Restrictions", "Restricción", "پابندی", "القيد", "قيد"),
    "evidence": ("Evidence of the restriction", "Evidence", "Court order", "Prueba de la restricción", "Orden judicial", "پابندی کا ثبوت", "دليل القيد"),
    "restricted_until": ("Restricted until", "Restringido hasta", "پابندی کب تک", "مقيد حتى"),
    "teacher": ("Class teacher", "Teacher", "Form tutor", "Docente", "Maestra o maestro", "کلاس ٹیچر", "استاد", "معلم الصف", "معلمة الصف", "المعلم", "المعلمة"),
    "teacher_email": ("Class teacher’s e-mail", "Teacher email", "Correo de la docente", "استاد کی ای میل", "بريد المعلم", "بريد المعلمة"),
    "row": ("Row of the first sheet",),
}  # fmt: skip
RELATIONS: dict[str, tuple[str, ...]] = {
    "mother": ("mother", "mum", "mom", "mamá", "madre", "ماں", "والدہ", "امی", "ammi", "walida", "الأم", "أم", "والدة", "الوالدة"),
    "father": ("father", "dad", "papá", "padre", "باپ", "والد", "ابو", "abbu", "walid", "الأب", "أب", "الوالد"),
    "parent": ("parent", "progenitor", "والدین", "أحد الوالدين"),
    "stepparent": ("stepparent", "step parent", "stepmother", "stepfather", "step mother", "step father", "madrastra", "padrastro", "سوتیلی ماں", "سوتیلا باپ", "زوج الأم", "زوجة الأب"),
    "grandparent": ("grandparent", "grandmother", "grandfather", "gran", "nan", "grandma", "grandad", "abuela", "abuelo", "دادا", "دادی", "نانا", "نانی", "dada", "dadi", "nana", "nani", "جد", "جدة", "الجد", "الجدة"),
    "aunt_uncle": ("aunt", "uncle", "aunt or uncle", "auntie", "tía", "tío", "چچا", "چچی", "ماموں", "خالہ", "پھوپھی", "chacha", "khala", "mamu", "phupho", "عم", "عمة", "خال", "خالة", "العم", "العمة", "الخال", "الخالة"),
    "sibling": ("sister", "brother", "sibling", "hermana", "hermano", "بہن", "بھائی", "أخ", "أخت", "الأخ", "الأخت"),
    "foster": ("foster", "foster carer", "foster parent", "foster mother", "foster father", "acogida", "familia de acogida", "الأسرة الحاضنة", "أسرة حاضنة"),
    "guardian": ("guardian", "carer", "legal guardian", "tutor", "tutora", "tutor legal", "سرپرست", "ولي الأمر", "وصي", "الوصي"),
    "other": ("other", "family friend", "neighbour", "relative", "otro", "otra", "familiar", "دیگر", "رشتہ دار", "آخر", "قريب", "صديق العائلة", "جار"),
}  # fmt: skip
YES = (
    "yes",
    "y",
    "true",
    "1",
    "x",
    "✓",
    "✔",
    "sí",
    "si",
    "s",
    "verdadero",
    "ہاں",
    "جی",
    "جی ہاں",
    "haan",
    "نعم",
    "han",
    "ji",
)
NO = ("no", "n", "false", "0", "–", "-", "falso", "نہیں", "nahi", "nahin", "لا", "كلا")
NOTHING = (
    "none",
    "nothing",
    "n/a",
    "na",
    "not applicable",
    "ninguno",
    "ninguna",
    "nada",
    "کوئی نہیں",
    "لا شيء",
    "لا يوجد",
    "-",
    "–",
    "—",
)
DOES_NOT_READ = (
    "none",
    "nothing",
    "no",
    "does not read",
    "cannot read",
    "not",
    "no lee",
    "ninguno",
    "نہیں پڑھتے",
    "لا يقرأ",
    "لا تقرأ",
    "نہیں",
    "-",
    "–",
    "—",
)
SAME = ("same", "same number", "yes", "sí", "igual", "el mismo", "وہی", "ہاں", "نفسه", "نعم")
MAY_RING: dict[str, tuple[str, ...]] = {
    "anyone": ("anyone", "anybody", "either", "any", "cualquiera", "کوئی بھی", "أي شخص"),
    "woman": (
        "woman",
        "a woman",
        "women",
        "female",
        "mujer",
        "una mujer",
        "عورت",
        "خاتون",
        "صرف خاتون",
        "امرأة",
        "امرأة فقط",
    ),
    "man": ("man", "a man", "men", "male", "hombre", "un hombre", "مرد", "صرف مرد", "رجل", "رجل فقط"),
    "nobody": (
        "nobody",
        "no one",
        "no calls",
        "none",
        "nadie",
        "sin llamadas",
        "کوئی نہیں",
        "لا أحد",
        "بلا مكالمات",
    ),
}
NEEDS: dict[str, tuple[str, ...]] = {
    "no_calls": ("no calls", "deaf", "sin llamadas", "sorda", "sordo", "فون نہ کریں", "بلا مكالمات", "أصم"),
    "large_print": ("large print", "large letters", "letra grande", "بڑے حروف", "حروف كبيرة"),
    "sign_language": (
        "sign language",
        "bsl",
        "lengua de signos",
        "lengua de señas",
        "اشاروں کی زبان",
        "لغة الإشارة",
    ),
    "reads_aloud": (
        "read aloud",
        "reads aloud",
        "voice notes",
        "audio",
        "leer en voz alta",
        "سن کر",
        "آواز",
        "قراءة بصوت",
        "رسائل صوتية",
    ),
}
SCRIPTS: dict[str, tuple[str, ...]] = {
    "Latn": (
        "latin",
        "roman",
        "english letters",
        "latin letters",
        "latn",
        "latino",
        "latina",
        "رومن",
        "رومن حروف",
    ),
    "Arab": ("arabic", "urdu script", "nastaliq", "arab", "árabe", "اردو", "عربی", "العربية"),
    "Cyrl": ("cyrillic", "cyrl", "cirílico"),
    "Hans": ("simplified", "hans", "simplificado"),
    "Hant": ("traditional", "hant", "tradicional"),
}
SCOPES: dict[str, tuple[str, ...]] = {
    "contact": (
        "no contact",
        "contact",
        "nothing",
        "may not be contacted",
        "sin contacto",
        "contacto",
        "رابطہ نہیں",
        "رابطہ",
        "لا تواصل",
    ),
    "records": ("no records", "records", "sin expediente", "expediente", "ریکارڈ نہیں", "ریکارڈ", "لا سجلات"),
    "collect": (
        "may not collect",
        "no collecting",
        "collect",
        "no puede recoger",
        "لے جا نہیں سکتے",
        "لا يأخذ الطفل",
    ),
}
CHANNELS: dict[str, tuple[str, ...]] = {
    "whatsapp": ("whatsapp", "wa", "واٹس ایپ", "وٹس ایپ", "واتساب"),
    "sms": (
        "sms",
        "text",
        "texts",
        "text message",
        "phone",
        "mobile",
        "mensaje",
        "ایس ایم ایس",
        "پیغام",
        "رسالة نصية",
    ),
    "email": ("email", "e-mail", "mail", "correo", "correo electrónico", "ای میل", "البريد الإلكتروني"),
}


def _folded(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): meant for meant, names in words.items() for word in names}


BY_HEADER = _folded(COLUMNS)
BY_WORD = {
    "relation": _folded(RELATIONS),
    "may_ring": _folded(MAY_RING),
    "needs": _folded(NEEDS),
    "script": _folded(SCRIPTS),
    "scope": _folded(SCOPES),
    "prefers": _folded(CHANNELS),
}
IS_YES, IS_NO = {fold(word) or word for word in YES}, {fold(word) or word for word in NO}
IS_NOTHING = {fold(word) or word for word in NOTHING}
IS_UNREAD = {fold(word) or word for word in DOES_NOT_READ}
IS_SAME = {fold(word) for word in SAME}


def heard(text: str) -> str:
    """A cell's words in the form the tables above are kept in; a lone sign such as ✓ or – is itself."""
    return fold(text) or text.strip()
