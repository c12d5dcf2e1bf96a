"""What outlives a restart, and a sandbox as a process of its own."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from sandbox_world import MEI, Bot, add_people

from sandbox.client import Client
from sandbox.telegram import Telegram

TOKEN = "42:canary-token-for-this-test"
PEOPLE = [
    {"id": MEI, "first_name": "Mei", "language_code": "zh-hans", "caption": {"en": "manager"}}
]


def test_everything_outlives_a_restart(tmp_path: Path) -> None:
    first = Bot(Telegram(state=tmp_path))
    add_people(first.telegram)
    first.say("one")
    sent = first.call("sendMessage", chat_id=MEI, text="answer", disable_notification=True)
    first.upload("sendDocument", {"document": ("r.csv", b"a,b")}, chat_id=MEI)
    first.call("setMyCommands", commands=[{"command": "today", "description": "x"}])
    group = first.act(f"people/{MEI}/group", title="Team", members=[])
    press = first.act(f"people/{MEI}/press", message_id=sent["message_id"], data="d")
    first.call("deleteMessage", chat_id=MEI, message_id=1)
    before, waiting = first.sees(), first.call("getUpdates")
    # No orderly end: whatever was answered must be there already.
    again = Bot(Telegram(state=tmp_path))
    assert again.sees() == before
    assert again.call("getUpdates") == waiting
    assert again.call("getMyCommands") == [{"command": "today", "description": "x"}]
    assert again.call("getChat", chat_id=group["id"])["title"] == "Team"
    assert again.call("answerCallbackQuery", callback_query_id=press["id"]) is True
    file_id = before[1]["raw"]["document"]["file_id"]
    path = again.call("getFile", file_id=file_id)["file_path"]
    assert again.request("GET", f"/file/bot{again.telegram.token}/{path}").content == b"a,b"
    fresh = again.call("sendMessage", chat_id=MEI, text="new")
    assert fresh["message_id"] > before[-1]["message_id"]
    assert again.telegram.counters.seq > max(message["seq"] for message in before)
    first.close()
    again.close()


def test_confirmed_updates_stay_confirmed(tmp_path: Path) -> None:
    first = Bot(Telegram(state=tmp_path))
    add_people(first.telegram)
    first.say("one")
    (update,) = first.updates()
    again = Bot(Telegram(state=tmp_path))
    assert again.call("getUpdates") == []
    again.say("two")
    (later,) = again.updates()
    assert later["update_id"] == update["update_id"] + 1
    first.close()
    again.close()


@contextmanager
def process(tmp_path: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    people = tmp_path / "people.json"
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    words = ["--port", "0", "--people", str(people), "--clock", str(tmp_path / "clock")]
    started = subprocess.Popen(
        [sys.executable, "-m", "sandbox", *words, "--state", str(tmp_path / "state"), *more],
        env={**os.environ, "SANDBOX_TOKEN": TOKEN},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout is not None
        yield started, started.stdout.readline().strip()
    finally:
        started.kill()
        started.wait()
        started.stdout.close()


def test_a_killed_process_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    with process(tmp_path) as (started, url):
        person = Client(url).person(MEI)
        for number in range(20):
            person.say(f"message {number}")
        started.send_signal(signal.SIGKILL)
        started.wait()
    with process(tmp_path) as (_, url):
        texts = [message.text for message in Client(url).person(MEI).messages()]
        updates = httpx.get(f"{url}/bot{TOKEN}/getUpdates").json()["result"]
    assert texts == [f"message {number}" for number in range(20)]
    assert [update["message"]["text"] for update in updates] == texts


def test_it_says_its_address_and_ends_within_a_second(tmp_path: Path) -> None:
    with process(tmp_path, "--lang", "zh", "--flood", "generous") as (started, url):
        facts = httpx.get(f"{url}/sandbox/people").json()
        assert (facts["language"], facts["people"][0]["caption"]) == ("zh", {"en": "manager"})
        assert httpx.get(f"{url}/bot{TOKEN}/getMe").json()["result"]["id"] == 42
        polling, streaming = _open_poll(url), _open_stream(url)
        begun = time.monotonic()
        started.send_signal(signal.SIGTERM)
        assert started.wait(5) in (0, -signal.SIGTERM)
        assert time.monotonic() - begun < 1
        polling.join(2)
        streaming.join(2)
        assert not polling.is_alive()
        assert not streaming.is_alive()


def _open_poll(url: str) -> threading.Thread:
    address = f"{url}/bot{TOKEN}/getUpdates"
    poll = threading.Thread(target=lambda: httpx.get(address, params={"timeout": 50}, timeout=60))
    poll.start()
    while not httpx.get(f"{url}/sandbox/calls").json()["counts"].get("getUpdates"):
        time.sleep(0.01)
    return poll


def _open_stream(url: str) -> threading.Thread:
    opened = threading.Event()

    def read() -> None:
        with httpx.stream("GET", f"{url}/sandbox/events", timeout=60) as answer:
            for _ in answer.iter_lines():
                opened.set()

    stream = threading.Thread(target=read)
    stream.start()
    assert opened.wait(5)
    return stream


def test_the_clock_file_is_the_one_given(tmp_path: Path) -> None:
    with process(tmp_path) as (_, url):
        Client(url).clock.advance(3600)
        assert float((tmp_path / "clock").read_text()) == 3600


def test_starting_over_keeps_only_the_numbers(tmp_path: Path) -> None:
    first = Bot(Telegram(state=tmp_path))
    add_people(first.telegram)
    first.say("one")
    first.upload("sendDocument", {"document": ("r.csv", b"a,b")}, chat_id=MEI)
    first.act("reset")
    assert first.call("getUpdates") == []
    again = Bot(Telegram(state=tmp_path))
    assert again.request("GET", "/sandbox/people").json()["people"] == []
    assert list((tmp_path / "files").iterdir()) == []
    add_people(again.telegram)
    again.say("two")
    (update,) = again.updates()
    assert (update["message"]["message_id"], update["message"]["text"]) == (3, "two")
    first.close()
    again.close()


def test_message_ids_go_on(tmp_path: Path) -> None:
    numbers = []
    for _ in range(2):
        bot = Bot(Telegram(state=tmp_path))
        add_people(bot.telegram)
        sent = bot.call("sendMessage", chat_id=MEI, text="x")
        numbers.append((sent["message_id"], bot.sees()[-1]["seq"]))
        bot.close()
    assert numbers == [(1, 1), (2, 2)]
