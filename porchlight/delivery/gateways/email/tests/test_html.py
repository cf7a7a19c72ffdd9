"""HTML mails are read as plain lines: nothing runs, nothing is fetched, quotes are marked."""

from time import process_time

import pytest

from porchlight.delivery.gateways.email.html_text import to_text
from porchlight.delivery.gateways.email.reply import new_words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two<br>Three</div>", "One\nTwo\nThree"),
        ("<div>One<br><br>Two</div>", "One\n\nTwo"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("One &amp; <b>two</b>&nbsp;three", "One & two three"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("<table><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table>", "One Two\nThree"),
        ("<pre>One\n  Two</pre>", "One\n  Two"),
        ("Yes<blockquote>Old<blockquote>Older</blockquote></blockquote>", "Yes\n\n> Old\n>\n> > Older"),
        ("<p>کل <b>چھٹی</b> ہے</p>", "کل چھٹی ہے"),
        ("  spread \n over  lines ", "spread over lines"),
        ("<style>p{}</style><script>alert(1)</script><p>Hi</p><!-- x -->", "Hi"),
        ("<img src='https://spy.example/x' onerror='alert(1)'>Hi", "Hi"),
        ("<p>unclosed <b>and <i>wrong</p></b> nesting", "unclosed and wrong\n\nnesting"),
        ("1 < 2 &lt;b&gt;", "1 < 2 <b>"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_what_a_family_sees_is_what_we_read(html, text):
    assert to_text(html) == text


@pytest.mark.parametrize(
    "piece",
    [
        "<blockquote>",
        "<div>",
        "<p>x",
        "<table><tr><td>",
        "&nbsp;",
        "<b>",
        "<",
        "<a",
        "&#x41;",
        '<div a="<">',
        "<!--",
        "</p>",
    ],
)
@pytest.mark.parametrize("size", [60_000, 1_000_000])
def test_a_mail_nested_without_end_is_read_in_a_moment(piece, size):
    html = "<p>Yes</p>" + piece * (size // len(piece))
    begun = process_time()
    text = to_text(html)
    assert process_time() - begun < 5  # a fifth of it as a rule; one that reads again and again takes minutes
    assert text.startswith("Yes")


def test_a_long_mail_without_closing_tags_keeps_its_lines():
    assert to_text("<p>x" * 300).split() == ["x"] * 300


TALON = {
    "talon/OLK_SRC_BODY_SECTION.html": "Reply",
    "talon/html_replies/hotmail.html": "Hi. I am fine.\n\nThanks,\nAlex",
    "talon/html_replies/ms_outlook_2003.html": "Hi. I am fine.\n\nThanks,\n\nAlex",
    "talon/html_replies/ms_outlook_2010.html": "Hi. I am fine.\n\nThanks,\n\nAlex",
    "talon/html_replies/windows_mail.html": "Hi. I am fine.\n\nThanks,\nAlex",
}


@pytest.mark.parametrize(("name", "words"), TALON.items())
def test_a_reply_in_html_alone_is_found(shared, name, words):
    html = (shared / "standards/email-reply-quoting" / name).read_text()
    assert squeezed(new_words(to_text(html))) == squeezed(words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ios_mail_reply_unescaped_address.html", ["Sounds good, I'll be there at 2."]),
        ("yahoo_reply_unescaped_address.html", ["Thanks Jane, that looks great.", "Dan"]),
    ],
)
def test_addresses_that_programs_forgot_to_escape_do_not_hide_the_reply(shared, name, words):
    html = (shared / "standards/email-reply-quoting/quotequail" / name).read_text()
    [first, *_, last] = 2 * squeezed(new_words(to_text(html)))
    assert (first.startswith(words[0]), last.startswith(words[-1])) == (True, True)


@pytest.mark.parametrize(
    "name", ["apple_forward.html", "gmail_forward.html", "mailru_forward_unwrapped.html", "outlook_forward_unwrapped.html", "thunderbird_forward.html"]
)  # fmt: skip
def test_a_forwarded_mail_is_never_empty(shared, name):
    html = (shared / "standards/email-reply-quoting/quotequail" / name).read_text()
    assert new_words(to_text(html)).strip()


def squeezed(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]
