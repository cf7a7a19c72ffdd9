"""What is kept about a colleague: for themselves, and from a leader's hand for one who left."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from porchlight.privacy.colleagues import copy_for
from porchlight.privacy.packing import packed
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember


@require_safe
@staff_page()
def mine(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What the copy has, and the way to it."""
    return render(request, "privacy/at_work.html")


@require_safe
@staff_page()
def my_copy(request: SchoolRequest, actor: Actor) -> FileResponse:
    """The zip about whoever asks."""
    return _zip(get_object_or_404(StaffMember.objects.visible_to(actor), pk=actor.post_id), actor)


@require_safe
@staff_page(Role.LEADER, exports=True)
def copy(request: SchoolRequest, actor: Actor) -> FileResponse:
    """The zip about `who`, a colleague's key, when they left: until then it is theirs alone to fetch."""
    rows = StaffMember.objects.visible_to(actor).filter(left_at__isnull=False)
    return _zip(get_object_or_404(rows, key=request.GET.get("who", "")), actor)


def _zip(staff: StaffMember, actor: Actor) -> FileResponse:
    content = packed(copy_for(staff, by=actor))
    return FileResponse(
        content, as_attachment=True, filename=f"{staff.key}.zip", content_type="application/zip"
    )
