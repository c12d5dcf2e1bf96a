"""Find the client by grammar alone: where a name stands, and what names look like."""

from collections.abc import Iterable

from domain.quicklog.clients_en import english
from domain.quicklog.clients_zh import chinese
from domain.quicklog.ground import HAN, Ground
from domain.quicklog.patterns import lazy
from domain.quicklog.reading import ClientMention

_HAS_HAN = lazy(f"[{HAN}]")


_JOINER = lazy(r"\s*(?:和|与|及|以及|跟|、|,|/|\+|＆|&)\s*")


def find_clients(ground: Ground) -> list[ClientMention]:
    """Find the clients that a text names, in its order; none rather than a doubtful one."""
    spans = chinese(ground) if _HAS_HAN.search(ground.masked) else []
    spans += english(ground)
    named: dict[str, ClientMention] = {}
    for start, end in _disjoint(_trimmed(ground, span) for span in spans):
        shown = ground.text[start:end]
        named.setdefault(shown.lower(), ClientMention(shown, start, end))
    return list(named.values())


def _trimmed(ground: Ground, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while end > start and ground.text[end - 1] in " .,;:'-!、，。":
        end -= 1
    if ground.text[start:end].lower().endswith("'s"):
        end -= 2
    return start, end


def _disjoint(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end - start >= 2 and not any(left < end and start < right for left, right in kept):
            kept.append((start, end))
    return kept
