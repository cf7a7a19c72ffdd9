"""A view as one writes it first: thirty messages, each asked for what it needs when it is drawn."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_safe

from porchlight.conversations.models import Message, Thread
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page

ROWS = 30
PAGE = """{% extends "design/staff.html" %}
{% load design %}
{% block title %}Thread{% endblock %}
{% block main %}
<h1>{{ thread.guardian }}</h1>
{% for message in rows %}
  <div class="card">
    <p>{{ message.text }}</p>
    <p class="small">
      {{ message.thread.guardian.name }} {{ message.thread.student.name }} {{ message.staff.name }}
      {% day message.said_at %}
      {% for seen in message.seen.all %}{{ seen.staff.name }}{% endfor %}
      {% for carried in message.parcels.all %}
        {% for one in carried.parcel.deliveries.all %}{{ one.channel }} {{ one.get_status_display }}{% endfor %}
      {% endfor %}
      {% for one in message.unreached.all %}{{ one.reason }}{% endfor %}
    </p>
  </div>
{% endfor %}
{% endblock %}
"""


@require_safe
@staff_page()
def naive(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Nothing is fetched beforehand."""
    thread = get_object_or_404(Thread.objects.visible_to(actor), key=key)
    rows = list(Message.objects.visible_to(actor).filter(thread=thread).order_by("-said_at")[:ROWS])
    return HttpResponse(engines["django"].from_string(PAGE).render({"thread": thread, "rows": rows}, request))


urlpatterns = [path("<slug:school>/naive/<str:key>/", naive), path("", include("porchlight.config.urls"))]
