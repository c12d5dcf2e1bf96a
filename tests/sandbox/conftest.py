"""The sandbox without a network for most tests, and a running one for the others."""

from collections.abc import Iterator

import pytest
from sandbox_world import Bot, add_people

from sandbox.client import Client
from sandbox.running import Running
from sandbox.telegram import Telegram


@pytest.fixture
def bot() -> Iterator[Bot]:
    telegram = Telegram()
    add_people(telegram)
    bot = Bot(telegram)
    yield bot
    bot.close()


@pytest.fixture
def running() -> Iterator[Running]:
    telegram = Telegram()
    add_people(telegram)
    with Running(telegram) as sandbox:
        yield sandbox


@pytest.fixture
def client(running: Running) -> Iterator[Client]:
    client = Client(running.url)
    yield client
    client.close()
