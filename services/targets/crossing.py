"""50, 90 and 100 per cent: owed once each, in the transaction of what crossed the mark."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import Session

from domain.figures import Figure
from domain.targets import COUNTED, Level, percent
from services.targets.actuals import figures
from services.targets.reach import Holder
from services.targets.standing import levels_of, period_of_row, total
from storage import outbox, people
from storage.outbox import Lane, owe
from storage.people import Person, Team
from storage.targets import Target

KIND = "target"
MARKS = (50, 90, 100)
# A day on either side covers every time zone when targets are looked for by UTC date.
_SLACK = timedelta(days=1)


def after_change(
    session: Session, person_id: int, now: datetime, metrics: Collection[str] = COUNTED
) -> None:
    """Owe the pushes of marks that this person's work has just crossed.

    Called by whatever adds, corrects or undoes a contact, client or entry, after its flush; one
    indexed query when there is no target. ``metrics`` is what can have changed: by default what
    the log counts. A daily average moves with time as well, so ``AVERAGED`` is worth a call a day.
    Each mark of a target is told once, however often it is crossed; of several marks crossed at
    once only the highest is told.
    """
    for target, person in _touched(session, person_id, now, metrics):
        _tell(session, target, person, now, aloud=True)


_TOUCHED = (
    select(Target, Person)
    .join(Person, or_(Target.person_id == Person.id, Target.team_id == Person.team_id))
    .where(
        Person.id == bindparam("person"),
        Target.period_start <= bindparam("first", type_=Date),
        Target.period_end >= bindparam("last", type_=Date),
        Target.metric.in_(bindparam("metrics", expanding=True)),
    )
    .order_by(Target.id)
)


def _touched(
    session: Session, person_id: int, now: datetime, metrics: Collection[str]
) -> Iterator[tuple[Target, Person]]:
    day = now.date()
    wanted = {"person": person_id, "first": day + _SLACK, "last": day - _SLACK,
              "metrics": sorted(metrics)}  # fmt: skip
    for target, person in session.execute(_TOUCHED, wanted).all():
        if person.as_actor().today(now) in period_of_row(target):
            yield target, person


def note_reached(session: Session, target: Target, now: datetime) -> None:
    """A target that is set late: what was reached before is remembered, but no news."""
    clock = _clock(session, target)
    if clock is not None and target.period_start <= clock.as_actor().today(now):
        _tell(session, target, clock, now, aloud=False)


def _clock(session: Session, target: Target) -> Person | None:
    """On whose local date the target is judged."""
    if target.person_id is not None:
        return session.get_one(Person, target.person_id)
    assert target.team_id is not None
    return next(iter(people.leads_of(session, target.team_id)), None)


def _tell(session: Session, target: Target, clock: Person, now: datetime, *, aloud: bool) -> None:
    figure = _figure(session, target, clock, now)
    for level, mark in levels_of(target).ladder():
        done = percent(figure.amount, mark)
        crossed = [m for m in _marks(level) if done >= m]
        if crossed:
            for reader in _readers(session, target):
                _owe_highest(session, target, level, crossed, reader, figure, now, aloud)


def _owe_highest(session: Session, target: Target, level: Level, crossed: list[int],
                 reader: Person, figure: Figure, now: datetime, aloud: bool) -> None:  # fmt: skip
    """Once the highest mark is known, the lower ones have nothing to say any more."""
    *lower, highest = crossed
    if _owe(session, target, level, highest, reader, figure, now, heard=aloud):
        for mark in lower:
            _owe(session, target, level, mark, reader, figure, now, heard=False)


def _marks(level: Level) -> tuple[int, ...]:
    """The way to the base level is told in steps; a higher level only when it is reached."""
    return MARKS if level is Level.BASE else MARKS[-1:]


def _figure(session: Session, target: Target, clock: Person, now: datetime) -> Figure:
    today = clock.as_actor().today(now)
    if target.person_id is not None:
        whose = [session.get_one(Person, target.person_id)]
    else:
        assert target.team_id is not None
        whose = people.members(session, target.team_id)
    return total(figures(session, whose, target.metric, period_of_row(target), today).values())


def _readers(session: Session, target: Target) -> list[Person]:
    """The person; for a team's own target its leads."""
    if target.person_id is not None:
        return [session.get_one(Person, target.person_id)]
    return people.leads_of(session, target.team_id)


def _owe(session: Session, target: Target, level: Level, mark: int, reader: Person,
         figure: Figure, now: datetime, *, heard: bool) -> bool:  # fmt: skip
    key = f"target:{target.id}:{level}:{mark}"
    key += f":{reader.id}" if target.person_id is None else ""
    holder = team_of_target(session, target) if target.person_id is None else None
    facts = {
        "target": target.id, "metric": target.metric, "level": str(level), "percent": mark,
        "actual": str(figure.amount), "goal": str(dict(levels_of(target).ladder())[level]),
        "start": target.period_start.isoformat(), "end": target.period_end.isoformat(),
        "team": holder.name if holder else None,
    }  # fmt: skip
    loud = mark == MARKS[-1]
    new = owe(session, key, KIND, reader.id, now, facts=facts, lane=Lane.DIGEST, silent=not loud)
    if new and not heard:
        outbox.withdraw(session, key)
    return new


def team_of_target(session: Session, target: Target) -> Holder:
    """The team that holds a target of its own."""
    team = session.get_one(Team, target.team_id)
    return Holder(None, team.id, team.name)


def forget(session: Session, target: Target) -> None:
    """Pushes of a target that was taken back are no longer owed."""
    outbox.withdraw(session, f"target:{target.id}:")
