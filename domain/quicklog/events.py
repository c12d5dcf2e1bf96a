"""Give every client of a text its own part: kind, dates, next step, outcome, note."""

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.quicklog.clauses import Clause
from domain.quicklog.outcome import find_outcome
from domain.quicklog.patterns import lazy
from domain.quicklog.portfolio import short_names
from domain.quicklog.reading import ClientMention, DateMention, Event, Kind, Mention, Moment

_BOTH = lazy(r"两家|三家|\bboth\b")
_ALL = lazy(r"都|均|\ball (?:two|three)\b")
_ROW = lazy(r"\s*(?:和|与|及|跟|、|,|/|\+|&|and|, and)?\s*")


@dataclass(frozen=True, slots=True)
class Parts:
    """What was found in the whole text, to be shared out."""

    text: str
    lowered: str
    clauses: list[Clause]
    clients: list[ClientMention]
    dates: list[DateMention]
    kinds: list[tuple[Kind, int]]
    people: tuple[Mention, ...]
    kind: Kind
    when: Moment | None
    follow_up: Moment | None
    outcome: str | None


def sort_key(moment: Moment) -> datetime:
    """Order dates and datetimes together: a date counts from its midnight."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)


def next_step(dates: list[DateMention], today: date) -> DateMention | None:
    """Pick the earliest step of ours; with none, the client's deadline, then our desk work."""
    for role in ("follow_up", "deadline", "todo"):
        ours = [one for one in dates if one.role == role and sort_key(one.value).date() >= today]
        if ours:
            return min(ours, key=lambda one: sort_key(one.value))
    return None


def contact_day(dates: list[DateMention]) -> Moment | None:
    """Pick the first day on which a contact took place."""
    return next((one.value for one in dates if one.role == "contact"), None)


def make_events(parts: Parts, today: date) -> tuple[Event, ...]:
    """Make one event per client; a text with one client or none gives one event."""
    if len(parts.clients) < 2:
        if parts.kind == "none" and not parts.clients:
            return ()
        client = parts.clients[0] if parts.clients else None
        people = tuple(person.text for person in parts.people)
        return (_event(parts, client, parts.text, people),)
    owners = _owners(parts)
    return tuple(_own(parts, index, owners, today) for index in range(len(parts.clients)))


def _event(parts: Parts, client: ClientMention | None, note: str, people: tuple[str, ...]) -> Event:
    return Event(client, parts.kind, parts.when, parts.follow_up, parts.outcome, people, note)


def _owners(parts: Parts) -> list[int | None]:
    """Say for each character which client's part it is in; None is common ground."""
    marks = _marks(parts)
    owners: list[int | None] = [None] * (len(parts.text) + 1)
    current: int | None = None
    for position in range(len(owners)):
        if position in marks:
            current = marks[position]
        owners[position] = current
    return owners


def _marks(parts: Parts) -> dict[int, int | None]:
    """Find where a client's own part begins: at its name, unless names stand in a row."""
    marks: dict[int, int | None] = {}
    hits = sorted(_mentions(parts))
    starts = [start for start, _, _ in hits]
    for position, (start, _end, index) in enumerate(hits):
        row = position + 1 < len(hits) and _in_row(
            parts.lowered[hits[position][1] : hits[position + 1][0]]
        )
        after_row = position > 0 and _in_row(parts.lowered[hits[position - 1][1] : start])
        marks[_clause_start(parts, start, starts)] = None if row or after_row else index
        if row or after_row:
            marks[start] = None
    for clause in parts.clauses:
        own = clause.start in marks
        if _BOTH.search(clause.text) or (not own and _ALL.search(clause.text)):
            marks[clause.start] = None
    return marks


def _clause_start(parts: Parts, start: int, starts: list[int]) -> int:
    """Let a client's part begin with its clause, unless another client stands earlier in it."""
    clause = next((c for c in parts.clauses if c.start <= start < c.end), None)
    if clause is None:
        return start
    return start if any(clause.start <= left < start for left in starts) else clause.start


def _in_row(between: str) -> bool:
    return bool(_ROW.fullmatch(between))


def _mentions(parts: Parts) -> list[tuple[int, int, int]]:
    """Find each client's name, and later its short name, in the text."""
    found = [(one.start, one.end, index) for index, one in enumerate(parts.clients)]
    for index, one in enumerate(parts.clients):
        lows = {name.lower() for name in short_names(one.text)}
        for low in sorted(lows, key=len, reverse=True):
            position = parts.lowered.find(low, one.end)
            while position >= 0:
                end = position + len(low)
                if not any(left < end and position < right for left, right, _ in found):
                    found.append((position, end, index))
                position = parts.lowered.find(low, end)
    return found


def _own(parts: Parts, index: int, owners: list[int | None], today: date) -> Event:
    own = [one for one in parts.dates if owners[one.start] == index]
    shared = [one for one in parts.dates if owners[one.start] is None]
    step = next_step(own, today) or next_step(shared, today)
    kind = _own_kind(parts, index, owners)
    note = _note(parts, index, owners)
    people = tuple(p.text for p in parts.people if owners[p.start] in {index, None})
    outcome = find_outcome(note.lower(), kind)
    return Event(
        parts.clients[index],
        kind,
        contact_day(own) or contact_day(shared),
        step.value if step else None,
        outcome,
        people,
        note,
    )


def _own_kind(parts: Parts, index: int, owners: list[int | None]) -> Kind:
    for wanted in (index, None):
        for kind, at in parts.kinds:
            if owners[at] == wanted:
                return kind
    return parts.kind


def _note(parts: Parts, index: int, owners: list[int | None]) -> str:
    """Join the clauses of one client, the common ones included."""
    wanted = [
        c
        for c in parts.clauses
        if owners[c.start] in {index, None}
        or any(owners[p] == index for p in range(c.start, c.end))
    ]
    pieces = []
    for clause in wanted:
        kept = "".join(
            parts.text[p] for p in range(clause.start, clause.end) if owners[p] in {index, None}
        )
        if kept.strip():
            pieces.append(kept.strip())
    return " ".join(pieces)
