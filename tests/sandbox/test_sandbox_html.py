"""Telegram's HTML: the same texts, entities and complaints."""

import pytest

from sandbox.formatted import as_html, as_sent
from sandbox.html_text import parse, utf16_length
from sandbox.refusal import Refusal


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>x</b>", "x", [("bold", 0, 1)]),
        ("<strong>x</strong>", "x", [("bold", 0, 1)]),
        ("<i>x</i><em>y</em>", "xy", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>x</u><ins>y</ins>", "xy", [("underline", 0, 1), ("underline", 1, 1)]),
        (
            "<s>x</s><strike>y</strike><del>z</del>",
            "xyz",
            [("strikethrough", n, 1) for n in range(3)],
        ),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<code>x</code>", "x", [("code", 0, 1)]),
        ("<pre>x</pre>", "x", [("pre", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("<B>x</b>", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("😀<b>你好</b>", "😀你好", [("bold", 2, 2)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;", '1 < 2 && 3 > 2 "', []),
        ("&#65;&#x42;&nbsp;&apos;", "AB&nbsp;&apos;", []),
        ("a & b", "a & b", []),
        ("5 > 3", "5 > 3", []),
    ],
)
def test_reads(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    plain, found = parse(source)
    assert plain == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("你<p>a</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("a <br/> b", 'Unsupported start tag "br/" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x:y>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =1>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_refuses_with_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


def test_links_and_languages() -> None:
    _, (link,) = parse('<a href="https://a.example/?x=1&amp;y=2">here</a>')
    assert link == {
        "type": "text_link",
        "offset": 0,
        "length": 4,
        "url": "https://a.example/?x=1&y=2",
    }
    _, (code,) = parse('<pre><code class="language-python">x</code></pre>')
    assert code == {"type": "pre", "offset": 0, "length": 1, "language": "python"}
    _, (lone,) = parse('<code class="language-python">x</code>')
    assert lone == {"type": "code", "offset": 0, "length": 1}


def test_white_space_at_the_ends_goes_and_entities_follow() -> None:
    formatted = as_sent("\n  <b>a</b> b \n", "HTML", None)
    assert formatted.text == "a b"
    assert formatted.entities == [{"type": "bold", "offset": 0, "length": 1}]


def test_finds_what_telegram_finds_by_itself() -> None:
    text = "😀 /start@some_bot see https://a.example/x, @tom_b #目标 me@a.example"
    kinds = [(e["type"], e["offset"]) for e in as_sent(text, "", None).entities]
    assert kinds == [
        ("bot_command", 3),
        ("url", 23),
        ("mention", 44),
        ("hashtag", 51),
        ("email", 55),
    ]


def test_finds_nothing_inside_code() -> None:
    assert [e["type"] for e in as_sent("<code>/start</code>", "HTML", None).entities] == ["code"]


def test_the_page_gets_safe_html() -> None:
    formatted = as_sent(
        "<b>1 &lt; 2</b> &amp; <a href='https://a.example/?\"x'>y</a>", "HTML", None
    )
    shown = as_html(formatted.text, formatted.entities)
    assert shown.startswith('<b>1 &lt; 2</b> &amp; <a href="https://a.example/?&quot;x"')
    assert "<script" not in as_html("<script>alert(1)</script>", [])


def test_links_of_unknown_kinds_do_not_run() -> None:
    entity = {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}
    assert 'href="https://javascript:alert(1)"' in as_html("x", [entity])


def test_counts_utf16_units() -> None:
    assert utf16_length("a你😀") == 4
