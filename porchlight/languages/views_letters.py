"""How the school spells Urdu and Pashto words in Latin letters: what people put right, and a sentence to try."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.languages.lettering import forget, spell, spellings
from porchlight.languages.letters.lexicon import FILES
from porchlight.languages.letters.romanising import WORD, Romanised, romanised
from porchlight.languages.models import Spelling
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.toolbox.scripts import autonym

LATIN = r"\A[A-Za-z][A-Za-z' -]*\Z"
MOST = 300


class SpellingForm(forms.Form):
    """One word, in both letters."""

    language = forms.ChoiceField(label=_("Language"))
    word = forms.CharField(label=_("Word"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    latin = forms.RegexField(
        label=_("In Latin letters"),
        regex=LATIN,
        max_length=80,
        error_messages={"invalid": _("Use the letters a to z alone: old telephones show no others.")},
    )

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self.fields["language"].choices = [(tag, autonym(tag)) for tag in FILES]  # type: ignore[attr-defined]  # django-stubs sees a plain Field

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip()
        if not WORD.fullmatch(word):
            raise forms.ValidationError(_("Write one word, in the language’s own letters."))
        return word


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*Spelling.KEPT_BY)
def letters(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The school's spellings; with `text`, how a sentence would go home."""
    form = SpellingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spell(school=request.school, by=actor, now=school_time.now(), **form.cleaned_data)
        return redirect("languages:letters", school=request.school.slug)
    text = request.GET.get("text", "")[:500].strip()
    language = request.GET.get("language", "ur")
    page = {
        "form": form,
        "rows": Spelling.objects.visible_to(actor).order_by("language", "word")[:MOST],
        "text": text,
        "language": language if language in FILES else "ur",
        "tried": _tried(request, text, language),
        "languages": [(tag, autonym(tag)) for tag in FILES],
    }
    return render(request, "languages/letters.html", page, status=422 if form.errors else 200)


def _tried(request: SchoolRequest, text: str, language: str) -> Romanised | None:
    if not text or language not in FILES:
        return None
    return romanised(text, language, own=spellings(request.school, language))


@require_POST
@staff_page(*Spelling.KEPT_BY)
def letters_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take one out: it is spelled as everywhere again."""
    forget(get_object_or_404(Spelling.objects.visible_to(actor), key=key), by=actor)
    return redirect("languages:letters", school=request.school.slug)
