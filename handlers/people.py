"""Coming in, the menu, settings and leave."""

from datetime import time

from domain.people import LOGGING_ROLES
from handlers.desk import Desk, View
from handlers.presses import (
    EndLeave,
    Home,
    LeaveCalendar,
    LeaveUntil,
    OpenHelp,
    OpenSettings,
    SetHours,
    SetLanguage,
    SetNeutral,
    SetZone,
    TakeLeave,
)
from handlers.registry import EVERYONE, command, press
from handlers.reply import Reply
from handlers.strangers import welcome
from handlers.ui import Ui
from handlers.views import people as views
from handlers.views.common import home_row, note
from services import drafts, people
from services.people import Leave, Redeemed


@command("start", EVERYONE)
async def start(desk: Desk) -> None:
    """Somebody who is bound already: carry on where they were, or redeem a new code."""
    if desk.args:
        await desk.redeem(desk.args, _redeemed(desk))
    elif not desk.actor.onboarded:
        desk.show(views.ask_language(desk.ui, desk.actor))
    else:
        desk.show(views.menu(desk.ui, desk.actor))


def _redeemed(desk: Desk) -> View[Redeemed | None]:
    def show(ui: Ui, result: Redeemed | None) -> Reply:
        return welcome(ui, result) if result else views.menu(desk.ui, desk.actor)

    return show


@command("menu", EVERYONE)
async def menu(desk: Desk) -> None:
    """Home."""
    desk.show(views.menu(desk.ui, desk.actor))


@press(Home, EVERYONE)
async def home(desk: Desk, _: Home) -> None:
    """Home, in place."""
    desk.show(views.menu(desk.ui, desk.actor, edit=True))


@command("help", EVERYONE)
async def help_(desk: Desk) -> None:
    """What is understood."""
    desk.show(views.help_page(desk.ui, desk.actor))


@press(OpenHelp, EVERYONE)
async def open_help(desk: Desk, _: OpenHelp) -> None:
    """What is understood, in place."""
    desk.show(views.help_page(desk.ui, desk.actor, edit=True))


@press(SetLanguage, EVERYONE)
async def set_language(desk: Desk, wish: SetLanguage) -> None:
    """Switch the language; the very next screen speaks it."""
    show = views.ask_zone if wish.onward else views.ask_language
    lang = "zh" if wish.lang == "zh" else "en"
    await desk.write(
        people.set_language, lang, show=lambda ui, actor: show(ui, actor, onward=wish.onward)
    )


@press(SetZone, EVERYONE)
async def set_zone(desk: Desk, wish: SetZone) -> None:
    """Choose the time zone."""
    if wish.onward:
        await desk.write(people.set_zone, wish.zone, show=views.ask_hours)
    else:
        await desk.write(
            people.set_zone, wish.zone, show=lambda ui, a: views.ask_zone(ui, a, onward=False)
        )


@press(SetHours, EVERYONE)
async def set_hours(desk: Desk, wish: SetHours) -> None:
    """Choose the working hours; this ends the onboarding."""
    show = views.onboarded if wish.onward else (lambda ui, a: views.ask_hours(ui, a, onward=False))
    await desk.write(people.set_hours, time(wish.start), time(wish.end), wish.days, show=show)


@command("settings", EVERYONE)
async def settings(desk: Desk) -> None:
    """The settings."""
    desk.show(views.settings(desk.ui, await desk.read(people.leave_of)))


@press(OpenSettings, EVERYONE)
async def open_settings(desk: Desk, wish: OpenSettings) -> None:
    """A page of the settings."""
    ui, leave = desk.ui, await desk.read(people.leave_of)
    pages = {
        "language": lambda: views.ask_language(ui, leave.actor, onward=False),
        "zone": lambda: views.ask_zone(ui, leave.actor, onward=False),
        "hours": lambda: views.ask_hours(ui, leave.actor, onward=False),
        "pushes": lambda: views.ask_neutral(ui, leave.actor),
        "leave": lambda: views.ask_leave(ui, leave),
    }
    desk.show(pages.get(wish.what, lambda: views.settings(ui, leave, edit=True))())


@press(SetNeutral, EVERYONE)
async def set_neutral(desk: Desk, wish: SetNeutral) -> None:
    """Choose what a lock screen shows."""
    await desk.write(people.set_neutral, wish.neutral, show=views.ask_neutral)


@press(LeaveUntil, LOGGING_ROLES)
async def leave_until(desk: Desk, wish: LeaveUntil) -> None:
    """The last day is known: who stands in?"""
    desk.show(views.ask_stand_in(desk.ui, wish.last, await desk.read(people.colleagues)))


@press(LeaveCalendar, LOGGING_ROLES)
async def leave_calendar(desk: Desk, wish: LeaveCalendar) -> None:
    """Choose the last day from a sheet."""
    desk.show(views.leave_calendar(desk.ui, wish.start))


@press(TakeLeave, LOGGING_ROLES)
async def take_leave(desk: Desk, wish: TakeLeave) -> None:
    """Be away."""
    await desk.write(people.take_leave, wish.last, wish.stand_in, show=_settings)


@press(EndLeave, LOGGING_ROLES)
async def end_leave(desk: Desk, _: EndLeave) -> None:
    """Be back."""
    await desk.write(people.end_leave, show=_settings)


def _settings(ui: Ui, leave: Leave) -> Reply:
    return views.settings(ui, leave, edit=True)


@command("cancel", EVERYONE)
async def cancel(desk: Desk) -> None:
    """Drop whatever was begun."""
    await desk.write(
        drafts.settle_waiting,
        show=lambda ui, n: note(
            ui.t("cancelled.text" if n else "nothing_to_cancel.text"), rows=(home_row(ui),)
        ),
    )
