"""The addresses of the house as `porchlight demo` has them: with its sign-in links."""

from django.urls import include, path

from porchlight.config.urls import handler400, handler403, handler404, handler500
from porchlight.config.urls import urlpatterns as house

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("demo/", include("porchlight.demo.urls")), *house]
