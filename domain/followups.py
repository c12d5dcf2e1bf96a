"""Follow-ups: what is due, which buttons fit it, and where a chip moves it."""

from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import Calendar
from domain.contacts import ContactKind


class FollowUpKind(StrEnum):
    """What the next step is."""

    VISIT = "visit"
    CALL = "call"
    TASK = "task"


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """A button on the push."""

    DONE = "done"
    CALLED = "called"
    LATER = "later"
    NOT_MET = "not_met"
    NO_ANSWER = "no_answer"


FITTING: dict[FollowUpKind, tuple[Action, ...]] = {
    FollowUpKind.VISIT: (Action.DONE, Action.CALLED, Action.LATER, Action.NOT_MET),
    FollowUpKind.CALL: (Action.CALLED, Action.LATER, Action.NO_ANSWER),
    FollowUpKind.TASK: (Action.DONE, Action.CALLED, Action.LATER),
}


class Step(StrEnum):
    """A next-step chip."""

    TOMORROW = "tomorrow"
    THREE_DAYS = "three_days"
    NEXT_MONDAY = "next_monday"
    TWO_WEEKS = "two_weeks"


def step_day(step: Step, today: date, calendar: Calendar) -> date:
    """The day a chip stands for: never today, and moved on to the next working day."""
    if step is Step.TOMORROW:
        day = today + timedelta(days=1)
    elif step is Step.THREE_DAYS:
        day = today + timedelta(days=3)
    elif step is Step.NEXT_MONDAY:
        day = today + timedelta(days=7 - today.weekday())
    else:
        day = today + timedelta(days=14)
    return next_workday(day, calendar)


def next_workday(day: date, calendar: Calendar) -> date:
    """``day`` itself when it is a working day, else the next one."""
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return day


def contact_kind(action: Action, kind: FollowUpKind) -> ContactKind:
    """The contact that a button on the push logs."""
    if action in (Action.CALLED, Action.NO_ANSWER) or kind is FollowUpKind.CALL:
        return ContactKind.CALL
    return ContactKind.VISIT if kind is FollowUpKind.VISIT else ContactKind.MESSAGE
