"""What tests use to misbehave, and everybody to move the clock."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from sandbox.clock import DEFAULT_ZONE, target_of
from sandbox.faults import Fault
from sandbox.flood import Flood
from sandbox.records import Json
from sandbox.side_requests import Asked, answer, route
from sandbox.telegram import Telegram

KEEP_ALIVE_SECONDS = 15.0


def clock_json(telegram: Telegram) -> Json:
    """Business time in UTC, and its distance from real time in seconds."""
    now = telegram.clock.now()
    return {
        "now": datetime.fromtimestamp(now, UTC).isoformat(),
        "seconds": now,
        "offset": telegram.clock.offset,
    }


def show_clock(asked: Asked) -> Json:
    """What time it is."""
    return clock_json(asked.telegram)


def move_clock(asked: Asked) -> Json:
    """Moves it: `advance` seconds, `set` to an ISO moment, or a named `move` in a `zone`."""
    clock = asked.telegram.clock
    if asked.get("advance") is not None:
        clock.advance(float(asked.values["advance"]))
    elif asked.get("set") is not None:
        clock.set(datetime.fromisoformat(str(asked.values["set"])))
    elif asked.get("offset") is not None:
        clock.set_offset(float(asked.values["offset"]))
    else:
        _named_move(asked)
    asked.telegram.changes.tell("clock", **clock_json(asked.telegram))
    return clock_json(asked.telegram)


def _named_move(asked: Asked) -> None:
    clock = asked.telegram.clock
    zone = str(asked.get("zone", DEFAULT_ZONE))
    target = target_of(str(asked.required("move")), clock.now(), zone)
    if target is None:
        clock.set_offset(0.0)
    else:
        clock.set(target)


def calls(asked: Asked) -> Json:
    """The bot's requests, from a number on and of one method if asked so, and their counts."""
    after, wanted = int(asked.get("after", 0)), str(asked.get("method", "")).lower()
    log = asked.telegram.calls
    found = [
        vars(call)
        for call in log.calls
        if call.number > after and (not wanted or call.method.lower() == wanted)
    ]
    return {
        "calls": found[-int(asked.get("limit", 1000)) :],
        "counts": dict(log.counts),
        "refusals": dict(log.refusals),
        "updates_created": asked.telegram.updates.created,
    }


def clear_calls(asked: Asked) -> Json:
    """Empties the log."""
    asked.telegram.calls.clear()
    return {}


async def idle(asked: Asked) -> Json:
    """Whether every update was confirmed; waits for it up to `wait` seconds."""
    deadline = time.monotonic() + float(asked.get("wait", 0))
    updates = asked.telegram.updates
    while updates.waiting and not asked.telegram.closing:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        await updates.confirmed.wait(left)
    return {"idle": not updates.waiting, "waiting": len(updates.waiting)}


def add_faults(asked: Asked) -> Json:
    """Adds one fault, or a list of them as `faults`."""
    given: list[Json] = asked.get("faults", [asked.values])
    for fault in given:
        asked.telegram.script.add(Fault(**fault))
    return list_faults(asked)


def list_faults(asked: Asked) -> Json:
    """The faults still to come."""
    return {"faults": [vars(fault) for fault in asked.telegram.script.lines]}


def clear_faults(asked: Asked) -> Json:
    """Forgets them."""
    asked.telegram.script.clear()
    return {}


def inject(asked: Asked) -> Json:
    """Queues any update: `update` (an object) or `raw` (text, unread by the sandbox)."""
    updates = asked.telegram.updates
    given = asked.get("update")
    if given is not None:
        number = int(given.get("update_id") or updates.take_id())
        raw = json.dumps(given | {"update_id": number})
    else:
        number = asked.number("update_id") or updates.take_id()
        raw = str(asked.required("raw")).replace("%ID%", str(number))
    updates.add_raw(raw, number)
    return {"update_id": number}


def repeat(asked: Asked) -> Json:
    """Delivers an update again, `times`, with `fresh_ids` under new ids; by default the last."""
    updates = asked.telegram.updates
    number = asked.number("update_id") or updates.seen(lambda _: True)[-1]
    numbers = updates.repeat(number, int(asked.get("times", 1)), asked.flag("fresh_ids"))
    return {"update_ids": numbers}


def set_next_id(asked: Asked) -> Json:
    """The id of the next update."""
    asked.telegram.updates.set_next_id(int(asked.required("next")))
    return {"next": asked.telegram.updates.state.next_id}


def hold(asked: Asked) -> Json:
    """Keeps new updates back."""
    asked.telegram.updates.hold()
    return {}


def release(asked: Asked) -> Json:
    """Delivers them; `order` is a list of positions, or `reverse`."""
    updates = asked.telegram.updates
    order: Any = asked.get("order")
    if order == "reverse":
        order = list(range(len(updates.held or [])))[::-1]
    return {"released": updates.release(order)}


def reset(asked: Asked) -> Json:
    """Forgets people, chats, messages, files, faults and calls."""
    asked.telegram.forget()
    return {}


def settings(asked: Asked) -> Json:
    """Changes `flood` (off, telegram, generous), `strict`, `press_seconds`."""
    telegram = asked.telegram
    if asked.get("flood") is not None:
        telegram.flood = Flood.named(str(asked.values["flood"]))
    telegram.strict = asked.flag("strict", telegram.strict)
    telegram.press_seconds = float(asked.get("press_seconds", telegram.press_seconds))
    return {
        "flood": telegram.flood.mode,
        "strict": telegram.strict,
        "press_seconds": telegram.press_seconds,
    }


async def _stream(telegram: Telegram) -> AsyncIterator[str]:
    stream = telegram.changes.subscribe()
    try:
        yield "event: hello\ndata: {}\n\n"
        while not telegram.closing:
            try:
                text = await asyncio.wait_for(stream.get(), KEEP_ALIVE_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if not text:
                return
            yield f"data: {text}\n\n"
    finally:
        telegram.changes.unsubscribe(stream)


def routes(telegram: Telegram) -> list[Route]:
    """The routes for control."""

    async def events(_: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(_stream(telegram), headers=headers, media_type="text/event-stream")

    async def file(request: Request) -> Response:
        known = telegram.files.get(request.path_params["file_id"])
        if known is None:
            return answer({"error": "not found"}, 404)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(telegram.store.file(known.name), 200, headers, known.mime_type)

    return [
        Route("/sandbox/events", events),
        Route("/sandbox/files/{file_id}", file),
        route(telegram, "/sandbox/clock", show_clock, "GET"),
        route(telegram, "/sandbox/clock", move_clock),
        route(telegram, "/sandbox/calls", calls, "GET"),
        route(telegram, "/sandbox/calls", clear_calls, "DELETE"),
        route(telegram, "/sandbox/idle", idle, "GET"),
        route(telegram, "/sandbox/faults", add_faults),
        route(telegram, "/sandbox/faults", list_faults, "GET"),
        route(telegram, "/sandbox/faults", clear_faults, "DELETE"),
        route(telegram, "/sandbox/updates", inject),
        route(telegram, "/sandbox/updates/repeat", repeat),
        route(telegram, "/sandbox/updates/next", set_next_id),
        route(telegram, "/sandbox/updates/hold", hold),
        route(telegram, "/sandbox/updates/release", release),
        route(telegram, "/sandbox/settings", settings),
        route(telegram, "/sandbox/reset", reset),
    ]
