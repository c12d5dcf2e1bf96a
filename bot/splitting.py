"""Cutting a text that is too long for one message, on a line or a grapheme, tags kept whole."""

import re

import regex

LIMIT = 4096  # UTF-16 code units after the entities were parsed
_TAG = re.compile(r"<(/?)([a-z]+)([^>]*)>")
_PIECE = re.compile(r"<[^>]+>|&[a-z]+;|&#\d+;|[^<&]+|.", re.DOTALL)


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def split(html: str, limit: int = LIMIT) -> list[str]:
    """The parts of an HTML text, each at most ``limit`` units and with its tags balanced."""
    if units(html) <= limit:
        return [html]
    parts: list[str] = []
    open_tags: list[str] = []
    current, room = "", limit
    for piece in _pieces(html, limit):
        cost = 0 if _TAG.fullmatch(piece) else 1 if piece.startswith("&") else units(piece)
        if cost > room:
            parts.append(current + _closing(open_tags))
            current, room = "".join(open_tags), limit
        if tag := _TAG.fullmatch(piece):
            open_tags.pop() if tag[1] else open_tags.append(piece)
        current, room = current + piece, room - cost
    parts.append(current + _closing(open_tags))
    return [part for part in parts if _TAG.sub("", part).strip()]


def _pieces(html: str, limit: int) -> list[str]:
    """Tags, character references, and graphemes; one that no message can hold, by characters."""
    found: list[str] = []
    for match in _PIECE.finditer(html):
        piece = match[0]
        whole = piece.startswith("<") or (piece.startswith("&") and len(piece) > 1)
        for grapheme in [piece] if whole else regex.findall(r"\X", piece):
            found.extend([grapheme] if whole or units(grapheme) <= limit else grapheme)
    return found


def _closing(open_tags: list[str]) -> str:
    names = [match[2] for tag in reversed(open_tags) if (match := _TAG.match(tag))]
    return "".join(f"</{name}>" for name in names)
