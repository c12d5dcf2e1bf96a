"""The shell's contract: invite, migrate, check, parse, outbox, demo."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.people import Role
from tests.world import TOKEN, World

PARSE_KEYS = {
    "kind",
    "clients",
    "when",
    "follow_up",
    "dates",
    "amounts",
    "rates",
    "needs",
    "note",
    "events",
}


def rounds(
    *words: str, env: dict[str, str] | None = None, stdin: str = "", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words], input=stdin, capture_output=True, text=True,
        timeout=60, check=False, cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path.cwd()), **(env or {})},
    )  # fmt: skip


def test_version() -> None:
    assert rounds("--version").stdout.strip() == "rounds, version 0.1.0"


def test_migrate_then_invite_without_a_token(tmp_path: Path) -> None:
    env = {"ROUNDS_STORAGE__URL": f"sqlite:///{tmp_path}/a.sqlite"}
    early = rounds("invite", "--role", "manager", "--name", "林晓", env=env)
    assert early.returncode != 0
    assert "rounds migrate" in early.stderr
    assert len(early.stderr.strip().splitlines()) == 1
    assert rounds("migrate", env=env).returncode == 0
    assert rounds("migrate", env=env).returncode == 0
    made = rounds(
        "invite", "--role", "manager", "--name", "林晓", "--team", "新团队", "--json", env=env
    )
    document = json.loads(made.stdout)
    assert set(document) == {"code", "link", "expires"}
    assert document["link"] is None
    assert len(document["code"]) >= 22  # at least 128 random bits


def test_invite_links_to_the_bot_and_works_for_every_role(small_world: World) -> None:
    env = small_world.environment({})
    for role in Role:
        made = rounds("invite", "--role", role, "--name", f"P {role}", "--json", env=env)
        document = json.loads(made.stdout)
        assert document["link"].endswith(f"?start={document['code']}")
    again = json.loads(
        rounds("invite", "--role", "lead", "--name", "P lead", "--json", env=env).stdout
    )
    assert again["code"]


def test_check_says_ok_or_one_clear_line(small_world: World) -> None:
    good = rounds("check", env=small_world.environment({}))
    assert good.returncode == 0
    assert good.stdout.startswith("ok")
    bad_token = "987654321:" + "x" * 35
    bad = rounds("check", env=small_world.environment({"ROUNDS_TELEGRAM__TOKEN": bad_token}))
    assert bad.returncode == 1
    assert bad.stdout == ""
    assert len(bad.stderr.strip().splitlines()) == 1
    assert bad_token not in bad.stderr


def test_parse_needs_neither_token_nor_database(tmp_path: Path) -> None:
    said = "访 绿源食品 谈续贷500万 下周三下午跟进"
    found = rounds(
        "parse", said, "--now", "2026-11-23T15:40:00+08:00", "--lang", "zh", "--json", cwd=tmp_path
    )
    document = json.loads(found.stdout)
    assert set(document) >= PARSE_KEYS
    assert document["kind"] == "visit"
    assert document["clients"] == ["绿源食品"]
    assert document["follow_up"] == "2026-12-02T14:00"
    assert document["amounts"][0]["value"] == 5_000_000
    assert list(tmp_path.iterdir()) == []


def test_parse_reads_one_text_a_line_blanks_included() -> None:
    lines = "visited Acme, loan 2M\n\ncalled Globex\n"
    found = rounds("parse", "-", "--lang", "en", "--json", stdin=lines)
    documents = [json.loads(line) for line in found.stdout.splitlines()]
    assert [d["kind"] for d in documents] == ["visit", "none", "call"]


def test_what_was_set_aside_is_listed_and_tried_again(world: World) -> None:
    world.join(2001, "Amy", lang="en")
    env = world.environment({})
    assert "nothing is set aside" in rounds("outbox", "list", env=env).stdout

    def park(session: object) -> None:
        from storage.outbox import owe

        person = world.person("Amy").id
        owe(session, "broken", "no_such_kind", person, world.now)  # type: ignore[arg-type]

    world.write(park)
    deadline = time.monotonic() + 15
    while not (rows := json.loads(rounds("outbox", "list", "--json", env=env).stdout)):
        assert time.monotonic() < deadline, "the notice was not set aside"
    assert rows[0]["kind"] == "no_such_kind"
    tried = rounds("outbox", "retry", rows[0]["id"], env=env)
    assert tried.returncode == 0
    assert rounds("outbox", "retry", "N999", env=env).returncode == 1


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    started = _start_demo(tmp_path)
    yield started, _until_address(started)
    if started.poll() is None:
        started.send_signal(signal.SIGINT)
        started.wait(15)


def _start_demo(folder: Path, *words: str) -> "subprocess.Popen[str]":
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--folder", str(folder / "demo"),
         "--port", str(port), *words],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def _until_address(process: "subprocess.Popen[str]") -> list[str]:
    assert process.stdout is not None
    lines: list[str] = []
    while not (lines and lines[-1].startswith("http://")):
        line = process.stdout.readline()
        assert line, f"the demo ended: {lines}"
        lines.append(line.rstrip("\n"))
    return lines


def test_the_demo_opens_and_talks(demo: tuple["subprocess.Popen[str]", list[str]]) -> None:
    process, lines = demo
    address = lines[-1]
    with urllib.request.urlopen(address, timeout=10) as page:
        assert page.status == 200
    from sandbox.client import Client

    client = Client(address)
    lin = client.person(1001)
    lin.say("访 绿源食品 谈续贷500万 下周三下午跟进")
    lin.expect("已记录：拜访 · 绿源食品有限公司", timeout=20)
    newcomer = client.person(1004)
    start = next(p for p in client.get("people")["people"] if p["id"] == 1004)["start"]
    newcomer.say(f"/start {start}")
    newcomer.expect("Choose your language")
    client.clock.next_morning()
    lin.expect("晨报", timeout=30)
    assert process.poll() is None


def test_the_demo_keeps_its_state_and_ends_cleanly(tmp_path: Path) -> None:
    first = _start_demo(tmp_path)
    _until_address(first)
    first.send_signal(signal.SIGINT)
    assert first.wait(15) == 0
    assert not (tmp_path / "demo" / "sandbox.pid").exists()
    second = _start_demo(tmp_path)
    lines = _until_address(second)
    second.send_signal(signal.SIGINT)
    assert second.wait(15) == 0
    assert not any("inviting" in line for line in lines), "the second start keeps what was there"


def test_a_token_never_stands_in_an_error(tmp_path: Path) -> None:
    env = {"ROUNDS_TELEGRAM__TOKEN": TOKEN, "ROUNDS_STORAGE__URL": f"sqlite:///{tmp_path}/a.sqlite",
           "ROUNDS_TELEGRAM__API_URL": "http://127.0.0.1:9"}  # fmt: skip
    rounds("migrate", env=env)
    failed = rounds("check", env=env)
    assert failed.returncode == 1
    assert TOKEN not in failed.stdout + failed.stderr
