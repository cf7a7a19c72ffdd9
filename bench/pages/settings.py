"""Porchlight's settings, and one more address."""

from porchlight.config.settings import *  # noqa: F403 - Django's settings are a module's names

ROOT_URLCONF = "bench.pages.naive"
SECOND_STEP = False  # nobody is there to take it
