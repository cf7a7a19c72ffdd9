"""Anyone may choose the language of the pages; the choice is kept, and rooms above hear of it."""

from porchlight.design.signals import language_chosen


def test_a_choice_is_kept_and_announced(client, db) -> None:
    heard = []

    def listen(sender, request, language, **kwargs) -> None:
        heard.append(language)

    language_chosen.connect(listen)
    try:
        answer = client.post("/design/language/", {"language": "ur", "next": "/design/language/?x=1"})
    finally:
        language_chosen.disconnect(listen)
    assert (answer.status_code, answer["Location"]) == (302, "/design/language/?x=1")
    assert heard == ["ur"]
    assert '<html lang="ur" dir="rtl">' in client.get("/nowhere/").text


def test_a_tag_is_written_as_the_whole_house_writes_it(client, db) -> None:
    """Django calls it `zh-hans`, and browsers say `zh-CN`."""
    for said in ("zh-CN", "zh-Hans", "zh-SG,en;q=0.5"):
        assert (
            '<html lang="zh-Hans" dir="ltr">'
            in client.get("/nowhere/", headers={"accept-language": said}).text
        )
    client.post("/design/language/", {"language": "zh-Hans", "next": "/"})
    page = client.get("/nowhere/").text
    assert '<html lang="zh-Hans" dir="ltr">' in page
    assert "这个地址没有页面" in page


def test_a_language_we_do_not_have_changes_nothing(client, db) -> None:
    answer = client.post("/design/language/", {"language": "xx", "next": "/"})
    assert answer.cookies == {}
    assert '<html lang="en" dir="ltr">' in client.get("/nowhere/").text


def test_the_way_back_stays_in_the_house(client, db) -> None:
    for away in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        assert client.post("/design/language/", {"language": "ur", "next": away})["Location"] == "/"


def test_looking_at_the_address_chooses_nothing(client, db) -> None:
    assert client.get("/design/language/").status_code == 405
