"""Targets as leads set them and as work reaches them, on a real database."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, select

from domain.clients import Band
from domain.problems import Problem
from domain.targets import AVERAGED, Level, Levels, Span
from services.targets import (
    CoreRow,
    Look,
    after_change,
    drop_target,
    export_rows,
    latest_entry,
    progress,
    record_core,
    set_by_text,
    team_board,
    undo_entry,
)
from storage.clients import Client, ImportBatch
from storage.contacts import Contact
from storage.database import Database
from storage.outbox import MOOT, WAITING, Notice
from storage.targets import EntryChange, Target

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Shanghai

DAY = timedelta(days=1)


def only(found):
    (standing,) = found.standings
    return standing


def notices(bank, state=WAITING):
    return bank.read(
        lambda s: {
            n.key: json.loads(n.facts) for n in s.scalars(select(Notice)) if n.state == state
        }
    )


# --- setting ---------------------------------------------------------------------------------


def test_a_lead_sets_a_target_by_one_message(bank):
    told = bank.do(set_by_text, "lead", "王芳 deposits 5000万/6000万 Q4")
    assert (told.holder.name, told.metric, told.before) == ("王芳", "deposits", None)
    assert (told.period.start, told.period.end) == (date(2026, 10, 1), date(2026, 12, 31))
    assert told.levels == Levels(Decimal(50_000_000), Decimal(60_000_000))


def test_setting_again_changes_the_one_target(bank):
    first = bank.do(set_by_text, "lead", "王芳 11月 拜访 40")
    again = bank.do(set_by_text, "lead", "王芳 11月 拜访 30")
    assert (again.target_id, again.before) == (first.target_id, Levels(Decimal(40)))
    assert again.version == first.version + 1
    assert bank.read(lambda s: len(s.scalars(select(Target)).all())) == 1


def test_a_name_is_enough_in_part(bank):
    assert bank.do(set_by_text, "lead", "li 11月 拜访 40").holder.name == "Li Wei"
    assert bank.do(set_by_text, "lead", "给王芳定12月拜访目标40次").holder.name == "王芳"


@pytest.mark.parametrize(
    ("who", "text", "key"),
    [
        ("wang", "王芳 11月 拜访 40", "targets_lead_only"),
        ("auditor", "王芳 11月 拜访 40", "targets_lead_only"),
        ("lead", "孙浩 11月 拜访 40", "targets_no_member"),
        ("lead", "谁 11月 拜访 40", "targets_no_member"),
        ("lead", "王芳 11月 拜访 40.5", "target_levels"),
    ],
)
def test_who_may_not_and_what_cannot_be_set(bank, who, text, key):
    with pytest.raises(Problem, match=key):
        bank.do(set_by_text, who, text)
    assert bank.read(lambda s: s.scalar(select(Target.id))) is None


def test_a_target_is_taken_back_once_and_only_by_its_lead(bank):
    told = bank.target("wang", "visits", 40)
    with pytest.raises(Problem, match="targets_lead_only"):
        bank.do(drop_target, "wang", told.target_id, told.version)
    stale = bank.do(drop_target, "lead", told.target_id, told.version - 1)
    assert (stale.dropped, stale.fresh) == (False, False)
    assert bank.do(drop_target, "lead", told.target_id, told.version).dropped
    with pytest.raises(Problem, match="target_gone"):
        bank.do(drop_target, "lead", told.target_id, told.version)


# --- what counts -----------------------------------------------------------------------------


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


# --- entries ---------------------------------------------------------------------------------


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


# --- the core --------------------------------------------------------------------------------


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


# --- whose targets ---------------------------------------------------------------------------


def test_a_manager_sees_only_own_targets(bank):
    for look in (Look(bank.ids["li"]), Look(bank.ids["other"]), Look(10**6)):
        with pytest.raises(Problem, match="targets_not_yours"):
            bank.ask(progress, "wang", look)
    with pytest.raises(Problem, match="targets_lead_only"):
        bank.ask(progress, "wang", Look(whole_team=True))
    with pytest.raises(Problem, match="not_allowed"):
        bank.ask(progress, "auditor", Look())
    with pytest.raises(Problem, match="targets_lead_only"):
        bank.ask(team_board, "wang", "visits", Span.MONTH)


def test_a_lead_sees_the_team_and_each_member_but_no_other_team(bank):
    found = bank.ask(progress, "lead", Look())
    assert (found.holder.name, found.holder.is_team) == ("一部", True)
    assert {m.name for m in found.members} == {"赵敏", "王芳", "Li Wei"}
    assert bank.ask(progress, "lead", Look(bank.ids["li"])).holder.name == "Li Wei"
    with pytest.raises(Problem, match="targets_not_yours"):
        bank.ask(progress, "lead", Look(bank.ids["other"]))


def test_team_totals_are_the_members_and_the_teams_own(bank):
    bank.target("wang", "visits", 40)
    bank.target("li", "visits", 30, 35)
    bank.target("team", "visits", 10)
    bank.contact("wang", "绿源食品")
    bank.contact("li", "Acme")
    bank.contact("other", "云杉科技")
    found = only(bank.ask(progress, "lead", Look()))
    assert found.levels == Levels(Decimal(80), Decimal(85))
    assert found.figure.amount == 2


def test_the_screen_opens_on_the_shortest_span_with_a_target(bank):
    bank.target("wang", "loans", 4000, span=Span.QUARTER)
    found = bank.ask(progress, "wang", Look())
    assert found.period.span is Span.QUARTER
    assert found.spans == ((Span.MONTH, 0), (Span.QUARTER, 1), (Span.YEAR, 0))
    month = bank.ask(progress, "wang", Look(span=Span.MONTH, day=date(2026, 10, 5)))
    assert (month.period.start, month.standings) == (date(2026, 10, 1), ())
    assert [metric for metric, _ in month.untargeted] == ["visits", "calls", "new_clients"]


def test_the_board_ranks_visits_but_never_deposits(bank):
    bank.target("li", "visits", 2)
    bank.target("wang", "visits", 4)
    bank.contact("wang", "绿源食品")
    bank.contact("li", "Acme")
    board = bank.ask(team_board, "lead", "visits", Span.MONTH)
    assert [(r.holder.name, r.percent) for r in board.rows[:2]] == [("Li Wei", 50), ("王芳", 25)]
    assert board.ranked
    bank.entry("wang", "deposits", 5_000_000)
    deposits = bank.ask(team_board, "lead", "deposits", Span.MONTH)
    assert not deposits.ranked
    names = [row.holder.name for row in deposits.rows]
    assert names == sorted(names)


# --- the gap as clients ----------------------------------------------------------------------


def test_the_gap_is_told_as_clients_the_most_overdue_first(bank):
    bank.target("wang", "visits", 4)
    seen = bank.ask(progress, "wang", Look()).to_see
    assert [(c.name, c.band, c.days) for c in seen] == [
        ("绿源食品", Band.RED, 41),
        ("东方家具", Band.RED, None),
        ("中和制药", Band.AMBER, 12),
        ("海天物流", Band.GREEN, 5),
    ]


def test_a_client_who_spoke_of_a_need_comes_first_for_that_metric(bank):
    bank.target("wang", "loans", 4000)
    details = json.dumps({"needs": ["续贷"]})
    bank.contact("wang", "海天物流", at=NOW - 5 * DAY, details=details, outcome="interested")
    first = bank.ask(progress, "wang", Look()).to_see[0]
    assert (first.name, first.need, first.interested) == ("海天物流", "续贷", True)


def test_a_need_that_was_declined_since_is_no_reason(bank):
    bank.target("wang", "loans", 4000)
    details = json.dumps({"needs": ["续贷"]})
    bank.contact("wang", "海天物流", at=NOW - 9 * DAY, details=details)
    bank.contact("wang", "海天物流", at=NOW - 5 * DAY, details=details, outcome="declined")
    assert all(c.need is None for c in bank.ask(progress, "wang", Look()).to_see)


def test_nobody_is_named_once_everything_is_reached(bank):
    bank.target("wang", "visits", 1)
    bank.contact("wang", "绿源食品")
    assert bank.ask(progress, "wang", Look()).to_see == ()


def test_a_lead_is_told_the_members_clients(bank):
    bank.target("li", "visits", 4)
    assert [c.name for c in bank.ask(progress, "lead", Look(bank.ids["li"])).to_see] == ["Acme"]


# --- crossing --------------------------------------------------------------------------------


def visit(bank, who="wang", client="绿源食品", now=NOW):
    bank.contact(who, client, at=now)
    bank.write(lambda s: after_change(s, bank.ids[who], now))


def test_each_mark_is_owed_once_with_its_facts(bank):
    told = bank.target("wang", "visits", 10)
    seen = []
    for n in range(1, 13):
        visit(bank, now=NOW + timedelta(minutes=n))
        seen.append(len(notices(bank)))
    assert seen == [0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 3, 3]
    facts = notices(bank)[f"target:{told.target_id}:base:100"]
    assert (facts["metric"], facts["percent"], facts["actual"]) == ("visits", 100, "10")
    assert (facts["start"], facts["end"], facts["team"]) == ("2026-11-01", "2026-11-30", None)


def test_of_marks_crossed_at_once_only_the_highest_is_told(bank):
    told = bank.target("wang", "loans", 1000)
    card = bank.entry("wang", "loans", 950)
    assert set(notices(bank)) == {f"target:{told.target_id}:base:90"}
    bank.do(undo_entry, "wang", card.id, card.version)
    bank.entry("wang", "loans", 600)
    assert set(notices(bank)) == {f"target:{told.target_id}:base:90"}
    assert set(notices(bank, MOOT)) == {f"target:{told.target_id}:base:50"}


def test_higher_levels_are_told_when_they_are_reached(bank):
    told = bank.target("wang", "loans", 1000, 2000, 3000)
    bank.entry("wang", "loans", 1900)
    bank.entry("wang", "loans", 200)
    keys = {f"target:{told.target_id}:base:100", f"target:{told.target_id}:stretch:100"}
    assert set(notices(bank)) == keys


def test_a_target_that_is_set_late_brings_no_stale_news(bank):
    for _ in range(6):
        bank.contact("wang", "绿源食品")
    told = bank.target("wang", "visits", 10)
    visit(bank)
    assert notices(bank) == {}
    for _ in range(2):
        visit(bank)
    assert set(notices(bank)) == {f"target:{told.target_id}:base:90"}


def test_a_daily_average_crosses_its_mark_as_the_days_go_by(bank):
    told = bank.target("wang", "deposits", 1000)
    bank.entry("wang", "deposits", 2000, now=datetime(2026, 11, 15, 2, 0, tzinfo=UTC))
    key = f"target:{told.target_id}:base"
    assert notices(bank) == {}
    visit(bank, now=NOW)
    assert notices(bank) == {}  # a visit changes no balance and looks at none
    bank.write(lambda s: after_change(s, bank.ids["wang"], NOW, AVERAGED))
    assert set(notices(bank)) == {f"{key}:50"}


def test_the_teams_own_target_is_told_to_its_lead(bank):
    told = bank.target("team", "visits", 2)
    visit(bank, "li", "Acme")
    assert set(notices(bank)) == {f"target:{told.target_id}:base:50:{bank.ids['lead']}"}
    assert next(iter(notices(bank).values()))["team"] == "一部"


def test_a_target_taken_back_is_told_no_more(bank):
    told = bank.target("wang", "visits", 2)
    visit(bank)
    bank.do(drop_target, "lead", told.target_id, told.version)
    assert notices(bank) == {}


def test_a_period_that_is_over_is_told_no_more(bank):
    bank.target("wang", "visits", 2, now=datetime(2026, 10, 5, tzinfo=UTC))
    bank.contact("wang", "绿源食品", at=datetime(2026, 10, 6, tzinfo=UTC))
    visit(bank)
    assert notices(bank) == {}


def test_without_a_target_a_change_costs_one_query(bank):
    statements = []
    listen = lambda *a: statements.append(a[2])  # noqa: E731
    event.listen(bank.database.engine, "before_cursor_execute", listen)
    bank.write(lambda s: after_change(s, bank.ids["wang"], NOW))
    assert len([q for q in statements if q.startswith("SELECT")]) == 1


# --- out ------------------------------------------------------------------------------------


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
