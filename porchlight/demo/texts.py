"""Maple Street's own texts, as its people wrote them: Urdu and Roman Urdu are two."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, dict[str, str]]] = {
    "A good day": (
        "good_news",
        {
            "en": "{child} had a good day in {class}. Please tell {child} that we noticed.",
            "ur": "{child} کا آج {class} میں دن بہت اچھا رہا۔ براہِ کرم {child} کو بتائیں کہ ہم نے یہ دیکھا۔",
            "ur-Latn": "{child} ka aaj {class} mein din bohat acha raha. "
            "Meharbani kar ke {child} ko batayein ke humne dekha.",
            "es": "{child} tuvo hoy un buen día en {class}. Por favor, dígale a {child} que nos dimos cuenta.",
        },
    ),
    "Trip to the museum": (
        "question",
        {
            "en": "{class} visits the museum on Friday. Please send water and a snack. May {child} come?",
            "ur": "{class} جمعہ کو عجائب گھر جائے گی۔ براہِ کرم پانی اور کچھ کھانے کو بھیجیں۔ "
            "کیا {child} کو جانے کی اجازت ہے؟",
            "ur-Latn": "{class} jumme ko museum jayegi. Meharbani kar ke pani aur kuch khane ko bhejein. "
            "Kya {child} ko jane ki ijazat hai?",
            "es": "{class} visita el museo el viernes. Por favor, envíe agua y algo de comer. ¿Puede venir {child}?",
        },
    ),
    "School is closed tomorrow": (
        "information",
        {
            "en": "{school} is closed tomorrow. We will write again when it opens.",
            "ur": "{school} کل بند رہے گا۔ کھلنے پر ہم آپ کو دوبارہ لکھیں گے۔",
            "ur-Latn": "{school} kal band rahega. Khulne par hum aap ko dobara likhenge.",
            "es": "{school} no abre mañana. Le escribiremos de nuevo cuando abra.",
        },
    ),
}
