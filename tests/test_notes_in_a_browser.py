"""In a real browser: the button comes with the script, the worker is let in by our own policy, and a note shows no more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client
from playwright.sync_api import Page, expect

import practice
from porchlight.families.models import Channel, ContactPoint
from tests.browser import one_of_ours
from tests.test_road import School_
from tests.test_road_on_a_screen import father, school, town

__all__ = ["father", "school", "town"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Chromium's own push service stands on the internet, and without a window it refuses every note: what it would say to
# the page, and hand to it, is the town's instead.
HANDS_OVER = """
Object.defineProperty(Notification, "permission", { get: function () { return "default"; } });
PushManager.prototype.subscribe = function (wish) {
  window.agreed = wish;
  return Promise.resolve(%s);
};
"""
SHOWN = """
async () => {
  const [worker] = await navigator.serviceWorker.getRegistrations();
  return { scope: new URL(worker.scope).pathname, script: new URL(worker.active.scriptURL).pathname };
}
"""


def test_turned_on_with_one_press_and_the_button_is_gone(
    page: Page, live_server: Any, town: practice.ThreadedTown, school: School_, father: Client
) -> None:
    browser = dict(town.subscribe("yousaf", "of the school"))
    cookie = father.cookies[ours.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": ours.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.add_init_script(HANDS_OVER % json.dumps(browser))
    page.goto("/maple-street/week/")
    button = page.locator("form[data-push] button")
    expect(button).to_be_visible()
    one_of_ours(page)
    button.click()
    expect(page.locator("form[action$='/removal/']")).to_have_count(1)
    found = page.evaluate(SHOWN)
    assert found["scope"].endswith("/design/maple-street/")
    assert found["script"].endswith("/design/push-worker.js")
    point = ContactPoint.objects.get(address__channel=Channel.PUSH)
    assert point.address.user_id.startswith(browser["endpoint"])
    page.locator("form[action$='/removal/'] button").click()
    expect(page.locator("form[action$='/removal/']")).to_have_count(0)
    point.refresh_from_db()
    assert point.ended_at is not None
