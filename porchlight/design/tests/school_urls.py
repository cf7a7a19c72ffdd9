"""One page of a school, for tests of the menu."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("<slug:school>/desk/", lambda request, school: HttpResponse(), name="desk")]
