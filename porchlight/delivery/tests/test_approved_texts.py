"""WhatsApp pauses, approves and moves texts: their sendings wait, leave again, and list themselves."""

from __future__ import annotations

import pytest

from porchlight.delivery.content import Urgency
from porchlight.delivery.inbox.listeners import Trouble
from porchlight.delivery.models import Lane, Stopped
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.hooks import post, process
from porchlight.delivery.tests.kit import on_both_databases, worker

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]


@pytest.fixture
def account(school, town):
    return cast.whatsapp(school, town)


@pytest.fixture
def home(school):
    return cast.home(school, channel="whatsapp", reads="ur", speaks="ur")


def template_news(status, **more):
    holds = {
        "event": status,
        "message_template_id": 12,
        "message_template_name": "porchlight_general",
        "message_template_language": "en",
        **more,
    }
    return {"object": "whatsapp_business_account", "entry": [{"id": "2", "time": 1791900600, "changes": [{"field": "message_template_status_update", "value": {**holds, "metadata": {}}}]}]}  # fmt: skip


def test_a_template_that_is_paused_holds_its_sendings_until_it_is_approved_again(account, home, ears, school):
    [parcel] = put_in_outbox(school, home)
    post(account, template_news("PAUSED"))
    process()
    assert parcel.deliveries.get().stopped == Stopped.TEMPLATE_HELD
    assert [trouble.kind for trouble in ears.troubles] == ["template_held"]
    assert isinstance(ears.troubles[0], Trouble)
    account.refresh_from_db()
    assert account.settings["held_templates"] == "porchlight_general:en"
    [one] = plan(school=school, recipients=[home.recipient], content_for=lambda _: cast.words(), urgency=Urgency.ORDINARY, now=cast.TUESDAY)  # fmt: skip
    assert one.not_reached is NotReached.NO_TEMPLATE
    post(account, template_news("APPROVED"))
    process()
    assert parcel.deliveries.get().stopped == ""
    account.refresh_from_db()
    assert account.settings["held_templates"] == ""
    Lane.objects.update(due_at=cast.TUESDAY)
    with worker() as outbox:
        outbox.run_until_empty()
    assert parcel.deliveries.get().status > 0


def test_a_text_of_ours_that_is_approved_is_used_without_anybodys_writing_it_down(account, ears, school):
    account.settings = {**account.settings, "templates": "porchlight_notice en"}
    account.save()
    for language in ("ur", "ur"):
        post(account, template_news("APPROVED", message_template_language=language))
        process()
    post(account, template_news("APPROVED", message_template_name="winter_sale"))
    process()
    account.refresh_from_db()
    assert account.settings["templates"] == "porchlight_notice en\nporchlight_general ur"


@pytest.mark.parametrize(("name", "category", "held"), [
    ("porchlight_code", "AUTHENTICATION", ""),
    ("porchlight_code", "UTILITY", "porchlight_code:en"),
    ("porchlight_general", "AUTHENTICATION", "porchlight_general:en"),
    ("porchlight_general", "MARKETING", "porchlight_general:en"),
])  # fmt: skip
def test_each_text_keeps_the_category_it_was_made_for_or_is_held(account, ears, name, category, held):
    post(account, template_news("APPROVED", message_template_name=name, message_template_category=category))
    process()
    account.refresh_from_db()
    assert account.settings.get("held_templates", "") == held


@pytest.mark.parametrize(
    ("reads", "kept_apart"), [("ur", True), ("es", False), ("en", False)]
)  # the words are English
def test_words_that_run_the_other_way_stay_whole_on_the_one_line_of_an_approved_text(
    account, school, reads, kept_apart
):
    home = cast.home(school, channel="whatsapp", reads=reads, speaks=reads)
    words = cast.words("May Hamza come?", is_original=reads != "en")
    [parcel] = put_in_outbox(school, home, content=words)
    said = parcel.deliveries.get().body["template"]["parameters"][-1]
    assert "\n" not in said
    assert ("\u2068May Hamza come?\u2069" in said) is kept_apart
    assert (
        said.count("\u2068") == said.count("\u2069") == 2 * kept_apart
    )  # what language it is, and the words
