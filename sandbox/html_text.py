"""Telegram's HTML, read as strictly as Telegram reads it.

The rules and the wording of the errors follow Telegram's own parser; positions in errors are
byte offsets in UTF-8, positions in entities are UTF-16 units, both as in the Bot API.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.refusal import bad_request

Entity = dict[str, Any]

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
SPACE = " \t\r\n\0\v\f"
NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


def utf16_length(text: str) -> int:
    """The length as Telegram counts it: in UTF-16 code units."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


@dataclass
class Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    begin: int


@dataclass
class Reader:
    """One pass over one text."""

    source: str
    at: int = 0
    offset: int = 0
    out: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)

    def error(self, reason: str) -> Exception:
        """A refusal with the words that Telegram puts before the reason."""
        return bad_request(f"can't parse entities: {reason}")

    def byte(self, position: int) -> int:
        """A position in the text as a byte offset in UTF-8."""
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.source[self.at] if self.at < len(self.source) else ""

    def skip_space(self) -> None:
        """Moves on to what is no white space."""
        while self.peek() and self.peek() in SPACE:
            self.at += 1

    def take_until(self, stops: str) -> str:
        """Reads up to one of `stops` or the end."""
        begin = self.at
        while self.peek() and self.peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def emit(self, text: str) -> None:
        """Adds plain text to the result."""
        self.out.append(text)
        self.offset += utf16_length(text)


def parse(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities; raises Refusal with Telegram's wording."""
    reader = Reader(source)
    while reader.at < len(source):
        letter = source[reader.at]
        if letter == "<":
            _read_tag(reader)
        elif letter == "&":
            reader.emit(_read_reference(reader))
        else:
            reader.emit(reader.take_until("<&"))
    if reader.open:
        tag = reader.open[-1].tag
        raise reader.error(f'Can\'t find end tag corresponding to start tag "{tag}"')
    for entity in reader.entities:
        entity.pop("_language", None)
    reader.entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return "".join(reader.out), reader.entities


def _read_reference(reader: Reader) -> str:
    """A character reference; one that Telegram does not know stays as it is written."""
    match = REFERENCE.match(reader.source, reader.at)
    character = _character(match) if match else ""
    if match is None or not character:
        reader.at += 1
        return "&"
    reader.at = match.end()
    return character


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return CHARACTERS.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    too_long = len(match.group().rstrip(";")) >= 10
    return "" if code == 0 or code >= 0x10FFFF or too_long else chr(code)


def _read_tag(reader: Reader) -> None:
    begin = reader.at
    reader.at += 1
    if reader.peek() == "/":
        reader.at += 1
        _read_end(reader, begin)
    else:
        _read_start(reader, begin)


def _read_start(reader: Reader, begin: int) -> None:
    tag = reader.take_until(SPACE + ">").lower()
    if not reader.peek():
        raise reader.error(f"Unclosed start tag at byte offset {reader.byte(begin)}")
    if tag not in TYPES:
        raise reader.error(f'Unsupported start tag "{tag}" at byte offset {reader.byte(begin)}')
    argument = ""
    while reader.peek() != ">":
        reader.skip_space()
        if reader.peek() == ">":
            break
        name, value = _read_attribute(reader, tag, begin)
        argument = _argument(tag, name, value) or argument
    reader.at += 1
    if tag == "span" and argument != "spoiler":
        where = reader.byte(begin)
        raise reader.error(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    reader.open.append(Open(tag, argument, reader.offset, len(reader.out)))


def _read_attribute(reader: Reader, tag: str, begin: int) -> tuple[str, str]:
    name = reader.take_until(SPACE + "=>/\"'")
    where = reader.byte(begin)
    if not name:
        raise reader.error(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
    reader.skip_space()
    if not reader.peek():
        raise reader.error(f'Unclosed start tag "{tag}" at byte offset {where}')
    if reader.peek() != "=":
        return name, ""
    reader.at += 1
    reader.skip_space()
    if not reader.peek():
        raise reader.error(f'Unclosed start tag "{tag}" at byte offset {where}')
    value = _read_quoted(reader) if reader.peek() in "\"'" else _read_token(reader)
    if not reader.peek():
        raise reader.error(f"Unclosed start tag at byte offset {where}")
    return name, value


def _read_token(reader: Reader) -> str:
    begin = reader.at
    match = NAME_TOKEN.match(reader.source, reader.at)
    reader.at = match.end() if match else reader.at
    if reader.peek() not in SPACE + ">":
        raise reader.error(f"Unexpected end of name token at byte offset {reader.byte(begin)}")
    return reader.source[begin : reader.at].lower()


def _read_quoted(reader: Reader) -> str:
    quote = reader.peek()
    reader.at += 1
    value: list[str] = []
    while reader.peek() not in (quote, ""):
        if reader.peek() == "&":
            value.append(_read_reference(reader))
        else:
            value.append(reader.take_until(quote + "&"))
    reader.at += 1
    return "".join(value)


def _argument(tag: str, name: str, value: str) -> str:
    match (tag, name):
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "1"
    return ""


def _read_end(reader: Reader, begin: int) -> None:
    where = reader.byte(begin)
    if not reader.open:
        raise reader.error(f"Unexpected end tag at byte offset {where}")
    found = reader.take_until(SPACE + ">").lower()
    reader.skip_space()
    if reader.peek() != ">":
        raise reader.error(f"Unclosed end tag at byte offset {where}")
    reader.at += 1
    last = reader.open.pop()
    if found and found != last.tag:
        raise reader.error(
            f"Unmatched end tag at byte offset {where}, "
            f'expected "</{last.tag}>", found "</{found}>"'
        )
    if reader.offset > last.offset:
        _close(reader, last)


def _close(reader: Reader, last: Open) -> None:
    entity: Entity = {
        "type": TYPES[last.tag],
        "offset": last.offset,
        "length": reader.offset - last.offset,
    }
    if last.tag == "a":
        entity["url"] = last.argument or "".join(reader.out[last.begin :])
    elif last.tag == "tg-emoji":
        if not last.argument.isdigit() or int(last.argument) == 0:
            raise reader.error("Invalid custom emoji identifier specified")
        entity["custom_emoji_id"] = last.argument
    elif last.tag == "blockquote" and last.argument:
        entity["type"] = "expandable_blockquote"
    elif last.tag in ("pre", "code") and _joined_with_code(reader, last, entity):
        return
    if last.tag == "code" and last.argument:
        entity["_language"] = last.argument
    reader.entities.append(entity)


def _joined_with_code(reader: Reader, last: Open, entity: Entity) -> bool:
    """`<pre><code class="language-x">` is one entity with a language, not two."""
    before = reader.entities[-1] if reader.entities else None
    if not before or (before["offset"], before["length"]) != (entity["offset"], entity["length"]):
        return False
    if last.tag == "pre" and before["type"] == "code" and "_language" in before:
        before.update(type="pre", language=before.pop("_language"))
        return True
    if last.tag == "code" and before["type"] == "pre" and last.argument:
        before["language"] = last.argument
        return True
    return False
