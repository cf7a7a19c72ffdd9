"""What a school and a family say to each other in a month: real lengths, every line another, in three languages."""

from __future__ import annotations

# (English, Urdu, Spanish)
SCHOOL = [
    (
        "{child} read a whole page aloud today and explained the hard words to a friend. Please tell {child} that we noticed.",
        "{child} نے آج پورا صفحہ اونچی آواز میں پڑھا اور مشکل الفاظ ایک دوست کو سمجھائے۔ براہِ کرم {child} کو بتائیں کہ ہم نے دیکھا۔",
        "{child} leyó hoy una página entera en voz alta y explicó las palabras difíciles a un compañero. Dígaselo, por favor.",
    ),
    (
        "{class} visits the museum on Friday. We leave at nine and are back by two. May {child} come?",
        "{class} جمعہ کو عجائب گھر جائے گی۔ ہم نو بجے نکلیں گے اور دو بجے تک واپس آ جائیں گے۔ کیا {child} جا سکتا ہے؟",
        "{class} visita el museo el viernes. Salimos a las nueve y volvemos a las dos. ¿Puede venir {child}?",
    ),
    (
        "School is closed on Monday: the heating is being mended. We open again on Tuesday at the usual hour.",
        "پیر کو سکول بند رہے گا کیونکہ ہیٹنگ کی مرمت ہو رہی ہے۔ منگل کو معمول کے وقت پر سکول کھلے گا۔",
        "El lunes la escuela está cerrada porque arreglan la calefacción. El martes abrimos a la hora de siempre.",
    ),
    (
        "Which evening suits you for our talk about the first term? Choose one; we keep twenty minutes for each home.",
        "پہلی ٹرم پر بات کے لیے کون سی شام آپ کو مناسب ہے؟ ایک چن لیں؛ ہر گھر کے لیے بیس منٹ رکھے گئے ہیں۔",
        "¿Qué tarde le conviene para hablar del primer trimestre? Elija una; guardamos veinte minutos para cada casa.",
    ),
    (
        "This week we learn to measure. At home, {child} could weigh the flour for the bread and write the number down.",
        "اس ہفتے ہم ناپنا سیکھ رہے ہیں۔ گھر میں {child} روٹی کا آٹا تول کر نمبر لکھ سکتا ہے۔",
        "Esta semana aprendemos a medir. En casa, {child} podría pesar la harina del pan y anotar el número.",
    ),
    (
        "Please send a warm jacket tomorrow. We walk to the river after lunch, rain or shine, to look at the birds.",
        "براہِ کرم کل ایک گرم جیکٹ بھیجیں۔ کھانے کے بعد ہم پرندے دیکھنے دریا تک جائیں گے، بارش ہو یا دھوپ۔",
        "Por favor, mande mañana una chaqueta de abrigo. Después de comer vamos al río a ver los pájaros, llueva o no.",
    ),
    (
        "We are noticing that {child} is tired on Mondays. What do you see at home, and how can we help together?",
        "ہم دیکھ رہے ہیں کہ {child} پیر کے دن تھکا ہوا ہوتا ہے۔ آپ گھر میں کیا دیکھتے ہیں، اور ہم مل کر کیا کر سکتے ہیں؟",
        "Notamos que {child} llega cansado los lunes. ¿Qué ven ustedes en casa y cómo podemos ayudar juntos?",
    ),
    (
        "Thank you for coming last night. The three of us agreed: ten minutes of reading after supper, and we ask again in May.",
        "کل رات آنے کا شکریہ۔ ہم تینوں نے طے کیا: کھانے کے بعد دس منٹ پڑھنا، اور مئی میں ہم پھر پوچھیں گے۔",
        "Gracias por venir anoche. Acordamos los tres: diez minutos de lectura después de cenar, y en mayo volvemos a hablar.",
    ),
    (
        "The choir sings on Thursday at six in the big hall. Brothers, sisters and grandparents are welcome.",
        "جمعرات کو چھ بجے بڑے ہال میں بچے گائیں گے۔ بہن بھائی اور دادا دادی سب آ سکتے ہیں۔",
        "El coro canta el jueves a las seis en el salón grande. Hermanos y abuelos son bienvenidos.",
    ),
    (
        "How many of you come to the maths evening? Write a number, so that there are chairs and tea for all.",
        "ریاضی کی شام میں آپ میں سے کتنے لوگ آئیں گے؟ نمبر لکھیں تاکہ سب کے لیے کرسیاں اور چائے ہو۔",
        "¿Cuántos vienen a la tarde de matemáticas? Escriba un número, para que haya sillas y té para todos.",
    ),
    (
        "{child} found the mistake in my sum on the board and showed the class a quicker way. That was brave.",
        "{child} نے بورڈ پر میرے سوال کی غلطی پکڑی اور جماعت کو جلدی کا طریقہ دکھایا۔ یہ ہمت کی بات تھی۔",
        "{child} encontró el error de mi suma en la pizarra y enseñó a la clase un camino más corto. Fue valiente.",
    ),
    (
        "A new bus comes from Monday on: number 14 at 7.40 from the mosque. Please be there five minutes before.",
        "پیر سے نئی بس آئے گی: نمبر 14، مسجد سے 7:40 پر۔ براہِ کرم پانچ منٹ پہلے وہاں پہنچیں۔",
        "Desde el lunes hay un autobús nuevo: el 14, a las 7:40 desde la mezquita. Esté allí cinco minutos antes.",
    ),
    (
        "Ask {child} tonight: what would you plant in our garden, and why there? We decide together tomorrow.",
        "آج رات {child} سے پوچھیں: تم ہمارے باغ میں کیا لگاؤ گے، اور وہیں کیوں؟ کل ہم مل کر فیصلہ کریں گے۔",
        "Pregunte esta noche a {child}: ¿qué plantarías en nuestro huerto, y por qué ahí? Mañana lo decidimos juntos.",
    ),
    (
        "We heard that you know how to mend bicycles. Would you show {class} one afternoon? Tools are here.",
        "ہم نے سنا ہے کہ آپ سائیکل ٹھیک کرنا جانتے ہیں۔ کیا آپ ایک دوپہر {class} کو دکھائیں گے؟ اوزار یہاں ہیں۔",
        "Nos han dicho que usted sabe arreglar bicicletas. ¿Lo enseñaría una tarde a {class}? Las herramientas están aquí.",
    ),
    (
        "Lost and found: a blue glove, a lunch box with stars, one small shoe. They wait in the office until Friday.",
        "گمشدہ چیزیں: ایک نیلا دستانہ، ستاروں والا کھانے کا ڈبہ، ایک چھوٹا جوتا۔ جمعہ تک دفتر میں رکھی ہیں۔",
        "Objetos perdidos: un guante azul, una fiambrera con estrellas, un zapato pequeño. Esperan en la oficina hasta el viernes.",
    ),
]

HOME = [
    ("Thank you, we told him at supper. He was proud.", "شکریہ، ہم نے کھانے پر اسے بتایا۔ وہ بہت خوش ہوا۔", "Gracias, se lo dijimos en la cena. Estaba orgulloso."),
    ("He has a fever since last night and stays at home today.", "اسے کل رات سے بخار ہے، آج گھر پر رہے گا۔", "Tiene fiebre desde anoche y hoy se queda en casa."),
    ("Can somebody ring me on Friday after the prayer? I work until one.", "کیا جمعہ کی نماز کے بعد کوئی مجھے فون کر سکتا ہے؟ میں ایک بجے تک کام پر ہوں۔", "¿Alguien puede llamarme el viernes por la tarde? Trabajo hasta la una."),
    ("His aunt brings him tomorrow, she waits at the gate.", "کل اس کی خالہ اسے لائے گی، وہ گیٹ پر انتظار کرے گی۔", "Mañana lo lleva su tía, espera en la puerta."),
    ("We did not understand the homework on page twelve.", "صفحہ بارہ کا کام ہماری سمجھ میں نہیں آیا۔", "No entendimos la tarea de la página doce."),
    ("He weighed the flour and the sugar too, see his book.", "اس نے آٹا اور چینی دونوں تولے، اس کی کاپی دیکھیں۔", "Pesó la harina y también el azúcar, mire su cuaderno."),
    ("On Mondays he comes from his grandfather's, that is a long way.", "پیر کو وہ دادا کے گھر سے آتا ہے، راستہ لمبا ہے۔", "Los lunes viene de casa de su abuelo, que está lejos."),
    ("Ten minutes are easy. Yesterday we read twenty.", "دس منٹ آسان ہیں۔ کل ہم نے بیس منٹ پڑھا۔", "Diez minutos es fácil. Ayer leímos veinte."),
    ("Which songs? His grandmother would like to know the words.", "کون سے گیت؟ اس کی دادی بول جاننا چاہتی ہیں۔", "¿Qué canciones? Su abuela quiere saber la letra."),
    ("Four of us, and the baby.", "ہم چار، اور چھوٹا بچہ۔", "Cuatro, y el bebé."),
    ("He talked of nothing else all evening.", "وہ ساری شام یہی بات کرتا رہا۔", "No habló de otra cosa en toda la tarde."),
    ("The 14 did not stop this morning.", "آج صبح 14 نمبر نہیں رکی۔", "Esta mañana el 14 no paró."),
    ("Tomatoes, because of the wall, he says it is warm there.", "ٹماٹر، دیوار کی وجہ سے، کہتا ہے وہاں گرمی ہے۔", "Tomates, por la pared, dice que ahí hace calor."),
    ("Gladly, on a Wednesday.", "خوشی سے، کسی بدھ کو۔", "Con mucho gusto, un miércoles."),
    ("The glove is ours, thank you.", "دستانہ ہمارا ہے، شکریہ۔", "El guante es nuestro, gracias."),
]  # fmt: skip
