"""Starts the local stand-in for Telegram beside the assistant, and ends both cleanly."""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from bot import program
from bot.clock import Clock
from bot.config import ConfigError, Settings
from bot.demo.people import COLLEAGUES, NEWCOMER, Colleague
from bot.demo.seed import is_empty, newcomer_code, seed
from bot.opening import house_of, version_of
from storage import schema
from storage.database import Database

PORTS_TRIED = 50
Say = Callable[[str], None]


def run(folder: Path, port: int, reset: bool, lang: str, say: Say) -> None:
    """Run the demo in ``folder`` until Ctrl-C. The page's address is said last, alone."""
    if reset and folder.exists():
        say("→ starting over")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _end_leftover(folder)
    port = free_port(port)
    settings = settings_of(folder, port, _token(folder))
    first_time, code = _prepare(settings, folder, say)
    with _sandbox(settings, folder, port, lang, code) as address:
        if first_time:
            _say_hello(address)
        asyncio.run(_live(settings, address, say))


def settings_of(folder: Path, port: int, token: str) -> Settings:
    """The demo's own settings; a config.toml beside it has no say."""
    return Settings.model_validate(
        {
            "telegram": {"token": token, "api_url": f"http://127.0.0.1:{port}"},
            "storage": {"url": "sqlite:///rounds.sqlite"},
            "clock": {"file": "clock"},
            "deployment": {"profile": "demo"},
            "push": {"digest_spread_minutes": 0},  # “next morning” brings it at once
            "base": folder.resolve(),
        }
    )


def free_port(first: int) -> int:
    """``first``, or the next port nobody listens on."""
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ConfigError(f"no free port from {first} to {first + PORTS_TRIED - 1}")


def _token(folder: Path) -> str:
    """A token of this demo's own; it opens nothing but the local stand-in."""
    file = folder / "token"
    if not file.exists():
        digits = 100_000_000 + secrets.randbelow(899_999_999)
        file.write_text(f"{digits}:{secrets.token_hex(18)}")
        file.chmod(0o600)
    return file.read_text().strip()


def _prepare(settings: Settings, folder: Path, say: Say) -> tuple[bool, str | None]:
    """The database at today's version, filled once; a code for whoever has not joined."""
    say("→ preparing the database")
    if version_of(settings) != schema.head():
        from storage import migrate  # Alembic, only when there is something to do

        migrate.upgrade(settings.storage_url)
    database = Database(settings.storage_url, house_of(settings))
    try:
        now = Clock(settings.clock_file).now()
        first_time = is_empty(database)
        if first_time:
            say("→ inviting demo people and entering their clients")
            seed(database, now)
        return first_time, newcomer_code(database, now)
    finally:
        database.close()


@contextlib.contextmanager
def _sandbox(
    settings: Settings, folder: Path, port: int, lang: str, code: str | None
) -> Iterator[str]:
    people = folder / "people.json"
    people.write_text(json.dumps(phones(code), ensure_ascii=False), encoding="utf-8")
    process = subprocess.Popen(  # noqa: S603 – our own program
        [
            sys.executable,
            "-m",
            "sandbox",
            "--port",
            str(port),
            "--state",
            str(folder / "sandbox"),
            "--clock",
            str(settings.clock_file),
            "--people",
            str(people),
            "--lang",
            lang,
            "--flood",
            "generous",
        ],
        env={**os.environ, "SANDBOX_TOKEN": settings.token},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is ours to pass on
    )
    (folder / "sandbox.pid").write_text(str(process.pid))
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not address:
            raise ConfigError("the local stand-in for Telegram did not start")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        (folder / "sandbox.pid").unlink(missing_ok=True)


def phones(code: str | None) -> list[dict[str, object]]:
    """The people of the chat page; the newcomer's phone brings the invitation."""
    found = [_phone(colleague) for colleague in COLLEAGUES]
    found.append(_phone(NEWCOMER) | ({"start": code} if code else {}))
    return found


def _phone(colleague: Colleague) -> dict[str, object]:
    return {
        "id": colleague.telegram_id,
        "first_name": colleague.name,
        "language_code": "zh-hans" if colleague.lang == "zh" else "en",
        "caption": {"zh": colleague.caption_zh, "en": colleague.caption_en},
    }


def _end_leftover(folder: Path) -> None:
    """A stand-in whose demo was killed would hold its port and its state: end it first."""
    file = folder / "sandbox.pid"
    if not file.exists():
        return
    pid = int(file.read_text() or 0)
    command = Path(f"/proc/{pid}/cmdline")
    if pid and command.exists() and b"sandbox" in command.read_bytes():
        os.kill(pid, signal.SIGTERM)
    file.unlink(missing_ok=True)


def _say_hello(address: str) -> None:
    """A bot cannot write to somebody who never wrote to it: the demo people press Start."""
    for colleague in COLLEAGUES:
        request = urllib.request.Request(  # noqa: S310 – our own loopback address
            f"{address}/sandbox/people/{colleague.telegram_id}/say",
            json.dumps({"text": "/start"}).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=10).close()  # noqa: S310


async def _live(settings: Settings, address: str, say: Say) -> None:
    """Run the assistant; once it polls, say where the page is."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    say("→ starting the assistant")
    say("→ open this address in a browser; Ctrl-C ends the demo")
    say(address)
    await program.run(settings, stop)
