"""Targets are set by a lead, for a member or the team, and can be taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.people import Actor, Role
from domain.problems import Problem
from domain.target_text import TargetText, read_levels, read_target
from domain.targets import COUNTED, Levels, Period, checked
from services import drafts
from services.drafts import Begun
from services.targets import crossing
from services.targets.reach import Holder, holder_of, member, named, team_holder
from services.targets.standing import levels_of
from storage.house import house
from storage.people import Person
from storage.targets import Target

MOST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class TargetWish:
    """A target to be set. ``person_id`` None: the whole team.

    ``version`` is that of the target a button was drawn for (0: there was none); None, for what
    is typed, overrides whatever stands.
    """

    person_id: int | None
    metric: str
    period: Period
    levels: Levels
    version: int | None = None


@dataclass(frozen=True, slots=True)
class TargetSet:
    """A target as it now stands; ``before`` is what it said until now, None when it is new."""

    target_id: int
    version: int
    holder: Holder
    metric: str
    period: Period
    levels: Levels
    before: Levels | None = None
    dropped: bool = False
    fresh: bool = True


def set_target(session: Session, actor: Actor, wish: TargetWish, now: datetime) -> TargetSet:
    """Set or change a target; one holder, metric and period has one target.

    Saying the same again, or pressing a stale button, changes nothing (``fresh`` False).

    Raises ``Problem``: ``targets_lead_only``, ``targets_not_yours``, ``target_no_metric``,
    ``target_levels``.
    """
    team = team_holder(session, actor)
    metrics = house(session).rules.metrics
    if wish.metric not in metrics:
        raise Problem("target_no_metric", metrics=", ".join(metrics))
    levels = _sensible(wish.metric, wish.levels)
    holder = team if wish.person_id is None else holder_of(member(session, actor, wish.person_id))
    _answered(session, actor, now)
    row = _existing(session, holder, wish)
    before = levels_of(row) if row is not None else None
    if row is not None and (before == levels or wish.version not in (None, row.version)):
        return _told(session, row, before, fresh=False)
    if row is None:
        row = Target(
            metric=wish.metric, person_id=holder.person_id, period_start=wish.period.start,
            period_end=wish.period.end, team_id=holder.team_id if holder.is_team else None,
            version=0,
        )  # fmt: skip
        session.add(row)
    row.base, row.stretch, row.challenge = levels.base, levels.stretch, levels.challenge
    row.set_by, row.set_at, row.version = actor.id, now, row.version + 1
    session.flush()
    crossing.note_reached(session, row, now)
    return _told(session, row, before)


def _sensible(metric: str, levels: Levels) -> Levels:
    checked(levels)
    marks = [mark for _, mark in levels.ladder()]
    whole = metric not in COUNTED or all(mark == mark.to_integral_value() for mark in marks)
    if not whole or any(mark >= MOST for mark in marks):
        raise Problem("target_levels")
    return levels


def _existing(session: Session, holder: Holder, wish: TargetWish) -> Target | None:
    whose = (
        (Target.person_id == holder.person_id,)
        if not holder.is_team
        else (Target.person_id.is_(None), Target.team_id == holder.team_id)
    )
    query = select(Target).where(
        *whose, Target.metric == wish.metric, Target.period_start == wish.period.start,
        Target.period_end == wish.period.end,
    )  # fmt: skip
    return session.scalar(query.with_for_update())


def _told(session: Session, row: Target, before: Levels | None = None, *, dropped: bool = False,
          fresh: bool = True) -> TargetSet:  # fmt: skip
    return TargetSet(
        row.id, row.version, _holder(session, row), row.metric,
        Period(row.period_start, row.period_end), levels_of(row), before, dropped, fresh,
    )  # fmt: skip


def _holder(session: Session, row: Target) -> Holder:
    if row.person_id is not None:
        return holder_of(session.get_one(Person, row.person_id))
    return crossing.team_of_target(session, row)


def read_wish(session: Session, actor: Actor, text: str, now: datetime) -> TargetWish:
    """What one message wishes to set; a text without a name is the lead's own.

    Raises the ``Problem``s of ``read_target``, ``targets_lead_only`` and ``targets_no_member``.
    """
    team_holder(session, actor)
    read: TargetText = read_target(text, actor.today(now), house(session).rules.metrics)
    person = None if read.whole_team else actor.id
    if read.holder and not read.whole_team:
        person = named(session, actor, read.holder).id
    return TargetWish(person, read.metric, read.period, read.levels)


def set_by_text(session: Session, actor: Actor, text: str, now: datetime) -> TargetSet:
    """Set a target by one message, such as ``王芳 deposits 5000万 Q4``."""
    return set_target(session, actor, read_wish(session, actor, text, now), now)


def set_from_draft(
    session: Session, actor: Actor, begun: Begun, text: str, now: datetime
) -> TargetSet:
    """The amount that the buttons asked for, in a text such as ``5000万/6000万``.

    Raises ``Problem('target_no_amount')``, which leaves the draft open, and those of
    ``set_target``.
    """
    facts = begun.data
    period = Period(date.fromisoformat(facts["start"]), date.fromisoformat(facts["end"]))
    wish = TargetWish(facts["person"], facts["metric"], period, read_levels(text))
    return set_target(session, actor, wish, now)


def _answered(session: Session, actor: Actor, now: datetime) -> None:
    """A question “how much?” that is still open has its answer now."""
    begun = drafts.waiting(session, actor, now)
    if begun is not None and begun.kind == "target":
        drafts.finish(session, begun.id)


def drop_target(
    session: Session, actor: Actor, target_id: int, version: int, now: datetime
) -> TargetSet:
    """Take a target back; a stale press (another version) changes nothing.

    Raises ``Problem``: ``target_gone``, ``targets_not_yours``, ``targets_lead_only``.
    """
    if actor.role is not Role.LEAD:
        raise Problem("targets_lead_only")
    row = session.get(Target, target_id, with_for_update=True)
    if row is None:
        raise Problem("target_gone")
    if row.person_id is not None:
        member(session, actor, row.person_id)
    elif row.team_id != actor.team_id:
        raise Problem("targets_not_yours")
    told = _told(session, row, dropped=row.version == version, fresh=row.version == version)
    if told.dropped:
        crossing.forget(session, row)
        session.delete(row)
        session.flush()
    return told
