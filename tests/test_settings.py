"""Fault 39: wrong, missing and unknown settings. One clear line, a non-zero exit, no secret."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.config import ConfigError, load
from sandbox.running import Running
from storage import migrate
from storage.database import Database
from tests.faults.harness import shell
from tests.world import TOKEN

SECRET = TOKEN.partition(":")[2]
PASSWORD = "correct-horse"


def refused(folder: Path, environment: dict[str, str], *words: str) -> str:
    """Run a command that must fail; its one line."""
    result = shell(folder, environment, *words)
    assert result.returncode not in (0, None)
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("rounds: ")
    assert SECRET not in line
    assert PASSWORD not in line
    return line


# What is wrong with the environment → what the line names.
ENVIRONMENTS = {
    "ROUNDS_TELEGRAM__TOKN=x": "ROUNDS_TELEGRAM__TOKN",
    "ROUNDS_TELEGRAMM__TOKEN=x": "ROUNDS_TELEGRAMM__TOKEN",
    "ROUNDS_TOKEN=x": "ROUNDS_TOKEN",
    "ROUNDS_BASE__X=x": "ROUNDS_BASE__X",
    "ROUNDS_TELEGRAM=x": "ROUNDS_TELEGRAM",
    "ROUNDS_TELEGRAM__POLL_SECONDS=soon": "telegram.poll_seconds",
    "ROUNDS_TELEGRAM__POLL_SECONDS=51": "telegram.poll_seconds",
    "ROUNDS_TELEGRAM__API_URL=telegram": "telegram.api_url",
    "ROUNDS_STORAGE__URL=mysql://x": "storage.url",
    "ROUNDS_STORAGE__URL=postgresql://u:correct-horse@host:port/db": "storage.url",
    "ROUNDS_PEOPLE__ZONE=Asia/Atlantis": "people.zone",
    "ROUNDS_PEOPLE__WORK_START=25:00": "people.work_start",
    "ROUNDS_PUSH__LOUD_PER_DAY=-1": "push.loud_per_day",
    "ROUNDS_TARGETS__CURRENCY=yuan": "targets.currency",
    "ROUNDS_DEPLOYMENT__PROFILE=moon": "deployment.profile",
    "ROUNDS_DEPLOYMENT__PROFILE=cn-bank": "api.telegram.org",
    "ROUNDS_CLOCK__FILE=clock": "clock.file",
    "ROUNDS_LOGGING__LEVEL=loud": "logging.level",
    "ROUNDS_CONFIG=nowhere.toml": "nowhere.toml",
}
FILES = {
    "[telegram\n": "config.toml",
    "token = 'x'\n": "token",
    "[telegramm]\n": "telegramm",
    "[telegram]\ntokn = 'x'\n": "telegram.tokn",
    "[telegram]\npoll_seconds = 'soon'\n": "telegram.poll_seconds",
    "telegram = 3\n": "telegram",
    "[push]\ndigest_at = 'noonish'\n": "push.digest_at",
    "base = 'x'\n": "base",
}


@pytest.mark.parametrize(("wrong", "named"), ENVIRONMENTS.items())
def test_a_wrong_environment_is_named(
    wrong: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name, _, value = wrong.partition("=")
    with pytest.raises(ConfigError, match=named) as refusal:
        load({name: value})
    assert "\n" not in str(refusal.value)
    assert PASSWORD not in str(refusal.value)


@pytest.mark.parametrize(("content", "named"), FILES.items())
def test_a_wrong_file_is_named(
    content: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(content)
    with pytest.raises(ConfigError, match=named) as refusal:
        load({})
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"config\.toml"):
        load({})


def test_the_environment_wins_over_dotenv_and_dotenv_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        "[push]\nloud_per_day = 1\nper_second = 1\ndigest_spread_minutes = 1\n"
    )
    (tmp_path / ".env").write_text("ROUNDS_PUSH__PER_SECOND=2\nROUNDS_PUSH__LOUD_PER_DAY=2\n")
    found = load({"ROUNDS_CONFIG": str(tmp_path / "config.toml"), "ROUNDS_PUSH__LOUD_PER_DAY": "3"})
    assert (found.push.digest_spread_minutes, found.push.per_second) == (1, 2)
    assert found.push.loud_per_day == 3


def test_a_relative_database_lies_beside_the_config_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[storage]\nurl = 'sqlite:///rounds.sqlite'\n")
    found = load({"ROUNDS_CONFIG": str(tmp_path / "config.toml")})
    assert found.storage_url == f"sqlite:///{tmp_path}/rounds.sqlite"


def test_every_command_says_one_line(tmp_path: Path) -> None:
    for words in (["run"], ["check"], ["migrate"], ["outbox", "list", "--json"]):
        line = refused(tmp_path, {"ROUNDS_TELEGRAM__TOKN": TOKEN}, *words)
        assert line == "rounds: ROUNDS_TELEGRAM__TOKN: unknown setting"


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize(
    ("token", "says"),
    [("", "is not set"), ("12345", "does not look like"), (f"{TOKEN} ", "does not look like")],
)
def test_a_token_that_is_missing_or_has_no_shape(
    command: str, token: str, says: str, tmp_path: Path
) -> None:
    assert says in refused(tmp_path, {"ROUNDS_TELEGRAM__TOKEN": token}, command)


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_token_that_telegram_does_not_know(
    command: str, tmp_path: Path, sqlite_template: Path
) -> None:
    with Running() as sandbox:  # knows another token only
        environment = {
            "ROUNDS_TELEGRAM__TOKEN": TOKEN,
            "ROUNDS_TELEGRAM__API_URL": sandbox.url,
            "ROUNDS_STORAGE__URL": f"sqlite:///{_copy(sqlite_template, tmp_path)}",
            "ROUNDS_LOGGING__LEVEL": "error",
        }
        line = refused(tmp_path, environment, command)
    assert "Telegram does not know this token" in line


PLACES = {
    "a missing folder": ("sqlite:////nowhere/at/all/rounds.sqlite", "no folder"),
    "a folder that refuses": ("sqlite:////proc/rounds.sqlite", "cannot be written"),
    "a folder instead of a file": ("sqlite:////tmp", "storage.url"),
    "nobody at the address": (
        f"postgresql://rounds:{PASSWORD}@127.0.0.1:1/rounds",
        "cannot be opened",
    ),
}


@pytest.mark.parametrize("command", ["run", "migrate"])
@pytest.mark.parametrize(("url", "says"), PLACES.values(), ids=PLACES.keys())
def test_a_place_where_nothing_can_be_kept(
    command: str, url: str, says: str, tmp_path: Path
) -> None:
    environment = {"ROUNDS_STORAGE__URL": url, "ROUNDS_TELEGRAM__TOKEN": TOKEN}
    assert says in refused(tmp_path, environment, command)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "rounds.sqlite").write_text("Dear diary, " * 200)
    assert "storage.url" in refused(tmp_path, {"ROUNDS_TELEGRAM__TOKEN": TOKEN}, "run")


def test_an_empty_an_older_and_a_newer_database(database_url: str, tmp_path: Path) -> None:
    environment = {"ROUNDS_STORAGE__URL": database_url, "ROUNDS_TELEGRAM__TOKEN": TOKEN}
    migrate.downgrade(database_url, "base")
    for command in (["run"], ["check"], ["outbox", "list"]):
        assert "run rounds migrate" in refused(tmp_path, environment, *command)
    migrate.upgrade(database_url)
    database = Database(database_url)
    try:
        database.write_now(lambda s: s.execute(text("UPDATE alembic_version SET version_num='Z'")))
    finally:
        database.close()
    for command in (["run"], ["migrate"]):
        assert "newer than this program" in refused(tmp_path, environment, *command)


def _copy(template: Path, folder: Path) -> Path:
    path = folder / "rounds.sqlite"
    path.write_bytes(template.read_bytes())
    return path
