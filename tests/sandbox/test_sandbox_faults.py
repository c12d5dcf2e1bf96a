"""A Telegram that misbehaves on purpose, and one that is in a hurry."""

import httpx
import pytest
from sandbox_world import MEI, TOM, Bot

from sandbox.client import Client, SandboxError
from sandbox.flood import Flood
from sandbox.refusal import Refusal
from sandbox.running import Running


def send(running: Running, text: str = "x", chat: int = MEI) -> httpx.Response:
    body = {"chat_id": chat, "text": text}
    return httpx.post(f"{running.url}/bot{running.token}/sendMessage", json=body, timeout=5)


def texts(client: Client) -> list[str]:
    return [message.text for message in client.person(MEI).messages()]


def test_429_with_retry_after(running: Running, client: Client) -> None:
    client.faults.too_many(7, "sendMessage", times=2)
    answers = [send(running) for _ in range(3)]
    assert [a.status_code for a in answers] == [429, 429, 200]
    assert answers[0].json()["parameters"] == {"retry_after": 7}
    assert answers[0].headers["retry-after"] == "7"
    assert texts(client) == ["x"]


def test_a_5xx_with_html(running: Running, client: Client) -> None:
    client.faults.bad_gateway("sendMessage")
    answer = send(running)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (502, "text/html")
    assert texts(client) == []


def test_a_reset_processes_nothing(running: Running, client: Client) -> None:
    client.faults.add("reset", "sendMessage")
    with pytest.raises(httpx.TransportError):
        send(running)
    assert texts(client) == []
    assert send(running).is_success


def test_accept_then_drop_processes_but_never_answers(running: Running, client: Client) -> None:
    client.faults.add("drop", "sendMessage")
    with pytest.raises(httpx.TransportError):
        send(running)
    assert texts(client) == ["x"]
    (call,) = client.calls("sendMessage")
    assert (call["fault"], call["ok"]) == ("drop", True)


def test_hanging_answers_late(running: Running, client: Client) -> None:
    client.faults.add("hang", "sendMessage", seconds=0.3)
    assert send(running).elapsed.total_seconds() >= 0.3
    assert texts(client) == ["x"]


def test_faults_can_be_meant_for_one_chat(running: Running, client: Client) -> None:
    client.person(TOM).say("hi")
    client.faults.add("error", chat_id=TOM, code=403, description="Forbidden: nope", times=-1)
    assert send(running, chat=MEI).is_success
    assert send(running, chat=TOM).json()["description"] == "Forbidden: nope"
    assert send(running, chat=TOM).status_code == 403
    client.faults.clear()
    assert send(running, chat=TOM).is_success


def test_unknown_faults_are_an_error(client: Client) -> None:
    with pytest.raises(SandboxError, match="kind must be one of"):
        client.faults.add("cheese")


def test_the_log_of_calls(bot: Bot) -> None:
    bot.call("sendMessage", chat_id=MEI, text="x")
    bot.refused("sendMessage", chat_id=MEI, text="")
    log = bot.request("GET", "/sandbox/calls", params={"method": "sendmessage"}).json()
    first, second = log["calls"]
    assert (first["status"], first["ok"], first["params"]["text"]) == (200, True, "x")
    assert first["result"]["message_id"] == 1
    assert second["result"]["description"] == "Bad Request: message text is empty"
    assert log["counts"] == {"sendMessage": 2}
    assert log["refusals"] == {"400 Bad Request: message text is empty": 1}


def test_flood_limits_one_chat_and_all(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("sandbox.flood.time.monotonic", lambda: now)
    flood = Flood.named("telegram")
    for _ in range(5):
        flood.check(MEI)
    with pytest.raises(Refusal) as refusal:
        flood.check(MEI)
    assert refusal.value.parameters == {"retry_after": 1}
    for person in range(25):
        flood.check(person)
    with pytest.raises(Refusal):
        flood.check(99)
    now += 1
    flood.check(MEI)


def test_flood_answers_429(bot: Bot) -> None:
    bot.act("settings", flood="telegram")
    answers = [bot.answer("sendMessage", chat_id=MEI, text="x") for _ in range(6)]
    assert [answer["ok"] for answer in answers] == [True] * 5 + [False]
    assert answers[-1]["description"] == "Too Many Requests: retry after 1"
    assert answers[-1]["parameters"] == {"retry_after": 1}


def test_without_flood_limits_nothing_is_counted(bot: Bot) -> None:
    for _ in range(60):
        bot.call("sendMessage", chat_id=MEI, text="x")
