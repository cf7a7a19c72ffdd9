"""The front door: whoever comes goes to their own first page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from porchlight.rosters.beginning import is_to_begin
from porchlight.schools.actors import Kind, posts_of
from porchlight.schools.doors import SchoolRequest
from porchlight.schools.models import School
from porchlight.schools.posts import schools_of
from porchlight.welcome.setting_up import PAGE


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """`/`: someone signed in goes to their school, or chooses among several; a stranger sees the way to sign in."""
    mine = schools_of(request.user) if request.user.is_authenticated else []
    if len(mine) == 1:
        return redirect("home:school", school=mine[0].slug)
    if mine:
        return render(request, "home/front_mine.html", {"schools": mine})
    schools = School.objects.open().order_by("pk")[:2]  # two are enough to know that there is more than one
    if not schools:
        return redirect(PAGE)
    return render(request, "home/front.html", {"only": schools[0] if len(schools) == 1 else None})


@require_safe
def school(request: SchoolRequest, school: str) -> HttpResponse:
    """`/<school>/`: staff to the desk, family to their week, a student to their day, strangers to the sign-in."""
    if request.school is None:
        raise Http404
    if not request.user.is_authenticated:
        return redirect("welcome:sign_in", school=school)
    posts = posts_of(request.user, request.school)
    kinds = {post.kind for post in posts}
    if any(is_to_begin(post) for post in posts):
        return redirect("rosters:sheets", school=school)
    if Kind.STAFF in kinds:
        return redirect("home:desk", school=school)
    if Kind.GUARDIAN in kinds:
        return redirect("home:week", school=school)
    if Kind.STUDENT in kinds:
        return redirect("home:student_day", school=school)
    raise Http404
