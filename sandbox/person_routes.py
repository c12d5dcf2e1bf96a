"""The people's side over HTTP; docs/sandbox.md lists every route."""

import time
from typing import Any

from starlette.routing import Route

from sandbox import person_side
from sandbox.methods.commands import commands_for
from sandbox.person_side import NotPossible
from sandbox.records import Chat, Json, Person, Press, Stored
from sandbox.side_requests import Asked, route
from sandbox.telegram import Telegram
from sandbox.view import message_view

LONGEST_WAIT = 60.0


def person_json(telegram: Telegram, person: Person) -> Json:
    """Somebody, as the page shows them."""
    return vars(person) | {
        "name": person.name,
        "commands": commands_for(telegram, person.id, person.language_code or ""),
        "groups": [c.id for c in telegram.chats.values() if c.id < 0 and person.id in c.members],
    }


def chat_json(chat: Chat) -> Json:
    """A chat, as the page shows it."""
    return dict(vars(chat))


def _views(asked: Asked, stored: list[Stored]) -> Json:
    views = [message_view(asked.telegram, one) for one in stored]
    return {"message": views[0], "messages": views}


def list_people(asked: Asked) -> Json:
    """Everybody, and the bot."""
    telegram = asked.telegram
    people = [person_json(telegram, person) for person in telegram.people.values()]
    return {
        "people": people,
        "groups": [chat_json(c) for c in telegram.chats.values() if c.type != "private"],
        "bot": telegram.bot_user()
        | {
            "description": telegram.profile.description,
            "short_description": telegram.profile.short_description,
        },
        "language": telegram.language,
    }


def add_person(asked: Asked) -> Json:
    """Adds somebody, or changes them."""
    asked.required("id")
    asked.required("first_name")
    return person_json(asked.telegram, asked.telegram.add_person(**asked.values))


def one_person(asked: Asked) -> Json:
    """One of them."""
    return person_json(asked.telegram, asked.person)


async def messages(asked: Asked) -> Json:
    """What changed in a chat after a change number, waiting for it if asked to."""
    chat, after = asked.chat, int(asked.get("after", 0))
    wait = min(float(asked.get("wait", 0)), LONGEST_WAIT)
    deadline = time.monotonic() + wait
    while True:
        found = [m for m in asked.telegram.latest(chat.id) if m.seq > after]
        left = deadline - time.monotonic()
        if found or left <= 0 or asked.telegram.closing:
            break
        await asked.telegram.changes.signal.wait(left)
    if after == 0:
        found = [stored for stored in found if not stored.deleted]
    views = [message_view(asked.telegram, stored) for stored in found]
    last = max((stored.seq for stored in found), default=after)
    return {"messages": views, "seq": last, "chat": chat_json(chat)}


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
    return press_json(person_side.press(telegram, person, number, str(data), chat_id))


def press_json(pressed: Press) -> Json:
    """A press and its answer."""
    return dict(vars(pressed))


async def wait_for_press(asked: Asked) -> Json:
    """A press, waiting until the bot has answered it."""
    pressed = asked.telegram.presses[str(asked.required("press"))]
    wait = min(float(asked.get("wait", 0)), LONGEST_WAIT)
    deadline = time.monotonic() + wait
    while pressed.answer is None and not asked.telegram.closing:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        await asked.telegram.changes.signal.wait(left)
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


def block(asked: Asked) -> Json:
    """Blocks or (`blocked` false) unblocks the bot."""
    person_side.set_blocked(asked.telegram, asked.person, asked.flag("blocked", True))
    return person_json(asked.telegram, asked.person)


def deactivate(asked: Asked) -> Json:
    """Deletes the account, or (`deactivated` false) brings it back."""
    person_side.deactivate(asked.telegram, asked.person, asked.flag("deactivated", True))
    return person_json(asked.telegram, asked.person)


def clear(asked: Asked) -> Json:
    """Deletes the chat with the bot."""
    person_side.clear_chat(asked.telegram, asked.person)
    return {}


def read(asked: Asked) -> Json:
    """Marks as read up to a message."""
    person_side.mark_read(asked.telegram, asked.chat, int(asked.required("message_id")))
    return {}


async def inline(asked: Asked) -> Json:
    """Types an inline query and waits for the results."""
    query = person_side.ask_inline(
        asked.telegram, asked.person, str(asked.get("query", "")), str(asked.get("offset", ""))
    )
    deadline = time.monotonic() + min(float(asked.get("wait", 10)), LONGEST_WAIT)
    asked.telegram.store.flush()
    while query.answer is None and not asked.telegram.closing:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        await asked.telegram.changes.signal.wait(left)
    return dict(vars(query))


def choose_inline(asked: Asked) -> Json:
    """Posts a result of an inline query into the chat with the bot, via the bot."""
    query = asked.telegram.inline_queries[str(asked.required("query"))]
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


def make_group(asked: Asked) -> Json:
    """Makes a group with the bot; `members` are ids."""
    title, members = str(asked.required("title")), [int(m) for m in asked.get("members", [])]
    return chat_json(person_side.make_group(asked.telegram, asked.person, title, members))


def upgrade_group(asked: Asked) -> Json:
    """Upgrades a group to a supergroup with a new id."""
    return chat_json(person_side.upgrade_group(asked.telegram, asked.chat))


def kick_bot(asked: Asked) -> Json:
    """Throws the bot out of a group."""
    person_side.kick_bot(asked.telegram, asked.chat, asked.telegram.people[asked.chat.members[0]])
    return chat_json(asked.chat)


ACTS = {
    "say": say,
    "edit": edit,
    "delete": delete,
    "press": press,
    "files": send_files,
    "location": location,
    "contact": contact,
    "forward": forward,
    "block": block,
    "deactivate": deactivate,
    "clear": clear,
    "inline": inline,
    "inline/choose": choose_inline,
    "group": make_group,
}


def routes(telegram: Telegram) -> list[Route]:
    """The routes of the people's side."""
    acts = [
        route(telegram, f"/sandbox/people/{{person:int}}/{name}", act) for name, act in ACTS.items()
    ]
    return [
        route(telegram, "/sandbox/people", list_people, "GET"),
        route(telegram, "/sandbox/people", add_person),
        route(telegram, "/sandbox/people/{person:int}", one_person, "GET"),
        *acts,
        route(telegram, "/sandbox/chats/{chat}/messages", messages, "GET"),
        route(telegram, "/sandbox/chats/{chat}/read", read),
        route(telegram, "/sandbox/chats/{chat}/upgrade", upgrade_group),
        route(telegram, "/sandbox/chats/{chat}/kick", kick_bot),
        route(telegram, "/sandbox/presses/{press}", wait_for_press, "GET"),
        route(telegram, "/sandbox/presses/{press}/age", age_press),
    ]
