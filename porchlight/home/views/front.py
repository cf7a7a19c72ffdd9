"""The front door: whoever comes goes to their own first page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from porchlight.schools.actors import Kind, posts_of
from porchlight.schools.doors import SchoolRequest
from porchlight.schools.models import School
from porchlight.schools.wall import school_context


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """`/`: someone signed in goes to their school; a stranger sees the way to sign in."""
    if request.user.is_authenticated:
        for school in School.objects.order_by("pk"):
            with school_context(school):
                if posts_of(request.user, school):
                    return redirect("home:school", school=school.slug)
    schools = School.objects.order_by("name")
    return render(request, "home/front.html", {"only": schools[0] if len(schools) == 1 else None})


@require_GET
def school(request: SchoolRequest, school: str) -> HttpResponse:
    """`/<school>/`: staff to the desk, family to their week, strangers to the family's sign-in."""
    if request.school is None:
        raise Http404
    if not request.user.is_authenticated:
        return redirect("welcome:sign_in", school=school)
    kinds = {post.kind for post in posts_of(request.user, request.school)}
    if Kind.STAFF in kinds:
        return redirect("home:desk", school=school)
    if Kind.GUARDIAN in kinds:
        return redirect("home:week", school=school)
    raise Http404
