"""The door: cleaning, identity, whose turn it is; and cutting what is too long for one message."""

import html
import re
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.door import open_update
from bot.splitting import LIMIT, split, units
from domain.cleaning import clean

FAMILY = "👨‍👩‍👧‍👦"
ANYTHING = st.text(st.characters(codec=None), max_size=200)
PIECES = ["a", "<", "&", "\n", "国", "🙂", FAMILY, "e\u0301", "\u202e"]
STORABLE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def message(**more: Any) -> dict[str, Any]:
    chat = {"id": 5, "type": "private"}
    return {"update_id": 7, "message": {"message_id": 1, "chat": chat, "text": "hello", **more}}


@given(ANYTHING)
def test_a_cleaned_text_can_be_stored_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert clean(cleaned) == cleaned


@given(STORABLE)
def test_whatever_can_be_stored_is_left_alone(text: str) -> None:
    assert clean(text) == text


def test_the_same_update_has_the_same_identity_and_another_content_another() -> None:
    first = open_update(message())
    assert open_update(message()).identity == first.identity
    assert open_update(message(text="other")).identity != first.identity
    assert open_update({**message(), "update_id": 8}).identity != first.identity


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        (message(), 5),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}}}, None),
        ({"update_id": 1, "callback_query": {"message": message()["message"]}}, 5),
        ({"update_id": 1, "message": {"chat": {"id": 2**70}}}, None),
        ({"update_id": 1, "message": {"chat": "no chat"}}, None),
        ({"update_id": 1, "message": [1]}, None),
        ({"update_id": 1}, None),
    ],
)
def test_whose_turn_it_is(update: dict[str, Any], chat_id: int | None) -> None:
    found = open_update(update).chat_id
    assert found == chat_id or (chat_id is None and found == 9)


def test_secrets_are_masked_wherever_somebody_writes() -> None:
    opened = open_update(message(caption="密码是 hunter22"))
    assert "hunter22" not in opened.raw
    assert opened.masked == "password"


def shown(part: str) -> str:
    """What a phone shows of a part."""
    return html.unescape(re.sub(r"</?[a-z][^>]*>", "", part))


@given(STORABLE, st.integers(12, 60))
def test_parts_fit_lose_nothing_and_cut_no_grapheme(text: str, limit: int) -> None:
    parts = split(f"<b>{html.escape(text, quote=False)}</b>", limit)
    assert all(units(shown(part)) <= limit for part in parts)
    assert all(part.count("<b>") == part.count("</b>") for part in parts)
    whole = "".join(shown(part) for part in parts)
    if text.strip():
        assert whole.strip() == text.strip() or whole == text
        pieces = [grapheme for part in parts for grapheme in regex.findall(r"\X", shown(part))]
        assert pieces == regex.findall(r"\X", whole)


@pytest.mark.parametrize("grapheme", ["🙂", FAMILY, "e\u0301", "国", "&"])
def test_four_thousand_and_ninety_six_is_the_limit(grapheme: str) -> None:
    parts = split(html.escape(grapheme * 5000, quote=False))
    assert all(units(shown(part)) <= LIMIT for part in parts)
    assert "".join(shown(part) for part in parts) == grapheme * 5000


def test_a_grapheme_longer_than_a_message_is_cut_after_all() -> None:
    """A letter under thousands of accents is one grapheme; Telegram would take no part of it."""
    parts = split("z" + "\u0335" * 9000)
    assert all(units(part) <= LIMIT for part in parts)
    assert "".join(parts) == "z" + "\u0335" * 9000


def test_tags_are_closed_and_opened_again() -> None:
    first, second = split("<blockquote expandable>" + "x" * 5000 + "</blockquote>")
    assert first.endswith("x</blockquote>")
    assert second.startswith("<blockquote expandable>x")
