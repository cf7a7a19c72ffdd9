"""A form tells what it asks, what went wrong and where; choices are tiles and each tile is a target."""

from django import forms
from django.utils.translation import override

from porchlight.design.forms import Hinted
from porchlight.design.tests.flat import flat


class Asking(forms.Form):
    use_required_attribute = False
    who = forms.ChoiceField(
        label="Who is it for?",
        choices=[("all", Hinted("Everyone", "40 homes")), ("some", "Families I pick")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Your message", help_text="Short words <translate> best.")
    more = forms.CharField(label="Anything else?", required=False)
    mine = forms.BooleanField(label="This phone is mine", required=False)


def test_a_field_has_its_label_hint_and_control_in_this_order() -> None:
    assert flat(str(Asking()["words"].as_field_group())) == (
        '<div class="field"><label for="id_words">Your message</label>'
        '<div class="hint" id="id_words_helptext">Short words &lt;translate&gt; best.</div>'
        '<input type="text" name="words" dir="auto" aria-describedby="id_words_helptext" id="id_words"></div>'
    )


def test_what_may_be_left_out_says_so() -> None:
    assert '<label for="id_more">Anything else? <span class="hint-in">(if you like)</span></label>' in str(
        Asking()
    )
    with override("ur"):
        assert "(اگر آپ چاہیں)" in str(Asking()["more"].as_field_group())


def test_choices_are_tiles_with_hints() -> None:
    assert flat(str(Asking()["who"].as_field_group())) == (
        '<fieldset class="field"><legend>Who is it for?</legend><div id="id_who" class="picks">'
        '<label class="pick"><input type="radio" name="who" value="all" id="id_who_0">'
        '<span>Everyone<span class="hint">40 homes</span></span></label>'
        '<label class="pick"><input type="radio" name="who" value="some" id="id_who_1">'
        "<span>Families I pick</span></label></div></fieldset>"
    )


def test_a_yes_or_no_is_one_large_target() -> None:
    assert flat(str(Asking()["mine"].as_field_group())) == (
        '<div class="field"><label class="tick" for="id_mine"><input type="checkbox" name="mine" id="id_mine">'
        "<span>This phone is mine</span></label></div>"
    )


def test_errors_stand_on_top_and_at_their_field_in_the_same_words() -> None:
    text = flat(str(Asking({"who": "nobody", "words": ""})))
    assert text.index("2 things to put right") < text.index('class="field err"')
    assert (
        '<p><a href="#id_who">Who is it for?</a> – Choose from the list; “nobody” is no longer in it.</p>'
        in text
    )
    assert '<p><a href="#id_words">Your message</a> – Please answer this.</p>' in text
    assert '<span class="err-msg" id="id_words_error">Please answer this.</span>' in text
    assert 'aria-describedby="id_words_helptext id_words_error"' in text
    assert 'aria-invalid="true"' in text
    assert text.count('role="alert"') == 1


def test_what_someone_typed_comes_back_escaped() -> None:
    text = str(Asking({"who": '"><script>', "words": "<b>"}))
    assert "<script>" not in text
    assert 'value="&lt;b&gt;"' in text


def test_a_list_reads_as_the_page_does_and_each_choice_in_its_own_direction() -> None:
    field = forms.ChoiceField(choices=[("a", "Ms Amal"), ("b", "مس امل")])
    text = flat(field.widget.render("who", "b"))
    assert text.startswith('<select name="who">')
    assert text.count(' dir="auto"') == text.count("<option") == 2
