"""Rows come in all together or not at all, on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.cli.imports import Ran, clear, run
from domain.people import Actor, Role
from domain.problems import Problem
from domain.rules import Rules
from services import clients, people, search
from services.imports import in_chat, owners, staging, undoing
from services.imports.carrying_out import Staging
from services.imports.planning import plan_import
from storage import people as stored
from storage.clients import Client, ClientAlias, ClientToken, ImportBatch
from storage.contacts import Contact
from storage.database import Database
from tests.imports.files import opened, text_file

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FILE = (
    "名称,简称,电话,编号\n绿源食品有限公司,绿源,13800138000,C1\n"
    "宏达机械,,13900139000,C2\n,,,\n,,12345,\n"
)


def clock() -> datetime:
    return NOW


def imported(database: Database, folder: Path, text: str = FILE, **how: object) -> Ran:
    return run(database, text_file(folder, text), Rules(), clock, **how)  # type: ignore[arg-type]


def person(database: Database, name: str, role: Role = Role.MANAGER, team: str = "城东") -> Actor:
    def make(session: Session) -> Actor:
        people.invite(session, role, name, team, NOW)
        row = stored.by_name(session, name)
        assert row is not None
        row.telegram_id, row.onboarded_at = row.id + 1000, NOW
        session.flush()
        return row.as_actor()

    return database.write_now(make)


def count(database: Database, table: type) -> int:
    return database.read_now(lambda s: s.scalar(select(func.count()).select_from(table))) or 0


def names_seen(database: Database, actor: Actor) -> list[str]:
    return [line.name for line in database.read_now(lambda s: clients.recent(s, actor, 50, NOW))]


def test_rows_come_in_with_all_they_say(database: Database, tmp_path: Path) -> None:
    ran = imported(database, tmp_path)
    assert (ran.plan.accepted, [r.row for r in ran.plan.refused]) == (2, [5])
    first, second = database.read_now(lambda s: s.scalars(select(Client).order_by(Client.id)).all())
    assert (first.name, first.phone, first.code) == ("绿源食品有限公司", "13800138000", "C1")
    assert (first.owner_id, first.team_id, first.version) == (None, None, 1)
    assert first.created_at == NOW
    assert second.name == "宏达机械"
    alias = database.read_now(lambda s: s.scalars(select(ClientAlias)).one())
    assert (alias.client_id, alias.alias) == (first.id, "绿源")
    batch = database.read_now(lambda s: s.scalars(select(ImportBatch)).one())
    assert (batch.state, batch.accepted, batch.refused, batch.file_name) == (
        "live", 2, 1, "clients.csv",
    )  # fmt: skip


def test_imported_clients_are_found_like_entered_ones(database: Database, tmp_path: Path) -> None:
    actor = person(database, "林晓")
    imported(database, tmp_path, owner="林晓")
    database.write_now(lambda s: clients.create(s, actor, "绿源食品有限公司", NOW))
    theirs, own = database.read_now(
        lambda s: s.scalars(
            select(Client).where(Client.name.contains("绿源")).order_by(Client.id)
        ).all()
    )

    def tokens(session: Session, client_id: int) -> set[str]:
        query = select(ClientToken.token).where(ClientToken.client_id == client_id)
        return set(session.scalars(query))

    entered = database.read_now(lambda s: tokens(s, own.id))
    assert entered < database.read_now(lambda s: tokens(s, theirs.id))  # and those of phone, number
    for query in ("宏达", "hongda", "hdjx", "139000"):
        found = database.read_now(lambda s, query=query: search.find(s, actor, query, NOW))
        if query != "139000":
            assert [line.name for line in found.clients] == ["宏达机械"], query


def test_the_owner_sees_them_and_the_portfolio_is_touched(
    database: Database, tmp_path: Path
) -> None:
    actor, other = person(database, "林晓"), person(database, "赵敏")
    before = database.read_now(lambda s: stored.by_name(s, "林晓").portfolio_stamp)  # type: ignore[union-attr]
    imported(database, tmp_path, owner="林晓")
    assert names_seen(database, actor) == ["绿源食品有限公司", "宏达机械"]
    assert names_seen(database, other) == []
    after = database.read_now(lambda s: stored.by_name(s, "林晓").portfolio_stamp)  # type: ignore[union-attr]
    assert after == before + 1


def test_an_unknown_owner_stops_everything(database: Database, tmp_path: Path) -> None:
    person(database, "审计", Role.AUDITOR)
    for name in ("无名", "审计"):
        with pytest.raises(Problem, match="import_unknown_owner"):
            imported(database, tmp_path, owner=name)
    assert count(database, Client) == 0


def test_a_column_names_the_owner_of_each_row(database: Database, tmp_path: Path) -> None:
    lin, _ = person(database, "林晓"), person(database, "赵敏")
    text = "名称,客户经理\n甲公司,林晓\n乙公司,\n丙公司,无名\n丁公司,赵敏\n"
    ran = imported(database, tmp_path, text)
    assert [(r.row, r.key) for r in ran.plan.refused] == [(4, "unknown_owner")]
    assert names_seen(database, lin) == ["甲公司"]


def test_a_dry_run_saves_nothing(database: Database, tmp_path: Path) -> None:
    ran = imported(database, tmp_path, dry_run=True)
    assert ran.plan.accepted == 2
    assert count(database, Client) == count(database, ImportBatch) == 0


def test_importing_twice_finds_every_row_again(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path)
    again = imported(database, tmp_path)
    assert again.plan.accepted == 0
    assert [(d.row, d.of) for d in again.plan.duplicates] == [
        (2, "绿源食品有限公司"),
        (3, "宏达机械"),
    ]
    assert count(database, Client) == 2


def test_duplicates_by_number_phone_and_name(database: Database, tmp_path: Path) -> None:
    imported(database, tmp_path)
    text = (
        "名称,电话,编号\n新一,+86 138-0013-8000,\n新二,,c1\n绿源食品有限公司 ,,\n新三,,C3\n"
        "新四,1,\n新五,02155551234,\n新六,021-5555-1234,\n新三,,\n"
    )
    ran = imported(database, tmp_path, text.replace("新四,1,", "新四,,"))
    assert [(d.row, d.of) for d in ran.plan.duplicates] == [
        (2, "绿源食品有限公司"), (3, "绿源食品有限公司"), (4, "绿源食品有限公司"), (8, 7), (9, 5),
    ]  # fmt: skip
    assert ran.plan.accepted == 3


def test_different_numbers_tell_people_apart(database: Database, tmp_path: Path) -> None:
    text = (
        "客户号,姓名,电话\n1,王芳,13800138000\n2,王芳,13900139000\n3,李明,13800138000\n3,李明明,\n"
    )
    ran = imported(database, tmp_path, text)
    assert (ran.plan.accepted, [(d.row, d.of) for d in ran.plan.duplicates]) == (3, [(5, 4)])


def test_companies_of_one_name_are_one(database: Database, tmp_path: Path) -> None:
    ran = imported(database, tmp_path, "编号,公司名称\n1,绿源食品\n2,绿源食品\n")
    assert [(d.row, d.of) for d in ran.plan.duplicates] == [(3, 2)]


def half_way(database: Database, folder: Path, rows: int = 1200) -> Staging:
    """An import whose process died after some of its rows."""
    text = "名称\n" + "".join(f"客户{n}号\n" for n in range(rows))
    table = opened(text_file(folder, text))
    plan = database.read_now(lambda s: plan_import(s, None, table, None, NOW))
    under_way = Staging(None, table, plan, None, "half.csv")
    database.write_now(lambda s: under_way.open(s, NOW))
    step = next(iter(under_way.steps()))
    database.write_now(lambda s: step(s, NOW))
    return under_way


def test_rows_of_a_running_import_exist_for_nobody(database: Database, tmp_path: Path) -> None:
    auditor = person(database, "审计", Role.AUDITOR)
    under_way = half_way(database, tmp_path)
    assert under_way.total == 1200
    assert count(database, Client) == staging.ROWS
    assert names_seen(database, auditor) == []
    ran = imported(database, tmp_path, "名称\n客户7号\n")
    assert ran.plan.duplicates == ()


def test_what_a_dead_import_left_is_taken_away(database: Database, tmp_path: Path) -> None:
    half_way(database, tmp_path)
    clear(database, clock)
    assert count(database, Client) == staging.ROWS  # it may still be alive
    clear(database, lambda: NOW + staging.SILENCE + timedelta(seconds=1))
    assert count(database, Client) == count(database, ClientToken) == 0
    batch = database.read_now(lambda s: s.scalars(select(ImportBatch)).one())
    assert batch.state == "abandoned"


def test_an_import_that_was_taken_for_dead_cannot_go_on(database: Database, tmp_path: Path) -> None:
    under_way = half_way(database, tmp_path)
    clear(database, lambda: NOW + staging.SILENCE + timedelta(seconds=1))
    step = next(iter(under_way.steps()))
    for work in (step, under_way.publish):
        with pytest.raises(Problem, match="import_interrupted"):
            database.write_now(lambda s, work=work: work(s, NOW))  # type: ignore[misc]


def test_a_sign_of_life_keeps_an_import_alive(database: Database, tmp_path: Path) -> None:
    under_way = half_way(database, tmp_path)
    later = NOW + staging.SILENCE
    database.write_now(lambda s: staging.beat(s, under_way.batch_id, later))
    clear(database, lambda: later + timedelta(seconds=60))
    assert count(database, Client) == staging.ROWS


def test_a_file_that_breaks_half_way_leaves_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = staging.stage
    calls: list[int] = []

    def fail_second(*given: object, **more: object) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise Problem("import_broken")
        return original(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(staging, "stage", fail_second)
    text = "名称\n" + "".join(f"客户{n}号\n" for n in range(1500))
    with pytest.raises(Problem, match="import_broken"):
        imported(database, tmp_path, text)
    clear(database, clock)
    assert count(database, Client) == 0


def test_progress_is_told(database: Database, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    text = "名称\n" + "".join(f"客户{n}号\n" for n in range(1200))
    imported(database, tmp_path, text, say=lambda done, total: told.append((done, total)))
    assert told[-1] == (1200, 1200)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) >= 3


Wish = Callable[[Session], object]


def test_an_import_is_taken_back_as_a_whole(database: Database, tmp_path: Path) -> None:
    actor = person(database, "林晓")
    ran = imported(database, tmp_path, owner="林晓")
    assert ran.batch_id is not None
    undone = database.write_now(lambda s: undoing.undo_import(s, None, ran.batch_id, NOW))  # type: ignore[arg-type]
    assert (undone.batch.accepted, undone.again) == (2, False)
    assert names_seen(database, actor) == []
    again = database.write_now(lambda s: undoing.undo_import(s, None, ran.batch_id, NOW))  # type: ignore[arg-type]
    assert again.again
    assert imported(database, tmp_path, owner="林晓").plan.accepted == 2


def test_an_import_stays_once_somebody_worked_with_it(database: Database, tmp_path: Path) -> None:
    actor = person(database, "林晓")
    ran = imported(database, tmp_path, owner="林晓")

    def log(session: Session) -> int:
        client = session.scalars(select(Client).where(Client.name == "宏达机械")).one()
        row = Contact(client_id=client.id, author_id=actor.id, kind="visit", happened_at=NOW,
                      logged_at=NOW)  # fmt: skip
        session.add(row)
        session.flush()
        return row.id

    contact_id = database.write_now(log)
    with pytest.raises(Problem, match="import_worked_with") as caught:
        database.write_now(lambda s: undoing.undo_import(s, None, ran.batch_id, NOW))  # type: ignore[arg-type]
    assert caught.value.facts == {"names": "宏达机械", "n": 1}

    def take_back(session: Session) -> None:
        session.get_one(Contact, contact_id).undone_at = NOW

    database.write_now(take_back)
    database.write_now(lambda s: undoing.undo_import(s, None, ran.batch_id, NOW))  # type: ignore[arg-type]
    assert names_seen(database, actor) == []


def test_only_who_imported_may_take_it_back(database: Database, tmp_path: Path) -> None:
    lin, other, admin = (
        person(database, "林晓"), person(database, "赵敏"), person(database, "管理", Role.ADMIN),
    )  # fmt: skip
    ids = [by_chat(database, tmp_path, lin, f"名称\n客户{n}号\n").batch_id for n in (1, 2)]
    with pytest.raises(Problem, match="import_unknown"):
        database.write_now(lambda s: undoing.undo_import(s, other, ids[0], NOW))
    database.write_now(lambda s: undoing.undo_import(s, lin, ids[0], NOW))
    database.write_now(lambda s: undoing.undo_import(s, admin, ids[1], NOW))


def by_chat(database: Database, folder: Path, actor: Actor, text: str) -> staging.Imported:
    table = opened(text_file(folder, text))
    plan = database.read_now(lambda s: in_chat.plan_for(s, actor, table, NOW))
    looked = database.write_now(lambda s: in_chat.remember(s, actor, "file-1", "c.csv", plan, NOW))
    under_way = Staging(actor, table, plan, None, "c.csv")
    database.write_now(lambda s: under_way.open(s, NOW))
    for step in under_way.steps():
        database.write_now(lambda s, step=step: step(s, NOW))
    return database.write_now(
        lambda s: in_chat.publish(s, actor, looked.draft_id, under_way.batch_id, NOW)
    )


def test_a_manager_fills_the_own_portfolio_only(database: Database, tmp_path: Path) -> None:
    lin, _ = person(database, "林晓"), person(database, "赵敏")
    text = "名称,客户经理\n甲公司,\n乙公司,林晓\n丙公司,赵敏\n"
    done = by_chat(database, tmp_path, lin, text)
    assert (done.accepted, done.refused) == (2, 1)
    assert names_seen(database, lin) == ["甲公司", "乙公司"]


def test_a_lead_fills_the_team_and_its_pool(database: Database, tmp_path: Path) -> None:
    lin, lead = person(database, "林晓"), person(database, "陈刚", Role.LEAD)
    person(database, "外人", team="城西")
    text = "名称,客户经理\n甲公司,\n乙公司,林晓\n丙公司,外人\n"
    done = by_chat(database, tmp_path, lead, text)
    assert (done.accepted, done.refused) == (2, 1)
    assert names_seen(database, lin) == ["乙公司"]
    assert sorted(names_seen(database, lead)) == ["乙公司", "甲公司"]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SPECIALIST])
def test_others_import_nothing(database: Database, role: Role) -> None:
    actor = person(database, "某人", role)
    with pytest.raises(Problem, match="not_allowed"):
        database.read_now(lambda s: owners.homes(s, actor))


def test_a_client_of_someone_else_is_no_duplicate_and_not_betrayed(
    database: Database, tmp_path: Path
) -> None:
    person(database, "赵敏")
    lin = person(database, "林晓")
    imported(database, tmp_path, owner="赵敏")
    table = opened(text_file(tmp_path, FILE))
    plan = database.read_now(lambda s: in_chat.plan_for(s, lin, table, NOW))
    assert (plan.accepted, plan.duplicates) == (2, ())
