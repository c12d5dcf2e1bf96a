"""What people do in their chats, over HTTP; docs/sandbox.md lists every route."""

import time
from collections.abc import Callable
from typing import Any

from starlette.routing import Route

from sandbox import person_side
from sandbox.people_routes import chat_json
from sandbox.person_side import NotPossible
from sandbox.records import Json, Press, Stored
from sandbox.side_requests import Asked, route
from sandbox.signal import Signal
from sandbox.telegram import Telegram
from sandbox.view import message_view

LONGEST_WAIT = 60.0


def _views(asked: Asked, stored: list[Stored]) -> Json:
    """What was sent; `seq` is the newest change, so that what comes after it is an answer."""
    views = [message_view(asked.telegram, one) for one in stored]
    return {"message": views[0], "messages": views, "seq": asked.telegram.counters.seq}


async def _until(done: Callable[[], bool], signal: Signal, asked: Asked, usual: float) -> None:
    """Waits for a signal until `done`, at most the seconds that were asked for."""
    deadline = time.monotonic() + min(float(asked.get("wait", usual)), LONGEST_WAIT)
    while not done() and not asked.telegram.closing:
        left = deadline - time.monotonic()
        if left <= 0:
            return
        await signal.wait(left)


async def messages(asked: Asked) -> Json:
    """What changed in a chat after a change number, waiting for it if asked to.

    `after` -1 answers no message, only the number of the newest change.
    """
    telegram, chat, after = asked.telegram, asked.chat, int(asked.get("after", 0))
    if after < 0:
        return {"messages": [], "seq": telegram.counters.seq, "chat": chat_json(chat)}
    await _until(
        lambda: telegram.last_change.get(chat.id, 0) > after,
        telegram.changes.chat(chat.id),
        asked,
        0,
    )
    found = [
        m for m in telegram.latest(chat.id) if m.seq > after and not (after == 0 and m.deleted)
    ]
    views = [message_view(telegram, stored) for stored in found]
    return {"messages": views, "seq": telegram.counters.seq, "chat": chat_json(chat)}


def say(asked: Asked) -> Json:
    """Types a text."""
    sent = person_side.say(asked.telegram, asked.person, str(asked.required("text")), **asked.how)
    return _views(asked, sent)


def edit(asked: Asked) -> Json:
    """Edits a message of theirs."""
    number, text = int(asked.required("message_id")), str(asked.required("text"))
    stored = person_side.edit(asked.telegram, asked.person, number, text, asked.number("chat"))
    return _views(asked, [stored])


def delete(asked: Asked) -> Json:
    """Deletes a message on the phone."""
    number = int(asked.required("message_id"))
    person_side.delete(asked.telegram, asked.person, number, asked.number("chat"))
    return {}


def press(asked: Asked) -> Json:
    """Presses a button by place, or sends any callback data."""
    telegram, person = asked.telegram, asked.person
    number, chat_id = int(asked.required("message_id")), asked.number("chat")
    data = asked.get("data")
    if data is None:
        stored = telegram.message(chat_id or person.id, number)
        if stored is None:
            raise NotPossible("the message is gone")
        row, column = int(asked.get("row", 0)), int(asked.get("column", 0))
        data = person_side.button_data(stored, row, column)
    pressed = person_side.press(telegram, person, number, str(data), chat_id)
    return press_json(pressed) | {"seq": telegram.counters.seq}


def press_json(pressed: Press) -> Json:
    """A press and its answer."""
    return dict(vars(pressed))


async def wait_for_press(asked: Asked) -> Json:
    """A press, waiting until the bot has answered it."""
    pressed = asked.telegram.presses[str(asked.required("press"))]
    await _until(lambda: pressed.answer is not None, asked.telegram.changes.answers, asked, 0)
    return press_json(pressed)


def age_press(asked: Asked) -> Json:
    """Makes a press older by `seconds`, so that a test sees it expire."""
    pressed = asked.telegram.presses[str(asked.required("press"))]
    pressed.at -= float(asked.get("seconds", asked.telegram.press_seconds + 1))
    asked.telegram.store.put("press", pressed.id, pressed)
    return press_json(pressed)


def send_files(asked: Asked) -> Json:
    """Sends files: multipart, `kind` is photo, document or voice; several make an album."""
    kind = str(asked.get("kind", "document"))
    if kind not in ("photo", "document", "voice"):
        raise NotPossible("kind must be photo, document or voice")
    sent = person_side.send_files(
        asked.telegram,
        asked.person,
        kind,
        asked.uploads,
        str(asked.get("caption", "")),
        int(asked.get("duration", 1)),
        **asked.how,
    )
    return _views(asked, sent)


def location(asked: Asked) -> Json:
    """Shares a place."""
    place = {name: float(asked.required(name)) for name in ("latitude", "longitude")}
    if asked.get("horizontal_accuracy") is not None:
        place["horizontal_accuracy"] = float(asked.values["horizontal_accuracy"])
    sent = person_side.post(asked.telegram, asked.person, {"location": place}, **asked.how)
    return _views(asked, [sent])


def contact(asked: Asked) -> Json:
    """Shares a contact; without one, the person's own number."""
    given = asked.get("contact")
    sent = person_side.contact(asked.telegram, asked.person, given, **asked.how)
    return _views(asked, [sent])


def forward(asked: Asked) -> Json:
    """Forwards a message of a chat, or a text of a stranger (`name`, `user_id` if not hidden)."""
    telegram = asked.telegram
    if asked.get("name") is not None:
        content: Json = {"text": str(asked.required("text"))}
        if asked.get("contact"):
            content = {"contact": asked.values["contact"]}
        original = asked.get("original_date")
        origin = person_side.stranger(
            telegram, asked.values, None if original is None else float(original)
        )
    else:
        source = telegram.message(
            int(asked.required("from_chat")), int(asked.required("message_id"))
        )
        if source is None:
            raise NotPossible("the message is gone")
        content = person_side.copied_content(source)
        origin = person_side.origin_of(telegram, source)
    sent = person_side.forward(telegram, asked.person, content, origin, **asked.how)
    return _views(asked, [sent])


def read(asked: Asked) -> Json:
    """Marks as read up to a message."""
    person_side.mark_read(asked.telegram, asked.chat, int(asked.required("message_id")))
    return {}


async def inline(asked: Asked) -> Json:
    """Types an inline query and waits for the results."""
    query = person_side.ask_inline(
        asked.telegram, asked.person, str(asked.get("query", "")), str(asked.get("offset", ""))
    )
    asked.telegram.store.flush()
    await _until(lambda: query.answer is not None, asked.telegram.changes.answers, asked, 10)
    return dict(vars(query))


def choose_inline(asked: Asked) -> Json:
    """Posts a result of an inline query into the chat with the bot, via the bot."""
    query = asked.telegram.inline_queries[str(asked.required("query_id"))]
    results: list[Any] = (query.answer or {}).get("results", [])
    chosen = next((r for r in results if r["id"] == asked.required("result")), None)
    if chosen is None:
        raise NotPossible("there is no such result")
    text = chosen["input_message_content"]["message_text"]
    sent = person_side.post(
        asked.telegram, asked.person, {"text": text, "via_bot": asked.telegram.bot_user()}
    )
    asked.telegram.updates.add(
        "chosen_inline_result",
        {"result_id": chosen["id"], "from": asked.person.user(), "query": query.query},
    )
    return _views(asked, [sent])


ACTS = {
    "say": say,
    "edit": edit,
    "delete": delete,
    "press": press,
    "files": send_files,
    "location": location,
    "contact": contact,
    "forward": forward,
    "inline": inline,
    "inline/choose": choose_inline,
}


def routes(telegram: Telegram) -> list[Route]:
    """The routes of the people's side."""
    acts = [
        route(telegram, f"/sandbox/people/{{person:int}}/{name}", act) for name, act in ACTS.items()
    ]
    return [
        *acts,
        route(telegram, "/sandbox/chats/{chat}/messages", messages, "GET"),
        route(telegram, "/sandbox/chats/{chat}/read", read),
        route(telegram, "/sandbox/presses/{press}", wait_for_press, "GET"),
        route(telegram, "/sandbox/presses/{press}/age", age_press),
    ]
