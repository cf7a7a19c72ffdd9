"""Porchlight as an ASGI application: what `porchlight serve` answers with, and any other ASGI server may."""

import os

import django
from django.conf import settings

from porchlight.operations.serving.handler import pages
from porchlight.operations.serving.proxies import BehindProxies
from porchlight.operations.serving.static_files import collect_if_changed
from porchlight.toolbox import garbage

garbage.seldom()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "porchlight.config.settings")
os.environ.setdefault("PORCHLIGHT_COLLECTED", "yes")
django.setup(set_prefix=False)
if settings.COLLECTED:
    collect_if_changed()
application = BehindProxies(pages(), proxies=settings.PROXIES, scheme=settings.SCHEME)
