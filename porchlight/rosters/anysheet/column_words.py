"""What schools call their columns, in the languages of their offices. Every word is compared folded.

A heading says whom a column is about and what of them: “Father’s cell no.”, “والد کا موبائل”, “Teléfono de la madre”.
"""

from __future__ import annotations

from porchlight.rosters.reading.sheet_words import RELATIONS
from porchlight.toolbox.folding import fold

WHO: dict[str, tuple[str, ...]] = {
    "child": (
        *("child", "childs", "student", "students", "pupil", "pupils", "learner", "kid", "son daughter", "talib ilm"),
        *("niño", "niña", "alumno", "alumna", "alumnos", "estudiante", "hijo", "hija", "aluno", "élève", "eleve", "enfant"),
        *("schüler", "kind", "بچہ", "بچے", "بچی", "طالب علم", "طالبعلم", "طالبہ", "الطالب", "طالب", "زده کوونکی", "دانش آموز", "छात्र", "বাচ্চা"),
    ),
    "father": (
        *("father", "fathers", "dad", "dads", "papa", "abu", "abbu", "baba", "walid", "walid sahib", "s o", "so", "d o", "s d o", "f", "f name", "f n", "f h name", "father husband name"),
        *("padre", "papá", "pai", "père", "pere", "vater", "والد", "باپ", "ولدیت", "ابو", "الأب", "الاب", "پلار", "پدر", "पिता", "পিতা"),
    ),
    "mother": (
        *("mother", "mothers", "mum", "mums", "mom", "moms", "mama", "ammi", "walida", "m", "m name"),
        *("madre", "mamá", "mãe", "mae", "mère", "mere", "mutter", "والدہ", "ماں", "امی", "الأم", "الام", "مور", "مادر", "माता", "মাতা"),
    ),
    "adult": (
        *("guardian", "guardians", "parent", "parents", "carer", "adult", "family", "contact person", "emergency", "next of kin"),
        *("tutor", "tutora", "adulto", "apoderado", "acudiente", "padres", "responsable", "tuteur", "eltern", "sarparast"),
        *("سرپرست", "والدین", "ولی", "ولي الأمر", "ولي", "गार्डियन"),
    ),
    "teacher": (
        *("teacher", "teachers", "class teacher", "form teacher", "form tutor", "homeroom teacher", "class incharge", "incharge"),
        *("profesor", "profesora", "maestro", "maestra", "docente", "professeur", "enseignant", "lehrer", "lehrerin"),
        *("استاد", "استانی", "معلم", "معلمہ", "انچارج", "کلاس ٹیچر", "ښوونکی"),
    ),
}  # fmt: skip
WHAT: dict[str, tuple[str, ...]] = {
    "whatsapp": ("whatsapp", "whats app", "watsapp", "wa no", "wa", "واٹس ایپ", "وٹس ایپ", "واتساب"),
    "email": ("email", "e mail", "mail", "email address", "correo", "correo electrónico", "courriel", "ای میل"),
    "phone": (
        *("phone", "phones", "mobile", "mob", "cell", "cellphone", "telephone", "tel", "contact", "contact no", "contact number"),
        *("ph", "number to call", "sms", "phone no", "cell no", "mobile no", "mob no", "contacts", "rabta", "rabta number"),
        *("teléfono", "telefono", "móvil", "movil", "celular", "número de contacto", "telefone", "téléphone", "portable", "handy", "telefon"),
        *("فون", "فون نمبر", "موبائل", "موبائل نمبر", "رابطہ", "رابطہ نمبر", "هاتف", "جوال", "رقم الهاتف", "تلیفون", "شماره تماس", "फोन", "मोबाइल", "ফোন", "মোবাইল", "电话", "手机"),
    ),
    "section": ("section", "sec", "sección", "seccion", "سیکشن", "فریق"),
    "class": (
        *("class", "klass", "grade", "form", "group", "homeroom", "year group", "standard", "std", "room", "class name", "year"),
        *("clase", "grupo", "curso", "grado", "turma", "classe", "klasse", "جماعت", "کلاس", "درجہ", "الصف", "صف", "فصل", "ټولګی", "कक्षा", "শ্রেণি", "班级"),
    ),
    "number": (
        *("admission no", "admission number", "adm no", "gr no", "gr number", "reg no", "registration no", "registration number"),
        *("student id", "student no", "student number", "child number", "child id", "pupil id", "upn", "roll no", "roll number", "roll", "id"),
        *("matrícula", "matricula", "número de alumno", "nie", "رول نمبر", "داخلہ نمبر", "رجسٹریشن نمبر", "طالب علم نمبر"),
    ),
    "serial": ("s no", "sno", "sr", "sr no", "serial", "serial no", "sl no", "no", "nr", "n", "nº", "num", "نمبر شمار", "شمار", "سیریل نمبر", "م"),
    "last": ("surname", "last name", "family name", "apellido", "apellidos", "nom de famille", "nachname", "خاندانی نام"),
    "name": (
        *("name", "full name", "first name", "given name", "forename", "names", "naam", "nombre", "nombres", "nome", "nom", "prénom", "vorname"),
        *("نام", "الاسم", "اسم", "نوم", "नाम", "নাম", "姓名", "full names", "name of"),
    ),
    "relation": ("relation", "relationship", "parentesco", "relación", "رشتہ", "صلة القرابة"),
    "reads": ("reads", "reading language", "written language", "lee", "lee en", "پڑھتے ہیں", "پڑھنے کی زبان"),
    "language": ("language", "home language", "mother tongue", "speaks", "spoken language", "idioma", "lengua", "habla", "langue", "زبان", "مادری زبان", "اللغة"),
    "agreed": ("agreed", "agreed to messages", "consent", "may we write", "consentimiento", "de acuerdo", "رضامندی", "پیغام کی اجازت"),
    "called": ("how to address them", "addressed as", "salutation", "tratamiento", "مخاطب"),
    "home": ("home", "household", "address", "house", "hogar", "domicilio", "dirección", "direccion", "گھر", "پتہ", "گھرانہ", "العنوان"),
    "restriction": ("restriction", "restrictions", "may not contact", "court order", "restricción", "orden judicial", "پابندی"),
    "nothing": (
        *("date of birth", "dob", "birth date", "birthday", "fecha de nacimiento", "تاریخ پیدائش", "gender", "sex", "género", "sexo", "جنس"),
        *("cnic", "b form", "bform", "nic", "nid", "identity card", "dni", "شناختی کارڈ", "ب فارم", "religion", "مذہب", "blood group"),
        *("fee", "fees", "remarks", "notes", "observaciones", "کیفیت", "ریمارکس", "age", "edad", "عمر", "occupation", "job", "profession", "پیشہ"),
        *("attendance", "marks", "total", "signature", "دستخط", "date of admission", "admission date", "status", "bus", "route"),
    ),
}  # fmt: skip
ORDINALS = {
    **{"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4},
    **{
        "primer": 1,
        "segundo": 2,
        "tercer": 3,
        "پہلا": 1,
        "پہلے": 1,
        "دوسرا": 2,
        "دوسرے": 2,
        "تیسرا": 3,
        "چوتھا": 4,
    },
}
NIL = (
    *("nil", "null", "none", "n a", "na", "no", "nan", "x", "xx", "xxx", "xxxx", "not available", "no number", "no phone", "not given", "0", "00"),
    *("unknown", "tbc", "tba", "pending", "ninguno", "ninguna", "no tiene", "sin teléfono", "نہیں", "کوئی نہیں", "ندارد", "نامعلوم", "لا يوجد", "nahi", "nahin"),
)  # fmt: skip
DITTO = ("do", "ditto", "same", "as above", "same as above", "same no", "idem", "id", "ایضا", "ایضاً", "ayzan")
DITTO_SIGNS = {'"', "”", "“", "''", "〃", "-do-", "//", "″", "-”-", '-"-'}
TOTALS = (
    "total",
    "totals",
    "grand total",
    "sum",
    "total students",
    "کل",
    "کل تعداد",
    "میزان",
    "suma",
    "end of list",
    "page",
)


def _folded(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): meant for meant, names in words.items() for word in names}


BY_WHO, BY_WHAT = _folded(WHO), _folded(WHAT)
IS_NIL, IS_DITTO, IS_TOTAL = ({fold(word) for word in words} for words in (NIL, DITTO, TOTALS))
BY_ORDINAL = {fold(word): place for word, place in ORDINALS.items()}
BY_RELATION = _folded(RELATIONS)
