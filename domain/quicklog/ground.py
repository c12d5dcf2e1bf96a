"""What the search for clients may look at, and words that stand for no client."""

from dataclasses import dataclass

from domain.quicklog.clauses import Clause
from domain.quicklog.company_words import BANKS, NOBODY
from domain.quicklog.kinds import KindHit
from domain.quicklog.patterns import lazy

HAN = "\u4e00-\u9fff"


# Rival banks by their short names, and our own departments.
_CONTRACTED = lazy(r"'(?:re|ve|ll|s|d|m)$")
_INSIDE = lazy(r"(?:工|建|农|中|交|招)行|(?:分|支|总|我)行|.{0,6}(?:部|投行|中心)$")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the search for clients may look at; all strings have the text's own length."""

    text: str
    masked: str
    kinds: list[KindHit]
    taken: list[tuple[int, int]]
    clauses: list[Clause]


def is_nobody(name: str) -> bool:
    """Tell whether a word stands for no client: a colleague, a rival bank, a pronoun."""
    low = _CONTRACTED.sub("", name.lower().strip(" .'"))
    if _INSIDE.match(low):
        return True
    return low in NOBODY or low in BANKS or low.endswith(("银行", "支行", "分行")) or not low
