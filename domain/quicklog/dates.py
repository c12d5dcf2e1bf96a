"""Find every date phrase of a text: tokens, then rules in a cascade, then what is left over."""

import re
from collections.abc import Iterator

from domain.quicklog.clock_rules import CLOCK_RULES, STRETCH_RULES, Rule
from domain.quicklog.day_rules import DAY_RULES, EDGE_RULES
from domain.quicklog.join_rules import JOIN_RULES
from domain.quicklog.period import Context
from domain.quicklog.shift_rules import LUNAR_RULES, SHIFT_RULES
from domain.quicklog.tokens import Token, tokenize

_CASCADE = [
    (re.compile(pattern), build)
    for rules in (
        CLOCK_RULES,
        STRETCH_RULES,
        LUNAR_RULES,
        DAY_RULES,
        EDGE_RULES,
        SHIFT_RULES,
        JOIN_RULES,
    )
    for pattern, build in rules
]
_BEARERS = frozenset("DGX345JWTPYMLEOSKHCgURFhn")


def find_dates(text: str, lowered: str, context: Context) -> list[Token]:
    """Find the date phrases of a folded text; each token's value is a `Period` or a `Stretch`."""
    tokens = tokenize(text, lowered)
    letters = "".join(token.letter for token in tokens)
    if _BEARERS.isdisjoint(letters):
        return []
    for pattern, build in _CASCADE:
        letters = _apply(pattern, build, tokens, letters, context)
    return [token for token in tokens if token.letter in "dpSq"]


def _apply(
    pattern: re.Pattern[str], build: object, tokens: list[Token], letters: str, context: Context
) -> str:
    position = 0
    while match := pattern.search(letters, position):
        start, end = match.span()
        made = build(tokens[start:end], context)  # type: ignore[operator]
        position = start + 1
        if made is not None:
            tokens[start:end] = [made]
            letters = letters[:start] + made.letter + letters[end:]
    return letters


def rules() -> Iterator[Rule]:
    """List the rules in the order in which they are tried."""
    for pattern, build in _CASCADE:
        yield pattern.pattern, build
