"""What comes every day or week: the next occurrence of each, kept as an instant in a row."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.hours import instant, is_quiet, next_occurrence
from domain.people import Role
from storage.house import House, house
from storage.outbox import Lane, owe
from storage.people import Person
from storage.targets import Routine

BATCH = 500


@dataclass(frozen=True, slots=True)
class Habit:
    """One thing that comes by itself: when, on which weekdays (None: every working day)."""

    at: Callable[[House, Person], time]
    weekday: int | None
    lane: Lane


def _digest_at(home: House, person: Person) -> time:
    """The digest's time, spread over some minutes by a number of the person's own."""
    spread = home.rules.digest_spread_minutes * 60
    offset = zlib.crc32(f"digest:{person.id}".encode()) % spread if spread else 0
    base = datetime.combine(date(2000, 1, 1), home.rules.digest_at)
    return (base + timedelta(seconds=offset)).time()


HABITS: dict[str, Habit] = {
    "digest": Habit(_digest_at, None, Lane.DIGEST),
    "plan": Habit(lambda home, person: time(8, 30), 0, Lane.DIGEST),
    "gap": Habit(lambda home, person: time(16, 30), 4, Lane.DIGEST),
}
ROLES = {Role.MANAGER, Role.LEAD}


def plan_all(session: Session, person: Person, now: datetime) -> None:
    """(Re)compute every next occurrence, after binding or a change of zone or hours."""
    if Role(person.role) not in ROLES:
        return
    for kind in HABITS:
        row = session.get(Routine, (person.id, kind))
        if row is None:
            row = Routine(person_id=person.id, kind=kind, next_at=now)
            session.add(row)
        row.next_at = next_for(house(session), person, kind, now)


def next_for(home: House, person: Person, kind: str, now: datetime) -> datetime:
    """The next instant for a habit on the person's own clock."""
    habit = HABITS[kind]
    zone = person.as_actor().zone
    moment = next_occurrence(now, habit.at(home, person), zone)
    while not _fits(home, person, habit, moment):
        moment = next_occurrence(moment, habit.at(home, person), zone)
    return moment


def _fits(home: House, person: Person, habit: Habit, moment: datetime) -> bool:
    day = moment.astimezone(person.as_actor().zone).date()
    if habit.weekday is not None and day.weekday() != habit.weekday:
        return False
    return works(home, person, day)


def works(home: House, person: Person, day: date) -> bool:
    """Whether this is a working day of the person.

    With the usual Monday-to-Friday week the calendar decides, holidays and 调休 included; someone
    with other working days keeps those.
    """
    actor = person.as_actor()
    if actor.workdays == 0b0011111:
        return home.calendar.is_workday(day)
    return actor.works_on(day.weekday())


def owe_due(session: Session, now: datetime) -> list[tuple[str, int]]:
    """Put what has come due into the outbox, one a person, kind and local date; plan the next.

    After a long sleep only the latest occurrence is owed: the next one is computed from ``now``.
    Returns (kind, person id) of everything that came round.
    """
    query = (
        select(Routine, Person)
        .join(Person, Person.id == Routine.person_id)
        .where(Routine.next_at <= now)
        .order_by(Routine.next_at)
        .limit(BATCH)
    )
    rows = session.execute(query).all()
    home = house(session)
    for routine, person in rows:
        local = now.astimezone(person.as_actor().zone)
        wanted = (
            person.active and person.telegram_id is not None and not person.is_away(local.date())
        )
        if wanted and _still_useful(home, routine, person, now):
            owe(session, f"{routine.kind}:{person.id}:{local.date()}", routine.kind, person.id,
                routine.next_at, lane=HABITS[routine.kind].lane)  # fmt: skip
        routine.next_at = next_for(home, person, routine.kind, now)
    return [(routine.kind, person.id) for routine, person in rows]


def _still_useful(home: House, routine: Routine, person: Person, now: datetime) -> bool:
    """A digest that was slept over is still useful today; a plan or gap only on its own day."""
    zone = person.as_actor().zone
    today, planned = now.astimezone(zone).date(), routine.next_at.astimezone(zone).date()
    return today == planned or (routine.kind == "digest" and works(home, person, today))


def after_quiet(home: House, person: Person, at: datetime) -> datetime:
    """``at`` itself, or the end of the quiet hours that it falls into."""
    rules, zone = home.rules, person.as_actor().zone
    local = at.astimezone(zone)
    if not is_quiet(local.time(), rules.quiet_from, rules.quiet_until):
        return at
    day = local.date()
    if local.time() >= rules.quiet_until:
        day += timedelta(days=1)
    return instant(day, rules.quiet_until, zone)


def any_due(session: Session, now: datetime) -> bool:
    """Whether ``owe_due`` would find anything."""
    return session.scalar(select(Routine.kind).where(Routine.next_at <= now).limit(1)) is not None
