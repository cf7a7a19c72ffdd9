"""When something goes wrong the page says so plainly, in the reader's language, with one way on."""

import pytest
from django.urls import path

from porchlight.config import urls as house
from porchlight.design import views
from porchlight.design.tests.flat import flat


def breaks(request):
    raise RuntimeError("as planned")


urlpatterns = [path("breaks/", breaks), *house.urlpatterns]
handler404, handler500 = house.handler404, house.handler500


@pytest.fixture
def visitor(client, db, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client


def test_not_there(visitor) -> None:
    answer = visitor.get("/no-such-school/")
    assert answer.status_code == 404
    assert "<h1>There is no page at this address</h1>" in flat(answer.text)
    answer = visitor.get("/no-such-school/", headers={"accept-language": "ur"})
    assert '<html lang="ur" dir="rtl">' in flat(answer.text)
    assert "<h1>اس پتے پر کوئی صفحہ نہیں</h1>" in flat(answer.text)


def test_broken(visitor, caplog) -> None:
    answer = visitor.get("/breaks/", headers={"accept-language": "es"})
    assert answer.status_code == 500
    assert "<h1>Algo falló de nuestro lado</h1>" in flat(answer.text)
    assert "as planned" not in flat(answer.text)


def test_broken_needs_no_database(rf) -> None:
    assert views.broken(rf.get("/")).status_code == 500


def test_closed_for_work_says_when_to_come_back(rf) -> None:
    answer = views.closed(rf.get("/"), retry_after=60)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "<h1>Back in a few minutes</h1>" in flat(answer.content.decode())


def test_a_form_that_stood_open_too_long(db, settings) -> None:
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/design/language/", {"language": "ur"})
    assert answer.status_code == 403
    page = flat(answer.text)
    assert "<h1>This page stood open too long</h1>" in page
    assert page.index("Go back. Copy your words") < page.index("only with cookies allowed")
    assert (
        '<a class="btn quiet" href="/">Go to your page</a>' in page
    )  # no louder than the words it leads away from


@pytest.mark.parametrize(
    ("view", "status"), [(views.bad_request, 400), (views.forbidden, 403), (views.not_found, 404)]
)
def test_each_error_has_its_page(rf, view, status: int) -> None:
    answer = view(rf.get("/"))
    assert answer.status_code == status
    assert answer.content.count(b"<h1>") == 1


def test_the_gallery_is_only_for_development_and_the_demo(visitor, settings) -> None:
    settings.DEMO = settings.DEBUG = False
    assert visitor.get("/design/").status_code == 404
    settings.DEMO = True
    assert visitor.get("/design/").status_code == 200
    assert visitor.get("/design/nothing/").status_code == 404
