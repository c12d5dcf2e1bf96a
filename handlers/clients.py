"""Clients: looked up, opened, corrected, entered."""

from domain.clients import ClientKind
from domain.people import LOGGING_ROLES, READING_ROLES
from handlers.desk import Desk
from handlers.presses import (
    AskFind,
    AskNew,
    EditClient,
    EditField,
    MoreFound,
    NewClient,
    OpenClient,
    OpenHistory,
    SetTier,
)
from handlers.registry import command, draft, press
from handlers.views import clients as views
from handlers.views.captured import captured
from services import capture, clients, drafts, search
from services.clients import EDITABLE
from services.drafts import Begun
from services.search import Found


@command("find", READING_ROLES)
async def find(desk: Desk) -> None:
    """``/find TEXT``; without a text it asks for one."""
    if desk.args:
        await look_up(desk, desk.args)
    else:
        await _ask(desk, "find", "find.ask")


@press(AskFind, READING_ROLES)
async def ask_find(desk: Desk, _: AskFind) -> None:
    """Ask whom to look for."""
    await _ask(desk, "find", "find.ask")


@draft("find", READING_ROLES)
async def find_text(desk: Desk, begun: Begun) -> None:
    """The text that was asked for."""
    assert desk.update.effective_message is not None
    await look_up(desk, desk.update.effective_message.text or "")


async def look_up(desk: Desk, query: str) -> None:
    """One certain client opens at once; several are offered; none offers to enter a new one."""
    found: Found = await desk.read(search.find, query)
    if found.certain:
        first = found.clients[0]
        desk.show(views.brief(desk.ui, await desk.read(clients.brief, first.id)))
    elif found.total > search.PAGE or (not found.clients and desk.actor.role in LOGGING_ROLES):
        # More pages, or a client to be entered: the query must be remembered.
        data = {"text": query, "name": query, "search": True}
        await desk.write(
            drafts.begin, "search", data, show=lambda ui, begun: views.found(ui, found, begun.id)
        )
    else:
        desk.show(views.found(desk.ui, found, None))


@press(MoreFound, READING_ROLES)
async def more_found(desk: Desk, wish: MoreFound) -> None:
    """Another page of a search."""
    begun: Begun = await desk.read(drafts.open_draft, wish.draft)
    found = await desk.read(search.find, begun.data["name"], page=wish.page)
    desk.show(views.found(desk.ui, found, wish.draft, edit=True))


@press(OpenClient, READING_ROLES)
async def open_client(desk: Desk, wish: OpenClient) -> None:
    """The brief, in place."""
    desk.show(views.pressed_brief(desk.ui, await desk.read(clients.brief, wish.client)))


@press(OpenHistory, READING_ROLES)
async def open_history(desk: Desk, wish: OpenHistory) -> None:
    """A page of contacts."""
    desk.show(views.history(desk.ui, await desk.read(clients.history, wish.client, wish.page)))


@press(EditClient, LOGGING_ROLES)
async def edit_client(desk: Desk, wish: EditClient) -> None:
    """What can be corrected."""
    desk.show(views.edit(desk.ui, await desk.read(clients.brief, wish.client)))


@press(EditField, LOGGING_ROLES)
async def edit_field(desk: Desk, wish: EditField) -> None:
    """Ask for the new value."""
    field = wish.field if wish.field in EDITABLE else EDITABLE[0]
    await _ask(desk, "field", f"edit.ask_{field}", client=wish.client, field=field)


@draft("field", LOGGING_ROLES)
async def field_text(desk: Desk, begun: Begun) -> None:
    """The new value of a field."""
    assert desk.update.effective_message is not None
    text = desk.update.effective_message.text or ""
    await desk.write(capture.change_field, begun, text, show=views.changed)


@press(SetTier, LOGGING_ROLES)
async def set_tier(desk: Desk, wish: SetTier) -> None:
    """Choose a tier."""
    await desk.write(clients.set_tier, wish.client, wish.tier, wish.version, show=views.edit)


@command("new", LOGGING_ROLES)
async def new(desk: Desk) -> None:
    """``/new NAME``; without a name it asks for one."""
    if desk.args:
        await desk.write(capture.enter, desk.args, show=views.made)
    else:
        await _ask(desk, "new", "new.ask")


@press(AskNew, LOGGING_ROLES)
async def ask_new(desk: Desk, _: AskNew) -> None:
    """Ask for the name of a new client."""
    await _ask(desk, "new", "new.ask")


@draft("new", LOGGING_ROLES)
async def new_text(desk: Desk, begun: Begun) -> None:
    """The name that was asked for."""
    assert desk.update.effective_message is not None
    name = desk.update.effective_message.text or ""
    await desk.write(capture.create_named, begun, name, show=views.made)


@press(NewClient, LOGGING_ROLES)
async def new_from_draft(desk: Desk, wish: NewClient) -> None:
    """Enter the client of a draft, and log the text if it was one."""
    kind = ClientKind.INDIVIDUAL if wish.person else ClientKind.CORPORATE
    await desk.write(capture.new_client, wish.draft, kind, show=captured)


async def _ask(desk: Desk, kind: str, key: str, **data: object) -> None:
    await desk.write(
        drafts.begin,
        kind,
        {"waits": True, **data},
        show=lambda ui, begun: views.ask(ui, key, begun.id),
    )
