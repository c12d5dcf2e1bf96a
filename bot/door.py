"""What is done to a raw update before anything is stored: clean it, mask secrets, identify it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.cleaning import clean, mask

SPOKEN = ("text", "caption")
LONGEST_ID = 2**63  # Telegram promises 52 significant bits; the databases have 64


@dataclass(frozen=True, slots=True)
class Opened:
    """A raw update that may be stored."""

    update_id: int
    chat_id: int | None
    raw: str
    identity: str
    masked: str | None

    def row(self, at: datetime) -> dict[str, object]:
        """Its inbox row; ``at`` is real time, UTC."""
        return {
            "identity": self.identity,
            "update_id": self.update_id,
            "chat_id": self.chat_id,
            "raw": self.raw,
            "masked": self.masked,
            "state": "new",
            "attempts": 0,
            "received_at": at,
        }


def open_update(update: dict[str, Any]) -> Opened:
    """Clean and mask every string of an update, and compute its identity.

    The identity covers the id and the content: a redelivery has the same, an update after a reset
    of Telegram's ids has another.
    """
    found: list[str] = []
    cleaned = _walk(update, found)
    raw = json.dumps(cleaned, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    identity = hashlib.sha256(raw.encode()).hexdigest()
    kinds = ",".join(dict.fromkeys(found)) or None
    return Opened(int(cleaned["update_id"]), _chat_id(cleaned), raw, identity, kinds)


def _walk(value: Any, found: list[str], name: str = "") -> Any:
    if isinstance(value, str):
        text = clean(value)
        if name not in SPOKEN:
            return text
        masked = mask(text)
        found.extend(masked.found)
        return masked.text
    if isinstance(value, dict):
        return {clean(str(key)): _walk(inner, found, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_walk(inner, found) for inner in value]
    return value


def _chat_id(update: dict[str, Any]) -> int | None:
    """Whose turn it is: the chat of the message, else the person who pressed or typed."""
    for name, part in update.items():
        if name == "update_id" or not isinstance(part, dict):
            continue
        holder = part.get("message") if name == "callback_query" else part
        for candidate in (holder, part):
            if isinstance(candidate, dict):
                chat = candidate.get("chat") or (part.get("from") if candidate is part else None)
                if isinstance(chat, dict) and _is_id(chat.get("id")):
                    return int(chat["id"])
    return None


def _is_id(value: Any) -> bool:
    """Whether a database can keep it: one number too long must not keep its whole batch out."""
    return isinstance(value, int) and abs(value) < LONGEST_ID


def completed(update: dict[str, Any]) -> dict[str, Any]:
    """Add what the library insists on, nothing here depends on, and a gateway may leave out."""
    query = update.get("callback_query")
    if isinstance(query, dict):
        query.setdefault("chat_instance", "")
    return update
