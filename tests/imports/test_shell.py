"""``rounds import clients`` as an operator types it; killed, it leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from bot.cli import main
from storage.clients import Client, ClientToken
from storage.database import Database
from tests.imports.files import text_file

FILE = "名称,电话,纬度,经度\n绿源食品,13800138000,31.2,121.4\n,1,,\n绿源食品,,,\n宏达机械,,200,1\n"


@pytest.fixture
def shell(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("ROUNDS_STORAGE__URL", database_url)
    monkeypatch.chdir(tmp_path)
    return CliRunner()


def rounds(shell: CliRunner, *words: str) -> Result:
    return shell.invoke(main, list(words))


def test_json_says_what_the_contract_says(shell: CliRunner, tmp_path: Path) -> None:
    path = str(text_file(tmp_path, FILE))
    for words in (["--dry-run"], []):
        done = rounds(shell, "import", "clients", path, "--json", *words)
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout) == {
            "accepted": 1,
            "refused": [
                {"row": 3, "reason": "no name"},
                {"row": 5, "reason": "bad coordinates: 200, 1"},
            ],
            "duplicates": [{"row": 4, "of": 2}],
            "mapping": {"名称": "name", "电话": "phone", "纬度": "lat", "经度": "lon"},
        }


def test_people_read_a_summary(shell: CliRunner, tmp_path: Path) -> None:
    done = rounds(shell, "import", "clients", str(text_file(tmp_path, FILE)))
    assert "名称 → name" in done.stdout
    assert "1 came in, 2 refused, 1 duplicates" in done.stdout
    assert "row 3: no name" in done.stdout
    assert "row 4: the same client as row 2" in done.stdout


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_a_failure_is_one_line_and_no_output(
    shell: CliRunner, tmp_path: Path, words: list[str]
) -> None:
    missing = str(tmp_path / "nowhere.csv")
    broken = str(text_file(tmp_path, "PK\x03\x04 no zip", name="b.xlsx"))
    good = str(text_file(tmp_path, FILE))
    for line in ([missing], [broken], [good, "--owner", "无名"]):
        done = rounds(shell, "import", "clients", *line, *words)
        assert done.exit_code != 0
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_an_owner_is_named_as_invited(shell: CliRunner, tmp_path: Path) -> None:
    invited = rounds(
        shell, "invite", "--role", "manager", "--name", "林晓", "--team", "城东", "--json"
    )
    assert invited.exit_code == 0, invited.output
    path = str(text_file(tmp_path, FILE))
    done = rounds(shell, "import", "clients", path, "--owner", "林晓", "--json")
    assert json.loads(done.stdout)["accepted"] == 1
    (row,) = json.loads(rounds(shell, "export", "clients", "--json").stdout)
    assert (row["name"], row["owner"], row["team"]) == ("绿源食品", "林晓", "城东")


def count(url: str, table: type) -> int:
    database = Database(url)
    try:
        return database.read_now(lambda s: s.scalar(select(func.count()).select_from(table))) or 0
    finally:
        database.close()


@pytest.mark.parametrize("at", ["import-staged:2", "before-commit:4", "after-commit:5"])
def test_a_killed_import_leaves_nothing_visible(database_url: str, tmp_path: Path, at: str) -> None:
    text = "名称\n" + "".join(f"客户{n}号\n" for n in range(2000))
    path = text_file(tmp_path, text)
    clock = tmp_path / "clock"
    environment = {
        "PATH": os.environ["PATH"], "ROUNDS_STORAGE__URL": database_url, "ROUNDS_FAILPOINT": at,
        "ROUNDS_CLOCK__FILE": str(clock), "ROUNDS_TELEGRAM__API_URL": "http://127.0.0.1:1",
    }  # fmt: skip
    command = [sys.executable, "-m", "bot", "import", "clients", str(path), "--json"]
    killed = subprocess.run(command, env=environment, capture_output=True, timeout=100)
    assert killed.returncode == -signal.SIGKILL
    assert killed.stdout == b""
    assert 0 < count(database_url, Client) < 2000
    environment["ROUNDS_FAILPOINT"] = ""
    export = [*command[:3], "export", "clients", "--json"]
    shown = subprocess.run(export, env=environment, capture_output=True, timeout=100)
    assert json.loads(shown.stdout) == []
    clock.write_text("600")  # ten minutes on, the next import tidies up first
    other = text_file(tmp_path, "名称\n客户1号\n", name="other.csv")
    command[-2] = str(other)
    done = subprocess.run(command, env=environment, capture_output=True, timeout=100, check=True)
    assert json.loads(done.stdout)["accepted"] == 1
    assert count(database_url, Client) == 1
    assert count(database_url, ClientToken) < 20
