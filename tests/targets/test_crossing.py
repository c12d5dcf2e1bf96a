"""The gap told as clients, and marks that are crossed."""

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import event, select

from domain.clients import Band
from domain.targets import AVERAGED
from services.targets import (
    Look,
    after_change,
    drop_target,
    progress,
    undo_entry,
)
from storage.outbox import MOOT, WAITING, Notice

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Shanghai

DAY = timedelta(days=1)


def notices(bank, state=WAITING):
    return bank.read(
        lambda s: {
            n.key: json.loads(n.facts) for n in s.scalars(select(Notice)) if n.state == state
        }
    )


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
