"""Business time and its moves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sandbox_world import MEI, Bot

from sandbox.client import Client
from sandbox.clock import Clock, target_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moved(move: str, now: datetime, zone: str = "Asia/Shanghai") -> datetime | None:
    return target_of(move, now.timestamp(), zone)


@pytest.mark.parametrize(
    ("move", "now", "then"),
    [
        ("next_morning", "2026-11-23T20:00", "2026-11-24T07:59:50"),
        ("next_morning", "2026-11-24T02:00", "2026-11-24T07:59:50"),
        ("next_morning", "2026-11-24T07:59:50", "2026-11-25T07:59:50"),
        ("next_monday", "2026-11-23T09:00", "2026-11-30T07:59:50"),
        ("next_monday", "2026-11-29T23:00", "2026-11-30T07:59:50"),
        ("tomorrow", "2026-12-31T09:30", "2027-01-01T09:30"),
    ],
)
def test_named_moves(move: str, now: str, then: str) -> None:
    here = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI)
    assert moved(move, here) == datetime.fromisoformat(then).replace(tzinfo=SHANGHAI)


def test_tomorrow_is_the_same_wall_clock_over_summer_time() -> None:
    prague = ZoneInfo("Europe/Prague")
    then = moved("tomorrow", datetime(2026, 10, 24, 12, tzinfo=prague), "Europe/Prague")
    assert then == datetime(2026, 10, 25, 12, tzinfo=prague)


def test_back_to_real_and_nonsense() -> None:
    assert moved("real", datetime.fromtimestamp(0, UTC)) is None
    with pytest.raises(ValueError, match="unknown move"):
        moved("cheese", datetime.fromtimestamp(0, UTC))


def test_the_file_is_shared(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    ours, theirs = Clock(file), Clock(file)
    assert theirs.offset == 0
    ours.advance(3600)
    assert theirs.offset == 3600
    assert theirs.now() - theirs.real() == pytest.approx(3600, abs=0.5)
    file.write_text("-5.5")
    assert ours.offset == -5.5
    file.unlink()
    assert (ours.offset, list(tmp_path.iterdir())) == (0, [])


def test_messages_are_stamped_with_it(bot: Bot) -> None:
    bot.act("clock", advance=86400)
    sent = bot.call("sendMessage", chat_id=MEI, text="x")
    assert sent["date"] == pytest.approx(bot.telegram.clock.real() + 86400, abs=2)


def test_the_client_moves_it(client: Client) -> None:
    morning = client.clock.next_morning().astimezone(SHANGHAI)
    assert (morning.hour, morning.minute) == (7, 59)
    assert client.clock.next_monday().astimezone(SHANGHAI).weekday() == 0
    before = client.clock.now()
    assert timedelta(hours=24) <= client.clock.tomorrow() - before < timedelta(hours=24, seconds=2)
    moment = datetime(2027, 2, 5, 10, tzinfo=SHANGHAI)
    assert client.clock.set(moment) - moment < timedelta(seconds=2)
    client.clock.back_to_real()
    assert client.get("clock")["offset"] == 0
    with pytest.raises(ValueError, match="time zone"):
        client.clock.set(datetime.fromisoformat("2027-01-01T00:00"))
