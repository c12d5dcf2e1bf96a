"""Follow-ups: owed, pushed at their time, finished by a button, moved, snoozed, cancelled."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.contacts import ContactKind, Outcome
from domain.followups import Action, FollowUpKind, FollowUpState, contact_kind, next_workday
from domain.hours import instant
from domain.people import Actor
from domain.problems import Problem
from services.clients import see
from services.routines import after_quiet
from services.seen import FollowUpLine, followup_line
from storage import access
from storage.followups import FollowUp
from storage.house import house
from storage.outbox import Lane, owe, withdraw
from storage.people import Person

LATE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class When:
    """A local moment: a date, and a time of day if one was named."""

    day: date
    at: time | None = None

    @classmethod
    def of(cls, moment: date) -> "When":
        """From a date, or a datetime on the person's own clock."""
        if isinstance(moment, datetime):
            return cls(moment.date(), moment.time())
        return cls(moment)


@dataclass(frozen=True, slots=True)
class Acted:
    """A follow-up after a press. ``fresh`` is False when it had already been changed before."""

    followup: FollowUpLine
    fresh: bool
    contact_id: int | None = None


def due_instant(owner: Person, when: When) -> datetime:
    """When it is due: at the named time, else at the start of the owner's working day."""
    return instant(when.day, when.at or owner.work_start, owner.as_actor().zone)


def add(
    session: Session,
    owner: Person,
    client_id: int | None,
    kind: FollowUpKind,
    what: str,
    when: When,
    now: datetime,
    *,
    origin: int | None = None,
) -> FollowUp:
    """A new follow-up and the notice that will push it, in one transaction."""
    followup = FollowUp(
        client_id=client_id,
        owner_id=owner.id,
        kind=kind,
        what=what[:500],
        due_at=due_instant(owner, when),
        due_day=when.day,
        timed=when.at is not None,
        state=FollowUpState.OPEN,
        origin_contact_id=origin,
        created_at=now,
    )
    session.add(followup)
    session.flush()
    announce(session, followup, owner, now)
    return followup


def announce(session: Session, followup: FollowUp, owner: Person, now: datetime) -> None:
    """Owe the push of this version (and the brief before a visit), withdraw those of others."""
    if followup.version > 1:
        withdraw(session, f"followup:{followup.id}:")
    if followup.state != FollowUpState.OPEN:
        return
    at = followup.snoozed_until or followup.due_at
    named = followup.timed or followup.snoozed_until is not None
    run_at = at if named else after_quiet(house(session), owner, at)
    owe(
        session,
        f"followup:{followup.id}:{followup.version}",
        "followup",
        owner.id,
        run_at,
        facts={"followup": followup.id, "version": followup.version, "named": named},
        lane=Lane.DUE,
        silent=not named,
    )
    _announce_brief(session, followup, owner, now)


def _announce_brief(session: Session, followup: FollowUp, owner: Person, now: datetime) -> None:
    ahead = house(session).rules.brief_minutes_before
    in_person = followup.kind == FollowUpKind.VISIT and followup.client_id is not None
    before = followup.due_at - timedelta(minutes=ahead)
    if ahead and in_person and followup.timed and before > now:
        owe(
            session,
            f"followup:{followup.id}:{followup.version}:brief",
            "brief",
            owner.id,
            before,
            facts={"followup": followup.id, "version": followup.version},
            lane=Lane.DUE,
        )


def theirs(session: Session, actor: Actor, followup_id: int, now: datetime) -> FollowUp:
    """The follow-up, if the actor owns it, covers its owner, or leads the team."""
    followup = session.get(FollowUp, followup_id)
    if followup is None or followup.owner_id not in access.owners_seen(
        session, actor, actor.today(now)
    ):
        raise Problem("no_followup")
    if followup.client_id is not None:
        see(session, actor, followup.client_id, now)
    return followup


def show(session: Session, actor: Actor, followup_id: int, now: datetime) -> Acted:
    """The follow-up as it stands."""
    followup = theirs(session, actor, followup_id, now)
    return Acted(followup_line(session, followup, now), fresh=True)


def plan(
    session: Session,
    actor: Actor,
    client_id: int,
    kind: FollowUpKind,
    what: str,
    when: When,
    now: datetime,
    *,
    source: tuple[int, int] | None = None,
) -> Acted:
    """A follow-up by hand or from a planning text.

    ``source`` is the (chat id, message id) that planned it: the same message again moves the
    follow-up instead of making another. The same plan twice stays one.
    """
    client = see(session, actor, client_id, now)
    known = _planned_by(session, source, client_id) if source else None
    if known is not None:
        known.what, known.kind = what[:500], kind
        return move(session, actor, known.id, known.version, when, now)
    same = session.scalar(
        select(FollowUp).where(
            FollowUp.client_id == client.id,
            FollowUp.owner_id == actor.id,
            FollowUp.kind == kind,
            FollowUp.due_at == due_instant(session.get_one(Person, actor.id), when),
            FollowUp.state == FollowUpState.OPEN,
            FollowUp.what == what[:500],
        )
    )
    if same is not None:
        return Acted(followup_line(session, same, now), fresh=False)
    made = add(session, session.get_one(Person, actor.id), client.id, kind, what, when, now)
    if source is not None:
        made.chat_id, made.message_id = source
    return Acted(followup_line(session, made, now), fresh=True)


def _planned_by(session: Session, source: tuple[int, int], client_id: int) -> FollowUp | None:
    chat_id, message_id = source
    return session.scalar(
        select(FollowUp).where(
            FollowUp.chat_id == chat_id,
            FollowUp.message_id == message_id,
            FollowUp.client_id == client_id,
            FollowUp.state == FollowUpState.OPEN,
        )
    )


def move(
    session: Session, actor: Actor, followup_id: int, version: int, when: When, now: datetime
) -> Acted:
    """Give it another appointment (改期)."""
    followup = theirs(session, actor, followup_id, now)
    if not _current(followup, version):
        return Acted(followup_line(session, followup, now), fresh=False)
    owner = session.get_one(Person, followup.owner_id)
    followup.due_at, followup.due_day = due_instant(owner, when), when.day
    followup.timed, followup.snoozed_until = when.at is not None, None
    _bump(session, followup, owner, now)
    return Acted(followup_line(session, followup, now), fresh=True)


def move_next(
    session: Session,
    actor: Actor,
    client_id: int,
    when: When,
    kind: FollowUpKind,
    what: str,
    now: datetime,
    *,
    source: tuple[int, int] | None = None,
) -> Acted:
    """Move the client's next open appointment; make one when there is none."""
    found = _next_open(session, actor, client_id)
    if found is None:
        return plan(session, actor, client_id, kind, what, when, now, source=source)
    return move(session, actor, found.id, found.version, when, now)


def snooze(
    session: Session, actor: Actor, followup_id: int, version: int, until: datetime, now: datetime
) -> Acted:
    """Push it again at ``until`` (UTC); the appointment itself stays (稍后提醒)."""
    followup = theirs(session, actor, followup_id, now)
    if not _current(followup, version):
        return Acted(followup_line(session, followup, now), fresh=False)
    followup.snoozed_until = until
    _bump(session, followup, session.get_one(Person, followup.owner_id), now)
    return Acted(followup_line(session, followup, now), fresh=True)


def cancel(session: Session, actor: Actor, followup_id: int, version: int, now: datetime) -> Acted:
    """It will not happen."""
    followup = theirs(session, actor, followup_id, now)
    if not _current(followup, version):
        return Acted(followup_line(session, followup, now), fresh=False)
    close(session, followup, FollowUpState.CANCELLED, None, now)
    return Acted(followup_line(session, followup, now), fresh=True)


def call_off(session: Session, actor: Actor, client_id: int, now: datetime) -> Acted | None:
    """Cancel the client's next open step; None when there is none."""
    see(session, actor, client_id, now)
    found = _next_open(session, actor, client_id)
    return cancel(session, actor, found.id, found.version, now) if found is not None else None


def _next_open(session: Session, actor: Actor, client_id: int) -> FollowUp | None:
    """The actor's next open step with a client."""
    query = (
        select(FollowUp)
        .where(
            FollowUp.client_id == client_id,
            FollowUp.owner_id == actor.id,
            FollowUp.state == FollowUpState.OPEN,
        )
        .order_by(FollowUp.due_at)
        .limit(1)
    )
    return session.scalar(query)


def close(
    session: Session,
    followup: FollowUp,
    state: FollowUpState,
    contact_id: int | None,
    now: datetime,
) -> None:
    """Finish it, remembering which contact did."""
    followup.state, followup.closed_at = state, now
    followup.closed_by_contact_id = contact_id
    _bump(session, followup, session.get_one(Person, followup.owner_id), now)


def reopen(session: Session, followup: FollowUp, now: datetime) -> None:
    """Open it again, as if the contact that closed it had not been logged."""
    followup.state, followup.closed_at = FollowUpState.OPEN, None
    followup.closed_by_contact_id = None
    _bump(session, followup, session.get_one(Person, followup.owner_id), now)


def _current(followup: FollowUp, version: int) -> bool:
    return followup.version == version and followup.state == FollowUpState.OPEN


def _bump(session: Session, followup: FollowUp, owner: Person, now: datetime) -> None:
    followup.version += 1
    session.flush()
    # Something overdue that is opened again is in the digest; it is not pushed a second time.
    if followup.state == FollowUpState.OPEN and (followup.snoozed_until or followup.due_at) <= now:
        withdraw(session, f"followup:{followup.id}:")
        return
    announce(session, followup, owner, now)


class Snooze:
    """What the chips under 🕒 stand for."""

    HOUR, AFTERNOON, TOMORROW, MONDAY = "hour", "afternoon", "tomorrow", "monday"


def snooze_until(session: Session, actor: Actor, choice: str, now: datetime) -> datetime:
    """The instant that a snooze chip stands for, on the actor's own clock."""
    if choice == Snooze.HOUR:
        return now + timedelta(hours=1)
    today, calendar = actor.today(now), house(session).calendar
    if choice == Snooze.AFTERNOON:
        moment = instant(today, time(14), actor.zone)
        return moment if moment > now else now + timedelta(hours=2)
    ahead = 1 if choice == Snooze.TOMORROW else 7 - today.weekday()
    day = next_workday(today + timedelta(days=ahead), calendar)
    return instant(day, actor.work_start, actor.zone)


def outcome_of(action: Action, kind: FollowUpKind) -> tuple[ContactKind, Outcome | None]:
    """What a button on the push logs."""
    outcomes = {Action.NOT_MET: Outcome.NOT_MET, Action.NO_ANSWER: Outcome.NO_ANSWER}
    return contact_kind(action, kind), outcomes.get(action)
