"""What leaves the house: one visible message, stored beside its effects and sent afterwards."""

import json
from dataclasses import dataclass, field
from typing import Any, Self

MAX_ROWS = 4


@dataclass(frozen=True, slots=True)
class Key:
    """A button as it is sent: a label and exactly one of press data, text to copy, or address."""

    label: str
    data: str | None = None
    copy: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or document as a recipe; it is made when it is sent."""

    kind: str  # "photo" or "document"
    recipe: str
    facts: dict[str, Any] = field(default_factory=dict)


def _fields(part: Any) -> dict[str, Any]:
    """A part of a reply by its fields; ``asdict`` would copy every string of every key."""
    return {name: getattr(part, name) for name in part.__slots__}


Rows = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer or push. ``text`` is HTML; ``edit`` changes the pressed message in place."""

    text: str
    rows: Rows = ()
    edit: bool = False
    toast: str | None = None
    alert: bool = False
    protect: bool = True
    silent: bool = False
    attached: Attached | None = None
    delete: tuple[int, ...] = ()

    def to_json(self) -> str:
        """For the inbox row."""
        return json.dumps(self, default=_fields, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """From the inbox row."""
        data = json.loads(text)
        data["rows"] = tuple(tuple(Key(**key) for key in row) for row in data["rows"])
        data["delete"] = tuple(data["delete"])
        if data["attached"] is not None:
            data["attached"] = Attached(**data["attached"])
        return cls(**data)
