"""Follow-ups: the push that is the form, today's list, moving, snoozing, planning."""

from datetime import time

from domain.followups import FollowUpKind, step_day
from domain.people import LOGGING_ROLES
from handlers.desk import Desk
from handlers.presses import (
    AllFollowUps,
    CancelFollowUp,
    FollowUpAct,
    MoveCalendar,
    MoveTo,
    OpenFollowUp,
    OpenSnooze,
    OpenToday,
    PlanCalendar,
    PlanDay,
    PlanFor,
    PlanStep,
    SnoozeTo,
    WorkThrough,
)
from handlers.registry import command, press
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import followups as views
from handlers.views import visits as visit_views
from services import clients, followups, visits
from services import today as today_list
from services.followups import Acted, When
from services.visits import Logged


@command("today", LOGGING_ROLES)
async def today(desk: Desk) -> None:
    """What is overdue, due, promised and neglected."""
    desk.show(views.today(desk.ui, await desk.read(today_list.today)))


@press(OpenToday, LOGGING_ROLES)
async def open_today(desk: Desk, wish: OpenToday) -> None:
    """A page of today's list, in place."""
    desk.show(views.today(desk.ui, await desk.read(today_list.today, page=wish.page), edit=True))


@press(WorkThrough, LOGGING_ROLES)
async def work_through(desk: Desk, wish: WorkThrough) -> None:
    """One thing at a time."""
    item, total = await desk.read(today_list.next_item, after=wish.place)
    desk.show(views.one_of_today(desk.ui, item, wish.place, total))


@press(AllFollowUps, LOGGING_ROLES)
async def all_followups(desk: Desk, wish: AllFollowUps) -> None:
    """Every open follow-up."""
    desk.show(
        views.all_followups(desk.ui, await desk.read(today_list.all_followups, page=wish.page))
    )


@press(OpenFollowUp, LOGGING_ROLES)
async def open_followup(desk: Desk, wish: OpenFollowUp) -> None:
    """A follow-up as a form."""
    desk.show(views.form(desk.ui, await desk.read(followups.show, wish.followup)))


@press(FollowUpAct, LOGGING_ROLES)
async def act(desk: Desk, wish: FollowUpAct) -> None:
    """One tap: the contact is logged, the follow-up finished; the card asks for the next step."""

    def show(ui: Ui, result: Logged | Acted) -> Reply:
        return (
            views.form(ui, result)
            if isinstance(result, Acted)
            else visit_views.pressed_card(ui, result)
        )

    await desk.write(visits.act, wish.followup, wish.version, wish.action, show=show)


@press(OpenSnooze, LOGGING_ROLES)
async def open_snooze(desk: Desk, wish: OpenSnooze) -> None:
    """The snooze chips."""
    desk.show(views.snooze_chips(desk.ui, await desk.read(followups.show, wish.followup)))


@press(SnoozeTo, LOGGING_ROLES)
async def snooze_to(desk: Desk, wish: SnoozeTo) -> None:
    """Remind again later."""
    until = await desk.read(followups.snooze_until, wish.choice)
    text = desk.ui.moment(until)
    await desk.write(
        followups.snooze,
        wish.followup,
        wish.version,
        until,
        show=lambda ui, a: views.snoozed(ui, a, text),
    )


@press(MoveCalendar, LOGGING_ROLES)
async def move_calendar(desk: Desk, wish: MoveCalendar) -> None:
    """The sheet of days."""
    desk.show(
        views.move_calendar(desk.ui, await desk.read(followups.show, wish.followup), wish.start)
    )


@press(MoveTo, LOGGING_ROLES)
async def move_to(desk: Desk, wish: MoveTo) -> None:
    """Another appointment."""
    at = time(*divmod(wish.minutes, 60)) if wish.minutes is not None else None
    await desk.write(
        followups.move, wish.followup, wish.version, When(wish.day, at), show=views.moved
    )


@press(CancelFollowUp, LOGGING_ROLES)
async def cancel(desk: Desk, wish: CancelFollowUp) -> None:
    """It will not happen."""
    await desk.write(followups.cancel, wish.followup, wish.version, show=views.form)


@press(PlanFor, LOGGING_ROLES)
async def plan_for(desk: Desk, wish: PlanFor) -> None:
    """When to follow a client up."""
    desk.show(views.plan_chips(desk.ui, await desk.read(clients.brief, wish.client)))


@press(PlanStep, LOGGING_ROLES)
async def plan_step(desk: Desk, wish: PlanStep) -> None:
    """On the day of a chip."""
    day = step_day(wish.step, desk.actor.today(desk.now), desk.calendar)
    await _plan(desk, wish.client, When(day))


@press(PlanCalendar, LOGGING_ROLES)
async def plan_calendar(desk: Desk, wish: PlanCalendar) -> None:
    """The sheet of days."""
    desk.show(views.plan_calendar(desk.ui, await desk.read(clients.brief, wish.client), wish.start))


@press(PlanDay, LOGGING_ROLES)
async def plan_day(desk: Desk, wish: PlanDay) -> None:
    """On a chosen day."""
    await _plan(desk, wish.client, When(wish.day))


async def _plan(desk: Desk, client: int, when: When) -> None:
    await desk.write(
        followups.plan, client, FollowUpKind.VISIT, "", when,
        show=lambda ui, acted: views.planned(ui, acted, edit=True),
    )  # fmt: skip
