"""The words by which mail programs mark what they quote, in the languages they are made in.

Data alone, read by `reply`. Words are compared case-folded; each was seen in a published mail corpus or is the
wording of Gmail, Outlook, Apple Mail, Thunderbird or Yahoo in that language.
"""

from __future__ import annotations

# The verb of "On <date>, <name> wrote:"; it ends the line or stands before the date.
WROTE = (
    "wrote", "a écrit", "ha scritto", "scritto", "schrieb", "schreef", "geschreven", "escribió", "escreveu",
    "va escriure", "idatzi du", "napisał", "napisała", "napisał(a)", "pisze", "написал", "написала", "написал(а)",
    "пишет", "писал", "написав", "написала", "пише", "писав", "написа", "napsal", "napsala", "napsal(a)",
    "napísal", "napísala", "napísal(a)", "skrev", "kirjoitti", "kirjutas", "rašė", "rakstīja", "írta", "a scris",
    "scris", "yazdı", "şunu yazdı", "έγραψε", "shkroi", "napisao", "napisala", "napisao je", "napisala je",
    "je napisao", "je napisala", "je napisao/la", "је написао", "је написала", "כתב", "כתבה", "כתב/ה", "מאת",
    "كتب", "كتبت", "نوشت", "نوشته", "نے لکھا", "لکھا", "ولیکل", "ने लिखा", "লিখেছেন", "લખ્યું", "ਲਿਖਿਆ", "写道",
    "寫道", "书写", "撰写", "書きました", "のメッセージ", "님이 작성", "작성", "đã viết", "viết", "menulis", "tulis",
    "เขียนว่า", "qoray", "aliandika", "sumulat", "isinulat ni",
)  # fmt: skip

# How "On <date>" begins. Matched as the first word of a line, before a digit or a weekday.
ON = (
    "on", "le", "am", "op", "el", "em", "il", "den", "dnia", "w dniu", "dne", "dňa", "dana", "u", "la", "în", "на",
    "в", "у", "στις", "vào", "pada", "ב-", "בתאריך", "في", "در", "به تاریخ", "بتاريخ", "在", "于", "於",
)  # fmt: skip

# Header lines a mail program puts above what it quotes: who, when, to whom, about what.
FROM = (
    "from", "de", "von", "van", "da", "od", "fra", "från", "lähettäjä", "от", "від", "kimden", "gönderen", "από",
    "feladó", "expeditor", "de la", "saatja", "nuo", "no", "发件人", "寄件者", "寄件人", "差出人", "보낸 사람",
    "보낸사람", "từ", "dari", "จาก", "מאת", "من", "از", "ارسال کننده", "منجانب", "প্রেরক", "प्रेषक",
)  # fmt: skip
WHEN = (
    "sent", "date", "envoyé", "envoyé le", "envoyée", "gesendet", "datum", "verzonden", "inviato", "data", "fecha",
    "enviado", "enviado el", "enviado em", "enviada em", "wysłano", "wysłane", "odesláno", "odoslané", "sendt",
    "dato", "skickat", "lähetetty", "päivämäärä", "päiväys", "отправлено", "дата", "надіслано", "tarih",
    "gönderildi", "ημερομηνία", "elküldve", "küldve", "dátum", "trimis", "data trimiterii", "saadetud", "发送时间",
    "日期", "時間", "寄件日期", "送信日時", "日付", "보낸 날짜", "날짜", "ngày", "đã gửi", "tanggal", "dikirim", "วันที่",
    "תאריך", "נשלח", "التاريخ", "تاريخ الإرسال", "تم الإرسال", "تاریخ", "تاریخ ارسال", "তারিখ", "दिनांक",
)  # fmt: skip
TO = (
    "to", "à", "an", "aan", "a", "para", "do", "dla", "komu", "til", "till", "vastaanottaja", "кому", "kime",
    "alıcı", "προς", "címzett", "către", "kellele", "收件人", "收件者", "宛先", "받는 사람", "받는사람", "đến",
    "kepada", "ถึง", "אל", "إلى", "به", "گیرنده", "بنام", "প্রাপক", "प्रति", "cc", "kopie", "kopia", "copie", "risposta",
    "reply-to", "répondre à", "antwort an",
)  # fmt: skip
SUBJECT = (
    "subject", "objet", "betreff", "onderwerp", "oggetto", "asunto", "assunto", "temat", "předmět", "predmet",
    "emne", "ämne", "aihe", "тема", "konu", "θέμα", "tárgy", "subiect", "teema", "主题", "主旨", "主題", "件名", "제목",
    "chủ đề", "subjek", "perihal", "เรื่อง", "נושא", "הנדון", "الموضوع", "موضوع", "বিষয়", "विषय", "organization",
    "importance", "priority",
)  # fmt: skip

# Between dashes: "-----Original Message-----".
SEPARATORS = (
    "original message", "original email", "original mail", "forwarded message", "begin forwarded message",
    "reply message", "ursprüngliche nachricht", "originalnachricht", "weitergeleitete nachricht",
    "ursprüngliche mail", "message d'origine", "message d’origine", "message original", "message transféré",
    "message initial", "mensaje original", "mensaje reenviado", "mensagem original", "mensagem encaminhada",
    "messaggio originale", "messaggio inoltrato", "oorspronkelijk bericht", "origineel bericht",
    "doorgestuurd bericht", "oprindelig meddelelse", "videresendt meddelelse", "opprinnelig melding",
    "ursprungligt meddelande", "originalmeddelande", "vidarebefordrat meddelande", "alkuperäinen viesti",
    "wiadomość oryginalna", "oryginalna wiadomość", "treść oryginalnej wiadomości", "przekazana wiadomość",
    "původní zpráva", "pôvodná správa", "původní e-mail", "eredeti üzenet", "mesajul original", "mesaj original",
    "orijinal mesaj", "özgün ileti", "αρχικό μήνυμα", "izvorna poruka", "originalna poruka",
    "исходное сообщение", "пересылаемое сообщение", "пересылаемое письмо", "исходное письмо",
    "оригінальне повідомлення", "оригинално съобщение", "原始邮件", "原始郵件", "原始消息", "转发的邮件", "轉寄的郵件",
    "元のメッセージ", "転送メッセージ", "원본 메시지", "원본 메일", "thư gốc", "tin nhắn gốc", "pesan asli",
    "mesej asal",     "ข้อความต้นฉบับ", "הודעה מקורית", "הודעה שהועברה",
    "الرسالة الأصلية", "رسالة معاد توجيهها", "پیام اصلی", "اصل پیغام",
    "মূল বার্তা", "मूल संदेश",
)  # fmt: skip

# A line that a telephone or mail program adds by itself begins like this …
SENT_FROM = (
    "sent from", "sent via", "sent with", "sent using", "get outlook for", "get [outlook for", "from my",
    "envoyé de", "envoyé depuis", "envoyé à partir d", "envoyé avec", "télécharger outlook pour", "gesendet von",
    "gesendet mit", "gesendet mobil", "von meinem", "von meiner", "diese nachricht wurde von mein",
    "holen sie sich outlook", "enviado desde", "enviado de", "enviado do", "enviado a partir d", "enviado com",
    "enviado con", "enviada do", "obtener outlook para", "obter o outlook", "obtenha o outlook", "inviato da",
    "inviato dal", "inviata da", "ottieni outlook per", "verzonden vanaf", "verzonden met", "verstuurd vanaf",
    "outlook voor", "sendt fra", "sendt via", "skickat från", "skickades från", "lähetetty", "wysłane z",
    "wysłano z", "odesláno z", "odoslané z", "trimis de pe", "küldve", "poslano iz", "poslano s", "отправлено с",
    "отправлено из", "надіслано з", "изпратено от", "στάλθηκε από", "iphone'umdan", "iphone’umdan", "從我的", "从我的",
    "发自我的", "發自我的", "來自我的", "iphoneから", "私のiphone", "나의 iphone", "내 iphone", "gửi từ", "đã gửi từ",
    "dikirim dari", "ส่งจาก", "נשלח מה", "נשלח מ", "أرسلت من", "أُرسلت من", "تم الإرسال من", "مرسل من", "ارسال شده از",
    "از iphone", "میرے iphone", "मेरे iphone", "আমার iphone",
)  # fmt: skip
# … and names a device or program somewhere: "Von meinem Sohn" begins like one, and is a parent's sentence.
DEVICES = (
    "iphone", "ipad", "ipod", "ios", "android", "samsung", "galaxy", "huawei", "xiaomi", "redmi", "oppo", "vivo",
    "nokia", "blackberry", "htc", "xperia", "pixel", "motorola", "oneplus", "realme", "tecno", "infinix", "itel",
    "honor", "phone", "mobile", "mobiltelefon", "mobilgerät", "mobil", "handy", "smartphone", "tablet", "telefon",
    "telefoon", "teléfono", "móvil", "celular", "portable", "téléphone", "cellulare", "outlook", "mail", "mailbox",
    "gmail", "yahoo", "windows", "airmail", "sparrow", "spark", "thunderbird", "bluemail", "typeapp", "proton",
    "fairemail", "k-9", "aol", "app",
)  # fmt: skip
FROM_MOBILE = ("from mobile", "from my phone", "from phone")
