"""What a use case may ask of its surroundings: the bank's rules and the calendar.

They ride on ``session.info`` so that a use case keeps the one shape
``(session, actor, wish, now)`` and touches nothing but the session.
"""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from domain.calendar import Calendar, WeekdayCalendar
from domain.rules import Rules

_KEY = "house"


@dataclass(frozen=True, slots=True)
class House:
    """The settings a use case obeys."""

    rules: Rules = field(default_factory=Rules)
    calendar: Calendar = field(default_factory=WeekdayCalendar)


def furnish(session: Session, house: House) -> None:
    """Give a session its surroundings; only ``Database`` calls this."""
    session.info[_KEY] = house


def house(session: Session) -> House:
    """The surroundings of this session."""
    found: House = session.info[_KEY]
    return found
