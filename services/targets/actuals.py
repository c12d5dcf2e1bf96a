"""What was reached: counted from the log, summed or averaged from entries and imports."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.contacts import MISSED, ContactKind
from domain.figures import Figure, Movement, averaged, counted, summed
from domain.hours import instant
from domain.targets import AVERAGED, CALLS, COUNTED, NEW_CLIENTS, VISITS, Period
from storage.clients import Client
from storage.contacts import Contact
from storage.people import Person
from storage.targets import Entry

# Nothing is logged before it happened, give or take clocks that differ; this bound lets the index
# on author and time of logging serve the count.
_EARLY = timedelta(days=1)
KINDS = {VISITS: ContactKind.VISIT, CALLS: ContactKind.CALL}
Figures = dict[int, Figure]


def figures(
    session: Session, people: Sequence[Person], metric: str, period: Period, today: date
) -> Figures:
    """The figure of each person (by id) for one metric and period.

    Days are local to each person. Undone contacts and entries do not count, nor do missed visits
    and unanswered calls; a visit counts on the day it happened, whenever it was logged.
    """
    if metric not in COUNTED:
        return _reported(session, [p.id for p in people], metric, period, today)
    counts: dict[int, int] = {}
    for zone, ids in _by_zone(people).items():
        first, after = _bounds(period, zone)
        counts |= _count(session, metric, ids, first, after)
    return {person.id: counted(counts.get(person.id, 0)) for person in people}


def _by_zone(people: Iterable[Person]) -> dict[ZoneInfo, list[int]]:
    zones: dict[ZoneInfo, list[int]] = {}
    for person in people:
        zones.setdefault(ZoneInfo(person.zone_name), []).append(person.id)
    return zones


def _bounds(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which the first day begins and the last one is over."""
    return (
        instant(period.start, time(0), zone),
        instant(period.end + timedelta(days=1), time(0), zone),
    )


def _count(
    session: Session, metric: str, ids: Sequence[int], first: datetime, after: datetime
) -> Mapping[int, int]:
    if metric == NEW_CLIENTS:
        query = (
            select(Client.created_by, func.count())
            .where(Client.created_by.in_(ids), Client.batch_id.is_(None),
                   Client.created_at >= first, Client.created_at < after)
            .group_by(Client.created_by)
        )  # fmt: skip
        return {person: n for person, n in session.execute(query).tuples() if person is not None}
    contacts = (
        select(Contact.author_id, func.count())
        .where(Contact.author_id.in_(ids), Contact.kind == KINDS[metric],
               Contact.undone_at.is_(None), Contact.logged_at >= first - _EARLY,
               Contact.outcome.is_(None) | Contact.outcome.not_in(MISSED),
               Contact.happened_at >= first, Contact.happened_at < after)
        .group_by(Contact.author_id)
    )  # fmt: skip
    return dict(session.execute(contacts).tuples().all())


def _reported(
    session: Session, ids: Sequence[int], metric: str, period: Period, today: date
) -> Figures:
    found: dict[int, list[Movement]] = {person: [] for person in ids}
    query = select(Entry.person_id, Entry.day, Entry.amount, Entry.source, Entry.client_id).where(
        Entry.person_id.in_(ids), Entry.metric == metric, Entry.undone_at.is_(None),
        Entry.day <= period.end,
    )  # fmt: skip
    if metric not in AVERAGED:
        query = query.where(Entry.day >= period.start)
    for person, day, amount, source, client in session.execute(query).tuples():
        found[person].append(Movement(day, amount, source, client))
    if metric in AVERAGED:
        return {person: averaged(moves, period, today) for person, moves in found.items()}
    return {person: summed(moves, period) for person, moves in found.items()}
