"""The school's languages: engines, whom it trusts with which pair, and its own words. By default, people translate."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.accounts.limits import Rate, take
from porchlight.languages.account_pages import at_its_page, closed, personal_words, settings_kept
from porchlight.languages.engines.registry import ENGINES
from porchlight.languages.forms import EngineForm, TermForm
from porchlight.languages.glossary import take_out, write_term
from porchlight.languages.models import EngineAccount, Term, VoiceAccount
from porchlight.languages.spoken import knows, others, ways
from porchlight.languages.trusting import change_engine, close_engine, open_engine, trust, try_it
from porchlight.languages.voices.registry import COMPANIES
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time
from porchlight.toolbox.scripts import autonym

TESTS = Rate(20, timedelta(hours=1))


@require_safe
@staff_page(*KEEPERS)
def overview(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Who translates between which languages, and the engines there are."""
    page = {
        "ways": ways(request.school),
        "accounts": EngineAccount.objects.visible_to(actor).open(),
        "engines": list(ENGINES.values()),
        "voices": VoiceAccount.objects.visible_to(actor).open(),
        "companies": list(COMPANIES.values()),
        "now": school_time.now(),
    }
    return render(request, "languages/overview.html", page)


@require_POST
@staff_page(*KEEPERS)
def pairs(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """From now on this engine translates this pair, or people do."""
    source, arrow, target = request.POST.get("pair", "").partition(">")
    if not arrow:
        raise Http404
    key, account = request.POST.get("account", ""), None
    if key:
        account = get_object_or_404(EngineAccount.objects.visible_to(actor).open(), key=key)
        if not knows(account.adapter, source, target):
            raise Http404
    trust(
        school=request.school, source=source, target=target, account=account, by=actor, now=school_time.now()
    )
    names = {"language": autonym(target), "engine": str(account)}
    words = (
        _("%(engine)s translates into %(language)s from now on.") if account else _("People translate this.")
    )
    flash.success(request, words % names)
    return redirect("languages:overview", school=request.school.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def new_engine(request: SchoolRequest, actor: Actor, engine: str) -> HttpResponse:
    """Connect one. Nothing goes there yet."""
    if engine not in ENGINES:
        raise Http404
    form = EngineForm(request.POST if request.method == "POST" else None, engine=ENGINES[engine])
    if request.method == "POST" and form.is_valid():
        made = open_engine(school=request.school, engine=engine, by=actor, **form.written())
        return at_its_page(request, made)
    page = {"form": form, "company": ENGINES[engine]}
    return render(request, "languages/new_engine.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def engine(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One engine: its settings, a test sentence, what it may be given."""
    row = get_object_or_404(EngineAccount.objects.visible_to(actor).open(), key=key)
    form = EngineForm(request.POST if request.method == "POST" else None, engine=row.adapter, account=row)
    if request.method == "POST" and form.is_valid():
        change_engine(row, by=actor, **form.written())
        return settings_kept(request, row)
    targets = [tag for tag in others(request.school) if knows(row.adapter, "en", tag)]
    page = {
        "row": row,
        "form": form,
        "targets": [(tag, autonym(tag)) for tag in targets],
        "pairs": [f"{autonym(one.source)} → {autonym(one.target)}" for one in row.pairs.order_by("target")],
    }
    return render(request, "languages/engine.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*KEEPERS)
def test(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Have a made-up sentence translated."""
    row, now = get_object_or_404(EngineAccount.objects.visible_to(actor).open(), key=key), school_time.now()
    target = request.POST.get("target", "")
    if target not in others(request.school):
        raise Http404
    if take(f"engine tests:{actor.school_id}", TESTS, now=now):
        try_it(row, target=target, by=actor, now=now)
        flash.success(request, _("The sentence is on its way. Look again in a moment."))
    else:
        flash.error(request, _("Twenty tests in an hour are enough. Wait a little, then try once more."))
    return at_its_page(request, row)


@require_POST
@staff_page(*KEEPERS)
def personal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Whether personal words may go there too."""
    row = get_object_or_404(EngineAccount.objects.visible_to(actor).open(), key=key)
    return personal_words(request, actor, row)


@require_POST
@staff_page(*KEEPERS)
def closing(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Nothing goes there any more."""
    row = get_object_or_404(EngineAccount.objects.visible_to(actor).open(), key=key)
    return closed(request, actor, row, close_engine)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*Term.KEPT_BY)
def glossary(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The school's own words, and how each is said."""
    form = TermForm(request.POST if request.method == "POST" else None, tags=others(request.school))
    if request.method == "POST" and form.is_valid():
        write_term(
            school=request.school,
            source=request.school.language,
            by=actor,
            now=school_time.now(),
            **form.cleaned_data,
        )
        return redirect("languages:glossary", school=request.school.slug)
    page = {"form": form, "rows": Term.objects.visible_to(actor).order_by("words", "target")}
    return render(request, "languages/glossary.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*Term.KEPT_BY)
def term_removal(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Take one out."""
    take_out(get_object_or_404(Term.objects.visible_to(actor), key=key), by=actor)
    return redirect("languages:glossary", school=request.school.slug)
