"""Buttons as typed values: what a press means, in at most 64 bytes, sealed for one person.

A press is a frozen dataclass of small values. Its wire form is ``VcccBODYMAC``: a version digit,
the code of its class, the fields, and a seal over all of it and the person's Telegram id. A press
that was made for someone else, by an older layout or by hand does not open.
"""

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import (
    Any,
    ClassVar,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

VERSION = "1"
MAX_BYTES = 64
_MAC_CHARS = 8
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Press:
    """Base of every button. ``code`` is the button's name on the wire and never changes."""

    code: ClassVar[str]


P = TypeVar("P", bound=type[Press])
_presses: dict[str, type[Press]] = {}


@dataclass_transform(frozen_default=True)
def button(code: str) -> Callable[[P], P]:
    """Make a class a button: a frozen dataclass with a code of its own."""

    def register(cls: P) -> P:
        made: P = dataclass(frozen=True, slots=True)(cls)  # type: ignore[assignment]
        made.code = code
        if code in _presses or ":" in code:
            raise ValueError(f"button code {code!r} is taken or unusable")
        _presses[code] = made
        return made

    return register


class NotOurs(Exception):
    """The data of a press was not made by us for this person."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens buttons for one Telegram account."""

    key: bytes
    telegram_id: int

    def close(self, press: Press) -> str:
        """The wire form of a press."""
        values = [_pack(kind, getattr(press, name)) for name, kind, _ in _layout(type(press))]
        body = VERSION + ":".join([press.code, *values])
        wire = f"{body}:{self._mac(body)}"
        if len(wire.encode()) > MAX_BYTES:
            raise ValueError(f"{press} does not fit into {MAX_BYTES} bytes")
        return wire

    def open(self, wire: str) -> Press:
        """The press behind a wire form. Raises ``NotOurs``."""
        body, _, mac = wire.rpartition(":")
        if not hmac.compare_digest(mac.encode(), self._mac(body).encode()):
            raise NotOurs
        code, *values = body.removeprefix(VERSION).split(":")
        cls = _presses.get(code)
        if cls is None or not body.startswith(VERSION):
            raise NotOurs
        layout = _layout(cls)
        if len(layout) != len(values):
            raise NotOurs
        try:
            facts = {
                name: _unpack(kind, optional, value)
                for (name, kind, optional), value in zip(layout, values, strict=True)
            }
        except (ValueError, KeyError) as error:
            raise NotOurs from error
        return cls(**facts)

    def _mac(self, body: str) -> str:
        message = f"{self.telegram_id}|{body}".encode()
        digest = hmac.digest(self.key, message, "sha256")
        return base64.urlsafe_b64encode(digest)[:_MAC_CHARS].decode()


Layout = tuple[tuple[str, Any, bool], ...]
_layouts: dict[str, Layout] = {}


def _layout(cls: type[Press]) -> Layout:
    """The fields of a press: name, type, and whether it may be missing; looked up once a class."""
    found = _layouts.get(cls.code)
    if found is None:
        hints = get_type_hints(cls)
        found = tuple(
            (each.name, *_bare(hints[each.name]))
            for each in fields(cls)  # type: ignore[arg-type]
        )
        _layouts[cls.code] = found
    return found


def _bare(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) is UnionType:
        (inner,) = [arg for arg in get_args(hint) if arg is not NoneType]
        return inner, True
    return hint, False


def _pack(kind: Any, value: Any) -> str:
    if value is None:
        return "~"
    if kind is bool:
        return "1" if value else "0"
    if kind is int:
        return _base36(value)
    if kind is date:
        return _base36(value.toordinal())
    text = str(value.value if isinstance(value, Enum) else value)
    if ":" in text or text == "~":
        raise ValueError(f"{text!r} cannot stand on a button")
    return text


def _unpack(kind: Any, optional: bool, text: str) -> Any:
    if text == "~" and optional:
        return None
    if kind is bool:
        return text == "1"
    if kind is int:
        return int(text, 36)
    if kind is date:
        return date.fromordinal(int(text, 36))
    return kind(text)


def _base36(number: int) -> str:
    sign, number = ("-", -number) if number < 0 else ("", number)
    out = ""
    while number:
        number, digit = divmod(number, 36)
        out = _DIGITS[digit] + out
    return sign + (out or "0")
