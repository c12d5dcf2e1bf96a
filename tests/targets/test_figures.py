"""What counts: the log, entries from the chat, figures of the core, and out again."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from domain.problems import Problem
from domain.targets import Level, Span
from services.targets import (
    CoreRow,
    Look,
    export_rows,
    latest_entry,
    progress,
    record_core,
    undo_entry,
)
from storage.clients import Client, ImportBatch
from storage.contacts import Contact
from storage.database import Database
from storage.targets import EntryChange

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Shanghai


def only(found):
    (standing,) = found.standings
    return standing


def test_visits_count_from_the_log_but_missed_undone_and_foreign_ones_do_not(bank):
    bank.target("wang", "visits", 4)
    bank.contact("wang", "绿源食品")
    bank.contact("wang", "海天物流", outcome="interested")
    bank.contact("wang", "绿源食品", outcome="not_met")
    bank.contact("wang", "绿源食品", undone_at=NOW)
    bank.contact("wang", "绿源食品", kind="call")
    bank.contact("li", "Acme")
    bank.contact("wang", "绿源食品", at=datetime(2026, 10, 31, 15, 59, tzinfo=UTC))
    assert only(bank.ask(progress, "wang", Look())).figure.amount == 2


def test_the_month_begins_at_midnight_where_the_person_lives(bank):
    bank.target("wang", "calls", 4)
    bank.contact("wang", "绿源食品", kind="call", at=datetime(2026, 10, 31, 16, 0, tzinfo=UTC))
    bank.contact("wang", "绿源食品", kind="call", outcome="no_answer")
    assert only(bank.ask(progress, "wang", Look())).figure.amount == 1


def test_new_clients_are_those_one_entered_not_those_one_imported(bank):
    bank.target("wang", "new_clients", 4)

    def add(session):
        batch = ImportBatch(file_name="a.csv", state="live", at=NOW)
        session.add(batch)
        session.flush()
        for name, batch_id in (("新一", None), ("新二", batch.id)):
            session.add(Client(name=name, owner_id=bank.ids["wang"], created_by=bank.ids["wang"],
                               created_at=NOW, batch_id=batch_id))  # fmt: skip

    bank.write(add)
    assert only(bank.ask(progress, "wang", Look())).figure.amount == 1


def test_a_standing_says_pace_level_and_what_each_week_needs(bank):
    bank.target("wang", "visits", 10, 20)
    for _ in range(4):
        bank.contact("wang", "绿源食品")
    found = only(bank.ask(progress, "wang", Look()))
    assert (found.percent, found.reached, found.aim, found.gap) == (40, None, Level.BASE, 6)
    assert (found.pace.work_gone, found.pace.work_days) == (15, 21)
    assert not found.on_pace
    assert found.week == 5  # six visits in six working days


def test_a_deposit_target_asks_for_a_balance_not_for_a_weekly_sum(bank):
    bank.target("wang", "deposits", 1000)
    bank.entry("wang", "deposits", 600, now=datetime(2026, 11, 1, 2, 0, tzinfo=UTC))
    found = only(bank.ask(progress, "wang", Look()))
    assert (found.figure.amount, found.percent, found.week) == (600, 60, None)
    # 30 days × 1000, less 23 days × 600, over the seven days that are left.
    assert found.raise_to == Decimal("2314.29")


def test_an_entry_echoes_everything_and_the_new_state(bank):
    bank.target("wang", "loans", 4000)
    card = bank.entry("wang", "loans", 1000, "绿源食品", chat_id=1, message_id=7)
    assert (card.metric, card.amount, card.currency) == ("loans", 1000, "CNY")
    assert (card.client, card.day, card.undoable) == ("绿源食品", date(2026, 11, 23), True)
    assert [s.percent for s in card.standings] == [25]


def test_the_same_message_counts_once_and_an_edited_one_is_corrected(bank):
    bank.target("wang", "loans", 4000)
    first = bank.entry("wang", "loans", 1000, chat_id=1, message_id=7)
    same = bank.entry("wang", "loans", 1000, chat_id=1, message_id=7)
    assert (same.id, same.fresh, same.version) == (first.id, False, first.version)
    edited = bank.entry("wang", "loans", 2000, "海天物流", chat_id=1, message_id=7)
    assert (edited.id, edited.corrected, edited.client) == (first.id, True, "海天物流")
    assert edited.standings[0].figure.amount == 2000
    before = bank.read(lambda s: json.loads(s.scalars(select(EntryChange)).one().before))
    assert before == {"amount": "1000.00", "client_id": None}


def test_an_edit_may_even_change_the_metric(bank):
    first = bank.entry("wang", "loans", 1000, chat_id=1, message_id=7)
    edited = bank.entry("wang", "settlement", 1000, chat_id=1, message_id=7)
    assert (edited.id, edited.metric) == (first.id, "settlement")


def test_an_entry_is_undone_in_time_once_and_by_its_writer(bank):
    bank.target("wang", "loans", 4000)
    card = bank.entry("wang", "loans", 1000)
    with pytest.raises(Problem, match="entry_gone"):
        bank.do(undo_entry, "li", card.id, card.version)
    with pytest.raises(Problem, match="undo_too_late"):
        bank.do(
            undo_entry, "wang", card.id, card.version, now=NOW + timedelta(minutes=10, seconds=1)
        )
    undone = bank.do(undo_entry, "wang", card.id, card.version, now=NOW + timedelta(minutes=10))
    assert (undone.undone, undone.standings[0].figure.amount) == (True, 0)
    assert not bank.do(undo_entry, "wang", card.id, card.version).fresh


def test_an_undone_message_that_is_edited_counts_again(bank):
    bank.target("wang", "loans", 4000)
    card = bank.entry("wang", "loans", 1000, chat_id=1, message_id=7)
    bank.do(undo_entry, "wang", card.id, card.version)
    again = bank.entry("wang", "loans", 900, chat_id=1, message_id=7)
    assert (again.undone, again.standings[0].figure.amount) == (False, 900)


def test_the_last_entry_is_found_only_while_it_can_be_undone(bank):
    assert bank.ask(latest_entry, "wang") is None
    bank.entry("wang", "loans", 1000)
    card = bank.entry("wang", "loans", 2000, now=NOW + timedelta(seconds=1))
    assert bank.ask(latest_entry, "wang", now=NOW + timedelta(minutes=1)).id == card.id
    assert bank.ask(latest_entry, "li") is None
    assert bank.ask(latest_entry, "wang", now=NOW + timedelta(minutes=11)) is None


@pytest.mark.parametrize(
    ("who", "wish", "key"),
    [
        ("wang", {"metric": "visits", "amount": 3}, "entry_counted"),
        ("wang", {"metric": "tea", "amount": 3}, "entry_metric"),
        ("wang", {"metric": "loans", "amount": 0}, "entry_amount"),
        ("wang", {"metric": "loans", "amount": 10**15}, "entry_amount"),
        ("wang", {"metric": "loans", "amount": 3, "currency": "USD"}, "entry_currency"),
        ("wang", {"metric": "loans", "amount": 3, "day": date(2026, 11, 24)}, "entry_future"),
        ("wang", {"metric": "loans", "amount": 3, "client": "云杉科技"}, "no_client"),
        ("auditor", {"metric": "loans", "amount": 3}, "not_allowed"),
    ],
)
def test_entries_that_cannot_be(bank, who, wish, key):
    with pytest.raises(Problem, match=key):
        bank.entry(who, **wish)


def test_a_metric_of_the_banks_own_is_the_sum_of_its_entries(bank):
    from dataclasses import replace

    from storage.house import House

    house = bank.database.house
    bank.database.house = House(replace(house.rules, metrics=("cards",)), house.calendar)
    other = Database(str(bank.database.engine.url), bank.database.house)
    bank.database.close()
    bank.database = other
    bank.target("wang", "cards", 10)
    bank.entry("wang", "cards", 3)
    bank.entry("wang", "cards", 4)
    assert only(bank.ask(progress, "wang", Look())).figure.amount == 7


def core(bank, *rows, now=NOW):
    return bank.write(lambda s: record_core(s, rows, now))


def test_core_figures_win_and_the_difference_is_shown(bank):
    bank.target("wang", "loans", 4000)
    bank.entry("wang", "loans", 1000, "绿源食品")
    done = core(bank, CoreRow(2, "loans", "王芳", Decimal(900), date(2026, 11, 23), "绿源食品"))
    assert (done.accepted, done.refused) == (1, ())
    figure = only(bank.ask(progress, "wang", Look())).figure
    assert (figure.amount, figure.core, figure.reported) == (900, 900, 0)
    assert (figure.difference, figure.core_as_of) == (-100, date(2026, 11, 23))


def test_the_same_core_figure_again_replaces_and_two_of_one_file_add_up(bank):
    bank.target("wang", "loans", 4000)
    day = date(2026, 11, 20)
    row = CoreRow(2, "loans", "王芳", Decimal(900), day, "绿源食品")
    core(bank, row)
    core(bank, row, CoreRow(3, "loans", "王芳", Decimal(100), day, "绿源食品"))
    assert only(bank.ask(progress, "wang", Look())).figure.amount == 1000


def test_core_rows_that_cannot_be_are_refused_with_their_reason(bank):
    day = date(2026, 11, 20)
    done = core(
        bank,
        CoreRow(2, "loans", "谁", Decimal(1), day),
        CoreRow(3, "visits", "王芳", Decimal(1), day),
        CoreRow(4, "loans", "王芳", Decimal(1), day, "没有这家"),
        CoreRow(5, "deposits", "王芳", Decimal(-1), day),
        CoreRow(6, "loans", "王芳", Decimal(1), date(2026, 11, 24)),
        CoreRow(7, "loans", "王芳", Decimal(1), day),
    )
    assert done.accepted == 1
    assert done.refused == (
        (2, "core_person"), (3, "core_metric"), (4, "core_client"), (5, "core_amount"),
        (6, "core_future"),
    )  # fmt: skip


def test_every_target_is_exported_with_its_actual(bank):
    bank.target("wang", "loans", 4000, span=Span.QUARTER)
    bank.target("team", "visits", 10, 12)
    bank.entry("wang", "loans", 1000)
    bank.contact("li", "Acme")
    first, second = bank.read(lambda s: list(export_rows(s, NOW)))
    assert (first.holder, first.kind, first.metric, first.percent) == (
        "王芳",
        "person",
        "loans",
        25,
    )
    assert (first.actual, first.self_reported, first.core) == (1000, 1000, 0)
    assert (second.holder, second.kind, second.actual, second.stretch) == ("一部", "team", 1, 12)
    assert second.pace_workdays == pytest.approx(15 / 21, abs=1e-4)


def test_nothing_of_a_contact_row_is_changed_by_looking(bank):
    bank.contact("wang", "绿源食品")
    bank.ask(progress, "wang", Look())
    assert bank.read(lambda s: s.scalars(select(Contact)).one().version) == 1
