"""Find every date phrase of a text: tokens, then rules in a cascade, then what is left over."""

import re
from functools import lru_cache

from domain.quicklog.clock_rules import CLOCK_RULES, STRETCH_RULES
from domain.quicklog.day_cascade import DAY_RULES, EDGE_RULES
from domain.quicklog.join_rules import JOIN_RULES
from domain.quicklog.patterns import lazy
from domain.quicklog.period import Context
from domain.quicklog.shift_rules import LUNAR_RULES, SHIFT_RULES
from domain.quicklog.tokens import Token, tokenize

_RULES = (
    *CLOCK_RULES,
    *STRETCH_RULES,
    *LUNAR_RULES,
    *DAY_RULES,
    *EDGE_RULES,
    *SHIFT_RULES,
    *JOIN_RULES,
)
_PATTERNS = tuple(lazy(pattern) for pattern, _ in _RULES)
_BEARERS = frozenset("DGX3456JWTPYMLEOSKHCgURFhn")
_FOUND = frozenset("dpSq")
_LOOKAROUND = re.compile(r"\(\?<?[=!][^()]*\)")
_ATOM = re.compile(r"\[(?P<set>[^]]*)\](?P<often>[?*]?)|(?P<one>[^?*+^$\\])(?P<rare>[?*]?)")


def find_dates(text: str, lowered: str, context: Context) -> list[Token]:
    """Find the date phrases of a folded text; each token's value is a `Period` or a `Stretch`."""
    tokens = tokenize(text, lowered)
    letters = "".join(token.letter for token in tokens)
    if _BEARERS.isdisjoint(letters):
        return []
    rule = 0
    while found := _next(letters, rule):
        rule, start, end = found
        made = _RULES[rule][1](tokens[start:end], context)
        if made is None:
            letters, rule = _pass_over(letters, rule, start, tokens, context)
            continue
        tokens[start:end] = [made]
        letters = letters[:start] + made.letter + letters[end:]
    return [token for token in tokens if token.letter in _FOUND]


def _pass_over(
    letters: str, rule: int, start: int, tokens: list[Token], context: Context
) -> tuple[str, int]:
    """Try a rule that declined once further on in the text, then go to the next rule."""
    position = start + 1
    while match := _PATTERNS[rule].search(letters, position):
        left, right = match.span()
        made = _RULES[rule][1](tokens[left:right], context)
        if made is not None:
            tokens[left:right] = [made]
            letters = letters[:left] + made.letter + letters[right:]
        position = left + 1
    return letters, rule + 1


@lru_cache(maxsize=8192)
def _next(letters: str, first: int) -> tuple[int, int, int] | None:
    """Find the first rule from `first` on that matches anywhere, and where."""
    for rule in _possible(frozenset(letters)):
        if rule >= first and (match := _PATTERNS[rule].search(letters)):
            return rule, match.start(), match.end()
    return None


@lru_cache(maxsize=4096)
def _possible(letters: frozenset[str]) -> tuple[int, ...]:
    """List the rules for which a text with these word classes has all that is needed."""
    return tuple(
        rule
        for rule, branches in enumerate(_needs())
        if any(all(not letters.isdisjoint(one) for one in branch) for branch in branches)
    )


@lru_cache(maxsize=1)
def _needs() -> tuple[tuple[tuple[frozenset[str], ...], ...], ...]:
    """Read from each rule's pattern which word classes each of its branches cannot do without."""
    return tuple(
        tuple(_needed(branch) for branch in _LOOKAROUND.sub("", pattern).split("|"))
        if "(?:" not in pattern
        else ((),)
        for pattern, _ in _RULES
    )


def _needed(branch: str) -> tuple[frozenset[str], ...]:
    needed = []
    for atom in _ATOM.finditer(branch):
        if not (atom["often"] or atom["rare"]):
            needed.append(frozenset(atom["set"].replace("\\", "") if atom["set"] else atom["one"]))
    return tuple(needed)
