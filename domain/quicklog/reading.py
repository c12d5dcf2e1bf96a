"""What a quick-log text says, as frozen values.

Dates and times are local to the writer: a `date` when no time of day was named, otherwise a naive
`datetime`. `start` and `end` index the text as it was written; `text` is that slice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["visit", "call", "message", "meeting", "none"]
Intent = Literal["log", "plan", "move", "entry", "search", "none"]
Role = Literal["contact", "follow_up", "maturity", "promise", "deadline", "event", "todo"]
Certainty = Literal["certain", "candidates", "unknown"]
Moment = date | datetime
Number = int | float


@dataclass(frozen=True, slots=True)
class Mention:
    """A piece of the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClientMention(Mention):
    """A client in the text; `ids` best first and `name` the stored one when an index was given."""

    ids: tuple[int, ...] = ()
    certainty: Certainty = "unknown"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DateMention(Mention):
    """A date; `until` is the end of a span, `others` are its other usual readings."""

    value: Moment
    role: Role
    until: Moment | None = None
    others: tuple[Moment, ...] = ()
    provisional: bool = False

    @property
    def timed(self) -> bool:
        """Whether a time of day was named."""
        return isinstance(self.value, datetime)


@dataclass(frozen=True, slots=True)
class AmountMention(Mention):
    """Money as a plain number; `currency` (ISO 4217) is None when none was written."""

    value: Number
    currency: str | None = None
    others: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class RateMention(Mention):
    """A rate as written: 3.5 for 3.5 %; the unit is % , ‰ or bp."""

    value: float
    unit: str = "%"


@dataclass(frozen=True, slots=True)
class NeedMention(Mention):
    """A need or product; `code` is stable, `text` as written."""

    code: str


@dataclass(frozen=True, slots=True)
class Doubt(Mention):
    """Something to ask about; `others` are the values it may stand for."""

    question: Literal["amount_unit", "date"]
    others: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurring(Mention):
    """A rhythm: every `every` units; `weekday` Monday 0, `monthday` 1–31 or -1 for the last."""

    unit: Literal["day", "workday", "week", "month", "quarter", "year"]
    every: int
    first: Moment
    weekday: int | None = None
    monthday: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Progress on a target: `+存款 500万 绿源`; `count` for metrics that are not money."""

    metric: str
    amount: AmountMention | None
    client: ClientMention | None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One contact, or one client's part of it, with its own next step."""

    client: ClientMention | None
    kind: Kind
    when: Moment | None
    follow_up: Moment | None
    outcome: str | None
    people: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How one text is understood. The whole text stays the note of whoever stores it."""

    text: str
    kind: Kind
    intent: Intent
    clients: tuple[ClientMention, ...] = ()
    when: Moment | None = None
    follow_up: Moment | None = None
    follow_up_timed: bool = False
    alternatives: tuple[Moment, ...] = ()
    dates: tuple[DateMention, ...] = ()
    amounts: tuple[AmountMention, ...] = ()
    rates: tuple[RateMention, ...] = ()
    needs: tuple[NeedMention, ...] = ()
    outcome: str | None = None
    people: tuple[Mention, ...] = ()
    note: str = ""
    events: tuple[Event, ...] = ()
    entry: Entry | None = None
    recurring: Recurring | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A change to the log just written; None in a field means: leave it."""

    text: str
    amount: AmountMention | None = None
    follow_up: Moment | None = None
    when: Moment | None = None
    kind: Kind | None = None
    client: ClientMention | None = None
    rate: RateMention | None = None
    cancelled: bool = False
    dates: tuple[DateMention, ...] = ()
