"""Plain text, edited text and captions: whatever is said is logged, planned, found or answered."""

from dataclasses import replace
from typing import Any

from domain.contacts import ContactKind
from domain.names import core_name, folded
from domain.people import LOGGING_ROLES, READING_ROLES, Role
from domain.quicklog import Correction, Reading, correction, read
from handlers import targets as target_words
from handlers.clients import look_up
from handlers.desk import Desk
from handlers.registry import EVERYONE, command, message
from handlers.registry import drafts as draft_entries
from handlers.uploads import file_of
from handlers.views import clients as client_views
from handlers.views import followups as followup_views
from handlers.views import visits as visit_views
from handlers.views import words as views
from handlers.views.common import dropped
from handlers.views.undoing import undone
from services import capture, clients, drafts, followups, search, understanding, undo, visits
from services.capture import Part
from services.drafts import Begun
from services.followups import When
from services.seen import ContactLine
from services.visits import Amendment

SHORT = 40
RECENT = 12


@message("text", EVERYONE)
async def text(desk: Desk) -> None:
    """Any text, also in the middle of a flow."""
    said = _text_of(desk)
    if desk.actor.role not in READING_ROLES or said.startswith("/"):  # no such command
        desk.show(views.unclear(desk.ui, desk.actor, said))
        return
    reading = await _read(desk, said)
    waiting: Begun | None = await desk.read(drafts.waiting) if desk.waits_for_text else None
    if waiting is None or not await _continued(desk, waiting, reading):
        await understand(desk, said, reading)


async def _continued(desk: Desk, waiting: Begun, reading: Reading) -> bool:
    """Give the text to the draft that waits for one; whether it was meant for it.

    What is plainly about something else ends the waiting: a log, a correction, another client.
    """
    elsewhere = _stands_alone(reading) or _names_another(waiting, reading)
    if not elsewhere and correction(reading.text, desk.actor.local(desk.said_at)) is None:
        return await draft_entries[waiting.kind].run(desk, waiting) is not False
    await desk.leave_waiting()
    return False


def _names_another(waiting: Begun, reading: Reading) -> bool:
    """While a new value is asked for, exactly the name of another known client is a search."""
    if waiting.kind not in ("field", "target") or not _is_bare(reading):
        return False
    certain = {c.ids[0] for c in reading.clients if c.certainty == "certain" and c.ids}
    return bool(certain) and waiting.data.get("client") not in certain


@command("log", LOGGING_ROLES)
async def log(desk: Desk) -> None:
    """``/log TEXT`` logs it; without a text it offers recent clients."""
    if desk.args:
        await understand(desk, desk.args)
    else:
        desk.show(visit_views.whom(desk.ui, await desk.read(clients.recent, RECENT), 0))


@message("edited", LOGGING_ROLES)
async def edited(desk: Desk) -> None:
    """An edit of a sent message corrects what was logged or planned from it."""
    assert desk.update.effective_message is not None
    source = _source(desk)
    logged: tuple[int, ...] = await desk.read(visits.of_message, *source)
    said = _text_of(desk)
    reading = await _read(desk, said)
    if not logged:
        await understand(desk, said, reading)  # a plan or an entry finds what it said before
        return
    (part, *_rest) = understanding.parts_of(
        reading, desk.actor, desk.said_at, desk.calendar, source
    )
    change = Amendment(
        kind=part.said.kind if reading.kind != "none" else None,
        when=part.said.when,
        next_step=part.said.next_step,
        next_kind=part.said.next_kind,
        outcome=part.said.outcome,
        note=said,
        details=_blank_details() | dict(part.said.details),
        client_id=part.certain,
    )
    await desk.write(visits.amend, logged[0], change, "edited", show=visit_views.card)


def _blank_details() -> dict[str, list[object]]:
    return {name: [] for name in ("amounts", "rates", "needs", "people", "doubts", "marks")}


async def understand(desk: Desk, said: str, reading: Reading | None = None) -> None:
    """Log, plan, look up or answer."""
    reading = reading or await _read(desk, said)
    if desk.actor.role is Role.AUDITOR:
        await look_up(desk, said)
        return
    if desk.actor.role is Role.LEAD and target_words.sets_target(said):
        await target_words.set_by_message(desk, said)
    elif await _corrected(desk, said):
        return
    elif reading.entry is not None and reading.intent == "entry":
        await target_words.record(desk, reading)
    elif reading.intent == "log" and _is_bare(reading):
        await _open_named(desk, said, reading)
    elif reading.intent in ("log", "plan", "move") or _says_something(reading):
        await _capture(desk, reading)
    elif reading.intent == "search" or len(said) <= SHORT:
        await _search_or_answer(desk, said, reading)
    else:
        desk.show(views.unclear(desk.ui, desk.actor, said))


async def _corrected(desk: Desk, said: str) -> bool:
    """“不对，是300万” right after a card changes that card."""
    local = desk.actor.local(desk.said_at)
    change = correction(
        said, local, lang=desk.actor.lang, calendar=desk.calendar, names=await desk.names()
    )
    if change is None:
        return False
    latest = await desk.read(visits.latest)
    if change.cancelled:
        return await _called_off(desk, said, latest)
    if await desk.read(undo.entry_is_last):
        return await target_words.corrected(desk, change)
    if latest is None:
        return False
    await desk.write(
        visits.amend, latest.id, _amendment(change, latest.details), "said", show=visit_views.card
    )
    return True


async def _called_off(desk: Desk, said: str, latest: ContactLine | None) -> bool:
    """“取消”: ends an open question; with another client's name, that client's next step; else the
    log or entry just made."""
    named = [m for m in (await desk.names()).find(said) if m.certainty == "certain"]
    if named and (latest is None or named[0].ids[0] != latest.client_id):
        await desk.write(followups.call_off, named[0].ids[0], show=followup_views.called_off)
        return True
    if await desk.read(drafts.asked_since, latest.logged_at if latest else None):
        await desk.write(
            drafts.settle_waiting,
            show=lambda ui, _: dropped(ui),
        )
        return True
    if latest is None and not await desk.read(undo.entry_is_last):
        return False
    await desk.write(undo.last, show=lambda ui, result: undone(ui, result, desk.rules))
    return True


def _amendment(change: Correction, details: dict[str, Any]) -> Amendment:
    new: dict[str, Any] = {}
    if change.amount is not None:
        amount = change.amount
        former = [dict(a) for a in details.get("amounts", ())]
        currency = amount.currency or (former[0].get("currency") if former else None)
        new["amounts"] = [{"value": amount.value, "currency": currency, "text": amount.text}]
    if change.rate is not None:
        new["rates"] = [f"{change.rate.value:g}{change.rate.unit}"]
    client = change.client
    return Amendment(
        kind=ContactKind(change.kind) if change.kind and change.kind != "none" else None,
        when=When.of(change.when) if change.when else None,
        next_step=When.of(change.follow_up) if change.follow_up else None,
        details=new or None,
        client_id=client.ids[0]
        if client and client.certainty == "certain" and client.ids
        else None,
    )


async def _capture(desk: Desk, reading: Reading) -> None:
    parts = understanding.parts_of(reading, desk.actor, desk.said_at, desk.calendar, _source(desk))
    resolved = [await _resolve(desk, part) for part in parts]
    if (file := file_of(desk.update.effective_message)) is not None:
        resolved[0] = replace(resolved[0], said=replace(resolved[0].said, file=file))
    edited = desk.update.edited_message is not None
    await desk.write(capture.take, tuple(resolved), show=views.taken, edited=edited)


async def _resolve(desk: Desk, part: Part) -> Part:
    """A name that the portfolio's index did not know may still be found as one types it."""
    if part.certain is not None or part.candidates or not part.said.name:
        return part
    found = await desk.read(search.find, part.said.name)
    ids = tuple(client.id for client in found.clients)
    if found.certain:
        return replace(part, certain=ids[0], candidates=ids)
    return replace(part, candidates=ids)


async def _open_named(desk: Desk, said: str, reading: Reading) -> None:
    """A text that names a client and says nothing to log: the brief, or a search for it all."""
    certain = [c for c in reading.clients if c.certainty == "certain" and c.ids]
    longer_name = core_name(said) != folded(said)  # a company's full name, unlike any we know
    if len(certain) == 1 and not longer_name:
        brief = await desk.read(clients.brief, certain[0].ids[0])
        desk.show(client_views.brief(desk.ui, brief))
    else:
        await look_up(desk, said)


def _says_something(reading: Reading) -> bool:
    """What happened or is planned is told, though for whom must be asked."""
    if reading.intent != "none":
        return False
    told = reading.kind != "none" or reading.follow_up is not None
    return told or (reading.when is not None and bool(reading.clients))


async def _search_or_answer(desk: Desk, said: str, reading: Reading) -> None:
    found = await desk.read(search.find, said)
    if found.clients or reading.intent == "search":
        await look_up(desk, said)
    else:
        desk.show(views.unclear(desk.ui, desk.actor, said))


async def _read(desk: Desk, said: str) -> Reading:
    local = desk.actor.local(desk.said_at)
    return read(said, local, lang=desk.actor.lang, calendar=desk.calendar, names=await desk.names())


def _stands_alone(reading: Reading) -> bool:
    """A text that surely is a log or plan of its own, even while a screen waits for a text."""
    told = reading.entry is not None or not _is_bare(reading)
    certain = any(client.certainty == "certain" for client in reading.clients)
    return reading.intent in ("log", "plan", "move", "entry") and told and certain


def _is_bare(reading: Reading) -> bool:
    """A text that names a client and says nothing one could log."""
    said = (reading.when, reading.follow_up, reading.outcome)
    return reading.kind == "none" and not any((*said, reading.amounts, reading.needs))


def _text_of(desk: Desk) -> str:
    found = desk.update.effective_message
    assert found is not None
    return found.text or found.caption or ""


def _source(desk: Desk) -> tuple[int, int]:
    found = desk.update.effective_message
    assert found is not None
    return found.chat_id, found.message_id
