"""Logging: by buttons, by one message, corrected by an edit, a word or a tap."""

from datetime import time

from domain.people import LOGGING_ROLES
from handlers.desk import Desk
from handlers.presses import (
    DraftKind,
    DropDraft,
    EditCard,
    LogFor,
    LogKind,
    NextCalendar,
    NextDay,
    NextStep,
    OpenCard,
    OpenLog,
    PickClient,
    SetKind,
    SetOutcome,
    Undo,
)
from handlers.registry import EVERYONE, command, press
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import clients as client_views
from handlers.views import visits as views
from handlers.views.captured import captured
from handlers.views.common import dropped
from handlers.views.undoing import undone
from services import capture, clients, drafts, undo, visits
from services.clients import Brief
from services.followups import When
from services.visits import Logged

RECENT = 12


@press(OpenLog, LOGGING_ROLES)
async def open_log(desk: Desk, wish: OpenLog) -> None:
    """Recent clients, in place."""
    found = await desk.read(clients.recent, RECENT)
    desk.show(views.whom(desk.ui, found, wish.page, edit=True))


@press(LogFor, LOGGING_ROLES)
async def log_for(desk: Desk, wish: LogFor) -> None:
    """The kinds of contact."""
    page: Brief = await desk.read(clients.brief, wish.client)
    desk.show(views.how(desk.ui, page.client))


@press(LogKind, LOGGING_ROLES)
async def log_kind(desk: Desk, wish: LogKind) -> None:
    """Log it now; a second tap on the same screen changes nothing."""
    page: Brief = await desk.read(clients.brief, wish.client)

    def show(ui: Ui, logged: Logged | None) -> Reply:
        return views.pressed_card(ui, logged) if logged else client_views.pressed_brief(ui, page)

    await desk.write(visits.log_by_button, wish.client, wish.version, wish.kind, show=show)


@press(PickClient, LOGGING_ROLES)
async def pick_client(desk: Desk, wish: PickClient) -> None:
    """The kept text is about this client."""
    await desk.write(capture.pick, wish.draft, wish.client, show=captured)


@press(DraftKind, LOGGING_ROLES)
async def draft_kind(desk: Desk, wish: DraftKind) -> None:
    """The kept text was a contact of this kind."""
    await desk.write(capture.log_kind, wish.draft, wish.client, wish.kind, show=captured)


@press(DropDraft, EVERYONE)
async def drop_draft(desk: Desk, wish: DropDraft) -> None:
    """Forget it."""
    await desk.write(
        drafts.drop,
        wish.draft,
        show=lambda ui, _: dropped(ui, edit=True),
    )


@press(OpenCard, LOGGING_ROLES)
async def open_card(desk: Desk, wish: OpenCard) -> None:
    """The card, in place."""
    desk.show(views.pressed_card(desk.ui, await desk.read(visits.look, wish.contact)))


@press(SetOutcome, LOGGING_ROLES)
async def set_outcome(desk: Desk, wish: SetOutcome) -> None:
    """What came of it."""
    await desk.write(
        visits.set_outcome, wish.contact, wish.version, wish.outcome, show=views.pressed_card
    )


@press(NextStep, LOGGING_ROLES)
async def next_step(desk: Desk, wish: NextStep) -> None:
    """A next-step chip."""
    await desk.write(
        visits.chip_step, wish.contact, wish.version, wish.step, show=views.pressed_card
    )


@press(NextDay, LOGGING_ROLES)
async def next_day(desk: Desk, wish: NextDay) -> None:
    """A next step on a chosen day."""
    at = time(*divmod(wish.minutes, 60)) if wish.minutes is not None else None
    await desk.write(
        visits.set_next_step,
        wish.contact,
        wish.version,
        When(wish.day, at),
        show=views.pressed_card,
    )


@press(NextCalendar, LOGGING_ROLES)
async def next_calendar(desk: Desk, wish: NextCalendar) -> None:
    """The sheet of days."""
    desk.show(views.next_calendar(desk.ui, await desk.read(visits.look, wish.contact), wish.start))


@press(EditCard, LOGGING_ROLES)
async def edit_card(desk: Desk, wish: EditCard) -> None:
    """What can be corrected."""
    desk.show(views.edit_card(desk.ui, await desk.read(visits.look, wish.contact)))


@press(SetKind, LOGGING_ROLES)
async def set_kind(desk: Desk, wish: SetKind) -> None:
    """It was of another kind."""
    await desk.write(
        visits.set_kind, wish.contact, wish.version, wish.kind, show=views.pressed_card
    )


@press(Undo, LOGGING_ROLES)
async def undo_press(desk: Desk, wish: Undo) -> None:
    """Take it back."""
    minutes = desk.rules.undo_minutes
    await desk.write(visits.undo, wish.contact, show=lambda ui, r: views.undone(ui, r, minutes))


@command("undo", LOGGING_ROLES)
async def undo_last(desk: Desk) -> None:
    """Take back whatever was recorded last."""
    await desk.write(undo.last, show=lambda ui, result: undone(ui, result, desk.rules))
