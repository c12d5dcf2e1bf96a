"""Who there is, and in which chats, over HTTP; docs/sandbox.md lists every route."""

from starlette.routing import Route

from sandbox import memberships
from sandbox.methods.commands import commands_for
from sandbox.records import Chat, Json, Person
from sandbox.side_requests import Asked, route
from sandbox.telegram import Telegram


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


def block(asked: Asked) -> Json:
    """Blocks or (`blocked` false) unblocks the bot."""
    memberships.set_blocked(asked.telegram, asked.person, asked.flag("blocked", True))
    return person_json(asked.telegram, asked.person)


def deactivate(asked: Asked) -> Json:
    """Deletes the account, or (`deactivated` false) brings it back."""
    memberships.deactivate(asked.telegram, asked.person, asked.flag("deactivated", True))
    return person_json(asked.telegram, asked.person)


def clear(asked: Asked) -> Json:
    """Deletes the chat with the bot."""
    memberships.clear_chat(asked.telegram, asked.person)
    return {}


def make_group(asked: Asked) -> Json:
    """Makes a group with the bot; `members` are ids."""
    title, members = str(asked.required("title")), [int(m) for m in asked.get("members", [])]
    return chat_json(memberships.make_group(asked.telegram, asked.person, title, members))


def upgrade_group(asked: Asked) -> Json:
    """Upgrades a group to a supergroup with a new id."""
    return chat_json(memberships.upgrade_group(asked.telegram, asked.chat))


def kick_bot(asked: Asked) -> Json:
    """Throws the bot out of a group."""
    memberships.kick_bot(asked.telegram, asked.chat, asked.telegram.people[asked.chat.members[0]])
    return chat_json(asked.chat)


def routes(telegram: Telegram) -> list[Route]:
    """The routes for people and groups."""
    person = "/sandbox/people/{person:int}"
    return [
        route(telegram, "/sandbox/people", list_people, "GET"),
        route(telegram, "/sandbox/people", add_person),
        route(telegram, person, one_person, "GET"),
        route(telegram, f"{person}/block", block),
        route(telegram, f"{person}/deactivate", deactivate),
        route(telegram, f"{person}/clear", clear),
        route(telegram, f"{person}/group", make_group),
        route(telegram, "/sandbox/chats/{chat}/upgrade", upgrade_group),
        route(telegram, "/sandbox/chats/{chat}/kick", kick_bot),
    ]
