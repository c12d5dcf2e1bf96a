"""The one place where HTML is made: every fact is escaped, and nothing else can become ``Html``."""

from collections.abc import Iterable
from html import escape


class Html(str):
    """Text that is safe to send as Telegram HTML. Made by this module only."""

    __slots__ = ()


def plain(text: object) -> Html:
    """Any value as text, escaped."""
    return text if isinstance(text, Html) else Html(escape(str(text), quote=False))


def fill(template: str, facts: dict[str, object]) -> Html:
    """A sentence of the catalogue (which may hold tags) with its facts, each escaped."""
    if not facts:
        return Html(template)
    return Html(template.format_map({name: plain(value) for name, value in facts.items()}))


def lines(*parts: Html | None) -> Html:
    """Parts below each other; empty ones leave no gap."""
    return Html("\n".join(part for part in parts if part))


def blocks(*parts: Html | None) -> Html:
    """Parts with an empty line between them."""
    return Html("\n\n".join(part for part in parts if part))


def join(separator: str, parts: Iterable[Html]) -> Html:
    """Parts in one line."""
    return Html(escape(separator, quote=False).join(parts))


def quote(text: str) -> Html:
    """A quotation, folded when long."""
    tag = "<blockquote expandable>" if len(text) > 300 else "<blockquote>"
    return Html(f"{tag}{plain(text)}</blockquote>")


class Cut:
    """Shortens text at a grapheme, never inside one."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, text: str) -> str:
        """``text`` itself, or its beginning and an ellipsis, at most ``limit`` characters."""
        if len(text) <= self.limit:
            return text
        import regex  # only for what is too long

        kept = ""
        for grapheme in regex.findall(r"\X", text):
            if len(kept) + len(grapheme) >= self.limit:
                break
            kept += grapheme
        return kept.rstrip() + "…"


LABEL = Cut(20)
