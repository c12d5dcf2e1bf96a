"""What goes out: everything live, as it is, harmless to spreadsheets."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from bot.cli import main
from bot.cli.exports import run
from bot.cli.imports import run as bring_in
from domain.people import Actor, Role
from domain.problems import Problem
from domain.rules import Rules
from handlers.locale import sentence
from services import clients, people
from services.exports import for_person, writing
from services.exports.cells import harmless
from services.exports.sheets import Sheet, sheet
from services.exports.what import What
from services.imports.headers import NAMES, exact
from storage import people as stored
from storage.clients import Client
from storage.contacts import Contact
from storage.database import Database
from storage.followups import FollowUp

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NOTE = "谈续贷500万\n=SUM(A1)\n“下周三”跟进"


@pytest.fixture
def lin(database: Database) -> Actor:
    """A manager in Shanghai with two clients, a visit, an undone visit and two follow-ups."""
    return database.write_now(_furnish)


def _furnish(session: Session) -> Actor:
    people.invite(session, Role.MANAGER, "林晓", "城东", NOW)
    row = stored.by_name(session, "林晓")
    assert row is not None
    actor = row.as_actor()
    acme = clients.create(session, actor, "=Acme, Ltd", NOW, phone="+8613800138000").client.id
    clients.create(session, actor, "绿源食品", NOW)
    session.get_one(Client, acme).lat, session.get_one(Client, acme).lon = -33.9, 151.2
    contact = _contact(actor, acme, NOTE)
    undone = _contact(actor, acme, "a mistake")
    undone.undone_at = NOW
    session.add_all([contact, undone])
    session.flush()
    session.add_all([
        _followup(actor, acme, NOW + timedelta(days=1, hours=3), True, contact.id),
        _followup(actor, None, NOW + timedelta(days=2), False, None),
    ])  # fmt: skip
    return actor


def _contact(actor: Actor, client_id: int, note: str) -> Contact:
    return Contact(client_id=client_id, author_id=actor.id, kind="visit", note=note,
                   outcome="interested", happened_at=NOW, logged_at=NOW)  # fmt: skip


def _followup(actor: Actor, client_id: int | None, due: datetime, timed: bool,
              origin: int | None) -> FollowUp:  # fmt: skip
    return FollowUp(client_id=client_id, owner_id=actor.id, kind="call", what="call", due_at=due,
                    due_day=actor.local(due).date(), timed=timed, origin_contact_id=origin,
                    created_at=NOW)  # fmt: skip


def as_json(database: Database, what: What) -> list[dict[str, object]]:
    out = io.StringIO()
    run(database, what, NOW, as_json=out)
    found: list[dict[str, object]] = json.loads(out.getvalue())
    return found


def test_a_visit_says_who_whom_when_and_all_of_the_note(database: Database, lin: Actor) -> None:
    (visit,) = as_json(database, What.VISITS)
    assert visit["client"] == "=Acme, Ltd"
    assert (visit["owner"], visit["kind"], visit["outcome"]) == ("林晓", "visit", "interested")
    assert visit["when"] == "2026-11-23T10:00:00+08:00"
    assert visit["note"] == NOTE
    assert visit["follow_up"] == "2026-11-24T13:00:00+08:00"
    assert isinstance(visit["id"], int)


def test_clients_go_out_as_they_are(database: Database, lin: Actor) -> None:
    first, second = as_json(database, What.CLIENTS)
    assert (first["name"], first["phone"], first["owner"]) == (
        "=Acme, Ltd",
        "+8613800138000",
        "林晓",
    )
    assert (first["lat"], first["team"]) == (-33.9, "城东")
    assert second["phone"] is None


def test_followups_with_a_day_only_have_no_time(database: Database, lin: Actor) -> None:
    timed, day = as_json(database, What.FOLLOWUPS)
    assert (timed["due"], timed["state"]) == ("2026-11-24T13:00:00+08:00", "open")
    assert (day["due"], day["client"]) == ("2026-11-25", None)


def test_cells_are_harmless_and_numbers_stay_numbers(
    database: Database, lin: Actor, tmp_path: Path
) -> None:
    run(database, What.CLIENTS, NOW, csv=tmp_path / "c.csv", xlsx=tmp_path / "c.xlsx")
    raw = (tmp_path / "c.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert (row["name"], row["phone"], row["lat"]) == ("'=Acme, Ltd", "'+8613800138000", "-33.9")
    page = openpyxl.load_workbook(tmp_path / "c.xlsx").active
    head = [cell.value for cell in page[1]]
    cells = dict(zip(head, page[2], strict=True))
    assert (cells["name"].value, cells["name"].data_type) == ("'=Acme, Ltd", "s")
    assert (cells["lat"].value, cells["lat"].data_type) == (-33.9, "n")
    assert sorted(path.name for path in tmp_path.iterdir() if "c." in path.name) == [
        "c.csv", "c.xlsx",
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＠"])
def test_what_starts_a_formula_is_disarmed(start: str) -> None:
    assert harmless(start + "1") == "'" + start + "1"
    assert harmless("1" + start) == "1" + start
    assert harmless(-1) == -1


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_what_goes_out_can_come_in_again(
    database: Database, lin: Actor, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    run(database, What.CLIENTS, NOW, **{path.suffix[1:]: path})  # type: ignore[arg-type]
    plan = bring_in(database, path, Rules(), lambda: NOW, dry_run=True).plan
    assert plan.refused == ()
    assert [d.of for d in plan.duplicates] == ["=Acme, Ltd", "绿源食品"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_heads_of_a_persons_workbook_are_understood_again(lang: str) -> None:
    for field in NAMES.keys() - {"alias", "first_name", "middle_name", "last_name"}:
        head = sentence(lang, f"export.column.{field}")
        assert exact(head)[0][0] == field
    assert exact(sentence("zh", "export.column.id")) == []


def test_a_file_that_cannot_be_written_is_not_there_at_all(
    database: Database, lin: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> object:
        yield ("first",)
        raise OSError("disk full")

    path = tmp_path / "out.csv"
    with pytest.raises(OSError, match="disk full"), writing.whole_file(path) as part:  # noqa: SIM117
        with part.open("w", encoding="utf-8") as out:
            writing.write_csv(out, Sheet(("name",), broken()))  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("out", "."))] == []


def test_an_empty_list_is_an_empty_array(database: Database) -> None:
    for what in What:
        assert as_json(database, what) == []


def test_rows_are_taken_one_by_one(database: Database, lin: Actor) -> None:
    def look(session: Session) -> str:
        rows = sheet(session, What.CLIENTS, None, NOW).rows
        return str(next(rows)[1])

    assert database.read_now(look) == "=Acme, Ltd"


def test_a_person_takes_out_only_what_they_may_see(database: Database, lin: Actor) -> None:
    def colleague(session: Session) -> Actor:
        people.invite(session, Role.MANAGER, "赵敏", "城东", NOW)
        row = stored.by_name(session, "赵敏")
        assert row is not None
        clients.create(session, row.as_actor(), "宏达机械", NOW)
        return row.as_actor()

    other = database.write_now(colleague)
    for actor, names in ((lin, ["=Acme, Ltd", "绿源食品"]), (other, ["宏达机械"])):
        rows = database.read_now(
            lambda s, actor=actor: [r[1] for r in sheet(s, What.CLIENTS, actor, NOW).rows]  # type: ignore[misc]
        )
        assert rows == names
    for what, rows in ((What.CLIENTS, 2), (What.VISITS, 1), (What.FOLLOWUPS, 2)):
        ready = database.read_now(lambda s, what=what: for_person.ready(s, lin, what, NOW))  # type: ignore[misc]
        assert ready.rows == rows
    with pytest.raises(Problem, match="export_nothing"):
        database.read_now(lambda s: for_person.ready(s, other, What.VISITS, NOW))
    with pytest.raises(Problem, match="not_allowed"):
        database.read_now(lambda s: for_person.ready(s, lin, What.TARGETS, NOW))


def test_who_has_left_gets_nothing(database: Database, lin: Actor) -> None:
    def leave(session: Session) -> None:
        row = stored.by_name(session, "林晓")
        assert row is not None
        row.active = False

    database.write_now(leave)
    with pytest.raises(Problem, match="not_allowed"):
        database.read_now(lambda s: for_person.workbook(s, lin.id, What.CLIENTS, {}, "x", NOW))


def test_the_shell_writes_to_screen_and_to_files(
    database_url: str, database: Database, lin: Actor, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("ROUNDS_STORAGE__URL", database_url)
    monkeypatch.chdir(tmp_path)
    shell = CliRunner()
    done = shell.invoke(main, ["export", "visits", "--json"])
    assert [row["note"] for row in json.loads(done.stdout)] == [NOTE]
    done = shell.invoke(main, ["export", "clients"])
    assert [row["name"] for row in csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff")))] == [
        "'=Acme, Ltd", "绿源食品",
    ]  # fmt: skip
    done = shell.invoke(main, ["export", "followups", "--csv", "f.csv", "--xlsx", "f.xlsx"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "2 rows" in done.stderr
    assert (tmp_path / "f.csv").exists()
    assert (tmp_path / "f.xlsx").exists()
    done = shell.invoke(main, ["export", "clients", "--csv", "nowhere/at/all.csv"])
    assert done.exit_code != 0
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
