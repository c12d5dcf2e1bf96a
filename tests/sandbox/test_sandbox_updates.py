"""The queue of updates: confirmation, redelivery, order, ids, and what tests can do to it."""

import asyncio

import httpx
import pytest
from sandbox_world import MEI, TOM, Bot

from sandbox.running import Running


def ids(bot: Bot, **params: object) -> list[int]:
    return [update["update_id"] for update in bot.call("getUpdates", **params)]


def test_updates_come_again_until_confirmed(bot: Bot) -> None:
    bot.say("one")
    bot.say("two")
    first = ids(bot)
    assert len(first) == 2
    assert ids(bot) == first
    assert ids(bot, limit=1) == first[:1]
    assert ids(bot, offset=first[1]) == first[1:]
    assert ids(bot) == first[1:]
    assert ids(bot, offset=first[1] + 1) == []


def test_a_negative_offset_keeps_the_last(bot: Bot) -> None:
    for text in "abc":
        bot.say(text)
    found = bot.call("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in found] == ["c"]
    assert len(ids(bot)) == 1


def test_ids_that_go_backwards_confirm_nothing(bot: Bot) -> None:
    bot.say("old")
    (old,) = bot.updates()
    bot.act("updates/next", next=5)
    bot.say("new")
    (fresh,) = bot.call("getUpdates", offset=old["update_id"] + 1)
    assert (fresh["update_id"], fresh["message"]["text"]) == (5, "new")


def test_allowed_updates_filter_what_is_made_later(bot: Bot) -> None:
    said = bot.say("one")
    bot.call("getUpdates", allowed_updates=["edited_message"])
    bot.say("two")
    bot.act(f"people/{MEI}/edit", message_id=said["message_id"], text="one!")
    kinds = [sorted(update)[0] for update in bot.updates()]
    assert kinds == ["message", "edited_message"]


def test_late_messages_carry_their_own_time(bot: Bot) -> None:
    bot.say("in the lift", date=1_700_000_000)
    (update,) = bot.updates()
    assert update["message"]["date"] == 1_700_000_000


def test_edits_of_people(bot: Bot) -> None:
    said = bot.say("visited Acme")
    bot.act(f"people/{MEI}/edit", message_id=said["message_id"], text="visited Acme, 300k")
    update = bot.updates()[-1]["edited_message"]
    assert (update["text"], update["message_id"]) == ("visited Acme, 300k", said["message_id"])
    assert update["edit_date"] >= update["date"]


def test_long_texts_arrive_in_pieces(bot: Bot) -> None:
    bot.say("😀" * 2049)
    texts = [update["message"]["text"] for update in bot.updates()]
    assert texts == ["😀" * 2048, "😀"]


def test_commands_are_entities(bot: Bot) -> None:
    bot.say("/find Acme")
    (update,) = bot.updates()
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]


def test_the_same_update_again_and_under_new_ids(bot: Bot) -> None:
    bot.say("one")
    (update,) = bot.updates()
    bot.act("updates/repeat", update_id=update["update_id"], times=2)
    assert [again["update_id"] for again in bot.updates()] == [update["update_id"]] * 2
    bot.act("updates/repeat", update_id=update["update_id"], fresh_ids=True)
    (again,) = bot.updates()
    assert again["update_id"] > update["update_id"]
    assert again["message"] == update["message"]


def test_held_back_and_released_in_another_order(bot: Bot) -> None:
    bot.act("updates/hold")
    for text in "abc":
        bot.say(text)
    assert ids(bot) == []
    assert bot.act("updates/release", order=[2]) == {"released": 3}
    assert [update["message"]["text"] for update in bot.updates()] == ["c", "a", "b"]


def test_anything_can_be_injected(bot: Bot) -> None:
    bot.act("updates", update={"message": {"message_id": 1}})
    bot.act("updates", raw='{"update_id": %ID%, "message": {"text": "a\\ud800"}}')
    answer = bot.request("GET", f"/bot{bot.telegram.token}/getUpdates")
    assert '"text": "a\\ud800"' in answer.text
    assert [sorted(update) for update in answer.json()["result"]] == [["message", "update_id"]] * 2


def test_idle(bot: Bot) -> None:
    bot.say("one")
    assert bot.request("GET", "/sandbox/idle").json() == {"idle": False, "waiting": 1}
    bot.updates()
    assert bot.request("GET", "/sandbox/idle").json()["idle"] is True


async def _poll(running: Running, **params: object) -> dict[str, object]:
    async with httpx.AsyncClient(timeout=20) as http:
        return (await http.post(f"{running.url}/bot{running.token}/getUpdates", json=params)).json()


async def _until_polled(running: Running, number: int) -> None:
    while running.telegram.polls < number:
        await asyncio.sleep(0.005)


async def test_a_long_poll_ends_with_the_update(running: Running) -> None:
    poll = asyncio.ensure_future(_poll(running, timeout=20))
    await _until_polled(running, 1)
    async with httpx.AsyncClient() as http:
        await http.post(f"{running.url}/sandbox/people/{TOM}/say", json={"text": "hi"})
    answer = await asyncio.wait_for(poll, 5)
    assert answer["result"][0]["message"]["text"] == "hi"


async def test_a_second_poller_ends_the_first(running: Running) -> None:
    first = asyncio.ensure_future(_poll(running, timeout=20))
    await _until_polled(running, 1)
    second = asyncio.ensure_future(_poll(running, timeout=1))
    answer = await asyncio.wait_for(first, 5)
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert await second == {"ok": True, "result": []}


async def test_stopping_ends_open_polls_at_once(running: Running) -> None:
    poll = asyncio.ensure_future(_poll(running, timeout=50))
    await _until_polled(running, 1)
    await asyncio.wait_for(asyncio.to_thread(running.stop), 1.5)
    assert (await poll) == {"ok": True, "result": []}


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ({"url": "nowhere"}, "invalid webhook URL specified"),
        (
            {"url": "http://a.example/", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ({"url": "http://a.example/", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
def test_webhooks_that_telegram_refuses(bot: Bot, setting: dict[str, str], reason: str) -> None:
    assert bot.refused("setWebhook", **setting) == f"400 Bad Request: {reason}"


async def test_webhooks_deliver_with_the_secret_and_try_again(running: Running) -> None:
    got: list[tuple[str | None, bytes]] = []
    enough = asyncio.Event()

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        secret = head.split("x-telegram-bot-api-secret-token: ")[1].split("\r\n")[0]
        got.append((secret, await reader.readexactly(length)))
        status = b"500 Oh no" if len(got) == 1 else b"200 OK"
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        if len(got) == 2:
            enough.set()

    server = await asyncio.start_server(receive, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    base = f"{running.url}/bot{running.token}"
    async with server, httpx.AsyncClient() as http:
        setting = {"url": f"http://127.0.0.1:{port}/hook", "secret_token": "s3cret"}
        assert (await http.post(f"{base}/setWebhook", json=setting)).json()["ok"]
        await http.post(f"{running.url}/sandbox/people/{TOM}/say", json={"text": "hi"})
        await asyncio.wait_for(enough.wait(), 5)
        await http.get(f"{running.url}/sandbox/idle", params={"wait": 5})
        conflict = (await http.post(f"{base}/getUpdates", json={})).json()
        info = (await http.post(f"{base}/getWebhookInfo")).json()["result"]
        assert (await http.post(f"{base}/deleteWebhook")).json()["ok"]
    assert [secret for secret, _ in got] == ["s3cret"] * 2
    assert got[0][1] == got[1][1]
    assert b'"text": "hi"' in got[0][1]
    assert conflict["error_code"] == 409
    assert info["pending_update_count"] == 0
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Oh no"
