"""Texts with entities: what the bot sends, what people type, and how the page shows both."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.html_text import Entity, parse, utf16_length
from sandbox.refusal import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 1 << 15

FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<url>\bhttps?://[^\s<>\"]+)"
    r"|(?P<email>\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\b)"
    r"|(?P<mention>(?<!\w)@[A-Za-z0-9_]{3,32}\b)"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)
OPENING = {
    "bold": "<b>",
    "italic": "<i>",
    "underline": "<u>",
    "strikethrough": "<s>",
    "spoiler": '<span class="spoiler">',
    "code": "<code>",
    "pre": "<pre>",
    "blockquote": "<blockquote>",
    "expandable_blockquote": "<blockquote>",
    "custom_emoji": "<span>",
}


@dataclass(frozen=True)
class Formatted:
    """A text and its entities, positions in UTF-16 units."""

    text: str
    entities: list[Entity] = field(default_factory=list)

    def fields(self, text: str = "text", entities: str = "entities") -> dict[str, Any]:
        """As the fields of a message; absent when empty, as Telegram leaves them out."""
        shown: dict[str, Any] = {text: self.text} if self.text else {}
        return shown | ({entities: self.entities} if self.entities else {})


def as_sent(source: str, parse_mode: str, entities: list[Entity] | None) -> Formatted:
    """What Telegram makes of a text from the bot; raises Refusal."""
    if len(source.encode("utf-8", "surrogatepass")) > RAW_LIMIT:
        raise bad_request("text is too long")
    _must_be_unicode(source)
    match parse_mode.lower():
        case "" | "none":
            formatted = Formatted(source, _checked(entities or []))
        case "html":
            formatted = Formatted(*parse(source))
        case "markdown" | "markdownv2":
            raise bad_request("the sandbox reads parse_mode HTML only, not Markdown")
        case _:
            raise bad_request("unsupported parse_mode")
    return _with_found(_trimmed(_cleaned(formatted)))


def message_text(source: str, parse_mode: str, entities: list[Entity] | None) -> Formatted:
    """The text of a message: 1 to 4096 UTF-16 units after parsing."""
    if not source:
        raise bad_request("message text is empty")
    formatted = as_sent(source, parse_mode, entities)
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return formatted


def caption(source: str, parse_mode: str, entities: list[Entity] | None) -> Formatted:
    """A caption: up to 1024 UTF-16 units after parsing."""
    formatted = as_sent(source, parse_mode, entities)
    if utf16_length(formatted.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return formatted


def as_typed(source: str) -> Formatted:
    """What a person types: no markup, but commands, links and mentions are recognised."""
    return _with_found(_trimmed(Formatted(source)))


def _must_be_unicode(source: str) -> None:
    try:
        source.encode()
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


def _checked(entities: list[Entity]) -> list[Entity]:
    for entity in entities:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys():
            raise bad_request('can\'t parse MessageEntity: Field "offset" is required')
    return sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def _cleaned(formatted: Formatted) -> Formatted:
    """Control characters become spaces, as Telegram does it; the length stays the same."""
    clean = "".join(" " if c < " " and c != "\n" else c for c in formatted.text)
    return Formatted(clean.replace("\u2028", " ").replace("\u202e", " "), formatted.entities)


def _trimmed(formatted: Formatted) -> Formatted:
    text = formatted.text.rstrip(" \n\t\r")
    head = len(text) - len(text.lstrip(" \n\t\r"))
    length = utf16_length(text) - head
    kept = []
    for entity in formatted.entities:
        begin = max(0, entity["offset"] - head)
        end = min(length, entity["offset"] + entity["length"] - head)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return Formatted(text[head:], kept)


def _with_found(formatted: Formatted) -> Formatted:
    """Adds the entities that Telegram finds by itself where none was given."""
    taken = [
        (e["offset"], e["offset"] + e["length"])
        for e in formatted.entities
        if e["type"] in ("text_link", "code", "pre", "text_mention")
    ]
    found = list(formatted.entities)
    for match in FOUND.finditer(formatted.text):
        begin = utf16_length(formatted.text[: match.start()])
        end = begin + utf16_length(match.group())
        if not any(low < end and begin < high for low, high in taken):
            found.append({"type": match.lastgroup, "offset": begin, "length": end - begin})
    found.sort(key=lambda e: (e["offset"], -e["length"]))
    return Formatted(formatted.text, found)


def as_html(text: str, entities: list[Entity]) -> str:
    """Safe HTML for the page: everything escaped, only the entities become tags."""
    opening: dict[int, list[Entity]] = {}
    closing: dict[int, list[str]] = {}
    for entity in entities:
        opening.setdefault(entity["offset"], []).append(entity)
    out: list[str] = []
    at = 0
    for letter in text:
        out += reversed(closing.pop(at, []))
        for entity in opening.pop(at, []):
            covered = _slice(text, entity)
            start, end = _tags(entity, covered)
            out.append(start)
            closing.setdefault(entity["offset"] + entity["length"], []).append(end)
        out.append(html.escape(letter))
        at += utf16_length(letter)
    for rest in sorted(closing):
        out += reversed(closing[rest])
    return "".join(out)


def _slice(text: str, entity: Entity) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")
    begin, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
    return raw[begin:end].decode("utf-16-le", "replace")


def _tags(entity: Entity, covered: str) -> tuple[str, str]:
    if entity["type"] in OPENING:
        start = OPENING[entity["type"]]
        return start, f"</{start[1:-1].split()[0]}>"
    match entity["type"]:
        case "text_link":
            return _link(entity["url"])
        case "url":
            return _link(covered)
        case "bot_command":
            command = html.escape(covered, quote=True)
            return f'<a href="#" data-command="{command}">', "</a>"
    return f'<span class="{html.escape(entity["type"], quote=True)}">', "</span>"


def _link(url: str) -> tuple[str, str]:
    safe = url if re.match(r"(?i)(https?|tg|mailto):", url) else f"https://{url}"
    href = html.escape(safe, quote=True)
    return f'<a href="{href}" target="_blank" rel="noopener noreferrer">', "</a>"
