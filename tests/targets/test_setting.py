"""Targets as leads set them, and whose anybody may see."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from domain.problems import Problem
from domain.targets import Levels, Span
from services.targets import (
    Look,
    drop_target,
    progress,
    set_by_text,
    team_board,
)
from storage.targets import Target

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Shanghai


def only(found):
    (standing,) = found.standings
    return standing


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


def test_team_totals_are_the_members_until_the_team_has_a_target_of_its_own(bank):
    bank.target("wang", "visits", 40)
    bank.target("li", "visits", 30, 35)
    bank.contact("wang", "绿源食品")
    bank.contact("li", "Acme")
    bank.contact("other", "云杉科技")
    found = only(bank.ask(progress, "lead", Look()))
    assert found.levels == Levels(Decimal(70), Decimal(75))
    assert found.figure.amount == 2
    bank.target("team", "visits", 100)
    found = only(bank.ask(progress, "lead", Look()))
    assert found.levels == Levels(Decimal(100))
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
