"""The gallery's invented words in the three languages of the interface: (English, Urdu, Spanish)."""

from __future__ import annotations

from django.utils.functional import lazy

from porchlight.design.direction import page_language

WORDS = {
    "gallery": ("Every part of the house", "گھر کا ہر حصہ", "Cada parte de la casa"),
    "family page": ("A family’s page", "گھر والوں کا صفحہ", "La página de una familia"),
    "icons": ("Icons and scripts", "نشان اور رسم الخط", "Iconos y escrituras"),
    "write": ("Write to families", "گھر والوں کو لکھیں", "Escribir a las familias"),
    "street": ("Your street", "آپ کی گلی", "Su calle"),
    "waiting": ("Waiting for your answer", "آپ کے جواب کے منتظر", "Esperan su respuesta"),
    "oldest": ("oldest first · 3", "پرانے پہلے · 3", "primero los más antiguos · 3"),
    "talk": ("A conversation", "ایک گفتگو", "Una conversación"),
    "went": ("How it went", "کیسا رہا", "Cómo fue"),
    "sure": ("How sure are we?", "ہمیں کتنا یقین ہے؟", "¿Qué tan seguros estamos?"),
    "arrived": (
        "“Arrived” means the phone company told us so.",
        "”پہنچ گیا“ کا مطلب ہے کہ فون کمپنی نے ہمیں بتایا۔",
        "«Llegó» significa que la compañía telefónica nos lo dijo.",
    ),
    "nothing": ("Every family has an answer", "ہر گھر کو جواب مل چکا", "Todas las familias tienen respuesta"),
    "rest": (
        "Close the laptop with a quiet mind.",
        "اطمینان سے کام بند کریں۔",
        "Puede terminar por hoy con tranquilidad.",
    ),
    "good note": ("Send a good note", "ایک اچھی بات لکھیں", "Enviar una buena noticia"),
    "mistakes": ("A form with mistakes", "غلطیوں والا فارم", "Un formulario con errores"),
    "small": ("Small parts", "چھوٹے حصے", "Partes pequeñas"),
    "live": ("A part that changes in place", "وہ حصہ جو وہیں بدلتا ہے", "Una parte que cambia en su sitio"),
    "change": ("Change it", "بدلیں", "Cambiarla"),
    "changed": ("Changed, with its icon.", "بدل گیا، نشان کے ساتھ۔", "Cambiada, con su icono."),
    "week": ("Hamza’s week", "حمزہ کا ہفتہ", "La semana de Hamza"),
    "back": ("Write back", "جواب دیں", "Responder"),
    "send": ("Send", "بھیجیں", "Enviar"),
    "this week": ("This week", "یہ ہفتہ", "Esta semana"),
    "messages": ("Messages", "پیغامات", "Mensajes"),
    "ring": ("Ring me", "مجھے فون کریں", "Llámenme"),
    "done": ("Done", "ہو گیا", "Hecho"),
    "overdue": ("Overdue", "دیر ہو گئی", "Con retraso"),
    "next": ("Next: call on Sunday", "اگلا قدم: اتوار کو فون", "Siguiente: llamar el domingo"),
    "picked": ("Picked", "چنا ہوا", "Elegido"),
    "plain": ("Plain", "سادہ", "Sencillo"),
    "lights": ("Lights a porch", "گھر تک پہنچاتا ہے", "Enciende un porche"),
    "ordinary": ("Ordinary", "عام", "Normal"),
    "second": ("Second", "دوسرا", "Segundo"),
    "days": ("days done this week", "دن اس ہفتے", "días esta semana"),
    "tells": ("A note tells; it does not shout.", "نوٹ بتاتا ہے، چلّاتا نہیں۔", "Una nota cuenta; no grita."),
    "sent": ("Sent. Thank you.", "بھیج دیا۔ شکریہ۔", "Enviado. Gracias."),
    "can read": ("Ms Amal can read it now.", "مس امل اب پڑھ سکتی ہیں۔", "La maestra Amal ya puede leerlo."),
    "plan": ("A plan together, by Friday.", "مل کر منصوبہ، جمعہ تک۔", "Un plan juntos, antes del viernes."),
    "opened": ("Opened", "شروع ہوا", "Abierto"),
    "first answer": ("First answer", "پہلا جواب", "Primera respuesta"),
    "heard": ("Heard.", "سن لیا۔", "Escuchado."),
    "settled": ("Settled?", "طے ہو گیا؟", "¿Resuelto?"),
    "languages": ("In each language", "ہر زبان میں", "En cada idioma"),
    "to all": ("Send to 70 homes", "70 گھروں کو بھیجیں", "Enviar a 70 hogares"),
    "morning": ("Send at 7.30 am", "صبح 7:30 پر بھیجیں", "Enviar a las 7:30"),
    "answer": ("Answer", "جواب دیں", "Responder"),
    "tell": ("Tell them", "انہیں بتائیں", "Contárselo"),
    "print": ("Print note", "پرچہ چھاپیں", "Imprimir la nota"),
    "father": ("father", "والد", "padre"),
    "machine": (
        "Translated by computer, not checked",
        "کمپیوٹر کا ترجمہ، کسی نے جانچا نہیں",
        "Traducción automática, sin revisar",
    ),
    "own words": ("Your own words.", "آپ کے اپنے الفاظ۔", "Sus propias palabras."),
    "worry": ("This worries me", "مجھے اس کی فکر ہے", "Esto me preocupa"),
    "noted": (
        "You noted on Monday: helped Farah pack up.",
        "آپ نے پیر کو لکھا: سامان سمیٹنے میں فرح کی مدد کی۔",
        "El lunes anotó: ayudó a Farah a recoger.",
    ),
    "texts": ("Three texts did not arrive.", "تین پیغام نہیں پہنچے۔", "Tres mensajes no llegaron."),
    "note home": (
        "Next: note home with Ayaan",
        "اگلا قدم: عیان کے ہاتھ پرچہ",
        "Siguiente: nota a casa con Ayaan",
    ),
    "kind": ("What is it?", "یہ کیا ہے؟", "¿Qué es?"),
    "good news": ("Good news", "اچھی خبر", "Una buena noticia"),
    "information": ("Information", "اطلاع", "Información"),
    "question": ("A question", "ایک سوال", "Una pregunta"),
    "a worry": ("A worry", "ایک فکر", "Una preocupación"),
    "one family": ("one family only", "صرف ایک گھر", "una sola familia"),
    "when": ("When can you come?", "آپ کب آ سکتے ہیں؟", "¿Cuándo puede venir?"),
    "friday": ("Friday after Jumu’ah", "جمعہ، نماز کے بعد", "Viernes después de la oración"),
    "sunday": ("Sunday", "اتوار", "Domingo"),
    "choose": ("Choose at least one time", "کم از کم ایک وقت چنیں", "Elija al menos un momento"),
    "message": ("Your message", "آپ کا پیغام", "Su mensaje"),
    "short": (
        "Short words translate best.",
        "چھوٹے جملوں کا ترجمہ اچھا ہوتا ہے۔",
        "Las frases cortas se traducen mejor.",
    ),
    "phone": ("Phone number", "فون نمبر", "Número de teléfono"),
    "mine": ("This phone is mine alone", "یہ فون صرف میرا ہے", "Este teléfono es solo mío"),
    "way": ("How it went out", "کس راستے سے", "Por dónde salió"),
    "homes": ("Homes", "گھر", "Hogares"),
    "came": ("Arrived", "پہنچا", "Llegó"),
    "answered": ("Answered", "جواب آیا", "Respondió"),
    "text": ("Text message", "ایس ایم ایس", "Mensaje de texto"),
    "mail": ("E-mail", "ای میل", "Correo"),
    "none": ("No way in", "کوئی راستہ نہیں", "Sin vía"),
    "all homes": ("All homes", "سب گھر", "Todos los hogares"),
    "listen": ("Listen in Pashto", "پشتو میں سنیں", "Escuchar en pastún"),
}


def _say(key: str) -> str:
    return WORDS[key][{"ur": 1, "es": 2}.get(page_language(), 0)]


invented = lazy(_say, str)  # the invented words, in the language of the page that shows them


class Sample:
    """`{{ sample.good_note }}` is `invented("good note")`, for templates."""

    def __getitem__(self, key: str) -> str:
        return _say(key.replace("_", " "))
