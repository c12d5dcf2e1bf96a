"""`python -m sandbox`: the small Telegram as a process of its own."""

import argparse
import json
import os
import sys
from pathlib import Path

from sandbox.clock import Clock
from sandbox.server import Server
from sandbox.telegram import DEFAULT_TOKEN, DEFAULT_USERNAME, Telegram


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one")
    parser.add_argument("--token", help="better in the environment: SANDBOX_TOKEN")
    parser.add_argument("--username", default=DEFAULT_USERNAME, help="the bot's name in Telegram")
    parser.add_argument("--state", type=Path, help="directory kept between runs; none: memory only")
    parser.add_argument("--clock", type=Path, help="file with the offset of business time, seconds")
    parser.add_argument("--people", type=Path, help="JSON file with the people of this world")
    parser.add_argument(
        "--lang", choices=("zh", "en"), default="en", help="the page's first language"
    )
    parser.add_argument("--flood", choices=("off", "telegram", "generous"), default="off")
    parser.add_argument("--lenient", action="store_true", help="ignore unknown parameters")
    return parser.parse_args(words)


def build(given: argparse.Namespace) -> Telegram:
    """The world that the arguments describe."""
    telegram = Telegram(
        given.token or os.environ.get("SANDBOX_TOKEN") or DEFAULT_TOKEN,
        state=given.state,
        clock=Clock(given.clock),
        flood=given.flood,
        strict=not given.lenient,
        username=given.username,
        language=given.lang,
    )
    if given.people:
        for person in json.loads(given.people.read_text(encoding="utf-8")):
            telegram.add_person(**person)
        telegram.store.flush()
    return telegram


class Printing(Server):
    """Says its address once it answers."""

    async def startup(self, sockets: object = None) -> None:
        """Starts, then prints one line."""
        await super().startup()
        if self.started:
            sys.stdout.write(f"http://{self.config.host}:{self.port}\n")
            sys.stdout.flush()


def main() -> None:
    """Runs until SIGTERM or Ctrl-C."""
    given = arguments()
    server = Printing(build(given), given.host, given.port)
    try:
        server.run()
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
