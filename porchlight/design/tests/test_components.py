"""Components say exactly what they should, escape what people wrote, and keep lights from families."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from porchlight.design.lights import Light, OnlyForStaffError, total
from porchlight.design.parts import Action, Bubble, Column, HomeRow, Saying, Share, Tab, Table, Tag, Voice
from porchlight.design.tests.flat import flat

TEACHER = SimpleNamespace(name="Ms Amal", is_staff=True)
FATHER = SimpleNamespace(name="Mr Yousaf", is_staff=False)
SCHOOL = SimpleNamespace(zone=ZoneInfo("Europe/London"))
AT = datetime(2026, 5, 12, 13, 10, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"


def shown(source: str, **context: object) -> str:
    page = Context({"school": SCHOOL, "now": AT, **context})
    return flat(Template("{% load design parts %}" + source).render(page))


def test_a_message_stands_in_its_own_language_with_its_original() -> None:
    said = Bubble(
        "Mr Yousaf",
        Saying("Thank you.\nIs there a book?", "en"),
        AT,
        about="father",
        how="whatsapp",
        original=Saying("شکریہ۔", "ur"),
        provenance="Translated by computer, not checked",
        key="7k2",
    )
    assert shown("{% bubble said %}", said=said) == (
        '<article class="msg lit-card tight" id="m-7k2">'
        '<p class="who"><b><bdi>Mr Yousaf</bdi></b> <span class="small mute">father</span></p>'
        '<p class="said sm" lang="en" dir="ltr">Thank you.<br>Is there a book?</p>'
        '<details><summary>Show the original, in Urdu</summary><p class="orig" lang="ur" dir="rtl">شکریہ۔</p></details>'
        '<p class="foot"><span> 2.10 pm · WhatsApp </span> <span>Translated by computer, not checked</span></p>'
        "</article>"
    )


def test_my_own_message_says_how_far_it_came() -> None:
    said = Bubble("Ms Amal", Saying("Well done", "en"), AT, mine=True, how="sms", status="delivered")
    text = shown("{% bubble said %}", said=said)
    assert text.startswith('<article class="msg me tight">')
    assert (
        '<p class="foot"><span> You · 2.10 pm </span> <span class="row nw">'
        '<svg class="i" aria-hidden="true"><use href="#i-check"/></svg><span>Delivered by text message</span></span></p>'
    ) in text
    assert "Ms Amal" not in text


def test_what_people_wrote_is_escaped_everywhere() -> None:
    row = HomeRow(HOSTILE, "lit", about=HOSTILE, words=HOSTILE, said=Saying(HOSTILE, '"><hr>'), tags=[Tag(HOSTILE)],
                  note=HOSTILE, actions=[Action(HOSTILE, 'x"onclick="y', post=True)])  # fmt: skip
    said = Bubble(HOSTILE, Saying(HOSTILE, "en"), AT, about=HOSTILE, original=Saying(HOSTILE, "ur"), provenance=HOSTILE,
                  voice=Voice('x"onclick="y', 1, 1, HOSTILE), tags=[Tag(HOSTILE)])  # fmt: skip
    table = Table(HOSTILE, [Column(HOSTILE), Column(HOSTILE)], [[HOSTILE, HOSTILE]])
    text = shown(
        "{% home_row row %}{% bubble said %}{% table table %}{% bar shares %}"
        "{% card words key='k' end=words %}x{% endcard %}{% note title=words %}x{% endnote %}"
        "{% empty words %}x{% endempty %}{% tag words %}{{ words|bdi }}{{ words|num }}{% lamps 1 2 words %}",
        actor=TEACHER, row=row, said=said, table=table, shares=[Share(HOSTILE, 1, "c1")], words=HOSTILE,
    )  # fmt: skip
    assert "<script" not in text
    assert 'x"onclick' not in text
    assert "<hr>" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 25


@pytest.mark.parametrize(
    ("light", "drawn"),
    [
        ("lit", '<svg class="porch lit" role="img" aria-label="Heard from"><use href="#p"/></svg>'),
        (
            "low",
            '<svg class="porch low" role="img" aria-label="Message arrived, no word back"><use href="#p"/></svg>',
        ),
        ("unlit", '<svg class="porch off" role="img" aria-label="Not reached yet"><use href="#p"/></svg>'),
    ],
)
def test_a_light_is_told_by_shape_and_word(light: str, drawn: str) -> None:
    assert shown("{% porch light %}", light=light, actor=TEACHER) == drawn


@pytest.mark.parametrize(
    "source", ["{% porch 'lit' %}", "{% street lights %}", "{% light_key %}", "{% home_row row %}"]
)
@pytest.mark.parametrize("actor", [FATHER, None])
def test_a_light_is_never_drawn_for_a_family(source: str, actor: object) -> None:
    context = {"lights": ["lit"], "row": HomeRow("Yousaf family", "lit")}
    assert "porch" in shown(source, actor=TEACHER, **context)
    with pytest.raises(OnlyForStaffError):
        shown(source, actor=actor, **context)


def test_a_street_speaks_its_total() -> None:
    lights = [Light.LIT, Light.LIT, Light.LOW, Light.UNLIT]
    assert total(lights) == "4 homes: 2 heard from, 1 where a message arrived, 1 not reached yet"
    assert total([Light.LOW]) == "1 home: 0 heard from, 1 where a message arrived, 0 not reached yet"
    text = shown("{% street lights %}", lights=lights, actor=TEACHER)
    assert text.count("<svg") == 4
    assert f'role="img" aria-label="{total(lights)}"' in text


def test_an_unlit_home_needs_a_next_step() -> None:
    with pytest.raises(ValueError, match="next step"):
        HomeRow("Warsame family", Light.UNLIT)
    assert (
        HomeRow("Warsame family", Light.UNLIT, tags=[Tag("Next: call on Sunday", "info")]).name
        == "Warsame family"
    )


def test_a_bar_has_its_counts_in_words_and_leaves_nothing_out_of_the_key() -> None:
    text = shown(
        "{% bar shares %}",
        shares=[Share("WhatsApp", 3, "c1"), Share("Text", 1, "c2"), Share("Paper", 0, "c4")],
    )
    assert 'role="img" aria-label="WhatsApp 3, Text 1, Paper 0"' in text
    assert (
        '<rect class="c1" x="0.00%" width="75.00%" height="100%"/><rect class="c2" x="75.00%" width="25.00%"'
        in text
    )
    assert text.count('height="100%"') == 2 + 3
    assert "</svg>Paper 0</span>" in text


def test_a_bar_of_nothing_is_empty() -> None:
    assert '<svg class="bar" role="img" aria-label="Text 0"></svg>' in shown(
        "{% bar s %}", s=[Share("Text", 0, "c1")]
    )


def test_a_table_names_each_cell_for_a_phone() -> None:
    table = Table("Reach", [Column("Way"), Column("Homes", number=True)], [["Text", 3]], foot=["All", 3])
    text = shown("{% table table %}", table=table)
    assert '<th scope="row">Text</th><td data-l="Homes" class="n">3</td>' in text
    assert '<tfoot><tr><th scope="row">All</th><td data-l="Homes" class="n">3</td></tr></tfoot>' in text
    with pytest.raises(ValueError):
        Table("Reach", [Column("Way")], [["Text", 3]]).cells()


def test_a_way_on_is_a_link_or_a_button_that_sends() -> None:
    link = shown("{% action act small=True %}", act=Action("Answer", "/x/", "quiet"))
    assert link == '<a class="btn quiet sm" href="/x/">Answer</a>'
    button = shown("{% action act %}", act=Action("Answer", "/x/", "lamp", post=True), csrf_token="abc")
    assert button.startswith(
        '<form method="post" action="/x/"><input type="hidden" name="csrfmiddlewaretoken"'
    )
    assert button.endswith('<button class="btn lamp">Answer</button></form>')
    with pytest.raises(ValueError):
        Action("Answer", "/x/", "amber")
    with pytest.raises(ValueError):
        Tag("Late", "red")


def test_small_wins_are_counted_in_words() -> None:
    assert shown('{% lamps 1 3 "days done" %}') == (
        '<span class="lamps" role="img" aria-label="1 of 3 days done"><i class="on"></i><i></i><i></i></span>'
    )


def test_a_card_is_named_by_its_title() -> None:
    assert shown('{% card "Waiting" icon="chat" end="3" key="wait" %}<p>x</p>{% endcard %}') == (
        '<section class="card" aria-labelledby="wait"><div class="head"><svg class="i" aria-hidden="true">'
        '<use href="#i-chat"/></svg><h2 id="wait">Waiting</h2><span class="end">3</span></div><p>x</p></section>'
    )


def test_a_voice_note_says_its_length_and_size() -> None:
    text = shown("{% voice note %}", note=Voice("/files/x", 81.4, 24_300))
    assert '<b>Voice note</b> <span class="mute num">1:21 · <bdi>24 KB</bdi></span>' in text
    assert text.startswith('<a class="voice" href="/files/x">')


def test_words_of_an_unknown_language_find_their_own_direction() -> None:
    assert shown('{% speech "x" "" %}') == '<p lang="" dir="auto">x</p>'
    assert shown('{% speech "x" "ps-Latn" element="span" %}') == '<span lang="ps-Latn" dir="ltr">x</span>'
    with translation.override("ur"):
        assert shown('{% speech "x" "ur" %}') == '<p lang="ur" dir="rtl">x</p>'


def views(count: int) -> list[Tab]:
    return [Tab(f"WhatsApp · اردو {number}", Saying("شکریہ", "ur"), count=9) for number in range(count)]


def test_a_count_stays_behind_a_name_in_arabic_letters() -> None:
    text = shown("{% tabs 'As sent' 'look' views %}", views=views(1))
    assert (
        '<label for="look-1"><bdi>WhatsApp · اردو 0</bdi> <span class="mute num">9</span></label>'
    ) in text


def test_of_many_views_six_are_shown_and_the_others_wait_behind_one_word() -> None:
    text = shown("{% tabs 'As sent' 'look' views %}", views=views(18))
    first, others = text.split('<details><summary>More <span class="num">12</span></summary>')
    assert (first.count('type="radio"'), others.count('type="radio"')) == (6, 12)
    assert text.count(" checked") == 1
    assert len(set(re.findall(r' id="(look-[^"]+)"', text))) == 18
    assert "<details>" not in shown("{% tabs 'As sent' 'look' views %}", views=views(7))
