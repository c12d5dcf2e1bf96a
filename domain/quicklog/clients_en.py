"""Find client names in English: capitals, and small words after a strong lead."""

import re

from domain.quicklog.company_words import STOP_EN
from domain.quicklog.ground import Ground, is_nobody
from domain.quicklog.patterns import lazy

_EN_WORD = lazy(r"[A-Za-z][\w&'.\-]*|&|\d[\w&]*")


_EN_AT = lazy(
    r"(?<![a-z])(?:at|@|with|to|from|for|re|by|into|see|w/|w)\s+(?:the\s+)?(?:team at\s+"
    r"|folks at\s+)?",
    re.I,
)


_EN_MOVE = lazy(
    r"\b(?:make|moved?|moving|postponed?|rescheduled?|reschedule|push(?:ed)?|cancel(?:led)?"
    r"|bump(?:ed)?|chase|send|remind)\s+",
    re.I,
)


_EN_HEADING = lazy(r"^\s*(?P<name>(?:[A-Z][\w&'.\-]*|&)(?:\s(?:[A-Z][\w&'.\-]*|&))*)\s*(?::|\s-\s)")


_EN_ROLE = lazy(r"\((?:CFO|CEO|COO|FD|MD|owner|director|treasurer|finance)(?:,| at| of)\s(?=[A-Z])")


_EN_SUBJECT = lazy(
    r"^\s*(?P<name>(?:[A-Z0-9][\w&'.\-]*|&)(?:\s+(?:[A-Z0-9][\w&'.\-]*|&|of|and(?= [A-Z])))*)"
    r"\s*(?::|,|-|\s)\s*(?:came|called|rang|wants?|needs?|is|are|was|has|have|had"
    r"|said|says|asked|will|would|phoned|emailed|texted"
    r"|confirmed|signed|declined|agreed|just|visited|still|loan|deposit|renewal"
    r"|not|didn't|no|moved|dropped|popped|walked|cancel\w*|postponed|keen|interested"
    r"|paid|repaid|drew|transferred|wired|opened|closed|renewed|bought|sold|plans?"
    r"|expects?|hired|expand\w*|missed|requested|sent|returned|accepted|chose|switch\w*"
    r"|think\w*|looking|considering|hopes?|prefers?|approved|rejected|going"
    r"|happy|maturity|facility|due|matures|visit|meeting|call|lunch|to)\b"
)


_PARTICLE = lazy(r"(?:the|with|to|at|on|by|in|from|up with)\s", re.I)
_NEXT = lazy(r" (?=[A-Z&\d])| (?=& )")
_JOINED = lazy(
    r"\s*(?:&|and|/|,\s*and|,(?=\s*[A-Z][\w&]+(?:,| and ) ?[A-Z]))\s*(?=[A-Z\u4e00-\u9fff])"
)


_CAPITAL = lazy(r"\s[A-Z]")
_EN_SHAPE = lazy(
    r"(?:[A-Z][\w&'\-]*\s|&\s){1,3}(?:Foods?|Ltd|Limited|Inc|LLC|LLP|PLC|plc|Corp|GmbH|Co|Group|Holdings"
    r"|Industries|Industrial|Partners|Logistics|Trading|Imports|Exports|Publishing|Motors|Textiles"
    r"|Roasters|Bakery|Cafe|Hotel|Farms?|Pharma|Electronics|Engineering|Systems|Services|Solutions"
    r"|Manufacturing|Builders|Construction|Properties|Media|Studios?|Stores?|Supplies)\b\.?"
)


def english(ground: Ground) -> list[tuple[int, int]]:
    """Take the best evidence there is: a place, a contact verb, a subject, a preposition."""
    verbs = [_en_name(ground, hit.end, loose=True) for hit in ground.kinds if hit.word.isascii()]
    verbs += [_en_name(ground, m.end(), loose=False) for m in _EN_MOVE.finditer(ground.masked)]
    at = [(m, _en_name(ground, m.end(), loose=True)) for m in _EN_AT.finditer(ground.masked)]
    places = [span for m, span in at if m[0].strip().lower().split()[0] in {"at", "@", "from"}]
    at = [
        (m, span)
        for m, span in at
        if m[0].strip().lower() != "with"
        or "came" not in ground.masked[max(0, m.start() - 9) : m.start()]
    ]
    places += [_en_name(ground, m.end(), loose=False) for m in _EN_ROLE.finditer(ground.masked)]
    others = [span for _, span in at if span and span not in places][:1]
    groups = (places, verbs, _en_subjects(ground)[:1], others, _shapes(ground))
    for small in (False, True):
        for group in groups:
            named = [span for span in group if span and small == _is_small(ground, span)]
            if named:
                return _with_list(ground, named)
    return []


def _is_small(ground: Ground, span: tuple[int, int]) -> bool:
    return ground.masked[span[0] : span[1]].islower()


def _shapes(ground: Ground) -> list[tuple[int, int]]:
    """Find names by their company word: Tuttle Fine Foods."""
    return [match.span() for match in _EN_SHAPE.finditer(ground.masked)]


def _with_list(ground: Ground, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add what `and` joins: Acme and Globex."""
    made = list(spans)
    for _, end in spans:
        joined = _JOINED.match(ground.masked, end)
        more = _en_name(ground, joined.end(), loose=False) if joined else None
        if more:
            made.extend(_with_list(ground, [more]))
    return made


def _en_name(ground: Ground, start: int, *, loose: bool) -> tuple[int, int] | None:
    """Read a name at `start`: words with capitals, or one small word after a strong lead."""
    text = ground.masked
    while start < len(text) and text[start] in " :":
        start += 1
    if _PARTICLE.match(text, start):
        return None
    end, first = start, True
    while word := _EN_WORD.match(text, end):
        if any(left <= word.start() < right for left, right in ground.taken):
            break
        low = word[0].lower().strip(".'")
        capital = word[0][0].isupper() or word[0][0].isdigit() or word[0] == "&"
        if (low in STOP_EN and not (capital and not first)) or (low in STOP_EN and first):
            break
        if not capital and (not (first and loose) or low.endswith(("ed", "ing", "ly"))):
            break
        stop = word[0].endswith((".", ",")) and len(word[0]) > 3
        stop = stop or (low.endswith("'s") and not _CAPITAL.match(text, word.end()))
        end = word.end()
        if stop or not capital:
            break
        first = False
        gap = _NEXT.match(text, end)
        if gap is None:
            break
        end = gap.end()
    name = text[start:end].strip()
    fit = len(name) >= 2 and not name.isdigit() and not is_nobody(name)
    return (start, start + len(name)) if fit else None


def _en_subjects(ground: Ground) -> list[tuple[int, int]]:
    spans = [match.span("name") for match in _EN_HEADING.finditer(ground.masked)]
    for clause in ground.clauses:
        match = _EN_SUBJECT.match(ground.masked[clause.start : clause.end])
        if match is None or is_nobody(match["name"]):
            continue
        start, end = clause.start + match.start("name"), clause.start + match.end("name")
        if any(hit.start <= start < hit.end for hit in ground.kinds):
            continue
        if any(left < end and start < right for left, right in ground.taken):
            continue
        spans.append((start, end))
    return spans
